//! The live stream: who hears what, in which order, and how it ends.

use kafedra_testkit::{LiveStream, on_both};
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

fn names(seats: &Value) -> Vec<String> {
    let seats = seats.as_array().expect("a list");
    let names = seats
        .iter()
        .map(|seat| seat["name"].as_str().expect("a name").to_owned());
    names.collect()
}

#[tokio::test]
async fn a_watcher_begins_with_a_snapshot_and_hears_what_follows() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (person, seat) = meeting.person("teacher2").await;
        meeting
            .host
            .post(
                &meeting.path("/chat"),
                json!({ "body": "раньше", "key": "a" }),
            )
            .await
            .ok();
        meeting
            .host
            .put(&meeting.path("/hand"), json!({}))
            .await
            .ok();
        let mut live = person.watch(&meeting.room).await;
        let snapshot = live.expect("snapshot").await;
        assert_eq!(snapshot["room"]["id"], meeting.room.as_str());
        assert_eq!(snapshot["room"]["status"], "live");
        assert_eq!(snapshot["me"]["id"], seat.as_str());
        assert_eq!(names(&snapshot["seats"]), ["Семёнова Мария", "Котов Пётр"]);
        assert_eq!(snapshot["hands"], json!([meeting.host_seat]));
        assert_eq!(snapshot["chat"][0]["body"], "раньше");
        assert_eq!(snapshot["chat"][0]["seq"], 1);

        let message = meeting
            .host
            .post(
                &meeting.path("/chat"),
                json!({ "body": "<b>да</b>", "key": "b" }),
            )
            .await
            .ok();
        // A repeated request stores and tells nothing new.
        let again = meeting
            .host
            .post(
                &meeting.path("/chat"),
                json!({ "body": "<b>да</b>", "key": "b" }),
            )
            .await
            .ok();
        assert_eq!(again, message);
        assert_eq!(live.until("chat").await, message);
        assert_eq!(message["body"], "<b>да</b>");
        person.put(&meeting.path("/hand"), json!({})).await.ok();
        let raised = live.until("seat").await;
        assert_ne!(raised["handRaisedAt"], Value::Null);
        // Hands are told together, so that of the host's alone may still have been on its way.
        let mut hands = live.until("hands").await;
        if hands == json!([meeting.host_seat]) {
            hands = live.expect("hands").await;
        }
        assert_eq!(hands, json!([meeting.host_seat, seat]));
        meeting
            .host
            .delete(&meeting.path(&format!("/chat/{}", id(&message))))
            .await
            .ok();
        assert_eq!(live.expect("chat_removed").await["id"], message["id"]);
        meeting.rules(json!({ "allowShare": false })).await;
        assert_eq!(live.expect("room").await["allowShare"], false);
        let mine = live.expect("seat").await;
        assert_eq!(mine["id"], seat.as_str());
        assert_eq!(mine["may"]["share"], false);
        meeting
            .host
            .post(&meeting.path("/end"), json!({}))
            .await
            .ok();
        live.expect("ended").await;
        assert!(live.next().await.is_none());
    })
    .await;
}

/// The lobby of a meeting with something to see in it, and a guest who watches from there.
async fn watching_from_the_lobby(
    meeting: &Meeting,
) -> (kafedra_testkit::Browser, Value, LiveStream) {
    let chat = json!({ "body": "секрет", "key": "a" });
    meeting.host.post(&meeting.path("/chat"), chat).await.ok();
    meeting
        .host
        .put(&meeting.path("/hand"), json!({}))
        .await
        .ok();
    let (guest, seat) = meeting.guest("Гость").await;
    let live = guest.watch(&meeting.room).await;
    (guest, seat, live)
}

