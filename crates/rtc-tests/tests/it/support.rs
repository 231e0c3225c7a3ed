//! A host around the bookkeeping engine, listening on a loopback port, and a client for it.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use futures_util::{SinkExt, StreamExt};
use kafedra_rtc::{Config, Keys, MediaServer};
use livekit_api::access_token::{AccessToken, VideoGrants};
use livekit_protocol as proto;
use prost::Message as _;
use proto::signal_response;
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::engine::Bookkeeper;

pub const KEY: &str = "devkey";
pub const SECRET: &str = "a secret that is long enough";

/// How long a test waits for what should come at once.
pub const SOON: Duration = Duration::from_secs(5);

pub struct Server {
    pub address: SocketAddr,
    pub media: MediaServer,
    pub engine: Bookkeeper,
}

impl Server {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config();
        change(&mut config);
        let (engine, started) = Bookkeeper::start();
        let media = MediaServer::around(&config, started).unwrap();
        let router = media.router.clone().merge(media.twirp.clone());
        Self {
            address: serve(router).await,
            media,
            engine,
        }
    }

    /// Shuts the host down, and with it the engine's end of the webhooks.
    pub async fn shutdown(&mut self) {
        let (closed, _) = tokio::sync::mpsc::unbounded_channel();
        self.engine.webhooks = closed;
        self.media.shutdown().await;
    }

    pub fn http(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn ws(&self, path: &str) -> String {
        format!("ws://{}{path}", self.address)
    }

    /// `GET path`: status and body.
    pub async fn get(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(self.http(path)).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Joins over `/rtc/v1` and reads the join response.
    pub async fn join(&self, room: &str, identity: &str) -> Client {
        let mut client = self
            .connect(&join_path(&token(room, identity)))
            .await
            .unwrap();
        let first = client.receive().await.unwrap();
        assert!(
            matches!(first, signal_response::Message::Join(_)),
            "{first:?}"
        );
        client
    }

    /// Upgrades `path`; an error carries the status and the body.
    pub async fn connect(&self, path: &str) -> Result<Client, (u16, String)> {
        match tokio_tungstenite::connect_async(self.ws(path)).await {
            Ok((socket, _)) => Ok(Client(socket)),
            Err(tungstenite::Error::Http(answer)) => {
                let body = answer.body().clone().unwrap_or_default();
                Err((answer.status().as_u16(), String::from_utf8(body).unwrap()))
            }
            Err(error) => panic!("{error}"),
        }
    }
}

pub fn config() -> Config {
    let keys = Keys::one(KEY, SECRET).unwrap();
    Config::new(keys, ([127, 0, 0, 1], 0).into())
}

/// Serves `router` on a free loopback port until the test ends.
pub async fn serve(router: axum::Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

pub struct Client(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    pub async fn send(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    /// The next frame that is not a WebSocket ping.
    pub async fn frame(&mut self) -> Option<Message> {
        loop {
            let frame = tokio::time::timeout(SOON, self.0.next())
                .await
                .expect("the server is silent")?
                .ok()?;
            if !matches!(frame, Message::Ping(_) | Message::Pong(_)) {
                return Some(frame);
            }
        }
    }

    /// The next response, in either form; `None` when the server closes.
    pub async fn receive(&mut self) -> Option<signal_response::Message> {
        match self.frame().await? {
            Message::Binary(frame) => proto::SignalResponse::decode(frame).unwrap().message,
            Message::Text(frame) => {
                let response: proto::SignalResponse = serde_json::from_str(&frame).unwrap();
                response.message
            }
            _ => None,
        }
    }

    /// Reads on until `pick` takes a message.
    pub async fn until<T>(
        &mut self,
        mut pick: impl FnMut(&signal_response::Message) -> Option<T>,
    ) -> T {
        loop {
            let message = self.receive().await.expect("the server closed");
            if let Some(found) = pick(&message) {
                return found;
            }
        }
    }

    /// Reads on until the server says goodbye: why, and what to do.
    pub async fn left(&mut self) -> (proto::DisconnectReason, proto::leave_request::Action) {
        self.until(|message| match message {
            signal_response::Message::Leave(leave) => Some((leave.reason(), leave.action())),
            _ => None,
        })
        .await
    }

    /// Reads until the server closes: code and reason.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.frame().await.expect("no close frame") {
                Message::Close(Some(frame)) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Message::Close(None) => panic!("a close without a code"),
                _ => {}
            }
        }
    }
}

/// A participant's token with every default grant.
pub fn token(room: &str, identity: &str) -> String {
    token_with(room, identity, |_| {})
}

pub fn token_with(room: &str, identity: &str, change: impl FnOnce(&mut VideoGrants)) -> String {
    let mut grants = VideoGrants {
        room_join: true,
        room: room.to_owned(),
        ..Default::default()
    };
    change(&mut grants);
    AccessToken::with_api_key(KEY, SECRET)
        .with_identity(identity)
        .with_grants(grants)
        .to_jwt()
        .unwrap()
}

/// A join request as clients put it into the URL.
pub fn wrap(request: &proto::JoinRequest) -> String {
    let wrapped = proto::WrappedJoinRequest {
        compression: proto::wrapped_join_request::Compression::None.into(),
        join_request: request.encode_to_vec(),
    };
    URL_SAFE.encode(wrapped.encode_to_vec())
}

/// The least a client asks for.
pub fn plain_request() -> proto::JoinRequest {
    proto::JoinRequest {
        connection_settings: Some(proto::ConnectionSettings {
            auto_subscribe: true,
            ..Default::default()
        }),
        ..Default::default()
    }
}

pub fn join_path(token: &str) -> String {
    let request = wrap(&plain_request());
    format!("/rtc/v1?access_token={token}&join_request={request}")
}

/// A JWT with these parts, signed by HMAC-SHA256 with `secret`: for what no honest library makes.
pub fn jwt(header: &str, claims: &str, secret: &[u8]) -> String {
    let body = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let mac = hmac_sha256(secret, body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac))
}

/// RFC 2104, for secrets of up to one block.
fn hmac_sha256(secret: &[u8], message: &[u8]) -> Vec<u8> {
    assert!(secret.len() <= 64);
    let mut key = [0u8; 64];
    key[..secret.len()].copy_from_slice(secret);
    let inner = Sha256::new()
        .chain_update(key.map(|byte| byte ^ 0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(key.map(|byte| byte ^ 0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}

pub fn unix_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

/// Repeats `probe` until it yields something.
pub async fn eventually<T>(mut probe: impl FnMut() -> Option<T>) -> T {
    let deadline = tokio::time::Instant::now() + SOON;
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "it never happened");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
