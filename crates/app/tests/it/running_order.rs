//! The running order: what is now, its timer, and who may say so.

use chrono::TimeDelta;
use kafedra_model::EventRole;
use kafedra_testkit::{TestDatabase, on_both};
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

impl Meeting {
    fn order_path(&self) -> String {
        self.path("/running-order")
    }

    async fn now(&self, what: Value) -> Value {
        self.host.put(&self.order_path(), what).await.ok()
    }

    async fn time(&self, edit: Value) -> Value {
        self.host.patch(&self.order_path(), edit).await.ok()
    }

    fn minutes_pass(&self, minutes: i64) {
        self.city.app.clock.advance(TimeDelta::minutes(minutes));
    }

    /// Two talks, of 15 and of 10 minutes; gives their ids.
    async fn two_talks(&self) -> [String; 2] {
        let path = format!("/api/events/{}/programme", id(&self.event));
        let start = self.city.app.clock.now();
        let talk = |title: &str, after: i64, minutes: i64| {
            json!({
                "kind": "talk", "title": title, "minutes": minutes,
                "startsAt": start + TimeDelta::minutes(after),
                "speakerIds": [self.city.person("teacher2")],
            })
        };
        let items = [talk("Опыты", 0, 15), talk("Чтение", 15, 10)];
        let programme = self.host.put(&path, json!({ "items": items })).await.ok();
        [id(&programme["items"][0]), id(&programme["items"][1])]
    }
}

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn an_item_brings_its_minutes_and_everybody_hears_what_is_now() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (person, _) = meeting.person("teacher2").await;
        let mut live = person.watch(&meeting.room).await;
        live.expect("snapshot").await;
        let [first, second] = meeting.two_talks().await;
        let planned = live.expect("running_order").await;
        assert_eq!(planned["items"][0]["title"], "Опыты");
        assert_eq!(planned["items"][0]["speakers"][0]["name"], "Котов Пётр");
        assert_eq!(planned["now"], Value::Null);
        // Being named as a speaker is told too.
        live.until("seat").await;

        meeting.now(json!({ "itemId": first })).await;
        let now = live.expect("running_order").await["now"].clone();
        assert_eq!(now["itemId"], first.as_str());
        assert_eq!(
            (&now["minutes"], &now["elapsedMs"]),
            (&json!(15), &json!(0))
        );
        meeting.minutes_pass(4);
        let order = meeting
            .now(json!({ "itemId": second, "minutes": 12 }))
            .await;
        assert_eq!(order["now"]["minutes"], 12);
        assert_eq!(order["now"]["elapsedMs"], 0);
        let order = meeting.host.delete(&meeting.order_path()).await.ok();
        assert_eq!(order["now"], Value::Null);
        live.until("running_order").await;
        assert_eq!(live.expect("running_order").await["now"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_timer_stands_still_while_it_is_paused_and_takes_more_time() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        meeting.now(json!({ "minutes": 10 })).await;
        meeting.minutes_pass(3);
        let paused = meeting.time(json!({ "paused": true })).await;
        assert_eq!(paused["now"]["elapsedMs"], 3 * MINUTE);
        meeting.minutes_pass(20);
        let resumed = meeting.time(json!({ "paused": false })).await;
        assert_eq!(resumed["now"]["elapsedMs"], 3 * MINUTE);
        meeting.minutes_pass(2);
        let longer = meeting.time(json!({ "minutes": 15 })).await;
        assert_eq!(longer["now"]["elapsedMs"], 5 * MINUTE);
        assert_eq!(longer["now"]["minutes"], 15);
        assert_eq!(longer["now"]["paused"], false);
        // Who comes late finds it as it is.
        let (late, _) = meeting.person("teacher2").await;
        let snapshot = late.watch(&meeting.room).await.expect("snapshot").await;
        assert_eq!(snapshot["runningOrder"]["now"], longer["now"]);
        // So does who comes back after a restart of the server.
        let host = meeting.city.app.after_restart(&meeting.host).await;
        let snapshot = host.watch(&meeting.room).await.expect("snapshot").await;
        assert_eq!(snapshot["runningOrder"]["now"], longer["now"]);
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let meeting = Meeting::sqlite().await;
    let path = meeting.order_path();
    let host = &meeting.host;
    host.patch(&path, json!({ "paused": true }))
        .await
        .refused("running_order.nothing_now");
    for wrong in [
        json!({}),
        json!({ "minutes": 0 }),
        json!({ "minutes": 1441 }),
    ] {
        host.put(&path, wrong)
            .await
            .refused_field("minutes", "programme.minutes");
    }
    let other = Meeting::over(TestDatabase::sqlite().await).await;
    let [foreign, _] = other.two_talks().await;
    host.put(&path, json!({ "itemId": foreign }))
        .await
        .refused_field("itemId", "unknown");
    meeting.now(json!({ "minutes": 5 })).await;
    host.patch(&path, json!({ "minutes": -1 }))
        .await
        .refused_field("minutes", "programme.minutes");
}

#[tokio::test]
async fn the_secretary_keeps_the_running_order_and_a_participant_does_not() {
    let meeting = Meeting::sqlite().await;
    let roles = format!("/api/events/{}/roles", id(&meeting.event));
    // Seated first: the role reaches who is inside.
    let (secretary, _) = meeting.person("coordinator").await;
    let draft =
        json!({ "personId": meeting.city.person("coordinator"), "role": EventRole::Secretary });
    meeting.host.post(&roles, draft).await.ok();
    let (person, _) = meeting.person("teacher2").await;
    let path = meeting.order_path();
    let time = json!({ "minutes": 5 });
    person.put(&path, time.clone()).await.refused("forbidden");
    person.delete(&path).await.refused("forbidden");
    secretary.put(&path, time).await.ok();
    secretary.patch(&path, json!({ "paused": true })).await.ok();
    secretary.delete(&path).await.ok();
}

#[tokio::test]
async fn an_item_that_leaves_the_programme_leaves_its_time_behind() {
    let meeting = Meeting::sqlite().await;
    let [first, _] = meeting.two_talks().await;
    meeting.now(json!({ "itemId": first })).await;
    let path = format!("/api/events/{}/programme", id(&meeting.event));
    meeting.host.put(&path, json!({ "items": [] })).await.ok();
    let mut live = meeting.host.watch(&meeting.room).await;
    let order = live.expect("snapshot").await["runningOrder"].clone();
    assert_eq!(order["items"], json!([]));
    assert_eq!(order["now"]["itemId"], Value::Null);
    assert_eq!(order["now"]["minutes"], 15);
}

#[tokio::test]
async fn two_who_press_next_at_once_skip_nothing() {
    let meeting = Meeting::sqlite().await;
    let [_, second] = meeting.two_talks().await;
    let press = || meeting.now(json!({ "itemId": second }));
    let (one, other) = tokio::join!(press(), press());
    for order in [one, other] {
        assert_eq!(order["now"]["itemId"], second.as_str());
    }
}
