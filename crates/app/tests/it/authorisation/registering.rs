//! Inviting, registering, letters and notices.
//!
//! Every row acts on a meeting of its own that the teacher organises. The school's coordinator is
//! invited to it; the other school and the director know nothing of it.

use std::sync::Arc;

use chrono::TimeDelta;
use kafedra_model::{
    Locale, consent,
    letter::{Fate, LetterKind},
    notice::NoticeKind,
    registration::RegistrationState,
};
use kafedra_store::{
    letter, notice,
    registration::{self, Who},
    search::Slice,
};
use kafedra_testkit::City;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::{Call, Row};
use crate::meeting::id;

/// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
/// methodologist, administrator.
const fn everyone(status: u16) -> [u16; 9] {
    [status; 9]
}
const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
/// Whoever may change the meeting.
const fn changers(s: u16) -> [u16; 9] {
    [401, 401, s, 403, 404, 404, 404, s, s]
}
/// The same, where those who may not are told nothing.
const fn hidden(s: u16) -> [u16; 9] {
    [401, 401, s, 404, 404, 404, 404, s, s]
}
/// Whoever knows of the meeting.
const fn knowing(s: u16) -> [u16; 9] {
    [401, 401, s, s, 404, 404, 404, s, s]
}
/// The coordinator, whose own it is.
const fn owner(s: u16) -> [u16; 9] {
    [401, 401, 404, s, 404, 404, 404, 404, 404]
}
const fn administrator(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, 403, 403, s]
}

/// A meeting with one of each thing that hangs on its invitations.
struct Planned {
    event: Uuid,
    /// Of the coordinator.
    registration: Uuid,
    code: String,
    letter: Uuid,
    notice: Uuid,
}

impl Planned {
    async fn new(city: &City, audience: &str) -> Self {
        let (db, now) = (&city.app.state.store.db, city.app.clock.now());
        let host = city.signed_in("teacher").await;
        let start = now + TimeDelta::days(2);
        let coordinator = city.person("coordinator");
        let plan = json!({
            "title": "Семинар",
            "kind": "training",
            "startsAt": start,
            "endsAt": start + TimeDelta::hours(1),
            "audience": audience,
            "inviteeIds": [coordinator],
            "registration": { "seats": 100 },
        });
        let event = host.post("/api/events", plan).await.ok();
        let event: Uuid = id(&event).parse().expect("an id");
        let draft = |who, place| registration::Draft {
            who,
            name: "Кто-то".to_owned(),
            locale: Locale::Ru,
            answers: "{}".to_owned(),
            state: RegistrationState::Confirmed,
            place,
        };
        let own = draft(Who::Person(coordinator), 1);
        let registration = registration::create(db, event, own, now)
            .await
            .expect("a registration");
        let code = Uuid::now_v7().simple().to_string();
        let guest = Who::Guest {
            email: format!("{code}@home.example"),
            code: code.clone(),
            consent_version: consent::current().version.to_owned(),
        };
        registration::create(db, event, draft(guest, 2), now)
            .await
            .expect("a guest's registration");
        let (letters, _) = letter::list(db, Some(event), None, Slice::ALL)
            .await
            .expect("letters");
        let sent = letters
            .iter()
            .find(|letter| letter.kind() == LetterKind::Invitation)
            .expect("an invitation");
        letter::settle(db, sent, Fate::Sent, None, now)
            .await
            .expect("a fate");
        let notices = notice::unread(db, coordinator).await.expect("notices");
        let notice = notices
            .iter()
            .find(|notice| notice.event_id == event && notice.kind == NoticeKind::Invited.as_str())
            .expect("a notice");
        Self {
            event,
            registration: registration.id,
            code,
            letter: sent.id,
            notice: notice.id,
        }
    }
}

fn on(
    method: Method,
    route: &'static str,
    audience: &'static str,
    expected: [u16; 9],
    call: impl Fn(&Planned) -> Call + Clone + 'static,
) -> Row {
    let what = match audience {
        "public" => "a public meeting",
        _ => "a meeting of those invited",
    };
    Row::new(method, route, what, expected, move |city: Arc<City>| {
        let call = call.clone();
        called(city, audience, call)
    })
}

async fn called(city: Arc<City>, audience: &'static str, call: impl Fn(&Planned) -> Call) -> Call {
    call(&Planned::new(&city, audience).await)
}

