//! Slides: what may be shown, who turns the pages and in which order, who reads the notes.

use std::{
    fmt::Write as _,
    fs,
    io::{Cursor, Write as _},
};

use kafedra_app::{AppState, Clock};
use kafedra_testkit::{Answer, Browser, LiveStream, on_both};
use reqwest::{Method, StatusCode, header, multipart};
use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::meeting::{Meeting, id};

mod converted;

/// A PDF of so many empty pages, written as simply as the format allows.
fn pdf(pages: usize) -> Vec<u8> {
    let mut text = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    let mut object = |text: &mut String, body: &str| {
        places.push(text.len());
        write!(text, "{} 0 obj\n{body}\nendobj\n", places.len()).expect("a string grows");
    };
    object(&mut text, "<< /Type /Catalog /Pages 2 0 R >>");
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 3)).collect();
    let tree = format!(
        "<< /Type /Pages /Kids [{}] /Count {pages} /MediaBox [0 0 640 360] >>",
        kids.join(" ")
    );
    object(&mut text, &tree);
    for _ in 0..pages {
        object(&mut text, "<< /Type /Page /Parent 2 0 R >>");
    }
    let table = text.len();
    let count = places.len() + 1;
    write!(text, "xref\n0 {count}\n0000000000 65535 f \n").expect("a string grows");
    for place in places {
        writeln!(text, "{place:010} 00000 n ").expect("a string grows");
    }
    write!(
        text,
        "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    )
    .expect("a string grows");
    text.into_bytes()
}

/// A presentation of one slide with a note; `more` entries make it larger.
fn pptx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let relations = |kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="rId2" Type="http://x/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let note = r#"<p:notes><p:sp><p:ph type="body"/><a:p><a:t>Спросить &lt;b&gt;класс&lt;/b&gt;</a:t></a:p></p:sp></p:notes>"#;
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "ppt/presentation.xml",
            r#"<p:presentation><p:sldId id="256" r:id="rId2"/></p:presentation>"#.to_owned(),
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            relations("slide", "slides/slide1.xml"),
        ),
        ("ppt/slides/slide1.xml", "<p:sld/>".to_owned()),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            relations("notesSlide", "../notesSlides/notesSlide1.xml"),
        ),
        ("ppt/notesSlides/notesSlide1.xml", note.to_owned()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(bytes).expect("an entry");
    };
    for (name, text) in &parts {
        put(name, text.as_bytes());
    }
    for (name, bytes) in more {
        put(name, bytes);
    }
    zip.finish().expect("an archive").into_inner()
}

async fn upload(browser: &Browser, path: &str, name: &str, bytes: Vec<u8>) -> Answer {
    let part = multipart::Part::bytes(bytes).file_name(name.to_owned());
    let form = multipart::Form::new().part("file", part);
    Answer::of(browser.request(Method::POST, path).multipart(form)).await
}

impl Meeting {
    /// Gives the room a deck.
    async fn deck(&self, browser: &Browser, name: &str, bytes: Vec<u8>) -> Answer {
        upload(browser, &self.path("/decks"), name, bytes).await
    }

    /// A deck of so many pages that the host gave.
    /// The room's door is open to guests then, too.
    async fn slides(&self, pages: usize) -> String {
        self.rules(json!({ "lobby": "off" })).await;
        id(&self.deck(&self.host, "Доклад.pdf", pdf(pages)).await.ok())
    }

    async fn show(&self, browser: &Browser, deck: &str, page: usize) -> Answer {
        let draft = json!({ "deckId": deck, "page": page });
        browser.put(&self.path("/showing"), draft).await
    }

    async fn decks(&self) -> Value {
        self.host.get(&self.path("/decks")).await.ok()
    }
}

async fn shown_next(live: &mut LiveStream) -> Value {
    live.until("showing").await
}

