//! The server API's calls on one room. Rooms are created and listed by the engine.

use livekit_protocol as proto;
use proto::DisconnectReason;
use proto::leave_request::Action;
use proto::signal_response::Message;

use super::{Context, MemberKey, Room};
use crate::api::{ApiError, ApiReply};

impl Room {
    pub fn list_participants(&self) -> proto::ListParticipantsResponse {
        proto::ListParticipantsResponse {
            participants: self.members.values().map(|member| member.info()).collect(),
        }
    }

    pub fn participant(&self, identity: &str) -> Result<proto::ParticipantInfo, ApiError> {
        let key = self.known(identity)?;
        let member = self.members.get(&key);
        member
            .map(|member| member.info())
            .ok_or(ApiError::ParticipantNotFound)
    }

    pub fn remove_participant(
        &mut self,
        identity: &str,
        cx: &mut Context<'_>,
    ) -> Result<ApiReply, ApiError> {
        let key = self.known(identity)?;
        self.remove(
            key,
            DisconnectReason::ParticipantRemoved,
            Some(Action::Disconnect),
            cx,
        );
        Ok(ApiReply::RemoveParticipant(
            proto::RemoveParticipantResponse::default(),
        ))
    }

    pub fn mute_published_track(
        &mut self,
        request: &proto::MuteRoomTrackRequest,
        cx: &mut Context<'_>,
    ) -> Result<ApiReply, ApiError> {
        let key = self.known(&request.identity)?;
        let member = self
            .members
            .get(&key)
            .ok_or(ApiError::ParticipantNotFound)?;
        let index = member
            .publication(&request.track_sid)
            .ok_or(ApiError::TrackNotFound)?;
        let info = &member.publications[index].info;
        let track = match (request.muted, info.muted) {
            (false, true) => return Err(ApiError::RemoteUnmuteDisabled),
            (false, false) => Some(info.clone()),
            (true, _) => self.moderator_mute(key, &request.track_sid, cx),
        };
        Ok(ApiReply::MutePublishedTrack(proto::MuteRoomTrackResponse {
            track,
        }))
    }

    pub fn update_participant(
        &mut self,
        request: proto::UpdateParticipantRequest,
        cx: &mut Context<'_>,
    ) -> Result<ApiReply, ApiError> {
        let key = self.known(&request.identity)?;
        if let Some(permission) = &request.permission {
            self.set_permission(key, permission, cx);
        }
        self.change_person(
            key,
            &request.name,
            &request.metadata,
            request.attributes,
            cx,
        );
        self.participant(&request.identity)
            .map(ApiReply::Participant)
    }

    /// Puts new grants in force at once: tracks and subscriptions that they do not allow end.
    fn set_permission(
        &mut self,
        key: MemberKey,
        permission: &proto::ParticipantPermission,
        cx: &mut Context<'_>,
    ) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let grants = member.grants.replaced_by(permission);
        if grants == member.grants {
            return;
        }
        let disappears = grants.hidden && !member.is_hidden();
        member.grants = grants;
        if disappears {
            let gone = proto::ParticipantInfo {
                state: proto::participant_info::State::Disconnected as i32,
                ..member.info()
            };
            self.tell_all_but(key, &gone, cx);
        }
        self.enforce_publish_grants(key, cx);
        self.reconcile_all(cx);
        self.send_refresh_token(key, cx);
    }

    pub fn update_subscriptions(
        &mut self,
        request: proto::UpdateSubscriptionsRequest,
        cx: &mut Context<'_>,
    ) -> Result<ApiReply, ApiError> {
        let key = self.known(&request.identity)?;
        let update = proto::UpdateSubscription {
            track_sids: request.track_sids,
            subscribe: request.subscribe,
            participant_tracks: request.participant_tracks,
        };
        self.update_subscription(key, &update, cx);
        Ok(ApiReply::UpdateSubscriptions(
            proto::UpdateSubscriptionsResponse::default(),
        ))
    }

    pub fn send_data(&mut self, request: proto::SendDataRequest, cx: &mut Context<'_>) -> ApiReply {
        self.send_server_data(request, cx);
        ApiReply::SendData(proto::SendDataResponse::default())
    }

    pub fn update_room_metadata(&mut self, metadata: String, cx: &mut Context<'_>) -> ApiReply {
        self.metadata = metadata;
        let info = self.info();
        let members: Vec<_> = self.members.keys().copied().collect();
        for member in members {
            let room = Some(info.clone());
            self.send(member, Message::RoomUpdate(proto::RoomUpdate { room }), cx);
        }
        ApiReply::Room(info)
    }

    fn known(&self, identity: &str) -> Result<MemberKey, ApiError> {
        self.find(identity).ok_or(ApiError::ParticipantNotFound)
    }
}
