//! Plan and fact of a quarter, and signing it.
//!
//! Invariant: what was signed stays; a correction is one more revision, with its reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Hundredths, Indicator};
use crate::{indicator::Value, quarter::Quarter};

/// One indicator in one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanFact {
    pub quarter: Quarter,
    /// An empty plan is not zero.
    pub plan: Option<Hundredths>,
    pub fact: Option<Value>,
}

impl PlanFact {
    /// Fact less plan; `None` where one is missing.
    pub fn deviation(&self) -> Option<Value> {
        let (plan, fact) = (self.plan?, self.fact?);
        Some(Value {
            hundredths: fact.hundredths.checked_sub(plan.checked_mul(fact.over)?)?,
            over: fact.over,
        })
    }

    /// Fact in percent of plan; `None` where one is missing or nothing was planned.
    pub fn percent(&self) -> Option<Value> {
        let (plan, fact) = (self.plan.filter(|plan| *plan > 0)?, self.fact?);
        Some(Value {
            hundredths: fact.hundredths.checked_mul(10_000)?,
            over: fact.over.checked_mul(plan)?,
        })
    }
}

impl Indicator {
    /// What is planned for a quarter; `None` where the plan is empty or says nothing.
    pub fn planned(&self, quarter: Quarter) -> Option<Hundredths> {
        self.plan
            .iter()
            .find(|one| one.year == quarter.year && one.quarter == quarter.number)
            .and_then(|one| one.value)
    }
}

/// How a signature came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signing {
    First,
    Correction,
}

/// Why a quarter is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    #[error("the quarter is not over")]
    NotOver,
    #[error("it is signed; a correction needs a reason")]
    NoReason,
    #[error("another revision was signed meanwhile")]
    Changed,
}

/// Checks that a quarter may be signed today, over the revision that the signer saw (0 where there
/// was none), and gives the number of the new one.
///
/// # Errors
///
/// One of [`Unsigned`].
pub fn sign(
    quarter: Quarter,
    today: NaiveDate,
    latest: u32,
    seen: u32,
    reason: &str,
) -> Result<(Signing, u32), Unsigned> {
    if today <= quarter.last_day() {
        return Err(Unsigned::NotOver);
    }
    if latest != seen {
        return Err(Unsigned::Changed);
    }
    match latest {
        0 => Ok((Signing::First, 1)),
        _ if reason.trim().is_empty() => Err(Unsigned::NoReason),
        _ => Ok((Signing::Correction, latest + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: Quarter = Quarter {
        year: 2017,
        number: 2,
    };

    fn plan_fact(plan: Option<Hundredths>, fact: Option<Value>) -> PlanFact {
        PlanFact {
            quarter: QUARTER,
            plan,
            fact,
        }
    }

    #[test]
    fn deviation_and_percent_are_exact() {
        let two_thirds = plan_fact(Some(8_000), Value::share(2, 3));
        assert_eq!(two_thirds.deviation().map(Value::rounded), Some(-1_333));
        assert_eq!(two_thirds.percent().map(Value::rounded), Some(8_333));
        let exact = plan_fact(Some(8_800), Value::share(88, 100));
        assert_eq!(exact.deviation().map(Value::rounded), Some(0));
        assert_eq!(exact.percent().map(Value::rounded), Some(10_000));
    }

    #[test]
    fn an_empty_plan_is_not_zero() {
        let unplanned = plan_fact(None, Value::share(1, 2));
        assert_eq!((unplanned.deviation(), unplanned.percent()), (None, None));
        let nothing_known = plan_fact(Some(100), None);
        assert_eq!(nothing_known.deviation(), None);
        let zero = plan_fact(Some(0), Value::share(1, 2));
        assert_eq!(zero.deviation().map(Value::rounded), Some(5_000));
        assert_eq!(zero.percent(), None);
        let passport = crate::passport::Passport::founding().unwrap();
        let first = Quarter {
            year: 2017,
            number: 1,
        };
        assert_eq!(passport.indicators[0].planned(first), None);
        assert_eq!(passport.indicators[0].planned(QUARTER), Some(8_600));
    }

    #[test]
    fn a_quarter_is_signed_once_it_is_over_and_corrected_with_a_reason() {
        let last = QUARTER.last_day();
        let next = last.succ_opt().unwrap();
        assert_eq!(sign(QUARTER, last, 0, 0, ""), Err(Unsigned::NotOver));
        assert_eq!(sign(QUARTER, next, 0, 0, ""), Ok((Signing::First, 1)));
        assert_eq!(sign(QUARTER, next, 1, 1, " "), Err(Unsigned::NoReason));
        assert_eq!(
            sign(QUARTER, next, 1, 1, "Диплом отозван"),
            Ok((Signing::Correction, 2))
        );
        assert_eq!(sign(QUARTER, next, 1, 0, "x"), Err(Unsigned::Changed));
    }
}