/// Files beside those that are kept.
fn left_over(state: &AppState) -> usize {
    fs::read_dir(state.settings.files.join("incoming")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn everybody_sees_the_page_that_is_shown_and_so_does_who_comes_late() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let deck = meeting.slides(500).await;
        let (teacher, _) = meeting.person("teacher2").await;
        let mut live = teacher.watch(&meeting.room).await;
        assert_eq!(live.expect("snapshot").await["showing"], Value::Null);
        meeting.show(&meeting.host, &deck, 1).await.ok();
        let shown = shown_next(&mut live).await;
        let expected = json!({
            "deckId": deck, "name": "Доклад.pdf", "pages": 500, "page": 1, "seatId": meeting.host_seat,
        });
        assert_eq!(shown, expected);
        meeting.show(&meeting.host, &deck, 500).await.ok();
        assert_eq!(shown_next(&mut live).await["page"], 500);
        for page in [0, 501] {
            meeting
                .show(&meeting.host, &deck, page)
                .await
                .refused_field("page", "deck.page");
        }
        let (guest, _) = meeting.guest("Гостья").await;
        let mut late = guest.watch(&meeting.room).await;
        assert_eq!(late.expect("snapshot").await["showing"]["page"], 500);
        let ended = meeting.host.delete(&meeting.path("/showing")).await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT);
        assert_eq!(shown_next(&mut live).await, Value::Null);
        assert_eq!(shown_next(&mut late).await, Value::Null);
        let (later, _) = meeting.guest("Опоздавший").await;
        let mut later = later.watch(&meeting.room).await;
        assert_eq!(later.expect("snapshot").await["showing"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn pages_turned_at_once_are_told_to_all_in_the_order_that_was_stored() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let deck = meeting.slides(40).await;
        let (teacher, _) = meeting.person("teacher2").await;
        let (guest, _) = meeting.guest("Гостья").await;
        let mut first = teacher.watch(&meeting.room).await;
        let mut second = guest.watch(&meeting.room).await;
        let turns = (1..=20).map(|page| meeting.show(&meeting.host, &deck, page));
        for answer in futures_util::future::join_all(turns).await {
            answer.ok();
        }
        let mut told = Vec::new();
        for _ in 0..20 {
            let page = shown_next(&mut first).await["page"].clone();
            assert_eq!(shown_next(&mut second).await["page"], page);
            told.push(page);
        }
        let mut live = guest.watch(&meeting.room).await;
        let stored = live.expect("snapshot").await["showing"]["page"].clone();
        assert_eq!(told.last(), Some(&stored));
    })
    .await;
}

#[tokio::test]
async fn whoever_may_share_shows_and_only_moderators_take_the_lead_from_them() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let deck = meeting.slides(3).await;
        let (speaker, speaker_seat) = meeting.person("teacher2").await;
        let (other, _) = meeting.person("director").await;
        meeting.show(&speaker, &deck, 1).await.ok();
        meeting
            .show(&other, &deck, 2)
            .await
            .refused("showing.taken");
        let end = meeting.path("/showing");
        other.delete(&end).await.refused("showing.taken");
        // A moderator turns a page for the speaker, who still leads.
        let shown = meeting.show(&meeting.host, &deck, 2).await.ok();
        assert_eq!(shown["seatId"], *speaker_seat);
        meeting.show(&speaker, &deck, 3).await.ok();
        let lead = json!({ "deckId": deck, "page": 3, "lead": true });
        let shown = meeting.host.put(&meeting.path("/showing"), lead).await.ok();
        assert_eq!(shown["seatId"], *meeting.host_seat);
        meeting
            .show(&speaker, &deck, 1)
            .await
            .refused("showing.taken");

        meeting.host.delete(&end).await;
        meeting.rules(json!({ "allowShare": false })).await;
        meeting
            .show(&speaker, &deck, 1)
            .await
            .refused("deck.forbidden");
        meeting
            .deck(&speaker, "Доклад.pdf", pdf(1))
            .await
            .refused("deck.forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_showing_ends_when_its_leader_may_no_longer_share_or_is_sent_out() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let deck = meeting.slides(3).await;
        let (speaker, seat) = meeting.person("teacher2").await;
        let mut live = meeting.host.watch(&meeting.room).await;
        let showing = async || meeting.show(&speaker, &deck, 1).await.ok();
        showing().await;
        assert_eq!(shown_next(&mut live).await["page"], 1);
        meeting.rules(json!({ "allowShare": false })).await;
        assert_eq!(shown_next(&mut live).await, Value::Null);

        meeting.rules(json!({ "allowShare": true })).await;
        showing().await;
        assert_eq!(shown_next(&mut live).await["page"], 1);
        let own = meeting.path(&format!("/seats/{seat}"));
        let forbid = json!({ "allowShare": false });
        meeting.host.patch(&own, forbid).await.ok();
        assert_eq!(shown_next(&mut live).await, Value::Null);

        let allow = json!({ "allowShare": true });
        meeting.host.patch(&own, allow).await.ok();
        showing().await;
        assert_eq!(shown_next(&mut live).await["page"], 1);
        meeting.act(&meeting.host, &seat, "/remove").await.ok();
        assert_eq!(shown_next(&mut live).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn what_is_shown_is_there_again_after_a_restart() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let deck = meeting.slides(9).await;
        meeting.show(&meeting.host, &deck, 7).await.ok();
        // Another process over the same database knows nothing but what is stored.
        let old = &meeting.city.app.state;
        let clock = meeting.city.app.clock.now();
        let state = AppState::new(
            old.store.clone(),
            Clock::new(move || clock),
            (*old.settings).clone(),
            (*old.media).clone(),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let service = kafedra_app::router(state)
            .into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let mut browser = meeting.city.signed_in("teacher").await;
        browser.base = base;
        let mut live = browser.watch(&meeting.room).await;
        let shown = live.expect("snapshot").await["showing"].clone();
        assert_eq!(shown["page"], 7);
        assert_eq!(shown["seatId"], *meeting.host_seat);
    })
    .await;
}

