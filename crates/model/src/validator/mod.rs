//! The validator: a passport read as a careful reader would read it.
//!
//! [`read`] tells what contradicts itself, what is promised without means, what nobody could
//! measure; each [`Finding`] names the field and what would mend it. What the passport links itself
//! (`needs`, `serves`, `indicator`, `denominator`) is believed; where it links nothing, words are
//! compared, and only such as leave little doubt: silence is better than a false alarm.
//!
//! To add a check: a variant of [`Problem`] with its words in `words`, its rule in one of the
//! families, a case in the tests, and a look at what the founding passport gets.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::passport::{FundingSource, Hundredths, Kopecks, Passport};

mod fields;
mod measure;
mod money;
mod plan;
mod terms;
mod words;

pub use terms::Group;

/// From what has to be mended to what is worth a thought.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It cannot be as it is written.
    Error,
    /// A reader will ask.
    Warning,
    /// Something that helps later is missing.
    Note,
}

/// One thing that a reader notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Names of fields and numbers of rows: `indicators/1/name`.
    pub field: String,
    pub problem: Problem,
}

/// What is wrong. Numbers are those of the passport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    // Sums.
    TotalDiffers {
        stated: Kopecks,
        computed: Kopecks,
    },
    ExpensesExceed {
        expenses: Kopecks,
        plan: Kopecks,
    },
    // Values.
    Falls {
        indicator: u32,
        from: Hundredths,
        to: Hundredths,
    },
    EndsBelowBase {
        indicator: u32,
        base: Hundredths,
        end: Hundredths,
    },
    TitleContradicts {
        indicator: u32,
        title: Hundredths,
        end: Hundredths,
    },
    ResultContradicts {
        result: u32,
        indicator: u32,
        text: Hundredths,
        end: Hundredths,
    },
    TooFewKits {
        checkpoint: String,
        kits: i64,
        indicator: u32,
        institutions: i64,
    },
    OverHundred {
        indicator: u32,
        value: Hundredths,
    },
    PlanBeforeStart {
        indicator: u32,
        year: i32,
        quarter: u32,
    },
    PlanAfterEnd {
        indicator: u32,
        year: i32,
        quarter: u32,
    },
    NoPlan {
        indicator: u32,
    },
    // Terms.
    CheckpointOutside {
        checkpoint: String,
    },
    StartsTooEarly {
        checkpoint: String,
        needs: String,
        /// The passport says so itself; otherwise the words do.
        declared: bool,
    },
    ReportBeforeData {
        checkpoint: String,
        year: i32,
        quarter: u32,
    },
    // Measuring.
    Unserved {
        indicator: u32,
    },
    Unmeasured {
        result: u32,
    },
    DifferentPeople {
        result: u32,
        indicator: u32,
    },
    PeopleForgotten {
        stage: u32,
        groups: Vec<Group>,
    },
    NoDenominator {
        indicator: u32,
    },
    UnitContradicts {
        indicator: u32,
    },
    NoSource {
        indicator: u32,
    },
    // Money and risks.
    MeasureUnfunded {
        risk: u32,
    },
    PurchaseUnfunded {
        checkpoint: String,
    },
    CircularMitigation {
        risk: u32,
        source: FundingSource,
    },
    // Fields.
    Empty,
}

impl Problem {
    pub fn severity(&self) -> Severity {
        match self {
            Self::TotalDiffers { .. }
            | Self::ExpensesExceed { .. }
            | Self::TitleContradicts { .. }
            | Self::ResultContradicts { .. }
            | Self::OverHundred { .. }
            | Self::PlanBeforeStart { .. }
            | Self::CheckpointOutside { .. }
            | Self::StartsTooEarly { declared: true, .. }
            | Self::ReportBeforeData { .. }
            | Self::DifferentPeople { .. }
            | Self::UnitContradicts { .. }
            | Self::PurchaseUnfunded { .. }
            | Self::Empty => Severity::Error,
            Self::Falls { .. }
            | Self::EndsBelowBase { .. }
            | Self::TooFewKits { .. }
            | Self::PlanAfterEnd { .. }
            | Self::NoPlan { .. }
            | Self::StartsTooEarly {
                declared: false, ..
            }
            | Self::Unserved { .. }
            | Self::Unmeasured { .. }
            | Self::PeopleForgotten { .. }
            | Self::MeasureUnfunded { .. }
            | Self::CircularMitigation { .. } => Severity::Warning,
            Self::NoDenominator { .. } | Self::NoSource { .. } => Severity::Note,
        }
    }

    /// Stable: clients and tests know findings by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TotalDiffers { .. } => "sums.total_differs",
            Self::ExpensesExceed { .. } => "sums.expenses_exceed",
            Self::Falls { .. } => "values.falls",
            Self::EndsBelowBase { .. } => "values.ends_below_base",
            Self::TitleContradicts { .. } => "values.title_contradicts",
            Self::ResultContradicts { .. } => "values.result_contradicts",
            Self::TooFewKits { .. } => "values.too_few_kits",
            Self::OverHundred { .. } => "values.over_hundred",
            Self::PlanBeforeStart { .. } => "plan.before_start",
            Self::PlanAfterEnd { .. } => "plan.after_end",
            Self::NoPlan { .. } => "plan.missing",
            Self::CheckpointOutside { .. } => "terms.checkpoint_outside",
            Self::StartsTooEarly { .. } => "terms.starts_too_early",
            Self::ReportBeforeData { .. } => "terms.report_before_data",
            Self::Unserved { .. } => "measure.indicator_unserved",
            Self::Unmeasured { .. } => "measure.result_unmeasured",
            Self::DifferentPeople { .. } => "measure.different_people",
            Self::PeopleForgotten { .. } => "measure.people_forgotten",
            Self::NoDenominator { .. } => "measure.no_denominator",
            Self::UnitContradicts { .. } => "measure.unit_contradicts",
            Self::NoSource { .. } => "measure.no_source",
            Self::MeasureUnfunded { .. } => "money.measure_unfunded",
            Self::PurchaseUnfunded { .. } => "money.purchase_unfunded",
            Self::CircularMitigation { .. } => "money.circular_mitigation",
            Self::Empty => "fields.empty",
        }
    }
}

/// Everything that a careful reader notices, the gravest first.
pub fn read(passport: &Passport) -> Vec<Finding> {
    let mut findings = Vec::new();
    fields::check(passport, &mut findings);
    money::check(passport, &mut findings);
    plan::check(passport, &mut findings);
    terms::check(passport, &mut findings);
    measure::check(passport, &mut findings);
    // Stable: within a severity the order of the families stays.
    findings.sort_by_key(|finding| finding.problem.severity());
    findings
}

/// Where the rules put what they notice.
trait Notes {
    fn note(&mut self, field: impl Into<String>, problem: Problem);
}

impl Notes for Vec<Finding> {
    fn note(&mut self, field: impl Into<String>, problem: Problem) {
        self.push(Finding {
            field: field.into(),
            problem,
        });
    }
}

#[cfg(test)]
mod tests;
