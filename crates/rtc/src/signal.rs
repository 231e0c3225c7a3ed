//! The signalling endpoints. A client upgrades to a WebSocket, is let in by the engine before the
//! upgrade is answered, and then its frames and the engine's responses pass each other here.
//!
//! Pings are answered here, at once; everything else is the engine's. A client that sends
//! something unreadable is closed with a code and a reason, and reconnects if it wants to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use livekit_protocol as proto;
use proto::{signal_request, signal_response};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite;
use tower_http::cors::{Any, CorsLayer};
use tracing::debug;

use crate::admission::{self, Refusal};
use crate::clock;
use crate::command::Connection;
use crate::frame::{self, Format, FrameError};
use crate::server::Host;

/// Bytes held ready for what a client sends; a longer frame gets more for as long as it is read.
const READ_BUFFER: usize = 4 << 10;
/// WebSocket pings keep proxies from closing a quiet connection.
const PING_EVERY: Duration = Duration::from_secs(10);
/// How long a client may take to accept one frame.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// How long a closing client is listened to, so that the last frames reach it before the
/// operating system resets a connection with unread data.
const LINGER: Duration = Duration::from_secs(1);
/// Answered pings that wait for a slow client; further ones are left out.
const WAITING_PONGS: usize = 16;

/// `/rtc`, `/rtc/v1` and their `/validate`, each with one or two leading slashes: clients that
/// were given an address with a slash at its end ask for the latter.
pub fn router(host: Arc<Host>) -> Router {
    let mut router = Router::new();
    for slash in ["", "/"] {
        router = router
            .route(&format!("{slash}/rtc"), any(connect_v0))
            .route(&format!("{slash}/rtc/v1"), any(connect_v1))
            .route(&format!("{slash}/rtc/validate"), get(validate_v0))
            .route(&format!("{slash}/rtc/v1/validate"), get(validate_v1));
    }
    // Errors too must be readable from any page: tokens protect the rooms, not origins.
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(Any)
        .allow_headers(Any);
    router.layer(cors).with_state(host)
}

async fn connect_v0(State(host): State<Arc<Host>>, request: Request) -> Response {
    connect(host, request, false).await
}

async fn connect_v1(State(host): State<Arc<Host>>, request: Request) -> Response {
    connect(host, request, true).await
}

async fn validate_v0(State(host): State<Arc<Host>>, request: Request) -> Response {
    validate(host, request, false).await
}

async fn validate_v1(State(host): State<Arc<Host>>, request: Request) -> Response {
    validate(host, request, true).await
}

async fn validate(host: Arc<Host>, request: Request, v1: bool) -> Response {
    let (parts, _) = request.into_parts();
    match admission::admit(&host, &parts, v1).await {
        Ok(_) => "success".into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

async fn connect(host: Arc<Host>, request: Request, v1: bool) -> Response {
    let (mut parts, _) = request.into_parts();
    let upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection> =
        WebSocketUpgrade::from_request_parts(&mut parts, &()).await;
    let Ok(upgrade) = upgrade else {
        // What is not a WebSocket has nothing to find here; clients rely on the 404.
        return StatusCode::NOT_FOUND.into_response();
    };
    match enter(&host, &parts, v1).await {
        Ok(connection) => {
            host.metrics.joined();
            let most = host.limits.signal_frame;
            let session = Arc::clone(&host);
            upgrade
                .read_buffer_size(READ_BUFFER)
                .max_message_size(most)
                .max_frame_size(most)
                .on_upgrade(move |socket| async move {
                    let tracker = session.sessions.clone();
                    tracker
                        .track_future(serve(session, socket, connection))
                        .await;
                })
        }
        Err(refusal) => {
            host.metrics.refused(refusal.word());
            debug!(
                status = refusal.status().as_u16(),
                "a client was turned away: {refusal}"
            );
            refusal.into_response()
        }
    }
}

async fn enter(
    host: &Arc<Host>,
    parts: &axum::http::request::Parts,
    v1: bool,
) -> Result<Connection, Refusal> {
    let join = admission::admit(host, parts, v1).await?;
    let media = host.media.clone();
    // In a task of its own: if the client goes away meanwhile, this future is dropped, and the
    // engine's answer must still be received for its connection to be closed.
    let joining = tokio::spawn(async move { media.join(join).await });
    match tokio::time::timeout(host.limits.join_time, joining).await {
        Ok(Ok(answer)) => Ok(answer?),
        Ok(Err(_)) | Err(_) => Err(Refusal::TooSlow),
    }
}

/// How a session ended, and what the client is told.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// The engine is done with it.
    Finished,
    /// The client closed, or its connection broke.
    Gone,
    /// Nothing came from the client for too long.
    Silent,
    /// The client does not take what is sent to it.
    Slow,
    TooLarge,
    Malformed(FrameError),
    /// Not WebSocket.
    Unreadable,
}

impl End {
    fn word(&self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Gone => "gone",
            Self::Silent => "silent",
            Self::Slow => "slow",
            Self::TooLarge => "too_large",
            Self::Malformed(_) => "malformed",
            Self::Unreadable => "unreadable",
        }
    }

    fn close_frame(&self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Gone | Self::Slow => return None,
            Self::Finished => (close_code::NORMAL, String::new()),
            Self::Silent => (
                close_code::POLICY,
                "nothing was heard for too long".to_owned(),
            ),
            Self::TooLarge => (
                close_code::SIZE,
                "the frame exceeds the size limit".to_owned(),
            ),
            Self::Malformed(error) => (close_code::INVALID, error.to_string()),
            Self::Unreadable => (
                close_code::PROTOCOL,
                "the frame is not WebSocket".to_owned(),
            ),
        };
        Some(CloseFrame {
            code,
            reason: reason.into(),
        })
    }
}

