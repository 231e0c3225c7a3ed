//! Planning events: who sees and changes them, and what is refused in which words.

use chrono::{DateTime, TimeDelta, Utc};
use kafedra_testkit::{City, on_both};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::meeting::id;

fn draft(city: &City, hours: i64) -> Value {
    let start = city.app.clock.now() + TimeDelta::hours(hours);
    json!({
        "title": "Заседание ГМО",
        "kind": "association_meeting",
        "startsAt": start,
        "endsAt": start + TimeDelta::minutes(90),
    })
}

fn with(draft: &Value, field: &str, value: impl serde::Serialize) -> Value {
    let mut changed = draft.clone();
    changed[field] = json!(value);
    changed
}

#[tokio::test]
async fn a_planned_event_is_seen_by_its_host_the_invited_and_nobody_else() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let plan = with(&draft(&city, 24), "inviteeIds", [city.person("teacher2")]);
        let event = host.post("/api/events", plan).await.ok();
        assert_eq!(event["status"], "planned");
        assert_eq!(event["timezone"], "Europe/Moscow");
        assert_eq!(event["iAmHost"], true);
        assert_eq!(event["organiser"]["name"], "Семёнова Мария");
        assert_eq!(event["invitees"][0]["name"], "Котов Пётр");
        let path = format!("/api/events/{}", id(&event));
        let invited = city.signed_in("teacher2").await;
        assert_eq!(invited.get(&path).await.ok()["iAmHost"], false);
        assert_eq!(invited.get("/api/events").await.ok()["total"], 1);
        let stranger = city.signed_in("teacher3").await;
        stranger.get(&path).await.refused("not_found");
        assert_eq!(stranger.get("/api/events").await.ok()["total"], 0);
        // Whoever came by the link finds it among their own afterwards.
        let seats = format!("/api/rooms/{}/seats", id(&event["room"]));
        stranger.post(&seats, json!({})).await.ok();
        assert_eq!(stranger.get("/api/events").await.ok()["total"], 1);
        city.app
            .browser()
            .get("/api/events")
            .await
            .refused("sign_in.needed");
        city.signed_in("admin").await.get(&path).await.ok();
    })
    .await;
}

#[tokio::test]
async fn events_are_listed_by_their_time() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    for hours in [48, 1, 24] {
        host.post("/api/events", draft(&city, hours)).await.ok();
    }
    let now = city.app.clock.now();
    let count = async |query: String| {
        let list = host.get(&format!("/api/events{query}")).await.ok();
        list["total"].as_u64().expect("a number")
    };
    let at = |hours: i64| (now + TimeDelta::hours(hours)).format("%Y-%m-%dT%H:%M:%SZ");
    assert_eq!(count(String::new()).await, 3);
    assert_eq!(count(format!("?from={}&to={}", at(0), at(24))).await, 1);
    assert_eq!(count(format!("?from={}", at(2))).await, 3);
    assert_eq!(count(format!("?from={}", at(3))).await, 2);
    let list = host.get("/api/events").await.ok();
    let starts: Vec<DateTime<Utc>> = list["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|event| event["startsAt"].as_str()?.parse().ok())
        .collect();
    assert!(starts.is_sorted() && starts.len() == 3);
    host.get("/api/events?from=tomorrow")
        .await
        .refused("malformed");
}

