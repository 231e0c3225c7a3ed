//! «I am in this room»: a teacher before a kit, with a phone and no media on it.

use axum::{Json, extract::State};
use kafedra_model::{name, slip as code};
use kafedra_store::{
    person,
    presence_confirmation::{self, Way},
    slip,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{WRONG_PERSON, open::Named};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Address, Body},
    problem::{Problem, SIGN_IN_NEEDED},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    /// The ticket, or the token of the screen while it is fresh.
    token: String,
    /// Family name, for somebody who is not signed in.
    family_name: Option<String>,
    /// Code of a printed slip, for somebody who is not signed in. It is not used up.
    code: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Confirmed {
    /// Who was counted.
    name: String,
    event_title: String,
    /// They had been counted before this kit already, and still are once.
    again: bool,
}

/// Counts a teacher before a room kit: whoever is signed in, or else whose slip it is.
#[utoipa::path(
    post,
    path = "/presence/confirm",
    tag = "presence",
    request_body = Confirmation,
    responses(
        (status = 200, body = Confirmed),
        (status = 401, body = Problem, description = "`sign_in.needed`: neither signed in nor a slip's code"),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`presence.stale_code`, `room.ended`, `event.cancelled`"),
        (status = 422, body = Problem, description = "`presence.wrong_person`"),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn confirm(
    State(state): State<AppState>,
    caller: Caller,
    Address(address): Address,
    Body(asked): Body<Confirmation>,
) -> ApiResult<Json<Confirmed>> {
    let now = state.clock.now();
    state.limits.guesses.check(&address, now)?;
    let named = Named::by(&state, &asked.token).await?;
    let (person, way) = match (&caller, asked.code.as_deref()) {
        (Caller::Person(signed_in), _) => (signed_in.person.clone(), Way::Code),
        (_, Some(typed)) => {
            let family = asked.family_name.as_deref().unwrap_or_default();
            match by_slip(&state, family, typed).await? {
                Some(person) => (person, Way::Slip),
                None => {
                    state.limits.guesses.count(address, now);
                    return Err(ApiError::new(&WRONG_PERSON));
                }
            }
        }
        _ => return Err(ApiError::new(&SIGN_IN_NEEDED)),
    };
    let (event, kit) = (named.event.id, named.kit.id);
    let change = state.store.write().await?;
    let added = presence_confirmation::confirm(&change, event, kit, person.id, way, now).await?;
    change.commit().await?;
    Ok(Json(Confirmed {
        name: person.full_name(),
        event_title: named.event.title,
        again: !added,
    }))
}

/// The person whose open slip has this code and who bears this family name.
async fn by_slip(state: &AppState, family: &str, typed: &str) -> ApiResult<Option<person::Model>> {
    let Some(normalised) = code::normalise(typed) else {
        return Ok(None);
    };
    let hash = state
        .hasher
        .run(move || code::hash(&normalised))
        .await?
        .map_err(ApiError::internal)?;
    let db = &state.store.db;
    let Some(slip) = slip::open_of_code(db, &hash, state.clock.now()).await? else {
        return Ok(None);
    };
    let person = person::find(db, slip.person_id).await?;
    // Whoever types the full name as on the slip means the same.
    let typed = name::fold(family);
    Ok(person.filter(|person| {
        let family = name::fold(&person.family_name);
        let rest = typed.strip_prefix(&family);
        person.archived_at.is_none()
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    }))
}
