//! The caller takes their consent back.

use axum::{Json, extract::State};
use kafedra_model::Action;
use kafedra_store::consent;

use super::{Me, of_person};
use crate::{ApiResult, AppState, Caller, access_log::record, problem::Problem};

/// Withdraws the caller's consent. Meetings stay closed to them until they agree again; what they
/// agreed to and when stays in the register of consents. Withdrawing twice is no error.
#[utoipa::path(
    delete,
    path = "/me/consents",
    tag = "me",
    responses((status = 200, body = Me), (status = 401, body = Problem))
)]
pub async fn withdraw(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<Me>> {
    let signed_in = caller.person()?;
    let person = &signed_in.person;
    let change = state.store.write().await?;
    let withdrawn = consent::withdraw(&change, person.id, state.clock.now()).await?;
    if !withdrawn.is_empty() {
        record(
            &state,
            &change,
            Some(person.id),
            Action::ConsentWithdrawn,
            Some(person.id),
            withdrawn.join(", "),
        )
        .await?;
    }
    change.commit().await?;
    Ok(Json(
        of_person(&state.store.db, &signed_in.account, person).await?,
    ))
}
