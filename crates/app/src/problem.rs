//! Errors as RFC 9457 problem documents: what happened and what to do next, in the
//! caller's language, with a stable code.
//!
//! Each noun keeps its [`Code`]s beside its handlers and lists them in [`CODES`], which the
//! documentation and a test are made from. Internals are logged once here and never sent.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use kafedra_model::Locale;
use kafedra_store::{StoreError, dump::DumpError};
use serde::Serialize;
use utoipa::ToSchema;

/// A kind of error: stable code, HTTP status and its words in both languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Dotted, stable: `sign_in.wrong`.
    pub code: &'static str,
    pub status: u16,
    pub ru: Words,
    pub en: Words,
}

/// What happened, and what to do next.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    pub title: &'static str,
    pub detail: &'static str,
}

pub const INTERNAL: Code = Code {
    code: "internal",
    status: 500,
    ru: Words {
        title: "На сервере произошла ошибка",
        detail: "Повторите через минуту. Если не поможет, сообщите о проблеме и назовите её код.",
    },
    en: Words {
        title: "Something went wrong on the server",
        detail: "Try again in a minute. If it does not help, report the problem and quote its code.",
    },
};
pub const DATABASE_AWAY: Code = Code {
    code: "database.away",
    status: 503,
    ru: Words {
        title: "База данных не отвечает",
        detail: "Ничего не потеряно. Повторите через минуту.",
    },
    en: Words {
        title: "The database does not answer",
        detail: "Nothing is lost. Try again in a minute.",
    },
};
pub const NOT_FOUND: Code = Code {
    code: "not_found",
    status: 404,
    ru: Words {
        title: "Здесь ничего нет",
        detail: "Проверьте ссылку или вернитесь на главную страницу.",
    },
    en: Words {
        title: "There is nothing here",
        detail: "Check the link or go back to the home page.",
    },
};
pub const FORBIDDEN: Code = Code {
    code: "forbidden",
    status: 403,
    ru: Words {
        title: "У вас нет прав на это действие",
        detail: "Если оно нужно для работы, попросите администратора дать вам роль.",
    },
    en: Words {
        title: "You are not allowed to do this",
        detail: "If your work needs it, ask an administrator to give you the role.",
    },
};
pub const SIGN_IN_NEEDED: Code = Code {
    code: "sign_in.needed",
    status: 401,
    ru: Words {
        title: "Нужно войти",
        detail: "Войдите под своим логином, и мы вернём вас на эту страницу.",
    },
    en: Words {
        title: "Please sign in",
        detail: "Sign in with your login and you will come back to this page.",
    },
};
pub const CSRF: Code = Code {
    code: "csrf",
    status: 403,
    ru: Words {
        title: "Запрос пришёл с другого сайта",
        detail: "Откройте страницу заново и повторите.",
    },
    en: Words {
        title: "The request came from another site",
        detail: "Open the page again and repeat.",
    },
};
pub const INVALID: Code = Code {
    code: "invalid",
    status: 422,
    ru: Words {
        title: "Проверьте введённые данные",
        detail: "Исправьте отмеченные поля и отправьте ещё раз.",
    },
    en: Words {
        title: "Please check what you entered",
        detail: "Correct the marked fields and send again.",
    },
};
pub const MALFORMED: Code = Code {
    code: "malformed",
    status: 400,
    ru: Words {
        title: "Сервер не понял запрос",
        detail: "Обновите страницу и повторите.",
    },
    en: Words {
        title: "The server did not understand the request",
        detail: "Reload the page and try again.",
    },
};

pub const TOO_LARGE: Code = Code {
    code: "too_large",
    status: 413,
    ru: Words {
        title: "Слишком большой файл или текст",
        detail: "Уменьшите его или отправьте по частям.",
    },
    en: Words {
        title: "The file or text is too large",
        detail: "Make it smaller or send it in parts.",
    },
};
pub const TOO_MANY: Code = Code {
    code: "too_many",
    status: 429,
    ru: Words {
        title: "Слишком много попыток",
        detail: "Сделайте небольшой перерыв.",
    },
    en: Words {
        title: "Too many attempts",
        detail: "Please take a short break.",
    },
};

