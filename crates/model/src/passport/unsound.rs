//! Why a document is no passport, and the words for it.

use crate::Locale;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    #[error("format {0} is newer than this program")]
    Format(u32),
    #[error("{0} is empty")]
    Empty(&'static str),
    #[error("{0} ends before it starts")]
    Backwards(String),
    #[error("{0} is given twice")]
    Twice(String),
    #[error("{0} refers to nothing")]
    Dangling(String),
    #[error("there is no quarter {0}")]
    Quarter(u32),
    #[error("{0} is too long or too large")]
    Size(&'static str),
}

impl Unsound {
    /// The same in the reader's language.
    pub fn said(&self, locale: Locale) -> String {
        if locale == Locale::En {
            let text = self.to_string();
            let mut letters = text.chars();
            return letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).chain(['.']).collect())
                .unwrap_or_default();
        }
        match self {
            Self::Format(format) => {
                format!("Формат {format} новее этой программы.")
            }
            Self::Empty(what) => format!("Не заполнено: {}.", russian(what)),
            Self::Backwards(what) => format!("Конец раньше начала: {}.", russian(what)),
            Self::Twice(what) => format!("Указано дважды: {}.", russian(what)),
            Self::Dangling(what) => {
                format!("Ссылка ведёт в никуда: {}.", russian(what))
            }
            Self::Quarter(number) => format!("Квартала {number} не бывает."),
            Self::Size(what) => format!("Слишком длинно или велико: {}.", russian(what)),
        }
    }
}

/// «checkpoint 2.1» is «контрольная точка 2.1»: the noun stands first in all of them.
fn russian(what: &str) -> String {
    let nouns = [
        ("a result of stage", "результат этапа"),
        ("the project", "проект"),
        ("checkpoint", "контрольная точка"),
        ("indicator", "показатель"),
        ("result", "результат"),
        ("funding", "строка финансирования"),
        ("stage", "этап"),
        ("risk", "риск"),
        ("title", "название"),
        ("goal", "цель"),
        ("money", "сумма"),
        ("value", "значение показателя"),
        ("year", "год"),
        ("text", "текст"),
        ("list", "список"),
    ];
    nouns
        .into_iter()
        .find_map(|(en, ru)| Some(format!("{ru}{}", what.strip_prefix(en)?)))
        .unwrap_or_else(|| what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_in_both_languages() {
        let dangling = Unsound::Dangling("checkpoint 2.1".to_owned());
        assert_eq!(
            dangling.said(Locale::Ru),
            "Ссылка ведёт в никуда: контрольная точка 2.1."
        );
        assert_eq!(
            dangling.said(Locale::En),
            "Checkpoint 2.1 refers to nothing."
        );
    }
}
