//! A DOCX as paragraphs and tables: WordprocessingML (ECMA-376, part 1, 17.3 and 17.4).
//!
//! Nothing is believed: one part of the archive is unpacked, up to a limit, whatever its table of
//! contents says. Only text and the frames of cells are taken; entities of a document's own are not
//! resolved, so they cannot swell.

use std::io::{Cursor, Read};

use kafedra_model::passport::reading::{Block, Cell, Table};
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};
use zip::{ZipArchive, result::ZipError};

/// Bytes of the text with its marks; a passport has some hundred thousand.
const MOST_XML: u64 = 8 * 1024 * 1024;
/// Bytes of the list of what the archive holds.
const MOST_TYPES: u64 = 1024 * 1024;
/// Tables within tables, rows, cells and paragraphs on top of each other.
const DEEPEST: usize = 64;
/// Paragraphs and cells.
const MOST_PARTS: usize = 20_000;
/// Over how many columns a cell may go, and how many a row may begin with.
const MOST_COLUMNS: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDocx {
    #[error("damaged, or no DOCX at all")]
    Broken,
    #[error("it needs a password")]
    Locked,
    #[error("it swells beyond what any form needs")]
    Swells,
}

impl From<ZipError> for NotDocx {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::InvalidPassword
            | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Self::Locked,
            _ => Self::Broken,
        }
    }
}

/// What a DOCX holds, in its order.
///
/// # Errors
///
/// Why it is none.
pub fn blocks(file: &[u8]) -> Result<Vec<Block>, NotDocx> {
    let mut archive = ZipArchive::new(Cursor::new(file))?;
    let types = part(&mut archive, "[Content_Types].xml", MOST_TYPES)?;
    if !types.contains("wordprocessingml.document.main") {
        return Err(NotDocx::Broken);
    }
    body(&part(&mut archive, "word/document.xml", MOST_XML)?)
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, most: u64) -> Result<String, NotDocx> {
    let mut bytes = Vec::new();
    let entry = archive.by_name(name)?;
    entry
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| NotDocx::Broken)?;
    if bytes.len() as u64 > most {
        return Err(NotDocx::Swells);
    }
    String::from_utf8(bytes).map_err(|_| NotDocx::Broken)
}

/// What is open while the text is read.
enum Frame {
    Paragraph(String),
    Table(Vec<Vec<Cell>>),
    Row(Vec<Cell>),
    Cell(Cell),
}

#[derive(Default)]
struct Builder {
    done: Vec<Block>,
    open: Vec<Frame>,
    parts: usize,
    in_text: bool,
    /// Within what programs older than a picture's format are shown instead.
    fallbacks: usize,
}

fn body(xml: &str) -> Result<Vec<Block>, NotDocx> {
    let mut reader = Reader::from_str(xml);
    let mut builder = Builder::default();
    loop {
        match reader.read_event().map_err(|_| NotDocx::Broken)? {
            Event::Start(tag) => builder.start(&tag)?,
            Event::Empty(tag) => {
                builder.start(&tag)?;
                builder.end(tag.name().as_ref());
            }
            Event::End(tag) => builder.end(tag.name().as_ref()),
            Event::Text(text) => builder.text(&text.decode().map_err(|_| NotDocx::Broken)?),
            Event::GeneralRef(reference) => builder.text(&resolved(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(builder.done)
}

impl Builder {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), NotDocx> {
        self.parts += usize::from(matches!(tag.name().as_ref(), b"w:p" | b"w:tc"));
        if self.open.len() > DEEPEST || self.parts > MOST_PARTS {
            return Err(NotDocx::Swells);
        }
        match tag.name().as_ref() {
            b"mc:Fallback" => self.fallbacks += 1,
            _ if self.fallbacks > 0 => {}
            b"w:p" => self.open.push(Frame::Paragraph(String::new())),
            b"w:tbl" => self.open.push(Frame::Table(Vec::new())),
            b"w:tr" => self.open.push(Frame::Row(Vec::new())),
            b"w:tc" => self.open.push(Frame::Cell(Cell {
                blocks: Vec::new(),
                columns: 1,
                continues: false,
            })),
            b"w:t" => self.in_text = true,
            b"w:br" | b"w:cr" => self.write("\n"),
            b"w:tab" => self.write(" "),
            b"w:noBreakHyphen" => self.write("-"),
            b"w:gridSpan" => {
                let columns = count(tag);
                if let Some(Frame::Cell(cell)) = self.open.last_mut() {
                    cell.columns = columns;
                }
            }
            b"w:vMerge" => {
                let begins = attribute(tag).is_some_and(|value| value == "restart");
                if let Some(Frame::Cell(cell)) = self.open.last_mut() {
                    cell.continues = !begins;
                }
            }
            b"w:gridBefore" => {
                let columns = count(tag);
                if let Some(Frame::Row(cells)) = self.open.last_mut() {
                    cells.push(Cell {
                        columns,
                        ..Cell::of("")
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"mc:Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            _ if self.fallbacks > 0 => {}
            b"w:t" => self.in_text = false,
            b"w:p" | b"w:tbl" | b"w:tr" | b"w:tc" => self.close(),
            _ => {}
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Frame::Paragraph(text)) => self.add(Block::Paragraph(text)),
            Some(Frame::Table(rows)) => self.add(Block::Table(Table { rows })),
            Some(Frame::Row(cells)) => {
                if let Some(Frame::Table(rows)) = self.open.last_mut() {
                    rows.push(cells);
                }
            }
            Some(Frame::Cell(cell)) => {
                if let Some(Frame::Row(cells)) = self.open.last_mut() {
                    cells.push(cell);
                }
            }
            None => {}
        }
    }

    /// To the innermost cell, or to the text. A paragraph within a paragraph stands in a box of its own.
    fn add(&mut self, block: Block) {
        let cell = self.open.iter_mut().rev().find_map(|frame| match frame {
            Frame::Cell(cell) => Some(cell),
            _ => None,
        });
        match cell {
            Some(cell) => cell.blocks.push(block),
            None => self.done.push(block),
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.fallbacks == 0 {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(Frame::Paragraph(line)) = self.open.last_mut() {
            line.push_str(text);
        }
    }
}

/// `w:val`.
fn attribute(tag: &BytesStart<'_>) -> Option<String> {
    let attribute = tag.try_get_attribute("w:val").ok().flatten()?;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

fn count(tag: &BytesStart<'_>) -> usize {
    attribute(tag)
        .and_then(|value| value.parse().ok())
        .map_or(1, |columns: usize| columns.clamp(1, MOST_COLUMNS))
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    resolve_predefined_entity(&name)
        .unwrap_or_default()
        .to_owned()
}
