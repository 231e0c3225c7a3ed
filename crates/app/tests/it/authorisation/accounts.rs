//! Accounts, people, institutions, invitations, logs.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use kafedra_model::{Role, Scope, consent};
use kafedra_store::{employment, institution, invitation};
use kafedra_testkit::{City, city::PASSWORD};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, Payload, Row};

/// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
/// methodologist, administrator.
const fn everyone(status: u16) -> [u16; 9] {
    [status; 9]
}
const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
/// Keepers of the city's register.
const fn city_keepers(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, 403, s, s]
}
/// Those and the school's own coordinator.
const fn keepers(s: u16) -> [u16; 9] {
    [401, 401, 403, s, 403, 403, 403, s, s]
}
/// Those and any coordinator.
const fn any_keepers(s: u16) -> [u16; 9] {
    [401, 401, 403, s, s, 403, 403, s, s]
}
const fn administrators(s: u16) -> [u16; 9] {
    [401, 401, 403, 403, 403, 403, 403, 403, s]
}

pub fn rows() -> Vec<Row> {
    [
        own(),
        institutions(),
        register(),
        roles(),
        invitations(),
        logs(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn own() -> Vec<Row> {
    let text = || consent::current().version;
    vec![
        fixed(Method::GET, "/api/server", everyone(200), None),
        fixed(Method::GET, "/api/consent-text", everyone(200), None),
        fixed(Method::GET, "/api/help/errors", everyone(200), None),
        fixed(Method::GET, "/api/positions", everyone(200), None),
        fixed(Method::GET, "/api/me", everyone(200), None),
        fixed(Method::GET, "/api/me/data.zip", people(200), None),
        Row::new(
            Method::POST,
            "/api/project/reading",
            "a paper",
            [401, 401, 403, 403, 403, 403, 200, 403, 200],
            |_| async move {
                Call {
                    path: "/api/project/reading".to_owned(),
                    body: Payload::Csv("Цель: порядок".to_owned()),
                }
            },
        ),
        fixed(
            Method::POST,
            "/api/session",
            everyone(200),
            Some(json!({ "login": "teacher2", "password": PASSWORD })),
        ),
        fixed(Method::DELETE, "/api/session", everyone(204), None),
        fixed(
            Method::PATCH,
            "/api/me",
            people(200),
            Some(json!({ "locale": "ru" })),
        ),
        // Refused for the wrong password, so that the cells do not change it.
        fixed(
            Method::POST,
            "/api/me/password",
            people(422),
            Some(json!({ "current": "wrong", "new": "синяя птица" })),
        ),
        // Before the row that gives it again: meetings ask for it.
        fixed(Method::DELETE, "/api/me/consents", people(200), None),
        fixed(
            Method::POST,
            "/api/me/consents",
            people(200),
            Some(json!({ "version": text() })),
        ),
    ]
}

fn institutions() -> Vec<Row> {
    let draft = || json!({ "name": "Гимназия", "shortName": "Гимназия", "kind": "school" });
    vec![
        fixed(Method::GET, "/api/institutions", people(200), None),
        fixed(
            Method::POST,
            "/api/institutions",
            city_keepers(201),
            Some(draft()),
        ),
        Row::new(
            Method::GET,
            "/api/institutions/{id}",
            "the school",
            people(200),
            |city| async move { Call::bare(format!("/api/institutions/{}", city.school)) },
        ),
        Row::new(
            Method::PATCH,
            "/api/institutions/{id}",
            "a school",
            city_keepers(200),
            |city| async move {
                Call::json(
                    format!("/api/institutions/{}", school(&city).await),
                    json!({ "address": "ул. Садовая, 1" }),
                )
            },
        ),
        Row::new(
            Method::POST,
            "/api/institutions/{id}/archive",
            "a school",
            city_keepers(200),
            |city| async move {
                Call::bare(format!("/api/institutions/{}/archive", school(&city).await))
            },
        ),
        Row::new(
            Method::POST,
            "/api/institutions/{id}/restore",
            "a school",
            city_keepers(200),
            |city| async move {
                Call::bare(format!("/api/institutions/{}/restore", school(&city).await))
            },
        ),
    ]
}

fn register() -> Vec<Row> {
    let readers = [401, 401, 403, 200, 403, 200, 200, 200, 200];
    vec![
        fixed(Method::GET, "/api/people", people(200), None),
        Row::new(
            Method::GET,
            "/api/people",
            "all of the school",
            [401, 401, 200, 200, 403, 200, 200, 200, 200],
            |city| async move { Call::bare(format!("/api/people?institutionId={}", city.school)) },
        ),
        Row::new(
            Method::GET,
            "/api/people",
            "archived ones",
            [401, 401, 403, 403, 403, 403, 200, 200, 200],
            |_| async { Call::bare("/api/people?archived=true") },
        ),
        Row::new(
            Method::POST,
            "/api/people",
            "into the school",
            keepers(201),
            |city| async move {
                let works = works(city.school);
                Call::json(
                    "/api/people",
                    json!({ "familyName": "Новая", "givenName": "Анна", "employment": works }),
                )
            },
        ),
        Row::new(
            Method::POST,
            "/api/people",
            "into no school",
            any_keepers(201),
            |_| async {
                Call::json(
                    "/api/people",
                    json!({ "familyName": "Новая", "givenName": "Анна" }),
                )
            },
        ),
        Row::new(
            Method::GET,
            "/api/people/{id}",
            "a teacher of the school",
            readers,
            |city| async move { Call::bare(format!("/api/people/{}", teacher(&city).await)) },
        ),
        Row::new(
            Method::PATCH,
            "/api/people/{id}",
            "a teacher of the school",
            keepers(200),
            |city| async move {
                Call::json(
                    format!("/api/people/{}", teacher(&city).await),
                    json!({ "givenName": "Алла" }),
                )
            },
        ),
        Row::new(
            Method::PATCH,
            "/api/people/{id}",
            "an administrator who works in the school",
            administrators(200),
            |city| async move {
                Call::json(
                    format!("/api/people/{}", administrator(&city).await),
                    json!({ "givenName": "Алла" }),
                )
            },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/archive",
            "a teacher of the school",
            city_keepers(200),
            |city| async move { Call::bare(format!("/api/people/{}/archive", teacher(&city).await)) },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/archive",
            "an administrator",
            administrators(200),
            |city| async move {
                Call::bare(format!(
                    "/api/people/{}/archive",
                    administrator(&city).await
                ))
            },
        ),
        Row::new(
            Method::GET,
            "/api/people/{id}/data.zip",
            "a teacher of the school",
            administrators(200),
            |city| async move { Call::bare(format!("/api/people/{}/data.zip", teacher(&city).await)) },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/erasure",
            "a teacher of the school",
            administrators(200),
            |city| async move {
                let teacher = teacher(&city).await;
                let known = kafedra_store::person::find(&city.app.state.store.db, teacher)
                    .await
                    .expect("a query")
                    .expect("the teacher");
                let order = json!({ "name": known.full_name(), "reason": "Заявление" });
                Call::json(format!("/api/people/{teacher}/erasure"), order)
            },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/restore",
            "a teacher of the school",
            city_keepers(200),
            |city| async move { Call::bare(format!("/api/people/{}/restore", teacher(&city).await)) },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/employments",
            "somebody who works nowhere, into the school",
            keepers(201),
            |city| async move {
                Call::json(
                    format!("/api/people/{}/employments", city.new_person().await),
                    works(city.school),
                )
            },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/employments",
            "another school's teacher, into the school",
            city_keepers(201),
            |city| async move {
                let teacher = city.new_teacher(city.other_school).await;
                let mut works = works(city.school);
                works["isMain"] = json!(false);
                Call::json(format!("/api/people/{teacher}/employments"), works)
            },
        ),
        Row::new(
            Method::PATCH,
            "/api/employments/{id}",
            "in the school",
            keepers(200),
            |city| async move {
                Call::json(
                    format!("/api/employments/{}", employment_of(&city).await),
                    json!({ "endsOn": "2030-01-01" }),
                )
            },
        ),
        Row::new(
            Method::DELETE,
            "/api/employments/{id}",
            "in the school",
            keepers(204),
            |city| async move { Call::bare(format!("/api/employments/{}", employment_of(&city).await)) },
        ),
        fixed(Method::GET, "/api/people/export", any_keepers(200), None),
        Row::new(
            Method::GET,
            "/api/people/export",
            "all of the school",
            keepers(200),
            |city| async move {
                Call::bare(format!("/api/people/export?institutionId={}", city.school))
            },
        ),
        Row::new(
            Method::GET,
            "/api/people/export",
            "archived ones",
            city_keepers(200),
            |_| async { Call::bare("/api/people/export?archived=true") },
        ),
        fixed(Method::GET, "/api/register.xlsx", any_keepers(200), None),
        on_number(
            Method::GET,
            None,
            [401, 401, 403, 200, 403, 403, 403, 200, 200],
        ),
        on_number(
            Method::PUT,
            Some(json!({ "snils": "112-233-445 95" })),
            keepers(204),
        ),
        on_number(Method::DELETE, None, keepers(204)),
    ]
}

/// A teacher's insurance number.
fn on_number(method: Method, body: Option<serde_json::Value>, expected: [u16; 9]) -> Row {
    let what = "of the school's teacher";
    Row::new(
        method,
        "/api/people/{id}/snils",
        what,
        expected,
        move |city| {
            let body = body.clone();
            async move {
                let teacher = teacher(&city).await;
                give_number(&city, teacher).await;
                let path = format!("/api/people/{teacher}/snils");
                match body {
                    Some(body) => Call::json(path, body),
                    None => Call::bare(path),
                }
            }
        },
    )
}

/// Gives the one number of the tests to a person, whoever had it before.
async fn give_number(city: &City, person: uuid::Uuid) {
    let state = &city.app.state;
    let db = &state.store.db;
    for holder in kafedra_store::snils::lookups(db)
        .await
        .expect("numbers")
        .into_keys()
    {
        kafedra_store::snils::delete(db, holder)
            .await
            .expect("deleted");
    }
    let number = kafedra_model::snils::Snils::parse("112-233-445 95").expect("a number");
    let sealed = state.vault.seal_snils(person, &number).expect("sealed");
    kafedra_store::snils::put(db, person, sealed, city.app.clock.now())
        .await
        .expect("kept");
}

fn roles() -> Vec<Row> {
    let resetters = [401, 401, 403, 200, 403, 403, 403, 403, 200];
    vec![
        Row::new(
            Method::POST,
            "/api/people/{id}/grants",
            "coordinator of the school",
            administrators(201),
            |city| async move {
                let grant = json!({ "role": "coordinator", "scopeKind": "institution", "scopeId": city.school });
                Call::json(
                    format!("/api/people/{}/grants", teacher(&city).await),
                    grant,
                )
            },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/grants",
            "administrator",
            administrators(201),
            |city| async move {
                let grant = json!({ "role": "administrator", "scopeKind": "city" });
                Call::json(
                    format!("/api/people/{}/grants", teacher(&city).await),
                    grant,
                )
            },
        ),
        Row::new(
            Method::DELETE,
            "/api/grants/{id}",
            "coordinator of the school",
            administrators(204),
            |city| async move {
                let scope = Scope::Institution(city.school);
                let grant = city
                    .grant(teacher(&city).await, Role::Coordinator, scope)
                    .await;
                Call::bare(format!("/api/grants/{grant}"))
            },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/reset-link",
            "a teacher of the school",
            resetters,
            |city| async move { Call::bare(format!("/api/people/{}/reset-link", teacher(&city).await)) },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/reset-link",
            "the school's director",
            administrators(200),
            |city| async move {
                Call::bare(format!(
                    "/api/people/{}/reset-link",
                    city.person("director")
                ))
            },
        ),
        Row::new(
            Method::POST,
            "/api/people/{id}/reset-link",
            "an administrator",
            administrators(200),
            |city| async move {
                Call::bare(format!(
                    "/api/people/{}/reset-link",
                    administrator(&city).await
                ))
            },
        ),
    ]
}

fn invitations() -> Vec<Row> {
    let draft = |city: &City, role: Option<&str>| {
        json!({
            "institutionId": city.school, "role": role, "maxUses": 3, "expiresInDays": 7,
        })
    };
    vec![
        fixed(Method::GET, "/api/invitations", any_keepers(200), None),
        Row::new(
            Method::GET,
            "/api/invitations",
            "of the school",
            keepers(200),
            |city| async move { Call::bare(format!("/api/invitations?institutionId={}", city.school)) },
        ),
        Row::new(
            Method::POST,
            "/api/invitations",
            "into the school",
            keepers(201),
            move |city| async move { Call::json("/api/invitations", draft(&city, None)) },
        ),
        Row::new(
            Method::POST,
            "/api/invitations",
            "with a role",
            administrators(201),
            move |city| async move { Call::json("/api/invitations", draft(&city, Some("coordinator"))) },
        ),
        Row::new(
            Method::DELETE,
            "/api/invitations/{id}",
            "of the school",
            keepers(204),
            |city| async move { Call::bare(format!("/api/invitations/{}", invitation(&city).await.0)) },
        ),
        Row::new(
            Method::GET,
            "/api/invitations/by-token/{token}",
            "a link",
            everyone(200),
            |city| async move {
                Call::bare(format!(
                    "/api/invitations/by-token/{}",
                    invitation(&city).await.1
                ))
            },
        ),
        Row::new(
            Method::POST,
            "/api/invitations/by-token/{token}/accept",
            "a link",
            everyone(200),
            |city| async move {
                let name = Uuid::now_v7().simple().to_string();
                let body = json!({
                    "familyName": "Нина", "givenName": name, "positionCode": "teacher",
                    "password": "синяя птица", "consentVersion": consent::current().version,
                });
                Call::json(
                    format!(
                        "/api/invitations/by-token/{}/accept",
                        invitation(&city).await.1
                    ),
                    body,
                )
            },
        ),
        Row::new(
            Method::POST,
            "/api/institutions/{id}/slips",
            "for people without a password",
            keepers(200),
            |city| async move {
                let person = city.new_person().await;
                employ(&city, person).await;
                let body = json!({ "personIds": [person] });
                Call::json(format!("/api/institutions/{}/slips", city.school), body)
            },
        ),
        Row::new(
            Method::POST,
            "/api/institutions/{id}/slips",
            "for the school's director",
            administrators(200),
            |city| async move {
                let body = json!({ "personIds": [city.person("director")] });
                Call::json(format!("/api/institutions/{}/slips", city.school), body)
            },
        ),
        // Everyone may try; this code is nobody's.
        fixed(
            Method::POST,
            "/api/slips/redeem",
            everyone(422),
            Some(json!({ "code": "ACDEF-GHJK9" })),
        ),
    ]
}

fn logs() -> Vec<Row> {
    vec![
        fixed(Method::GET, "/api/access-log", administrators(200), None),
        fixed(
            Method::GET,
            "/api/problem-reports",
            administrators(200),
            None,
        ),
        fixed(
            Method::POST,
            "/api/problem-reports",
            everyone(204),
            Some(json!({ "text": "Нет звука" })),
        ),
    ]
}

/// A row whose path holds no id.
fn fixed(method: Method, route: &'static str, expected: [u16; 9], body: Option<Value>) -> Row {
    Row::new(method, route, "", expected, move |_| {
        let body = body.clone();
        async move {
            match body {
                None => Call::bare(route),
                Some(body) => Call::json(route, body),
            }
        }
    })
}

fn works(school: Uuid) -> Value {
    json!({
        "institutionId": school, "positionCode": "teacher", "isMain": true, "startsOn": "2017-09-01",
    })
}

async fn school(city: &Arc<City>) -> Uuid {
    let draft = institution::Draft {
        name: "Школа".to_owned(),
        short_name: "Школа".to_owned(),
        kind: "school".to_owned(),
        address: String::new(),
        municipal: true,
        building_of: None,
    };
    institution::create(&city.app.state.store.db, draft, city.app.clock.now())
        .await
        .expect("a school")
        .id
}

async fn teacher(city: &Arc<City>) -> Uuid {
    city.new_teacher(city.school).await
}

async fn administrator(city: &Arc<City>) -> Uuid {
    let person = teacher(city).await;
    city.grant(person, Role::Administrator, Scope::City).await;
    person
}

async fn employ(city: &Arc<City>, person: Uuid) -> Uuid {
    let works = employment::Draft {
        institution_id: city.school,
        position_code: "teacher".to_owned(),
        is_main: true,
        from_date: NaiveDate::from_ymd_opt(2017, 9, 1).expect("a date"),
        to_date: None,
    };
    employment::create(&city.app.state.store.db, person, works)
        .await
        .expect("an employment")
        .id
}

async fn employment_of(city: &Arc<City>) -> Uuid {
    let person = city.new_person().await;
    employ(city, person).await
}

/// A fresh link into the school, as id and token.
async fn invitation(city: &Arc<City>) -> (Uuid, String) {
    let token = kafedra_app::secret::token();
    let now = city.app.clock.now();
    let draft = invitation::Draft {
        institution_id: Some(city.school),
        max_uses: 1,
        ..invitation::Draft::new(
            invitation::Kind::Link,
            kafedra_app::secret::hash(&token),
            now + TimeDelta::days(1),
        )
    };
    let row = invitation::create(&city.app.state.store.db, draft, now)
        .await
        .expect("an invitation");
    (row.id, token)
}
