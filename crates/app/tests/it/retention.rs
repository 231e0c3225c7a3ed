//! What is over is really deleted, and nothing else; the rounds that do it end with the server.

use std::time::Duration;

use chrono::TimeDelta;
use kafedra_app::{retention, rounds, secret};
use kafedra_store::{
    invitation, registration, session,
    session::{Entity as Sessions, Holder},
    slip, webhook,
};
use kafedra_testkit::{City, on_both};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use crate::{
    imports::imported,
    mail::{invite, send},
    meeting::{Meeting, id},
};

/// A link whose time runs out in so many days.
async fn link(city: &City, token: &str, days: i64) {
    let now = city.app.clock.now();
    let draft = invitation::Draft {
        person_id: Some(city.person("teacher")),
        ..invitation::Draft::new(
            invitation::Kind::Reset,
            secret::hash(token),
            now + TimeDelta::days(days),
        )
    };
    invitation::create(&city.app.state.store.db, draft, now)
        .await
        .expect("a link");
}

async fn slip_of(city: &City, login: &str, days: i64) {
    let now = city.app.clock.now();
    let draft = slip::Draft {
        person_id: city.person(login),
        institution_id: city.school,
        code_hash: login.to_owned(),
        created_by: city.person("admin"),
        expires_at: now + TimeDelta::days(days),
    };
    slip::replace(&city.app.state.store.db, draft, now)
        .await
        .expect("a slip");
}

#[tokio::test]
async fn sessions_go_when_they_run_out_and_links_and_slips_a_month_after() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let app = &city.app;
        let db = &app.state.store.db;
        let old = city.signed_in("teacher").await;
        link(&city, "short", 1).await;
        link(&city, "long", 20).await;
        slip_of(&city, "teacher", 1).await;
        slip_of(&city, "teacher2", 20).await;
        webhook::note(db, "once", app.clock.now())
            .await
            .expect("a delivery");
        let left = async || {
            retention::sweep(&app.state).await.expect("a round");
            [
                Sessions::find().count(db).await,
                invitation::Entity::find().count(db).await,
                slip::Entity::find().count(db).await,
                webhook::Entity::find().count(db).await,
            ]
            .map(|count| count.expect("a count"))
        };
        assert_eq!(left().await, [1, 2, 2, 1]);
        app.clock.advance(TimeDelta::days(29));
        let new = city.signed_in("teacher").await;
        assert_eq!(left().await, [2, 2, 2, 0]);
        // Old links still tell that their time is over.
        old.get("/api/invitations/by-token/short")
            .await
            .refused("invitation.spent");
        app.clock.advance(TimeDelta::days(3));
        assert_eq!(left().await, [1, 1, 1, 0]);
        old.get("/api/invitations/by-token/short")
            .await
            .refused("invitation.unknown");
        assert!(new.get("/api/me").await.ok()["person"].is_object());
        app.clock.advance(TimeDelta::days(365));
        assert_eq!(left().await, [0, 0, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn the_rounds_begin_at_once_and_nothing_of_them_is_left_when_they_are_stopped() {
    let meeting = Meeting::sqlite().await;
    let app = &meeting.city.app;
    let db = &app.state.store.db;
    let now = app.clock.now();
    let holder = Holder::Guest(meeting_guest(&meeting).await);
    session::create(
        db,
        "over".to_owned(),
        holder,
        String::new(),
        now - TimeDelta::days(31),
        now - TimeDelta::days(1),
    )
    .await
    .expect("a session of last month");
    let before = Sessions::find().count(db).await.expect("a count");
    let mut rounds = rounds::start(&app.state);
    let mut left = before;
    for _ in 0..400 {
        left = Sessions::find().count(db).await.expect("a count");
        if left < before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(left, before - 1);
    rounds.shutdown().await;
    assert!(rounds.is_empty());
}

#[tokio::test]
async fn words_and_names_go_a_year_after_the_event_and_numbers_stay() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let app = &meeting.city.app;
        let db = &app.state.store.db;
        let (guest, seat) = meeting.guest("Ирина Гостева").await;
        meeting.act(&meeting.host, &id(&seat), "/admit").await.ok();
        let message = json!({ "body": "Добрый день", "key": "1" });
        meeting
            .host
            .post(&meeting.path("/chat"), message)
            .await
            .ok();
        let question = json!({ "text": "Когда отчёт?", "key": "1" });
        guest.post(&meeting.path("/questions"), question).await.ok();
        let poll = json!({
            "kind": "single", "text": "Нужен ли кружок?", "named": true, "results": "live",
            "options": [{ "text": "Да" }, { "text": "Нет" }],
        });
        let polls = meeting.path("/polls");
        let poll = format!(
            "{polls}/{}",
            id(&meeting.host.post(&polls, poll).await.ok())
        );
        meeting
            .host
            .post(&format!("{poll}/open"), json!({}))
            .await
            .ok();
        for (browser, choice) in [(&guest, 0), (&meeting.host, 1)] {
            let answer = json!({ "choices": [choice] });
            browser.put(&format!("{poll}/answer"), answer).await.ok();
        }
        meeting
            .host
            .post(&format!("{poll}/close"), json!({}))
            .await
            .ok();
        meeting
            .host
            .post(&meeting.path("/end"), json!({}))
            .await
            .ok();

        let event = format!("/api/events/{}", id(&meeting.event));
        let read = async || {
            retention::sweep(&app.state).await.expect("a round");
            // Sessions run out meanwhile.
            let host = meeting.city.signed_in("teacher").await;
            let polls = host.get(&format!("{event}/polls")).await.ok();
            let questions = host.get(&format!("{event}/questions")).await.ok();
            let presence = host.get(&format!("{event}/presence")).await.ok();
            let guests = kafedra_store::guest::Entity::find()
                .all(db)
                .await
                .expect("guests");
            json!({
                "counts": polls["items"][0]["poll"]["result"]["counts"],
                "voted": polls["items"][0]["poll"]["result"]["voted"],
                "names": polls["items"][0]["names"].as_array().map(Vec::len),
                "question": questions["items"][0]["text"],
                "asker": questions["items"][0]["name"],
                "present": presence["items"].to_string().contains("Гостева"),
                "guest": guests[0].name,
                "chat": kafedra_store::chat::Entity::find().count(db).await.expect("a count"),
            })
        };
        let before = json!({
            "counts": [1, 1], "voted": 2, "names": 2, "question": "Когда отчёт?",
            "asker": "Ирина Гостева", "present": false, "guest": "Ирина Гостева", "chat": 1,
        });
        assert_eq!(read().await, before);
        app.clock.advance(TimeDelta::days(364));
        assert_eq!(read().await, before);
        app.clock.advance(TimeDelta::days(2));
        let after = json!({
            "counts": [1, 1], "voted": 2, "names": 0, "question": "Когда отчёт?",
            "asker": null, "present": false, "guest": "Гость", "chat": 0,
        });
        assert_eq!(read().await, after);
        // A second round finds nothing more to forget, and counts nothing twice.
        assert_eq!(read().await, after);
    })
    .await;
}

