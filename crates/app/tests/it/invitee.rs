//! Inviting: by name and by group, who hears of it and of what comes after, what people answer.

use chrono::TimeDelta;
use kafedra_model::{Role, Scope, letter::LetterKind};
use kafedra_store::{association, association_member, letter, person};
use kafedra_testkit::{Browser, City, on_both};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{mail::letters, meeting::id};

fn plan(city: &City, hours: i64) -> Value {
    let start = city.app.clock.now() + TimeDelta::hours(hours);
    json!({
        "title": "Совет",
        "kind": "staff_meeting",
        "startsAt": start,
        "endsAt": start + TimeDelta::minutes(60),
    })
}

/// Whom letters of a kind went to, by name.
async fn told(city: &City, kind: LetterKind) -> Vec<String> {
    let mut names: Vec<String> = letters(city)
        .await
        .into_iter()
        .filter(|letter| letter.kind() == kind)
        .map(|letter| letter.name)
        .collect();
    names.sort();
    names
}

async fn notices(browser: &Browser) -> Vec<String> {
    let list = browser.get("/api/me/notices").await.ok();
    let items = list["items"].as_array().expect("a list");
    items
        .iter()
        .map(|one| one["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

#[tokio::test]
async fn whole_groups_are_counted_invited_once_and_told() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("methodist").await;
        // Somebody of the school without an address, and an association of its teacher and another's.
        let silent = city.new_teacher(city.school).await;
        let (db, now) = (&city.app.state.store.db, city.app.clock.now());
        let draft = association::Draft {
            name: "ГМО".to_owned(),
            subject: "Физика".to_owned(),
            ..association::Draft::default()
        };
        let physics = association::create(db, draft, now)
            .await
            .expect("an association")
            .id;
        for login in ["teacher", "teacher3"] {
            let member = city.person(login);
            association_member::put(db, physics, member, now.date_naive(), None)
                .await
                .expect("a member");
        }
        let groups = json!([
            { "kind": "institution", "target": city.school },
            { "kind": "association", "target": physics },
        ]);
        let asked = json!({ "groups": groups, "personIds": [city.person("official")] });
        let preview = host.post("/api/invitees/preview", asked).await.ok();
        // Director, coordinator, teacher, teacher2 and the silent one of the school; teacher3; the official.
        assert_eq!(
            preview,
            json!({ "people": 7, "withoutEmail": 1, "already": 0 })
        );
        let mut event = plan(&city, 48);
        event["groups"] = groups.clone();
        event["inviteeIds"] = json!([city.person("official")]);
        let event = host.post("/api/events", event).await.ok();
        let path = format!("/api/events/{}", id(&event));
        assert_eq!(told(&city, LetterKind::Invitation).await.len(), 6);
        let invited = city.signed_in_as(silent).await;
        assert_eq!(notices(&invited).await, ["invited"]);
        invited.get(&path).await.ok();
        let list = host.get(&format!("{path}/invitees")).await.ok();
        let counts: Vec<_> = list["groups"]
            .as_array()
            .expect("groups")
            .iter()
            .map(|group| {
                (
                    group["name"].as_str().expect("a name"),
                    group["people"].as_i64(),
                )
            })
            .collect();
        // The teacher came with the school already.
        assert_eq!(counts, [("Школа № 1", Some(5)), ("ГМО", Some(1))]);
        assert_eq!(list["items"].as_array().map(Vec::len), Some(7));
        // Invited once more, a group brings those alone who joined it since.
        let newcomer = city.new_teacher(city.school).await;
        let again = host
            .post(&format!("{path}/invitees"), json!({ "groups": groups }))
            .await
            .ok();
        assert_eq!(again, json!({ "people": 1, "withoutEmail": 1 }));
        assert_eq!(
            notices(&city.signed_in_as(newcomer).await).await,
            ["invited"]
        );
        // Taking those named away leaves the groups.
        host.patch(&path, json!({ "inviteeIds": [] })).await.ok();
        let list = host.get(&format!("{path}/invitees")).await.ok();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(7));
    })
    .await;
}

