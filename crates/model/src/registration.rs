//! Registration for events: the questions, their answers, and the queue for seats.
//!
//! Invariant of the queue: no more people are confirmed than there are seats, except where seats
//! were taken away afterwards; nobody waits while a seat is free; whoever came first moves up first.
//! A registration that waits for the organiser's decision takes no seat.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::text;

/// Most questions of one event.
pub const MOST_QUESTIONS: usize = 20;
/// Most answers to choose from.
pub const MOST_OPTIONS: usize = 30;
/// Longest question or answer to choose, in characters.
pub const QUESTION_LENGTH: usize = 300;
/// Longest typed answer, in characters.
pub const ANSWER_LENGTH: usize = 2000;
/// Most seats that a limit may name.
pub const MOST_SEATS: i32 = 100_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Text,
    /// One of the options.
    Choice,
    /// Any of the options.
    Several,
    YesNo,
}

/// One question of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// Stays the same when the question is worded anew.
    pub id: Uuid,
    pub kind: QuestionKind,
    pub text: String,
    /// What to choose from; empty for other kinds.
    #[serde(default)]
    pub options: Vec<String>,
    #[serde(default)]
    pub required: bool,
}

/// Answers by question: a text, an option, several of them, or yes and no.
pub type Answers = BTreeMap<Uuid, AnswerValue>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = RegistrationAnswer)]
pub enum AnswerValue {
    Yes(bool),
    One(String),
    Several(Vec<String>),
}

/// What is wrong with a question or an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("nothing there")]
    Missing,
    #[error("too long")]
    TooLong,
    #[error("not among the options")]
    Unknown,
    #[error("characters that deceive the reader")]
    Deceptive,
    #[error("fewer than two different options")]
    FewOptions,
    #[error("too many")]
    TooMany,
}

impl From<text::BadText> for Wrong {
    fn from(bad: text::BadText) -> Self {
        match bad {
            text::BadText::Empty => Self::Missing,
            text::BadText::TooLong => Self::TooLong,
            text::BadText::Deceptive => Self::Deceptive,
        }
    }
}

/// The questions cleaned, or what is wrong with each by its place; `usize::MAX` for their number.
pub fn check_questions(asked: Vec<Question>) -> Result<Vec<Question>, Vec<(usize, Wrong)>> {
    if asked.len() > MOST_QUESTIONS {
        return Err(vec![(usize::MAX, Wrong::TooMany)]);
    }
    let mut seen = HashSet::new();
    let mut wrong = Vec::new();
    let mut clean = Vec::with_capacity(asked.len());
    for (place, question) in asked.into_iter().enumerate() {
        match checked(question).and_then(|question| {
            if seen.insert(question.id) {
                Ok(question)
            } else {
                Err(Wrong::Unknown)
            }
        }) {
            Ok(question) => clean.push(question),
            Err(bad) => wrong.push((place, bad)),
        }
    }
    if wrong.is_empty() {
        Ok(clean)
    } else {
        Err(wrong)
    }
}

fn checked(question: Question) -> Result<Question, Wrong> {
    let options = match question.kind {
        QuestionKind::Text | QuestionKind::YesNo => Vec::new(),
        QuestionKind::Choice | QuestionKind::Several => {
            let mut options = Vec::with_capacity(question.options.len());
            for option in &question.options {
                let option = text::line(option, QUESTION_LENGTH)?;
                if !options.contains(&option) {
                    options.push(option);
                }
            }
            if options.len() > MOST_OPTIONS {
                return Err(Wrong::TooMany);
            }
            if options.len() < 2 {
                return Err(Wrong::FewOptions);
            }
            options
        }
    };
    Ok(Question {
        text: text::line(&question.text, QUESTION_LENGTH)?,
        options,
        ..question
    })
}

/// The answers cleaned, those to no question left out; or what is wrong by question.
pub fn check_answers(
    questions: &[Question],
    given: &Answers,
) -> Result<Answers, Vec<(Uuid, Wrong)>> {
    let mut wrong = Vec::new();
    let mut clean = Answers::new();
    for question in questions {
        match answer(question, given.get(&question.id)) {
            Ok(Some(value)) => {
                clean.insert(question.id, value);
            }
            Ok(None) if question.required => wrong.push((question.id, Wrong::Missing)),
            Ok(None) => {}
            Err(bad) => wrong.push((question.id, bad)),
        }
    }
    if wrong.is_empty() {
        Ok(clean)
    } else {
        Err(wrong)
    }
}

