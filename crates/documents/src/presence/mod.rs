//! Presence reports: who was at an event, for how long, and what that comes to.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{EventKind, EventRole, Locale, presence::Mode};

use crate::{
    DocumentError, Letterhead, date,
    press::{A4, Align, Cell, Column, Face, Flow, Part, Print, QUIET, Style, Text, mm, print},
    words,
};

/// What a report says.
#[derive(Debug, Clone)]
pub struct Presence<'a> {
    pub kind: EventKind,
    pub event: &'a str,
    /// `None` for what did not take place.
    pub held: Option<Held>,
    /// How long it lasted without breaks.
    pub minutes: i64,
    /// In the order in which they are printed.
    pub people: Vec<Present<'a>>,
    /// When the report was made.
    pub at: DateTime<Utc>,
    /// The same as a day where the event was.
    pub made_on: NaiveDate,
}

/// When it took place, by the clock of where it was.
#[derive(Debug, Clone)]
pub struct Held {
    pub on: NaiveDate,
    /// «15:00».
    pub from: String,
    /// Empty while it runs.
    pub to: String,
}

/// Somebody who was there.
#[derive(Debug, Clone)]
pub struct Present<'a> {
    pub name: &'a str,
    /// Empty for those who work nowhere.
    pub institution: &'a str,
    pub role: EventRole,
    /// `None` for a guest whom nobody has matched.
    pub mode: Option<Mode>,
    pub minutes: i64,
    /// Of the event's duration, from 0 to 1.
    pub share: f64,
    /// Why the minutes are not those that were measured; empty where they are.
    pub corrected: &'a str,
}

