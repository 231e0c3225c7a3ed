//! Reading what a client asks for when it connects. Everything is in the URL: v1 clients send one
//! `join_request`, older ones a list of parameters that say the same.

use std::collections::HashMap;
use std::io::Read;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::read::GzDecoder;
use kafedra_sfu::Dialect;
use livekit_protocol as proto;
use prost::Message as _;
use proto::client_info::{Capability, Sdk};
use proto::wrapped_join_request::Compression;

/// Clients pad, as the protocol says; those that do not are understood too.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The parameters of the URL.
pub type Query = HashMap<String, String>;

/// Why a join request cannot be read. All of them answer 400 with the text as the body.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    #[error("join_request is required")]
    Missing,
    #[error("cannot base64 decode wrapped join request")]
    Base64,
    #[error("cannot unmarshal wrapped join request")]
    Wrapper,
    #[error("cannot read decompressed join request")]
    Gzip,
    #[error("join request too large")]
    TooLarge,
    #[error("cannot unmarshal join request")]
    Request,
    #[error("cannot decode attributes")]
    Attributes,
}

/// What the client asks for, and in which dialect.
///
/// `limit` bounds the decompressed request, in bytes.
///
/// # Errors
///
/// See [`QueryError`]; `Missing` only where `required` (the v1 paths).
pub fn read(
    query: &Query,
    required: bool,
    limit: usize,
) -> Result<(Dialect, proto::JoinRequest), QueryError> {
    match query.get("join_request").filter(|text| !text.is_empty()) {
        Some(text) => Ok((Dialect::OneConnection, unwrap(text, limit)?)),
        None if required => Err(QueryError::Missing),
        None => Ok((Dialect::TwoConnections, from_parameters(query)?)),
    }
}

fn unwrap(text: &str, limit: usize) -> Result<proto::JoinRequest, QueryError> {
    let bytes = BASE64.decode(text).map_err(|_| QueryError::Base64)?;
    let wrapped =
        proto::WrappedJoinRequest::decode(bytes.as_slice()).map_err(|_| QueryError::Wrapper)?;
    // A compression that we do not know could not be read either way.
    let compression =
        Compression::try_from(wrapped.compression).map_err(|_| QueryError::Wrapper)?;
    let request = match compression {
        Compression::None if wrapped.join_request.len() > limit => {
            return Err(QueryError::TooLarge);
        }
        Compression::None => wrapped.join_request,
        Compression::Gzip => gunzip(&wrapped.join_request, limit)?,
    };
    proto::JoinRequest::decode(request.as_slice()).map_err(|_| QueryError::Request)
}

fn gunzip(compressed: &[u8], limit: usize) -> Result<Vec<u8>, QueryError> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells «too large» from «just fits».
    let most = u64::try_from(limit).map_or(u64::MAX, |limit| limit.saturating_add(1));
    GzDecoder::new(compressed)
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|_| QueryError::Gzip)?;
    if bytes.len() > limit {
        return Err(QueryError::TooLarge);
    }
    Ok(bytes)
}

fn from_parameters(query: &Query) -> Result<proto::JoinRequest, QueryError> {
    let attributes = match query.get("attributes").filter(|text| !text.is_empty()) {
        None => HashMap::new(),
        Some(text) => attributes(text).ok_or(QueryError::Attributes)?,
    };
    Ok(proto::JoinRequest {
        client_info: Some(client_info(query)),
        connection_settings: Some(proto::ConnectionSettings {
            auto_subscribe: flag(query, "auto_subscribe").unwrap_or(true),
            adaptive_stream: flag(query, "adaptive_stream").unwrap_or(false),
            subscriber_allow_pause: flag(query, "subscriber_allow_pause"),
            disable_ice_lite: flag(query, "disable_ice_lite").unwrap_or(false),
            auto_subscribe_data_track: flag(query, "auto_subscribe_data_track"),
        }),
        participant_attributes: attributes,
        reconnect: flag(query, "reconnect").unwrap_or(false),
        reconnect_reason: number(query, "reconnect_reason"),
        participant_sid: word(query, "sid"),
        ..proto::JoinRequest::default()
    })
}

fn attributes(text: &str) -> Option<HashMap<String, String>> {
    let json = BASE64.decode(text).ok()?;
    serde_json::from_slice(&json).ok()
}

fn client_info(query: &Query) -> proto::ClientInfo {
    proto::ClientInfo {
        sdk: sdk(query.get("sdk").map_or("", String::as_str)).into(),
        version: word(query, "version"),
        protocol: number(query, "protocol"),
        os: word(query, "os"),
        os_version: word(query, "os_version"),
        device_model: word(query, "device_model"),
        browser: word(query, "browser"),
        browser_version: word(query, "browser_version"),
        network: word(query, "network"),
        client_protocol: number(query, "client_protocol"),
        capabilities: query
            .get("capabilities")
            .map_or("", String::as_str)
            .split(',')
            .filter_map(|name| Capability::from_str_name(name.trim()))
            .map(i32::from)
            .collect(),
        ..proto::ClientInfo::default()
    }
}

fn sdk(name: &str) -> Sdk {
    match name {
        "ios" => Sdk::Swift,
        "reactnative" => Sdk::ReactNative,
        "unityweb" => Sdk::UnityWeb,
        other => Sdk::from_str_name(&other.to_ascii_uppercase()).unwrap_or(Sdk::Unknown),
    }
}

fn flag(query: &Query, name: &str) -> Option<bool> {
    let text = query.get(name).filter(|text| !text.is_empty())?;
    Some(text == "1" || text == "true")
}

fn number(query: &Query, name: &str) -> i32 {
    query
        .get(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0)
}

fn word(query: &Query, name: &str) -> String {
    query.get(name).cloned().unwrap_or_default()
}
