//! The list of a class: adding by paste, renaming, striking off.

use axum::{Json, extract::State, http::StatusCode};
use kafedra_model::{
    Action, name,
    school_class::{self as rules, BadLine},
    slip,
};
use kafedra_store::{guardian_consent, pupil};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Keeper, NO_NAMES, TOO_MANY, TWICE, line, view::SchoolClassPage};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id, Ids},
    file,
    lesson::Lessons,
    problem::{Problem, TOO_LONG},
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct PupilList {
    /// One name a line; numbers before the names and further columns of a table are left out.
    names: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct PupilPatch {
    /// 1 to 100 characters.
    name: String,
}

/// Adds the pupils of a pasted list, all or none, each with a number and a code.
#[utoipa::path(
    post,
    path = "/school-classes/{id}/pupils",
    tag = "school-class",
    params(("id" = Uuid, Path)),
    request_body = PupilList,
    responses(
        (status = 201, body = SchoolClassPage),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "of `names`; the detail names the line"),
    )
)]
pub async fn add(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(list): Body<PupilList>,
) -> ApiResult<(StatusCode, Json<SchoolClassPage>)> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let lessons = Lessons::of(&state, id).await?;
    let change = state.store.write().await?;
    let known: Vec<String> = pupil::of_class(&change, id)
        .await?
        .into_iter()
        .map(|pupil| pupil.name)
        .collect();
    let names = rules::read_list(&list.names, &known).map_err(|(line, bad)| {
        let why = match bad {
            BadLine::TooLong => &TOO_LONG,
            BadLine::Twice => &TWICE,
        };
        ApiError::field("names", why).saying(format!("Строка {line}."), format!("Line {line}."))
    })?;
    if names.is_empty() {
        return Err(ApiError::field("names", &NO_NAMES));
    }
    if known.len() + names.len() > rules::MOST_PUPILS {
        return Err(ApiError::field("names", &TOO_MANY));
    }
    let added = names.len();
    let newcomers = names
        .into_iter()
        .filter_map(|name| Some((name, slip::normalise(&slip::code(rand::random()))?)))
        .collect();
    pupil::add(&change, id, newcomers, state.clock.now()).await?;
    let details = format!("+{added}");
    keeper
        .note(&state, &change, Action::PupilsChanged, details)
        .await?;
    change.commit().await?;
    lessons.tell(&state, id, None).await?;
    let page = SchoolClassPage::of(&state.store.db, keeper.class).await?;
    Ok((StatusCode::CREATED, Json(page)))
}

/// Corrects a pupil's name.
#[utoipa::path(
    patch,
    path = "/school-classes/{id}/pupils/{pupilId}",
    tag = "school-class",
    params(("id" = Uuid, Path), ("pupilId" = Uuid, Path)),
    request_body = PupilPatch,
    responses(
        (status = 200, body = SchoolClassPage),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn rename(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, pupil): Ids,
    Body(patch): Body<PupilPatch>,
) -> ApiResult<Json<SchoolClassPage>> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let row = keeper.pupil(&state, pupil).await?;
    let typed = line("name", &patch.name, rules::NAME_LENGTH)?;
    let change = state.store.write().await?;
    let folded = name::fold(&typed);
    let twice = pupil::of_class(&change, id)
        .await?
        .iter()
        .any(|other| other.id != pupil && name::fold(&other.name) == folded);
    if twice {
        return Err(ApiError::field("name", &TWICE));
    }
    pupil::rename(&change, pupil, typed).await?;
    let details = format!("№ {}", row.number);
    keeper
        .note(&state, &change, Action::PupilsChanged, details)
        .await?;
    change.commit().await?;
    Ok(Json(
        SchoolClassPage::of(&state.store.db, keeper.class).await?,
    ))
}

/// Strikes a pupil off the list, with their guardian's consents, for good.
#[utoipa::path(
    delete,
    path = "/school-classes/{id}/pupils/{pupilId}",
    tag = "school-class",
    params(("id" = Uuid, Path), ("pupilId" = Uuid, Path)),
    responses(
        (status = 200, body = SchoolClassPage),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, pupil): Ids,
) -> ApiResult<Json<SchoolClassPage>> {
    let keeper = Keeper::of(&state, &caller, id).await?;
    let row = keeper.pupil(&state, pupil).await?;
    let lessons = Lessons::of(&state, id).await?;
    let change = state.store.write().await?;
    let scans = guardian_consent::scans(&change, &[pupil]).await?;
    pupil::delete(&change, &[pupil]).await?;
    let details = format!("№ {}", row.number);
    keeper
        .note(&state, &change, Action::PupilsErased, details)
        .await?;
    change.commit().await?;
    lessons.tell(&state, id, None).await?;
    for scan in scans {
        file::forget(&state, &scan).await?;
    }
    Ok(Json(
        SchoolClassPage::of(&state.store.db, keeper.class).await?,
    ))
}
