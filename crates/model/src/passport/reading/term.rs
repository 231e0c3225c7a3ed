//! Months, days and terms as papers write them.
//!
//! A text is a date only if nothing is left of it: a word that is neither a month nor one that
//! stands around months makes it unread.

use chrono::{Datelike, NaiveDate};

use super::{super::Month, Why};

const MONTHS: [&str; 12] = [
    "янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
];
/// What may stand around months and says nothing.
const AROUND: [&str; 16] = [
    "с",
    "по",
    "до",
    "от",
    "в",
    "г",
    "года",
    "год",
    "году",
    "гг",
    "месяц",
    "начало",
    "начала",
    "окончание",
    "и",
    "срок",
];

/// A month with its first and last, where quarters and years are read as terms too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    year: Option<i32>,
    first: u32,
    last: u32,
}

/// From a month to a month; one month is a term of its own. `year` is that of months without one.
pub(super) fn term(text: &str, year: Option<i32>) -> Result<(Month, Month), Why> {
    let readings = readings(text)?;
    let (from, to) = match readings.as_slice() {
        [one] => (*one, *one),
        [from, to] => (*from, *to),
        _ => return Err(Why::NotADate),
    };
    // «апрель – декабрь 2017»: the year stands once.
    let to_year = to.year.or(year).ok_or(Why::NoYear)?;
    let from_year = from.year.or(to.year).or(year).ok_or(Why::NoYear)?;
    let term = (month(from_year, from.first)?, month(to_year, to.last)?);
    if term.0 <= term.1 {
        Ok(term)
    } else {
        Err(Why::NotADate)
    }
}

/// One month.
pub(super) fn single(text: &str, year: Option<i32>) -> Result<Month, Why> {
    match term(text, year)? {
        (start, end) if start == end => Ok(start),
        _ => Err(Why::NotADate),
    }
}

fn month(year: i32, number: u32) -> Result<Month, Why> {
    NaiveDate::from_ymd_opt(year, number, 1)
        .map(Month::of)
        .ok_or(Why::NotADate)
}

/// «03.04.2017», «3 апреля 2017 г.».
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')')) {
        if let Ok(day) = NaiveDate::parse_from_str(word.trim_end_matches(['.', 'г']), "%d.%m.%Y") {
            return Some(day);
        }
        if let Ok(day) = NaiveDate::parse_from_str(word, "%Y-%m-%d") {
            return Some(day);
        }
    }
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(3).find_map(|words| {
        let [day, month, year] = words else {
            return None;
        };
        let (day, year) = (day.parse().ok()?, year_of(year)?);
        NaiveDate::from_ymd_opt(year, name(month)?, day)
    })
}

/// A year of four digits.
pub(super) fn year_of(word: &str) -> Option<i32> {
    (word.len() == 4)
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| (1990..2100).contains(year))
}

/// The only year that a text names.
pub(super) fn year_in(text: &str) -> Option<i32> {
    let mut years: Vec<i32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(year_of)
        .collect();
    years.dedup();
    match years.as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}

/// «I», «I кв.», «2 квартал», «3-й квартал».
pub(super) fn quarter_in(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = None;
    for (place, word) in words.iter().enumerate() {
        let roman = (1..).zip(["i", "ii", "iii", "iv"]);
        let number = roman
            .into_iter()
            .find_map(|(number, name)| (name == *word).then_some(number))
            .or_else(|| {
                let mut next = words.iter().skip(place + 1).filter(|next| **next != "й");
                let is_quarter = next.next().is_some_and(|next| next.starts_with("кв"));
                word.parse()
                    .ok()
                    .filter(|number| is_quarter && (1..=4).contains(number))
            });
        match (number, found) {
            (Some(number), None) => found = Some(number),
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
    }
    found
}

fn name(word: &str) -> Option<u32> {
    let is_month = |stem: &str| match stem {
        "ма" => matches!(word, "май" | "мая" | "мае" | "маю"),
        stem => word.starts_with(stem) && word.chars().count() <= 8,
    };
    (1..)
        .zip(MONTHS)
        .find_map(|(number, stem)| is_month(stem).then_some(number))
}

fn readings(text: &str) -> Result<Vec<Reading>, Why> {
    let lower = text.to_lowercase().replace('ё', "е");
    // Points and hyphens join within a date and part everywhere else.
    let words: Vec<&str> = lower
        .split(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '–' | '—' | '‒' | ',' | ';' | ':' | '(' | ')' | '"' | '«' | '»'
                )
        })
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut readings: Vec<Reading> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let parts: Vec<&str> = word.split('-').collect();
        if let Some(reading) = numeric(word) {
            readings.push(reading);
        } else if let [from, to] = parts.as_slice()
            && let (Some(from), Some(to)) = (plain(from), plain(to))
        {
            readings.extend([from, to]);
        } else if let Some(reading) = plain(word) {
            readings.push(reading);
        } else if let Some(number) =
            quarter_in(&words[place..(place + 2).min(words.len())].join(" ")).filter(|_| {
                words
                    .get(place + 1)
                    .is_some_and(|next| next.starts_with("кв"))
            })
        {
            readings.push(Reading {
                year: None,
                first: number * 3 - 2,
                last: number * 3,
            });
        } else if let Some(year) = year_of(word) {
            match readings.last_mut().filter(|last| last.year.is_none()) {
                Some(last) => last.year = Some(year),
                None => readings.push(Reading {
                    year: Some(year),
                    first: 1,
                    last: 12,
                }),
            }
        } else if let Ok(number) = word.parse::<u32>() {
            // A day before its month says nothing more; else it is a month by its number.
            let is_day = words
                .get(place + 1)
                .is_some_and(|next| name(next).is_some());
            if !is_day || !(1..=31).contains(&number) {
                readings.push(by_number(number)?);
            }
        } else if !(AROUND.contains(word) || word.starts_with("кв")) {
            return Err(Why::NotADate);
        }
    }
    Ok(readings)
}

