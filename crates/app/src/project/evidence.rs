//! Evidence on checkpoints: an event that was held, a document, a reached indicator, or words.

use axum::{
    Json,
    extract::{DefaultBodyLimit, Multipart, Path, State, multipart::MultipartRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::{DateTime, Utc};
use kafedra_model::{Actor, EventStatus, quarter::Quarter, traffic_light::TrafficLight};
use kafedra_store::{
    checkpoint_done,
    checkpoint_evidence::{self, Draft},
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    codes::{NO_EVIDENCE, NOT_HELD, NOT_REACHED, TOO_MANY},
    current::Current,
    get::{Project, whole},
    picture::picture,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    file as files,
    form::Form,
    problem::{MALFORMED, NOT_FOUND, Problem},
};

/// On one checkpoint.
const MOST: u64 = 50;

/// What proves the work on a checkpoint.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum EvidenceDraft {
    /// An event that was held.
    Event {
        #[serde(rename = "eventId")]
        event_id: Uuid,
    },
    /// An indicator whose plan for a quarter was reached.
    Indicator {
        indicator: u32,
        year: i32,
        quarter: u32,
    },
    /// Up to 1000 characters.
    Text { text: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum EvidenceKind {
    Event,
    Document,
    Indicator,
    Text,
}

impl EvidenceKind {
    const ALL: [Self; 4] = [Self::Event, Self::Document, Self::Indicator, Self::Text];

    fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Document => "document",
            Self::Indicator => "indicator",
            Self::Text => "text",
        }
    }
}

/// One piece of evidence.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckpointEvidence {
    pub id: Uuid,
    pub kind: EvidenceKind,
    /// The event's title, the document's name, or what was said; empty for an indicator.
    pub text: String,
    #[schema(required)]
    pub event_id: Option<Uuid>,
    #[schema(required)]
    pub indicator: Option<i32>,
    #[schema(required)]
    pub year: Option<i32>,
    #[schema(required)]
    pub quarter: Option<i32>,
    pub added_at: DateTime<Utc>,
}

impl CheckpointEvidence {
    /// `None` for a kind of a newer version.
    pub fn of(row: checkpoint_evidence::Model) -> Option<Self> {
        let kind = EvidenceKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == row.kind)?;
        Some(Self {
            id: row.id,
            kind,
            text: row.text,
            event_id: row.event_id,
            indicator: row.indicator,
            year: row.year,
            quarter: row.quarter,
            added_at: row.added_at,
        })
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
    let me = caller.allowed(Actor::executes_project)?.person.id;
    let draft = proved(&state, &caller, number, draft).await?;
    let db = state.store.write().await?;
    let current = accepting(&db, &draft.checkpoint).await?;
    checkpoint_evidence::add(&db, current.id(), draft, me, state.clock.now()).await?;
    db.commit().await?;
    Ok((StatusCode::CREATED, whole(&state, &caller).await?))
}

/// What is said to prove something does.
async fn proved(
    state: &AppState,
    caller: &Caller,
    checkpoint: String,
    draft: EvidenceDraft,
) -> ApiResult<Draft> {
    let now = state.clock.now();
    let empty = Draft {
        checkpoint,
        ..Draft::default()
    };
    match draft {
        EvidenceDraft::Event { event_id } => {
            let standing = Standing::of(state, caller, event_id).await?;
            let course = standing.event.course(&standing.room);
            if course.status(now) != EventStatus::Ended {
                return Err(ApiError::new(&NOT_HELD));
            }
            Ok(Draft {
                kind: EvidenceKind::Event.as_str(),
                text: standing.event.title,
                event_id: Some(event_id),
                ..empty
            })
        }
        EvidenceDraft::Indicator {
            indicator,
            year,
            quarter,
        } => {
            Quarter::new(year, quarter).ok_or_else(|| ApiError::new(&MALFORMED))?;
            let picture = picture(state, now.date_naive())
                .await?
                .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
            let reached = picture
                .indicators
                .iter()
                .filter(|one| one.ordinal == indicator)
                .flat_map(|one| &one.quarters)
                .any(|one| {
                    (one.year, one.quarter, one.light) == (year, quarter, TrafficLight::Green)
                });
            if !reached {
                return Err(ApiError::new(&NOT_REACHED));
            }
            Ok(Draft {
                kind: EvidenceKind::Indicator.as_str(),
                indicator: i32::try_from(indicator).ok(),
                year: Some(year),
                quarter: i32::try_from(quarter).ok(),
                ..empty
            })
        }
        EvidenceDraft::Text { text } => {
            let mut form = Form::default();
            let text = form.line("text", &text, 1_000);
            form.done()?;
            Ok(Draft {
                kind: EvidenceKind::Text.as_str(),
                text,
                ..empty
            })
        }
    }
}

/// The project, where its checkpoint takes one more piece of evidence.
async fn accepting(db: &impl ConnectionTrait, number: &str) -> ApiResult<Current> {
    let current = Current::of(db).await?.taking_facts()?;
    current.checkpoint(number)?;
    if checkpoint_evidence::count(db, current.id(), number).await? >= MOST {
        return Err(ApiError::new(&TOO_MANY));
    }
    Ok(current)
}

/// The route that takes files has a limit of its own.
pub fn documents() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(add_document))
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
    Path(checkpoint): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<Project>)> {
    let me = caller.allowed(Actor::executes_project)?.person.id;
    accepting(&state.store.db, &checkpoint).await?;
    let malformed = || ApiError::new(&MALFORMED);
    let mut form = form.map_err(|_| malformed())?;
    while let Some(part) = form.next_field().await.map_err(|_| malformed())? {
        let Some(name) = part.file_name().map(files::name) else {
            continue;
        };
        let kept = files::keep(&state, &name, part).await?;
        let draft = Draft {
            checkpoint,
            kind: EvidenceKind::Document.as_str(),
            text: name,
            file_hash: Some(kept.hash),
            ..Draft::default()
        };
        let db = state.store.write().await?;
        // The project may have been closed while the file came in.
        let current = accepting(&db, &draft.checkpoint).await?;
        checkpoint_evidence::add(&db, current.id(), draft, me, state.clock.now()).await?;
        db.commit().await?;
        return Ok((StatusCode::CREATED, whole(&state, &caller).await?));
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
    let row = checkpoint_evidence::find(db, current.id(), id)
        .await?
        .ok_or_else(missing)?;
    let hash = row.file_hash.ok_or_else(missing)?;
    files::send(&state, &hash, &row.text, &headers).await
}

/// Takes a piece of evidence back; a reached checkpoint keeps its last one.
#[utoipa::path(
    delete,
    path = "/project/evidence/{id}",
    tag = "project",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Project),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`project.no_evidence`, `project.no_facts_now`, `project.closed`"),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Project>> {
    caller.allowed(Actor::executes_project)?;
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    let row = checkpoint_evidence::find(&db, current.id(), id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let done = checkpoint_done::of_project(&db, current.id()).await?;
    let is_reached = done.iter().any(|one| one.checkpoint == row.checkpoint);
    if is_reached && checkpoint_evidence::count(&db, current.id(), &row.checkpoint).await? == 1 {
        return Err(ApiError::new(&NO_EVIDENCE));
    }
    checkpoint_evidence::remove(&db, row.id).await?;
    db.commit().await?;
    if let Some(hash) = row.file_hash {
        files::forget(&state, &hash).await?;
    }
    whole(&state, &caller).await
}