#[tokio::test]
async fn notes_are_read_by_those_who_lead_and_by_nobody_in_the_hall() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (speaker, _) = meeting.person("teacher2").await;
        let (listener, _) = meeting.person("director").await;
        let deck = meeting.slides(2).await;
        let (guest, _) = meeting.guest("Гостья").await;
        let path = format!("/api/decks/{deck}/notes");
        let note = |page: i32, body: &str| json!({ "page": page, "body": body });
        let tag = "<img src=x onerror=alert(1)>";
        meeting.host.put(&path, note(2, tag)).await;
        meeting
            .host
            .put(&path, note(3, "нет такой"))
            .await
            .refused_field("page", "deck.page");
        meeting
            .host
            .put(&path, note(1, &"я".repeat(4001)))
            .await
            .refused_field("body", "too_long");
        // Plain text comes back as it was; the page shows it as text.
        let list = meeting.host.get(&path).await.ok();
        assert_eq!(list["items"], json!([{ "page": 2, "body": tag }]));
        for browser in [&speaker, &listener, &guest] {
            browser.get(&path).await.refused("forbidden");
            browser.put(&path, note(1, "x")).await.refused("forbidden");
        }
        meeting.show(&speaker, &deck, 1).await.ok();
        assert_eq!(speaker.get(&path).await.ok()["total"], 1);
        speaker.put(&path, note(1, "x")).await.refused("forbidden");
        for browser in [&listener, &guest] {
            browser.get(&path).await.refused("forbidden");
        }
        let mut live = listener.watch(&meeting.room).await;
        let snapshot = live.expect("snapshot").await;
        assert!(!snapshot.to_string().contains("onerror"));
        meeting.host.put(&path, note(2, "")).await;
        assert_eq!(meeting.host.get(&path).await.ok()["total"], 0);
    })
    .await;
}

#[tokio::test]
async fn a_deck_is_given_by_speakers_beforehand_and_taken_away_wherever_it_is_shown() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let event = format!("/api/events/{}", id(&meeting.event));
        let (speaker, _) = meeting.person("teacher2").await;
        let decks = format!("{event}/decks");
        let give = async |browser: &Browser| upload(browser, &decks, "Доклад.pdf", pdf(4)).await;
        give(&speaker).await.refused("forbidden");
        assert_eq!(speaker.get(&decks).await.ok()["mayAdd"], false);
        let role =
            json!({ "personId": meeting.city.person("teacher2"), "role": "speaker", "topic": "" });
        meeting
            .host
            .post(&format!("{event}/roles"), role)
            .await
            .ok();
        let mut live = meeting.host.watch(&meeting.room).await;
        let given = give(&speaker).await;
        assert_eq!(given.status, StatusCode::CREATED);
        let given = given.ok();
        assert_eq!(given["pages"], 4);
        assert_eq!(given["state"], "ready");
        assert_eq!(given["addedBy"], "Котов Пётр");
        assert_eq!(given["mayChange"], true);
        live.until("decks").await;
        let list = speaker.get(&decks).await.ok();
        assert_eq!((&list["total"], &list["mayAdd"]), (&json!(1), &json!(true)));
        meeting.show(&speaker, &id(&given), 2).await.ok();
        assert_eq!(shown_next(&mut live).await["page"], 2);
        let gone = speaker.delete(&format!("/api/decks/{}", id(&given))).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(shown_next(&mut live).await, Value::Null);
        assert_eq!(speaker.get(&decks).await.ok()["total"], 0);
        meeting
            .show(&meeting.host, &id(&given), 1)
            .await
            .refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_deck_of_another_meeting_is_neither_shown_nor_read() {
    let meeting = Meeting::sqlite().await;
    let elsewhere = meeting.city.signed_in("teacher3").await;
    let event = elsewhere.post("/api/events/now", json!({})).await.ok();
    let path = format!("/api/events/{}/decks", id(&event));
    let foreign = upload(&elsewhere, &path, "Чужой.pdf", pdf(1)).await.ok();
    meeting
        .show(&meeting.host, &id(&foreign), 1)
        .await
        .refused("not_found");
    let file = format!("/api/decks/{}/file", id(&foreign));
    meeting.host.get(&file).await.refused("not_found");
    let (guest, _) = meeting.guest("Гостья").await;
    guest.get(&file).await.refused("not_found");
    meeting
        .city
        .app
        .browser()
        .get(&file)
        .await
        .refused("sign_in.needed");
}

