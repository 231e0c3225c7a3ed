//! Indicators that the committee defines itself: counted by the same rules, or entered with evidence.

use kafedra_model::passport::Passport;
use kafedra_store::project;
use kafedra_testkit::{Browser, City, on_both};
use serde_json::{Value, json};

async fn figures(browser: &Browser, query: &str) -> Vec<Value> {
    let list = browser.get(&format!("/api/indicators{query}")).await.ok();
    list["items"].as_array().expect("items").clone()
}

async fn figure(browser: &Browser, key: &str, query: &str) -> Value {
    let mut figures = figures(browser, query).await;
    let place = figures.iter().position(|one| one["key"] == key);
    figures.swap_remove(place.expect("the indicator"))
}

fn qualified_managers() -> Value {
    json!({ "computed": { "who": { "groups": ["management"] }, "evidence": "qualification", "base": "share" } })
}

async fn define(browser: &Browser, name: &str, source: Value) -> String {
    let draft = json!({ "name": name, "source": source });
    let made = browser.post("/api/indicators", draft).await.ok();
    made["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn an_indicator_of_the_same_blocks_is_counted_opened_and_signed_as_the_passports_are() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let official = city.signed_in("official").await;
        let key = define(
            &official,
            " Руководители с  документом ",
            qualified_managers(),
        )
        .await;
        let counted = figure(&official, &key, "").await;
        assert_eq!(counted["name"], "Руководители с документом");
        assert_eq!(counted["unit"], "percent");
        assert_eq!(counted["value"], 0);
        let members = counted["members"].as_i64().expect("a number");
        let page = official
            .get(&format!("/api/indicators/{key}/members?perPage=200"))
            .await
            .ok();
        assert_eq!(
            page["items"].as_array().map(|all| all.len() as i64),
            Some(members)
        );
        let outlook = official
            .get(&format!("/api/indicators/{key}/outlook"))
            .await
            .ok();
        assert_eq!(
            outlook["levers"],
            json!([{ "reason": "no_document", "count": members }])
        );
        official
            .get(&format!("/api/indicators/{key}/institutions"))
            .await
            .ok();
        let draft = json!({ "year": 2017, "quarter": 2, "seenRevision": 0 });
        let path = format!("/api/indicators/{key}/signatures");
        official.post(&path, draft).await.ok();
        let signed = figure(&official, &key, "?day=2017-06-30").await;
        assert_eq!(signed["quarters"][1]["revision"], 1);
        // It was signed: what it counts stays, its name may change.
        let path = format!("/api/indicators/{key}");
        let other =
            json!({ "name": "Руководители", "source": { "entered": "percent" }, "version": 1 });
        official
            .put(&path, other)
            .await
            .refused_field("source", "indicator.in_use");
        let renamed =
            json!({ "name": "Руководители", "source": qualified_managers(), "version": 1 });
        official.put(&path, renamed.clone()).await.ok();
        official.put(&path, renamed).await.refused("edit.stale");
        assert_eq!(figure(&official, &key, "").await["name"], "Руководители");
    })
    .await;
}

