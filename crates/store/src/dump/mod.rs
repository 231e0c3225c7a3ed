//! Every row of every table, out of one database and into another of either kind.
//!
//! Owns: a consistent [`Snapshot`] to read from while others write, and a [`Filling`] of an empty
//! database in one transaction. What files look like is the caller's. Values travel as JSON in a form
//! that both databases share; a column of a type that `kind` does not know is an error, never a guess.
//!
//! Invariant: what a snapshot gives, a filling takes, row for row.

use futures_util::TryStreamExt;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbErr, IsolationLevel, Statement,
    StreamTrait, TransactionTrait,
    sea_query::{Alias, Query},
};
use sea_orm_migration::MigratorTrait;
use serde_json::Value;

use crate::{Store, StoreError, migrations::Migrator};

mod kind;
mod schema;

pub(crate) use kind::Kind;
pub use schema::Table;
pub(crate) use schema::tables;

/// Values in one statement: SQLite takes 32,766.
const VALUES: usize = 10_000;

#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database to fill holds rows already, or its schema is of a later version than the backup.
    #[error("the database is not empty: {0}")]
    NotEmpty(String),
    /// The backup holds migrations that this program does not know.
    #[error("the backup was made by a newer version of Kafedra (unknown migration {0})")]
    Newer(String),
    /// What was to be filled in does not fit the schema.
    #[error("table {table}: {problem}")]
    Unfit { table: String, problem: String },
    /// A column type that no dump handles yet: `kind.rs` wants a line.
    #[error("column {table}.{column} has the type {sql_type}, which cannot be backed up")]
    Type {
        table: String,
        column: String,
        sql_type: String,
    },
}

impl From<DbErr> for DumpError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// A database as it stood at one moment; others may write meanwhile.
pub struct Snapshot {
    transaction: DatabaseTransaction,
    /// In an order in which they can be filled: a table after those that it refers to.
    pub tables: Vec<Table>,
    /// The schema's history, oldest first.
    pub migrations: Vec<String>,
}

/// An empty database being filled. Nothing is kept unless [`Filling::finish`] is called.
pub struct Filling {
    transaction: DatabaseTransaction,
    tables: Vec<Table>,
    waiting: Vec<Vec<Value>>,
    into: Option<usize>,
}

impl Store {
    /// # Errors
    ///
    /// A database that does not answer, or holds a column of a type that cannot be backed up.
    pub async fn snapshot(&self) -> Result<Snapshot, DumpError> {
        let transaction = if self.is_sqlite() {
            // A read transaction sees one moment of the write-ahead log, from its first read on.
            self.db.begin().await?
        } else {
            self.db
                .begin_with_config(
                    Some(IsolationLevel::RepeatableRead),
                    Some(AccessMode::ReadOnly),
                )
                .await?
        };
        let migrations = schema::migrations(&transaction).await?;
        let tables = schema::tables(&transaction).await?;
        Ok(Snapshot {
            transaction,
            tables,
            migrations,
        })
    }

    /// Makes the schema as it was after `migrations` in an empty database and begins to fill it.
    ///
    /// # Errors
    ///
    /// `NotEmpty` for a database with rows of its own, `Newer` for a history that is not known here.
    pub async fn filling(&self, migrations: &[String]) -> Result<Filling, DumpError> {
        let known = Migrator::migrations();
        for (position, name) in migrations.iter().enumerate() {
            if known.get(position).is_none_or(|known| known.name() != name) {
                return Err(DumpError::Newer(name.clone()));
            }
        }
        self.refuse_newer().await?;
        let applied = schema::migrations(&self.db).await?;
        if applied.len() > migrations.len() {
            let extra = applied.last().cloned().unwrap_or_default();
            return Err(DumpError::NotEmpty(format!(
                "its schema is later than the backup's ({extra})"
            )));
        }
        let seeded = seeded().await?;
        for table in schema::tables(&self.db).await? {
            if !seeded.contains(&table.name) && schema::has_rows(&self.db, &table.name).await? {
                return Err(DumpError::NotEmpty(format!(
                    "there are rows in {}",
                    table.name
                )));
            }
        }
        let steps = u32::try_from(migrations.len() - applied.len()).unwrap_or(u32::MAX);
        Migrator::up(&self.db, Some(steps)).await?;
        let transaction = self.db.begin().await?;
        let tables = schema::tables(&transaction).await?;
        // What migrations wrote comes again with the backup, perhaps changed since.
        for table in tables
            .iter()
            .rev()
            .filter(|table| seeded.contains(&table.name))
        {
            let delete = Query::delete()
                .from_table(Alias::new(&table.name))
                .to_owned();
            transaction.execute(&delete).await?;
        }
        Ok(Filling {
            transaction,
            tables,
            waiting: Vec::new(),
            into: None,
        })
    }
}

