//! Coming, coming back and going.

use livekit_protocol as proto;
use proto::leave_request::Action;
use proto::participant_info::State;
use proto::signal_response::Message;
use proto::{DisconnectReason, TrackType};

use super::{Context, MemberKey, PeerId, Room, enabled_codecs, send_to, update};
use crate::id::{ConnectionId, ParticipantSid};
use crate::join::{Join, JoinError};
use crate::output::Output;
use crate::participant::{Asked, CONNECT_WINDOW, Participant, REFRESH_INTERVAL, RESUME_WINDOW};
use crate::peer::Peer;

/// The version that clients compare with: JS wants 1.8.0 for RPC, and takes a version above
/// 1.13.6 as leave to send VP9 and AV1 in layers.
const SERVER_VERSION: &str = "1.13.5";
const PROTOCOL: i32 = 17;
const PING_INTERVAL_SECONDS: i32 = 5;
const PING_TIMEOUT_SECONDS: i32 = 15;

impl Room {
    /// Lets someone in. A participant of the same identity gives way.
    pub fn join(
        &mut self,
        connection: ConnectionId,
        join: Join,
        cx: &mut Context<'_>,
    ) -> Result<MemberKey, JoinError> {
        let former = self.find(&join.identity);
        let others = self.members.len() - usize::from(former.is_some());
        if self.max_participants > 0 && others >= self.max_participants as usize {
            return Err(JoinError::RoomFull);
        }
        // Before `other_participants` is made, or the client sees its own ghost.
        if let Some(former) = former {
            self.remove(
                former,
                DisconnectReason::DuplicateIdentity,
                Some(Action::Disconnect),
                cx,
            );
        }
        *cx.last_member += 1;
        let key = MemberKey(*cx.last_member);
        let peer = Peer::new(cx.certificate, cx.addresses, cx.now);
        let sid = ParticipantSid::random(cx.rng);
        let mut member = Participant::new(key, sid, connection, &join, peer, cx.now, cx.now_ms);
        member.ufrag = member.peer.ufrag();
        cx.outputs
            .push_back(Output::Route(member.ufrag.clone(), self.peer_id(key)));
        self.members.insert(key, member);
        self.closes_at = None;

        self.send_join_response(key, cx);
        self.tell_others(key, cx);
        self.send_refresh_token(key, cx);
        self.tell_newcomer(key, cx);
        for request in join.request.add_track_requests {
            self.add_track(key, request, cx);
        }
        if let Some(offer) = join.request.publisher_offer {
            self.handle_offer(key, offer, cx);
        }
        self.mark(key);
        Ok(key)
    }

    /// Who speaks, and how well everyone is connected: what others heard of as it changed.
    fn tell_newcomer(&self, key: MemberKey, cx: &mut Context<'_>) {
        let speaking = self.speakers.current();
        if !speaking.is_empty() {
            self.send(key, self.speakers_message(&speaking), cx);
        }
        let updates: Vec<_> = self
            .members
            .values()
            .filter(|member| member.quality_told && !member.is_hidden())
            .map(Participant::quality_info)
            .collect();
        if !updates.is_empty() {
            let qualities = proto::ConnectionQualityUpdate { updates };
            self.send(key, Message::ConnectionQuality(qualities), cx);
        }
    }

    /// Gives a participant who lost its signalling connection a new one. Returns `None` where
    /// there is none to resume.
    pub fn resume(
        &mut self,
        connection: ConnectionId,
        join: Join,
        cx: &mut Context<'_>,
    ) -> Option<MemberKey> {
        let key = self.find(&join.identity)?;
        let member = self.members.get_mut(&key)?;
        let asked = &join.request.participant_sid;
        if !asked.is_empty() && asked != member.sid.as_str() {
            return None;
        }
        if let Some(old) = member.connection.replace(connection) {
            cx.outputs.push_back(Output::Close(old));
        }
        member.detached_at = None;
        // What was asked over the old connection may not have arrived.
        member.asked = Asked::default();
        let last_message_seq = member.last_reliable;
        let own = member.info();
        let withheld: Vec<_> = member
            .publications
            .iter()
            .filter(|publication| publication.muted_by_moderator)
            .map(|publication| publication.sid.to_string())
            .collect();
        self.send(
            key,
            Message::Reconnect(proto::ReconnectResponse {
                ice_servers: cx.config.ice_servers.clone(),
                client_configuration: None,
                server_info: Some(server_info(cx)),
                last_message_seq,
            }),
            cx,
        );
        let mut infos: Vec<_> = self.departed.iter().map(|(_, info)| info.clone()).collect();
        infos.retain(|info| self.find(&info.identity).is_none());
        infos.extend(self.visible_others(key));
        infos.push(own);
        self.send(key, update(infos), cx);
        let room = Some(self.info());
        self.send(key, Message::RoomUpdate(proto::RoomUpdate { room }), cx);
        for sid in withheld {
            let mute = proto::MuteTrackRequest { sid, muted: true };
            self.send(key, Message::Mute(mute), cx);
        }
        self.send_refresh_token(key, cx);
        if let Some(state) = join.request.sync_state {
            self.sync(key, state, cx);
        }
        if let Some(offer) = join.request.publisher_offer {
            self.handle_offer(key, offer, cx);
        }
        self.request_sections(key, cx);
        self.mark(key);
        Some(key)
    }

