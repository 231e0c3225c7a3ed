//! Days in every spelling that Russian tables hold.
//!
//! The day stands before the month and the year has four digits: 03.04.17 could be three days, so it
//! is refused. Spreadsheets count days from 30.12.1899 (ECMA-376, part 1, 18.17.4.1).

use chrono::{Days, NaiveDate};

use super::Cell;
use crate::name;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadDate {
    Unreadable,
    /// 30 February, or 29 February of a year that has none.
    NoSuchDay,
    /// A year of two digits.
    ShortYear,
}

/// In the genitive and the nominative, as dates and tables have them.
const MONTHS: [[&str; 2]; 12] = [
    ["января", "январь"],
    ["февраля", "февраль"],
    ["марта", "март"],
    ["апреля", "апрель"],
    ["мая", "май"],
    ["июня", "июнь"],
    ["июля", "июль"],
    ["августа", "август"],
    ["сентября", "сентябрь"],
    ["октября", "октябрь"],
    ["ноября", "ноябрь"],
    ["декабря", "декабрь"],
];

/// Serial numbers that may be days: 01.01.1920 to 31.12.2099. Fewer are hours or rooms.
const SERIALS: std::ops::RangeInclusive<u64> = 7_306..=73_050;

pub fn read(cell: &Cell) -> Result<NaiveDate, BadDate> {
    match cell {
        Cell::Date(day) => Ok(*day),
        Cell::Number(number) if *number >= 0.0 => serial(*number as u64),
        Cell::Text(text) => parse(text),
        _ => Err(BadDate::Unreadable),
    }
}

fn serial(number: u64) -> Result<NaiveDate, BadDate> {
    if SERIALS.contains(&number) {
        of_serial(number).ok_or(BadDate::Unreadable)
    } else {
        Err(BadDate::Unreadable)
    }
}

/// The day of a spreadsheet's serial number.
pub fn of_serial(number: u64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(number))
}

pub fn parse(text: &str) -> Result<NaiveDate, BadDate> {
    let folded = name::fold(text);
    let mut spaced = String::with_capacity(folded.len());
    for letter in without_time(&folded).chars() {
        let before = spaced.chars().next_back();
        // «2024г.», «31дек2024»
        let joint = before.is_some_and(|before| {
            before.is_alphanumeric()
                && letter.is_alphanumeric()
                && before.is_ascii_digit() != letter.is_ascii_digit()
        });
        if joint {
            spaced.push(' ');
        }
        spaced.push(letter);
    }
    let mut parts: Vec<&str> = spaced
        .split(|c: char| c == ' ' || ".,/-‐–—«»\"“”„".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    // «31 декабря 2024 года рождения»: what follows the year says nothing.
    while parts
        .pop_if(|last| matches!(*last, "г" | "год" | "года" | "р" | "рождения"))
        .is_some()
    {}
    match parts[..] {
        [one] if one.len() == 5 => serial(number(one).ok_or(BadDate::Unreadable)?.into()),
        [year, month, day] if year.len() == 4 && number(year).is_some() => {
            date(number(year), number(month), number(day))
        }
        [day, month, year] => {
            let month = number(month).or_else(|| month_of(month));
            if number(year).is_some() && year.len() <= 2 && month.is_some() {
                return Err(BadDate::ShortYear);
            }
            if year.len() == 4 {
                date(number(year), month, number(day))
            } else {
                Err(BadDate::Unreadable)
            }
        }
        _ => Err(BadDate::Unreadable),
    }
}

/// «2024-12-31T00:00:00» and «31.12.2024 0:00» without their hours. The text is folded, so the
/// letter is a small one.
fn without_time(text: &str) -> &str {
    let is_time = |rest: &str| {
        rest.contains(':')
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | 'z'))
    };
    text.match_indices(['t', ' '])
        .find(|(place, mark)| is_time(&text[place + mark.len()..]))
        .map_or(text, |(place, _)| &text[..place])
}

fn number(text: &str) -> Option<u32> {
    (text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// «декабря», «дек», «сент»: three letters tell every month from the others.
fn month_of(word: &str) -> Option<u32> {
    if word.chars().count() < 3 {
        return None;
    }
    let place = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| name.starts_with(word)))?;
    u32::try_from(place + 1).ok()
}

fn date(year: Option<u32>, month: Option<u32>, day: Option<u32>) -> Result<NaiveDate, BadDate> {
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return Err(BadDate::Unreadable);
    };
    let year = i32::try_from(year).map_err(|_| BadDate::Unreadable)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(BadDate::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Result<&str, BadDate>) {
        let expected = expected.map(|day| day.parse().expect("a date"));
        assert_eq!(parse(typed), expected, "{typed}");
    }

    #[test]
    fn one_day_in_every_spelling() {
        for typed in [
            "31.12.2024",
            "31.12.2024 г.",
            "31.12.2024г.",
            "31. 12. 2024",
            "31/12/2024",
            "31-12-2024",
            "31–12–2024",
            "2024-12-31",
            "2024.12.31",
            "2024/12/31",
            "2024-12-31T00:00:00",
            "2024-12-31T21:00:00.000Z",
            "31.12.2024 0:00",
            "2024-12-31 00:00:00",
            "31 декабря 2024",
            "31 декабря 2024 г.",
            "31 ДЕКАБРЯ 2024 года",
            "«31» декабря 2024 г.",
            "\"31\" декабря 2024г",
            "31 дек. 2024",
            "31-дек-2024",
            " 31\u{a0}декабря\u{a0}2024 ",
            "31 декабря 2024 г. р.",
            "45657",
        ] {
            check(typed, Ok("2024-12-31"));
        }
        check("1.9.2016", Ok("2016-09-01"));
        check("5 мая 2017", Ok("2017-05-05"));
        check("1 сент. 2017 г.", Ok("2017-09-01"));
        check("29.02.2016", Ok("2016-02-29"));
    }

    #[test]
    fn what_could_be_two_days_or_none_is_refused() {
        check("03.04.17", Err(BadDate::ShortYear));
        check("3 апреля 17", Err(BadDate::ShortYear));
        check("29.02.2017", Err(BadDate::NoSuchDay));
        check("30 февраля 2016", Err(BadDate::NoSuchDay));
        check("12/31/2024", Err(BadDate::NoSuchDay));
        for typed in [
            "",
            "2024",
            "12.2024",
            "декабрь 2024",
            "31 ма 2024",
            "31.12.20244",
            "вчера",
            "99999",
            "1234",
            "31.12.2024 и далее",
            "1.2.3.2024",
            "31.12.-024",
            "−45657",
        ] {
            check(typed, Err(BadDate::Unreadable));
        }
    }

    #[test]
    fn every_day_comes_back_from_every_spelling() {
        // Against the calendar's own way of counting, day by day over a leap cycle.
        let first = NaiveDate::from_ymd_opt(2015, 12, 1).expect("a date");
        let genitive = |day: &NaiveDate| MONTHS[chrono::Datelike::month0(day) as usize][0];
        for (offset, day) in first.iter_days().take(4 * 366).enumerate() {
            let spelt = [
                day.format("%d.%m.%Y").to_string(),
                day.format("%-d/%-m/%Y").to_string(),
                day.to_string(),
                format!(
                    "{} {} {} г.",
                    day.format("%-d"),
                    genitive(&day),
                    day.format("%Y")
                ),
                (42_339 + offset).to_string(),
            ];
            for typed in spelt {
                assert_eq!(parse(&typed), Ok(day), "{typed}");
            }
            assert_eq!(
                read(&Cell::Number((42_339 + offset) as f64 + 0.75)),
                Ok(day)
            );
        }
    }
}
