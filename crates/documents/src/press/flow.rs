//! Pages filled one after another: paragraphs, tables, and a footer with the page's number.

use super::{
    A4, QUIET, RULE, mm,
    page::{Align, Page, Part},
    text::{Set, Style, Text},
};
use crate::DocumentError;

mod grid;

pub(crate) use grid::{Boxed, FILLED, SHADE};

const LEFT: f32 = mm(25.0);
const RIGHT: f32 = mm(15.0);
const TOP: f32 = mm(18.0);
/// Below the text, and below the footer.
const BOTTOM: f32 = mm(22.0);
const FOOTER: f32 = mm(14.0);
/// Around what stands in a cell: beside it, and above and below it.
const PADDING: (f32, f32) = (mm(1.2), mm(1.1));

/// Pages being filled: A4, upright unless told otherwise.
pub(crate) struct Flow {
    done: Vec<Page>,
    page: Page,
    y: f32,
    tables: usize,
    size: (f32, f32),
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub width: f32,
    pub align: Align,
}

/// A cell, over one column or several.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub text: Text,
    pub span: usize,
}

impl From<Text> for Cell {
    fn from(text: Text) -> Self {
        Self { text, span: 1 }
    }
}

impl Flow {
    /// Of the text between the margins of an upright page.
    pub const WIDTH: f32 = A4.0 - LEFT - RIGHT;

    pub fn new() -> Self {
        Self::of(A4)
    }

    /// Pages of another size.
    pub fn of(size: (f32, f32)) -> Self {
        Self {
            done: Vec::new(),
            page: Page::default(),
            y: TOP,
            tables: 0,
            size,
        }
    }

    pub fn size(&self) -> (f32, f32) {
        self.size
    }

    /// Of the text between the margins.
    pub fn width(&self) -> f32 {
        self.size.0 - LEFT - RIGHT
    }

    fn bottom(&self) -> f32 {
        self.size.1 - BOTTOM
    }

