//! Registration: the form, the queue for seats, guests, the organiser's decisions.

use std::io::{Cursor, Read};

use chrono::TimeDelta;
use kafedra_model::consent;
use kafedra_testkit::{Answer, Browser, City, TestDatabase, on_both};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{held::file, mail::letters, meeting::id};

/// A meeting of `teacher` in two days that people register for.
struct Registering {
    city: City,
    host: Browser,
    event: String,
}

const TOPIC: Uuid = Uuid::from_u128(0x11);
const LUNCH: Uuid = Uuid::from_u128(0x12);

impl Registering {
    async fn over(database: TestDatabase, form: Value) -> Self {
        let city = City::over(database).await;
        let host = city.signed_in("teacher").await;
        let event = host.post("/api/events", plan(&city, form)).await.ok();
        Self {
            event: id(&event),
            city,
            host,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/events/{}{rest}", self.event)
    }

    async fn register(&self, login: &str, answers: Value) -> Answer {
        let browser = self.city.signed_in(login).await;
        let body = json!({ "answers": answers });
        browser.post(&self.path("/registration"), body).await
    }

    async fn withdraw(&self, login: &str) -> Value {
        let browser = self.city.signed_in(login).await;
        browser.delete(&self.path("/registration")).await.ok()
    }

    /// How somebody stands.
    async fn stands(&self, login: &str) -> Value {
        let browser = self.city.signed_in(login).await;
        let card = browser.get(&self.path("/registration")).await.ok();
        card["mine"]["state"].clone()
    }

    async fn guest(&self, name: &str, email: &str) -> Answer {
        let body = json!({
            "name": name,
            "email": email,
            "consentVersion": consent::current().version,
            "answers": {},
        });
        self.city
            .app
            .browser()
            .post(&self.path("/registration"), body)
            .await
    }

    async fn list(&self) -> Vec<Value> {
        let list = self.host.get(&self.path("/registrations")).await.ok();
        list["items"].as_array().expect("a list").clone()
    }

    /// The subjects of the letters to somebody, the earliest first.
    async fn subjects(&self, name: &str) -> Vec<String> {
        letters(&self.city)
            .await
            .into_iter()
            .filter(|letter| letter.name == name)
            .map(|letter| letter.subject.replace(": Семинар", ""))
            .collect()
    }
}

fn plan(city: &City, form: Value) -> Value {
    let start = city.app.clock.now() + TimeDelta::days(2);
    json!({
        "title": "Семинар",
        "kind": "training",
        "startsAt": start,
        "endsAt": start + TimeDelta::minutes(90),
        "audience": "public",
        "registration": form,
    })
}

fn questions() -> Value {
    json!([
        { "id": TOPIC, "kind": "text", "text": "Тема доклада", "required": true },
        { "id": LUNCH, "kind": "choice", "text": "Обед", "options": ["да", "нет"] },
    ])
}

#[tokio::test]
async fn the_last_seat_goes_to_one_and_the_next_in_line_moves_up() {
    on_both(|database| async move {
        let this = Registering::over(database, json!({ "seats": 1 })).await;
        assert_eq!(
            this.register("teacher2", json!({})).await.ok()["mine"]["state"],
            "confirmed"
        );
        for login in ["teacher3", "director"] {
            let card = this.register(login, json!({})).await.ok();
            assert_eq!(card["mine"]["state"], "waiting", "{login}");
            assert_eq!(card["mine"]["roomUrl"], Value::Null);
        }
        // Registering twice changes nothing.
        let card = this.register("director", json!({})).await.ok();
        assert_eq!(
            (&card["mine"]["ahead"], &card["waiting"]),
            (&json!(1), &json!(2))
        );
        let card = this.withdraw("teacher2").await;
        assert_eq!(card["mine"]["state"], "withdrawn");
        assert_eq!(this.stands("teacher3").await, "confirmed");
        assert_eq!(this.stands("director").await, "waiting");
        assert_eq!(
            this.subjects("Волков Олег").await,
            ["Вы в листе ожидания", "Место освободилось"]
        );
        let waiting = this.city.signed_in("teacher3").await;
        let notices = waiting.get("/api/me/notices").await.ok();
        assert_eq!(notices["items"][0]["kind"], "moved_up");
        // Who comes back stands at the end of the line.
        let card = this.register("teacher2", json!({})).await.ok();
        assert_eq!(card["mine"]["state"], "waiting");
        assert_eq!(card["mine"]["ahead"], 1);
        // Another seat is given at once; fewer seats send nobody away.
        let seats = |seats: i32| json!({ "registration": { "seats": seats } });
        this.host.patch(&this.path(""), seats(2)).await.ok();
        assert_eq!(this.stands("director").await, "confirmed");
        this.host.patch(&this.path(""), seats(1)).await.ok();
        assert_eq!(this.stands("director").await, "confirmed");
        assert_eq!(this.stands("teacher2").await, "waiting");
    })
    .await;
}

#[tokio::test]
async fn two_who_register_at_once_for_the_last_seat_do_not_share_it() {
    on_both(|database| async move {
        let this = Registering::over(database, json!({ "seats": 3 })).await;
        let mut people = Vec::new();
        for _ in 0..12 {
            let person = this.city.new_teacher(this.city.school).await;
            kafedra_store::consent::give(
                &this.city.app.state.store.db,
                person,
                consent::current().version,
                this.city.app.clock.now(),
            )
            .await
            .expect("a consent");
            people.push(this.city.signed_in_as(person).await);
        }
        let path = this.path("/registration");
        let body = json!({ "answers": {} });
        let asked = people
            .iter()
            .map(|browser| browser.post(&path, body.clone()));
        let answers = futures_util::future::join_all(asked).await;
        let states: Vec<_> = answers
            .into_iter()
            .map(|answer| answer.ok()["mine"]["state"].clone())
            .collect();
        let count = |state: &str| states.iter().filter(|one| **one == state).count();
        assert_eq!((count("confirmed"), count("waiting")), (3, 9));
        // Three leave at once: three move up, each seat is given once.
        let leaving: Vec<_> = people
            .iter()
            .zip(&states)
            .filter(|(_, state)| **state == "confirmed")
            .map(|(browser, _)| browser.delete(&path))
            .collect();
        for answer in futures_util::future::join_all(leaving).await {
            answer.ok();
        }
        let list = this.list().await;
        let count = |state: &str| list.iter().filter(|one| one["state"] == state).count();
        assert_eq!(
            (count("confirmed"), count("waiting"), count("withdrawn")),
            (3, 6, 3)
        );
    })
    .await;
}

#[tokio::test]
async fn questions_are_asked_answered_and_saved_as_a_table_without_formulas() {
    on_both(|database| async move {
        let this = Registering::over(database, json!({ "questions": questions() })).await;
        this.register("teacher2", json!({}))
            .await
            .refused_field(&format!("answers.{TOPIC}"), "required");
        this.register(
            "teacher2",
            json!({ TOPIC.to_string(): "x", LUNCH.to_string(): "может быть" }),
        )
        .await
        .refused_field(&format!("answers.{LUNCH}"), "unknown");
        let answers = json!({
            TOPIC.to_string(): "=HYPERLINK(\"http://evil\")",
            LUNCH.to_string(): "да",
        });
        let card = this.register("teacher2", answers.clone()).await.ok();
        assert_eq!(card["mine"]["answers"], answers);
        let list = this.list().await;
        assert_eq!(list[0]["answers"], answers);
        assert_eq!(list[0]["institution"], "Школа № 1");
        let (kind, bytes) = file(&this.host, &this.path("/registrations.xlsx")).await;
        assert!(kind.contains("spreadsheetml"));
        let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
        let mut part = |name: &str| {
            let mut text = String::new();
            let mut file = book.by_name(name).expect("a part");
            file.read_to_string(&mut text).expect("text");
            text
        };
        assert!(part("xl/sharedStrings.xml").contains("=HYPERLINK("));
        assert!(!part("xl/worksheets/sheet1.xml").contains("<f>"));
        assert!(part("xl/styles.xml").contains("quotePrefix=\"1\""));
    })
    .await;
}

#[tokio::test]
async fn a_form_that_makes_no_sense_is_refused_whole() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let late = city.app.clock.now() + TimeDelta::days(3);
    for (form, field, code) in [
        (
            json!({ "seats": 0 }),
            "registration.seats",
            "rule.out_of_range",
        ),
        (
            json!({ "deadline": late }),
            "registration.deadline",
            "deadline.after_start",
        ),
        (
            json!({ "questions": [{ "id": TOPIC, "kind": "text", "text": " " }] }),
            "registration.questions.0",
            "required",
        ),
        (
            json!({ "questions": [{ "id": TOPIC, "kind": "choice", "text": "?", "options": ["а"] }] }),
            "registration.questions.0",
            "question.few_options",
        ),
    ] {
        host.post("/api/events", plan(&city, form))
            .await
            .refused_field(field, code);
    }
}

