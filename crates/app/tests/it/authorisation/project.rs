//! The project: its passport, steps and decisions, facts, evidence, change requests.
//!
//! Every cell begins a project anew: that one is current then.

use std::sync::Arc;

use kafedra_model::passport::{Passport, lifecycle::Lifecycle};
use kafedra_store::{
    actual_value, change_request, file,
    payment::{self},
    project,
    project_evidence::{self, Proves},
};
use kafedra_testkit::City;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Call, Payload, Row};

/// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
/// methodologist, administrator.
const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
/// The committee's.
const fn leaders(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, s, 403, s]
}
/// The committee's and the method centre's.
const fn executors(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, s, s, s]
}

fn founding() -> Passport {
    Passport::founding().expect("the founding passport")
}

async fn begun(city: &City, draft: project::Draft) -> project::Model {
    let (db, now) = (&city.app.state.store.db, city.app.clock.now());
    project::create(db, draft, None, now)
        .await
        .expect("a project")
}

async fn executing(city: &City) -> project::Model {
    begun(city, project::Draft::executing(&founding()).expect("JSON")).await
}

async fn draft(city: &City) -> project::Model {
    let lifecycle = Lifecycle::begin(city.app.clock.now().date_naive());
    begun(
        city,
        project::Draft::of(&founding(), &lifecycle).expect("JSON"),
    )
    .await
}

async fn closed(city: &City) -> project::Model {
    let text = json!({
        "state": "closed",
        "ending": "early",
        "decision": { "minutesNumber": "9", "date": "2017-09-01", "item": "1", "wording": "Закрыть" },
    });
    let lifecycle = serde_json::from_value(text).expect("a state");
    begun(
        city,
        project::Draft::of(&founding(), &lifecycle).expect("JSON"),
    )
    .await
}

/// A row on a project that is executed.
fn on(method: Method, route: &'static str, expected: [u16; 9], call: fn() -> Call) -> Row {
    Row::new(
        method,
        route,
        "a project",
        expected,
        move |city: Arc<City>| async move {
            executing(&city).await;
            call()
        },
    )
}

