//! City methodological associations (ГМО): their school years and what is expected of them.

use chrono::{Datelike, NaiveDate};

/// Meetings with minutes that each association holds in a school year (DOMAIN.md, section 1).
pub const MEETINGS_A_YEAR: usize = 4;
/// Longest name, in characters.
pub const NAME_LENGTH: usize = 200;
/// Longest subject or level, in characters.
pub const SUBJECT_LENGTH: usize = 100;

/// The school year of a day, named by the calendar year in which it begins: it runs from
/// 1 September to 31 August.
pub fn school_year(day: NaiveDate) -> i32 {
    if day.month() >= 9 {
        day.year()
    } else {
        day.year() - 1
    }
}

/// First day of the school year and first day of the next one; `None` for a year that no
/// calendar has.
pub fn school_year_days(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((
        NaiveDate::from_ymd_opt(year, 9, 1)?,
        NaiveDate::from_ymd_opt(year.checked_add(1)?, 9, 1)?,
    ))
}

/// Whether so many meetings, planned or minuted, are what is expected of a year.
pub fn is_enough(meetings: usize) -> bool {
    meetings >= MEETINGS_A_YEAR
}

/// Whether somebody who joined on `since` and left after `until` is a member on `day`.
pub fn is_member(since: NaiveDate, until: Option<NaiveDate>, day: NaiveDate) -> bool {
    since <= day && until.is_none_or(|until| day <= until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a date")
    }

    #[test]
    fn a_school_year_begins_on_the_first_of_september() {
        assert_eq!(school_year(day(2026, 8, 31)), 2025);
        assert_eq!(school_year(day(2026, 9, 1)), 2026);
        assert_eq!(school_year(day(2027, 5, 31)), 2026);
        assert_eq!(
            school_year_days(2026),
            Some((day(2026, 9, 1), day(2027, 9, 1)))
        );
        assert_eq!(school_year_days(i32::MAX), None);
    }

    #[test]
    fn four_meetings_make_a_year() {
        assert!(!is_enough(3) && is_enough(4) && is_enough(5));
    }

    #[test]
    fn members_come_and_go_by_the_day() {
        let check = |until, on, expected| {
            assert_eq!(is_member(day(2024, 9, 1), until, on), expected);
        };
        check(None, day(2024, 8, 31), false);
        check(None, day(2024, 9, 1), true);
        check(Some(day(2025, 5, 31)), day(2025, 5, 31), true);
        check(Some(day(2025, 5, 31)), day(2025, 6, 1), false);
    }
}
