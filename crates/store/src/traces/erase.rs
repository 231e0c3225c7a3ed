//! Erasing a person: rows go or lose their values as [`TRACES`] says, then the name in every text.

use chrono::{DateTime, Utc};
use kafedra_model::{
    erasure::{Sought, TOKEN},
    name::fold,
};
use sea_orm::{
    ConnectionTrait, DbErr, Statement, Value,
    prelude::Uuid,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};

use super::{Blank, Fate, TRACES, Trace, Whole, rows, rows::Row};
use crate::{
    dump::{DumpError, Kind, Table, tables},
    search::IDS_A_QUERY,
};

/// Tables whose texts stay: the log holds no names, institutions and positions are named after nobody
/// who could be erased, people's cards are named by their ids, and who signed certificates in office
/// is part of other people's certificates.
const SPOKEN: [&str; 5] = [
    "access_log",
    "institution",
    "letterhead",
    "person",
    "position",
];

/// What an erasure came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Hashes of files that were the person's; some may still be another's too.
    pub files: Vec<String>,
    /// Letters that are gone.
    pub letters: Vec<Uuid>,
    /// Events of which the person had certificates.
    pub certified: Vec<Uuid>,
    /// Rows whose texts named the person.
    pub texts: usize,
}

/// Erases a person, within a transaction. Files and letters on disk are the caller's, once it is
/// committed.
///
/// # Errors
///
/// A database that is away; then the transaction has to be rolled back.
pub async fn erase(
    db: &impl ConnectionTrait,
    whole: &Whole,
    now: DateTime<Utc>,
) -> Result<Erased, DumpError> {
    let schema = tables(db).await?;
    let mut erased = Erased {
        letters: letters(db, &schema, whole).await?,
        certified: rows::ids(
            db,
            "certificate",
            "event_id",
            "person_id",
            &[whole.person.id],
        )
        .await?,
        ..Erased::default()
    };
    if let Some(scans) = schema.iter().find(|table| table.name == "document_scan") {
        let documents = whole.values(super::Link::Document);
        for row in rows::holding(db, scans, "document_id", &documents).await? {
            erased.files.extend(text_of(&row, "file_hash"));
        }
    }
    for trace in TRACES {
        settle(db, trace, whole, now).await?;
    }
    for table in &schema {
        for (row, texts) in speaking(db, table, &whole.sought).await? {
            rewrite(db, table, &row, texts, &whole.sought).await?;
            erased.texts += 1;
        }
    }
    Ok(erased)
}

async fn letters(
    db: &impl ConnectionTrait,
    schema: &[Table],
    whole: &Whole,
) -> Result<Vec<Uuid>, DumpError> {
    let mut letters = Vec::new();
    let traces = TRACES.iter().filter(|trace| trace.table == "letter");
    let table = schema.iter().find(|table| table.name == "letter");
    for (trace, table) in traces.zip(std::iter::repeat(table)) {
        let Some(table) = table else { continue };
        let values = whole.values(trace.leads_to);
        for row in rows::holding(db, table, trace.column, &values).await? {
            letters.extend(text_of(&row, "id").and_then(|id| id.parse::<Uuid>().ok()));
        }
    }
    Ok(letters)
}

fn text_of(row: &Row, column: &str) -> Option<String> {
    row.get(column)?.as_str().map(str::to_owned)
}

