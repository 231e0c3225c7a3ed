//! Planning: series and their dates, copies, clashes, programmes, roles, materials, calendars.

use chrono::{DateTime, TimeDelta, Utc};
use kafedra_testkit::{Answer, Browser, City, on_both};
use reqwest::{Method, StatusCode, header, multipart};
use serde_json::{Value, json};

use crate::meeting::id;

/// Three in the afternoon in Moscow on the first Tuesday after the city's now.
fn tuesday(city: &City) -> DateTime<Utc> {
    let mut day = city.app.clock.now().date_naive() + TimeDelta::days(1);
    while day.format("%u").to_string() != "2" {
        day += TimeDelta::days(1);
    }
    day.and_hms_opt(12, 0, 0).expect("a time").and_utc()
}

fn draft(start: DateTime<Utc>) -> Value {
    json!({
        "title": "Семинар",
        "kind": "training",
        "startsAt": start,
        "endsAt": start + TimeDelta::minutes(90),
        "audience": "city",
    })
}

async fn planned(browser: &Browser, start: DateTime<Utc>) -> Value {
    browser.post("/api/events", draft(start)).await.ok()
}

async fn series(browser: &Browser, start: DateTime<Utc>, rule: &str) -> Answer {
    let mut plan = draft(start);
    plan["repeat"] = json!({ "rule": rule });
    browser.post("/api/events", plan).await
}

/// Everything in the calendar from `start` for 300 days.
async fn calendar(browser: &Browser, start: DateTime<Utc>) -> Vec<Value> {
    let text = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let to = start + TimeDelta::days(300);
    let path = format!("/api/calendar?from={}&to={}", text(start), text(to));
    let answer = browser.get(&path).await.ok();
    answer["items"].as_array().expect("a list").clone()
}

fn starts(events: &[Value]) -> Vec<DateTime<Utc>> {
    events
        .iter()
        .map(|event| {
            event["startsAt"]
                .as_str()
                .expect("a time")
                .parse()
                .expect("a time")
        })
        .collect()
}

#[tokio::test]
async fn a_series_stands_in_the_calendar_and_one_date_moves_alone() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let start = tuesday(&city);
        let rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=5";
        let first = series(&host, start, rule).await.ok();
        let events = calendar(&host, start).await;
        let week = TimeDelta::weeks(2);
        let expected: Vec<_> = (0..5).map(|n| start + week * n).collect();
        assert_eq!(starts(&events), expected);
        assert!(
            events
                .iter()
                .all(|event| event["seriesId"] == first["seriesId"])
        );
        // One date moves by a day and bears another title; the others stay.
        let third = format!("/api/events/{}", id(&events[2]));
        let moved = start + week * 2 + TimeDelta::days(1);
        let edit = json!({
            "startsAt": moved,
            "endsAt": moved + TimeDelta::minutes(90),
        });
        host.patch(&third, edit).await.ok();
        // All dates an hour later under a new title: the one moved by hand keeps its time.
        let hour = TimeDelta::hours(1);
        let edit = json!({
            "title": "Практикум",
            "startsAt": start + hour,
            "endsAt": start + hour + TimeDelta::minutes(90),
        });
        let path = format!("/api/events/{}", id(&first));
        host.patch(&format!("{path}?scope=all"), edit).await.ok();
        let events = calendar(&host, start).await;
        assert!(events.iter().all(|event| event["title"] == "Практикум"));
        let mut expected: Vec<_> = (0..5).map(|n| start + week * n + hour).collect();
        expected[2] = moved;
        assert_eq!(starts(&events), expected);
        // The fourth alone is called off, then it and what follows.
        let fourth = format!("/api/events/{}", id(&events[3]));
        host.patch(
            &format!("{fourth}?scope=following"),
            json!({ "subject": "Химия" }),
        )
        .await
        .ok();
        host.post(&format!("{fourth}/cancel"), json!({})).await.ok();
        let status = |events: &[Value]| -> Vec<String> {
            events
                .iter()
                .map(|event| event["status"].as_str().expect("a status").to_owned())
                .collect()
        };
        let events = calendar(&host, start).await;
        assert_eq!(status(&events)[3..], ["cancelled", "planned"]);
        let subjects: Vec<_> = events
            .iter()
            .map(|event| event["subject"].as_str())
            .collect();
        assert_eq!(subjects, [None, None, None, Some("Химия"), Some("Химия")]);
        let second = format!("/api/events/{}/cancel?scope=following", id(&events[1]));
        host.post(&second, json!({})).await.ok();
        let events = calendar(&host, start).await;
        assert_eq!(status(&events)[0], "planned");
        assert!(
            status(&events)[1..]
                .iter()
                .all(|status| status == "cancelled")
        );
    })
    .await;
}

