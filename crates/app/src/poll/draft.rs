//! Preparing a poll: what is asked, by whom it may be answered, and who sees the numbers when.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::poll::{
    self as rules, Electorate, Kind, LONGEST, LONGEST_OPTION, OPTIONS, Quorum, Results,
    VOTE_OPTIONS, quiz_most,
};
use kafedra_store::{event, poll};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    MOST, NO_ASSOCIATION, NO_RIGHT, OPENED, OPTION_COUNT, SECRET, TOO_MANY,
    view::{Eye, Poll, PollResult},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id, Ids},
    form::Form,
    problem::{NOT_FOUND, Problem, REQUIRED, TAKEN},
    room::Place,
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct PollOptionDraft {
    /// 1 to 200 characters.
    text: String,
    /// Whether it is right, in a quiz.
    #[serde(default)]
    right: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PollDraft {
    kind: Kind,
    /// 1 to 300 characters.
    text: String,
    /// 2 to 12; a formal vote has its own and ignores these.
    #[serde(default)]
    options: Vec<PollOptionDraft>,
    /// How many options one may choose, from 2, where several may be chosen; all when left out.
    most: Option<usize>,
    /// Whether answers are stored with names.
    named: bool,
    /// When everybody sees the numbers; of a secret vote only `after_closing`.
    results: Results,
    /// Of a formal vote: who may vote, and what share of them has to.
    electorate: Option<Electorate>,
    quorum: Option<Quorum>,
}

impl PollDraft {
    fn read(self, event: &event::Model) -> ApiResult<poll::Draft> {
        let mut form = Form::default();
        let text = form.line("text", &self.text, LONGEST);
        let is_vote = self.kind == Kind::Vote;
        let mut options: Vec<poll::Choice> = Vec::new();
        if is_vote {
            options.extend(VOTE_OPTIONS.map(|text| poll::Choice {
                text: text.to_owned(),
                right: false,
            }));
        } else {
            for (place, option) in self.options.iter().enumerate() {
                let field = format!("options.{place}.text");
                let text = form.line(&field, &option.text, LONGEST_OPTION);
                if !text.is_empty() && options.iter().any(|other| other.text == text) {
                    form.refuse(&field, &TAKEN);
                }
                options.push(poll::Choice {
                    text,
                    right: option.right && self.kind == Kind::Quiz,
                });
            }
            if !OPTIONS.contains(&options.len()) {
                form.refuse("options", &OPTION_COUNT);
            }
        }
        let right = options.iter().filter(|option| option.right).count();
        if self.kind == Kind::Quiz && right == 0 {
            form.refuse("options", &NO_RIGHT);
        }
        let most = match self.kind {
            Kind::Single | Kind::Vote => 1,
            Kind::Quiz => quiz_most(right, options.len()),
            Kind::Several => self.most.unwrap_or(options.len()),
        };
        if self.kind == Kind::Several && !(2..=options.len().max(2)).contains(&most) {
            form.refuse("most", &MOST);
        }
        if is_vote && self.electorate.is_none() {
            form.refuse("electorate", &REQUIRED);
        }
        if is_vote && self.electorate == Some(Electorate::Members) && event.association_id.is_none()
        {
            form.refuse("electorate", &NO_ASSOCIATION);
        }
        if is_vote && !self.named && self.results == Results::Live {
            form.refuse("results", &SECRET);
        }
        form.done()?;
        Ok(poll::Draft {
            kind: self.kind,
            text,
            options,
            most,
            named: self.named,
            results: self.results,
            electorate: self.electorate.filter(|_| is_vote),
            quorum: is_vote.then_some(self.quorum.unwrap_or(Quorum::None)),
        })
    }
}

/// Prepares a poll; moderators may, and only they see it until it is opened.
#[utoipa::path(
    post,
    path = "/rooms/{id}/polls",
    tag = "poll",
    params(("id" = Uuid, Path)),
    request_body = PollDraft,
    responses(
        (status = 201, body = Poll),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`poll.too_many`"),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<PollDraft>,
) -> ApiResult<(StatusCode, Json<Poll>)> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    let draft = draft.read(&place.event)?;
    if poll::count(db, id).await? >= rules::MOST {
        return Err(ApiError::new(&TOO_MANY));
    }
    let row = poll::create(db, id, draft, place.seat.id, state.clock.now()).await?;
    let result = PollResult::of(db, &place.event, &row).await?;
    turn.tell_poll(&row, &result);
    let view = Poll::seen(&row, &result, Eye::MODERATOR).ok_or(&NOT_FOUND)?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Writes a draft anew; moderators only.
#[utoipa::path(
    put,
    path = "/rooms/{id}/polls/{poll}",
    tag = "poll",
    params(("id" = Uuid, Path), ("poll" = Uuid, Path)),
    request_body = PollDraft,
    responses(
        (status = 200, body = Poll),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`poll.opened`"),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 422, body = Problem),
    )
)]
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, poll): Ids,
    Body(draft): Body<PollDraft>,
) -> ApiResult<Json<Poll>> {
    let db = &state.store.db;
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    super::known(&state, &place, poll).await?;
    let draft = draft.read(&place.event)?;
    let row = poll::edit(db, poll, draft).await?.ok_or(&OPENED)?;
    let result = PollResult::of(db, &place.event, &row).await?;
    turn.tell_poll(&row, &result);
    let view = Poll::seen(&row, &result, Eye::MODERATOR).ok_or(&NOT_FOUND)?;
    Ok(Json(view))
}

/// Deletes a draft; moderators only.
#[utoipa::path(
    delete,
    path = "/rooms/{id}/polls/{poll}",
    tag = "poll",
    params(("id" = Uuid, Path), ("poll" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`poll.opened`"),
    )
)]
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, poll): Ids,
) -> ApiResult<StatusCode> {
    let turn = state.live.turn(id).await;
    let place = Place::moderating(&state, &caller, id).await?;
    super::known(&state, &place, poll).await?;
    if !poll::delete(&state.store.db, poll).await? {
        return Err(ApiError::new(&OPENED));
    }
    turn.tell_poll_gone(poll);
    Ok(StatusCode::NO_CONTENT)
}
