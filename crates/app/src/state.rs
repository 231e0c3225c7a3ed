//! What every handler shares.

use std::{path::PathBuf, sync::Arc};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use kafedra_store::Store;

use crate::{
    Clock, DeckSettings,
    job::Jobs,
    limit::Limits,
    live::Live,
    mail::MailSettings,
    media::MediaServer,
    password::Hasher,
    public,
    retention::Retention,
    vault::{Key, Vault},
};

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
    /// Wakes the background.
    pub jobs: Jobs,
    pub hasher: Hasher,
    /// What the public page tells, gathered once a minute.
    pub public: Arc<public::Kept>,
    pub vault: Vault,
    /// Whose turn it is to count an event that is over.
    pub counting: Arc<tokio::sync::Mutex<()>>,
}

impl AppState {
    pub fn new(store: Store, clock: Clock, settings: Settings, media: MediaConfig) -> Self {
        Self {
            store,
            live: Live::new(clock.clone()),
            clock,
            vault: Vault::new(settings.key),
            settings: Arc::new(settings),
            media_server: MediaServer::new(&media),
            media: Arc::new(media),
            limits: Arc::default(),
            jobs: Jobs::default(),
            hasher: Hasher::default(),
            public: Arc::default(),
            counting: Arc::default(),
        }
    }

    /// The day in the city.
    pub fn today(&self) -> NaiveDate {
        self.day(self.clock.now())
    }

    /// The day of a moment in the city. What takes place has a zone of its own:
    /// [`crate::attendance::local_day`].
    pub fn day(&self, moment: DateTime<Utc>) -> NaiveDate {
        moment.with_timezone(&self.settings.zone).date_naive()
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
    /// The city's: its calendar says what day it is.
    pub zone: Tz,
    /// Folder of the files that people gave.
    pub files: PathBuf,
    /// The most people connected to one room at once.
    pub room_capacity: u32,
    /// How long pupils' names and consents stay after their class's last lesson.
    pub pupils_kept: TimeDelta,
    pub retention: Retention,
    pub decks: DeckSettings,
    /// Sites that may show the public block; any where none is named.
    pub embed_origins: Vec<String>,
    /// Opens what the database holds sealed.
    pub key: Key,
    /// Lists the demo accounts on the sign-in page.
    pub demo: bool,
    pub mail: MailSettings,
}

impl Settings {
    /// The server's own name, out of the address where browsers reach it.
    pub fn host(&self) -> &str {
        let url = self.public_url.as_str();
        url.split_once("://")
            .map_or(url, |(_, rest)| rest)
            .split([':', '/'])
            .next()
            .unwrap_or_default()
    }
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