/// Lets the rows of one trace meet their fate.
async fn settle(
    db: &impl ConnectionTrait,
    trace: &Trace,
    whole: &Whole,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let blanks = match trace.fate {
        Fate::Keep(_) => return Ok(()),
        Fate::Blank(blanks) => blanks,
        Fate::Delete => &[],
    };
    for some in whole.values(trace.leads_to).chunks(IDS_A_QUERY) {
        let theirs = || Expr::col(trace.column).is_in(some.iter().cloned());
        if matches!(trace.fate, Fate::Delete) {
            let delete = Query::delete()
                .from_table(trace.table)
                .and_where(theirs())
                .to_owned();
            db.execute(&delete).await?;
        }
        for (column, blank) in blanks {
            let (value, only): (SimpleExpr, Option<SimpleExpr>) = match blank {
                Blank::Null => (Expr::cust("NULL"), None),
                Blank::Empty => (Expr::value(""), None),
                Blank::Token => (Expr::value(TOKEN), None),
                Blank::Folded => (Expr::value(fold(TOKEN)), None),
                Blank::Today => {
                    let today = now.date_naive();
                    let open = Expr::col(*column)
                        .is_null()
                        .or(Expr::col(*column).gt(today));
                    (Expr::value(today), Some(open))
                }
                Blank::Now => (Expr::value(now), Some(Expr::col(*column).is_null())),
            };
            let mut update = Query::update();
            update
                .table(trace.table)
                .value(*column, value)
                .and_where(theirs());
            if let Some(only) = only {
                update.and_where(only);
            }
            db.execute(&update).await?;
        }
    }
    Ok(())
}

/// Rows of a table whose texts speak of the person, each with those texts by their columns.
pub(super) async fn speaking(
    db: &impl ConnectionTrait,
    table: &Table,
    sought: &Sought,
) -> Result<Vec<(Row, Vec<(String, String)>)>, DumpError> {
    let columns: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| column.kind == Kind::Text && !table.key.contains(&column.name))
        .map(|column| column.name.as_str())
        .collect();
    if columns.is_empty() || table.key.is_empty() || SPOKEN.contains(&table.name.as_str()) {
        return Ok(Vec::new());
    }
    let needles = sought.needles();
    let values: Vec<Value> = needles
        .iter()
        .map(|needle| {
            let literal = needle
                .replace('\\', "\\\\")
                .replace('%', "\\%")
                .replace('_', "\\_");
            format!("%{literal}%").into()
        })
        .collect();
    let conditions: Vec<String> = columns
        .iter()
        .flat_map(|column| {
            (1..=needles.len()).map(move |place| format!("\"{column}\" LIKE ${place} ESCAPE '\\'"))
        })
        .collect();
    let found = rows::matching(db, table, &conditions.join(" OR "), values).await?;
    let mut speaking = Vec::new();
    for row in found {
        let texts: Vec<(String, String)> = columns
            .iter()
            .filter_map(|column| Some(((*column).to_owned(), text_of(&row, column)?)))
            .filter(|(_, text)| sought.erase(text).is_some())
            .collect();
        if !texts.is_empty() {
            speaking.push((row, texts));
        }
    }
    Ok(speaking)
}

async fn rewrite(
    db: &impl ConnectionTrait,
    table: &Table,
    row: &Row,
    texts: Vec<(String, String)>,
    sought: &Sought,
) -> Result<(), DumpError> {
    let mut values: Vec<Value> = Vec::new();
    let mut place = |value: Value| {
        values.push(value);
        values.len()
    };
    let sets: Vec<String> = texts
        .into_iter()
        .filter_map(|(column, text)| {
            let erased = sought.erase(&text)?;
            Some(format!("\"{column}\" = ${}", place(erased.into())))
        })
        .collect();
    let mut keys = Vec::with_capacity(table.key.len());
    for key in &table.key {
        let kind = table.columns.iter().find(|column| column.name == *key);
        let value = row.get(key).cloned().unwrap_or_default();
        let value = kind
            .ok_or_else(|| "its key is no column".to_owned())
            .and_then(|column| column.kind.write(value))
            .map_err(|problem| DumpError::Unfit {
                table: table.name.clone(),
                problem,
            })?;
        keys.push(format!("\"{key}\" = ${}", place(value)));
    }
    let sql = format!(
        "UPDATE \"{}\" SET {} WHERE {}",
        table.name,
        sets.join(", "),
        keys.join(" AND ")
    );
    let backend = db.get_database_backend();
    db.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}
