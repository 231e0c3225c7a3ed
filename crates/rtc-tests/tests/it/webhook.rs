//! Webhooks and receivers that lose, repeat, delay and refuse.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use kafedra_rtc::Config;
use livekit_api::access_token::TokenVerifier;
use livekit_api::webhooks::WebhookReceiver;
use livekit_protocol as proto;

use crate::support::{KEY, SECRET, Server, eventually, serve};

type Verdict = Arc<dyn Fn(&proto::WebhookEvent, usize) -> StatusCode + Send + Sync>;

/// A receiver that verifies what it gets, as an application would.
#[derive(Clone)]
struct Application {
    /// Every event whose signature held, in the order of arrival.
    seen: Arc<Mutex<Vec<proto::WebhookEvent>>>,
    url: String,
}

impl Application {
    /// `verdict` is given the event and how often this one came before.
    async fn start(
        verdict: impl Fn(&proto::WebhookEvent, usize) -> StatusCode + Send + Sync + 'static,
    ) -> Self {
        let seen: Arc<Mutex<Vec<proto::WebhookEvent>>> = Arc::default();
        let verdict: Verdict = Arc::new(verdict);
        let log = Arc::clone(&seen);
        let handler = move |headers: HeaderMap, body: String| async move {
            assert_eq!(headers["content-type"], "application/webhook+json");
            let token = headers["authorization"].to_str().unwrap();
            let verifier = TokenVerifier::with_api_key(KEY, SECRET);
            let event = WebhookReceiver::new(verifier)
                .receive(&body, token)
                .expect("a signature that does not hold");
            let mut log = log.lock().unwrap();
            let before = log.iter().filter(|seen| seen.id == event.id).count();
            let answer = verdict(&event, before);
            log.push(event);
            answer
        };
        let address = serve(Router::new().route("/hook", post(handler))).await;
        Self {
            seen,
            url: format!("http://{address}/hook"),
        }
    }

    fn ids(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|event| event.id.clone()).collect()
    }
}

