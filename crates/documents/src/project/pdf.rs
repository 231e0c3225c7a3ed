//! Papers of a project as PDF.

use chrono::{DateTime, Utc};

use super::paper::{Cell, Paper, Part, Side, Table};
use crate::{
    DocumentError, Letterhead,
    press::{
        A4, Align, Boxed, FILLED, Face, Flow, INK, Part as Read, Print, QUIET, SHADE, Style, Text,
        mm, print,
    },
};

const BODY: Style = Style::new(10.5);
/// In tables, and in those with many columns.
const SMALL: Style = Style::new(9.0);
const SMALLEST: Style = Style::new(7.8);
const MANY: usize = 9;

impl Paper {
    /// A4 pages, numbered; `at` is printed into the file as its time.
    ///
    /// # Errors
    ///
    /// [`DocumentError`] when it could not be made.
    pub fn pdf(
        &self,
        letterhead: &Letterhead,
        at: DateTime<Utc>,
    ) -> Result<Vec<u8>, DocumentError> {
        let mut flow = if self.is_wide {
            Flow::of((A4.1, A4.0))
        } else {
            Flow::new()
        };
        if !self.is_wide {
            letterhead.head(&mut flow, self.locale)?;
        }
        for part in &self.parts {
            draw(&mut flow, part)?;
        }
        let size = flow.size();
        print(&Print {
            pages: &flow.finish(&self.title)?,
            size,
            title: &self.title,
            organisation: &letterhead.organisation,
            locale: self.locale,
            at,
        })
    }
}

fn draw(flow: &mut Flow, part: &Part) -> Result<(), DocumentError> {
    match part {
        Part::Aside(lines) => {
            flow.space(mm(2.0));
            let indent = flow.width() - mm(82.0);
            for line in lines {
                flow.indented(Read::Paragraph, &Text::of(line, BODY), indent, Align::Left)?;
            }
        }
        Part::Title(lines) => {
            flow.space(mm(6.0));
            for (number, line) in lines.iter().enumerate() {
                let (part, style) = match number {
                    0 => (
                        Read::Heading(1),
                        Style::new(15.0).face(Face::Semibold).spaced(0.03),
                    ),
                    _ => (Read::Paragraph, Style::new(12.0)),
                };
                flow.text(part, &Text::of(line, style), Align::Centre)?;
                flow.space(mm(0.8));
            }
            flow.space(mm(3.0));
        }
        Part::Heading(words) => {
            flow.space(mm(5.0));
            flow.need(mm(28.0));
            let style = Style::new(11.5).face(Face::Semibold);
            flow.text(Read::Heading(2), &Text::of(words, style), Align::Left)?;
            flow.space(mm(1.6));
        }
        Part::Line(words) => {
            flow.text(Read::Paragraph, &Text::of(words, BODY), Align::Left)?;
            flow.space(mm(1.0));
        }
        Part::Note(words) => {
            flow.space(mm(1.0));
            let style = Style::new(9.0).colour(QUIET);
            flow.text(Read::Paragraph, &Text::of(words, style), Align::Left)?;
        }
        Part::Table(table) => grid(flow, table)?,
        Part::Signature(whose) => {
            let set = Text::of(whose, BODY).set(mm(110.0), Align::Left)?;
            flow.drawn(set.height() + mm(9.0), |page, x, y| {
                let top = y + mm(7.0);
                page.lines(Read::Paragraph, &set, x, top);
                page.rule((x + mm(114.0), top + mm(4.2), mm(52.0)), 0.5, INK);
                Ok(())
            })?;
        }
    }
    Ok(())
}

fn grid(flow: &mut Flow, table: &Table) -> Result<(), DocumentError> {
    let style = if table.widths.len() > MANY {
        SMALLEST
    } else {
        SMALL
    };
    let whole = table.widths.iter().sum::<u32>().max(1) as f32;
    let widths: Vec<f32> = table
        .widths
        .iter()
        .map(|width| *width as f32 * flow.width() / whole)
        .collect();
    let head = boxed(&table.head, style, true);
    let rows = boxed(&table.rows, style, false);
    flow.grid(&widths, &head, &rows)
}

fn boxed(rows: &[Vec<Cell>], style: Style, is_head: bool) -> Vec<Vec<Boxed>> {
    let one = |cell: &Cell| Boxed {
        text: Text::of(
            &cell.text,
            if is_head || cell.is_bold {
                style.face(Face::Semibold)
            } else {
                style
            },
        ),
        align: match cell.side {
            _ if is_head => Align::Centre,
            Side::Left => Align::Left,
            Side::Centre => Align::Centre,
            Side::Right => Align::Right,
        },
        columns: cell.columns,
        rows: cell.rows,
        fill: match () {
            () if is_head => Some(SHADE),
            () => cell.is_filled.then_some(FILLED),
        },
    };
    rows.iter()
        .map(|row| row.iter().map(one).collect())
        .collect()
}
