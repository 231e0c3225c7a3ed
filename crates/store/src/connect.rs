//! Opening the database and bringing its schema up to date.

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr,
    sqlx::sqlite::SqliteSynchronous,
};
use sea_orm_migration::MigratorTrait;

use crate::migrations::Migrator;

/// A connected database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub db: DatabaseConnection,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file or server holds migrations that this program does not know.
    #[error("the database was made by a newer version of Kafedra (unknown migration {0})")]
    Newer(String),
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl Store {
    /// Opens `sqlite:PATH?mode=rwc`, `sqlite::memory:` or `postgres://…`; does not touch the schema.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options
            .sqlx_logging(false)
            .connect_timeout(Duration::from_secs(10))
            .acquire_timeout(Duration::from_secs(10));
        if url.starts_with("sqlite:") {
            // An in-memory database lives as long as its one connection.
            let connections = if url.contains(":memory:") { 1 } else { 8 };
            options
                .max_connections(connections)
                .min_connections(1)
                .map_sqlx_sqlite_opts(|sqlite| {
                    sqlite
                        .foreign_keys(true)
                        .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                        .synchronous(SqliteSynchronous::Normal)
                        .busy_timeout(Duration::from_secs(10))
                });
        } else {
            options.max_connections(16);
        }
        Ok(Self {
            db: Database::connect(options).await?,
        })
    }

    /// The URL of a SQLite file, made when missing.
    pub fn sqlite_url(path: &Path) -> String {
        format!("sqlite:{}?mode=rwc", path.display())
    }

    pub fn is_sqlite(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Sqlite
    }

    /// Applies the migrations that are missing; refuses a database of a newer version untouched.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.refuse_newer().await?;
        Migrator::up(&self.db, None).await?;
        Ok(())
    }

    async fn refuse_newer(&self) -> Result<(), StoreError> {
        let known: Vec<String> = Migrator::migrations()
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect();
        // Reading must not create the table: a newer file stays byte for byte as it was.
        let applied = match self
            .db
            .query_all_raw(sea_orm::Statement::from_string(
                self.db.get_database_backend(),
                "SELECT version FROM seaql_migrations",
            ))
            .await
        {
            Ok(rows) => rows,
            Err(_) => return Ok(()),
        };
        for row in applied {
            let version: String = row.try_get("", "version")?;
            if !known.contains(&version) {
                return Err(StoreError::Newer(version));
            }
        }
        Ok(())
    }

    /// A round trip to the database, for readiness checks.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.db.ping().await?)
    }
}
