//! What anyone who holds a certificate in hand may verify.

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{EventKind, EventRole, certificate::read_code, erasure::is_token};
use kafedra_store::certificate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiError, ApiResult, AppState,
    extract::Address,
    problem::{NOT_FOUND, Problem},
};

/// Enough to compare with the paper, and no more: the name is cut to initials.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    number: String,
    /// Whether it was given out here and not revoked since.
    valid: bool,
    /// «Семёнова М. П.».
    name: String,
    role: EventRole,
    topic: String,
    kind: EventKind,
    title: String,
    held_on: NaiveDate,
    level: String,
    hours: i32,
    issued_at: DateTime<Utc>,
    #[schema(required)]
    revoked_at: Option<DateTime<Utc>>,
    #[schema(required)]
    reason: Option<String>,
}

/// Verifies a certificate by the code on it. Anyone may; a code that nobody has is 404.
#[utoipa::path(
    get,
    path = "/certificates/by-code/{code}",
    tag = "certificate",
    params(("code" = String, Path)),
    responses(
        (status = 200, body = Verification),
        (status = 404, body = Problem),
        (status = 429, body = Problem),
    )
)]
pub async fn by_code(
    State(state): State<AppState>,
    Address(address): Address,
    Path(code): Path<String>,
) -> ApiResult<Json<Verification>> {
    let now = state.clock.now();
    state.limits.verifications.take(address, now)?;
    let code = read_code(&code).ok_or(&NOT_FOUND)?;
    let row = certificate::by_code(&state.store.db, &code)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    Ok(Json(Verification {
        valid: row.revoked_at.is_none(),
        name: initials(&row.name),
        role: super::role(&row.role),
        topic: row.topic,
        kind: super::kind(&row.kind),
        title: row.title,
        held_on: row.held_on,
        level: row.level,
        hours: row.hours,
        issued_at: row.issued_at,
        revoked_at: row.revoked_at,
        reason: row.reason,
        number: row.number,
    }))
}

/// The family name and the first letters of the others.
fn initials(name: &str) -> String {
    if is_token(name) {
        return name.to_owned();
    }
    let mut words = name.split_whitespace();
    let mut short = words.next().unwrap_or_default().to_owned();
    for letter in words.filter_map(|word| word.chars().next()) {
        short.push('\u{a0}');
        short.push(letter);
        short.push('.');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn only_the_family_name_is_told_in_full() {
        assert_eq!(
            initials("Семёнова Мария Петровна"),
            "Семёнова\u{a0}М.\u{a0}П."
        );
        assert_eq!(initials("Семёнова"), "Семёнова");
        assert_eq!(initials(kafedra_model::erasure::TOKEN), "Удалённое лицо");
    }
}
