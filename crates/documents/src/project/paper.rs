//! What a paper of a project is made of, whatever file it becomes.

use kafedra_model::Locale;

/// A paper, ready to be printed: [`Paper::pdf`](super::Paper::pdf), [`Paper::docx`](super::Paper::docx).
#[derive(Debug, Clone)]
pub struct Paper {
    /// Of the file, and at the foot of its pages.
    pub title: String,
    pub locale: Locale,
    pub(super) is_wide: bool,
    pub(super) parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub(super) enum Part {
    /// At the right of the head: who approved it.
    Aside(Vec<String>),
    /// Centred lines, the first one largest.
    Title(Vec<String>),
    Heading(String),
    Line(String),
    Note(String),
    Table(Table),
    /// A line to be signed on, and whose it is.
    Signature(String),
}

#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Of the columns, in parts of the whole.
    pub widths: Vec<u32>,
    pub head: Vec<Vec<Cell>>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Centre,
    Right,
}

/// A cell, told in the row where it begins.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub text: String,
    pub columns: usize,
    pub rows: usize,
    pub side: Side,
    pub is_bold: bool,
    pub is_filled: bool,
}

pub(super) fn cell(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        columns: 1,
        rows: 1,
        side: Side::Left,
        is_bold: false,
        is_filled: false,
    }
}

impl Cell {
    pub fn over(self, columns: usize) -> Self {
        Self { columns, ..self }
    }

    pub fn down(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    pub fn right(self) -> Self {
        Self {
            side: Side::Right,
            ..self
        }
    }

    pub fn centre(self) -> Self {
        Self {
            side: Side::Centre,
            ..self
        }
    }

    pub fn bold(self) -> Self {
        Self {
            is_bold: true,
            ..self
        }
    }

    pub fn filled(self) -> Self {
        Self {
            is_filled: true,
            ..self
        }
    }
}

impl Paper {
    pub(super) fn new(title: impl Into<String>, locale: Locale) -> Self {
        Self {
            title: title.into(),
            locale,
            is_wide: false,
            parts: Vec::new(),
        }
    }

    pub(super) fn wide(self) -> Self {
        Self {
            is_wide: true,
            ..self
        }
    }

    pub(super) fn add(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// A heading with its table; without rows a dash stands in the table's place.
    pub(super) fn section(&mut self, heading: &str, table: Table) {
        self.add(Part::Heading(heading.to_owned()));
        if table.rows.is_empty() {
            self.add(Part::Line(super::say::NOTHING.to_owned()));
        } else {
            self.add(Part::Table(table));
        }
    }

    pub(super) fn signatures(&mut self, whose: &[&str]) {
        for whose in whose {
            self.add(Part::Signature((*whose).to_owned()));
        }
    }
}

impl Table {
    /// With a head of one row.
    pub fn headed(columns: &[(&str, u32)]) -> Self {
        Self {
            widths: columns.iter().map(|(_, width)| *width).collect(),
            head: vec![columns.iter().map(|(words, _)| cell(*words)).collect()],
            rows: Vec::new(),
        }
    }

    pub fn add(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }
}
