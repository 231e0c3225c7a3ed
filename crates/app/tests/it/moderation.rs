//! Running a meeting: rights, mutes, co-hosts; what happens when the media server is away.

use kafedra_app::media::reconcile::sweep;
use kafedra_testkit::on_both;
use livekit_protocol::TrackSource::{Camera, Microphone, ScreenShare, ScreenShareAudio};
use reqwest::StatusCode;
use serde_json::json;

use crate::meeting::{Meeting, id};

#[tokio::test]
async fn a_rule_of_the_room_reaches_everybody_inside_but_those_who_run_it() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (person, seat) = meeting.person("teacher2").await;
        for identity in [&meeting.host_seat, &seat] {
            meeting
                .media
                .join(&meeting.room, identity, &[Microphone, Camera]);
        }
        let room = meeting
            .rules(json!({ "allowUnmute": false, "allowShare": false, "allowChat": false }))
            .await;
        assert_eq!(room["allowUnmute"], false);
        assert_eq!(room["allowVideo"], true);
        let theirs = meeting
            .media
            .permission(&meeting.room, &seat)
            .expect("sent");
        assert!(theirs.can_publish && theirs.can_subscribe && !theirs.can_publish_data);
        assert_eq!(theirs.can_publish_sources, [Camera as i32]);
        let host = meeting
            .media
            .permission(&meeting.room, &meeting.host_seat)
            .expect("sent");
        assert_eq!(host.can_publish_sources.len(), 4);
        person
            .post(&meeting.path("/chat"), json!({ "body": "да", "key": "1" }))
            .await
            .refused("chat.forbidden");
        // With nothing left to publish, publishing itself is forbidden: an empty list of
        // sources would mean all of them.
        meeting.rules(json!({ "allowVideo": false })).await;
        let theirs = meeting
            .media
            .permission(&meeting.room, &seat)
            .expect("sent");
        assert!(!theirs.can_publish);
    })
    .await;
}

#[tokio::test]
async fn one_seat_may_be_an_exception_in_both_directions() {
    let meeting = Meeting::sqlite().await;
    let (_, seat) = meeting.person("teacher2").await;
    meeting.media.join(&meeting.room, &seat, &[]);
    let path = meeting.path(&format!("/seats/{seat}"));
    let muted = meeting
        .host
        .patch(&path, json!({ "allowUnmute": false }))
        .await
        .ok();
    assert_eq!(muted["may"]["unmute"], false);
    assert_eq!(muted["may"]["video"], true);
    let sent = meeting
        .media
        .permission(&meeting.room, &seat)
        .expect("sent");
    assert!(!sent.can_publish_sources.contains(&(Microphone as i32)));
    meeting
        .host
        .patch(&path, json!({ "allowUnmute": true }))
        .await
        .ok();
    meeting.rules(json!({ "allowUnmute": false })).await;
    let speaker = meeting
        .host
        .patch(&path, json!({ "allowUnmute": true }))
        .await
        .ok();
    assert_eq!(speaker["may"]["unmute"], true);
    // The exception that equals the rule is none: the next change of the rule reaches it.
    meeting.rules(json!({ "allowUnmute": true })).await;
    meeting.rules(json!({ "allowUnmute": false })).await;
    let sent = meeting
        .media
        .permission(&meeting.room, &seat)
        .expect("sent");
    assert!(sent.can_publish_sources.contains(&(Microphone as i32)));
}

#[tokio::test]
async fn participants_moderate_nobody_cohosts_only_participants_and_nobody_the_host() {
    let meeting = Meeting::sqlite().await;
    let (cohost, cohost_seat) = meeting.person("teacher2").await;
    let (other, other_seat) = meeting.person("director").await;
    let (person, seat) = meeting.person("teacher3").await;
    let promote = async |browser: &kafedra_testkit::Browser, seat: &str, role: &str| {
        let path = meeting.path(&format!("/seats/{seat}"));
        browser.patch(&path, json!({ "role": role })).await
    };
    promote(&person, &seat, "cohost").await.refused("forbidden");
    for seat in [&cohost_seat, &other_seat] {
        let promoted = promote(&meeting.host, seat, "cohost").await.ok();
        assert_eq!(promoted["may"]["moderate"], true);
    }
    promote(&meeting.host, &seat, "host")
        .await
        .refused_field("role", "unknown");
    promote(&cohost, &seat, "cohost").await.refused("forbidden");
    for verb in ["/remove", "/refuse", "/admit"] {
        for target in [&meeting.host_seat, &other_seat] {
            meeting
                .act(&cohost, target, verb)
                .await
                .refused("forbidden");
        }
        meeting
            .act(&person, &other_seat, verb)
            .await
            .refused("forbidden");
    }
    meeting
        .act(&meeting.host, &meeting.host_seat, "/remove")
        .await
        .refused("forbidden");
    person
        .patch(&meeting.path(""), json!({ "locked": true }))
        .await
        .refused("forbidden");
    for path in ["/end", "/mute-all", "/lobby/admit-all"] {
        let answer = person.post(&meeting.path(path), json!({})).await;
        answer.refused("forbidden");
    }
    meeting.act(&cohost, &seat, "/remove").await.ok();
    promote(&meeting.host, &other_seat, "participant")
        .await
        .ok();
    other
        .patch(&meeting.path(""), json!({ "locked": true }))
        .await
        .refused("forbidden");
}

