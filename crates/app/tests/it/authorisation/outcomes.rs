//! What comes of an event: certificates, minutes, tasks, portfolios; jobs and the letterhead.
//!
//! Every row acts on a meeting of its own that is over. The teacher organised it, the school's
//! coordinator was there; the other school and the director know nothing of it.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use kafedra_store::{certificate, job, letterhead, minutes, task};
use kafedra_testkit::City;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::{Call, Payload, Row};
use crate::held::Held;

/// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
/// methodologist, administrator.
const fn everyone(status: u16) -> [u16; 9] {
    [status; 9]
}
const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
/// Whoever may change the event.
const fn changers(s: u16) -> [u16; 9] {
    [401, 401, s, 403, 404, 404, 404, s, s]
}
/// The same, where those who may not are told nothing.
const fn hidden(s: u16) -> [u16; 9] {
    [401, 401, s, 404, 404, 404, 404, s, s]
}
/// Whoever may change the event, and the coordinator, whose certificate or task it is.
const fn holders(s: u16) -> [u16; 9] {
    [401, 401, s, s, 404, 404, 404, s, s]
}
const fn administrator(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, 403, 403, s]
}

/// A meeting that is over, with one of each thing that comes of it.
struct Outcome {
    event: Uuid,
    certificate: certificate::Model,
    minutes: minutes::Model,
    task: Uuid,
    job: Uuid,
    /// A job that is over, and left a file.
    done: Uuid,
}

impl Outcome {
    async fn new(city: Arc<City>) -> Self {
        let held = Held::in_city(city.clone(), "webinar").await;
        let coordinator = city.person("coordinator");
        held.stays(coordinator, 90).await;
        held.end().await;
        let (db, now) = (&city.app.state.store.db, city.app.clock.now());
        let organiser = city.person("teacher");
        let head = letterhead::Model {
            organisation: "Центр".to_owned(),
            arms: Some(STANDARD.encode(crate::PNG)),
            ..letterhead::Model::default()
        };
        let head = letterhead::replace(db, head, None, now)
            .await
            .expect("a letterhead");
        let draft = certificate::Draft {
            code: kafedra_model::certificate::new_code(&mut rand::rng()),
            event_id: held.event,
            person_id: coordinator,
            name: "Лисина Ольга".to_owned(),
            role: "jury".to_owned(),
            topic: String::new(),
            kind: "webinar".to_owned(),
            title: "Вебинар".to_owned(),
            held_on: now.date_naive(),
            level: "city".to_owned(),
            minutes: 90,
            hours: 2,
            locale: "ru".to_owned(),
            letterhead_id: head.id,
            issued_by: organiser,
        };
        let certificate = certificate::issue(db, draft, 2017, now)
            .await
            .expect("a query")
            .expect("a certificate");
        let body = json!({
            "chair": "Семёнова М.", "secretary": "Лисина О.",
            "attended": [{ "name": "Лисина О." }],
            "items": [{ "topic": "Итоги", "decided": [{ "id": Uuid::now_v7(), "text": "Принять" }] }],
        });
        let (event, text) = (held.event, body.to_string());
        let draft = minutes::create(db, event, 1, "1".to_owned(), text, organiser, now);
        let minutes = draft.await.expect("minutes");
        let todo = task::Draft {
            id: Uuid::now_v7(),
            text: "Сделать".to_owned(),
            assignee_id: Some(coordinator),
            assignee: String::new(),
            due: None,
        };
        let id = todo.id;
        task::replace(db, event, None, vec![todo], now)
            .await
            .expect("a task");
        let later = job::Draft {
            kind: "none",
            version: 1,
            payload: "{}".to_owned(),
            total: 0,
            created_by: Some(organiser),
            // Never within this test.
            run_at: now + chrono::TimeDelta::days(3650),
        };
        let job = job::queue(db, later.clone(), now).await.expect("a job").id;
        let over = job::queue(db, later, now).await.expect("a job");
        job::done(db, &over, now).await.expect("its end");
        let place = kafedra_app::job::result::path(&city.app.state.settings, over.id);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, b"PK").expect("a file");
        Self {
            event,
            certificate,
            minutes,
            task: id,
            job,
            done: over.id,
        }
    }
}

fn on(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    call: impl Fn(&Outcome) -> Call + Clone + 'static,
) -> Row {
    Row::new(
        method,
        route,
        "a held meeting",
        expected,
        move |city: Arc<City>| {
            let call = call.clone();
            called(city, call)
        },
    )
}

async fn called(city: Arc<City>, call: impl Fn(&Outcome) -> Call) -> Call {
    call(&Outcome::new(city).await)
}

pub fn rows() -> Vec<Row> {
    [papers(), certificates(), minutes_and_tasks(), portfolios()]
        .into_iter()
        .flatten()
        .collect()
}

fn papers() -> Vec<Row> {
    let words = json!({ "organisation": "Центр", "signerPosition": "", "signerName": "" });
    vec![
        on(
            Method::GET,
            "/api/jobs/{id}",
            [401, 401, 200, 404, 404, 404, 404, 404, 200],
            |outcome| Call::bare(format!("/api/jobs/{}", outcome.job)),
        ),
        on(
            Method::GET,
            "/api/installation/letterhead",
            administrator(200),
            |_| Call::bare("/api/installation/letterhead"),
        ),
        on(
            Method::PUT,
            "/api/installation/letterhead",
            administrator(200),
            move |_| Call::json("/api/installation/letterhead", words.clone()),
        ),
        on(
            Method::GET,
            "/api/installation/letterhead/{picture}",
            administrator(200),
            |_| Call::bare("/api/installation/letterhead/arms"),
        ),
        on(
            Method::PUT,
            "/api/installation/letterhead/{picture}",
            administrator(204),
            |_| Call {
                path: "/api/installation/letterhead/signature".to_owned(),
                body: Payload::Picture,
            },
        ),
        on(
            Method::DELETE,
            "/api/installation/letterhead/{picture}",
            administrator(204),
            |_| Call::bare("/api/installation/letterhead/arms"),
        ),
        on(
            Method::GET,
            "/api/jobs/{id}/file.zip",
            [401, 401, 200, 404, 404, 404, 404, 404, 200],
            |outcome| Call::bare(format!("/api/jobs/{}/file.zip", outcome.done)),
        ),
    ]
}

