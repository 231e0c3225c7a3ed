//! Indicators over HTTP: figures that rise with evidence, whom they count, signed quarters.

use chrono::TimeDelta;
use kafedra_model::{EventRole, passport::Passport};
use kafedra_store::project;
use kafedra_testkit::{Browser, City, on_both};
use reqwest::Method;
use serde_json::{Value, json};

use crate::held::Held;

async fn begin_project(city: &City) {
    let passport = Passport::founding().expect("the founding passport");
    let draft = project::Draft::executing(&passport).expect("JSON");
    let now = city.app.clock.now();
    project::create(&city.app.state.store.db, draft, None, now)
        .await
        .expect("a project");
}

async fn figure(browser: &Browser, key: &str, query: &str) -> Value {
    let list = browser.get(&format!("/api/indicators{query}")).await.ok();
    list["items"]
        .as_array()
        .expect("items")
        .iter()
        .find(|one| one["key"] == key)
        .expect("the indicator")
        .clone()
}

fn counts(figure: &Value) -> (i64, i64) {
    let number = |name: &str| figure[name].as_i64().expect("a number");
    (number("counted"), number("members"))
}

/// A verified document of a teacher.
async fn document(city: &City, login: &str, issued_on: &str) -> Value {
    let coordinator = city.signed_in("coordinator").await;
    let draft = json!({
        "kind": "certificate",
        "registration": format!("{login} {issued_on}"),
        "issuer": "ИРО",
        "issuedOn": issued_on,
        "hours": 16,
    });
    let path = format!("/api/people/{}/documents", city.person(login));
    let added = coordinator.post(&path, draft).await.ok();
    let path = format!(
        "/api/documents/{}/verification",
        added["id"].as_str().expect("an id")
    );
    let body = json!({ "verified": true, "version": 1 });
    coordinator.put(&path, body).await.ok()
}

