//! Putting the media server together and taking it down.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use livekit_api::access_token::Claims;
use prometheus_client::registry::Registry;
use tokio_util::task::TaskTracker;

use crate::command::{Media, MediaConfig, Started};
use crate::config::{Config, Keys, Limits, Rooms};
use crate::metrics::Metrics;
use crate::standing::Standing;
use crate::token::{self, TokenError};
use crate::webhook::Webhooks;
use crate::{engine, signal, twirp};

/// How long clients may take to hear that the server is going away.
const FAREWELL_TIME: Duration = Duration::from_secs(3);
/// How long the last webhooks may take.
const LAST_WEBHOOKS: Duration = Duration::from_secs(5);

/// Why the media server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the media server needs at least one API key")]
    NoKeys,
    #[error("the API key «{0}» is empty or given twice")]
    KeyName(String),
    #[error("the secret of the API key «{0}» is shorter than 16 bytes")]
    WeakSecret(String),
    #[error("the webhook address «{0}» is not an http or https URL")]
    WebhookUrl(String),
    #[error("the HTTP client for webhooks could not be made: {0}")]
    HttpClient(#[from] reqwest::Error),
    #[error("the media engine could not be started: {0}")]
    Engine(#[from] std::io::Error),
}

/// What request handlers share.
pub(crate) struct Host {
    pub keys: Keys,
    pub limits: Limits,
    pub rooms: Rooms,
    pub media: Media,
    pub standing: Standing,
    pub metrics: Metrics,
    /// Signalling connections, waited for at the end.
    pub sessions: TaskTracker,
}

impl Host {
    /// The verified claims of a token.
    pub fn claims(&self, token: &str) -> Result<Claims, TokenError> {
        token::verify(&self.keys, token)
    }
}

/// Starts the engine and the HTTP side around it.
///
/// # Errors
///
/// Every one of [`StartError`]; `Engine` says that the UDP port cannot be used.
pub fn start(config: &Config) -> Result<MediaServer, StartError> {
    let keys = config.keys.clone();
    let engine = engine::start(MediaConfig {
        bind: config.udp,
        advertise: config.advertise.clone(),
        rooms: kafedra_sfu::Config {
            empty_timeout: config.rooms.empty_timeout,
            departure_timeout: config.rooms.departure_timeout,
            max_participants: config.rooms.max_participants,
            ice_servers: config.ice_servers.clone(),
            mint: Arc::new(move |claims| token::mint(&keys, claims)),
            ..kafedra_sfu::Config::default()
        },
    })?;
    MediaServer::around(config, engine)
}

/// A running media server. Mount [`MediaServer::router`] where clients come, and
/// [`MediaServer::twirp`] where the application comes.
pub struct MediaServer {
    /// `/rtc`, `/rtc/v1` and their `/validate`.
    pub router: Router,
    /// `/twirp/livekit.RoomService/…`.
    pub twirp: Router,
    /// Where media is received; the port is the real one.
    pub udp: SocketAddr,
    host: Arc<Host>,
    webhooks: Webhooks,
}

impl MediaServer {
    /// Puts the HTTP side around a running engine. [`crate::start`] starts both; tests bring their
    /// own engine.
    ///
    /// # Errors
    ///
    /// `WebhookUrl` or `HttpClient`.
    pub fn around(config: &Config, engine: Started) -> Result<Self, StartError> {
        for url in &config.webhooks {
            let parsed = reqwest::Url::parse(url);
            if !parsed.is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
                return Err(StartError::WebhookUrl(url.clone()));
            }
        }
        let metrics = Metrics::default();
        let client = reqwest::Client::builder()
            // A receiver that redirects is misconfigured; a signed body goes only where the
            // operator said.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let webhooks = Webhooks::start(
            &config.webhooks,
            &config.keys,
            &config.limits,
            &metrics,
            &client,
            engine.webhooks,
        );
        let host = Arc::new(Host {
            keys: config.keys.clone(),
            limits: config.limits.clone(),
            rooms: config.rooms.clone(),
            media: engine.media,
            standing: Standing::default(),
            metrics,
            sessions: TaskTracker::new(),
        });
        Ok(Self {
            router: signal::router(Arc::clone(&host)),
            twirp: twirp::router(Arc::clone(&host)),
            udp: engine.udp,
            host,
            webhooks,
        })
    }

    /// Adds the media server's figures to a Prometheus registry, under `media_`.
    pub fn register_metrics(&self, registry: &mut Registry) {
        self.host
            .metrics
            .register(registry, self.host.media.clone());
    }

    /// Tells every client to reconnect, ends the engine and delivers the last webhooks. Takes
    /// 8 s at the longest; the HTTP listener should still run meanwhile.
    pub async fn shutdown(&self) {
        self.host.media.shutdown().await;
        self.host.sessions.close();
        // Clients that do not take their farewell are left behind.
        let _ = tokio::time::timeout(FAREWELL_TIME, self.host.sessions.wait()).await;
        self.webhooks.finish(LAST_WEBHOOKS).await;
    }
}
