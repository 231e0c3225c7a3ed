//! A table comes in.

use axum::{
    Json,
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
};
use kafedra_model::import::Kind;
use kafedra_store::import as imports;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{ImportDetails, allowed, details, keep, table};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Params,
    file::{EMPTY, name, refused},
    problem::{MALFORMED, Problem},
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    kind: Kind,
}

/// The form with the file.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "stands for the form in the document; the handler reads parts"
)]
pub struct ImportForm {
    /// XLSX, or CSV with `;`, `,` or tabs in UTF-8 or Windows-1251; 20 MB and 50,000 rows at most.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Takes a table in, to be looked at: nothing is written. The answer tells what its columns probably
/// mean, or meant the last time a table with the same headers came. The file waits for a day, sealed.
#[utoipa::path(
    post,
    path = "/imports",
    tag = "import",
    params(Query),
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = ImportDetails),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 413, body = Problem, description = "`too_large`, `table.too_many_rows`"),
        (status = 422, body = Problem, description = "`file.type_lies`, `table.unreadable`, `table.old_format`, `table.locked`, `table.swells`, `table.no_rows`"),
    )
)]
pub async fn upload(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<ImportDetails>)> {
    let me = caller.person()?;
    allowed(&me.actor, query.kind)?;
    let (file_name, bytes) = file(form.map_err(|_| ApiError::new(&MALFORMED))?).await?;
    table::fits(bytes.len())?;
    if bytes.is_empty() {
        return Err(ApiError::new(&EMPTY));
    }
    let (kind, called) = (query.kind, file_name.clone());
    // Read once before anything is kept: what cannot be read leaves nothing behind.
    let (bytes, row_count) = tokio::task::spawn_blocking(move || {
        let table = table::read(kind, &called, &bytes)?;
        Ok::<_, ApiError>((bytes, table.rows.len()))
    })
    .await
    .map_err(ApiError::internal)??;
    let id = Uuid::now_v7();
    keep(&state, id, &bytes).await?;
    let draft = imports::Draft {
        id,
        kind,
        file_name,
        file_hash: hex::encode(Sha256::digest(&bytes)),
        file_size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        row_count,
        by: me.person.id,
    };
    let row = imports::create(&state.store.db, draft, state.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(details(&state, row, kind).await?)))
}

/// Name and bytes of the first part that is a file.
async fn file(mut form: Multipart) -> ApiResult<(String, Vec<u8>)> {
    while let Some(part) = form.next_field().await.map_err(refused)? {
        if let Some(typed) = part.file_name().map(str::to_owned) {
            let bytes = part.bytes().await.map_err(refused)?;
            return Ok((name(&typed), bytes.to_vec()));
        }
    }
    Err(ApiError::new(&MALFORMED))
}
