//! What is kept of a request: one log line and its figures. The route's pattern stands for the
//! path, which may carry a token or a name; neither queries nor addresses are written.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

use super::figures::Figures;

pub const REQUEST_ID: &str = "x-request-id";
/// W3C Server Timing.
const SERVER_TIMING: &str = "server-timing";

/// Middleware of a router, not around it, so that the route's pattern is known.
pub async fn observe(figures: Figures, request: Request, next: Next) -> Response {
    let method = known(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("other", MatchedPath::as_str)
        .to_owned();
    // The id is ours, never a stranger's: it stands in our logs.
    let id = uuid::Uuid::now_v7().simple().to_string();
    let span = tracing::info_span!("request", id);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = started.elapsed();
    let status = response.status();
    figures.answered(method, &route, status.as_u16(), took);
    span.in_scope(|| {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        if status.is_server_error() {
            tracing::warn!(
                method,
                route,
                status = status.as_u16(),
                milliseconds,
                "answered"
            );
        } else {
            tracing::debug!(
                method,
                route,
                status = status.as_u16(),
                milliseconds,
                "answered"
            );
        }
    });
    // Browsers show it among a page's requests, and the bench counts by it.
    let timing = format!("total;dur={:.2}", took.as_secs_f64() * 1000.0);
    if let Ok(timing) = HeaderValue::from_str(&timing) {
        response.headers_mut().insert(SERVER_TIMING, timing);
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A name from a closed list: a stranger's invented method must not become a label.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
