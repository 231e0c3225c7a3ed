//! The engine: every room of one shard, and the timers and names by which they are reached.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use livekit_protocol as proto;
use proto::DisconnectReason;
use proto::leave_request::Action;
use rand::SeedableRng;
use rand::rngs::StdRng;
use str0m::config::DtlsCert;

use crate::api::{ApiCall, ApiError, ApiReply};
use crate::config::Config;
use crate::counters::Counters;
use crate::id::ConnectionId;
use crate::join::{Dialect, Join, JoinError};
use crate::output::{Datagram, Output, Transmit};
use crate::room::{Context, PeerId, Room, RoomKey, leave, send_to};

/// A [`Context`] made of the engine's other fields, beside a room borrowed from its map.
macro_rules! context {
    ($sfu:ident, $now:expr) => {
        Context {
            now: $now,
            now_ms: $sfu.origin_ms + $now.saturating_duration_since($sfu.origin).as_millis() as i64,
            config: &$sfu.config,
            counters: &$sfu.counters,
            rng: &mut $sfu.rng,
            certificate: &$sfu.certificate,
            addresses: &$sfu.addresses,
            outputs: &mut $sfu.outputs,
            transmits: &mut $sfu.transmits,
            last_member: &mut $sfu.last_member,
        }
    };
}

/// Something with a deadline. An entry of the heap whose time its owner has moved is stale and
/// is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    Peer(PeerId),
    Room(RoomKey),
}

/// What the engine is made of.
pub struct Setup {
    pub config: Config,
    /// Seeds every identifier and starting number. Take it from the system's randomness.
    pub seed: [u8; 32],
    /// The present, in both clocks. From here on the engine follows the monotonic one.
    pub now: Instant,
    pub unix_ms: i64,
    /// Addresses that clients are told to send media to.
    pub addresses: Vec<SocketAddr>,
    pub counters: Arc<Counters>,
    /// Connections are numbered after this one. An engine that follows another must not repeat its
    /// numbers: what is still said in the name of its connections would reach somebody else's.
    pub last_connection: ConnectionId,
}

/// Why an engine cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("no certificate for DTLS could be made: {0}")]
    Certificate(String),
}

/// All rooms, without a clock, a socket or a runtime. See the crate's documentation.
pub struct Sfu {
    config: Config,
    rng: StdRng,
    origin: Instant,
    origin_ms: i64,
    addresses: Vec<SocketAddr>,
    certificate: DtlsCert,
    counters: Arc<Counters>,
    rooms: HashMap<RoomKey, Room>,
    names: HashMap<String, RoomKey>,
    connections: HashMap<ConnectionId, PeerId>,
    touched: Vec<RoomKey>,
    timers: BinaryHeap<Reverse<(Instant, Timer)>>,
    outputs: VecDeque<Output>,
    transmits: VecDeque<Transmit>,
    last_room: u64,
    last_member: u64,
    last_connection: u64,
    shutting_down: bool,
}

impl Sfu {
    pub fn new(setup: Setup) -> Result<Self, SetupError> {
        let provider = str0m::crypto::from_feature_flags();
        let certificate = provider
            .dtls_provider
            .generate_certificate()
            .ok_or_else(|| SetupError::Certificate("the provider made none".to_owned()))?;
        let sfu = Self {
            config: setup.config,
            rng: StdRng::from_seed(setup.seed),
            origin: setup.now,
            origin_ms: setup.unix_ms,
            addresses: setup.addresses,
            certificate,
            counters: setup.counters,
            rooms: HashMap::new(),
            names: HashMap::new(),
            connections: HashMap::new(),
            touched: Vec::new(),
            timers: BinaryHeap::new(),
            outputs: VecDeque::new(),
            transmits: VecDeque::new(),
            last_room: 0,
            last_member: 0,
            last_connection: setup.last_connection.0,
            shutting_down: false,
        };
        // The figures may still tell of rooms that a former engine had.
        sfu.count();
        Ok(sfu)
    }

