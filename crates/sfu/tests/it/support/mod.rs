//! A world with a clock of its own, one engine, and any number of clients.

mod client;

pub use client::{Client, Heard};

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kafedra_sfu::{
    ApiCall, ApiError, ApiReply, Config, ConnectionId, Counters, Datagram, Dialect, Grants, Join,
    JoinError, Output, PeerId, Setup, Sfu,
};
use livekit_protocol as proto;
use proto::signal_request::Message as Request;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// The network's grain: packets arrive at once, time moves in these steps.
const STEP: Duration = Duration::from_millis(5);
pub const ROOM: &str = "ward";

pub struct World {
    pub now: Instant,
    pub sfu: Sfu,
    pub counters: Arc<Counters>,
    pub clients: Vec<Client>,
    pub webhooks: Vec<proto::WebhookEvent>,
    routes: HashMap<PeerId, Vec<String>>,
    addresses: HashMap<SocketAddr, PeerId>,
    /// The fraction of packets that the network loses on the way to a client.
    pub loss: HashMap<usize, f64>,
    /// Clients of which nothing reaches the engine's socket.
    pub unheard: HashSet<usize>,
    rng: StdRng,
}

pub fn server_address() -> SocketAddr {
    "10.0.0.1:7882".parse().unwrap()
}

impl World {
    pub fn new() -> Self {
        Self::with(Config {
            mint: Arc::new(|claims| Some(format!("token of {}", claims.identity))),
            ..Config::default()
        })
    }

    pub fn with(config: Config) -> Self {
        let now = Instant::now();
        let counters = Arc::new(Counters::default());
        let sfu = Sfu::new(Setup {
            config,
            seed: [7; 32],
            now,
            unix_ms: 1_700_000_000_000,
            addresses: vec![server_address()],
            counters: Arc::clone(&counters),
            last_connection: ConnectionId(0),
        })
        .unwrap();
        Self {
            now,
            sfu,
            counters,
            clients: Vec::new(),
            webhooks: Vec::new(),
            routes: HashMap::new(),
            addresses: HashMap::new(),
            loss: HashMap::new(),
            unheard: HashSet::new(),
            rng: StdRng::seed_from_u64(11),
        }
    }

    /// Someone who sends a camera in three layers and a microphone, and receives everything.
    pub fn join(&mut self, identity: &str) -> usize {
        self.join_with(identity, Grants::default())
    }

    pub fn join_with(&mut self, identity: &str, grants: Grants) -> usize {
        let mut client = Client::new(self.clients.len(), identity, self.now);
        client.publish_camera_and_microphone();
        self.connect(client, grants).unwrap()
    }

    /// Someone who only receives.
    pub fn join_silent(&mut self, identity: &str) -> usize {
        let client = Client::new(self.clients.len(), identity, self.now);
        self.connect(client, Grants::default()).unwrap()
    }

    pub fn try_join(&mut self, join: Join) -> Result<ConnectionId, JoinError> {
        let result = self.sfu.join(self.now, join);
        self.settle();
        result
    }

    fn connect(&mut self, mut client: Client, grants: Grants) -> Result<usize, JoinError> {
        let mut join = join_of(&client.identity);
        join.grants = grants;
        join.request = client.join_request();
        client.connection = Some(self.sfu.join(self.now, join)?);
        self.clients.push(client);
        self.settle();
        Ok(self.clients.len() - 1)
    }

    /// The client's WebSocket breaks.
    pub fn cut(&mut self, client: usize) {
        let connection = self.clients[client].connection.take().unwrap();
        self.sfu.closed(self.now, connection);
        self.settle();
    }

    /// The client comes back on a new WebSocket.
    pub fn resume(&mut self, client: usize) {
        let mut join = join_of(&self.clients[client].identity);
        join.request.reconnect = true;
        join.request.participant_sid = self.clients[client].sid.clone();
        let connection = self.sfu.join(self.now, join).unwrap();
        self.clients[client].connection = Some(connection);
        self.settle();
    }

    pub fn signal(&mut self, client: usize, message: Request) {
        let connection = self.clients[client].connection.unwrap();
        let request = proto::SignalRequest {
            message: Some(message),
        };
        self.sfu.signal(self.now, connection, request);
        self.settle();
    }

    pub fn call(&mut self, call: ApiCall) -> Result<ApiReply, ApiError> {
        let reply = self.sfu.call(self.now, call);
        self.settle();
        reply
    }

