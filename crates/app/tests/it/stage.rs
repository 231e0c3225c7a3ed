//! Webinars: the back stage, the stage, and what the media server is told of them.

use chrono::TimeDelta;
use kafedra_app::media::reconcile::sweep;
use kafedra_model::EventRole;
use kafedra_testkit::{Browser, City, FakeMedia, TestDatabase, on_both};
use livekit_api::access_token::Claims;
use livekit_protocol::TrackSource::{Camera, Microphone};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

/// A webinar that `teacher` hosts, with nobody in it but its host.
async fn webinar(database: TestDatabase) -> Meeting {
    planned(database, json!({ "kind": "webinar" })).await
}

async fn planned(database: TestDatabase, how: Value) -> Meeting {
    let media = FakeMedia::start().await;
    let city = City::with_media(database, &media.url).await;
    let host = city.signed_in("teacher").await;
    let start = city.app.clock.now() + TimeDelta::minutes(10);
    let mut plan = json!({
        "title": "Вебинар", "startsAt": start, "endsAt": start + TimeDelta::hours(1),
        "audience": "city", "lobby": "off",
    });
    for (field, value) in how.as_object().expect("an object") {
        plan[field] = value.clone();
    }
    let event = host.post("/api/events", plan).await.ok();
    let mut meeting = Meeting {
        room: id(&event["room"]),
        city,
        media,
        event,
        host: host.clone(),
        host_seat: String::new(),
    };
    meeting.host_seat = meeting.seat(&host).await;
    meeting
}

impl Meeting {
    async fn go_live(&self) -> Value {
        let path = self.path("/go-live");
        self.host.post(&path, json!({})).await.ok()
    }

    async fn call_on_stage(&self, seat: &str) -> Value {
        let path = self.path(&format!("/seats/{seat}/stage"));
        self.host.put(&path, json!({})).await.ok()
    }

    async fn take_off(&self, seat: &str) -> Value {
        let path = self.path(&format!("/seats/{seat}/stage"));
        self.host.delete(&path).await.ok()
    }

    async fn accept(&self, browser: &Browser) -> kafedra_testkit::Answer {
        browser.put(&self.path("/stage"), json!({})).await
    }

    /// Gives a role in the event.
    async fn role(&self, login: &str, role: EventRole) {
        let path = format!("/api/events/{}/roles", id(&self.event));
        let draft = json!({ "personId": self.city.person(login), "role": role });
        self.host.post(&path, draft).await.ok();
    }

    /// Whether the media server lets this seat publish.
    fn publishes(&self, seat: &str) -> bool {
        self.media
            .permission(&self.room, seat)
            .expect("connected")
            .can_publish
    }
}

/// What a token lets its bearer publish, and whether anything at all.
fn grants(token: &Value) -> (bool, Vec<String>) {
    let token = token["token"].as_str().expect("a token");
    let video = Claims::from_unverified(token).expect("claims").video;
    (video.can_publish == Some(true), video.can_publish_sources)
}

#[tokio::test]
async fn the_back_stage_gives_listeners_no_token_and_the_start_lets_them_in() {
    on_both(|database| async move {
        let meeting = webinar(database).await;
        let (listener, seat) = meeting.person("teacher2").await;
        meeting.token(&meeting.host).await.ok();
        let refused = meeting.token(&listener).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.refused("room.backstage");
        for write in ["/hand", "/chat"] {
            let answer = match write {
                "/chat" => {
                    let draft = json!({ "body": "да", "key": "1" });
                    listener.post(&meeting.path(write), draft).await
                }
                _ => listener.put(&meeting.path(write), json!({})).await,
            };
            answer.refused("room.backstage");
        }
        // Nor does the media server keep them, had they a token from elsewhere.
        meeting.media.join(&meeting.room, &seat, &[]);
        sweep(&meeting.city.app.state).await.expect("a round");
        assert_eq!(meeting.media.present(&meeting.room), Some(Vec::new()));

        let room = meeting.go_live().await;
        assert_eq!(room["phase"], "live");
        assert_eq!(room["status"], "live");
        let (may_publish, _) = grants(&meeting.token(&listener).await.ok());
        assert!(!may_publish);
        meeting.media.join(&meeting.room, &seat, &[]);
        sweep(&meeting.city.app.state).await.expect("a round");
        assert_eq!(meeting.media.present(&meeting.room), Some(vec![seat]));
    })
    .await;
}