async fn serve(host: Arc<Host>, socket: WebSocket, mut connection: Connection) {
    let open = host.metrics.socket_opened();
    let (mut sink, mut stream) = socket.split();
    let (pongs, mut waiting_pongs) = mpsc::channel(WAITING_PONGS);
    let json = AtomicBool::new(false);
    let id = connection.id;
    let end = {
        let mut reading = std::pin::pin!(read(&host, &mut stream, id, &json, pongs));
        let writing = write(
            &mut sink,
            &mut connection.responses,
            &mut waiting_pongs,
            &json,
        );
        tokio::select! {
            end = &mut reading => end,
            end = writing => {
                if end == End::Gone {
                    // What the client said before it went still counts, its goodbye above all.
                    let _ = tokio::time::timeout(LINGER, reading).await;
                }
                end
            }
        }
    };
    // The engine must hear of it before we spend time on farewells.
    drop(connection);
    debug!(connection = %id, end = end.word(), "a signalling connection ended");
    host.metrics.socket_closed(open, end.word());
    if let Some(frame) = end.close_frame() {
        let farewell = async {
            if sink.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = stream.next().await {}
            }
        };
        // Running out of time here is no loss: the socket is dropped either way.
        let _ = tokio::time::timeout(LINGER, farewell).await;
    } else {
        // The answer to the client's own close frame still waits to be written; without it a
        // browser reports a broken connection (RFC 6455, section 5.5.1).
        let _ = tokio::time::timeout(LINGER, sink.close()).await;
    }
}

async fn read(
    host: &Host,
    stream: &mut SplitStream<WebSocket>,
    id: kafedra_sfu::ConnectionId,
    json: &AtomicBool,
    pongs: mpsc::Sender<proto::SignalResponse>,
) -> End {
    loop {
        let Ok(message) = tokio::time::timeout(host.limits.silence, stream.next()).await else {
            return End::Silent;
        };
        let decoded = match message {
            None | Some(Ok(Message::Close(_))) => return End::Gone,
            Some(Err(error)) => return classify(error),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            Some(Ok(Message::Binary(frame))) => {
                json.store(false, Ordering::Relaxed);
                frame::decode_binary(&frame)
            }
            Some(Ok(Message::Text(frame))) => {
                json.store(true, Ordering::Relaxed);
                frame::decode_text(&frame)
            }
        };
        match decoded {
            Err(error) => return End::Malformed(error),
            Ok(request) => match pong(&request) {
                Some(pong) => {
                    // A client that does not take its pongs does not need more of them.
                    let _ = pongs.try_send(pong);
                }
                None if request.message.is_none() => {}
                None => host.media.signal(id, request).await,
            },
        }
    }
}

/// A broken connection is nobody's fault; an unreadable one gets a reason.
fn classify(error: axum::Error) -> End {
    let inner = error.into_inner();
    match inner.downcast_ref::<tungstenite::Error>() {
        Some(tungstenite::Error::Capacity(_)) => End::TooLarge,
        Some(tungstenite::Error::Utf8(_)) => End::Malformed(FrameError::Json),
        Some(tungstenite::Error::Protocol(
            tungstenite::error::ProtocolError::ResetWithoutClosingHandshake,
        )) => End::Gone,
        Some(tungstenite::Error::Protocol(_)) => End::Unreadable,
        _ => End::Gone,
    }
}

/// The answer to either kind of signalling ping, in milliseconds since 1970.
fn pong(request: &proto::SignalRequest) -> Option<proto::SignalResponse> {
    let message = match request.message.as_ref()? {
        signal_request::Message::Ping(_) => signal_response::Message::Pong(clock::unix_millis()),
        signal_request::Message::PingReq(ping) => signal_response::Message::PongResp(proto::Pong {
            last_ping_timestamp: ping.timestamp,
            timestamp: clock::unix_millis(),
        }),
        _ => return None,
    };
    Some(proto::SignalResponse {
        message: Some(message),
    })
}

async fn write(
    sink: &mut SplitSink<WebSocket, Message>,
    responses: &mut mpsc::Receiver<proto::SignalResponse>,
    pongs: &mut mpsc::Receiver<proto::SignalResponse>,
    json: &AtomicBool,
) -> End {
    let mut ping = tokio::time::interval(PING_EVERY);
    ping.reset();
    loop {
        let response = tokio::select! {
            response = responses.recv() => match response {
                None => return End::Finished,
                Some(response) => Some(response),
            },
            Some(pong) = pongs.recv() => Some(pong),
            _ = ping.tick() => None,
        };
        let format = if json.load(Ordering::Relaxed) {
            Format::Json
        } else {
            Format::Protobuf
        };
        let message = match response {
            None => Some(Message::Ping(Default::default())),
            Some(response) => frame::encode(&response, format),
        };
        let Some(message) = message else { continue };
        match tokio::time::timeout(WRITE_TIME, sink.send(message)).await {
            Err(_) => return End::Slow,
            Ok(Err(_)) => return End::Gone,
            Ok(Ok(())) => {}
        }
    }
}
