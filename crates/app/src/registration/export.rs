//! The registrations of an event as a spreadsheet.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kafedra_model::{
    Action, Locale,
    registration::{AnswerValue, Question, RegistrationState},
    series,
};
use kafedra_store::registration_form;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::list::Registration;
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    event::standing::Standing,
    extract::Id,
    problem::{Problem, locale},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The list of `GET …/registrations` as XLSX, in the caller's language. Written to the access log.
#[utoipa::path(
    get,
    path = "/events/{id}/registrations.xlsx",
    tag = "registration",
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
    let standing = Standing::changing(&state, &caller, id).await?;
    let db = &state.store.db;
    let rows = Registration::of_event(&state, id).await?;
    let form = registration_form::find(db, id).await?;
    let questions = form.map(|form| form.questions()).unwrap_or_default();
    let me = standing.me.person.id;
    let count = rows.len().to_string();
    record(
        &state,
        db,
        Some(me),
        Action::RegistrationsExported,
        Some(id),
        count,
    )
    .await?;
    let zone = series::zone(&standing.event.timezone).unwrap_or(chrono_tz::UTC);
    let (title, locale) = (standing.event.title, locale());
    let bytes = tokio::task::spawn_blocking(move || sheet(&title, &questions, &rows, zone, locale))
        .await
        .map_err(ApiError::internal)?
        .map_err(ApiError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, XLSX),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"registrations.xlsx\"",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, bytes).into_response())
}

/// Texts are written as text cells, marked so that a spreadsheet keeps them text even when they
/// are edited: an answer that begins with `=` never becomes a formula.
fn sheet(
    title: &str,
    questions: &[Question],
    rows: &[Registration],
    zone: chrono_tz::Tz,
    locale: Locale,
) -> Result<Vec<u8>, XlsxError> {
    let (name, columns) = match locale {
        Locale::Ru => (
            "Запись",
            ["Имя", "Организация", "Почта гостя", "Состояние", "Когда"],
        ),
        Locale::En => (
            "Registrations",
            ["Name", "Institution", "Guest's e-mail", "State", "When"],
        ),
    };
    let text = Format::new().set_quote_prefix();
    let bold = Format::new().set_bold().set_quote_prefix();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, title, &bold)?;
    let heads = columns
        .into_iter()
        .chain(questions.iter().map(|question| question.text.as_str()));
    for (column, head) in (0..).zip(heads) {
        sheet.write_string_with_format(2, column, head, &bold)?;
    }
    for (row, one) in (3..).zip(rows) {
        let when = one.created_at.with_timezone(&zone);
        let words = [
            one.name.clone(),
            one.institution.clone(),
            one.email.clone().unwrap_or_default(),
            state(one.state, locale).to_owned(),
            when.format("%d.%m.%Y %H:%M").to_string(),
        ];
        let answers = questions
            .iter()
            .map(|question| answer(one.answers.get(&question.id), locale));
        for (column, word) in (0..).zip(words.into_iter().chain(answers)) {
            sheet.write_string_with_format(row, column, word, &text)?;
        }
    }
    for (column, width) in [(0, 36), (1, 24), (2, 28), (3, 18), (4, 18)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(3, 1)?;
    book.save_to_buffer()
}

fn answer(given: Option<&AnswerValue>, locale: Locale) -> String {
    match (given, locale) {
        (None, _) => String::new(),
        (Some(AnswerValue::Yes(true)), Locale::Ru) => "да".to_owned(),
        (Some(AnswerValue::Yes(false)), Locale::Ru) => "нет".to_owned(),
        (Some(AnswerValue::Yes(true)), Locale::En) => "yes".to_owned(),
        (Some(AnswerValue::Yes(false)), Locale::En) => "no".to_owned(),
        (Some(AnswerValue::One(words)), _) => words.clone(),
        (Some(AnswerValue::Several(words)), _) => words.join("; "),
    }
}

fn state(state: RegistrationState, locale: Locale) -> &'static str {
    let (ru, en) = match state {
        RegistrationState::ToDecide => ("ждёт решения", "to be decided"),
        RegistrationState::Confirmed => ("записан", "registered"),
        RegistrationState::Waiting => ("лист ожидания", "waiting list"),
        RegistrationState::Declined => ("отклонён", "declined"),
        RegistrationState::Withdrawn => ("отменил запись", "withdrawn"),
    };
    match locale {
        Locale::Ru => ru,
        Locale::En => en,
    }
}
