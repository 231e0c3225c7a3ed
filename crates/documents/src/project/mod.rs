//! The papers of a project: passport, master plan, schedule, status reports, change requests, final
//! report; indicators and money as XLSX.
//!
//! Each paper is one small function from the project's figures to a [`Paper`]: headings, lines and
//! tables, which [`Paper::pdf`] and [`Paper::docx`] print. What a passport says, [`passport`] prints
//! in the form that `kafedra_model::passport::reading` reads back. Lights, deviations, totals and
//! the terms of stages are computed here from the same rules as everywhere; nothing is typed twice.
//! To add a paper: a function here, its text in the tests.

use chrono::NaiveDate;
use kafedra_model::{
    indicator::Value,
    passport::{
        Indicator, Passport,
        budget::{Budget, Payment},
        lifecycle::Decision,
        period::PlanFact,
        remark::{Remark, Subject},
    },
    quarter::Quarter,
    traffic_light::{Progress, Thresholds, TrafficLight},
};

mod bulletin;
mod change;
mod docx;
mod final_report;
mod paper;
mod passport;
mod pdf;
mod plan;
mod report;
mod say;
mod sheets;

pub use bulletin::{Figure, Outline, StageOutline, bulletin, slide};
pub use change::{ChangeRequest, change_request};
pub use final_report::final_report;
pub use paper::Paper;
pub use passport::passport;
pub use plan::{master_plan, schedule};
pub use report::{Period, report};
pub use sheets::xlsx;

/// How a project stands on a day.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    pub passport: &'a Passport,
    pub on: NaiveDate,
    pub actual: &'a [Actual],
    pub payments: &'a [Payment],
    /// Checkpoints of which something is known.
    pub reached: &'a [Reached],
    pub remarks: &'a [Said],
    pub decisions: &'a [Decision],
    pub thresholds: Thresholds,
}

/// An indicator's value at the end of a quarter, or so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    pub indicator: u32,
    pub quarter: Quarter,
    pub value: Value,
    /// Where it comes from; empty where nobody told.
    pub source: String,
    /// Against the plan, by the unrounded value.
    pub light: TrafficLight,
}

/// How far a checkpoint has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub checkpoint: String,
    pub done_on: Option<NaiveDate>,
    /// Names of documents and events.
    pub evidence: Vec<String>,
}

/// What is said of a subject in a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub quarter: Quarter,
    pub on: Subject,
    pub remark: Remark,
    /// Where the figure will stand on 31 December, where that is computed.
    pub forecast: Option<Value>,
}

impl Standing<'_> {
    fn plan_fact(&self, indicator: &Indicator, quarter: Quarter) -> PlanFact {
        PlanFact {
            quarter,
            plan: indicator.planned(quarter),
            fact: self.actual(indicator.ordinal, quarter).map(|one| one.value),
        }
    }

    fn actual(&self, indicator: u32, quarter: Quarter) -> Option<&Actual> {
        self.actual
            .iter()
            .find(|one| one.indicator == indicator && one.quarter == quarter)
    }

    fn light(&self, indicator: u32, quarter: Quarter) -> TrafficLight {
        self.actual(indicator, quarter)
            .map_or(TrafficLight::Grey, |one| one.light)
    }

    fn reached(&self, checkpoint: &str) -> Option<&Reached> {
        self.reached.iter().find(|one| one.checkpoint == checkpoint)
    }

    fn said(&self, on: &Subject, quarter: Quarter) -> Option<&Said> {
        self.remarks
            .iter()
            .find(|one| one.on == *on && one.quarter == quarter)
    }

    fn checkpoint_light(&self, number: &str, due: NaiveDate) -> TrafficLight {
        let reached = self.reached(number);
        let progress = Progress {
            due,
            done: reached.is_some_and(|one| one.done_on.is_some()),
            has_evidence: reached.is_some_and(|one| !one.evidence.is_empty()),
        };
        self.thresholds.checkpoint(progress, self.on)
    }

    fn budget(&self) -> Budget {
        Budget::of(&self.passport.funding, self.payments)
    }

    /// The quarters of the project's term and others that are planned for, as pages show them.
    fn quarters(&self) -> Vec<Quarter> {
        self.passport.quarters()
    }
}

/// Every quarter that the plans name, those left empty too: the form of a passport has them all.
fn quarters(passport: &Passport) -> Vec<Quarter> {
    let mut quarters: Vec<Quarter> = passport
        .indicators
        .iter()
        .flat_map(|one| &one.plan)
        .filter_map(|one| Quarter::new(one.year, one.quarter))
        .collect();
    quarters.sort_unstable();
    quarters.dedup();
    quarters
}
