//! From where a request came, seen through the reverse proxies that the operator trusts.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request},
    http::{HeaderMap, request::Parts},
    middleware::Next,
    response::Response,
};

/// The other end of a request, as an argument of a handler.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    pub address: IpAddr,
    /// No proxy, trusted or not, stands between.
    pub direct: bool,
}

impl Client {
    /// A program on this machine that asked itself, not through a proxy for someone else.
    pub fn is_local(&self) -> bool {
        self.direct && self.address.is_loopback()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // Without the middleware nobody is known; nobody is not local.
        Ok(parts.extensions.get().copied().unwrap_or(Self {
            address: IpAddr::V6(Ipv6Addr::UNSPECIFIED),
            direct: false,
        }))
    }
}

/// Middleware: puts [`Client`] into the request, and the client's address in place of a trusted
/// proxy's into `ConnectInfo`, which limits are keyed by.
pub async fn resolve(trusted: Arc<[IpAddr]>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let client = client(peer.ip().to_canonical(), request.headers(), &trusted);
        let port = peer.port();
        request.extensions_mut().insert(client);
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(client.address, port)));
    }
    next.run(request).await
}

/// The nearest address that is not a trusted proxy's. What a client claims of itself stands
/// further left and is never reached.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> Client {
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let mut address = peer;
    for hop in forwarded.iter().rev() {
        if !trusted.contains(&address) {
            break;
        }
        match hop.parse::<IpAddr>() {
            Ok(hop) => address = hop.to_canonical(),
            Err(_) => break,
        }
    }
    Client {
        address,
        direct: forwarded.is_empty() && !headers.contains_key("forwarded"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_trusted_proxy_says_is_believed() {
        let check = |peer: &str, header: Option<&str>, expected: &str, local: bool| {
            let mut headers = HeaderMap::new();
            if let Some(header) = header {
                headers.insert("x-forwarded-for", header.parse().unwrap());
            }
            let trusted = ["10.0.0.1".parse().unwrap(), "127.0.0.1".parse().unwrap()];
            let client = client(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(client.address.to_string(), expected);
            assert_eq!(client.is_local(), local);
        };
        check("127.0.0.1", None, "127.0.0.1", true);
        check("127.0.0.1", Some("127.0.0.1"), "127.0.0.1", false);
        check("10.0.0.1", Some("6.6.6.6, 192.0.2.7"), "192.0.2.7", false);
        check("10.0.0.1", Some("192.0.2.7, 127.0.0.1"), "192.0.2.7", false);
        check("192.0.2.9", Some("127.0.0.1"), "192.0.2.9", false);
        check("10.0.0.1", Some("nonsense"), "10.0.0.1", false);
    }
}
