//! One participant of a room: what is told of them, what they publish, what they receive.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::participant_info::State;
use str0m::media::{MediaKind, Mid};

use crate::config::TokenClaims;
use crate::downlink::Downlink;
use crate::id::{ConnectionId, ParticipantSid, TrackSid};
use crate::join::{Grants, Join};
use crate::layers::Wish;
use crate::peer::Peer;
use crate::publication::Publication;
use crate::quality::{Quality, SILENCE};
use crate::room::MemberKey;
use crate::section::{Carried, Section};

/// How long someone whose signalling broke is kept for a resume.
pub(crate) const RESUME_WINDOW: Duration = Duration::from_secs(15);
/// How long a client may take from joining to the first media connection, and how long one that
/// has lost it is waited for.
pub(crate) const CONNECT_WINDOW: Duration = Duration::from_secs(30);
/// A new token comes this often, in time before the last one expires.
pub(crate) const REFRESH_INTERVAL: Duration = Duration::from_secs(300);

/// What one participant receives, or would, of another's track.
#[derive(Debug)]
pub(crate) struct Subscription {
    /// An explicit choice; without one the participant's `auto_subscribe` counts.
    pub chosen: Option<bool>,
    pub wish: Wish,
    /// What the subscriber was last told of its being allowed.
    pub allowed: bool,
}

impl Default for Subscription {
    fn default() -> Self {
        Self {
            chosen: None,
            wish: Wish::default(),
            allowed: true,
        }
    }
}

/// A section in which the client sends, as its last offer had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SendingSection {
    pub mid: Mid,
    pub kind: MediaKind,
    pub cid: Option<String>,
}

/// Sections that were asked of the client and have not been offered yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// A new offer was asked for.
    pub offer: bool,
    pub audios: u32,
    pub videos: u32,
}

pub(crate) struct Participant {
    pub key: MemberKey,
    pub sid: ParticipantSid,
    pub identity: String,
    pub name: String,
    pub metadata: String,
    pub attributes: HashMap<String, String>,
    pub kind: proto::participant_info::Kind,
    pub grants: Grants,
    pub state: State,
    pub joined_ms: i64,
    version: u32,
    client: proto::ClientInfo,
    pub auto_subscribe: bool,

    pub connection: Option<ConnectionId>,
    pub detached_at: Option<Instant>,
    pub unreachable_since: Option<Instant>,
    /// When the last datagram came from this one's media connection.
    pub heard_at: Instant,
    pub refresh_at: Instant,

    pub peer: Peer,
    /// Something was written to the peer that has not left yet.
    pub dirty: bool,
    /// The earliest timer that the engine holds for the peer.
    pub scheduled: Option<Instant>,
    pub ufrag: String,

    pub publications: Vec<Publication>,
    pub sending: Vec<SendingSection>,
    pub sections: Vec<Section>,
    pub subscriptions: HashMap<TrackSid, Subscription>,
    pub asked: Asked,
    pub has_offered: bool,
    /// Who may subscribe to this one's tracks, where it was restricted.
    pub audience: Option<proto::SubscriptionPermission>,
    /// The sequence number of the last reliable message from this client.
    pub last_reliable: u32,
    pub quality: Quality,
    pub downlink: Downlink,
    pub quality_told: bool,
}

impl Participant {
    pub fn new(
        key: MemberKey,
        sid: ParticipantSid,
        connection: ConnectionId,
        join: &Join,
        peer: Peer,
        now: Instant,
        now_ms: i64,
    ) -> Self {
        let request = &join.request;
        let mut attributes = join.attributes.clone();
        let mut metadata = join.metadata.clone();
        // A client's own attributes count only where its token lets it change them.
        if join.grants.can_update_own_metadata {
            attributes.extend(request.participant_attributes.clone());
            if !request.metadata.is_empty() {
                metadata.clone_from(&request.metadata);
            }
        }
        Self {
            key,
            sid,
            identity: join.identity.clone(),
            name: join.name.clone(),
            metadata,
            attributes,
            kind: join.kind,
            grants: join.grants.clone(),
            state: State::Joined,
            joined_ms: now_ms,
            version: 1,
            client: request.client_info.clone().unwrap_or_default(),
            auto_subscribe: request
                .connection_settings
                .as_ref()
                .is_none_or(|settings| settings.auto_subscribe),
            connection: Some(connection),
            detached_at: None,
            unreachable_since: Some(now),
            heard_at: now,
            refresh_at: now + REFRESH_INTERVAL,
            peer,
            dirty: false,
            scheduled: None,
            ufrag: String::new(),
            publications: Vec::new(),
            sending: Vec::new(),
            sections: Vec::new(),
            subscriptions: HashMap::new(),
            asked: Asked::default(),
            has_offered: false,
            audience: None,
            last_reliable: 0,
            quality: Quality::default(),
            downlink: Downlink::default(),
            quality_told: false,
        }
    }

