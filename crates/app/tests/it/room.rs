//! Entering a room: links, guests, the lobby, locks, tokens.

use chrono::TimeDelta;
use kafedra_testkit::{FakeMedia, TestDatabase, app::ROOM_CAPACITY, on_both};
use livekit_api::access_token::Claims;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

fn claims(token: &Value) -> Claims {
    Claims::from_unverified(token["token"].as_str().expect("a token")).expect("claims")
}

#[tokio::test]
async fn a_link_leads_to_the_room_for_anyone_who_has_it() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let code = meeting.event["room"]["code"].as_str().expect("a code");
        let link = meeting.event["room"]["url"].as_str().expect("a link");
        assert_eq!(link, format!("{}/r/{code}", meeting.city.app.base));
        let stranger = meeting.city.app.browser();
        for typed in [code.to_owned(), code.to_uppercase(), code.replace('-', "")] {
            let card = stranger
                .get(&format!("/api/rooms/by-code/{typed}"))
                .await
                .ok();
            assert_eq!(card["id"], meeting.room.as_str());
            assert_eq!(card["hostName"], "Семёнова Мария");
            assert_eq!(card["status"], "live");
            assert_eq!(card["present"], 0);
            assert_eq!(card["mySeat"], Value::Null);
        }
        let card = meeting
            .host
            .get(&format!("/api/rooms/by-code/{code}"))
            .await
            .ok();
        assert_eq!(card["mySeat"]["id"], meeting.host_seat.as_str());
        for unknown in ["aaa-aaaa-aaa", "x", "<script>"] {
            let path = format!("/api/rooms/by-code/{unknown}");
            stranger.get(&path).await.refused("not_found");
        }
    })
    .await;
}

#[tokio::test]
async fn the_host_gets_a_token_that_says_what_the_seat_may() {
    let meeting = Meeting::sqlite().await;
    let token = meeting.token(&meeting.host).await.ok();
    assert_eq!(token["url"], Value::Null);
    let claims = claims(&token);
    assert_eq!(claims.sub, meeting.host_seat);
    assert_eq!(claims.name, "Семёнова Мария");
    assert_eq!(claims.video.room, meeting.room);
    assert!(claims.video.room_join && !claims.video.room_admin);
    assert_eq!(
        claims.video.can_publish_sources,
        ["microphone", "camera", "screen_share", "screen_share_audio"]
    );
    assert_eq!(claims.video.can_publish_data, Some(true));
    let metadata: Value = serde_json::from_str(&claims.metadata).expect("JSON");
    assert_eq!(metadata, json!({ "role": "host", "guest": false }));
    assert_eq!(
        meeting.media.calls(),
        [format!("CreateRoom {} {ROOM_CAPACITY}", meeting.room)]
    );
}

#[tokio::test]
async fn a_guest_waits_without_a_token_until_a_moderator_admits_them() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (guest, seat) = meeting.guest("  Пётр   Ильич ").await;
        assert_eq!(seat["status"], "waiting");
        assert_eq!(seat["name"], "Пётр Ильич");
        assert_eq!(seat["isGuest"], true);
        assert_eq!(seat["may"]["chat"], false);
        let refused = meeting.token(&guest).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.refused("seat.waiting");
        assert!(
            meeting.media.calls().is_empty(),
            "no room was made for them"
        );
        for (verb, path) in [("chat", "/chat"), ("hand", "/hand")] {
            let body = json!({ "body": "впустите", "key": "1" });
            let answer = match verb {
                "chat" => guest.post(&meeting.path(path), body).await,
                _ => guest.put(&meeting.path(path), json!({})).await,
            };
            answer.refused("seat.waiting");
        }
        let admitted = meeting.act(&meeting.host, &id(&seat), "/admit").await.ok();
        assert_eq!(admitted["status"], "admitted");
        assert_eq!(claims(&meeting.token(&guest).await.ok()).sub, id(&seat));
        // A reload finds the same seat.
        let again = guest.post(&meeting.path("/seats"), json!({})).await.ok();
        assert_eq!(again["id"], seat["id"]);
        assert_eq!(again["status"], "admitted");
        assert_eq!(
            guest.get("/api/me").await.ok()["guest"]["name"],
            "Пётр Ильич"
        );
    })
    .await;
}

#[tokio::test]
async fn a_refused_guest_may_knock_again_after_a_minute() {
    let meeting = Meeting::sqlite().await;
    let (guest, seat) = meeting.guest("Гость").await;
    meeting.act(&meeting.host, &id(&seat), "/refuse").await.ok();
    meeting.token(&guest).await.refused("seat.refused");
    meeting.knock(&guest, "Гость").await.refused("seat.refused");
    meeting
        .act(&meeting.host, &id(&seat), "/admit")
        .await
        .refused("seat.not_waiting");
    meeting.city.app.clock.advance(TimeDelta::seconds(60));
    let again = meeting.knock(&guest, "Гость").await.ok();
    assert_eq!(again["status"], "waiting");
    assert_eq!(again["id"], seat["id"]);
}

