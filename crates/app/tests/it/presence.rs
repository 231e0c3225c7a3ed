//! The presence report: everybody once, for as long as they were there.

use chrono::TimeDelta;
use kafedra_app::media::{heartbeat::beat, reconcile::sweep};
use kafedra_testkit::{Browser, on_both};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

impl Meeting {
    async fn report(&self) -> Value {
        let path = format!("/api/events/{}/presence", id(&self.event));
        self.host.get(&path).await.ok()
    }

    /// `/api/events/{id}/presence` and what follows.
    fn presence_path(&self, rest: &str) -> String {
        format!("/api/events/{}/presence{rest}", id(&self.event))
    }

    pub(crate) async fn joins(&self, seat: &str) -> livekit_protocol::ParticipantInfo {
        let who = self.media.join(&self.room, seat, &[]);
        let app = &self.city.app;
        self.media
            .tell(
                app,
                &format!("{}+", who.sid),
                "participant_joined",
                &self.room,
                &who,
            )
            .await;
        who
    }

    pub(crate) async fn leaves(&self, who: &livekit_protocol::ParticipantInfo) {
        self.media.leave(&self.room, &who.sid);
        let app = &self.city.app;
        self.media
            .tell(
                app,
                &format!("{}-", who.sid),
                "participant_left",
                &self.room,
                who,
            )
            .await;
    }

    fn pass(&self, minutes: i64) {
        self.city.app.clock.advance(TimeDelta::minutes(minutes));
    }

    async fn end(&self) {
        self.host.post(&self.path("/end"), json!({})).await;
    }

    async fn confirms(&self, computer: &Browser, login: &str) {
        let token = self.screen(computer).await;
        let phone = self.city.signed_in(login).await;
        phone
            .post("/api/presence/confirm", json!({ "token": token }))
            .await
            .ok();
    }
}

fn of<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["items"]
        .as_array()
        .expect("items")
        .iter()
        .find(|item| item["name"] == name)
        .unwrap_or(&Value::Null)
}

fn minutes(report: &Value, name: &str) -> i64 {
    of(report, name)["minutes"].as_i64().unwrap_or(-1)
}

#[tokio::test]
async fn everybody_counts_once_whatever_they_came_with() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (_, seat) = meeting.person("teacher2").await;
        let (computer, _) = meeting.kit().await;
        let kit_seat = meeting.seat(&computer).await;
        let host = meeting.joins(&meeting.host_seat).await;
        let kit = meeting.joins(&kit_seat).await;
        let first = meeting.joins(&seat).await;
        meeting.confirms(&computer, "director").await;
        meeting.confirms(&computer, "coordinator").await;
        meeting.pass(10);
        // A second tab, then a break in the line.
        let tab = meeting.joins(&seat).await;
        meeting.pass(5);
        meeting.leaves(&first).await;
        meeting.leaves(&tab).await;
        meeting.pass(5);
        // Back again, and counted before the kit as well.
        let back = meeting.joins(&seat).await;
        meeting.confirms(&computer, "teacher2").await;
        meeting.pass(20);
        for gone in [&back, &kit, &host] {
            meeting.leaves(gone).await;
        }
        meeting.end().await;
        let report = meeting.report().await;
        assert_eq!(report["minutes"], 40);
        assert_eq!(report["total"], 4, "{report}");
        assert_eq!(minutes(&report, "Семёнова Мария"), 40);
        assert_eq!(of(&report, "Семёнова Мария")["role"], "organiser");
        for (name, mode) in [("Белов Игорь", "kit"), ("Лисина Ольга", "kit")] {
            assert_eq!(minutes(&report, name), 40);
            assert_eq!(of(&report, name)["mode"], mode);
            assert_eq!(of(&report, name)["share"], 1.0);
            assert_eq!(of(&report, name)["institution"], "Школа № 1");
        }
        // The own device from 0 to 15 and from 20 to 40; the kit from 10 before the code: all.
        assert_eq!(of(&report, "Котов Пётр")["mode"], "own");
        assert_eq!(minutes(&report, "Котов Пётр"), 40);
    })
    .await;
}

#[tokio::test]
async fn a_killed_server_costs_seconds_of_presence_and_counts_nobody_while_it_was_down() {
    let meeting = Meeting::sqlite().await;
    let state = &meeting.city.app.state;
    let (_, seat) = meeting.person("teacher2").await;
    let before = meeting.joins(&seat).await;
    meeting.pass(10);
    beat(state).await.expect("a beat");
    // Killed three seconds later; up again after a quarter of an hour.
    meeting.media.leave(&meeting.room, &before.sid);
    meeting.pass(15);
    sweep(state).await.expect("a comparison");
    let after = meeting.joins(&seat).await;
    meeting.pass(10);
    meeting.leaves(&after).await;
    meeting.end().await;
    let report = meeting.report().await;
    assert_eq!(minutes(&report, "Котов Пётр"), 20);
    let parts = of(&report, "Котов Пётр")["intervals"]
        .as_array()
        .map(Vec::len);
    assert_eq!(parts, Some(2));
}

