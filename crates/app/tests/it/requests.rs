//! What holds for every request: language, cross-site writes, unknown paths.

use kafedra_testkit::TestApp;
use reqwest::{Method, StatusCode};
use serde_json::Value;

#[tokio::test]
async fn an_unknown_path_is_answered_in_the_callers_language() {
    let app = TestApp::sqlite().await;
    let check = async |language: &str, title: &str| {
        let answer = app
            .browser()
            .request(Method::GET, "/api/nowhere")
            .header("accept-language", language)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.expect("a problem");
        assert_eq!(problem["code"], "not_found");
        assert_eq!(problem["title"], title);
    };
    check("ru", "Здесь ничего нет").await;
    check("en", "There is nothing here").await;
}

#[tokio::test]
async fn a_write_that_another_site_started_is_refused() {
    let app = TestApp::sqlite().await;
    let check = async |header: &str, value: &str, expected: StatusCode| {
        let answer = app
            .browser()
            .client
            .delete(format!("{}/api/session", app.base))
            .header(header, value)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), expected, "{header}: {value}");
    };
    check("sec-fetch-site", "cross-site", StatusCode::FORBIDDEN).await;
    check("sec-fetch-site", "same-site", StatusCode::FORBIDDEN).await;
    check("origin", "https://elsewhere.example", StatusCode::FORBIDDEN).await;
    check("origin", "null", StatusCode::FORBIDDEN).await;
    check("sec-fetch-site", "same-origin", StatusCode::NO_CONTENT).await;
    check("origin", &app.base, StatusCode::NO_CONTENT).await;
}

#[tokio::test]
async fn every_code_is_explained_in_the_callers_language() {
    let app = TestApp::sqlite().await;
    let check = async |language: &str, title: &str, required: &str| {
        let answer = app
            .browser()
            .request(Method::GET, "/api/help/errors")
            .header("accept-language", language)
            .send()
            .await
            .expect("an answer");
        let list: Value = answer.json().await.expect("a list");
        let find = |list: &Value, code: &str| {
            let found = list
                .as_array()
                .and_then(|all| all.iter().find(|one| one["code"] == code));
            found.cloned().unwrap_or_default()
        };
        assert_eq!(find(&list["codes"], "not_found")["title"], title);
        assert_eq!(find(&list["codes"], "not_found")["status"], 404);
        assert_eq!(find(&list["fields"], "required")["detail"], required);
    };
    check("ru", "Здесь ничего нет", "Заполните это поле.").await;
    check("en", "There is nothing here", "Please fill this in.").await;
}
