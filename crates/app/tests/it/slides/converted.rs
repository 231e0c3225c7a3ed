//! Presentations that LibreOffice makes into PDF, by a stand-in for it.

use std::{
    fs,
    io::Cursor,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use kafedra_testkit::{TestDatabase, on_both};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{left_over, pdf, pptx};
use crate::meeting::{Meeting, id};

/// What is shown once the deck of this id is no longer being converted.
async fn converted(meeting: &Meeting, deck: &str) -> Value {
    for _ in 0..600 {
        let list = meeting.decks().await;
        let items = list["items"].as_array().expect("decks");
        let found = items.iter().find(|item| item["id"] == deck);
        let found = found.expect("the deck").clone();
        if found["state"] != "converting" {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Value::Null
}

/// A stand-in for LibreOffice: a script that is given what the real program is.
fn stand_in(folder: &Path, script: &str) -> PathBuf {
    let place = folder.join("soffice");
    fs::write(&place, format!("#!/bin/sh\n{script}")).expect("a script");
    fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).expect("a program");
    place
}

/// Writes the file that its tests left beside it where the real program writes its PDF.
const BEHAVES: &str = r#"
here=$(dirname "$0")
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done
env > "$here/environment"; cp "$1" "$here/given"; ulimit -v > "$here/memory"
cp "$here/result.pdf" "$out/$(basename "${1%.*}").pdf"
"#;

/// Starts a child, as the real program does, and neither of them ends.
const HANGS: &str = r#"
here=$(dirname "$0")
sleep 1000 & echo $! > "$here/child"
wait
"#;

async fn meeting_with(database: TestDatabase, program: PathBuf, patience: Duration) -> Meeting {
    Meeting::with_settings(database, |settings| {
        settings.decks.converter = Some(program);
        settings.decks.patience = patience;
    })
    .await
}

#[tokio::test]
async fn a_presentation_becomes_a_pdf_with_its_notes_in_the_background() {
    on_both(|database| async move {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("result.pdf"), pdf(1)).expect("a result");
        let program = stand_in(folder.path(), BEHAVES);
        let meeting = meeting_with(database, program, Duration::from_secs(60)).await;
        let mut live = meeting.host.watch(&meeting.room).await;
        let source = pptx(&[]);
        let given = meeting
            .deck(&meeting.host, "Доклад.pptx", source.clone())
            .await
            .ok();
        assert_eq!(given["state"], "converting");
        let early = meeting.show(&meeting.host, &id(&given), 1).await;
        // It may have been quick.
        assert!(early.status == StatusCode::CONFLICT || early.status == StatusCode::OK);
        let ready = converted(&meeting, &id(&given)).await;
        assert_eq!(
            (&ready["state"], &ready["pages"]),
            (&json!("ready"), &json!(1))
        );
        live.until("decks").await;
        live.until("decks").await;
        let notes = format!("/api/decks/{}/notes", id(&given));
        let notes = meeting.host.get(&notes).await.ok();
        assert_eq!(notes["items"][0]["body"], "Спросить <b>класс</b>");
        let file = meeting
            .host
            .request(Method::GET, &format!("/api/decks/{}/file", id(&given)))
            .send()
            .await
            .expect("an answer");
        let name = file.headers()[header::CONTENT_DISPOSITION].clone();
        assert!(name.to_str().expect("a name").ends_with(".pdf"));
        assert_eq!(file.bytes().await.expect("bytes"), pdf(1));
        let read = |name: &str| fs::read(folder.path().join(name)).expect("what it was given");
        assert_eq!(read("given"), source);
        let environment = String::from_utf8(read("environment")).expect("text");
        assert!(!environment.contains("KAFEDRA"), "{environment}");
        assert!(environment.contains("HOME=") && !environment.contains("CARGO"));
        assert_eq!(read("memory"), format!("{}\n", 2048 * 1024).as_bytes());
        assert_eq!(left_over(&meeting.city.app.state), 0);
    })
    .await;
}

#[tokio::test]
async fn a_conversion_that_hangs_is_stopped_with_its_children_and_said_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = stand_in(folder.path(), HANGS);
    let database = TestDatabase::sqlite().await;
    let meeting = meeting_with(database, program, Duration::from_secs(2)).await;
    let given = meeting.deck(&meeting.host, "Доклад.pptx", pptx(&[])).await;
    let failed = converted(&meeting, &id(&given.ok())).await;
    assert_eq!(failed["state"], "failed");
    assert_eq!(failed["problem"]["code"], "deck.not_converted");
    assert!(
        failed["problem"]["detail"]
            .as_str()
            .expect("words")
            .contains("PDF")
    );
    let child = fs::read_to_string(folder.path().join("child")).expect("a child");
    let alive = Path::new("/proc").join(child.trim()).join("cmdline");
    let mut gone = false;
    for _ in 0..100 {
        // One that ended and was not waited for yet has no command line.
        gone = fs::read(&alive).map_or(true, |line| line.is_empty());
        if gone {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(gone, "the child goes on");
    assert_eq!(left_over(&meeting.city.app.state), 0);
    meeting
        .show(&meeting.host, failed["id"].as_str().expect("an id"), 1)
        .await
        .refused("deck.not_ready");
}

#[tokio::test]
async fn a_conversion_that_yields_no_pdf_or_too_long_a_one_fails_in_words() {
    for (result, code) in [
        (b"no PDF at all".to_vec(), "deck.not_converted"),
        (pdf(501), "deck.too_many_pages"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("result.pdf"), result).expect("a result");
        let program = stand_in(folder.path(), BEHAVES);
        let database = TestDatabase::sqlite().await;
        let meeting = meeting_with(database, program, Duration::from_secs(60)).await;
        let given = meeting.deck(&meeting.host, "Доклад.pptx", pptx(&[])).await;
        let failed = converted(&meeting, &id(&given.ok())).await;
        assert_eq!(failed["state"], "failed");
        assert_eq!(failed["problem"]["code"], code);
    }
}

#[tokio::test]
async fn an_archive_that_swells_or_is_no_presentation_is_refused_before_it_is_converted() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = stand_in(folder.path(), "touch \"$(dirname \"$0\")/ran\"");
    let database = TestDatabase::sqlite().await;
    let meeting = meeting_with(database, program, Duration::from_secs(60)).await;
    let give = async |bytes: Vec<u8>| meeting.deck(&meeting.host, "Доклад.pptx", bytes).await;

    let zeros = vec![0; 40 * 1024 * 1024];
    let bomb = pptx(&[("ppt/media/image1.bmp", &zeros)]);
    assert!(bomb.len() < 100_000);
    give(bomb).await.refused("deck.swells");

    let names: Vec<String> = (0..20_001).map(|n| format!("ppt/{n}")).collect();
    let crowd: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b""[..])).collect();
    give(pptx(&crowd)).await.refused("deck.swells");

    // The head of a presentation, and nothing that could be shown.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("ppt/other.xml", SimpleFileOptions::default())
        .expect("an entry");
    let empty = zip.finish().expect("an archive").into_inner();
    give(empty).await.refused("file.type_lies");

    let whole = pptx(&[]);
    give(whole[..whole.len() - 60].to_vec())
        .await
        .refused("deck.broken");
    let mut damaged = whole.clone();
    let inside = 30 + "[Content_Types].xml".len() + 2;
    damaged[inside] ^= 0xff;
    give(damaged).await.refused("deck.broken");
    assert!(!folder.path().join("ran").exists());
    assert_eq!(left_over(&meeting.city.app.state), 0);
}