#[tokio::test]
async fn a_guest_reads_the_slides_while_the_meeting_goes_on_and_no_longer() {
    let meeting = Meeting::sqlite().await;
    let deck = meeting.slides(2).await;
    let file = format!("/api/decks/{deck}/file");
    let (guest, _) = meeting.guest("Гостья").await;
    assert_eq!(guest.get(&file).await.status, StatusCode::OK);
    let stranger = meeting.city.app.guest("Чужой").await;
    stranger.get(&file).await.refused("not_found");
    meeting.host.post(&meeting.path("/end"), json!({})).await;
    guest.get(&file).await.refused("not_found");
    assert_eq!(meeting.host.get(&file).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_slides_are_handed_out_in_parts_and_harmlessly() {
    let meeting = Meeting::sqlite().await;
    let deck = meeting.slides(3).await;
    let whole = pdf(3);
    let ask = async |name: &str, value: &str| {
        meeting
            .host
            .request(Method::GET, &format!("/api/decks/{deck}/file"))
            .header(name, value)
            .send()
            .await
            .expect("an answer")
    };
    let answer = ask("range", "bytes=5-8").await;
    assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
    let told = answer.headers().clone();
    assert_eq!(
        told[header::CONTENT_RANGE],
        format!("bytes 5-8/{}", whole.len())
    );
    assert_eq!(told[header::CONTENT_LENGTH], "4");
    assert_eq!(told[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(told[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let policy = told[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(&answer.bytes().await.expect("bytes")[..], &whole[5..9]);
    let answer = ask("range", "bytes=9999999-").await;
    assert_eq!(answer.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let etag = told[header::ETAG].to_str().expect("a tag");
    assert_eq!(
        ask("if-none-match", etag).await.status(),
        StatusCode::NOT_MODIFIED
    );
    let answer = ask("accept", "*/*").await;
    assert_eq!(answer.headers()[header::ACCEPT_RANGES], "bytes");
    assert_eq!(answer.bytes().await.expect("bytes"), whole);
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused_in_words_and_leaves_nothing_behind() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let give = async |name: &str, bytes: &[u8]| {
            meeting.deck(&meeting.host, name, bytes.to_vec()).await
        };
        give("Тысяча.pdf", &pdf(501))
            .await
            .refused("deck.too_many_pages");
        let whole = pdf(5);
        give("Обрыв.pdf", &whole[..whole.len() / 2])
            .await
            .refused("deck.broken");
        let locked = String::from_utf8(pdf(5)).expect("ASCII");
        let locked = locked.replace("/Root", "/Encrypt 9 0 R /Root");
        give("Пароль.pdf", locked.as_bytes())
            .await
            .refused("deck.locked");
        give("Страница.pdf", b"<!doctype html><script>alert(1)</script>")
            .await
            .refused("file.type_lies");
        give("Картинка.png", b"\x89PNG\r\n\x1a\n....")
            .await
            .refused("deck.type");
        give("Пусто.pdf", b"").await.refused("file.empty");
        give("Программа.pdf", b"MZ\x90\0\x03\0")
            .await
            .refused("file.type");
        let told = give("Доклад.pptx", &pptx(&[])).await;
        let told = told.refused("deck.no_converter");
        assert!(told["detail"].as_str().expect("words").contains("PDF"));
        assert_eq!(meeting.decks().await["total"], 0);
        assert_eq!(meeting.decks().await["converts"], false);
        assert_eq!(left_over(&meeting.city.app.state), 0);
    })
    .await;
}

#[tokio::test]
async fn a_guest_who_may_share_gives_a_deck_and_takes_only_their_own_away() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        meeting.rules(json!({ "lobby": "off" })).await;
        let (guest, _) = meeting.guest("Гостья Анна").await;
        let (other, _) = meeting.guest("Другой").await;
        let given = meeting
            .deck(&guest, "../Мой <i>доклад.pdf", pdf(2))
            .await
            .ok();
        assert_eq!(given["addedBy"], "Гостья Анна");
        assert_eq!(given["name"], "Мой <i>доклад.pdf");
        let path = format!("/api/decks/{}", id(&given));
        other.delete(&path).await.refused("forbidden");
        assert_eq!(guest.delete(&path).await.status, StatusCode::NO_CONTENT);
    })
    .await;
}
