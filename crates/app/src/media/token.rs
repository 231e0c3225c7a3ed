//! Tokens with which browsers join the media server.

use std::time::Duration;

use kafedra_model::seat::May;
use kafedra_store::{room, seat};
use livekit_api::access_token::{AccessToken, VideoGrants};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiError, ApiResult, MediaConfig};

/// A token opens the door this long; once inside, the media server renews it.
const LIFETIME: Duration = Duration::from_secs(600);

/// Where to connect and with what.
#[derive(Debug, Serialize, ToSchema)]
pub struct MediaToken {
    /// Base of the media server; null means the page's own origin.
    pub url: Option<String>,
    /// JWT for LiveKit clients.
    pub token: String,
}

/// The token of an admitted seat. Identity is the seat's id, the room's name the room's id.
pub fn of_seat(
    config: &MediaConfig,
    room: &room::Model,
    seat: &seat::Model,
) -> ApiResult<MediaToken> {
    let may = room.may(seat);
    sign(
        config,
        AccessToken::with_api_key(&config.key, &config.secret)
            .with_identity(&seat.id.to_string())
            .with_name(&seat.name)
            .with_metadata(&metadata(seat))
            .with_grants(grants(&room.id.to_string(), may))
            .with_ttl(LIFETIME),
    )
}

/// What the others' clients learn of a participant from the media server.
pub fn metadata(seat: &seat::Model) -> String {
    serde_json::json!({ "role": seat.role(), "guest": seat.guest_id.is_some() && seat.kit_id.is_none() }).to_string()
}

fn grants(room: &str, may: May) -> VideoGrants {
    let sources = super::sources(may);
    VideoGrants {
        room_join: true,
        room: room.to_owned(),
        can_publish: Some(!sources.is_empty()),
        can_publish_sources: sources
            .into_iter()
            .map(|source| source.as_str_name().to_lowercase())
            .collect(),
        can_publish_data: Some(may.chat),
        can_subscribe: Some(true),
        ..Default::default()
    }
}

/// A token for a private room of one, to try the connection before a call.
pub fn for_check(config: &MediaConfig, room: &str) -> ApiResult<MediaToken> {
    let grants = VideoGrants {
        room_join: true,
        room: room.to_owned(),
        can_publish: Some(true),
        can_publish_data: Some(true),
        can_subscribe: Some(true),
        ..Default::default()
    };
    sign(
        config,
        AccessToken::with_api_key(&config.key, &config.secret)
            .with_identity(room)
            .with_grants(grants)
            .with_ttl(Duration::from_secs(120)),
    )
}

fn sign(config: &MediaConfig, token: AccessToken) -> ApiResult<MediaToken> {
    Ok(MediaToken {
        url: config.public_url.clone(),
        token: token.to_jwt().map_err(ApiError::internal)?,
    })
}
