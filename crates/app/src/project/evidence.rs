//! Evidence on checkpoints and on actual values: added, opened, taken back.
//!
//! Evidence on a value belongs to its quarter: once that is signed it changes under a [`Seal`].

use axum::{
    Json,
    extract::{DefaultBodyLimit, Multipart, Path, State, multipart::MultipartRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::NaiveDate;
use kafedra_model::Actor;
use kafedra_store::{
    actual_value, checkpoint_done,
    project_evidence::{self, Draft, Proves},
};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actual_value::{Removal, target},
    codes::{NO_EVIDENCE, TOO_MANY, VALUE_UNPROVED},
    current::Current,
    get::{Project, whole},
    period::{Seal, quarter},
    proof::{EvidenceDraft, EvidenceKind},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    caller::SignedIn,
    extract::{Body, Id, Params},
    file as files,
    form::FUTURE,
    problem::{MALFORMED, NOT_FOUND, Problem, UNKNOWN},
};

/// On one checkpoint, or one value.
const MOST: u64 = 50;

/// Evidence on an actual value.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ValueEvidenceDraft {
    #[serde(flatten)]
    draft: EvidenceDraft,
    /// Why a signed period is corrected.
    #[serde(default)]
    reason: String,
}

/// What a request wants to prove, as its path says it.
enum Wanted {
    Checkpoint(String),
    Value(String, String, String),
}

impl Wanted {
    /// The project, where it takes one more piece of evidence of this.
    async fn accepting(
        &self,
        db: &impl ConnectionTrait,
        today: NaiveDate,
    ) -> ApiResult<(Current, Proves)> {
        let current = Current::of(db).await?.taking_facts()?;
        let proves = match self {
            Self::Checkpoint(number) => {
                current.checkpoint(number)?;
                Proves::Checkpoint {
                    project: current.id(),
                    number: number.clone(),
                }
            }
            Self::Value(ordinal, year, number) => {
                let quarter = quarter(year, number)?;
                if quarter.first_day() > today {
                    return Err(ApiError::field("quarter", &FUTURE));
                }
                Proves::Value(target(&current, (ordinal, quarter))?.place)
            }
        };
        if project_evidence::count(db, &proves).await? >= MOST {
            return Err(ApiError::new(&TOO_MANY));
        }
        Ok((current, proves))
    }

    /// Adds a piece of evidence.
    async fn add(
        &self,
        state: &AppState,
        caller: &Caller,
        draft: Draft,
        reason: &str,
    ) -> ApiResult<(StatusCode, Json<Project>)> {
        let me = caller.allowed(Actor::executes_project)?;
        let now = state.clock.now();
        let db = state.store.write().await?;
        let (current, proves) = self.accepting(&db, state.day(now)).await?;
        let seal = seal(state, &db, &current, &proves, (me, reason)).await?;
        project_evidence::add(&db, &proves, draft, me.person.id, now).await?;
        if let Some(seal) = seal {
            seal.renew(&db, &current).await?;
        }
        db.commit().await?;
        Ok((StatusCode::CREATED, whole(state, caller).await?))
    }
}

/// What is signed with its quarter changes under a seal.
async fn seal(
    state: &AppState,
    db: &sea_orm::DatabaseTransaction,
    current: &Current,
    proves: &Proves,
    (me, reason): (&SignedIn, &str),
) -> ApiResult<Option<Seal>> {
    match proves {
        Proves::Checkpoint { .. } => Ok(None),
        Proves::Value(place) => {
            let now = state.clock.now();
            let seal = Seal::of(db, current, place.quarter, me, reason, now).await?;
            Ok(Some(seal))
        }
    }
}

/// Adds evidence that is on the platform, or in words. Executors of the project may: officials of the
/// committee, methodologists and administrators.
#[utoipa::path(
    post,
    path = "/project/checkpoints/{number}/evidence",
    tag = "project",
    params(("number" = String, Path)),
    request_body = EvidenceDraft,
    responses(
        (status = 201, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.event_not_held`, `project.indicator_not_reached`, `project.too_many`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn add(
    State(state): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
    Body(draft): Body<EvidenceDraft>,
) -> ApiResult<(StatusCode, Json<Project>)> {
    caller.allowed(Actor::executes_project)?;
    let draft = draft.proved(&state, &caller).await?;
    let wanted = Wanted::Checkpoint(number);
    wanted.add(&state, &caller, draft, "").await
}

/// Adds evidence of an actual value, before or after the value itself; in a signed quarter this is a
/// correction. Words stand with the value. Executors of the project may.
#[utoipa::path(
    post,
    path = "/project/actual-values/{ordinal}/{year}/{quarter}/evidence",
    tag = "project",
    params(("ordinal" = u32, Path), ("year" = i32, Path), ("quarter" = u32, Path)),
    request_body = ValueEvidenceDraft,
    responses(
        (status = 201, body = Project),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.event_not_held`, `project.indicator_not_reached`, `project.too_many`, `project.period_signed`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn add_to_value(
    State(state): State<AppState>,
    caller: Caller,
    Path((ordinal, year, number)): Path<(String, String, String)>,
    Body(edit): Body<ValueEvidenceDraft>,
) -> ApiResult<(StatusCode, Json<Project>)> {
    caller.allowed(Actor::executes_project)?;
    if let EvidenceDraft::Text { .. } = edit.draft {
        return Err(ApiError::field("kind", &UNKNOWN));
    }
    let draft = edit.draft.proved(&state, &caller).await?;
    let wanted = Wanted::Value(ordinal, year, number);
    wanted.add(&state, &caller, draft, &edit.reason).await
}

/// The routes that take files have a limit of their own.
pub fn documents() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(add_document))
        .routes(routes!(add_document_to_value))
        // What comes around a file in a form is little.
        .layer(DefaultBodyLimit::max(files::LARGEST + 64 * 1024))
}

