//! The media server beside the application: embedded, or an outside one named by an address.

use std::{io, net::SocketAddr};

use axum::Router;
use kafedra_app::MediaConfig;
use kafedra_rtc::{Config as RtcConfig, Keys, MediaServer, StartError};

use super::figures::Figures;
use crate::{config::Config, data::DataFolder, fault::Fault};

/// Where the media server posts what happens in its rooms.
pub const WEBHOOK: &str = "/api/media/webhook";

/// The media server that the application talks to.
pub struct Media {
    /// How the application reaches it.
    pub app: MediaConfig,
    embedded: Option<MediaServer>,
    expose_api: bool,
}

/// Starts the embedded server, unless the configuration names an outside one. `inner` is the
/// loopback listener over which it and the application talk.
///
/// # Errors
///
/// `port.in_use`, `port.refused` or `media.start`, or what the secrets' file says.
pub fn start(config: &Config, data: &DataFolder, inner: SocketAddr) -> Result<Media, Fault> {
    let (key, secret) = match (&config.media.key, &config.media.secret) {
        (Some(key), Some(secret)) => (key.clone(), secret.clone()),
        _ => {
            let secrets = data.secrets()?;
            (secrets.media_key, secrets.media_secret)
        }
    };
    if let Some(url) = &config.media.url {
        let url = http_base(url);
        let public_url = config
            .media
            .public_url
            .clone()
            .unwrap_or_else(|| with_scheme(&url, "ws"));
        return Ok(Media {
            app: MediaConfig {
                url,
                public_url: Some(public_url),
                key,
                secret,
            },
            embedded: None,
            expose_api: false,
        });
    }
    let udp = config.media.udp;
    let keys = Keys::one(key.clone(), secret.clone()).map_err(Fault::media)?;
    let mut rtc = RtcConfig::new(keys, udp);
    rtc.advertise.clone_from(&config.media.advertise);
    rtc.webhooks = vec![format!("http://{inner}{WEBHOOK}")];
    rtc.webhooks.extend(config.media.webhooks.iter().cloned());
    let server = kafedra_rtc::start(&rtc).map_err(|error| match error {
        StartError::Engine(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Fault::port_in_use(udp, "media.udp", error)
        }
        StartError::Engine(error)
            if matches!(
                error.kind(),
                io::ErrorKind::AddrNotAvailable | io::ErrorKind::PermissionDenied
            ) =>
        {
            Fault::port_refused(udp, "media.udp", error)
        }
        error => Fault::media(error),
    })?;
    tracing::info!(udp = %server.udp, "the media server listens");
    Ok(Media {
        app: MediaConfig {
            url: format!("http://{inner}"),
            public_url: config.media.public_url.clone(),
            key,
            secret,
        },
        embedded: Some(server),
        expose_api: config.media.expose_api,
    })
}

impl Media {
    /// What browsers reach of it on our own host, and another Kafedra where it may.
    pub fn outer_router(&self) -> Router {
        match &self.embedded {
            Some(server) if self.expose_api => server.router.clone().merge(server.twirp.clone()),
            Some(server) => server.router.clone(),
            None => Router::new(),
        }
    }

    /// What the application reaches on loopback.
    pub fn inner_router(&self) -> Router {
        match &self.embedded {
            Some(server) => server.router.clone().merge(server.twirp.clone()),
            None => Router::new(),
        }
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

    /// Adds the embedded server's figures; an outside one publishes its own.
    pub fn register_figures(&self, figures: &Figures) {
        if let Some(server) = &self.embedded {
            figures.extend(|registry| server.register_metrics(registry));
        }
    }

    /// Tells everyone in a room to reconnect and delivers the last webhooks.
    pub async fn shutdown(&self) {
        if let Some(server) = &self.embedded {
            server.shutdown().await;
        }
    }
}

/// Base of a media server's API, however its address was spelt.
pub fn http_base(url: &str) -> String {
    with_scheme(url, "http")
}

/// The address with `http` or `ws` in place of either; security stays as it was.
fn with_scheme(url: &str, scheme: &str) -> String {
    let url = url.trim_end_matches('/');
    let rest = url
        .strip_prefix("http")
        .or_else(|| url.strip_prefix("ws"))
        .unwrap_or(url);
    format!("{scheme}{rest}")
}

#[cfg(test)]
mod tests {
    use super::with_scheme;

    #[test]
    fn an_address_serves_the_api_and_the_browsers_alike() {
        let check = |url, scheme, expected: &str| assert_eq!(with_scheme(url, scheme), expected);
        check("wss://media.example/", "http", "https://media.example");
        check("http://127.0.0.1:7880", "ws", "ws://127.0.0.1:7880");
        check("https://media.example", "http", "https://media.example");
    }
}
