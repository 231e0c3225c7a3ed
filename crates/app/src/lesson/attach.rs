//! Choosing the class that takes part in a lesson.

use axum::{Json, extract::State};
use kafedra_model::EventKind;
use kafedra_store::{lesson, school_class};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Lessons, NOT_A_LESSON, get::Lesson};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    problem::{Problem, UNKNOWN},
    school_class::keeps,
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LessonDraft {
    /// A class that the caller keeps; null for none.
    #[schema(required)]
    class_id: Option<Uuid>,
}

/// Chooses the class of a lesson; whoever may change the lesson may, out of the classes they keep.
#[utoipa::path(
    put,
    path = "/events/{id}/lesson",
    tag = "lesson",
    params(("id" = Uuid, Path)),
    request_body = LessonDraft,
    responses(
        (status = 200, body = Lesson),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`lesson.other_kind`"),
        (status = 422, body = Problem),
    )
)]
pub async fn attach(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(draft): Body<LessonDraft>,
) -> ApiResult<Json<Lesson>> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let db = &state.store.db;
    match draft.class_id {
        None => lesson::detach(db, id).await?,
        Some(class) => {
            if standing.event.kind() != EventKind::Lesson {
                return Err(ApiError::new(&NOT_A_LESSON));
            }
            let kept = school_class::find(db, class)
                .await?
                .is_some_and(|class| keeps(standing.me, &class));
            if !kept {
                return Err(ApiError::field("classId", &UNKNOWN));
            }
            let (by, now) = (standing.me.person.id, state.clock.now());
            lesson::attach(db, id, class, by, now).await?;
            Lessons::of(&state, class)
                .await?
                .tell(&state, class, None)
                .await?;
        }
    }
    Ok(Json(Lesson::of(&state, &caller, &standing).await?))
}
