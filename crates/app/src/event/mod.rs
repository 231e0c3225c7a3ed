//! Events: what is planned, what is live, what is over; each with its room.

use kafedra_model::{EventKind, Lobby, event::WrongTime, text};
use kafedra_store::{event, invitee, person, room};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Code,
    problem::{FieldCode, REQUIRED, TOO_LONG, UNKNOWN, Words},
    room::CAPACITY,
    seat::DECEPTIVE,
};

mod cancel;
mod create;
mod edit;
mod get;
mod list;
mod now;
pub mod view;

pub const OVER: Code = Code {
    code: "event.over",
    status: 409,
    ru: Words {
        title: "Эту встречу уже нельзя изменить",
        detail: "Она закончилась или отменена. Назначьте новую.",
    },
    en: Words {
        title: "This meeting can no longer be changed",
        detail: "It is over or was cancelled. Plan a new one.",
    },
};

pub const CODES: &[Code] = &[OVER];

pub const PAST: FieldCode = FieldCode {
    code: "in_past",
    ru: "Это время уже прошло, выберите будущее.",
    en: "This time has passed, choose one in the future.",
};
pub const TOO_FAR: FieldCode = FieldCode {
    code: "too_far",
    ru: "Это слишком далеко: планировать можно на три года вперёд.",
    en: "This is too far ahead: plans reach three years.",
};
pub const BACKWARDS: FieldCode = FieldCode {
    code: "before_start",
    ru: "Окончание должно быть позже начала.",
    en: "The end must be later than the beginning.",
};
pub const TOO_LASTING: FieldCode = FieldCode {
    code: "lasts_too_long",
    ru: "Встреча не может длиться дольше суток.",
    en: "A meeting cannot last longer than a day.",
};
pub const NO_ZONE: FieldCode = FieldCode {
    code: "no_such_zone",
    ru: "Такого часового пояса нет. Пример: Europe/Moscow.",
    en: "There is no such time zone. Example: Europe/Moscow.",
};
pub const TOO_MANY: FieldCode = FieldCode {
    code: "too_many_items",
    ru: "В списке слишком много людей: не больше 1000.",
    en: "Too many people in the list: 1000 at most.",
};

pub const FIELD_CODES: &[FieldCode] = &[PAST, TOO_FAR, BACKWARDS, TOO_LASTING, NO_ZONE, TOO_MANY];

/// Where the city is; the client sends the zone of the browser where it differs.
const ZONE: &str = "Europe/Moscow";
const MOST_INVITEES: usize = 1000;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(now::now))
        .routes(routes!(get::get, edit::edit))
        .routes(routes!(cancel::cancel))
}

/// Collects what is wrong with the fields of a request, to be told all at once.
type Wrong = Vec<(String, &'static FieldCode)>;

fn title(typed: &str, wrong: &mut Wrong) -> String {
    text::line(typed, kafedra_model::event::TITLE_LENGTH).unwrap_or_else(|bad| {
        let why = match bad {
            text::BadText::Empty => &REQUIRED,
            text::BadText::TooLong => &TOO_LONG,
            text::BadText::Deceptive => &DECEPTIVE,
        };
        wrong.push(("title".to_owned(), why));
        String::new()
    })
}

fn times(checked: Result<(), WrongTime>, wrong: &mut Wrong) {
    let (field, why) = match checked {
        Ok(()) => return,
        Err(WrongTime::Past) => ("startsAt", &PAST),
        Err(WrongTime::TooFar) => ("startsAt", &TOO_FAR),
        Err(WrongTime::Backwards) => ("endsAt", &BACKWARDS),
        Err(WrongTime::TooLong) => ("endsAt", &TOO_LASTING),
    };
    wrong.push((field.to_owned(), why));
}

fn zone(typed: &str, wrong: &mut Wrong) {
    if !kafedra_model::event::is_zone(typed) {
        wrong.push(("timezone".to_owned(), &NO_ZONE));
    }
}

/// The people to invite, each once; the organiser comes anyway.
async fn invitees(
    db: &impl ConnectionTrait,
    asked: &[Uuid],
    organiser: Uuid,
    wrong: &mut Wrong,
) -> ApiResult<Vec<Uuid>> {
    let mut ids: Vec<Uuid> = asked
        .iter()
        .copied()
        .filter(|id| *id != organiser)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > MOST_INVITEES {
        wrong.push(("inviteeIds".to_owned(), &TOO_MANY));
    } else if person::named(db, ids.iter().copied()).await?.len() != ids.len() {
        wrong.push(("inviteeIds".to_owned(), &UNKNOWN));
    }
    Ok(ids)
}

/// An event about to be stored.
struct Plan {
    title: String,
    kind: EventKind,
    starts_at: chrono::DateTime<chrono::Utc>,
    ends_at: chrono::DateTime<chrono::Utc>,
    timezone: String,
    lobby: Lobby,
    guests_allowed: bool,
    organiser: Uuid,
    invitees: Vec<Uuid>,
}

/// Stores an event and its room; call it within a transaction.
async fn store(
    state: &AppState,
    db: &impl ConnectionTrait,
    plan: Plan,
) -> ApiResult<(event::Model, room::Model)> {
    let now = state.clock.now();
    let event = event::ActiveModel {
        id: Set(Uuid::now_v7()),
        title: Set(plan.title),
        kind: Set(plan.kind.as_str().to_owned()),
        starts_at: Set(plan.starts_at),
        ends_at: Set(plan.ends_at),
        timezone: Set(plan.timezone),
        organiser_id: Set(plan.organiser),
        created_at: Set(now),
        updated_at: Set(now),
        cancelled_at: Set(None),
    }
    .insert(db)
    .await?;
    invitee::replace(db, event.id, &plan.invitees).await?;
    let policy = plan.kind.policy();
    let room = room::ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event.id),
        code: Set(free_code(db).await?),
        locked: Set(false),
        lobby: Set(plan.lobby.as_str().to_owned()),
        guests_allowed: Set(plan.guests_allowed),
        allow_unmute: Set(policy.unmute),
        allow_video: Set(policy.video),
        allow_share: Set(policy.share),
        allow_chat: Set(policy.chat),
        capacity: Set(CAPACITY),
        started_at: Set(None),
        ended_at: Set(None),
        empty_since: Set(None),
        chat_seq: Set(0),
        hand_seq: Set(0),
    }
    .insert(db)
    .await?;
    Ok((event, room))
}

/// A code that no room has. Among 10¹³ the first is practically always free.
async fn free_code(db: &impl ConnectionTrait) -> ApiResult<String> {
    for _ in 0..5 {
        let code = kafedra_model::room::new_code(&mut rand::rng());
        if room::find_by_code(db, &code).await?.is_none() {
            return Ok(code);
        }
    }
    Err(ApiError::internal("no free room code in five tries"))
}
