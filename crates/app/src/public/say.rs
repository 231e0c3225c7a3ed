//! Figures and words of the public page.

use chrono::NaiveDate;
use kafedra_documents::date;
use kafedra_model::{
    Locale,
    passport::{FundingSource, Hundredths, Kopecks, Month, Unit},
    quarter::Quarter,
    traffic_light::TrafficLight,
};

pub fn pick<'a>(locale: Locale, ru: &'a str, en: &'a str) -> &'a str {
    match locale {
        Locale::Ru => ru,
        Locale::En => en,
    }
}

/// Escaped for text and for attributes in quotes.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

pub fn number(value: Option<Hundredths>, locale: Locale) -> String {
    let Some(value) = value else {
        return "–".to_owned();
    };
    let point = pick(locale, ",", ".");
    let size = value.unsigned_abs();
    let sign = if value < 0 { "−" } else { "" };
    let text = format!("{sign}{}{point}{:02}", size / 100, size % 100);
    text.trim_end_matches('0')
        .trim_end_matches(point)
        .to_owned()
}

pub fn unit(unit: Unit, locale: Locale) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Count => pick(locale, "ед.", "pcs"),
    }
}

/// Thousands of roubles, two decimals.
pub fn thousands(kopecks: Option<Kopecks>, locale: Locale) -> String {
    let Some(kopecks) = kopecks else {
        return "–".to_owned();
    };
    let text = kafedra_model::passport::budget::thousands(kopecks);
    match locale {
        Locale::Ru => text.replace('.', ","),
        Locale::En => text,
    }
}

pub fn quarter(quarter: Quarter, locale: Locale) -> String {
    let number = ["I", "II", "III", "IV"]
        .get(quarter.number.saturating_sub(1) as usize)
        .copied()
        .unwrap_or_default();
    format!("{number} {} {}", pick(locale, "кв.", "qtr."), quarter.year)
}

pub fn term(start: Month, end: Month, locale: Locale) -> String {
    let month = |month: Month| date::month(month.first_day(), locale);
    match start == end {
        true => month(start),
        false => format!("{} – {}", month(start), month(end)),
    }
}

pub fn day(day: NaiveDate, locale: Locale) -> String {
    date::long(day, locale)
}

pub fn light(light: TrafficLight, locale: Locale) -> &'static str {
    let (ru, en) = match light {
        TrafficLight::Grey => ("нет данных", "no data"),
        TrafficLight::Green => ("по плану", "on plan"),
        TrafficLight::Yellow => ("требует внимания", "needs attention"),
        TrafficLight::Red => ("отстаёт", "behind"),
    };
    pick(locale, ru, en)
}

/// Of a style.
pub fn class(light: TrafficLight) -> &'static str {
    match light {
        TrafficLight::Grey => "grey",
        TrafficLight::Green => "green",
        TrafficLight::Yellow => "yellow",
        TrafficLight::Red => "red",
    }
}

pub fn source(source: FundingSource, locale: Locale) -> &'static str {
    let (ru, en) = match source {
        FundingSource::Federal => ("Федеральный бюджет", "Federal budget"),
        FundingSource::Oblast => ("Областной бюджет", "Oblast budget"),
        FundingSource::City => ("Бюджет города", "City budget"),
        FundingSource::ExtraBudgetary => ("Внебюджетные источники", "Extra-budgetary sources"),
    };
    pick(locale, ru, en)
}
