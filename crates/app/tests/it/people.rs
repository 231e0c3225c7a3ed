//! The register: institutions, people, employments, roles, and the log of it all.

use kafedra_testkit::{City, on_both};
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_building_belongs_to_a_legal_entity_and_to_no_other_building() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let browser = city.signed_in("methodist").await;
        let draft = |number: u32, of: Option<&Value>| {
            json!({
                "name": format!("Школа № 9, корпус {number}"), "shortName": format!("Корпус {number}"),
                "kind": "school", "buildingOf": of,
            })
        };
        let entity = browser.post("/api/institutions", draft(1, None)).await.ok();
        let building = draft(2, Some(&entity["id"]));
        let building = browser.post("/api/institutions", building).await.ok();
        assert_eq!(building["buildingOf"], entity["id"]);
        browser
            .post("/api/institutions", draft(3, Some(&building["id"])))
            .await
            .refused_field("buildingOf", "institution.a_building");
        let path = |one: &Value| format!("/api/institutions/{}", one["id"].as_str().expect("an id"));
        for (of, code) in [
            (json!(city.school), "institution.has_buildings"),
            (entity["id"].clone(), "unknown"),
        ] {
            browser
                .patch(&path(&entity), json!({ "buildingOf": of }))
                .await
                .refused_field("buildingOf", code);
        }
        let card = browser.get(&path(&entity)).await.ok();
        assert_eq!(card["buildings"][0]["shortName"], "Корпус 2");
        let private = json!({ "buildingOf": null, "municipal": false });
        let alone = browser.patch(&path(&building), private).await.ok();
        assert_eq!((&alone["buildingOf"], &alone["municipal"]), (&Value::Null, &json!(false)));
        assert_eq!(browser.get(&path(&entity)).await.ok()["buildings"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn an_institution_is_added_found_changed_archived_and_restored() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let browser = city.signed_in("methodist").await;
        let draft = json!({
            "name": "  Детский сад  № 7 «Звёздочка» ", "shortName": "Детский сад № 7",
            "kind": "kindergarten", "address": "ул. Садовая, 7",
        });
        let made = browser.post("/api/institutions", draft).await.ok();
        assert_eq!(made["name"], "Детский сад № 7 «Звёздочка»");
        let path = format!("/api/institutions/{}", made["id"].as_str().expect("an id"));
        let found = browser.get("/api/institutions?q=звездочка").await.ok();
        assert_eq!(
            (&found["total"], &found["items"][0]["id"]),
            (&json!(1), &made["id"])
        );

        let changed = browser
            .patch(&path, json!({ "address": "", "version": 1 }))
            .await
            .ok();
        assert_eq!(
            (&changed["address"], &changed["version"]),
            (&Value::Null, &json!(2))
        );
        browser
            .patch(&path, json!({ "name": "Иное", "version": 1 }))
            .await
            .refused("edit.stale");
        browser
            .patch(&path, json!({ "name": " " }))
            .await
            .refused_field("name", "required");

        browser
            .post(&format!("{path}/archive"), json!({}))
            .await
            .ok();
        assert_eq!(
            browser.get("/api/institutions?q=звездочка").await.ok()["total"],
            0
        );
        assert_eq!(
            browser
                .get("/api/institutions?q=звездочка&archived=true")
                .await
                .ok()["total"],
            1
        );
        let back = browser
            .post(&format!("{path}/restore"), json!({}))
            .await
            .ok();
        assert_eq!(back["archivedAt"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn institutions_are_ordered_by_name_kind_and_headcount() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let browser = city.signed_in("admin").await;
        let draft = json!({ "name": "Азбука", "shortName": "Азбука", "kind": "kindergarten" });
        browser.post("/api/institutions", draft).await.ok();
        let check = async |sort: &str, expected: [&str; 3]| {
            let list = browser
                .get(&format!("/api/institutions?sort={sort}"))
                .await
                .ok();
            let names: Vec<_> = (0..3)
                .map(|place| list["items"][place]["shortName"].clone())
                .collect();
            assert_eq!(names, expected, "{sort}");
        };
        check("", ["Азбука", "Школа № 1", "Школа № 2"]).await;
        check("-name", ["Школа № 2", "Школа № 1", "Азбука"]).await;
        check("-kind", ["Школа № 1", "Школа № 2", "Азбука"]).await;
        check("people", ["Азбука", "Школа № 2", "Школа № 1"]).await;
        check("-people", ["Школа № 1", "Школа № 2", "Азбука"]).await;
        browser
            .get("/api/institutions?sort=colour")
            .await
            .refused_field("sort", "unknown");
    })
    .await;
}

#[tokio::test]
async fn everything_wrong_with_a_form_is_told_at_once_and_in_words() {
    let city = City::sqlite().await;
    let browser = city.signed_in("admin").await;
    let answer = browser
        .post("/api/people", json!({
            "familyName": "", "givenName": "И".repeat(101), "email": "не адрес", "login": "Иван",
            "employment": {
                "institutionId": city.school, "positionCode": "wizard", "isMain": true,
                "startsOn": "2017-09-01", "endsOn": "2017-08-01",
            },
        }))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = answer.refused("invalid");
    let told: Vec<_> = problem["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| {
            (
                error["field"].as_str().expect("text"),
                error["code"].as_str().expect("text"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("familyName", "required"),
            ("givenName", "too_long"),
            ("email", "email.invalid"),
            ("login", "login.invalid"),
            ("positionCode", "unknown"),
            ("endsOn", "employment.backwards"),
        ]
    );
    assert_eq!(problem["errors"][0]["detail"], "Заполните это поле.");
}

#[tokio::test]
async fn an_email_address_and_a_login_belong_to_one_person() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let browser = city.signed_in("admin").await;
        let draft = |email: &str, login: &str| {
            json!({ "familyName": "Новая", "givenName": "Анна", "email": email, "login": login })
        };
        let taken = browser.post("/api/people", draft("Teacher@City.example", "free")).await;
        taken.refused_field("email", "taken");
        let taken = browser.post("/api/people", draft("free@city.example", "TEACHER")).await;
        taken.refused_field("login", "taken");
        let made = browser.post("/api/people", draft("free@city.example", "free")).await.ok();
        assert_eq!((&made["login"], &made["hasPassword"]), (&json!("free"), &json!(false)));
        // Keeping one's own is no conflict.
        let path = format!("/api/people/{}", made["id"].as_str().expect("an id"));
        browser.patch(&path, draft("FREE@city.example", "Free")).await.ok();
        let gone = browser.patch(&path, json!({ "email": null })).await.ok();
        assert_eq!(gone["email"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_second_main_place_of_work_is_refused_and_a_part_time_one_is_not() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let browser = city.signed_in("admin").await;
        let person = format!("/api/people/{}", city.person("teacher"));
        let works = |is_main: bool| {
            json!({
                "institutionId": city.other_school, "positionCode": "teacher",
                "isMain": is_main, "startsOn": "2017-09-01",
            })
        };
        let path = format!("{person}/employments");
        browser
            .post(&path, works(true))
            .await
            .refused_field("isMain", "employment.second_main");
        browser.post(&path, works(false)).await.ok();
        let card = browser.get(&person).await.ok();
        let main = &card["employments"][0];
        assert_eq!(main["isMain"], true);
        let main = format!("/api/employments/{}", main["id"].as_str().expect("an id"));
        browser
            .patch(&main, json!({ "endsOn": "2017-08-31" }))
            .await
            .ok();
        browser.post(&path, works(true)).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_part_time_employment_gives_another_school_no_power_over_an_account() {
    let city = City::sqlite().await;
    let teacher = city.person("teacher3");
    let works = json!({
        "institutionId": city.school, "positionCode": "teacher", "isMain": false,
        "startsOn": "2017-09-01",
    });
    let admin = city.signed_in("admin").await;
    admin
        .post(&format!("/api/people/{teacher}/employments"), works)
        .await
        .ok();
    let coordinator = city.signed_in("coordinator").await;
    let card = coordinator
        .get(&format!("/api/people/{teacher}"))
        .await
        .ok();
    assert_eq!(
        card["may"],
        json!({ "edit": false, "archive": false, "reset": false, "grant": false, "erase": false })
    );
    let path = format!("/api/people/{teacher}/reset-link");
    coordinator
        .post(&path, json!({}))
        .await
        .refused("forbidden");
    let elsewhere = city.signed_in("coordinator2").await;
    elsewhere.post(&path, json!({})).await.ok();
}

#[tokio::test]
async fn a_teacher_finds_colleagues_by_name_but_not_their_contacts() {
    let city = City::sqlite().await;
    let browser = city.signed_in("teacher").await;
    let own = browser.get("/api/people").await.ok();
    assert_eq!(own["total"], 4, "the own school");
    let found = browser.get("/api/people?q=волков").await.ok();
    let row = &found["items"][0];
    assert_eq!(
        (&row["familyName"], &row["email"]),
        (&json!("Волков"), &Value::Null)
    );
    assert_eq!(
        (&row["institutionName"], &row["mayOpen"]),
        (&json!("Школа № 2"), &json!(false))
    );
    let path = format!("/api/people/{}", city.person("teacher3"));
    browser.get(&path).await.refused("forbidden");
    let own_card = format!("/api/people/{}", city.person("teacher"));
    assert_eq!(
        browser.get(&own_card).await.ok()["email"],
        "teacher@city.example"
    );
}

#[tokio::test]
async fn a_role_takes_effect_at_once_and_the_last_administrator_stays() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let (admin, teacher) = (
            city.signed_in("admin").await,
            city.signed_in("teacher").await,
        );
        teacher.get("/api/access-log").await.refused("forbidden");
        let path = format!("/api/people/{}/grants", city.person("teacher"));
        let misfit = json!({ "role": "coordinator", "scopeKind": "city" });
        admin
            .post(&path, misfit)
            .await
            .refused_field("scopeKind", "grant.scope_misfit");
        let grant = json!({ "role": "administrator", "scopeKind": "city" });
        let made = admin.post(&path, grant.clone()).await.ok();
        assert_eq!(
            admin.post(&path, grant).await.ok()["id"],
            made["id"],
            "twice is once"
        );
        teacher.get("/api/access-log").await.ok();

        let own = admin.get("/api/me").await.ok()["grants"][0]["id"].clone();
        let grant = |id: &Value| format!("/api/grants/{}", id.as_str().expect("an id"));
        admin.delete(&grant(&own)).await.ok();
        admin.get("/api/access-log").await.refused("forbidden");
        teacher
            .delete(&grant(&made["id"]))
            .await
            .refused("person.last_administrator");
        let archive = format!("/api/people/{}/archive", city.person("teacher"));
        teacher
            .post(&archive, json!({}))
            .await
            .refused("person.last_administrator");
    })
    .await;
}

#[tokio::test]
async fn an_archived_person_is_signed_out_and_can_come_back() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let (keeper, teacher) = (
            city.signed_in("methodist").await,
            city.signed_in("teacher").await,
        );
        let path = format!("/api/people/{}", city.person("teacher"));
        keeper
            .post(&format!("{path}/archive"), json!({}))
            .await
            .ok();
        assert_eq!(teacher.get("/api/me").await.ok()["person"], Value::Null);
        assert_eq!(keeper.get("/api/people?q=семенова").await.ok()["total"], 0);
        keeper
            .post(&format!("{path}/restore"), json!({}))
            .await
            .ok();
        assert_eq!(
            teacher.get("/api/me").await.ok()["person"],
            Value::Null,
            "signed out for good"
        );
        city.app
            .browser()
            .sign_in("teacher", kafedra_testkit::city::PASSWORD)
            .await
            .ok();
    })
    .await;
}

