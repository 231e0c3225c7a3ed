//! `/api/docs`: the OpenAPI document as a page, drawn by a script of our own.
//!
//! The usual viewers are megabytes and want a looser content policy; this one lists what a caller
//! needs: routes by noun, parameters, bodies, answers.

use axum::{Router, http::header, routing::get};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let file = |kind: &'static str, text: &'static str| {
        get(move || {
            std::future::ready((
                [
                    (header::CONTENT_TYPE, kind),
                    (header::CONTENT_SECURITY_POLICY, POLICY),
                    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                    (header::CACHE_CONTROL, "no-cache"),
                ],
                text,
            ))
        })
    };
    Router::new()
        .route(
            "/api/docs",
            file("text/html; charset=utf-8", include_str!("page.html")),
        )
        .route(
            "/api/docs/page.js",
            file("text/javascript; charset=utf-8", include_str!("page.js")),
        )
        .route(
            "/api/docs/page.css",
            file("text/css; charset=utf-8", include_str!("page.css")),
        )
}
