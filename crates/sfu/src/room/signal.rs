//! Messages of clients, one arm each.

use livekit_protocol as proto;
use proto::request_response::{Reason, Request};
use proto::signal_request::Message as Asked;
use proto::signal_response::Message;
use proto::{DisconnectReason, RequestResponse};

use super::{Context, MemberKey, Room};

/// Bounds of what a participant may say of itself: LiveKit's defaults.
const LONGEST_NAME: usize = 256;
const LARGEST_METADATA: usize = 64_000;

impl Room {
    /// Handles one message. What makes no sense is answered or ignored, never trusted.
    pub fn handle_signal(
        &mut self,
        key: MemberKey,
        request: proto::SignalRequest,
        cx: &mut Context<'_>,
    ) {
        let Some(message) = request.message else {
            return;
        };
        match message {
            Asked::Offer(offer) => self.handle_offer(key, offer, cx),
            // The server never offers to a client with one connection.
            Asked::Answer(_) => {}
            Asked::Trickle(trickle) => self.trickle(key, &trickle),
            Asked::AddTrack(request) => self.add_track(key, request, cx),
            Asked::Mute(request) => self.client_mute(key, request, cx),
            Asked::Subscription(request) => self.update_subscription(key, &request, cx),
            Asked::TrackSetting(request) => self.update_track_settings(key, &request, cx.now),
            Asked::Leave(_) => self.remove(key, DisconnectReason::ClientInitiated, None, cx),
            Asked::SubscriptionPermission(audience) => self.update_audience(key, audience, cx),
            Asked::SyncState(state) => self.sync(key, state, cx),
            Asked::Ping(_) => self.send(key, Message::Pong(cx.now_ms), cx),
            Asked::PingReq(ping) => {
                let pong = proto::Pong {
                    last_ping_timestamp: ping.timestamp,
                    timestamp: cx.now_ms,
                };
                self.send(key, Message::PongResp(pong), cx);
            }
            Asked::UpdateMetadata(request) => self.update_metadata(key, request, cx),
            Asked::UpdateAudioTrack(request) => self.update_audio_track(key, request, cx),
            Asked::UpdateVideoTrack(request) => self.update_video_track(key, &request, cx),
            Asked::PublishDataTrackRequest(request) => {
                let request = Request::PublishDataTrack(request);
                self.unsupported(key, 0, Some(request), cx);
            }
            Asked::UnpublishDataTrackRequest(request) => {
                let request = Request::UnpublishDataTrack(request);
                self.unsupported(key, 0, Some(request), cx);
            }
            Asked::StoreDataBlobRequest(request) => {
                self.unsupported(key, request.request_id, None, cx);
            }
            Asked::GetDataBlobRequest(request) => {
                self.unsupported(key, request.request_id, None, cx);
            }
            // Data tracks are not offered, so there is nothing to subscribe to; scenarios are a
            // tool of LiveKit's own tests; layers are chosen by their encoder.
            #[expect(deprecated, reason = "named so that the match stays complete")]
            Asked::UpdateDataSubscription(_) | Asked::Simulate(_) | Asked::UpdateLayers(_) => {}
        }
        self.mark(key);
    }

    /// Candidates that mean nothing here are ignored: `.local` names, and the empty last one.
    fn trickle(&mut self, key: MemberKey, trickle: &proto::TrickleRequest) {
        if let Some(candidate) = candidate_of(&trickle.candidate_init)
            && let Some(member) = self.members.get_mut(&key)
        {
            member.peer.add_remote_candidate(&candidate);
        }
    }

    /// After a resume the client says what it believes. We kept the participant, so only its
    /// choices of tracks can have been lost on the way.
    pub(super) fn sync(&mut self, key: MemberKey, state: proto::SyncState, cx: &mut Context<'_>) {
        if let Some(subscription) = state.subscription {
            self.update_subscription(key, &subscription, cx);
        }
        let disabled = proto::UpdateTrackSettings {
            track_sids: state.track_sids_disabled,
            disabled: true,
            ..Default::default()
        };
        self.update_track_settings(key, &disabled, cx.now);
    }

