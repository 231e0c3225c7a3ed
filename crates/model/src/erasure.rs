//! Finding a person in running text and in JSON, and taking them out of it.
//!
//! Invariant: whoever has the same name stays: a way of writing that fits somebody else of the register
//! too is left to a human. Declined forms («у Ивановой Марии») are not looked for.

use serde_json::Value;
use uuid::Uuid;

use crate::name::fold;

/// What stands in place of an erased person's name.
pub const TOKEN: &str = "Удалённое лицо";

/// Endings of patronymics: «Иванова Мария Сергеевна» is not Иванова Мария Петровна.
const PATRONYMICS: [&str; 6] = ["вна", "чна", "вич", "ьич", "кызы", "оглы"];

/// Keys of a person's id in stored JSON.
const IDS: [&str; 6] = [
    "id",
    "person",
    "personId",
    "person_id",
    "assigneeId",
    "assignee_id",
];
/// What else tells who somebody is, in the same JSON object as their id.
const NAMES: [&str; 3] = ["name", "assignee", "email"];
/// The same, in whatever that object holds.
const NUMBERS: [&str; 2] = ["registration", "programme"];

/// The parts of one person's name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    pub family: String,
    pub given: String,
    /// Empty when unknown.
    pub patronymic: String,
}

/// Which ways of writing a name lead to this person and to nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ways {
    /// «Иванова Мария Петровна».
    whole: bool,
    /// «Иванова Мария».
    given: bool,
    /// «Иванова М. П.».
    initials: bool,
}

/// One person as they may be met in texts.
#[derive(Debug, Clone)]
pub struct Sought {
    id: String,
    family: String,
    given: String,
    patronymic: String,
    email: Option<String>,
    ways: Ways,
}

impl Sought {
    /// `others` are the other people of the same family name.
    pub fn new(id: Uuid, name: &Name, email: Option<&str>, others: &[Name]) -> Self {
        let folded = |name: &Name| {
            let [family, given, patronymic] =
                [&name.family, &name.given, &name.patronymic].map(|part| fold(part));
            (family, given, patronymic)
        };
        let (family, given, patronymic) = folded(name);
        let mut ways = Ways {
            whole: true,
            given: true,
            initials: true,
        };
        for other in others {
            let other = folded(other);
            if other.0 != family {
                continue;
            }
            ways.initials &= other.1.chars().next() != given.chars().next();
            ways.given &= other.1 != given;
            ways.whole &= other.1 != given || other.2 != patronymic;
        }
        Self {
            id: id.to_string(),
            family,
            given,
            patronymic,
            email: email.map(str::to_lowercase),
            ways,
        }
    }

    /// Some ways of writing the name are somebody else's too: texts have to be read by a human.
    pub fn is_ambiguous(&self) -> bool {
        !(self.ways.whole && self.ways.given && self.ways.initials)
    }

    /// What a text holds that may speak of this person, for databases to look for: each in the
    /// spellings that a comparison byte by byte tells apart.
    pub fn needles(&self) -> Vec<String> {
        let mut capital = self.family.chars();
        let titled: String = capital
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(capital)
            .collect();
        let mut needles = vec![
            self.id.clone(),
            self.family.clone(),
            self.family.to_uppercase(),
            titled,
        ];
        needles.extend(self.email.clone());
        needles.retain(|needle| !needle.is_empty());
        needles
    }

    /// The text without this person; `None` where it does not speak of them.
    ///
    /// JSON stays JSON: objects that carry the person's id lose the name beside it, whoever else is
    /// called so.
    pub fn erase(&self, text: &str) -> Option<String> {
        let json = text.trim_start().starts_with(['{', '[']);
        if json && let Ok(mut value) = serde_json::from_str::<Value>(text) {
            let changed = self.erase_value(&mut value);
            return changed.then(|| value.to_string());
        }
        self.erase_words(text)
    }

    /// How often a text speaks of this person.
    pub fn mentions(&self, text: &str) -> usize {
        self.erase(text).map_or(0, |erased| {
            let count = erased.matches(TOKEN).count();
            count.saturating_sub(text.matches(TOKEN).count()).max(1)
        })
    }

