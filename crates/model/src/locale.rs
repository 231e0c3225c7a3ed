//! The two languages that every text exists in, Russian first.

use serde::{Deserialize, Serialize};

/// Language of a text shown to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    Ru,
    En,
}

impl Locale {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// Reads a stored or typed tag (`ru`, `en`, `en-GB`); `None` for any other language.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "ru" => Some(Self::Ru),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The best language for an `Accept-Language` header (RFC 9110, section 12.5.4).
    /// Weights decide, ties go to the earlier range; Russian when nothing fits.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let Some(locale) = parts.next().and_then(Self::parse) else {
                continue;
            };
            let weight = parts
                .find_map(|p| p.strip_prefix("q="))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, locale));
            }
        }
        best.map_or(Self::Ru, |(_, locale)| locale)
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_heavier_language_wins_and_unknown_ones_fall_back_to_russian() {
        let check = |header, expected| assert_eq!(Locale::from_accept_language(header), expected);
        check("en-GB,en;q=0.9,ru;q=0.8", Locale::En);
        check("en;q=0.3, ru;q=0.8", Locale::Ru);
        check("de, fr;q=0.9", Locale::Ru);
        check("de, en;q=0.1", Locale::En);
        check("en;q=0", Locale::Ru);
        check("", Locale::Ru);
    }
}
