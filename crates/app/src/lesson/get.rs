//! Which class takes part in a lesson, and how its consents stand.

use axum::{Json, extract::State};
use kafedra_store::{lesson, school_class};
use serde::Serialize;
use utoipa::ToSchema;

use super::kept_class;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::Id,
    problem::{FORBIDDEN, Problem},
    school_class::view::SchoolClass,
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Lesson {
    #[schema(required)]
    pub school_class: Option<SchoolClass>,
    /// Whether the caller keeps the class: its page opens for them.
    pub may_open: bool,
    /// Whether the caller may choose another class.
    pub may_attach: bool,
}

impl Lesson {
    pub(super) async fn of(
        state: &AppState,
        caller: &Caller,
        standing: &Standing<'_>,
    ) -> ApiResult<Self> {
        let db = &state.store.db;
        let id = standing.event.id;
        let class = match lesson::find(db, id).await? {
            Some(lesson) => school_class::find(db, lesson.class_id).await?,
            None => None,
        };
        Ok(Self {
            may_open: kept_class(state, caller, id).await?.is_some(),
            may_attach: standing.may_change(),
            school_class: match class {
                Some(class) => Some(SchoolClass::one(db, class).await?),
                None => None,
            },
        })
    }
}

/// The class of a lesson with the counts of its consents and no names, for those who prepare the
/// lesson and those who keep the class.
#[utoipa::path(
    get,
    path = "/events/{id}/lesson",
    tag = "lesson",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Lesson),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<Lesson>> {
    let standing = Standing::of(&state, &caller, id).await?;
    let lesson = Lesson::of(&state, &caller, &standing).await?;
    if standing.may_prepare() || lesson.may_open {
        Ok(Json(lesson))
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}
