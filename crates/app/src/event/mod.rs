//! Events: what is planned, what is live, what is over; each with its room.

use kafedra_model::{
    EventKind, EventRole, Lobby, event::WrongTime, invitee::Group, stage::Mode, text,
};
use kafedra_store::{event, event_role, invitee, person, registration_form, room};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use self::details::Details;
use crate::{
    ApiError, ApiResult, AppState, Code,
    problem::{FieldCode, REQUIRED, TOO_LONG, UNKNOWN, Words},
    seat::DECEPTIVE,
};

mod cancel;
mod clash;
mod copy;
mod create;
pub mod details;
mod edit;
mod get;
mod list;
mod news;
mod now;
mod scope;
mod section;
pub mod standing;
mod template;
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

pub const IN_USE: Code = Code {
    code: "section.in_use",
    status: 409,
    ru: Words {
        title: "Эту секцию уже нельзя удалить",
        detail: "В её комнату входили люди. Переименуйте секцию или оставьте как есть.",
    },
    en: Words {
        title: "This section can no longer be removed",
        detail: "People have been in its room. Rename it or leave it as it is.",
    },
};

pub const CODES: &[Code] = &[OVER, IN_USE];

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

pub const NOT_YOURS: FieldCode = FieldCode {
    code: "not_yours",
    ru: "От этого имени встречу назначают его руководители. Попросите их или оставьте поле пустым.",
    en: "Meetings in this name are planned by those who lead it. Ask them, or leave the field empty.",
};

pub const TOO_MANY_ROOMS: FieldCode = FieldCode {
    code: "too_many_rooms",
    ru: "Больше 30 комнат у одной встречи не бывает.",
    en: "A meeting has 30 rooms at most.",
};
pub const RULE_UNREADABLE: FieldCode = FieldCode {
    code: "rule.unreadable",
    ru: "Такое повторение не поддерживается. Выберите дни, недели, месяцы или годы.",
    en: "This repetition is not supported. Choose days, weeks, months or years.",
};
pub const RULE_ENDLESS: FieldCode = FieldCode {
    code: "rule.endless",
    ru: "Укажите, когда повторение заканчивается: последний день или число встреч.",
    en: "Say when the repetition ends: a last day or a number of meetings.",
};
pub const RULE_EMPTY: FieldCode = FieldCode {
    code: "rule.empty",
    ru: "В этом промежутке нет ни одной подходящей даты.",
    en: "No date fits in this span.",
};
pub const RULE_TOO_MANY: FieldCode = FieldCode {
    code: "rule.too_many",
    ru: "Получается больше 200 встреч. Закончите повторение раньше.",
    en: "This makes more than 200 meetings. End the repetition earlier.",
};

pub const FIELD_CODES: &[FieldCode] = &[
    TOO_MANY_ROOMS,
    RULE_UNREADABLE,
    RULE_ENDLESS,
    RULE_EMPTY,
    RULE_TOO_MANY,
    PAST,
    TOO_FAR,
    BACKWARDS,
    TOO_LASTING,
    NO_ZONE,
    TOO_MANY,
    NOT_YOURS,
];

pub(crate) const MOST_INVITEES: usize = 1000;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(now::now))
        .routes(routes!(get::get, edit::edit))
        .routes(routes!(cancel::cancel))
        .routes(routes!(copy::copy))
        .routes(routes!(clash::clashes))
        .routes(routes!(template::templates))
        .routes(routes!(section::add))
        .routes(routes!(section::rename, section::remove))
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
    if kafedra_model::series::zone(typed).is_none() {
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
#[derive(Clone)]
struct Plan {
    title: String,
    kind: EventKind,
    starts_at: chrono::DateTime<chrono::Utc>,
    ends_at: chrono::DateTime<chrono::Utc>,
    timezone: String,
    lobby: Lobby,
    guests_allowed: bool,
    mode: Mode,
    details: Details,
    organiser: Uuid,
    invitees: Vec<Uuid>,
    /// With the people who belong to each.
    groups: Vec<(Group, Vec<Uuid>)>,
    registration: Option<registration_form::Draft>,
    /// The series that it is a date of.
    series: Option<Uuid>,
}

/// A stored event.
struct Stored {
    event: event::Model,
    /// The main room.
    room: room::Model,
    /// Everyone it invites, to be told by [`crate::invitee::announce`].
    invited: Vec<Uuid>,
}

/// Stores an event and its main room; call it within a transaction.
async fn store(state: &AppState, db: &impl ConnectionTrait, plan: Plan) -> ApiResult<Stored> {
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
        description: Set(plan.details.description),
        audience: Set(plan.details.audience.as_str().to_owned()),
        level: Set(plan.details.level.as_str().to_owned()),
        subject: Set(plan.details.subject),
        association_id: Set(plan.details.association_id),
        institution_id: Set(plan.details.institution_id),
        series_id: Set(plan.series),
        series_at: Set(plan.series.map(|_| plan.starts_at)),
        sequence: Set(0),
    }
    .insert(db)
    .await?;
    event_role::give(db, event.id, plan.organiser, EventRole::Organiser, "", now).await?;
    let mut invited = invitee::replace(db, event.id, &plan.invitees).await?;
    invited.extend(crate::invitee::bring(state, db, &event, &plan.groups, plan.organiser).await?);
    if let Some(form) = &plan.registration {
        registration_form::put(db, event.id, form).await?;
    }
    crate::reminder::overtake(db, event.id, event.starts_at, now).await?;
    let room = room::ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event.id),
        code: Set(free_code(db).await?),
        locked: Set(false),
        lobby: Set(plan.lobby.as_str().to_owned()),
        guests_allowed: Set(plan.guests_allowed),
        allow_unmute: Set(true),
        allow_video: Set(true),
        allow_share: Set(true),
        allow_chat: Set(true),
        capacity: Set(0),
        started_at: Set(None),
        ended_at: Set(None),
        empty_since: Set(None),
        chat_seq: Set(0),
        hand_seq: Set(0),
        title: Set(String::new()),
        ordinal: Set(0),
        mode: Set(plan.mode.as_str().to_owned()),
        live_at: Set(None),
        review_questions: Set(false),
        anonymous_questions: Set(false),
    }
    .insert(db)
    .await?;
    Ok(Stored {
        event,
        room,
        invited,
    })
}

/// One more room of an event, with the rules of `like` and nobody in it.
async fn add_room(
    db: &impl ConnectionTrait,
    event: &event::Model,
    like: &room::Model,
    title: String,
    ordinal: i32,
) -> ApiResult<room::Model> {
    Ok(room::ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event.id),
        code: Set(free_code(db).await?),
        locked: Set(false),
        lobby: Set(like.lobby.clone()),
        guests_allowed: Set(like.guests_allowed),
        allow_unmute: Set(like.allow_unmute),
        allow_video: Set(like.allow_video),
        allow_share: Set(like.allow_share),
        allow_chat: Set(like.allow_chat),
        capacity: Set(like.capacity),
        started_at: Set(None),
        ended_at: Set(None),
        empty_since: Set(None),
        chat_seq: Set(0),
        hand_seq: Set(0),
        title: Set(title),
        ordinal: Set(ordinal),
        mode: Set(like.mode.clone()),
        live_at: Set(None),
        review_questions: Set(like.review_questions),
        anonymous_questions: Set(like.anonymous_questions),
    }
    .insert(db)
    .await?)
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
