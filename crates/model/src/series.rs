//! Series of events: recurrence rules of RFC 5545, section 3.3.10, and the dates they give.
//!
//! Dates are counted on the wall clock of the series' zone and turned into instants one by one,
//! so a meeting at 15:00 stays at 15:00 when the clocks change. Only what a city plans by is
//! read: days, weeks, months and years; everything else is refused rather than misread.

use std::{fmt, str::FromStr};

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, Months, NaiveDate, NaiveDateTime, TimeDelta,
    TimeZone, Utc, Weekday,
};
use chrono_tz::Tz;

use crate::event::FURTHEST;

mod rule;

pub use rule::{End, Frequency, OnDay, Rule};

/// Most dates of one series.
pub const MOST_DATES: usize = 200;

/// Why a rule, or a series by it, was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    #[error("not a rule of RFC 5545, or one that is not understood here")]
    Unreadable,
    #[error("it has neither COUNT nor UNTIL")]
    Endless,
    #[error("it gives no date")]
    Empty,
    #[error("it gives too many dates")]
    TooMany,
    #[error("its last date is too far ahead")]
    TooFar,
}

impl Rule {
    /// The dates of a series whose first possible one is `first` on the clocks of `zone`.
    ///
    /// Ascending, each once, 1 to [`MOST_DATES`] of them, none later than [`FURTHEST`] after
    /// the first.
    pub fn dates(&self, first: NaiveDateTime, zone: Tz) -> Result<Vec<DateTime<Utc>>, BadRule> {
        let horizon = first + FURTHEST;
        let (most, until) = match self.end {
            End::Count(count) => (usize::from(count), None),
            End::Until(until) => (usize::MAX, Some(until)),
        };
        let mut dates = Vec::new();
        for period in 0.. {
            let Some(days) = self.period(first.date(), period) else {
                return Err(BadRule::TooFar);
            };
            for day in days {
                let local = day.and_time(first.time());
                if local < first {
                    continue;
                }
                let at = instant(local, zone);
                let over = until.is_some_and(|until| until.is_before(local, at));
                if over || dates.len() == most {
                    return if dates.is_empty() {
                        Err(BadRule::Empty)
                    } else {
                        Ok(dates)
                    };
                }
                if local > horizon {
                    return Err(BadRule::TooFar);
                }
                if dates.len() == MOST_DATES {
                    return Err(BadRule::TooMany);
                }
                dates.push(at);
            }
            // A rule may name days that no period has, such as 31 June every year.
            let past_all = self
                .start_of(first.date(), period)
                .is_none_or(|day| day.and_time(first.time()) > horizon);
            if past_all {
                return match (dates.is_empty(), until) {
                    (true, _) => Err(BadRule::Empty),
                    (false, _) => Err(BadRule::TooFar),
                };
            }
        }
        Err(BadRule::TooFar)
    }

    /// First day of a period, counted from the one that holds `first`.
    fn start_of(&self, first: NaiveDate, period: u32) -> Option<NaiveDate> {
        let steps = period.checked_mul(u32::from(self.interval))?;
        match self.frequency {
            Frequency::Daily => first.checked_add_days(Days::new(u64::from(steps))),
            Frequency::Weekly => first
                .week(self.week_start)
                .checked_first_day()?
                .checked_add_days(Days::new(7 * u64::from(steps))),
            Frequency::Monthly => first.with_day(1)?.checked_add_months(Months::new(steps)),
            Frequency::Yearly => first
                .with_day(1)?
                .checked_add_months(Months::new(steps.checked_mul(12)?)),
        }
    }

    /// The days that the rule names within a period, ascending.
    fn period(&self, first: NaiveDate, period: u32) -> Option<Vec<NaiveDate>> {
        let start = self.start_of(first, period)?;
        let mut days: Vec<NaiveDate> = match self.frequency {
            Frequency::Daily => vec![start],
            Frequency::Weekly => (0..7)
                .filter_map(|step| start.checked_add_days(Days::new(step)))
                .filter(|day| {
                    if self.days.is_empty() {
                        day.weekday() == first.weekday()
                    } else {
                        self.days.iter().any(|on| on.weekday == day.weekday())
                    }
                })
                .collect(),
            Frequency::Monthly | Frequency::Yearly => {
                let length = i64::from(start.num_days_in_month());
                start
                    .iter_days()
                    .take(usize::try_from(length).unwrap_or(31))
                    .filter(|day| {
                        let plain = self.days.is_empty() && self.month_days.is_empty();
                        if plain {
                            return day.day() == first.day();
                        }
                        let by_day = self.days.is_empty()
                            || self.days.iter().any(|on| on.matches(*day, length));
                        let by_number = self.month_days.is_empty()
                            || self.month_days.iter().any(|number| {
                                let number = i64::from(*number);
                                let wanted = if number < 0 {
                                    length + 1 + number
                                } else {
                                    number
                                };
                                i64::from(day.day()) == wanted
                            });
                        by_day && by_number
                    })
                    .collect()
            }
        };
        days.dedup();
        Some(days)
    }
}

/// The instant of a wall clock time in a zone (RFC 5545, section 3.3.5): of a time that comes
/// twice the first; a time that the clocks leap over as if they had not leapt.
pub fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => at.with_timezone(&Utc),
        MappedLocalTime::None => {
            // No zone ever leapt further than a day, as Samoa did over the date line.
            let before = (1..=26)
                .map(|hours| local - TimeDelta::hours(hours))
                .find_map(|earlier| {
                    let at = zone.from_local_datetime(&earlier).latest()?;
                    Some(earlier - at.naive_utc())
                })
                .unwrap_or_default();
            local.and_utc() - before
        }
    }
}

/// What the clocks of `zone` show at an instant.
pub fn wall_clock(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// The zone of an IANA name.
pub fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// An instant moved on the clocks of `zone`: by as many days and hours as the hands show.
pub fn shift(at: DateTime<Utc>, by: TimeDelta, zone: Tz) -> DateTime<Utc> {
    instant(wall_clock(at, zone) + by, zone)
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rule::write(self, f)
    }
}

impl FromStr for Rule {
    type Err = BadRule;

    fn from_str(text: &str) -> Result<Self, BadRule> {
        rule::read(text)
    }
}

impl OnDay {
    /// Whether `day`, of a month of `length` days, is the one that is meant.
    fn matches(self, day: NaiveDate, length: i64) -> bool {
        let number = i64::from(day.day());
        day.weekday() == self.weekday
            && match self.nth {
                0 => true,
                nth if nth > 0 => (number - 1) / 7 + 1 == i64::from(nth),
                nth => (length - number) / 7 + 1 == -i64::from(nth),
            }
    }
}

/// The two letters of a weekday.
fn letters(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

#[cfg(test)]
mod tests;
