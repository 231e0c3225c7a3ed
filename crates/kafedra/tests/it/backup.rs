//! Backup and restore, from either database into either, row for row.

use std::{io::Read, path::Path};

use flate2::read::GzDecoder;
use kafedra_testkit::Launch;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{post, program, signed_in};

/// All lines but the manifest, which says when it was made.
fn rows(path: &Path) -> String {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text.split_once('\n').unwrap().1.to_owned()
}

/// An empty PostgreSQL database of its own.
async fn postgres() -> String {
    let server = std::env::var("KAFEDRA_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://kafedra@127.0.0.1:54329/postgres".to_owned());
    let admin = kafedra_store::Store::connect(&server)
        .await
        .expect("no PostgreSQL answers; start one by scripts/postgres");
    let name = format!("restore_{}", uuid::Uuid::new_v4().simple());
    let create = format!("CREATE DATABASE {name}");
    admin.db.execute_unprepared(&create).await.unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

fn write(launch: &Launch, name: &str) -> std::path::PathBuf {
    let path = launch.folder().join(name);
    launch.succeeds(&["backup", path.to_str().unwrap()]);
    path
}

#[tokio::test]
async fn a_backup_of_a_running_server_restores_into_the_other_database_and_back() {
    let source = program();
    let server = source.start("demo");
    let client = signed_in(&server, "teacher").await;
    let meeting = json!({ "title": "Проба «ё» \u{1F600} \" \\ \n" });
    assert_eq!(
        post(&client, &server, "/api/events/now", meeting)
            .await
            .status(),
        200
    );
    let original = write(&source, "original.gz");
    server.stop();

    let inside_postgres = program().with("KAFEDRA_DATABASE__URL", postgres().await);
    inside_postgres.succeeds(&["restore", original.to_str().unwrap()]);
    let copy = write(&inside_postgres, "copy.gz");
    assert!(
        rows(&original) == rows(&copy),
        "PostgreSQL gives back other rows"
    );

    let inside_sqlite = program();
    inside_sqlite.succeeds(&["restore", copy.to_str().unwrap()]);
    let back = write(&inside_sqlite, "back.gz");
    assert!(
        rows(&original) == rows(&back),
        "SQLite gives back other rows"
    );

    // And the copy is a city that works.
    let server = inside_postgres.start("demo");
    signed_in(&server, "admin").await;
    server.stop();
}

#[tokio::test]
async fn a_database_with_rows_is_never_restored_over() {
    let launch = program();
    launch.start("demo").stop();
    let backup = write(&launch, "backup.gz");
    let said = launch.fails(&["restore", backup.to_str().unwrap()]);
    assert!(said.contains("restore.not_empty"), "{said}");
    let said = launch.fails(&["backup", backup.to_str().unwrap()]);
    assert!(said.contains("backup.exists"), "{said}");
}

#[test]
fn half_a_file_or_another_file_restores_nothing() {
    let source = program();
    source.start("demo").stop();
    let whole = std::fs::read(write(&source, "whole.gz")).unwrap();
    let target = program();
    let check = |name: &str, content: &[u8]| {
        let path = target.folder().join(name);
        std::fs::write(&path, content).unwrap();
        let said = target.fails(&["restore", path.to_str().unwrap()]);
        assert!(said.contains("backup.unreadable"), "{name}: {said}");
    };
    check("half.gz", &whole[..whole.len() / 2]);
    check("empty.gz", b"");
    check("text.gz", b"hello");
    // Nothing of the half was kept: the whole still goes in.
    let path = target.folder().join("whole.gz");
    std::fs::write(&path, &whole).unwrap();
    target.succeeds(&["restore", path.to_str().unwrap()]);
}

#[test]
fn an_installation_without_a_database_has_nothing_to_back_up() {
    let launch = program();
    std::fs::create_dir(launch.data()).unwrap();
    let said = launch.fails(&["backup", "nothing.gz"]);
    assert!(said.contains("backup.nothing"), "{said}");
    assert!(!launch.folder().join("nothing.gz").exists());
}
