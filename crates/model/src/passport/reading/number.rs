//! Numbers as people type them.

use super::{
    super::{Hundredths, Kopecks},
    Why,
};

/// Nothing at all, or a dash of some length.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '‒' | '−'))
}

/// Digits and decimals: «3 024,00» is 302400 with two.
fn decimal(text: &str) -> Option<(i64, u32)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let pointless = text.contains([',', '.']) && fraction.is_empty();
    if whole.is_empty() || !digits(whole) || !digits(fraction) || pointless {
        return None;
    }
    let places = u32::try_from(fraction.len()).ok()?;
    format!("{whole}{fraction}")
        .parse()
        .ok()
        .map(|all| (all, places))
}

/// In units of which there are `unit` to one: exactly, or not at all.
fn scaled(text: &str, unit: i64) -> Option<i64> {
    let (all, places) = decimal(text)?;
    let ten = 10_i64.checked_pow(places)?;
    let scaled = all.checked_mul(unit)?;
    (scaled % ten == 0).then(|| scaled / ten)
}

/// Words that may stand after an indicator's value.
const UNITS: [&str; 9] = [
    "%",
    "процентов",
    "процента",
    "ед.",
    "единиц",
    "шт.",
    "чел.",
    "учреждений",
    "учреждения",
];

/// «88», «88,5 %», «7 учреждений»; `None` for an empty plan.
pub(super) fn value(text: &str) -> Result<Option<Hundredths>, Why> {
    if is_blank(text) {
        return Ok(None);
    }
    let text = text.trim();
    let bare = UNITS
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text);
    scaled(bare, 100).map(Some).ok_or(Why::NotANumber)
}

/// How many kopecks there are to what a text counts in; `None` where it does not say, or says two.
pub(super) fn money_unit(text: &str) -> Option<Kopecks> {
    let text = text.to_lowercase();
    let told = [("тыс", 100_000), ("млн", 100_000_000)];
    let mut units = told.iter().filter(|(word, _)| text.contains(word));
    match (units.next(), units.next()) {
        (Some((_, unit)), None) => Some(*unit),
        (None, _) if text.contains("руб") => Some(100),
        _ => None,
    }
}

/// Money of a cell: its own unit, else that of what stands around it.
pub(super) fn money(text: &str, around: &str) -> Result<Option<Kopecks>, Why> {
    if is_blank(text) {
        return Ok(None);
    }
    let lower = text.to_lowercase();
    let end = lower
        .find(|c: char| c.is_alphabetic() || c == '₽')
        .unwrap_or(lower.len());
    let (number, unit) = lower.split_at(end);
    if !unit
        .chars()
        .all(|c| c.is_alphabetic() || c.is_whitespace() || c == '.')
    {
        return Err(Why::NotANumber);
    }
    decimal(number).ok_or(Why::NotANumber)?;
    let unit = money_unit(unit)
        .or_else(|| money_unit(around))
        .ok_or(Why::NoUnit)?;
    scaled(number, unit).map(Some).ok_or(Why::NotANumber)
}

/// A number that counts: «3», «3.», «№ 3», «III».
pub(super) fn ordinal(text: &str) -> Option<u32> {
    let text = text
        .trim()
        .trim_start_matches('№')
        .trim()
        .trim_end_matches(['.', ')']);
    let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    (1..)
        .zip(roman)
        .find_map(|(number, word)| (word == text).then_some(number))
        .or_else(|| text.parse().ok())
}

/// The number that a line begins with, and the rest: «2.1. Комплекты» gives «2.1» and «Комплекты».
pub(super) fn numbered(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, rest) = text.split_at(end);
    let is_marked =
        number.ends_with('.') && rest.starts_with(char::is_whitespace) || rest.starts_with(')');
    let number = number.trim_end_matches('.');
    let is_number =
        !number.is_empty() && number.split('.').all(|part| (1..=3).contains(&part.len()));
    let rest = rest.trim_start_matches(')').trim();
    // «15 школ» is no fifteenth item, «86.5 %» no fifth of the 86th.
    let is_item = is_marked
        || number.contains('.') && rest.starts_with(|c: char| c.is_alphabetic() || c == '«');
    (is_number && is_item && !rest.is_empty()).then_some((number, rest))
}

/// Every number in a line, with groups of thousands: «в 2017 году 3 024,00» has two.
pub(super) fn all(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let mut end = start;
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        end += digits(&rest[end..]);
        loop {
            let after = &rest[end..];
            let Some(between) = after.chars().next() else {
                break;
            };
            let width = between.len_utf8();
            let more = digits(&after[width..]);
            let joins = match between {
                ' ' | '\u{a0}' | '\u{202f}' => more == 3,
                ',' | '.' => more > 0,
                _ => false,
            };
            if !joins {
                break;
            }
            end += width + more;
        }
        found.push(&rest[start..end]);
        rest = &rest[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_exact_or_not_numbers() {
        for (text, expected) in [
            ("88", Ok(Some(8_800))),
            ("88,5 %", Ok(Some(8_850))),
            ("7 учреждений", Ok(Some(700))),
            (" ‒ ", Ok(None)),
            ("", Ok(None)),
            ("не менее 88", Err(Why::NotANumber)),
            ("88,555", Err(Why::NotANumber)),
            ("86–88", Err(Why::NotANumber)),
            ("8,", Err(Why::NotANumber)),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn money_needs_its_unit() {
        for (text, around, expected) in [
            ("1440,00", "тыс. руб.", Ok(Some(144_000_000))),
            ("3 024 000 руб.", "", Ok(Some(302_400_000))),
            ("1,44 млн руб.", "тыс. руб.", Ok(Some(144_000_000))),
            ("1440", "", Err(Why::NoUnit)),
            ("1440", "тыс. руб., млн", Err(Why::NoUnit)),
            ("0,000001", "тыс. руб.", Err(Why::NotANumber)),
            ("по смете", "тыс. руб.", Err(Why::NotANumber)),
            ("–", "", Ok(None)),
        ] {
            assert_eq!(money(text, around), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_items_are_told_from_numbers_in_them() {
        assert_eq!(numbered("2.1. Комплекты"), Some(("2.1", "Комплекты")));
        assert_eq!(numbered("3) «Дебют»"), Some(("3", "«Дебют»")));
        assert_eq!(numbered("2.1 Комплекты"), Some(("2.1", "Комплекты")));
        assert_eq!(numbered("100% руководителей"), None);
        assert_eq!(
            numbered("2) 100% руководителей"),
            Some(("2", "100% руководителей"))
        );
        assert_eq!(numbered("15 школ"), None);
        assert_eq!(numbered("86.5 %"), None);
        assert_eq!(all("в 2017 году 3 024,00 и 7"), ["2017", "3 024,00", "7"]);
        assert_eq!(ordinal("№ 3."), Some(3));
        assert_eq!(ordinal("IV"), Some(4));
    }
}
