//! Headers that say what a page may do, so that it can do only what ours needs.
//!
//! Every answer carries them, except scripts, styles and typefaces that a page loads: the policy
//! of the page holds there, and half a kilobyte times forty files is what a slow school waits for.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::web::{Nonce, PartOfPage};

/// What the policy depends on.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Origin of an outside media server, `wss://media.example`; browsers connect to it.
    pub media_origin: Option<String>,
    /// Browsers are told to insist on HTTPS: only with a certificate they trust.
    pub insist_on_https: bool,
}

/// For every answer: browsers take it as what it says it is, and give it to our pages alone.
const EVERYWHERE: [(HeaderName, &str); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// For what a browser could open as a page or run as a worker.
const PAGES: [(HeaderName, &str); 4] = [
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), \
         fullscreen=(self), picture-in-picture=(self), autoplay=(self), \
         geolocation=(), payment=(), usb=(), serial=()",
    ),
];

/// Middleware: adds the headers that the answer does not carry itself.
pub async fn secure(policy: Policy, request: Request, next: Next) -> Response {
    let host = host(request.headers());
    let mut response = next.run(request).await;
    let nonce = response.extensions().get::<Nonce>().cloned();
    let is_part = response.extensions().get::<PartOfPage>().is_some();
    let headers = response.headers_mut();
    add(headers, &EVERYWHERE);
    if is_part {
        return response;
    }
    let is_framed = is_framed(headers);
    add(headers, &PAGES);
    if is_framed {
        // Old browsers heed it before the policy that lets others frame this.
        headers.remove(header::X_FRAME_OPTIONS);
    }
    let content_policy = content_policy(&policy, host.as_deref(), nonce.as_ref());
    if let Ok(value) = HeaderValue::from_str(&content_policy) {
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(value);
    }
    if policy.insist_on_https {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    response
}

fn add(headers: &mut HeaderMap, wanted: &[(HeaderName, &'static str)]) {
    for (name, value) in wanted {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}

/// Whether an answer's own policy lets another site frame it.
fn is_framed(headers: &HeaderMap) -> bool {
    let own = headers.get(header::CONTENT_SECURITY_POLICY);
    own.and_then(|value| value.to_str().ok())
        .and_then(|policy| policy.split_once("frame-ancestors"))
        .is_some_and(|(_, sites)| !sites.trim_start().starts_with("'none'"))
}

/// The host that the browser asked, unless it is spelt as no host is.
fn host(headers: &HeaderMap) -> Option<String> {
    headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .filter(|host| {
            host.chars()
                .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
        })
        .map(str::to_owned)
}

/// Nothing from elsewhere, no inline script, no inline style without the page's nonce. WebSockets
/// to this host are named as such, since Safari 15 does not take `'self'` for them.
fn content_policy(policy: &Policy, host: Option<&str>, nonce: Option<&Nonce>) -> String {
    let mut connect = String::from("'self'");
    if let Some(host) = host {
        connect.push_str(&format!(" ws://{host} wss://{host}"));
    }
    if let Some(origin) = &policy.media_origin {
        // The client asks over HTTP why a WebSocket was refused.
        let http = origin.replacen("ws", "http", 1);
        connect.push_str(&format!(" {origin} {http}"));
    }
    let style = nonce.map_or_else(String::new, |Nonce(nonce)| format!(" 'nonce-{nonce}'"));
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'{style}; \
         img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob: data:; \
         connect-src {connect}; worker-src 'self' blob:; manifest-src 'self'; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_is_none_stays_out_of_the_policy() {
        let check = |value: &'static str, expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(value));
            assert_eq!(host(&headers).as_deref(), expected);
        };
        check("kafedra.example:8443", Some("kafedra.example:8443"));
        check("[::1]:8080", Some("[::1]:8080"));
        check("a; script-src *", None);
    }

    #[test]
    fn only_what_says_so_itself_is_framed() {
        let check = |policy: Option<&'static str>, expected| {
            let mut headers = HeaderMap::new();
            if let Some(policy) = policy {
                let value = HeaderValue::from_static(policy);
                headers.insert(header::CONTENT_SECURITY_POLICY, value);
            }
            assert_eq!(is_framed(&headers), expected, "{policy:?}");
        };
        check(None, false);
        check(Some("default-src 'none'"), false);
        check(Some("frame-ancestors 'none'; base-uri 'none'"), false);
        check(Some("base-uri 'none'; frame-ancestors *"), true);
        check(Some("frame-ancestors https://edu.city.example"), true);
    }

    #[test]
    fn an_outside_media_server_is_named_for_both_protocols() {
        let policy = Policy {
            media_origin: Some("wss://media.example".to_owned()),
            insist_on_https: false,
        };
        let text = content_policy(&policy, None, Some(&Nonce("abc".to_owned())));
        assert!(text.contains("connect-src 'self' wss://media.example https://media.example;"));
        assert!(text.contains("style-src 'self' 'nonce-abc';"));
        assert!(!text.contains("unsafe"));
    }
}
