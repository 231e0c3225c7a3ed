//! Backup and restore, from either database into either, row for row.

use std::{io::Read, path::Path};

use flate2::read::GzDecoder;
use kafedra_testkit::Launch;
use reqwest::multipart;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

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
    let event = body(post(&client, &server, "/api/events/now", json!({})).await).await;
    let materials = format!(
        "{}/api/events/{}/materials",
        server.url,
        event["id"].as_str().unwrap()
    );
    // Longer than one piece, and of a length that is no multiple of three.
    let text = "план урока ".repeat(9000);
    let part = multipart::Part::text(text.clone()).file_name("план.txt");
    let form = multipart::Form::new().part("file", part);
    let kept = body(
        client
            .post(&materials)
            .multipart(form)
            .send()
            .await
            .unwrap(),
    )
    .await;
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

    // And the copy is a city that works, with its files.
    for copy in [inside_postgres, inside_sqlite] {
        let server = copy.start("demo");
        let client = signed_in(&server, "admin").await;
        let file = format!(
            "{}/api/events/{}/materials/{}/file",
            server.url,
            event["id"].as_str().unwrap(),
            kept["items"][0]["id"].as_str().unwrap()
        );
        let answer = client.get(file).send().await.unwrap();
        assert!(
            answer.text().await.unwrap() == text,
            "the file came back otherwise"
        );
        server.stop();
    }
}

async fn body(answer: reqwest::Response) -> Value {
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.json().await.unwrap()
}

#[tokio::test]
async fn a_file_that_is_gone_or_spoilt_on_disk_is_left_out_and_told() {
    let source = program();
    let server = source.start("demo");
    let client = signed_in(&server, "teacher").await;
    let event = body(post(&client, &server, "/api/events/now", json!({})).await).await;
    let materials = format!(
        "{}/api/events/{}/materials",
        server.url,
        event["id"].as_str().unwrap()
    );
    for text in ["один", "два", "три"] {
        let part = multipart::Part::text(text).file_name("a.txt");
        let form = multipart::Form::new().part("file", part);
        body(
            client
                .post(&materials)
                .multipart(form)
                .send()
                .await
                .unwrap(),
        )
        .await;
    }
    server.stop();
    let mut files = Vec::new();
    for folder in std::fs::read_dir(source.data().join("files")).unwrap() {
        let folder = folder.unwrap();
        if folder.file_name() != "incoming" {
            files.extend(
                std::fs::read_dir(folder.path())
                    .unwrap()
                    .map(|one| one.unwrap().path()),
            );
        }
    }
    assert_eq!(files.len(), 3);
    std::fs::remove_file(&files[0]).unwrap();
    std::fs::write(&files[1], "другое").unwrap();
    let path = source.folder().join("partial.gz");
    let said = source.succeeds(&["backup", path.to_str().unwrap()]);
    assert!(said.contains(": 1.") && said.contains(": 2."), "{said}");
    let target = program();
    target.succeeds(&["restore", path.to_str().unwrap()]);
    let hash = files[2].file_name().unwrap().to_str().unwrap();
    let place = target.data().join("files").join(&hash[..2]).join(hash);
    assert_eq!(
        std::fs::read(place).unwrap(),
        std::fs::read(&files[2]).unwrap()
    );
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

/// Digits that fit each other, as anybody's on paper.
const NUMBER: &str = "112-233-445 95";

#[tokio::test]
async fn the_registers_key_stays_apart_and_whoever_needs_it_is_told() {
    let source = program();
    let server = source.start("demo");
    let before = source.folder().join("before.gz");
    let said = source.succeeds(&["backup", before.to_str().unwrap()]);
    assert!(!said.contains("register.key"), "nothing is sealed: {said}");

    let client = signed_in(&server, "admin").await;
    let me = body(
        client
            .get(format!("{}/api/me", server.url))
            .send()
            .await
            .unwrap(),
    )
    .await;
    let path = format!("/api/people/{}/snils", me["person"]["id"].as_str().unwrap());
    let put = client
        .put(format!("{}{path}", server.url))
        .json(&json!({ "snils": NUMBER }));
    assert_eq!(put.send().await.unwrap().status(), 204);
    let backup = source.folder().join("sealed.gz");
    let said = source.succeeds(&["backup", backup.to_str().unwrap()]);
    let key = source.data().join("register.key");
    assert!(said.contains(key.to_str().unwrap()), "{said}");
    server.stop();
    let written = rows(&backup);
    let sealed = std::fs::read_to_string(&key).unwrap();
    for secret in [NUMBER, "11223344595", sealed.trim()] {
        assert!(!written.contains(secret), "the backup tells {secret}");
    }

    // Without its key everything else is there; with it the number is too.
    let check = async |keyed: bool| {
        let target = program();
        std::fs::create_dir_all(target.data()).unwrap();
        if keyed {
            std::fs::copy(&key, target.data().join("register.key")).unwrap();
        }
        let said = target.succeeds(&["restore", backup.to_str().unwrap()]);
        assert_eq!(said.contains("register.key"), !keyed, "{said}");
        let server = target.start("demo");
        let client = signed_in(&server, "admin").await;
        let answer = client
            .get(format!("{}{path}", server.url))
            .send()
            .await
            .unwrap();
        let (status, answer): (_, Value) = (answer.status(), answer.json().await.unwrap());
        if keyed {
            assert_eq!(answer["snils"], NUMBER);
        } else {
            assert_eq!(
                (status.as_u16(), &answer["code"]),
                (409, &json!("snils.unreadable"))
            );
        }
        server.stop();
    };
    check(false).await;
    check(true).await;
}
