//! A room: its participants, what they publish and receive, and what each of them is told.
//!
//! Everything about a room is in this one value, so that it can live on any thread. Its methods
//! are grouped by file: `entry` (join, resume, leave), `signal` (client messages), `publish`,
//! `subscribe`, `negotiate` (offers and answers), `media` (packets), `data` (messages) and `api`
//! (the server API).
//!
//! Invariants: every `Subscriber` of a publication names a section that carries that track and
//! whose client knows it; every section in turn carries a track that exists.

mod api;
mod data;
mod entry;
mod media;
mod negotiate;
mod publish;
mod signal;
mod subscribe;

pub(crate) use entry::leave;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::signal_response::Message;
use rand::Rng;
use rand::rngs::StdRng;
use str0m::config::DtlsCert;

use crate::config::Config;
use crate::counters::Counters;
use crate::id::{ConnectionId, RoomSid, random_event_id};
use crate::output::{Datagram, Output, Transmit};
use crate::participant::Participant;
use crate::peer::PeerEvent;
use crate::speakers::Speakers;

/// How long those who left are remembered, for clients that resume after it.
const MEMORY: Duration = Duration::from_secs(60);

/// A room in the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomKey(pub u64);

/// A participant in the engine; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemberKey(pub u64);

/// A peer connection in the engine. A participant has one; a client with two connections
/// (LiveKit's first dialect) will have a second one beside it, and this key a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PeerId {
    pub room: RoomKey,
    pub member: MemberKey,
}

impl fmt::Display for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "room {} member {}", self.room.0, self.member.0)
    }
}

/// What a room borrows from the engine while it acts: the time, and where its output goes.
pub(crate) struct Context<'a> {
    pub now: Instant,
    /// Milliseconds since 1970.
    pub now_ms: i64,
    pub config: &'a Config,
    pub counters: &'a Counters,
    pub rng: &'a mut StdRng,
    pub certificate: &'a DtlsCert,
    pub addresses: &'a [SocketAddr],
    pub outputs: &'a mut VecDeque<Output>,
    pub transmits: &'a mut VecDeque<Transmit>,
    pub last_member: &'a mut u64,
}

pub(crate) struct Room {
    pub key: RoomKey,
    pub sid: RoomSid,
    pub name: String,
    /// What a frame that the server itself puts into an encrypted track would end with, so that
    /// clients do not try to decrypt it.
    sif_trailer: [u8; 16],
    metadata: String,
    empty_timeout: Duration,
    departure_timeout: Duration,
    max_participants: u32,
    created_ms: i64,
    pub members: BTreeMap<MemberKey, Participant>,
    departed: VecDeque<(Instant, proto::ParticipantInfo)>,
    speakers: Speakers,
    /// When the room ends, while nobody is in it.
    closes_at: Option<Instant>,
    /// Peers that something was written to, or that have news.
    dirty: Vec<MemberKey>,
    /// Peers that were drained, and may have another deadline since.
    drained: Vec<MemberKey>,
    /// More than packets happened: the room's own deadlines may have changed.
    restless: bool,
    /// The earliest timer that the engine holds for the room.
    pub scheduled: Option<Instant>,
    events: Vec<PeerEvent>,
}

impl Room {
    pub fn new(key: RoomKey, request: &proto::CreateRoomRequest, cx: &mut Context<'_>) -> Self {
        let seconds = |asked: u32, otherwise: Duration| match asked {
            0 => otherwise,
            asked => Duration::from_secs(u64::from(asked)),
        };
        let empty_timeout = seconds(request.empty_timeout, cx.config.empty_timeout);
        let room = Self {
            key,
            sid: RoomSid::random(cx.rng),
            name: request.name.clone(),
            sif_trailer: cx.rng.random(),
            metadata: request.metadata.clone(),
            empty_timeout,
            departure_timeout: seconds(request.departure_timeout, cx.config.departure_timeout),
            max_participants: match request.max_participants {
                0 => cx.config.max_participants,
                limit => limit,
            },
            created_ms: cx.now_ms,
            members: BTreeMap::new(),
            departed: VecDeque::new(),
            speakers: Speakers::default(),
            closes_at: Some(cx.now + empty_timeout),
            dirty: Vec::new(),
            drained: Vec::new(),
            restless: false,
            scheduled: None,
            events: Vec::new(),
        };
        room.webhook("room_started", None, None, cx);
        room
    }