#[tokio::test]
async fn a_coordinators_list_counts_as_long_as_the_kit_was_there() {
    let meeting = Meeting::sqlite().await;
    let (computer, kit) = meeting.kit().await;
    let kit_seat = meeting.seat(&computer).await;
    let host = meeting.joins(&meeting.host_seat).await;
    meeting.pass(10);
    let there = meeting.joins(&kit_seat).await;
    meeting.pass(20);
    meeting.leaves(&there).await;
    meeting.pass(10);
    meeting.leaves(&host).await;
    meeting.end().await;
    let city = &meeting.city;
    let list = json!({ "personIds": [city.person("teacher2"), city.person("director")] });
    let coordinator = city.signed_in("coordinator").await;
    let path = meeting.kit_path(&kit, "/list");
    assert_eq!(
        coordinator.put(&path, list).await.status,
        StatusCode::NO_CONTENT
    );
    let report = meeting.report().await;
    assert_eq!(of(&report, "Котов Пётр")["mode"], "list");
    assert_eq!(minutes(&report, "Котов Пётр"), 20);
    assert_eq!(of(&report, "Котов Пётр")["share"], 0.5);
    // A new list replaces the old one.
    let fewer = json!({ "personIds": [city.person("director")] });
    coordinator.put(&path, fewer).await;
    let report = meeting.report().await;
    assert_eq!(of(&report, "Котов Пётр"), &Value::Null);
    let unknown = json!({ "personIds": [uuid::Uuid::now_v7()] });
    coordinator
        .put(&path, unknown)
        .await
        .refused_field("personIds", "unknown");
    let elsewhere = city.signed_in("coordinator2").await;
    elsewhere
        .put(&path, json!({ "personIds": [] }))
        .await
        .refused("not_found");
    let kits = format!("/api/events/{}/kits", id(&meeting.event));
    // The coordinator of the kit's site was not invited, but keeps its list.
    for browser in [&meeting.host, &coordinator] {
        let kits = browser.get(&kits).await.ok();
        assert_eq!(kits["items"][0]["listed"][0]["name"], "Белов Игорь");
        assert_eq!(kits["items"][0]["people"], 1);
    }
    elsewhere.get(&kits).await.refused("not_found");
    let events = format!("/api/kits/{kit}/events");
    let events = coordinator.get(&events).await.ok();
    assert_eq!(events["items"][0]["id"], meeting.event["id"]);
}

#[tokio::test]
async fn a_matched_guest_and_the_person_count_as_one() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (_, guest) = meeting.guest("Пётр К.").await;
        meeting.act(&meeting.host, &id(&guest), "/admit").await.ok();
        let host = meeting.joins(&meeting.host_seat).await;
        let stranger = meeting.joins(&id(&guest)).await;
        meeting.pass(10);
        meeting.leaves(&stranger).await;
        let (_, seat) = meeting.person("teacher2").await;
        let known = meeting.joins(&seat).await;
        meeting.pass(10);
        meeting.leaves(&known).await;
        meeting.leaves(&host).await;
        meeting.end().await;
        let report = meeting.report().await;
        assert_eq!(report["total"], 3);
        let last = &report["items"][2];
        assert_eq!(
            (&last["name"], &last["personId"]),
            (&json!("Пётр К."), &Value::Null)
        );
        let path = meeting.presence_path(&format!("/guests/{}/match", id(&guest)));
        let matching = json!({ "personId": meeting.city.person("teacher2") });
        let report = meeting.host.post(&path, matching).await.ok();
        assert_eq!(report["total"], 2);
        assert_eq!(minutes(&report, "Котов Пётр"), 20);
        assert_eq!(
            of(&report, "Котов Пётр")["guestSeats"][0]["name"],
            "Пётр К."
        );
        let report = meeting.host.delete(&path).await.ok();
        assert_eq!(report["total"], 3);
        let wrong = meeting.presence_path(&format!("/guests/{seat}/match"));
        let matching = json!({ "personId": meeting.city.person("director") });
        meeting
            .host
            .post(&wrong, matching)
            .await
            .refused("presence.not_a_guest");
    })
    .await;
}