#[tokio::test]
async fn who_waits_sees_what_is_coming_and_hears_the_start_on_the_same_stream() {
    on_both(|database| async move {
        let meeting = webinar(database).await;
        let (listener, _) = meeting.person("teacher2").await;
        let mut live = listener.watch(&meeting.room).await;
        let waiting = live.expect("snapshot").await;
        assert_eq!(waiting["room"]["phase"], "backstage");
        assert_eq!(waiting["room"]["status"], "planned");
        assert_eq!(waiting["me"]["status"], "admitted");
        assert_eq!(waiting["seats"], json!([]));
        assert_eq!(waiting["runningOrder"]["items"], json!([]));
        // What is said back stage stays there.
        let draft = json!({ "body": "Слышно?", "key": "1" });
        meeting.host.post(&meeting.path("/chat"), draft).await.ok();
        let chat = meeting.path("/chat");
        listener.get(&chat).await.refused("room.backstage");
        meeting.city.app.clock.advance(TimeDelta::minutes(1));
        meeting.go_live().await;
        let inside = live.expect("snapshot").await;
        assert_eq!(inside["chat"], json!([]));
        assert_eq!(listener.get(&chat).await.ok()["items"], json!([]));
        let theirs = meeting.host.get(&chat).await.ok();
        assert_eq!(theirs["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(inside["room"]["phase"], "live");
        assert_eq!(inside["seats"].as_array().map(Vec::len), Some(2));
        // Beginning twice changes nothing and is told nobody.
        meeting.go_live().await;
        meeting.rules(json!({ "locked": true })).await;
        assert_eq!(live.expect("room").await["locked"], true);
    })
    .await;
}

#[tokio::test]
async fn a_listener_comes_on_the_stage_by_invitation_and_is_taken_off_again() {
    on_both(|database| async move {
        let meeting = webinar(database).await;
        meeting.go_live().await;
        let (listener, seat) = meeting.person("teacher2").await;
        meeting.media.join(&meeting.room, &seat, &[]);
        sweep(&meeting.city.app.state).await.expect("a round");
        assert!(!meeting.publishes(&seat));
        meeting.accept(&listener).await.refused("stage.not_invited");
        listener.put(&meeting.path("/hand"), json!({})).await.ok();
        let invited = meeting.call_on_stage(&seat).await;
        assert_eq!(invited["stage"], "invited");
        assert_eq!(invited["may"]["unmute"], false);
        assert!(!meeting.publishes(&seat), "an invitation alone is nothing");
        let on = meeting.accept(&listener).await.ok();
        assert_eq!(on["stage"], "on");
        assert_eq!(on["may"]["video"], true);
        assert_eq!(on["handRaisedAt"], Value::Null, "they have the word");
        assert!(meeting.publishes(&seat));
        let (may_publish, sources) = grants(&meeting.token(&listener).await.ok());
        assert!(may_publish && sources.contains(&"camera".to_owned()));

        let off = meeting.take_off(&seat).await;
        assert_eq!(
            (&off["stage"], &off["may"]["unmute"]),
            (&json!("off"), &json!(false))
        );
        assert!(!meeting.publishes(&seat));
        // A reload brings nobody back on the stage.
        let again = listener.post(&meeting.path("/seats"), json!({})).await.ok();
        assert_eq!(again["stage"], "off");
    })
    .await;
}

#[tokio::test]
async fn a_restart_keeps_the_live_part_and_who_is_on_the_stage() {
    on_both(|database| async move {
        let meeting = webinar(database).await;
        let app = &meeting.city.app;
        let (listener, _) = meeting.person("teacher2").await;
        let before = app.after_restart(&listener).await;
        meeting.token(&before).await.refused("room.backstage");
        meeting.go_live().await;
        let (speaker, seat) = meeting.person("teacher3").await;
        meeting.call_on_stage(&seat).await;
        meeting.accept(&speaker).await.ok();
        let speaker = app.after_restart(&speaker).await;
        let snapshot = speaker.watch(&meeting.room).await.expect("snapshot").await;
        assert_eq!(snapshot["room"]["phase"], "live");
        assert_eq!(snapshot["me"]["stage"], "on");
        let (may_publish, _) = grants(&meeting.token(&speaker).await.ok());
        assert!(may_publish);
        let listener = app.after_restart(&listener).await;
        let (may_publish, _) = grants(&meeting.token(&listener).await.ok());
        assert!(!may_publish);
    })
    .await;
}

#[tokio::test]
async fn the_invited_may_decline_and_later_leave_the_stage_themselves() {
    let meeting = webinar(TestDatabase::sqlite().await).await;
    meeting.go_live().await;
    let (listener, seat) = meeting.person("teacher2").await;
    meeting.call_on_stage(&seat).await;
    let declined = listener.delete(&meeting.path("/stage")).await.ok();
    assert_eq!(declined["stage"], "off");
    meeting.accept(&listener).await.refused("stage.not_invited");
    meeting.call_on_stage(&seat).await;
    meeting.accept(&listener).await.ok();
    let left = listener.delete(&meeting.path("/stage")).await.ok();
    assert_eq!(left["may"]["unmute"], false);
    // Others are the moderators' business.
    let path = meeting.path(&format!("/seats/{seat}/stage"));
    listener.put(&path, json!({})).await.refused("forbidden");
}

#[tokio::test]
async fn those_who_present_or_lead_are_on_the_stage_from_the_start() {
    let meeting = webinar(TestDatabase::sqlite().await).await;
    meeting.role("teacher3", EventRole::Speaker).await;
    meeting.role("director", EventRole::Chair).await;
    meeting.role("coordinator", EventRole::Secretary).await;
    for login in ["teacher3", "director"] {
        let (browser, _) = meeting.person(login).await;
        let (may_publish, _) = grants(&meeting.token(&browser).await.ok());
        assert!(may_publish, "{login}");
    }
    let (secretary, _) = meeting.person("coordinator").await;
    meeting.token(&secretary).await.refused("room.backstage");
    // A role that is given to somebody who waits already calls them back stage at once.
    let (late, _) = meeting.person("teacher2").await;
    let mut live = late.watch(&meeting.room).await;
    live.expect("snapshot").await;
    let programme = format!("/api/events/{}/programme", id(&meeting.event));
    let item = json!({
        "kind": "talk", "title": "Доклад", "startsAt": meeting.event["startsAt"], "minutes": 15,
        "speakerIds": [meeting.city.person("teacher2")],
    });
    meeting
        .host
        .put(&programme, json!({ "items": [item] }))
        .await
        .ok();
    assert_eq!(live.until("seat").await["stage"], "on");
    let snapshot = live.expect("snapshot").await;
    assert_eq!(snapshot["runningOrder"]["items"][0]["title"], "Доклад");
    let (may_publish, _) = grants(&meeting.token(&late).await.ok());
    assert!(may_publish);
}

#[tokio::test]
async fn a_guest_speaker_who_waits_is_called_back_stage() {
    let meeting = webinar(TestDatabase::sqlite().await).await;
    let (guest, seat) = meeting.guest("Гость из музея").await;
    meeting.token(&guest).await.refused("room.backstage");
    meeting.call_on_stage(&id(&seat)).await;
    meeting.accept(&guest).await.ok();
    meeting.token(&guest).await.ok();
    // Taken off before the start, they wait with the others.
    meeting.media.join(&meeting.room, &id(&seat), &[Microphone]);
    meeting.take_off(&id(&seat)).await;
    assert_eq!(meeting.media.present(&meeting.room), Some(Vec::new()));
    meeting.token(&guest).await.refused("room.backstage");
}

#[tokio::test]
async fn a_meeting_has_no_stage_until_its_rules_say_so() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (listener, seat) = meeting.person("teacher2").await;
        let path = meeting.path(&format!("/seats/{seat}/stage"));
        meeting
            .host
            .put(&path, json!({}))
            .await
            .refused("stage.none");
        meeting.accept(&listener).await.refused("stage.none");
        meeting
            .media
            .join(&meeting.room, &seat, &[Microphone, Camera]);
        let room = meeting.rules(json!({ "mode": "webinar" })).await;
        assert_eq!(room["mode"], "webinar");
        assert_eq!(room["phase"], "live", "nobody is sent out");
        assert!(!meeting.publishes(&seat));
        meeting.token(&listener).await.ok();
        meeting.rules(json!({ "mode": "meeting" })).await;
        assert!(meeting.publishes(&seat));
    })
    .await;
}

