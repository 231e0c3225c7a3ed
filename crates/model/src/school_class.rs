//! A class that a lesson is broadcast with: its pupils, and what must be there before it begins.
//!
//! Invariant: a lesson begins only where [`Consents::check`] says so. A pupil's name goes to
//! whoever keeps the class; everybody else reads [`alias`], which is all that a seat ever holds.

use crate::{Locale, name};

/// Longest name of a class, in characters: «7 «Б»», «11-й физико-математический».
pub const LABEL_LENGTH: usize = 40;
/// Longest name of a pupil, in characters.
pub const NAME_LENGTH: usize = 100;
/// Longest name of a legal guardian, in characters.
pub const GUARDIAN_LENGTH: usize = 150;
/// No class has more pupils.
pub const MOST_PUPILS: usize = 60;

/// «Ученик 7»: what everybody but the class's keepers reads in place of a name.
pub fn alias(number: i32, locale: Locale) -> String {
    match locale {
        Locale::Ru => format!("Ученик {number}"),
        Locale::En => format!("Pupil {number}"),
    }
}

/// How many of a class have a consent that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consents {
    pub pupils: usize,
    pub given: usize,
}

/// Why a lesson cannot begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    #[error("the class has no pupils")]
    NoPupils,
    #[error("{0} consents are missing")]
    Missing(usize),
}

impl Consents {
    pub fn missing(self) -> usize {
        self.pupils.saturating_sub(self.given)
    }

    /// A lesson begins when every pupil of its class has a consent, and there is one at all: an
    /// empty list is a list that nobody has written yet.
    pub fn check(self) -> Result<(), NotReady> {
        match (self.pupils, self.missing()) {
            (0, _) => Err(NotReady::NoPupils),
            (_, 0) => Ok(()),
            (_, missing) => Err(NotReady::Missing(missing)),
        }
    }
}

/// Why a line of a pasted list is no pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadLine {
    TooLong,
    /// The same name stands in the list already.
    Twice,
}

/// The names of a list as it was pasted, one a line: out of a text, with «12.» before each name, or
/// out of a table, where the first cell with letters counts. Empty lines are none. Names in
/// `known` are in the class already.
///
/// # Errors
///
/// The number of the first line that does not fit, from 1, and why.
pub fn read_list(pasted: &str, known: &[String]) -> Result<Vec<String>, (usize, BadLine)> {
    let mut seen: Vec<String> = known.iter().map(|one| name::fold(one)).collect();
    let mut names = Vec::new();
    for (place, line) in pasted.lines().enumerate() {
        let cell = line
            .split(['\t', ';'])
            .find(|cell| cell.chars().any(char::is_alphabetic));
        let Some(cell) = cell else { continue };
        let bare = cell.trim_start_matches(|c: char| !c.is_alphabetic());
        let name = name::clean(bare);
        if name.chars().count() > NAME_LENGTH {
            return Err((place + 1, BadLine::TooLong));
        }
        let folded = name::fold(&name);
        if seen.contains(&folded) {
            return Err((place + 1, BadLine::Twice));
        }
        seen.push(folded);
        names.push(name);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_begins_when_every_pupil_of_a_class_that_is_not_empty_has_a_consent() {
        let check = |pupils, given| Consents { pupils, given }.check();
        assert_eq!(check(0, 0), Err(NotReady::NoPupils));
        assert_eq!(check(24, 0), Err(NotReady::Missing(24)));
        assert_eq!(check(24, 23), Err(NotReady::Missing(1)));
        assert_eq!(check(24, 24), Ok(()));
    }

    #[test]
    fn a_list_is_read_out_of_a_text_or_a_table() {
        let pasted = "1. Иванов Пётр\r\n\n 2)  Ким  Анна \n3\tО’Нил Шон\t2012\nЁлкина Ева; мама\n";
        let names = ["Иванов Пётр", "Ким Анна", "О’Нил Шон", "Ёлкина Ева"];
        assert_eq!(read_list(pasted, &[]), Ok(names.map(str::to_owned).into()));
        assert_eq!(read_list(" \n12\n", &[]), Ok(Vec::new()));
    }

    #[test]
    fn a_line_that_does_not_fit_is_named_and_nothing_is_taken() {
        let twice = read_list("Ким Анна\n\nким  анна", &[]);
        assert_eq!(twice, Err((3, BadLine::Twice)));
        let known = read_list("Елкина Ева", &["Ёлкина Ева".to_owned()]);
        assert_eq!(known, Err((1, BadLine::Twice)));
        let long = read_list(&"а".repeat(NAME_LENGTH + 1), &[]);
        assert_eq!(long, Err((1, BadLine::TooLong)));
    }

    #[test]
    fn an_alias_tells_the_number_and_nothing_else() {
        assert_eq!(alias(7, Locale::Ru), "Ученик 7");
        assert_eq!(alias(7, Locale::En), "Pupil 7");
    }
}
