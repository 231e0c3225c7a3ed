//! Access tokens: who someone is and what they may do, signed with HS256 by whoever knows the
//! secret of one of our API keys.
//!
//! Verification covers the signature, the issuer, the expiry and «not before», both with 60 s of
//! leeway. What was revoked since the token was made is [`crate::standing`]'s business.

use std::time::Duration;

use axum::http::{HeaderMap, header};
use kafedra_sfu::{Grants, TokenClaims};
use livekit_api::access_token::{AccessToken, Claims, TokenVerifier, VideoGrants};
use livekit_protocol as proto;
use proto::{TrackSource, participant_info};

use crate::Keys;

/// How long a token that the server refreshes is good for. One comes every 5 minutes.
const REFRESHED_FOR: Duration = Duration::from_secs(600);

const BEARER: &str = "Bearer ";

/// Why a request is not authenticated. All of them answer 401; the text is the body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("permissions denied: no access token")]
    Missing,
    #[error("invalid authorization header. Must start with Bearer ")]
    NotBearer,
    #[error("invalid authorization token")]
    Malformed,
    #[error("invalid API key")]
    UnknownKey,
    /// Wrong signature or algorithm, expired, or not valid yet.
    #[error("invalid authorization token: {0}")]
    Rejected(String),
    /// Signed and in time, but a moderator removed its owner after it was made.
    #[error("invalid authorization token: revoked")]
    Revoked,
    #[error("permissions denied")]
    Denied,
}

/// The token of a request: the `Authorization` header, else the `access_token` parameter.
///
/// # Errors
///
/// `Missing` or `NotBearer`.
pub fn bearer<'a>(
    headers: &'a HeaderMap,
    parameter: Option<&'a str>,
) -> Result<&'a str, TokenError> {
    if let Some(header) = headers.get(header::AUTHORIZATION) {
        let text = header.to_str().map_err(|_| TokenError::NotBearer)?;
        return text.strip_prefix(BEARER).ok_or(TokenError::NotBearer);
    }
    parameter
        .filter(|token| !token.is_empty())
        .ok_or(TokenError::Missing)
}

/// Verifies `token` against the secret of the key that issued it.
///
/// # Errors
///
/// `Malformed`, `UnknownKey` or `Rejected`.
pub fn verify(keys: &Keys, token: &str) -> Result<Claims, TokenError> {
    let unverified = Claims::from_unverified(token).map_err(|_| TokenError::Malformed)?;
    let key = unverified.iss;
    let secret = keys.secret(&key).ok_or(TokenError::UnknownKey)?;
    TokenVerifier::with_api_key(&key, secret)
        .verify(token)
        .map_err(|error| TokenError::Rejected(reason(&error)))
}

fn reason(error: &livekit_api::access_token::AccessTokenError) -> String {
    // The crate says only «failed to encode jwt»; its source names the failed check.
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// What a participant's token allows, defaults filled: unset publish and subscribe mean yes, unset
/// data means as publish, unset own metadata means no.
pub fn grants(video: &VideoGrants) -> Grants {
    let named: Vec<TrackSource> = video
        .can_publish_sources
        .iter()
        .filter_map(|source| TrackSource::from_str_name(&source.to_ascii_uppercase()))
        .filter(|source| *source != TrackSource::Unknown)
        .collect();
    // An empty list of sources means «every source» to the engine. A token that names only
    // sources we do not know must not turn into that.
    let none_known = !video.can_publish_sources.is_empty() && named.is_empty();
    Grants {
        can_publish: video.can_publish() && !none_known,
        can_publish_sources: named,
        can_publish_data: video.can_publish_data(),
        can_subscribe: video.can_subscribe(),
        can_update_own_metadata: video.can_update_own_metadata(),
        hidden: video.hidden,
        recorder: video.recorder,
    }
}

/// The kind of participant that a token makes; unknown words mean a standard one.
pub fn kind(claims: &Claims) -> participant_info::Kind {
    participant_info::Kind::from_str_name(&claims.kind.to_ascii_uppercase())
        .unwrap_or(participant_info::Kind::Standard)
}

/// Signs a fresh token for a connected participant; `None` where the claims cannot be signed.
pub fn mint(keys: &Keys, claims: &TokenClaims) -> Option<String> {
    let (key, secret) = keys.signing();
    let grants = &claims.grants;
    let video = VideoGrants {
        room_join: true,
        room: claims.room.clone(),
        can_publish: Some(grants.can_publish),
        can_subscribe: Some(grants.can_subscribe),
        can_publish_data: Some(grants.can_publish_data),
        can_publish_sources: grants
            .can_publish_sources
            .iter()
            .map(|source| source.as_str_name().to_ascii_lowercase())
            .collect(),
        can_update_own_metadata: Some(grants.can_update_own_metadata),
        hidden: grants.hidden,
        recorder: grants.recorder,
        ..VideoGrants::default()
    };
    AccessToken::with_api_key(key, secret)
        .with_ttl(REFRESHED_FOR)
        .with_identity(&claims.identity)
        .with_name(&claims.name)
        .with_kind(&claims.kind.as_str_name().to_ascii_lowercase())
        .with_metadata(&claims.metadata)
        .with_attributes(&claims.attributes)
        .with_grants(video)
        .to_jwt()
        .ok()
}
