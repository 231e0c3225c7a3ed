//! Rooms: finding one by its code, entering it, its rules, its end.
//!
//! [`Place`] is the caller's standing in a room; every route that needs one starts there.

use chrono::{DateTime, Utc};
use kafedra_model::{EventStatus, seat::Status};
use kafedra_store::{event, room, seat, seat::Occupant};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    kit::NO_VOICE,
    problem::{FORBIDDEN, FieldCode, NOT_FOUND, SIGN_IN_NEEDED, Words},
    stage::BACKSTAGE,
};

mod admit_all;
mod by_code;
pub mod edit;
mod end;
mod mute_all;
mod token;
pub mod view;

pub const ENDED: Code = Code {
    code: "room.ended",
    status: 410,
    ru: Words {
        title: "Встреча закончилась",
        detail: "Войти в неё больше нельзя. Попросите организатора назначить новую.",
    },
    en: Words {
        title: "The meeting is over",
        detail: "It cannot be joined any more. Ask the organiser to plan another one.",
    },
};
pub const CANCELLED: Code = Code {
    code: "event.cancelled",
    status: 410,
    ru: Words {
        title: "Встреча отменена",
        detail: "Узнайте у организатора, перенесена ли она.",
    },
    en: Words {
        title: "The meeting was cancelled",
        detail: "Ask the organiser whether it was moved.",
    },
};
pub const LOCKED: Code = Code {
    code: "room.locked",
    status: 403,
    ru: Words {
        title: "Комната закрыта для новых участников",
        detail: "Напишите ведущему и попросите открыть её, затем повторите.",
    },
    en: Words {
        title: "The room is locked for newcomers",
        detail: "Ask the host to unlock it, then try again.",
    },
};
pub const FULL: Code = Code {
    code: "room.full",
    status: 409,
    ru: Words {
        title: "В комнате нет свободных мест",
        detail: "Подождите, пока кто-нибудь выйдет, и повторите.",
    },
    en: Words {
        title: "The room is full",
        detail: "Wait until somebody leaves and try again.",
    },
};
pub const NO_GUESTS: Code = Code {
    code: "room.guests_not_allowed",
    status: 403,
    ru: Words {
        title: "В эту встречу входят только под своей учётной записью",
        detail: "Войдите под своим логином или попросите ведущего впустить гостей.",
    },
    en: Words {
        title: "This meeting is only for people with an account",
        detail: "Sign in with your login, or ask the host to let guests in.",
    },
};
pub const NO_SEAT: Code = Code {
    code: "seat.none",
    status: 403,
    ru: Words {
        title: "Вы ещё не вошли в эту встречу",
        detail: "Откройте ссылку на встречу и нажмите «Войти».",
    },
    en: Words {
        title: "You have not joined this meeting yet",
        detail: "Open the link of the meeting and press “Join”.",
    },
};
pub const WAITING: Code = Code {
    code: "seat.waiting",
    status: 403,
    ru: Words {
        title: "Вы в зале ожидания",
        detail: "Ведущий увидел вашу просьбу. Подождите, пока он вас впустит.",
    },
    en: Words {
        title: "You are in the lobby",
        detail: "The host sees that you are waiting. You come in as soon as they let you.",
    },
};
pub const REFUSED: Code = Code {
    code: "seat.refused",
    status: 403,
    ru: Words {
        title: "Ведущий не впустил вас",
        detail: "Попроситься снова можно через минуту.",
    },
    en: Words {
        title: "The host did not let you in",
        detail: "You may ask again in a minute.",
    },
};
pub const REMOVED: Code = Code {
    code: "seat.removed",
    status: 403,
    ru: Words {
        title: "Ведущий удалил вас из встречи",
        detail: "Вернуться в неё нельзя. Если это ошибка, напишите ведущему.",
    },
    en: Words {
        title: "The host removed you from the meeting",
        detail: "You cannot come back. If this is a mistake, write to the host.",
    },
};

pub const CODES: &[Code] = &[
    ENDED, CANCELLED, LOCKED, FULL, NO_GUESTS, NO_SEAT, WAITING, REFUSED, REMOVED,
];

pub const BAD_CAPACITY: FieldCode = FieldCode {
    code: "room.capacity",
    ru: "Укажите число от 1 до наибольшего, которое разрешает сервер.",
    en: "Give a number from 1 up to the most that the server allows.",
};

pub const FIELD_CODES: &[FieldCode] = &[BAD_CAPACITY];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(by_code::by_code))
        .routes(routes!(token::token))
        .routes(routes!(edit::edit))
        .routes(routes!(end::end))
        .routes(routes!(mute_all::mute_all))
        .routes(routes!(admit_all::admit_all))
}

