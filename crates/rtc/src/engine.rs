//! The engine's thread: it owns the rooms and the socket, sleeps until a datagram, a command or a
//! deadline comes, and acts on all of them before it sleeps again.
//!
//! There is one thread with one socket. A room touches nothing outside itself, so more threads
//! mean a table from room to thread in [`Media`](crate::command::Media) and one of these each.
//!
//! Should the rooms' code panic, which it never should, all rooms are thrown away and the thread
//! goes on with none: on the same port, with the same handles. Clients are told to join again.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use kafedra_sfu::{ConnectionId, Counters, Output, Setup, Sfu, Transmit};
use livekit_protocol as proto;
use mio::{Events, Poll, Token, Waker};
use tokio::sync::mpsc;

use crate::addresses::advertised;
use crate::command::{Command, Envelope, Media, MediaConfig, Opened, Started};
use crate::demux::{Demux, Owner};
use crate::socket::MediaSocket;

const SOCKET: Token = Token(0);
const WAKE: Token = Token(1);
/// Commands and receive calls between two looks at the timers.
const COMMANDS_A_TURN: usize = 128;
const RECEIVES_A_TURN: usize = 16;
/// Messages that wait for one client's WebSocket before the engine gives the connection up.
const WAITING_RESPONSES: usize = 1024;

/// Starts the engine on its own thread.
///
/// # Errors
///
/// The port cannot be bound, or the system gives no thread or randomness.
pub fn start(config: MediaConfig) -> io::Result<Started> {
    let mut socket = MediaSocket::bind(config.bind, |bound| advertised(bound, &config.advertise))?;
    let udp = socket.local_addr();
    let poll = Poll::new()?;
    socket.register(poll.registry(), SOCKET)?;
    let waker = Waker::new(poll.registry(), WAKE)?;
    let counters = Arc::new(Counters::default());
    let wake = Arc::new(move || {
        if let Err(error) = waker.wake() {
            tracing::error!(%error, "the media engine could not be woken");
        }
    });
    let (media, inbox) = Media::channel(Arc::clone(&counters), wake);
    let (webhooks, webhook_events) = mpsc::unbounded_channel();
    let sfu = rooms(&config.rooms, &socket, &counters, ConnectionId(0))?;
    tracing::info!(%udp, advertised = ?socket.advertised(), "media is received");
    let mut engine = Engine {
        config: config.rooms,
        sfu,
        poll,
        socket,
        demux: Demux::default(),
        inbox,
        clients: HashMap::new(),
        last_connection: ConnectionId(0),
        webhooks,
        counters,
        transmits: VecDeque::new(),
        state: State::Running,
    };
    std::thread::Builder::new()
        .name("media".to_owned())
        .spawn(move || engine.supervise())?;
    Ok(Started {
        media,
        webhooks: webhook_events,
        udp,
    })
}

/// An engine without rooms.
fn rooms(
    config: &kafedra_sfu::Config,
    socket: &MediaSocket,
    counters: &Arc<Counters>,
    last_connection: ConnectionId,
) -> io::Result<Sfu> {
    Sfu::new(Setup {
        config: config.clone(),
        seed: rand::random(),
        now: Instant::now(),
        unix_ms: unix_ms(),
        addresses: socket.advertised().to_vec(),
        counters: Arc::clone(counters),
        last_connection,
    })
    .map_err(io::Error::other)
}

fn unix_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as i64)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Ended,
}

struct Engine {
    /// For the next [`Sfu`], should this one panic.
    config: kafedra_sfu::Config,
    sfu: Sfu,
    poll: Poll,
    socket: MediaSocket,
    demux: Demux,
    inbox: Receiver<Envelope>,
    clients: HashMap<ConnectionId, mpsc::Sender<proto::SignalResponse>>,
    last_connection: ConnectionId,
    webhooks: mpsc::UnboundedSender<proto::WebhookEvent>,
    counters: Arc<Counters>,
    transmits: VecDeque<Transmit>,
    state: State,
}

impl Engine {
    /// Runs to the end, through every panic on the way.
    fn supervise(&mut self) {
        // Nothing half done is seen again: `begin_anew` replaces all that the rooms' code touches.
        while let Err(panic) = catch_unwind(AssertUnwindSafe(|| self.run())) {
            let words = words_of(&*panic);
            tracing::error!(panic = words, "the media engine panicked and begins anew");
            self.counters.engine_panics.add(1);
            if let Err(error) = self.begin_anew() {
                tracing::error!(%error, "the media engine could not begin anew, and ends");
                return;
            }
        }
    }

    /// Forgets all rooms, and sends every client away with the advice to join again.
    fn begin_anew(&mut self) -> io::Result<()> {
        let last = self.last_connection;
        self.sfu = rooms(&self.config, &self.socket, &self.counters, last)?;
        self.demux = Demux::default();
        self.transmits.clear();
        for (_, client) in self.clients.drain() {
            // Whoever is too slow for this sees the connection end, and tries to resume.
            let _ = client.try_send(join_again());
        }
        Ok(())
    }

