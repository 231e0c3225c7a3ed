//! Presence, presence checks and room kits.
//!
//! Kits are of the coordinator's school; meetings are those of [`super::rooms`].

use std::sync::Arc;

use kafedra_model::{SeatRole, seat::Status};
use kafedra_store::{
    event_kit, guest, kit, presence_check,
    seat::{self, Occupant},
};
use kafedra_testkit::City;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Call, Row,
    rooms::{Meeting, everyone, inside, moderators, people},
};

/// Whoever prepares the event; for those who do not know of it, it does not exist.
const fn preparers(s: u16) -> [u16; 9] {
    [401, 401, s, 403, 404, 403, 404, s, s]
}
/// Whoever keeps the kit's school.
const fn keepers(s: u16) -> [u16; 9] {
    [401, 401, 403, s, 403, 403, 403, s, s]
}

async fn new_kit(city: &City) -> kit::Model {
    let db = &city.app.state.store.db;
    let now = city.app.clock.now();
    let guest = guest::create(db, "Комплект", "1", now)
        .await
        .expect("a guest");
    let draft = kit::Draft {
        name: "Комплект".to_owned(),
        place: String::new(),
    };
    kit::create(db, city.school, guest.id, "00".repeat(32), draft, now)
        .await
        .expect("a kit")
}

/// A row on a kit: `rest` follows `/api/kits/{id}`.
fn on_kit(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    rest: &'static str,
    body: Value,
) -> Row {
    Row::new(method, route, "a kit", expected, move |city: Arc<City>| {
        let body = body.clone();
        async move {
            let kit = new_kit(&city).await;
            Call::json(format!("/api/kits/{}{rest}", kit.id), body)
        }
    })
}

/// A row on an event that invites a kit.
fn on_event(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    call: impl Fn(Uuid, Uuid) -> Call + Clone + 'static,
) -> Row {
    Row::new(
        method,
        route,
        "an event with a kit",
        expected,
        move |city: Arc<City>| {
            let call = call.clone();
            async move {
                let kit = new_kit(&city).await;
                let meeting = Meeting::new(&city).await;
                let code = hex::encode(&meeting.event.as_bytes()[8..]);
                event_kit::invite(&city.app.state.store.db, meeting.event, kit.id, code)
                    .await
                    .expect("an invitation");
                call(meeting.event, kit.id)
            }
        },
    )
}

pub fn rows() -> Vec<Row> {
    [kits(), event_kits(), presence(), checks()]
        .into_iter()
        .flatten()
        .collect()
}

fn kits() -> Vec<Row> {
    let edit = json!({ "name": "Комплект 2", "version": 1 });
    vec![
        Row::new(Method::GET, "/api/kits", "all", people(200), |_| async {
            Call::bare("/api/kits")
        }),
        Row::new(
            Method::POST,
            "/api/kits",
            "at the school",
            keepers(201),
            |city| async move {
                let draft = json!({ "institutionId": city.school, "name": "Комплект" });
                Call::json("/api/kits", draft)
            },
        ),
        on_kit(Method::PATCH, "/api/kits/{id}", keepers(200), "", edit),
        on_kit(
            Method::POST,
            "/api/kits/{id}/pairing-code",
            keepers(200),
            "/pairing-code",
            json!({}),
        ),
        on_kit(
            Method::POST,
            "/api/kits/{id}/revoke",
            keepers(204),
            "/revoke",
            json!({}),
        ),
        on_kit(
            Method::GET,
            "/api/kits/{id}/events",
            keepers(200),
            "/events",
            json!({}),
        ),
        on_kit(
            Method::GET,
            "/api/kits/{id}/register",
            keepers(200),
            "/register",
            json!({}),
        ),
        on_kit(
            Method::PUT,
            "/api/kits/{id}/equipment",
            keepers(200),
            "/equipment",
            json!({
                "hasCamera": true, "hasSpeakerphone": true, "hasComputer": true, "hasChannel": true
            }),
        ),
        on_kit(
            Method::POST,
            "/api/kits/{id}/statuses",
            keepers(201),
            "/statuses",
            json!({ "since": "2017-09-01", "status": "ready" }),
        ),
        on_kit(
            Method::POST,
            "/api/kits/{id}/readiness-tests",
            keepers(201),
            "/readiness-tests",
            json!({ "testedOn": "2017-09-01", "passed": true }),
        ),
        Row::new(
            Method::POST,
            "/api/kits/pair",
            "a wrong code",
            everyone(422),
            |_| async { Call::json("/api/kits/pair", json!({ "code": "AAAAA-AAAAA" })) },
        ),
        Row::new(
            Method::GET,
            "/api/kit/today",
            "no kit's computer",
            everyone(403),
            |_| async { Call::bare("/api/kit/today") },
        ),
        on_event(
            Method::GET,
            "/api/kit/events/{id}/qr",
            everyone(403),
            |event, _| Call::bare(format!("/api/kit/events/{event}/qr")),
        ),
    ]
}

