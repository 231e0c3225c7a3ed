//! Twirp, the shape of LiveKit's server API: `POST /twirp/<package>.<Service>/<Method>` with a
//! protobuf or JSON body; errors are always JSON `{code, msg}` with the status of their code.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use prost::Message;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::room_service;
use crate::server::Host;
use crate::token;

/// The encodings that Twirp knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Protobuf,
    Json,
}

impl Encoding {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        match value.split(';').next().unwrap_or_default().trim() {
            "application/protobuf" => Some(Self::Protobuf),
            "application/json" => Some(Self::Json),
            _ => None,
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Protobuf => "application/protobuf",
            Self::Json => "application/json",
        }
    }

    /// # Errors
    ///
    /// `malformed` where the body is not `M` in this encoding.
    pub fn read<M: Message + Default + DeserializeOwned>(self, body: &[u8]) -> Result<M, Error> {
        match self {
            Self::Protobuf => M::decode(body).map_err(|error| Error::malformed(&error)),
            Self::Json => serde_json::from_slice(body).map_err(|error| Error::malformed(&error)),
        }
    }

    /// # Errors
    ///
    /// `internal` where the message has no JSON form.
    pub fn write<M: Message + Serialize>(self, message: &M) -> Result<Vec<u8>, Error> {
        match self {
            Self::Protobuf => Ok(message.encode_to_vec()),
            Self::Json => serde_json::to_vec(message)
                .map_err(|_| Error::new("internal", "the answer has no JSON form")),
        }
    }
}

/// A Twirp error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Error {
    pub code: &'static str,
    pub msg: String,
}

impl Error {
    pub fn new(code: &'static str, msg: impl Into<String>) -> Self {
        Self {
            code,
            msg: msg.into(),
        }
    }

    fn malformed(cause: &impl std::fmt::Display) -> Self {
        Self::new(
            "malformed",
            format!("the request could not be decoded: {cause}"),
        )
    }

    fn status(&self) -> StatusCode {
        match self.code {
            "invalid_argument" | "malformed" | "out_of_range" => StatusCode::BAD_REQUEST,
            "unauthenticated" => StatusCode::UNAUTHORIZED,
            "permission_denied" => StatusCode::FORBIDDEN,
            "not_found" | "bad_route" => StatusCode::NOT_FOUND,
            "canceled" | "deadline_exceeded" => StatusCode::REQUEST_TIMEOUT,
            "already_exists" | "aborted" => StatusCode::CONFLICT,
            "failed_precondition" => StatusCode::PRECONDITION_FAILED,
            "resource_exhausted" => StatusCode::TOO_MANY_REQUESTS,
            "unimplemented" => StatusCode::NOT_IMPLEMENTED,
            "unavailable" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<token::TokenError> for Error {
    fn from(error: token::TokenError) -> Self {
        // LiveKit answers missing grants with this code too, not with `permission_denied`.
        Self::new("unauthenticated", error.to_string())
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        (self.status(), axum::Json(self)).into_response()
    }
}

/// `/twirp/…`, with one or two leading slashes.
pub fn router(host: Arc<Host>) -> Router {
    Router::new()
        .route("/twirp/{service}/{method}", any(call))
        .route("//twirp/{service}/{method}", any(call))
        .with_state(host)
}

async fn call(
    State(host): State<Arc<Host>>,
    Path((service, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    let outcome = serve(&host, &service, &method, request).await;
    let code = outcome.as_ref().map_or_else(|error| error.code, |_| "ok");
    host.metrics.api_called(room_service::known(&method), code);
    match outcome {
        Ok((encoding, bytes)) => {
            ([(header::CONTENT_TYPE, encoding.content_type())], bytes).into_response()
        }
        Err(error) => error.into_response(),
    }
}

async fn serve(
    host: &Arc<Host>,
    service: &str,
    method: &str,
    request: Request,
) -> Result<(Encoding, Vec<u8>), Error> {
    if service != room_service::NAME {
        return Err(Error::new(
            "bad_route",
            format!("no such service: {service}"),
        ));
    }
    if request.method() != Method::POST {
        return Err(Error::new("bad_route", "only POST is allowed"));
    }
    let Some(encoding) = Encoding::of(request.headers()) else {
        return Err(Error::new(
            "bad_route",
            "Content-Type must be application/protobuf or application/json",
        ));
    };
    // Before the body is read: strangers get no memory.
    let claims = host.claims(token::bearer(request.headers(), None)?)?;
    let body = body(request, host.limits.api_request).await?;
    let bytes = room_service::call(host, &claims, method, encoding, &body).await?;
    Ok((encoding, bytes))
}

async fn body(request: Request, limit: usize) -> Result<Bytes, Error> {
    axum::body::to_bytes(request.into_body(), limit)
        .await
        .map_err(|_| {
            Error::new(
                "resource_exhausted",
                format!("the request is larger than {limit} bytes or was cut off"),
            )
        })
}