fn certificates() -> Vec<Row> {
    let order = json!({ "rule": { "roles": ["listener", "speaker", "organiser"] } });
    let preview = order.clone();
    vec![
        on(
            Method::GET,
            "/api/events/{id}/certificates",
            changers(200),
            |outcome| Call::bare(format!("/api/events/{}/certificates", outcome.event)),
        ),
        on(
            Method::POST,
            "/api/events/{id}/certificates/preview",
            changers(200),
            move |outcome| {
                let path = format!("/api/events/{}/certificates/preview", outcome.event);
                Call::json(path, preview.clone())
            },
        ),
        on(
            Method::POST,
            "/api/events/{id}/certificates",
            // Nobody but the jury was there, whom the order does not name.
            changers(409),
            move |outcome| {
                let path = format!("/api/events/{}/certificates", outcome.event);
                Call::json(path, order.clone())
            },
        ),
        on(
            Method::POST,
            "/api/certificates/{id}/revoke",
            changers(200),
            |outcome| {
                let path = format!("/api/certificates/{}/revoke", outcome.certificate.id);
                Call::json(path, json!({ "reason": "ошибка" }))
            },
        ),
        on(
            Method::GET,
            "/api/certificates/by-code/{code}",
            everyone(200),
            |outcome| {
                Call::bare(format!(
                    "/api/certificates/by-code/{}",
                    outcome.certificate.code
                ))
            },
        ),
        on(
            Method::GET,
            "/api/certificates/by-code/{code}/file.pdf",
            everyone(200),
            |outcome| {
                let code = &outcome.certificate.code;
                Call::bare(format!("/api/certificates/by-code/{code}/file.pdf"))
            },
        ),
        on(
            Method::GET,
            "/api/certificates/{id}/file.pdf",
            holders(200),
            |outcome| {
                let id = outcome.certificate.id;
                Call::bare(format!("/api/certificates/{id}/file.pdf"))
            },
        ),
        on(
            Method::POST,
            "/api/events/{id}/certificates/bundle",
            changers(200),
            |outcome| Call::bare(format!("/api/events/{}/certificates/bundle", outcome.event)),
        ),
    ]
}

fn minutes_and_tasks() -> Vec<Row> {
    vec![
        on(
            Method::GET,
            "/api/events/{id}/minutes",
            hidden(200),
            |outcome| Call::bare(format!("/api/events/{}/minutes", outcome.event)),
        ),
        on(
            Method::PUT,
            "/api/events/{id}/minutes",
            changers(200),
            |outcome| {
                let edit = json!({
                    "number": "2",
                    "body": { "chair": "", "secretary": "", "attended": [], "items": [] },
                    "updatedAt": outcome.minutes.updated_at,
                });
                Call::json(format!("/api/events/{}/minutes", outcome.event), edit)
            },
        ),
        on(
            Method::POST,
            "/api/events/{id}/minutes/sign",
            changers(200),
            |outcome| {
                let path = format!("/api/events/{}/minutes/sign", outcome.event);
                Call::json(path, json!({ "updatedAt": outcome.minutes.updated_at }))
            },
        ),
        on(
            Method::GET,
            "/api/events/{id}/minutes/file.docx",
            hidden(200),
            |outcome| Call::bare(format!("/api/events/{}/minutes/file.docx", outcome.event)),
        ),
        on(
            Method::GET,
            "/api/events/{id}/minutes/file.pdf",
            hidden(200),
            |outcome| Call::bare(format!("/api/events/{}/minutes/file.pdf", outcome.event)),
        ),
        on(Method::GET, "/api/tasks", people(200), |_| {
            Call::bare("/api/tasks")
        }),
        on(Method::PATCH, "/api/tasks/{id}", holders(200), |outcome| {
            let path = format!("/api/tasks/{}", outcome.task);
            Call::json(path, json!({ "state": "done" }))
        }),
    ]
}

fn portfolios() -> Vec<Row> {
    let readers = [401, 401, 404, 200, 404, 200, 200, 200, 200];
    vec![
        on(Method::GET, "/api/me/part", people(200), |_| {
            Call::bare("/api/me/part")
        }),
        Row::new(
            Method::GET,
            "/api/people/{id}/portfolio",
            "of the school's coordinator",
            readers,
            |city: Arc<City>| async move {
                Call::bare(format!(
                    "/api/people/{}/portfolio",
                    city.person("coordinator")
                ))
            },
        ),
        Row::new(
            Method::GET,
            "/api/people/{id}/portfolio.pdf",
            "of the school's coordinator",
            readers,
            |city: Arc<City>| async move {
                Call::bare(format!(
                    "/api/people/{}/portfolio.pdf",
                    city.person("coordinator")
                ))
            },
        ),
        Row::new(
            Method::GET,
            "/api/institutions/{id}/month",
            "of the school",
            [401, 401, 403, 200, 403, 200, 200, 200, 200],
            |city: Arc<City>| async move {
                Call::bare(format!("/api/institutions/{}/month", city.school))
            },
        ),
    ]
}
