//! Quarters of a year: the periods that indicators are planned, counted and signed for.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
pub struct Quarter {
    pub year: i32,
    /// 1 to 4.
    #[schema(minimum = 1, maximum = 4)]
    #[serde(rename = "quarter")]
    pub number: u32,
}

impl Quarter {
    /// `None` where there is no such quarter.
    pub fn new(year: i32, number: u32) -> Option<Self> {
        ((1..=4).contains(&number) && (1900..=2200).contains(&year))
            .then_some(Self { year, number })
    }

    /// The quarter that `day` belongs to.
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            number: day.month0() / 3 + 1,
        }
    }

    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.number * 3 - 2, 1).unwrap_or_default()
    }

    /// The day for which the quarter's figures are.
    pub fn last_day(self) -> NaiveDate {
        self.next()
            .first_day()
            .checked_sub_days(Days::new(1))
            .unwrap_or_default()
    }

    pub fn next(self) -> Self {
        if self.number == 4 {
            Self {
                year: self.year + 1,
                number: 1,
            }
        } else {
            Self {
                number: self.number + 1,
                ..self
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_belongs_to_the_quarter_that_holds_it() {
        let mut day = NaiveDate::from_ymd_opt(2015, 12, 31).unwrap();
        for _ in 0..1_600 {
            let quarter = Quarter::of(day);
            assert!(quarter.first_day() <= day && day <= quarter.last_day());
            assert_eq!(Quarter::new(quarter.year, quarter.number), Some(quarter));
            let tomorrow = day.succ_opt().unwrap();
            let same = Quarter::of(tomorrow) == quarter;
            assert_eq!(same, day != quarter.last_day(), "{day}");
            assert!(same || Quarter::of(tomorrow) == quarter.next());
            day = tomorrow;
        }
        assert_eq!(Quarter::new(2017, 0), None);
        assert_eq!(Quarter::new(2017, 5), None);
    }
}
