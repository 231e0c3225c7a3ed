//! Documents of professional development and indicators.
//!
//! The documents are the teacher's, who works at [`City::school`], or those of a teacher of the other
//! school.

use std::sync::Arc;

use chrono::NaiveDate;
use kafedra_model::{indicator::LeaveKind, professional_development::Kind, quarter::Quarter};
use kafedra_store::{
    employment, employment_leave, indicator_signature, professional_development, teacher_leader,
};
use kafedra_testkit::City;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, Payload, Row};

/// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
/// methodologist, administrator.
const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
/// The teacher and whoever keeps their card.
const fn writers(s: u16) -> [u16; 9] {
    [401, 401, s, s, 403, 403, 403, s, s]
}
/// Whoever keeps the teacher's card.
const fn keepers(s: u16) -> [u16; 9] {
    [401, 401, 403, s, 403, 403, 403, s, s]
}
/// Whoever keeps the card of the other school's teacher.
const fn keepers_elsewhere(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, s, 403, 403, s, s]
}
/// Readers of the city's register.
const fn city_readers(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, s, s, s]
}
const fn signers(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, s, 403, s]
}

const QUARTER: Quarter = Quarter {
    year: 2017,
    number: 2,
};

fn typed() -> Value {
    json!({
        "kind": "certificate",
        "registration": Uuid::now_v7(),
        "issuer": "ИРО",
        "issuedOn": "2016-03-01",
        "hours": 72,
    })
}

async fn a_document(city: &City, login: &str) -> Uuid {
    let draft = professional_development::Draft {
        kind: Kind::Certificate,
        series: None,
        blank_number: String::new(),
        registration: Uuid::now_v7().to_string(),
        issuer: "ИРО".to_owned(),
        issued_on: NaiveDate::from_ymd_opt(2016, 3, 1).expect("a date"),
        programme: String::new(),
        programme_kind: String::new(),
        hours: 72,
        training_start: None,
        training_end: None,
        form: String::new(),
        funding: String::new(),
        register_status: String::new(),
    };
    let (db, now) = (&city.app.state.store.db, city.app.clock.now());
    professional_development::create(db, city.person(login), draft, None, now)
        .await
        .expect("a document")
        .id
}

/// A row on a document of `login`; `rest` follows its path.
fn on_document(
    method: Method,
    route: &'static str,
    login: &'static str,
    expected: [u16; 9],
    rest: &'static str,
    body: fn() -> Value,
) -> Row {
    Row::new(
        method,
        route,
        login,
        expected,
        move |city: Arc<City>| async move {
            let id = a_document(&city, login).await;
            Call::json(format!("/api/documents/{id}{rest}"), body())
        },
    )
}

/// A row on the scan of the teacher's document, which has one.
fn on_scan(method: Method, expected: [u16; 9]) -> Row {
    let sends = method == Method::PUT;
    let route = "/api/documents/{id}/scan";
    Row::new(
        method,
        route,
        "teacher",
        expected,
        move |city: Arc<City>| async move {
            let path = format!("/api/documents/{}/scan", a_document(&city, "teacher").await);
            let file = reqwest::multipart::Part::bytes(crate::PNG).file_name("scan.png");
            let form = reqwest::multipart::Form::new().part("file", file);
            let browser = city.signed_in("coordinator").await;
            let request = browser.request(Method::PUT, &path).multipart(form);
            kafedra_testkit::Answer::of(request).await.ok();
            match sends {
                true => Call {
                    path,
                    body: Payload::Picture,
                },
                false => Call::bare(path),
            }
        },
    )
}

pub fn rows() -> Vec<Row> {
    [documents(), leaves(), awards(), indicators(), signatures()]
        .into_iter()
        .flatten()
        .collect()
}