    /// Lets a participant in, or resumes it; the first message to it is in the outputs.
    pub fn join(&mut self, now: Instant, join: Join) -> Result<ConnectionId, JoinError> {
        if self.shutting_down {
            return Err(JoinError::ShuttingDown);
        }
        if join.identity.is_empty() {
            return Err(JoinError::NoIdentity);
        }
        if join.room.is_empty() {
            return Err(JoinError::NoRoomName);
        }
        if join.dialect == Dialect::TwoConnections {
            return Err(JoinError::Unsupported(
                "this server speaks /rtc/v1 with one peer connection",
            ));
        }
        self.last_connection += 1;
        let connection = ConnectionId(self.last_connection);
        if join.request.reconnect {
            self.resume(now, connection, join);
            return Ok(connection);
        }
        let request = proto::CreateRoomRequest {
            name: join.room.clone(),
            ..Default::default()
        };
        let (key, _) = self.room_or_new(now, &request);
        let member = self.with_room(now, key, |room, cx| room.join(connection, join, cx));
        let member = member.unwrap_or(Err(JoinError::ShuttingDown))?;
        self.connections
            .insert(connection, PeerId { room: key, member });
        Ok(connection)
    }

    fn resume(&mut self, now: Instant, connection: ConnectionId, join: Join) {
        let room = self.names.get(&join.room).copied();
        let resumed = room.and_then(|key| {
            let member = self.with_room(now, key, |room, cx| room.resume(connection, join, cx));
            member.flatten().map(|member| PeerId { room: key, member })
        });
        match resumed {
            Some(id) => {
                self.connections.insert(connection, id);
            }
            None => {
                let mut cx = context!(self, now);
                let message = leave(DisconnectReason::StateMismatch, Action::Reconnect);
                send_to(connection, message, &mut cx);
                self.outputs.push_back(Output::Close(connection));
            }
        }
    }

    /// Handles a client's message.
    pub fn signal(
        &mut self,
        now: Instant,
        connection: ConnectionId,
        request: proto::SignalRequest,
    ) {
        self.counters.signals_in.add(1);
        if let Some(&id) = self.connections.get(&connection) {
            self.with_room(now, id.room, |room, cx| {
                let current = room.members.get(&id.member);
                // A connection that was replaced by a resume has nothing more to say.
                if current.is_some_and(|member| member.connection == Some(connection)) {
                    room.handle_signal(id.member, request, cx);
                }
            });
        }
    }

    /// The client's signalling connection is gone.
    pub fn closed(&mut self, now: Instant, connection: ConnectionId) {
        if let Some(id) = self.connections.remove(&connection) {
            self.with_room(now, id.room, |room, cx| {
                room.detach(id.member, connection, cx);
            });
        }
    }

    /// Runs a call of the server API.
    pub fn call(&mut self, now: Instant, call: ApiCall) -> Result<ApiReply, ApiError> {
        match call {
            ApiCall::CreateRoom(request) => self.create_room(now, &request),
            ApiCall::ListRooms(request) => Ok(ApiReply::ListRooms(self.list_rooms(&request))),
            ApiCall::DeleteRoom(request) => self.on(now, &request.room, |room, cx| {
                room.close(DisconnectReason::RoomDeleted, cx);
                Ok(ApiReply::DeleteRoom(proto::DeleteRoomResponse::default()))
            }),
            ApiCall::ListParticipants(request) => self.on(now, &request.room, |room, _| {
                Ok(ApiReply::ListParticipants(room.list_participants()))
            }),
            ApiCall::GetParticipant(request) => self.on(now, &request.room, |room, _| {
                room.participant(&request.identity)
                    .map(ApiReply::Participant)
            }),
            ApiCall::RemoveParticipant(request) => self.on(now, &request.room, |room, cx| {
                room.remove_participant(&request.identity, cx)
            }),
            ApiCall::MutePublishedTrack(request) => self.on(now, &request.room, |room, cx| {
                room.mute_published_track(&request, cx)
            }),
            ApiCall::UpdateParticipant(request) => {
                let name = request.room.clone();
                self.on(now, &name, |room, cx| room.update_participant(request, cx))
            }
            ApiCall::UpdateSubscriptions(request) => {
                let name = request.room.clone();
                self.on(now, &name, |room, cx| {
                    room.update_subscriptions(request, cx)
                })
            }
            ApiCall::SendData(request) => {
                let name = request.room.clone();
                self.on(now, &name, |room, cx| Ok(room.send_data(request, cx)))
            }
            ApiCall::UpdateRoomMetadata(request) => self.on(now, &request.room, |room, cx| {
                Ok(room.update_room_metadata(request.metadata.clone(), cx))
            }),
        }
    }

