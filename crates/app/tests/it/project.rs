//! The project over HTTP: its passport and versions, its way to the end; refusals in words. What the
//! other files about the project stand on is here too.

use kafedra_model::passport::Passport;
use kafedra_store::project;
use kafedra_testkit::{Browser, City, TestDatabase, on_both};
use reqwest::multipart;
use serde_json::{Value, json};

pub fn founding() -> Value {
    let passport = Passport::founding().expect("the founding passport");
    serde_json::to_value(passport).expect("JSON")
}

/// A city whose project is executed, and its official.
pub async fn executing(database: TestDatabase) -> (City, Browser) {
    let city = City::over(database).await;
    execute(&city).await;
    let official = city.signed_in("official").await;
    (city, official)
}

pub async fn execute(city: &City) {
    let passport = Passport::founding().expect("the founding passport");
    let draft = project::Draft::executing(&passport).expect("JSON");
    let now = city.app.clock.now();
    project::create(&city.app.state.store.db, draft, None, now)
        .await
        .expect("a project");
}

pub fn decision(kind: &str, date: &str) -> Value {
    json!({
        "kind": kind, "minutesNumber": "7", "date": date, "item": "2.1",
        "wording": "Принять к сведению",
    })
}

pub async fn stands(browser: &Browser) -> Value {
    browser.get("/api/project").await.ok()
}

pub fn quarter(project: &Value, ordinal: u64, number: u64) -> Value {
    let find = |list: &Value, name: &str, wanted: u64| {
        list.as_array()
            .expect("a list")
            .iter()
            .find(|one| one[name] == wanted)
            .expect("a row")
            .clone()
    };
    let indicator = find(&project["indicators"], "ordinal", ordinal);
    find(&indicator["quarters"], "quarter", number)
}

/// Sends a document as evidence of what the path names.
pub async fn document(browser: &Browser, path: &str, reason: &str) -> kafedra_testkit::Answer {
    let part = multipart::Part::bytes(crate::PNG).file_name("отчёт.png");
    let form = multipart::Form::new()
        .text("reason", reason.to_owned())
        .part("file", part);
    let request = browser.request(reqwest::Method::POST, &format!("{path}/documents"));
    kafedra_testkit::Answer::of(request.multipart(form)).await
}

pub fn checkpoint(project: &Value, number: &str) -> Value {
    project["checkpoints"]
        .as_array()
        .expect("checkpoints")
        .iter()
        .find(|one| one["number"] == number)
        .expect("the checkpoint")
        .clone()
}

