//! Reading a passport from a paper.

use kafedra_documents::project;
use kafedra_model::{Locale, passport::Passport};
use kafedra_testkit::{Answer, Browser, City};
use reqwest::{Method, multipart};
use serde_json::json;

async fn sent(browser: &Browser, file: Vec<u8>) -> Answer {
    let part = multipart::Part::bytes(file).file_name("passport");
    let form = multipart::Form::new().part("file", part);
    Answer::of(
        browser
            .request(Method::POST, "/api/project/reading")
            .multipart(form),
    )
    .await
}

#[tokio::test]
async fn a_paper_is_read_and_nothing_is_kept() {
    let city = City::sqlite().await;
    let official = city.signed_in("official").await;
    let founding = Passport::founding().expect("the founding passport");
    let paper = project::passport(&founding, Locale::Ru)
        .docx()
        .expect("a paper");
    let read = sent(&official, paper).await.ok();
    assert_eq!(read["complete"], true);
    assert_eq!(read["unread"], json!([]));
    assert_eq!(read["draft"]["indicators"][0]["plan"][3]["value"], 8800);
    assert!(
        read["found"]
            .as_array()
            .is_some_and(|found| found.len() > 60)
    );
    official.get("/api/project").await.refused("not_found");

    // Plain text of Russian Windows, with something that no passport has.
    let text = "Наименование проекта:\tПлатформа\nСрок реализации:\tапрель 2017\nКуратор:\tникто\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let read = sent(&official, bytes.into_owned()).await.ok();
    assert_eq!(read["draft"]["title"], "Платформа");
    assert_eq!(read["draft"]["end"], "2017-04");
    assert_eq!(read["draft"]["approval"]["date"], json!(null));
    assert_eq!(read["complete"], false);
    assert_eq!(read["unread"][0]["why"], "unknownField");
    assert_eq!(read["unread"][0]["place"]["row"], 3);
}

#[tokio::test]
async fn what_is_neither_docx_nor_text_is_refused() {
    let city = City::sqlite().await;
    let official = city.signed_in("official").await;
    for file in [
        b"PK\x03\x04 broken".to_vec(),
        b"\xd0\xcf\x11\xe0\x00\x00".to_vec(),
    ] {
        sent(&official, file)
            .await
            .refused("project.reading_unreadable");
    }
    sent(&official, vec![b' '; 3 * 1024 * 1024])
        .await
        .refused("too_large");
}
