//! What stands at a glance: one's own documents, a school, the city.

use kafedra_testkit::{Browser, City, on_both};
use serde_json::{Value, json};

/// Adds a certificate to somebody's card, verified or not.
async fn certificate(city: &City, login: &str, issued_on: &str, verified: bool) {
    let admin = city.signed_in("admin").await;
    let draft = json!({
        "kind": "certificate", "registration": format!("{login} {issued_on}"), "issuer": "ИРО",
        "issuedOn": issued_on, "hours": 72,
    });
    let path = format!("/api/people/{}/documents", city.person(login));
    let added = admin.post(&path, draft).await.ok();
    if verified {
        let id = added["id"].as_str().expect("an id");
        let path = format!("/api/documents/{id}/verification");
        admin
            .put(&path, json!({ "verified": true, "version": 1 }))
            .await
            .ok();
    }
}

async fn school(browser: &Browser, city: &City) -> Value {
    let path = format!("/api/institutions/{}/overview", city.school);
    browser.get(&path).await.ok()
}

fn listed<'a>(overview: &'a Value, list: &str, id: impl ToString) -> Option<&'a Value> {
    let id = json!(id.to_string());
    let people = overview[list].as_array().expect("people");
    people.iter().find(|one| one["id"] == id)
}

#[tokio::test]
async fn a_person_is_told_until_when_documents_count_and_when_the_next_is_due() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let teacher = city.signed_in("teacher").await;
        let path = "/api/me/development";
        assert_eq!(
            teacher.get(path).await.ok(),
            json!({
                "expected": true, "validUntil": null, "soon": false, "expiredOn": null,
                "unverified": 0,
            })
        );
        certificate(&city, "teacher", "2013-02-01", true).await;
        certificate(&city, "teacher", "2016-02-01", false).await;
        let told = teacher.get(path).await.ok();
        assert_eq!(
            [&told["validUntil"], &told["expiredOn"], &told["unverified"]],
            [&Value::Null, &json!("2016-02-01"), &json!(1)]
        );
        certificate(&city, "teacher", "2014-11-01", true).await;
        let told = teacher.get(path).await.ok();
        assert_eq!(
            [&told["validUntil"], &told["expiredOn"], &told["soon"]],
            [&json!("2017-11-01"), &Value::Null, &json!(true)]
        );
        certificate(&city, "teacher", "2017-05-01", true).await;
        let told = teacher.get(path).await.ok();
        assert_eq!(
            (&told["validUntil"], &told["soon"]),
            (&json!("2020-05-01"), &json!(false))
        );
    })
    .await;
}

#[tokio::test]
async fn a_school_sees_whose_documents_run_out_and_how_its_kits_stand() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let coordinator = city.signed_in("coordinator").await;
        let teacher = city.person("teacher");
        let empty = school(&coordinator, &city).await;
        assert!(listed(&empty, "without", teacher).is_some());
        assert_eq!(
            (&empty["expiring"], &empty["kits"]),
            (&json!([]), &json!([]))
        );
        // The third of December is the ninetieth day from the fourth of September.
        certificate(&city, "teacher", "2014-12-03", true).await;
        let soon = school(&coordinator, &city).await;
        assert!(listed(&soon, "without", teacher).is_none());
        let row = listed(&soon, "expiring", teacher).expect("the teacher");
        assert_eq!(row["validUntil"], "2017-12-03");
        assert!(!row["name"].as_str().expect("a name").is_empty());
        assert!(!row["position"].as_str().expect("a position").is_empty());
        assert_eq!(soon["members"], empty["members"]);
        certificate(&city, "teacher", "2014-12-04", true).await;
        let well = school(&coordinator, &city).await;
        assert!(listed(&well, "expiring", teacher).is_none());

        let draft = json!({ "institutionId": city.school, "name": "Комплект" });
        let kit = coordinator.post("/api/kits", draft).await.ok();
        let path = |rest: &str| format!("/api/kits/{}{rest}", kit["id"].as_str().expect("an id"));
        let bare = school(&coordinator, &city).await["kits"][0].clone();
        assert_eq!(
            (&bare["status"], &bare["testedOn"]),
            (&Value::Null, &Value::Null)
        );
        let status = json!({ "since": "2017-08-01", "status": "ready" });
        coordinator.post(&path("/statuses"), status).await.ok();
        let test = |day: &str, passed: bool| json!({ "testedOn": day, "passed": passed });
        let tests = path("/readiness-tests");
        coordinator
            .post(&tests, test("2017-09-01", true))
            .await
            .ok();
        let ready = school(&coordinator, &city).await["kits"][0].clone();
        assert_eq!(
            [
                &ready["status"],
                &ready["testedOn"],
                &ready["testValidUntil"]
            ],
            [&json!("ready"), &json!("2017-09-01"), &json!("2017-11-30")]
        );
        coordinator
            .post(&tests, test("2017-09-02", false))
            .await
            .ok();
        let failed = school(&coordinator, &city).await["kits"][0].clone();
        assert_eq!(
            (&failed["passed"], &failed["testValidUntil"]),
            (&json!(false), &Value::Null)
        );
    })
    .await;
}

#[tokio::test]
async fn the_committee_sees_its_schools_side_by_side() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let official = city.signed_in("official").await;
        let row = |overview: &Value| {
            let rows = overview["institutions"].as_array().expect("rows");
            let found = rows.iter().find(|one| one["id"] == json!(city.school));
            found.expect("the school").clone()
        };
        let before = official.get("/api/overview").await.ok();
        assert_eq!(
            [&before["unverified"], &before["expiring"]],
            [&json!(0), &json!(0)]
        );
        assert_eq!(row(&before)["qualification"]["counted"], 0);
        assert_eq!(row(&before)["equipped"], false);
        certificate(&city, "teacher", "2014-11-01", true).await;
        certificate(&city, "teacher", "2017-01-01", false).await;
        // It has expired: nobody needs to verify it any more.
        certificate(&city, "teacher", "2013-01-01", false).await;
        let after = official.get("/api/overview").await.ok();
        assert_eq!(
            [&after["unverified"], &after["expiring"]],
            [&json!(1), &json!(1)]
        );
        let standing = row(&after);
        assert_eq!(
            [
                &standing["qualification"]["counted"],
                &standing["expiring"],
                &standing["unverified"]
            ],
            [&json!(1), &json!(1), &json!(1)]
        );
        // The same figures as the indicator's own page has.
        let path = "/api/indicators/qualification/institutions";
        let list = official.get(path).await.ok();
        let rows = list["items"].as_array().expect("rows");
        let own = rows
            .iter()
            .find(|one| one["institutionId"] == json!(city.school))
            .expect("the school");
        assert_eq!(standing["qualification"]["value"], own["value"]);
        assert_eq!(standing["qualification"]["members"], own["members"]);
    })
    .await;
}