fn documents() -> Vec<Row> {
    let edit: fn() -> Value = || {
        let mut edit = typed();
        edit["version"] = json!(1);
        edit
    };
    let verified: fn() -> Value = || json!({ "verified": true, "version": 1 });
    let nothing: fn() -> Value = || json!({});
    let (put, delete) = (Method::PUT, Method::DELETE);
    let one = "/api/documents/{id}";
    let verification = "/api/documents/{id}/verification";
    let listed = |method: Method, login: &'static str, expected| {
        Row::new(
            method,
            "/api/people/{id}/documents",
            login,
            expected,
            move |city: Arc<City>| async move {
                let path = format!("/api/people/{}/documents", city.person(login));
                Call::json(path, typed())
            },
        )
    };
    vec![
        on_scan(Method::GET, [401, 401, 200, 200, 403, 200, 200, 200, 200]),
        on_scan(Method::PUT, writers(200)),
        on_scan(Method::DELETE, writers(204)),
        listed(
            Method::GET,
            "teacher",
            [401, 401, 200, 200, 403, 200, 200, 200, 200],
        ),
        listed(
            Method::GET,
            "teacher3",
            [401, 401, 403, 403, 200, 403, 200, 200, 200],
        ),
        listed(Method::POST, "teacher", writers(201)),
        listed(Method::POST, "teacher3", keepers_elsewhere(201)),
        on_document(put.clone(), one, "teacher", writers(200), "", edit),
        on_document(
            put.clone(),
            one,
            "teacher3",
            keepers_elsewhere(200),
            "",
            edit,
        ),
        on_document(delete.clone(), one, "teacher", writers(204), "", nothing),
        on_document(delete, one, "teacher3", keepers_elsewhere(204), "", nothing),
        on_document(
            put.clone(),
            verification,
            "teacher",
            keepers(200),
            "/verification",
            verified,
        ),
        on_document(
            put,
            verification,
            "teacher3",
            keepers_elsewhere(200),
            "/verification",
            verified,
        ),
    ]
}

async fn a_job(city: &City) -> Uuid {
    employment::of_person(&city.app.state.store.db, city.person("teacher"))
        .await
        .expect("a query")[0]
        .id
}

fn leaves() -> Vec<Row> {
    let listed = |method, expected| {
        Row::new(
            method,
            "/api/employments/{id}/leaves",
            "the teacher's",
            expected,
            |city: Arc<City>| async move {
                let path = format!("/api/employments/{}/leaves", a_job(&city).await);
                Call::json(
                    path,
                    json!({ "kind": "parental", "startsOn": "2017-02-01" }),
                )
            },
        )
    };
    vec![
        listed(Method::GET, [401, 401, 200, 200, 403, 200, 200, 200, 200]),
        listed(Method::POST, keepers(201)),
        Row::new(
            Method::DELETE,
            "/api/employments/{id}/leaves/{leaveId}",
            "the teacher's",
            keepers(204),
            |city: Arc<City>| async move {
                let (db, job) = (&city.app.state.store.db, a_job(&city).await);
                let from = NaiveDate::from_ymd_opt(2017, 2, 1).expect("a date");
                let leave = employment_leave::create(db, job, LeaveKind::Other, from, None)
                    .await
                    .expect("a leave");
                Call::bare(format!("/api/employments/{job}/leaves/{}", leave.id))
            },
        ),
    ]
}

fn awards() -> Vec<Row> {
    const fn city_keepers(s: u16) -> [u16; 9] {
        [401, 401, 403, 403, 403, 403, 403, s, s]
    }
    let listed = |method, expected| {
        Row::new(
            method,
            "/api/people/{id}/awards",
            "the teacher's",
            expected,
            |city: Arc<City>| async move {
                let path = format!("/api/people/{}/awards", city.person("teacher"));
                let draft =
                    json!({ "contest": "Педагог года", "award": "winner", "since": "2016-11-01" });
                Call::json(path, draft)
            },
        )
    };
    vec![
        listed(Method::GET, [401, 401, 200, 200, 403, 200, 200, 200, 200]),
        listed(Method::POST, city_keepers(201)),
        Row::new(
            Method::DELETE,
            "/api/awards/{id}",
            "the teacher's",
            city_keepers(204),
            |city: Arc<City>| async move {
                let since = NaiveDate::from_ymd_opt(2016, 11, 1).expect("a date");
                let (db, whose) = (&city.app.state.store.db, city.person("teacher"));
                let row = teacher_leader::create(db, whose, "Конкурс".to_owned(), "winner", since)
                    .await
                    .expect("an award");
                Call::bare(format!("/api/awards/{}", row.id))
            },
        ),
    ]
}

