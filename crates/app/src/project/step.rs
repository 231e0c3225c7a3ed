//! Steps on the project's way: those of its executors, and the Commission's decisions.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use kafedra_model::{
    Actor,
    passport::lifecycle::{Decision, DecisionStatus, Ending, Lifecycle, Refused},
};
use kafedra_store::{change_request, person, project_step, project_version::Cause, task};
use sea_orm::{DatabaseTransaction, EntityTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    codes::NOT_NOW,
    current::{Current, change, parse, past, refused},
    get::{Project, whole},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    form::Form,
    problem::{Problem, UNKNOWN},
    task::TaskState,
};

/// A step that needs no decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum StepKind {
    /// A draft goes before the Commission.
    Submit,
    /// A submitted passport is taken back, a rejected one taken up again.
    Revise,
    /// Work on an approved project begins.
    Start,
    /// The final report is being made.
    BeginClosing,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct StepDraft {
    kind: StepKind,
    /// Today where it is left out.
    on: Option<NaiveDate>,
}

/// What the Commission decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum DecisionKind {
    Approve,
    Reject,
    /// The change request that lies before it becomes the next version.
    AcceptChange,
    RefuseChange,
    Suspend,
    Resume,
    /// Work goes on instead of closing.
    Reopen,
    CloseAsPlanned,
    CloseEarly,
    /// An instruction that moves nothing.
    Instruct,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DecisionDraft {
    kind: DecisionKind,
    minutes_number: String,
    date: NaiveDate,
    /// Of the agenda: «2.1».
    item: String,
    /// Up to 2000 characters.
    wording: String,
    /// Whoever carries it out, where they have an account.
    assignee_id: Option<Uuid>,
    /// As the minutes name them; empty where nobody has to.
    #[serde(default)]
    assignee: String,
    due: Option<NaiveDate>,
}

/// A step that was made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectStep {
    pub id: Uuid,
    /// `submit`, `approve`, …: those of steps and of decisions.
    pub kind: String,
    pub on: NaiveDate,
    /// Empty for a step that needs no decision.
    pub minutes_number: String,
    pub item: String,
    pub wording: String,
    pub assignee: String,
    #[schema(required)]
    pub due: Option<NaiveDate>,
    /// Number of the change request that it is about.
    #[schema(required)]
    pub change_request: Option<i32>,
    /// Of its task; null where nobody has to do anything.
    #[schema(required)]
    pub task: Option<TaskState>,
    /// Still to be done beyond its date.
    pub overdue: bool,
}

impl ProjectStep {
    pub fn of(row: project_step::Model, tasks: &[task::Model], day: NaiveDate) -> Self {
        let task = tasks.iter().find(|task| task.id == row.id);
        let state = task.map(|task| match task.state.as_str() {
            "open" => TaskState::Open,
            _ => TaskState::Done,
        });
        Self {
            id: row.id,
            kind: row.kind,
            on: row.happened_on,
            minutes_number: row.minutes_number,
            item: row.item,
            wording: row.wording,
            assignee: row.assignee,
            overdue: state == Some(TaskState::Open) && row.due.is_some_and(|due| due < day),
            due: row.due,
            change_request: row.change_request,
            task: state,
        }
    }
}

impl StepKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Revise => "revise",
            Self::Start => "start",
            Self::BeginClosing => "beginClosing",
        }
    }

    fn made(self, from: Lifecycle, on: NaiveDate) -> Result<Lifecycle, Refused> {
        match self {
            Self::Submit => from.submit(on),
            Self::Revise => from.revise(on),
            Self::Start => from.start(on),
            Self::BeginClosing => from.begin_closing(on),
        }
    }
}

/// Moves the project on. Officials of the committee and administrators may.
#[utoipa::path(
    post,
    path = "/project/steps",
    tag = "project",
    request_body = StepDraft,
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.not_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn step(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<StepDraft>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::leads_project)?.person.id;
    let now = state.clock.now();
    let today = state.day(now);
    let on = past("on", draft.on.unwrap_or(today), today)?;
    let db = state.store.write().await?;
    let current = Current::of(&db).await?;
    let next = draft
        .kind
        .made(current.lifecycle.clone(), on)
        .map_err(|why| refused(why, "on"))?;
    current.move_on(&db, &next, now).await?;
    let row = project_step::Draft::plain(current.id(), draft.kind.as_str(), me, on);
    project_step::add(&db, row, now).await?;
    db.commit().await?;
    whole(&state, &caller).await
}