#[tokio::test]
async fn an_own_indicator_has_the_plan_that_the_passport_gives_to_the_same_count() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let mut passport = Passport::founding().expect("the founding passport");
        let source = qualified_managers();
        let mut fourth = serde_json::to_value(&passport.indicators[0]).expect("JSON");
        fourth["ordinal"] = json!(4);
        fourth["source"] = source.clone();
        passport
            .indicators
            .push(serde_json::from_value(fourth).expect("an indicator"));
        let draft = project::Draft::executing(&passport).expect("JSON");
        let now = city.app.clock.now();
        project::create(&city.app.state.store.db, draft, None, now)
            .await
            .expect("a project");
        let official = city.signed_in("official").await;
        let key = define(&official, "Руководители", source).await;
        let counted = figure(&official, &key, "").await;
        assert_eq!(counted["plan"], 8700);
        assert_eq!(counted["light"], "red");
        // Signing the project's period signs it too.
        let path = "/api/project/periods/2017/2/signatures";
        official.post(path, json!({ "seenRevision": 0 })).await.ok();
        let signed = figure(&official, &key, "?day=2017-06-30").await;
        assert_eq!(signed["quarters"][1]["revision"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_value_is_entered_with_evidence_and_corrected_by_a_revision() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let official = city.signed_in("official").await;
        let methodist = city.signed_in("methodist").await;
        let key = define(&official, "Публикации", json!({ "entered": "count" })).await;
        assert_eq!(figure(&official, &key, "").await["value"], Value::Null);
        let path = format!("/api/indicators/{key}/values");
        let value = |value: i64, seen: i32, reason: &str| {
            json!({
                "year": 2017, "quarter": 1, "value": value, "evidence": "Отчёт ИМЦ за I квартал",
                "seenRevision": seen, "reason": reason,
            })
        };
        methodist.post(&path, value(700, 0, "")).await.ok();
        // The second of two sees that there is one already.
        methodist
            .post(&path, value(800, 0, ""))
            .await
            .refused("edit.stale");
        official
            .post(&path, value(800, 1, " "))
            .await
            .refused_field("reason", "required");
        official
            .post(&path, value(800, 1, "Не учтён сборник"))
            .await
            .ok();
        let now = figure(&official, &key, "").await;
        assert_eq!(
            (&now["value"], &now["quarters"][0]["revision"]),
            (&json!(800), &json!(2))
        );
        let before = figure(&official, &key, "?day=2016-12-31").await;
        assert_eq!(before["value"], Value::Null);
        let kept = official.get(&path).await.ok();
        let kept: Vec<_> = kept["items"]
            .as_array()
            .expect("items")
            .iter()
            .map(|row| (row["value"].clone(), row["reason"].clone()))
            .collect();
        assert_eq!(
            kept,
            [
                (json!(700), json!("")),
                (json!(800), json!("Не учтён сборник"))
            ]
        );
        // It is nobody's: there are no members to open, no institutions, no signature.
        for rest in ["members", "institutions", "outlook", "signatures"] {
            official
                .get(&format!("/api/indicators/{key}/{rest}"))
                .await
                .refused("not_found");
        }
        let mut later = value(100, 0, "");
        later["year"] = json!(2030);
        later["value"] = json!(-1);
        let refused = methodist.post(&path, later).await;
        refused.refused_field("value", "project.value");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_counted_or_is_there_already_is_refused_and_an_archived_one_is_off_the_list()
{
    on_both(|database| async move {
        let city = City::over(database).await;
        let official = city.signed_in("official").await;
        let kits_of_people = json!({ "computed": { "who": "teacherLeaders", "evidence": "readyKit", "base": "share" } });
        let of_nobody = json!({ "computed": { "who": { "positions": ["astronaut"] }, "evidence": "training", "base": "share" } });
        let of_the_passport = json!({ "computed": { "who": { "groups": ["management", "teaching"] }, "evidence": "qualification", "base": "share" } });
        for (source, code) in [
            (kits_of_people, "indicator.blocks"),
            (of_nobody, "indicator.blocks"),
            (of_the_passport, "indicator.defined"),
        ] {
            let draft = json!({ "name": "Новый", "source": source });
            official
                .post("/api/indicators", draft)
                .await
                .refused_field("source", code);
        }
        let key = define(&official, "Публикации", json!({ "entered": "count" })).await;
        let twice = json!({ "name": "ПУБЛИКАЦИИ", "source": { "entered": "percent" } });
        official
            .post("/api/indicators", twice)
            .await
            .refused_field("name", "taken");
        let path = format!("/api/indicators/{key}?version=1");
        official.delete(&path).await.ok();
        assert!(figures(&official, "").await.iter().all(|one| one["key"] != key));
        official
            .get(&format!("/api/indicators/{key}"))
            .await
            .refused("not_found");
    })
    .await;
}