#[tokio::test]
async fn a_correction_needs_a_reason_and_the_earlier_ones_are_kept() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let host = meeting.joins(&meeting.host_seat).await;
        meeting.pass(40);
        meeting.leaves(&host).await;
        meeting.end().await;
        let path = meeting.presence_path("/corrections");
        let person = meeting.city.person("teacher2");
        let correct = async |minutes: i64, reason: &str| {
            let body = json!({ "personId": person, "minutes": minutes, "reason": reason });
            meeting.host.post(&path, body).await
        };
        correct(10, "  ").await.refused_field("reason", "required");
        correct(-1, "так")
            .await
            .refused_field("minutes", "minutes.out_of_range");
        correct(10, "сидел рядом").await.ok();
        let report = correct(20, "сидел рядом с начала").await.ok();
        let found = of(&report, "Котов Пётр");
        assert_eq!(
            (&found["minutes"], &found["share"]),
            (&json!(20), &json!(0.5))
        );
        assert_eq!(found["corrected"]["reason"], "сидел рядом с начала");
        assert_eq!(found["corrected"]["by"], "Семёнова Мария");
        assert_eq!(found["corrected"]["measuredMinutes"], 0);
        assert_eq!(found["corrected"]["count"], 2);
        let plain = meeting.city.signed_in("teacher2").await;
        plain
            .get(&meeting.presence_path(""))
            .await
            .refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn the_spreadsheet_holds_names_as_text_whatever_they_begin_with() {
    let meeting = Meeting::sqlite().await;
    let (_, guest) = meeting.guest("=1+2").await;
    meeting.act(&meeting.host, &id(&guest), "/admit").await.ok();
    meeting.joins(&id(&guest)).await;
    meeting.pass(5);
    beat(&meeting.city.app.state).await.expect("a beat");
    let request = meeting
        .host
        .request(Method::GET, &meeting.presence_path(".xlsx"));
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let kind = answer.headers()["content-type"].to_str().expect("a type");
    assert!(kind.contains("spreadsheetml"), "{kind}");
    let bytes = answer.bytes().await.expect("a file");
    assert_eq!(&bytes[..2], b"PK");
    let read = |name: &str| {
        let mut files = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a zip");
        let file = files.by_name(name).expect("a part");
        std::io::read_to_string(file).expect("text")
    };
    assert!(!read("xl/worksheets/sheet1.xml").contains("<f>"));
    assert!(read("xl/sharedStrings.xml").contains("=1+2"));
    assert!(read("xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[tokio::test]
async fn the_report_is_printed_with_names_as_they_are() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (_, guest) = meeting.guest("#set <b>=1+2").await;
        meeting.act(&meeting.host, &id(&guest), "/admit").await.ok();
        meeting.joins(&id(&guest)).await;
        meeting.pass(5);
        beat(&meeting.city.app.state).await.expect("a beat");
        let text = crate::held::pdf(&meeting.host, &meeting.presence_path(".pdf")).await;
        for part in [
            "Отчёт о присутствии",
            "#set <b>=1+2",
            "гость",
            "Всего: 1 человек, в среднем",
        ] {
            assert!(text.contains(part), "{part} in: {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_check_reaches_everybody_inside_and_its_answers_stand_in_the_report() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (person, seat) = meeting.person("teacher2").await;
        let (_, silent) = meeting.person("director").await;
        let mut joined = Vec::new();
        for seat in [&meeting.host_seat, &seat, &silent] {
            joined.push(meeting.joins(seat).await);
        }
        meeting.pass(5);
        let mut host_live = meeting.host.watch(&meeting.room).await;
        let mut live = person.watch(&meeting.room).await;
        assert_eq!(live.expect("snapshot").await["check"], Value::Null);
        let path = meeting.path("/presence-checks");
        let ask = json!({ "seconds": 60 });
        person.post(&path, ask.clone()).await.refused("forbidden");
        meeting
            .host
            .post(&path, json!({ "seconds": 5 }))
            .await
            .refused_field("seconds", "seconds.out_of_range");
        let check = meeting.host.post(&path, ask.clone()).await.ok();
        assert_eq!(live.until("presence_check").await["id"], check["id"]);
        meeting
            .host
            .post(&path, ask)
            .await
            .refused("presence_check.running");
        let here = format!("{path}/{}", id(&check));
        for _ in 0..2 {
            let answer = person.put(&here, json!({})).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT);
        }
        loop {
            let count = host_live.until("presence_count").await;
            if count["answered"] == 2 {
                assert_eq!(count["present"], 3);
                break;
            }
        }
        // Who reloads sees the question, and that they have answered it.
        let again = person.watch(&meeting.room).await.expect("snapshot").await;
        assert_eq!(again["check"]["asked"]["id"], check["id"]);
        assert_eq!(again["check"]["answered"], true);
        meeting.pass(2);
        person
            .put(&here, json!({}))
            .await
            .refused("presence_check.over");
        for gone in &joined {
            meeting.leaves(gone).await;
        }
        meeting.end().await;
        let report = meeting.report().await;
        let checks = |name: &str| of(&report, name)["checks"].clone();
        assert_eq!(checks("Котов Пётр"), json!({ "asked": 1, "answered": 1 }));
        assert_eq!(checks("Белов Игорь"), json!({ "asked": 1, "answered": 0 }));
    })
    .await;
}
