//! Reminders: a day and a quarter of an hour ahead, once each, to those who are coming.

use chrono::TimeDelta;
use kafedra_app::reminder;
use kafedra_model::letter::{Fate, LetterKind};
use kafedra_testkit::{Browser, City, TestApp, on_both};
use serde_json::{Value, json};

use crate::{
    mail::{letters, send},
    meeting::id,
};

async fn planned(city: &City, host: &Browser, ahead: TimeDelta, more: Value) -> String {
    let start = city.app.clock.now() + ahead;
    let mut plan = json!({
        "title": "Совет",
        "kind": "staff_meeting",
        "startsAt": start,
        "endsAt": start + TimeDelta::minutes(60),
    });
    for (key, value) in more.as_object().expect("fields") {
        plan[key] = value.clone();
    }
    id(&host.post("/api/events", plan).await.ok())
}

/// Reminds now, and gives how many letters were written by it.
async fn remind(city: &City) -> usize {
    let before = letters(city).await.len();
    reminder::work(&city.app.state).await.expect("a round");
    letters(city).await.len() - before
}

async fn reminded(city: &City) -> Vec<String> {
    let mut names: Vec<String> = letters(city)
        .await
        .into_iter()
        .filter(|letter| letter.kind() == LetterKind::Reminder)
        .map(|letter| letter.name)
        .collect();
    names.sort();
    names
}

async fn kinds(browser: &Browser) -> Vec<String> {
    let list = browser.get("/api/me/notices").await.ok();
    let items = list["items"].as_array().expect("a list");
    items
        .iter()
        .map(|one| one["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

#[tokio::test]
async fn those_coming_are_reminded_a_day_and_a_quarter_of_an_hour_ahead_once_each() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let invited = json!({ "inviteeIds": [
            city.person("teacher2"), city.person("teacher3"), city.person("director"),
        ] });
        let event = planned(&city, &host, TimeDelta::hours(30), invited).await;
        let declining = city.signed_in("director").await;
        let path = format!("/api/events/{event}/my-answer");
        declining
            .put(&path, json!({ "answer": "declined" }))
            .await
            .ok();
        assert_eq!(remind(&city).await, 0);
        city.app.clock.advance(TimeDelta::hours(6));
        assert_eq!(remind(&city).await, 3);
        let everyone = ["Волков Олег", "Котов Пётр", "Семёнова Мария"];
        assert_eq!(reminded(&city).await, everyone);
        assert_eq!(remind(&city).await, 0);
        let guest = city.signed_in("teacher2").await;
        assert_eq!(kinds(&guest).await, ["tomorrow", "invited"]);
        city.app.clock.advance(TimeDelta::minutes(23 * 60 + 45));
        assert_eq!(remind(&city).await, 3);
        assert_eq!(remind(&city).await, 0);
        assert_eq!(kinds(&guest).await[0], "soon");
        assert!(kinds(&declining).await.is_empty());
        // The links lead into the room.
        let rows = letters(&city).await;
        assert!(rows.last().expect("a letter").plain.contains("/r/"));
    })
    .await;
}

#[tokio::test]
async fn a_moved_meeting_and_a_restarted_server_repeat_no_reminder() {
    on_both(|database| async move {
        let city = City::over(database.clone()).await;
        let host = city.signed_in("teacher").await;
        let invited = json!({ "inviteeIds": [city.person("teacher2")] });
        let event = planned(&city, &host, TimeDelta::hours(30), invited).await;
        city.app.clock.advance(TimeDelta::hours(7));
        assert_eq!(remind(&city).await, 2);
        // Another server over the same database.
        let again = TestApp::over(database).await;
        again.clock.advance(TimeDelta::hours(7));
        let before = letters(&city).await.len();
        reminder::work(&again.state).await.expect("a round");
        assert_eq!(letters(&city).await.len(), before);
        // A week later: the news of it was a letter, the day's reminder was had.
        let start = city.app.clock.now() + TimeDelta::days(7);
        let moved = json!({ "startsAt": start, "endsAt": start + TimeDelta::hours(1) });
        host.patch(&format!("/api/events/{event}"), moved)
            .await
            .ok();
        city.app.clock.advance(TimeDelta::days(6));
        assert_eq!(remind(&city).await, 0);
        city.app.clock.advance(TimeDelta::minutes(24 * 60 - 10));
        assert_eq!(remind(&city).await, 2);
        assert_eq!(remind(&city).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_time_set_within_the_day_needs_no_reminder_of_the_day() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let invited = json!({ "inviteeIds": [city.person("teacher2")] });
    planned(&city, &host, TimeDelta::hours(3), invited).await;
    assert_eq!(remind(&city).await, 0);
    city.app.clock.advance(TimeDelta::minutes(170));
    assert_eq!(remind(&city).await, 2);
}

#[tokio::test]
async fn a_server_that_was_away_reminds_of_what_has_not_begun_by_the_nearest_alone() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let invited = || json!({ "inviteeIds": [city.person("teacher2")] });
    planned(&city, &host, TimeDelta::hours(48), invited()).await;
    planned(&city, &host, TimeDelta::minutes(47 * 60 + 50), invited()).await;
    // Ten minutes before the one, just after the beginning of the other.
    city.app.clock.advance(TimeDelta::minutes(47 * 60 + 51));
    assert_eq!(remind(&city).await, 2);
    assert_eq!(remind(&city).await, 0);
}

#[tokio::test]
async fn nothing_reminds_of_a_cancelled_meeting_even_what_was_written_before() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let invited = json!({ "inviteeIds": [city.person("teacher2")] });
    let event = planned(&city, &host, TimeDelta::hours(30), invited.clone()).await;
    let other = planned(&city, &host, TimeDelta::hours(30), invited).await;
    send(&city.app.state).await;
    host.post(&format!("/api/events/{other}/cancel"), json!({}))
        .await
        .ok();
    city.app.clock.advance(TimeDelta::hours(7));
    assert_eq!(remind(&city).await, 2);
    // Called off while its reminders were in the queue.
    host.post(&format!("/api/events/{event}/cancel"), json!({}))
        .await
        .ok();
    send(&city.app.state).await;
    for letter in letters(&city).await {
        let expected = match letter.kind() {
            LetterKind::Reminder => Fate::GaveUp,
            _ => Fate::Sent,
        };
        assert_eq!(letter.fate(), expected, "{}", letter.subject);
    }
}

#[tokio::test]
async fn where_people_register_only_those_with_a_seat_are_reminded() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let more = json!({
        "audience": "city",
        "registration": { "seats": 1 },
        "inviteeIds": [city.person("director")],
    });
    let event = planned(&city, &host, TimeDelta::hours(30), more).await;
    for login in ["teacher2", "teacher3"] {
        let browser = city.signed_in(login).await;
        let path = format!("/api/events/{event}/registration");
        browser.post(&path, json!({ "answers": {} })).await.ok();
    }
    city.app.clock.advance(TimeDelta::hours(7));
    remind(&city).await;
    assert_eq!(reminded(&city).await, ["Котов Пётр", "Семёнова Мария"]);
}
