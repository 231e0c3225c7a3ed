//! Identifiers of the media world, in the form LiveKit's clients expect: a two-letter kind, an
//! underscore and twelve random letters or digits (`PA_4kq…`).

use std::fmt;

use rand::Rng;

/// Letters and digits that LiveKit's identifiers are made of.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const RANDOM_LENGTH: usize = 12;

/// One signalling connection. A participant who resumes keeps its session and gets a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnectionId(pub u64);

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connection-{}", self.0)
    }
}

macro_rules! sid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub String);

        impl $name {
            /// A new identifier drawn from `rng`.
            pub fn random(rng: &mut impl Rng) -> Self {
                Self(random_sid($prefix, rng))
            }

            /// The identifier as LiveKit writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

sid!(
    /// A room's session, from its creation to its end. The room's *name* outlives it.
    RoomSid,
    "RM"
);
sid!(
    /// One participant's session in a room. The *identity* outlives it.
    ParticipantSid,
    "PA"
);
sid!(
    /// A published track.
    TrackSid,
    "TR"
);

fn random_sid(prefix: &str, rng: &mut impl Rng) -> String {
    let mut sid = String::with_capacity(prefix.len() + 1 + RANDOM_LENGTH);
    sid.push_str(prefix);
    sid.push('_');
    for _ in 0..RANDOM_LENGTH {
        let at = rng.random_range(0..ALPHABET.len());
        sid.push(char::from(ALPHABET[at]));
    }
    sid
}

/// The identifier of a webhook event (`EV_…`), by which a receiver recognises a repetition.
pub(crate) fn random_event_id(rng: &mut impl Rng) -> String {
    random_sid("EV", rng)
}
