//! The UDP port of all media: many datagrams a system call, in and out.

use std::collections::VecDeque;
use std::io::{self, IoSliceMut};
use std::net::{IpAddr, SocketAddr, SocketAddrV6};

use kafedra_sfu::{Counters, Datagram, Transmit};
use mio::net::UdpSocket;
use mio::{Interest, Registry, Token};
use quinn_udp::{BATCH_SIZE, RecvMeta, UdpSocketState};

/// Kernel buffers: a key frame to a few hundred subscribers leaves at once. Linux gives as much
/// of it as `net.core.[rw]mem_max` allows.
const KERNEL_BUFFER: usize = 4 << 20;
/// One receive buffer holds what the kernel joins of one sender's datagrams (GRO).
const RECEIVE_BUFFER: usize = 65_536;
/// Segments of one send must fit into one IP packet's length field.
const LARGEST_BATCH: usize = 60_000;

pub struct MediaSocket {
    socket: UdpSocket,
    state: UdpSocketState,
    bound: SocketAddr,
    advertised: Vec<SocketAddr>,
    /// Some of the advertised addresses are this machine's own; others are a router's.
    own: Vec<IpAddr>,
    buffers: Vec<Vec<u8>>,
    batch: Vec<u8>,
}

impl MediaSocket {
    /// Binds the port; clients will be told of the addresses that `advertised` makes of the real
    /// one.
    pub fn bind(
        address: SocketAddr,
        advertised: impl FnOnce(SocketAddr) -> Vec<SocketAddr>,
    ) -> io::Result<Self> {
        let domain = socket2::Domain::for_address(address);
        let socket = socket2::Socket::new(domain, socket2::Type::DGRAM, None)?;
        if address.is_ipv6() {
            socket.set_only_v6(false)?;
        }
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        let socket = UdpSocket::from_std(socket.into());
        let state = UdpSocketState::new((&socket).into())?;
        // A smaller buffer than wished for is no reason not to start.
        let _ = state.set_send_buffer_size((&socket).into(), KERNEL_BUFFER);
        let _ = state.set_recv_buffer_size((&socket).into(), KERNEL_BUFFER);
        let bound = socket.local_addr()?;
        let advertised = advertised(bound);
        // Binding an address to any port tells whether it is this machine's.
        let own = advertised
            .iter()
            .map(SocketAddr::ip)
            .filter(|&ip| std::net::UdpSocket::bind((ip, 0)).is_ok())
            .collect();
        Ok(Self {
            socket,
            state,
            bound,
            advertised,
            own,
            buffers: vec![vec![0; RECEIVE_BUFFER]; BATCH_SIZE],
            batch: Vec::with_capacity(LARGEST_BATCH),
        })
    }

    /// The bound address, with the real port.
    pub fn local_addr(&self) -> SocketAddr {
        self.bound
    }

    /// The addresses that clients are told of.
    pub fn advertised(&self) -> &[SocketAddr] {
        &self.advertised
    }

    pub fn register(&mut self, registry: &Registry, token: Token) -> io::Result<()> {
        registry.register(&mut self.socket, token, Interest::READABLE)
    }

    /// Hands over what one receive call brings. Returns false when there was nothing.
    pub fn receive(&mut self, counters: &Counters, mut each: impl FnMut(Datagram<'_>)) -> bool {
        let mut meta = [RecvMeta::default(); BATCH_SIZE];
        let received = {
            let mut slices: Vec<_> = self
                .buffers
                .iter_mut()
                .map(|buffer| IoSliceMut::new(buffer))
                .collect();
            match self
                .state
                .recv((&self.socket).into(), &mut slices, &mut meta)
            {
                Ok(received) => received,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return false,
                Err(error) => {
                    // ICMP errors of clients that are gone surface here.
                    tracing::debug!(%error, "receiving from the media socket failed");
                    return true;
                }
            }
        };
        for (meta, buffer) in meta.iter().zip(&self.buffers).take(received) {
            let source = SocketAddr::new(meta.addr.ip().to_canonical(), meta.addr.port());
            let Some(destination) = self.destination(source, meta.dst_ip) else {
                continue;
            };
            let bytes = buffer.get(..meta.len).unwrap_or_default();
            for payload in bytes.chunks(meta.stride.max(1)) {
                counters.datagrams_in.add(1);
                counters.bytes_in.add(payload.len() as u64);
                each(Datagram {
                    source,
                    destination,
                    payload,
                });
            }
        }
        true
    }

    /// The advertised address that a datagram came to. Behind a router that is not the address
    /// in the packet, so another of the same family stands in.
    fn destination(&self, source: SocketAddr, to: Option<IpAddr>) -> Option<SocketAddr> {
        let to = to.map(|ip| ip.to_canonical());
        let exact = self.advertised.iter().find(|a| Some(a.ip()) == to);
        let family = || {
            self.advertised
                .iter()
                .find(|a| a.is_ipv4() == source.is_ipv4())
        };
        exact.or_else(family).copied()
    }

    /// Sends everything. Consecutive datagrams of one size to one client go in one system call;
    /// what the kernel does not take is dropped, since media that waits is worth nothing.
    pub fn send(&mut self, queue: &mut VecDeque<Transmit>, counters: &Counters) {
        let most = self.state.max_gso_segments();
        while let Some(first) = queue.pop_front() {
            let size = first.payload.len();
            let mut count = 1;
            self.batch.clear();
            self.batch.extend_from_slice(&first.payload);
            // A shorter datagram may end a batch, nothing may follow it.
            while let Some(next) = queue.front()
                && count < most
                && self.batch.len() == size * count
                && next.payload.len() <= size
                && self.batch.len() + next.payload.len() <= LARGEST_BATCH
                && (next.source, next.destination) == (first.source, first.destination)
            {
                self.batch.extend_from_slice(&next.payload);
                queue.pop_front();
                count += 1;
            }
            let transmit = quinn_udp::Transmit {
                destination: self.on_this_family(first.destination),
                ecn: None,
                contents: &self.batch,
                segment_size: (count > 1).then_some(size),
                src_ip: self.source_ip(first.source.ip()),
            };
            match self.state.try_send((&self.socket).into(), &transmit) {
                Ok(()) => {
                    counters.datagrams_out.add(count as u64);
                    counters.bytes_out.add(self.batch.len() as u64);
                }
                Err(error) => {
                    counters.datagrams_unsent.add(count as u64);
                    tracing::trace!(%error, "the media socket did not take a datagram");
                }
            }
        }
    }

    /// A socket of IPv6 reaches IPv4 by mapped addresses.
    fn on_this_family(&self, address: SocketAddr) -> SocketAddr {
        match address {
            SocketAddr::V4(v4) if self.bound.is_ipv6() => {
                SocketAddrV6::new(v4.ip().to_ipv6_mapped(), v4.port(), 0, 0).into()
            }
            other => other,
        }
    }

    /// The source address to ask the kernel for: needed where it could choose another, possible
    /// only for an address that is ours.
    fn source_ip(&self, advertised: IpAddr) -> Option<IpAddr> {
        let needed = self.bound.ip().is_unspecified() && self.own.contains(&advertised);
        needed.then(|| match advertised {
            IpAddr::V4(v4) if self.bound.is_ipv6() => v4.to_ipv6_mapped().into(),
            other => other,
        })
    }
}
