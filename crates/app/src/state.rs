//! What every handler shares.

use std::sync::Arc;

use kafedra_store::Store;

use crate::{Clock, limit::Limits, live::Live, media::MediaServer, password::Hasher};

/// Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub store: Store,
    pub clock: Clock,
    pub settings: Arc<Settings>,
    pub media: Arc<MediaConfig>,
    pub media_server: MediaServer,
    /// The live streams of all rooms; [`Live::shutdown`] sends their watchers away.
    pub live: Live,
    pub limits: Arc<Limits>,
    pub hasher: Hasher,
}

impl AppState {
    pub fn new(store: Store, clock: Clock, settings: Settings, media: MediaConfig) -> Self {
        Self {
            store,
            clock,
            settings: Arc::new(settings),
            media_server: MediaServer::new(&media),
            media: Arc::new(media),
            live: Live::default(),
            limits: Arc::default(),
            hasher: Hasher::default(),
        }
    }
}

/// What the operator chose.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the installation, shown in the header and on sign-in.
    pub name: String,
    /// Where browsers reach the server, without a trailing slash: links in invitations start so.
    pub public_url: String,
    /// Cookies are marked Secure.
    pub https: bool,
    /// Lists the demo accounts on the sign-in page.
    pub demo: bool,
}

/// The media server, embedded or outside: both are spoken to over HTTP.
#[derive(Debug, Clone)]
pub struct MediaConfig {
    /// Base of the server API, `http://127.0.0.1:…` when embedded.
    pub url: String,
    /// What browsers connect to; `None` means the page's own origin.
    pub public_url: Option<String>,
    pub key: String,
    pub secret: String,
}
