//! Figures and words as the papers of a project write them.

use chrono::NaiveDate;
use kafedra_model::{
    Locale,
    indicator::Value,
    passport::{
        FundingSource, Hundredths, Kopecks, Month, Part, Unit,
        risk::{Level, Status},
    },
    quarter::Quarter,
    traffic_light::TrafficLight,
};

use crate::date;

/// What an empty list prints.
pub(super) const NOTHING: &str = "‒";

/// One of two.
pub(super) fn pick<'a>(locale: Locale, ru: &'a str, en: &'a str) -> &'a str {
    match locale {
        Locale::Ru => ru,
        Locale::En => en,
    }
}

/// «88», «87,5»: without zeroes that say nothing.
pub(super) fn number(value: Hundredths, locale: Locale) -> String {
    let point = pick(locale, ",", ".");
    let (sign, size) = (if value < 0 { "−" } else { "" }, value.unsigned_abs());
    let text = format!("{sign}{}{point}{:02}", size / 100, size % 100);
    text.trim_end_matches('0')
        .trim_end_matches(point)
        .to_owned()
}

pub(super) fn value(value: Option<Value>, locale: Locale) -> String {
    value.map_or_else(
        || NOTHING.to_owned(),
        |value| number(value.rounded(), locale),
    )
}

pub(super) fn planned(value: Option<Hundredths>, locale: Locale) -> String {
    value.map_or_else(|| NOTHING.to_owned(), |value| number(value, locale))
}

/// «+0,5», «−1,33».
pub(super) fn signed(value: Option<Value>, locale: Locale) -> String {
    match value.map(Value::rounded) {
        Some(above) if above > 0 => format!("+{}", number(above, locale)),
        Some(other) => number(other, locale),
        None => NOTHING.to_owned(),
    }
}

/// Thousands of roubles: «3 024,00»; with as many decimals as kopecks need.
pub(super) fn thousands(kopecks: Kopecks, locale: Locale) -> String {
    let size = kopecks.unsigned_abs();
    let sign = if kopecks < 0 { "−" } else { "" };
    let mut decimals = format!("{:05}", size % 100_000);
    while decimals.len() > 2 && decimals.ends_with('0') {
        decimals.pop();
    }
    let digits = (size / 100_000).to_string();
    let mut whole = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            whole.push('\u{a0}');
        }
        whole.push(digit);
    }
    format!("{sign}{whole}{}{decimals}", pick(locale, ",", "."))
}

pub(super) fn money(kopecks: Option<Kopecks>, locale: Locale) -> String {
    kopecks.map_or_else(|| NOTHING.to_owned(), |kopecks| thousands(kopecks, locale))
}

pub(super) fn month(month: Month, locale: Locale) -> String {
    date::month(month.first_day(), locale)
}

pub(super) fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| NOTHING.to_owned(), date::short)
}

/// «апрель 2017 – август 2017», and one month by itself.
pub(super) fn term(start: Month, end: Month, locale: Locale) -> String {
    match start == end {
        true => month(start, locale),
        false => format!("{} – {}", month(start, locale), month(end, locale)),
    }
}

/// «IV кв. 2017».
pub(super) fn quarter(quarter: Quarter, locale: Locale) -> String {
    format!("{} {}", quarter_alone(quarter, locale), quarter.year)
}

/// «IV кв.».
pub(super) fn quarter_alone(quarter: Quarter, locale: Locale) -> String {
    let number = match quarter.number {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    };
    format!("{number}{}", pick(locale, "\u{a0}кв.", "\u{a0}qtr."))
}

pub(super) fn unit(unit: Unit, locale: Locale) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Count => pick(locale, "ед.", "pcs"),
    }
}

pub(super) fn source(source: FundingSource, locale: Locale) -> &'static str {
    let (ru, en) = match source {
        FundingSource::Federal => ("Федеральный бюджет", "Federal budget"),
        FundingSource::Oblast => ("Областной бюджет", "Oblast budget"),
        FundingSource::City => ("Бюджет города", "City budget"),
        FundingSource::ExtraBudgetary => ("Внебюджетные источники", "Extra-budgetary sources"),
    };
    pick(locale, ru, en)
}

pub(super) fn part(part: Part, locale: Locale) -> &'static str {
    match part {
        Part::Executor => pick(locale, "исполнитель", "executor"),
        Part::CoExecutor => pick(locale, "соисполнитель", "co-executor"),
    }
}

pub(super) fn light(light: TrafficLight, locale: Locale) -> &'static str {
    let (ru, en) = match light {
        TrafficLight::Grey => ("нет данных", "no data"),
        TrafficLight::Green => ("зелёный", "green"),
        TrafficLight::Yellow => ("жёлтый", "yellow"),
        TrafficLight::Red => ("красный", "red"),
    };
    pick(locale, ru, en)
}

pub(super) fn level(level: Option<Level>, locale: Locale) -> &'static str {
    match level {
        None => NOTHING,
        Some(Level::Low) => pick(locale, "низкая", "low"),
        Some(Level::Medium) => pick(locale, "средняя", "medium"),
        Some(Level::High) => pick(locale, "высокая", "high"),
    }
}

pub(super) fn status(status: Status, locale: Locale) -> &'static str {
    match status {
        Status::Open => pick(locale, "открыт", "open"),
        Status::Happened => pick(locale, "наступил", "happened"),
        Status::Closed => pick(locale, "закрыт", "closed"),
    }
}

/// A text, or the dash of what is empty.
pub(super) fn or_nothing(text: &str) -> &str {
    if text.trim().is_empty() {
        NOTHING
    } else {
        text
    }
}

/// A list one below the other, or the dash.
pub(super) fn listed(texts: &[String]) -> String {
    match texts {
        [] => NOTHING.to_owned(),
        texts => texts.join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_keeps_its_kopecks() {
        let check = |kopecks, expected: &str| assert_eq!(thousands(kopecks, Locale::Ru), expected);
        check(302_400_000, "3\u{a0}024,00");
        check(144_000_001, "1\u{a0}440,00001");
        check(72_000_050, "720,0005");
        check(123_456_789_000, "1\u{a0}234\u{a0}567,89");
        check(0, "0,00");
        check(-50_000, "−0,50");
    }
}
