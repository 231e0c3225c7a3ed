//! Events, rooms, seats, moderation, chat, the media server.
//!
//! Every row acts on a meeting of its own. The teacher hosts it, the school's coordinator takes part,
//! the school's director is co-host; the others, administrators included, have no seat in it.

use std::sync::Arc;

use chrono::TimeDelta;
use kafedra_model::{
    SeatRole, consent,
    room::new_code,
    seat::{Overrides, Status},
};
use kafedra_store::{
    chat, event, room,
    seat::{self, Occupant},
};
use kafedra_testkit::City;
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, Row};

/// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
/// methodologist, administrator.
pub(super) const fn everyone(status: u16) -> [u16; 9] {
    [status; 9]
}
pub(super) const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
/// Those with a seat in the room.
pub(super) const fn inside(s: u16) -> [u16; 9] {
    [401, 403, s, s, 403, s, 403, 403, 403]
}
pub(super) const fn moderators(s: u16) -> [u16; 9] {
    [401, 403, s, 403, 403, s, 403, 403, 403]
}
/// Whoever may change the event; for those who do not know of it, it does not exist.
const fn planners(s: u16) -> [u16; 9] {
    [401, 401, s, 403, 404, 403, 404, s, s]
}

/// A meeting with everybody in place.
pub(super) struct Meeting {
    pub event: Uuid,
    pub room: room::Model,
    /// A participant's seat, with its hand up.
    pub participant: seat::Model,
    /// A seat in the lobby.
    waiting: seat::Model,
    /// The participant's message.
    message: Uuid,
}

impl Meeting {
    pub async fn new(city: &City) -> Self {
        let db = &city.app.state.store.db;
        let now = city.app.clock.now();
        let event = event::ActiveModel {
            id: Set(Uuid::now_v7()),
            title: Set("Педсовет".to_owned()),
            kind: Set("staff_meeting".to_owned()),
            starts_at: Set(now),
            ends_at: Set(now + TimeDelta::hours(1)),
            timezone: Set("Europe/Moscow".to_owned()),
            organiser_id: Set(city.person("teacher")),
            created_at: Set(now),
            updated_at: Set(now),
            cancelled_at: Set(None),
            ..Default::default()
        }
        .insert(db)
        .await
        .expect("an event");
        let room = room::ActiveModel {
            id: Set(Uuid::now_v7()),
            event_id: Set(event.id),
            code: Set(new_code(&mut rand::rng())),
            locked: Set(false),
            lobby: Set("off".to_owned()),
            guests_allowed: Set(true),
            allow_unmute: Set(true),
            allow_video: Set(true),
            allow_share: Set(true),
            allow_chat: Set(true),
            capacity: Set(0),
            started_at: Set(Some(now)),
            ended_at: Set(None),
            empty_since: Set(None),
            chat_seq: Set(0),
            hand_seq: Set(0),
            ..Default::default()
        }
        .insert(db)
        .await
        .expect("a room");
        let sit = async |login: &str, role: SeatRole, status: Status| {
            let who = Occupant::Person(city.person(login));
            seat::create(db, room.id, who, login.to_owned(), role, status, now)
                .await
                .expect("a seat")
        };
        sit("teacher", SeatRole::Host, Status::Admitted).await;
        sit("coordinator", SeatRole::Participant, Status::Admitted).await;
        let cohost = sit("director", SeatRole::Participant, Status::Admitted).await;
        seat::set_rights(db, cohost.id, SeatRole::Cohost, Overrides::default())
            .await
            .expect("a co-host");
        let participant = sit("teacher2", SeatRole::Participant, Status::Admitted).await;
        seat::raise_hand(db, &participant, now)
            .await
            .expect("a hand");
        let waiting = sit("teacher3", SeatRole::Participant, Status::Waiting).await;
        let sent = chat::send(db, &participant, "да".to_owned(), "1".to_owned(), now).await;
        Self {
            event: event.id,
            participant,
            waiting,
            message: sent.expect("a message").message.id,
            room,
        }
    }
}