    fn erase_value(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => match self.erase_words(text) {
                Some(erased) => {
                    *text = erased;
                    true
                }
                None => false,
            },
            Value::Array(items) => items
                .iter_mut()
                .fold(false, |changed, item| self.erase_value(item) | changed),
            Value::Object(fields) => {
                let is_theirs = IDS.iter().any(|key| {
                    let id = fields.get(*key).and_then(Value::as_str);
                    id == Some(self.id.as_str())
                });
                let mut changed = false;
                for (key, field) in fields.iter_mut() {
                    if is_theirs && NAMES.contains(&key.as_str()) {
                        changed |= put(field, TOKEN);
                    } else if is_theirs {
                        changed |= forget_numbers(field);
                    }
                    changed |= self.erase_value(field);
                }
                changed
            }
            _ => false,
        }
    }

    fn erase_words(&self, text: &str) -> Option<String> {
        let words = words_of(text);
        let mut erased = String::new();
        let mut kept = 0;
        let mut at = 0;
        while at < words.len() {
            match self.name_at(text, &words, at) {
                Some((from, to, next)) => {
                    erased.push_str(text.get(kept..from)?);
                    erased.push_str(TOKEN);
                    kept = to;
                    at = next;
                }
                None => at += 1,
            }
        }
        let changed = kept > 0;
        erased.push_str(text.get(kept..)?);
        match self.without_email(&erased) {
            Some(cleaned) => Some(cleaned),
            None => changed.then_some(erased),
        }
    }

    /// The name's place in the text if one begins at a word: its bytes, and the word after it.
    fn name_at(&self, text: &str, words: &[Word], at: usize) -> Option<(usize, usize, usize)> {
        self.family_last(text, words, at)
            .or_else(|| self.family_first(text, words, at))
    }

    /// «Мария Петровна Иванова», «М. П. Иванова».
    fn family_last(&self, text: &str, words: &[Word], at: usize) -> Option<(usize, usize, usize)> {
        [3, 2].into_iter().find_map(|length| {
            let (last, parts) = words.get(at..at + length)?.split_last()?;
            let found =
                last.is(&self.family) && joined(text, words, at, length) && self.fits(parts);
            found.then_some((parts.first()?.from, last.to, at + length))
        })
    }

    fn family_first(&self, text: &str, words: &[Word], at: usize) -> Option<(usize, usize, usize)> {
        let first = words.get(at).filter(|word| word.is(&self.family))?;
        for length in [3, 2] {
            let Some(parts) = words.get(at + 1..at + length) else {
                continue;
            };
            if !joined(text, words, at, length) || !self.fits(parts) {
                continue;
            }
            // Somebody else's patronymic follows: it is not this person.
            if length == 2
                && joined(text, words, at, 3)
                && let Some(next) = words.get(at + 2)
                && self.is_other(next, parts.last()?)
            {
                return None;
            }
            let last = parts.last()?;
            // The dot of an initial belongs to the name.
            let dot = last.is_initial() && text.get(last.to..)?.starts_with('.');
            return Some((first.from, last.to + usize::from(dot), at + length));
        }
        None
    }

    /// Whether these words beside the family name are this person's others, and nobody else's.
    fn fits(&self, parts: &[Word]) -> bool {
        let letter = |name: &str| name.chars().next().map(String::from);
        match parts {
            [given] if given.is_initial() => {
                self.ways.initials && letter(&self.given).is_some_and(|first| given.is(&first))
            }
            [given] => self.ways.given && given.is(&self.given),
            [given, patronymic] if given.is_initial() => {
                self.ways.initials
                    && letter(&self.given).is_some_and(|first| given.is(&first))
                    && letter(&self.patronymic).is_some_and(|first| patronymic.is(&first))
            }
            [given, patronymic] => {
                self.ways.whole
                    && given.is(&self.given)
                    && (patronymic.is(&self.patronymic)
                        || patronymic.is_initial()
                            && letter(&self.patronymic).is_some_and(|first| patronymic.is(&first)))
            }
            _ => false,
        }
    }

    /// After «Иванова М.» another's initial, after «Иванова Мария» another's patronymic.
    fn is_other(&self, next: &Word, given: &Word) -> bool {
        if self.patronymic.is_empty() {
            return false;
        }
        if given.is_initial() {
            next.is_initial() && next.capital
        } else {
            PATRONYMICS
                .iter()
                .any(|ending| next.folded.ends_with(ending))
        }
    }

    fn without_email(&self, text: &str) -> Option<String> {
        let email = self.email.as_deref()?;
        // Addresses are ASCII: folding their case moves no byte.
        let lower = text.to_ascii_lowercase();
        let inside = |c: char| c.is_alphanumeric() || "._-+@".contains(c);
        let mut erased = String::new();
        let mut kept = 0;
        for (from, _) in lower.match_indices(email) {
            let to = from + email.len();
            let before = lower.get(..from)?.chars().next_back();
            let after = lower.get(to..)?.trim_start_matches('.').chars().next();
            if before.is_some_and(inside) || after.is_some_and(|c| c.is_alphanumeric() || c == '@')
            {
                continue;
            }
            erased.push_str(text.get(kept..from)?);
            erased.push_str(TOKEN);
            kept = to;
        }
        if kept == 0 {
            return None;
        }
        erased.push_str(text.get(kept..)?);
        Some(erased)
    }
}