#[tokio::test]
async fn the_organiser_decides_where_approval_is_asked_for() {
    on_both(|database| async move {
        let this = Registering::over(database, json!({ "approval": true, "seats": 1 })).await;
        for login in ["teacher2", "teacher3"] {
            let card = this.register(login, json!({})).await.ok();
            assert_eq!(card["mine"]["state"], "to_decide");
        }
        let notices = this.host.get("/api/me/notices").await.ok();
        assert_eq!(notices["items"][0]["kind"], "to_decide");
        let list = this.list().await;
        let decide = async |row: &Value, verdict: &str| {
            let path = format!("/api/registrations/{}", id(row));
            this.host.patch(&path, json!({ "verdict": verdict })).await
        };
        assert_eq!(decide(&list[0], "accept").await.ok()["state"], "confirmed");
        assert_eq!(decide(&list[1], "accept").await.ok()["state"], "waiting");
        // Declined, the first makes room for the second.
        assert_eq!(decide(&list[0], "decline").await.ok()["state"], "declined");
        assert_eq!(this.stands("teacher3").await, "confirmed");
        assert_eq!(
            this.subjects("Котов Пётр").await,
            ["Заявка получена", "Вы записаны", "Заявка отклонена"]
        );
        this.register("teacher2", json!({}))
            .await
            .refused("registration.declined");
        this.withdraw("teacher3").await;
        decide(&list[1], "accept")
            .await
            .refused("registration.withdrawn");
    })
    .await;
}

