//! Who is asking: a signed-in person, a guest, or nobody yet.
//!
//! [`identify`] looks the session up once per request; handlers take [`Caller`] as an
//! argument and ask it for what they need. It also refuses cross-site writes.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use kafedra_model::{Actor, Locale};
use kafedra_store::{account, guest, person, role_grant, session};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState,
    problem::{CSRF, FORBIDDEN, LOCALE, SIGN_IN_NEEDED},
    secret,
};

pub const COOKIE: &str = "kafedra_session";

/// The caller of a request, as an argument of a handler.
#[derive(Debug, Clone, Default)]
pub enum Caller {
    Person(Box<SignedIn>),
    Guest {
        session_id: Uuid,
        guest: guest::Model,
    },
    #[default]
    Anonymous,
}

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub session_id: Uuid,
    pub account: account::Model,
    pub person: person::Model,
    pub actor: Actor,
    pub grants: Vec<role_grant::Model>,
}

impl Caller {
    /// The signed-in person, or 401 `sign_in.needed`.
    pub fn person(&self) -> ApiResult<&SignedIn> {
        match self {
            Self::Person(person) => Ok(person),
            _ => Err(ApiError::new(&SIGN_IN_NEEDED)),
        }
    }

    /// What the rules know of the signed-in person, or 401.
    pub fn actor(&self) -> ApiResult<&Actor> {
        Ok(&self.person()?.actor)
    }

    /// The signed-in person if `rule` lets them, else 403 (401 for nobody).
    pub fn allowed(&self, rule: impl FnOnce(&Actor) -> bool) -> ApiResult<&SignedIn> {
        let person = self.person()?;
        if rule(&person.actor) {
            Ok(person)
        } else {
            Err(ApiError::new(&FORBIDDEN))
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// Middleware of every `/api` route: finds the caller and their language, refuses
/// unsafe methods that another site started.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let accepted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or(Locale::Ru, Locale::from_accept_language);
    if !request.method().is_safe() && crosses_sites(request.headers(), request.method()) {
        return LOCALE
            .scope(accepted, async { ApiError::new(&CSRF).into_response() })
            .await;
    }
    let caller = match find(&state, request.headers()).await {
        Ok(caller) => caller,
        Err(error) => {
            return LOCALE
                .scope(accepted, async { error.into_response() })
                .await;
        }
    };
    let locale = match &caller {
        Caller::Person(person) => Locale::parse(&person.account.locale).unwrap_or(accepted),
        _ => accepted,
    };
    request.extensions_mut().insert(caller);
    LOCALE.scope(locale, next.run(request)).await
}

async fn find(state: &AppState, headers: &HeaderMap) -> ApiResult<Caller> {
    let jar = CookieJar::from_headers(headers);
    let Some(cookie) = jar.get(COOKIE) else {
        return Ok(Caller::Anonymous);
    };
    let hash = secret::hash(cookie.value());
    let db = &state.store.db;
    Ok(match session::find(db, &hash, state.clock.now()).await? {
        None => Caller::Anonymous,
        Some(session::Found::Guest { session, guest }) => Caller::Guest {
            session_id: session.id,
            guest,
        },
        Some(session::Found::Person {
            session,
            account,
            person,
        }) => {
            let grants = role_grant::of_person(db, person.id).await?;
            Caller::Person(Box::new(SignedIn {
                session_id: session.id,
                actor: Actor {
                    person_id: person.id,
                    grants: grants.iter().filter_map(|row| row.grant()).collect(),
                },
                account,
                person,
                grants,
            }))
        }
    })
}

/// Whether a browser says that another site made this request. `Sec-Fetch-Site` where it
/// is sent, else `Origin` against `Host`; a client that sends neither is no browser and
/// carries no cookie it was tricked into sending.
fn crosses_sites(headers: &HeaderMap, method: &Method) -> bool {
    debug_assert!(!method.is_safe());
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok())
    {
        return !matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => false,
        (Some(origin), Some(host)) => {
            origin.split_once("://").map(|(_, authority)| authority) != Some(host)
        }
        (Some(_), None) => true,
    }
}