#[tokio::test]
async fn muting_reaches_the_named_tracks_and_spares_those_above() {
    let meeting = Meeting::sqlite().await;
    let (cohost, cohost_seat) = meeting.person("teacher2").await;
    let (_, seat) = meeting.person("director").await;
    let path = meeting.path(&format!("/seats/{cohost_seat}"));
    meeting
        .host
        .patch(&path, json!({ "role": "cohost" }))
        .await
        .ok();
    let all = [Microphone, Camera, ScreenShare, ScreenShareAudio];
    for identity in [&meeting.host_seat, &cohost_seat, &seat] {
        meeting.media.join(&meeting.room, identity, &all);
    }
    meeting.media.calls();
    cohost
        .post(&meeting.path("/mute-all"), json!({}))
        .await
        .ok();
    assert_eq!(
        meeting.media.calls(),
        [format!("MutePublishedTrack {seat} TR_3_2")]
    );
    let mute = meeting.path(&format!("/seats/{seat}/mute"));
    meeting
        .host
        .post(&mute, json!({ "source": "screen_share" }))
        .await
        .ok();
    assert_eq!(
        meeting.media.calls(),
        [
            format!("MutePublishedTrack {seat} TR_3_3"),
            format!("MutePublishedTrack {seat} TR_3_4")
        ]
    );
    // What is muted already is left alone.
    meeting
        .host
        .post(&mute, json!({ "source": "microphone" }))
        .await
        .ok();
    assert!(meeting.media.calls().is_empty());
    meeting
        .host
        .post(&mute, json!({ "source": "thoughts" }))
        .await
        .refused("malformed");
    meeting.media.set_away(true);
    meeting
        .host
        .post(&mute, json!({ "source": "camera" }))
        .await
        .refused("media.away");
}

#[tokio::test]
async fn a_decision_made_while_the_media_server_is_away_takes_effect_when_it_is_back() {
    let meeting = Meeting::sqlite().await;
    let (person, seat) = meeting.person("teacher2").await;
    let (_, other) = meeting.person("director").await;
    for identity in [&seat, &other] {
        meeting.media.join(&meeting.room, identity, &[Microphone]);
    }
    meeting.media.set_away(true);
    let late = meeting.act(&meeting.host, &seat, "/remove").await;
    assert_eq!(late.status, StatusCode::BAD_GATEWAY);
    late.refused("media.late");
    meeting
        .host
        .patch(&meeting.path(""), json!({ "allowUnmute": false }))
        .await
        .refused("media.late");
    // The decision stands at once for everything that the application itself gives.
    meeting.token(&person).await.refused("seat.removed");
    meeting.media.set_away(false);
    sweep(&meeting.city.app.state).await.expect("a round");
    assert_eq!(
        meeting.media.present(&meeting.room),
        Some(vec![other.clone()])
    );
    let sent = meeting
        .media
        .permission(&meeting.room, &other)
        .expect("sent");
    assert!(!sent.can_publish_sources.contains(&(Microphone as i32)));
}

#[tokio::test]
async fn a_room_whose_end_the_media_server_missed_is_closed_in_the_next_round() {
    let meeting = Meeting::sqlite().await;
    meeting.token(&meeting.host).await.ok();
    meeting.media.set_away(true);
    meeting
        .host
        .post(&meeting.path("/end"), json!({}))
        .await
        .refused("media.late");
    meeting.media.set_away(false);
    meeting.media.join(&meeting.room, &meeting.host_seat, &[]);
    meeting.media.join("somebody-elses-room", "x", &[]);
    sweep(&meeting.city.app.state).await.expect("a round");
    assert_eq!(meeting.media.present(&meeting.room), None);
    assert!(meeting.media.present("somebody-elses-room").is_some());
}

#[tokio::test]
async fn one_word_admits_everybody_who_waits() {
    let meeting = Meeting::sqlite().await;
    let mut guests = Vec::new();
    for number in 1..=5 {
        guests.push(meeting.guest(&format!("Гость {number}")).await);
    }
    let refused = &guests.pop().expect("five guests");
    meeting
        .act(&meeting.host, &id(&refused.1), "/refuse")
        .await
        .ok();
    meeting
        .host
        .post(&meeting.path("/lobby/admit-all"), json!({}))
        .await
        .ok();
    for (guest, _) in &guests {
        meeting.token(guest).await.ok();
    }
    meeting.token(&refused.0).await.refused("seat.refused");
}