/// Every code there is, noun by noun.
pub const CODES: &[&[Code]] = &[
    &[
        INTERNAL,
        DATABASE_AWAY,
        NOT_FOUND,
        FORBIDDEN,
        SIGN_IN_NEEDED,
        CSRF,
        INVALID,
        MALFORMED,
        TOO_LARGE,
        TOO_MANY,
        crate::extract::STALE,
    ],
    crate::session::CODES,
    crate::me::CODES,
    crate::event::CODES,
    crate::event_role::CODES,
    crate::material::CODES,
    crate::file::CODES,
    crate::deck::CODES,
    crate::room::CODES,
    crate::seat::CODES,
    crate::chat::CODES,
    crate::media::CODES,
    crate::person::CODES,
    crate::personal_data::CODES,
    crate::project::READING_CODES,
    crate::invitation::CODES,
    crate::slip::CODES,
    crate::kit::CODES,
    crate::presence::CODES,
    crate::presence_check::CODES,
    crate::stage::CODES,
    crate::running_order::CODES,
    crate::question::CODES,
    crate::poll::CODES,
    crate::certificate::CODES,
    crate::lesson::CODES,
    crate::letterhead::CODES,
    crate::indicator::CODES,
    crate::project::CODES,
    crate::registration::CODES,
    crate::letter::CODES,
    crate::import::CODES,
    crate::import::TABLE_CODES,
    crate::snils::CODES,
    crate::professional_development::CODES,
];

/// Every reason there is for refusing a field, noun by noun.
pub const FIELD_CODES: &[&[FieldCode]] = &[
    &[REQUIRED, TOO_LONG, UNKNOWN, TAKEN],
    &[
        crate::password::TOO_SHORT,
        crate::password::TOO_LONG,
        crate::password::COMMON,
        crate::password::SAME_AS_LOGIN,
    ],
    crate::me::FIELD_CODES,
    crate::event::FIELD_CODES,
    crate::room::FIELD_CODES,
    crate::calendar::FIELD_CODES,
    crate::programme::FIELD_CODES,
    crate::seat::FIELD_CODES,
    crate::form::FIELD_CODES,
    crate::employment::FIELD_CODES,
    crate::position::FIELD_CODES,
    crate::institution::FIELD_CODES,
    crate::qualification_category::FIELD_CODES,
    crate::professional_development::FIELD_CODES,
    crate::indicator::FIELD_CODES,
    crate::indicator::OWN_FIELD_CODES,
    crate::project::FIELD_CODES,
    crate::role_grant::FIELD_CODES,
    crate::invitation::FIELD_CODES,
    crate::presence::FIELD_CODES,
    crate::presence_check::FIELD_CODES,
    crate::deck::FIELD_CODES,
    crate::question::FIELD_CODES,
    crate::poll::FIELD_CODES,
    crate::certificate::FIELD_CODES,
    crate::minutes::FIELD_CODES,
    crate::school_class::FIELD_CODES,
    crate::lesson::FIELD_CODES,
    crate::registration::FIELD_CODES,
    crate::import::FIELD_CODES,
    crate::snils::FIELD_CODES,
    crate::personal_data::FIELD_CODES,
];

/// One field that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// Name of the field as the request spells it.
    pub field: String,
    /// Stable code: `required`, `too_long`, `taken`, …
    pub code: String,
    /// The same in the caller's language.
    pub detail: String,
}

/// RFC 9457 problem document.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Where the code is explained.
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    pub code: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// With `edit.stale`: the record as it is now, as its `GET` answers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<Box<serde_json::Value>>,
}

pub type ApiResult<T> = Result<T, ApiError>;

/// Why one field was refused, in both languages.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldCode {
    pub code: &'static str,
    pub ru: &'static str,
    pub en: &'static str,
}

