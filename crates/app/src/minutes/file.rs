//! Minutes as a paper.

use axum::{extract::State, response::Response};
use chrono::{DateTime, Utc};
use kafedra_documents::{Letterhead, minutes as papers};
use kafedra_model::{Locale, minutes::Body};
use kafedra_store::{association, event, minutes};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{body, prefill, readable};
use crate::{
    ApiResult, AppState, Caller,
    attendance::local_day,
    extract::{Id, Params},
    letterhead, paper,
    problem::{NOT_FOUND, Problem, locale},
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// A signed version; the latest that the caller may read when left out.
    version: Option<i32>,
}

/// The minutes as DOCX, for those who may read them.
#[utoipa::path(
    get,
    path = "/events/{id}/minutes/file.docx",
    tag = "minutes",
    params(("id" = Uuid, Path), Which),
    responses(
        (
            status = 200,
            content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            body = Vec<u8>,
        ),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn docx(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(which): Params<Which>,
) -> ApiResult<Response> {
    let found = Found::of(&state, &caller, id, which).await?;
    let locale = locale();
    let bytes = paper::make(move || papers::docx(&found.minutes(), locale)).await?;
    let name = match locale {
        Locale::Ru => "Протокол.docx",
        Locale::En => "Minutes.docx",
    };
    Ok(paper::file(bytes, paper::DOCX, name))
}

/// The minutes as PDF, for those who may read them.
#[utoipa::path(
    get,
    path = "/events/{id}/minutes/file.pdf",
    tag = "minutes",
    params(("id" = Uuid, Path), Which),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn pdf(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(which): Params<Which>,
) -> ApiResult<Response> {
    let found = Found::of(&state, &caller, id, which).await?;
    let locale = locale();
    let bytes =
        paper::make(move || papers::pdf(&found.minutes(), &found.letterhead, found.at, locale))
            .await?;
    let name = match locale {
        Locale::Ru => "Протокол.pdf",
        Locale::En => "Minutes.pdf",
    };
    Ok(paper::file(bytes, paper::PDF, name))
}

/// Everything that the paper says.
struct Found {
    event: event::Model,
    association: String,
    letterhead: Letterhead,
    number: String,
    body: Body,
    version: u32,
    signed_at: Option<DateTime<Utc>>,
    /// Of the last change: the same minutes are printed the same.
    at: DateTime<Utc>,
}

impl Found {
    async fn of(state: &AppState, caller: &Caller, id: Uuid, which: Which) -> ApiResult<Self> {
        let db = &state.store.db;
        let (event, _, latest) = readable(state, caller, id).await?;
        let row = match which.version {
            None => latest,
            Some(version) => {
                let versions = minutes::of_event(db, id).await?;
                let signed = versions
                    .into_iter()
                    .find(|row| row.version == version && row.signed_at.is_some());
                Some(signed.ok_or(&NOT_FOUND)?)
            }
        };
        let association = match event.association_id {
            Some(id) => association::find(db, id).await?.map(|row| row.name),
            None => None,
        };
        let letterhead = letterhead::current(state, db).await?;
        let (number, body, version, signed_at, at) = match row {
            Some(row) => {
                let at = row.signed_at.unwrap_or(row.updated_at);
                (
                    row.number.clone(),
                    body(&row)?,
                    row.version,
                    row.signed_at,
                    at,
                )
            }
            None => (
                prefill::number(state, &event).await?,
                prefill::body(state, &event).await?,
                1,
                None,
                state.clock.now(),
            ),
        };
        Ok(Self {
            event,
            association: association.unwrap_or_default(),
            letterhead: letterhead::printed(&letterhead),
            number,
            body,
            version: u32::try_from(version).unwrap_or(1),
            signed_at,
            at,
        })
    }

    fn minutes(&self) -> papers::Minutes<'_> {
        papers::Minutes {
            organisation: &self.letterhead.organisation,
            association: &self.association,
            kind: self.event.kind(),
            event: &self.event.title,
            number: &self.number,
            held_on: local_day(&self.event, self.event.starts_at),
            version: self.version,
            signed_on: self.signed_at.map(|time| local_day(&self.event, time)),
            body: &self.body,
        }
    }
}