impl DecisionKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::AcceptChange => "acceptChange",
            Self::RefuseChange => "refuseChange",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Reopen => "reopen",
            Self::CloseAsPlanned => "closeAsPlanned",
            Self::CloseEarly => "closeEarly",
            Self::Instruct => "instruct",
        }
    }

    fn made(self, from: Lifecycle, decision: &Decision) -> Result<Lifecycle, Refused> {
        let by = decision.clone();
        match self {
            Self::Approve => from.approve(by),
            Self::Reject => from.reject(by),
            Self::AcceptChange | Self::RefuseChange => from.decide_change(decision),
            Self::Suspend => from.suspend(by),
            Self::Resume => from.resume(decision),
            Self::Reopen => from.reopen(decision),
            Self::CloseAsPlanned => from.close(by, Ending::AsPlanned),
            Self::CloseEarly => from.close(by, Ending::Early),
            Self::Instruct => match (decision.fault(), &from) {
                (_, Lifecycle::Closed { .. }) => Err(Refused::Closed),
                (Some(field), _) => Err(Refused::Decision(field)),
                (None, _) => Ok(from),
            },
        }
    }
}

/// Writes down what the Commission decided: it moves the project, and whoever has to carry it out
/// gets a task. Officials of the committee and administrators may.
#[utoipa::path(
    post,
    path = "/project/decisions",
    tag = "project",
    request_body = DecisionDraft,
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.not_now`, `project.closed`, `project.checkpoint_used`"),
        (status = 422, body = Problem),
    )
)]
pub async fn decide(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<DecisionDraft>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::leads_project)?.person.id;
    let now = state.clock.now();
    let mut form = Form::default();
    let mut decision = Decision {
        minutes_number: form.line("minutesNumber", &draft.minutes_number, 50),
        date: draft.date,
        item: form.line("item", &draft.item, 50),
        wording: form.line("wording", &draft.wording, 2_000),
        assignee: form.optional_line("assignee", &draft.assignee, 300),
        due: draft.due,
        status: DecisionStatus::Open,
    };
    form.done()?;
    past("date", decision.date, state.day(now))?;
    let db = state.store.write().await?;
    if let Some(id) = draft.assignee_id {
        let person = person::Entity::find_by_id(id).one(&db).await?;
        let person = person.ok_or_else(|| ApiError::field("assigneeId", &UNKNOWN))?;
        if decision.assignee.is_empty() {
            decision.assignee = person.full_name();
        }
    }
    let current = Current::of(&db).await?;
    let next = draft
        .kind
        .made(current.lifecycle.clone(), &decision)
        .map_err(|why| refused(why, "date"))?;
    let request = match draft.kind {
        DecisionKind::AcceptChange | DecisionKind::RefuseChange => {
            Some(decide_request(&db, &current, draft.kind, &decision, next, me, now).await?)
        }
        DecisionKind::Approve => {
            let mut passport = current.passport.clone();
            passport.approval.date = decision.date;
            passport
                .approval
                .minutes_number
                .clone_from(&decision.minutes_number);
            let change = change(Cause::Approved, decision.wording.clone(), me, now);
            let written = current.revise(&db, passport, &next, change).await?;
            written.ok_or_else(|| ApiError::new(&NOT_NOW))?;
            None
        }
        DecisionKind::Instruct => None,
        _ => {
            current.move_on(&db, &next, now).await?;
            None
        }
    };
    let row = project_step::Draft {
        minutes_number: decision.minutes_number.clone(),
        item: decision.item,
        wording: decision.wording.clone(),
        assignee_id: draft.assignee_id,
        assignee: decision.assignee.clone(),
        due: decision.due,
        change_request: request,
        ..project_step::Draft::plain(current.id(), draft.kind.as_str(), me, decision.date)
    };
    let row = project_step::add(&db, row, now).await?;
    if !decision.assignee.is_empty() {
        let task = task::Draft {
            id: row.id,
            text: decision.wording,
            assignee_id: draft.assignee_id,
            assignee: decision.assignee,
            due: decision.due,
        };
        task::open_of_project(&db, current.id(), task, now).await?;
    }
    db.commit().await?;
    whole(&state, &caller).await
}

/// The request that lies before the Commission is accepted, and its passport is the next version; or
/// refused, and the passport stays. Gives its number.
async fn decide_request(
    db: &DatabaseTransaction,
    current: &Current,
    kind: DecisionKind,
    decision: &Decision,
    next: Lifecycle,
    me: Uuid,
    now: chrono::DateTime<chrono::Utc>,
) -> ApiResult<i32> {
    let not_now = || ApiError::new(&NOT_NOW);
    let request = change_request::submitted(db, current.id())
        .await?
        .ok_or_else(not_now)?;
    let state = if kind == DecisionKind::AcceptChange {
        // The passport stays as it is while a request lies before the Commission.
        if request.base_version != current.row.version {
            return Err(not_now());
        }
        let passport = parse(&request.passport)?;
        current.keeps_checkpoints(db, &passport).await?;
        let reason = format!("№ {}. {}", request.number, request.title);
        let change = change(Cause::Changed, reason, me, now);
        let written = current.revise(db, passport, &next, change).await?;
        written.ok_or_else(not_now)?;
        change_request::State::Accepted
    } else {
        current.move_on(db, &next, now).await?;
        change_request::State::Refused
    };
    if !change_request::decide(db, &request, state, decision.date, now).await? {
        return Err(not_now());
    }
    Ok(request.number)
}
