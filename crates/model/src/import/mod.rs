//! Tables that people bring: what a column means, what a cell says, what is wrong with a row.
//!
//! [`field`] guesses the meaning of a header; [`person`], [`document`] and [`institution`] read a row
//! and complain; [`identity`] decides whom a row is about. Reading files and comparing with the
//! register is the caller's.
//!
//! Invariant: nothing is guessed about people. What may mean two things is refused in words that say
//! how to make it mean one. To add a column: a [`Field`], its words and headers in [`field`], a line
//! where its row is read.

pub mod cell;
pub mod complaint;
pub mod date;
pub mod document;
pub mod field;
pub mod identity;
pub mod institution;
pub mod letters;
pub mod person;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

pub use cell::Cell;
pub use complaint::{Complaint, Trouble};
pub use field::Field;

/// What a table holds, a row each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportKind)]
pub enum Kind {
    /// People with their places of work; one who works twice has two rows.
    People,
    /// Documents of professional development of people who are in the register.
    Documents,
    Institutions,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::People, Self::Documents, Self::Institutions];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Documents => "documents",
            Self::Institutions => "institutions",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One row's cells by what they mean.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// What each column holds; `None` for one that is left out.
    pub mapping: &'a [Option<Field>],
    pub cells: &'a [Cell],
}

impl Row<'_> {
    pub fn cell(&self, field: Field) -> &Cell {
        self.mapping
            .iter()
            .position(|mapped| *mapped == Some(field))
            .and_then(|place| self.cells.get(place))
            .unwrap_or(&Cell::Empty)
    }

    pub fn has(&self, field: Field) -> bool {
        self.mapping.contains(&Some(field))
    }
}

/// A short mark of some texts: two lists of one mark are the same list.
pub fn stamp(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    BASE64_URL_SAFE_NO_PAD.encode(hash.finalize())
}