#[tokio::test]
async fn the_lobby_sees_the_title_and_nothing_of_what_goes_on_inside() {
    let meeting = Meeting::sqlite().await;
    let (_, seat, mut live) = watching_from_the_lobby(&meeting).await;
    let snapshot = live.expect("snapshot").await;
    assert_eq!(
        snapshot["room"],
        json!({ "title": meeting.event["title"], "status": "live" })
    );
    assert_eq!(snapshot["me"]["status"], "waiting");
    for list in ["seats", "hands", "chat"] {
        assert_eq!(snapshot[list], json!([]), "{list}");
    }
    let chat = json!({ "body": "тоже секрет", "key": "b" });
    meeting.host.post(&meeting.path("/chat"), chat).await.ok();
    meeting.rules(json!({ "allowShare": false })).await;
    meeting.person("teacher2").await;
    meeting.act(&meeting.host, &id(&seat), "/admit").await.ok();
    let mine = live.expect("seat").await;
    assert_eq!(mine["status"], "admitted");
    let snapshot = live.expect("snapshot").await;
    assert_eq!(snapshot["chat"].as_array().map(Vec::len), Some(2));
    assert_eq!(snapshot["seats"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_refusal_is_heard_in_the_lobby_and_a_removal_ends_the_stream() {
    let meeting = Meeting::sqlite().await;
    let (_, seat, mut live) = watching_from_the_lobby(&meeting).await;
    live.expect("snapshot").await;
    meeting.act(&meeting.host, &id(&seat), "/refuse").await.ok();
    assert_eq!(live.expect("seat").await["status"], "refused");
    let (person, seat) = meeting.person("teacher2").await;
    let mut live = person.watch(&meeting.room).await;
    live.expect("snapshot").await;
    meeting.act(&meeting.host, &seat, "/remove").await.ok();
    // The host's hand, raised a moment ago, may be told first.
    assert_eq!(live.until("seat").await["status"], "removed");
    assert!(live.next().await.is_none());
}

#[tokio::test]
async fn moderators_see_the_lobby_and_others_do_not() {
    let meeting = Meeting::sqlite().await;
    let (person, seat) = meeting.person("teacher2").await;
    let (_, waiting) = meeting.guest("Гость").await;
    let mut host = meeting.host.watch(&meeting.room).await;
    let mut theirs = person.watch(&meeting.room).await;
    assert_eq!(names(&host.expect("snapshot").await["seats"]).len(), 3);
    assert_eq!(names(&theirs.expect("snapshot").await["seats"]).len(), 2);
    meeting.guest("Второй гость").await;
    assert_eq!(host.expect("seat").await["status"], "waiting");
    // Promotion shows the lobby at once; demotion hides it.
    let path = meeting.path(&format!("/seats/{seat}"));
    meeting
        .host
        .patch(&path, json!({ "role": "cohost" }))
        .await
        .ok();
    assert_eq!(theirs.expect("seat").await["role"], "cohost");
    assert_eq!(names(&theirs.expect("snapshot").await["seats"]).len(), 4);
    meeting
        .host
        .patch(&path, json!({ "role": "participant" }))
        .await
        .ok();
    assert_eq!(theirs.expect("seat").await["role"], "participant");
    assert_eq!(names(&theirs.expect("snapshot").await["seats"]).len(), 2);
    meeting
        .act(&meeting.host, &id(&waiting), "/admit")
        .await
        .ok();
    assert_eq!(theirs.expect("seat").await["name"], "Гость");
}

#[tokio::test]
async fn a_stopping_server_tells_its_watchers_when_to_come_back() {
    let meeting = Meeting::sqlite().await;
    let mut live = meeting.host.watch(&meeting.room).await;
    live.expect("snapshot").await;
    meeting.city.app.state.live.shutdown();
    assert_eq!(live.expect("restart").await["retryMs"], 1500);
    assert!(live.next().await.is_none());
}

#[tokio::test]
async fn whoever_falls_behind_gets_a_new_snapshot_instead_of_a_gap() {
    let meeting = Meeting::sqlite().await;
    let (person, seat) = meeting.person("teacher2").await;
    let mut live = person.watch(&meeting.room).await;
    live.expect("snapshot").await;
    // More news than the queue holds, told while nobody reads. Telling happens on this
    // thread without a pause, so that the watcher cannot keep up.
    let turn = meeting
        .city
        .app
        .state
        .live
        .turn(meeting.room.parse().expect("an id"))
        .await;
    for _ in 0..5000 {
        turn.tell_chat_removed(seat.parse().expect("an id"));
    }
    drop(turn);
    let chat = json!({ "body": "последнее", "key": "z" });
    meeting.host.post(&meeting.path("/chat"), chat).await.ok();
    let snapshot = live.until("snapshot").await;
    let told = snapshot["chat"].as_array().expect("a list");
    if told.is_empty() {
        assert_eq!(live.until("chat").await["body"], "последнее");
    } else {
        assert_eq!(told[0]["body"], "последнее");
    }
}
