//! A recurrence rule as text and as data.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};

use super::{BadRule, letters};

/// How often a series comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A weekday; in months its first (1), last (-1) and so on, or every one (0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnDay {
    pub nth: i8,
    pub weekday: Weekday,
}

/// The last moment of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Through this day of the series' zone.
    Day(NaiveDate),
    /// On the clocks of the series' zone.
    Local(NaiveDateTime),
    Instant(DateTime<Utc>),
}

impl Until {
    /// Whether a date, on the wall clock and as an instant, comes too late.
    pub(super) fn is_before(self, local: NaiveDateTime, at: DateTime<Utc>) -> bool {
        match self {
            Self::Day(day) => day < local.date(),
            Self::Local(until) => until < local,
            Self::Instant(until) => until < at,
        }
    }
}

/// Where a series ends. There is no series without an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Count(u16),
    Until(Until),
}

/// A rule that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub frequency: Frequency,
    /// Every so many days, weeks, months or years; 1 at least.
    pub interval: u16,
    /// Empty: the day of the first date. In weeks without counting, in months also counted.
    pub days: Vec<OnDay>,
    /// Days of the month, from its end where negative; months only.
    pub month_days: Vec<i8>,
    /// With which day a week begins where only every second one counts.
    pub week_start: Weekday,
    pub end: End,
}

pub(super) fn read(text: &str) -> Result<Rule, BadRule> {
    let unreadable = BadRule::Unreadable;
    let text = text.strip_prefix("RRULE:").unwrap_or(text);
    if text.len() > 500 {
        return Err(unreadable);
    }
    let mut frequency = None;
    let mut interval = None;
    let mut days = None;
    let mut month_days = None;
    let mut week_start = None;
    let mut count = None;
    let mut until = None;
    for part in text.split(';') {
        let (name, value) = part.split_once('=').ok_or(unreadable)?;
        match name.to_ascii_uppercase().as_str() {
            "FREQ" => once(&mut frequency, frequency_of(value))?,
            "INTERVAL" => once(&mut interval, positive(value))?,
            "COUNT" => once(&mut count, positive(value))?,
            "UNTIL" => once(&mut until, until_of(value))?,
            "WKST" => once(&mut week_start, weekday(value))?,
            "BYDAY" => once(&mut days, value.split(',').map(on_day).collect())?,
            "BYMONTHDAY" => once(&mut month_days, value.split(',').map(month_day).collect())?,
            _ => return Err(unreadable),
        }
    }
    let rule = Rule {
        frequency: frequency.ok_or(unreadable)?,
        interval: interval.unwrap_or(1),
        days: days.unwrap_or_default(),
        month_days: month_days.unwrap_or_default(),
        week_start: week_start.unwrap_or(Weekday::Mon),
        end: match (count, until) {
            (Some(count), None) => End::Count(count),
            (None, Some(until)) => End::Until(until),
            (None, None) => return Err(BadRule::Endless),
            (Some(_), Some(_)) => return Err(unreadable),
        },
    };
    let fits = match rule.frequency {
        Frequency::Monthly => true,
        Frequency::Weekly => rule.month_days.is_empty() && rule.days.iter().all(|on| on.nth == 0),
        Frequency::Daily | Frequency::Yearly => rule.month_days.is_empty() && rule.days.is_empty(),
    };
    if fits { Ok(rule) } else { Err(unreadable) }
}

pub(super) fn write(rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let frequency = match rule.frequency {
        Frequency::Daily => "DAILY",
        Frequency::Weekly => "WEEKLY",
        Frequency::Monthly => "MONTHLY",
        Frequency::Yearly => "YEARLY",
    };
    write!(f, "FREQ={frequency}")?;
    if rule.interval != 1 {
        write!(f, ";INTERVAL={}", rule.interval)?;
    }
    let list = |items: Vec<String>| items.join(",");
    if !rule.days.is_empty() {
        let days = rule.days.iter().map(|on| match on.nth {
            0 => letters(on.weekday).to_owned(),
            nth => format!("{nth}{}", letters(on.weekday)),
        });
        write!(f, ";BYDAY={}", list(days.collect()))?;
    }
    if !rule.month_days.is_empty() {
        let days = rule.month_days.iter().map(ToString::to_string);
        write!(f, ";BYMONTHDAY={}", list(days.collect()))?;
    }
    if rule.week_start != Weekday::Mon {
        write!(f, ";WKST={}", letters(rule.week_start))?;
    }
    match rule.end {
        End::Count(count) => write!(f, ";COUNT={count}"),
        End::Until(Until::Day(day)) => write!(f, ";UNTIL={}", day.format("%Y%m%d")),
        End::Until(Until::Local(at)) => write!(f, ";UNTIL={}", at.format("%Y%m%dT%H%M%S")),
        End::Until(Until::Instant(at)) => write!(f, ";UNTIL={}", at.format("%Y%m%dT%H%M%SZ")),
    }
}

/// Each part stands in a rule once (RFC 5545, section 3.3.10).
fn once<T>(slot: &mut Option<T>, value: Option<T>) -> Result<(), BadRule> {
    match (&slot, value) {
        (None, Some(value)) => {
            *slot = Some(value);
            Ok(())
        }
        _ => Err(BadRule::Unreadable),
    }
}

fn frequency_of(text: &str) -> Option<Frequency> {
    Some(match text.to_ascii_uppercase().as_str() {
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

/// 1 to 999.
fn positive(text: &str) -> Option<u16> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number > 0)
}

fn weekday(text: &str) -> Option<Weekday> {
    [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ]
    .into_iter()
    .find(|day| letters(*day).eq_ignore_ascii_case(text))
}

fn on_day(text: &str) -> Option<OnDay> {
    let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = match number {
        "" => 0,
        _ => number
            .parse()
            .ok()
            .filter(|nth: &i8| (1..=5).contains(&nth.unsigned_abs()))?,
    };
    Some(OnDay {
        nth,
        weekday: weekday(day)?,
    })
}

fn month_day(text: &str) -> Option<i8> {
    text.parse()
        .ok()
        .filter(|day: &i8| (1..=31).contains(&day.unsigned_abs()))
}

fn until_of(text: &str) -> Option<Until> {
    if let Some(text) = text.strip_suffix('Z') {
        return Some(Until::Instant(date_time(text)?.and_utc()));
    }
    if text.len() == 8 {
        return NaiveDate::parse_from_str(text, "%Y%m%d")
            .ok()
            .map(Until::Day);
    }
    date_time(text).map(Until::Local)
}

fn date_time(text: &str) -> Option<NaiveDateTime> {
    let parsed = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok()?;
    (text.len() == 15).then_some(parsed)
}
