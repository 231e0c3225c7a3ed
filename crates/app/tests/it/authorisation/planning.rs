//! Associations, the calendar, and what hangs on a planned event.
//!
//! The teacher heads the association whose records the rows touch.

use std::sync::Arc;

use chrono::TimeDelta;
use kafedra_model::{EventRole, room::new_code};
use kafedra_store::{association, event, event_role, material, room};
use kafedra_testkit::City;
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::json;
use sha2::Digest;
use uuid::Uuid;

use super::{Call, Payload, Row};

/// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
/// methodologist, administrator.
const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
const fn register_keepers(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, 403, s, s]
}
/// The head besides.
const fn leaders(s: u16) -> [u16; 9] {
    [401, 401, s, 403, 403, 403, 403, s, s]
}

pub fn rows() -> Vec<Row> {
    [associations(), calendar(), events(), roles(), materials()]
        .into_iter()
        .flatten()
        .collect()
}

/// An association that the teacher heads, with teacher2 as a member.
async fn an_association(city: &City) -> Uuid {
    let db = &city.app.state.store.db;
    let now = city.app.clock.now();
    let draft = association::Draft {
        name: "ГМО учителей физики".to_owned(),
        subject: "Физика".to_owned(),
        head_id: Some(city.person("teacher")),
        ..association::Draft::default()
    };
    let id = association::create(db, draft, now)
        .await
        .expect("an association")
        .id;
    let member = city.person("teacher2");
    kafedra_store::association_member::put(db, id, member, now.date_naive(), None)
        .await
        .expect("a member");
    id
}

/// A row on an association; `rest` follows its path.
fn on_association(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    call: impl Fn(&City, Uuid) -> Call + Clone + 'static,
) -> Row {
    Row::new(
        method,
        route,
        "an association",
        expected,
        move |city: Arc<City>| {
            let call = call.clone();
            called(city, call)
        },
    )
}

async fn called(city: Arc<City>, call: impl Fn(&City, Uuid) -> Call) -> Call {
    let id = an_association(&city).await;
    call(&city, id)
}

fn associations() -> Vec<Row> {
    let member = |city: &City, id: Uuid| {
        format!("/api/associations/{id}/members/{}", city.person("teacher2"))
    };
    vec![
        on_association(Method::GET, "/api/associations", people(200), |_, _| {
            Call::bare("/api/associations")
        }),
        on_association(
            Method::POST,
            "/api/associations",
            register_keepers(201),
            |_, _| Call::json("/api/associations", json!({ "name": "ГМО" })),
        ),
        on_association(
            Method::GET,
            "/api/associations/{id}",
            people(200),
            |_, id| Call::bare(format!("/api/associations/{id}")),
        ),
        on_association(
            Method::PATCH,
            "/api/associations/{id}",
            register_keepers(200),
            |_, id| Call::json(format!("/api/associations/{id}"), json!({ "level": "" })),
        ),
        on_association(
            Method::GET,
            "/api/associations/{id}/year",
            people(200),
            |_, id| Call::bare(format!("/api/associations/{id}/year")),
        ),
        on_association(
            Method::PUT,
            "/api/associations/{id}/members/{personId}",
            leaders(200),
            move |city, id| Call::json(member(city, id), json!({})),
        ),
        on_association(
            Method::DELETE,
            "/api/associations/{id}/members/{personId}",
            leaders(204),
            move |city, id| Call::bare(member(city, id)),
        ),
    ]
}