    /// What others, and the participant itself, are told.
    pub fn info(&self) -> proto::ParticipantInfo {
        let tracks: Vec<_> = self
            .publications
            .iter()
            .filter(|publication| publication.is_visible())
            .map(|publication| publication.info.clone())
            .collect();
        proto::ParticipantInfo {
            sid: self.sid.to_string(),
            identity: self.identity.clone(),
            state: self.state as i32,
            is_publisher: !tracks.is_empty(),
            tracks,
            metadata: self.metadata.clone(),
            joined_at: self.joined_ms / 1000,
            joined_at_ms: self.joined_ms,
            name: self.name.clone(),
            version: self.version,
            permission: Some(self.grants.to_permission()),
            kind: self.kind as i32,
            attributes: self.attributes.clone(),
            client_protocol: self.client.client_protocol,
            capabilities: self.client.capabilities.clone(),
            ..Default::default()
        }
    }

    /// The last measured connection quality.
    pub fn quality_info(&self) -> proto::ConnectionQualityInfo {
        proto::ConnectionQualityInfo {
            participant_sid: self.sid.to_string(),
            quality: self.quality.level as i32,
            score: self.quality.score,
        }
    }

    /// Notes that [`Participant::info`] changed. Clients ignore an older version that comes late.
    pub fn touch(&mut self) {
        self.version += 1;
    }

    /// Nobody sees it, and nobody hears of it.
    pub fn is_hidden(&self) -> bool {
        self.grants.hidden || self.grants.recorder
    }

    /// Its media connection was up, and nothing has come over it for a while.
    pub fn is_silent(&self, now: Instant) -> bool {
        self.state == State::Active && now.saturating_duration_since(self.heard_at) >= SILENCE
    }

    /// What a refreshed token says.
    pub fn claims(&self, room: &str) -> TokenClaims {
        TokenClaims {
            room: room.to_owned(),
            identity: self.identity.clone(),
            name: self.name.clone(),
            metadata: self.metadata.clone(),
            attributes: self.attributes.clone(),
            kind: self.kind,
            grants: self.grants.clone(),
        }
    }

    pub fn publication(&self, sid: &str) -> Option<usize> {
        self.publications
            .iter()
            .position(|publication| publication.sid.as_str() == sid)
    }

    /// Whether this participant lets another subscribe to a track.
    pub fn admits(&self, subscriber: &Participant, track: &TrackSid) -> bool {
        let Some(audience) = &self.audience else {
            return true;
        };
        audience.all_participants
            || audience.track_permissions.iter().any(|permission| {
                let is_subscriber = if permission.participant_identity.is_empty() {
                    permission.participant_sid == subscriber.sid.as_str()
                } else {
                    permission.participant_identity == subscriber.identity
                };
                is_subscriber
                    && (permission.all_tracks
                        || permission
                            .track_sids
                            .iter()
                            .any(|sid| sid == track.as_str()))
            })
    }

    /// Whether the participant asked for this track, or for all.
    pub fn desires(&self, track: &TrackSid) -> bool {
        self.subscriptions
            .get(track)
            .and_then(|subscription| subscription.chosen)
            .unwrap_or(self.auto_subscribe)
    }

    /// The section that carries a track.
    pub fn section_of(&self, track: &TrackSid) -> Option<usize> {
        self.sections.iter().position(|section| {
            section
                .carried
                .as_ref()
                .is_some_and(|carried| carried.track == *track)
        })
    }

    /// Puts a track into a free section; false where there is none.
    pub fn carry(&mut self, audio: bool, carried: Carried) -> bool {
        let free = self
            .sections
            .iter_mut()
            .find(|section| section.audio == audio && section.is_free());
        match free {
            Some(section) => {
                section.carried = Some(carried);
                true
            }
            None => false,
        }
    }

    /// When something about this participant falls due, its media connection aside.
    pub fn deadline(&self) -> Instant {
        let resume = self.detached_at.map(|at| at + RESUME_WINDOW);
        let connect = self.unreachable_since.map(|at| at + CONNECT_WINDOW);
        [resume, connect]
            .into_iter()
            .flatten()
            .fold(self.refresh_at, Instant::min)
    }
}