    /// The room as clients and the server API see it.
    pub fn info(&self) -> proto::Room {
        let visible = || self.members.values().filter(|member| !member.is_hidden());
        let publishers = visible().filter(|member| {
            member
                .publications
                .iter()
                .any(|publication| publication.is_visible())
        });
        proto::Room {
            sid: self.sid.to_string(),
            name: self.name.clone(),
            empty_timeout: self.empty_timeout.as_secs() as u32,
            departure_timeout: self.departure_timeout.as_secs() as u32,
            max_participants: self.max_participants,
            creation_time: self.created_ms / 1000,
            creation_time_ms: self.created_ms,
            enabled_codecs: enabled_codecs(),
            metadata: self.metadata.clone(),
            num_participants: visible().count() as u32,
            num_publishers: publishers.count() as u32,
            active_recording: self.members.values().any(|member| member.grants.recorder),
            ..Default::default()
        }
    }

    /// The room is over, and the engine may forget it.
    pub fn is_over(&self, now: Instant) -> bool {
        self.members.is_empty() && self.closes_at.is_some_and(|at| at <= now)
    }

    /// Tells everyone that the room ends, and ends it.
    pub fn close(&mut self, reason: proto::DisconnectReason, cx: &mut Context<'_>) {
        let action = match reason {
            proto::DisconnectReason::ServerShutdown => proto::leave_request::Action::Reconnect,
            _ => proto::leave_request::Action::Disconnect,
        };
        let members: Vec<_> = self.members.keys().copied().collect();
        for member in members {
            self.remove(member, reason, Some(action), cx);
        }
        self.closes_at = Some(cx.now);
    }

    /// The last words of a room that [`Room::is_over`].
    pub fn finish(&self, cx: &mut Context<'_>) {
        self.webhook("room_finished", None, None, cx);
    }

    /// When [`Room::handle_timeout`] is due, peer connections aside.
    pub fn deadline(&self) -> Option<Instant> {
        self.members
            .values()
            .map(Participant::deadline)
            .chain(self.closes_at)
            .chain(self.speakers.deadline())
            .min()
    }

    /// Fires what is due.
    pub fn handle_timeout(&mut self, cx: &mut Context<'_>) {
        self.tell_speakers(cx);
        let due: Vec<_> = self
            .members
            .values()
            .filter(|member| member.deadline() <= cx.now)
            .map(|member| member.key)
            .collect();
        for key in due {
            self.member_timeout(key, cx);
        }
        let now = cx.now;
        self.departed
            .retain(|(at, _)| now.saturating_duration_since(*at) < MEMORY);
    }

    /// Changes the limits of a room that existed when it was asked for.
    pub fn reconfigure(&mut self, request: &proto::CreateRoomRequest) {
        if request.empty_timeout > 0 {
            self.empty_timeout = Duration::from_secs(u64::from(request.empty_timeout));
        }
        if request.departure_timeout > 0 {
            self.departure_timeout = Duration::from_secs(u64::from(request.departure_timeout));
        }
        if request.max_participants > 0 {
            self.max_participants = request.max_participants;
        }
        if !request.metadata.is_empty() {
            self.metadata.clone_from(&request.metadata);
        }
    }

    /// Takes a datagram, and acts on what it brought. Others' peers are written to, not drained.
    pub fn receive(&mut self, key: MemberKey, datagram: &Datagram<'_>, cx: &mut Context<'_>) {
        if let Some(member) = self.members.get_mut(&key) {
            member.heard_at = cx.now;
            member.peer.receive(cx.now, datagram);
            self.drain(key, cx);
        }
    }

    /// Drains every peer that was written to, until all is quiet.
    pub fn flush(&mut self, cx: &mut Context<'_>) {
        while let Some(key) = self.dirty.pop() {
            if let Some(member) = self.members.get_mut(&key) {
                member.dirty = false;
                member.peer.advance(cx.now);
                self.drain(key, cx);
            }
        }
    }

