//! What the operator decides, and what the engine needs from its host besides time and randomness.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use livekit_protocol as proto;

use crate::Grants;

/// Settings of the engine, the same for every room.
#[derive(Clone)]
pub struct Config {
    /// How long a room that nobody has entered is kept, unless its creation said otherwise.
    pub empty_timeout: Duration,
    /// How long a room is kept after the last one has left, unless its creation said otherwise.
    pub departure_timeout: Duration,
    /// The most participants of a room, unless its creation said otherwise; 0 means no limit.
    pub max_participants: u32,
    /// STUN and TURN servers that clients are told of.
    pub ice_servers: Vec<proto::IceServer>,
    /// Names this server in what clients are told.
    pub node_id: String,
    /// Signs a new token for a connected client; `None` where that fails.
    pub mint: TokenMint,
}

/// Signs the token that [`TokenClaims`] describe. The host holds the key and the clock, and
/// decides how long the token is good for (LiveKit: 10 minutes; one comes every 5).
pub type TokenMint = Arc<dyn Fn(&TokenClaims) -> Option<String> + Send + Sync>;

/// What a refreshed token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenClaims {
    pub room: String,
    pub identity: String,
    pub name: String,
    pub metadata: String,
    pub attributes: HashMap<String, String>,
    pub kind: proto::participant_info::Kind,
    /// `roomJoin` is implied.
    pub grants: Grants,
}

impl Default for Config {
    /// LiveKit's own defaults. No tokens are minted.
    fn default() -> Self {
        Self {
            empty_timeout: Duration::from_secs(300),
            departure_timeout: Duration::from_secs(20),
            max_participants: 0,
            ice_servers: Vec::new(),
            node_id: String::new(),
            mint: Arc::new(|_| None),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("empty_timeout", &self.empty_timeout)
            .field("departure_timeout", &self.departure_timeout)
            .field("max_participants", &self.max_participants)
            .finish_non_exhaustive()
    }
}