/// What anybody sends who registers.
fn request() -> serde_json::Value {
    json!({
        "answers": {},
        "name": "Анна",
        "email": format!("{}@home.example", Uuid::now_v7().simple()),
        "consentVersion": consent::current().version,
    })
}

pub fn rows() -> Vec<Row> {
    let event = |one: &Planned, rest: &str| format!("/api/events/{}{rest}", one.event);
    vec![
        on(
            Method::POST,
            "/api/invitees/preview",
            "invited",
            people(200),
            |_| Call::json("/api/invitees/preview", json!({})),
        ),
        on(
            Method::POST,
            "/api/invitees/preview",
            "invited",
            changers(200),
            |one| Call::json("/api/invitees/preview", json!({ "eventId": one.event })),
        ),
        on(
            Method::GET,
            "/api/events/{id}/invitees",
            "invited",
            changers(200),
            move |one| Call::bare(event(one, "/invitees")),
        ),
        on(
            Method::POST,
            "/api/events/{id}/invitees",
            "invited",
            changers(200),
            move |one| Call::json(event(one, "/invitees"), json!({})),
        ),
        on(
            Method::PUT,
            "/api/events/{id}/my-answer",
            "invited",
            owner(200),
            move |one| Call::json(event(one, "/my-answer"), json!({ "answer": "coming" })),
        ),
        on(
            Method::GET,
            "/api/me/notices",
            "invited",
            people(200),
            |_| Call::bare("/api/me/notices"),
        ),
        on(
            Method::POST,
            "/api/me/notices/{id}/read",
            "invited",
            owner(204),
            |one| Call::bare(format!("/api/me/notices/{}/read", one.notice)),
        ),
        on(
            Method::GET,
            "/api/events/{id}/registration",
            "public",
            everyone(200),
            move |one| Call::bare(event(one, "/registration")),
        ),
        on(
            Method::GET,
            "/api/events/{id}/registration",
            "invited",
            knowing(200),
            move |one| Call::bare(event(one, "/registration")),
        ),
        on(
            Method::POST,
            "/api/events/{id}/registration",
            "public",
            everyone(200),
            move |one| Call::json(event(one, "/registration"), request()),
        ),
        on(
            Method::POST,
            "/api/events/{id}/registration",
            "invited",
            knowing(200),
            move |one| Call::json(event(one, "/registration"), request()),
        ),
        on(
            Method::DELETE,
            "/api/events/{id}/registration",
            "public",
            owner(200),
            move |one| Call::bare(event(one, "/registration")),
        ),
        on(
            Method::GET,
            "/api/events/{id}/registrations",
            "invited",
            changers(200),
            move |one| Call::bare(event(one, "/registrations")),
        ),
        on(
            Method::GET,
            "/api/events/{id}/registrations.xlsx",
            "invited",
            changers(200),
            move |one| Call::bare(event(one, "/registrations.xlsx")),
        ),
        on(
            Method::PATCH,
            "/api/registrations/{id}",
            "invited",
            hidden(200),
            |one| {
                let path = format!("/api/registrations/{}", one.registration);
                Call::json(path, json!({ "verdict": "decline" }))
            },
        ),
        on(
            Method::GET,
            "/api/registrations/by-code/{code}",
            "public",
            everyone(200),
            |one| Call::bare(format!("/api/registrations/by-code/{}", one.code)),
        ),
        on(
            Method::DELETE,
            "/api/registrations/by-code/{code}",
            "public",
            everyone(200),
            |one| Call::bare(format!("/api/registrations/by-code/{}", one.code)),
        ),
        on(
            Method::GET,
            "/api/letters",
            "invited",
            administrator(200),
            |_| Call::bare("/api/letters"),
        ),
        on(
            Method::GET,
            "/api/events/{id}/letters",
            "invited",
            changers(200),
            move |one| Call::bare(event(one, "/letters")),
        ),
        on(
            Method::GET,
            "/api/letters/{id}",
            "invited",
            // Outside of the demonstration organisers see what became of a letter, not its text.
            [401, 401, 403, 404, 404, 404, 404, 403, 200],
            |one| Call::bare(format!("/api/letters/{}", one.letter)),
        ),
        on(
            Method::POST,
            "/api/letters/{id}/again",
            "invited",
            hidden(200),
            |one| Call::bare(format!("/api/letters/{}/again", one.letter)),
        ),
    ]
}