#[tokio::test]
async fn a_removed_person_never_comes_back() {
    let meeting = Meeting::sqlite().await;
    let (person, seat) = meeting.person("teacher2").await;
    meeting.media.join(&meeting.room, &seat, &[]);
    meeting.act(&meeting.host, &seat, "/remove").await.ok();
    assert_eq!(meeting.media.present(&meeting.room), Some(vec![]));
    meeting.token(&person).await.refused("seat.removed");
    person
        .post(&meeting.path("/seats"), json!({}))
        .await
        .refused("seat.removed");
    person
        .watch_refused(&meeting.room)
        .await
        .refused("seat.removed");
}

#[tokio::test]
async fn a_locked_room_keeps_those_inside_and_nobody_else() {
    let meeting = Meeting::sqlite().await;
    let (inside, seat) = meeting.person("teacher2").await;
    let (waiting, _) = meeting.guest("Гость").await;
    meeting.rules(json!({ "locked": true })).await;
    let stranger = meeting.city.signed_in("director").await;
    stranger
        .post(&meeting.path("/seats"), json!({}))
        .await
        .refused("room.locked");
    meeting
        .knock(&waiting, "Гость")
        .await
        .refused("room.locked");
    assert_eq!(meeting.seat(&inside).await, seat);
    meeting.token(&inside).await.ok();
    assert_eq!(meeting.seat(&meeting.host).await, meeting.host_seat);
    meeting.rules(json!({ "locked": false })).await;
    stranger.post(&meeting.path("/seats"), json!({})).await.ok();
}

#[tokio::test]
async fn guests_come_only_where_they_may_and_with_a_name_and_a_consent() {
    let meeting = Meeting::sqlite().await;
    let browser = meeting.city.app.browser();
    let seats = meeting.path("/seats");
    let version = kafedra_model::consent::current().version;
    let check = async |body: Value, field: &str, code: &str| {
        browser.post(&seats, body).await.refused_field(field, code);
    };
    check(json!({}), "guestName", "required").await;
    let named = |name: &str| json!({ "guestName": name, "consentVersion": version });
    check(named(" \u{a0} "), "guestName", "required").await;
    check(named(&"я".repeat(81)), "guestName", "too_long").await;
    check(named("Мария\u{202e}авонавИ"), "guestName", "deceptive").await;
    check(
        json!({ "guestName": "Гость" }),
        "consentVersion",
        "required",
    )
    .await;
    browser
        .post(
            &seats,
            json!({ "guestName": "Гость", "consentVersion": "1999-01-01" }),
        )
        .await
        .refused("consent.outdated");
    meeting.rules(json!({ "guestsAllowed": false })).await;
    let refused = meeting.knock(&browser, "Гость").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.refused("room.guests_not_allowed");
    assert_eq!(browser.get("/api/me").await.ok()["guest"], Value::Null);
}

#[tokio::test]
async fn the_lobby_keeps_whom_it_says_and_opening_it_admits_those_who_wait() {
    let meeting = Meeting::sqlite().await;
    meeting.rules(json!({ "lobby": "everyone" })).await;
    let (person, seat) = meeting.person("teacher2").await;
    let (guest, _) = meeting.guest("Гость").await;
    meeting.token(&person).await.refused("seat.waiting");
    meeting.rules(json!({ "lobby": "guests" })).await;
    meeting.token(&person).await.ok();
    meeting.token(&guest).await.refused("seat.waiting");
    meeting.rules(json!({ "lobby": "off" })).await;
    meeting.token(&guest).await.ok();
    assert_eq!(meeting.seat(&person).await, seat);
}

#[tokio::test]
async fn nobody_gets_into_a_full_room_until_somebody_leaves() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let small = meeting.rules(json!({ "capacity": 1 })).await;
        assert_eq!(small["capacity"], 1);
        let app = &meeting.city.app;
        let media = &meeting.media;
        let host = media.join(&meeting.room, &meeting.host_seat, &[]);
        media
            .tell(app, "1", "participant_joined", &meeting.room, &host)
            .await
            .ok();
        let person = meeting.city.signed_in("teacher2").await;
        let full = person.post(&meeting.path("/seats"), json!({})).await;
        assert_eq!(full.status, StatusCode::CONFLICT);
        full.refused("room.full");
        media
            .tell(app, "2", "participant_left", &meeting.room, &host)
            .await
            .ok();
        person.post(&meeting.path("/seats"), json!({})).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_room_holds_as_many_as_the_server_allows_or_fewer_as_its_moderators_say() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let mut live = meeting.host.watch(&meeting.room).await;
        let snapshot = live.expect("snapshot").await;
        assert_eq!(snapshot["room"]["capacity"], ROOM_CAPACITY);
        for wrong in [0, ROOM_CAPACITY + 1, u32::MAX] {
            meeting
                .host
                .patch(&meeting.path(""), json!({ "capacity": wrong }))
                .await
                .refused_field("capacity", "room.capacity");
        }
        meeting.rules(json!({ "capacity": 25 })).await;
        assert_eq!(live.until("room").await["capacity"], 25);
        // Another rule leaves it as it is, and the media server hears of it.
        meeting.rules(json!({ "locked": true })).await;
        meeting.token(&meeting.host).await.ok();
        assert_eq!(
            meeting.media.calls(),
            [format!("CreateRoom {} 25", meeting.room)]
        );
        meeting.rules(json!({ "capacity": ROOM_CAPACITY })).await;
        meeting.token(&meeting.host).await.ok();
        assert_eq!(
            meeting.media.calls(),
            [format!("CreateRoom {} {ROOM_CAPACITY}", meeting.room)]
        );
    })
    .await;
}

