//! Minutes (протокол) of a meeting: what they hold, what they are prefilled with, when they may be signed.
//!
//! Invariant: signed minutes never change. A correction is a new version, and a decision keeps its id
//! through all versions, so that its task is found again.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Most people, items of the agenda, and decisions of one item.
pub const MOST: usize = 1000;
pub const MOST_ITEMS: usize = 50;
pub const MOST_DECISIONS: usize = 50;

/// Longest texts, in characters.
pub const LONGEST_LINE: usize = 300;
pub const LONGEST_TEXT: usize = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MinutesState)]
pub enum State {
    Draft,
    Signed,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
        }
    }

    /// A state of a newer version counts as signed: nothing is written over it.
    pub fn parse(name: &str) -> Self {
        if name == "draft" {
            Self::Draft
        } else {
            Self::Signed
        }
    }
}

/// What minutes say, as one document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MinutesBody)]
pub struct Body {
    pub chair: String,
    pub secretary: String,
    pub attended: Vec<Attended>,
    /// The agenda, in its order, with what was said and decided on each.
    pub items: Vec<Item>,
}

/// Somebody who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MinutesAttended)]
pub struct Attended {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    pub name: String,
    #[serde(default)]
    pub institution: String,
}

/// One item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MinutesItem)]
pub struct Item {
    pub topic: String,
    #[serde(default)]
    pub speaker: String,
    #[serde(default)]
    pub heard: String,
    #[serde(default)]
    pub spoke: String,
    #[serde(default)]
    pub decided: Vec<Decision>,
}

/// One decision; with somebody to do it or a date it becomes a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MinutesDecision)]
pub struct Decision {
    /// Given by the server; a client leaves it out in a new decision.
    #[serde(default)]
    pub id: Uuid,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<Uuid>,
    /// As the minutes print it.
    #[serde(default)]
    pub assignee: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
}

impl Decision {
    pub fn is_task(&self) -> bool {
        self.assignee_id.is_some() || !self.assignee.is_empty() || self.due.is_some()
    }
}

/// What keeps minutes from being signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Number,
    Chair,
    Secretary,
    Attended,
    /// No item has a decision.
    Decision,
}

impl Body {
    /// Everything that signing asks for and that is not there yet.
    pub fn missing(&self, number: &str) -> Vec<Missing> {
        [
            (number.trim().is_empty(), Missing::Number),
            (self.chair.trim().is_empty(), Missing::Chair),
            (self.secretary.trim().is_empty(), Missing::Secretary),
            (self.attended.is_empty(), Missing::Attended),
            (self.decisions().next().is_none(), Missing::Decision),
        ]
        .into_iter()
        .filter_map(|(is, what)| is.then_some(what))
        .collect()
    }

    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.items.iter().flat_map(|item| &item.decided)
    }
}

/// The school year that a day belongs to, by the year it begins in: September to August.
pub fn school_year(day: NaiveDate) -> i32 {
    if day.month() >= 9 {
        day.year()
    } else {
        day.year() - 1
    }
}

/// The number after those that were given out: minutes without a plain number do not count.
pub fn next_number<'a>(numbers: impl IntoIterator<Item = &'a str>) -> String {
    let last = numbers
        .into_iter()
        .filter_map(|number| number.trim().parse::<u32>().ok())
        .max()
        .unwrap_or(0);
    last.saturating_add(1).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(text: &str) -> Decision {
        Decision {
            id: Uuid::from_u128(1),
            text: text.to_owned(),
            assignee_id: None,
            assignee: String::new(),
            due: None,
        }
    }

    #[test]
    fn minutes_are_signed_with_a_number_two_names_people_and_a_decision() {
        let mut body = Body::default();
        assert_eq!(body.missing(" ").len(), 5);
        body.chair = "Орлова В. П.".to_owned();
        body.secretary = "Зимина А. С.".to_owned();
        body.attended.push(Attended {
            person_id: None,
            name: "Котов П. И.".to_owned(),
            institution: String::new(),
        });
        assert_eq!(body.missing("1"), [Missing::Decision]);
        body.items.push(Item {
            decided: vec![decision("принять к сведению")],
            ..Item::default()
        });
        assert!(body.missing("1").is_empty());
    }

    #[test]
    fn a_decision_is_a_task_once_it_names_somebody_or_a_date() {
        assert!(!decision("принять к сведению").is_task());
        let mut named = decision("провести урок");
        named.assignee = "Котов П. И.".to_owned();
        assert!(named.is_task());
        let mut dated = decision("провести урок");
        dated.due = NaiveDate::from_ymd_opt(2026, 12, 1);
        assert!(dated.is_task());
    }

    #[test]
    fn the_school_year_begins_on_the_first_of_september() {
        let year = |y, m, d| school_year(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(year(2026, 8, 31), 2025);
        assert_eq!(year(2026, 9, 1), 2026);
        assert_eq!(year(2027, 1, 1), 2026);
    }

    #[test]
    fn numbers_go_on_after_the_last_plain_one() {
        assert_eq!(next_number([]), "1");
        assert_eq!(next_number(["1", "3", "3/а", " 2 "]), "4");
    }
}
