//! Minutes of a meeting, and the tasks that follow from them.

use kafedra_model::EventRole;
use kafedra_store::{association, event};
use kafedra_testkit::{TestDatabase, on_both};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::held::{Held, file, pdf};

async fn held(database: TestDatabase) -> Held {
    let who = [("teacher2", 90), ("teacher3", 60)];
    let held = Held::over(database, "association_meeting", &who).await;
    held.role("coordinator", EventRole::Secretary, "").await;
    held
}

/// Puts the meeting under a new association.
async fn associated(held: &Held) -> Uuid {
    let (db, now) = (&held.city.app.state.store.db, held.city.app.clock.now());
    let draft = association::Draft {
        name: "ГМО учителей математики".to_owned(),
        head_id: Some(held.city.person("director")),
        ..association::Draft::default()
    };
    let association = association::create(db, draft, now)
        .await
        .expect("an association");
    let mut meeting = event::Entity::find_by_id(held.event)
        .one(db)
        .await
        .expect("a query")
        .expect("the meeting")
        .into_active_model();
    meeting.association_id = Set(Some(association.id));
    meeting.update(db).await.expect("the association's");
    association.id
}

fn decided(held: &Held, prefilled: &Value) -> Value {
    let mut body = prefilled["body"].clone();
    body["items"][0]["decided"] = json!([
        { "text": "Принять к сведению" },
        {
            "text": "Провести срез знаний",
            "assigneeId": held.city.person("teacher2"),
            "assignee": "Котов Пётр",
            "due": "2017-09-15",
        },
    ]);
    body["items"][0]["heard"] = json!("<b>Отчёт</b>\u{202e}\nза год");
    body
}

#[tokio::test]
async fn minutes_begin_with_what_is_known_are_signed_and_never_change_again() {
    on_both(|database| async move {
        let held = held(database).await;
        associated(&held).await;
        let path = held.path("/minutes");
        let secretary = held.city.signed_in("coordinator").await;
        let prefilled = secretary.get(&path).await.ok();
        assert_eq!(prefilled["version"], 0);
        assert_eq!(prefilled["number"], "1");
        assert_eq!(prefilled["body"]["chair"], "Белов Игорь");
        assert_eq!(prefilled["body"]["secretary"], "Лисина Ольга");
        let names: Vec<_> = prefilled["body"]["attended"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| &one["name"])
            .collect();
        assert_eq!(names, ["Волков Олег", "Котов Пётр"]);
        assert_eq!(prefilled["missing"], json!(["body.items"]));
        // Nobody else sees a draft.
        let listener = held.city.signed_in("teacher2").await;
        listener.get(&path).await.refused("not_found");

        let body = decided(&held, &prefilled);
        let edit = json!({ "number": "1", "body": body, "updatedAt": null });
        let draft = secretary.put(&path, edit.clone()).await.ok();
        assert_eq!(
            (&draft["version"], &draft["state"]),
            (&json!(1), &json!("draft"))
        );
        assert_eq!(draft["body"]["items"][0]["heard"], "<b>Отчёт</b>\nза год");
        // Somebody who has not seen it cannot write over it.
        held.host.put(&path, edit).await.refused("edit.stale");
        let sign = held.path("/minutes/sign");
        let seen = json!({ "updatedAt": draft["updatedAt"] });
        let signed = secretary.post(&sign, seen.clone()).await.ok();
        assert_eq!(signed["state"], "signed");
        assert_eq!(signed["signedBy"]["name"], "Лисина Ольга");
        secretary.post(&sign, seen).await.refused("edit.stale");
        assert_eq!(listener.get(&path).await.ok()["mayEdit"], false);

        // A correction is a new version; until it is signed, others read the signed one.
        let mut body = signed["body"].clone();
        body["items"][0]["decided"][1]["text"] = json!("Провести два среза");
        let edit = json!({ "number": "1", "body": body, "updatedAt": signed["updatedAt"] });
        let second = secretary.put(&path, edit).await.ok();
        assert_eq!(
            (&second["version"], &second["state"]),
            (&json!(2), &json!("draft"))
        );
        assert_eq!(listener.get(&path).await.ok()["version"], 1);
        let tasks = listener.get("/api/tasks?mine=true").await.ok();
        assert_eq!(tasks["items"][0]["text"], "Провести срез знаний");
        secretary
            .post(&sign, json!({ "updatedAt": second["updatedAt"] }))
            .await
            .ok();
        let corrected = listener.get("/api/tasks?mine=true").await.ok();
        assert_eq!(corrected["total"], 1);
        assert_eq!(corrected["items"][0]["text"], "Провести два среза");
        assert_eq!(corrected["items"][0]["id"], tasks["items"][0]["id"]);
    })
    .await;
}

#[tokio::test]
async fn minutes_without_a_chair_or_a_decision_are_not_signed() {
    let held = held(TestDatabase::sqlite().await).await;
    let path = held.path("/minutes");
    let mut body = held.host.get(&path).await.ok()["body"].clone();
    body["chair"] = json!("");
    let edit = json!({ "number": "", "body": body, "updatedAt": null });
    let draft = held.host.put(&path, edit).await.ok();
    let answer = held
        .host
        .post(
            &held.path("/minutes/sign"),
            json!({ "updatedAt": draft["updatedAt"] }),
        )
        .await;
    let fields: Vec<_> = answer.body["errors"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["field"])
        .collect();
    assert_eq!(fields, ["number", "body.chair", "body.items"]);
}