#[tokio::test]
async fn a_plan_that_cannot_be_is_refused_field_by_field() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let plan = draft(&city, 24);
    let now = city.app.clock.now();
    let check = async |plan: Value, field: &str, code: &str| {
        let answer = host.post("/api/events", plan).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.refused_field(field, code);
    };
    check(with(&plan, "title", "  "), "title", "required").await;
    check(with(&plan, "title", "ж".repeat(201)), "title", "too_long").await;
    check(with(&plan, "title", "а\u{202e}б"), "title", "deceptive").await;
    check(
        with(&plan, "endsAt", &plan["startsAt"]),
        "endsAt",
        "before_start",
    )
    .await;
    check(
        with(&plan, "endsAt", now + TimeDelta::hours(49)),
        "endsAt",
        "lasts_too_long",
    )
    .await;
    check(
        with(&plan, "startsAt", now - TimeDelta::hours(1)),
        "startsAt",
        "in_past",
    )
    .await;
    check(draft(&city, 24 * 366 * 4), "startsAt", "too_far").await;
    check(
        with(&plan, "timezone", "где-то там"),
        "timezone",
        "no_such_zone",
    )
    .await;
    check(
        with(&plan, "inviteeIds", [uuid::Uuid::now_v7()]),
        "inviteeIds",
        "unknown",
    )
    .await;
    host.post("/api/events", with(&plan, "kind", "party"))
        .await
        .refused("malformed");
}

#[tokio::test]
async fn an_edit_over_somebody_elses_is_refused() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let event = host.post("/api/events", draft(&city, 24)).await.ok();
        let path = format!("/api/events/{}", id(&event));
        city.app.clock.advance(TimeDelta::minutes(1));
        let edit = json!({ "title": "Новое", "updatedAt": event["updatedAt"] });
        let edited = host.patch(&path, edit.clone()).await.ok();
        assert_eq!(edited["title"], "Новое");
        assert_eq!(edited["startsAt"], event["startsAt"]);
        let stale = city.signed_in("admin").await.patch(&path, edit).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let problem = stale.refused("edit.stale");
        // The second editor sees what the record is now.
        assert_eq!(problem["current"]["title"], "Новое");
        assert_eq!(problem["current"]["updatedAt"], edited["updatedAt"]);
        let again = json!({ "title": "Иное", "updatedAt": problem["current"]["updatedAt"] });
        let kept = city.signed_in("admin").await.patch(&path, again).await.ok();
        assert_eq!(kept["title"], "Иное");
        let invited = with(&draft(&city, 24), "inviteeIds", [city.person("teacher2")]);
        let event = host.post("/api/events", invited).await.ok();
        let path = format!("/api/events/{}", id(&event));
        let guest = city.signed_in("teacher2").await;
        guest
            .patch(&path, json!({ "title": "Моё" }))
            .await
            .refused("forbidden");
        guest
            .post(&format!("{path}/cancel"), json!({}))
            .await
            .refused("forbidden");
        let nobody = json!({ "inviteeIds": [] });
        assert_eq!(host.patch(&path, nobody).await.ok()["invitees"], json!([]));
        guest.get(&path).await.refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_event_cannot_be_entered_or_changed() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let event = host.post("/api/events", draft(&city, 1)).await.ok();
    let path = format!("/api/events/{}", id(&event));
    for _ in 0..2 {
        let cancelled = host.post(&format!("{path}/cancel"), json!({})).await.ok();
        assert_eq!(cancelled["status"], "cancelled");
    }
    host.patch(&path, json!({ "title": "Всё же" }))
        .await
        .refused("event.over");
    let seats = format!("/api/rooms/{}/seats", id(&event["room"]));
    let gone = host.post(&seats, json!({})).await;
    assert_eq!(gone.status, StatusCode::GONE);
    gone.refused("event.cancelled");
}

#[tokio::test]
async fn a_webinar_begins_with_its_host_alone_on_the_stage() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let plan = with(&draft(&city, 1), "kind", "webinar");
    let event = host.post("/api/events", plan).await.ok();
    let seats = format!("/api/rooms/{}/seats", id(&event["room"]));
    let mine = host.post(&seats, json!({})).await.ok();
    assert_eq!(mine["may"]["unmute"], true);
    let listener = city.signed_in("teacher2").await;
    let theirs = listener.post(&seats, json!({})).await.ok();
    assert_eq!(theirs["may"]["unmute"], false);
    assert_eq!(theirs["may"]["chat"], true);
}
