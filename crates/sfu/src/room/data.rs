//! Data messages: the sender's name is ours to write, not the sender's.

use livekit_protocol as proto;
use prost::Message as _;
use proto::data_packet::{Kind, Value};

use super::{Context, MemberKey, Room};
use crate::peer::DataChannel;

/// LiveKit's limit for one message.
const LARGEST: usize = 64_000;

impl Room {
    pub(super) fn handle_data(
        &mut self,
        key: MemberKey,
        channel: DataChannel,
        payload: &[u8],
        cx: &mut Context<'_>,
    ) {
        let kind = match channel {
            DataChannel::Reliable => Kind::Reliable,
            DataChannel::Lossy => Kind::Lossy,
            // Data tracks are refused when they are announced; nothing is to be forwarded.
            DataChannel::DataTrack => return,
        };
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        if !member.grants.can_publish_data || payload.len() > LARGEST {
            return;
        }
        let Ok(mut packet) = proto::DataPacket::decode(payload) else {
            return;
        };
        if !may_pass(packet.value.as_ref()) {
            return;
        }
        if kind == Kind::Reliable && packet.sequence > 0 {
            // A client that resumed repeats what it cannot know to have arrived.
            if packet.sequence <= member.last_reliable {
                return;
            }
            member.last_reliable = packet.sequence;
        }
        sign(&mut packet, kind, member.sid.as_str(), &member.identity);
        self.deliver(Some(key), channel, &packet, cx);
    }

    /// `SendData`: a message from the server, which has no sender.
    pub(super) fn send_server_data(
        &mut self,
        request: proto::SendDataRequest,
        cx: &mut Context<'_>,
    ) {
        let kind = request.kind();
        #[expect(deprecated, reason = "older clients still send sids")]
        let sids = request.destination_sids.clone();
        let mut destinations = request.destination_identities.clone();
        destinations.extend(
            self.members
                .values()
                .filter(|member| sids.iter().any(|sid| sid == member.sid.as_str()))
                .map(|member| member.identity.clone()),
        );
        let mut packet = proto::DataPacket {
            destination_identities: destinations,
            value: Some(Value::User(proto::UserPacket {
                payload: request.data,
                topic: request.topic,
                ..Default::default()
            })),
            ..Default::default()
        };
        sign(&mut packet, kind, "", "");
        let channel = match kind {
            Kind::Reliable => DataChannel::Reliable,
            Kind::Lossy => DataChannel::Lossy,
        };
        self.deliver(None, channel, &packet, cx);
    }

    fn deliver(
        &mut self,
        from: Option<MemberKey>,
        channel: DataChannel,
        packet: &proto::DataPacket,
        cx: &mut Context<'_>,
    ) {
        let bytes = packet.encode_to_vec();
        let destinations = &packet.destination_identities;
        let receivers: Vec<_> = self
            .members
            .values()
            .filter(|member| {
                Some(member.key) != from
                    && (destinations.is_empty() || destinations.contains(&member.identity))
            })
            .map(|member| member.key)
            .collect();
        for receiver in receivers {
            let sent = self
                .members
                .get_mut(&receiver)
                .is_some_and(|member| member.peer.send_data(channel, &bytes));
            if sent {
                cx.counters.data_messages.add(1);
                self.mark(receiver);
            }
        }
    }
}

/// Overwrites who sent a message and how.
fn sign(packet: &mut proto::DataPacket, kind: Kind, sid: &str, identity: &str) {
    #[expect(deprecated, reason = "clients before protocol 12 read these fields")]
    {
        packet.kind = kind as i32;
        if let Some(Value::User(user)) = &mut packet.value {
            user.participant_sid = sid.to_owned();
            user.participant_identity = identity.to_owned();
            if packet.destination_identities.is_empty() {
                packet
                    .destination_identities
                    .clone_from(&user.destination_identities);
            }
        }
    }
    packet.participant_sid = sid.to_owned();
    packet.participant_identity = identity.to_owned();
}

/// Messages between participants pass; what only a server says does not.
fn may_pass(value: Option<&Value>) -> bool {
    matches!(
        value,
        Some(
            Value::User(_)
                | Value::SipDtmf(_)
                | Value::Transcription(_)
                | Value::ChatMessage(_)
                | Value::RpcRequest(_)
                | Value::RpcAck(_)
                | Value::RpcResponse(_)
                | Value::StreamHeader(_)
                | Value::StreamChunk(_)
                | Value::StreamTrailer(_)
                | Value::EncryptedPacket(_)
        )
    )
}