#[tokio::test]
async fn the_first_indicator_counts_teachers_and_managers_with_a_document() {
    on_both(|database| async move {
        let city = City::over(database).await;
        begin_project(&city).await;
        let official = city.signed_in("official").await;
        let before = figure(&official, "qualification", "").await;
        assert_eq!(counts(&before), (0, 6));
        assert_eq!(
            (&before["value"], &before["plan"]),
            (&json!(0), &json!(8700))
        );
        assert_eq!(before["light"], "red");
        document(&city, "teacher", "2014-09-04").await;
        let now = figure(&official, "qualification", "").await;
        assert_eq!(now["value"], 1667);
        // On the anniversary it counts for the last time.
        for (day, counted) in [("2017-09-04", 1), ("2017-09-05", 0), ("2014-09-03", 0)] {
            let then = figure(&official, "qualification", &format!("?day={day}")).await;
            assert_eq!(then["counted"], counted, "{day}");
        }
        let of_school = format!("?institutionId={}", city.school);
        let school = figure(&official, "qualification", &of_school).await;
        assert_eq!(counts(&school), (1, 4));
        let teachers = figure(&official, "qualification", "?position=teacher").await;
        assert_eq!(counts(&teachers), (1, 2));
        // Nobody of this subject: not available, neither 0 nor 100.
        let nobody = figure(&official, "qualification", "?subject=Химия").await;
        assert_eq!(nobody["value"], Value::Null);
        assert_eq!(nobody["light"], "grey");

        let path = "/api/indicators/qualification/members?shown=counted";
        let members = official.get(path).await.ok();
        assert_eq!(members["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(members["items"][0]["name"], "Семёнова Мария");
        assert_eq!(members["items"][0]["institution"], "Школа № 1");
        assert_eq!(members["items"][0]["proofs"][0]["validUntil"], "2017-09-04");
        let rows = official
            .get("/api/indicators/qualification/institutions")
            .await
            .ok();
        let values: Vec<_> = rows["items"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| (row["institutionName"].clone(), row["value"].clone()))
            .collect();
        assert_eq!(
            values,
            [
                (json!("Школа № 1"), json!(2500)),
                (json!("Школа № 2"), json!(0))
            ]
        );
        let outlook = official
            .get("/api/indicators/qualification/outlook")
            .await
            .ok();
        assert_eq!(
            outlook["levers"],
            json!([
                { "reason": "expiring", "count": 1 },
                { "reason": "no_document", "count": 5 }
            ])
        );
        assert_eq!(outlook["floor"], 0);
    })
    .await;
}

#[tokio::test]
async fn the_second_indicator_counts_confirmed_speakers_whom_two_institutions_heard() {
    on_both(|database| async move {
        let who = [("teacher2", 90), ("coordinator", 90), ("teacher3", 60)];
        let held = Held::over(database, "webinar", &who).await;
        let official = held.city.signed_in("official").await;
        assert_eq!(counts(&figure(&official, "dissemination", "").await), (0, 3));
        held.role("teacher2", EventRole::Speaker, "Проекты").await;
        // Named as a speaker, and never came.
        held.role("teacher", EventRole::Speaker, "Не пришёл").await;
        let spoken = figure(&official, "dissemination", "").await;
        assert_eq!(counts(&spoken), (1, 3));
        let path = "/api/indicators/dissemination/members?shown=counted";
        let members = official.get(path).await.ok();
        let proof = &members["items"][0]["proofs"][0];
        assert_eq!(
            (&proof["title"], &proof["role"], &proof["minutes"]),
            (&json!("Ноябрьское заседание"), &json!("speaker"), &json!(90))
        );
        let outlook = official
            .get("/api/indicators/dissemination/outlook")
            .await
            .ok();
        assert_eq!(outlook["reach"], 2);

        // What is corrected afterwards is counted again: the speaker was not there after all.
        let correct = |login: &str, minutes| {
            json!({ "personId": held.city.person(login), "minutes": minutes, "reason": "Ошибка" })
        };
        let path = held.path("/presence/corrections");
        held.host.post(&path, correct("teacher2", 0)).await.ok();
        assert_eq!(counts(&figure(&official, "dissemination", "").await), (0, 3));
        held.host.post(&path, correct("teacher2", 5)).await.ok();
        assert_eq!(counts(&figure(&official, "dissemination", "").await), (1, 3));
        // Without the listener from the other school the event was not held.
        held.host.post(&path, correct("teacher3", 0)).await.ok();
        assert_eq!(counts(&figure(&official, "dissemination", "").await), (0, 3));
        let one_is_enough = json!({ "listenerInstitutions": 1 });
        let admin = held.city.signed_in("admin").await;
        admin
            .put("/api/installation/indicators", one_is_enough)
            .await
            .ok();
        assert_eq!(counts(&figure(&official, "dissemination", "").await), (1, 3));
    })
    .await;
}

#[tokio::test]
async fn lights_change_where_the_installation_says() {
    on_both(|database| async move {
        let city = City::over(database).await;
        begin_project(&city).await;
        let admin = city.signed_in("admin").await;
        let path = "/api/installation/indicators";
        let settings = admin.get(path).await.ok();
        assert_eq!(
            settings["lights"],
            json!({
                "indicatorGreen": 100, "indicatorYellow": 95, "checkpointDays": 10,
                "budgetGreen": 95, "budgetYellow": 85,
            })
        );
        let with = |field: &str, value: u32| {
            let mut settings = settings.clone();
            settings["lights"][field] = json!(value);
            settings
        };
        for (field, value, code) in [
            ("indicatorGreen", 101, "lights.percent"),
            ("indicatorYellow", 100, "lights.order"),
            ("budgetYellow", 95, "lights.order"),
            ("checkpointDays", 366, "lights.days"),
        ] {
            let refused = admin.put(path, with(field, value)).await;
            refused.refused_field(&format!("lights.{field}"), code);
        }
        // 2.1 was due on 31 July; today is 4 September.
        let light = |project: &Value, number: &str| {
            let list = project["checkpoints"].as_array().expect("checkpoints");
            let found = list.iter().find(|one| one["number"] == number);
            found.expect("a checkpoint")["light"].clone()
        };
        let before = admin.get("/api/project").await.ok();
        assert_eq!(light(&before, "2.1"), "red");
        admin.put(path, with("checkpointDays", 40)).await.ok();
        let after = admin.get("/api/project").await.ok();
        assert_eq!(light(&after, "2.1"), "yellow");
        assert_eq!(after["thresholds"]["checkpointDays"], 40);
    })
    .await;
}

#[tokio::test]
async fn an_event_of_seconds_was_held_too() {
    on_both(|database| async move {
        let held = Held::begun(database, "webinar").await;
        for login in ["teacher2", "coordinator", "teacher3"] {
            let person = held.city.person(login);
            held.stays_for(person, TimeDelta::seconds(20)).await;
        }
        held.end().await;
        held.role("teacher2", EventRole::Speaker, "Коротко").await;
        let official = held.city.signed_in("official").await;
        assert_eq!(
            counts(&figure(&official, "dissemination", "").await),
            (1, 3)
        );
        let outlook = official
            .get("/api/indicators/dissemination/outlook")
            .await
            .ok();
        assert_eq!(outlook["reach"], 2);
    })
    .await;
}

#[tokio::test]
async fn what_the_media_server_tells_late_is_counted() {
    on_both(|database| async move {
        let held = Held::begun(database, "webinar").await;
        for login in ["teacher2", "coordinator"] {
            held.stays(held.city.person(login), 90).await;
        }
        // The only listener of the other school is told of after the end.
        let start = held.city.app.clock.now();
        held.end().await;
        // Counted after the end, before the rest is told: all that follows lies before the counting.
        held.city.app.clock.advance(TimeDelta::seconds(1));
        held.role("teacher2", EventRole::Speaker, "Проекты").await;
        let official = held.city.signed_in("official").await;
        let counted = async || counts(&figure(&official, "dissemination", "").await).0;
        assert_eq!(counted().await, 0);
        held.city.app.clock.advance(TimeDelta::seconds(1));
        let last = held.city.person("teacher3");
        held.was(last, start, start + TimeDelta::minutes(80)).await;
        assert_eq!(counted().await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_third_indicator_counts_schools_with_a_ready_kit() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let coordinator = city.signed_in("coordinator").await;
        let draft = json!({ "institutionId": city.school, "name": "Комплект" });
        let kit = coordinator.post("/api/kits", draft).await.ok();
        let path = |rest: &str| format!("/api/kits/{}{rest}", kit["id"].as_str().expect("an id"));
        let equipment = json!({
            "hasCamera": true, "hasSpeakerphone": true, "hasComputer": true, "hasChannel": true,
            "inventoryNumber": "101-17"
        });
        coordinator.put(&path("/equipment"), equipment).await.ok();
        let ready = json!({ "since": "2017-05-01", "status": "ready" });
        coordinator.post(&path("/statuses"), ready).await.ok();
        let official = city.signed_in("official").await;
        assert_eq!(counts(&figure(&official, "equipment", "").await), (0, 2));
        let test = json!({ "testedOn": "2017-06-06", "passed": true });
        coordinator.post(&path("/readiness-tests"), test).await.ok();
        // Exactly ninety days ago.
        let now = figure(&official, "equipment", "").await;
        assert_eq!((counts(&now), &now["value"]), ((1, 2), &json!(100)));
        let later = figure(&official, "equipment", "?day=2017-09-05").await;
        assert_eq!(later["value"], 0);
        let tomorrow = json!({ "testedOn": "2017-09-05", "passed": true });
        let refusal = coordinator
            .post(&path("/readiness-tests"), tomorrow)
            .await
            .refused("invalid");
        assert_eq!(refusal["errors"][0]["code"], "date.future");
    })
    .await;
}

#[tokio::test]
async fn a_signed_quarter_stays_and_a_correction_is_a_revision() {
    on_both(|database| async move {
        let city = City::over(database).await;
        begin_project(&city).await;
        let document = document(&city, "teacher", "2016-03-01").await;
        let official = city.signed_in("official").await;
        let path = "/api/indicators/qualification/signatures";
        let order = |quarter: u32, seen: u32, reason: &str| {
            json!({ "year": 2017, "quarter": quarter, "seenRevision": seen, "reason": reason })
        };
        official
            .post(path, order(3, 0, ""))
            .await
            .refused("indicator.quarter_not_over");
        let signed = official.post(path, order(2, 0, "")).await.ok();
        assert_eq!((&signed["value"], &signed["revision"]), (&json!(1667), &json!(1)));
        official
            .post(path, order(2, 0, ""))
            .await
            .refused("indicator.signed_meanwhile");

        // The evidence goes; the signature stays.
        let admin = city.signed_in("admin").await;
        let gone = format!("/api/documents/{}", document["id"].as_str().expect("an id"));
        admin.delete(&gone).await.ok();
        let now = figure(&official, "qualification", "").await;
        assert_eq!(now["value"], 0);
        let second = now["quarters"][1].clone();
        assert_eq!((&second["value"], &second["revision"]), (&json!(1667), &json!(1)));
        let first = now["quarters"][0].clone();
        assert_eq!((&first["value"], &first["toSign"]), (&json!(0), &json!(true)));
        assert_eq!(now["quarters"][3]["value"], Value::Null);

        let refusal = official.post(path, order(2, 1, "")).await.refused("invalid");
        assert_eq!(refusal["errors"][0]["code"], "required");
        let corrected = official
            .post(path, order(2, 1, "Документ отозван"))
            .await
            .ok();
        assert_eq!((&corrected["value"], &corrected["revision"]), (&json!(0), &json!(2)));
        let history = official.get(&format!("{path}?year=2017")).await.ok();
        assert_eq!(history["total"], 2);
        assert_eq!(history["items"][0]["signedBy"], "Громов Павел");
        let evidence = |signature: &Value| {
            format!(
                "/api/indicator-signatures/{}/evidence",
                signature["id"].as_str().expect("an id")
            )
        };
        let counted = |list: &Value| {
            list.as_array()
                .expect("a list")
                .iter()
                .filter(|one| one["counted"] == true)
                .map(|one| one["name"].clone())
                .collect::<Vec<_>>()
        };
        let before = official.get(&evidence(&signed)).await.ok();
        assert_eq!(counted(&before), [json!("Семёнова Мария")]);
        let after = official.get(&evidence(&corrected)).await.ok();
        assert_eq!(counted(&after), [] as [Value; 0]);
    })
    .await;
}

#[tokio::test]
async fn the_day_begins_when_it_does_in_the_city() {
    on_both(|database| async move {
        let city = City::over(database).await;
        begin_project(&city).await;
        document(&city, "teacher", "2014-09-04").await;
        let official = city.signed_in("official").await;
        let news = json!({ "title": "Новый день", "text": "Пять.", "publishedOn": "2017-09-05" });
        official.post("/api/news", news).await.ok();
        let public = async |browser: &Browser| {
            let request = browser.request(Method::GET, "/public");
            let page = request.send().await.expect("an answer");
            page.text().await.expect("text").contains("Новый день")
        };
        let days = async |browser: &Browser| {
            let indicators = browser.get("/api/indicators").await.ok();
            let project = browser.get("/api/project").await.ok();
            [indicators["day"].clone(), project["day"].clone()]
        };
        assert_eq!(days(&official).await, ["2017-09-04", "2017-09-04"]);
        assert_eq!(figure(&official, "qualification", "").await["counted"], 1);
        assert!(!public(&official).await);

        // 22:30 by UTC, half past one at night in Moscow.
        city.app.clock.advance(TimeDelta::minutes(13 * 60 + 30));
        assert_eq!(days(&official).await, ["2017-09-05", "2017-09-05"]);
        assert_eq!(figure(&official, "qualification", "").await["counted"], 0);
        assert!(public(&official).await);
        // A document of this very day is none of the future's.
        document(&city, "teacher2", "2017-09-05").await;
        assert_eq!(figure(&official, "qualification", "").await["counted"], 1);

        // The quarter is over with its last day in the city.
        city.app
            .clock
            .advance(TimeDelta::days(26) - TimeDelta::hours(2));
        let official = city.signed_in("official").await;
        let path = "/api/indicators/qualification/signatures";
        let order = json!({ "year": 2017, "quarter": 3, "seenRevision": 0 });
        let refusal = official.post(path, order.clone()).await;
        refusal.refused("indicator.quarter_not_over");
        city.app.clock.advance(TimeDelta::hours(2));
        official.post(path, order).await.ok();
    })
    .await;
}

#[tokio::test]
async fn those_on_parental_leave_are_left_out_of_the_variant_alone() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let coordinator = city.signed_in("coordinator").await;
        let person = format!("/api/people/{}", city.person("teacher2"));
        let card = coordinator.get(&person).await.ok();
        let job = card["employments"][0]["id"].as_str().expect("an id");
        let path = format!("/api/employments/{job}/leaves");
        let backwards =
            json!({ "kind": "parental", "startsOn": "2017-02-01", "endsOn": "2017-01-31" });
        let refusal = coordinator.post(&path, backwards).await.refused("invalid");
        assert_eq!(refusal["errors"][0]["code"], "employment.backwards");
        let leave = json!({ "kind": "parental", "startsOn": "2017-02-01" });
        coordinator.post(&path, leave).await.ok();
        document(&city, "teacher", "2016-03-01").await;
        let official = city.signed_in("official").await;
        let all = figure(&official, "qualification", "").await;
        assert_eq!(counts(&all), (1, 6));
        assert_eq!(all["withoutParentalLeave"], 2000);
        let without = figure(&official, "qualification", "?withoutParentalLeave=true").await;
        assert_eq!(counts(&without), (1, 5));
    })
    .await;
}

#[tokio::test]
async fn coverage_counts_teacher_leaders_who_were_trained() {
    on_both(|database| async move {
        let held = Held::over(
            database,
            "training",
            &[("coordinator", 90), ("teacher2", 45), ("teacher3", 44)],
        )
        .await;
        let methodist = held.city.signed_in("methodist").await;
        for login in ["teacher2", "teacher3"] {
            let path = format!("/api/people/{}/awards", held.city.person(login));
            let award =
                json!({ "contest": "Педагог года", "award": "laureate", "since": "2016-11-01" });
            methodist.post(&path, award).await.ok();
        }
        // Half of the ninety minutes is enough, a minute less is not.
        let trained = figure(&methodist, "trained_teacher_leaders", "").await;
        assert_eq!(
            (counts(&trained), &trained["value"]),
            ((1, 2), &json!(5000))
        );
        let before = figure(&methodist, "trained_teacher_leaders", "?day=2016-10-31").await;
        assert_eq!(before["value"], Value::Null);
    })
    .await;
}