#[tokio::test]
async fn a_project_goes_from_draft_to_closed_and_stays_closed() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let official = city.signed_in("official").await;
        official.get("/api/project").await.refused("not_found");
        let begin = json!({ "passport": founding() });
        let draft = official.post("/api/project", begin.clone()).await.ok();
        assert_eq!(
            draft["lifecycle"],
            json!({ "state": "draft", "since": "2017-09-04" })
        );
        assert_eq!(
            (&draft["editable"], &draft["takesFacts"]),
            (&json!(true), &json!(false))
        );
        official
            .post("/api/project", begin.clone())
            .await
            .refused("project.begun_already");

        // Nothing is skipped, and a draft takes no facts.
        let step = |kind: &str| json!({ "kind": kind });
        official
            .post("/api/project/steps", step("start"))
            .await
            .refused("project.not_now");
        official
            .post("/api/project/decisions", decision("approve", "2017-09-04"))
            .await
            .refused("project.not_now");
        let value = json!({ "value": 8_600, "evidence": "Отчёт" });
        official
            .put("/api/project/actual-values/1/2017/2", value.clone())
            .await
            .refused("project.no_facts_now");

        official
            .post("/api/project/steps", step("submit"))
            .await
            .ok();
        let edit = json!({ "version": 1, "passport": founding() });
        official
            .put("/api/project/passport", edit.clone())
            .await
            .refused("project.by_request_only");
        official
            .post("/api/project/decisions", decision("approve", "2017-09-03"))
            .await
            .refused_field("date", "project.earlier");
        official
            .post("/api/project/decisions", decision("approve", "2017-09-05"))
            .await
            .refused_field("date", "date.future");
        let mut nameless = decision("approve", "2017-09-04");
        nameless["minutesNumber"] = json!(" ");
        official
            .post("/api/project/decisions", nameless)
            .await
            .refused_field("minutesNumber", "required");
        let approved = official
            .post("/api/project/decisions", decision("approve", "2017-09-04"))
            .await
            .ok();
        // The decision stands in the passport.
        assert_eq!(approved["passport"]["approval"]["date"], "2017-09-04");
        assert_eq!(approved["passport"]["approval"]["minutesNumber"], "7");
        assert_eq!(approved["version"], 2);
        official
            .post("/api/project/steps", step("start"))
            .await
            .ok();
        official
            .post(
                "/api/project/decisions",
                decision("closeEarly", "2017-09-04"),
            )
            .await
            .refused("project.not_now");
        official
            .post("/api/project/steps", step("beginClosing"))
            .await
            .ok();
        let closed = official
            .post(
                "/api/project/decisions",
                decision("closeEarly", "2017-09-04"),
            )
            .await
            .ok();
        assert_eq!(closed["lifecycle"]["state"], "closed");
        assert_eq!(closed["lifecycle"]["ending"], "early");
        let kinds: Vec<_> = closed["steps"]
            .as_array()
            .expect("steps")
            .iter()
            .map(|step| step["kind"].clone())
            .collect();
        assert_eq!(
            kinds,
            ["submit", "approve", "start", "beginClosing", "closeEarly"]
        );

        // Nothing moves it any more, and every refusal says so.
        for refusal in [
            official.put("/api/project/passport", edit).await,
            official
                .put("/api/project/actual-values/1/2017/2", value)
                .await,
            official.post("/api/project/steps", step("revise")).await,
            official
                .post("/api/project/decisions", decision("instruct", "2017-09-04"))
                .await,
        ] {
            let refusal = refusal.refused("project.closed");
            assert_eq!(refusal["title"], "Проект закрыт");
        }
        official.post("/api/project", begin).await.ok();
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_editors_sees_what_changed() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let (first, second) = (
            city.signed_in("official").await,
            city.signed_in("admin").await,
        );
        let draft = json!({ "passport": founding() });
        first.post("/api/project", draft).await.ok();
        let edit = |goal: &str| {
            let mut passport = founding();
            passport["goal"] = json!(goal);
            json!({ "version": 1, "passport": passport, "reason": "Уточнение" })
        };
        let saved = first
            .put("/api/project/passport", edit("Первая"))
            .await
            .ok();
        assert_eq!(
            (&saved["version"], &saved["passport"]["goal"]),
            (&json!(2), &json!("Первая"))
        );
        let refusal = second
            .put("/api/project/passport", edit("Вторая"))
            .await
            .refused("edit.stale");
        assert_eq!(refusal["current"]["passport"]["goal"], "Первая");
        assert_eq!(refusal["current"]["version"], 2);
        let versions = second.get("/api/project/versions").await.ok();
        assert_eq!(versions["total"], 2);
        let newest = &versions["items"][0];
        assert_eq!(
            (&newest["cause"], &newest["by"], &newest["reason"]),
            (
                &json!("edited"),
                &json!("Громов Павел"),
                &json!("Уточнение")
            )
        );
        let changed = second.get("/api/project/versions/2?since=1").await.ok();
        assert_eq!(
            changed["changes"],
            json!([{ "field": "goal", "before": founding()["goal"], "after": "Первая" }])
        );
        second
            .get("/api/project/versions/3")
            .await
            .refused("not_found");
        second
            .get("/api/project/versions/x")
            .await
            .refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_passport_that_readers_could_not_cope_with_is_refused_in_words() {
    let city = City::sqlite().await;
    let official = city.signed_in("official").await;
    let refused = |spoil: fn(&mut Value), words: &'static str| {
        let official = official.clone();
        async move {
            let mut passport = founding();
            spoil(&mut passport);
            let draft = json!({ "passport": passport });
            let refusal = official
                .post("/api/project", draft)
                .await
                .refused("project.unsound");
            let detail = refusal["detail"].as_str().expect("words").to_owned();
            assert!(detail.contains(words), "{detail}");
        }
    };
    refused(
        |one| one["stages"][1]["checkpoints"][0]["start"] = json!("2017-08"),
        "Конец раньше начала: контрольная точка 2.1.",
    )
    .await;
    refused(
        |one| one["results"][0]["indicator"] = json!(9),
        "Ссылка ведёт в никуда: результат 1.",
    )
    .await;
    refused(
        |one| one["funding"][0]["planKopecks"] = json!(i64::MAX),
        "Слишком длинно или велико: сумма.",
    )
    .await;
    let mut unknown = founding();
    unknown["colour"] = json!("red");
    official
        .post("/api/project", json!({ "passport": unknown }))
        .await
        .refused("malformed");
}

#[tokio::test]
async fn the_validator_lists_findings_with_what_would_mend_them() {
    on_both(|database| async move {
        let (_city, official) = executing(database).await;
        let list = official.get("/api/project/validation").await.ok();
        let items = list["items"].as_array().expect("findings");
        let title = items
            .iter()
            .find(|one| one["code"] == "values.title_contradicts")
            .expect("the title says 100, the plan ends at 88");
        assert_eq!(
            (&title["severity"], &title["field"]),
            (&json!("error"), &json!("indicators/1/name"))
        );
        for text in ["said", "mend"] {
            assert!(!title[text].as_str().expect("words").is_empty());
        }
        let counts = &stands(&official).await["findings"];
        let count = |name: &str| counts[name].as_u64().expect("a number");
        assert_eq!(
            count("errors") + count("warnings") + count("notes"),
            items.len() as u64
        );
        // A total on paper that is not the sum of its rows.
        let mut passport = founding();
        passport["statedTotals"] = json!([{ "kopecks": 446_400_001 }]);
        let checked = official
            .post("/api/project/validation", json!({ "passport": passport }))
            .await
            .ok();
        assert_eq!(checked["items"][0]["code"], "sums.total_differs");
    })
    .await;
}
