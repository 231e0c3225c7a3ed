//! Classes, guardians' consents, lessons.
//!
//! Every row acts on a class of its own. The teacher keeps it, and the school's coordinator; nobody
//! else, administrators included, may know of a name in it.

use std::sync::Arc;

use chrono::TimeDelta;
use kafedra_store::{guardian_consent, lesson, pupil, room, school_class};
use kafedra_testkit::City;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::{Call, Payload, Row};
use crate::meeting::id;

/// Cells: anonymous, guest, teacher, coordinator, coordinator elsewhere, director, official,
/// methodologist, administrator.
const fn people(s: u16) -> [u16; 9] {
    [401, 401, s, s, s, s, s, s, s]
}
const fn keepers(s: u16) -> [u16; 9] {
    [401, 401, s, s, 404, 404, 404, 404, 404]
}

/// A class with one pupil and a lesson that it takes part in.
struct Class {
    id: Uuid,
    pupil: Uuid,
    event: String,
    room: Uuid,
}

impl Class {
    async fn new(city: Arc<City>) -> Self {
        let (db, now) = (&city.app.state.store.db, city.app.clock.now());
        let teacher = city.person("teacher");
        let class = school_class::create(db, "5 «А»".to_owned(), city.school, teacher, now)
            .await
            .expect("a class");
        let code = Uuid::now_v7().simple().to_string();
        pupil::add(db, class.id, vec![("Ким Ева".to_owned(), code)], now)
            .await
            .expect("a pupil");
        let pupil = pupil::of_class(db, class.id).await.expect("pupils")[0].id;
        let draft = guardian_consent::Draft {
            purpose: kafedra_model::guardian_consent::PURPOSE,
            version: kafedra_model::guardian_consent::current().version,
            given_on: now.date_naive(),
            given_by: "Ким Анна".to_owned(),
        };
        let consent = guardian_consent::give(db, pupil, draft, teacher, now)
            .await
            .expect("a consent");
        let hash = "0".repeat(64);
        kafedra_store::file::note(db, &hash, 1, "application/pdf", now)
            .await
            .expect("a file");
        let path = kafedra_app::file::path(&city.app.state.settings.files, &hash);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, b"%").expect("a file");
        guardian_consent::set_scan(db, consent.id, Some(hash))
            .await
            .expect("a scan");
        let start = now + TimeDelta::hours(1);
        let plan = json!({
            "title": "Дроби", "kind": "lesson",
            "startsAt": start, "endsAt": start + TimeDelta::minutes(45),
        });
        let host = city.signed_in("teacher").await;
        let event = host.post("/api/events", plan).await.ok();
        let event_id = id(&event);
        let row = event_id.parse().expect("an id");
        lesson::attach(db, row, class.id, teacher, now)
            .await
            .expect("a lesson");
        let room = room::of_events(db, [row]).await.expect("rooms")[0].id;
        Self {
            id: class.id,
            pupil,
            event: event_id,
            room,
        }
    }
}

fn on_class(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    call: impl Fn(&Class) -> Call + Clone + 'static,
) -> Row {
    Row::new(method, route, "a class", expected, move |city| {
        let call = call.clone();
        async move { call(&Class::new(city).await) }
    })
}

pub fn rows() -> Vec<Row> {
    let pupil = |class: &Class| format!("/api/school-classes/{}/pupils/{}", class.id, class.pupil);
    vec![
        Row::new(
            Method::GET,
            "/api/school-classes",
            "one's own",
            people(200),
            |_| async { Call::bare("/api/school-classes") },
        ),
        Row::new(
            Method::POST,
            "/api/school-classes",
            "one's own in the school",
            [401, 401, 201, 201, 403, 201, 403, 403, 403],
            |city| async move {
                let draft = json!({ "label": "5 «А»", "institutionId": city.school });
                Call::json("/api/school-classes", draft)
            },
        ),
        Row::new(
            Method::GET,
            "/api/guardian-consent-text",
            "the text",
            people(200),
            |_| async { Call::bare("/api/guardian-consent-text") },
        ),
        on_class(
            Method::GET,
            "/api/school-classes/{id}",
            keepers(200),
            |class| Call::bare(format!("/api/school-classes/{}", class.id)),
        ),
        on_class(
            Method::PATCH,
            "/api/school-classes/{id}",
            keepers(200),
            |class| {
                Call::json(
                    format!("/api/school-classes/{}", class.id),
                    json!({ "label": "6" }),
                )
            },
        ),
        on_class(
            Method::DELETE,
            "/api/school-classes/{id}",
            keepers(204),
            |class| Call::bare(format!("/api/school-classes/{}", class.id)),
        ),
        on_class(
            Method::POST,
            "/api/school-classes/{id}/pupils",
            keepers(201),
            |class| {
                Call::json(
                    format!("/api/school-classes/{}/pupils", class.id),
                    json!({ "names": "Ли Ян" }),
                )
            },
        ),
        on_class(
            Method::PATCH,
            "/api/school-classes/{id}/pupils/{pupilId}",
            keepers(200),
            move |class| Call::json(pupil(class), json!({ "name": "Ким Яна" })),
        ),
        on_class(
            Method::DELETE,
            "/api/school-classes/{id}/pupils/{pupilId}",
            keepers(200),
            move |class| Call::bare(pupil(class)),
        ),
        on_class(
            Method::PUT,
            "/api/school-classes/{id}/pupils/{pupilId}/consent",
            keepers(200),
            move |class| {
                let draft = json!({ "givenOn": "2017-09-01", "givenBy": "Ким Анна" });
                Call::json(format!("{}/consent", pupil(class)), draft)
            },
        ),
        on_class(
            Method::DELETE,
            "/api/school-classes/{id}/pupils/{pupilId}/consent",
            keepers(200),
            move |class| Call::bare(format!("{}/consent", pupil(class))),
        ),
        on_class(
            Method::GET,
            "/api/school-classes/{id}/pupils/{pupilId}/consent/scan",
            keepers(200),
            move |class| Call::bare(format!("{}/consent/scan", pupil(class))),
        ),
        on_class(
            Method::PUT,
            "/api/school-classes/{id}/pupils/{pupilId}/consent/scan",
            // The file that this form brings is no scan.
            keepers(422),
            move |class| Call {
                path: format!("{}/consent/scan", pupil(class)),
                body: Payload::Csv(String::new()),
            },
        ),
        on_class(
            Method::GET,
            "/api/events/{id}/lesson",
            [401, 401, 200, 404, 404, 404, 404, 200, 200],
            |class| Call::bare(format!("/api/events/{}/lesson", class.event)),
        ),
        on_class(
            Method::PUT,
            "/api/events/{id}/lesson",
            [401, 401, 200, 404, 404, 404, 404, 200, 200],
            |class| {
                Call::json(
                    format!("/api/events/{}/lesson", class.event),
                    json!({ "classId": null }),
                )
            },
        ),
        on_class(
            Method::GET,
            "/api/rooms/{id}/pupils",
            keepers(200),
            |class| Call::bare(format!("/api/rooms/{}/pupils", class.room)),
        ),
    ]
}