fn answer(question: &Question, given: Option<&AnswerValue>) -> Result<Option<AnswerValue>, Wrong> {
    Ok(match (question.kind, given) {
        (_, None) => None,
        (QuestionKind::YesNo, Some(AnswerValue::Yes(yes))) => Some(AnswerValue::Yes(*yes)),
        (QuestionKind::Text, Some(AnswerValue::One(typed))) => {
            let body = text::body(typed);
            if body.chars().count() > ANSWER_LENGTH {
                return Err(Wrong::TooLong);
            }
            Some(body)
                .filter(|body| !body.is_empty())
                .map(AnswerValue::One)
        }
        (QuestionKind::Choice, Some(AnswerValue::One(chosen))) if chosen.is_empty() => None,
        (QuestionKind::Choice, Some(AnswerValue::One(chosen))) => {
            if !question.options.contains(chosen) {
                return Err(Wrong::Unknown);
            }
            Some(AnswerValue::One(chosen.clone()))
        }
        (QuestionKind::Several, Some(AnswerValue::Several(chosen))) => {
            if chosen.iter().any(|one| !question.options.contains(one)) {
                return Err(Wrong::Unknown);
            }
            // In the order of the options, each once.
            let kept: Vec<String> = question
                .options
                .iter()
                .filter(|option| chosen.contains(option))
                .cloned()
                .collect();
            Some(kept)
                .filter(|kept| !kept.is_empty())
                .map(AnswerValue::Several)
        }
        _ => return Err(Wrong::Unknown),
    })
}

/// How a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    /// The organiser has not decided yet.
    ToDecide,
    /// Has a seat.
    Confirmed,
    /// Gets the next seat that becomes free.
    Waiting,
    /// By the organiser.
    Declined,
    /// By the one who registered.
    Withdrawn,
}

impl RegistrationState {
    pub const ALL: [Self; 5] = [
        Self::ToDecide,
        Self::Confirmed,
        Self::Waiting,
        Self::Declined,
        Self::Withdrawn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToDecide => "to_decide",
            Self::Confirmed => "confirmed",
            Self::Waiting => "waiting",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Still concerned by the event.
    pub fn stands(self) -> bool {
        matches!(self, Self::ToDecide | Self::Confirmed | Self::Waiting)
    }
}

/// What an organiser set for the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// `None` for any number.
    pub seats: Option<usize>,
    pub approval: bool,
}

/// One registration as the queue sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub id: Uuid,
    /// Grows with each who comes.
    pub place: i64,
    pub state: RegistrationState,
}

impl Terms {
    fn free(self, queue: &[Place]) -> usize {
        let confirmed = count(queue, RegistrationState::Confirmed);
        self.seats
            .map_or(usize::MAX, |seats| seats.saturating_sub(confirmed))
    }

    /// The state of somebody who registers.
    pub fn arrive(self, queue: &[Place]) -> RegistrationState {
        if self.approval {
            RegistrationState::ToDecide
        } else {
            self.admit(queue)
        }
    }

    /// The state of somebody whom the organiser takes, or who needs no decision: behind those who
    /// wait already.
    pub fn admit(self, queue: &[Place]) -> RegistrationState {
        if self.free(queue) > count(queue, RegistrationState::Waiting) {
            RegistrationState::Confirmed
        } else {
            RegistrationState::Waiting
        }
    }

    /// Who moves up now: those who wait for longest, as many as there are free seats.
    pub fn moving_up(self, queue: &[Place]) -> Vec<Uuid> {
        let mut waiting: Vec<&Place> = queue
            .iter()
            .filter(|one| one.state == RegistrationState::Waiting)
            .collect();
        waiting.sort_by_key(|one| (one.place, one.id));
        waiting
            .into_iter()
            .take(self.free(queue))
            .map(|one| one.id)
            .collect()
    }
}

fn count(queue: &[Place], state: RegistrationState) -> usize {
    queue.iter().filter(|one| one.state == state).count()
}

#[cfg(test)]
mod tests;