    /// The signalling connection is gone; its owner may come back.
    pub fn detach(&mut self, key: MemberKey, connection: ConnectionId, cx: &mut Context<'_>) {
        if let Some(member) = self.members.get_mut(&key)
            && member.connection == Some(connection)
        {
            member.connection = None;
            member.detached_at = Some(cx.now);
        }
    }

    /// Takes someone out of the room. With an action, the client is told why and disconnected.
    pub fn remove(
        &mut self,
        key: MemberKey,
        reason: DisconnectReason,
        told: Option<Action>,
        cx: &mut Context<'_>,
    ) {
        while let Some(publication) = self
            .members
            .get(&key)
            .and_then(|member| member.publications.first())
        {
            let sid = publication.sid.clone();
            self.unpublish(key, &sid, cx);
        }
        let Some(mut member) = self.members.remove(&key) else {
            return;
        };
        for publication in self.members.values_mut().flat_map(|m| &mut m.publications) {
            publication.subscribers.retain(|s| s.member != key);
        }
        if let Some(connection) = member.connection {
            if let Some(action) = told {
                send_to(connection, leave(reason, action), cx);
            }
            cx.outputs.push_back(Output::Close(connection));
        }
        let was_active = member.state == State::Active;
        member.state = State::Disconnected;
        member.touch();
        let info = proto::ParticipantInfo {
            disconnect_reason: reason as i32,
            ..member.info()
        };
        // A client that was told closes its connection itself, and would take ours for a fault.
        if told.is_none() {
            member.peer.close();
            member.peer.drain(&mut Vec::new(), cx.transmits);
        }
        cx.outputs.push_back(Output::Unroute(self.peer_id(key)));
        self.speakers.forget(key);
        if !member.is_hidden() {
            self.tell_all_but(key, &info, cx);
            self.departed.push_back((cx.now, info.clone()));
        }
        let event = if was_active {
            "participant_left"
        } else {
            "participant_connection_aborted"
        };
        self.webhook(event, Some(info), None, cx);
        if self.members.is_empty() {
            self.closes_at = Some(cx.now + self.departure_timeout);
        }
    }

    /// Tells a client to give up and begin anew: its state and ours have parted.
    pub fn force_rejoin(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        self.remove(
            key,
            DisconnectReason::StateMismatch,
            Some(Action::Reconnect),
            cx,
        );
    }

    pub(super) fn member_timeout(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let over = |since: Option<std::time::Instant>, window| {
            since.is_some_and(|at| at + window <= cx.now)
        };
        if over(member.detached_at, RESUME_WINDOW) {
            self.remove(key, DisconnectReason::SignalClose, None, cx);
        } else if over(member.unreachable_since, CONNECT_WINDOW) {
            let reason = if member.state == State::Active {
                DisconnectReason::ConnectionTimeout
            } else {
                DisconnectReason::JoinFailure
            };
            self.remove(key, reason, Some(Action::Reconnect), cx);
        } else if member.refresh_at <= cx.now {
            self.send_refresh_token(key, cx);
        }
    }

    /// Sends a token with the present grants, and sets the time of the next.
    pub(super) fn send_refresh_token(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        member.refresh_at = cx.now + REFRESH_INTERVAL;
        if let Some(token) = (cx.config.mint)(&member.claims(&self.name)) {
            self.send(key, Message::RefreshToken(token), cx);
        }
    }

    pub(super) fn peer_id(&self, member: MemberKey) -> PeerId {
        PeerId {
            room: self.key,
            member,
        }
    }

    fn send_join_response(&self, key: MemberKey, cx: &mut Context<'_>) {
        let Some(member) = self.members.get(&key) else {
            return;
        };
        let response = proto::JoinResponse {
            room: Some(self.info()),
            participant: Some(member.info()),
            other_participants: self.visible_others(key),
            server_version: SERVER_VERSION.to_owned(),
            ice_servers: cx.config.ice_servers.clone(),
            // With one connection there is no subscriber one to be primary.
            subscriber_primary: false,
            ping_timeout: PING_TIMEOUT_SECONDS,
            ping_interval: PING_INTERVAL_SECONDS,
            server_info: Some(server_info(cx)),
            enabled_publish_codecs: enabled_codecs(),
            fast_publish: member.grants.can_publish,
            sif_trailer: self.sif_trailer.to_vec(),
            ..Default::default()
        };
        self.send(key, Message::Join(response), cx);
    }
}

/// The message that ends a session.
pub(crate) fn leave(reason: DisconnectReason, action: Action) -> Message {
    Message::Leave(proto::LeaveRequest {
        can_reconnect: action != Action::Disconnect,
        reason: reason as i32,
        action: action as i32,
        regions: None,
    })
}

fn server_info(cx: &Context<'_>) -> proto::ServerInfo {
    proto::ServerInfo {
        edition: proto::server_info::Edition::Standard as i32,
        version: SERVER_VERSION.to_owned(),
        protocol: PROTOCOL,
        node_id: cx.config.node_id.clone(),
        ..Default::default()
    }
}

/// Whether a request of this type is one that this server can carry.
pub(super) fn is_media(kind: TrackType) -> bool {
    matches!(kind, TrackType::Audio | TrackType::Video)
}
