//! Webhooks of the media server: signed, repeated, reordered, lost.

use chrono::TimeDelta;
use kafedra_app::media::{heartbeat::beat, reconcile::sweep};
use kafedra_store::connection;
use kafedra_testkit::{
    media::{deliver, sign},
    on_both,
};
use livekit_protocol::ParticipantInfo;
use reqwest::StatusCode;
use serde_json::Value;

use crate::meeting::{Meeting, id};

impl Meeting {
    async fn tell(&self, delivery: &str, event: &str, who: &ParticipantInfo) {
        let answer = self
            .media
            .tell(&self.city.app, delivery, event, &self.room, who)
            .await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    }

    async fn card(&self) -> Value {
        let code = self.event["room"]["code"].as_str().expect("a code");
        self.host
            .get(&format!("/api/rooms/by-code/{code}"))
            .await
            .ok()
    }

    async fn present(&self) -> i64 {
        self.card().await["present"].as_i64().expect("a number")
    }

    async fn sweep(&self) {
        sweep(&self.city.app.state).await.expect("a round");
    }
}

#[tokio::test]
async fn repeated_and_reordered_webhooks_count_everybody_once() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (_, seat) = meeting.person("teacher2").await;
        let host = meeting.media.join(&meeting.room, &meeting.host_seat, &[]);
        let person = meeting.media.join(&meeting.room, &seat, &[]);
        meeting.tell("1", "participant_joined", &host).await;
        meeting.tell("1", "participant_joined", &host).await;
        meeting.tell("2", "participant_joined", &person).await;
        assert_eq!(meeting.present().await, 2);
        // A second tab of the same seat is the same person.
        let tab = meeting.media.join(&meeting.room, &seat, &[]);
        meeting.tell("3", "participant_joined", &tab).await;
        assert_eq!(meeting.present().await, 2);
        meeting.tell("4", "participant_left", &tab).await;
        assert_eq!(meeting.present().await, 2);
        // The leave overtakes the join: the join does not bring them back.
        let quick = ParticipantInfo {
            sid: "PA_quick".to_owned(),
            identity: seat.clone(),
            ..Default::default()
        };
        meeting.tell("6", "participant_left", &quick).await;
        meeting.tell("5", "participant_joined", &quick).await;
        meeting.tell("7", "participant_left", &person).await;
        assert_eq!(meeting.present().await, 1);
        meeting.tell("8", "room_finished", &host).await;
        assert_eq!(meeting.present().await, 0);
    })
    .await;
}

#[tokio::test]
async fn joins_and_leaves_whose_webhooks_were_lost_are_found() {
    let meeting = Meeting::sqlite().await;
    let host = meeting.media.join(&meeting.room, &meeting.host_seat, &[]);
    assert_eq!(meeting.present().await, 0);
    meeting.sweep().await;
    assert_eq!(meeting.present().await, 1);
    meeting.media.leave(&meeting.room, &host.sid);
    meeting.sweep().await;
    assert_eq!(meeting.present().await, 0);
}

#[tokio::test]
async fn whoever_must_not_be_in_a_room_is_sent_out_as_soon_as_they_join() {
    let meeting = Meeting::sqlite().await;
    let (_, waiting) = meeting.guest("Гость").await;
    for identity in [id(&waiting), "nobody-knows-me".to_owned()] {
        let intruder = meeting.media.join(&meeting.room, &identity, &[]);
        meeting
            .tell(&intruder.sid, "participant_joined", &intruder)
            .await;
        assert_eq!(meeting.media.present(&meeting.room), Some(vec![]));
    }
    meeting.token(&meeting.host).await.ok();
    meeting
        .host
        .post(&meeting.path("/end"), Value::Null)
        .await
        .ok();
    // A token that outlived its meeting makes the room anew: it is closed at once.
    let ghost = meeting.media.join(&meeting.room, &meeting.host_seat, &[]);
    meeting.tell("late", "participant_joined", &ghost).await;
    assert_eq!(meeting.media.present(&meeting.room), None);
}

#[tokio::test]
async fn rights_that_changed_after_the_token_was_made_are_sent_at_the_join() {
    let meeting = Meeting::sqlite().await;
    let (person, seat) = meeting.person("teacher2").await;
    meeting.token(&person).await.ok();
    meeting
        .rules(serde_json::json!({ "allowVideo": false }))
        .await;
    let joined = meeting.media.join(&meeting.room, &seat, &[]);
    meeting.tell("1", "participant_joined", &joined).await;
    let sent = meeting
        .media
        .permission(&meeting.room, &seat)
        .expect("sent");
    assert_eq!(sent.can_publish_sources.len(), 3);
}