#[tokio::test]
async fn each_look_and_each_change_leaves_a_line_in_the_log() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let (admin, director) = (
            city.signed_in("admin").await,
            city.signed_in("director").await,
        );
        let teacher = city.person("teacher");
        let path = format!("/api/people/{teacher}");
        director.get(&path).await.ok();
        admin
            .patch(
                &path,
                json!({ "givenName": "Марина", "email": "marina@city.example" }),
            )
            .await
            .ok();
        // One's own card is no business of the log.
        city.signed_in("teacher").await.get(&path).await.ok();
        let log = admin
            .get(&format!("/api/access-log?subjectId={teacher}"))
            .await
            .ok();
        let lines: Vec<_> = log["items"]
            .as_array()
            .expect("lines")
            .iter()
            .map(|line| {
                let text = |key: &str| line[key].as_str().expect("text").to_owned();
                (
                    text("action"),
                    text("actorName"),
                    text("subjectName"),
                    text("details"),
                )
            })
            .collect();
        let line = |action: &str, actor: &str, details: &str| {
            (
                action.to_owned(),
                actor.to_owned(),
                "Семёнова Марина".to_owned(),
                details.to_owned(),
            )
        };
        assert_eq!(
            lines,
            [
                line("person.changed", "Орлова Вера", "givenName, email"),
                line("person.viewed", "Белов Игорь", ""),
            ]
        );
        let by = format!(
            "/api/access-log?actorId={}&action=person.viewed",
            city.person("director")
        );
        assert_eq!(admin.get(&by).await.ok()["total"], 1);
        admin
            .get("/api/access-log?action=nonsense")
            .await
            .refused_field("action", "unknown");
    })
    .await;
}

