//! Somebody reports a problem.

use axum::{extract::State, http::StatusCode};
use kafedra_store::problem_report::{self, Draft};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ApiResult, AppState, Caller,
    extract::{Address, Agent, Body},
    form::Form,
    problem::{Problem, REQUIRED, TOO_LONG},
};

/// Longer texts are refused, in characters.
const MOST_TEXT: usize = 4_000;
/// Longer pages and contexts are cut: the client gathers them, not the person.
const MOST_PAGE: usize = 500;
const MOST_CONTEXT: usize = 8_000;

#[derive(Debug, Deserialize, ToSchema)]
pub struct ProblemReportDraft {
    /// What happened, up to 4,000 characters.
    text: String,
    /// Address of the page.
    #[serde(default)]
    page: String,
    /// What the client knows: browser, devices, last error codes.
    #[serde(default)]
    context: String,
}

/// Reports a problem. Anyone may, a limited number of times an hour from one address.
#[utoipa::path(
    post,
    path = "/problem-reports",
    tag = "problem-reports",
    request_body = ProblemReportDraft,
    responses(
        (status = 204, description = "Kept"),
        (status = 422, body = Problem),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Address(address): Address,
    Agent(user_agent): Agent,
    Body(typed): Body<ProblemReportDraft>,
) -> ApiResult<StatusCode> {
    let text = typed.text.trim();
    let mut form = Form::default();
    if text.is_empty() {
        form.refuse("text", &REQUIRED);
    }
    if text.chars().count() > MOST_TEXT {
        form.refuse("text", &TOO_LONG);
    }
    form.done()?;
    let now = state.clock.now();
    state.limits.reports.take(address, now)?;
    let (person_id, reporter_name) = match &caller {
        Caller::Person(signed_in) => (Some(signed_in.person.id), signed_in.person.full_name()),
        Caller::Guest { guest, .. } => (None, guest.name.clone()),
        Caller::Kit { kit, .. } => (None, kit.name.clone()),
        Caller::Anonymous => (None, String::new()),
    };
    let report = Draft {
        person_id,
        reporter_name,
        // PostgreSQL keeps no NUL in a text.
        text: text.replace('\0', ""),
        page: cut(&typed.page, MOST_PAGE),
        context: cut(&typed.context, MOST_CONTEXT),
        user_agent,
    };
    problem_report::create(&state.store.db, report, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|c| *c != '\0').take(most).collect()
}