#[tokio::test]
async fn how_an_event_is_held_follows_its_kind_unless_the_plan_says_otherwise() {
    let meeting = webinar(TestDatabase::sqlite().await).await;
    assert_eq!(meeting.event["room"]["mode"], "webinar");
    let start = meeting.city.app.clock.now() + TimeDelta::hours(3);
    let mut plan = json!({
        "title": "Открытый урок", "kind": "lesson",
        "startsAt": start, "endsAt": start + TimeDelta::hours(1),
    });
    let host = &meeting.host;
    let lesson = host.post("/api/events", plan.clone()).await.ok();
    assert_eq!(lesson["room"]["mode"], "webinar");
    plan["mode"] = json!("meeting");
    let talk = host.post("/api/events", plan).await.ok();
    assert_eq!(talk["room"]["mode"], "meeting");
    let path = format!("/api/events/{}", id(&talk));
    let edited = host.patch(&path, json!({ "mode": "webinar" })).await.ok();
    assert_eq!(edited["room"]["mode"], "webinar");
}

#[tokio::test]
async fn an_edit_of_the_plan_opens_a_back_stage_to_those_who_wait() {
    let meeting = webinar(TestDatabase::sqlite().await).await;
    let (listener, _) = meeting.person("teacher2").await;
    let mut live = listener.watch(&meeting.room).await;
    live.expect("snapshot").await;
    let path = format!("/api/events/{}", id(&meeting.event));
    let host = &meeting.host;
    host.patch(&path, json!({ "mode": "meeting" })).await.ok();
    let snapshot = live.expect("snapshot").await;
    assert_eq!(snapshot["room"]["mode"], "meeting");
    meeting.token(&listener).await.ok();
}

