//! People out of a file: every row is checked first, then all of them come in or none.
//!
//! [`read`] turns bytes into rows, [`check`] rows into drafts and words about what is wrong. People
//! who are there already are marked and left as they are, so that a grown file can be sent again.

use axum::{
    Json,
    extract::{Multipart, State},
};
use kafedra_model::Action;
use kafedra_store::{account, employment, person};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Params,
    form::or_taken,
    problem::{Code, FieldCode, MALFORMED, Problem, TOO_LARGE, Words},
};

mod check;
mod read;

pub const UNREADABLE: Code = Code {
    code: "import.unreadable",
    status: 422,
    ru: Words {
        title: "Файл не удалось прочесть",
        detail: "Сохраните таблицу как CSV с заголовками «Фамилия», «Имя», «Отчество», «Учреждение», «Должность», «Почта», «Логин» и выберите её снова.",
    },
    en: Words {
        title: "The file could not be read",
        detail: "Save the table as CSV with the columns familyName, givenName, patronymic, institution, position, email, login and choose it again.",
    },
};

pub const FIELD_CODES: &[FieldCode] = check::FIELD_CODES;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Only check: nothing is written.
    dry_run: Option<bool>,
}

/// The form with the file.
#[derive(ToSchema)]
#[schema(as = ImportForm)]
#[expect(
    dead_code,
    reason = "stands for the form in the document; the handler reads parts"
)]
pub struct Form {
    /// CSV with `;`, `,` or tabs, in UTF-8 or Windows-1251.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReport {
    rows: Vec<ImportRow>,
    /// How many people were added; none in a dry run, and none while any row is wrong.
    created: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// Line of the file, its header being the first.
    line: usize,
    /// The name as it was read.
    name: String,
    ok: bool,
    /// What is wrong, in the caller's language.
    errors: Vec<String>,
    /// The person who is there already; such a row adds nobody.
    #[schema(required)]
    duplicate_of: Option<Uuid>,
}

/// Adds the people of a CSV file: all of them, or none while any row is wrong.
///
/// Columns, in any order, by these names or the Russian ones: `familyName`, `givenName`, `patronymic`,
/// `institution` (full or short name), `position` (code or name), `email`, `login`. A coordinator
/// imports into the own institution.
#[utoipa::path(
    post,
    path = "/people/import",
    tag = "people",
    params(Query),
    request_body(content = Form, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = ImportReport),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 413, body = Problem, description = "`too_large`: beyond 2 MB or 10,000 rows"),
        (status = 422, body = Problem, description = "`import.unreadable`"),
    )
)]
pub async fn import(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<Query>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> ApiResult<Json<ImportReport>> {
    let by = &caller.allowed(|by| by.keeps_somewhere())?.actor;
    let bytes = file(form.map_err(|_| ApiError::new(&MALFORMED))?).await?;
    let rows = read::rows(&bytes)?;
    let db = &state.store.db;
    let checked = check::all(db, by, rows, state.clock.now().date_naive()).await?;
    let wrong = checked.iter().any(|row| !row.report.ok);
    if wrong || query.dry_run.unwrap_or(false) {
        return Ok(Json(report(checked, 0)));
    }
    let now = state.clock.now();
    let change = state.store.write().await?;
    let mut created = 0;
    for newcomer in checked.iter().filter_map(|row| row.newcomer.as_ref()) {
        let added = person::create(&change, newcomer.person.clone(), now)
            .await
            .map_err(or_taken("email"))?;
        if let Some(login) = &newcomer.login {
            account::create(&change, added.id, login.clone(), None, now)
                .await
                .map_err(or_taken("login"))?;
        }
        employment::create(&change, added.id, newcomer.employment.clone()).await?;
        record(
            &state,
            &change,
            Some(by.person_id),
            Action::PersonCreated,
            Some(added.id),
            "import",
        )
        .await?;
        created += 1;
    }
    change.commit().await?;
    Ok(Json(report(checked, created)))
}

fn report(checked: Vec<check::Checked>, created: usize) -> ImportReport {
    ImportReport {
        rows: checked.into_iter().map(|row| row.report).collect(),
        created,
    }
}

/// The bytes of the first part that is a file.
async fn file(mut form: Multipart) -> ApiResult<Vec<u8>> {
    let refused = |error: axum::extract::multipart::MultipartError| {
        if error.status().as_u16() == TOO_LARGE.status {
            ApiError::new(&TOO_LARGE)
        } else {
            ApiError::new(&MALFORMED)
        }
    };
    while let Some(part) = form.next_field().await.map_err(refused)? {
        if part.name() == Some("file") || part.file_name().is_some() {
            return Ok(part.bytes().await.map_err(refused)?.to_vec());
        }
    }
    Err(ApiError::new(&UNREADABLE))
}
