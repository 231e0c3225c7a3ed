//! Minutes of a meeting (протокол), laid out as such papers are: head, agenda, and on each item
//! what was heard, who spoke, what was decided.
//!
//! Every form of the paper is made from one [`Sheet`], so that all say the same in the same order.

use chrono::NaiveDate;
use kafedra_model::{
    EventKind, Locale,
    minutes::{Body, Decision},
};

use crate::{date, words};

mod docx;
mod pdf;

pub use docx::docx;
pub(crate) use docx::text;
pub use pdf::pdf;

/// Minutes with what stands around their body.
#[derive(Debug, Clone)]
pub struct Minutes<'a> {
    pub organisation: &'a str,
    /// The association that met; empty for other meetings.
    pub association: &'a str,
    pub kind: EventKind,
    pub event: &'a str,
    pub number: &'a str,
    pub held_on: NaiveDate,
    /// Counts from 1; a later one corrects what was signed.
    pub version: u32,
    pub signed_on: Option<NaiveDate>,
    pub body: &'a Body,
}

#[derive(Debug, Clone, Copy)]
struct Words {
    minutes: &'static str,
    of: &'static str,
    chair: &'static str,
    secretary: &'static str,
    attended: &'static str,
    people: &'static str,
    agenda: &'static str,
    speaker: &'static str,
    heard: &'static str,
    spoke: &'static str,
    decided: &'static str,
    assignee: &'static str,
    due: &'static str,
    draft: &'static str,
    corrects: &'static str,
}

const RU: Words = Words {
    minutes: "ПРОТОКОЛ №",
    of: "от",
    chair: "Председатель:",
    secretary: "Секретарь:",
    attended: "Присутствовали:",
    people: "чел.",
    agenda: "Повестка дня:",
    speaker: "докл.",
    heard: "СЛУШАЛИ:",
    spoke: "ВЫСТУПИЛИ:",
    decided: "РЕШИЛИ:",
    assignee: "Ответственный:",
    due: "Срок:",
    draft: "Проект, не подписан",
    corrects: "с исправлениями, редакция",
};
const EN: Words = Words {
    minutes: "MINUTES No.",
    of: "of",
    chair: "Chair:",
    secretary: "Secretary:",
    attended: "Attended:",
    people: "people",
    agenda: "Agenda:",
    speaker: "speaker:",
    heard: "HEARD:",
    spoke: "SPOKE:",
    decided: "DECIDED:",
    assignee: "Responsible:",
    due: "Due:",
    draft: "Draft, not signed",
    corrects: "corrected, version",
};

fn words(locale: Locale) -> Words {
    match locale {
        Locale::Ru => RU,
        Locale::En => EN,
    }
}

/// What a form prints, in words.
struct Sheet<'a> {
    title: String,
    organisation: &'a str,
    association: &'a str,
    kind: &'static str,
    event: &'a str,
    date: String,
    /// Empty for what is signed in its first version.
    note: String,
    chair: &'a str,
    secretary: &'a str,
    attended: Vec<String>,
    items: Vec<Item<'a>>,
    words: Words,
}

struct Item<'a> {
    topic: &'a str,
    speaker: &'a str,
    heard: &'a str,
    spoke: &'a str,
    decided: Vec<Decided<'a>>,
}

struct Decided<'a> {
    text: &'a str,
    /// Who and by when; empty when the decision names neither.
    duty: String,
}

impl<'a> Sheet<'a> {
    fn of(minutes: &Minutes<'a>, locale: Locale) -> Self {
        let words = words(locale);
        let body = minutes.body;
        let note = match (minutes.signed_on, minutes.version) {
            (None, _) => words.draft.to_owned(),
            (Some(_), 1) => String::new(),
            (Some(_), version) => format!("{} {version}", words.corrects),
        };
        Self {
            title: format!("{} {}", words.minutes, minutes.number),
            organisation: minutes.organisation,
            association: minutes.association,
            kind: words::kind(minutes.kind, locale),
            event: minutes.event,
            date: format!("{} {}", words.of, date::long(minutes.held_on, locale)),
            note,
            chair: &body.chair,
            secretary: &body.secretary,
            attended: body
                .attended
                .iter()
                .map(|one| match one.institution.as_str() {
                    "" => one.name.clone(),
                    institution => format!("{} ({institution})", one.name),
                })
                .collect(),
            items: body
                .items
                .iter()
                .map(|item| Item {
                    topic: &item.topic,
                    speaker: &item.speaker,
                    heard: &item.heard,
                    spoke: &item.spoke,
                    decided: item
                        .decided
                        .iter()
                        .map(|decision| Decided {
                            text: &decision.text,
                            duty: duty(decision, words),
                        })
                        .collect(),
                })
                .collect(),
            words,
        }
    }
}

impl Sheet<'_> {
    /// «2 чел.: Котов Пётр Ильич (Школа № 1), Волков Олег.»
    fn present(&self) -> String {
        format!(
            "{} {}: {}.",
            self.attended.len(),
            self.words.people,
            self.attended.join(", ")
        )
    }
}

impl Item<'_> {
    /// What was heard; the speaker at least.
    fn heard(&self) -> &str {
        if self.heard.is_empty() {
            self.speaker
        } else {
            self.heard
        }
    }

    /// «(докл. Котов П. И.)»; nothing where nobody is named.
    fn by(&self, words: Words) -> String {
        match self.speaker {
            "" => String::new(),
            speaker => format!("({} {speaker})", words.speaker),
        }
    }
}

fn duty(decision: &Decision, words: Words) -> String {
    let mut parts = Vec::new();
    if !decision.assignee.is_empty() {
        parts.push(format!(
            "{} {}.",
            words.assignee,
            decision.assignee.trim_end_matches('.')
        ));
    }
    if let Some(due) = decision.due {
        parts.push(format!("{} {}.", words.due, date::short(due)));
    }
    parts.join(" ")
}
