//! Tables brought in.

use std::sync::Arc;

use kafedra_testkit::City;
use reqwest::Method;
use serde_json::json;

use super::{Call, Payload, Row};

const TABLE: &str = "ФИО;Учреждение;Должность\nКим Анна;Школа № 1;Учитель\n";

/// Coordinators and the keepers of the city's register.
const fn keepers(s: u16) -> [u16; 9] {
    [401, 401, 403, s, s, 403, 403, s, s]
}

/// The coordinator whose import it is, and by `city` the keepers of the city's register.
const fn own(s: u16, city: u16) -> [u16; 9] {
    [401, 401, 403, s, 404, 403, 403, city, city]
}

pub fn rows() -> Vec<Row> {
    let send = |kind: &'static str, expected| {
        Row::new(
            Method::POST,
            "/api/imports",
            kind,
            expected,
            move |_| async move {
                Call {
                    path: format!("/api/imports?kind={kind}"),
                    body: Payload::Csv(TABLE.to_owned()),
                }
            },
        )
    };
    let mapped = json!({ "mapping": ["fullName", "institution", "position"] });
    let on = |method, route: &'static str, body: Option<serde_json::Value>, expected| {
        Row::new(
            method,
            route,
            "of the school's coordinator",
            expected,
            move |city| {
                let body = body.clone();
                async move {
                    let path = route.replace("{id}", &uploaded(&city).await);
                    match body {
                        Some(body) => Call::json(path, body),
                        None => Call::bare(path),
                    }
                }
            },
        )
    };
    vec![
        Row::new(Method::GET, "/api/imports", "", keepers(200), |_| async {
            Call::bare("/api/imports")
        }),
        send("people", keepers(201)),
        send("documents", keepers(201)),
        send(
            "institutions",
            [401, 401, 403, 403, 403, 403, 403, 201, 201],
        ),
        on(Method::GET, "/api/imports/{id}", None, own(200, 200)),
        on(
            Method::POST,
            "/api/imports/{id}/check",
            Some(mapped.clone()),
            own(200, 403),
        ),
        on(
            Method::POST,
            "/api/imports/{id}/run",
            Some(mapped),
            own(200, 403),
        ),
        on(Method::POST, "/api/imports/{id}/undo", None, own(409, 409)),
    ]
}

/// A table that the school's coordinator sent.
async fn uploaded(city: &Arc<City>) -> String {
    let browser = city.signed_in("coordinator").await;
    let file = reqwest::multipart::Part::text(TABLE).file_name("people.csv");
    let form = reqwest::multipart::Form::new().part("file", file);
    let request = browser.request(Method::POST, "/api/imports?kind=people");
    let answer = kafedra_testkit::Answer::of(request.multipart(form))
        .await
        .ok();
    answer["id"].as_str().expect("an id").to_owned()
}