#[tokio::test]
async fn a_series_without_end_is_refused_in_words() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let start = tuesday(&city);
    let check = async |rule: &str, code: &str| {
        series(&host, start, rule)
            .await
            .refused_field("repeat", code);
    };
    check("FREQ=WEEKLY", "rule.endless").await;
    check("каждый вторник", "rule.unreadable").await;
    check("FREQ=DAILY;COUNT=500", "rule.too_many").await;
    check("FREQ=YEARLY;COUNT=9", "too_far").await;
    check("FREQ=WEEKLY;UNTIL=20170101", "rule.empty").await;
    assert!(
        calendar(&host, start).await.is_empty(),
        "nothing is half made"
    );
}

#[tokio::test]
async fn meetings_stay_at_their_hour_where_the_clocks_change() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let start = tuesday(&city);
    let mut plan = draft(start);
    plan["timezone"] = json!("Europe/Berlin");
    plan["repeat"] = json!({ "rule": "FREQ=WEEKLY;COUNT=20" });
    host.post("/api/events", plan).await.ok();
    let hours: std::collections::BTreeSet<String> = starts(&calendar(&host, start).await)
        .into_iter()
        .map(|at| at.format("%H").to_string())
        .collect();
    assert_eq!(hours.len(), 2, "summer and winter differ in UTC: {hours:?}");
}

#[tokio::test]
async fn a_copy_takes_the_programme_and_the_rooms_along() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let start = tuesday(&city);
        let event = planned(&host, start).await;
        let path = format!("/api/events/{}", id(&event));
        let section = host
            .post(&format!("{path}/rooms"), json!({ "title": "Секция 1" }))
            .await
            .ok();
        let programme = json!({ "items": [
            { "kind": "opening", "title": "Открытие", "startsAt": start, "minutes": 10 },
            {
                "kind": "talk", "title": "Опыты", "minutes": 30, "roomId": id(&section),
                "startsAt": start + TimeDelta::minutes(10),
                "speakerIds": [city.person("teacher2")],
            },
        ]});
        host.put(&format!("{path}/programme"), programme).await.ok();
        let roles = host.get(&format!("{path}/roles")).await.ok();
        assert_eq!(roles["items"][1]["role"], "speaker");
        assert_eq!(roles["items"][1]["topic"], "Опыты");
        let later = start + TimeDelta::days(7);
        let copy = host
            .post(&format!("{path}/copy"), json!({ "startsAt": later }))
            .await
            .ok();
        assert_ne!(copy["room"]["code"], event["room"]["code"]);
        assert_eq!(copy["sections"][0]["title"], "Секция 1");
        let copied = format!("/api/events/{}", id(&copy));
        let programme = host.get(&format!("{copied}/programme")).await.ok();
        assert_eq!(programme["items"][1]["roomId"], copy["sections"][0]["id"]);
        let at: DateTime<Utc> = programme["items"][0]["startsAt"]
            .as_str()
            .expect("a time")
            .parse()
            .expect("a time");
        assert_eq!(at, later);
        assert_eq!(host.get(&format!("{copied}/roles")).await.ok()["total"], 2);
        // A section that is gone leaves its items to everyone.
        let gone = format!("{path}/rooms/{}", id(&section));
        assert_eq!(host.delete(&gone).await.status, StatusCode::NO_CONTENT);
        let programme = host.get(&format!("{path}/programme")).await.ok();
        assert_eq!(programme["items"][1]["roomId"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_programme_that_cannot_be_is_refused_item_by_item() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let start = tuesday(&city);
    let event = planned(&host, start).await;
    let path = format!("/api/events/{}/programme", id(&event));
    let item = |minute: i64, minutes: i64| {
        json!({
            "kind": "talk", "title": "<b>Доклад</b>", "minutes": minutes,
            "startsAt": start + TimeDelta::minutes(minute),
        })
    };
    let check = async |items: Value, field: &str, code: &str| {
        host.put(&path, json!({ "items": items }))
            .await
            .refused_field(field, code);
    };
    let overlapping = json!([item(0, 30), item(20, 30)]);
    check(overlapping, "items.1.startsAt", "programme.collides").await;
    check(
        json!([item(80, 30)]),
        "items.0.startsAt",
        "programme.outside",
    )
    .await;
    check(json!([item(0, 0)]), "items.0.minutes", "programme.minutes").await;
    let mut stranger = item(0, 10);
    stranger["roomId"] = json!(uuid::Uuid::now_v7());
    check(json!([stranger]), "items.0.roomId", "unknown").await;
    let mut nameless = item(0, 10);
    nameless["title"] = json!(" ");
    check(json!([nameless]), "items.0.title", "required").await;
    // Two editors: the second is told.
    city.app.clock.advance(TimeDelta::minutes(1));
    let items = json!({ "items": [item(0, 10)], "updatedAt": event["updatedAt"] });
    let written = host.put(&path, items.clone()).await.ok();
    assert_eq!(written["items"][0]["title"], "<b>Доклад</b>");
    host.put(&path, items).await.refused("edit.stale");
}

#[tokio::test]
async fn clashes_are_told_and_what_is_not_ones_business_is_not() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let start = tuesday(&city);
        let mut hidden = draft(start);
        hidden["audience"] = json!("invited");
        hidden["inviteeIds"] = json!([city.person("teacher3")]);
        host.post("/api/events", hidden).await.ok();
        let question = |from: i64, to: i64| {
            json!({
                "startsAt": start + TimeDelta::minutes(from),
                "endsAt": start + TimeDelta::minutes(to),
                "personIds": [city.person("teacher3"), city.person("teacher2")],
            })
        };
        let clashes = "/api/events/clashes";
        let stranger = city.signed_in("teacher2").await;
        let told = stranger.post(clashes, question(60, 120)).await.ok();
        assert_eq!(told["total"], 1);
        assert_eq!(told["items"][0]["person"]["name"], "Волков Олег");
        assert_eq!(told["items"][0]["title"], Value::Null);
        let told = host.post(clashes, question(60, 120)).await.ok();
        assert_eq!(told["items"][0]["title"], "Семинар");
        // One begins when the other ends.
        assert_eq!(host.post(clashes, question(90, 120)).await.ok()["total"], 0);
        host.post(clashes, question(90, 60))
            .await
            .refused_field("endsAt", "before_start");
    })
    .await;
}

