//! Qualification categories, which attestation gives (DOMAIN.md, section 4). Having none is the
//! absence of a row.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum QualificationCategory {
    /// Fit for the position held.
    Conformity,
    First,
    Highest,
    TeacherMethodist,
    TeacherMentor,
}

impl QualificationCategory {
    pub const ALL: [Self; 5] = [
        Self::Conformity,
        Self::First,
        Self::Highest,
        Self::TeacherMethodist,
        Self::TeacherMentor,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conformity => "conformity",
            Self::First => "first",
            Self::Highest => "highest",
            Self::TeacherMethodist => "teacher_methodist",
            Self::TeacherMentor => "teacher_mentor",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

/// Days included at both ends; an open end is a category without a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

impl Term {
    pub fn holds_on(self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_read_by_its_own_name() {
        for category in QualificationCategory::ALL {
            assert_eq!(
                QualificationCategory::parse(category.as_str()),
                Some(category)
            );
        }
        assert_eq!(QualificationCategory::parse("none"), None);
    }

    #[test]
    fn a_category_holds_on_its_first_and_its_last_day() {
        let day = |d| NaiveDate::from_ymd_opt(2017, 9, d).unwrap_or_default();
        let term = Term {
            from: day(5),
            until: Some(day(10)),
        };
        let held: Vec<_> = [4, 5, 10, 11]
            .map(|d| term.holds_on(day(d)))
            .into_iter()
            .collect();
        assert_eq!(held, [false, true, true, false]);
        let endless = Term {
            until: None,
            ..term
        };
        assert!(endless.holds_on(day(30)));
    }
}