    /// Moves time on, with everyone sending.
    pub fn run(&mut self, duration: Duration) {
        let end = self.now + duration;
        while self.now < end {
            self.now += STEP;
            for client in &mut self.clients {
                client.produce(self.now);
            }
            self.sfu.handle_timeout(self.now);
            self.settle();
        }
    }

    pub fn run_seconds(&mut self, seconds: u64) {
        self.run(Duration::from_secs(seconds));
    }

    /// Carries everything back and forth until all is quiet.
    pub fn settle(&mut self) {
        loop {
            let mut quiet = self.drain_server();
            for index in 0..self.clients.len() {
                let (datagrams, requests) = self.clients[index].drain(self.now);
                quiet &= datagrams.is_empty() && requests.is_empty();
                for (source, payload) in datagrams {
                    if !self.unheard.contains(&index) {
                        self.carry(source, &payload);
                    }
                }
                self.sfu.flush(self.now);
                for message in requests {
                    if let Some(connection) = self.clients[index].connection {
                        let request = proto::SignalRequest {
                            message: Some(message),
                        };
                        self.sfu.signal(self.now, connection, request);
                    }
                }
            }
            if quiet {
                break;
            }
        }
    }

    fn drain_server(&mut self) -> bool {
        let mut quiet = true;
        while let Some(output) = self.sfu.poll_output() {
            quiet = false;
            match output {
                Output::Signal(connection, response) => {
                    if let Some(client) = self.client_of(connection) {
                        client.take_response(response.message.unwrap());
                    }
                }
                Output::Close(connection) => {
                    if let Some(client) = self.client_of(connection) {
                        client.connection = None;
                    }
                }
                Output::Webhook(event) => self.webhooks.push(*event),
                Output::Route(ufrag, peer) => self.routes.entry(peer).or_default().push(ufrag),
                Output::Unroute(peer) => {
                    self.routes.remove(&peer);
                    self.addresses.retain(|_, owner| *owner != peer);
                }
            }
        }
        while let Some(transmit) = self.sfu.poll_transmit() {
            quiet = false;
            let now = self.now;
            let receiver = self
                .clients
                .iter()
                .position(|client| client.address == transmit.destination);
            let Some(receiver) = receiver else {
                continue;
            };
            let loss = self.loss.get(&receiver).copied().unwrap_or_default();
            if !self.rng.random_bool(loss) {
                let client = &mut self.clients[receiver];
                client.receive(now, transmit.source, &transmit.payload);
            }
        }
        quiet
    }

    fn client_of(&mut self, connection: ConnectionId) -> Option<&mut Client> {
        self.clients
            .iter_mut()
            .find(|client| client.connection == Some(connection))
    }

    /// Delivers a datagram to the engine as its host would.
    pub fn carry(&mut self, source: SocketAddr, payload: &[u8]) {
        let datagram = Datagram {
            source,
            destination: server_address(),
            payload,
        };
        let owner = self.addresses.get(&source).copied().or_else(|| {
            let mut peers = self.routes.keys().copied();
            peers.find(|&peer| self.sfu.accepts(self.now, peer, &datagram))
        });
        if let Some(peer) = owner {
            self.addresses.insert(source, peer);
            self.sfu.receive(self.now, peer, &datagram);
        }
    }

    /// The names of the webhook events so far.
    pub fn events(&self) -> Vec<&str> {
        self.webhooks.iter().map(|e| e.event.as_str()).collect()
    }

    pub fn permit(&mut self, identity: &str, permission: proto::ParticipantPermission) {
        self.call(ApiCall::UpdateParticipant(
            proto::UpdateParticipantRequest {
                room: ROOM.into(),
                identity: identity.into(),
                permission: Some(permission),
                ..Default::default()
            },
        ))
        .unwrap();
    }
}

pub fn join_of(identity: &str) -> Join {
    Join {
        room: ROOM.into(),
        identity: identity.into(),
        name: identity.to_uppercase(),
        metadata: String::new(),
        attributes: HashMap::new(),
        kind: proto::participant_info::Kind::Standard,
        grants: Grants::default(),
        dialect: Dialect::OneConnection,
        request: proto::JoinRequest {
            connection_settings: Some(proto::ConnectionSettings {
                auto_subscribe: true,
                ..Default::default()
            }),
            ..Default::default()
        },
        remote: None,
    }
}

pub fn identity_in_room(identity: &str) -> proto::RoomParticipantIdentity {
    proto::RoomParticipantIdentity {
        room: ROOM.into(),
        identity: identity.into(),
        ..Default::default()
    }
}
