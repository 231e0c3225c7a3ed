//! The addresses of this machine, as clients are told of them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// The addresses to advertise for a socket bound to `bound`: what the operator said, else the
/// bound address, else those of the machine's interfaces. Loopback only where there is no other.
pub fn advertised(bound: SocketAddr, configured: &[IpAddr]) -> Vec<SocketAddr> {
    let addresses = if !configured.is_empty() {
        configured.to_vec()
    } else if !bound.ip().is_unspecified() {
        vec![bound.ip()]
    } else {
        interfaces(bound.is_ipv6())
    };
    addresses
        .into_iter()
        .map(|address| SocketAddr::new(address, bound.port()))
        .collect()
}

/// The addresses of the machine's interfaces, IPv4 before IPv6.
fn interfaces(with_ipv6: bool) -> Vec<IpAddr> {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let mut found: Vec<IpAddr> = local_ipv4(&read("/proc/net/fib_trie"));
    if with_ipv6 {
        found.extend(local_ipv6(&read("/proc/net/if_inet6")));
    }
    if found.is_empty() {
        // Where the kernel's tables cannot be read: the address that a packet to the world would
        // carry. Connecting a UDP socket sends nothing.
        found.extend(route_to_the_world());
    }
    if found.is_empty() {
        found.push(Ipv4Addr::LOCALHOST.into());
    }
    found
}

/// Local addresses in Linux's routing table: lines `|-- 192.0.2.1` followed by `/32 host LOCAL`.
fn local_ipv4(table: &str) -> Vec<IpAddr> {
    let mut found = Vec::new();
    let mut last: Option<Ipv4Addr> = None;
    for line in table.lines().map(str::trim) {
        if let Some(address) = line.strip_prefix("|-- ") {
            last = address.parse().ok();
        } else if line == "/32 host LOCAL"
            && let Some(address) = last
            && !address.is_loopback()
            && !found.contains(&IpAddr::V4(address))
        {
            found.push(IpAddr::V4(address));
        }
    }
    found
}

/// Global addresses in Linux's list of IPv6 addresses: 32 hexadecimal digits, then index, prefix
/// length, scope (00 is global), flags and name.
fn local_ipv6(table: &str) -> Vec<IpAddr> {
    table
        .lines()
        .filter_map(|line| {
            let mut fields = line.split_whitespace();
            let address = u128::from_str_radix(fields.next()?, 16).ok()?;
            let is_global = fields.nth(2)? == "00";
            is_global.then(|| IpAddr::V6(Ipv6Addr::from(address)))
        })
        .collect()
}

fn route_to_the_world() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // RFC 5737's documentation network: routed like the world, owned by nobody.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_unspecified()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_addresses_are_read_from_the_kernels_tables() {
        let table = "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 10.1.2.0\n        /24 link UNICAST\n     \
            |-- 10.1.2.3\n        /32 host LOCAL\n     |-- 127.0.0.1\n        /32 host LOCAL\n\
            Local:\n     |-- 10.1.2.3\n        /32 host LOCAL\n";
        assert_eq!(local_ipv4(table), ["10.1.2.3".parse::<IpAddr>().unwrap()]);
        let table = "20010db8000000000000000000000001 02 40 00 80     eth0\n\
            fe800000000000000000000000000001 02 40 20 80     eth0\n";
        assert_eq!(
            local_ipv6(table),
            ["2001:db8::1".parse::<IpAddr>().unwrap()]
        );
    }

    #[test]
    fn what_the_operator_says_outweighs_what_is_found() {
        let bound = "0.0.0.0:7".parse().unwrap();
        let told = ["203.0.113.5".parse().unwrap()];
        assert_eq!(advertised(bound, &told), ["203.0.113.5:7".parse().unwrap()]);
        let loopback = "127.0.0.1:7".parse().unwrap();
        assert_eq!(advertised(loopback, &[]), [loopback]);
        assert!(!advertised(bound, &[]).is_empty());
    }
}
