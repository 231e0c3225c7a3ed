//! The lobby shows who is there: whoever closed the page is gone after half a minute, and is back
//! with their stream.

use std::time::Duration;

use chrono::TimeDelta;
use kafedra_model::seat::LOBBY_PATIENCE_SECONDS;
use kafedra_testkit::{Browser, on_both};
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

/// Lets more than the lobby's patience pass, and notices who is gone.
async fn half_a_minute_later(meeting: &Meeting) {
    let app = &meeting.city.app;
    app.clock
        .advance(TimeDelta::seconds(LOBBY_PATIENCE_SECONDS + 1));
    kafedra_app::live::sweep(&app.state).await.expect("a round");
}

/// Names of those whom a new moderator's snapshot shows waiting.
async fn waiting(meeting: &Meeting) -> Vec<String> {
    let mut live = meeting.host.watch(&meeting.room).await;
    let snapshot = live.expect("snapshot").await;
    let seats = snapshot["seats"].as_array().expect("a list");
    seats
        .iter()
        .filter(|seat| seat["status"] == "waiting")
        .map(|seat| seat["name"].as_str().expect("a name").to_owned())
        .collect()
}

/// The status of a guest's own seat.
async fn status(meeting: &Meeting, guest: &Browser) -> Value {
    let code = meeting.event["room"]["code"].as_str().expect("a code");
    let card = guest.get(&format!("/api/rooms/by-code/{code}")).await.ok();
    card["mySeat"]["status"].clone()
}

#[tokio::test]
async fn whoever_closes_the_page_leaves_the_lobby_and_comes_back_with_it() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let mut host = meeting.host.watch(&meeting.room).await;
        host.expect("snapshot").await;
        let (guest, seat) = meeting.guest("Гость").await;
        let mut theirs = guest.watch(&meeting.room).await;
        theirs.expect("snapshot").await;
        assert_eq!(host.expect("seat").await["id"], seat["id"]);
        half_a_minute_later(&meeting).await;
        assert_eq!(waiting(&meeting).await, ["Гость"]);

        drop(theirs);
        // The server learns of a closed connection some time later.
        let mut gone = None;
        for _ in 0..400 {
            half_a_minute_later(&meeting).await;
            let soon = Duration::from_millis(50);
            if let Ok(news) = tokio::time::timeout(soon, host.next()).await {
                gone = news;
                break;
            }
        }
        let (event, told) = gone.expect("news of who is gone");
        assert_eq!((event.as_str(), &told["id"]), ("seat_gone", &seat["id"]));
        assert!(waiting(&meeting).await.is_empty());
        assert_eq!(status(&meeting, &guest).await, "waiting");

        let mut theirs = guest.watch(&meeting.room).await;
        assert_eq!(theirs.expect("snapshot").await["me"]["status"], "waiting");
        let back = host.expect("seat").await;
        assert_eq!(
            (&back["id"], &back["status"]),
            (&seat["id"], &json!("waiting"))
        );
        assert_eq!(waiting(&meeting).await, ["Гость"]);
    })
    .await;
}

#[tokio::test]
async fn admitting_all_lets_in_those_who_are_there() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (gone, gone_seat) = meeting.guest("Ушедший").await;
        let (there, _) = meeting.guest("Ждущий").await;
        let mut theirs = there.watch(&meeting.room).await;
        theirs.expect("snapshot").await;
        half_a_minute_later(&meeting).await;
        let all = meeting.path("/lobby/admit-all");
        meeting.host.post(&all, json!({})).await.ok();
        assert_eq!(theirs.expect("seat").await["status"], "admitted");
        assert_eq!(status(&meeting, &gone).await, "waiting");
        // By name a moderator lets in whom they like, there or not.
        meeting
            .act(&meeting.host, &id(&gone_seat), "/admit")
            .await
            .ok();
        assert_eq!(status(&meeting, &gone).await, "admitted");
    })
    .await;
}

#[tokio::test]
async fn who_is_gone_is_told_once_and_a_new_knock_is_heard() {
    let meeting = Meeting::sqlite().await;
    let mut host = meeting.host.watch(&meeting.room).await;
    host.expect("snapshot").await;
    let (guest, seat) = meeting.guest("Гость").await;
    host.expect("seat").await;
    half_a_minute_later(&meeting).await;
    half_a_minute_later(&meeting).await;
    assert_eq!(host.expect("seat_gone").await["id"], seat["id"]);
    // What a moderator decides about somebody who is not there does not bring them back.
    let path = meeting.path(&format!("/seats/{}", id(&seat)));
    meeting
        .host
        .patch(&path, json!({ "allowVideo": false }))
        .await
        .ok();
    meeting.knock(&guest, "Гость").await.ok();
    let back = host.expect("seat").await;
    assert_eq!(back["id"], seat["id"]);
    half_a_minute_later(&meeting).await;
    assert_eq!(host.expect("seat_gone").await["id"], seat["id"]);
}

#[tokio::test]
async fn participants_hear_nothing_of_the_lobby() {
    let meeting = Meeting::sqlite().await;
    let (person, _) = meeting.person("teacher2").await;
    let mut theirs = person.watch(&meeting.room).await;
    theirs.expect("snapshot").await;
    meeting.guest("Гость").await;
    half_a_minute_later(&meeting).await;
    meeting
        .host
        .post(
            &meeting.path("/chat"),
            json!({ "body": "Начнём", "key": "1" }),
        )
        .await
        .ok();
    assert_eq!(theirs.expect("chat").await["body"], "Начнём");
}
