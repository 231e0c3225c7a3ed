//! A passport read in from a paper of the usual form: fields beside their values, then tables of
//! indicators, money, stages with checkpoints, risks.
//!
//! The paper comes as [`Block`]s, whatever file it was. `walk` goes through them once and gathers
//! what stands under which label and which table's column; `fields`, `measures`, `money` and `work`
//! make the draft of it. Everything in the draft names the place it was [`Found`] at; whatever was
//! not understood is [`Unread`], with its own words beside the reason. Nothing is guessed: what a
//! paper does not say stays empty in the [`Draft`].
//!
//! To add a form: its labels to `label`, its column heads to `column`, a case to the tests.

use serde::Serialize;
use utoipa::ToSchema;

use super::{FORMAT, Passport};

mod column;
mod draft;
mod fields;
mod grid;
mod label;
mod measures;
mod money;
mod number;
mod term;
mod text;
mod walk;
mod work;

#[cfg(test)]
mod tests;

pub use draft::{
    Draft, DraftApproval, DraftCheckpoint, DraftIndicator, DraftParticipant, DraftStage,
};
pub use text::blocks as blocks_of_text;

/// A piece of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// An empty one parts what stands around it.
    Paragraph(String),
    Table(Table),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub blocks: Vec<Block>,
    /// Over how many columns it goes; at least one.
    pub columns: usize,
    /// Belongs to the cell above it.
    pub continues: bool,
}

impl Cell {
    pub fn of(text: &str) -> Self {
        Self {
            blocks: text
                .split('\n')
                .map(|line| Block::Paragraph(line.to_owned()))
                .collect(),
            columns: 1,
            continues: false,
        }
    }
}

/// Where on the paper: tables are counted apart from paragraphs, all from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[schema(as = ReadingPlace)]
pub enum Place {
    Paragraph {
        number: usize,
    },
    Cell {
        table: usize,
        row: usize,
        column: usize,
    },
}

/// From where a field of the draft comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReadingFound)]
pub struct Found {
    /// `indicators/1/plan/2017 4/value`, as changes name fields.
    pub field: String,
    pub place: Place,
    /// As the paper has it.
    pub original: String,
}

/// What was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReadingUnread)]
pub struct Unread {
    pub place: Place,
    pub original: String,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReadingWhy)]
pub enum Why {
    /// It stands under no label that we know.
    UnknownField,
    /// Its column has a head that we do not know.
    UnknownColumn,
    /// It should be a number and is none.
    NotANumber,
    /// It should be money, and roubles, thousands or millions are not told apart.
    NoUnit,
    /// It should be a month, a date or a term.
    NotADate,
    /// A year is missing, and the project has more than one.
    NoYear,
    /// It should be one of a few words.
    NotAWord,
    /// The paper says something else elsewhere.
    Twice,
    /// Where one part ends and the next begins is not told.
    Unclear,
    /// It refers to nothing on the paper.
    Dangling,
}

/// What a paper gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub draft: Draft,
    pub found: Vec<Found>,
    pub unread: Vec<Unread>,
}

/// Reads a paper.
pub fn read(blocks: &[Block]) -> Reading {
    let gathered = walk::gather(blocks);
    let mut notes = Notes {
        found: Vec::new(),
        unread: gathered.unread,
    };
    let mut draft = Draft {
        format: FORMAT,
        ..Draft::default()
    };
    fields::read(&gathered.fields, &mut draft, &mut notes);
    let year = draft.year();
    for list in &gathered.lists {
        match list.kind {
            label::Kind::Participants => fields::participants(list, &mut draft, &mut notes),
            label::Kind::Results => measures::results(list, &mut draft, &mut notes),
            label::Kind::Indicators => measures::indicators(list, year, &mut draft, &mut notes),
            label::Kind::Funding => money::funding(list, year, &mut draft, &mut notes),
            label::Kind::Expenses => money::expenses(list, &mut draft, &mut notes),
            label::Kind::Stages => work::stages(list, year, &mut draft, &mut notes),
            label::Kind::Risks => work::risks(list, &mut draft, &mut notes),
        }
    }
    money::drop_computed(&mut draft);
    measures::drop_dangling(&mut draft, &mut notes);
    Reading {
        draft,
        found: notes.found,
        unread: notes.unread,
    }
}

impl Reading {
    /// The passport, where everything that one needs was read.
    pub fn passport(&self) -> Option<Passport> {
        self.draft.complete()
    }
}

/// Text at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    place: Place,
    text: String,
}

/// What becomes of the pieces.
#[derive(Debug, Default)]
struct Notes {
    found: Vec<Found>,
    unread: Vec<Unread>,
}

impl Notes {
    fn found(&mut self, field: impl Into<String>, piece: &Piece) {
        self.found.push(Found {
            field: field.into(),
            place: piece.place,
            original: piece.text.clone(),
        });
    }

    fn unread(&mut self, piece: &Piece, why: Why) {
        self.unread.push(Unread {
            place: piece.place,
            original: piece.text.clone(),
            why,
        });
    }

    /// Keeps what was read, or notes why it was not.
    fn keep<T>(&mut self, field: String, piece: &Piece, read: Result<T, Why>) -> Option<T> {
        match read {
            Ok(value) => {
                self.found(field, piece);
                Some(value)
            }
            Err(why) => {
                self.unread(piece, why);
                None
            }
        }
    }
}