fn event_kits() -> Vec<Row> {
    // The coordinator knows of the meeting, and the kit is of their school.
    let movers = |s| [401, 401, s, s, 404, 403, 404, s, s];
    let path = |event, kit| format!("/api/events/{event}/kits/{kit}");
    vec![
        on_event(
            Method::GET,
            "/api/events/{id}/kits",
            [401, 401, 200, 200, 404, 200, 404, 200, 200],
            |event, _| Call::bare(format!("/api/events/{event}/kits")),
        ),
        on_event(
            Method::PUT,
            "/api/events/{id}/kits/{kitId}",
            movers(204),
            move |event, kit| Call::bare(path(event, kit)),
        ),
        on_event(
            Method::DELETE,
            "/api/events/{id}/kits/{kitId}",
            movers(204),
            move |event, kit| Call::bare(path(event, kit)),
        ),
        on_event(
            Method::PUT,
            "/api/events/{id}/kits/{kitId}/list",
            movers(204),
            move |event, kit| {
                let list = json!({ "personIds": [] });
                Call::json(format!("{}/list", path(event, kit)), list)
            },
        ),
    ]
}

fn presence() -> Vec<Row> {
    let at = |event: Uuid, rest: &str| format!("/api/events/{event}/presence{rest}");
    vec![
        on_event(
            Method::GET,
            "/api/events/{id}/presence",
            preparers(200),
            move |event, _| Call::bare(at(event, "")),
        ),
        on_event(
            Method::GET,
            "/api/events/{id}/presence.xlsx",
            preparers(200),
            move |event, _| Call::bare(at(event, ".xlsx")),
        ),
        on_event(
            Method::GET,
            "/api/events/{id}/presence.pdf",
            preparers(200),
            move |event, _| Call::bare(at(event, ".pdf")),
        ),
        Row::new(
            Method::POST,
            "/api/events/{id}/presence/corrections",
            "a person's minutes",
            preparers(201),
            |city| async move {
                let meeting = Meeting::new(&city).await;
                let body = json!({
                    "personId": city.person("teacher2"), "minutes": 10, "reason": "был в зале",
                });
                let path = format!("/api/events/{}/presence/corrections", meeting.event);
                Call::json(path, body)
            },
        ),
        on_guest(Method::POST),
        on_guest(Method::DELETE),
        Row::new(
            Method::GET,
            "/api/presence/by-token/{token}",
            "no token",
            everyone(404),
            |_| async { Call::bare("/api/presence/by-token/nothing") },
        ),
        Row::new(
            Method::POST,
            "/api/presence/confirm",
            "no token",
            everyone(404),
            |_| async { Call::json("/api/presence/confirm", json!({ "token": "nothing" })) },
        ),
    ]
}

/// A guest's seat of a meeting, to be matched or not.
fn on_guest(method: Method) -> Row {
    Row::new(
        method,
        "/api/events/{id}/presence/guests/{seatId}/match",
        "a guest's seat",
        preparers(200),
        |city| async move {
            let meeting = Meeting::new(&city).await;
            let db = &city.app.state.store.db;
            let now = city.app.clock.now();
            let guest = guest::create(db, "Гость", "1", now).await.expect("a guest");
            let (role, status) = (SeatRole::Participant, Status::Admitted);
            let who = Occupant::Guest(guest.id);
            let name = guest.name;
            let seat = seat::create(db, meeting.room.id, who, name, role, status, now)
                .await
                .expect("a seat");
            let path = format!(
                "/api/events/{}/presence/guests/{}/match",
                meeting.event, seat.id
            );
            Call::json(path, json!({ "personId": city.person("director") }))
        },
    )
}

fn checks() -> Vec<Row> {
    vec![
        Row::new(
            Method::POST,
            "/api/rooms/{id}/presence-checks",
            "a meeting",
            moderators(201),
            |city| async move {
                let meeting = Meeting::new(&city).await;
                let path = format!("/api/rooms/{}/presence-checks", meeting.room.id);
                Call::json(path, json!({ "seconds": 60 }))
            },
        ),
        Row::new(
            Method::PUT,
            "/api/rooms/{id}/presence-checks/{checkId}",
            "an open check",
            inside(204),
            |city| async move {
                let meeting = Meeting::new(&city).await;
                let (db, now) = (&city.app.state.store.db, city.app.clock.now());
                let (room, by) = (meeting.room.id, meeting.participant.id);
                let check =
                    presence_check::ask(db, room, by, now, now + chrono::TimeDelta::minutes(1))
                        .await
                        .expect("a check");
                Call::bare(format!("/api/rooms/{room}/presence-checks/{}", check.id))
            },
        ),
    ]
}
