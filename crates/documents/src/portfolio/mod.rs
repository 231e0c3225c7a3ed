//! Portfolios for attestation: what a teacher passed on to others, each with the address of the page
//! that verifies it.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{EventKind, EventRole, Locale};

use crate::{
    DocumentError, Letterhead, date,
    press::{A4, ACCENT, Align, Face, Flow, Part, Print, QUIET, Set, Style, Text, mm, print},
    words,
};

/// What a portfolio says.
#[derive(Debug, Clone)]
pub struct Portfolio<'a> {
    pub name: &'a str,
    /// Of the main employment; both empty for those who work nowhere.
    pub position: &'a str,
    pub institution: &'a str,
    /// Confirmed parts in events, in the order in which they are printed.
    pub entries: Vec<Entry<'a>>,
    /// Certificates beside those of the entries.
    pub certificates: Vec<Entry<'a>>,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The same as a day where its owner is.
    pub made_on: NaiveDate,
}

/// A part in an event.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    pub held_on: NaiveDate,
    pub kind: EventKind,
    /// Of the event.
    pub title: &'a str,
    pub role: EventRole,
    pub topic: &'a str,
    /// school, city, region.
    pub level: &'a str,
    pub certificate: Option<Proof<'a>>,
}

/// A certificate that anyone may verify.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    /// «2026-00042».
    pub number: &'a str,
    /// The public page.
    pub url: &'a str,
}

struct Words {
    heading: &'static str,
    entries: &'static str,
    none: &'static str,
    certificates: &'static str,
    certificate: &'static str,
    proof: &'static str,
    made: &'static str,
}

const RU: Words = Words {
    heading: "Портфолио",
    entries: "Выступления, мастер-классы, открытые уроки",
    none: "Подтверждённых выступлений пока нет.",
    certificates: "Другие сертификаты",
    certificate: "Сертификат №",
    proof: "Участие подтвердили организаторы. Подлинность сертификата проверяется по его адресу.",
    made: "Портфолио составлено",
};
const EN: Words = Words {
    heading: "Portfolio",
    entries: "Talks, master classes, open lessons",
    none: "There are no confirmed talks yet.",
    certificates: "Other certificates",
    certificate: "Certificate No.",
    proof: "The organisers confirmed each part. A certificate is verified at its address.",
    made: "Made on",
};

const BODY: Style = Style::new(10.0);
/// Of the dates, with the room to the text beside them.
const DATES: f32 = mm(24.0);

/// A4 pages, numbered.
///
/// # Errors
///
/// [`DocumentError`] when it could not be made.
pub fn pdf(
    portfolio: &Portfolio,
    letterhead: &Letterhead,
    locale: Locale,
) -> Result<Vec<u8>, DocumentError> {
    let words = match locale {
        Locale::Ru => &RU,
        Locale::En => &EN,
    };
    let title = format!("{}: {}", words.heading, portfolio.name);
    let mut flow = Flow::new();
    letterhead.head(&mut flow, locale)?;
    flow.space(mm(5.0));
    let heading = Style::new(13.0).colour(ACCENT).spaced(0.1);
    let heading = Text::of(words.heading.to_uppercase(), heading);
    flow.text(Part::Heading(1), &heading, Align::Centre)?;
    flow.space(mm(1.0));
    let name = Text::of(portfolio.name, Style::new(19.0).face(Face::Semibold));
    flow.text(Part::Paragraph, &name, Align::Centre)?;
    let work = words::listed(&[portfolio.position, portfolio.institution], ", ");
    let work = Text::of(work, Style::new(11.0).colour(QUIET));
    flow.text(Part::Paragraph, &work, Align::Centre)?;

    headed(&mut flow, words.entries)?;
    if portfolio.entries.is_empty() {
        let none = Text::of(words.none, BODY.colour(QUIET));
        flow.text(Part::Paragraph, &none, Align::Left)?;
    }
    for entry in &portfolio.entries {
        draw(&mut flow, entry, words, locale)?;
    }
    if !portfolio.certificates.is_empty() {
        headed(&mut flow, words.certificates)?;
    }
    for entry in &portfolio.certificates {
        draw(&mut flow, entry, words, locale)?;
    }
    flow.space(mm(6.0));
    let made = date::long(portfolio.made_on, locale);
    let proof = format!("{} {} {made}", words.proof, words.made);
    let proof = format!("{}.", proof.trim_end_matches('.'));
    let proof = Text::of(proof, Style::new(9.5).colour(QUIET));
    flow.text(Part::Paragraph, &proof, Align::Left)?;
    print(&Print {
        pages: &flow.finish(&title)?,
        size: A4,
        title: &title,
        organisation: &letterhead.organisation,
        locale,
        at: portfolio.at,
    })
}

fn headed(flow: &mut Flow, words: &str) -> Result<(), DocumentError> {
    flow.space(mm(7.0));
    flow.need(mm(30.0));
    let heading = Text::of(words, Style::new(12.0).face(Face::Semibold));
    flow.text(Part::Heading(2), &heading, Align::Left)?;
    flow.space(mm(1.0));
    flow.rule(0.6, ACCENT);
    flow.space(mm(3.5));
    Ok(())
}

/// The date, and beside it what, where and the certificate: all on one page.
fn draw(
    flow: &mut Flow,
    entry: &Entry,
    words: &Words,
    locale: Locale,
) -> Result<(), DocumentError> {
    let width = Flow::WIDTH - DATES;
    let event = format!(
        "{} {}",
        words::kind(entry.kind, locale),
        words::quoted(entry.title, locale)
    );
    let role = words::role(entry.role, locale).to_owned();
    let level = words::level(entry.level, locale).to_owned();
    let (what, around) = match entry.topic {
        "" => (event, vec![role, level]),
        topic => (words::quoted(topic, locale), vec![role, event, level]),
    };
    let what = Text::of(what, Style::new(11.0).face(Face::Semibold)).set(width, Align::Left)?;
    let around = Text::of(words::listed(&around, "  ·  "), BODY).set(width, Align::Left)?;
    let proof = match entry.certificate {
        Some(proof) => Text::of(
            format!("{}\u{a0}{}: ", words.certificate, proof.number),
            BODY.colour(QUIET),
        )
        .and(words::address(proof.url), BODY.colour(ACCENT))
        .set(width, Align::Left)?,
        None => Set { lines: Vec::new() },
    };
    let date = Text::of(date::short(entry.held_on), BODY.colour(QUIET)).set(DATES, Align::Left)?;
    let height = what.height() + around.height() + proof.height() + mm(3.5);
    flow.drawn(height, |page, x, y| {
        page.lines(Part::Paragraph, &date, x, y);
        let y = page.lines(Part::Paragraph, &what, x + DATES, y);
        let y = page.lines(Part::Paragraph, &around, x + DATES, y);
        if let Some(certificate) = entry.certificate {
            let link = Part::Link {
                to: certificate.url.to_owned(),
                shows: None,
            };
            page.lines(link, &proof, x + DATES, y);
        }
        Ok(())
    })
}
