//! The project over HTTP: its passport and versions, its way to the end, facts under a signature,
//! evidence, change requests; refusals in words.

use kafedra_model::{EventRole, passport::Passport};
use kafedra_store::project;
use kafedra_testkit::{Browser, City, TestDatabase, on_both};
use reqwest::multipart;
use serde_json::{Value, json};

use crate::held::{Held, file};

fn founding() -> Value {
    let passport = Passport::founding().expect("the founding passport");
    serde_json::to_value(passport).expect("JSON")
}

/// A city whose project is executed, and its official.
async fn executing(database: TestDatabase) -> (City, Browser) {
    let city = City::over(database).await;
    execute(&city).await;
    let official = city.signed_in("official").await;
    (city, official)
}

async fn execute(city: &City) {
    let passport = Passport::founding().expect("the founding passport");
    let draft = project::Draft::executing(&passport).expect("JSON");
    let now = city.app.clock.now();
    project::create(&city.app.state.store.db, draft, None, now)
        .await
        .expect("a project");
}

fn decision(kind: &str, date: &str) -> Value {
    json!({
        "kind": kind, "minutesNumber": "7", "date": date, "item": "2.1",
        "wording": "Принять к сведению",
    })
}

async fn stands(browser: &Browser) -> Value {
    browser.get("/api/project").await.ok()
}

