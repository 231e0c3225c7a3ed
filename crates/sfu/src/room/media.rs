//! The way of a packet inside a room: from a publisher's peer through its publication and each
//! subscriber's forwarder to the subscriber's peer.

use std::sync::Arc;

use livekit_protocol as proto;
use proto::participant_info::State;
use proto::signal_response::Message;
use str0m::format::Codec;
use str0m::media::Mid;
use str0m::rtp::{RedDecoder, RtpPacket, Ssrc, Vp8Descriptor};

use super::{Context, MemberKey, Room};
use crate::egress::{Egress, Outgoing};
use crate::forward::{Content, Incoming};
use crate::id::TrackSid;
use crate::peer::{PayloadTypes, PeerEvent, StreamName};
use crate::quality::{Quality, judge};
use crate::speakers::{Change, speaker_info};

/// A packet's payload as it came, and without redundancy for receivers that do not know RED.
struct Payload {
    whole: Arc<[u8]>,
    /// The primary encoding inside RED, made when first needed.
    primary: Option<Arc<[u8]>>,
    /// RED around this payload type.
    red_of: Option<u8>,
}

impl Room {
    pub(super) fn handle_peer_event(
        &mut self,
        key: MemberKey,
        event: PeerEvent,
        cx: &mut Context<'_>,
    ) {
        match event {
            PeerEvent::Packet(packet, name) => self.forward(key, &packet, name, cx),
            PeerEvent::Connected => self.connected(key, cx),
            PeerEvent::Reachable(reachable) => self.reachable(key, reachable, cx),
            PeerEvent::Live(ssrc, live) => self.stream_changed(key, ssrc, live, cx),
            PeerEvent::KeyframeNeeded(mid) => self.keyframe_needed(key, mid, cx),
            PeerEvent::ChannelOpen => {}
            PeerEvent::Data(channel, payload) => self.handle_data(key, channel, &payload, cx),
            PeerEvent::Statistics {
                loss_in,
                loss_out,
                round_trip,
            } => {
                if let Some(loss) = loss_out {
                    self.adapt(key, loss, cx);
                }
                let (loss_in, loss_out) = (loss_in.unwrap_or(0.0), loss_out.unwrap_or(0.0));
                let silent = self
                    .members
                    .get(&key)
                    .is_some_and(|member| member.is_silent(cx.now));
                let quality = if silent {
                    Quality::LOST
                } else {
                    judge(loss_in, loss_out, round_trip)
                };
                self.measured(key, quality, cx);
            }
            PeerEvent::Closed => self.connection_closed(key, cx),
        }
    }

