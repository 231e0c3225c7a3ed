//! Opening the database that the configuration names.

use std::time::Duration;

use kafedra_store::{Store, StoreError};

use crate::{config::Config, fault::Fault};

const SQLITE_FILE: &str = "kafedra.sqlite";
const RETRY: Duration = Duration::from_secs(2);

/// The URL of the database: as configured, else a SQLite file in the data folder.
pub fn url(config: &Config) -> String {
    match &config.database.url {
        Some(url) => match url.strip_prefix("sqlite:") {
            Some(path) if !path.contains('?') && path != ":memory:" => format!("{url}?mode=rwc"),
            _ => url.clone(),
        },
        None => Store::sqlite_url(&config.server.data.join(SQLITE_FILE)),
    }
}

/// A handle to the database. A SQLite file is opened at once; a server is not waited for.
///
/// # Errors
///
/// `database.away` for a file that cannot be opened or an address that cannot be read.
pub async fn open(config: &Config) -> Result<Store, Fault> {
    Store::open(&url(config)).await.map_err(fault)
}

/// Opens the database and brings its schema up to date, for commands that need it now.
///
/// # Errors
///
/// `database.away` or `database.newer`.
pub async fn migrated(config: &Config) -> Result<Store, Fault> {
    let store = open(config).await?;
    store.migrate().await.map_err(fault)?;
    Ok(store)
}

/// Brings the schema up to date, waiting as long as it takes for a server that does not answer.
///
/// # Errors
///
/// Whatever waiting does not mend: a newer database, a migration that fails.
pub async fn migrate_patiently(store: &Store) -> Result<(), Fault> {
    let mut told = false;
    loop {
        match store.migrate().await {
            Ok(()) => return Ok(()),
            Err(error) if error.is_away() => {
                if !told {
                    tracing::warn!(%error, "the database does not answer; waiting for it");
                    told = true;
                }
                tokio::time::sleep(RETRY).await;
            }
            Err(error) => return Err(fault(error)),
        }
    }
}

pub fn fault(error: StoreError) -> Fault {
    match error {
        StoreError::Newer(migration) => Fault::database_newer(&migration),
        error if error.is_away() => Fault::database_away(error),
        error => Fault::database_failed(error),
    }
}
