//! Changes of an approved passport, from the request to the decision.

use kafedra_testkit::on_both;
use serde_json::{Value, json};

use crate::project::{checkpoint, decision, document, executing, founding, stands};

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
