//! The organiser's decision on one registration.

use axum::{Json, extract::State};
use kafedra_model::{letter::LetterKind, registration::RegistrationState};
use kafedra_store::{registration, registration_form};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{WITHDRAWN, letter_of, list::Registration, move_up, queue, tell};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    problem::{NOT_FOUND, Problem},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Gets a seat, or the last place on the waiting list where none is free.
    Accept,
    Decline,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct Decision {
    verdict: Verdict,
}

/// Accepts or declines a registration, for whoever may change the event; the person gets a letter. A
/// seat that becomes free goes to whoever waits for longest.
#[utoipa::path(
    patch,
    path = "/registrations/{id}",
    tag = "registration",
    params(("id" = Uuid, Path)),
    request_body = Decision,
    responses(
        (status = 200, body = Registration),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`registration.withdrawn`"),
    )
)]
pub async fn decide(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(decision): Body<Decision>,
) -> ApiResult<Json<Registration>> {
    caller.person()?;
    let row = registration::find(&state.store.db, id)
        .await?
        .ok_or(&NOT_FOUND)?;
    let standing = Standing::changing(&state, &caller, row.event_id)
        .await
        .map_err(|_| ApiError::new(&NOT_FOUND))?;
    let (event, me, now) = (standing.event, standing.me.person.id, state.clock.now());
    let transaction = state.store.write().await?;
    let form = registration_form::hold(&transaction, event.id)
        .await?
        .ok_or(&NOT_FOUND)?;
    let rows = registration::of_event(&transaction, event.id).await?;
    let mut row = rows
        .iter()
        .find(|one| one.id == id)
        .cloned()
        .ok_or(&NOT_FOUND)?;
    let next = match (decision.verdict, row.state()) {
        (_, RegistrationState::Withdrawn) => return Err(ApiError::new(&WITHDRAWN)),
        (Verdict::Accept, RegistrationState::ToDecide | RegistrationState::Declined) => {
            form.terms().admit(&queue(&rows))
        }
        (Verdict::Accept, stands) => stands,
        (Verdict::Decline, _) => RegistrationState::Declined,
    };
    if next != row.state() {
        row = registration::set_state(&transaction, id, next, Some(me), now)
            .await?
            .ok_or(&NOT_FOUND)?;
        let kind: LetterKind = letter_of(next);
        tell(&state, &transaction, &event, &row, kind).await?;
        move_up(&state, &transaction, &event, &form).await?;
    }
    transaction.commit().await?;
    Ok(Json(Registration::of(row, String::new())))
}