#[tokio::test]
async fn a_guest_registers_by_name_and_address_and_comes_back_by_the_letter() {
    on_both(|database| async move {
        let this = Registering::over(database, json!({ "seats": 1 })).await;
        let anyone = this.city.app.browser();
        let card = anyone.get(&this.path("/registration")).await.ok();
        assert_eq!(
            (&card["title"], &card["open"]),
            (&json!("Семинар"), &json!(true))
        );
        this.guest("", "anna")
            .await
            .refused_field("name", "required");
        this.guest("Анна", "anna")
            .await
            .refused_field("email", "email.invalid");
        let body = json!({ "name": "Анна", "email": "a@b.example" });
        anyone
            .post(&this.path("/registration"), body)
            .await
            .refused_field("consentVersion", "required");
        let first = this.guest("Анна", "Anna@home.example").await.ok();
        // Nobody learns by the answer who registered before.
        let again = this.guest("Кто-то", "anna@home.example").await.ok();
        assert_eq!(first, again);
        assert_eq!(first["mine"], Value::Null);
        let rows = letters(&this.city).await;
        let links: Vec<&str> = rows
            .iter()
            .filter(|letter| letter.address == "anna@home.example")
            .filter_map(|letter| letter.plain.split("/registration/").nth(1)?.lines().next())
            .collect();
        assert_eq!(links.len(), 2);
        assert_eq!(links[0], links[1]);
        let own = format!("/api/registrations/by-code/{}", links[0]);
        let card = anyone.get(&own).await.ok();
        assert_eq!(card["mine"]["state"], "confirmed");
        assert_eq!(card["mine"]["name"], "Анна");
        assert!(
            card["mine"]["roomUrl"]
                .as_str()
                .is_some_and(|url| url.contains("/r/"))
        );
        this.register("teacher2", json!({})).await.ok();
        let card = anyone.delete(&own).await.ok();
        assert_eq!(card["mine"]["state"], "withdrawn");
        assert_eq!(this.stands("teacher2").await, "confirmed");
        anyone
            .get("/api/registrations/by-code/unknown")
            .await
            .refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn guests_register_for_public_events_alone_and_no_mailbox_is_flooded() {
    let this = Registering::over(TestDatabase::sqlite().await, json!({})).await;
    for _ in 0..5 {
        this.guest("Анна", "anna@home.example").await.ok();
    }
    this.guest("Анна", "anna@home.example")
        .await
        .refused("too_many");
    this.guest("Борис", "boris@home.example").await.ok();
    this.host
        .patch(&this.path(""), json!({ "audience": "city" }))
        .await
        .ok();
    this.guest("Вера", "vera@home.example")
        .await
        .refused("sign_in.needed");
    let anyone = this.city.app.browser();
    anyone
        .get(&this.path("/registration"))
        .await
        .refused("sign_in.needed");
    // Without a form there is nothing to register for.
    let form = json!({ "registration": null });
    this.host.patch(&this.path(""), form).await.ok();
    let card = this.host.get(&this.path("/registration")).await.ok();
    assert_eq!(
        (&card["form"], &card["open"]),
        (&Value::Null, &json!(false))
    );
    this.register("teacher2", json!({}))
        .await
        .refused("not_found");
}

#[tokio::test]
async fn registration_ends_at_its_deadline_or_when_the_meeting_begins() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let deadline = city.app.clock.now() + TimeDelta::days(1);
    let event = host
        .post("/api/events", plan(&city, json!({ "deadline": deadline })))
        .await
        .ok();
    let path = format!("/api/events/{}/registration", id(&event));
    let register = json!({ "answers": {} });
    let early = city.signed_in("teacher2").await;
    early.post(&path, register.clone()).await.ok();
    city.app.clock.advance(TimeDelta::hours(25));
    let late = city.signed_in("teacher3").await;
    late.post(&path, register.clone())
        .await
        .refused("registration.closed");
    assert_eq!(late.get(&path).await.ok()["open"], false);
    // Leaving is always possible.
    early.delete(&path).await.ok();
    // Without a deadline the beginning is one.
    let edit = json!({ "registration": { "deadline": null } });
    host.patch(&format!("/api/events/{}", id(&event)), edit)
        .await
        .ok();
    late.post(&path, register.clone()).await.ok();
    city.app.clock.advance(TimeDelta::hours(24));
    early
        .post(&path, register)
        .await
        .refused("registration.closed");
}

#[tokio::test]
async fn dates_of_a_series_have_forms_and_queues_of_their_own() {
    let city = City::sqlite().await;
    let host = city.signed_in("teacher").await;
    let deadline = city.app.clock.now() + TimeDelta::days(1);
    let mut series = plan(&city, json!({ "seats": 1, "deadline": deadline }));
    series["repeat"] = json!({ "rule": "FREQ=WEEKLY;COUNT=2" });
    let first = host.post("/api/events", series).await.ok();
    let events = kafedra_store::event::siblings(
        &city.app.state.store.db,
        first["seriesId"]
            .as_str()
            .expect("a series")
            .parse()
            .expect("an id"),
        None,
    )
    .await
    .expect("dates");
    let guest = city.signed_in("teacher2").await;
    for (event, week) in events.iter().zip(0..) {
        let path = format!("/api/events/{}/registration", event.id);
        let card = guest.post(&path, json!({ "answers": {} })).await.ok();
        assert_eq!(card["mine"]["state"], "confirmed");
        let expected = deadline + TimeDelta::weeks(week);
        let got: chrono::DateTime<chrono::Utc> = card["form"]["deadline"]
            .as_str()
            .expect("a deadline")
            .parse()
            .expect("a time");
        assert_eq!(got, expected);
    }
}