    /// Leaves room; none at the head of a page.
    pub fn space(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Goes on to the next page unless there is so much room on this one.
    pub fn need(&mut self, height: f32) {
        if self.y + height > self.bottom() {
            self.turn();
        }
    }

    fn turn(&mut self) {
        if !self.page.blocks.is_empty() {
            self.done.push(std::mem::take(&mut self.page));
        }
        self.y = TOP;
    }

    /// A paragraph over the whole width.
    ///
    /// # Errors
    ///
    /// As [`Text::set`].
    pub fn text(&mut self, part: Part, text: &Text, align: Align) -> Result<(), DocumentError> {
        self.indented(part, text, 0.0, align)
    }

    /// A paragraph that begins so far to the right.
    ///
    /// # Errors
    ///
    /// As [`Text::set`].
    pub fn indented(
        &mut self,
        part: Part,
        text: &Text,
        indent: f32,
        align: Align,
    ) -> Result<(), DocumentError> {
        let mut set = text.set(self.width() - indent, align)?;
        while !set.lines.is_empty() {
            let here = self.fitting(&set);
            let rest = set.lines.split_off(here);
            self.y = self.page.lines(part.clone(), &set, LEFT + indent, self.y);
            if !rest.is_empty() {
                self.turn();
            }
            set = Set { lines: rest };
        }
        Ok(())
    }

    /// Lines that stand on this page: neither the first nor the last of a paragraph stands alone.
    fn fitting(&self, set: &Set) -> usize {
        let (count, mut room) = (set.lines.len(), self.bottom() - self.y);
        let fits = set.lines.iter().take_while(|line| {
            room -= line.height;
            room >= 0.0
        });
        match fits.count() {
            // An empty page takes what it can, one line at least.
            fits if self.y <= TOP => fits.max(1),
            fits if fits == count => count,
            0 | 1 => 0,
            fits if fits + 1 == count && count > 3 => fits - 1,
            fits if fits + 1 == count => 0,
            fits => fits,
        }
    }

    /// A line over the whole width.
    pub fn rule(&mut self, thick: f32, colour: super::Colour) {
        self.page.rule((LEFT, self.y, self.width()), thick, colour);
    }

    /// Something drawn by hand: `draw` is given the page and the upper left corner of its room.
    ///
    /// # Errors
    ///
    /// Those of `draw`.
    pub fn drawn(
        &mut self,
        height: f32,
        draw: impl FnOnce(&mut Page, f32, f32) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        self.need(height);
        draw(&mut self.page, LEFT, self.y)?;
        self.y += height;
        Ok(())
    }

    /// A table whose head stands on each of its pages.
    ///
    /// # Errors
    ///
    /// As [`Text::set`].
    pub fn table(
        &mut self,
        columns: &[Column],
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    ) -> Result<(), DocumentError> {
        self.tables += 1;
        let head = Row::of(columns, &head)?;
        let rows: Vec<Row> = rows
            .iter()
            .map(|row| Row::of(columns, row))
            .collect::<Result<_, _>>()?;
        self.need(head.height + rows.first().map_or(0.0, |row| row.height));
        self.row(&head, Some((0, true)));
        for (number, row) in (1..).zip(&rows) {
            if self.y + row.height > self.bottom() {
                self.turn();
                // Read once, at the table's beginning.
                self.row(&head, None);
            }
            self.row(row, Some((number, false)));
        }
        Ok(())
    }

    fn row(&mut self, row: &Row, told: Option<(usize, bool)>) {
        for (x, cell) in &row.cells {
            let part = match told {
                Some((row, is_head)) => Part::Cell {
                    table: self.tables,
                    row,
                    is_head,
                },
                None => Part::Ornament,
            };
            self.page.lines(part, cell, LEFT + x, self.y + PADDING.1);
        }
        self.y += row.height;
        let (thick, colour) = match told {
            Some((_, false)) => (0.4, RULE),
            _ => (0.8, super::ACCENT),
        };
        self.rule(thick, colour);
    }

    /// The pages, each with its number and `title` at its foot.
    ///
    /// # Errors
    ///
    /// As [`Text::set`].
    pub fn finish(mut self, title: &str) -> Result<Vec<Page>, DocumentError> {
        let (width, footer) = (self.width(), self.size.1 - FOOTER);
        self.done.push(self.page);
        let count = self.done.len();
        let style = Style::new(8.5).colour(QUIET);
        let short: String = title.chars().take(110).collect();
        let title =
            Text::of(short, style).fitted(&[8.5, 7.0, 6.0], width - mm(20.0), 12.0, Align::Left)?;
        for (number, page) in (1..).zip(&mut self.done) {
            let place = Text::of(format!("{number} / {count}"), style);
            let place = place.set(width, Align::Right)?;
            page.lines(Part::Ornament, &title, LEFT, footer);
            page.lines(Part::Ornament, &place, LEFT, footer);
        }
        Ok(self.done)
    }
}

/// A row whose texts are set.
struct Row {
    /// With how far to the right they begin.
    cells: Vec<(f32, Set)>,
    height: f32,
}

impl Row {
    fn of(columns: &[Column], cells: &[Cell]) -> Result<Self, DocumentError> {
        let (mut x, mut next, mut height) = (0.0, 0, 0.0f32);
        let mut placed = Vec::new();
        for cell in cells {
            let end = (next + cell.span).min(columns.len());
            let Some((first, rest)) = columns.get(next..end).and_then(<[Column]>::split_first)
            else {
                break;
            };
            let width = first.width + rest.iter().map(|column| column.width).sum::<f32>();
            let align = if rest.is_empty() {
                first.align
            } else {
                Align::Left
            };
            let set = cell.text.set(width - 2.0 * PADDING.0, align)?;
            height = height.max(set.height());
            placed.push((x + PADDING.0, set));
            x += width;
            next = end;
        }
        Ok(Self {
            cells: placed,
            height: height + 2.0 * PADDING.1,
        })
    }
}
