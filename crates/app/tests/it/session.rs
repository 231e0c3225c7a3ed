//! Signing in and out, the limits on guessing, the caller's own settings.

use chrono::TimeDelta;
use kafedra_testkit::{Answer, City, city::PASSWORD, on_both};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn a_person_signs_in_by_login_or_by_email_in_any_case_and_out_again() {
    on_both(|database| async move {
        let city = City::over(database).await;
        for name in ["teacher", " Teacher ", "TEACHER@city.example"] {
            let browser = city.app.browser();
            let answer = browser.sign_in(name, PASSWORD).await;
            let cookie = answer.headers["set-cookie"]
                .to_str()
                .expect("text")
                .to_owned();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
            let me = answer.ok();
            assert_eq!(me["person"]["familyName"], "Семёнова");
            assert_eq!(me["consentDue"], false);
            assert_eq!(browser.get("/api/me").await.ok(), me);
            browser.delete("/api/session").await.ok();
            assert_eq!(browser.get("/api/me").await.ok()["person"], Value::Null);
        }
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_are_answered_alike() {
    let city = City::sqlite().await;
    let browser = city.app.browser();
    let wrong = browser.sign_in("teacher", "wrong").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let wrong = wrong.refused("sign_in.wrong");
    let unknown = browser.sign_in("nobody", PASSWORD).await;
    assert_eq!(unknown.refused("sign_in.wrong"), wrong);
}

#[tokio::test]
async fn five_failures_make_one_account_wait_and_nobody_else() {
    let city = City::sqlite().await;
    let browser = city.app.browser();
    for login in ["teacher", "nobody"] {
        for _ in 0..5 {
            browser
                .sign_in(login, "wrong")
                .await
                .refused("sign_in.wrong");
        }
        let answer = browser.sign_in(login, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.headers["retry-after"], "15");
        let problem = answer.refused("sign_in.too_many");
        let detail = problem["detail"].as_str().expect("a detail");
        assert!(
            detail.ends_with("Попробуйте снова через 15 секунд."),
            "{detail}"
        );
    }
    browser.sign_in("teacher2", PASSWORD).await.ok();
    city.app.clock.advance(TimeDelta::seconds(15));
    browser.sign_in("teacher", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_staff_room_of_two_hundred_signs_in_through_one_address() {
    let city = City::sqlite().await;
    let limits = &city.app.state.limits;
    let now = city.app.clock.now();
    let address = "10.1.2.3".parse().expect("an address");
    let sign_in = async |from: &str| {
        Answer::of(
            city.app
                .browser()
                .request(Method::POST, "/api/session")
                .header("x-forwarded-for", from)
                .json(&json!({ "login": "teacher", "password": PASSWORD })),
        )
        .await
    };
    // Each of them mistypes twice.
    (0..400).for_each(|_| limits.guesses.count(address, now));
    sign_in("10.1.2.3").await.ok();
    (0..200).for_each(|_| limits.guesses.count(address, now));
    sign_in("10.1.2.3").await.refused("too_many");
    sign_in("10.9.9.9").await.ok();
}

#[tokio::test]
async fn an_archived_person_can_neither_sign_in_nor_go_on() {
    use kafedra_store::person;
    use sea_orm::{EntityTrait, sea_query::Expr};
    let city = City::sqlite().await;
    let browser = city.signed_in("teacher").await;
    person::Entity::update_many()
        .col_expr(
            person::Column::ArchivedAt,
            Expr::value(city.app.clock.now()),
        )
        .exec(&city.app.state.store.db)
        .await
        .expect("archived");
    assert_eq!(browser.get("/api/me").await.ok()["person"], Value::Null);
    browser
        .sign_in("teacher", PASSWORD)
        .await
        .refused("sign_in.wrong");
}

#[tokio::test]
async fn a_session_ends_after_thirty_days() {
    let city = City::sqlite().await;
    let browser = city.signed_in("teacher").await;
    city.app.clock.advance(TimeDelta::days(29));
    assert_ne!(browser.get("/api/me").await.ok()["person"], Value::Null);
    city.app.clock.advance(TimeDelta::days(1));
    assert_eq!(browser.get("/api/me").await.ok()["person"], Value::Null);
}

#[tokio::test]
async fn a_password_change_ends_every_other_session() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let (here, elsewhere) = (
            city.signed_in("teacher").await,
            city.signed_in("teacher").await,
        );
        let change = |current: &str, new: &str| json!({ "current": current, "new": new });
        let refused = async |current, new, field, code| {
            let answer = here.post("/api/me/password", change(current, new)).await;
            answer.refused_field(field, code);
        };
        refused(PASSWORD, "short", "new", "password.too_short").await;
        refused(PASSWORD, "12345678", "new", "password.common").await;
        refused("wrong", "синяя птица", "current", "password.wrong").await;
        here.post("/api/me/password", change(PASSWORD, "синяя птица"))
            .await
            .ok();
        assert_ne!(here.get("/api/me").await.ok()["person"], Value::Null);
        assert_eq!(elsewhere.get("/api/me").await.ok()["person"], Value::Null);
        elsewhere
            .sign_in("teacher", PASSWORD)
            .await
            .refused("sign_in.wrong");
        elsewhere.sign_in("teacher", "синяя птица").await.ok();
    })
    .await;
}

#[tokio::test]
async fn the_chosen_language_outlives_the_browsers() {
    let city = City::sqlite().await;
    let browser = city.signed_in("teacher").await;
    browser
        .patch("/api/me", json!({ "locale": "xx" }))
        .await
        .refused_field("locale", "unknown");
    let me = browser
        .patch("/api/me", json!({ "locale": "en" }))
        .await
        .ok();
    assert_eq!(me["locale"], "en");
    let text = browser.get("/api/consent-text").await.ok();
    assert_eq!(text["title"], "Consent to the processing of personal data");
}

#[tokio::test]
async fn a_guest_is_known_by_name_only() {
    let city = City::sqlite().await;
    let me = city
        .app
        .guest("Бабушка Миши")
        .await
        .get("/api/me")
        .await
        .ok();
    assert_eq!(me["guest"]["name"], "Бабушка Миши");
    assert_eq!(
        (&me["person"], &me["capabilities"]),
        (&Value::Null, &json!([]))
    );
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_in_words() {
    let city = City::sqlite().await;
    let request = city.app.browser().request(Method::POST, "/api/session");
    let answer = Answer::of(request.header("content-type", "application/json").body("{")).await;
    answer.refused("malformed");
}