pub const REQUIRED: FieldCode = FieldCode {
    code: "required",
    ru: "Заполните это поле.",
    en: "Please fill this in.",
};
pub const TOO_LONG: FieldCode = FieldCode {
    code: "too_long",
    ru: "Слишком длинно, сократите.",
    en: "Too long, please shorten it.",
};
pub const UNKNOWN: FieldCode = FieldCode {
    code: "unknown",
    ru: "Такого значения нет, выберите из списка.",
    en: "There is no such value, choose one from the list.",
};
pub const TAKEN: FieldCode = FieldCode {
    code: "taken",
    ru: "Это уже занято, введите другое.",
    en: "This is taken, enter another one.",
};

tokio::task_local! {
    /// Language of the request being answered; set by [`crate::caller::identify`].
    pub static LOCALE: Locale;
}

/// Language of the request being answered; Russian outside of one.
pub fn locale() -> Locale {
    LOCALE.try_with(|locale| *locale).unwrap_or_default()
}

/// A refusal on its way to the caller.
#[derive(Debug)]
pub struct ApiError {
    pub code: &'static Code,
    pub fields: Vec<(String, &'static FieldCode)>,
    /// How long to wait before the next try; told in words and as `Retry-After`.
    pub wait: Option<TimeDelta>,
    /// What is particular about this refusal, in the caller's language; told after the detail.
    pub said: Option<String>,
    /// The record that another edit came first to.
    pub current: Option<Box<serde_json::Value>>,
}

impl ApiError {
    pub fn new(code: &'static Code) -> Self {
        Self {
            code,
            fields: Vec::new(),
            wait: None,
            said: None,
            current: None,
        }
    }

    /// The same refusal with a sentence about this very case.
    pub fn saying(mut self, ru: String, en: String) -> Self {
        self.said = Some(match locale() {
            Locale::Ru => ru,
            Locale::En => en,
        });
        self
    }

    /// The same refusal with the record as it is now.
    pub fn with_current(mut self, record: &impl Serialize) -> Self {
        self.current = serde_json::to_value(record)
            .inspect_err(|error| tracing::error!(%error, "a record could not be written"))
            .ok()
            .map(Box::new);
        self
    }

    /// The same refusal with the time after which trying again makes sense.
    pub fn after(mut self, wait: TimeDelta) -> Self {
        self.wait = Some(wait);
        self
    }

    /// [`INVALID`] for one field, named as the request spells it.
    pub fn field(field: impl Into<String>, why: &'static FieldCode) -> Self {
        Self {
            fields: vec![(field.into(), why)],
            ..Self::new(&INVALID)
        }
    }

    /// [`INVALID`] for several fields at once; nothing to refuse is `Ok`.
    pub fn fields(fields: Vec<(String, &'static FieldCode)>) -> ApiResult<()> {
        if fields.is_empty() {
            return Ok(());
        }
        Err(Self {
            fields,
            ..Self::new(&INVALID)
        })
    }

    /// A failure of our own: logged here, told to the caller without its internals.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed inside the server");
        Self::new(&INTERNAL)
    }