/// The form with the document.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "stands for the form in the document; the handler reads parts"
)]
pub struct EvidenceForm {
    /// Why a signed period is corrected; stands before the file.
    reason: Option<String>,
    /// 100 MB at most.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Adds a document as evidence.
#[utoipa::path(
    post,
    path = "/project/checkpoints/{number}/documents",
    tag = "project",
    params(("number" = String, Path)),
    request_body(content = EvidenceForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.too_many`, `project.no_facts_now`, `project.closed`"),
        (status = 413, body = Problem, description = "`too_large`"),
        (status = 422, body = Problem, description = "`file.type`, `file.type_lies`, `file.empty`"),
    )
)]
pub async fn add_document(
    State(state): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<Project>)> {
    take_in(&state, &caller, Wanted::Checkpoint(number), form).await
}

/// Adds a document as evidence of an actual value; in a signed quarter this is a correction.
#[utoipa::path(
    post,
    path = "/project/actual-values/{ordinal}/{year}/{quarter}/documents",
    tag = "project",
    params(("ordinal" = u32, Path), ("year" = i32, Path), ("quarter" = u32, Path)),
    request_body(content = EvidenceForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = Project),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.too_many`, `project.period_signed`, `project.no_facts_now`, `project.closed`"),
        (status = 413, body = Problem, description = "`too_large`"),
        (status = 422, body = Problem, description = "`file.type`, `file.type_lies`, `file.empty`"),
    )
)]
pub async fn add_document_to_value(
    State(state): State<AppState>,
    caller: Caller,
    Path((ordinal, year, number)): Path<(String, String, String)>,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<Project>)> {
    take_in(&state, &caller, Wanted::Value(ordinal, year, number), form).await
}

async fn take_in(
    state: &AppState,
    caller: &Caller,
    wanted: Wanted,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<Project>)> {
    let me = caller.allowed(Actor::executes_project)?;
    let today = state.today();
    wanted.accepting(&state.store.db, today).await?;
    let malformed = || ApiError::new(&MALFORMED);
    let mut form = form.map_err(|_| malformed())?;
    let mut reason = String::new();
    while let Some(part) = form.next_field().await.map_err(|_| malformed())? {
        let Some(name) = part.file_name().map(files::name) else {
            if part.name() == Some("reason") {
                reason = part.text().await.map_err(|_| malformed())?;
            }
            continue;
        };
        // Refused before the file comes in, where a signed quarter says so.
        let db = state.store.write().await?;
        let (current, proves) = wanted.accepting(&db, today).await?;
        seal(state, &db, &current, &proves, (me, &reason)).await?;
        drop(db);
        let kept = files::keep(state, &name, part).await?;
        let draft = Draft {
            kind: EvidenceKind::Document.as_str(),
            text: name,
            file_hash: Some(kept.hash),
            ..Draft::default()
        };
        // The project may have been closed while the file came in.
        return wanted.add(state, caller, draft, &reason).await;
    }
    Err(malformed())
}

/// The document of a piece of evidence, for everyone signed in.
#[utoipa::path(
    get,
    path = "/project/evidence/{id}/file",
    tag = "project",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "the file, of the type that its contents have"),
        (status = 206, description = "the part that was asked for"),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn file(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    headers: HeaderMap,
) -> ApiResult<Response> {
    caller.person()?;
    let missing = || ApiError::new(&NOT_FOUND);
    let db = &state.store.db;
    let current = Current::of(db).await?;
    let row = project_evidence::find(db, current.id(), id)
        .await?
        .ok_or_else(missing)?;
    let hash = row.file_hash.ok_or_else(missing)?;
    files::send(&state, &hash, &row.text, &headers).await
}

/// Takes a piece of evidence back; a reached checkpoint and an entered value keep their last one.
#[utoipa::path(
    delete,
    path = "/project/evidence/{id}",
    tag = "project",
    params(("id" = Uuid, Path), Removal),
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.no_evidence`, `project.value_unproved`, `project.period_signed`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(asked): Params<Removal>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::executes_project)?;
    let missing = || ApiError::new(&NOT_FOUND);
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    let row = project_evidence::find(&db, current.id(), id)
        .await?
        .ok_or_else(missing)?;
    let proves = row.proves().ok_or_else(missing)?;
    let seal = seal(&state, &db, &current, &proves, (me, &asked.reason)).await?;
    let needed = match &proves {
        Proves::Checkpoint { number, .. } => {
            let done = checkpoint_done::of_project(&db, current.id()).await?;
            done.iter()
                .any(|one| one.checkpoint == *number)
                .then_some(&NO_EVIDENCE)
        }
        Proves::Value(place) => actual_value::find(&db, *place)
            .await?
            .map(|_| &VALUE_UNPROVED),
    };
    if let Some(code) = needed
        && project_evidence::count(&db, &proves).await? == 1
    {
        return Err(ApiError::new(code));
    }
    project_evidence::remove(&db, row.id).await?;
    if let Some(seal) = seal {
        seal.renew(&db, &current).await?;
    }
    db.commit().await?;
    if let Some(hash) = row.file_hash {
        files::forget(&state, &hash).await?;
    }
    whole(&state, &caller).await
}
