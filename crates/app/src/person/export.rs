//! The register as a file for a spreadsheet.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kafedra_model::{Action, Locale};
use kafedra_store::{person, search::Slice};

use super::list::{PersonRow, Selection, filter, rows};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Params,
    problem::{Problem, locale},
};

/// Excel takes a file for UTF-8 only where this mark begins it.
const MARK: &str = "\u{feff}";
const HEADER_RU: [&str; 6] = [
    "Фамилия",
    "Имя",
    "Отчество",
    "Учреждение",
    "Должность",
    "Почта",
];
const HEADER_EN: [&str; 6] = [
    "Family name",
    "Given name",
    "Patronymic",
    "Institution",
    "Position",
    "Email",
];

/// Everything that the list shows by the same filters, as CSV: UTF-8 with its mark, `;` between
/// columns, headers in the caller's language, by which the import knows them again.
///
/// For those who keep the register, of the city or of one institution. Written to the access log.
#[utoipa::path(
    get,
    path = "/people/export",
    tag = "people",
    params(Selection),
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn export(
    State(state): State<AppState>,
    caller: Caller,
    Params(selection): Params<Selection>,
) -> ApiResult<Response> {
    let by = &caller.allowed(|by| by.keeps_somewhere())?.actor;
    let db = &state.store.db;
    let institution = selection.institution_id;
    let filter = filter(&state, by, selection).await?;
    let (people, total) = person::list(db, &filter, Slice::ALL).await?;
    let rows = rows(&state, by, people).await?;
    let file = csv_of(&rows, locale()).map_err(ApiError::internal)?;
    record(
        &state,
        db,
        Some(by.person_id),
        Action::PeopleExported,
        institution,
        total.to_string(),
    )
    .await?;
    let name = format!("people-{}.csv", filter.day);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, file).into_response())
}

fn csv_of(rows: &[PersonRow], locale: Locale) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.as_bytes().to_vec());
    writer.write_record(match locale {
        Locale::Ru => HEADER_RU,
        Locale::En => HEADER_EN,
    })?;
    for row in rows {
        writer.write_record([
            harmless(&row.family_name),
            harmless(&row.given_name),
            harmless(row.patronymic.as_deref().unwrap_or_default()),
            harmless(row.institution_name.as_deref().unwrap_or_default()),
            harmless(row.position_name.as_deref().unwrap_or_default()),
            harmless(row.email.as_deref().unwrap_or_default()),
        ])?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// A cell that no spreadsheet takes for a formula: people typed these texts, and a formula in them
/// would run on the computer of whoever opens the file.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_cell_never_begins_like_a_formula() {
        for typed in ["=1+1", "+7 900", "-2", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(typed), format!("'{typed}"));
        }
        for typed in ["", "Анна-Мария", "a@city.example", "'=1"] {
            assert_eq!(harmless(typed), typed);
        }
    }
}
