//! Minutes as DOCX, for those who go on writing in a text processor.

use std::io::Cursor;

use docx_rs::{AlignmentType, Docx, PageMargin, Paragraph, Run, RunFonts};
use kafedra_model::Locale;

use super::{Minutes, Sheet};
use crate::DocumentError;

/// Half points, as the format counts.
const BODY: usize = 24;
const TITLE: usize = 30;
/// Twentieths of a point, as the margins too.
const INDENT: i32 = 340;

/// # Errors
///
/// [`DocumentError`] when it could not be made.
pub fn docx(minutes: &Minutes, locale: Locale) -> Result<Vec<u8>, DocumentError> {
    let sheet = Sheet::of(minutes, locale);
    let words = sheet.words;
    let fonts = RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .cs("Times New Roman");
    let margin = PageMargin {
        top: 1021,
        left: 1418,
        bottom: 1134,
        right: 851,
        header: 709,
        footer: 709,
        gutter: 0,
    };
    let mut paragraphs = Vec::new();
    for line in [sheet.organisation, sheet.association] {
        if !line.is_empty() {
            paragraphs.push(centred(text(line)));
        }
    }
    paragraphs.push(centred(bold(&sheet.title).size(TITLE)));
    paragraphs.push(centred(text(&format!("{} «{}»", sheet.kind, sheet.event))));
    paragraphs.push(centred(text(&sheet.date)));
    if !sheet.note.is_empty() {
        paragraphs.push(centred(text(&sheet.note).italic()));
    }
    paragraphs.push(Paragraph::new());
    paragraphs.push(line(words.chair, sheet.chair));
    paragraphs.push(line(words.secretary, sheet.secretary));
    paragraphs.push(line(words.attended, &sheet.present()));
    paragraphs.push(Paragraph::new().add_run(bold(words.agenda)).keep_next(true));
    for (index, item) in (1..).zip(&sheet.items) {
        let topic = format!("{index}. {} {}", item.topic, item.by(words));
        paragraphs.push(indented(text(topic.trim_end())));
    }
    for (index, item) in (1..).zip(&sheet.items) {
        paragraphs.push(Paragraph::new());
        let topic = bold(&format!("{index}. {}", item.topic));
        paragraphs.push(Paragraph::new().add_run(topic).keep_next(true));
        for (word, said) in [(words.heard, item.heard()), (words.spoke, item.spoke)] {
            if !said.is_empty() {
                paragraphs.push(line(word, said));
            }
        }
        if !item.decided.is_empty() {
            paragraphs.push(
                Paragraph::new()
                    .add_run(bold(words.decided))
                    .keep_next(true),
            );
        }
        for (point, decided) in (1..).zip(&item.decided) {
            let duty = match decided.duty.as_str() {
                "" => String::new(),
                duty => format!("\n{duty}"),
            };
            paragraphs.push(indented(text(&format!(
                "{index}.{point}. {}{duty}",
                decided.text
            ))));
        }
    }
    for (word, name) in [
        (words.chair, sheet.chair),
        (words.secretary, sheet.secretary),
    ] {
        paragraphs.push(Paragraph::new());
        paragraphs
            .push(Paragraph::new().add_run(text(&format!("{word} ______________________ {name}"))));
    }
    let mut docx = Docx::new()
        .default_fonts(fonts)
        .default_size(BODY)
        .page_margin(margin);
    for paragraph in paragraphs {
        docx = docx.add_paragraph(paragraph);
    }
    let mut file = Cursor::new(Vec::new());
    docx.build()
        .pack(&mut file)
        .map_err(|error| DocumentError::Docx(error.to_string()))?;
    Ok(file.into_inner())
}

/// A run that keeps the lines of what was typed.
pub(crate) fn text(typed: &str) -> Run {
    let mut run = Run::new();
    for (place, line) in typed.lines().enumerate() {
        if place > 0 {
            run = run.add_break(docx_rs::BreakType::TextWrapping);
        }
        run = run.add_text(clean(line));
    }
    run
}

/// XML 1.0 has no place for control characters, not even escaped (section 2.2).
fn clean(line: &str) -> String {
    line.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}

fn bold(typed: &str) -> Run {
    text(typed).bold()
}

fn centred(run: Run) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(run)
}

fn indented(run: Run) -> Paragraph {
    Paragraph::new()
        .indent(Some(INDENT), None, None, None)
        .add_run(run)
}

fn line(word: &str, typed: &str) -> Paragraph {
    Paragraph::new()
        .add_run(bold(&format!("{word} ")))
        .add_run(text(typed))
}