/// Whether an erased person is meant.
pub fn is_token(name: &str) -> bool {
    name == TOKEN
}

fn put(field: &mut Value, text: &str) -> bool {
    if field.as_str().is_some_and(|was| was != text) {
        *field = Value::String(text.to_owned());
        return true;
    }
    false
}

fn forget_numbers(value: &mut Value) -> bool {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |changed, item| forget_numbers(item) | changed),
        Value::Object(fields) => fields.iter_mut().fold(false, |changed, (key, field)| {
            let here = if NUMBERS.contains(&key.as_str()) {
                put(field, "")
            } else {
                forget_numbers(field)
            };
            here | changed
        }),
        _ => false,
    }
}

/// A run of letters, with a hyphen or an apostrophe within.
#[derive(Debug)]
struct Word {
    from: usize,
    to: usize,
    folded: String,
    capital: bool,
}

impl Word {
    /// Compared to a folded word; the empty one is nobody's name.
    fn is(&self, folded: &str) -> bool {
        !folded.is_empty() && self.folded == folded
    }

    fn is_initial(&self) -> bool {
        self.folded.chars().count() == 1
    }
}

fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut from = None;
    let end = std::iter::once((text.len(), ' '));
    for (place, c) in text.char_indices().chain(end) {
        let within = c.is_alphabetic() || (from.is_some() && "-'’".contains(c));
        match (from, within) {
            (None, true) => from = Some(place),
            (Some(start), false) => {
                let word = text.get(start..place).unwrap_or_default();
                words.push(Word {
                    from: start,
                    to: place,
                    folded: fold(word),
                    capital: word.chars().next().is_some_and(char::is_uppercase),
                });
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether words stand together: blanks, one dot and at most one line's end between them.
fn joined(text: &str, words: &[Word], at: usize, length: usize) -> bool {
    let Some(some) = words.get(at..at + length) else {
        return false;
    };
    some.windows(2).all(|pair| match pair {
        [one, next] => text.get(one.to..next.from).is_some_and(|gap| {
            let dots = gap.matches('.').count();
            gap.chars().all(|c| c.is_whitespace() || c == '.')
                && gap.chars().count() <= 3
                && dots <= usize::from(one.is_initial())
                && !gap.is_empty()
        }),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(family: &str, given: &str, patronymic: &str) -> Name {
        Name {
            family: family.to_owned(),
            given: given.to_owned(),
            patronymic: patronymic.to_owned(),
        }
    }

    fn sought(others: &[Name]) -> Sought {
        let ivanova = name("Иванова", "Мария", "Петровна");
        Sought::new(
            Uuid::from_u128(7),
            &ivanova,
            Some("mp@city.example"),
            others,
        )
    }

    #[test]
    fn every_usual_way_of_writing_a_name_is_found() {
        let sought = sought(&[]);
        for text in [
            "Иванова Мария Петровна",
            "ИВАНОВА МАРИЯ ПЕТРОВНА",
            "Иванова Мария",
            "Иванова М. П.",
            "Иванова М.П.",
            "Иванова\u{a0}М.\u{a0}П.",
            "Иванова М.",
            "Мария Петровна Иванова",
            "Мария Иванова",
            "М. П. Иванова",
            "М.П. Иванова",
            "MP@city.example",
        ] {
            assert_eq!(sought.erase(text).as_deref(), Some(TOKEN), "{text}");
            let inside = format!("Слушали: {text}, выступил Котов П. И.");
            let expected = format!("Слушали: {TOKEN}, выступил Котов П. И.");
            assert_eq!(sought.erase(&inside), Some(expected));
            assert_eq!(sought.mentions(&inside), 1);
        }
    }

    #[test]
    fn others_and_their_addresses_stay() {
        let sought = sought(&[]);
        for text in [
            "Иванова",
            "Иванова, Мария и другие",
            "Иванова Мария Сергеевна",
            "Иванова М. С.",
            "Иванова Марина",
            "Петрова Мария Петровна",
            "Ивановская М. П.",
            "comp@city.example",
            "mp@city.example.org",
            "Иванова. Мария Стюарт",
        ] {
            assert_eq!(sought.erase(text), None, "{text}");
        }
        assert!(!sought.is_ambiguous());
    }

    #[test]
    fn a_way_that_fits_two_people_is_left_to_a_human() {
        let with = |other| sought(&[other]);
        let initials = with(name("Иванова", "Марина", "Олеговна"));
        assert!(initials.is_ambiguous());
        assert_eq!(initials.erase("Иванова М. П."), None);
        assert!(initials.erase("Иванова Мария").is_some());
        let given = with(name("Иванова", "Мария", "Сергеевна"));
        assert_eq!(given.erase("Иванова Мария"), None);
        assert!(given.erase("Иванова Мария Петровна").is_some());
        let whole = with(name("Иванова", "Мария", "Петровна"));
        assert_eq!(whole.erase("Иванова Мария Петровна"), None);
    }

    #[test]
    fn json_that_carries_the_id_loses_the_name_beside_it_and_stays_json() {
        let namesake = sought(&[name("Иванова", "Мария", "Петровна")]);
        let id = Uuid::from_u128(7);
        let other = Uuid::from_u128(8);
        let text = serde_json::json!([
            { "id": id, "name": "Иванова Мария Петровна", "counted": true,
              "proofs": [{ "registration": "12", "programme": "П", "hours": 72 }] },
            { "id": other, "name": "Иванова Мария Петровна",
              "proofs": [{ "registration": "13", "hours": 36 }] },
        ])
        .to_string();
        let erased = namesake.erase(&text).expect("a change");
        let erased: Value = serde_json::from_str(&erased).expect("JSON");
        assert_eq!(erased[0]["name"], TOKEN);
        assert_eq!(erased[0]["counted"], true);
        assert_eq!(erased[0]["proofs"][0]["registration"], "");
        assert_eq!(erased[0]["proofs"][0]["hours"], 72);
        assert_eq!(erased[1]["name"], "Иванова Мария Петровна");
        assert_eq!(erased[1]["proofs"][0]["registration"], "13");
        assert_eq!(namesake.erase(&erased.to_string()), None);
    }

    #[test]
    fn somebody_without_a_patronymic_is_found_too() {
        let orlova = name("Орлова-Зимина", "Вера", "");
        let sought = Sought::new(Uuid::from_u128(7), &orlova, None, &[]);
        for text in [
            "Орлова-Зимина Вера",
            "Орлова-Зимина В.",
            "Вера Орлова-Зимина",
        ] {
            assert_eq!(sought.erase(text).as_deref(), Some(TOKEN), "{text}");
        }
        assert_eq!(sought.needles().len(), 4);
    }
}
