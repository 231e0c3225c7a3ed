//! The register of people as a whole: its order, and the file it is saved as.

use chrono::NaiveDate;
use kafedra_model::{Role, Scope};
use kafedra_store::{employment, person};
use kafedra_testkit::{Browser, City, on_both};
use reqwest::{Method, header};
use serde_json::{Value, json};

/// The families of a list's people, one after another.
fn families(list: &Value) -> Vec<String> {
    let people = list["items"].as_array().expect("a list");
    let families = people
        .iter()
        .map(|person| person["familyName"].as_str().expect("a name").to_owned());
    families.collect()
}

/// A saved register: its content type, its file name and its lines without the mark.
async fn saved(browser: &Browser, query: &str) -> (String, String, Vec<String>) {
    let path = format!("/api/people/export{query}");
    let answer = browser
        .request(Method::GET, &path)
        .send()
        .await
        .expect("an answer");
    assert!(answer.status().is_success(), "{}", answer.status());
    let text = |name: header::HeaderName| {
        let value = answer.headers()[name].to_str().expect("text");
        value.to_owned()
    };
    let (kind, name) = (
        text(header::CONTENT_TYPE),
        text(header::CONTENT_DISPOSITION),
    );
    let file = answer.bytes().await.expect("a file");
    let file = std::str::from_utf8(&file).expect("UTF-8");
    let lines = file
        .strip_prefix('\u{feff}')
        .expect("the mark that Excel needs")
        .strip_suffix("\r\n")
        .expect("an end of line")
        .split("\r\n")
        .map(str::to_owned)
        .collect();
    (kind, name, lines)
}

#[tokio::test]
async fn people_are_ordered_by_name_institution_and_position_both_ways() {
    on_both(|database| async move {
        let city = City::over(database).await;
        // A part-time job elsewhere does not move anybody: the main one counts.
        let works = employment::Draft {
            institution_id: city.school,
            position_code: "director".to_owned(),
            is_main: false,
            from_date: NaiveDate::from_ymd_opt(2017, 9, 1).expect("a date"),
            to_date: None,
        };
        let part_time = city.person("teacher3");
        employment::create(&city.app.state.store.db, part_time, works)
            .await
            .expect("an employment");
        // Nor does one that is over.
        let gone = employment::Draft {
            institution_id: city.other_school,
            position_code: "caretaker".to_owned(),
            is_main: true,
            from_date: NaiveDate::from_ymd_opt(2010, 9, 1).expect("a date"),
            to_date: NaiveDate::from_ymd_opt(2011, 9, 1),
        };
        employment::create(&city.app.state.store.db, city.person("admin"), gone)
            .await
            .expect("an employment");
        let browser = city.signed_in("admin").await;
        let check = async |sort: &str, expected: [&str; 9]| {
            let list = browser.get(&format!("/api/people?sort={sort}")).await.ok();
            assert_eq!(families(&list), expected, "{sort}");
        };
        let by_name = [
            "Белов",
            "Волков",
            "Громов",
            "Гусева",
            "Зимина",
            "Котов",
            "Лисина",
            "Орлова",
            "Семёнова",
        ];
        check("", by_name).await;
        check("name", by_name).await;
        let mut backwards = by_name;
        backwards.reverse();
        check("-name", backwards).await;
        // Who works nowhere comes last either way, by name.
        check(
            "institution",
            [
                "Белов",
                "Котов",
                "Лисина",
                "Семёнова",
                "Волков",
                "Гусева",
                "Громов",
                "Зимина",
                "Орлова",
            ],
        )
        .await;
        check(
            "-institution",
            [
                "Волков",
                "Гусева",
                "Белов",
                "Котов",
                "Лисина",
                "Семёнова",
                "Громов",
                "Зимина",
                "Орлова",
            ],
        )
        .await;
        check(
            "position",
            [
                "Белов",
                "Гусева",
                "Лисина",
                "Волков",
                "Семёнова",
                "Котов",
                "Громов",
                "Зимина",
                "Орлова",
            ],
        )
        .await;
        // In English «Head of the institution» comes after «Deputy head».
        browser
            .patch("/api/me", json!({ "locale": "en" }))
            .await
            .ok();
        check(
            "position",
            [
                "Гусева",
                "Лисина",
                "Белов",
                "Котов",
                "Волков",
                "Семёнова",
                "Громов",
                "Зимина",
                "Орлова",
            ],
        )
        .await;
        for path in ["/api/people", "/api/people/export"] {
            browser
                .get(&format!("{path}?sort=colour"))
                .await
                .refused_field("sort", "unknown");
        }
    })
    .await;
}

