//! Arguments of handlers that refuse in words: [`Body`], [`Params`], [`Id`], [`Ids`].
//!
//! axum's own extractors answer in English plain text; these answer with [`MALFORMED`] or, for a
//! path that names nothing, [`NOT_FOUND`].

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    Json,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request},
    http::{header, request::Parts},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    ApiError, Code,
    problem::{MALFORMED, NOT_FOUND, TOO_LARGE, Words},
};

/// The JSON body of a request.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) if rejection.status().as_u16() == TOO_LARGE.status => {
                Err(ApiError::new(&TOO_LARGE))
            }
            Err(rejection) => {
                tracing::debug!(%rejection, "a body was not understood");
                Err(ApiError::new(&MALFORMED))
            }
        }
    }
}

/// The query of a request.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(params)) => Ok(Self(params)),
            Err(_) => Err(ApiError::new(&MALFORMED)),
        }
    }
}

/// The one id in a path.
#[derive(Debug)]
pub struct Id(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => Err(ApiError::new(&NOT_FOUND)),
        }
    }
}

/// The two ids in a path: of a record and of another within it.
#[derive(Debug)]
pub struct Ids(pub Uuid, pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Ids {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path((outer, inner))) => Ok(Self(outer, inner)),
            Err(_) => Err(ApiError::new(&NOT_FOUND)),
        }
    }
}

/// Where a request came from, for limits only.
///
/// `X-Forwarded-For` counts only when the connection comes from this very machine, that is, from a
/// reverse proxy on it; from anywhere else the header could say anything. Its last entry is the one
/// that the proxy itself wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // Without a known peer everyone shares one limit, which is strict but safe.
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        let forwarded = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
            .and_then(|last| last.trim().parse().ok());
        Ok(Self(if peer.is_loopback() {
            forwarded.unwrap_or(peer)
        } else {
            peer
        }))
    }
}

/// What the browser calls itself, cut to 200 characters.
#[derive(Debug, Clone)]
pub struct Agent(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Agent {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(
            parts
                .headers
                .get(header::USER_AGENT)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .chars()
                .take(200)
                .collect(),
        ))
    }
}

/// Another change came first; used by every record with a version.
pub const STALE: Code = Code {
    code: "edit.stale",
    status: 409,
    ru: Words {
        title: "Запись уже изменил кто-то другой",
        detail: "Обновите страницу, посмотрите на изменения и внесите свои ещё раз.",
    },
    en: Words {
        title: "Somebody else has changed this record",
        detail: "Reload the page, look at the changes and make yours again.",
    },
};
