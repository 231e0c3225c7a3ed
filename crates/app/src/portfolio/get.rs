//! A portfolio.

use axum::{Json, extract::State};
use kafedra_model::Action;
use kafedra_store::{employment, institution, person, position};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Talk, record};
use crate::{
    ApiError, ApiResult, AppState, Caller, access_log,
    certificate::Certificate,
    event::view::PersonRef,
    extract::Id,
    person::Known,
    problem::{NOT_FOUND, Problem},
};

/// What a person passed on to others, confirmed and provable.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Portfolio {
    pub person: PersonRef,
    /// Of the main employment; empty for somebody who works nowhere.
    pub institution: String,
    pub position: String,
    /// Confirmed parts in events that were held, the latest first.
    pub entries: Vec<Talk>,
    /// Valid certificates beside those of the entries.
    pub certificates: Vec<Certificate>,
}

impl Portfolio {
    pub(super) async fn of(state: &AppState, person: &person::Model) -> ApiResult<Self> {
        let db = &state.store.db;
        let today = state.today();
        let main = employment::main(db, [person.id], today)
            .await?
            .remove(&person.id);
        let (institution, position) = match main {
            Some(row) => {
                let names = institution::short_names(db, vec![row.institution_id]).await?;
                let positions = position::all(db).await?;
                let position = positions
                    .iter()
                    .find(|position| position.code == row.position_code)
                    .map(crate::position::name_of);
                (
                    names.into_values().next().unwrap_or_default(),
                    position.unwrap_or_default(),
                )
            }
            None => Default::default(),
        };
        let record = record(state, person.id).await?;
        let (entries, others): (Vec<Talk>, Vec<Talk>) =
            record.talks.into_iter().partition(|talk| talk.counts);
        let mut certificates = record.certificates;
        certificates.extend(others.into_iter().filter_map(|talk| talk.certificate));
        certificates.sort_by(|a, b| (b.held_on, &b.number).cmp(&(a.held_on, &a.number)));
        Ok(Self {
            person: person.into(),
            institution,
            position,
            entries,
            certificates,
        })
    }
}

/// The person whose portfolio the caller may read: their own, and that of people whose cards they
/// read; such a look is logged. Others do not exist.
///
/// # Errors
///
/// 401 for nobody, 404 for the rest.
pub async fn readable(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<person::Model> {
    let me = caller.person()?;
    let db = &state.store.db;
    let known = Known::of(state, db, id).await?;
    if !me.actor.reads_person(id, &known.answerable()) {
        return Err(ApiError::new(&NOT_FOUND));
    }
    if me.person.id != id {
        let action = Action::PersonViewed;
        access_log::record(state, db, Some(me.person.id), action, Some(id), "portfolio").await?;
    }
    Ok(known.person)
}

/// A person's portfolio, for themselves and those who may read their card.
#[utoipa::path(
    get,
    path = "/people/{id}/portfolio",
    tag = "portfolio",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Portfolio),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Portfolio>> {
    let person = readable(&state, &caller, id).await?;
    Ok(Json(Portfolio::of(&state, &person).await?))
}