#[tokio::test]
async fn the_order_goes_on_from_page_to_page() {
    let city = City::sqlite().await;
    let browser = city.signed_in("admin").await;
    let path = "/api/people?sort=-institution";
    let whole = families(&browser.get(path).await.ok());
    let mut paged = Vec::new();
    for page in 1..=3 {
        let list = browser
            .get(&format!("{path}&perPage=4&page={page}"))
            .await
            .ok();
        paged.extend(families(&list));
    }
    assert_eq!(paged, whole);
}

#[tokio::test]
async fn the_register_is_saved_as_a_spreadsheet_opens_it_and_the_log_tells_who_did() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let browser = city.signed_in("methodist").await;
        let school = city.school;
        let (kind, name, lines) =
            saved(&browser, &format!("?institutionId={school}&sort=-name")).await;
        assert_eq!(kind, "text/csv; charset=utf-8");
        assert_eq!(name, "attachment; filename=\"people-2017-09-04.csv\"");
        assert_eq!(
            lines,
            [
                "Фамилия;Имя;Отчество;Учреждение;Должность;Почта",
                "Семёнова;Мария;;Школа № 1;Учитель;teacher@city.example",
                "Лисина;Ольга;;Школа № 1;Заместитель директора;coordinator@city.example",
                "Котов;Пётр;;Школа № 1;Учитель начальных классов;teacher2@city.example",
                "Белов;Игорь;;Школа № 1;Директор;director@city.example",
            ]
        );
        let (_, _, all) = saved(&browser, "").await;
        assert_eq!(all.len(), 1 + 9);
        let admin = city.signed_in("admin").await;
        let log = admin
            .get("/api/access-log?action=people.exported")
            .await
            .ok();
        assert_eq!(log["total"], 2);
        assert_eq!(log["items"][0]["subjectId"], Value::Null);
        assert_eq!(log["items"][0]["details"], "9");
        assert_eq!(log["items"][1]["subjectId"], json!(school));
        assert_eq!(log["items"][1]["actorId"], json!(city.person("methodist")));
    })
    .await;
}

#[tokio::test]
async fn a_coordinator_saves_the_own_school_and_of_others_what_the_list_shows() {
    let city = City::sqlite().await;
    let browser = city.signed_in("coordinator").await;
    for query in ["", "?q=", "?q=во", "?sort=position"] {
        let list = browser.get(&format!("/api/people{query}")).await.ok();
        let (_, _, lines) = saved(&browser, query).await;
        let shown: Vec<_> = list["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|row| {
                let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
                [
                    "familyName",
                    "givenName",
                    "patronymic",
                    "institutionName",
                    "positionName",
                    "email",
                ]
                .map(text)
                .join(";")
            })
            .collect();
        assert_eq!(lines[1..], shown, "{query}");
    }
    let (_, _, lines) = saved(&browser, "?q=волков").await;
    assert_eq!(lines[1], "Волков;Олег;;Школа № 2;Учитель;", "no contacts");
    for query in [
        "?role=director".to_owned(),
        "?archived=true".to_owned(),
        format!("?institutionId={}", city.other_school),
    ] {
        browser
            .get(&format!("/api/people/export{query}"))
            .await
            .refused("forbidden");
    }
}

#[tokio::test]
async fn a_saved_name_runs_on_nobodys_computer_and_a_saved_register_can_be_read_again() {
    let city = City::sqlite().await;
    let draft = person::Draft {
        family_name: "=HYPERLINK(\"http://evil.example\";\"да\")".to_owned(),
        given_name: "+1".to_owned(),
        patronymic: "@x".to_owned(),
        email: None,
        birth_date: None,
    };
    let db = &city.app.state.store.db;
    person::create(db, draft, city.app.clock.now())
        .await
        .expect("a person");
    let browser = city.signed_in("admin").await;
    let (_, _, lines) = saved(&browser, "?q=hyperlink").await;
    assert_eq!(
        lines[1],
        "\"'=HYPERLINK(\"\"http://evil.example\"\";\"\"да\"\")\";'+1;'@x;;;"
    );
    let path = format!("/api/people/export?institutionId={}", city.school);
    for locale in ["ru", "en"] {
        browser
            .patch("/api/me", json!({ "locale": locale }))
            .await
            .ok();
        let request = browser.request(Method::GET, &path);
        let file = request.send().await.expect("an answer");
        let file = file.bytes().await.expect("a file").to_vec();
        let part = reqwest::multipart::Part::bytes(file).file_name("people.csv");
        let form = reqwest::multipart::Form::new().part("file", part);
        let request = browser
            .request(Method::POST, "/api/imports?kind=people")
            .multipart(form);
        let import = kafedra_testkit::Answer::of(request).await.ok();
        let columns = import["columns"].as_array().expect("columns");
        let mapping: Value = columns.iter().map(|one| one["field"].clone()).collect();
        let path = format!(
            "/api/imports/{}/check",
            import["id"].as_str().expect("an id")
        );
        let report = browser
            .post(&path, json!({ "mapping": mapping }))
            .await
            .ok();
        assert_eq!(report["duplicates"], 4, "{report}");
    }
}