    fn drain(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let mut events = std::mem::take(&mut self.events);
        if let Some(member) = self.members.get_mut(&key) {
            member.peer.drain(&mut events, cx.transmits);
            self.drained.push(key);
        }
        for event in events.drain(..) {
            self.restless |= !matches!(event, PeerEvent::Packet(..));
            self.handle_peer_event(key, event, cx);
        }
        self.events = events;
    }

    /// Whether more than packets happened since this was last asked.
    pub fn take_restless(&mut self) -> bool {
        std::mem::take(&mut self.restless)
    }

    /// The peers whose deadlines may have changed since this was last asked.
    pub fn take_drained(&mut self) -> Vec<MemberKey> {
        std::mem::take(&mut self.drained)
    }

    /// When the loudness of the present speakers is judged.
    pub fn speakers_deadline(&self) -> Option<Instant> {
        self.speakers.deadline()
    }

    /// Notes that a peer must be drained.
    pub fn mark(&mut self, key: MemberKey) {
        if let Some(member) = self.members.get_mut(&key)
            && !member.dirty
        {
            member.dirty = true;
            self.dirty.push(key);
        }
    }

    /// Sends a message to one client, if it is connected.
    fn send(&self, key: MemberKey, message: Message, cx: &mut Context<'_>) {
        let connection = self.members.get(&key).and_then(|member| member.connection);
        if let Some(connection) = connection {
            send_to(connection, message, cx);
        }
    }

    /// Tells everyone but `key` of `key`'s state; a hidden participant's state is told to nobody.
    fn tell_others(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        member.touch();
        if member.is_hidden() {
            return;
        }
        let info = member.info();
        self.tell_all_but(key, &info, cx);
    }

    /// Tells everyone of `key`'s state, `key` too.
    fn tell_everyone(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        self.tell_others(key, cx);
        if let Some(member) = self.members.get(&key) {
            self.send(key, update(vec![member.info()]), cx);
        }
    }

    fn tell_all_but(&self, key: MemberKey, info: &proto::ParticipantInfo, cx: &mut Context<'_>) {
        for other in self.members.values() {
            if other.key != key
                && let Some(connection) = other.connection
            {
                send_to(connection, update(vec![info.clone()]), cx);
            }
        }
    }

    /// The members that a client may know of, except itself.
    fn visible_others(&self, key: MemberKey) -> Vec<proto::ParticipantInfo> {
        self.members
            .values()
            .filter(|member| member.key != key && !member.is_hidden())
            .map(Participant::info)
            .collect()
    }

    fn webhook(
        &self,
        event: &str,
        participant: Option<proto::ParticipantInfo>,
        track: Option<proto::TrackInfo>,
        cx: &mut Context<'_>,
    ) {
        let event = proto::WebhookEvent {
            event: event.to_owned(),
            room: Some(self.info()),
            participant,
            track,
            id: random_event_id(cx.rng),
            created_at: cx.now_ms / 1000,
            ..Default::default()
        };
        cx.outputs.push_back(Output::Webhook(Box::new(event)));
    }

    fn find(&self, identity: &str) -> Option<MemberKey> {
        self.members
            .values()
            .find(|member| member.identity == identity)
            .map(|member| member.key)
    }

    /// A participant without its tracks, as track webhooks carry it.
    fn brief(&self, key: MemberKey) -> Option<proto::ParticipantInfo> {
        self.members.get(&key).map(|member| proto::ParticipantInfo {
            sid: member.sid.to_string(),
            identity: member.identity.clone(),
            name: member.name.clone(),
            ..Default::default()
        })
    }
}

pub(crate) fn send_to(connection: ConnectionId, message: Message, cx: &mut Context<'_>) {
    let response = proto::SignalResponse {
        message: Some(message),
    };
    cx.outputs
        .push_back(Output::Signal(connection, Box::new(response)));
}

fn update(participants: Vec<proto::ParticipantInfo>) -> Message {
    Message::Update(proto::ParticipantUpdate { participants })
}

/// The codecs that publishers may use.
fn enabled_codecs() -> Vec<proto::Codec> {
    ["video/VP8", "audio/opus", "audio/red"]
        .into_iter()
        .map(|mime| proto::Codec {
            mime: mime.to_owned(),
            fmtp_line: String::new(),
        })
        .collect()
}
