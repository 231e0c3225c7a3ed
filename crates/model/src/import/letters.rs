//! Latin letters that pass for Russian ones, and the other way round.

use crate::professional_development::cyrillic;

/// A text where both alphabets meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mixed {
    /// The letters that do not belong.
    pub letters: String,
    /// What was probably meant; `None` where some letter has no double.
    pub probably: Option<String>,
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic()
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}')
}

/// Latin letters within a Russian name. A name that is Latin throughout is somebody's name.
pub fn in_russian(text: &str) -> Option<Mixed> {
    if !text.chars().any(is_cyrillic) {
        return None;
    }
    mixed(text, is_latin, cyrillic)
}

/// Russian letters within an address that is Latin otherwise.
pub fn in_address(text: &str) -> Option<Mixed> {
    if !text.chars().any(is_latin) {
        return None;
    }
    mixed(text, is_cyrillic, latin)
}

fn mixed(
    text: &str,
    foreign: impl Fn(char) -> bool,
    double: impl Fn(char) -> char,
) -> Option<Mixed> {
    let mut letters = String::new();
    for letter in text.chars().filter(|letter| foreign(*letter)) {
        if !letters.contains(letter) {
            letters.push(letter);
        }
    }
    if letters.is_empty() {
        return None;
    }
    let probably: String = text
        .chars()
        .map(|letter| {
            if foreign(letter) {
                double(letter)
            } else {
                letter
            }
        })
        .collect();
    Some(Mixed {
        letters,
        probably: (!probably.chars().any(foreign)).then_some(probably),
    })
}

fn latin(letter: char) -> char {
    ('a'..='z')
        .chain('A'..='Z')
        .find(|candidate| cyrillic(*candidate) == letter)
        .unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_letter_in_a_russian_name_is_found_and_its_double_offered() {
        let found = in_russian("Cеменова Мария").expect("a Latin letter");
        assert_eq!(found.letters, "C");
        assert_eq!(found.probably.as_deref(), Some("Семенова Мария"));
        let found = in_russian("COBA Мария").expect("Latin letters");
        assert_eq!(found.probably.as_deref(), Some("СОВА Мария"));
        // No Russian letter looks like «w».
        let found = in_russian("Иwанов").expect("a Latin letter");
        assert_eq!((found.letters.as_str(), found.probably), ("w", None));
        assert_eq!(in_russian("Анна-Мария О’Нил"), None);
        assert_eq!(in_russian("John Smith"), None);
    }

    #[test]
    fn a_russian_letter_in_an_address_is_found() {
        let found = in_address("аnna@school.ru").expect("a Russian letter");
        assert_eq!(found.probably.as_deref(), Some("anna@school.ru"));
        assert_eq!(in_address("иванова@школа.рф"), None);
        assert_eq!(in_address("anna@school.ru"), None);
    }
}
