//! Names of people and places: cleaned for storing, folded for comparing.

/// Trims a typed line and folds every run of white space into one blank; control
/// characters and invisible marks are dropped.
pub fn clean(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_whitespace() || !(c.is_control() || is_invisible(*c)))
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What two spellings are compared by: cleaned, lower case in every script, «ё» as «е».
///
/// Done here and stored, because SQLite's own `lower` and `LIKE` know ASCII only.
pub fn fold(text: &str) -> String {
    clean(text)
        .to_lowercase()
        .chars()
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect()
}

/// «Иванова Мария Петровна» as a search compares it.
pub fn fold_person(family: &str, given: &str, patronymic: &str) -> String {
    fold(&format!("{family} {given} {patronymic}"))
}

/// Zero-width characters and direction marks: a pasted name may carry them unseen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{clean, fold, fold_person};

    #[test]
    fn spaces_and_invisible_marks_are_folded() {
        assert_eq!(clean("  Анна \u{200b}\t Мария\u{feff} \n"), "Анна Мария");
        assert_eq!(clean(" \u{200b} "), "");
    }

    #[test]
    fn case_and_yo_do_not_tell_two_names_apart() {
        assert_eq!(fold("ЁЛКИНА"), fold("елкина"));
        assert_eq!(fold_person("Семёнова", "Пётр", ""), "семенова петр");
    }
}