#[tokio::test]
async fn presence_counts_from_the_live_start_and_a_rehearsal_counts_for_nothing() {
    on_both(|database| async move {
        let meeting = webinar(database).await;
        let clock = &meeting.city.app.clock;
        meeting.token(&meeting.host).await.ok();
        let host = meeting.joins(&meeting.host_seat).await;
        // Ten minutes to the planned start, five more until everything is ready.
        clock.advance(TimeDelta::minutes(15));
        meeting.go_live().await;
        let (listener, seat) = meeting.person("teacher2").await;
        meeting.token(&listener).await.ok();
        let guest = meeting.joins(&seat).await;
        clock.advance(TimeDelta::minutes(20));
        for gone in [&guest, &host] {
            meeting.leaves(gone).await;
        }
        meeting.host.post(&meeting.path("/end"), json!({})).await;
        let path = format!("/api/events/{}/presence", id(&meeting.event));
        let report = meeting.host.get(&path).await.ok();
        assert_eq!(report["minutes"], 20, "{report}");
        for item in report["items"].as_array().expect("items") {
            assert_eq!(item["minutes"], 20, "{item}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_webinar_that_never_went_live_was_not_held() {
    let meeting = webinar(TestDatabase::sqlite().await).await;
    meeting.token(&meeting.host).await.ok();
    let host = meeting.joins(&meeting.host_seat).await;
    meeting.city.app.clock.advance(TimeDelta::minutes(30));
    meeting.leaves(&host).await;
    meeting.host.post(&meeting.path("/end"), json!({})).await;
    let event = format!("/api/events/{}", id(&meeting.event));
    let report = meeting.host.get(&format!("{event}/presence")).await.ok();
    assert_eq!(report["startedAt"], Value::Null);
    assert_eq!(meeting.host.get(&event).await.ok()["wasHeld"], false);
}

#[tokio::test]
async fn the_card_of_a_webinar_says_who_needs_no_camera() {
    let meeting = webinar(TestDatabase::sqlite().await).await;
    meeting.role("teacher3", EventRole::Speaker).await;
    let card = async |browser: Browser| {
        let code = meeting.event["room"]["code"].as_str().expect("a code");
        browser
            .get(&format!("/api/rooms/by-code/{code}"))
            .await
            .ok()
    };
    let listens = async |browser: Browser| card(browser).await["listens"].clone();
    assert_eq!(listens(meeting.city.app.browser()).await, true);
    assert_eq!(
        listens(meeting.city.signed_in("teacher2").await).await,
        true
    );
    assert_eq!(
        listens(meeting.city.signed_in("teacher3").await).await,
        false
    );
    assert_eq!(listens(meeting.host.clone()).await, false);
    assert_eq!(card(meeting.host.clone()).await["phase"], "backstage");
}

#[tokio::test]
async fn a_decision_about_the_stage_that_the_media_server_missed_is_mended() {
    let meeting = webinar(TestDatabase::sqlite().await).await;
    meeting.go_live().await;
    let (listener, seat) = meeting.person("teacher2").await;
    meeting.media.join(&meeting.room, &seat, &[]);
    meeting.call_on_stage(&seat).await;
    meeting.media.set_away(true);
    let late = meeting.accept(&listener).await;
    assert_eq!(late.status, StatusCode::BAD_GATEWAY);
    late.refused("media.late");
    meeting.media.set_away(false);
    sweep(&meeting.city.app.state).await.expect("a round");
    assert!(meeting.publishes(&seat));
}

#[tokio::test]
async fn the_secretary_sees_the_counts_of_presence_checks_and_mutes_nobody() {
    let meeting = Meeting::sqlite().await;
    meeting.role("coordinator", EventRole::Secretary).await;
    let (secretary, seat) = meeting.person("coordinator").await;
    let (person, _) = meeting.person("teacher2").await;
    let mut live = secretary.watch(&meeting.room).await;
    let snapshot = live.expect("snapshot").await;
    assert_eq!(snapshot["me"]["isSecretary"], true);
    let mut other = person.watch(&meeting.room).await;
    other.expect("snapshot").await;
    let checks = meeting.path("/presence-checks");
    meeting
        .host
        .post(&checks, json!({ "seconds": 60 }))
        .await
        .ok();
    assert_eq!(live.until("presence_count").await["answered"], 1);
    other.expect("presence_check").await;
    meeting
        .host
        .post(&meeting.path("/chat"), json!({ "body": "да", "key": "1" }))
        .await
        .ok();
    other.expect("chat").await;
    let mute = meeting.path(&format!("/seats/{}/mute", meeting.host_seat));
    let source = json!({ "source": "microphone" });
    secretary.post(&mute, source).await.refused("forbidden");
    assert_ne!(seat, meeting.host_seat);
}