fn calendar() -> Vec<Row> {
    let span = "/api/calendar?from=2017-09-01T00:00:00Z&to=2017-10-01T00:00:00Z";
    vec![
        Row::new(
            Method::GET,
            "/api/calendar",
            "a month",
            people(200),
            move |_| async move { Call::bare(span) },
        ),
        Row::new(
            Method::POST,
            "/api/me/calendar-feed",
            "one's own",
            people(200),
            |_| async { Call::bare("/api/me/calendar-feed") },
        ),
        on_association(
            Method::POST,
            "/api/associations/{id}/calendar-feed",
            people(200),
            |_, id| Call::bare(format!("/api/associations/{id}/calendar-feed")),
        ),
        Row::new(
            Method::GET,
            "/api/calendar-feeds/{token}",
            "a secret address",
            [200; 9],
            |city| async move {
                let db = &city.app.state.store.db;
                let token = kafedra_app::secret::token();
                let (person, hash) = (city.person("teacher"), kafedra_app::secret::hash(&token));
                kafedra_store::calendar_feed::renew(db, person, None, hash, city.app.clock.now())
                    .await
                    .expect("a feed");
                Call::bare(format!("/api/calendar-feeds/{token}.ics"))
            },
        ),
        on_event(
            Method::GET,
            "/api/events/{id}/event.ics",
            knowing(200),
            |plan| Call::bare(format!("{}/event.ics", plan.path())),
        ),
    ]
}

/// Whoever may know of the event: its host, its secretary, the coordinator and the director of
/// the school that holds it, the official; the others are elsewhere.
const fn knowing(s: u16) -> [u16; 9] {
    [401, 401, s, s, 404, s, s, s, s]
}
const fn planners(s: u16) -> [u16; 9] {
    [401, 401, s, 403, 404, 403, 403, s, s]
}
/// The coordinator is the secretary.
const fn preparers(s: u16) -> [u16; 9] {
    [401, 401, s, s, 404, 403, 403, s, s]
}

/// An event that the teacher hosts and the school holds, with a section, a speaker, a material.
struct Plan {
    event: Uuid,
    section: Uuid,
    role: Uuid,
    material: Uuid,
    /// Somebody to give a role to.
    somebody: Uuid,
}

impl Plan {
    fn path(&self) -> String {
        format!("/api/events/{}", self.event)
    }

    async fn new(city: &City) -> Self {
        let db = &city.app.state.store.db;
        let now = city.app.clock.now();
        let event = event::ActiveModel {
            id: Set(Uuid::now_v7()),
            title: Set("Педсовет".to_owned()),
            kind: Set("staff_meeting".to_owned()),
            starts_at: Set(now + TimeDelta::hours(1)),
            ends_at: Set(now + TimeDelta::hours(2)),
            timezone: Set("Europe/Moscow".to_owned()),
            organiser_id: Set(city.person("teacher")),
            institution_id: Set(Some(city.school)),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        }
        .insert(db)
        .await
        .expect("an event");
        let mut section = Uuid::nil();
        for ordinal in [0, 1] {
            section = room::ActiveModel {
                id: Set(Uuid::now_v7()),
                event_id: Set(event.id),
                code: Set(new_code(&mut rand::rng())),
                lobby: Set("off".to_owned()),
                guests_allowed: Set(true),
                allow_unmute: Set(true),
                allow_video: Set(true),
                allow_share: Set(true),
                allow_chat: Set(true),
                capacity: Set(300),
                ordinal: Set(ordinal),
                ..Default::default()
            }
            .insert(db)
            .await
            .expect("a room")
            .id;
        }
        let give = async |login: &str, role: EventRole| {
            event_role::give(db, event.id, city.person(login), role, "", now)
                .await
                .expect("a role");
        };
        give("coordinator", EventRole::Secretary).await;
        give("teacher2", EventRole::Speaker).await;
        let roles = event_role::of_event(db, event.id).await.expect("roles");
        let speaker = roles
            .iter()
            .find(|row| row.role() == Some(EventRole::Speaker))
            .expect("a speaker");
        let bytes = b"%PDF-1.4 materials";
        let hash = hex::encode(sha2::Sha256::digest(bytes));
        let place = kafedra_app::file::path(&city.app.state.settings.files, &hash);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, bytes).expect("a file");
        kafedra_store::file::note(db, &hash, bytes.len() as i64, "application/pdf", now)
            .await
            .expect("a file");
        let by = city.person("teacher");
        let material = material::add(db, event.id, "план.pdf".to_owned(), hash, by, now).await;
        Self {
            event: event.id,
            section,
            role: speaker.id,
            material: material.expect("a material").id,
            somebody: city.person("teacher3"),
        }
    }
}

