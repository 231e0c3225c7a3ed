//! Money: totals and shares, computed and never typed; payments in kopecks.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Funding, FundingSource, Kopecks};
use crate::indicator::Value;

/// Money that was spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Payment {
    pub source: FundingSource,
    pub on: NaiveDate,
    pub kopecks: Kopecks,
    pub purpose: String,
}

/// Plan and fact of one source, one year, or all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub plan: Kopecks,
    /// `None` while nothing is known.
    pub fact: Option<Kopecks>,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.plan += other.plan;
        if let Some(fact) = other.fact {
            self.fact = Some(self.fact.unwrap_or(0) + fact);
        }
    }

    /// Executed percent; `None` without a plan or a fact.
    pub fn executed(self) -> Option<Value> {
        part(self.fact?, self.plan)
    }
}

/// Everything that is computed from the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Budget {
    pub by_row: BTreeMap<(FundingSource, i32), Sum>,
    pub by_source: BTreeMap<FundingSource, Sum>,
    pub by_year: BTreeMap<i32, Sum>,
    pub total: Sum,
}

impl Budget {
    /// A row's fact is the sum of its payments; where there are none, what the passport says.
    pub fn of(funding: &[Funding], payments: &[Payment]) -> Self {
        let mut budget = Self::default();
        for row in funding {
            let sum = budget.by_row.entry((row.source, row.year)).or_default();
            sum.add(Sum {
                plan: row.plan_kopecks,
                fact: row.actual_kopecks,
            });
        }
        let mut paid: BTreeMap<(FundingSource, i32), Kopecks> = BTreeMap::new();
        for payment in payments {
            *paid.entry((payment.source, payment.on.year())).or_default() += payment.kopecks;
        }
        for (row, kopecks) in paid {
            budget.by_row.entry(row).or_default().fact = Some(kopecks);
        }
        for ((source, year), sum) in &budget.by_row {
            budget.by_source.entry(*source).or_default().add(*sum);
            budget.by_year.entry(*year).or_default().add(*sum);
            budget.total.add(*sum);
        }
        budget
    }

    /// A source's percent of all that is planned.
    pub fn share(&self, source: FundingSource) -> Option<Value> {
        part(self.by_source.get(&source)?.plan, self.total.plan)
    }
}

fn part(part: Kopecks, whole: Kopecks) -> Option<Value> {
    (whole > 0)
        .then(|| part.checked_mul(10_000))
        .flatten()
        .map(|hundredths| Value {
            hundredths,
            over: whole,
        })
}

/// Thousands of roubles with two decimals, as passports have it: «4464.00».
pub fn thousands(kopecks: Kopecks) -> String {
    // Ten roubles are a hundredth of a thousand; halves away from zero.
    let hundredths = (kopecks + 500 * kopecks.signum()) / 1_000;
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

/// Reads thousands of roubles: «3 024,00», «4464.0», «1440». `None` for what is no such number, has
/// a fraction of a kopeck or is less than nothing.
pub fn read_thousands(typed: &str) -> Option<Kopecks> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = typed.split_once([',', '.']).unwrap_or((&typed, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 5 {
        return None;
    }
    let fraction = format!("{fraction:0<5}").parse::<Kopecks>().ok()?;
    whole
        .parse::<Kopecks>()
        .ok()?
        .checked_mul(100_000)?
        .checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passport::Passport;

    fn payment(source: FundingSource, year: i32, kopecks: Kopecks) -> Payment {
        Payment {
            source,
            on: NaiveDate::from_ymd_opt(year, 6, 1).unwrap(),
            kopecks,
            purpose: "Камеры".to_owned(),
        }
    }

    #[test]
    fn totals_and_shares_of_the_founding_passport_are_those_on_paper() {
        let passport = Passport::founding().unwrap();
        let budget = Budget::of(&passport.funding, &[]);
        assert_eq!(thousands(budget.total.plan), "4464.00");
        assert_eq!(
            thousands(budget.by_source[&FundingSource::City].plan),
            "1440.00"
        );
        assert_eq!(budget.by_year[&2017], budget.total);
        let share = |source| budget.share(source).map(Value::rounded);
        assert_eq!(share(FundingSource::City), Some(3_226));
        assert_eq!(share(FundingSource::ExtraBudgetary), Some(6_774));
        assert_eq!(share(FundingSource::Federal), Some(0));
        assert_eq!(budget.total.executed(), None);
    }

    #[test]
    fn payments_are_the_fact_and_one_without_a_plan_is_seen() {
        let passport = Passport::founding().unwrap();
        let city = FundingSource::City;
        let payments = [
            payment(city, 2017, 72_000_000),
            payment(city, 2017, 1),
            payment(city, 2018, 5),
        ];
        let budget = Budget::of(&passport.funding, &payments);
        assert_eq!(budget.by_row[&(city, 2017)].fact, Some(72_000_001));
        let unplanned = budget.by_row[&(city, 2018)];
        assert_eq!((unplanned.plan, unplanned.fact), (0, Some(5)));
        assert_eq!(unplanned.executed(), None);
        assert_eq!(budget.total.fact, Some(72_000_006));
        assert_eq!(
            budget.by_source[&city].executed().map(Value::rounded),
            Some(5_000)
        );
    }

    #[test]
    fn thousands_are_read_and_written() {
        for (typed, kopecks) in [
            ("1440.00", Some(144_000_000)),
            ("3 024,00", Some(302_400_000)),
            ("3\u{a0}024", Some(302_400_000)),
            ("0,00001", Some(1)),
            ("0", Some(0)),
            ("0,000001", None),
            ("-5", None),
            ("", None),
            (",5", None),
            ("1e3", None),
            ("99999999999999999", None),
        ] {
            assert_eq!(read_thousands(typed), kopecks, "{typed}");
        }
        assert_eq!(thousands(0), "0.00");
        assert_eq!(thousands(500), "0.01");
        assert_eq!(thousands(-144_000_000), "-1440.00");
    }
}
