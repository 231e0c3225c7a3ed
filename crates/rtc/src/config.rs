//! What the operator decides about the media server: keys, addresses, webhooks and limits.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use livekit_protocol as proto;

use crate::StartError;

/// A secret shorter than this can be guessed; starting with one is an error.
const SHORTEST_SECRET: usize = 16;

/// Everything `rtc::start` needs.
#[derive(Clone, Debug)]
pub struct Config {
    pub keys: Keys,
    /// The UDP port that all media goes through; port 0 takes a free one.
    pub udp: SocketAddr,
    /// Addresses that clients are told to send media to. Empty: those of this machine's interfaces.
    pub advertise: Vec<IpAddr>,
    /// Where webhooks are posted; each address receives every event.
    pub webhooks: Vec<String>,
    /// STUN and TURN servers that clients are told of.
    pub ice_servers: Vec<proto::IceServer>,
    pub rooms: Rooms,
    pub limits: Limits,
}

impl Config {
    /// LiveKit's defaults for everything but the keys and the UDP address.
    pub fn new(keys: Keys, udp: SocketAddr) -> Self {
        Self {
            keys,
            udp,
            advertise: Vec::new(),
            webhooks: Vec::new(),
            ice_servers: Vec::new(),
            rooms: Rooms::default(),
            limits: Limits::default(),
        }
    }
}

/// How rooms come and go. A `CreateRoom` call may decide otherwise for its room.
#[derive(Clone, Debug)]
pub struct Rooms {
    /// Whether joining a room that nobody created creates it. Where this is off, such a join
    /// answers 404, so that a token outliving its meeting opens nothing.
    pub create_on_join: bool,
    /// How long a room that nobody has entered is kept.
    pub empty_timeout: Duration,
    /// How long a room is kept after the last one has left.
    pub departure_timeout: Duration,
    /// The most participants of a room; 0 means no limit.
    pub max_participants: u32,
}

impl Default for Rooms {
    fn default() -> Self {
        Self {
            create_on_join: true,
            empty_timeout: Duration::from_secs(300),
            departure_timeout: Duration::from_secs(20),
            max_participants: 0,
        }
    }
}

/// What one request may ask of the server. The defaults are LiveKit's unless said otherwise.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of one signalling frame.
    pub signal_frame: usize,
    /// Bytes of a join request after decompression.
    pub join_request: usize,
    /// How long the engine may take to let someone in.
    pub join_time: Duration,
    /// A client from which nothing came for so long, pings included, is gone. Clients ping every
    /// 5 s.
    pub silence: Duration,
    /// Bytes of a server API request. LiveKit allows 10 MiB; the largest request that passes the
    /// limits below is a little over 1 MiB.
    pub api_request: usize,
    /// Bytes of the metadata of a room or a participant.
    pub metadata: usize,
    /// Bytes of all keys and values of a participant's attributes.
    pub attributes: usize,
    /// Bytes of a room's name.
    pub room_name: usize,
    /// Bytes of a participant's identity.
    pub identity: usize,
    /// Bytes of a participant's display name.
    pub name: usize,
    /// Webhook events waiting for one receiver; further ones are dropped and counted.
    pub webhook_queue: usize,
    /// How long one webhook event is retried before it is dropped.
    pub webhook_patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            signal_frame: 2 << 20,
            join_request: 1 << 20,
            join_time: Duration::from_secs(5),
            silence: Duration::from_secs(30),
            api_request: 2 << 20,
            metadata: 512 * 1024,
            attributes: 64 * 1024,
            room_name: 256,
            identity: 256,
            name: 256,
            webhook_queue: 10_000,
            webhook_patience: Duration::from_secs(600),
        }
    }
}

/// API keys and their secrets. The first pair signs what the server itself says: refreshed tokens
/// and webhooks. All of them are accepted.
#[derive(Clone)]
pub struct Keys(Vec<(String, String)>);

impl Keys {
    /// # Errors
    ///
    /// No pair at all, an empty or repeated key, or a secret under 16 bytes.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self, StartError> {
        let mut keys: Vec<(String, String)> = Vec::new();
        for (key, secret) in pairs {
            if key.is_empty() || keys.iter().any(|(known, _)| *known == key) {
                return Err(StartError::KeyName(key));
            }
            if secret.len() < SHORTEST_SECRET {
                return Err(StartError::WeakSecret(key));
            }
            keys.push((key, secret));
        }
        if keys.is_empty() {
            return Err(StartError::NoKeys);
        }
        Ok(Self(keys))
    }

    /// One pair.
    ///
    /// # Errors
    ///
    /// As for [`Keys::new`].
    pub fn one(key: impl Into<String>, secret: impl Into<String>) -> Result<Self, StartError> {
        Self::new([(key.into(), secret.into())])
    }

    pub(crate) fn secret(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, secret)| secret.as_str())
    }

    /// The pair that signs.
    pub(crate) fn signing(&self) -> (&str, &str) {
        // `new` refuses an empty list, so the fallback is never taken.
        self.0
            .first()
            .map_or(("", ""), |(key, secret)| (key, secret))
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Secrets stay out of logs.
        f.debug_list()
            .entries(self.0.iter().map(|(key, _)| key))
            .finish()
    }
}