#[tokio::test]
async fn a_room_kit_that_is_invited_elsewhere_is_told_while_planning() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let coordinator = city.signed_in("coordinator").await;
        let new = json!({ "institutionId": city.school, "name": "Актовый зал", "place": "" });
        let kit = id(&coordinator.post("/api/kits", new).await.ok());
        let host = city.signed_in("teacher").await;
        let start = tuesday(&city);
        let mut hidden = draft(start);
        hidden["audience"] = json!("invited");
        let first = id(&host.post("/api/events", hidden.clone()).await.ok());
        let second = id(&host.post("/api/events", hidden).await.ok());
        let question = json!({
            "startsAt": start, "endsAt": start + TimeDelta::minutes(30), "kitIds": [kit],
        });
        let clashes = "/api/events/clashes";
        assert_eq!(host.post(clashes, question.clone()).await.ok()["total"], 0);
        for event in [&first, &second] {
            let path = format!("/api/events/{event}/kits/{kit}");
            host.put(&path, json!({})).await.ok();
        }
        let told = host.post(clashes, question).await.ok();
        assert_eq!(told["total"], 2);
        assert_eq!(told["items"][0]["kit"]["name"], "Актовый зал");
        assert_eq!(told["items"][0]["person"], Value::Null);
        // The kits of an event that is being changed are asked for by themselves, and only by
        // those who know of it; its own invitation is no clash.
        let change = json!({
            "startsAt": start, "endsAt": start + TimeDelta::minutes(30),
            "exceptEventId": first,
        });
        let told = host.post(clashes, change.clone()).await.ok();
        assert_eq!(
            (&told["total"], &told["items"][0]["eventId"]),
            (&json!(1), &json!(second))
        );
        let stranger = city.signed_in("teacher3").await;
        assert_eq!(
            stranger.post(clashes, change.clone()).await.ok()["total"],
            0
        );
        host.post(&format!("/api/events/{second}/cancel"), json!({}))
            .await
            .ok();
        assert_eq!(host.post(clashes, change).await.ok()["total"], 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_confirms_their_own_part_and_what_is_confirmed_stays() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let event = planned(&host, tuesday(&city)).await;
    let path = format!("/api/events/{}/roles", id(&event));
    let give = |login: &str, role: &str| json!({ "personId": city.person(login), "role": role, "topic": "Опыты" });
    host.post(&path, give("teacher", "speaker")).await.ok();
    let roles = host.post(&path, give("teacher2", "chair")).await.ok();
    let own = format!("{path}/{}", id(&roles["items"][1]));
    host.post(&format!("{own}/confirm"), json!({}))
        .await
        .refused("forbidden");
    let chair = city.signed_in("teacher2").await;
    let roles = chair.post(&format!("{own}/confirm"), json!({})).await.ok();
    assert_eq!(roles["items"][1]["confirmedBy"]["name"], "Котов Пётр");
    host.delete(&own).await.refused("event_role.confirmed");
    let organiser = format!("{path}/{}", id(&roles["items"][0]));
    chair
        .delete(&organiser)
        .await
        .refused("event_role.organiser_stays");
}