struct Words {
    heading: &'static str,
    columns: [&'static str; 7],
    total: &'static str,
    nobody: &'static str,
    corrected: &'static str,
    made: &'static str,
}

const RU: Words = Words {
    heading: "Отчёт о присутствии",
    columns: [
        "№",
        "Участник",
        "Организация",
        "Роль",
        "Как участвовал",
        "Минут",
        "Доля",
    ],
    total: "Всего:",
    nobody: "На встрече никого не было.",
    corrected: "Исправлено:",
    made: "Отчёт сделан",
};
const EN: Words = Words {
    heading: "Presence report",
    columns: [
        "No.",
        "Participant",
        "Institution",
        "Role",
        "How",
        "Minutes",
        "Share",
    ],
    total: "In all:",
    nobody: "Nobody was at the meeting.",
    corrected: "Corrected:",
    made: "Made on",
};

const fn column(width: f32, align: Align) -> Column {
    Column {
        width: mm(width),
        align,
    }
}

/// Together as wide as a page's text.
const COLUMNS: [Column; 7] = [
    column(9.0, Align::Right),
    column(45.0, Align::Left),
    column(34.0, Align::Left),
    column(23.0, Align::Left),
    column(34.0, Align::Left),
    column(13.0, Align::Right),
    column(12.0, Align::Right),
];

const BODY: Style = Style::new(9.2);
const BOLD: Style = BODY.face(Face::Semibold);

/// A4 pages, numbered, the table's head on each.
///
/// # Errors
///
/// [`DocumentError`] when it could not be made.
pub fn pdf(
    presence: &Presence,
    letterhead: &Letterhead,
    locale: Locale,
) -> Result<Vec<u8>, DocumentError> {
    let words = match locale {
        Locale::Ru => &RU,
        Locale::En => &EN,
    };
    let title = format!("{}: {}", words.heading, presence.event);
    let event = format!(
        "{} {}",
        words::kind(presence.kind, locale),
        words::quoted(presence.event, locale)
    );
    let mut flow = Flow::new();
    letterhead.head(&mut flow, locale)?;
    flow.space(mm(4.0));
    let heading = Text::of(words.heading, Style::new(16.0).face(Face::Semibold));
    flow.text(Part::Heading(1), &heading, Align::Centre)?;
    flow.space(mm(1.0));
    flow.text(
        Part::Paragraph,
        &Text::of(event, Style::new(12.0)),
        Align::Centre,
    )?;
    let facts = Text::of(facts(presence, locale), Style::new(11.0).colour(QUIET));
    flow.text(Part::Paragraph, &facts, Align::Centre)?;
    flow.space(mm(5.0));
    if presence.people.is_empty() {
        flow.text(
            Part::Paragraph,
            &Text::of(words.nobody, BODY),
            Align::Centre,
        )?;
    } else {
        let head = words.columns.map(|word| Text::of(word, BOLD).into());
        let mut rows: Vec<Vec<Cell>> = (1..)
            .zip(&presence.people)
            .map(|(number, one)| row(number, one, words, locale))
            .collect();
        rows.push(totals(presence, words, locale));
        flow.table(&COLUMNS, head.into(), rows)?;
    }
    flow.space(mm(4.0));
    let made = format!("{} {}", words.made, date::long(presence.made_on, locale));
    let made = Text::of(made, BODY.colour(QUIET));
    flow.text(Part::Paragraph, &made, Align::Left)?;
    print(&Print {
        pages: &flow.finish(&title)?,
        size: A4,
        title: &title,
        organisation: &letterhead.organisation,
        locale,
        at: presence.at,
    })
}

fn row(number: usize, one: &Present, words: &Words, locale: Locale) -> Vec<Cell> {
    let mut name = Text::of(one.name, BODY);
    if !one.corrected.is_empty() {
        let corrected = format!("\n{} {}", words.corrected, one.corrected);
        name = name.and(corrected, BODY.sized(8.0).colour(QUIET));
    }
    let plain = |text: &str| Text::of(text, BODY).into();
    vec![
        plain(&number.to_string()),
        name.into(),
        plain(one.institution),
        plain(words::role(one.role, locale)),
        plain(words::mode(one.mode, locale)),
        plain(&one.minutes.to_string()),
        plain(&percent(one.share)),
    ]
}

/// «4 сентября 2017 г., 15:00–16:30, 90 минут без перерывов».
fn facts(presence: &Presence, locale: Locale) -> String {
    let not_held = match locale {
        Locale::Ru => "встреча не состоялась",
        Locale::En => "the meeting did not take place",
    };
    let Some(held) = &presence.held else {
        return not_held.to_owned();
    };
    let lasted = words::counted(
        presence.minutes.unsigned_abs(),
        ["минута", "минуты", "минут"],
        ["minute", "minutes"],
        locale,
    );
    let breaks = match locale {
        Locale::Ru => "без перерывов",
        Locale::En => "without breaks",
    };
    words::listed(
        &[
            date::long(held.on, locale),
            words::listed(&[&held.from, &held.to], "–"),
            format!("{lasted} {breaks}"),
        ],
        ", ",
    )
}

/// How many people from how many institutions, and what they come to on the average.
fn totals(presence: &Presence, words: &Words, locale: Locale) -> Vec<Cell> {
    let people = &presence.people;
    let institutions: BTreeSet<&str> = people
        .iter()
        .map(|one| one.institution)
        .filter(|name| !name.is_empty())
        .collect();
    let mut all = words::counted(
        people.len() as u64,
        ["человек", "человека", "человек"],
        ["person", "people"],
        locale,
    );
    let (from, average) = match locale {
        Locale::Ru => ("из", "в среднем"),
        Locale::En => ("from", "on average"),
    };
    if !institutions.is_empty() {
        let schools = words::counted(
            institutions.len() as u64,
            ["организации", "организаций", "организаций"],
            ["institution", "institutions"],
            locale,
        );
        all = format!("{all} {from} {schools}");
    }
    let count = people.len().max(1) as f64;
    let minutes = people.iter().map(|one| one.minutes).sum::<i64>() as f64 / count;
    let share = people.iter().map(|one| one.share).sum::<f64>() / count;
    let label = Text::of(format!("{} ", words.total), BOLD).and(format!("{all}, {average}"), BODY);
    vec![
        Cell {
            text: label,
            span: 5,
        },
        Text::of(format!("{minutes:.0}"), BOLD).into(),
        Text::of(percent(share), BOLD).into(),
    ]
}

fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}
