//! The passport of a project: what it is for, by when, measured how, paid from what.
//!
//! One document, stored as JSON with the number of its format. [`Passport::check`] holds what every
//! reader relies on: terms that run forward, references that lead somewhere. Whether the plan is a
//! sensible one is another question. Totals and the terms of stages are computed, never stored.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::quarter::Quarter;

mod bounds;
pub mod budget;
pub mod change;
pub mod lifecycle;
pub mod period;
pub mod reading;
pub mod remark;
pub mod risk;
pub mod standing;
mod unsound;

pub use unsound::Unsound;

/// The format that this program writes; older ones are read as well, newer ones refused.
///
/// 2 adds what is optional in all that follows: where an indicator's value comes from and over which
/// base it is taken, what checkpoints need and serve, weights of risks, expenses and stated totals.
pub const FORMAT: u32 = 2;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Passport {
    pub format: u32,
    pub title: String,
    pub goal: String,
    #[schema(value_type = String, example = "2017-04")]
    pub start: Month,
    #[schema(value_type = String, example = "2017-04")]
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
    /// What the money is for, where the passport says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expenses: Vec<Expense>,
    /// Totals as they stand on a paper that was read in; those of ours are computed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated_totals: Vec<StatedTotal>,
}

/// Money for one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expense {
    pub name: String,
    pub kopecks: Kopecks,
}

/// A total that a paper states: of one source, of one year, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatedTotal {
    #[serde(default)]
    pub source: Option<FundingSource>,
    #[serde(default)]
    pub year: Option<i32>,
    pub kopecks: Kopecks,
}

/// A month of a year, `2017-04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i32,
    month: u32,
}

/// Who approved the passport, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PassportApproval)]
pub struct Approval {
    pub body: String,
    pub date: NaiveDate,
    pub minutes_number: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PassportParticipant)]
pub struct Participant {
    pub position: String,
    pub organisation: String,
    pub part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PassportPart)]
pub enum Part {
    Executor,
    CoExecutor,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedResult {
    pub number: u32,
    pub text: String,
    /// Ordinal of the indicator that measures it.
    pub indicator: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PassportIndicator)]
pub struct Indicator {
    pub ordinal: u32,
    pub name: String,
    pub unit: Unit,
    pub base_year: i32,
    pub base_value: Hundredths,
    pub plan: Vec<PlannedValue>,
    /// Of whom or what the share is taken: «педагогические и руководящие работники».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// Where the actual value comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<ActualSource>,
}

/// Where an actual value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ActualSource {
    /// Counted from the platform's own records.
    Computed(crate::indicator::Definition),
    /// Entered by hand, with evidence: from this report or register.
    Entered(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PassportUnit)]
pub enum Unit {
    Percent,
    Count,
}

/// A number with two decimals, kept as a whole number of hundredths: 88% is 8800.
pub type Hundredths = i64;

/// Money, in kopecks.
pub type Kopecks = i64;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlannedValue {
    pub year: i32,
    /// 1 to 4.
    pub quarter: u32,
    /// An empty plan is not zero.
    pub value: Option<Hundredths>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PassportFunding)]
pub struct Funding {
    pub source: FundingSource,
    pub year: i32,
    pub plan_kopecks: Kopecks,
    pub actual_kopecks: Option<Kopecks>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum FundingSource {
    Federal,
    Oblast,
    City,
    ExtraBudgetary,
}

impl FundingSource {
    pub const ALL: [Self; 4] = [
        Self::Federal,
        Self::Oblast,
        Self::City,
        Self::ExtraBudgetary,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Federal => "federal",
            Self::Oblast => "oblast",
            Self::City => "city",
            Self::ExtraBudgetary => "extraBudgetary",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PassportStage)]
pub struct Stage {
    pub number: u32,
    pub name: String,
    pub checkpoints: Vec<Checkpoint>,
    /// One result may cover several checkpoints.
    pub results: Vec<StageResult>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PassportCheckpoint)]
pub struct Checkpoint {
    /// `2.1`: the stage's number and its own.
    pub number: String,
    pub name: String,
    #[schema(value_type = String, example = "2017-04")]
    pub start: Month,
    #[schema(value_type = String, example = "2017-04")]
    pub end: Month,
    /// Numbers of the checkpoints that must be reached before this one starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// Ordinals of the indicators that it moves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serves: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StageResult {
    pub text: String,
    /// Numbers of the checkpoints that lead to it.
    pub checkpoints: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PassportRisk)]
pub struct Risk {
    pub number: u32,
    pub name: String,
    /// What is done so that it does not happen.
    pub measure: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<risk::Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<risk::Level>,
    /// Position of whoever watches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    #[serde(default, skip_serializing_if = "is_open")]
    pub status: risk::Status,
}

fn is_open(status: &risk::Status) -> bool {
    *status == risk::Status::Open
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
        self.bounded()?;
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
        self.stages.iter().try_for_each(Stage::check)?;
        let numbers: HashSet<&str> = self.checkpoints().map(|one| one.number.as_str()).collect();
        for checkpoint in self.checkpoints() {
            let leads = checkpoint
                .needs
                .iter()
                .all(|one| numbers.contains(one.as_str()))
                && checkpoint.serves.iter().all(|one| indicators.contains(one));
            if !leads {
                return Err(Unsound::Dangling(format!(
                    "checkpoint {}",
                    checkpoint.number
                )));
            }
        }
        Ok(())
    }

    /// The checkpoints of all stages, in their order.
    pub fn checkpoints(&self) -> impl Iterator<Item = &Checkpoint> {
        self.stages.iter().flat_map(|stage| &stage.checkpoints)
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

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            month: day.month(),
        }
    }

    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    pub fn last_day(self) -> NaiveDate {
        self.first_day()
            .checked_add_months(chrono::Months::new(1))
            .and_then(|next| next.pred_opt())
            .unwrap_or_default()
    }

    pub fn year(self) -> i32 {
        self.year
    }

    pub fn quarter(self) -> Quarter {
        Quarter::of(self.first_day())
    }
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
