//! How a project stands on a day: which quarter speaks for an indicator, what the lights are, what
//! waits for somebody.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    FundingSource, Indicator, Passport, budget::Budget, lifecycle::Lifecycle, period::PlanFact,
    risk,
};
use crate::{
    indicator::Value,
    quarter::Quarter,
    traffic_light::{Thresholds, TrafficLight},
};

impl Passport {
    /// Every quarter of the project's term, and those planned outside of it.
    pub fn quarters(&self) -> Vec<Quarter> {
        let planned = self
            .indicators
            .iter()
            .flat_map(|one| &one.plan)
            .filter(|plan| plan.value.is_some())
            .filter_map(|plan| Quarter::new(plan.year, plan.quarter));
        let mut quarters: Vec<Quarter> = planned.collect();
        let last = self.end.quarter();
        let mut next = self.start.quarter();
        while next.first_day() <= last.first_day() {
            quarters.push(next);
            next = next.next();
        }
        quarters.sort_by_key(|one| (one.year, one.number));
        quarters.dedup();
        quarters
    }
}

impl Indicator {
    /// The quarter that speaks for the indicator on a day: the last one begun that has both a plan
    /// and a fact.
    pub fn latest(&self, facts: &BTreeMap<(i32, u32), Value>, day: NaiveDate) -> Option<PlanFact> {
        facts
            .iter()
            .rev()
            .filter_map(|(&(year, number), fact)| Some((Quarter::new(year, number)?, *fact)))
            .filter(|(quarter, _)| quarter.first_day() <= day)
            .find_map(|(quarter, fact)| {
                Some(PlanFact {
                    quarter,
                    plan: Some(self.planned(quarter)?),
                    fact: Some(fact),
                })
            })
    }
}

/// The light of the money: of the years that are over, all of it once the project is. A year that
/// still runs is spent when it is spent.
pub fn budget_light(
    passport: &Passport,
    budget: &Budget,
    day: NaiveDate,
    thresholds: Thresholds,
) -> TrafficLight {
    let is_over = day > passport.end.last_day();
    let due = budget
        .by_year
        .iter()
        .filter(|(year, _)| is_over || **year < day.year())
        .map(|(_, sum)| sum);
    let (mut plan, mut fact) = (0, None);
    for sum in due {
        plan += sum.plan;
        fact = Some(fact.unwrap_or(0) + sum.fact.unwrap_or(0));
    }
    thresholds.budget(fact, plan)
}

/// Something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[schema(as = ProjectAttention)]
pub enum Attention {
    /// The passport lies before the Commission.
    Submitted,
    /// A change request lies before the Commission.
    ChangePending {
        request: u32,
    },
    /// Its term is over and it was not closed.
    TermOver,
    /// A quarter is over, planned for, and has no fact.
    FactMissing {
        indicator: u32,
        year: i32,
        quarter: u32,
    },
    /// A quarter is over and nobody has signed it.
    ToSign {
        year: i32,
        quarter: u32,
    },
    CheckpointLate {
        checkpoint: String,
    },
    /// More was spent than planned.
    Overspent {
        source: FundingSource,
        year: i32,
    },
    RiskHappened {
        risk: u32,
    },
}

/// What is known besides the passport.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub lifecycle: &'a Lifecycle,
    /// By ordinal, then by quarter.
    pub facts: &'a BTreeMap<u32, BTreeMap<(i32, u32), Value>>,
    pub signed: &'a [Quarter],
    /// Checkpoints whose light is red.
    pub late: &'a [String],
    pub budget: &'a Budget,
}

