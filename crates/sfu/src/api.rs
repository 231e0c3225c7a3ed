//! The server API's verbs as the engine understands them: one variant per RoomService method.
//! Authorisation by grant happens before a call gets here.

use livekit_protocol as proto;

/// A call of LiveKit's `RoomService`.
#[derive(Clone, Debug)]
pub enum ApiCall {
    CreateRoom(proto::CreateRoomRequest),
    ListRooms(proto::ListRoomsRequest),
    DeleteRoom(proto::DeleteRoomRequest),
    ListParticipants(proto::ListParticipantsRequest),
    GetParticipant(proto::RoomParticipantIdentity),
    RemoveParticipant(proto::RoomParticipantIdentity),
    MutePublishedTrack(proto::MuteRoomTrackRequest),
    UpdateParticipant(proto::UpdateParticipantRequest),
    UpdateSubscriptions(proto::UpdateSubscriptionsRequest),
    SendData(proto::SendDataRequest),
    UpdateRoomMetadata(proto::UpdateRoomMetadataRequest),
}

/// The answer to an [`ApiCall`]: always the variant of the method that was called, or of the type
/// that its method returns (`GetParticipant` and `UpdateParticipant` share one, so do
/// `CreateRoom` and `UpdateRoomMetadata`).
#[derive(Clone, Debug, PartialEq)]
pub enum ApiReply {
    /// `CreateRoom`, `UpdateRoomMetadata`.
    Room(proto::Room),
    ListRooms(proto::ListRoomsResponse),
    DeleteRoom(proto::DeleteRoomResponse),
    ListParticipants(proto::ListParticipantsResponse),
    /// `GetParticipant`, `UpdateParticipant`.
    Participant(proto::ParticipantInfo),
    RemoveParticipant(proto::RemoveParticipantResponse),
    MutePublishedTrack(proto::MuteRoomTrackResponse),
    UpdateSubscriptions(proto::UpdateSubscriptionsResponse),
    SendData(proto::SendDataResponse),
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    #[error("requested room does not exist")]
    RoomNotFound,
    #[error("participant does not exist")]
    ParticipantNotFound,
    #[error("track is not found")]
    TrackNotFound,
    #[error("no room name")]
    NoRoomName,
    #[error("{0}")]
    InvalidArgument(&'static str),
    /// Nobody may open another person's microphone; a mute that a moderator set can be lifted by
    /// letting the person speak again (`UpdateParticipant`), then they unmute themselves.
    #[error("remote unmute not enabled")]
    RemoteUnmuteDisabled,
    #[error("the server is shutting down")]
    ShuttingDown,
}

impl ApiError {
    /// Twirp's error code.
    pub fn twirp_code(&self) -> &'static str {
        match self {
            Self::RoomNotFound | Self::ParticipantNotFound | Self::TrackNotFound => "not_found",
            Self::NoRoomName | Self::InvalidArgument(_) => "invalid_argument",
            Self::RemoteUnmuteDisabled => "failed_precondition",
            Self::ShuttingDown => "unavailable",
        }
    }
}