    fn create_room(
        &mut self,
        now: Instant,
        request: &proto::CreateRoomRequest,
    ) -> Result<ApiReply, ApiError> {
        if request.name.is_empty() {
            return Err(ApiError::NoRoomName);
        }
        if self.shutting_down {
            return Err(ApiError::ShuttingDown);
        }
        let (key, created) = self.room_or_new(now, request);
        let info = self.with_room(now, key, |room, _| {
            if !created {
                room.reconfigure(request);
            }
            room.info()
        });
        info.map(ApiReply::Room).ok_or(ApiError::RoomNotFound)
    }

    fn list_rooms(&self, request: &proto::ListRoomsRequest) -> proto::ListRoomsResponse {
        let mut rooms: Vec<_> = self
            .rooms
            .values()
            .filter(|room| request.names.is_empty() || request.names.contains(&room.name))
            .map(Room::info)
            .collect();
        rooms.sort_by(|a, b| (a.creation_time_ms, &a.sid).cmp(&(b.creation_time_ms, &b.sid)));
        proto::ListRoomsResponse { rooms }
    }

    fn on(
        &mut self,
        now: Instant,
        name: &str,
        act: impl FnOnce(&mut Room, &mut Context<'_>) -> Result<ApiReply, ApiError>,
    ) -> Result<ApiReply, ApiError> {
        if name.is_empty() {
            return Err(ApiError::NoRoomName);
        }
        let key = *self.names.get(name).ok_or(ApiError::RoomNotFound)?;
        self.with_room(now, key, act)
            .unwrap_or(Err(ApiError::RoomNotFound))
    }

    /// Whether a datagram from an unknown address belongs to a peer: ICE proves it.
    pub fn accepts(&self, now: Instant, peer: PeerId, datagram: &Datagram<'_>) -> bool {
        self.rooms
            .get(&peer.room)
            .and_then(|room| room.members.get(&peer.member))
            .is_some_and(|member| member.peer.accepts(now, datagram))
    }

    /// Takes a datagram. What it causes leaves with [`Sfu::flush`], which the host calls when it
    /// has handed over everything that one receive call brought.
    pub fn receive(&mut self, now: Instant, peer: PeerId, datagram: &Datagram<'_>) {
        if let Some(room) = self.rooms.get_mut(&peer.room) {
            let mut cx = context!(self, now);
            room.receive(peer.member, datagram, &mut cx);
            self.touched.push(peer.room);
        }
    }

    /// Lets everything out that was received or written since the last time.
    pub fn flush(&mut self, now: Instant) {
        while let Some(key) = self.touched.pop() {
            let Some(room) = self.rooms.get_mut(&key) else {
                continue;
            };
            let mut cx = context!(self, now);
            room.flush(&mut cx);
            if room.take_restless() {
                self.settle(now, key);
            } else {
                self.schedule(key);
            }
        }
    }

    /// The next time at which [`Sfu::handle_timeout`] must be called.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.timers.peek().map(|Reverse((at, _))| *at)
    }

    /// Fires every timer that is due.
    pub fn handle_timeout(&mut self, now: Instant) {
        while let Some(&Reverse((at, timer))) = self.timers.peek() {
            if at > now {
                break;
            }
            self.timers.pop();
            match timer {
                Timer::Peer(id) => self.peer_timer(at, id),
                Timer::Room(key) => self.room_timer(now, at, key),
            }
        }
        self.flush(now);
    }

    fn peer_timer(&mut self, at: Instant, id: PeerId) {
        let Some(room) = self.rooms.get_mut(&id.room) else {
            return;
        };
        if let Some(member) = room.members.get_mut(&id.member)
            && member.scheduled == Some(at)
        {
            member.scheduled = None;
            room.mark(id.member);
            self.touched.push(id.room);
        }
    }

