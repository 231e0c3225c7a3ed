//! What a status report says beside its figures: why they differ from the plan, what is done about
//! it, and where they will go.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Passport;

/// Of what something is said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[schema(as = RemarkSubject)]
pub enum Subject {
    Indicator { ordinal: u32 },
    Checkpoint { number: String },
    Budget,
}

impl Subject {
    /// Whether the passport has it.
    pub fn is_of(&self, passport: &Passport) -> bool {
        match self {
            Self::Indicator { ordinal } => {
                let mut indicators = passport.indicators.iter();
                indicators.any(|one| one.ordinal == *ordinal)
            }
            Self::Checkpoint { number } => passport.checkpoints().any(|one| one.number == *number),
            Self::Budget => true,
        }
    }
}

/// Texts for one subject in one period; an empty one is not written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Remark {
    /// Of the deviation.
    pub cause: String,
    pub corrective_action: String,
    /// In words; speaks before what is computed.
    pub forecast: String,
}

impl Remark {
    pub fn is_empty(&self) -> bool {
        [&self.cause, &self.corrective_action, &self.forecast]
            .into_iter()
            .all(|text| text.is_empty())
    }
}

/// Whether a report of some days tells of a checkpoint: one that was due or reached in them, or was
/// due before and is not reached.
pub fn is_reported(
    (first, last): (NaiveDate, NaiveDate),
    due: NaiveDate,
    done_on: Option<NaiveDate>,
) -> bool {
    let within = |day: NaiveDate| (first..=last).contains(&day);
    within(due) || done_on.is_some_and(within) || (due < first && done_on.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_of_the_passport_that_has_it() {
        let passport = Passport::founding().unwrap();
        let checkpoint = |number: &str| Subject::Checkpoint {
            number: number.to_owned(),
        };
        let subjects = [
            (Subject::Indicator { ordinal: 3 }, true),
            (Subject::Indicator { ordinal: 4 }, false),
            (checkpoint("2.1"), true),
            (checkpoint("2.9"), false),
            (Subject::Budget, true),
        ];
        for (subject, expected) in subjects {
            assert_eq!(subject.is_of(&passport), expected, "{subject:?}");
        }
    }

    #[test]
    fn a_report_tells_of_what_was_due_or_reached_and_of_what_is_overdue() {
        let day = |month, day| NaiveDate::from_ymd_opt(2017, month, day).unwrap();
        let third = (day(7, 1), day(9, 30));
        assert!(is_reported(third, day(8, 31), None));
        assert!(is_reported(third, day(6, 30), None));
        assert!(is_reported(third, day(6, 30), Some(day(7, 1))));
        assert!(!is_reported(third, day(6, 30), Some(day(6, 30))));
        assert!(is_reported(third, day(12, 31), Some(day(9, 30))));
        assert!(!is_reported(third, day(12, 31), None));
    }
}