#[tokio::test]
async fn whoever_may_save_the_register_is_told_so() {
    let city = City::sqlite().await;
    let may = async |login: &str| {
        let me = city.signed_in(login).await.get("/api/me").await.ok();
        let capabilities = me["capabilities"].as_array().expect("a list").clone();
        capabilities.contains(&json!("people.export"))
    };
    for login in ["admin", "methodist", "coordinator"] {
        assert!(may(login).await, "{login}");
    }
    for login in ["official", "director", "teacher"] {
        assert!(!may(login).await, "{login}");
    }
    let scope = Scope::Institution(city.school);
    city.grant(city.person("teacher"), Role::Coordinator, scope)
        .await;
    assert!(may("teacher").await);
}

/// A saved workbook.
async fn sheets(browser: &Browser) -> Vec<u8> {
    let request = browser.request(Method::GET, "/api/register.xlsx");
    let answer = request.send().await.expect("an answer");
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.bytes().await.expect("a file").to_vec()
}

/// What stands in the sheets of a workbook, sheet by sheet, as XML.
fn parts(book: &[u8]) -> (String, Vec<String>) {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut file = archive.by_name(name).expect("a part");
        file.read_to_string(&mut text).expect("text");
        text
    };
    let sheets = (1..=6).map(|number| part(&format!("xl/worksheets/sheet{number}.xml")));
    let sheets: Vec<String> = sheets.collect();
    (part("xl/sharedStrings.xml"), sheets)
}

#[tokio::test]
async fn all_registers_are_saved_as_one_workbook_within_the_callers_scope() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let db = &city.app.state.store.db;
        let teacher = city.person("teacher");
        let methodist = city.signed_in("methodist").await;
        let document = json!({ "kind": "certificate", "registration": "=1+1", "issuer": "ИРО", "issuedOn": "2016-03-01", "hours": 72 });
        methodist.post(&format!("/api/people/{teacher}/documents"), document).await.ok();
        let since = NaiveDate::from_ymd_opt(2016, 11, 1).expect("a date");
        kafedra_store::teacher_leader::create(db, teacher, "Педагог года".to_owned(), "winner", since)
            .await
            .expect("an award");
        let rows = |sheet: &str| sheet.matches("<row ").count() - 1;
        let (texts, all) = parts(&sheets(&methodist).await);
        let counts: Vec<usize> = all.iter().map(|sheet| rows(sheet)).collect();
        assert_eq!(counts, [9, 6, 1, 2, 0, 1]);
        assert!(texts.contains(">=1+1<") && texts.contains("победитель"), "{texts}");
        assert!(!all.concat().contains("<f>"), "a formula");
        // A coordinator saves the own school.
        let elsewhere = city.signed_in("coordinator2").await;
        let (texts, all) = parts(&sheets(&elsewhere).await);
        let counts: Vec<usize> = all.iter().map(|sheet| rows(sheet)).collect();
        assert_eq!(counts, [2, 2, 0, 1, 0, 0]);
        assert!(!texts.contains("Семёнова"), "{texts}");
        let admin = city.signed_in("admin").await;
        let log = admin.get("/api/access-log?action=people.exported").await.ok();
        assert_eq!((&log["total"], &log["items"][0]["details"]), (&json!(2), &json!("2")));
        // What it says of people and their work can be brought in again, and says nothing new.
        let part = reqwest::multipart::Part::bytes(sheets(&methodist).await).file_name("register.xlsx");
        let form = reqwest::multipart::Form::new().part("file", part);
        let request = methodist.request(Method::POST, "/api/imports?kind=people").multipart(form);
        let import = kafedra_testkit::Answer::of(request).await.ok();
        assert_eq!(import["rows"], 9);
    })
    .await;
}