#[tokio::test]
async fn groups_by_position_and_subject_reach_through_the_city() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("methodist").await;
        let asked = json!({ "groups": [{ "kind": "position", "target": "deputy_director" }] });
        let preview = host.post("/api/invitees/preview", asked).await.ok();
        assert_eq!(preview["people"], 2);
        let asked = json!({ "groups": [{ "kind": "subject", "target": "Физика" }] });
        let preview = host.post("/api/invitees/preview", asked).await.ok();
        assert_eq!(preview["people"], 0);
        let asked = json!({ "groups": [{ "kind": "position", "target": "astronaut" }] });
        host.post("/api/invitees/preview", asked)
            .await
            .refused_field("groups.0", "unknown");
    })
    .await;
}

#[tokio::test]
async fn nobody_invites_a_group_that_is_not_theirs() {
    let city = City::sqlite().await;
    let teacher = city.signed_in("teacher").await;
    for group in [
        json!({ "kind": "institution", "target": city.school }),
        json!({ "kind": "position", "target": "teacher" }),
    ] {
        let mut event = plan(&city, 48);
        event["groups"] = json!([group]);
        teacher
            .post("/api/events", event)
            .await
            .refused_field("groups.0", "not_yours");
    }
    let director = city.signed_in("director").await;
    let groups = |school: Uuid| json!({ "groups": [{ "kind": "institution", "target": school }] });
    director
        .post("/api/invitees/preview", groups(city.school))
        .await
        .ok();
    director
        .post("/api/invitees/preview", groups(city.other_school))
        .await
        .refused_field("groups.0", "not_yours");
    let head = city.person("teacher");
    city.grant(head, Role::Coordinator, Scope::Institution(city.school))
        .await;
    let teacher = city.signed_in("teacher").await;
    teacher
        .post("/api/invitees/preview", groups(city.school))
        .await
        .ok();
}

#[tokio::test]
async fn a_new_time_and_a_cancellation_reach_those_concerned_with_a_growing_sequence() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let mut event = plan(&city, 48);
        event["inviteeIds"] = json!([
            city.person("teacher2"),
            city.person("teacher3"),
            city.person("director"),
        ]);
        let event = host.post("/api/events", event).await.ok();
        let path = format!("/api/events/{}", id(&event));
        // Who declined hears no more.
        let declining = city.signed_in("director").await;
        let answer = json!({ "answer": "declined" });
        declining
            .put(&format!("{path}/my-answer"), answer.clone())
            .await
            .ok();
        assert!(notices(&declining).await.is_empty());
        assert_eq!(
            declining.get(&path).await.ok()["myInvitation"],
            json!({ "answer": "declined" })
        );
        let stranger = city.signed_in("methodist").await;
        stranger
            .put(&format!("{path}/my-answer"), answer)
            .await
            .refused("not_found");
        // Another title alone is no news.
        host.patch(&path, json!({ "title": "Педсовет" })).await.ok();
        assert!(told(&city, LetterKind::TimeChanged).await.is_empty());
        let start = city.app.clock.now() + TimeDelta::hours(72);
        let moved = json!({ "startsAt": start, "endsAt": start + TimeDelta::hours(1) });
        host.patch(&path, moved).await.ok();
        assert_eq!(
            told(&city, LetterKind::TimeChanged).await,
            ["Волков Олег", "Котов Пётр"]
        );
        let guest = city.signed_in("teacher2").await;
        assert_eq!(notices(&guest).await, ["time_changed", "invited"]);
        host.post(&format!("{path}/cancel"), json!({})).await.ok();
        host.post(&format!("{path}/cancel"), json!({})).await.ok();
        assert_eq!(
            told(&city, LetterKind::Cancelled).await,
            ["Волков Олег", "Котов Пётр"]
        );
        assert_eq!(notices(&guest).await, ["cancelled"]);
        let calendars: Vec<String> = letters(&city)
            .await
            .into_iter()
            .filter(|letter| letter.name == "Котов Пётр")
            .filter_map(|letter| letter.calendar)
            .map(|text| text.replace("\r\n ", ""))
            .collect();
        for (calendar, lines) in calendars.iter().zip([
            ["METHOD:REQUEST", "SEQUENCE:0", "STATUS:CONFIRMED"],
            ["METHOD:REQUEST", "SEQUENCE:2", "STATUS:CONFIRMED"],
            ["METHOD:CANCEL", "SEQUENCE:3", "STATUS:CANCELLED"],
        ]) {
            for line in lines {
                assert!(calendar.contains(line), "{line} in {calendar}");
            }
        }
        assert_eq!(calendars.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_series_invites_and_moves_by_one_letter_a_person() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let mut event = plan(&city, 48);
    event["inviteeIds"] = json!([city.person("teacher2")]);
    event["repeat"] = json!({ "rule": "FREQ=WEEKLY;COUNT=4" });
    let event = host.post("/api/events", event).await.ok();
    let written = letters(&city).await;
    assert_eq!(written.len(), 1);
    let calendar = written[0].calendar.as_deref().expect("a calendar");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 4);
    assert!(calendar.contains("METHOD:PUBLISH"));
    let start = city.app.clock.now() + TimeDelta::hours(50);
    let moved = json!({ "startsAt": start, "endsAt": start + TimeDelta::hours(1) });
    let path = format!("/api/events/{}?scope=all", id(&event));
    host.patch(&path, moved).await.ok();
    assert_eq!(told(&city, LetterKind::TimeChanged).await, ["Котов Пётр"]);
    let path = format!("/api/events/{}/cancel?scope=all", id(&event));
    host.post(&path, json!({})).await.ok();
    assert_eq!(told(&city, LetterKind::Cancelled).await, ["Котов Пётр"]);
}