/// A month by its name, or by its number within «05-07».
fn plain(word: &str) -> Option<Reading> {
    let number = name(word).or_else(|| {
        (word.len() == 2)
            .then(|| word.parse().ok())
            .flatten()
            .filter(|number| (1..=12).contains(number))
    })?;
    Some(Reading {
        year: None,
        first: number,
        last: number,
    })
}

fn by_number(number: u32) -> Result<Reading, Why> {
    (1..=12)
        .contains(&number)
        .then_some(Reading {
            year: None,
            first: number,
            last: number,
        })
        .ok_or(Why::NotADate)
}

/// «03.04.2017», «04.2017», «2017-04», «2017-04-03».
fn numeric(word: &str) -> Option<Reading> {
    let word = word.trim_end_matches('г').trim_end_matches('.');
    let day = NaiveDate::parse_from_str(word, "%d.%m.%Y")
        .or_else(|_| NaiveDate::parse_from_str(word, "%Y-%m-%d"))
        .or_else(|_| NaiveDate::parse_from_str(&format!("01.{word}"), "%d.%m.%Y"))
        .or_else(|_| NaiveDate::parse_from_str(&format!("{word}-01"), "%Y-%m-%d"))
        .ok()
        .filter(|day| (1990..2100).contains(&day.year()))?;
    Some(Reading {
        year: Some(day.year()),
        first: day.month(),
        last: day.month(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, year: Option<i32>, expected: Result<(&str, &str), Why>) {
        let read = term(text, year).map(|(from, to)| (String::from(from), String::from(to)));
        let expected = expected.map(|(from, to)| (from.to_owned(), to.to_owned()));
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn terms_are_read_as_people_write_them() {
        let project = Ok(("2017-04", "2017-12"));
        for text in [
            "апрель – декабрь 2017 года",
            "апрель-декабрь 2017 г.",
            "с апреля по декабрь 2017 г.",
            "апрель 2017 – декабрь 2017",
            "04.2017–12.2017",
            "04.2017 - 12.2017",
            "03.04.2017 — 29.12.2017",
            "с 3 апреля 2017 г. по 29 декабря 2017 г.",
            "2017-04 – 2017-12",
            "Начало: апрель 2017, окончание: декабрь 2017",
            "II квартал – IV квартал 2017",
            "апр. – дек. 2017",
        ] {
            check(text, None, project);
        }
        check("май", Some(2017), Ok(("2017-05", "2017-05")));
        check("05–07", Some(2017), Ok(("2017-05", "2017-07")));
        check("05-07", Some(2017), Ok(("2017-05", "2017-07")));
        check("8", Some(2017), Ok(("2017-08", "2017-08")));
        check("2018", None, Ok(("2018-01", "2018-12")));
        check(
            "ноябрь 2017 – февраль 2018",
            None,
            Ok(("2017-11", "2018-02")),
        );
    }

    #[test]
    fn what_is_no_term_is_not_made_one() {
        check("апрель", None, Err(Why::NoYear));
        check("постоянно", Some(2017), Err(Why::NotADate));
        check("до утверждения бюджета", Some(2017), Err(Why::NotADate));
        check("декабрь – апрель 2017", None, Err(Why::NotADate));
        check("13", Some(2017), Err(Why::NotADate));
        check("апрель, июнь, август 2017", None, Err(Why::NotADate));
        check("", Some(2017), Err(Why::NotADate));
    }

    #[test]
    fn days_and_quarters() {
        let third = NaiveDate::from_ymd_opt(2017, 4, 3);
        assert_eq!(day("протокол от 03.04.2017 № 1"), third);
        assert_eq!(day("от 3 апреля 2017 г."), third);
        assert_eq!(day("от 03.04.2017г."), third);
        assert_eq!(day("31.02.2017"), None);
        assert_eq!(quarter_in("План на 2017 год IV кв."), Some(4));
        assert_eq!(quarter_in("3-й квартал"), Some(3));
        assert_eq!(quarter_in("I и II"), None);
        assert_eq!(year_in("2016 (факт)"), Some(2016));
        assert_eq!(year_in("2017–2021"), None);
    }
}
