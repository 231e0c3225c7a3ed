//! Minutes as PDF.

use chrono::{DateTime, Utc};
use kafedra_model::Locale;

use super::{Item, Minutes, Sheet};
use crate::{
    DocumentError, Letterhead,
    press::{A4, Align, Face, Flow, INK, Part, Print, QUIET, Style, Text, mm, print},
    words,
};

const BODY: Style = Style::new(11.5);
const BOLD: Style = BODY.face(Face::Semibold);
const INDENT: f32 = mm(6.0);
/// Between paragraphs.
const GAP: f32 = mm(1.2);

/// A4 pages, numbered. `at` is printed into the file as its time.
///
/// # Errors
///
/// [`DocumentError`] when it could not be made.
pub fn pdf(
    minutes: &Minutes,
    letterhead: &Letterhead,
    at: DateTime<Utc>,
    locale: Locale,
) -> Result<Vec<u8>, DocumentError> {
    let sheet = Sheet::of(minutes, locale);
    let words = sheet.words;
    let mut flow = Flow::new();
    letterhead.head(&mut flow, locale)?;
    head(&mut flow, &sheet, locale)?;
    for (word, typed) in [
        (words.chair, sheet.chair),
        (words.secretary, sheet.secretary),
        (words.attended, &sheet.present()),
    ] {
        line(&mut flow, word, typed)?;
    }
    headed(&mut flow, words.agenda)?;
    for (number, item) in (1..).zip(&sheet.items) {
        let topic = format!("{number}. {} {}", item.topic, item.by(words));
        let topic = Text::of(topic.trim_end(), BODY);
        flow.indented(Part::Paragraph, &topic, INDENT, Align::Left)?;
        flow.space(GAP);
    }
    for (number, one) in (1..).zip(&sheet.items) {
        item(&mut flow, number, one, &sheet)?;
    }
    flow.space(mm(8.0));
    flow.need(mm(32.0));
    for (word, name) in [
        (words.chair, sheet.chair),
        (words.secretary, sheet.secretary),
    ] {
        signature(&mut flow, word.trim_end_matches(':'), name)?;
    }
    let title = format!("{} {}", sheet.title, sheet.date);
    print(&Print {
        pages: &flow.finish(&title)?,
        size: A4,
        title: &title,
        organisation: sheet.organisation,
        locale,
        at,
    })
}

fn head(flow: &mut Flow, sheet: &Sheet<'_>, locale: Locale) -> Result<(), DocumentError> {
    let large = Style::new(12.0);
    let event = format!("{} {}", sheet.kind, words::quoted(sheet.event, locale));
    flow.text(
        Part::Paragraph,
        &Text::of(sheet.association, large),
        Align::Centre,
    )?;
    flow.space(mm(5.0));
    let title = Style::new(16.0).face(Face::Semibold).spaced(0.04);
    flow.text(
        Part::Heading(1),
        &Text::of(&sheet.title, title),
        Align::Centre,
    )?;
    flow.space(mm(1.0));
    flow.text(Part::Paragraph, &Text::of(event, large), Align::Centre)?;
    flow.text(
        Part::Paragraph,
        &Text::of(&sheet.date, large),
        Align::Centre,
    )?;
    let note = Style::new(11.0).face(Face::Italic).colour(QUIET);
    flow.text(Part::Paragraph, &Text::of(&sheet.note, note), Align::Centre)?;
    flow.space(mm(5.0));
    Ok(())
}

fn item(
    flow: &mut Flow,
    number: usize,
    item: &Item<'_>,
    sheet: &Sheet<'_>,
) -> Result<(), DocumentError> {
    let words = sheet.words;
    headed(flow, &format!("{number}. {}", item.topic))?;
    for (word, said) in [(words.heard, item.heard()), (words.spoke, item.spoke)] {
        if !said.is_empty() {
            line(flow, word, said)?;
        }
    }
    if !item.decided.is_empty() {
        flow.need(mm(14.0));
        flow.text(Part::Paragraph, &Text::of(words.decided, BOLD), Align::Left)?;
        flow.space(GAP);
    }
    for (point, decided) in (1..).zip(&item.decided) {
        let mut text = Text::of(format!("{number}.{point}. {}", decided.text), BODY);
        if !decided.duty.is_empty() {
            text = text.and(format!("\n{}", decided.duty), BODY.face(Face::Italic));
        }
        flow.indented(Part::Paragraph, &text, INDENT, Align::Left)?;
        flow.space(GAP);
    }
    Ok(())
}

/// A heading that does not stand at the foot of a page.
fn headed(flow: &mut Flow, words: &str) -> Result<(), DocumentError> {
    flow.space(mm(4.0));
    flow.need(mm(16.0));
    flow.text(Part::Heading(2), &Text::of(words, BOLD), Align::Left)?;
    flow.space(GAP);
    Ok(())
}

fn line(flow: &mut Flow, word: &str, typed: &str) -> Result<(), DocumentError> {
    let text = Text::of(format!("{word} "), BOLD).and(typed, BODY);
    flow.text(Part::Paragraph, &text, Align::Both)?;
    flow.space(GAP);
    Ok(())
}

fn signature(flow: &mut Flow, word: &str, name: &str) -> Result<(), DocumentError> {
    let (words, line, gap) = (mm(34.0), mm(50.0), mm(4.0));
    let word = Text::of(word, BODY).set(words, Align::Left)?;
    let name = Text::of(name, BODY).set(Flow::WIDTH - words - line - gap, Align::Left)?;
    flow.drawn(mm(14.0).max(name.height() + mm(4.0)), |page, x, y| {
        page.lines(Part::Paragraph, &word, x, y);
        page.rule((x + words, y + mm(4.5), line), 0.5, INK);
        page.lines(Part::Paragraph, &name, x + words + line + gap, y);
        Ok(())
    })
}