/// A row on a meeting; `call` makes the request's path and body from it.
fn on_meeting(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    call: impl Fn(&Meeting) -> Call + Clone + 'static,
) -> Row {
    Row::new(
        method,
        route,
        "a meeting",
        expected,
        move |city: Arc<City>| {
            let call = call.clone();
            prepared(city, call)
        },
    )
}

async fn prepared(city: Arc<City>, call: impl Fn(&Meeting) -> Call) -> Call {
    call(&Meeting::new(&city).await)
}

/// A row on a meeting's room: `rest` follows `/api/rooms/{id}`.
fn on_room(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    rest: &'static str,
    body: Option<Value>,
) -> Row {
    on_meeting(method, route, expected, move |meeting| {
        let path = format!("/api/rooms/{}{rest}", meeting.room.id);
        match body.clone() {
            None => Call::bare(path),
            Some(body) => Call::json(path, body),
        }
    })
}

/// A row on one seat of a meeting.
fn on_seat(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    which: fn(&Meeting) -> Uuid,
    rest: &'static str,
    body: Value,
) -> Row {
    on_meeting(method, route, expected, move |meeting| {
        let seat = which(meeting);
        let path = format!("/api/rooms/{}/seats/{seat}{rest}", meeting.room.id);
        Call::json(path, body.clone())
    })
}

pub fn rows() -> Vec<Row> {
    [events(), rooms(), seats(), chat_and_hands(), media()]
        .into_iter()
        .flatten()
        .collect()
}

fn events() -> Vec<Row> {
    vec![
        Row::new(
            Method::GET,
            "/api/events",
            "one's own",
            people(200),
            |_| async { Call::bare("/api/events") },
        ),
        Row::new(
            Method::POST,
            "/api/events",
            "a plan",
            people(200),
            |city| async move {
                let start = city.app.clock.now() + TimeDelta::hours(1);
                let plan = json!({
                    "title": "Семинар", "kind": "training",
                    "startsAt": start, "endsAt": start + TimeDelta::hours(1),
                });
                Call::json("/api/events", plan)
            },
        ),
        Row::new(
            Method::POST,
            "/api/events/now",
            "now",
            people(200),
            |_| async { Call::json("/api/events/now", json!({})) },
        ),
        on_meeting(
            Method::GET,
            "/api/events/{id}",
            [401, 401, 200, 200, 404, 200, 404, 200, 200],
            |meeting| Call::bare(format!("/api/events/{}", meeting.event)),
        ),
        on_meeting(
            Method::PATCH,
            "/api/events/{id}",
            planners(200),
            |meeting| {
                let edit = json!({ "title": "Иначе" });
                Call::json(format!("/api/events/{}", meeting.event), edit)
            },
        ),
        on_meeting(
            Method::POST,
            "/api/events/{id}/cancel",
            planners(200),
            |meeting| Call::bare(format!("/api/events/{}/cancel", meeting.event)),
        ),
    ]
}

fn rooms() -> Vec<Row> {
    let guest = json!({ "guestName": "Гость", "consentVersion": consent::current().version });
    let rules = json!({ "locked": true });
    let room = "/api/rooms/{id}";
    vec![
        on_meeting(
            Method::GET,
            "/api/rooms/by-code/{code}",
            everyone(200),
            |meeting| Call::bare(format!("/api/rooms/by-code/{}", meeting.room.code)),
        ),
        on_room(
            Method::POST,
            "/api/rooms/{id}/seats",
            everyone(200),
            "/seats",
            Some(guest),
        ),
        on_room(
            Method::POST,
            "/api/rooms/{id}/token",
            inside(200),
            "/token",
            None,
        ),
        on_room(Method::PATCH, room, moderators(200), "", Some(rules)),
        on_room(
            Method::POST,
            "/api/rooms/{id}/end",
            moderators(204),
            "/end",
            None,
        ),
        on_room(
            Method::POST,
            "/api/rooms/{id}/mute-all",
            moderators(204),
            "/mute-all",
            None,
        ),
        on_room(
            Method::POST,
            "/api/rooms/{id}/lobby/admit-all",
            moderators(204),
            "/lobby/admit-all",
            None,
        ),
        Row::new(
            Method::GET,
            "/api/rooms/{id}/live",
            "a meeting",
            inside(200),
            |city| async move {
                // The streams of a stopping server end after their snapshot, so that the answer
                // is whole.
                city.app.state.live.shutdown();
                let meeting = Meeting::new(&city).await;
                Call::bare(format!("/api/rooms/{}/live", meeting.room.id))
            },
        ),
    ]
}

