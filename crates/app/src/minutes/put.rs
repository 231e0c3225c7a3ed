//! Writing minutes.

use std::collections::HashSet;

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_model::{
    minutes::{Body as MinutesBody, LONGEST_LINE, LONGEST_TEXT, MOST, MOST_DECISIONS, MOST_ITEMS},
    text,
};
use kafedra_store::{minutes, person};
use sea_orm::{ConnectionTrait, SqlErr};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Minutes, body};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id, STALE},
    form::Form,
    problem::{Problem, REQUIRED, TOO_LONG, UNKNOWN},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MinutesEdit {
    /// Up to 20 characters; empty while it is not known.
    number: String,
    body: MinutesBody,
    /// As the editor saw it: when somebody else has written since, the edit is refused. Null for
    /// the first.
    updated_at: Option<DateTime<Utc>>,
}

/// Saves minutes as a draft; the organiser, the chair and the secretary may, and those who keep the
/// city's registers. Written over signed minutes, it begins a new version and leaves those as they are.
#[utoipa::path(
    put,
    path = "/events/{id}/minutes",
    tag = "minutes",
    params(("id" = Uuid, Path)),
    request_body = MinutesEdit,
    responses(
        (status = 200, body = Minutes),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`"),
        (status = 422, body = Problem),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(edit): Body<MinutesEdit>,
) -> ApiResult<Json<Minutes>> {
    let me = Standing::preparing(&state, &caller, id).await?.me.person.id;
    let mut form = Form::default();
    let number = form.optional_line("number", &edit.number, 20);
    let mut wanted = edit.body;
    clean(&mut wanted, &mut form);
    check_people(&state.store.db, &wanted, &mut form).await?;
    form.done()?;

    let transaction = state.store.write().await?;
    let versions = minutes::of_event(&transaction, id).await?;
    if versions.first().map(|row| row.updated_at) != edit.updated_at {
        return Err(ApiError::new(&STALE));
    }
    let mut known = HashSet::new();
    for row in &versions {
        known.extend(body(row)?.decisions().map(|decision| decision.id));
    }
    name_decisions(&mut wanted, &mut known);
    let text = serde_json::to_string(&wanted).map_err(ApiError::internal)?;
    // Later than what was seen, so that each state has a time of its own.
    let now = versions.first().map_or(state.clock.now(), |row| {
        state
            .clock
            .now()
            .max(row.updated_at + chrono::TimeDelta::milliseconds(1))
    });
    let written = match versions.first() {
        Some(row) if row.signed_at.is_none() => {
            minutes::update(&transaction, row.id, row.updated_at, number, text, now).await?
        }
        latest => {
            let version = latest.map_or(0, |row| row.version) + 1;
            minutes::create(&transaction, id, version, number, text, me, now)
                .await
                .map(|_| true)
                .or_else(|error| match error.sql_err() {
                    // Two began the same version at once.
                    Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
                    _ => Err(error),
                })?
        }
    };
    if !written {
        return Err(ApiError::new(&STALE));
    }
    transaction.commit().await?;
    let row = minutes::of_event(&state.store.db, id)
        .await?
        .into_iter()
        .next()
        .ok_or(&STALE)?;
    Ok(Json(Minutes::of(&state.store.db, row, true).await?))
}

/// Takes out what no paper shows, and refuses what is too long or too much.
fn clean(body: &mut MinutesBody, form: &mut Form) {
    let line = |field: &str, typed: &mut String, form: &mut Form| {
        *typed = form.optional_line(field, typed, LONGEST_LINE);
    };
    let paragraph = |field: &str, typed: &mut String, form: &mut Form| {
        *typed = text::body(typed);
        if typed.chars().count() > LONGEST_TEXT {
            form.refuse(field, &TOO_LONG);
        }
    };
    line("body.chair", &mut body.chair, form);
    line("body.secretary", &mut body.secretary, form);
    if body.attended.len() > MOST {
        form.refuse("body.attended", &TOO_LONG);
    }
    for one in &mut body.attended {
        line("body.attended", &mut one.name, form);
        line("body.attended", &mut one.institution, form);
        if one.name.is_empty() {
            form.refuse("body.attended", &REQUIRED);
        }
    }
    if body.items.len() > MOST_ITEMS {
        form.refuse("body.items", &TOO_LONG);
    }
    for (place, item) in body.items.iter_mut().enumerate() {
        let field = |name: &str| format!("body.items.{place}.{name}");
        line(&field("topic"), &mut item.topic, form);
        if item.topic.is_empty() {
            form.refuse(&field("topic"), &REQUIRED);
        }
        line(&field("speaker"), &mut item.speaker, form);
        paragraph(&field("heard"), &mut item.heard, form);
        paragraph(&field("spoke"), &mut item.spoke, form);
        if item.decided.len() > MOST_DECISIONS {
            form.refuse(&field("decided"), &TOO_LONG);
        }
        for (point, decision) in item.decided.iter_mut().enumerate() {
            let text = field(&format!("decided.{point}.text"));
            paragraph(&text, &mut decision.text, form);
            if decision.text.is_empty() {
                form.refuse(&text, &REQUIRED);
            }
            line(
                &field(&format!("decided.{point}.assignee")),
                &mut decision.assignee,
                form,
            );
        }
    }
}

/// People who are named by id must be in the register.
async fn check_people(
    db: &impl ConnectionTrait,
    body: &MinutesBody,
    form: &mut Form,
) -> ApiResult<()> {
    let ids: HashSet<Uuid> = body
        .decisions()
        .filter_map(|decision| decision.assignee_id)
        .chain(body.attended.iter().filter_map(|one| one.person_id))
        .collect();
    if person::named(db, ids.iter().copied()).await?.len() != ids.len() {
        form.refuse("body.items", &UNKNOWN);
    }
    Ok(())
}

/// Gives ids to new decisions. An id that these minutes never had, or that stands twice, is replaced:
/// it may be that of another event's task.
fn name_decisions(body: &mut MinutesBody, known: &mut HashSet<Uuid>) {
    for item in &mut body.items {
        for decision in &mut item.decided {
            if !known.remove(&decision.id) {
                decision.id = Uuid::now_v7();
            }
        }
    }
}
