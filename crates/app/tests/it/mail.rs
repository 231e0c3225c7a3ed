//! Letters: from the change that causes them to the mail server, and what becomes of each.

use std::{cell::RefCell, sync::Arc};

use chrono::TimeDelta;
use kafedra_app::{
    AppState,
    mail::{self, Transport, round::Pace},
};
use kafedra_model::letter::Fate;
use kafedra_store::{letter, search::Slice};
use kafedra_testkit::{Browser, City, on_both};
use serde_json::{Value, json};
use tracing::subscriber::Interest;

use crate::{mail_server::MailServer, meeting::id};

/// The application's state with this mail server instead of files.
pub fn by_smtp(city: &City, server: &MailServer) -> AppState {
    let mut state = city.app.state.clone();
    let mut settings = (*state.settings).clone();
    settings.mail.transport = Transport::Smtp(server.settings());
    state.settings = Arc::new(settings);
    state
}

/// Everything that is due goes out now.
pub async fn send(state: &AppState) {
    mail::round::work(state, &Pace::new(state))
        .await
        .expect("a round");
}

/// All letters, the earliest first.
pub async fn letters(city: &City) -> Vec<letter::Model> {
    let (mut rows, _) = letter::list(&city.app.state.store.db, None, None, Slice::ALL)
        .await
        .expect("letters");
    rows.reverse();
    rows
}

/// The fate of the letter to `login` that was written last.
async fn fate(city: &City, login: &str) -> Fate {
    let person = city.person(login);
    letters(city)
        .await
        .iter()
        .rev()
        .find(|letter| letter.person_id == Some(person))
        .map_or_else(|| panic!("no letter to {login}"), letter::Model::fate)
}

/// A meeting in two days to which these people are invited.
pub async fn invite(city: &City, host: &Browser, logins: &[&str]) -> Value {
    let start = city.app.clock.now() + TimeDelta::days(2);
    let people: Vec<_> = logins.iter().map(|login| city.person(login)).collect();
    let plan = json!({
        "title": "Совет <b>методистов</b>",
        "kind": "staff_meeting",
        "startsAt": start,
        "endsAt": start + TimeDelta::minutes(90),
        "inviteeIds": people,
    });
    host.post("/api/events", plan).await.ok()
}

