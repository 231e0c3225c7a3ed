//! A person's data as a whole: handed out to them, and erased on request.
//!
//! Where a person stands in the database is known to [`kafedra_store::traces`]; here are who may ask,
//! what is refused, and the files on disk. Invariant: no secret leaves in an archive, and the insurance
//! number only in that of its owner.

use kafedra_store::traces::Whole;
use sea_orm::ConnectionTrait;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Code,
    problem::{FieldCode, NOT_FOUND, Words},
};

mod archive;
mod download;
mod erase;

pub const ONESELF: Code = Code {
    code: "erasure.oneself",
    status: 409,
    ru: Words {
        title: "Свои данные так не стирают",
        detail: "Попросите другого администратора. Скачать свои данные можно на странице «Мой профиль».",
    },
    en: Words {
        title: "Nobody erases their own data this way",
        detail: "Ask another administrator. Your own data can be downloaded on the page «My profile».",
    },
};
pub const IN_ROOM: Code = Code {
    code: "erasure.in_room",
    status: 409,
    ru: Words {
        title: "Человек сейчас в комнате или ведёт встречу",
        detail: "Дождитесь конца встречи или завершите её, затем повторите.",
    },
    en: Words {
        title: "This person is in a room now, or hosts a meeting that goes on",
        detail: "Wait for the meeting's end, or end it, then try again.",
    },
};
pub const ERASED: Code = Code {
    code: "erasure.done",
    status: 409,
    ru: Words {
        title: "Данные этого человека стёрты",
        detail: "Вернуть или дополнить их нельзя. Если человек снова работает, добавьте его заново.",
    },
    en: Words {
        title: "This person's data were erased",
        detail: "They can be neither restored nor added to. Add the person anew if they work again.",
    },
};
pub const CODES: &[Code] = &[ONESELF, IN_ROOM, ERASED];

pub const DIFFERS: FieldCode = FieldCode {
    code: "erasure.name_differs",
    ru: "Это не то имя, что на карточке. Введите фамилию, имя и отчество полностью.",
    en: "This is not the name on the card. Type the family name, given name and patronymic in full.",
};
pub const FIELD_CODES: &[FieldCode] = &[DIFFERS];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(download::mine))
        .routes(routes!(download::of_person))
        .routes(routes!(erase::erase))
}

/// The person with all their ids, or 404.
async fn whole(db: &impl ConnectionTrait, id: Uuid) -> ApiResult<Whole> {
    Whole::of(db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))
}