#[tokio::test]
async fn letters_reports_registrations_jobs_and_imports_go_in_their_own_time() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let app = &city.app;
        let db = &app.state.store.db;
        let now = app.clock.now();
        let admin = city.signed_in("admin").await;
        let table = "ФИО;Учреждение;Должность;Основное;Работает с\n\
                     Ким Анна;Школа № 1;Учитель;да;01.09.2015\n";
        imported(&admin, "people", table).await;
        let event = invite(&city, &admin, &["teacher"]).await;
        send(&app.state).await;
        let report = json!({ "text": "Не слышно" });
        admin.post("/api/problem-reports", report).await.ok();
        let event: uuid::Uuid = id(&event).parse().expect("an id");
        let who = registration::Who::Guest {
            email: "guest@city.example".to_owned(),
            code: "code".to_owned(),
            consent_version: "1".to_owned(),
        };
        let mine = registration::Who::Person(city.person("teacher"));
        for (place, who) in [(1, who), (2, mine)] {
            let draft = registration::Draft {
                who,
                name: "Кто-то".to_owned(),
                locale: kafedra_model::Locale::Ru,
                answers: "{\"phone\":\"1\"}".to_owned(),
                state: kafedra_model::registration::RegistrationState::Confirmed,
                place,
            };
            registration::create(db, event, draft, now)
                .await
                .expect("a registration");
        }
        let kafedra_app::mail::Transport::Files(mail) = &app.state.settings.mail.transport else {
            panic!("letters go to files");
        };
        let left = async || {
            retention::sweep(&app.state).await.expect("a round");
            let letters = kafedra_store::letter::Entity::find().count(db).await;
            let reports = kafedra_store::problem_report::Entity::find()
                .count(db)
                .await;
            let jobs = kafedra_store::job::Entity::find().count(db).await;
            let imports = kafedra_store::import::Entity::find().count(db).await;
            let changes = kafedra_store::import::change::Entity::find()
                .count(db)
                .await;
            let registrations = registration::of_event(db, event)
                .await
                .expect("registrations");
            let answered = registrations
                .iter()
                .filter(|one| one.answers != "{}")
                .count();
            let files = std::fs::read_dir(mail).expect("a folder").count();
            (
                [letters, reports, jobs, imports].map(|count| count.expect("a count")),
                changes.expect("a count") > 0,
                [registrations.len(), answered, files],
            )
        };
        assert_eq!(left().await, ([1, 1, 1, 1], true, [2, 2, 1]));
        let steps = [
            (31, ([1, 1, 0, 1], true, [2, 2, 1])),
            (60, ([1, 1, 0, 0], false, [2, 2, 1])),
            (90, ([0, 0, 0, 0], false, [2, 2, 0])),
            // The event was two days after.
            (187, ([0, 0, 0, 0], false, [1, 0, 0])),
        ];
        for (days, expected) in steps {
            app.clock.advance(TimeDelta::days(days));
            assert_eq!(left().await, expected, "after {days} days more");
        }
        // What the import wrote stays.
        let admin = city.signed_in("admin").await;
        assert_eq!(admin.get("/api/people?q=Ким").await.ok()["total"], 1);
    })
    .await;
}

/// The id of a guest of the meeting.
async fn meeting_guest(meeting: &Meeting) -> uuid::Uuid {
    let (browser, _) = meeting.guest("Гость").await;
    let me = browser.get("/api/me").await.ok();
    me["guest"]["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .expect("an id")
}