#[tokio::test]
async fn each_reads_letters_in_their_own_language() {
    let city = City::sqlite().await;
    let english = city.signed_in("teacher2").await;
    english
        .patch("/api/me", json!({ "locale": "en" }))
        .await
        .ok();
    let host = city.signed_in("teacher").await;
    let mut event = plan(&city, 48);
    event["inviteeIds"] = json!([city.person("teacher2"), city.person("teacher3")]);
    host.post("/api/events", event).await.ok();
    let rows = letters(&city).await;
    let of = |name: &str| -> &letter::Model {
        rows.iter().find(|row| row.name == name).expect("a letter")
    };
    assert_eq!(of("Котов Пётр").subject, "Invitation: Совет");
    assert_eq!(of("Волков Олег").subject, "Приглашение: Совет");
    assert!(
        of("Котов Пётр")
            .plain
            .contains("Wednesday, 6 September 2017, 12:00–13:00 (MSK)")
    );
}

#[tokio::test]
async fn archived_people_get_nothing() {
    let city = City::sqlite().await;
    let now = city.app.clock.now();
    let host = city.signed_in("methodist").await;
    person::set_archived(&city.app.state.store.db, city.person("teacher2"), Some(now))
        .await
        .expect("archived");
    let mut event = plan(&city, 48);
    event["groups"] = json!([{ "kind": "institution", "target": city.school }]);
    host.post("/api/events", event).await.ok();
    let names = told(&city, LetterKind::Invitation).await;
    assert_eq!(names.len(), 3);
    assert!(!names.contains(&"Котов Пётр".to_owned()));
}

#[tokio::test]
async fn a_notice_is_put_away_by_its_owner_alone() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let mut event = plan(&city, 48);
    event["inviteeIds"] = json!([city.person("teacher2")]);
    host.post("/api/events", event).await.ok();
    let guest = city.signed_in("teacher2").await;
    let list = guest.get("/api/me/notices").await.ok();
    let path = format!("/api/me/notices/{}/read", id(&list["items"][0]));
    host.post(&path, json!({})).await.refused("not_found");
    assert_eq!(notices(&guest).await.len(), 1);
    guest.post(&path, json!({})).await.ok();
    assert!(notices(&guest).await.is_empty());
}
