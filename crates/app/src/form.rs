//! Reading typed fields: each is cleaned, and everything wrong with a form is told at once.

use kafedra_model::{login, name};
use sea_orm::{DbErr, SqlErr};
use serde::{Deserialize, Deserializer};

use crate::{
    ApiError, ApiResult,
    problem::{FieldCode, REQUIRED, TAKEN, TOO_LONG, UNKNOWN},
};

pub const EMAIL: FieldCode = FieldCode {
    code: "email.invalid",
    ru: "Это не похоже на адрес электронной почты. Проверьте знак @ и то, что после него.",
    en: "This does not look like an e-mail address. Check the @ sign and what follows it.",
};
pub const LOGIN: FieldCode = FieldCode {
    code: "login.invalid",
    ru: "Логин состоит из 3–40 латинских букв, цифр, точек и дефисов и начинается с буквы.",
    en: "A login has 3 to 40 Latin letters, digits, dots and hyphens and starts with a letter.",
};
pub const DATE: FieldCode = FieldCode {
    code: "date.invalid",
    ru: "Введите дату, например 01.09.2026.",
    en: "Enter a date, for example 2026-09-01.",
};

pub const FUTURE: FieldCode = FieldCode {
    code: "date.future",
    ru: "Этот день ещё не наступил. Проверьте дату.",
    en: "This day has not come yet. Check the date.",
};

pub const FIELD_CODES: &[FieldCode] = &[EMAIL, LOGIN, DATE, FUTURE];

/// Collects what is wrong, field by field.
#[derive(Debug, Default)]
pub struct Form {
    errors: Vec<(String, &'static FieldCode)>,
}

impl Form {
    pub fn refuse(&mut self, field: &str, why: &'static FieldCode) {
        self.errors.push((field.to_owned(), why));
    }

    /// One line that must not be empty; `most` in characters.
    pub fn line(&mut self, field: &str, typed: &str, most: usize) -> String {
        let line = self.optional_line(field, typed, most);
        if line.is_empty() {
            self.refuse(field, &REQUIRED);
        }
        line
    }

    /// One line that may be empty.
    pub fn optional_line(&mut self, field: &str, typed: &str, most: usize) -> String {
        let line = name::clean(typed);
        if line.chars().count() > most {
            self.refuse(field, &TOO_LONG);
        }
        line
    }

    /// An e-mail address in lower case; an empty one is none.
    pub fn email(&mut self, field: &str, typed: Option<&str>) -> Option<String> {
        let email = typed.unwrap_or_default().trim().to_lowercase();
        if email.is_empty() {
            return None;
        }
        if !login::looks_like_email(&email) {
            self.refuse(field, &EMAIL);
        }
        Some(email)
    }

    /// A login in lower case; an empty one is none.
    pub fn login(&mut self, field: &str, typed: Option<&str>) -> Option<String> {
        let login = login::normalise(typed.unwrap_or_default());
        if login.is_empty() {
            return None;
        }
        if !login::is_valid(&login) {
            self.refuse(field, &LOGIN);
        }
        Some(login)
    }

    /// A value out of a list; `None` was refused.
    pub fn choice<T>(&mut self, field: &str, parsed: Option<T>) -> Option<T> {
        if parsed.is_none() {
            self.refuse(field, &UNKNOWN);
        }
        parsed
    }

    /// Everything that was refused.
    pub fn errors(self) -> Vec<(String, &'static FieldCode)> {
        self.errors
    }

    /// 422 with all that was refused, if anything was.
    pub fn done(self) -> ApiResult<()> {
        ApiError::fields(self.errors)
    }
}

/// A value that must be unique was taken by a request that ran at the same time.
pub fn or_taken(field: &'static str) -> impl Fn(DbErr) -> ApiError {
    move |error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ApiError::field(field, &TAKEN),
        _ => error.into(),
    }
}

/// Tells a field that was left out (`None`) from one that was sent as null (`Some(None)`);
/// for `#[serde(default, deserialize_with = "sent")]`.
pub fn sent<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}
