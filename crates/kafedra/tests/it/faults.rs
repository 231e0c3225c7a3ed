//! What an operator meets: each in words, with what to do and a stable code.

use std::{
    net::{TcpListener, UdpSocket},
    os::unix::fs::PermissionsExt,
};

use kafedra_store::Store;
use sea_orm::ConnectionTrait;

use crate::program;

#[test]
fn a_port_in_use_is_told_in_both_languages() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let launch = program().with("KAFEDRA_SERVER__LISTEN", address);
    let check = |language: &str, words: &str| {
        let said = launch.fails(&["--lang", language, "serve"]);
        for part in [words, "port.in_use", "server.listen", &address.to_string()] {
            assert!(said.contains(part), "«{part}» is missing in: {said}");
        }
    };
    check("ru", "занят другой программой");
    check("en", "is taken by another program");
}

#[test]
fn a_udp_port_in_use_is_told() {
    let taken = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let said = program()
        .with("KAFEDRA_MEDIA__UDP", address)
        .fails(&["serve"]);
    assert!(
        said.contains("port.in_use") && said.contains("media.udp"),
        "{said}"
    );
}

#[test]
fn a_data_folder_that_cannot_be_written_is_told() {
    let launch = program();
    let file = launch.folder().join("file");
    std::fs::write(&file, "").unwrap();
    // A folder below a file, and one where not even root makes folders.
    for folder in [file.join("data"), "/proc/kafedra".into()] {
        let said = launch
            .clone()
            .with("KAFEDRA_SERVER__DATA", folder.display())
            .fails(&["serve"]);
        assert!(said.contains("data.unwritable"), "{said}");
    }
}

#[test]
fn two_servers_do_not_share_a_data_folder() {
    let launch = program();
    let first = launch.start("serve");
    let said = launch.fails(&["serve"]);
    assert!(said.contains("data.in_use"), "{said}");
    first.stop();
}

#[tokio::test]
async fn a_sqlite_file_of_a_newer_version_is_refused_untouched() {
    let launch = program();
    launch.succeeds(&["migrate"]);
    let path = launch.data().join("kafedra.sqlite");
    let store = Store::connect(&Store::sqlite_url(&path)).await.unwrap();
    store
        .db
        .execute_unprepared("INSERT INTO seaql_migrations VALUES ('m9999_future', 0)")
        .await
        .unwrap();
    store.db.close().await.unwrap();
    let before = std::fs::read(&path).unwrap();
    for command in ["serve", "demo", "migrate"] {
        let said = launch.fails(&[command]);
        assert!(
            said.contains("database.newer") && said.contains("m9999_future"),
            "{said}"
        );
        assert!(
            before == std::fs::read(&path).unwrap(),
            "{command} changed the file"
        );
    }
}

#[test]
fn an_unknown_key_is_named_with_its_source() {
    let launch = program();
    std::fs::write(
        launch.folder().join("kafedra.toml"),
        "[server]\nlisen = \"x\"\n",
    )
    .unwrap();
    let said = launch.fails(&["serve"]);
    for part in [
        "config.unknown_key",
        "server.lisen",
        "kafedra.toml",
        "server.listen",
    ] {
        assert!(said.contains(part), "«{part}» is missing in: {said}");
    }
    let said = program().with("KAFEDRA_SERVER__PORT", 80).fails(&["serve"]);
    assert!(said.contains("KAFEDRA_SERVER__PORT"), "{said}");
}

#[test]
fn the_environment_overrides_the_file_that_an_argument_names() {
    let launch = program().with("KAFEDRA_SERVER__NAME", "Из окружения");
    let file = launch.folder().join("other.toml");
    std::fs::write(
        &file,
        "[server]\nname = \"Из файла\"\n[log]\nlevel = \"kafedra=loud\"\n",
    )
    .unwrap();
    let said = launch.fails(&["--config", file.to_str().unwrap(), "serve"]);
    assert!(said.contains("log.level"), "the file is read: {said}");
    std::fs::write(&file, "[server]\nname = \"Из файла\"\n").unwrap();
    let server = launch.with("KAFEDRA_CONFIG", file.display()).start("serve");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let about: serde_json::Value = runtime.block_on(async {
        crate::get(&server, "/api/server")
            .await
            .json()
            .await
            .unwrap()
    });
    assert_eq!(about["name"], "Из окружения");
    server.stop();
}

#[test]
fn secrets_are_made_up_once_and_only_their_owner_reads_them() {
    let launch = program();
    launch.start("serve").stop();
    let path = launch.data().join("secrets.toml");
    let first = std::fs::read_to_string(&path).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    launch.start("serve").stop();
    assert_eq!(first, std::fs::read_to_string(&path).unwrap());
    std::fs::write(&path, "broken").unwrap();
    let said = launch.fails(&["serve"]);
    assert!(said.contains("secrets.unreadable"), "{said}");
}
