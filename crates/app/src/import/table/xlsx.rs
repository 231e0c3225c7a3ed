//! The first visible sheet of a workbook (ECMA-376, part 1, 18).
//!
//! A merge's value belongs to each of its cells. A number that the sheet shows as a date is a date. A
//! formula is what it came to when the file was saved.

use std::{collections::HashMap, io::Cursor};

use chrono::NaiveDate;
use kafedra_model::import::{Cell, date::of_serial};

use super::{Line, MOST_COLUMNS, MOST_ROWS};
use crate::{
    archive::{self, BadArchive},
    xml::{Node, attribute, relations, resolve, walk},
};

/// Bytes of the parts that are read, unpacked.
const MOST_SMALL: u64 = 8 * 1024 * 1024;
const MOST_STRINGS: u64 = 64 * 1024 * 1024;
const MOST_SHEET: u64 = 160 * 1024 * 1024;
/// Cells that merges may fill.
const MOST_MERGED: usize = 2_000_000;
/// From 1900 to 1904, as some workbooks count.
const FROM_1904: u64 = 1_462;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    Archive(BadArchive),
    TooManyRows,
}

impl From<BadArchive> for Bad {
    fn from(bad: BadArchive) -> Self {
        Self::Archive(bad)
    }
}

const BROKEN: Bad = Bad::Archive(BadArchive::Broken);

pub fn lines(bytes: &[u8]) -> Result<Vec<Line>, Bad> {
    let mut archive = archive::open(Cursor::new(bytes))?;
    let mut part = |name: &str, most: u64| {
        let text = archive::part(&mut archive, name, most + 1)?;
        if text.len() as u64 > most {
            return Err(BadArchive::Swells);
        }
        Ok(text)
    };
    let book = part("xl/workbook.xml", MOST_SMALL)?;
    let targets = relations(&part("xl/_rels/workbook.xml.rels", MOST_SMALL)?);
    let (sheet, from_1904) = first_sheet(&book).ok_or(BROKEN)?;
    let target = targets.iter().find(|one| one.id == sheet).ok_or(BROKEN)?;
    // A workbook without texts or styles has no such parts.
    let mut optional = |name: &str, most| match part(name, most) {
        Err(BadArchive::Broken) => Ok(String::new()),
        other => other,
    };
    let strings = strings(&optional("xl/sharedStrings.xml", MOST_STRINGS)?);
    let dates = date_styles(&optional("xl/styles.xml", MOST_SMALL)?);
    let mut reading = Reading {
        strings,
        dates,
        offset: if from_1904 { FROM_1904 } else { 0 },
        ..Reading::default()
    };
    let sheet = part(&resolve("xl", &target.target), MOST_SHEET)?;
    reading.read(&sheet)?;
    Ok(reading.lines)
}

/// The relation of the first visible sheet, and whether days count from 1904.
fn first_sheet(book: &str) -> Option<(String, bool)> {
    let (mut found, mut from_1904) = (None, false);
    walk(book, |node| match node {
        Node::Open(tag, "workbookPr") => {
            from_1904 = matches!(attribute(tag, "date1904").as_str(), "1" | "true");
        }
        Node::Open(tag, "sheet") if found.is_none() => {
            let hidden = attribute(tag, "state").to_lowercase().contains("hidden");
            if !hidden {
                found = Some(attribute(tag, "r:id"));
            }
        }
        _ => {}
    });
    found.map(|id| (id, from_1904))
}

/// The texts that cells refer to by number; readings of Japanese characters are none.
fn strings(xml: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let (mut text, mut in_text, mut in_reading) = (String::new(), false, false);
    walk(xml, |node| match node {
        Node::Open(_, "si") => text.clear(),
        Node::Open(_, "rPh") => in_reading = true,
        Node::Close("rPh") => in_reading = false,
        Node::Open(_, "t") => in_text = true,
        Node::Close("t") => in_text = false,
        Node::Text(piece) if in_text && !in_reading => text.push_str(piece),
        Node::Close("si") => strings.push(std::mem::take(&mut text)),
        _ => {}
    });
    strings
}

/// Of each cell style, whether it shows a number as a date.
fn date_styles(xml: &str) -> Vec<bool> {
    let mut formats = HashMap::new();
    let (mut styles, mut in_styles) = (Vec::new(), false);
    walk(xml, |node| match node {
        Node::Open(tag, "numFmt") => drop(formats.insert(
            attribute(tag, "numFmtId"),
            is_date_format(&attribute(tag, "formatCode")),
        )),
        Node::Open(_, "cellXfs") => in_styles = true,
        Node::Close("cellXfs") => in_styles = false,
        Node::Open(tag, "xf") if in_styles => {
            let id = attribute(tag, "numFmtId");
            let built_in = || matches!(id.parse(), Ok(14..=17 | 22 | 27..=36 | 50..=58));
            styles.push(formats.get(&id).copied().unwrap_or_else(built_in));
        }
        _ => {}
    });
    styles
}

/// Whether a format shows days, months or years: their letters outside of quotes and brackets.
fn is_date_format(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    let mut letters = String::new();
    for letter in code.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            letter if !quoted && !bracketed => letters.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    let has = |letter: char| letters.contains(letter);
    // «General» and «Основной» hold such letters as well; minutes alone are no date.
    !letters.contains("general") && (has('y') || has('d') || has('г') || has('д'))
}

