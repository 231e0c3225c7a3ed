//! What proves that a checkpoint was reached or a value is right.

use kafedra_model::EventRole;
use kafedra_testkit::on_both;
use reqwest::multipart;
use serde_json::{Value, json};

use crate::{
    held::{Held, file},
    project::{checkpoint, document, execute, executing, quarter},
};

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
