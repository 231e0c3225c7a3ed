//! LiveKit's RoomService: which grant each method needs, which limits it is held to, and what
//! stays known about people after it (see [`crate::standing`]). The engine does the rest.

use std::sync::Arc;

use kafedra_sfu::{ApiCall, ApiError, ApiReply};
use livekit_api::access_token::Claims;

use crate::admission::size_of_attributes;
use crate::clock;
use crate::config::Limits;
use crate::server::Host;
use crate::token::TokenError;
use crate::twirp::{Encoding, Error};

/// The service as it stands in the path.
pub const NAME: &str = "livekit.RoomService";

const METHODS: [&str; 11] = [
    "CreateRoom",
    "ListRooms",
    "DeleteRoom",
    "ListParticipants",
    "GetParticipant",
    "RemoveParticipant",
    "MutePublishedTrack",
    "UpdateParticipant",
    "UpdateSubscriptions",
    "SendData",
    "UpdateRoomMetadata",
];

/// Methods that LiveKit's open server does not offer either, or that are not built yet.
const UNIMPLEMENTED: [&str; 3] = ["ForwardParticipant", "MoveParticipant", "PerformRpc"];

/// A removed participant's tokens are void until this many seconds from now, so that one whose
/// «not before» runs ahead by the tolerated clock difference is void too.
const REVOKE_LEEWAY: i64 = 60;

/// The method's name where it exists, for the metrics: strangers must not invent labels.
pub fn known(method: &str) -> &'static str {
    METHODS
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("unknown")
}

/// Runs `method` with an encoded request and answers with the encoded reply.
///
/// # Errors
///
/// Any Twirp error.
pub async fn call(
    host: &Arc<Host>,
    claims: &Claims,
    method: &str,
    encoding: Encoding,
    body: &[u8],
) -> Result<Vec<u8>, Error> {
    let call = decode(method, encoding, body)?;
    authorise(&call, claims)?;
    check(&call, &host.limits)?;
    remember(host, &call);
    let reply = host.media.call(call).await.map_err(from_engine)?;
    encode(&reply, encoding)
}

fn decode(method: &str, encoding: Encoding, body: &[u8]) -> Result<ApiCall, Error> {
    Ok(match method {
        "CreateRoom" => ApiCall::CreateRoom(encoding.read(body)?),
        "ListRooms" => ApiCall::ListRooms(encoding.read(body)?),
        "DeleteRoom" => ApiCall::DeleteRoom(encoding.read(body)?),
        "ListParticipants" => ApiCall::ListParticipants(encoding.read(body)?),
        "GetParticipant" => ApiCall::GetParticipant(encoding.read(body)?),
        "RemoveParticipant" => ApiCall::RemoveParticipant(encoding.read(body)?),
        "MutePublishedTrack" => ApiCall::MutePublishedTrack(encoding.read(body)?),
        "UpdateParticipant" => ApiCall::UpdateParticipant(encoding.read(body)?),
        "UpdateSubscriptions" => ApiCall::UpdateSubscriptions(encoding.read(body)?),
        "SendData" => ApiCall::SendData(encoding.read(body)?),
        "UpdateRoomMetadata" => ApiCall::UpdateRoomMetadata(encoding.read(body)?),
        other if UNIMPLEMENTED.contains(&other) => {
            return Err(Error::new(
                "unimplemented",
                format!("{other} is not offered by this server"),
            ));
        }
        other => {
            return Err(Error::new("bad_route", format!("no such method: {other}")));
        }
    })
}

/// Which grant a call needs.
enum Need<'a> {
    Create,
    List,
    AdminOf(&'a str),
}

