//! What is answered while the database's schema is not there yet: 503, in words.

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kafedra_app::{
    ApiError,
    problem::{DATABASE_AWAY, LOCALE},
};
use kafedra_model::Locale;

use super::status::Phase;

/// Middleware: lets requests through once the schema is up to date.
pub async fn wait_for_schema(phase: Phase, request: Request, next: Next) -> Response {
    if phase.has_schema() {
        return next.run(request).await;
    }
    let locale = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or(Locale::Ru, Locale::from_accept_language);
    let mut response = LOCALE
        .scope(locale, async {
            ApiError::new(&DATABASE_AWAY).into_response()
        })
        .await;
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}
