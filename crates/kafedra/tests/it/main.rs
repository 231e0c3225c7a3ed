#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up must fail"
)]
//! The real program: started, disturbed, stopped, started again.

mod admin;
mod backup;
mod database;
mod demo;
mod doctor;
mod enforcement;
mod faults;
mod graph;
mod media;
mod pages;
mod shutdown;
mod tls;

use kafedra_testkit::{Launch, Running};
use reqwest::{Client, Response};
use serde_json::{Value, json};

fn program() -> Launch {
    Launch::new(env!("CARGO_BIN_EXE_kafedra"))
}

/// A client with cookies, speaking English.
fn browser() -> Client {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("accept-language", "en".parse().unwrap());
    Client::builder()
        .cookie_store(true)
        .default_headers(headers)
        .build()
        .unwrap()
}

async fn get(server: &Running, path: &str) -> Response {
    browser()
        .get(format!("{}{path}", server.url))
        .send()
        .await
        .unwrap()
}

async fn post(client: &Client, server: &Running, path: &str, body: Value) -> Response {
    client
        .post(format!("{}{path}", server.url))
        .json(&body)
        .send()
        .await
        .unwrap()
}

/// Signs a demo account in and agrees to the notice.
async fn signed_in(server: &Running, login: &str) -> Client {
    let client = browser();
    let body = json!({ "login": login, "password": "kafedra-demo" });
    let answer = post(&client, server, "/api/session", body).await;
    succeeded(server, answer).await;
    let text = succeeded(server, get(server, "/api/consent-text").await).await;
    let body = json!({ "version": text["version"] });
    let answer = post(&client, server, "/api/me/consents", body).await;
    succeeded(server, answer).await;
    client
}

/// The answer's body; a refusal fails the test with its words and the server's log.
async fn succeeded(server: &Running, answer: Response) -> Value {
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{status}: {text}\n{}", server.log());
    serde_json::from_str(&text).unwrap_or_default()
}

/// Waits until `/readyz` answers with this status.
async fn becomes(url: &str, status: u16) {
    let mut last = None;
    for _ in 0..400 {
        last = browser()
            .get(format!("{url}/readyz"))
            .send()
            .await
            .ok()
            .map(|answer| answer.status().as_u16());
        if last == Some(status) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("/readyz does not become {status}, it is {last:?}");
}
