//! What machines ask the server: is it alive, is it ready, its figures.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use kafedra_store::Store;
use serde_json::{Value, json};

use super::{address::Client, figures::Figures};

/// Where the server stands between its start and its end.
#[derive(Debug, Clone, Default)]
pub struct Phase(Arc<AtomicU8>);

impl Phase {
    const READY: u8 = 1;
    const STOPPING: u8 = 2;

    /// The database's schema is up to date: requests may come.
    pub fn ready(&self) {
        let _ = self
            .0
            .compare_exchange(0, Self::READY, Ordering::SeqCst, Ordering::SeqCst);
    }

    pub fn stopping(&self) {
        self.0.store(Self::STOPPING, Ordering::SeqCst);
    }

    pub fn has_schema(&self) -> bool {
        self.0.load(Ordering::SeqCst) != 0
    }

    pub fn is_stopping(&self) -> bool {
        self.0.load(Ordering::SeqCst) == Self::STOPPING
    }
}

#[derive(Clone)]
pub struct Status {
    pub phase: Phase,
    pub store: Store,
    pub media: MediaProbe,
    pub figures: Figures,
    pub metrics_token: Option<Arc<str>>,
}

/// Asks the media server whether it answers.
#[derive(Clone)]
pub struct MediaProbe {
    pub client: reqwest::Client,
    /// Base of the server API.
    pub url: String,
}

impl MediaProbe {
    /// Any answer will do: `/rtc/validate` without a token is refused by a server that lives.
    async fn answers(&self) -> bool {
        let url = format!("{}/rtc/validate", self.url.trim_end_matches('/'));
        let asked = self.client.get(url).send().await;
        asked.is_ok_and(|answer| !answer.status().is_server_error())
    }
}

pub fn router(status: Status) -> Router {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(status)
}

async fn alive() -> &'static str {
    "ok\n"
}

async fn ready(State(status): State<Status>) -> (StatusCode, Json<Value>) {
    let (database, media) = tokio::join!(database_answers(&status), status.media.answers());
    let stopping = status.phase.is_stopping();
    let word = |good: bool| if good { "ok" } else { "away" };
    let code = if database && media && !stopping {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        code,
        Json(json!({ "database": word(database), "media": word(media), "stopping": stopping })),
    )
}

async fn database_answers(status: &Status) -> bool {
    let patience = std::time::Duration::from_secs(3);
    status.phase.has_schema()
        && matches!(
            tokio::time::timeout(patience, status.store.ping()).await,
            Ok(Ok(()))
        )
}

/// The figures, for this machine and for whoever has the token.
async fn metrics(State(status): State<Status>, client: Client, headers: HeaderMap) -> Response {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let with_token = match (&status.metrics_token, bearer) {
        (Some(token), Some(given)) => same(token, given),
        _ => false,
    };
    if !with_token && !client.is_local() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let database = database_answers(&status).await;
    match status.figures.text(database) {
        Ok(text) => (
            [(
                header::CONTENT_TYPE,
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
            )],
            text,
        )
            .into_response(),
        Err(error) => {
            tracing::error!(%error, "the figures could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Compares in a time that does not tell how much of the token was right.
fn same(token: &str, given: &str) -> bool {
    use sha2::{Digest, Sha256};
    Sha256::digest(token.as_bytes()) == Sha256::digest(given.as_bytes())
}