fn indicators() -> Vec<Row> {
    let get = |route: &'static str, what, expected, path: &'static str| {
        Row::new(Method::GET, route, what, expected, move |_| async move {
            Call::bare(path)
        })
    };
    vec![
        get(
            "/api/indicators",
            "the city",
            people(200),
            "/api/indicators",
        ),
        get(
            "/api/indicators/{key}/members",
            "the city",
            city_readers(200),
            "/api/indicators/qualification/members",
        ),
        Row::new(
            Method::GET,
            "/api/indicators/{key}/members",
            "the school",
            [401, 401, 403, 200, 403, 200, 200, 200, 200],
            |city: Arc<City>| async move {
                let school = city.school;
                Call::bare(format!(
                    "/api/indicators/qualification/members?institutionId={school}"
                ))
            },
        ),
        get(
            "/api/indicators/{key}/institutions",
            "the city",
            city_readers(200),
            "/api/indicators/qualification/institutions",
        ),
        get(
            "/api/overview",
            "the city",
            city_readers(200),
            "/api/overview",
        ),
        get(
            "/api/me/development",
            "oneself",
            people(200),
            "/api/me/development",
        ),
        Row::new(
            Method::GET,
            "/api/institutions/{id}/overview",
            "the school",
            [401, 401, 403, 200, 403, 200, 200, 200, 200],
            |city: Arc<City>| async move {
                Call::bare(format!("/api/institutions/{}/overview", city.school))
            },
        ),
        get(
            "/api/indicators/{key}/outlook",
            "the city",
            people(200),
            "/api/indicators/equipment/outlook",
        ),
        get(
            "/api/installation/indicators",
            "the settings",
            people(200),
            "/api/installation/indicators",
        ),
        Row::new(
            Method::PUT,
            "/api/installation/indicators",
            "the settings",
            [401, 401, 403, 403, 403, 403, 403, 403, 200],
            |_| async { Call::json("/api/installation/indicators", json!({})) },
        ),
    ]
}

fn signatures() -> Vec<Row> {
    vec![
        Row::new(
            Method::GET,
            "/api/indicators/{key}/signatures",
            "the city",
            people(200),
            |_| async { Call::bare("/api/indicators/qualification/signatures") },
        ),
        Row::new(
            Method::POST,
            "/api/indicators/{key}/signatures",
            "a quarter that is over",
            signers(201),
            |city: Arc<City>| async move {
                let seen = latest(&city).await;
                let draft = json!({
                    "year": QUARTER.year,
                    "quarter": QUARTER.number,
                    "seenRevision": seen,
                    "reason": "Исправление",
                });
                Call::json("/api/indicators/qualification/signatures", draft)
            },
        ),
        Row::new(
            Method::GET,
            "/api/indicator-signatures/{id}/evidence",
            "a signature",
            city_readers(200),
            |city: Arc<City>| async move {
                let (db, now) = (&city.app.state.store.db, city.app.clock.now());
                let signed = indicator_signature::Signed {
                    revision: u32::try_from(latest(&city).await).expect("a revision") + 1,
                    reason: String::new(),
                    by: city.person("official"),
                    at: now,
                };
                let row = indicator_signature::create(
                    db,
                    "qualification",
                    QUARTER,
                    (0, 0),
                    "[]".to_owned(),
                    signed,
                )
                .await
                .expect("a signature");
                Call::bare(format!("/api/indicator-signatures/{}/evidence", row.id))
            },
        ),
    ]
}

async fn latest(city: &City) -> i32 {
    indicator_signature::latest(&city.app.state.store.db, "qualification", QUARTER)
        .await
        .expect("a query")
        .map_or(0, |row| row.revision)
}
