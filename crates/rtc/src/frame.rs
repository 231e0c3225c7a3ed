//! Signalling frames: binary ones hold protobuf, text ones hold its JSON form. A client is
//! answered in the form of its latest frame.

use axum::extract::ws::{Message, Utf8Bytes};
use livekit_protocol::{SignalRequest, SignalResponse};
use prost::Message as _;

/// How a client wants to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Protobuf,
    Json,
}

/// A frame that holds no signal request.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("the frame is not a protobuf SignalRequest")]
    Protobuf,
    #[error("the frame is not a JSON SignalRequest")]
    Json,
}

/// Reads a binary frame.
///
/// A message of a kind that this server does not know decodes to a request without content, which
/// the caller ignores: newer clients may send such.
///
/// # Errors
///
/// `Protobuf`.
pub fn decode_binary(frame: &[u8]) -> Result<SignalRequest, FrameError> {
    SignalRequest::decode(frame).map_err(|_| FrameError::Protobuf)
}

/// Reads a text frame.
///
/// # Errors
///
/// `Json`.
pub fn decode_text(frame: &str) -> Result<SignalRequest, FrameError> {
    serde_json::from_str(frame).map_err(|_| FrameError::Json)
}

/// Writes a response in `format`; `None` where it has no JSON form (never seen: every message
/// of the protocol has one).
pub fn encode(response: &SignalResponse, format: Format) -> Option<Message> {
    match format {
        Format::Protobuf => Some(Message::Binary(response.encode_to_vec().into())),
        Format::Json => serde_json::to_string(response)
            .ok()
            .map(|text| Message::Text(Utf8Bytes::from(text))),
    }
}
