//! Tables with lines around every cell, as forms have them: cells over several columns and rows,
//! and rows that go on over the page's end when they are taller than a page.

use super::{BOTTOM, Flow, LEFT, PADDING, RULE, TOP};
use crate::{
    DocumentError,
    press::{
        Align, Colour, QUIET,
        page::{Mark, Part},
        text::{Set, Text},
    },
};

/// A cell, told in the row where it begins.
#[derive(Debug, Clone)]
pub(crate) struct Boxed {
    pub text: Text,
    pub align: Align,
    pub columns: usize,
    pub rows: usize,
    pub fill: Option<Colour>,
}

/// A cell being filled.
#[derive(Debug, Clone)]
struct Open {
    x: f32,
    width: f32,
    /// Lines that are not yet on paper.
    set: Set,
    fill: Option<Colour>,
    /// In which row it began, and the first row below it.
    from: usize,
    until: usize,
    /// Where its next line goes.
    cursor: f32,
}

const THICK: f32 = 0.5;
/// So little room at a page's end is left empty.
const LEAST: f32 = 40.0;

impl Flow {
    /// A table whose head stands on each of its pages.
    ///
    /// # Errors
    ///
    /// As [`Text::set`].
    pub fn grid(
        &mut self,
        widths: &[f32],
        head: &[Vec<Boxed>],
        rows: &[Vec<Boxed>],
    ) -> Result<(), DocumentError> {
        self.tables += 1;
        let (head, rows) = (placed(widths, head)?, placed(widths, rows)?);
        let whole = widths.iter().sum();
        let tall = |rows: &[Vec<Open>]| -> f32 {
            let row = |row: &Vec<Open>| {
                row.iter()
                    .map(|cell| cell.set.height() + 2.0 * PADDING.1)
                    .fold(0.0, f32::max)
            };
            rows.iter().map(row).sum()
        };
        self.need(
            tall(&head)
                + rows
                    .first()
                    .map_or(0.0, |row| tall(std::slice::from_ref(row)).min(LEAST)),
        );
        self.edge(whole);
        self.head(&head, true);
        let mut open: Vec<Open> = Vec::new();
        for (index, row) in rows.into_iter().enumerate() {
            open.extend(row.into_iter().map(|cell| Open {
                cursor: self.y + PADDING.1,
                ..cell
            }));
            loop {
                let height = self.height(&open, index);
                let room = self.bottom() - self.y;
                let page = self.size.1 - TOP - BOTTOM - tall(&head);
                if height <= room {
                    self.segment(&mut open, index, height, Some(head.len() + index));
                    break;
                }
                if height > page && room > LEAST {
                    self.segment(&mut open, index, room, Some(head.len() + index));
                }
                self.edge(whole);
                self.turn();
                self.edge(whole);
                // Read once, at the table's beginning.
                self.head(&head, false);
                for cell in &mut open {
                    cell.cursor = self.y + PADDING.1;
                }
            }
            open.retain(|cell| cell.until > index + 1);
        }
        self.edge(whole);
        Ok(())
    }

    fn head(&mut self, head: &[Vec<Open>], is_read: bool) {
        let mut open: Vec<Open> = Vec::new();
        for (index, row) in head.iter().enumerate() {
            open.extend(row.iter().map(|cell| Open {
                cursor: self.y + PADDING.1,
                ..cell.clone()
            }));
            let height = self.height(&open, index);
            self.segment(
                &mut open,
                index,
                height,
                is_read.then_some(index).map(|_| 0),
            );
            open.retain(|cell| cell.until > index + 1);
        }
    }

    /// What a row needs for the cells that end with it.
    fn height(&self, open: &[Open], row: usize) -> f32 {
        let needs = |cell: &Open| cell.cursor - self.y + cell.set.height() + PADDING.1;
        open.iter()
            .filter(|cell| cell.until == row + 1)
            .map(needs)
            .fold(2.0 * PADDING.1 + 6.0, f32::max)
    }

    /// As much of a row as `height` holds.
    fn segment(&mut self, open: &mut [Open], row: usize, height: f32, told: Option<usize>) {
        let (top, bottom) = (self.y, self.y + height);
        let mut frame = Vec::new();
        for cell in open.iter() {
            let (x, y) = (LEFT + cell.x, top);
            if let Some(colour) = cell.fill {
                frame.push(Mark::Bar {
                    x,
                    y,
                    width: cell.width,
                    height,
                    colour,
                });
            }
        }
        for cell in open.iter() {
            let line = |x, y, width, height| Mark::Bar {
                x,
                y,
                width,
                height,
                colour: QUIET,
            };
            let x = LEFT + cell.x;
            frame.push(line(x - THICK / 2.0, top, THICK, height));
            frame.push(line(x + cell.width - THICK / 2.0, top, THICK, height));
            if cell.from == row {
                frame.push(line(x, top - THICK / 2.0, cell.width, THICK));
            }
        }
        self.page.add(Part::Ornament, frame);
        for cell in open.iter_mut() {
            let mut end = cell.cursor;
            let fits = cell.set.lines.iter().take_while(|line| {
                end += line.height;
                end <= bottom
            });
            let rest = cell.set.lines.split_off(fits.count());
            let part = match told {
                Some(row) => Part::Cell {
                    table: self.tables,
                    row,
                    is_head: row == 0,
                },
                None => Part::Ornament,
            };
            let here = Set {
                lines: std::mem::replace(&mut cell.set.lines, rest),
            };
            cell.cursor = self
                .page
                .lines(part, &here, LEFT + cell.x + PADDING.0, cell.cursor);
        }
        self.y = bottom;
    }

    /// A line over the whole table.
    fn edge(&mut self, width: f32) {
        self.page.rule((LEFT, self.y, width), THICK, QUIET);
    }
}

/// Every cell beside those that reach down from above; what finds no room is left out.
fn placed(widths: &[f32], rows: &[Vec<Boxed>]) -> Result<Vec<Vec<Open>>, DocumentError> {
    let mut taken = vec![0; widths.len()];
    let mut all = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut column = 0;
        let mut cells = Vec::new();
        for cell in row {
            while taken.get(column).is_some_and(|until| *until > index) {
                column += 1;
            }
            let end = (column + cell.columns.max(1)).min(widths.len());
            if column >= end {
                break;
            }
            let until = (index + cell.rows.max(1)).min(rows.len());
            taken[column..end].fill(until);
            let width: f32 = widths[column..end].iter().sum();
            cells.push(Open {
                x: widths[..column].iter().sum(),
                width,
                set: cell.text.set(width - 2.0 * PADDING.0, cell.align)?,
                fill: cell.fill,
                from: index,
                until,
                cursor: 0.0,
            });
            column = end;
        }
        all.push(cells);
    }
    Ok(all)
}

/// The ground of heads.
pub(crate) const SHADE: Colour = Colour(0xee, 0xf2, 0xf1);
/// The ground of what is filled in to be seen from afar.
pub(crate) const FILLED: Colour = RULE;
