//! The tables of a database, read from the database itself: nothing to keep up by hand.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::{DumpError, kind::Kind};

/// The migrations' own table: it travels as a list of names, not as rows.
const HISTORY: &str = "seaql_migrations";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub(crate) columns: Vec<Column>,
    /// Columns of the primary key, in its order.
    pub(crate) key: Vec<String>,
    /// Tables that this one refers to.
    refers_to: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub kind: Kind,
}

impl Table {
    pub fn column_names(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| column.name.clone())
            .collect()
    }

    /// Names of the columns that hold ids.
    pub fn id_columns(&self) -> impl Iterator<Item = &str> {
        self.columns
            .iter()
            .filter(|column| column.kind == Kind::Uuid)
            .map(|column| column.name.as_str())
    }

    /// What is asked for where every column is to be read.
    pub(crate) fn columns_as_read(&self, backend: DbBackend) -> String {
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                let cast = match backend {
                    DbBackend::Postgres => column.kind.postgres_cast(),
                    _ => "",
                };
                format!("\"{0}\"{cast} AS \"{0}\"", column.name)
            })
            .collect();
        columns.join(", ")
    }

    /// Every row in the order of the key.
    pub(super) fn select(&self, backend: DbBackend) -> String {
        // Bytes decide, not a language's order: both databases agree on it then.
        let key: Vec<String> = self
            .key
            .iter()
            .map(|name| match (backend, self.kind_of(name)) {
                (DbBackend::Postgres, Some(Kind::Text)) => format!("\"{name}\" COLLATE \"C\""),
                _ => format!("\"{name}\""),
            })
            .collect();
        let order = if key.is_empty() {
            String::new()
        } else {
            format!(" ORDER BY {}", key.join(", "))
        };
        format!(
            "SELECT {} FROM \"{}\"{order}",
            self.columns_as_read(backend),
            self.name
        )
    }

    fn kind_of(&self, column: &str) -> Option<Kind> {
        self.columns
            .iter()
            .find(|one| one.name == column)
            .map(|one| one.kind)
    }
}

/// Names of the applied migrations, oldest first; none for a database that has no schema.
pub(super) async fn migrations(db: &impl ConnectionTrait) -> Result<Vec<String>, DumpError> {
    if !names(db).await?.iter().any(|name| name == HISTORY) {
        return Ok(Vec::new());
    }
    let rows = ask(db, "SELECT version FROM seaql_migrations ORDER BY version").await?;
    Ok(strings(&rows, "version")?)
}

pub(super) async fn has_rows(db: &impl ConnectionTrait, table: &str) -> Result<bool, DumpError> {
    let rows = ask(db, &format!("SELECT 1 AS one FROM \"{table}\" LIMIT 1")).await?;
    Ok(!rows.is_empty())
}

/// Every table but the history, each after those that it refers to.
pub(crate) async fn tables(db: &impl ConnectionTrait) -> Result<Vec<Table>, DumpError> {
    let mut waiting = BTreeMap::new();
    for name in names(db).await? {
        if name != HISTORY {
            waiting.insert(name.clone(), table(db, name).await?);
        }
    }
    let mut ordered: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let free: Vec<String> = waiting
            .values()
            .filter(|table| {
                table
                    .refers_to
                    .iter()
                    .all(|other| *other == table.name || !waiting.contains_key(other))
            })
            .map(|table| table.name.clone())
            .collect();
        if free.is_empty() {
            return Err(DumpError::Unfit {
                table: waiting.into_keys().collect::<Vec<_>>().join(", "),
                problem: "these tables refer to each other in a circle".to_owned(),
            });
        }
        ordered.extend(free.iter().filter_map(|name| waiting.remove(name)));
    }
    Ok(ordered)
}

async fn names(db: &impl ConnectionTrait) -> Result<Vec<String>, DumpError> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text AS name FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"
        }
        _ => {
            "SELECT name FROM sqlite_master WHERE type = 'table' \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1"
        }
    };
    Ok(strings(&ask(db, sql).await?, "name")?)
}

async fn table(db: &impl ConnectionTrait, name: String) -> Result<Table, DumpError> {
    let (columns, key, refers_to) = match db.get_database_backend() {
        DbBackend::Postgres => (
            format!(
                "SELECT column_name::text AS name, data_type::text AS type \
                 FROM information_schema.columns WHERE table_schema = current_schema() \
                 AND table_name = '{name}' ORDER BY column_name COLLATE \"C\""
            ),
            format!(
                "SELECT a.attname::text AS name FROM pg_index i \
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) \
                 WHERE i.indrelid = '\"{name}\"'::regclass AND i.indisprimary \
                 ORDER BY array_position(i.indkey, a.attnum)"
            ),
            format!(
                "SELECT f.relname::text AS name FROM pg_constraint c \
                 JOIN pg_class f ON f.oid = c.confrelid \
                 WHERE c.contype = 'f' AND c.conrelid = '\"{name}\"'::regclass"
            ),
        ),
        _ => (
            format!("SELECT name, type FROM pragma_table_info('{name}') ORDER BY name"),
            format!("SELECT name FROM pragma_table_info('{name}') WHERE pk > 0 ORDER BY pk"),
            format!("SELECT \"table\" AS name FROM pragma_foreign_key_list('{name}')"),
        ),
    };
    let rows = ask(db, &columns).await?;
    let mut columns = Vec::with_capacity(rows.len());
    for (column, sql_type) in strings(&rows, "name")?
        .into_iter()
        .zip(strings(&rows, "type")?)
    {
        let kind = Kind::of(&sql_type).ok_or_else(|| DumpError::Type {
            table: name.clone(),
            column: column.clone(),
            sql_type,
        })?;
        columns.push(Column { name: column, kind });
    }
    Ok(Table {
        columns,
        key: strings(&ask(db, &key).await?, "name")?,
        refers_to: strings(&ask(db, &refers_to).await?, "name")?,
        name,
    })
}

async fn ask(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<sea_orm::QueryResult>, DbErr> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
}

fn strings(rows: &[sea_orm::QueryResult], column: &str) -> Result<Vec<String>, DbErr> {
    rows.iter().map(|row| row.try_get("", column)).collect()
}
