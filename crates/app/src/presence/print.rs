//! The presence report as PDF.

use axum::{extract::State, response::Response};
use chrono::{DateTime, Utc};
use kafedra_documents::presence::{self as papers, Held};
use kafedra_model::Locale;
use kafedra_store::event;

use super::report::{self, Presence};
use crate::{
    ApiResult, AppState, Caller,
    attendance::{local_day, local_time},
    event::standing::Standing,
    extract::Id,
    letterhead, paper,
    problem::{Problem, locale},
};

/// The report of `GET …/presence` as PDF, in the caller's language.
#[utoipa::path(
    get,
    path = "/events/{id}/presence.pdf",
    tag = "presence",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn pdf(State(state): State<AppState>, caller: Caller, Id(id): Id) -> ApiResult<Response> {
    let event = Standing::preparing(&state, &caller, id).await?.event;
    let now = state.clock.now();
    let db = &state.store.db;
    let report = report::of(db, &event, now).await?;
    let letterhead = letterhead::printed(&letterhead::current(&state, db).await?);
    let locale = locale();
    let bytes =
        paper::make(move || papers::pdf(&printed(&event, &report, now), &letterhead, locale))
            .await?;
    let name = match locale {
        Locale::Ru => "Присутствие.pdf",
        Locale::En => "Presence.pdf",
    };
    Ok(paper::file(bytes, paper::PDF, name))
}

fn printed<'a>(
    event: &'a event::Model,
    report: &'a Presence,
    now: DateTime<Utc>,
) -> papers::Presence<'a> {
    papers::Presence {
        kind: event.kind(),
        event: &event.title,
        held: report.started_at.map(|from| Held {
            on: local_day(event, from),
            from: local_time(event, from),
            to: report
                .ended_at
                .map(|to| local_time(event, to))
                .unwrap_or_default(),
        }),
        minutes: report.minutes,
        people: report
            .items
            .iter()
            .map(|one| papers::Present {
                name: &one.name,
                institution: &one.institution,
                role: one.role,
                mode: one.counted_mode(),
                minutes: one.minutes,
                share: one.share,
                corrected: one
                    .corrected
                    .as_ref()
                    .map_or("", |corrected| &corrected.reason),
            })
            .collect(),
        at: now,
        made_on: local_day(event, now),
    }
}
