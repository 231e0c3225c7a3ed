//! Presence: the report of an event, corrections, guests matched to people, and what a phone
//! before a room kit confirms.
//!
//! Nothing is counted ahead: [`report`] reads connections, confirmations and corrections as they
//! stand and lets `kafedra_model::presence` count.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState, Code,
    problem::{FieldCode, Words},
};

mod confirm;
mod correct;
mod export;
mod get;
mod match_guest;
mod open;
mod print;
pub mod report;

pub const STALE_PASS: Code = Code {
    code: "presence.stale_code",
    status: 410,
    ru: Words {
        title: "Этот код уже сменился",
        detail: "Наведите телефон на код, который сейчас на экране: он меняется каждые полминуты.",
    },
    en: Words {
        title: "This code has changed already",
        detail: "Point the phone at the code on the screen now: it changes every half minute.",
    },
};
pub const WRONG_PERSON: Code = Code {
    code: "presence.wrong_person",
    status: 422,
    ru: Words {
        title: "Фамилия и код с листка не подходят друг к другу",
        detail: "Проверьте каждый знак. Если листка нет, назовите себя координатору школы: он отметит вас в списке.",
    },
    en: Words {
        title: "The family name and the code of the slip do not fit each other",
        detail: "Check every character. Without a slip, tell your school's coordinator your name to be put on the list.",
    },
};
pub const NOT_A_GUEST: Code = Code {
    code: "presence.not_a_guest",
    status: 409,
    ru: Words {
        title: "Это место занимал не гость",
        detail: "Сопоставлять нужно только гостей. Обновите страницу.",
    },
    en: Words {
        title: "No guest had this seat",
        detail: "Only guests need to be matched. Reload the page.",
    },
};

pub const CODES: &[Code] = &[STALE_PASS, WRONG_PERSON, NOT_A_GUEST];

pub const MINUTES: FieldCode = FieldCode {
    code: "minutes.out_of_range",
    ru: "Введите число минут от 0 до 1440.",
    en: "Enter a number of minutes from 0 to 1440.",
};

pub const FIELD_CODES: &[FieldCode] = &[MINUTES];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get::get))
        .routes(routes!(export::export))
        .routes(routes!(print::pdf))
        .routes(routes!(correct::correct))
        .routes(routes!(match_guest::set, match_guest::clear))
        .routes(routes!(open::open))
        .routes(routes!(confirm::confirm))
}
