//! Rows against the register: what each would write, and words about it.
//!
//! Pure but for [`Register::read`]: the register is read once, every row is held against it and against
//! the rows before it, and what they come to together is a [`Plan`]. The same is done for a dry run
//! and, within the transaction, for the import itself.

use std::collections::HashMap;

use chrono::NaiveDate;
use kafedra_model::{
    Action, Actor, Locale,
    import::{Field, Kind, Row, complaint::Complaints},
};
use kafedra_store::{
    access_log::Entry, employment, institution, person, professional_development::Newcomer, snils,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::table::Table;
use crate::{ApiResult, vault::Vault};

mod documents;
mod institutions;
mod people;
mod register;

pub use register::Register;

/// What one row comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// Makes a new record.
    Created,
    /// Adds to a record that is there.
    Changed,
    /// Says nothing that the register does not know.
    Duplicate,
    /// Cannot come in.
    Wrong,
}

/// One row of a dry run.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRow {
    /// Its number in the file.
    line: usize,
    /// Who or what it is about.
    name: String,
    outcome: ImportOutcome,
    /// What is wrong, in the caller's language; empty unless the outcome is `wrong`.
    errors: Vec<String>,
    /// What is worth knowing, and refuses nothing.
    notes: Vec<String>,
}

impl ImportRow {
    pub fn outcome(&self) -> ImportOutcome {
        self.outcome
    }
}

/// What all rows would write.
#[derive(Debug, Default)]
pub struct Plan {
    pub institutions: Vec<(Uuid, institution::Draft)>,
    pub people: Vec<(Uuid, person::Draft)>,
    /// Account, person, login.
    pub accounts: Vec<(Uuid, Uuid, String)>,
    pub numbers: Vec<(Uuid, snils::Draft)>,
    /// Addresses and birth dates that cards did not have.
    pub fills: HashMap<Uuid, (Option<String>, Option<NaiveDate>)>,
    /// Employments that end: which, the last day, and the one before.
    pub ends: Vec<(employment::Model, NaiveDate)>,
    pub employments: Vec<employment::Model>,
    pub documents: Vec<Newcomer>,
    pub log: Vec<Entry>,
}

/// What a check takes beside the rows.
pub struct Context {
    pub by: Actor,
    pub today: NaiveDate,
    pub locale: Locale,
    pub vault: Vault,
    /// Whoever imports has seen the documents themselves.
    pub verified: bool,
}

impl Context {
    fn log(&self, action: Action, subject: Uuid, details: impl Into<String>) -> Entry {
        Entry {
            actor: Some(self.by.person_id),
            action,
            subject: Some(subject),
            details: details.into(),
        }
    }
}

/// Holds every row against the register.
pub fn all(
    kind: Kind,
    table: &Table,
    mapping: &[Option<Field>],
    mut register: Register,
    context: &Context,
) -> ApiResult<(Vec<ImportRow>, Plan)> {
    let mut plan = Plan::default();
    let mut rows = Vec::with_capacity(table.rows.len());
    for (line, cells) in &table.rows {
        let row = Row { mapping, cells };
        let checked = match kind {
            Kind::People => people::check(&mut register, &mut plan, context, *line, row)?,
            Kind::Documents => documents::check(&mut register, &mut plan, context, *line, row),
            Kind::Institutions => {
                institutions::check(&mut register, &mut plan, context, *line, row)
            }
        };
        rows.push(report(*line, checked, context.locale));
    }
    Ok((rows, plan))
}

/// A row that was held against the register.
struct Checked {
    name: String,
    /// What it comes to if nothing is wrong with it.
    outcome: ImportOutcome,
    complaints: Complaints,
}

fn report(line: usize, checked: Checked, locale: Locale) -> ImportRow {
    let wrong = checked.complaints.refuse();
    let (errors, notes): (Vec<_>, Vec<_>) = checked
        .complaints
        .into_vec()
        .into_iter()
        .partition(|complaint| complaint.trouble.is_error());
    let words = |complaints: Vec<kafedra_model::import::Complaint>| {
        complaints.iter().map(|one| one.words(locale)).collect()
    };
    ImportRow {
        line,
        name: checked.name,
        outcome: if wrong {
            ImportOutcome::Wrong
        } else {
            checked.outcome
        },
        errors: words(errors),
        // What would come of a row that cannot come in is nobody's concern.
        notes: if wrong { Vec::new() } else { words(notes) },
    }
}
