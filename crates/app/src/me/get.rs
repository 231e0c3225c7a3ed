//! Who is asking.

use axum::{Json, extract::State};
use kafedra_model::consent;

use super::{Me, MeGuest, MeKit, of_nobody, of_person};
use crate::{ApiResult, AppState, Caller, problem::locale};

/// The caller: a person, a guest, a room kit, or nobody.
#[utoipa::path(get, path = "/me", tag = "me", responses((status = 200, body = Me)))]
pub async fn get(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<Me>> {
    Ok(Json(match &caller {
        Caller::Person(signed_in) => {
            of_person(&state.store.db, &signed_in.account, &signed_in.person).await?
        }
        Caller::Guest { guest, .. } => Me {
            guest: Some(MeGuest {
                id: guest.id,
                name: guest.name.clone(),
            }),
            consent_due: guest.consent_version != consent::current().version,
            consent_version: Some(guest.consent_version.clone()),
            ..of_nobody(locale())
        },
        Caller::Kit { kit, .. } => Me {
            kit: Some(MeKit {
                id: kit.id,
                name: kit.name.clone(),
            }),
            ..of_nobody(locale())
        },
        Caller::Anonymous => of_nobody(locale()),
    }))
}
