//! Opening the database and bringing its schema up to date.

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait, sqlx,
    sqlx::sqlite::SqliteSynchronous,
};
use sea_orm_migration::MigratorTrait;

use crate::migrations::Migrator;

/// Statements that a connection to SQLite keeps ready.
const STATEMENTS: usize = 32;

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

impl StoreError {
    /// The server does not answer: waiting may mend it.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Db(error) if is_away(error))
    }
}

/// Whether an error says that the database's server does not answer, rather than that it refused
/// what was asked: a lost connection, none to be had in time, a server that starts or stops
/// (PostgreSQL's classes 08 and 57P, and 53300 for too many connections).
pub fn is_away(error: &DbErr) -> bool {
    let runtime = match error {
        DbErr::ConnectionAcquire(_) => return true,
        DbErr::Conn(error) | DbErr::Exec(error) | DbErr::Query(error) => error,
        _ => return false,
    };
    let RuntimeErr::SqlxError(error) = runtime else {
        return matches!(error, DbErr::Conn(_));
    };
    match &**error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            code.starts_with("08") || code.starts_with("57P") || code == "53300"
        }),
        _ => false,
    }
}

impl Store {
    /// Opens `sqlite:PATH?mode=rwc`, `sqlite::memory:` or `postgres://…`; does not touch the schema.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::with(url, false).await
    }

    /// The same, but a PostgreSQL server that does not answer yet is no error: the handle is there at
    /// once, and whatever is asked of it fails until the server answers.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::with(url, !url.starts_with("sqlite:")).await
    }

    async fn with(url: &str, lazy: bool) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options
            .sqlx_logging(false)
            .connect_lazy(lazy)
            .connect_timeout(Duration::from_secs(5))
            .acquire_timeout(Duration::from_secs(5));
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
                        // Of sqlx's hundred a connection those that name thousands of rows take
                        // megabytes each.
                        .statement_cache_capacity(STATEMENTS)
                });
        } else {
            options.max_connections(16);
        }
        Ok(Self {
            db: Database::connect(options).await?,
        })
    }

    /// Begins a transaction that will write.
    ///
    /// On SQLite it takes the one writer's turn at once and waits for it. A transaction that
    /// begins with reading would fail at its first write if another one wrote meanwhile.
    pub async fn write(&self) -> Result<DatabaseTransaction, DbErr> {
        let mode = self.is_sqlite().then_some(SqliteTransactionMode::Immediate);
        self.db
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: mode,
                ..TransactionOptions::default()
            })
            .await
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

    /// How many migrations [`Store::migrate`] would apply; a newer database is refused.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        let applied = self.refuse_newer().await?;
        Ok(Migrator::migrations().len().saturating_sub(applied))
    }

    /// Gives how many migrations were applied.
    pub(crate) async fn refuse_newer(&self) -> Result<usize, StoreError> {
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
            Err(error) if is_away(&error) => return Err(error.into()),
            // No such table: nobody has migrated this database yet.
            Err(_) => return Ok(0),
        };
        let count = applied.len();
        for row in applied {
            let version: String = row.try_get("", "version")?;
            if !known.contains(&version) {
                return Err(StoreError::Newer(version));
            }
        }
        Ok(count)
    }

    /// A round trip to the database, for readiness checks.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.db.ping().await?)
    }
}