#[derive(Default)]
struct Reading {
    strings: Vec<String>,
    dates: Vec<bool>,
    offset: u64,
    lines: Vec<Line>,
    row: usize,
    cells: Vec<Cell>,
    /// Of the cell being read: its column, type and style.
    column: usize,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    whole: bool,
    bad: Option<Bad>,
    merges: Vec<[usize; 4]>,
}

impl Reading {
    fn read(&mut self, sheet: &str) -> Result<(), Bad> {
        walk(sheet, |node| {
            if self.bad.is_none() {
                self.node(&node);
            }
        });
        if let Some(bad) = self.bad {
            return Err(bad);
        }
        // A sheet that breaks off is refused: rows may be missing.
        if !self.whole {
            return Err(BROKEN);
        }
        self.fill_merges()
    }

    fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(tag, "row") => {
                self.row = attribute(tag, "r").parse().unwrap_or(self.row + 1);
                self.cells.clear();
                self.column = 0;
            }
            Node::Open(tag, "c") => {
                let place = attribute(tag, "r");
                self.column = place_of(&place).map_or(self.column, |(column, _)| column);
                self.kind = attribute(tag, "t");
                self.style = attribute(tag, "s").parse().unwrap_or(0);
                self.value.clear();
            }
            Node::Open(_, "v" | "t") => self.in_value = true,
            Node::Close("v" | "t") => self.in_value = false,
            Node::Text(text) if self.in_value => self.value.push_str(text),
            Node::Close("c") => self.close_cell(),
            Node::Close("row") => self.close_row(),
            Node::Open(tag, "mergeCell") => {
                let area = attribute(tag, "ref");
                let corners = area
                    .split_once(':')
                    .and_then(|(from, to)| Some((place_of(from)?, place_of(to)?)));
                if let Some(((left, top), (right, bottom))) = corners {
                    self.merges.push([left, top, right, bottom]);
                }
            }
            Node::Close("worksheet") => self.whole = true,
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        let column = self.column;
        self.column += 1;
        if column >= MOST_COLUMNS || self.value.is_empty() {
            return;
        }
        let number = || self.value.trim().parse::<f64>().ok();
        let text = |text: &str| Cell::typed(text);
        let cell = match self.kind.as_str() {
            "s" => {
                let found = self.value.trim().parse().ok();
                found
                    .and_then(|place: usize| self.strings.get(place))
                    .map_or_else(Cell::default, |shared| text(shared))
            }
            "str" | "inlineStr" => text(&self.value),
            "b" => text(if self.value.trim() == "1" {
                "да"
            } else {
                "нет"
            }),
            "e" => Cell::Broken(self.value.clone()),
            "d" => text(&self.value),
            _ => match number() {
                None => text(&self.value),
                Some(number) => self.date(number).map_or(Cell::Number(number), Cell::Date),
            },
        };
        if !cell.is_empty() {
            self.cells
                .resize(self.cells.len().max(column + 1), Cell::Empty);
            if let Some(place) = self.cells.get_mut(column) {
                *place = cell;
            }
        }
    }

    /// The day of a number that is shown as one; a time of day alone is none.
    fn date(&self, number: f64) -> Option<NaiveDate> {
        let shown = self.dates.get(self.style).copied().unwrap_or(false);
        let fits = (1.0..200_000.0).contains(&number);
        (shown && fits)
            .then(|| of_serial(number as u64 + self.offset))
            .flatten()
    }

    fn close_row(&mut self) {
        if self.cells.is_empty() {
            return;
        }
        // A header, and titles above it, are rows too.
        if self.lines.len() >= MOST_ROWS + super::HEADER_WITHIN {
            self.bad = Some(Bad::TooManyRows);
            return;
        }
        self.lines.push((self.row, std::mem::take(&mut self.cells)));
    }

    /// Rows that would be empty but for a merge stay left out.
    fn fill_merges(&mut self) -> Result<(), Bad> {
        let mut filled = 0;
        for [left, top, right, bottom] in std::mem::take(&mut self.merges) {
            let first = self.lines.partition_point(|(row, _)| *row < top);
            let Some((row, cells)) = self.lines.get(first) else {
                continue;
            };
            if *row != top {
                continue;
            }
            let value = cells.get(left).cloned().unwrap_or_default();
            if value.is_empty() {
                continue;
            }
            let right = right.min(MOST_COLUMNS - 1);
            let within = self.lines[first..]
                .iter_mut()
                .take_while(|(row, _)| *row <= bottom);
            for (_, cells) in within {
                cells.resize(cells.len().max(right + 1), Cell::Empty);
                for cell in cells.get_mut(left..=right).into_iter().flatten() {
                    *cell = value.clone();
                    filled += 1;
                }
                if filled > MOST_MERGED {
                    return Err(Bad::Archive(BadArchive::Swells));
                }
            }
        }
        Ok(())
    }
}

/// «B12» as column 1 and row 12: columns from 0, rows from 1.
fn place_of(name: &str) -> Option<(usize, usize)> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let (column, row) = name.split_at_checked(letters)?;
    if letters == 0 || letters > 3 {
        return None;
    }
    let column = column
        .bytes()
        .fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    Some((column - 1, row.parse().ok()?))
}

#[cfg(test)]
mod tests;