#[tokio::test]
async fn the_hosts_leaving_ends_nothing_and_an_empty_room_ends_after_its_time() {
    let meeting = Meeting::sqlite().await;
    let (_, seat) = meeting.person("teacher2").await;
    let host = meeting.media.join(&meeting.room, &meeting.host_seat, &[]);
    let person = meeting.media.join(&meeting.room, &seat, &[]);
    meeting.tell("1", "participant_joined", &host).await;
    meeting.tell("2", "participant_joined", &person).await;
    meeting.media.leave(&meeting.room, &host.sid);
    meeting.tell("3", "participant_left", &host).await;
    meeting.city.app.clock.advance(TimeDelta::hours(3));
    meeting.sweep().await;
    assert_eq!(meeting.card().await["status"], "live");
    meeting.media.leave(&meeting.room, &person.sid);
    meeting.tell("4", "participant_left", &person).await;
    meeting.sweep().await;
    assert_eq!(meeting.card().await["status"], "live");
    meeting.city.app.clock.advance(TimeDelta::minutes(6));
    meeting.sweep().await;
    assert_eq!(meeting.card().await["status"], "ended");
}

#[tokio::test]
async fn an_unsigned_or_altered_webhook_changes_nothing() {
    let meeting = Meeting::sqlite().await;
    let app = &meeting.city.app;
    let body = r#"{"event":"participant_joined","id":"1"}"#.to_owned();
    let check = async |body: &str, signature: &str, code: &str| {
        deliver(app, body.to_owned(), signature).await.refused(code);
    };
    check(&body, "", "webhook.unsigned").await;
    check(&body, "not a token", "webhook.unsigned").await;
    check(&body, &sign("{}"), "webhook.unsigned").await;
    check("[]", &sign("[]"), "malformed").await;
    let other = livekit_api::access_token::AccessToken::with_api_key("testkey", "another secret")
        .with_sha256("x")
        .to_jwt()
        .expect("a token");
    check(&body, &other, "webhook.unsigned").await;
    // Signed, but of no room of ours.
    assert_eq!(deliver(app, body.clone(), &sign(&body)).await.status, 204);
}

#[tokio::test]
async fn a_hand_outlives_a_reload_but_not_its_owners_leaving() {
    let meeting = Meeting::sqlite().await;
    let (person, seat) = meeting.person("teacher2").await;
    let joined = meeting.media.join(&meeting.room, &seat, &[]);
    meeting.tell("1", "participant_joined", &joined).await;
    person
        .put(&meeting.path("/hand"), serde_json::json!({}))
        .await
        .ok();
    meeting.media.leave(&meeting.room, &joined.sid);
    meeting.tell("2", "participant_left", &joined).await;
    let hands = async || {
        let mut live = meeting.host.watch(&meeting.room).await;
        live.expect("snapshot").await["hands"].clone()
    };
    meeting.sweep().await;
    assert_eq!(hands().await, serde_json::json!([seat]));
    meeting.city.app.clock.advance(TimeDelta::minutes(3));
    meeting.sweep().await;
    assert_eq!(hands().await, serde_json::json!([]));
}

#[tokio::test]
async fn what_a_killed_server_never_heard_of_ended_at_its_last_sign_of_life() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let clock = meeting.city.app.clock.clone();
        let state = &meeting.city.app.state;
        let (_, seat) = meeting.person("teacher2").await;
        let host = meeting.media.join(&meeting.room, &meeting.host_seat, &[]);
        let person = meeting.media.join(&meeting.room, &seat, &[]);
        meeting.tell("1", "participant_joined", &host).await;
        meeting.tell("2", "participant_joined", &person).await;
        let began = clock.now();
        clock.advance(TimeDelta::minutes(10));
        beat(state).await.expect("a beat");
        let alive = clock.now();
        // Between two beats the server is killed; an hour later it starts, knowing nobody.
        clock.advance(TimeDelta::seconds(3));
        for gone in [&host, &person] {
            meeting.media.leave(&meeting.room, &gone.sid);
        }
        clock.advance(TimeDelta::hours(1));
        // A beat that comes before the first comparison notes nobody who is gone.
        beat(state).await.expect("a beat");
        meeting.sweep().await;
        let room = meeting.room.parse().expect("an id");
        let rows = connection::of_rooms(&state.store.db, vec![room])
            .await
            .expect("rows");
        assert_eq!(rows.len(), 2);
        for row in rows {
            assert_eq!((row.joined_at, row.left_at), (Some(began), Some(alive)));
        }
        // The true leave, should it come after all, knows better.
        meeting.tell("3", "participant_left", &person).await;
        let rows = connection::of_rooms(&state.store.db, vec![room])
            .await
            .expect("rows");
        let late = rows.iter().find(|row| row.id == person.sid).expect("a row");
        assert_eq!(late.left_at, Some(clock.now()));
    })
    .await;
}

#[tokio::test]
async fn a_media_server_that_is_away_confirms_nobody() {
    let meeting = Meeting::sqlite().await;
    let state = &meeting.city.app.state;
    let host = meeting.media.join(&meeting.room, &meeting.host_seat, &[]);
    meeting.tell("1", "participant_joined", &host).await;
    let began = meeting.city.app.clock.now();
    meeting.media.set_away(true);
    meeting.city.app.clock.advance(TimeDelta::minutes(7));
    beat(state).await.expect("a beat");
    meeting.media.leave(&meeting.room, &host.sid);
    meeting.media.set_away(false);
    meeting.sweep().await;
    let room = meeting.room.parse().expect("an id");
    let rows = connection::of_rooms(&state.store.db, vec![room])
        .await
        .expect("rows");
    assert_eq!(rows[0].left_at, Some(began));
}