    fn room_timer(&mut self, now: Instant, at: Instant, key: RoomKey) {
        let due = self.rooms.get_mut(&key).is_some_and(|room| {
            let due = room.scheduled == Some(at);
            if due {
                room.scheduled = None;
            }
            due
        });
        if due {
            self.with_room(now, key, |room, cx| room.handle_timeout(cx));
        }
    }

    /// The next thing for the host to do.
    pub fn poll_output(&mut self) -> Option<Output> {
        let output = self.outputs.pop_front()?;
        if let Output::Close(connection) = &output {
            self.connections.remove(connection);
        }
        Some(output)
    }

    /// The next datagram to send.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.transmits.pop_front()
    }

    /// Sends everyone away with the advice to come back, and refuses newcomers.
    pub fn shut_down(&mut self, now: Instant) {
        self.shutting_down = true;
        let rooms: Vec<_> = self.rooms.keys().copied().collect();
        for key in rooms {
            self.with_room(now, key, |room, cx| {
                room.close(DisconnectReason::ServerShutdown, cx);
            });
        }
    }

    fn room_or_new(&mut self, now: Instant, request: &proto::CreateRoomRequest) -> (RoomKey, bool) {
        if let Some(&key) = self.names.get(&request.name) {
            return (key, false);
        }
        self.last_room += 1;
        let key = RoomKey(self.last_room);
        let mut cx = context!(self, now);
        let room = Room::new(key, request, &mut cx);
        self.rooms.insert(key, room);
        self.names.insert(request.name.clone(), key);
        (key, true)
    }

    /// Acts on a room, then lets out what that caused.
    fn with_room<T>(
        &mut self,
        now: Instant,
        key: RoomKey,
        act: impl FnOnce(&mut Room, &mut Context<'_>) -> T,
    ) -> Option<T> {
        let room = self.rooms.get_mut(&key)?;
        let mut cx = context!(self, now);
        let result = act(room, &mut cx);
        room.flush(&mut cx);
        self.settle(now, key);
        Some(result)
    }

    /// After a room has acted: ends it if it is over, else sees to its timers and the figures.
    fn settle(&mut self, now: Instant, key: RoomKey) {
        let Some(room) = self.rooms.get_mut(&key) else {
            return;
        };
        if room.is_over(now) {
            let mut cx = context!(self, now);
            room.finish(&mut cx);
            self.names.remove(&room.name);
            self.rooms.remove(&key);
            self.count();
            return;
        }
        let deadline = room.deadline();
        self.schedule_room(key, deadline);
        self.schedule(key);
        self.count();
    }

    /// Sees to the timers of the peers that were drained, and to the window of the speakers.
    fn schedule(&mut self, key: RoomKey) {
        let Some(room) = self.rooms.get_mut(&key) else {
            return;
        };
        let speakers = room.speakers_deadline();
        for member in room.take_drained() {
            let Some(member) = room.members.get_mut(&member) else {
                continue;
            };
            if let Some(at) = member.peer.deadline()
                && member.scheduled.is_none_or(|scheduled| at < scheduled)
            {
                member.scheduled = Some(at);
                let id = PeerId {
                    room: key,
                    member: member.key,
                };
                self.timers.push(Reverse((at, Timer::Peer(id))));
            }
        }
        self.schedule_room(key, speakers);
    }

    fn schedule_room(&mut self, key: RoomKey, deadline: Option<Instant>) {
        if let Some(room) = self.rooms.get_mut(&key)
            && let Some(at) = deadline
            && room.scheduled.is_none_or(|scheduled| at < scheduled)
        {
            room.scheduled = Some(at);
            self.timers.push(Reverse((at, Timer::Room(key))));
        }
    }

    fn count(&self) {
        let members = self.rooms.values().flat_map(|room| room.members.values());
        let (mut participants, mut tracks) = (0, 0);
        for member in members {
            participants += 1;
            tracks += member.publications.len() as u64;
        }
        self.counters.rooms.set(self.rooms.len() as u64);
        self.counters.participants.set(participants);
        self.counters.tracks.set(tracks);
    }
}