pub fn rows() -> Vec<Row> {
    [
        reading(),
        leading(),
        facts(),
        evidence(),
        requests(),
        news(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn news() -> Vec<Row> {
    let draft = || json!({ "title": "Новость", "text": "", "publishedOn": "2017-09-01" });
    let on = move |method: Method, expected, body: bool| {
        Row::new(
            method,
            "/api/news/{id}",
            "news",
            expected,
            move |city: Arc<City>| async move {
                let (db, now) = (&city.app.state.store.db, city.app.clock.now());
                let draft_of = kafedra_store::news::Draft {
                    title: "Новость".to_owned(),
                    text: String::new(),
                    published_on: now.date_naive(),
                };
                let row = kafedra_store::news::create(db, draft_of, city.person("admin"), now)
                    .await
                    .expect("news");
                let path = format!("/api/news/{}", row.id);
                match body {
                    true => Call::json(path, draft()),
                    false => Call::bare(path),
                }
            },
        )
    };
    vec![
        Row::new(Method::GET, "/api/news", "", [200; 9], |_| async {
            Call::bare("/api/news")
        }),
        Row::new(
            Method::POST,
            "/api/news",
            "",
            leaders(201),
            move |_| async move { Call::json("/api/news", draft()) },
        ),
        on(Method::PUT, leaders(200), true),
        on(Method::DELETE, leaders(204), false),
    ]
}

fn reading() -> Vec<Row> {
    let get = |route, path: &'static str| {
        Row::new(
            Method::GET,
            route,
            "a project",
            people(200),
            move |city: Arc<City>| async move {
                executing(&city).await;
                Call::bare(path)
            },
        )
    };
    vec![
        get("/api/project", "/api/project"),
        get(
            "/api/project/papers/{paper}",
            "/api/project/papers/passport?format=docx",
        ),
        get("/api/project/versions", "/api/project/versions"),
        get("/api/project/versions/{version}", "/api/project/versions/1"),
        get("/api/project/validation", "/api/project/validation"),
        get(
            "/api/project/periods/{year}/{quarter}/signatures",
            "/api/project/periods/2017/2/signatures",
        ),
        get(
            "/api/project/periods/{year}/{quarter}/remarks",
            "/api/project/periods/2017/2/remarks",
        ),
        get(
            "/api/project/change-requests",
            "/api/project/change-requests",
        ),
    ]
}

fn leading() -> Vec<Row> {
    let edit = || json!({ "version": 1, "passport": founding() });
    vec![
        Row::new(
            Method::POST,
            "/api/project",
            "after a closed one",
            leaders(201),
            |city: Arc<City>| async move {
                closed(&city).await;
                Call::json("/api/project", json!({ "passport": founding() }))
            },
        ),
        Row::new(
            Method::PUT,
            "/api/project/passport",
            "a draft",
            leaders(200),
            move |city: Arc<City>| async move {
                draft(&city).await;
                Call::json("/api/project/passport", edit())
            },
        ),
        on(Method::PUT, "/api/project/passport", leaders(409), || {
            let edit = json!({ "version": 1, "passport": founding() });
            Call::json("/api/project/passport", edit)
        }),
        on(
            Method::POST,
            "/api/project/validation",
            leaders(200),
            || Call::json("/api/project/validation", json!({ "passport": founding() })),
        ),
        on(Method::POST, "/api/project/steps", leaders(200), || {
            Call::json("/api/project/steps", json!({ "kind": "beginClosing" }))
        }),
        on(Method::POST, "/api/project/decisions", leaders(200), || {
            let decision = json!({
                "kind": "instruct", "minutesNumber": "5", "date": "2017-09-01", "item": "2",
                "wording": "Доложить о закупке", "assignee": "Директор ИМЦ", "due": "2017-10-01",
            });
            Call::json("/api/project/decisions", decision)
        }),
        on(
            Method::POST,
            "/api/project/periods/{year}/{quarter}/signatures",
            leaders(200),
            || {
                let draft = json!({ "seenRevision": 0 });
                Call::json("/api/project/periods/2017/2/signatures", draft)
            },
        ),
    ]
}

/// Of the first indicator.
fn second_quarter(project: uuid::Uuid) -> actual_value::Place {
    actual_value::Place {
        project,
        ordinal: 1,
        quarter: kafedra_model::quarter::Quarter::new(2017, 2).expect("a quarter"),
    }
}

fn facts() -> Vec<Row> {
    let value: fn() -> Value = || json!({ "value": 8_600, "evidence": "Отчёт ИМЦ" });
    vec![
        Row::new(
            Method::PUT,
            "/api/project/actual-values/{ordinal}/{year}/{quarter}",
            "a quarter",
            executors(200),
            move |city: Arc<City>| async move {
                let place = second_quarter(executing(&city).await.id);
                document_on(&city, Proves::Value(place)).await;
                Call::json("/api/project/actual-values/1/2017/2", value())
            },
        ),
        Row::new(
            Method::DELETE,
            "/api/project/actual-values/{ordinal}/{year}/{quarter}",
            "a value",
            executors(200),
            |city: Arc<City>| async move {
                let place = second_quarter(executing(&city).await.id);
                let (db, now) = (&city.app.state.store.db, city.app.clock.now());
                let typed = (8_600, "Отчёт".to_owned());
                actual_value::put(db, place, typed, city.person("admin"), now)
                    .await
                    .expect("a value");
                Call::bare("/api/project/actual-values/1/2017/2")
            },
        ),
        on(
            Method::PUT,
            "/api/project/periods/{year}/{quarter}/remarks",
            executors(200),
            || {
                let edit = json!({
                    "subject": { "kind": "budget" }, "version": 0, "cause": "Торги в августе",
                });
                Call::json("/api/project/periods/2017/2/remarks", edit)
            },
        ),
        on(
            Method::POST,
            "/api/project/payments",
            executors(201),
            || {
                let draft = json!({
                    "source": "city", "on": "2017-06-01", "kopecks": 100, "purpose": "Кабель",
                });
                Call::json("/api/project/payments", draft)
            },
        ),
        Row::new(
            Method::DELETE,
            "/api/project/payments/{id}",
            "a payment",
            executors(200),
            |city: Arc<City>| async move {
                let project = executing(&city).await.id;
                let text = json!({
                    "source": "city", "on": "2017-06-01", "kopecks": 100, "purpose": "Кабель",
                });
                let draft = serde_json::from_value(text).expect("a payment");
                let (db, now) = (&city.app.state.store.db, city.app.clock.now());
                let row = payment::add(db, project, draft, city.person("admin"), now)
                    .await
                    .expect("a payment");
                Call::bare(format!("/api/project/payments/{}", row.id))
            },
        ),
        on(
            Method::PUT,
            "/api/project/risks/{number}",
            executors(200),
            || {
                let edit = json!({
                    "version": 1, "probability": "high", "impact": "low", "status": "open",
                });
                Call::json("/api/project/risks/1", edit)
            },
        ),
    ]
}

/// Evidence on 1.1 of a new project: a document.
async fn a_document(city: &City) -> project_evidence::Model {
    let project = executing(city).await.id;
    let number = "1.1".to_owned();
    document_on(city, Proves::Checkpoint { project, number }).await
}

async fn document_on(city: &City, proves: Proves) -> project_evidence::Model {
    let (db, now) = (&city.app.state.store.db, city.app.clock.now());
    let hash = "0".repeat(64);
    file::note(db, &hash, 9, "text/plain", now)
        .await
        .expect("a file");
    let place = kafedra_app::file::path(&city.app.state.settings.files, &hash);
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
    std::fs::write(place, b"Protocol.").expect("a file");
    let draft = project_evidence::Draft {
        kind: "document",
        text: "Протокол.txt".to_owned(),
        file_hash: Some(hash),
        ..project_evidence::Draft::default()
    };
    project_evidence::add(db, &proves, draft, city.person("admin"), now)
        .await
        .expect("evidence")
}

fn evidence() -> Vec<Row> {
    vec![
        on(
            Method::POST,
            "/api/project/checkpoints/{number}/evidence",
            executors(201),
            || {
                let draft = json!({ "kind": "text", "text": "Протокол № 1" });
                Call::json("/api/project/checkpoints/1.1/evidence", draft)
            },
        ),
        on(
            Method::POST,
            "/api/project/actual-values/{ordinal}/{year}/{quarter}/evidence",
            // There is no such event; whoever may not is told that first.
            executors(404),
            || {
                let draft = json!({ "kind": "event", "eventId": uuid::Uuid::nil() });
                Call::json("/api/project/actual-values/1/2017/2/evidence", draft)
            },
        ),
        on(
            Method::POST,
            "/api/project/actual-values/{ordinal}/{year}/{quarter}/documents",
            executors(201),
            || Call {
                path: "/api/project/actual-values/1/2017/2/documents".to_owned(),
                body: Payload::Picture,
            },
        ),
        on(
            Method::POST,
            "/api/project/checkpoints/{number}/documents",
            executors(201),
            || Call {
                path: "/api/project/checkpoints/1.1/documents".to_owned(),
                body: Payload::Picture,
            },
        ),
        Row::new(
            Method::GET,
            "/api/project/evidence/{id}/file",
            "a document",
            people(200),
            |city: Arc<City>| async move {
                let row = a_document(&city).await;
                Call::bare(format!("/api/project/evidence/{}/file", row.id))
            },
        ),
        Row::new(
            Method::DELETE,
            "/api/project/evidence/{id}",
            "a document",
            executors(200),
            |city: Arc<City>| async move {
                let row = a_document(&city).await;
                Call::bare(format!("/api/project/evidence/{}", row.id))
            },
        ),
        Row::new(
            Method::PUT,
            "/api/project/checkpoints/{number}",
            "a proved checkpoint",
            executors(200),
            |city: Arc<City>| async move {
                a_document(&city).await;
                let edit = json!({ "doneOn": "2017-04-03" });
                Call::json("/api/project/checkpoints/1.1", edit)
            },
        ),
    ]
}

fn wanted() -> Value {
    let mut passport = founding();
    passport.goal.push_str(", и ещё");
    json!({ "title": "Цель", "reason": "Уточнение", "baseVersion": 1, "passport": passport })
}

/// A row on a draft of a request; `rest` follows its path.
fn on_request(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    rest: &'static str,
    body: fn() -> Option<Value>,
) -> Row {
    Row::new(
        method,
        route,
        "a draft",
        expected,
        move |city: Arc<City>| async move {
            let project = executing(&city).await.id;
            let (db, now) = (&city.app.state.store.db, city.app.clock.now());
            let wanted = wanted();
            let draft = change_request::Draft {
                title: "Цель".to_owned(),
                reason: "Уточнение".to_owned(),
                base_version: 1,
                passport: wanted["passport"].to_string(),
            };
            let row = change_request::create(db, project, draft, city.person("admin"), now)
                .await
                .expect("a request");
            let path = format!("/api/project/change-requests/{}{rest}", row.id);
            match body() {
                Some(body) => Call::json(path, body),
                None => Call::bare(path),
            }
        },
    )
}

fn requests() -> Vec<Row> {
    const ONE: &str = "/api/project/change-requests/{id}";
    vec![
        on(
            Method::POST,
            "/api/project/change-requests",
            leaders(201),
            || Call::json("/api/project/change-requests", wanted()),
        ),
        on_request(Method::GET, ONE, people(200), "", || None),
        on_request(Method::PUT, ONE, leaders(200), "", || {
            let mut edit = wanted();
            edit["version"] = json!(1);
            Some(edit)
        }),
        on_request(Method::DELETE, ONE, leaders(204), "", || None),
        on_request(
            Method::POST,
            "/api/project/change-requests/{id}/submission",
            leaders(200),
            "/submission",
            || Some(json!({ "version": 1 })),
        ),
    ]
}