    fn forward(
        &mut self,
        key: MemberKey,
        packet: &RtpPacket,
        name: Option<StreamName>,
        cx: &mut Context<'_>,
    ) {
        cx.counters.packets_in.add(1);
        let now = cx.now;
        let Some((mid, rid)) = name else {
            cx.counters.packets_refused.add(1);
            return;
        };
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let codec = member
            .peer
            .received_codec(packet.header.payload_type)
            .map(|(params, red)| (params.spec().codec, red.then(|| *params.pt())));
        let publication = member
            .publications
            .iter_mut()
            .find(|publication| publication.mid == Some(mid));
        let (Some(publication), Some((codec, red_of))) = (publication, codec) else {
            cx.counters.packets_refused.add(1);
            return;
        };
        if publication.muted_by_moderator {
            publication.withheld = true;
            cx.counters.packets_refused.add(1);
            return;
        }
        let (layer, came_alive) = publication.layer_of(packet.header.ssrc, rid);
        let content = match codec {
            Codec::Vp8 => {
                // A payload that is no VP8 would break the receivers' picture, not only itself.
                let Ok(vp8) = Vp8Descriptor::parse(&packet.payload) else {
                    return;
                };
                Content::Video {
                    starts_keyframe: vp8.starts_keyframe(&packet.payload),
                    vp8: Some(vp8),
                }
            }
            _ => Content::Audio,
        };
        if let Content::Video {
            starts_keyframe: true,
            ..
        } = content
        {
            publication.keyframe_arrived(layer);
        }
        let incoming = Incoming {
            layer,
            ssrc: *packet.header.ssrc,
            seq: *packet.seq_no,
            time: packet.header.timestamp,
            arrival: packet.timestamp,
            content,
        };
        let withheld = std::mem::take(&mut publication.withheld);
        let track = publication.sid.clone();
        let subscribers = std::mem::take(&mut publication.subscribers);
        if publication.is_audio()
            && let Some(level) = packet.header.ext_vals.audio_level
        {
            self.speakers.hear(key, level.unsigned_abs(), now);
        }
        if came_alive {
            for subscriber in &subscribers {
                self.retarget(subscriber.member, subscriber.section, now);
            }
        }

        let mut payload = Payload {
            whole: Arc::clone(&packet.payload),
            primary: None,
            red_of,
        };
        let mut awaited = false;
        for subscriber in &subscribers {
            let Some(receiver) = self.members.get_mut(&subscriber.member) else {
                continue;
            };
            let Some(section) = receiver.sections.get_mut(subscriber.section) else {
                continue;
            };
            if withheld {
                section.forwarder.interrupt(now);
            }
            let numbers = section.forwarder.forward(&incoming);
            awaited |= section.forwarder.awaits() == Some(layer);
            let (Some(numbers), Some(types)) = (numbers, section.payload_types) else {
                continue;
            };
            let Some((payload_type, bytes)) = payload.for_receiver(types) else {
                continue;
            };
            let sent = receiver.peer.write(Outgoing {
                mid: section.mid,
                payload_type,
                numbers,
                marker: packet.header.marker,
                extensions: &packet.header.ext_vals,
                arrival: packet.timestamp,
                repeatable: matches!(content, Content::Video { .. }),
                payload: bytes,
            });
            if sent {
                cx.counters.packets_forwarded.add(1);
                self.mark(subscriber.member);
            }
        }

        let mut requests = Vec::new();
        if let Some(publication) = self.publication_mut(key, &track) {
            publication.subscribers = subscribers;
            if awaited && matches!(content, Content::Video { .. }) {
                publication.want_keyframe(layer);
            }
            requests.extend(publication.take_keyframe_requests(now));
        }
        self.ask_keyframes(key, requests);
    }

    fn ask_keyframes(&mut self, publisher: MemberKey, streams: Vec<Ssrc>) {
        if streams.is_empty() {
            return;
        }
        if let Some(member) = self.members.get_mut(&publisher) {
            for ssrc in streams {
                member.peer.request_keyframe(ssrc);
            }
            self.mark(publisher);
        }
    }

    /// A subscriber asks for a key frame: the layer it gets is the one that must make it.
    fn keyframe_needed(&mut self, key: MemberKey, mid: Mid, cx: &mut Context<'_>) {
        let found = self.members.get(&key).and_then(|member| {
            let section = member.sections.iter().find(|section| section.mid == mid)?;
            Some((section.carried.clone()?, section.forwarder.current()?))
        });
        let Some((carried, layer)) = found else {
            return;
        };
        let mut requests = Vec::new();
        if let Some(publication) = self.publication_mut(carried.publisher, &carried.track) {
            publication.want_keyframe(layer);
            requests.extend(publication.take_keyframe_requests(cx.now));
        }
        self.ask_keyframes(carried.publisher, requests);
    }

    /// A publisher stopped one of its layers, or took it up again.
    fn stream_changed(&mut self, key: MemberKey, ssrc: Ssrc, live: bool, cx: &mut Context<'_>) {
        let changed: Option<TrackSid> = self.members.get_mut(&key).and_then(|member| {
            let publication = member
                .publications
                .iter_mut()
                .find_map(|publication| publication.set_live(ssrc, live).then_some(publication));
            publication.map(|publication| publication.sid.clone())
        });
        if let Some(track) = changed {
            self.retarget_all(key, &track, cx.now);
        }
    }

