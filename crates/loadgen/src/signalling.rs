//! LiveKit's v1 signalling from the client's side, as much of it as the load needs.

use std::time::Duration;

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use futures_util::{SinkExt, StreamExt};
use livekit_api::access_token::{AccessToken, VideoGrants};
use livekit_protocol as proto;
use prost::Message as _;
use proto::{signal_request, signal_response};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// How long the server may take to close after a goodbye.
const FAREWELL_TIME: Duration = Duration::from_secs(2);

/// Where and with which key to join.
#[derive(Clone, Debug)]
pub struct Door {
    pub url: String,
    pub key: String,
    pub secret: String,
}

impl Door {
    /// A token that lets `identity` into `room`, with no more rights than `grants` gives.
    ///
    /// # Errors
    ///
    /// The key cannot sign.
    pub fn token(&self, room: &str, identity: &str, grants: VideoGrants) -> anyhow::Result<String> {
        let grants = VideoGrants {
            room_join: true,
            room: room.to_owned(),
            ..grants
        };
        Ok(AccessToken::with_api_key(&self.key, &self.secret)
            .with_identity(identity)
            .with_name(identity)
            .with_grants(grants)
            .to_jwt()?)
    }
}

/// A connected WebSocket.
pub struct Signalling(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Signalling {
    /// Joins the token's room with the first offer on board, as v1 clients do.
    ///
    /// # Errors
    ///
    /// The server cannot be reached or refuses.
    pub async fn join(
        door: &Door,
        token: &str,
        tracks: Vec<proto::AddTrackRequest>,
        offer: String,
    ) -> anyhow::Result<Self> {
        let request = proto::JoinRequest {
            client_info: Some(proto::ClientInfo {
                sdk: proto::client_info::Sdk::Rust.into(),
                protocol: 17,
                ..proto::ClientInfo::default()
            }),
            connection_settings: Some(proto::ConnectionSettings {
                auto_subscribe: true,
                ..proto::ConnectionSettings::default()
            }),
            add_track_requests: tracks,
            publisher_offer: Some(describe(offer)),
            ..proto::JoinRequest::default()
        };
        let wrapped = proto::WrappedJoinRequest {
            compression: proto::wrapped_join_request::Compression::None.into(),
            join_request: request.encode_to_vec(),
        };
        let request = URL_SAFE.encode(wrapped.encode_to_vec());
        let url = format!(
            "{}/rtc/v1?access_token={token}&join_request={request}",
            door.url.trim_end_matches('/').replacen("http", "ws", 1)
        );
        let (socket, _) = tokio_tungstenite::connect_async(url)
            .await
            .context("joining")?;
        Ok(Self(socket))
    }

    /// The next message; `None` when the server has closed. Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// The connection broke, or a frame is not protobuf.
    pub async fn receive(&mut self) -> anyhow::Result<Option<signal_response::Message>> {
        loop {
            match self.0.next().await.transpose()? {
                None | Some(Message::Close(_)) => return Ok(None),
                Some(Message::Binary(frame)) => {
                    if let Some(message) = proto::SignalResponse::decode(frame)?.message {
                        return Ok(Some(message));
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// # Errors
    ///
    /// The connection broke.
    pub async fn send(&mut self, message: signal_request::Message) -> anyhow::Result<()> {
        let request = proto::SignalRequest {
            message: Some(message),
        };
        let frame = Message::Binary(request.encode_to_vec().into());
        Ok(self.0.send(frame).await?)
    }

    /// Says goodbye, and waits until the server has heard it: hanging up on unread messages would
    /// reset the connection, and the goodbye with it.
    ///
    /// # Errors
    ///
    /// As for [`Signalling::receive`].
    pub async fn leave(mut self) -> anyhow::Result<()> {
        let leave = proto::LeaveRequest::default();
        self.send(signal_request::Message::Leave(leave)).await?;
        let farewell = async {
            while self.receive().await?.is_some() {}
            anyhow::Ok(())
        };
        tokio::time::timeout(FAREWELL_TIME, farewell)
            .await
            .unwrap_or(Ok(()))
    }

    /// # Errors
    ///
    /// As for [`Signalling::send`].
    pub async fn offer(&mut self, sdp: String) -> anyhow::Result<()> {
        self.send(signal_request::Message::Offer(describe(sdp)))
            .await
    }
}

fn describe(sdp: String) -> proto::SessionDescription {
    proto::SessionDescription {
        r#type: "offer".to_owned(),
        sdp,
        ..proto::SessionDescription::default()
    }
}