#[tokio::test]
async fn an_id_that_is_none_and_an_id_of_nobody_are_not_found() {
    let city = City::sqlite().await;
    let browser = city.signed_in("admin").await;
    for id in ["none", "00000000-0000-7000-8000-000000000000"] {
        for noun in ["people", "institutions"] {
            browser
                .get(&format!("/api/{noun}/{id}"))
                .await
                .refused("not_found");
        }
    }
}

#[tokio::test]
async fn problem_reports_are_kept_with_their_sender_and_limited() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let report =
            |text: &str| json!({ "text": text, "page": "/r/abc", "context": "camera: busy" });
        city.app
            .browser()
            .post("/api/problem-reports", report(" "))
            .await
            .refused_field("text", "required");
        city.signed_in("teacher")
            .await
            .post("/api/problem-reports", report("Нет\0 звука"))
            .await
            .ok();
        let browser = city.app.browser();
        for _ in 0..59 {
            browser
                .post("/api/problem-reports", report("Нет изображения"))
                .await
                .ok();
        }
        let refused = browser.post("/api/problem-reports", report("Ещё")).await;
        assert_eq!(refused.headers["retry-after"], "3600");
        refused.refused("too_many");
        let kept = city
            .signed_in("admin")
            .await
            .get("/api/problem-reports?page=2")
            .await
            .ok();
        let first = kept["items"]
            .as_array()
            .expect("items")
            .last()
            .expect("the first")
            .clone();
        assert_eq!(
            (kept["total"].as_u64(), &first["text"]),
            (Some(60), &json!("Нет звука"))
        );
        assert_eq!(first["reporterName"], "Семёнова Мария");
    })
    .await;
}
