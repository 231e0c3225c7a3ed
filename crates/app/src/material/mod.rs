//! Materials of an event: files that its organisers lay out and everyone expected may read.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{DefaultBodyLimit, Multipart, State, multipart::MultipartRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::{DateTime, Utc};
use kafedra_model::file::FileType;
use kafedra_store::{file as files, material, person};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    event::{standing::Standing, view::PersonRef},
    extract::{Id, Ids},
    file,
    problem::{MALFORMED, NOT_FOUND, Problem, Words},
};

pub const TOO_MANY: Code = Code {
    code: "material.too_many",
    status: 409,
    ru: Words {
        title: "У этой встречи уже 100 материалов",
        detail: "Удалите лишние или сложите несколько в один архив.",
    },
    en: Words {
        title: "This meeting has 100 materials already",
        detail: "Remove some, or put several into one archive.",
    },
};

pub const CODES: &[Code] = &[TOO_MANY];

const MOST: u64 = 100;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(read))
        .routes(routes!(remove))
        // What comes around a file in a form is little.
        .layer(DefaultBodyLimit::max(file::LARGEST + 64 * 1024))
}

/// One file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Material {
    id: Uuid,
    /// As its giver named it.
    name: String,
    /// Told from its contents.
    content_type: String,
    /// Bytes.
    size: i64,
    /// Browsers show it; others are saved.
    viewable: bool,
    added_by: PersonRef,
    added_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MaterialList {
    /// First given first.
    items: Vec<Material>,
    total: usize,
}

/// The form with the file.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "stands for the form in the document; the handler reads parts"
)]
pub struct MaterialForm {
    /// 100 MB at most.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Materials of an event, for everyone who may know of it.
#[utoipa::path(
    get,
    path = "/events/{id}/materials",
    tag = "material",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = MaterialList),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<MaterialList>> {
    Standing::of(&state, &caller, id).await?;
    Ok(Json(view(&state, id).await?))
}

/// Adds a file.
#[utoipa::path(
    post,
    path = "/events/{id}/materials",
    tag = "material",
    params(("id" = Uuid, Path)),
    request_body(content = MaterialForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = MaterialList),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`material.too_many`"),
        (status = 413, body = Problem, description = "`too_large`"),
        (status = 422, body = Problem, description = "`file.type`, `file.type_lies`, `file.empty`"),
    )
)]
pub async fn add(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<MaterialList>)> {
    let standing = Standing::preparing(&state, &caller, id).await?;
    let db = &state.store.db;
    if material::count(db, id).await? >= MOST {
        return Err(ApiError::new(&TOO_MANY));
    }
    let malformed = || ApiError::new(&MALFORMED);
    let mut form = form.map_err(|_| malformed())?;
    while let Some(part) = form.next_field().await.map_err(|_| malformed())? {
        let Some(name) = part.file_name().map(file::name) else {
            continue;
        };
        let kept = file::keep(&state, &name, part).await?;
        let by = standing.me.person.id;
        material::add(db, id, name, kept.hash, by, state.clock.now()).await?;
        return Ok((StatusCode::CREATED, Json(view(&state, id).await?)));
    }
    Err(malformed())
}

/// The file itself.
#[utoipa::path(
    get,
    path = "/events/{id}/materials/{materialId}/file",
    tag = "material",
    params(("id" = Uuid, Path), ("materialId" = Uuid, Path)),
    responses(
        (status = 200, description = "the file, of the type that its contents have"),
        (status = 206, description = "the part that was asked for"),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn read(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, material): Ids,
    headers: HeaderMap,
) -> ApiResult<Response> {
    Standing::of(&state, &caller, id).await?;
    let row = material::find(&state.store.db, id, material)
        .await?
        .ok_or(&NOT_FOUND)?;
    file::send(&state, &row.file_hash, &row.name, &headers).await
}

/// Takes a file away.
#[utoipa::path(
    delete,
    path = "/events/{id}/materials/{materialId}",
    tag = "material",
    params(("id" = Uuid, Path), ("materialId" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Ids(id, material): Ids,
) -> ApiResult<StatusCode> {
    Standing::preparing(&state, &caller, id).await?;
    let db = &state.store.db;
    let row = material::find(db, id, material).await?.ok_or(&NOT_FOUND)?;
    material::remove(db, row.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn view(state: &AppState, event: Uuid) -> ApiResult<MaterialList> {
    let db = &state.store.db;
    let rows = material::of_event(db, event).await?;
    let hashes = rows.iter().map(|row| row.file_hash.clone()).collect();
    let known: HashMap<String, files::Model> = files::of_hashes(db, hashes)
        .await?
        .into_iter()
        .map(|file| (file.hash.clone(), file))
        .collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.added_by).collect();
    let people = person::named(db, ids).await?;
    let items: Vec<Material> = rows
        .into_iter()
        .filter_map(|row| {
            let file = known.get(&row.file_hash)?;
            let by = people.iter().find(|person| person.id == row.added_by)?;
            Some(Material {
                id: row.id,
                name: row.name,
                viewable: FileType::parse(&file.content_type).is_some_and(FileType::is_viewable),
                content_type: file.content_type.clone(),
                size: file.size,
                added_by: PersonRef::from(by),
                added_at: row.created_at,
            })
        })
        .collect();
    Ok(MaterialList {
        total: items.len(),
        items,
    })
}