fn seats() -> Vec<Row> {
    let waiting = |meeting: &Meeting| meeting.waiting.id;
    let participant = |meeting: &Meeting| meeting.participant.id;
    let nothing = || json!({});
    vec![
        on_seat(
            Method::POST,
            "/api/rooms/{id}/seats/{seat}/admit",
            moderators(200),
            waiting,
            "/admit",
            nothing(),
        ),
        on_seat(
            Method::POST,
            "/api/rooms/{id}/seats/{seat}/refuse",
            moderators(200),
            waiting,
            "/refuse",
            nothing(),
        ),
        on_seat(
            Method::POST,
            "/api/rooms/{id}/seats/{seat}/remove",
            moderators(200),
            participant,
            "/remove",
            nothing(),
        ),
        on_seat(
            Method::POST,
            "/api/rooms/{id}/seats/{seat}/mute",
            moderators(204),
            participant,
            "/mute",
            json!({ "source": "microphone" }),
        ),
        on_seat(
            Method::PATCH,
            "/api/rooms/{id}/seats/{seat}",
            moderators(200),
            participant,
            "",
            json!({ "allowVideo": false }),
        ),
        on_seat(
            Method::PATCH,
            "/api/rooms/{id}/seats/{seat}",
            [401, 403, 200, 403, 403, 403, 403, 403, 403],
            participant,
            "",
            json!({ "role": "cohost" }),
        ),
        on_seat(
            Method::DELETE,
            "/api/rooms/{id}/seats/{seat}/hand",
            moderators(204),
            participant,
            "/hand",
            nothing(),
        ),
    ]
}

fn chat_and_hands() -> Vec<Row> {
    let draft = json!({ "body": "да", "key": "2" });
    vec![
        on_room(
            Method::GET,
            "/api/rooms/{id}/chat",
            inside(200),
            "/chat",
            None,
        ),
        on_room(
            Method::POST,
            "/api/rooms/{id}/chat",
            inside(200),
            "/chat",
            Some(draft),
        ),
        on_meeting(
            Method::DELETE,
            "/api/rooms/{id}/chat/{message}",
            moderators(204),
            |meeting| {
                let (room, message) = (meeting.room.id, meeting.message);
                Call::bare(format!("/api/rooms/{room}/chat/{message}"))
            },
        ),
        on_room(
            Method::PUT,
            "/api/rooms/{id}/hand",
            inside(204),
            "/hand",
            None,
        ),
        on_room(
            Method::DELETE,
            "/api/rooms/{id}/hand",
            inside(204),
            "/hand",
            None,
        ),
        on_room(
            Method::DELETE,
            "/api/rooms/{id}/hands",
            moderators(204),
            "/hands",
            None,
        ),
    ]
}

fn media() -> Vec<Row> {
    vec![
        Row::new(
            Method::POST,
            "/api/connection-check",
            "",
            everyone(200),
            |_| async { Call::bare("/api/connection-check") },
        ),
        // Whoever asks: without the media server's signature nobody is heard.
        Row::new(
            Method::POST,
            "/api/media/webhook",
            "unsigned",
            everyone(401),
            |_| async {
                Call::json(
                    "/api/media/webhook",
                    json!({ "event": "participant_joined" }),
                )
            },
        ),
    ]
}
