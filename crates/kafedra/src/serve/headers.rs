//! Headers that every answer carries, so that a page can do only what ours needs.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// What the policy depends on.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Origin of an outside media server, `wss://media.example`; browsers connect to it.
    pub media_origin: Option<String>,
    /// Browsers are told to insist on HTTPS: only with a certificate they trust.
    pub insist_on_https: bool,
}

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), \
         fullscreen=(self), picture-in-picture=(self), autoplay=(self), \
         geolocation=(), payment=(), usb=(), serial=(), bluetooth=()",
    ),
];

/// Middleware: adds the headers that the answer does not carry itself.
pub async fn secure(policy: Policy, request: Request, next: Next) -> Response {
    let content_policy = content_policy(&policy, request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
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

/// Nothing from elsewhere, no inline script. WebSockets to this host are named as such, since
/// Safari 15 does not take `'self'` for them.
fn content_policy(policy: &Policy, headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .filter(|host| {
            host.chars()
                .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
        });
    let mut connect = String::from("'self'");
    if let Some(host) = host {
        connect.push_str(&format!(" ws://{host} wss://{host}"));
    }
    if let Some(origin) = &policy.media_origin {
        // The client asks over HTTP why a WebSocket was refused.
        let http = origin.replacen("ws", "http", 1);
        connect.push_str(&format!(" {origin} {http}"));
    }
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob: data:; \
         connect-src {connect}; worker-src 'self' blob:; manifest-src 'self'; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
}