fn quarter(project: &Value, ordinal: u64, number: u64) -> Value {
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
async fn document(browser: &Browser, path: &str, reason: &str) -> kafedra_testkit::Answer {
    let part = multipart::Part::bytes(crate::PNG).file_name("отчёт.png");
    let form = multipart::Form::new()
        .text("reason", reason.to_owned())
        .part("file", part);
    let request = browser.request(reqwest::Method::POST, &format!("{path}/documents"));
    kafedra_testkit::Answer::of(request.multipart(form)).await
}

fn checkpoint(project: &Value, number: &str) -> Value {
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
async fn a_signed_period_is_frozen_and_a_correction_makes_a_revision() {
    on_both(|database| async move {
        let (city, official) = executing(database).await;
        let methodist = city.signed_in("methodist").await;
        let path = "/api/project/actual-values/1/2017/2";
        let typed = |value: i64, reason: &str| {
            json!({ "value": value, "evidence": "Отчёт ИМЦ № 5", "reason": reason })
        };
        methodist.put(path, typed(8_600, "")).await.refused("project.value_unproved");
        document(&methodist, path, "").await.ok();
        methodist
            .put(path, typed(10_001, ""))
            .await
            .refused_field("value", "project.value");
        methodist
            .put("/api/project/actual-values/1/2017/4", typed(8_600, ""))
            .await
            .refused_field("quarter", "date.future");
        methodist
            .put("/api/project/actual-values/9/2017/2", typed(8_600, ""))
            .await
            .refused("not_found");
        let counted = quarter(&stands(&official).await, 1, 2);
        assert_eq!((&counted["fact"], &counted["source"]), (&json!(0), &json!("computed")));
        let entered = quarter(&methodist.put(path, typed(8_514, "")).await.ok(), 1, 2);
        assert_eq!(
            [&entered["fact"], &entered["plan"], &entered["deviation"], &entered["percent"]],
            [&json!(8_514), &json!(8_600), &json!(-86), &json!(9_900)]
        );
        assert_eq!((&entered["light"], &entered["source"]), (&json!("yellow"), &json!("entered")));
        assert_eq!(entered["proofs"][0]["text"], "отчёт.png");
        assert_eq!(entered["computed"], 0);
        let pay = |kopecks: i64, reason: &str| {
            json!({
                "source": "city", "on": "2017-06-15", "kopecks": kopecks,
                "purpose": "Комплект", "reason": reason,
            })
        };
        methodist
            .post("/api/project/payments", pay(0, ""))
            .await
            .refused_field("kopecks", "project.amount");
        let paid = methodist
            .post("/api/project/payments", pay(12_345, ""))
            .await
            .ok();
        assert_eq!(paid["budget"]["total"]["factKopecks"], 12_345);

        let remarks = "/api/project/periods/2017/2/remarks";
        let remark = |seen: i32, reason: &str| {
            json!({
                "subject": { "kind": "indicator", "ordinal": 1 }, "version": seen,
                "cause": "Курсы перенесены", "reason": reason,
            })
        };
        let signatures = "/api/project/periods/2017/2/signatures";
        let sign = |seen: u32, reason: &str| json!({ "seenRevision": seen, "reason": reason });
        official
            .post("/api/project/periods/2017/3/signatures", sign(0, ""))
            .await
            .refused("indicator.quarter_not_over");
        methodist.post(signatures, sign(0, "")).await.refused("forbidden");
        let signed = official.post(signatures, sign(0, "")).await.ok();
        assert_eq!(signed["periods"][0]["revision"], 1);
        assert_eq!(signed["periods"][0]["signedBy"], "Громов Павел");
        assert_eq!(quarter(&signed, 1, 2)["signed"], true);
        // What the platform counts was signed on its own page too.
        let counted = official
            .get("/api/indicators/dissemination/signatures?year=2017")
            .await
            .ok();
        assert_eq!((&counted["total"], &counted["items"][0]["quarter"]), (&json!(1), &json!(2)));

        // Executors change nothing in it; a correction needs a reason.
        for refusal in [
            methodist.put(path, typed(8_700, "Ошибка")).await,
            methodist.delete(path).await,
            methodist.post("/api/project/payments", pay(1, "Ошибка")).await,
            document(&methodist, path, "Ошибка").await,
            methodist.put(remarks, remark(0, "Ошибка")).await,
        ] {
            refusal.refused("project.period_signed");
        }
        official
            .put(path, typed(8_700, ""))
            .await
            .refused_field("reason", "required");
        official.post(signatures, sign(0, "")).await.refused("indicator.signed_meanwhile");
        official
            .post(signatures, sign(1, ""))
            .await
            .refused_field("reason", "required");
        assert_eq!(quarter(&stands(&official).await, 1, 2)["fact"], 8_514);
        let corrected = official.put(path, typed(8_700, "Ошибка в отчёте")).await.ok();
        assert_eq!(quarter(&corrected, 1, 2)["fact"], 8_700);
        assert_eq!(corrected["periods"][0]["revision"], 2);
        let payment = corrected["payments"][0]["id"].as_str().expect("an id");
        let gone = format!("/api/project/payments/{payment}?reason=Не+тот+проект");
        official.delete(&gone).await.ok();
        document(&official, path, "").await.refused_field("reason", "required");
        document(&official, path, "Нашёлся приказ").await.ok();
        official.put(remarks, remark(0, "Причина названа")).await.ok();
        let history = official.get(signatures).await.ok();
        let told: Vec<_> = history["items"]
            .as_array()
            .expect("revisions")
            .iter()
            .map(|one| {
                (
                    one["figures"]["indicators"][0]["hundredths"].clone(),
                    one["figures"]["paidKopecks"].clone(),
                    one["reason"].clone(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (json!(8_514), json!(12_345), json!("")),
                (json!(8_700), json!(12_345), json!("Ошибка в отчёте")),
                (json!(8_700), json!(0), json!("Не тот проект")),
                (json!(8_700), json!(0), json!("Нашёлся приказ")),
                (json!(8_700), json!(0), json!("Причина названа")),
            ]
        );
        let figures = |place: usize| history["items"][place]["figures"].clone();
        let proofs = |place: usize| figures(place)["indicators"][0]["proofs"].as_array().map(Vec::len);
        assert_eq!([proofs(0), proofs(3)], [Some(1), Some(2)]);
        assert_eq!(figures(3)["remarks"], json!([]));
        assert_eq!(figures(4)["remarks"][0]["cause"], "Курсы перенесены");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_the_records_after_the_signature_is_shown_beside_it() {
    on_both(|database| async move {
        let (city, official) = executing(database).await;
        let signatures = "/api/project/periods/2017/2/signatures";
        official
            .post(signatures, json!({ "seenRevision": 0 }))
            .await
            .ok();
        // The committee corrects the platform's own figure on its page.
        let coordinator = city.signed_in("coordinator").await;
        let document = json!({
            "kind": "certificate", "registration": "1", "issuer": "ИРО",
            "issuedOn": "2016-03-01", "hours": 72,
        });
        let path = format!("/api/people/{}/documents", city.person("teacher"));
        let added = coordinator.post(&path, document).await.ok();
        let path = format!(
            "/api/documents/{}/verification",
            added["id"].as_str().expect("an id")
        );
        coordinator
            .put(&path, json!({ "verified": true, "version": 1 }))
            .await
            .ok();
        let correction =
            json!({ "year": 2017, "quarter": 2, "seenRevision": 1, "reason": "Документ найден" });
        official
            .post("/api/indicators/qualification/signatures", correction)
            .await
            .ok();
        let second = quarter(&stands(&official).await, 1, 2);
        assert_eq!(
            (&second["fact"], &second["changedSince"]),
            (&json!(0), &json!(1_667))
        );
        let again = json!({ "seenRevision": 1, "reason": "Документ найден" });
        let renewed = official.post(signatures, again).await.ok();
        let second = quarter(&renewed, 1, 2);
        assert_eq!(
            (&second["fact"], &second["changedSince"]),
            (&json!(1_667), &Value::Null)
        );
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_is_reached_with_evidence_of_the_platform() {
    on_both(|database| async move {
        let who = [("teacher2", 90), ("coordinator", 90), ("teacher3", 60)];
        let held = Held::over(database, "webinar", &who).await;
        held.role("teacher2", EventRole::Speaker, "Проекты").await;
        let city = &held.city;
        execute(city).await;
        let admin = city.signed_in("admin").await;
        let path = "/api/project/checkpoints/3.1";
        let done = |on: Value| json!({ "doneOn": on });
        admin
            .put(path, done(json!("2017-09-04")))
            .await
            .refused("project.no_evidence");
        let evidence = format!("{path}/evidence");
        let event = json!({ "kind": "event", "eventId": held.event });
        let proved = admin.post(&evidence, event).await.ok();
        assert_eq!(checkpoint(&proved, "3.1")["evidence"][0]["text"], "Ноябрьское заседание");
        // Planned is not held.
        let start = city.app.clock.now() + chrono::TimeDelta::days(1);
        let plan = json!({
            "title": "Завтра", "kind": "webinar",
            "startsAt": start, "endsAt": start + chrono::TimeDelta::hours(1),
        });
        let planned = held.host.post("/api/events", plan).await.ok();
        let planned = json!({ "kind": "event", "eventId": planned["id"] });
        admin.post(&evidence, planned.clone()).await.refused("project.event_not_held");
        let indicator = |ordinal: u32| {
            json!({ "kind": "indicator", "indicator": ordinal, "year": 2017, "quarter": 3 })
        };
        // One of three teachers is 33%, above the plan; of documents there are none.
        let reached = admin.post(&evidence, indicator(2)).await.ok();
        assert_eq!(checkpoint(&reached, "3.1")["evidence"][1]["indicator"], 2);
        admin.post(&evidence, indicator(1)).await.refused("project.indicator_not_reached");
        admin
            .put(path, done(json!("2017-09-05")))
            .await
            .refused_field("doneOn", "date.future");
        let done_now = admin.put(path, done(json!("2017-09-04"))).await.ok();
        let point = checkpoint(&done_now, "3.1");
        assert_eq!((&point["doneOn"], &point["light"]), (&json!("2017-09-04"), &json!("green")));
        // 2.2 was due on 31 August.
        assert_eq!(checkpoint(&done_now, "2.2")["light"], "yellow");
        assert_eq!(checkpoint(&done_now, "2.1")["light"], "red");
        assert_eq!(done_now["light"], "red");

        // What was reached keeps its last evidence.
        let rows = point["evidence"].as_array().expect("evidence").clone();
        let gone = |row: &Value| {
            let id = row["id"].as_str().expect("an id");
            format!("/api/project/evidence/{id}")
        };
        admin.delete(&gone(&rows[0])).await.ok();
        admin.delete(&gone(&rows[1])).await.refused("project.no_evidence");
        admin.put(path, done(Value::Null)).await.ok();
        admin.delete(&gone(&rows[1])).await.ok();
        admin.delete(&gone(&rows[1])).await.refused("not_found");
        admin.put("/api/project/checkpoints/9.9", done(Value::Null)).await.refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_document_is_evidence_that_everyone_signed_in_reads() {
    on_both(|database| async move {
        let (city, official) = executing(database).await;
        let path = "/api/project/checkpoints/1.1/documents";
        let form = |name: &str, bytes: &'static [u8]| {
            let part = multipart::Part::bytes(bytes).file_name(name.to_owned());
            multipart::Form::new().part("file", part)
        };
        let send = |form| {
            let request = official
                .request(reqwest::Method::POST, path)
                .multipart(form);
            kafedra_testkit::Answer::of(request)
        };
        send(form("протокол.pdf", b"Text"))
            .await
            .refused("file.type_lies");
        let added = send(form("протокол.png", crate::PNG)).await.ok();
        let row = checkpoint(&added, "1.1")["evidence"][0].clone();
        assert_eq!(
            (&row["kind"], &row["text"]),
            (&json!("document"), &json!("протокол.png"))
        );
        let teacher = city.signed_in("teacher").await;
        let id = row["id"].as_str().expect("an id");
        let (kind, bytes) = file(&teacher, &format!("/api/project/evidence/{id}/file")).await;
        assert_eq!((kind.as_str(), bytes.as_slice()), ("image/png", crate::PNG));
    })
    .await;
}

#[tokio::test]
async fn an_entered_value_carries_an_event_a_document_or_a_reached_indicator() {
    on_both(|database| async move {
        let who = [("teacher2", 90), ("coordinator", 90), ("teacher3", 60)];
        let held = Held::over(database, "webinar", &who).await;
        held.role("teacher2", EventRole::Speaker, "Проекты").await;
        let city = &held.city;
        execute(city).await;
        let admin = city.signed_in("admin").await;
        let path = "/api/project/actual-values/1/2017/3";
        let evidence = format!("{path}/evidence");
        let words = json!({ "kind": "text", "text": "Протокол" });
        admin
            .post(&evidence, words)
            .await
            .refused_field("kind", "unknown");
        let event = json!({ "kind": "event", "eventId": held.event });
        admin.post(&evidence, event.clone()).await.ok();
        let reached = json!({ "kind": "indicator", "indicator": 2, "year": 2017, "quarter": 3 });
        admin.post(&evidence, reached).await.ok();
        let below = json!({ "kind": "indicator", "indicator": 1, "year": 2017, "quarter": 3 });
        admin
            .post(&evidence, below)
            .await
            .refused("project.indicator_not_reached");
        document(&admin, path, "").await.ok();
        admin
            .post(
                "/api/project/actual-values/1/2017/4/evidence",
                event.clone(),
            )
            .await
            .refused_field("quarter", "date.future");
        admin
            .post("/api/project/actual-values/9/2017/3/evidence", event)
            .await
            .refused("not_found");
        let entered = admin.put(path, json!({ "value": 8_700 })).await.ok();
        let third = quarter(&entered, 1, 3);
        let proofs = third["proofs"].as_array().expect("evidence").clone();
        let kinds: Vec<_> = proofs.iter().map(|one| one["kind"].clone()).collect();
        assert_eq!(kinds, ["event", "indicator", "document"]);
        assert_eq!(proofs[0]["text"], "Ноябрьское заседание");

        // The last one stays while the value does.
        let gone = |place: usize| {
            let id = proofs[place]["id"].as_str().expect("an id");
            format!("/api/project/evidence/{id}")
        };
        let (kind, bytes) = file(&admin, &format!("{}/file", gone(2))).await;
        assert_eq!((kind.as_str(), bytes.as_slice()), ("image/png", crate::PNG));
        admin.delete(&gone(0)).await.ok();
        admin.delete(&gone(1)).await.ok();
        admin
            .delete(&gone(2))
            .await
            .refused("project.value_unproved");
        admin.delete(path).await.ok();
        let freed = admin.delete(&gone(2)).await.ok();
        assert_eq!(quarter(&freed, 1, 3)["proofs"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_report_says_what_was_written_beside_its_figures() {
    on_both(|database| async move {
        let (city, official) = executing(database).await;
        let methodist = city.signed_in("methodist").await;
        let path = "/api/project/periods/2017/3/remarks";
        let listed = methodist.get(path).await.ok();
        let subjects: Vec<_> = listed["items"]
            .as_array()
            .expect("remarks")
            .iter()
            .map(|one| one["subject"].clone())
            .collect();
        let checkpoint = |number: &str| json!({ "kind": "checkpoint", "number": number });
        assert_eq!(subjects[0], json!({ "kind": "indicator", "ordinal": 1 }));
        // Overdue since April, due in July, and the budget last; what ends in December is not told.
        assert!(subjects.contains(&checkpoint("1.1")) && subjects.contains(&checkpoint("2.1")));
        assert!(!subjects.contains(&checkpoint("4.1")));
        assert_eq!(subjects.last(), Some(&json!({ "kind": "budget" })));
        // Nobody has a document, and nothing in the year so far says that anybody will.
        assert_eq!(listed["items"][0]["computedForecast"], 0);
        let edit = |version: i32, cause: &str| {
            json!({
                "subject": { "kind": "indicator", "ordinal": 1 }, "version": version,
                "cause": cause, "correctiveAction": "Вторая группа", "forecast": "",
            })
        };
        methodist.put(path, edit(0, "Курсы перенесены")).await.ok();
        let refusal = official
            .put(path, edit(0, "Другая"))
            .await
            .refused("edit.stale");
        assert_eq!(
            (&refusal["current"]["cause"], &refusal["current"]["version"]),
            (&json!("Курсы перенесены"), &json!(1))
        );
        official
            .put(path, edit(5, "Другая"))
            .await
            .refused("edit.stale");
        official.put(path, edit(1, "Курсы сдвинуты")).await.ok();
        official
            .put(path, edit(2, &"я".repeat(1_001)))
            .await
            .refused_field("cause", "too_long");
        official
            .put("/api/project/periods/2017/4/remarks", edit(0, ""))
            .await
            .refused_field("quarter", "date.future");
        let mut unknown = edit(0, "");
        unknown["subject"] = checkpoint("9.9");
        official.put(path, unknown).await.refused("not_found");
        let mut late = edit(0, "Поставка задержана");
        late["subject"] = checkpoint("2.1");
        late["forecast"] = json!("До 30 сентября");
        official.put(path, late).await.ok();

        for paper in ["quarterly-report", "monthly-report"] {
            let (_, bytes) = file(
                &official,
                &format!("/api/project/papers/{paper}?format=docx"),
            )
            .await;
            let text = docx_text(&bytes);
            for words in [
                "Курсы сдвинуты",
                "Вторая группа",
                "0 на 31.12.2017",
                "Поставка задержана",
                "До 30 сентября",
            ] {
                assert!(text.contains(words), "{words} in {text}");
            }
        }
        // The quarter before says nothing of it.
        let before = "/api/project/papers/quarterly-report?format=docx&date=2017-06-30";
        let (_, bytes) = file(&official, before).await;
        assert!(!docx_text(&bytes).contains("Курсы сдвинуты"));
    })
    .await;
}

/// The words of a DOCX, cell after cell.
fn docx_text(bytes: &[u8]) -> String {
    use kafedra_model::passport::reading::Block;
    fn words(blocks: &[Block], text: &mut String) {
        for block in blocks {
            match block {
                Block::Paragraph(line) => {
                    text.push_str(line);
                    text.push('\n');
                }
                Block::Table(table) => {
                    for cell in table.rows.iter().flatten() {
                        words(&cell.blocks, text);
                    }
                }
            }
        }
    }
    let mut text = String::new();
    let blocks = kafedra_documents::docx_blocks::blocks(bytes).expect("a DOCX");
    words(&blocks, &mut text);
    text
}

#[tokio::test]
async fn a_change_request_shows_what_changes_and_applies_when_it_is_accepted() {
    on_both(|database| async move {
        let (city, official) = executing(database).await;
        let requests = "/api/project/change-requests";
        let wanted = |spoil: &dyn Fn(&mut Value)| {
            let mut passport = founding();
            spoil(&mut passport);
            json!({
                "title": "Срок 2.2", "reason": "Поставка задержана",
                "baseVersion": 1, "passport": passport,
            })
        };
        let later = |one: &mut Value| one["stages"][1]["checkpoints"][1]["end"] = json!("2017-10");
        let one =
            |request: &Value| format!("{requests}/{}", request["id"].as_str().expect("an id"));
        let nothing = official.post(requests, wanted(&|_| ())).await.ok();
        let submit = |version: i32| json!({ "version": version });
        official
            .post(&format!("{}/submission", one(&nothing)), submit(1))
            .await
            .refused("project.nothing_changes");
        official.delete(&one(&nothing)).await.ok();

        let draft = official.post(requests, wanted(&later)).await.ok();
        assert_eq!(
            draft["changes"],
            json!([{
                "field": "stages/2/checkpoints/2.2/end", "before": "2017-08", "after": "2017-10",
            }])
        );
        // Two editors of a draft.
        let mut edit = wanted(&later);
        edit["version"] = json!(1);
        official.put(&one(&draft), edit.clone()).await.ok();
        let refusal = official.put(&one(&draft), edit).await.refused("edit.stale");
        assert_eq!(refusal["current"]["version"], 2);

        // Evidence on a checkpoint holds its number.
        let evidence = json!({ "kind": "text", "text": "Протокол" });
        official
            .post("/api/project/checkpoints/2.2/evidence", evidence)
            .await
            .ok();
        let losing = official
            .post(
                requests,
                wanted(&|one| {
                    one["stages"][1]["checkpoints"][1]["number"] = json!("2.3");
                    one["stages"][1]["results"][0]["checkpoints"] = json!(["2.1", "2.3"]);
                }),
            )
            .await
            .ok();
        let refusal = official
            .post(&format!("{}/submission", one(&losing)), submit(1))
            .await
            .refused("project.checkpoint_used");
        assert!(refusal["detail"].as_str().expect("words").contains("2.2"));

        let pending = official
            .post(&format!("{}/submission", one(&draft)), submit(2))
            .await
            .ok();
        assert_eq!(pending["lifecycle"]["state"], "changePending");
        assert_eq!(
            pending["attention"][0],
            json!({ "kind": "changePending", "request": 1 })
        );
        // While it lies there the passport stays as it is, and facts are entered.
        let weigh =
            json!({ "version": 1, "probability": "high", "impact": "high", "status": "open" });
        official
            .put("/api/project/risks/1", weigh.clone())
            .await
            .refused("project.change_pending");
        let value = "/api/project/actual-values/1/2017/2";
        document(&official, value, "").await.ok();
        official
            .put(value, json!({ "value": 8_600, "evidence": "Отчёт" }))
            .await
            .ok();
        official
            .delete(&one(&draft))
            .await
            .refused("project.not_now");

        let mut accept = decision("acceptChange", "2017-09-04");
        accept["assigneeId"] = json!(city.person("methodist"));
        accept["due"] = json!("2017-09-01");
        official
            .post("/api/project/decisions", accept.clone())
            .await
            .refused_field("due", "project.due_early");
        accept["due"] = json!("2017-10-31");
        let accepted = official.post("/api/project/decisions", accept).await.ok();
        assert_eq!(accepted["lifecycle"]["state"], "executing");
        assert_eq!(accepted["version"], 2);
        assert_eq!(
            accepted["passport"]["stages"][1]["checkpoints"][1]["end"],
            "2017-10"
        );
        assert_eq!(checkpoint(&accepted, "2.2")["due"], "2017-10-31");
        let versions = official.get("/api/project/versions").await.ok();
        assert_eq!(
            (
                &versions["items"][0]["cause"],
                &versions["items"][0]["reason"]
            ),
            (&json!("changed"), &json!("№ 1. Срок 2.2"))
        );
        let decided = official.get(&one(&draft)).await.ok();
        assert_eq!(
            (&decided["state"], &decided["decidedOn"]),
            (&json!("accepted"), &json!("2017-09-04"))
        );
        // The other draft was written on the old passport.
        let outdated = official.get(&one(&losing)).await.ok();
        assert_eq!(outdated["outdated"], true);
        official
            .post(&format!("{}/submission", one(&losing)), submit(1))
            .await
            .refused("edit.stale");

        // The decision is a task of whoever has to carry it out.
        let methodist = city.signed_in("methodist").await;
        let mine = methodist.get("/api/tasks?mine=true").await.ok();
        let task = &mine["items"][0];
        assert_eq!(
            (&task["text"], &task["due"], &task["eventId"]),
            (
                &json!("Принять к сведению"),
                &json!("2017-10-31"),
                &Value::Null
            )
        );
        let path = format!("/api/tasks/{}", task["id"].as_str().expect("an id"));
        let teacher = city.signed_in("teacher").await;
        let state = json!({ "state": "done" });
        teacher
            .patch(&path, state.clone())
            .await
            .refused("not_found");
        methodist.patch(&path, state).await.ok();
        let steps = stands(&official).await["steps"].clone();
        let last = steps
            .as_array()
            .expect("steps")
            .last()
            .expect("a step")
            .clone();
        assert_eq!(
            (&last["task"], &last["assignee"], &last["changeRequest"]),
            (&json!("done"), &json!("Зимина Анна"), &json!(1))
        );

        let stale = official.put("/api/project/risks/1", weigh.clone()).await;
        stale.refused("edit.stale");
        let mut weigh = weigh;
        weigh["version"] = json!(2);
        let weighed = methodist.put("/api/project/risks/1", weigh).await.ok();
        assert_eq!(
            weighed["risks"][0],
            json!({ "number": 1, "gravity": "high" })
        );
        assert_eq!(weighed["version"], 3);
    })
    .await;
}

#[tokio::test]
async fn a_refused_change_leaves_the_passport_as_it_was() {
    on_both(|database| async move {
        let (_city, official) = executing(database).await;
        let mut passport = founding();
        passport["goal"] = json!("Другая");
        let draft = json!({
            "title": "Цель", "reason": "Уточнение", "baseVersion": 1, "passport": passport,
        });
        let draft = official
            .post("/api/project/change-requests", draft)
            .await
            .ok();
        let id = draft["id"].as_str().expect("an id");
        official
            .post(
                "/api/project/decisions",
                decision("refuseChange", "2017-09-04"),
            )
            .await
            .refused("project.not_now");
        let path = format!("/api/project/change-requests/{id}/submission");
        official.post(&path, json!({ "version": 1 })).await.ok();
        let refused = official
            .post(
                "/api/project/decisions",
                decision("refuseChange", "2017-09-04"),
            )
            .await
            .ok();
        assert_eq!(
            (&refused["version"], &refused["changeRequests"][0]["state"]),
            (&json!(1), &json!("refused"))
        );
        assert_eq!(refused["passport"]["goal"], founding()["goal"]);
    })
    .await;
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