/// What waits for somebody on a day, the weightiest first.
pub fn attention(passport: &Passport, known: Known<'_>, day: NaiveDate) -> Vec<Attention> {
    let mut list = Vec::new();
    match known.lifecycle {
        Lifecycle::Submitted { .. } => list.push(Attention::Submitted),
        Lifecycle::ChangePending { request, .. } => {
            list.push(Attention::ChangePending { request: *request });
        }
        _ => {}
    }
    let goes_on = known.lifecycle.takes_facts();
    if goes_on && day > passport.end.last_day() {
        list.push(Attention::TermOver);
    }
    if goes_on {
        let over = passport
            .quarters()
            .into_iter()
            .filter(|one| one.last_day() < day);
        for quarter in over {
            let of = (quarter.year, quarter.number);
            let planned = |one: &&Indicator| one.planned(quarter).is_some();
            let missing = passport.indicators.iter().filter(planned).filter(|one| {
                let facts = known.facts.get(&one.ordinal);
                facts.is_none_or(|facts| !facts.contains_key(&of))
            });
            list.extend(missing.map(|one| Attention::FactMissing {
                indicator: one.ordinal,
                year: quarter.year,
                quarter: quarter.number,
            }));
            if !known.signed.contains(&quarter)
                && passport.indicators.iter().any(|one| planned(&one))
            {
                list.push(Attention::ToSign {
                    year: quarter.year,
                    quarter: quarter.number,
                });
            }
        }
        list.extend(known.late.iter().map(|number| Attention::CheckpointLate {
            checkpoint: number.clone(),
        }));
    }
    list.extend(
        known
            .budget
            .by_row
            .iter()
            .filter(|(_, sum)| sum.fact.is_some_and(|fact| fact > sum.plan))
            .map(|(&(source, year), _)| Attention::Overspent { source, year }),
    );
    let happened = passport
        .risks
        .iter()
        .filter(|one| one.status == risk::Status::Happened);
    list.extend(happened.map(|one| Attention::RiskHappened { risk: one.number }));
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passport::budget::Payment;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2017, month, day).unwrap()
    }

    fn passport() -> Passport {
        Passport::founding().unwrap()
    }

    #[test]
    fn the_quarters_are_those_of_the_term() {
        let numbers: Vec<_> = passport().quarters().iter().map(|one| one.number).collect();
        assert_eq!(numbers, [2, 3, 4]);
    }

    #[test]
    fn the_last_quarter_that_is_planned_and_known_speaks() {
        let passport = passport();
        let facts = BTreeMap::from([
            ((2017, 1), Value::entered(8_500)),
            ((2017, 2), Value::entered(8_600)),
            ((2017, 4), Value::entered(9_000)),
        ]);
        let first = &passport.indicators[0];
        let latest = |on| first.latest(&facts, on).map(|one| one.quarter.number);
        assert_eq!(latest(day(3, 31)), None);
        assert_eq!(latest(day(9, 4)), Some(2));
        assert_eq!(latest(day(10, 1)), Some(4));
    }

    #[test]
    fn money_is_judged_when_its_year_is_over() {
        let passport = passport();
        let pay = |kopecks| {
            let payment = Payment {
                source: FundingSource::City,
                on: day(6, 1),
                kopecks,
                purpose: "Комплект".to_owned(),
            };
            Budget::of(&passport.funding, &[payment])
        };
        let light =
            |budget: &Budget, on| budget_light(&passport, budget, on, Thresholds::default());
        let half = pay(200_000_000);
        assert_eq!(light(&half, day(12, 31)), TrafficLight::Grey);
        let later = NaiveDate::from_ymd_opt(2018, 1, 1).unwrap();
        assert_eq!(light(&half, later), TrafficLight::Red);
        assert_eq!(light(&pay(446_400_000), later), TrafficLight::Green);
    }

    #[test]
    fn what_waits_is_told() {
        let mut passport = passport();
        passport.risks[1].status = risk::Status::Happened;
        let budget = Budget::default();
        let facts = BTreeMap::from([(1, BTreeMap::from([((2017, 2), Value::entered(8_600))]))]);
        let lifecycle = Lifecycle::ChangePending {
            since: day(6, 1),
            request: 2,
        };
        let told = attention(
            &passport,
            Known {
                lifecycle: &lifecycle,
                facts: &facts,
                signed: &[],
                late: &["1.1".to_owned()],
                budget: &budget,
            },
            day(9, 4),
        );
        let missing = |indicator| Attention::FactMissing {
            indicator,
            year: 2017,
            quarter: 2,
        };
        assert_eq!(
            told,
            [
                Attention::ChangePending { request: 2 },
                missing(2),
                missing(3),
                Attention::ToSign {
                    year: 2017,
                    quarter: 2
                },
                Attention::CheckpointLate {
                    checkpoint: "1.1".to_owned()
                },
                Attention::RiskHappened { risk: 2 },
            ]
        );
    }
}