fn need(call: &ApiCall) -> Need<'_> {
    match call {
        ApiCall::CreateRoom(_) | ApiCall::DeleteRoom(_) => Need::Create,
        ApiCall::ListRooms(_) => Need::List,
        ApiCall::ListParticipants(request) => Need::AdminOf(&request.room),
        ApiCall::GetParticipant(request) | ApiCall::RemoveParticipant(request) => {
            Need::AdminOf(&request.room)
        }
        ApiCall::MutePublishedTrack(request) => Need::AdminOf(&request.room),
        ApiCall::UpdateParticipant(request) => Need::AdminOf(&request.room),
        ApiCall::UpdateSubscriptions(request) => Need::AdminOf(&request.room),
        ApiCall::SendData(request) => Need::AdminOf(&request.room),
        ApiCall::UpdateRoomMetadata(request) => Need::AdminOf(&request.room),
    }
}

fn authorise(call: &ApiCall, claims: &Claims) -> Result<(), Error> {
    let video = &claims.video;
    let granted = match need(call) {
        Need::Create => video.room_create,
        Need::List => video.room_list,
        Need::AdminOf(room) => video.room_admin && video.room == room,
    };
    if granted {
        Ok(())
    } else {
        Err(TokenError::Denied.into())
    }
}

fn check(call: &ApiCall, limits: &Limits) -> Result<(), Error> {
    match call {
        ApiCall::CreateRoom(request) => {
            within(request.name.len(), limits.room_name, "room name length")?;
            within(request.metadata.len(), limits.metadata, "metadata size")
        }
        ApiCall::UpdateRoomMetadata(request) => {
            within(request.metadata.len(), limits.metadata, "metadata size")
        }
        ApiCall::UpdateParticipant(request) => {
            within(request.name.len(), limits.name, "name length")?;
            within(request.metadata.len(), limits.metadata, "metadata size")?;
            let attributes = size_of_attributes(&request.attributes);
            within(attributes, limits.attributes, "attribute size")
        }
        ApiCall::SendData(request) if !matches!(request.nonce.len(), 0 | 16) => Err(Error::new(
            "invalid_argument",
            format!(
                "nonce should be 16-bytes or not present, got: {} bytes",
                request.nonce.len()
            ),
        )),
        _ => Ok(()),
    }
}

fn within(size: usize, limit: usize, what: &str) -> Result<(), Error> {
    if size <= limit {
        return Ok(());
    }
    let msg = format!("{what} exceeds limits: max {limit} bytes");
    Err(Error::new("invalid_argument", msg))
}

/// Before the engine acts, so that nobody slips in between with an older token; and whether or
/// not the participant is connected just now, since their token works either way.
fn remember(host: &Host, call: &ApiCall) {
    let now = clock::unix_seconds();
    match call {
        ApiCall::RemoveParticipant(request) => {
            let void_before = match request.revoke_token_ts {
                0 => now.saturating_add(REVOKE_LEEWAY),
                chosen => chosen,
            };
            host.standing
                .revoke(&request.room, &request.identity, void_before, now);
        }
        ApiCall::DeleteRoom(request) => host.standing.end_room(&request.room, now),
        ApiCall::UpdateParticipant(request) => {
            if let Some(permission) = &request.permission {
                host.standing
                    .permit(&request.room, &request.identity, permission.clone(), now);
            }
        }
        _ => {}
    }
}

fn from_engine(error: ApiError) -> Error {
    Error::new(error.twirp_code(), error.to_string())
}

fn encode(reply: &ApiReply, encoding: Encoding) -> Result<Vec<u8>, Error> {
    match reply {
        ApiReply::Room(message) => encoding.write(message),
        ApiReply::ListRooms(message) => encoding.write(message),
        ApiReply::DeleteRoom(message) => encoding.write(message),
        ApiReply::ListParticipants(message) => encoding.write(message),
        ApiReply::Participant(message) => encoding.write(message),
        ApiReply::RemoveParticipant(message) => encoding.write(message),
        ApiReply::MutePublishedTrack(message) => encoding.write(message),
        ApiReply::UpdateSubscriptions(message) => encoding.write(message),
        ApiReply::SendData(message) => encoding.write(message),
    }
}