/// Tables that migrations themselves write into, found by looking at a fresh database.
async fn seeded() -> Result<Vec<String>, DumpError> {
    let fresh = Store::connect("sqlite::memory:").await?;
    fresh.migrate().await?;
    let mut names = Vec::new();
    for table in schema::tables(&fresh.db).await? {
        if schema::has_rows(&fresh.db, &table.name).await? {
            names.push(table.name);
        }
    }
    Ok(names)
}

impl Snapshot {
    /// Gives every row of a table to `each`, in the order of its key, its values in the order of
    /// the table's columns. Returns how many there were.
    ///
    /// # Errors
    ///
    /// A database that goes away, or the first error of `each`.
    pub async fn rows<E: From<DumpError>>(
        &self,
        table: &Table,
        mut each: impl FnMut(Vec<Value>) -> Result<(), E>,
    ) -> Result<u64, E> {
        let statement = Statement::from_string(
            ConnectionTrait::get_database_backend(&self.transaction),
            table.select(ConnectionTrait::get_database_backend(&self.transaction)),
        );
        let mut rows = self
            .transaction
            .stream_raw(statement)
            .await
            .map_err(DumpError::from)?;
        let mut count = 0;
        while let Some(row) = rows.try_next().await.map_err(DumpError::from)? {
            let values = table
                .columns
                .iter()
                .map(|column| column.kind.read(&row, &column.name))
                .collect::<Result<_, DbErr>>()
                .map_err(DumpError::from)?;
            each(values)?;
            count += 1;
        }
        Ok(count)
    }
}

impl Filling {
    /// Rows that follow go into this table, their values in this order.
    ///
    /// # Errors
    ///
    /// `Unfit` for a table or columns that the schema does not have.
    pub async fn into_table(&mut self, name: &str, columns: &[String]) -> Result<(), DumpError> {
        self.flush().await?;
        let unfit = |problem: &str| DumpError::Unfit {
            table: name.to_owned(),
            problem: problem.to_owned(),
        };
        let position = self
            .tables
            .iter()
            .position(|table| table.name == name)
            .ok_or_else(|| unfit("there is no such table"))?;
        let known = self.tables.get(position).map(Table::column_names);
        if known.as_deref() != Some(columns) {
            return Err(unfit("its columns are others"));
        }
        self.into = Some(position);
        Ok(())
    }

    /// # Errors
    ///
    /// `Unfit` for a row that the table cannot take.
    pub async fn row(&mut self, values: Vec<Value>) -> Result<(), DumpError> {
        let width = values.len().max(1);
        self.waiting.push(values);
        if self.waiting.len() >= VALUES / width {
            self.flush().await?;
        }
        Ok(())
    }

    /// Keeps all of it.
    ///
    /// # Errors
    ///
    /// A database that goes away; then nothing was kept.
    pub async fn finish(mut self) -> Result<(), DumpError> {
        self.flush().await?;
        Ok(self.transaction.commit().await?)
    }

    async fn flush(&mut self) -> Result<(), DumpError> {
        let rows = std::mem::take(&mut self.waiting);
        if rows.is_empty() {
            return Ok(());
        }
        let Some(table) = self.into.and_then(|position| self.tables.get(position)) else {
            return Err(DumpError::Unfit {
                table: String::new(),
                problem: "rows before any table".to_owned(),
            });
        };
        let unfit = |problem: String| DumpError::Unfit {
            table: table.name.clone(),
            problem,
        };
        let mut insert = Query::insert()
            .into_table(Alias::new(&table.name))
            .columns(table.columns.iter().map(|column| Alias::new(&column.name)))
            .to_owned();
        for row in rows {
            if row.len() != table.columns.len() {
                return Err(unfit("a row has too few or too many values".to_owned()));
            }
            let values = table
                .columns
                .iter()
                .zip(row)
                .map(|(column, value)| {
                    column
                        .kind
                        .write(value)
                        .map(Into::into)
                        .map_err(|problem| unfit(format!("{}: {problem}", column.name)))
                })
                .collect::<Result<Vec<_>, _>>()?;
            insert
                .values(values)
                .map_err(|error| unfit(error.to_string()))?;
        }
        self.transaction.execute(&insert).await?;
        Ok(())
    }
}
