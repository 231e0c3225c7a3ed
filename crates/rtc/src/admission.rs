//! The gate: what a connecting client's token and request amount to, or why it is turned away.
//!
//! `/validate` and the WebSocket upgrade pass through the same gate, because a browser that fails
//! to upgrade sees no status and asks `/validate` for the reason.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kafedra_sfu::{ApiCall, ApiReply, Dialect, Join, JoinError};
use livekit_api::access_token::Claims;
use livekit_protocol as proto;

use crate::join_query::{self, Query, QueryError};
use crate::server::Host;
use crate::token::{self, TokenError};

/// What clients hear that know only the signalling with two peer connections.
const OLD_SIGNALLING: &str = "this server speaks /rtc/v1 with one peer connection";

/// Why a client may not connect; answered as plain text, which clients show as it is.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Token(#[from] TokenError),
    #[error(transparent)]
    Query(#[from] QueryError),
    #[error(transparent)]
    Engine(#[from] JoinError),
    #[error("{0}")]
    TooLong(&'static str),
    /// The wording is part of the protocol: without it clients take a 404 for an old server.
    #[error("requested room does not exist")]
    NoSuchRoom,
    #[error("timed out while waiting for signal response")]
    TooSlow,
}

impl Refusal {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Token(_) => StatusCode::UNAUTHORIZED,
            Self::Query(_) | Self::TooLong(_) => StatusCode::BAD_REQUEST,
            Self::Engine(error) => StatusCode::from_u16(error.http_status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Self::NoSuchRoom => StatusCode::NOT_FOUND,
            Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// A word for the metrics.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Token(_) => "token",
            Self::Query(_) | Self::TooLong(_) => "request",
            Self::Engine(JoinError::RoomFull) => "full",
            Self::Engine(JoinError::ShuttingDown) => "shutdown",
            Self::Engine(_) => "engine",
            Self::NoSuchRoom => "room",
            Self::TooSlow => "timeout",
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        (self.status(), plain, self.to_string()).into_response()
    }
}

/// Reads token and request, and checks everything that can be checked without entering the room.
pub async fn admit(host: &Arc<Host>, parts: &Parts, v1: bool) -> Result<Join, Refusal> {
    let query = query(parts);
    let claims = host.claims(token::bearer(
        &parts.headers,
        query.get("access_token").map(String::as_str),
    )?)?;
    let (dialect, request) = join_query::read(&query, v1, host.limits.join_request)?;
    let mut join = join(host, claims, request)?;
    join.dialect = dialect;
    join.remote = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip());
    if dialect == Dialect::TwoConnections {
        // The engine would say so too, but `/validate` does not ask it.
        return Err(JoinError::Unsupported(OLD_SIGNALLING).into());
    }
    check_room(host, &join).await?;
    Ok(join)
}

fn query(parts: &Parts) -> Query {
    axum::extract::Query::try_from_uri(&parts.uri)
        .map(|axum::extract::Query(query)| query)
        .unwrap_or_default()
}

fn join(host: &Host, claims: Claims, request: proto::JoinRequest) -> Result<Join, Refusal> {
    let limits = &host.limits;
    if !claims.video.room_join {
        return Err(TokenError::Denied.into());
    }
    if claims.sub.is_empty() {
        return Err(JoinError::NoIdentity.into());
    }
    if claims.video.room.is_empty() {
        return Err(JoinError::NoRoomName.into());
    }
    if claims.sub.len() > limits.identity {
        return Err(Refusal::TooLong(
            "participant identity length exceeds limits",
        ));
    }
    if claims.video.room.len() > limits.room_name {
        return Err(Refusal::TooLong("room name length exceeds limits"));
    }

    let kind = token::kind(&claims);
    let grants = token::grants(&claims.video);
    let not_before = i64::try_from(claims.nbf).unwrap_or(i64::MAX);
    let room = claims.video.room;
    if host.standing.is_revoked(&room, &claims.sub, not_before) {
        return Err(TokenError::Revoked.into());
    }
    let grants = host.standing.apply(&room, &claims.sub, not_before, grants);

    let mut metadata = claims.metadata;
    let mut attributes = claims.attributes;
    let wants_own = !request.metadata.is_empty() || !request.participant_attributes.is_empty();
    if wants_own && !grants.can_update_own_metadata {
        return Err(TokenError::Denied.into());
    }
    if !request.metadata.is_empty() {
        metadata.clone_from(&request.metadata);
    }
    for (key, value) in &request.participant_attributes {
        // An empty value would delete what the token says, which a client may not.
        if !value.is_empty() {
            attributes.insert(key.clone(), value.clone());
        }
    }
    if metadata.len() > limits.metadata {
        return Err(Refusal::TooLong("metadata size exceeds limits"));
    }
    if size_of_attributes(&attributes) > limits.attributes {
        return Err(Refusal::TooLong("attribute size exceeds limits"));
    }
    Ok(Join {
        room,
        identity: claims.sub,
        name: claims.name,
        metadata,
        attributes,
        kind,
        grants,
        dialect: Dialect::OneConnection,
        request,
        remote: None,
    })
}

/// Bytes of all keys and values.
pub fn size_of_attributes(attributes: &std::collections::HashMap<String, String>) -> usize {
    attributes
        .iter()
        .map(|(key, value)| key.len() + value.len())
        .sum()
}

/// The engine decides about the room when the client enters it. This tells a browser beforehand,
/// through `/validate`, what the engine is going to say.
async fn check_room(host: &Host, join: &Join) -> Result<(), Refusal> {
    match find_room(host, &join.room).await? {
        None if host.rooms.create_on_join => Ok(()),
        None => Err(Refusal::NoSuchRoom),
        Some(room) => {
            let full = room.max_participants > 0 && room.num_participants >= room.max_participants;
            // Whoever sits in the room already takes their own place again.
            if full && !is_inside(host, join).await {
                return Err(JoinError::RoomFull.into());
            }
            Ok(())
        }
    }
}

async fn find_room(host: &Host, name: &str) -> Result<Option<proto::Room>, Refusal> {
    let call = ApiCall::ListRooms(proto::ListRoomsRequest {
        names: vec![name.to_owned()],
    });
    let reply = tokio::time::timeout(host.limits.join_time, host.media.call(call))
        .await
        .map_err(|_| Refusal::TooSlow)?;
    match reply {
        Ok(ApiReply::ListRooms(list)) => Ok(list.rooms.into_iter().next()),
        Ok(_) => Ok(None),
        Err(_) => Err(JoinError::ShuttingDown.into()),
    }
}

async fn is_inside(host: &Host, join: &Join) -> bool {
    let call = ApiCall::GetParticipant(proto::RoomParticipantIdentity {
        room: join.room.clone(),
        identity: join.identity.clone(),
        ..Default::default()
    });
    host.media.call(call).await.is_ok()
}