async fn upload(browser: &Browser, path: &str, name: &str, bytes: &[u8]) -> Answer {
    let part = multipart::Part::bytes(bytes.to_vec())
        .file_name(name.to_owned())
        .mime_str("text/html")
        .expect("a type");
    let form = multipart::Form::new().part("file", part);
    Answer::of(browser.request(Method::POST, path).multipart(form)).await
}

#[tokio::test]
async fn a_file_is_what_its_bytes_say_and_is_handed_out_harmlessly() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let event = planned(&host, tuesday(&city)).await;
        let path = format!("/api/events/{}/materials", id(&event));
        let page = b"<!doctype html><script>alert(1)</script>";
        let add = async |name: &str, bytes: &[u8]| upload(&host, &path, name, bytes).await;
        add("доклад.pdf", page).await.refused("file.type_lies");
        add("доклад.html", page).await.refused("file.type_lies");
        add("программа.exe", b"MZ\x90\0\x03\0")
            .await
            .refused("file.type");
        add("пусто.txt", b"").await.refused("file.empty");
        add("../../etc/passwd.txt", page).await.ok();
        add("архив.zip", b"PK\x03\x04 a bomb of zeros").await.ok();
        let list = add("План.pdf", b"%PDF-1.7 text").await.ok();
        assert_eq!(list["total"], 3);
        assert_eq!(list["items"][0]["name"], "passwd.txt");
        let file = async |place: usize| {
            let path = format!("{path}/{}/file", id(&list["items"][place]));
            let answer = city.signed_in("teacher3").await;
            let answer = answer
                .request(Method::GET, &path)
                .send()
                .await
                .expect("an answer");
            let header = |name: header::HeaderName| {
                let value = answer.headers().get(name).map(|value| value.to_str());
                value.and_then(Result::ok).unwrap_or_default().to_owned()
            };
            let told = [
                header(header::CONTENT_TYPE),
                header(header::CONTENT_DISPOSITION),
                header(header::X_CONTENT_TYPE_OPTIONS),
            ];
            (told, answer.bytes().await.expect("bytes"))
        };
        let (told, bytes) = file(0).await;
        assert_eq!(told[0], "text/plain; charset=utf-8");
        assert_eq!(told[2], "nosniff");
        assert_eq!(&bytes[..], page);
        let (told, _) = file(1).await;
        assert_eq!(told[0], "application/zip");
        assert!(told[1].starts_with("attachment;"));
        let (told, _) = file(2).await;
        assert_eq!(told[0], "application/pdf");
        assert_eq!(
            told[1],
            "inline; filename*=UTF-8''%D0%9F%D0%BB%D0%B0%D0%BD.pdf"
        );
        let gone = format!("{path}/{}", id(&list["items"][2]));
        assert_eq!(host.delete(&gone).await.status, StatusCode::NO_CONTENT);
        assert_eq!(host.get(&path).await.ok()["total"], 2);
    })
    .await;
}

#[tokio::test]
async fn a_calendar_feed_is_read_without_signing_in_until_it_is_renewed() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let start = tuesday(&city);
        let event = planned(&host, start).await;
        let feed = async || {
            let made = host.post("/api/me/calendar-feed", json!({})).await.ok();
            let url = made["url"].as_str().expect("an address").to_owned();
            url.strip_prefix(&city.app.base)
                .expect("our own")
                .to_owned()
        };
        let first = feed().await;
        let nobody = city.app.browser();
        let read = async |path: &str| {
            let answer = nobody
                .request(Method::GET, path)
                .send()
                .await
                .expect("an answer");
            (answer.status(), answer.text().await.expect("text"))
        };
        let (status, text) = read(&first).await;
        assert_eq!(status, StatusCode::OK);
        let text = text.replace("\r\n ", "");
        assert!(text.contains("SUMMARY:Семинар\r\n"), "{text}");
        assert!(text.contains(&start.format("DTSTART:%Y%m%dT%H%M%SZ").to_string()));
        assert!(text.contains(event["room"]["url"].as_str().expect("a link")));
        host.post(&format!("/api/events/{}/cancel", id(&event)), json!({}))
            .await
            .ok();
        let second = feed().await;
        let (status, text) = read(&second).await;
        assert_eq!(status, StatusCode::OK);
        assert!(text.contains("STATUS:CANCELLED") && text.contains("SEQUENCE:1"));
        assert_eq!(read(&first).await.0, StatusCode::NOT_FOUND);
        let (status, text) = read("/api/calendar-feeds/guess.ics").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{text}");
    })
    .await;
}
