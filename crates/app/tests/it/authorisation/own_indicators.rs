//! Indicators that the installation defined itself.

use std::sync::Arc;

use kafedra_testkit::City;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, Row};

// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
// methodologist, administrator.
const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
const fn signers(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, s, 403, s]
}
const fn executors(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, s, s, s]
}

fn draft() -> Value {
    json!({
        "name": format!("Публикации {}", Uuid::now_v7()),
        "source": { "entered": "count" },
        "version": 1,
    })
}

fn value(seen_revision: i32) -> Value {
    json!({
        "year": 2017,
        "quarter": 1,
        "value": 700,
        "evidence": "Справка",
        "seenRevision": seen_revision,
        "reason": "Опечатка",
    })
}

/// The address of one whose values are entered; one is.
async fn an_indicator(city: &City) -> String {
    let official = city.signed_in("official").await;
    let made = official.post("/api/indicators", draft()).await.ok();
    let path = format!("/api/indicators/{}", made["id"].as_str().expect("an id"));
    official
        .post(&format!("{path}/values"), value(0))
        .await
        .ok();
    path
}

fn on(
    method: Method,
    route: &'static str,
    what: &'static str,
    expected: [u16; 9],
    rest: &'static str,
    body: fn() -> Option<Value>,
) -> Row {
    Row::new(
        method,
        route,
        what,
        expected,
        move |city: Arc<City>| async move {
            let path = format!("{}{rest}", an_indicator(&city).await);
            match body() {
                Some(body) => Call::json(path, body),
                None => Call::bare(path),
            }
        },
    )
}

pub fn rows() -> Vec<Row> {
    const ONE: &str = "/api/indicators/{key}";
    const VALUES: &str = "/api/indicators/{key}/values";
    vec![
        Row::new(
            Method::POST,
            "/api/indicators",
            "the city",
            signers(201),
            |_| async { Call::json("/api/indicators", draft()) },
        ),
        on(Method::GET, ONE, "own", people(200), "", || None),
        on(Method::PUT, ONE, "own", signers(200), "", || Some(draft())),
        on(
            Method::DELETE,
            ONE,
            "own",
            signers(204),
            "?version=1",
            || None,
        ),
        on(Method::GET, VALUES, "own", people(200), "/values", || None),
        on(
            Method::POST,
            VALUES,
            "a quarter without a value",
            executors(201),
            "/values",
            || {
                let mut later = value(0);
                later["quarter"] = json!(2);
                Some(later)
            },
        ),
        on(
            Method::POST,
            VALUES,
            "a correction",
            signers(201),
            "/values",
            || Some(value(1)),
        ),
    ]
}
