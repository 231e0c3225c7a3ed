//! Slides. Each row acts on a meeting of its own, as those of `rooms` do, with one deck that its
//! participant `teacher2` gave and shows.

use std::sync::Arc;

use kafedra_store::{
    deck::{self, Giver},
    file, showing,
};
use kafedra_testkit::City;
use reqwest::Method;
use serde_json::json;
use sha2::Digest;
use uuid::Uuid;

use super::{
    Call, Payload, Row,
    rooms::{Meeting, inside},
};

/// Those who know of the meeting; the teacher and the director run it, the coordinator sits in it.
const fn knowing(s: u16) -> [u16; 9] {
    [401, 404, s, s, 404, s, 404, s, s]
}

/// Those who prepare the meeting or run its room.
const fn keepers(s: u16) -> [u16; 9] {
    [401, 404, s, 403, 404, s, 404, s, s]
}

async fn deck_of(city: &City, meeting: &Meeting) -> Uuid {
    let db = &city.app.state.store.db;
    let now = city.app.clock.now();
    let bytes = b"%PDF-1.4 slides";
    let hash = hex::encode(sha2::Sha256::digest(bytes));
    let place = kafedra_app::file::path(&city.app.state.settings.files, &hash);
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
    std::fs::write(place, bytes).expect("a file");
    file::note(db, &hash, bytes.len() as i64, "application/pdf", now)
        .await
        .expect("a file");
    let draft = deck::Draft {
        event: meeting.event,
        name: "Доклад.pdf".to_owned(),
        source_hash: hash,
        pages: Some(3),
        by: Giver::Person(city.person("teacher2")),
    };
    deck::add(db, draft, now).await.expect("a deck").id
}

fn on_deck(
    method: Method,
    route: &'static str,
    expected: [u16; 9],
    call: impl Fn(&Meeting, Uuid) -> Call + Clone + 'static,
) -> Row {
    Row::new(
        method,
        route,
        "a deck that another participant gave",
        expected,
        move |city: Arc<City>| {
            let call = call.clone();
            async move {
                let meeting = Meeting::new(&city).await;
                let deck = deck_of(&city, &meeting).await;
                call(&meeting, deck)
            }
        },
    )
}

pub fn rows() -> Vec<Row> {
    // No slides: whoever may give some is told so.
    let no_slides = || Payload::Csv("Повестка дня".to_owned());
    vec![
        on_deck(
            Method::GET,
            "/api/events/{id}/decks",
            [401, 401, 200, 200, 404, 200, 404, 200, 200],
            |meeting, _| Call::bare(format!("/api/events/{}/decks", meeting.event)),
        ),
        on_deck(
            Method::POST,
            "/api/events/{id}/decks",
            [401, 401, 422, 403, 404, 403, 404, 422, 422],
            move |meeting, _| Call {
                path: format!("/api/events/{}/decks", meeting.event),
                body: no_slides(),
            },
        ),
        on_deck(
            Method::GET,
            "/api/rooms/{id}/decks",
            inside(200),
            |meeting, _| Call::bare(format!("/api/rooms/{}/decks", meeting.room.id)),
        ),
        on_deck(
            Method::POST,
            "/api/rooms/{id}/decks",
            inside(422),
            move |meeting, _| Call {
                path: format!("/api/rooms/{}/decks", meeting.room.id),
                body: no_slides(),
            },
        ),
        on_deck(
            Method::GET,
            "/api/decks/{id}/file",
            knowing(200),
            |_, deck| Call::bare(format!("/api/decks/{deck}/file")),
        ),
        on_deck(
            Method::DELETE,
            "/api/decks/{id}",
            keepers(204),
            |_, deck| Call::bare(format!("/api/decks/{deck}")),
        ),
        on_deck(
            Method::GET,
            "/api/decks/{id}/notes",
            keepers(200),
            |_, deck| Call::bare(format!("/api/decks/{deck}/notes")),
        ),
        on_deck(
            Method::PUT,
            "/api/decks/{id}/notes",
            keepers(204),
            |_, deck| {
                let note = json!({ "page": 1, "body": "Начать с вопроса" });
                Call::json(format!("/api/decks/{deck}/notes"), note)
            },
        ),
        on_deck(
            Method::PUT,
            "/api/rooms/{id}/showing",
            inside(200),
            |meeting, deck| {
                let draft = json!({ "deckId": deck, "page": 2 });
                Call::json(format!("/api/rooms/{}/showing", meeting.room.id), draft)
            },
        ),
        ended_by(),
    ]
}

/// Of a showing that another participant leads.
fn ended_by() -> Row {
    Row::new(
        Method::DELETE,
        "/api/rooms/{id}/showing",
        "somebody else's showing",
        [401, 403, 204, 409, 403, 204, 403, 403, 403],
        |city: Arc<City>| async move {
            let meeting = Meeting::new(&city).await;
            let deck_id = deck_of(&city, &meeting).await;
            let row = showing::Model {
                room_id: meeting.room.id,
                deck_id,
                page: 1,
                seat_id: meeting.participant.id,
            };
            showing::put(&city.app.state.store.db, row)
                .await
                .expect("a showing");
            Call::bare(format!("/api/rooms/{}/showing", meeting.room.id))
        },
    )
}
