//! Webinars: the stage, the back stage, the running order.

use std::sync::Arc;

use kafedra_model::{
    running_order::Timer,
    stage::{Mode, Stage},
};
use kafedra_store::{room, running_order, seat};
use kafedra_testkit::City;
use reqwest::Method;
use sea_orm::{EntityTrait, sea_query::Expr};
use serde_json::json;

use super::{
    Call, Row,
    rooms::{Meeting, inside, moderators},
};

/// A meeting held as a webinar, in which everybody was invited on the stage.
async fn webinar(city: &City) -> Meeting {
    let meeting = Meeting::new(city).await;
    let (db, now) = (&city.app.state.store.db, city.app.clock.now());
    let rules = room::Rules {
        mode: Some(Mode::Webinar),
        live_at: Some(now),
        ..room::Rules::default()
    };
    room::update_rules(db, meeting.room.id, rules)
        .await
        .expect("a webinar");
    seat::Entity::update_many()
        .col_expr(seat::Column::Stage, Expr::value(Stage::Invited.as_str()))
        .exec(db)
        .await
        .expect("invitations");
    meeting
}

/// A row on a webinar's room; `rest` follows `/api/rooms/{id}`.
fn on_webinar(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    rest: fn(&Meeting) -> String,
) -> Row {
    Row::new(
        method,
        route,
        "a webinar",
        expected,
        move |city: Arc<City>| async move {
            let meeting = webinar(&city).await;
            Call::bare(format!("/api/rooms/{}{}", meeting.room.id, rest(&meeting)))
        },
    )
}

/// A row on a room where a timer runs.
fn on_timer(method: Method, what: &'static str, body: serde_json::Value) -> Row {
    Row::new(
        method,
        "/api/rooms/{id}/running-order",
        what,
        moderators(200),
        move |city| {
            let body = body.clone();
            async move {
                let meeting = Meeting::new(&city).await;
                let timer = Timer::new(10, city.app.clock.now());
                running_order::put(&city.app.state.store.db, meeting.room.id, None, timer)
                    .await
                    .expect("a timer");
                Call::json(
                    format!("/api/rooms/{}/running-order", meeting.room.id),
                    body,
                )
            }
        },
    )
}

pub fn rows() -> Vec<Row> {
    let own = |_: &Meeting| "/stage".to_owned();
    let of_seat = |meeting: &Meeting| format!("/seats/{}/stage", meeting.participant.id);
    vec![
        on_webinar(Method::PUT, "/api/rooms/{id}/stage", inside(200), own),
        on_webinar(Method::DELETE, "/api/rooms/{id}/stage", inside(200), own),
        on_webinar(
            Method::PUT,
            "/api/rooms/{id}/seats/{seat}/stage",
            moderators(200),
            of_seat,
        ),
        on_webinar(
            Method::DELETE,
            "/api/rooms/{id}/seats/{seat}/stage",
            moderators(200),
            of_seat,
        ),
        on_webinar(
            Method::POST,
            "/api/rooms/{id}/go-live",
            moderators(200),
            |_| "/go-live".to_owned(),
        ),
        // Whoever only listens waits for the live part.
        Row::new(
            Method::POST,
            "/api/rooms/{id}/token",
            "a back stage",
            moderators(200),
            |city| async move {
                let meeting = Meeting::new(&city).await;
                let rules = room::Rules {
                    mode: Some(Mode::Webinar),
                    ..room::Rules::default()
                };
                room::update_rules(&city.app.state.store.db, meeting.room.id, rules)
                    .await
                    .expect("a back stage");
                Call::bare(format!("/api/rooms/{}/token", meeting.room.id))
            },
        ),
        on_timer(Method::PUT, "a new timer", json!({ "minutes": 5 })),
        on_timer(Method::PATCH, "a running timer", json!({ "paused": true })),
        on_timer(Method::DELETE, "a running timer", json!({})),
    ]
}
