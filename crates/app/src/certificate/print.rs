//! Certificates as PDF: one by one for their holders, for those who gave them out, and for anyone
//! with the code in hand.
//!
//! A revoked one is not printed any more: a mark on it is soon cut off.

use axum::{
    extract::{Path, State},
    response::Response,
};
use kafedra_documents::{DocumentError, Letterhead, certificate as papers};
use kafedra_model::{Locale, certificate::read_code};
use kafedra_store::{certificate, event, letterhead as letterheads};

use super::REVOKED_PAPER;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    attendance::local_day,
    event::standing::Standing,
    extract::{Address, Id},
    letterhead, paper,
    problem::{NOT_FOUND, Problem},
};

/// A certificate as PDF, for its holder and those who may change its event, in the language in which
/// it was given out.
#[utoipa::path(
    get,
    path = "/certificates/{id}/file.pdf",
    tag = "certificate",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`certificate.revoked_paper`"),
    )
)]
pub async fn pdf(State(state): State<AppState>, caller: Caller, Id(id): Id) -> ApiResult<Response> {
    let me = caller.person()?.person.id;
    let row = certificate::find(&state.store.db, id)
        .await?
        .ok_or(&NOT_FOUND)?;
    if row.person_id != me {
        let standing = Standing::of(&state, &caller, row.event_id).await?;
        if !standing.may_change() {
            return Err(ApiError::new(&NOT_FOUND));
        }
    }
    send(&state, row).await
}

/// The same by the code on it. Anyone may: whoever knows the code has seen the paper.
#[utoipa::path(
    get,
    path = "/certificates/by-code/{code}/file.pdf",
    tag = "certificate",
    params(("code" = String, Path)),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`certificate.revoked_paper`"),
        (status = 429, body = Problem),
    )
)]
pub async fn pdf_by_code(
    State(state): State<AppState>,
    Address(address): Address,
    Path(code): Path<String>,
) -> ApiResult<Response> {
    let now = state.clock.now();
    state.limits.verifications.take(address, now)?;
    let code = read_code(&code).ok_or(&NOT_FOUND)?;
    let row = certificate::by_code(&state.store.db, &code)
        .await?
        .ok_or(&NOT_FOUND)?;
    send(&state, row).await
}

async fn send(state: &AppState, row: certificate::Model) -> ApiResult<Response> {
    if row.revoked_at.is_some() {
        return Err(ApiError::new(&REVOKED_PAPER));
    }
    let db = &state.store.db;
    let (event, _) = event::with_room(db, row.event_id)
        .await?
        .ok_or(&NOT_FOUND)?;
    let head = letterheads::find(db, row.letterhead_id)
        .await?
        .unwrap_or_default();
    let head = letterhead::printed(&head);
    let url = super::url(state, &row.code);
    let name = match Locale::parse(&row.locale).unwrap_or_default() {
        Locale::Ru => format!("Сертификат {}.pdf", row.number),
        Locale::En => format!("Certificate {}.pdf", row.number),
    };
    let bytes = paper::make(move || print(&row, &event, &head, &url)).await?;
    Ok(paper::file(bytes, paper::PDF, &name))
}

/// One certificate as it was given out, under the letterhead of that time.
pub(super) fn print(
    row: &certificate::Model,
    event: &event::Model,
    letterhead: &Letterhead,
    url: &str,
) -> Result<Vec<u8>, DocumentError> {
    let certificate = papers::Certificate {
        number: &row.number,
        name: &row.name,
        role: super::role(&row.role),
        topic: &row.topic,
        kind: super::kind(&row.kind),
        title: &row.title,
        held_on: row.held_on,
        level: &row.level,
        hours: u32::try_from(row.hours).unwrap_or_default(),
        issued_at: row.issued_at,
        issued_on: local_day(event, row.issued_at),
        url,
    };
    let locale = Locale::parse(&row.locale).unwrap_or_default();
    papers::pdf(&certificate, letterhead, locale)
}