#[tokio::test]
async fn an_invitation_goes_out_with_text_html_and_a_calendar_entry() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let server = MailServer::start().await;
        let state = by_smtp(&city, &server);
        let host = city.signed_in("teacher").await;
        let event = invite(&city, &host, &["teacher2"]).await;
        assert_eq!(fate(&city, "teacher2").await, Fate::Queued);
        send(&state).await;
        assert_eq!(fate(&city, "teacher2").await, Fate::Sent);
        let [taken] = &server.taken()[..] else {
            panic!("{:?}", server.taken())
        };
        assert_eq!(taken.to, "teacher2@city.example");
        assert_eq!(taken.from, "kafedra@city.example");
        for part in [
            "text/plain",
            "text/html",
            "method=REQUEST",
            "event.ics",
            "Auto-Submitted: auto-generated",
        ] {
            assert!(taken.message.contains(part), "{part}: {}", taken.message);
        }
        let [letter] = &letters(&city).await[..] else {
            panic!("one letter")
        };
        assert!(letter.html.contains("Совет &lt;b&gt;методистов&lt;/b&gt;"));
        assert!(!letter.html.contains("<b>методистов"));
        let link = format!("{}/meetings/{}", city.app.base, id(&event));
        assert!(letter.plain.contains(&link) && letter.html.contains(&link));
        let calendar = letter.calendar.as_deref().expect("a calendar");
        let calendar = calendar.replace("\r\n ", "");
        assert!(calendar.contains("METHOD:REQUEST") && calendar.contains("SEQUENCE:0"));
        assert!(calendar.contains("mailto:teacher2@city.example"));
        // Nothing is sent twice.
        send(&state).await;
        assert_eq!(server.taken().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_refused_address_stops_nobody_else_and_its_fate_is_told_to_the_organiser() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let server = MailServer::start().await;
        let state = by_smtp(&city, &server);
        let host = city.signed_in("teacher").await;
        server.manners.lock().recipients.insert(
            "teacher2@city.example".to_owned(),
            "550 5.1.1 <teacher2@city.example> no such user".to_owned(),
        );
        let event = invite(&city, &host, &["teacher2", "teacher3", "director"]).await;
        send(&state).await;
        let mut got = server.recipients();
        got.sort();
        assert_eq!(got, ["director@city.example", "teacher3@city.example"]);
        assert_eq!(fate(&city, "teacher2").await, Fate::Refused);
        assert_eq!(fate(&city, "teacher3").await, Fate::Sent);
        let path = format!("/api/events/{}/letters", id(&event));
        let list = host.get(&path).await.ok();
        assert_eq!(list["total"], 3);
        let refused = host.get(&format!("{path}?fate=refused")).await.ok();
        let row = &refused["items"][0];
        assert_eq!(row["name"], "Котов Пётр");
        // The organiser is a teacher: the server's words, without the address.
        assert_eq!(row["address"], Value::Null);
        let words = row["answer"].as_str().expect("words");
        assert!(words.contains("550") && words.contains("no such user"));
        assert!(!words.contains("teacher2@"), "{words}");
        let admin = city.signed_in("admin").await;
        let row = &admin.get("/api/letters?fate=refused").await.ok()["items"][0];
        assert_eq!(row["address"], "teacher2@city.example");
        // Mended, it is sent once more; a letter that still waits is not.
        server.manners.lock().recipients.clear();
        let again = format!("/api/letters/{}/again", id(row));
        assert_eq!(host.post(&again, json!({})).await.ok()["fate"], "queued");
        host.post(&again, json!({}))
            .await
            .refused("letter.on_its_way");
        send(&state).await;
        assert_eq!(fate(&city, "teacher2").await, Fate::Sent);
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_is_put_off_is_tried_again_until_it_is_given_up() {
    let city = City::sqlite().await;
    let server = MailServer::start().await;
    let state = by_smtp(&city, &server);
    let host = city.signed_in("teacher").await;
    let greylisted = "451 4.7.1 come back later".to_owned();
    server
        .manners
        .lock()
        .recipients
        .insert("teacher2@city.example".to_owned(), greylisted.clone());
    invite(&city, &host, &["teacher2"]).await;
    send(&state).await;
    assert_eq!(fate(&city, "teacher2").await, Fate::Retrying);
    // Not before its time.
    let tries = server.connections();
    city.app.clock.advance(TimeDelta::seconds(30));
    send(&state).await;
    assert_eq!(server.connections(), tries);
    city.app.clock.advance(TimeDelta::seconds(31));
    server.manners.lock().recipients.clear();
    send(&state).await;
    assert_eq!(fate(&city, "teacher2").await, Fate::Sent);
    // One that never gets through is given up after a day or so, with the last words.
    server
        .manners
        .lock()
        .recipients
        .insert("teacher3@city.example".to_owned(), greylisted);
    invite(&city, &host, &["teacher3"]).await;
    for _ in 0..8 {
        send(&state).await;
        city.app.clock.advance(TimeDelta::hours(13));
    }
    assert_eq!(fate(&city, "teacher3").await, Fate::GaveUp);
    let rows = letters(&city).await;
    let last = rows.last().expect("a letter");
    assert_eq!(last.attempts, 8);
    assert!(
        last.answer
            .as_deref()
            .is_some_and(|words| words.contains("come back later"))
    );
}

#[tokio::test]
async fn a_server_that_is_down_is_knocked_at_once_and_the_letters_wait() {
    let city = City::sqlite().await;
    let server = MailServer::start().await;
    let mut settings = (*city.app.state.settings).clone();
    let mut nowhere = server.settings();
    // Nothing listens there.
    nowhere.port = 9;
    settings.mail.transport = Transport::Smtp(nowhere);
    let mut away = city.app.state.clone();
    away.settings = Arc::new(settings);
    let host = city.signed_in("teacher").await;
    invite(&city, &host, &["teacher2", "teacher3", "director"]).await;
    send(&away).await;
    for login in ["teacher2", "teacher3", "director"] {
        assert_eq!(fate(&city, login).await, Fate::Retrying, "{login}");
    }
    // It is back, also for a server that was started anew meanwhile.
    city.app.clock.advance(TimeDelta::minutes(2));
    send(&by_smtp(&city, &server)).await;
    assert_eq!(server.taken().len(), 3);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_silent_server_holds_nothing_up_for_long() {
    let city = City::sqlite().await;
    let server = MailServer::start().await;
    let state = by_smtp(&city, &server);
    let host = city.signed_in("teacher").await;
    server.manners.lock().silent_at = Some("RCPT");
    invite(
        &city,
        &host,
        &["teacher2", "teacher3", "director", "methodist"],
    )
    .await;
    let begun = std::time::Instant::now();
    send(&state).await;
    assert!(begun.elapsed() < std::time::Duration::from_secs(10));
    for login in ["teacher2", "teacher3", "director", "methodist"] {
        assert_eq!(fate(&city, login).await, Fate::Retrying, "{login}");
    }
    server.manners.lock().silent_at = None;
    city.app.clock.advance(TimeDelta::minutes(2));
    send(&state).await;
    assert_eq!(server.taken().len(), 4);
}

#[tokio::test]
async fn a_refused_sender_or_password_is_no_fault_of_an_address() {
    let city = City::sqlite().await;
    let server = MailServer::start().await;
    let state = by_smtp(&city, &server);
    let host = city.signed_in("teacher").await;
    server.manners.lock().sender = Some("550 5.7.1 not from here".to_owned());
    invite(&city, &host, &["teacher2"]).await;
    send(&state).await;
    assert_eq!(fate(&city, "teacher2").await, Fate::Retrying);
    server.manners.lock().sender = None;
    let mut settings = server.settings();
    settings.credentials = Some(("kafedra".to_owned(), "wrong".to_owned()));
    let words = mail::look(&settings, "localhost").await.expect_err("a no");
    assert!(words.contains("535"), "{words}");
    settings.credentials = Some(("kafedra".to_owned(), "secret".to_owned()));
    // NUL kafedra NUL secret (RFC 4616).
    server.manners.lock().secret = Some("AGthZmVkcmEAc2VjcmV0".to_owned());
    mail::look(&settings, "localhost").await.expect("a yes");
}

#[tokio::test]
async fn a_letter_that_the_server_will_not_have_is_refused_and_the_next_one_goes() {
    let city = City::sqlite().await;
    let server = MailServer::start().await;
    let state = by_smtp(&city, &server);
    let host = city.signed_in("teacher").await;
    server.manners.lock().letters = Some("554 5.7.1 looks like spam".to_owned());
    invite(&city, &host, &["teacher2"]).await;
    send(&state).await;
    assert_eq!(fate(&city, "teacher2").await, Fate::Refused);
    server.manners.lock().letters = None;
    invite(&city, &host, &["teacher3"]).await;
    send(&state).await;
    assert_eq!(server.recipients(), ["teacher3@city.example"]);
}

#[tokio::test]
async fn no_more_letters_leave_in_a_minute_than_the_operator_allows() {
    let city = City::sqlite().await;
    let server = MailServer::start().await;
    let mut state = by_smtp(&city, &server);
    let mut settings = (*state.settings).clone();
    settings.mail.per_minute = 2;
    state.settings = Arc::new(settings);
    let pace = Pace::new(&state);
    let host = city.signed_in("teacher").await;
    invite(&city, &host, &["teacher2", "teacher3", "director"]).await;
    for expected in [2, 2] {
        mail::round::work(&state, &pace).await.expect("a round");
        assert_eq!(server.taken().len(), expected);
    }
    city.app.clock.advance(TimeDelta::minutes(1));
    mail::round::work(&state, &pace).await.expect("a round");
    assert_eq!(server.taken().len(), 3);
}

#[tokio::test]
async fn without_a_mail_server_letters_lie_in_files_and_administrators_read_them() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let event = invite(&city, &host, &["teacher2"]).await;
    send(&city.app.state).await;
    let Transport::Files(folder) = &city.app.state.settings.mail.transport else {
        panic!("files")
    };
    let files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(&files[0]).expect("a file");
    assert!(text.contains("teacher2@city.example"));
    let admin = city.signed_in("admin").await;
    let list = admin.get("/api/letters").await.ok();
    assert_eq!(list["readable"], true);
    let path = format!("/api/letters/{}", id(&list["items"][0]));
    let letter = admin.get(&path).await.ok();
    assert!(
        letter["plain"]
            .as_str()
            .expect("text")
            .contains("Совет <b>методистов</b>")
    );
    // The organiser sees what became of it, and its text in the demonstration alone.
    let own = host
        .get(&format!("/api/events/{}/letters", id(&event)))
        .await
        .ok();
    assert_eq!(own["readable"], false);
    host.get(&path).await.refused("forbidden");
}

#[tokio::test]
async fn a_letter_bears_the_longest_names_and_any_markup() {
    let city = City::sqlite().await;
    let server = MailServer::start().await;
    let state = by_smtp(&city, &server);
    let db = &state.store.db;
    let name = format!("{} \"Ю\" <x@y.z>\r\nBcc: all@city.example", "Щ".repeat(300));
    let draft = letter::Draft {
        kind: kafedra_model::letter::LetterKind::Invitation,
        event_id: None,
        person_id: None,
        name,
        address: "guest@city.example".to_owned(),
        subject: format!("{}\r\nBcc: all@city.example", "Ж".repeat(200)),
        plain: ".\r\nточка в начале строки".to_owned(),
        html: "<p>.</p>".to_owned(),
        calendar: None,
        method: None,
    };
    letter::queue(db, vec![draft], state.clock.now())
        .await
        .expect("a letter");
    send(&state).await;
    let [taken] = &server.taken()[..] else {
        panic!("{:?}", letters(&city).await)
    };
    assert_eq!(taken.to, "guest@city.example");
    let (head, _) = taken.message.split_once("\r\n\r\n").expect("a head");
    assert!(!head.contains("\r\nBcc"), "{head}");
    assert!(head.lines().all(|line| line.len() <= 998), "{head}");
}

thread_local! {
    static LOGGED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Writes down what is logged, fields and all, on the threads where [`LOGGED`] is something.
/// The whole process has one: a subscriber of one thread alone misses the places in the code
/// that another thread, where nobody listens, reached first.
struct Recorder;

impl tracing::Subscriber for Recorder {
    fn register_callsite(&self, _: &'static tracing::Metadata<'static>) -> Interest {
        Interest::sometimes()
    }
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        LOGGED.with_borrow(Option::is_some)
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        let mut line = String::new();
        event.record(
            &mut |field: &tracing::field::Field, value: &dyn std::fmt::Debug| {
                line.push_str(&format!("{field}={value:?} "));
            },
        );
        LOGGED.with_borrow_mut(|log| log.get_or_insert_default().push_str(&(line + "\n")));
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn no_address_and_no_text_of_a_letter_goes_to_the_log() {
    // This test alone sets it.
    tracing::subscriber::set_global_default(Recorder).expect("no other recorder");
    let city = City::sqlite().await;
    let server = MailServer::start().await;
    let state = by_smtp(&city, &server);
    let host = city.signed_in("teacher").await;
    for (login, answer) in [("teacher2", "550 no"), ("teacher3", "451 later")] {
        let address = format!("{login}@city.example");
        let words = format!("{answer} <{address}>");
        server.manners.lock().recipients.insert(address, words);
    }
    invite(&city, &host, &["teacher2", "teacher3", "director"]).await;
    // Sending runs on this thread.
    LOGGED.set(Some(String::new()));
    send(&state).await;
    let log = LOGGED.take().unwrap_or_default();
    assert_eq!(fate(&city, "teacher2").await, Fate::Refused);
    assert!(log.contains("a letter is put off"), "{log}");
    assert!(
        !log.contains("city.example") && !log.contains("Совет"),
        "{log}"
    );
}
