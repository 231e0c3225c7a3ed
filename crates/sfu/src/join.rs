//! What someone brings when they connect: who they are, what their token allows, what their
//! client asked for.

use std::collections::HashMap;
use std::net::IpAddr;

use livekit_protocol as proto;
use proto::{TrackSource, participant_info};

/// Which of LiveKit's two signalling shapes the client speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `/rtc`: two peer connections, the server offers the subscriber one.
    TwoConnections,
    /// `/rtc/v1` (and `/rtc?join_request=`): one peer connection, the client always offers.
    OneConnection,
}

/// What a token allows. The host of the engine verifies the token and fills the defaults
/// (unset publish and subscribe mean true, unset `canPublishData` means `canPublish`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grants {
    pub can_publish: bool,
    /// The sources that may be published; empty means every source.
    pub can_publish_sources: Vec<TrackSource>,
    pub can_publish_data: bool,
    pub can_subscribe: bool,
    /// May change its own name, metadata and attributes.
    pub can_update_own_metadata: bool,
    /// Others neither see it nor hear of it.
    pub hidden: bool,
    /// A recorder: shown to nobody, and a room in which one sits counts as being recorded.
    pub recorder: bool,
}

impl Default for Grants {
    fn default() -> Self {
        Self {
            can_publish: true,
            can_publish_sources: Vec::new(),
            can_publish_data: true,
            can_subscribe: true,
            can_update_own_metadata: false,
            hidden: false,
            recorder: false,
        }
    }
}

impl Grants {
    /// Whether a track of this source may be published. A list of sources excludes tracks whose
    /// source is unknown, or a patched client would publish its camera as «unknown».
    pub fn allows(&self, source: TrackSource) -> bool {
        self.can_publish
            && (self.can_publish_sources.is_empty() || self.can_publish_sources.contains(&source))
    }

    /// The grants as clients are told of them.
    pub fn to_permission(&self) -> proto::ParticipantPermission {
        #[expect(deprecated, reason = "older clients still read `recorder`")]
        proto::ParticipantPermission {
            can_subscribe: self.can_subscribe,
            can_publish: self.can_publish,
            can_publish_data: self.can_publish_data,
            can_publish_sources: self
                .can_publish_sources
                .iter()
                .map(|&source| source as i32)
                .collect(),
            hidden: self.hidden,
            recorder: self.recorder,
            can_update_metadata: self.can_update_own_metadata,
            ..Default::default()
        }
    }

    /// These grants with what an `UpdateParticipant` call says in their place.
    pub fn replaced_by(&self, permission: &proto::ParticipantPermission) -> Self {
        Self {
            can_publish: permission.can_publish,
            can_publish_sources: permission.can_publish_sources().collect(),
            can_publish_data: permission.can_publish_data,
            can_subscribe: permission.can_subscribe,
            can_update_own_metadata: permission.can_update_metadata,
            hidden: permission.hidden,
            // Only a token makes a recorder.
            recorder: self.recorder,
        }
    }
}

/// Everything about one attempt to connect, first or resumed.
#[derive(Clone, Debug)]
pub struct Join {
    /// The room's name (`video.room` of the token).
    pub room: String,
    /// `sub` of the token.
    pub identity: String,
    pub name: String,
    pub metadata: String,
    pub attributes: HashMap<String, String>,
    pub kind: participant_info::Kind,
    pub grants: Grants,
    pub dialect: Dialect,
    /// The client's own request. The host builds it from the query for `Dialect::TwoConnections`.
    /// `reconnect` and `participant_sid` in it ask for a resume.
    pub request: proto::JoinRequest,
    /// The client's address as the signalling connection showed it, for the logs only.
    pub remote: Option<IpAddr>,
}

/// Why a join is refused before any signalling is sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    #[error("identity cannot be empty")]
    NoIdentity,
    #[error("no room name")]
    NoRoomName,
    /// The request asks for something this server does not offer.
    #[error("{0}")]
    Unsupported(&'static str),
    #[error("room has exceeded its max participants")]
    RoomFull,
    #[error("the server is shutting down")]
    ShuttingDown,
}

impl JoinError {
    /// The HTTP status with which the WebSocket upgrade is refused.
    pub fn http_status(&self) -> u16 {
        match self {
            Self::NoIdentity | Self::NoRoomName | Self::Unsupported(_) => 400,
            Self::RoomFull => 429,
            Self::ShuttingDown => 503,
        }
    }
}