    fn problem(&self, locale: Locale) -> Problem {
        let words = match locale {
            Locale::Ru => &self.code.ru,
            Locale::En => &self.code.en,
        };
        Problem {
            r#type: format!("/help/errors#{}", self.code.code),
            title: words.title.to_owned(),
            status: self.code.status,
            detail: std::iter::once(words.detail.to_owned())
                .chain(self.said.clone())
                .chain(self.wait.map(|wait| try_again(wait, locale)))
                .collect::<Vec<_>>()
                .join(" "),
            code: self.code.code.to_owned(),
            errors: self
                .fields
                .iter()
                .map(|(field, why)| FieldError {
                    field: field.clone(),
                    code: why.code.to_owned(),
                    detail: match locale {
                        Locale::Ru => why.ru,
                        Locale::En => why.en,
                    }
                    .to_owned(),
                })
                .collect(),
            current: self.current.clone(),
        }
    }
}

/// Whole seconds, rounded up, at least one.
fn seconds_up(wait: TimeDelta) -> u64 {
    u64::try_from((wait.num_milliseconds() + 999) / 1000)
        .unwrap_or(0)
        .max(1)
}

/// «Попробуйте снова через 2 минуты.»
fn try_again(wait: TimeDelta, locale: Locale) -> String {
    let seconds = seconds_up(wait);
    let (count, minutes) = match seconds {
        ..60 => (seconds, false),
        _ => (seconds.div_ceil(60), true),
    };
    match locale {
        Locale::En => {
            let unit = if minutes { "minute" } else { "second" };
            let plural = if count == 1 { "" } else { "s" };
            format!("Try again in {count} {unit}{plural}.")
        }
        Locale::Ru => {
            let [one, few, many] = if minutes {
                ["минуту", "минуты", "минут"]
            } else {
                ["секунду", "секунды", "секунд"]
            };
            let unit = match (count % 10, count % 100) {
                (_, 11..=14) => many,
                (1, _) => one,
                (2..=4, _) => few,
                _ => many,
            };
            format!("Попробуйте снова через {count} {unit}.")
        }
    }
}

impl From<&'static Code> for ApiError {
    fn from(code: &'static Code) -> Self {
        Self::new(code)
    }
}

impl From<sea_orm::DbErr> for ApiError {
    fn from(error: sea_orm::DbErr) -> Self {
        if kafedra_store::is_away(&error) {
            tracing::error!(%error, "the database does not answer");
            return Self::new(&DATABASE_AWAY);
        }
        Self::internal(error)
    }
}

impl From<DumpError> for ApiError {
    fn from(error: DumpError) -> Self {
        match error {
            DumpError::Store(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Db(error) => error.into(),
            error => Self::internal(error),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.problem(locale()))).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("application/problem+json"),
        );
        if let Some(wait) = self.wait {
            response.headers_mut().insert(
                header::RETRY_AFTER,
                header::HeaderValue::from(seconds_up(wait)),
            );
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::TimeDelta;
    use kafedra_model::Locale;

    use super::{CODES, FIELD_CODES, try_again};

    #[test]
    fn a_wait_is_told_in_grammatical_words() {
        let check = |seconds, ru, en| {
            let wait = TimeDelta::seconds(seconds);
            assert_eq!(try_again(wait, Locale::Ru), ru);
            assert_eq!(try_again(wait, Locale::En), en);
        };
        check(
            1,
            "Попробуйте снова через 1 секунду.",
            "Try again in 1 second.",
        );
        check(
            43,
            "Попробуйте снова через 43 секунды.",
            "Try again in 43 seconds.",
        );
        check(
            61,
            "Попробуйте снова через 2 минуты.",
            "Try again in 2 minutes.",
        );
        check(
            660,
            "Попробуйте снова через 11 минут.",
            "Try again in 11 minutes.",
        );
        check(
            1260,
            "Попробуйте снова через 21 минуту.",
            "Try again in 21 minutes.",
        );
    }

    #[test]
    fn codes_are_unique_and_worded_in_both_languages() {
        let mut seen = HashSet::new();
        for code in CODES.iter().copied().flatten() {
            assert!(seen.insert(code.code), "{} is listed twice", code.code);
            for text in [code.ru.title, code.ru.detail, code.en.title, code.en.detail] {
                assert!(
                    !text.is_empty() && !text.contains('!'),
                    "{}: {text}",
                    code.code
                );
            }
            assert!((400..600).contains(&code.status), "{}", code.code);
        }
        for code in FIELD_CODES.iter().copied().flatten() {
            assert!(seen.insert(code.code), "{} is listed twice", code.code);
            assert!(!code.ru.is_empty() && !code.en.is_empty(), "{}", code.code);
        }
    }
}
