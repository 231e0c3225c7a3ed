//! Withdrawing a registration; the seat goes to whoever waits for longest.

use axum::{Json, extract::State};
use kafedra_model::{
    invitee::Answer, letter::LetterKind, notice::NoticeKind, registration::RegistrationState,
};
use kafedra_store::{event, invitee, notice, registration, registration_form, room};

use super::{
    card::{Applicant, RegistrationCard, open},
    move_up, tell,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Id,
    problem::{NOT_FOUND, Problem, SIGN_IN_NEEDED},
};

/// Withdraws the caller's own registration; doing it twice is no error.
#[utoipa::path(
    delete,
    path = "/events/{id}/registration",
    tag = "registration",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = RegistrationCard),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<RegistrationCard>> {
    let (event, room, who) = open(&state, &caller, id).await?;
    let Applicant::Person(me) = who else {
        return Err(ApiError::new(&SIGN_IN_NEEDED));
    };
    let row = registration::of_person(&state.store.db, id, me)
        .await?
        .ok_or(&NOT_FOUND)?;
    leave(&state, event, room, row).await.map(Json)
}

/// Takes somebody off the list.
pub(super) async fn leave(
    state: &AppState,
    event: event::Model,
    room: room::Model,
    row: registration::Model,
) -> ApiResult<RegistrationCard> {
    let now = state.clock.now();
    let transaction = state.store.write().await?;
    let form = registration_form::hold(&transaction, event.id).await?;
    let mut row = registration::find(&transaction, row.id)
        .await?
        .ok_or(&NOT_FOUND)?;
    if row.state().stands() {
        let withdrawn = RegistrationState::Withdrawn;
        row = registration::set_state(&transaction, row.id, withdrawn, None, now)
            .await?
            .ok_or(&NOT_FOUND)?;
        tell(state, &transaction, &event, &row, LetterKind::Withdrawn).await?;
        if let Some(person) = row.person_id {
            // Nobody who withdrew is reminded.
            invitee::answer(&transaction, event.id, person, Answer::Declined, now).await?;
            let late = [
                NoticeKind::Tomorrow,
                NoticeKind::Soon,
                NoticeKind::TimeChanged,
            ];
            notice::settle(&transaction, person, event.id, &late, now).await?;
        }
        if let Some(form) = &form {
            move_up(state, &transaction, &event, form).await?;
        }
    }
    let card = RegistrationCard::of(state, &transaction, event, &room, Some(row)).await?;
    transaction.commit().await?;
    Ok(card)
}
