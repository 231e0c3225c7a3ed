//! What an invitation invites to, for whoever holds its link.

use axum::{
    Json,
    extract::{Path, State},
};
use kafedra_store::institution;
use serde::Serialize;
use utoipa::ToSchema;

use super::open_of;
use crate::{ApiResult, AppState, problem::Problem, schema};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationCard {
    /// What the link does: join an institution, set a new password, set the first one.
    #[schema(value_type = schema::InvitationKind)]
    kind: String,
    #[schema(required)]
    institution_name: Option<String>,
    /// The position is fixed; otherwise the person chooses one.
    #[schema(required)]
    position_code: Option<String>,
    /// Whom the link is for; null for links into an institution.
    #[schema(required)]
    person_name: Option<String>,
    #[schema(required)]
    login: Option<String>,
}

/// What a link is for. Whoever holds the link may look.
#[utoipa::path(
    get,
    path = "/invitations/by-token/{token}",
    tag = "invitations",
    params(("token" = String, Path)),
    responses(
        (status = 200, body = InvitationCard),
        (status = 404, body = Problem, description = "`invitation.unknown`"),
        (status = 410, body = Problem, description = "`invitation.spent`"),
    )
)]
pub async fn card(
    State(state): State<AppState>,
    Path(token): Path<String>,
) -> ApiResult<Json<InvitationCard>> {
    let (row, known) = open_of(&state, &token).await?;
    let place = row.institution_id.or_else(|| {
        known
            .as_ref()
            .and_then(|known| known.answerable().first().copied())
    });
    let institution = match place {
        Some(id) => institution::find(&state.store.db, id).await?,
        None => None,
    };
    Ok(Json(InvitationCard {
        kind: row.kind,
        institution_name: institution.map(|row| row.name),
        position_code: row.position_code,
        person_name: known.as_ref().map(|known| known.person.full_name()),
        login: known
            .and_then(|known| known.account)
            .map(|account| account.login),
    }))
}