#[tokio::test]
async fn an_ended_meeting_lets_nobody_in() {
    let meeting = Meeting::sqlite().await;
    let (person, _) = meeting.person("teacher2").await;
    meeting.token(&meeting.host).await.ok();
    person
        .post(&meeting.path("/end"), json!({}))
        .await
        .refused("forbidden");
    meeting
        .host
        .post(&meeting.path("/end"), json!({}))
        .await
        .ok();
    assert_eq!(meeting.media.present(&meeting.room), None);
    for browser in [&meeting.host, &person] {
        let gone = meeting.token(browser).await;
        assert_eq!(gone.status, StatusCode::GONE);
        gone.refused("room.ended");
        browser
            .post(&meeting.path("/seats"), json!({}))
            .await
            .refused("room.ended");
    }
    let code = meeting.event["room"]["code"].as_str().expect("a code");
    let card = person.get(&format!("/api/rooms/by-code/{code}")).await.ok();
    assert_eq!(card["status"], "ended");
}

#[tokio::test]
async fn without_a_media_server_there_is_no_token_but_words() {
    let meeting = Meeting::sqlite().await;
    meeting.media.set_away(true);
    let away = meeting.token(&meeting.host).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
    let problem = away.refused("media.away");
    assert_eq!(problem["title"], "Сервер звука и видео не отвечает");
    let check = meeting.host.post("/api/connection-check", json!({})).await;
    check.refused("media.away");
    meeting.media.set_away(false);
    meeting.token(&meeting.host).await.ok();
}

#[tokio::test]
async fn a_connection_check_gets_a_room_of_its_own_and_nothing_else() {
    let meeting = Meeting::sqlite().await;
    let stranger = meeting.city.app.browser();
    let token = stranger.post("/api/connection-check", json!({})).await.ok();
    let claims = claims(&token);
    assert!(claims.video.room.starts_with("check-"));
    assert!(!claims.video.room_admin && !claims.video.room_create);
    let rooms: Vec<String> = meeting.media.calls();
    assert_eq!(rooms, [format!("CreateRoom {} 1", claims.video.room)]);
}

#[tokio::test]
async fn strangers_and_people_without_a_seat_learn_nothing_of_a_room() {
    let meeting = Meeting::sqlite().await;
    let nobody = meeting.city.app.browser();
    let outsider = meeting.city.signed_in("teacher3").await;
    for path in ["/live", "/chat"] {
        nobody
            .get(&meeting.path(path))
            .await
            .refused("sign_in.needed");
        outsider.get(&meeting.path(path)).await.refused("seat.none");
    }
    meeting.token(&nobody).await.refused("sign_in.needed");
    meeting.token(&outsider).await.refused("seat.none");
    let elsewhere = "/api/rooms/00000000-0000-7000-8000-000000000000/token";
    outsider
        .post(elsewhere, json!({}))
        .await
        .refused("not_found");
    outsider
        .post("/api/rooms/x/token", json!({}))
        .await
        .refused("not_found");
}

#[tokio::test]
async fn two_tabs_that_come_at_once_share_one_seat() {
    on_both(|database: TestDatabase| async move {
        let meeting = Meeting::over(database).await;
        let person = meeting.city.signed_in("teacher2").await;
        let (one, two) = tokio::join!(meeting.seat(&person), meeting.seat(&person));
        assert_eq!(one, two);
    })
    .await;
}

#[tokio::test]
async fn a_meeting_before_its_time_is_entered_and_rests_again() {
    let media = FakeMedia::start().await;
    let city = kafedra_testkit::City::with_media(TestDatabase::sqlite().await, &media.url).await;
    let host = city.signed_in("teacher").await;
    let soon = city.app.clock.now() + TimeDelta::hours(3);
    let draft = json!({
        "title": "Педсовет",
        "kind": "staff_meeting",
        "startsAt": soon,
        "endsAt": soon + TimeDelta::hours(1),
    });
    let event = host.post("/api/events", draft).await.ok();
    assert_eq!(event["status"], "planned");
    let room = id(&event["room"]);
    let path = |rest: &str| format!("/api/rooms/{room}{rest}");
    host.post(&path("/seats"), json!({})).await.ok();
    host.post(&path("/token"), json!({})).await.ok();
    let status =
        async || host.get(&format!("/api/events/{}", id(&event))).await.ok()["status"].clone();
    assert_eq!(status().await, "live");
    city.app.clock.advance(TimeDelta::minutes(6));
    kafedra_app::media::reconcile::sweep(&city.app.state)
        .await
        .expect("a round");
    assert_eq!(status().await, "planned");
}
