//! Who may do what: every route × every role is a real request with an expected status.
//!
//! Each area keeps its rows in a file of its own. To add a route, add a [`Row`] there; a route
//! of the OpenAPI document that no row names fails `every_route_stands_in_the_matrix`.

use std::{collections::BTreeSet, future::Future, pin::Pin, sync::Arc};

use kafedra_testkit::{Answer, Browser, City, FakeMedia, TestDatabase};
use reqwest::{Method, multipart};
use serde_json::Value;

mod accounts;
mod asked;
mod categories;
mod decks;
mod imports;
mod lessons;
mod outcomes;
mod own_indicators;
mod planning;
mod presence;
mod project;
mod registering;
mod registers;
mod rooms;
mod stage;

/// Who asks, in the order of a row's cells. `Coordinator` and `Director` are of [`City::school`], the
/// school whose objects the rows touch; `CoordinatorElsewhere` is of the other school.
pub const ROLES: [&str; 9] = [
    "anonymous",
    "guest",
    "teacher",
    "coordinator",
    "coordinator elsewhere",
    "director",
    "official",
    "methodologist",
    "administrator",
];

/// Logins of [`ROLES`] from the third on.
const LOGINS: [&str; 7] = [
    "teacher",
    "coordinator",
    "coordinator2",
    "director",
    "official",
    "methodist",
    "admin",
];

/// One request to make: its path with ids filled in, and its body.
pub struct Call {
    pub path: String,
    pub body: Payload,
}

pub enum Payload {
    None,
    Json(Value),
    /// Sent as the file of a form.
    Csv(String),
    /// The same with a small PNG.
    Picture,
}

impl Call {
    pub fn bare(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            body: Payload::None,
        }
    }

    pub fn json(path: impl Into<String>, body: Value) -> Self {
        Self {
            path: path.into(),
            body: Payload::Json(body),
        }
    }
}

type Prepare = Box<dyn Fn(Arc<City>) -> Pin<Box<dyn Future<Output = Call>>>>;

/// One route, on one kind of object.
pub struct Row {
    method: Method,
    /// As the OpenAPI document spells it.
    route: &'static str,
    /// On what.
    what: &'static str,
    expected: [u16; 9],
    prepare: Prepare,
}

impl Row {
    /// `prepare` runs before each cell: what a request uses up or changes, it makes anew.
    pub fn new<F>(
        method: Method,
        route: &'static str,
        what: &'static str,
        expected: [u16; 9],
        prepare: impl Fn(Arc<City>) -> F + 'static,
    ) -> Self
    where
        F: Future<Output = Call> + 'static,
    {
        Self {
            method,
            route,
            what,
            expected,
            prepare: Box::new(move |city| Box::pin(prepare(city))),
        }
    }
}

fn rows() -> Vec<Row> {
    [
        accounts::rows(),
        asked::rows(),
        categories::rows(),
        lessons::rows(),
        planning::rows(),
        presence::rows(),
        project::rows(),
        own_indicators::rows(),
        registers::rows(),
        rooms::rows(),
        stage::rows(),
        outcomes::rows(),
        decks::rows(),
        registering::rows(),
        imports::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_route_stands_in_the_matrix() {
    let document = serde_json::to_value(kafedra_app::openapi()).expect("a document");
    let documented: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, item)| {
            let methods: Vec<_> = item.as_object().expect("an item").keys().cloned().collect();
            methods
                .into_iter()
                .map(move |method| (path.clone(), method.to_uppercase()))
        })
        .filter(|(_, method)| ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str()))
        .collect();
    let listed: BTreeSet<(String, String)> = rows()
        .iter()
        .map(|row| (row.route.to_owned(), row.method.to_string()))
        .collect();
    let missing: Vec<_> = documented.difference(&listed).collect();
    let unknown: Vec<_> = listed.difference(&documented).collect();
    assert!(missing.is_empty(), "routes without a row: {missing:#?}");
    assert!(unknown.is_empty(), "rows without a route: {unknown:#?}");
}

#[tokio::test]
async fn each_role_is_answered_as_the_matrix_says() {
    let media = FakeMedia::start().await;
    let city = Arc::new(City::with_media(TestDatabase::sqlite().await, &media.url).await);
    let mut wrong = Vec::new();
    for row in rows() {
        for (role, expected) in ROLES.iter().zip(row.expected) {
            // A browser for each cell: a request may sign in or out.
            let browser = browser_of(&city, role).await;
            let call = (row.prepare)(city.clone()).await;
            let request = browser.request(row.method.clone(), &call.path);
            let answer = Answer::of(match call.body {
                Payload::None => request,
                Payload::Json(body) => request.json(&body),
                Payload::Csv(text) => {
                    let file = multipart::Part::text(text).file_name("people.csv");
                    request.multipart(multipart::Form::new().part("file", file))
                }
                Payload::Picture => {
                    let file = multipart::Part::bytes(crate::PNG).file_name("arms.png");
                    request.multipart(multipart::Form::new().part("file", file))
                }
            })
            .await;
            if answer.status.as_u16() != expected {
                wrong.push(format!(
                    "{} {} ({}) as {role}: {} instead of {expected}: {}",
                    row.method, row.route, row.what, answer.status, answer.body
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cells differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

async fn browser_of(city: &City, role: &str) -> Browser {
    let place = ROLES
        .iter()
        .position(|known| *known == role)
        .expect("a role");
    match place {
        0 => city.app.browser(),
        1 => city.app.guest("Гость").await,
        _ => city.signed_in(LOGINS[place - 2]).await,
    }
}
