//! The media server beside the application: embedded, or an outside one named by an address.

use std::net::SocketAddr;

use axum::Router;
use kafedra_app::MediaConfig;

use super::figures::Figures;
use crate::{config::Config, data::DataFolder, fault::Fault};

/// The media server that the application talks to.
pub struct Media {
    /// How the application reaches it.
    pub app: MediaConfig,
}

/// Starts the embedded server, unless the configuration names an outside one.
///
/// # Errors
///
/// `media.start`, or what the secrets' file says.
pub fn start(config: &Config, data: &DataFolder, inner: SocketAddr) -> Result<Media, Fault> {
    let secrets = data.secrets()?;
    let key = config.media.key.clone().unwrap_or(secrets.media_key);
    let secret = config.media.secret.clone().unwrap_or(secrets.media_secret);
    let outside = config.media.url.as_deref().map(|url| http(url));
    Ok(Media {
        app: MediaConfig {
            url: outside.clone().unwrap_or_else(|| format!("http://{inner}")),
            public_url: config
                .media
                .public_url
                .clone()
                .or_else(|| outside.map(|url| url.replacen("http", "ws", 1))),
            key,
            secret,
        },
    })
}

impl Media {
    /// What browsers reach of it on our own host.
    pub fn outer_router(&self) -> Router {
        Router::new()
    }

    /// What the application reaches on loopback.
    pub fn inner_router(&self) -> Router {
        Router::new()
    }

    /// `wss://media.example` where browsers connect to another host for media.
    pub fn browser_origin(&self) -> Option<String> {
        let url = url::Url::parse(self.app.public_url.as_deref()?).ok()?;
        let scheme = match url.scheme() {
            "https" | "wss" => "wss",
            _ => "ws",
        };
        let host = url.host_str()?;
        let port = url
            .port()
            .map_or_else(String::new, |port| format!(":{port}"));
        Some(format!("{scheme}://{host}{port}"))
    }

    pub fn register_figures(&self, _figures: &Figures) {}

    pub async fn shutdown(&self) {}
}

/// The server API speaks HTTP even where the address was given for WebSockets.
fn http(url: &str) -> String {
    let url = url.trim_end_matches('/');
    match url.strip_prefix("ws") {
        Some(rest) => format!("http{rest}"),
        None => url.to_owned(),
    }
}
