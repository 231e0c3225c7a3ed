//! Dates as papers write them.

use chrono::{Datelike, NaiveDate};
use kafedra_model::Locale;

const RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const RU_ALONE: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// «апрель 2017», “April 2017”, of the month that a day is in. The space does not break.
pub fn month(day: NaiveDate, locale: Locale) -> String {
    format!("{}\u{a0}{}", month_alone(day, locale), day.year())
}

/// «апрель», “April”.
pub fn month_alone(day: NaiveDate, locale: Locale) -> &'static str {
    let names = match locale {
        Locale::Ru => RU_ALONE,
        Locale::En => EN,
    };
    let month = usize::try_from(day.month0()).unwrap_or_default();
    names.get(month).copied().unwrap_or_default()
}

/// «3 апреля 2017 г.», “3 April 2017”. The spaces do not break.
pub fn long(date: NaiveDate, locale: Locale) -> String {
    let month = usize::try_from(date.month0()).unwrap_or_default();
    match locale {
        Locale::Ru => format!(
            "{}\u{a0}{}\u{a0}{}\u{a0}г.",
            date.day(),
            RU.get(month).unwrap_or(&""),
            date.year()
        ),
        Locale::En => format!(
            "{}\u{a0}{}\u{a0}{}",
            date.day(),
            EN.get(month).unwrap_or(&""),
            date.year()
        ),
    }
}

/// «03.04.2017», for tables.
pub fn short(date: NaiveDate) -> String {
    date.format("%d.%m.%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_stands_in_the_genitive_in_russian() {
        let day = NaiveDate::from_ymd_opt(2017, 4, 3).unwrap();
        assert_eq!(long(day, Locale::Ru), "3\u{a0}апреля\u{a0}2017\u{a0}г.");
        assert_eq!(long(day, Locale::En), "3\u{a0}April\u{a0}2017");
        assert_eq!(short(day), "03.04.2017");
    }
}
