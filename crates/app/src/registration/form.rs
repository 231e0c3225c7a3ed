//! What the organiser sets: questions, seats, deadline, approval.

use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::registration::{MOST_SEATS, Question, Wrong as Bad, check_questions};
use kafedra_store::registration_form;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    certificate::OUT_OF_RANGE,
    problem::{FieldCode, REQUIRED, TOO_LONG, UNKNOWN},
    seat::DECEPTIVE,
};

pub const FEW_OPTIONS: FieldCode = FieldCode {
    code: "question.few_options",
    ru: "Нужны хотя бы два разных варианта ответа.",
    en: "At least two different answers to choose from are needed.",
};
pub const TOO_MANY: FieldCode = FieldCode {
    code: "question.too_many",
    ru: "Слишком много: не больше 20 вопросов и 30 вариантов ответа.",
    en: "Too many: 20 questions and 30 answers to choose from at most.",
};
pub const AFTER_START: FieldCode = FieldCode {
    code: "deadline.after_start",
    ru: "Запись не может закончиться позже начала встречи.",
    en: "Registration cannot end after the meeting begins.",
};

pub const FIELD_CODES: &[FieldCode] = &[FEW_OPTIONS, TOO_MANY, AFTER_START];

/// The form of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RegistrationForm {
    /// 20 at most.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// The most people who get a seat; others wait. Any number where it is not given.
    #[schema(required)]
    pub seats: Option<i32>,
    /// The last moment; the beginning of the event where it is not given.
    #[schema(required)]
    pub deadline: Option<DateTime<Utc>>,
    /// The organiser decides on each.
    #[serde(default)]
    pub approval: bool,
}

impl From<&registration_form::Model> for RegistrationForm {
    fn from(row: &registration_form::Model) -> Self {
        Self {
            questions: row.questions(),
            seats: row.seats,
            deadline: row.deadline,
            approval: row.approval,
        }
    }
}

/// The form cleaned, for an event that begins at `starts_at`.
pub(crate) fn checked(
    asked: RegistrationForm,
    starts_at: DateTime<Utc>,
    wrong: &mut Vec<(String, &'static FieldCode)>,
) -> registration_form::Draft {
    if asked
        .seats
        .is_some_and(|seats| !(1..=MOST_SEATS).contains(&seats))
    {
        wrong.push(("registration.seats".to_owned(), &OUT_OF_RANGE));
    }
    if asked.deadline.is_some_and(|deadline| deadline > starts_at) {
        wrong.push(("registration.deadline".to_owned(), &AFTER_START));
    }
    let questions = check_questions(asked.questions).unwrap_or_else(|bad| {
        wrong.extend(bad.into_iter().map(|(place, why)| {
            let field = match place {
                usize::MAX => "registration.questions".to_owned(),
                place => format!("registration.questions.{place}"),
            };
            (field, code_of(why))
        }));
        Vec::new()
    });
    registration_form::Draft {
        questions,
        seats: asked.seats,
        deadline: asked.deadline,
        approval: asked.approval,
    }
}

pub(super) fn code_of(bad: Bad) -> &'static FieldCode {
    match bad {
        Bad::Missing => &REQUIRED,
        Bad::TooLong => &TOO_LONG,
        Bad::Unknown => &UNKNOWN,
        Bad::Deceptive => &DECEPTIVE,
        Bad::FewOptions => &FEW_OPTIONS,
        Bad::TooMany => &TOO_MANY,
    }
}

/// The form for another date: its deadline as far ahead.
pub(crate) fn moved(draft: &registration_form::Draft, by: TimeDelta) -> registration_form::Draft {
    registration_form::Draft {
        deadline: draft.deadline.map(|deadline| deadline + by),
        ..draft.clone()
    }
}
