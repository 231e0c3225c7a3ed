//! What the tests of certificates, minutes and portfolios share: a meeting that was held.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::{EventRole, SeatRole, seat::Status};
use kafedra_store::{
    connection, event_role, room,
    seat::{self, Occupant},
};
use kafedra_testkit::{Browser, City, TestDatabase};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::meeting::id;

/// A meeting of 90 minutes whose organiser is `teacher`.
pub struct Held {
    pub city: Arc<City>,
    pub host: Browser,
    pub event: Uuid,
    pub room: Uuid,
}

impl Held {
    /// A meeting of `kind` that has just begun; nobody is there yet.
    pub async fn begun(database: TestDatabase, kind: &str) -> Self {
        Self::in_city(Arc::new(City::over(database).await), kind).await
    }

    /// The same in a city that is there.
    pub async fn in_city(city: Arc<City>, kind: &str) -> Self {
        let host = city.signed_in("teacher").await;
        let start = city.app.clock.now();
        let plan = json!({
            "title": "Ноябрьское заседание",
            "kind": kind,
            "startsAt": start,
            "endsAt": start + TimeDelta::minutes(90),
        });
        let event = host.post("/api/events", plan).await.ok();
        let this = Self {
            event: id(&event).parse().expect("an id"),
            room: id(&event["room"]).parse().expect("an id"),
            city,
            host,
        };
        let db = &this.city.app.state.store.db;
        room::start(db, this.room, start).await.expect("a start");
        // Where there is a back stage, the listeners come in at once.
        room::go_live(db, this.room, start)
            .await
            .expect("a live part");
        this
    }

    /// The same, where `who` stayed for so many minutes from its beginning, and over by now.
    pub async fn over(database: TestDatabase, kind: &str, who: &[(&str, i64)]) -> Self {
        let this = Self::begun(database, kind).await;
        for (login, minutes) in who {
            this.stays(this.city.person(login), *minutes).await;
        }
        this.end().await;
        this
    }

    /// Somebody stays for so many minutes from the beginning.
    pub async fn stays(&self, person: Uuid, minutes: i64) {
        self.stays_for(person, TimeDelta::minutes(minutes)).await;
    }

    /// The same to the second.
    pub async fn stays_for(&self, person: Uuid, time: TimeDelta) {
        let start = self.city.app.clock.now();
        self.was(person, start, start + time).await;
    }

    /// Somebody was there from one moment to another, as the media server tells it now.
    pub async fn was(&self, person: Uuid, start: DateTime<Utc>, end: DateTime<Utc>) {
        let db = &self.city.app.state.store.db;
        let who = Occupant::Person(person);
        let (role, name) = (SeatRole::Participant, "Кто-то".to_owned());
        let seat = seat::create(db, self.room, who, name, role, Status::Admitted, start)
            .await
            .expect("a seat");
        let key = connection::Key {
            id: format!("PA_{}", seat.id.simple()),
            room: self.room,
            seat: seat.id,
            media_room: "RM_1".to_owned(),
        };
        connection::joined(db, key.clone(), start)
            .await
            .expect("a join");
        connection::left(db, key, end).await.expect("a leave");
    }

    /// Ends the meeting after its 90 minutes.
    pub async fn end(&self) {
        self.city.app.clock.advance(TimeDelta::minutes(90));
        let (db, now) = (&self.city.app.state.store.db, self.city.app.clock.now());
        room::end(db, self.room, now).await.expect("an end");
    }

    /// Gives a role, and confirms it by the administrator.
    pub async fn role(&self, login: &str, role: EventRole, topic: &str) {
        let (db, now) = (&self.city.app.state.store.db, self.city.app.clock.now());
        let person = self.city.person(login);
        event_role::give(db, self.event, person, role, topic, now)
            .await
            .expect("a role");
        for row in event_role::of_event(db, self.event).await.expect("roles") {
            if row.person_id == person && row.role() == Some(role) {
                event_role::confirm(db, row.id, self.city.person("admin"), now)
                    .await
                    .expect("a confirmation");
            }
        }
    }

    /// `/api/events/{id}` and what follows.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/events/{}{rest}", self.event)
    }

    /// Gives certificates out and waits for the job's end.
    pub async fn issue(&self, order: Value) -> Value {
        let job = self
            .host
            .post(&self.path("/certificates"), order)
            .await
            .ok();
        finished(&self.host, &id(&job)).await
    }

    pub async fn certificates(&self) -> Vec<Value> {
        let list = self.host.get(&self.path("/certificates")).await.ok();
        list["items"].as_array().expect("a list").clone()
    }
}

/// The job once it is done or given up.
pub async fn finished(browser: &Browser, job: &str) -> Value {
    for _ in 0..600 {
        let job = browser.get(&format!("/api/jobs/{job}")).await.ok();
        if job["state"] == "done" || job["state"] == "failed" {
            return job;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the job did not end");
}

/// Fetches a file: its media type and its bytes.
pub async fn file(browser: &Browser, path: &str) -> (String, Vec<u8>) {
    let answer = browser
        .request(Method::GET, path)
        .send()
        .await
        .expect("an answer");
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    let kind = answer.headers()["content-type"].to_str().expect("text");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    (
        kind.to_owned(),
        answer.bytes().await.expect("a body").to_vec(),
    )
}

/// Fetches a PDF: its text, as Poppler reads it, with all white space folded into single spaces.
pub async fn pdf(browser: &Browser, path: &str) -> String {
    let (kind, paper) = file(browser, path).await;
    assert_eq!(kind, "application/pdf");
    text_of(&paper)
}

pub fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, pdf).expect("a file");
    let read = std::process::Command::new("pdftotext")
        .arg(path)
        .arg("-")
        .output()
        .expect("pdftotext of poppler-utils");
    assert!(read.status.success() && read.stderr.is_empty(), "{read:?}");
    let text = String::from_utf8(read.stdout).expect("UTF-8");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
