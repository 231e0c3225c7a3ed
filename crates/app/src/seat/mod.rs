//! Seats: taking one, and what moderators do with those of others.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState, Code,
    problem::{FieldCode, Words},
};

mod admit;
mod edit;
pub mod mute;
mod refuse;
mod remove;
pub mod take;
pub mod view;

pub const NOT_WAITING: Code = Code {
    code: "seat.not_waiting",
    status: 409,
    ru: Words {
        title: "Этот человек уже не ждёт",
        detail: "Его впустил или отклонил другой ведущий, или он ушёл сам.",
    },
    en: Words {
        title: "This person is not waiting any more",
        detail: "Another host let them in or turned them away, or they left.",
    },
};
pub const NOT_INSIDE: Code = Code {
    code: "seat.not_inside",
    status: 409,
    ru: Words {
        title: "Этого человека нет среди участников",
        detail: "Обновите список участников.",
    },
    en: Words {
        title: "This person is not among the participants",
        detail: "Reload the list of participants.",
    },
};

pub const CODES: &[Code] = &[NOT_WAITING, NOT_INSIDE];

pub const DECEPTIVE: FieldCode = FieldCode {
    code: "deceptive",
    ru: "Уберите невидимые и служебные знаки, оставьте буквы.",
    en: "Remove the invisible and control characters and keep the letters.",
};

pub const FIELD_CODES: &[FieldCode] = &[DECEPTIVE];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(take::take))
        .routes(routes!(edit::edit))
        .routes(routes!(admit::admit))
        .routes(routes!(refuse::refuse))
        .routes(routes!(remove::remove))
        .routes(routes!(mute::mute))
}