/// A room, its event, and the caller's seat in it.
pub struct Place {
    pub room: room::Model,
    pub event: event::Model,
    pub seat: seat::Model,
}

impl Place {
    /// The caller's place, whatever its status: 404 without such a room, 401 for nobody, 403
    /// `seat.none` for somebody who never joined.
    pub async fn of(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<Self> {
        let db = &state.store.db;
        let (room, event) = find(state, id).await?;
        let occupant = occupant(caller).ok_or(&SIGN_IN_NEEDED)?;
        let seat = seat::of(db, id, occupant).await?.ok_or(&NO_SEAT)?;
        Ok(Self { room, event, seat })
    }

    /// The place of somebody who was admitted to a room that is still open, though they may
    /// have to wait for its live part.
    pub async fn seated(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<Self> {
        let place = Self::of(state, caller, id).await?;
        place.still_open(state.clock.now())?;
        place.admitted()?;
        Ok(place)
    }

    /// The place of somebody inside a room that is still open.
    pub async fn inside(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<Self> {
        let place = Self::seated(state, caller, id).await?;
        if place.room.admits(&place.seat) {
            Ok(place)
        } else {
            Err(ApiError::new(&BACKSTAGE))
        }
    }

    /// The place of somebody who runs the room: 403 `forbidden` for the others inside.
    pub async fn moderating(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<Self> {
        let place = Self::inside(state, caller, id).await?;
        if place.room.may(&place.seat).moderate {
            Ok(place)
        } else {
            Err(ApiError::new(&FORBIDDEN))
        }
    }

    /// 403 for a room kit: it speaks for many people and has no voice of its own.
    pub fn own_voice(&self) -> ApiResult<()> {
        match self.seat.kit_id {
            Some(_) => Err(ApiError::new(&NO_VOICE)),
            None => Ok(()),
        }
    }

    /// Another seat of the room that this one may moderate.
    pub async fn subordinate(&self, state: &AppState, id: Uuid) -> ApiResult<seat::Model> {
        let seat = seat::find(&state.store.db, self.room.id, id)
            .await?
            .ok_or(&NOT_FOUND)?;
        if self.seat.role().may_moderate(seat.role()) {
            Ok(seat)
        } else {
            Err(ApiError::new(&FORBIDDEN))
        }
    }

    /// 410 once the meeting is over or was cancelled.
    pub fn still_open(&self, now: DateTime<Utc>) -> ApiResult<()> {
        still_open(&self.room, &self.event, now)
    }

    pub fn not_removed(&self) -> ApiResult<()> {
        match self.seat.status() {
            Status::Removed => Err(ApiError::new(&REMOVED)),
            _ => Ok(()),
        }
    }

    pub fn admitted(&self) -> ApiResult<()> {
        Err(ApiError::new(match self.seat.status() {
            Status::Admitted => return Ok(()),
            Status::Waiting => &WAITING,
            Status::Refused => &REFUSED,
            Status::Removed => &REMOVED,
        }))
    }
}

/// How many people may be connected to a room at once: as many as the server allows, or fewer
/// where its moderators said so.
pub fn capacity(state: &AppState, room: &room::Model) -> u32 {
    let most = state.settings.room_capacity;
    match u32::try_from(room.capacity) {
        Ok(own) if own > 0 => own.min(most),
        _ => most,
    }
}

/// A room and its event, or 404.
pub async fn find(state: &AppState, id: Uuid) -> ApiResult<(room::Model, event::Model)> {
    Ok(room::find(&state.store.db, id).await?.ok_or(&NOT_FOUND)?)
}

/// 410 once the meeting is over or was cancelled.
pub fn still_open(room: &room::Model, event: &event::Model, now: DateTime<Utc>) -> ApiResult<()> {
    match event.course(room).status(now) {
        EventStatus::Cancelled => Err(ApiError::new(&CANCELLED)),
        EventStatus::Ended => Err(ApiError::new(&ENDED)),
        EventStatus::Planned | EventStatus::Live => Ok(()),
    }
}

/// Whose seat the caller's would be; `None` for nobody.
pub fn occupant(caller: &Caller) -> Option<Occupant> {
    match caller {
        Caller::Person(person) => Some(Occupant::Person(person.person.id)),
        Caller::Guest { guest, .. } => Some(Occupant::Guest(guest.id)),
        Caller::Kit { kit, .. } => Some(Occupant::Kit {
            id: kit.id,
            guest: kit.guest_id,
        }),
        Caller::Anonymous => None,
    }
}