#[tokio::test]
async fn too_much_and_too_long_is_refused_by_its_place() {
    let held = held(TestDatabase::sqlite().await).await;
    let path = held.path("/minutes");
    let body = held.host.get(&path).await.ok()["body"].clone();
    let check = async |change: fn(&mut Value), field: &str, code: &str| {
        let mut body = body.clone();
        change(&mut body);
        let edit = json!({ "number": "1", "body": body, "updatedAt": null });
        held.host.put(&path, edit).await.refused_field(field, code);
    };
    check(
        |body| body["chair"] = json!("ж".repeat(301)),
        "body.chair",
        "too_long",
    )
    .await;
    check(
        |body| body["items"][0]["topic"] = json!(" "),
        "body.items.0.topic",
        "required",
    )
    .await;
    check(
        |body| body["items"][0]["heard"] = json!("ж".repeat(10_001)),
        "body.items.0.heard",
        "too_long",
    )
    .await;
    check(
        |body| body["items"][0]["decided"] = json!([{ "text": "" }]),
        "body.items.0.decided.0.text",
        "required",
    )
    .await;
    check(
        |body| {
            body["items"][0]["decided"] = json!([{ "text": "да", "assigneeId": Uuid::now_v7() }])
        },
        "body.items",
        "unknown",
    )
    .await;
}

#[tokio::test]
async fn a_decision_never_takes_over_the_task_of_another_meeting() {
    let held = held(TestDatabase::sqlite().await).await;
    let path = held.path("/minutes");
    let prefilled = held.host.get(&path).await.ok();
    let mut body = decided(&held, &prefilled);
    let foreign = Uuid::now_v7();
    body["items"][0]["decided"][1]["id"] = json!(foreign);
    let edit = json!({ "number": "1", "body": body, "updatedAt": null });
    let draft = held.host.put(&path, edit).await.ok();
    assert_ne!(
        draft["body"]["items"][0]["decided"][1]["id"],
        json!(foreign)
    );
}

#[tokio::test]
async fn open_tasks_stand_first_on_the_associations_next_agenda_until_they_are_done() {
    on_both(|database| async move {
        let held = held(database).await;
        let association = associated(&held).await;
        let path = held.path("/minutes");
        let prefilled = held.host.get(&path).await.ok();
        let edit = json!({ "number": "1", "body": decided(&held, &prefilled), "updatedAt": null });
        let draft = held.host.put(&path, edit).await.ok();
        let seen = json!({ "updatedAt": draft["updatedAt"] });
        held.host.post(&held.path("/minutes/sign"), seen).await.ok();

        let start = held.city.app.clock.now() + chrono::TimeDelta::days(30);
        let plan = json!({
            "title": "Декабрьское заседание",
            "kind": "association_meeting",
            "startsAt": start,
            "endsAt": start + chrono::TimeDelta::hours(1),
            "associationId": association,
        });
        let head = held.city.signed_in("methodist").await;
        let next = head.post("/api/events", plan).await.ok();
        let next = format!(
            "/api/events/{}/minutes",
            next["id"].as_str().expect("an id")
        );
        let agenda = head.get(&next).await.ok();
        assert_eq!(agenda["number"], "2");
        assert_eq!(
            agenda["body"]["items"][0]["heard"],
            "— Провести срез знаний (Котов Пётр), 15.09.2017"
        );

        let doer = held.city.signed_in("teacher2").await;
        let task = doer.get("/api/tasks?mine=true&open=true").await.ok()["items"][0].clone();
        let task = format!("/api/tasks/{}", task["id"].as_str().expect("an id"));
        held.city
            .signed_in("teacher3")
            .await
            .patch(&task, json!({ "state": "done" }))
            .await
            .refused("not_found");
        assert_eq!(
            doer.patch(&task, json!({ "state": "done" })).await.ok()["state"],
            "done"
        );
        let agenda = head.get(&next).await.ok();
        assert_eq!(agenda["body"]["items"][0]["topic"], "Декабрьское заседание");
        let listed = head
            .get(&format!("/api/tasks?associationId={association}"))
            .await
            .ok();
        assert_eq!(listed["items"][0]["state"], "done");
    })
    .await;
}

#[tokio::test]
async fn minutes_are_downloaded_as_docx_and_pdf() {
    on_both(|database| async move {
        let held = held(database).await;
        associated(&held).await;
        let (kind, docx) = file(&held.host, &held.path("/minutes/file.docx")).await;
        assert!(kind.ends_with("wordprocessingml.document") && docx.starts_with(b"PK"));
        let prefilled = held.host.get(&held.path("/minutes")).await.ok();
        let body = decided(&held, &prefilled);
        let edit = json!({ "number": "7", "body": body, "updatedAt": null });
        let draft = held.host.put(&held.path("/minutes"), edit).await.ok();
        let path = held.path("/minutes/file.pdf");
        let text = pdf(&held.host, &path).await;
        assert!(text.contains("Проект, не подписан"), "{text}");
        let seen = json!({ "updatedAt": draft["updatedAt"] });
        held.host.post(&held.path("/minutes/sign"), seen).await.ok();
        // Whoever was there reads what is signed.
        let listener = held.city.signed_in("teacher2").await;
        let text = pdf(&listener, &path).await;
        for part in [
            "ГМО учителей математики",
            "ПРОТОКОЛ № 7",
            "от 4 сентября 2017 г.",
            "Присутствовали: 2 чел.",
            "<b>Отчёт</b> за год",
            "Ответственный: Котов Пётр. Срок: 15.09.2017.",
        ] {
            assert!(text.contains(part), "{part} in: {text}");
        }
        assert!(!text.contains("Проект"), "{text}");
        let path = held.path("/minutes/file.pdf?version=2");
        held.host.get(&path).await.refused("not_found");
    })
    .await;
}