    fn connected(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        member.unreachable_since = None;
        if member.state == State::Active {
            return;
        }
        member.state = State::Active;
        self.tell_everyone(key, cx);
        let info = self.members.get(&key).map(|member| member.info());
        self.webhook("participant_joined", info, None, cx);
    }

    fn reachable(&mut self, key: MemberKey, reachable: bool, cx: &mut Context<'_>) {
        if let Some(member) = self.members.get_mut(&key) {
            member.unreachable_since = match (reachable, member.state) {
                // Before DTLS is up, the time since the join goes on.
                (true, State::Active) => None,
                (true, _) => member.unreachable_since,
                (false, _) => member.unreachable_since.or(Some(cx.now)),
            };
        }
    }

    /// The client closed its connection, or it broke for good. Whoever still signals is told to
    /// begin anew; the others leave.
    fn connection_closed(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let Some(member) = self.members.get(&key) else {
            return;
        };
        tracing::debug!(participant = %member.sid, "a peer connection closed");
        self.remove(
            key,
            proto::DisconnectReason::ConnectionTimeout,
            Some(proto::leave_request::Action::Reconnect),
            cx,
        );
    }

    /// Lowers or raises what a subscriber gets, after what arrived of it.
    fn adapt(&mut self, key: MemberKey, loss: f32, cx: &mut Context<'_>) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        if !member.downlink.report(loss) {
            return;
        }
        tracing::debug!(
            participant = %member.sid,
            ceiling = member.downlink.ceiling(),
            "the layers of a subscriber change with its loss"
        );
        for section in 0..member.sections.len() {
            self.retarget(key, section, cx.now);
        }
    }

    fn measured(&mut self, key: MemberKey, quality: Quality, cx: &mut Context<'_>) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let told = std::mem::replace(&mut member.quality, quality);
        if told.level == quality.level && member.quality_told {
            return;
        }
        member.quality_told = true;
        let update = proto::ConnectionQualityUpdate {
            updates: vec![member.quality_info()],
        };
        let hidden = member.is_hidden();
        let receivers: Vec<_> = self
            .members
            .keys()
            .copied()
            .filter(|&other| other == key || !hidden)
            .collect();
        for receiver in receivers {
            self.send(receiver, Message::ConnectionQuality(update.clone()), cx);
        }
    }

    pub(super) fn tell_speakers(&mut self, cx: &mut Context<'_>) {
        let changes = self.speakers.judge(cx.now);
        if changes.is_empty() {
            return;
        }
        let message = self.speakers_message(&changes);
        let members: Vec<_> = self.members.keys().copied().collect();
        for member in members {
            self.send(member, message.clone(), cx);
        }
    }

    pub(super) fn speakers_message(&self, changes: &[Change]) -> Message {
        let speakers = changes
            .iter()
            .filter_map(|change| {
                let member = self.members.get(&change.member)?;
                let told = !member.is_hidden();
                told.then(|| speaker_info(member.sid.as_str(), change.level))
            })
            .collect();
        Message::SpeakersChanged(proto::SpeakersChanged { speakers })
    }
}

impl Payload {
    /// The payload type and the bytes for a receiver, or `None` where RED is broken.
    fn for_receiver(&mut self, types: PayloadTypes) -> Option<(str0m::media::Pt, &Arc<[u8]>)> {
        let Some(inner) = self.red_of else {
            return Some((types.main, &self.whole));
        };
        // RED names the payload type of what it holds, so it passes only where that is the same.
        if let Some(red) = types.red
            && *types.main == inner
        {
            return Some((red, &self.whole));
        }
        if self.primary.is_none() {
            let blocks = RedDecoder::decode(&self.whole).ok()?;
            self.primary = Some(Arc::from(blocks.last()?.payload));
        }
        self.primary.as_ref().map(|bytes| (types.main, bytes))
    }
}