    fn update_metadata(
        &mut self,
        key: MemberKey,
        request: proto::UpdateParticipantMetadata,
        cx: &mut Context<'_>,
    ) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let id = request.request_id;
        let refusal = if !member.grants.can_update_own_metadata {
            Some((
                Reason::NotAllowed,
                "does not have permission to update own metadata",
            ))
        } else if request.name.len() > LONGEST_NAME
            || request.metadata.len() > LARGEST_METADATA
            || attributes_size(&request.attributes) > LARGEST_METADATA
        {
            Some((Reason::LimitExceeded, "exceeds the limits of metadata"))
        } else {
            None
        };
        if let Some((reason, message)) = refusal {
            let request = Request::UpdateMetadata(request);
            self.respond(key, id, reason, message, Some(request), cx);
            return;
        }
        self.change_person(
            key,
            &request.name,
            &request.metadata,
            request.attributes,
            cx,
        );
        self.respond(key, id, Reason::Ok, "", None, cx);
    }

    /// Changes what is said of a person; empty strings change nothing, an empty attribute is
    /// taken away.
    pub(super) fn change_person(
        &mut self,
        key: MemberKey,
        name: &str,
        metadata: &str,
        attributes: std::collections::HashMap<String, String>,
        cx: &mut Context<'_>,
    ) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        if !name.is_empty() {
            name.clone_into(&mut member.name);
        }
        if !metadata.is_empty() {
            metadata.clone_into(&mut member.metadata);
        }
        for (attribute, value) in attributes {
            if value.is_empty() {
                member.attributes.remove(&attribute);
            } else {
                member.attributes.insert(attribute, value);
            }
        }
        self.tell_everyone(key, cx);
    }

    fn unsupported(&self, key: MemberKey, id: u32, request: Option<Request>, cx: &mut Context<'_>) {
        let reason = Reason::UnsupportedType;
        self.respond(
            key,
            id,
            reason,
            "this server does not offer it",
            request,
            cx,
        );
    }

    /// Answers a request that LiveKit answers with `request_response`.
    pub(super) fn respond(
        &self,
        key: MemberKey,
        id: u32,
        reason: Reason,
        message: &str,
        request: Option<Request>,
        cx: &mut Context<'_>,
    ) {
        let response = RequestResponse {
            request_id: id,
            reason: reason as i32,
            message: message.to_owned(),
            request,
        };
        self.send(key, Message::RequestResponse(response), cx);
    }
}

/// Whether a set of attributes is within bounds together.
pub(super) fn attributes_size(attributes: &std::collections::HashMap<String, String>) -> usize {
    attributes.iter().map(|(k, v)| k.len() + v.len()).sum()
}

/// The candidate line inside the JSON that browsers trickle (`RTCIceCandidateInit`). Candidates
/// hold no escapes, so the string between the quotes is the value.
fn candidate_of(init: &str) -> Option<String> {
    let (_, rest) = init.split_once("\"candidate\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let value = rest.strip_prefix('"')?;
    let (candidate, _) = value.split_once('"')?;
    (!candidate.is_empty()).then(|| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trickled_candidate_is_found_in_its_json() {
        let line = "candidate:1 1 udp 2122260223 10.0.0.1 54321 typ host";
        let json = format!(r#"{{"sdpMid":"0", "candidate" : "{line}","sdpMLineIndex":0}}"#);
        assert_eq!(candidate_of(&json).as_deref(), Some(line));
        for nothing in [
            "",
            "{}",
            r#"{"candidate":""}"#,
            r#"{"candidate":null}"#,
            "\"candidate\"",
        ] {
            assert_eq!(candidate_of(nothing), None, "{nothing}");
        }
    }
}
