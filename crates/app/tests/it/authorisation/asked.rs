//! Questions, polls and votes.
//!
//! Meetings are those of [`super::rooms`]: the question is another participant's, the poll is one for
//! everybody, the vote is for those who signed in.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kafedra_model::{
    poll::{Electorate, Kind, Quorum, Results},
    question::State,
};
use kafedra_store::{poll, question};
use kafedra_testkit::City;
use reqwest::Method;
use sea_orm::DatabaseConnection;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Call, Row,
    rooms::{Meeting, inside, moderators},
};

/// Whoever knows of the event.
const fn knowing(s: u16) -> [u16; 9] {
    [401, 401, s, s, 404, s, 404, s, s]
}

/// A question of the other participant.
async fn asked(db: &DatabaseConnection, meeting: &Meeting, now: DateTime<Utc>) -> Uuid {
    let draft = question::Draft {
        text: "Когда?".to_owned(),
        anonymous: false,
        key: "1".to_owned(),
        state: State::Open,
    };
    let asked = question::ask(db, &meeting.participant, draft, now).await;
    asked.expect("a question").question.id
}

/// A draft of a poll or of a formal vote.
async fn drafted(
    db: &DatabaseConnection,
    meeting: &Meeting,
    kind: Kind,
    now: DateTime<Utc>,
) -> Uuid {
    let vote = kind == Kind::Vote;
    let option = |text: &str| poll::Choice {
        text: text.to_owned(),
        right: false,
    };
    let draft = poll::Draft {
        kind,
        text: "Начнём?".to_owned(),
        options: vec![option("for"), option("against"), option("abstain")],
        most: 1,
        named: true,
        results: Results::Live,
        electorate: vote.then_some(Electorate::Admitted),
        quorum: vote.then_some(Quorum::Half),
    };
    poll::create(db, meeting.room.id, draft, meeting.participant.id, now)
        .await
        .expect("a draft")
        .id
}

/// How far a poll is when it is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Draft,
    Open,
    Closed,
}

fn on_question(
    method: Method,
    route: &'static str,
    what: &'static str,
    expected: [u16; 9],
    rest: &'static str,
    body: Option<Value>,
) -> Row {
    Row::new(method, route, what, expected, move |city: Arc<City>| {
        let body = body.clone();
        async move {
            let meeting = Meeting::new(&city).await;
            let now = city.app.clock.now();
            let question = asked(&city.app.state.store.db, &meeting, now).await;
            let path = format!("/api/rooms/{}/questions/{question}{rest}", meeting.room.id);
            match body {
                None => Call::bare(path),
                Some(body) => Call::json(path, body),
            }
        }
    })
}

fn on_poll(
    method: Method,
    route: &'static str,
    (what, kind, stage): (&'static str, Kind, Stage),
    expected: [u16; 9],
    rest: &'static str,
    body: Option<Value>,
) -> Row {
    Row::new(method, route, what, expected, move |city: Arc<City>| {
        let body = body.clone();
        async move {
            let meeting = Meeting::new(&city).await;
            let (db, now) = (&city.app.state.store.db, city.app.clock.now());
            let poll = drafted(db, &meeting, kind, now).await;
            if stage != Stage::Draft {
                poll::open(db, poll, now).await.expect("an opening");
            }
            if stage == Stage::Closed {
                let closed = poll::close(db, poll, Some(4), now).await;
                closed.expect("an end");
            }
            let path = format!("/api/rooms/{}/polls/{poll}{rest}", meeting.room.id);
            match body {
                None => Call::bare(path),
                Some(body) => Call::json(path, body),
            }
        }
    })
}

fn in_room(route: &'static str, expected: [u16; 9], rest: &'static str, body: Value) -> Row {
    Row::new(Method::POST, route, "a meeting", expected, move |city| {
        let body = body.clone();
        async move {
            let meeting = Meeting::new(&city).await;
            Call::json(format!("/api/rooms/{}{rest}", meeting.room.id), body)
        }
    })
}

fn of_event(route: &'static str, rest: &'static str) -> Row {
    Row::new(
        Method::GET,
        route,
        "a meeting",
        knowing(200),
        move |city| async move {
            let meeting = Meeting::new(&city).await;
            Call::bare(format!("/api/events/{}{rest}", meeting.event))
        },
    )
}

pub fn rows() -> Vec<Row> {
    [questions(), polls()].into_iter().flatten().collect()
}

fn questions() -> Vec<Row> {
    let one = "/api/rooms/{id}/questions/{question}";
    let vote = "/api/rooms/{id}/questions/{question}/vote";
    vec![
        in_room(
            "/api/rooms/{id}/questions",
            inside(200),
            "/questions",
            json!({ "text": "Почему?", "key": "2" }),
        ),
        on_question(
            Method::PATCH,
            one,
            "another's",
            moderators(200),
            "",
            Some(json!({ "state": "hidden" })),
        ),
        // Nobody withdraws for another, moderators included.
        on_question(
            Method::DELETE,
            one,
            "another's",
            [401, 403, 403, 403, 403, 403, 403, 403, 403],
            "",
            None,
        ),
        on_question(Method::PUT, vote, "another's", inside(204), "/vote", None),
        on_question(
            Method::DELETE,
            vote,
            "another's",
            inside(204),
            "/vote",
            None,
        ),
        of_event("/api/events/{id}/questions", "/questions"),
    ]
}

fn polls() -> Vec<Row> {
    let plan = json!({
        "kind": "single", "text": "Когда?", "named": false, "results": "live",
        "options": [{ "text": "завтра" }, { "text": "никогда" }],
    });
    let one = "/api/rooms/{id}/polls/{poll}";
    let answer = "/api/rooms/{id}/polls/{poll}/answer";
    let names = "/api/rooms/{id}/polls/{poll}/names";
    let choice = || Some(json!({ "choices": [0] }));
    let draft = ("a draft", Kind::Single, Stage::Draft);
    let open = ("an open poll", Kind::Single, Stage::Open);
    vec![
        in_room(
            "/api/rooms/{id}/polls",
            moderators(201),
            "/polls",
            plan.clone(),
        ),
        on_poll(
            Method::PUT,
            one,
            draft,
            moderators(200),
            "",
            Some(plan.clone()),
        ),
        on_poll(Method::DELETE, one, draft, moderators(204), "", None),
        on_poll(
            Method::POST,
            "/api/rooms/{id}/polls/{poll}/open",
            draft,
            moderators(200),
            "/open",
            None,
        ),
        on_poll(
            Method::POST,
            "/api/rooms/{id}/polls/{poll}/close",
            open,
            moderators(200),
            "/close",
            None,
        ),
        on_poll(Method::PUT, answer, open, inside(204), "/answer", choice()),
        on_poll(
            Method::PUT,
            answer,
            ("an open vote", Kind::Vote, Stage::Open),
            inside(204),
            "/answer",
            choice(),
        ),
        // A draft does not exist for those who listen.
        on_poll(
            Method::PUT,
            answer,
            draft,
            [401, 403, 409, 404, 403, 409, 403, 403, 403],
            "/answer",
            choice(),
        ),
        on_poll(Method::GET, names, open, moderators(200), "/names", None),
        on_poll(
            Method::GET,
            names,
            ("a closed vote by name", Kind::Vote, Stage::Closed),
            inside(200),
            "/names",
            None,
        ),
        of_event("/api/events/{id}/polls", "/polls"),
    ]
}
