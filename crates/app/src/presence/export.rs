//! The presence report as a spreadsheet.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kafedra_documents::words;
use kafedra_model::Locale;
use kafedra_store::event;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::report::{self, Presence};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::Id,
    problem::{Problem, locale},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The report of `GET …/presence` as XLSX, in the caller's language.
#[utoipa::path(
    get,
    path = "/events/{id}/presence.xlsx",
    tag = "presence",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn export(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Response> {
    let standing = Standing::preparing(&state, &caller, id).await?;
    let event = standing.event;
    let presence = report::of(&state.store.db, &event, state.clock.now()).await?;
    let locale = locale();
    // Some tens of milliseconds for a full hall: not on the threads that serve everybody.
    let bytes = tokio::task::spawn_blocking(move || sheet(&event, &presence, locale))
        .await
        .map_err(ApiError::internal)?
        .map_err(ApiError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, XLSX),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"presence.xlsx\"",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, bytes).into_response())
}

struct Texts {
    sheet: &'static str,
    minutes: &'static str,
    columns: [&'static str; 8],
    checks: fn(usize, usize) -> String,
}

const RU: Texts = Texts {
    sheet: "Присутствие",
    minutes: "Минут без перерывов",
    columns: [
        "Участник",
        "Организация",
        "Роль",
        "Как участвовал",
        "Минут",
        "Доля",
        "Проверки",
        "Исправление",
    ],
    checks: |answered, asked| format!("{answered} из {asked}"),
};
const EN: Texts = Texts {
    sheet: "Presence",
    minutes: "Minutes without breaks",
    columns: [
        "Participant",
        "Institution",
        "Role",
        "How",
        "Minutes",
        "Share",
        "Checks",
        "Correction",
    ],
    checks: |answered, asked| format!("{answered} of {asked}"),
};

/// Texts are written as text cells, marked so that a spreadsheet keeps them text even when they
/// are edited: a name that begins with `=` never becomes a formula.
fn sheet(event: &event::Model, presence: &Presence, locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let texts = match locale {
        Locale::Ru => &RU,
        Locale::En => &EN,
    };
    let text = Format::new().set_quote_prefix();
    let bold = Format::new().set_bold().set_quote_prefix();
    let percent = Format::new().set_num_format("0%");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(texts.sheet)?;
    sheet.write_string_with_format(0, 0, &event.title, &bold)?;
    sheet.write_string_with_format(1, 0, texts.minutes, &text)?;
    sheet.write_number(1, 4, presence.minutes as f64)?;
    for (column, title) in (0..).zip(texts.columns) {
        sheet.write_string_with_format(3, column, title, &bold)?;
    }
    for (row, present) in (4..).zip(&presence.items) {
        let words = [
            present.name.as_str(),
            &present.institution,
            words::role(present.role, locale),
            words::mode(present.counted_mode(), locale),
        ];
        for (column, word) in (0..).zip(words) {
            sheet.write_string_with_format(row, column, word, &text)?;
        }
        sheet.write_number(row, 4, present.minutes as f64)?;
        sheet.write_number_with_format(row, 5, present.share, &percent)?;
        if present.checks.asked > 0 {
            let checks = (texts.checks)(present.checks.answered, present.checks.asked);
            sheet.write_string_with_format(row, 6, checks, &text)?;
        }
        if let Some(corrected) = &present.corrected {
            let words = format!(
                "{} → {}: {} ({})",
                corrected.measured_minutes, present.minutes, corrected.reason, corrected.by
            );
            sheet.write_string_with_format(row, 7, words, &text)?;
        }
    }
    for (column, width) in [(0, 36), (1, 20), (2, 14), (3, 22), (7, 48)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(4, 1)?;
    book.save_to_buffer()
}
