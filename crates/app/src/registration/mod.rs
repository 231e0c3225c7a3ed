//! Registration for events: the form, the queue for seats, and who hears of what.
//!
//! Invariant: whoever changes the queue holds the event's form first, so that its rules
//! (`kafedra_model::registration`) see it whole.

use chrono::{DateTime, Utc};
use kafedra_model::{
    EventStatus,
    letter::LetterKind,
    notice::NoticeKind,
    registration::{Place, RegistrationState},
};
use kafedra_store::{event, notice, registration, registration_form, room};
use sea_orm::ConnectionTrait;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    ApiResult, AppState, Code,
    mail::{self, About, Recipient, recipient},
    problem::{FieldCode, Words},
};

mod by_code;
pub(crate) mod card;
mod decide;
mod export;
pub(crate) mod form;
mod list;
mod register;
mod withdraw;

pub const CLOSED: Code = Code {
    code: "registration.closed",
    status: 409,
    ru: Words {
        title: "Запись закрыта",
        detail: "Срок записи прошёл или встреча уже началась. Напишите организатору.",
    },
    en: Words {
        title: "Registration is closed",
        detail: "Its deadline has passed or the meeting has begun. Write to the organiser.",
    },
};
pub const DECLINED: Code = Code {
    code: "registration.declined",
    status: 409,
    ru: Words {
        title: "Организатор отклонил эту заявку",
        detail: "Записаться ещё раз нельзя. Если это ошибка, напишите организатору.",
    },
    en: Words {
        title: "The organiser has declined this request",
        detail: "It cannot be made again. If this is a mistake, write to the organiser.",
    },
};
pub const WITHDRAWN: Code = Code {
    code: "registration.withdrawn",
    status: 409,
    ru: Words {
        title: "Человек уже отменил свою запись",
        detail: "Решать больше нечего. Обновите список.",
    },
    en: Words {
        title: "The person has withdrawn",
        detail: "There is nothing to decide any more. Reload the list.",
    },
};

pub const CODES: &[Code] = &[CLOSED, DECLINED, WITHDRAWN];
pub const FIELD_CODES: &[FieldCode] = form::FIELD_CODES;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(card::get, register::register, withdraw::withdraw))
        .routes(routes!(list::list))
        .routes(routes!(export::export))
        .routes(routes!(decide::decide))
        .routes(routes!(by_code::get, by_code::withdraw))
}

/// Whether people may register now.
fn is_open(
    form: &registration_form::Model,
    event: &event::Model,
    room: &room::Model,
    now: DateTime<Utc>,
) -> bool {
    let last = form
        .deadline
        .unwrap_or(event.starts_at)
        .min(event.starts_at);
    event.course(room).status(now) == EventStatus::Planned && now <= last
}

fn queue(rows: &[registration::Model]) -> Vec<Place> {
    rows.iter().map(registration::Model::in_queue).collect()
}

/// Gives free seats of an event that is still to come to those who wait for longest, and tells them.
/// Call it in the transaction that made the seats free, with the form held.
pub(crate) async fn move_up(
    state: &AppState,
    db: &impl ConnectionTrait,
    event: &event::Model,
    form: &registration_form::Model,
) -> ApiResult<()> {
    let now = state.clock.now();
    if event.cancelled_at.is_some() || event.ends_at <= now {
        return Ok(());
    }
    let rows = registration::of_event(db, event.id).await?;
    for id in form.terms().moving_up(&queue(&rows)) {
        let state_now = RegistrationState::Confirmed;
        if let Some(row) = registration::set_state(db, id, state_now, None, now).await? {
            tell(state, db, event, &row, LetterKind::MovedUp).await?;
        }
    }
    Ok(())
}

/// Tells somebody by letter and notice how their registration stands.
async fn tell(
    state: &AppState,
    db: &impl ConnectionTrait,
    event: &event::Model,
    row: &registration::Model,
    kind: LetterKind,
) -> ApiResult<()> {
    let recipients = match row.person_id {
        Some(person) => recipient::people(db, &[person]).await?,
        None => vec![Recipient::guest(row)],
    };
    let about = About::of(state, db, std::slice::from_ref(event)).await?;
    mail::post(state, db, kind, &about, &recipients).await?;
    let Some(person) = row.person_id else {
        return Ok(());
    };
    let now = state.clock.now();
    // What stood before no longer does.
    let before = [
        NoticeKind::Invited,
        NoticeKind::Registered,
        NoticeKind::Waiting,
        NoticeKind::MovedUp,
        NoticeKind::Declined,
    ];
    notice::settle(db, person, event.id, &before, now).await?;
    let told = match kind {
        LetterKind::Registered => NoticeKind::Registered,
        LetterKind::Waiting => NoticeKind::Waiting,
        LetterKind::MovedUp => NoticeKind::MovedUp,
        LetterKind::Declined => NoticeKind::Declined,
        _ => return Ok(()),
    };
    notice::tell(db, event.id, told, &[person], now).await?;
    Ok(())
}

/// The letter about a state.
fn letter_of(state: RegistrationState) -> LetterKind {
    match state {
        RegistrationState::ToDecide => LetterKind::ToDecide,
        RegistrationState::Confirmed => LetterKind::Registered,
        RegistrationState::Waiting => LetterKind::Waiting,
        RegistrationState::Declined => LetterKind::Declined,
        RegistrationState::Withdrawn => LetterKind::Withdrawn,
    }
}
