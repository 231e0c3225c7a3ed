//! One institution.

use axum::{Json, extract::State};
use kafedra_store::{employment, institution};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Institution, existing};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem};

/// An institution with its buildings, or with the legal entity whose building it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionCard {
    #[serde(flatten)]
    institution: Institution,
    legal_entity: Option<InstitutionName>,
    buildings: Vec<InstitutionName>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionName {
    id: Uuid,
    short_name: String,
}

impl From<institution::Model> for InstitutionName {
    fn from(row: institution::Model) -> Self {
        Self {
            id: row.id,
            short_name: row.short_name,
        }
    }
}

/// One institution, with how many people work there.
#[utoipa::path(
    get,
    path = "/institutions/{id}",
    tag = "institutions",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = InstitutionCard),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<InstitutionCard>> {
    caller.person()?;
    let row = existing(&state, id).await?;
    let today = state.today();
    let db = &state.store.db;
    let people = employment::headcounts(db, vec![id], today).await?;
    let count = people.get(&id).copied().unwrap_or(0);
    let legal_entity = match row.building_of {
        Some(of) => institution::find(db, of).await?.map(InstitutionName::from),
        None => None,
    };
    let buildings = institution::buildings(db, id).await?;
    Ok(Json(InstitutionCard {
        institution: Institution::of(row, Some(count)),
        legal_entity,
        buildings: buildings.into_iter().map(InstitutionName::from).collect(),
    }))
}