fn event(room: &str, id: &str) -> proto::WebhookEvent {
    proto::WebhookEvent {
        event: "participant_joined".to_owned(),
        id: id.to_owned(),
        created_at: 1_700_000_000,
        room: Some(proto::Room {
            name: room.to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    }
}

async fn server_for(applications: &[&Application]) -> Server {
    server_with(applications, |_| {}).await
}

async fn server_with(applications: &[&Application], change: impl FnOnce(&mut Config)) -> Server {
    Server::with(|config| {
        config.webhooks = applications.iter().map(|app| app.url.clone()).collect();
        change(config);
    })
    .await
}

fn send(server: &Server, room: &str, ids: &[&str]) {
    for id in ids {
        server.engine.webhooks.send(event(room, id)).unwrap();
    }
}

fn figures(server: &Server) -> String {
    let mut registry = prometheus_client::registry::Registry::default();
    server.media.register_metrics(&mut registry);
    let mut text = String::new();
    prometheus_client::encoding::text::encode(&mut text, &registry).unwrap();
    text
}

#[tokio::test]
async fn every_receiver_gets_every_event_signed() {
    let (one, two) = tokio::join!(
        Application::start(|_, _| StatusCode::OK),
        Application::start(|_, _| StatusCode::NO_CONTENT),
    );
    let server = server_for(&[&one, &two]).await;
    send(&server, "room", &["1", "2"]);
    for application in [&one, &two] {
        eventually(|| (application.ids() == ["1", "2"]).then_some(())).await;
        let seen = application.seen.lock().unwrap();
        assert_eq!(seen[0], event("room", "1"));
    }
}

#[tokio::test]
async fn a_lost_delivery_is_repeated_before_the_next_event_of_its_room() {
    let application = Application::start(|event, before| {
        if event.id == "1" && before < 2 {
            StatusCode::BAD_GATEWAY
        } else {
            StatusCode::OK
        }
    })
    .await;
    let server = server_for(&[&application]).await;
    send(&server, "room", &["1", "2", "3"]);
    eventually(|| (application.ids().len() == 5).then_some(())).await;
    assert_eq!(application.ids(), ["1", "1", "1", "2", "3"]);
    assert!(figures(&server).contains(r#"media_webhooks_total{outcome="Retried"} 2"#));
}

#[tokio::test]
async fn one_rooms_trouble_does_not_hold_up_another() {
    let application = Application::start(|event, _| {
        let stuck = event.room.as_ref().is_some_and(|room| room.name == "stuck");
        if stuck {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::OK
        }
    })
    .await;
    let server = server_for(&[&application]).await;
    send(&server, "stuck", &["s1", "s2"]);
    send(&server, "free", &["f1", "f2", "f3"]);
    eventually(|| {
        let ids = application.ids();
        let free = ids.iter().filter(|id| id.starts_with('f')).count();
        (free == 3).then_some(())
    })
    .await;
    assert!(!application.ids().contains(&"s2".to_owned()));
}

#[tokio::test]
async fn order_holds_within_each_of_many_rooms() {
    let application = Application::start(|_, before| {
        // Everything fails once.
        if before == 0 {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::OK
        }
    })
    .await;
    let server = server_for(&[&application]).await;
    for number in 0..4 {
        for room in 0..10 {
            let id = format!("{room}-{number}");
            send(&server, &room.to_string(), &[&id]);
        }
    }
    eventually(|| (application.ids().len() == 80).then_some(())).await;
    let mut rooms: HashMap<String, Vec<String>> = HashMap::new();
    for id in application.ids() {
        let (room, number) = id.split_once('-').unwrap();
        rooms
            .entry(room.to_owned())
            .or_default()
            .push(number.to_owned());
    }
    for numbers in rooms.values() {
        assert_eq!(numbers, &["0", "0", "1", "1", "2", "2", "3", "3"]);
    }
}

#[tokio::test]
async fn a_refusal_is_final() {
    let application = Application::start(|event, _| {
        if event.id == "1" {
            StatusCode::UNAUTHORIZED
        } else {
            StatusCode::OK
        }
    })
    .await;
    let server = server_for(&[&application]).await;
    send(&server, "room", &["1", "2"]);
    eventually(|| (application.ids() == ["1", "2"]).then_some(())).await;
    eventually(|| {
        let text = figures(&server);
        text.contains(r#"media_webhooks_total{outcome="Refused"} 1"#)
            .then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_full_backlog_drops_and_counts() {
    let nobody = "http://127.0.0.1:9/hook".to_owned();
    let server = Server::with(|config| {
        config.webhooks = vec![nobody];
        config.limits.webhook_queue = 3;
    })
    .await;
    for number in 0..10 {
        send(&server, "room", &[&number.to_string()]);
    }
    eventually(|| {
        let text = figures(&server);
        text.contains(r#"media_webhooks_total{outcome="Dropped"} 7"#)
            .then_some(())
    })
    .await;
    assert!(figures(&server).contains("media_webhooks_waiting 3"));
}

#[tokio::test]
async fn patience_with_a_dead_receiver_ends() {
    let server = Server::with(|config| {
        config.webhooks = vec!["http://127.0.0.1:9/hook".to_owned()];
        config.limits.webhook_patience = Duration::from_millis(300);
    })
    .await;
    send(&server, "room", &["1"]);
    eventually(|| {
        let text = figures(&server);
        text.contains(r#"media_webhooks_total{outcome="Dropped"} 1"#)
            .then_some(())
    })
    .await;
    assert!(figures(&server).contains("media_webhooks_waiting 0"));
}

#[tokio::test]
async fn the_last_events_are_delivered_at_shutdown() {
    let application = Application::start(|_, _| StatusCode::OK).await;
    let mut server = server_for(&[&application]).await;
    send(&server, "room", &["1", "2", "3"]);
    server.shutdown().await;
    assert_eq!(application.ids(), ["1", "2", "3"]);
}

#[tokio::test]
async fn an_address_that_is_no_url_does_not_start() {
    let mut config = crate::support::config();
    config.webhooks = vec!["ftp://example.org".to_owned()];
    let (_engine, started) = crate::engine::Bookkeeper::start();
    assert!(kafedra_rtc::MediaServer::around(&config, started).is_err());
}
