//! Qualification categories and the dictionary of positions.

use std::sync::Arc;

use chrono::NaiveDate;
use kafedra_model::qualification_category::{QualificationCategory, Term};
use kafedra_store::qualification_category;
use kafedra_testkit::City;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::{Call, Row};

// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
// methodologist, administrator.

/// Whoever keeps the teacher's card.
const fn keepers(s: u16) -> [u16; 9] {
    [401, 401, 403, s, 403, 403, 403, s, s]
}
const fn administrators(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, 403, 403, s]
}

pub fn rows() -> Vec<Row> {
    let listed = |method, expected| {
        let route = "/api/people/{id}/categories";
        Row::new(
            method,
            route,
            "the teacher's",
            expected,
            |city: Arc<City>| async move {
                let path = format!("/api/people/{}/categories", city.person("teacher"));
                Call::json(path, json!({ "category": "first", "from": "2016-11-01" }))
            },
        )
    };
    vec![
        listed(Method::GET, [401, 401, 200, 200, 403, 200, 200, 200, 200]),
        listed(Method::POST, keepers(201)),
        Row::new(
            Method::DELETE,
            "/api/categories/{id}",
            "the teacher's",
            keepers(204),
            |city: Arc<City>| async move {
                let term = Term {
                    from: NaiveDate::from_ymd_opt(2016, 11, 1).expect("a date"),
                    until: None,
                };
                let (db, whose) = (&city.app.state.store.db, city.person("teacher"));
                let first = QualificationCategory::First;
                let row = qualification_category::create(db, whose, first, term)
                    .await
                    .expect("a category");
                Call::bare(format!("/api/categories/{}", row.id))
            },
        ),
        Row::new(
            Method::POST,
            "/api/positions",
            "the city",
            administrators(201),
            |_| async {
                let code = Uuid::now_v7().to_string();
                let draft = json!({ "code": code, "group": "support", "nameRu": "Водитель" });
                Call::json("/api/positions", draft)
            },
        ),
        Row::new(
            Method::PUT,
            "/api/positions/{code}",
            "the city",
            administrators(200),
            |_| async {
                Call::json("/api/positions/teacher", json!({ "nameRu": "Учитель" }))
            },
        ),
    ]
}
