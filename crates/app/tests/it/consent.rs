//! Consent to the privacy notice: given, asked for at the door of a room, taken back.

use kafedra_model::consent as notice;
use kafedra_store::consent;
use kafedra_testkit::{City, on_both};
use reqwest::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::meeting::Meeting;

#[tokio::test]
async fn consent_is_due_until_it_is_given_to_the_text_of_now() {
    on_both(|database| async move {
        let city = City::over(database).await;
        consent::Entity::delete_many()
            .exec(&city.app.state.store.db)
            .await
            .expect("forgotten");
        let browser = city.signed_in("teacher").await;
        assert_eq!(browser.get("/api/me").await.ok()["consentDue"], true);
        let stale = browser
            .post("/api/me/consents", json!({ "version": "1999" }))
            .await;
        stale.refused("consent.outdated");
        let version = browser.get("/api/consent-text").await.ok()["version"].clone();
        for _ in 0..2 {
            browser
                .post("/api/me/consents", json!({ "version": version }))
                .await
                .ok();
        }
        let me = browser.get("/api/me").await.ok();
        assert_eq!(
            (&me["consentDue"], &me["consentVersion"]),
            (&json!(false), &version)
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_did_not_agree_to_the_notice_of_now_gets_no_seat() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let db = &meeting.city.app.state.store.db;
        let now = meeting.city.app.clock.now();
        let person = meeting.city.person("teacher2");
        let browser = meeting.city.signed_in("teacher2").await;
        consent::withdraw(db, person, now).await.expect("withdrawn");
        for _ in 0..2 {
            let refused = browser.post(&meeting.path("/seats"), json!({})).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
            refused.refused("consent.due");
            // To another text than that of now, which is not enough.
            consent::give(db, person, "1999-01-01", now)
                .await
                .expect("an old consent");
        }
        let version = json!({ "version": notice::current().version });
        browser.post("/api/me/consents", version).await.ok();
        meeting.seat(&browser).await;
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_consent_stays_in_the_register_and_closes_meetings_until_it_is_given_again() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let app = &meeting.city.app;
        let person = meeting.city.person("teacher2");
        let (browser, seat) = meeting.person("teacher2").await;
        let given = app.clock.now();
        app.clock.advance(chrono::TimeDelta::hours(1));
        for _ in 0..2 {
            let me = browser.delete("/api/me/consents").await.ok();
            assert_eq!(me["consentDue"], true);
            assert_eq!(me["consentVersion"], Value::Null);
        }
        meeting.token(&browser).await.refused("consent.due");
        browser
            .post(&meeting.path("/seats"), json!({}))
            .await
            .refused("consent.due");
        let version = notice::current().version;
        let again = json!({ "version": version });
        browser.post("/api/me/consents", again).await.ok();
        assert_eq!(meeting.seat(&browser).await, seat);
        meeting.token(&browser).await.ok();

        let mut kept: Vec<consent::Model> = consent::Entity::find()
            .all(&app.state.store.db)
            .await
            .expect("consents")
            .into_iter()
            .filter(|row| row.person_id == person)
            .collect();
        kept.sort_by_key(|row| row.given_at);
        let told: Vec<_> = kept
            .iter()
            .map(|row| {
                (
                    row.purpose.as_str(),
                    row.version.as_str(),
                    row.given_at,
                    row.withdrawn_at,
                )
            })
            .collect();
        let now = app.clock.now();
        assert_eq!(
            told,
            [
                (consent::PLATFORM, version, given, Some(now)),
                (consent::PLATFORM, version, now, None),
            ]
        );
        let admin = meeting.city.signed_in("admin").await;
        let log = admin
            .get(&format!(
                "/api/access-log?action=consent.withdrawn&subjectId={person}"
            ))
            .await
            .ok();
        assert_eq!(log["total"], 1, "the second withdrawal changed nothing");
        assert_eq!(log["items"][0]["actorId"], json!(person));
        assert_eq!(log["items"][0]["details"], version);
    })
    .await;
}

#[tokio::test]
async fn the_words_of_a_missing_consent_say_what_to_do() {
    let meeting = Meeting::sqlite().await;
    let browser = meeting.city.signed_in("teacher2").await;
    browser.delete("/api/me/consents").await.ok();
    let refused = browser.post(&meeting.path("/seats"), json!({})).await;
    let problem = refused.refused("consent.due");
    let detail = problem["detail"].as_str().expect("a detail");
    assert!(
        detail.contains("прочтите текст согласия и примите"),
        "{detail}"
    );
}

#[tokio::test]
async fn nobody_and_guests_have_no_consent_of_an_account_to_withdraw() {
    let city = City::sqlite().await;
    let guest = city.app.guest("Гость").await;
    for browser in [city.app.browser(), guest] {
        browser
            .delete("/api/me/consents")
            .await
            .refused("sign_in.needed");
    }
}
