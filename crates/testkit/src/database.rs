//! A fresh, migrated database per test, on SQLite and on PostgreSQL.

use std::{future::Future, sync::Arc};

use kafedra_store::Store;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use uuid::Uuid;

/// A database of its own; its file or PostgreSQL database goes with it or with the test run.
#[derive(Clone)]
pub struct TestDatabase {
    pub store: Store,
    pub url: String,
    _folder: Option<Arc<TempDir>>,
}

impl TestDatabase {
    pub async fn sqlite() -> Self {
        let database = Self::bare_sqlite().await;
        database.store.migrate().await.expect("SQLite migrates");
        database
    }

    /// One without a table.
    pub async fn bare_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = Store::sqlite_url(&folder.path().join("kafedra.sqlite"));
        let store = Store::connect(&url).await.expect("SQLite opens");
        Self {
            store,
            url,
            _folder: Some(Arc::new(folder)),
        }
    }

    pub async fn postgres() -> Self {
        let database = Self::bare_postgres().await;
        database.store.migrate().await.expect("PostgreSQL migrates");
        database
    }

    /// One without a table.
    pub async fn bare_postgres() -> Self {
        let server = std::env::var("KAFEDRA_TEST_POSTGRES")
            .unwrap_or_else(|_| "postgres://kafedra@127.0.0.1:54329/postgres".to_owned());
        let admin = Store::connect(&server)
            .await
            .expect("no PostgreSQL answers; start one by scripts/postgres");
        let name = format!("test_{}", Uuid::new_v4().simple());
        admin
            .db
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .expect("PostgreSQL makes a database");
        let (base, _) = server.rsplit_once('/').expect("a database in the URL");
        let url = format!("{base}/{name}");
        let store = Store::connect(&url).await.expect("PostgreSQL connects");
        Self {
            store,
            url,
            _folder: None,
        }
    }
}

/// Runs one test on both databases, SQLite first. The database outlives the test even
/// where its closure moves only `database.store` into the future.
pub async fn on_both<F: Future<Output = ()>>(test: impl Fn(TestDatabase) -> F) {
    for database in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        test(database.clone()).await;
    }
}

/// The same for a test that migrates by itself.
pub async fn on_both_bare<F: Future<Output = ()>>(test: impl Fn(TestDatabase) -> F) {
    for database in [
        TestDatabase::bare_sqlite().await,
        TestDatabase::bare_postgres().await,
    ] {
        test(database.clone()).await;
    }
}
