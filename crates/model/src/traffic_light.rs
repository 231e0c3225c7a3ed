//! Lights: how a figure, a checkpoint, the money and a whole project stand.
//!
//! Invariant: values are compared unrounded, as whole numbers; what has no plan is grey.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    indicator::Value,
    passport::{Hundredths, Kopecks},
};

/// From the calmest to the worst.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum TrafficLight {
    /// Nothing to compare with.
    Grey,
    Green,
    Yellow,
    Red,
}

/// Where the lights change; an installation may set its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Thresholds {
    /// An indicator is green from so many percent of its plan.
    #[schema(minimum = 1, maximum = 100)]
    pub indicator_green: u32,
    /// Below that it is yellow from so many.
    #[schema(maximum = 100)]
    pub indicator_yellow: u32,
    /// A checkpoint is yellow for so many days before and after it is due.
    #[schema(maximum = 365)]
    pub checkpoint_days: u32,
    /// Executed percent of the budget.
    #[schema(minimum = 1, maximum = 100)]
    pub budget_green: u32,
    #[schema(maximum = 100)]
    pub budget_yellow: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            indicator_green: 100,
            indicator_yellow: 95,
            checkpoint_days: 10,
            budget_green: 95,
            budget_yellow: 85,
        }
    }
}

/// What is wrong with thresholds, by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// A percentage beyond 1 to 100.
    Percent(&'static str),
    /// Yellow would not begin below green.
    Order(&'static str),
    /// More days than a year has.
    Days(&'static str),
}

/// How far a checkpoint has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The last day of its term.
    pub due: NaiveDate,
    pub done: bool,
    /// Something proves the work on it.
    pub has_evidence: bool,
}

impl Thresholds {
    /// Everything that keeps them from telling lights apart.
    pub fn unfit(&self) -> Vec<Unfit> {
        let mut unfit = Vec::new();
        for (green, yellow, fields) in [
            (
                self.indicator_green,
                self.indicator_yellow,
                ["indicatorGreen", "indicatorYellow"],
            ),
            (
                self.budget_green,
                self.budget_yellow,
                ["budgetGreen", "budgetYellow"],
            ),
        ] {
            if !(1..=100).contains(&green) {
                unfit.push(Unfit::Percent(fields[0]));
            }
            if yellow >= green {
                unfit.push(Unfit::Order(fields[1]));
            }
        }
        if self.checkpoint_days > 365 {
            unfit.push(Unfit::Days("checkpointDays"));
        }
        unfit
    }

    pub fn indicator(&self, value: Option<Value>, plan: Option<Hundredths>) -> TrafficLight {
        let (Some(value), Some(plan)) = (value, plan) else {
            return TrafficLight::Grey;
        };
        // value / plan against a percentage, multiplied out.
        let reached = |percent: u32| {
            i128::from(value.hundredths) * 100
                >= i128::from(plan) * i128::from(value.over) * i128::from(percent)
        };
        if reached(self.indicator_green) {
            TrafficLight::Green
        } else if reached(self.indicator_yellow) {
            TrafficLight::Yellow
        } else {
            TrafficLight::Red
        }
    }

    pub fn checkpoint(&self, progress: Progress, today: NaiveDate) -> TrafficLight {
        if progress.done {
            return TrafficLight::Green;
        }
        let days_left = progress.due.signed_duration_since(today).num_days();
        let margin = i64::from(self.checkpoint_days);
        if days_left < -margin {
            TrafficLight::Red
        } else if days_left < 0 || (days_left <= margin && !progress.has_evidence) {
            TrafficLight::Yellow
        } else {
            TrafficLight::Green
        }
    }

    /// Spent against planned; without a plan there is nothing to execute.
    pub fn budget(&self, spent: Option<Kopecks>, plan: Kopecks) -> TrafficLight {
        let Some(spent) = spent.filter(|_| plan > 0) else {
            return TrafficLight::Grey;
        };
        let reached =
            |percent: u32| i128::from(spent) * 100 >= i128::from(plan) * i128::from(percent);
        if reached(self.budget_green) {
            TrafficLight::Green
        } else if reached(self.budget_yellow) {
            TrafficLight::Yellow
        } else {
            TrafficLight::Red
        }
    }
}

/// A project stands as the worst of its critical lights; grey ones say nothing.
pub fn project(critical: impl IntoIterator<Item = TrafficLight>) -> TrafficLight {
    critical.into_iter().max().unwrap_or(TrafficLight::Grey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use TrafficLight::{Green, Grey, Red, Yellow};

    const USUAL: fn() -> Thresholds = Thresholds::default;

    #[test]
    fn an_indicators_light_uses_the_unrounded_value() {
        let check = |part, whole, plan, expected| {
            let value = Value::share(part, whole);
            assert_eq!(USUAL().indicator(value, plan), expected, "{part}/{whole}");
        };
        check(88, 100, Some(8800), Green);
        // 87.996% would be printed as 88.00%.
        check(21_999, 25_000, Some(8800), Yellow);
        check(836, 1000, Some(8800), Yellow);
        check(8359, 10_000, Some(8800), Red);
        check(88, 100, None, Grey);
        check(0, 0, Some(8800), Grey);
        check(0, 10, Some(0), Green);
        let count = |n, plan| USUAL().indicator(Some(Value::count(n)), Some(plan));
        assert_eq!([count(7, 700), count(6, 700)], [Green, Red]);
    }

    #[test]
    fn an_installation_sets_its_own_thresholds_where_yellow_begins_below_green() {
        assert_eq!(USUAL().unfit(), []);
        let own = Thresholds {
            indicator_green: 90,
            indicator_yellow: 80,
            ..USUAL()
        };
        assert_eq!(own.unfit(), []);
        let lights = [90, 89, 80, 79].map(|n| own.indicator(Value::share(n, 100), Some(10_000)));
        assert_eq!(lights, [Green, Yellow, Yellow, Red]);
        let spoilt = Thresholds {
            indicator_green: 101,
            indicator_yellow: 95,
            checkpoint_days: 366,
            budget_green: 85,
            budget_yellow: 85,
        };
        assert_eq!(
            spoilt.unfit(),
            [
                Unfit::Percent("indicatorGreen"),
                Unfit::Order("budgetYellow"),
                Unfit::Days("checkpointDays"),
            ]
        );
    }

    #[test]
    fn a_checkpoint_warns_before_it_is_due_and_burns_when_it_is_late() {
        let due = NaiveDate::from_ymd_opt(2017, 7, 31).unwrap();
        let check = |month, day, done, has_evidence, expected| {
            let progress = Progress {
                due,
                done,
                has_evidence,
            };
            let today = NaiveDate::from_ymd_opt(2017, month, day).unwrap();
            assert_eq!(USUAL().checkpoint(progress, today), expected, "{today}");
        };
        check(7, 20, false, false, Green);
        check(7, 21, false, false, Yellow);
        check(7, 21, false, true, Green);
        check(7, 31, false, true, Green);
        check(8, 1, false, true, Yellow);
        check(8, 10, false, true, Yellow);
        check(8, 11, false, true, Red);
        check(12, 31, true, false, Green);
    }

    #[test]
    fn money_is_compared_to_the_kopeck() {
        let check = |spent, plan, expected| assert_eq!(USUAL().budget(spent, plan), expected);
        check(Some(9_500), 10_000, Green);
        check(Some(9_499), 10_000, Yellow);
        check(Some(8_500), 10_000, Yellow);
        check(Some(8_499), 10_000, Red);
        check(None, 10_000, Grey);
        check(Some(5), 0, Grey);
        check(Some(Kopecks::MAX), Kopecks::MAX, Green);
    }

    #[test]
    fn a_project_stands_as_its_worst_critical_light() {
        assert_eq!(project([]), Grey);
        assert_eq!(project([Grey, Grey]), Grey);
        assert_eq!(project([Grey, Green]), Green);
        assert_eq!(project([Red, Green, Yellow]), Red);
    }
}
