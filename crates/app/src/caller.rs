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
use kafedra_store::{account, guest, kit, kit_device, person, role_grant, session};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState,
    kit::NOT_PAIRED,
    problem::{CSRF, FORBIDDEN, LOCALE, SIGN_IN_NEEDED},
    secret,
};

pub const COOKIE: &str = "kafedra_session";
/// Makes a computer a room kit; lasts until it is revoked.
pub const KIT_COOKIE: &str = "kafedra_kit";

/// The caller of a request, as an argument of a handler.
#[derive(Debug, Clone, Default)]
pub enum Caller {
    Person(Box<SignedIn>),
    Guest {
        session_id: Uuid,
        guest: guest::Model,
    },
    /// A computer that was paired as a room kit, where nobody has signed in.
    Kit {
        device_id: Uuid,
        kit: Box<kit::Model>,
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
    /// What the caller is known by: a session, or for a room kit its computer.
    pub fn session_id(&self) -> Option<Uuid> {
        match self {
            Self::Person(person) => Some(person.session_id),
            Self::Guest { session_id, .. } => Some(*session_id),
            Self::Kit { device_id, .. } => Some(*device_id),
            Self::Anonymous => None,
        }
    }

    /// The signed-in person, or 401 `sign_in.needed`.
    pub fn person(&self) -> ApiResult<&SignedIn> {
        match self {
            Self::Person(person) => Ok(person),
            _ => Err(ApiError::new(&SIGN_IN_NEEDED)),
        }
    }

    /// The room kit, or 403 `kit.not_paired`.
    pub fn kit(&self) -> ApiResult<&kit::Model> {
        match self {
            Self::Kit { kit, .. } => Ok(kit),
            _ => Err(ApiError::new(&NOT_PAIRED)),
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
    let db = &state.store.db;
    let session = match jar.get(COOKIE) {
        Some(cookie) => session::find(db, &secret::hash(cookie.value()), state.clock.now()).await?,
        None => None,
    };
    Ok(match session {
        None => match jar.get(KIT_COOKIE) {
            Some(cookie) => kit_device::kit_of(db, &secret::hash(cookie.value()))
                .await?
                .map_or(Caller::Anonymous, |(device, kit)| Caller::Kit {
                    device_id: device.id,
                    kit: Box::new(kit),
                }),
            None => Caller::Anonymous,
        },
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
