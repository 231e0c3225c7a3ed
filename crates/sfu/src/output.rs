//! What goes into the engine from the network, and everything that comes out of it.

use std::net::SocketAddr;

use livekit_protocol as proto;

use crate::id::ConnectionId;
use crate::room::PeerId;

/// A datagram from the network.
#[derive(Clone, Copy, Debug)]
pub struct Datagram<'a> {
    pub source: SocketAddr,
    /// The advertised address that it came to.
    pub destination: SocketAddr,
    pub payload: &'a [u8],
}

/// A datagram for the network.
#[derive(Debug)]
pub struct Transmit {
    /// The advertised address that it must leave from.
    pub source: SocketAddr,
    pub destination: SocketAddr,
    pub payload: Vec<u8>,
}

/// What the host must do, in this order.
#[derive(Debug)]
pub enum Output {
    /// Send a message to a client.
    Signal(ConnectionId, Box<proto::SignalResponse>),
    /// Close a client's signalling connection after what was sent to it.
    Close(ConnectionId),
    /// Deliver a webhook event.
    Webhook(Box<proto::WebhookEvent>),
    /// STUN requests for this user fragment belong to this peer.
    Route(String, PeerId),
    /// Forget the peer's user fragments and addresses.
    Unroute(PeerId),
}
