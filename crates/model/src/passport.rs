//! The passport of a project: what it is for, by when, measured how, paid from what.
//!
//! One document, stored as JSON with the number of its format. [`Passport::check`] holds what every
//! reader relies on: terms that run forward, references that lead somewhere. Whether the plan is a
//! sensible one is another question. Totals and the terms of stages are computed, never stored.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// The format that this program writes; older ones are read as well, newer ones refused.
pub const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Passport {
    pub format: u32,
    pub title: String,
    pub goal: String,
    pub start: Month,
    pub end: Month,
    pub approval: Approval,
    /// Position of the head.
    pub head: String,
    /// Position of the responsible executor.
    pub responsible_executor: String,
    pub participants: Vec<Participant>,
    pub municipal_programmes: Vec<String>,
    /// An empty list prints «‒».
    pub regional_priority_projects: Vec<String>,
    pub results: Vec<ExpectedResult>,
    pub indicators: Vec<Indicator>,
    pub funding: Vec<Funding>,
    pub stages: Vec<Stage>,
    pub risks: Vec<Risk>,
}

/// A month of a year, `2017-04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i32,
    month: u32,
}

/// Who approved the passport, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Approval {
    pub body: String,
    pub date: NaiveDate,
    pub minutes_number: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Participant {
    pub position: String,
    pub organisation: String,
    pub part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    Executor,
    CoExecutor,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedResult {
    pub number: u32,
    pub text: String,
    /// Ordinal of the indicator that measures it.
    pub indicator: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Indicator {
    pub ordinal: u32,
    pub name: String,
    pub unit: Unit,
    pub base_year: i32,
    pub base_value: Hundredths,
    pub plan: Vec<PlannedValue>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unit {
    Percent,
    Count,
}

/// A number with two decimals, kept as a whole number of hundredths: 88% is 8800.
pub type Hundredths = i64;

/// Money, in kopecks.
pub type Kopecks = i64;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlannedValue {
    pub year: i32,
    /// 1 to 4.
    pub quarter: u32,
    /// An empty plan is not zero.
    pub value: Option<Hundredths>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Funding {
    pub source: FundingSource,
    pub year: i32,
    pub plan_kopecks: Kopecks,
    pub actual_kopecks: Option<Kopecks>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FundingSource {
    Federal,
    Oblast,
    City,
    ExtraBudgetary,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stage {
    pub number: u32,
    pub name: String,
    pub checkpoints: Vec<Checkpoint>,
    /// One result may cover several checkpoints.
    pub results: Vec<StageResult>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Checkpoint {
    /// `2.1`: the stage's number and its own.
    pub number: String,
    pub name: String,
    pub start: Month,
    pub end: Month,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StageResult {
    pub text: String,
    /// Numbers of the checkpoints that lead to it.
    pub checkpoints: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Risk {
    pub number: u32,
    pub name: String,
    /// What is done so that it does not happen.
    pub measure: String,
}

/// Why a document is no passport.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    #[error("format {0} is newer than this program")]
    Format(u32),
    #[error("{0} is empty")]
    Empty(&'static str),
    #[error("{0} ends before it starts")]
    Backwards(String),
    #[error("{0} is given twice")]
    Twice(String),
    #[error("{0} refers to nothing")]
    Dangling(String),
    #[error("there is no quarter {0}")]
    Quarter(u32),
}

impl Passport {
    /// The passport of 2017 that the product was founded on, with positions in place of names.
    ///
    /// # Errors
    ///
    /// None: a test reads it.
    pub fn founding() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("passport/founding.json"))
    }

    /// The first thing that readers could not cope with.
    ///
    /// # Errors
    ///
    /// One of [`Unsound`].
    pub fn check(&self) -> Result<(), Unsound> {
        if self.format > FORMAT {
            return Err(Unsound::Format(self.format));
        }
        for (name, text) in [("title", &self.title), ("goal", &self.goal)] {
            if text.trim().is_empty() {
                return Err(Unsound::Empty(name));
            }
        }
        if self.end < self.start {
            return Err(Unsound::Backwards("the project".to_owned()));
        }
        let indicators = unique("indicator", self.indicators.iter().map(|one| one.ordinal))?;
        unique("result", self.results.iter().map(|one| one.number))?;
        unique("risk", self.risks.iter().map(|one| one.number))?;
        unique("stage", self.stages.iter().map(|one| one.number))?;
        unique(
            "funding",
            self.funding
                .iter()
                .map(|one| format!("{:?} {}", one.source, one.year)),
        )?;
        for result in &self.results {
            if result
                .indicator
                .is_some_and(|one| !indicators.contains(&one))
            {
                return Err(Unsound::Dangling(format!("result {}", result.number)));
            }
        }
        for value in self.indicators.iter().flat_map(|one| &one.plan) {
            if !(1..=4).contains(&value.quarter) {
                return Err(Unsound::Quarter(value.quarter));
            }
        }
        self.stages.iter().try_for_each(Stage::check)
    }

    /// Planned money of all sources and years.
    pub fn planned_kopecks(&self) -> Kopecks {
        self.funding.iter().map(|one| one.plan_kopecks).sum()
    }
}

impl Stage {
    fn check(&self) -> Result<(), Unsound> {
        let numbers = unique(
            "checkpoint",
            self.checkpoints.iter().map(|one| one.number.as_str()),
        )?;
        for checkpoint in &self.checkpoints {
            if checkpoint.end < checkpoint.start {
                return Err(Unsound::Backwards(format!(
                    "checkpoint {}",
                    checkpoint.number
                )));
            }
        }
        for number in self.results.iter().flat_map(|one| &one.checkpoints) {
            if !numbers.contains(number.as_str()) {
                return Err(Unsound::Dangling(format!(
                    "a result of stage {}",
                    self.number
                )));
            }
        }
        Ok(())
    }

    /// From the earliest start to the latest end of its checkpoints; `None` without any.
    pub fn term(&self) -> Option<(Month, Month)> {
        let start = self.checkpoints.iter().map(|one| one.start).min()?;
        let end = self.checkpoints.iter().map(|one| one.end).max()?;
        Some((start, end))
    }
}

fn unique<T: Eq + std::hash::Hash + std::fmt::Display>(
    what: &str,
    names: impl Iterator<Item = T>,
) -> Result<HashSet<T>, Unsound> {
    let mut seen = HashSet::new();
    for name in names {
        let told = format!("{what} {name}");
        if !seen.insert(name) {
            return Err(Unsound::Twice(told));
        }
    }
    Ok(seen)
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d")
            .map_err(|_| format!("«{text}» is no month such as 2017-04"))?;
        Ok(Self {
            year: first.year(),
            month: first.month(),
        })
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        format!("{:04}-{:02}", month.year, month.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        Month::try_from(text.to_owned()).unwrap()
    }

    fn passport() -> Passport {
        Passport::founding().unwrap()
    }

    #[test]
    fn the_founding_passport_is_sound_and_its_sums_are_those_on_paper() {
        let passport = passport();
        passport.check().unwrap();
        assert_eq!(passport.planned_kopecks(), 446_400_000);
        assert_eq!(passport.participants.len(), 7);
        assert_eq!(passport.indicators.len(), 3);
        let checkpoints: usize = passport
            .stages
            .iter()
            .map(|one| one.checkpoints.len())
            .sum();
        assert_eq!(checkpoints, 14);
        let terms: Vec<_> = passport.stages.iter().filter_map(Stage::term).collect();
        let expected = [
            ("2017-04", "2017-04"),
            ("2017-05", "2017-08"),
            ("2017-08", "2017-12"),
            ("2017-12", "2017-12"),
        ];
        assert_eq!(
            terms,
            expected.map(|(start, end)| (month(start), month(end)))
        );
    }

    #[test]
    fn what_readers_could_not_cope_with_is_refused() {
        let check = |spoil: fn(&mut Passport), expected: &str| {
            let mut passport = passport();
            spoil(&mut passport);
            assert_eq!(passport.check().unwrap_err().to_string(), expected);
        };
        check(
            |one| one.format = 99,
            "format 99 is newer than this program",
        );
        check(|one| one.goal = " ".to_owned(), "goal is empty");
        check(
            |one| one.end = month("2016-12"),
            "the project ends before it starts",
        );
        check(
            |one| one.indicators[1].ordinal = 1,
            "indicator 1 is given twice",
        );
        check(
            |one| one.results[0].indicator = Some(9),
            "result 1 refers to nothing",
        );
        check(
            |one| one.indicators[0].plan[0].quarter = 5,
            "there is no quarter 5",
        );
        check(
            |one| one.stages[1].results[0].checkpoints = vec!["9.9".to_owned()],
            "a result of stage 2 refers to nothing",
        );
        check(
            |one| one.stages[2].checkpoints[0].end = month("2017-01"),
            "checkpoint 3.1 ends before it starts",
        );
    }

    #[test]
    fn a_month_is_read_as_it_is_written() {
        assert_eq!(String::from(month("2017-04")), "2017-04");
        for wrong in ["2017-13", "2017", "апрель", "2017-04-01"] {
            assert!(Month::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
