//! All that the database keeps about one person, in a form to be read.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::{TRACES, Trace, Whole, erase::speaking, rows, rows::Row};
use crate::dump::{DumpError, Table, tables};

/// Secrets, and what only computers compare by.
const HIDDEN: [&str; 11] = [
    "password_hash",
    "token_hash",
    "code_hash",
    "secret",
    "sealed",
    "lookup",
    "search_name",
    "registration_key",
    "issuer_key",
    "stamp",
    "key",
];
/// Secrets by names that are harmless elsewhere.
const HIDDEN_HERE: [(&str, &str); 1] = [("registration", "code")];

/// What an id is called: the column, under which name the words stand beside it, and where from.
const CALLED: [(&str, &str, &str, &str, &str); 7] = [
    ("event_id", "event", "event", "id", "title"),
    (
        "institution_id",
        "institution",
        "institution",
        "id",
        "short_name",
    ),
    ("association_id", "association", "association", "id", "name"),
    ("kit_id", "kit", "kit", "id", "name"),
    ("poll_id", "poll", "poll", "id", "text"),
    ("question_id", "question", "question", "id", "text"),
    ("position_code", "position", "position", "code", "name_ru"),
];

/// The rows of one table.
#[derive(Debug)]
pub struct Part {
    pub table: &'static str,
    /// In Russian and English.
    pub title: (&'static str, &'static str),
    pub rows: Vec<Row>,
}

/// How often the person did something in the records of others.
#[derive(Debug, serde::Serialize)]
pub struct Acted {
    pub table: &'static str,
    pub column: &'static str,
    pub rows: i64,
}

/// How often texts speak of the person.
#[derive(Debug, serde::Serialize)]
pub struct Mention {
    pub table: String,
    pub column: String,
    pub times: usize,
}

/// Every record about the person, table by table; empty ones left out.
///
/// # Errors
///
/// A database that is away.
pub async fn about(db: &impl ConnectionTrait, whole: &Whole) -> Result<Vec<Part>, DumpError> {
    let schema = tables(db).await?;
    let mut parts: Vec<Part> = Vec::new();
    for trace in TRACES {
        let Some(title) = trace.title else { continue };
        let rows = of_trace(db, &schema, trace, whole).await?;
        match parts.iter_mut().find(|part| part.table == trace.table) {
            Some(part) => part.rows.extend(rows),
            None => parts.push(Part {
                table: trace.table,
                title,
                rows,
            }),
        }
    }
    for part in &mut parts {
        let mut seen = HashSet::new();
        // A row may be reached by two columns.
        part.rows
            .retain(|row| seen.insert(Value::Object(row.clone()).to_string()));
        name_ids(db, &schema, part).await?;
        for row in &mut part.rows {
            row.retain(|column, _| !is_hidden(part.table, column));
        }
    }
    parts.retain(|part| !part.rows.is_empty());
    Ok(parts)
}

fn is_hidden(table: &str, column: &str) -> bool {
    HIDDEN.contains(&column) || HIDDEN_HERE.contains(&(table, column))
}

async fn of_trace(
    db: &impl ConnectionTrait,
    schema: &[Table],
    trace: &Trace,
    whole: &Whole,
) -> Result<Vec<Row>, DumpError> {
    let Some(table) = schema.iter().find(|table| table.name == trace.table) else {
        return Ok(Vec::new());
    };
    let values = whole.values(trace.leads_to);
    Ok(rows::holding(db, table, trace.column, &values).await?)
}

/// Puts words beside ids.
async fn name_ids(
    db: &impl ConnectionTrait,
    schema: &[Table],
    part: &mut Part,
) -> Result<(), DumpError> {
    for (column, called, table, key, words) in CALLED {
        let Some(table) = schema.iter().find(|one| one.name == table) else {
            continue;
        };
        let Some(kind) = table.columns.iter().find(|one| one.name == key) else {
            continue;
        };
        let mut ids: Vec<Value> = Vec::new();
        for row in &part.rows {
            match row.get(column) {
                Some(id) if !id.is_null() && !ids.contains(id) => ids.push(id.clone()),
                _ => {}
            }
        }
        let values: Vec<sea_orm::Value> = ids
            .into_iter()
            .filter_map(|id| kind.kind.write(id).ok())
            .collect();
        let found = rows::holding(db, table, key, &values).await?;
        for row in &mut part.rows {
            let id = row.get(column).cloned();
            let named = found.iter().find(|one| one.get(key) == id.as_ref());
            if let Some(text) = named.and_then(|one| one.get(words)) {
                row.insert(called.to_owned(), text.clone());
            }
        }
    }
    Ok(())
}

/// What the person did in the records of others: numbers, because those are about others.
///
/// # Errors
///
/// A database that is away.
pub async fn acted(db: &impl ConnectionTrait, whole: &Whole) -> Result<Vec<Acted>, DumpError> {
    let mut acted = Vec::new();
    for trace in TRACES.iter().filter(|trace| trace.title.is_none()) {
        let values = whole.values(trace.leads_to);
        let rows = rows::count(db, trace.table, trace.column, &values).await?;
        if rows > 0 {
            acted.push(Acted {
                table: trace.table,
                column: trace.column,
                rows,
            });
        }
    }
    Ok(acted)
}

/// Texts that name the person, and how often: the texts themselves speak of others too.
///
/// # Errors
///
/// A database that is away.
pub async fn mentions(db: &impl ConnectionTrait, whole: &Whole) -> Result<Vec<Mention>, DumpError> {
    let mut mentions: Vec<Mention> = Vec::new();
    for table in tables(db).await? {
        for (_, texts) in speaking(db, &table, &whole.sought).await? {
            for (column, text) in texts {
                let times = whole.sought.mentions(&text);
                let known = mentions
                    .iter_mut()
                    .find(|one| one.table == table.name && one.column == column);
                match known {
                    Some(known) => known.times += times,
                    None => mentions.push(Mention {
                        table: table.name.clone(),
                        column,
                        times,
                    }),
                }
            }
        }
    }
    Ok(mentions)
}
