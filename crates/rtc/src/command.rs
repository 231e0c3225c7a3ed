//! The door to the media engine: a cheap handle, [`Media`], that the signalling server, the server
//! API and the metrics hold, and the commands that it puts before the engine's thread.
//!
//! The engine thread owns every room. Whoever talks to it sends a command and, where an answer is
//! due, awaits it; nothing is shared but counters. Dropping a [`Connection`] tells the engine that
//! the client's WebSocket is gone, so a panicking or cancelled task cannot leak a participant.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, mpsc as blocking};

use kafedra_sfu::{ApiCall, ApiError, ApiReply, ConnectionId, Counters, Join, JoinError};
use livekit_protocol as proto;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

/// How many commands may wait before the engine; further ones wait in their own task, which stops
/// reading its WebSocket meanwhile.
const WAITING_COMMANDS: usize = 1024;

/// What `engine::start` needs.
#[derive(Debug)]
pub struct MediaConfig {
    /// The UDP port that all media goes through; port 0 takes a free one.
    pub bind: SocketAddr,
    /// Addresses that clients are told to send media to. Empty: those of this machine's
    /// interfaces, or the bound address itself where it is not the unspecified one.
    pub advertise: Vec<IpAddr>,
    /// Rooms, timeouts, ICE servers and the token signer.
    pub rooms: kafedra_sfu::Config,
}

/// A running engine.
pub struct Started {
    pub media: Media,
    /// Webhook events in the order they happened, `id` and `created_at` filled. Deliver them in
    /// order; the channel is unbounded, because the engine never waits for a slow receiver.
    pub webhooks: mpsc::UnboundedReceiver<proto::WebhookEvent>,
    /// Where media is received; the port is the real one.
    pub udp: SocketAddr,
}

/// What the engine is told. Public for tests that put something else in the engine's place.
pub enum Command {
    Join {
        join: Box<Join>,
        reply: oneshot::Sender<Result<Opened, JoinError>>,
    },
    Signal(ConnectionId, proto::SignalRequest),
    Closed(ConnectionId),
    Call {
        call: Box<ApiCall>,
        reply: oneshot::Sender<Result<ApiReply, ApiError>>,
    },
    /// Tell every client to reconnect elsewhere or later, finish the rooms and end the thread.
    Shutdown(oneshot::Sender<()>),
}

/// What the engine answers to [`Command::Join`].
pub struct Opened {
    pub id: ConnectionId,
    pub responses: mpsc::Receiver<proto::SignalResponse>,
}

/// A command and its place in the queue, which frees itself when the engine drops it.
pub struct Envelope {
    pub command: Command,
    _place: Option<OwnedSemaphorePermit>,
}

/// The handle. Clones reach the same engine.
#[derive(Clone)]
pub struct Media {
    commands: blocking::Sender<Envelope>,
    places: Arc<Semaphore>,
    wake: Arc<dyn Fn() + Send + Sync>,
    counters: Arc<Counters>,
}

impl Media {
    /// A handle and the end of the queue that the engine reads. `wake` is called after each
    /// command, since the engine may be asleep in its socket.
    pub fn channel(
        counters: Arc<Counters>,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> (Self, blocking::Receiver<Envelope>) {
        let (commands, inbox) = blocking::channel();
        let media = Self {
            commands,
            places: Arc::new(Semaphore::new(WAITING_COMMANDS)),
            wake,
            counters,
        };
        (media, inbox)
    }

    /// Lets a participant in, or resumes it when `join.request.reconnect` is set.
    ///
    /// An unknown participant's resume succeeds too: its only response is
    /// `leave{STATE_MISMATCH, RECONNECT}`, as clients expect it over the socket.
    pub async fn join(&self, join: Join) -> Result<Connection, JoinError> {
        let (reply, answer) = oneshot::channel();
        let command = Command::Join {
            join: Box::new(join),
            reply,
        };
        self.send(command).await;
        let opened = answer.await.unwrap_or(Err(JoinError::ShuttingDown))?;
        Ok(Connection {
            id: opened.id,
            responses: opened.responses,
            media: self.clone(),
        })
    }

    /// Passes a client's message on. Waits while the engine is behind.
    pub async fn signal(&self, connection: ConnectionId, request: proto::SignalRequest) {
        self.send(Command::Signal(connection, request)).await;
    }

    /// Runs one call of the server API. The caller has checked the token's grants.
    pub async fn call(&self, call: ApiCall) -> Result<ApiReply, ApiError> {
        let (reply, answer) = oneshot::channel();
        let command = Command::Call {
            call: Box::new(call),
            reply,
        };
        self.send(command).await;
        answer.await.unwrap_or(Err(ApiError::ShuttingDown))
    }

    /// Tells every client to reconnect and stops the engine. Returns when the last messages are
    /// handed to their connections.
    pub async fn shutdown(&self) {
        let (done, answer) = oneshot::channel();
        self.send(Command::Shutdown(done)).await;
        // An error means that the engine had ended already.
        let _ = answer.await;
    }

    /// Figures for the metrics page; reading them does not disturb the engine.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    async fn send(&self, command: Command) {
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        self.post(Envelope {
            command,
            _place: place,
        });
    }

    fn post(&self, envelope: Envelope) {
        // When the engine has ended, the command is dropped here, and with it its reply's sender:
        // the caller sees «shutting down».
        if self.commands.send(envelope).is_ok() {
            (self.wake)();
        }
    }
}

/// A client's signalling connection. Drop it when the WebSocket is gone.
pub struct Connection {
    pub id: ConnectionId,
    /// What to send to the client, in order. When it ends, send nothing more and close the socket.
    pub responses: mpsc::Receiver<proto::SignalResponse>,
    media: Media,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.media.post(Envelope {
            command: Command::Closed(self.id),
            _place: None,
        });
    }
}