    fn run(&mut self) {
        let mut events = Events::with_capacity(8);
        // The socket tells only of what is new; what came before a panic still waits in it.
        let mut more = true;
        while self.state == State::Running {
            let wait = if more {
                Some(Duration::ZERO)
            } else {
                self.wait()
            };
            if let Err(error) = self.poll.poll(&mut events, wait)
                && error.kind() != io::ErrorKind::Interrupted
            {
                tracing::error!(%error, "the media engine cannot wait for its socket, and ends");
                return;
            }
            more = self.take_datagrams();
            more |= self.take_commands();
            self.sfu.handle_timeout(Instant::now());
            self.drain();
        }
    }

    /// How long to sleep: until the next deadline, rounded up, since the system sleeps in whole
    /// milliseconds and a timer that is early turns the loop for nothing.
    fn wait(&self) -> Option<Duration> {
        let at = self.sfu.poll_timeout()?;
        Some(at.saturating_duration_since(Instant::now()))
    }

    /// Handles what a few receive calls bring; true if there may be more.
    fn take_datagrams(&mut self) -> bool {
        for _ in 0..RECEIVES_A_TURN {
            let now = Instant::now();
            let (sfu, demux, counters) = (&mut self.sfu, &mut self.demux, &*self.counters);
            let received = self.socket.receive(counters, |datagram| {
                match demux.owner(datagram.source, datagram.payload) {
                    Owner::Known(peer) => sfu.receive(now, peer, &datagram),
                    Owner::Claimed(peer) if sfu.accepts(now, peer, &datagram) => {
                        demux.believe(datagram.source, peer);
                        sfu.receive(now, peer, &datagram);
                    }
                    Owner::Claimed(_) | Owner::Nobody => counters.datagrams_unknown.add(1),
                }
            });
            if !received {
                return false;
            }
            // All that came together is written to all subscribers, then sent.
            self.sfu.flush(now);
            self.drain();
        }
        true
    }

    /// Handles commands; true if there may be more.
    fn take_commands(&mut self) -> bool {
        for _ in 0..COMMANDS_A_TURN {
            match self.inbox.try_recv() {
                Ok(envelope) => self.execute(envelope.command),
                Err(TryRecvError::Empty) => return false,
                Err(TryRecvError::Disconnected) => {
                    // Every handle is gone: nobody can want anything more.
                    self.end();
                    return false;
                }
            }
        }
        true
    }

    fn execute(&mut self, command: Command) {
        let now = Instant::now();
        match command {
            Command::Join { join, reply } => {
                let opened = self.sfu.join(now, *join).map(|id| {
                    let (sender, responses) = mpsc::channel(WAITING_RESPONSES);
                    self.clients.insert(id, sender);
                    self.last_connection = id;
                    Opened { id, responses }
                });
                // A caller that is gone drops the receiver, which ends the connection below.
                let _ = reply.send(opened);
            }
            Command::Signal(connection, request) => self.sfu.signal(now, connection, request),
            Command::Closed(connection) => {
                self.clients.remove(&connection);
                self.sfu.closed(now, connection);
            }
            Command::Call { call, reply } => {
                let _ = reply.send(self.sfu.call(now, *call));
            }
            Command::Shutdown(done) => {
                self.end();
                let _ = done.send(());
            }
        }
        self.drain();
    }

    fn end(&mut self) {
        self.sfu.shut_down(Instant::now());
        self.drain();
        self.clients.clear();
        self.state = State::Ended;
    }

    /// Carries out everything that the rooms want done.
    fn drain(&mut self) {
        while let Some(output) = self.sfu.poll_output() {
            match output {
                Output::Signal(connection, response) => self.respond(connection, *response),
                Output::Close(connection) => {
                    self.clients.remove(&connection);
                }
                Output::Webhook(event) => {
                    // Nobody listens where no webhooks are configured.
                    let _ = self.webhooks.send(*event);
                }
                Output::Route(ufrag, peer) => self.demux.add_ufrag(ufrag, peer),
                Output::Unroute(peer) => self.demux.remove(peer),
            }
        }
        while let Some(transmit) = self.sfu.poll_transmit() {
            self.transmits.push_back(transmit);
        }
        self.socket.send(&mut self.transmits, &self.counters);
    }

    fn respond(&mut self, connection: ConnectionId, response: proto::SignalResponse) {
        let Some(client) = self.clients.get(&connection) else {
            return;
        };
        // A client that does not read, or whose socket is gone: it may resume within its time.
        if client.try_send(response).is_err() {
            self.clients.remove(&connection);
            self.sfu.closed(Instant::now(), connection);
        }
    }
}

/// What clients take as: drop the session, and join with a new one at once.
fn join_again() -> proto::SignalResponse {
    let leave = proto::LeaveRequest {
        can_reconnect: true,
        reason: proto::DisconnectReason::StateMismatch.into(),
        action: proto::leave_request::Action::Reconnect.into(),
        regions: None,
    };
    proto::SignalResponse {
        message: Some(proto::signal_response::Message::Leave(leave)),
    }
}

/// What a panic was raised with: a text, unless somebody took pains to raise something else.
fn words_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}
