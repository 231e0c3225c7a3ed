//! A passport with gaps: where a paper says nothing, or nothing that we understand.
//!
//! Invariant: written as JSON it is a passport's JSON with null in the gaps, so that a form fills
//! the gaps in and sends the same document back.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::super::{
    ActualSource, ExpectedResult, Expense, Funding, Hundredths, Month, Part, Passport,
    PlannedValue, Risk, StageResult, StatedTotal, Unit,
};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    pub format: u32,
    pub title: String,
    pub goal: String,
    pub start: Option<Month>,
    pub end: Option<Month>,
    pub approval: DraftApproval,
    pub head: String,
    pub responsible_executor: String,
    pub participants: Vec<DraftParticipant>,
    pub municipal_programmes: Vec<String>,
    pub regional_priority_projects: Vec<String>,
    pub results: Vec<ExpectedResult>,
    pub indicators: Vec<DraftIndicator>,
    pub funding: Vec<Funding>,
    pub stages: Vec<DraftStage>,
    pub risks: Vec<Risk>,
    pub expenses: Vec<Expense>,
    pub stated_totals: Vec<StatedTotal>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftApproval {
    pub body: String,
    pub date: Option<NaiveDate>,
    pub minutes_number: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftParticipant {
    pub position: String,
    pub organisation: String,
    pub part: Option<Part>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftIndicator {
    pub ordinal: u32,
    pub name: String,
    pub unit: Option<Unit>,
    pub base_year: Option<i32>,
    pub base_value: Option<Hundredths>,
    pub plan: Vec<PlannedValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<ActualSource>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftStage {
    pub number: u32,
    pub name: String,
    pub checkpoints: Vec<DraftCheckpoint>,
    pub results: Vec<StageResult>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftCheckpoint {
    pub number: String,
    pub name: String,
    pub start: Option<Month>,
    pub end: Option<Month>,
    pub needs: Vec<String>,
    pub serves: Vec<u32>,
}

impl Draft {
    /// The passport, where there are no gaps left and everything in it leads somewhere.
    pub fn complete(&self) -> Option<Passport> {
        let json = serde_json::to_value(self).ok()?;
        let passport: Passport = serde_json::from_value(json).ok()?;
        passport.check().is_ok().then_some(passport)
    }

    /// The one year that the whole project is in.
    pub(super) fn year(&self) -> Option<i32> {
        let (start, end) = (self.start?.first_day(), self.end?.first_day());
        (start.year() == end.year()).then_some(start.year())
    }
}