/// A row on an event of the school.
fn on_event(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    call: impl Fn(&Plan) -> Call + Clone + 'static,
) -> Row {
    Row::new(
        method,
        route,
        "an event",
        expected,
        move |city: Arc<City>| {
            let call = call.clone();
            planned(city, call)
        },
    )
}

async fn planned(city: Arc<City>, call: impl Fn(&Plan) -> Call) -> Call {
    call(&Plan::new(&city).await)
}

fn events() -> Vec<Row> {
    vec![
        on_event(
            Method::POST,
            "/api/events/{id}/copy",
            planners(200),
            |plan| {
                let body = json!({ "startsAt": "2017-12-01T12:00:00Z" });
                Call::json(format!("{}/copy", plan.path()), body)
            },
        ),
        Row::new(
            Method::GET,
            "/api/event-templates",
            "all",
            people(200),
            |_| async { Call::bare("/api/event-templates") },
        ),
        on_event(Method::POST, "/api/events/clashes", people(200), |plan| {
            let body = json!({
                "startsAt": "2017-12-01T12:00:00Z",
                "endsAt": "2017-12-01T13:00:00Z",
                "personIds": [plan.somebody],
            });
            Call::json("/api/events/clashes", body)
        }),
        on_event(
            Method::POST,
            "/api/events/{id}/rooms",
            planners(201),
            |plan| {
                Call::json(
                    format!("{}/rooms", plan.path()),
                    json!({ "title": "Секция" }),
                )
            },
        ),
        on_event(
            Method::PATCH,
            "/api/events/{id}/rooms/{room}",
            planners(200),
            |plan| {
                let path = format!("{}/rooms/{}", plan.path(), plan.section);
                Call::json(path, json!({ "title": "Секция 2" }))
            },
        ),
        on_event(
            Method::DELETE,
            "/api/events/{id}/rooms/{room}",
            planners(204),
            |plan| Call::bare(format!("{}/rooms/{}", plan.path(), plan.section)),
        ),
        on_event(
            Method::GET,
            "/api/events/{id}/programme",
            knowing(200),
            |plan| Call::bare(format!("{}/programme", plan.path())),
        ),
        on_event(
            Method::PUT,
            "/api/events/{id}/programme",
            preparers(200),
            |plan| Call::json(format!("{}/programme", plan.path()), json!({ "items": [] })),
        ),
    ]
}

fn roles() -> Vec<Row> {
    vec![
        on_event(
            Method::GET,
            "/api/events/{id}/roles",
            knowing(200),
            |plan| Call::bare(format!("{}/roles", plan.path())),
        ),
        on_event(
            Method::POST,
            "/api/events/{id}/roles",
            planners(200),
            |plan| {
                let body = json!({ "personId": plan.somebody, "role": "host" });
                Call::json(format!("{}/roles", plan.path()), body)
            },
        ),
        on_event(
            Method::DELETE,
            "/api/events/{id}/roles/{roleId}",
            planners(204),
            |plan| Call::bare(format!("{}/roles/{}", plan.path(), plan.role)),
        ),
        on_event(
            Method::POST,
            "/api/events/{id}/roles/{roleId}/confirm",
            planners(200),
            |plan| Call::bare(format!("{}/roles/{}/confirm", plan.path(), plan.role)),
        ),
    ]
}

fn materials() -> Vec<Row> {
    vec![
        on_event(
            Method::GET,
            "/api/events/{id}/materials",
            knowing(200),
            |plan| Call::bare(format!("{}/materials", plan.path())),
        ),
        on_event(
            Method::POST,
            "/api/events/{id}/materials",
            preparers(201),
            |plan| Call {
                path: format!("{}/materials", plan.path()),
                body: Payload::Csv("Повестка дня".to_owned()),
            },
        ),
        on_event(
            Method::GET,
            "/api/events/{id}/materials/{materialId}/file",
            knowing(200),
            |plan| Call::bare(format!("{}/materials/{}/file", plan.path(), plan.material)),
        ),
        on_event(
            Method::DELETE,
            "/api/events/{id}/materials/{materialId}",
            preparers(204),
            |plan| Call::bare(format!("{}/materials/{}", plan.path(), plan.material)),
        ),
    ]
}
