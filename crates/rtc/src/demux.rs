//! Whose datagram is it? By its source address, and for a new address by the user fragment in its
//! STUN request (RFC 8445 7.2.2), which the peer must then prove.

use std::collections::HashMap;
use std::net::SocketAddr;

use kafedra_sfu::PeerId;

/// Addresses that one peer may use at a time; a phone that walks through networks has few.
const MOST_ADDRESSES: usize = 16;

/// What is known of a datagram's owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The address is this peer's.
    Known(PeerId),
    /// The datagram names this peer, and must be checked before the address is believed.
    Claimed(PeerId),
    Nobody,
}

#[derive(Debug, Default)]
struct Names {
    ufrags: Vec<String>,
    addresses: Vec<SocketAddr>,
}

/// The names and addresses of all peers.
#[derive(Debug, Default)]
pub struct Demux {
    by_address: HashMap<SocketAddr, PeerId>,
    by_ufrag: HashMap<String, PeerId>,
    names: HashMap<PeerId, Names>,
}

impl Demux {
    /// Whose datagram this is.
    pub fn owner(&self, source: SocketAddr, datagram: &[u8]) -> Owner {
        let known = self.by_address.get(&source).copied();
        // A client that begins anew may do so from the port it had: the name in a request
        // outweighs the address.
        let named = request_ufrag(datagram)
            .and_then(|ufrag| self.by_ufrag.get(ufrag))
            .copied();
        match (known, named) {
            (Some(known), None) => Owner::Known(known),
            (Some(known), Some(named)) if known == named => Owner::Known(known),
            (_, Some(named)) => Owner::Claimed(named),
            (None, None) => Owner::Nobody,
        }
    }

    /// A peer answers to this user fragment.
    pub fn add_ufrag(&mut self, ufrag: String, peer: PeerId) {
        self.names
            .entry(peer)
            .or_default()
            .ufrags
            .push(ufrag.clone());
        self.by_ufrag.insert(ufrag, peer);
    }

    /// The address was proven to be the peer's.
    pub fn believe(&mut self, source: SocketAddr, peer: PeerId) {
        if let Some(former) = self.by_address.insert(source, peer)
            && let Some(names) = self.names.get_mut(&former)
        {
            names.addresses.retain(|&address| address != source);
        }
        let names = self.names.entry(peer).or_default();
        names.addresses.push(source);
        if names.addresses.len() > MOST_ADDRESSES {
            let oldest = names.addresses.remove(0);
            self.by_address.remove(&oldest);
        }
    }

    /// The peer is gone.
    pub fn remove(&mut self, peer: PeerId) {
        let Some(names) = self.names.remove(&peer) else {
            return;
        };
        for ufrag in names.ufrags {
            self.by_ufrag.remove(&ufrag);
        }
        for address in names.addresses {
            self.by_address.remove(&address);
        }
    }
}

/// The receiver's user fragment in a STUN binding request: what precedes the colon in USERNAME.
fn request_ufrag(datagram: &[u8]) -> Option<&str> {
    const BINDING_REQUEST: [u8; 2] = [0, 1];
    const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
    const USERNAME: [u8; 2] = [0, 6];

    let header = datagram.get(..20)?;
    if header[..2] != BINDING_REQUEST || header[4..8] != MAGIC_COOKIE {
        return None;
    }
    let mut rest = datagram.get(20..)?;
    loop {
        let kind = rest.get(..2)?;
        let length = usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]));
        let value = rest.get(4..4 + length)?;
        if kind == USERNAME {
            let username = std::str::from_utf8(value).ok()?;
            return username.split_once(':').map(|(ufrag, _)| ufrag);
        }
        // Attributes are padded to four bytes (RFC 8489 14).
        rest = rest.get(4 + length.next_multiple_of(4)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kafedra_sfu::{MemberKey, RoomKey};

    fn peer(member: u64) -> PeerId {
        PeerId {
            room: RoomKey(1),
            member: MemberKey(member),
        }
    }

    fn request(username: &str) -> Vec<u8> {
        let mut bytes = vec![0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42];
        bytes.extend([7; 12]);
        // Something else first, of a length that needs padding.
        bytes.extend([0x80, 0x22, 0, 3, 1, 2, 3, 0]);
        bytes.extend([0, 6, 0, username.len() as u8]);
        bytes.extend(username.as_bytes());
        bytes
    }

    fn address(port: u16) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], port))
    }

    #[test]
    fn a_new_address_is_claimed_by_name_and_then_known() {
        let mut demux = Demux::default();
        demux.add_ufrag("abcd".into(), peer(1));
        let stun = request("abcd:xyz");
        assert_eq!(demux.owner(address(1), &stun), Owner::Claimed(peer(1)));
        demux.believe(address(1), peer(1));
        assert_eq!(demux.owner(address(1), &stun), Owner::Known(peer(1)));
        assert_eq!(demux.owner(address(1), &[0x80, 96]), Owner::Known(peer(1)));
        assert_eq!(demux.owner(address(2), &[0x80, 96]), Owner::Nobody);
    }

    #[test]
    fn a_port_taken_over_by_another_peer_is_claimed_anew() {
        let mut demux = Demux::default();
        demux.add_ufrag("old".into(), peer(1));
        demux.add_ufrag("new".into(), peer(2));
        demux.believe(address(1), peer(1));
        assert_eq!(
            demux.owner(address(1), &request("new:x")),
            Owner::Claimed(peer(2))
        );
        demux.believe(address(1), peer(2));
        demux.remove(peer(1));
        assert_eq!(demux.owner(address(1), &[]), Owner::Known(peer(2)));
        demux.remove(peer(2));
        assert_eq!(demux.owner(address(1), &[]), Owner::Nobody);
        assert_eq!(demux.owner(address(1), &request("new:x")), Owner::Nobody);
    }

    #[test]
    fn broken_stun_names_nobody() {
        let whole = request("abcd:xyz");
        for length in 0..whole.len() {
            assert_eq!(request_ufrag(&whole[..length]), None, "{length}");
        }
        assert_eq!(request_ufrag(&request("no colon")), None);
    }

    #[test]
    fn a_peer_keeps_a_bounded_number_of_addresses() {
        let mut demux = Demux::default();
        for port in 1..=40 {
            demux.believe(address(port), peer(1));
        }
        assert_eq!(demux.by_address.len(), MOST_ADDRESSES);
        assert_eq!(demux.owner(address(40), &[]), Owner::Known(peer(1)));
    }
}
