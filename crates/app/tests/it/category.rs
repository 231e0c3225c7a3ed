//! Qualification categories of people, and the days on which a position may be given.

use kafedra_testkit::{City, on_both};
use serde_json::{Value, json};

#[tokio::test]
async fn a_category_is_kept_with_its_days_and_goes_into_the_saved_register() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let coordinator = city.signed_in("coordinator").await;
        let path = format!("/api/people/{}/categories", city.person("teacher"));
        for (draft, field, code) in [
            (
                json!({ "category": "first", "from": "2030-01-01" }),
                "from",
                "date.future",
            ),
            (
                json!({ "category": "first", "from": "2016-01-01", "until": "2015-12-31" }),
                "until",
                "category.backwards",
            ),
        ] {
            coordinator
                .post(&path, draft)
                .await
                .refused_field(field, code);
        }
        let over = json!({ "category": "conformity", "from": "2011-03-01", "until": "2016-03-01" });
        coordinator.post(&path, over).await.ok();
        let held = json!({ "category": "highest", "from": "2016-03-02" });
        let held = coordinator.post(&path, held).await.ok();
        let own = city.signed_in("teacher").await.get(&path).await.ok();
        let shown: Vec<_> = own["items"]
            .as_array()
            .expect("items")
            .iter()
            .map(|one| (one["category"].clone(), one["holds"].clone()))
            .collect();
        assert_eq!(
            shown,
            [
                (json!("highest"), json!(true)),
                (json!("conformity"), json!(false))
            ]
        );
        let path = format!("/api/categories/{}", held["id"].as_str().expect("an id"));
        coordinator.delete(&path).await.ok();
        coordinator.delete(&path).await.refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_position_is_given_on_the_days_that_the_dictionary_names() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let admin = city.signed_in("admin").await;
        let add = |code: &str| json!({ "code": code, "group": "teaching", "nameRu": "Тьютор", "from": "2016-09-01" });
        admin.post("/api/positions", add("тьютор")).await.refused_field("code", "position.code");
        admin.post("/api/positions", add("tutor-1")).await.ok();
        admin.post("/api/positions", add("tutor-1")).await.refused_field("code", "taken");
        let people = format!("/api/people/{}/employments", city.person("teacher"));
        let works = |from: &str| json!({ "institutionId": city.school, "positionCode": "tutor-1", "isMain": false, "startsOn": from });
        admin
            .post(&people, works("2016-08-31"))
            .await
            .refused_field("positionCode", "employment.position_not_in_force");
        let job = admin.post(&people, works("2016-09-01")).await.ok();
        // It ends, and another with another code follows: those who have it keep it.
        let ended = json!({ "nameRu": "Тьютор", "from": "2016-10-01", "until": "2016-12-31" });
        admin.put("/api/positions/tutor-1", ended).await.ok();
        let path = format!("/api/employments/{}", job["id"].as_str().expect("an id"));
        admin.patch(&path, json!({ "endsOn": "2017-12-31" })).await.ok();
        let backwards = json!({ "nameRu": "Тьютор", "from": "2017-01-01", "until": "2016-12-31" });
        admin
            .put("/api/positions/tutor-1", backwards)
            .await
            .refused_field("until", "position.backwards");
        let all = admin.get("/api/positions").await.ok();
        let one = all["items"]
            .as_array()
            .expect("items")
            .iter()
            .find(|one| one["code"] == "tutor-1");
        assert_eq!(one.map(|one| &one["until"]), Some(&Value::from("2016-12-31")));
    })
    .await;
}
