//! Documents of professional development: who writes them, who vouches for them, what is refused.

use kafedra_testkit::{Browser, City, on_both};
use reqwest::{Method, multipart};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

fn draft() -> Value {
    json!({
        "kind": "certificate",
        "registration": "ПК-12345",
        "issuer": "ГАУ ДПО «ИРО»",
        "issuedOn": "2016-03-01",
        "programme": "Цифровая школа",
        "hours": 72,
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut draft = draft();
    draft[field] = value;
    draft
}

fn documents(city: &City, login: &str) -> String {
    format!("/api/people/{}/documents", city.person(login))
}

async fn verify(browser: &Browser, document: &Value) -> kafedra_testkit::Answer {
    let path = format!(
        "/api/documents/{}/verification",
        document["id"].as_str().expect("an id")
    );
    let body = json!({ "verified": true, "version": document["version"] });
    browser.put(&path, body).await
}

#[tokio::test]
async fn what_a_teacher_enters_counts_once_somebody_else_has_verified_it() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let teacher = city.signed_in("teacher").await;
        let added = teacher
            .post(&documents(&city, "teacher"), draft())
            .await
            .ok();
        assert_eq!(added["uncounted"], "unverified");
        assert_eq!(added["validUntil"], "2019-03-01");
        assert_eq!(
            added["may"],
            json!({ "edit": true, "verify": false, "delete": true })
        );
        verify(&teacher, &added).await.refused("forbidden");
        let coordinator = city.signed_in("coordinator").await;
        let verified = verify(&coordinator, &added).await.ok();
        assert_eq!(verified["uncounted"], Value::Null);
        assert_eq!(verified["verifiedBy"], "Лисина Ольга");
        // The teacher cannot make evidence disappear, only correct it, and then it waits again.
        let path = format!("/api/documents/{}", added["id"].as_str().expect("an id"));
        teacher.delete(&path).await.refused("forbidden");
        let mut edit = with("hours", json!(15));
        edit["version"] = verified["version"].clone();
        let edited = teacher.put(&path, edit.clone()).await.ok();
        assert_eq!(edited["uncounted"], "too_few_hours");
        assert_eq!(edited["verifiedAt"], Value::Null);
        // An edit of what has changed meanwhile, and a verification of it, are refused.
        teacher.put(&path, edit).await.refused("edit.stale");
        verify(&coordinator, &verified).await.refused("edit.stale");
        teacher.delete(&path).await.ok();
        let list = teacher.get(&documents(&city, "teacher")).await.ok();
        assert_eq!(list["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn nobody_vouches_for_their_own_document() {
    let city = City::sqlite().await;
    for login in ["coordinator", "methodist", "admin"] {
        let browser = city.signed_in(login).await;
        let typed = with("registration", json!(login));
        let added = browser.post(&documents(&city, login), typed).await.ok();
        verify(&browser, &added).await.refused("forbidden");
    }
}

#[tokio::test]
async fn one_document_is_entered_once_however_it_is_spelt() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let coordinator = city.signed_in("coordinator").await;
        let path = documents(&city, "teacher");
        coordinator.post(&path, draft()).await.ok();
        let mut again = with("registration", json!("№ пк 12345"));
        again["issuer"] = json!("гау дпо \"ИРО\"");
        // Another person's name on it makes it no other document.
        for whose in ["teacher", "teacher2"] {
            let refusal = coordinator
                .post(&documents(&city, whose), again.clone())
                .await
                .refused("invalid");
            assert_eq!(refusal["errors"][0]["code"], "document.twice");
        }
        again["issuedOn"] = json!("2016-03-02");
        coordinator.post(&path, again).await.ok();
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    let city = City::sqlite().await;
    let coordinator = city.signed_in("coordinator").await;
    let path = documents(&city, "teacher");
    for (field, value, code) in [
        ("registration", json!(" № "), "required"),
        ("issuer", json!(""), "required"),
        ("issuedOn", json!(""), "required"),
        ("issuedOn", json!("01.03.2016"), "date.invalid"),
        ("issuedOn", json!("2017-02-29"), "date.invalid"),
        ("issuedOn", json!("2017-09-05"), "document.future"),
        ("issuedOn", json!("1916-03-01"), "document.ancient"),
        ("hours", json!(0), "document.hours"),
        ("hours", json!(5_001), "document.hours"),
        (
            "trainingStart",
            json!("2016-03-02"),
            "document.issued_before_training",
        ),
    ] {
        let refusal = coordinator
            .post(&path, with(field, value.clone()))
            .await
            .refused("invalid");
        assert_eq!(refusal["errors"][0]["code"], code, "{field} {value}");
    }
    let mut backwards = with("trainingStart", json!("2016-02-02"));
    backwards["trainingEnd"] = json!("2016-02-01");
    let refusal = coordinator.post(&path, backwards).await.refused("invalid");
    assert_eq!(refusal["errors"][0]["code"], "document.backwards");
    let list = coordinator.get(&path).await.ok();
    assert_eq!(list["items"], json!([]));
}

#[tokio::test]
async fn a_look_at_somebody_elses_documents_is_in_the_access_log() {
    let city = City::sqlite().await;
    let path = documents(&city, "teacher");
    city.signed_in("teacher").await.get(&path).await.ok();
    city.signed_in("director").await.get(&path).await.ok();
    let log = city
        .signed_in("admin")
        .await
        .get("/api/access-log?action=documents.viewed")
        .await
        .ok();
    assert_eq!(log["total"], 1);
}

async fn scanned(
    browser: &Browser,
    path: &str,
    name: &str,
    bytes: &[u8],
) -> kafedra_testkit::Answer {
    let file = multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let form = multipart::Form::new().part("file", file);
    let request = browser.request(Method::PUT, path).multipart(form);
    kafedra_testkit::Answer::of(request).await
}

#[tokio::test]
async fn a_scan_is_kept_with_a_document_read_by_its_readers_and_goes_with_it() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let teacher = city.signed_in("teacher").await;
        let list = documents(&city, "teacher");
        let added = teacher.post(&list, draft()).await.ok();
        assert_eq!(added["hasScan"], false);
        let document = format!("/api/documents/{}", added["id"].as_str().expect("an id"));
        let path = format!("{document}/scan");
        teacher.get(&path).await.refused("not_found");
        for (name, bytes, code) in [
            ("scan.png", b"%PDF-1.7 page".as_slice(), "file.type_lies"),
            ("scan.txt", b"words".as_slice(), "document.scan_type"),
            ("scan.pdf", b"".as_slice(), "file.empty"),
        ] {
            scanned(&teacher, &path, name, bytes).await.refused(code);
        }
        let kept = scanned(&teacher, &path, "scan.pdf", b"%PDF-1.7 page")
            .await
            .ok();
        assert_eq!(kept["hasScan"], true);
        // Another one takes its place, and the first leaves the disk.
        scanned(&teacher, &path, "scan.png", crate::PNG).await.ok();
        let director = city.signed_in("director").await;
        let read = director
            .request(Method::GET, &path)
            .send()
            .await
            .expect("an answer");
        assert_eq!(read.headers()["content-type"], "image/png");
        assert_eq!(read.bytes().await.expect("a file"), crate::PNG);
        let hashes = kafedra_store::file::Entity::find()
            .all(&city.app.state.store.db)
            .await
            .expect("files");
        assert_eq!(hashes.len(), 1);
        let admin = city.signed_in("admin").await;
        let log = admin
            .get("/api/access-log?action=documents.viewed")
            .await
            .ok();
        assert_eq!(
            (&log["total"], &log["items"][0]["details"]),
            (&json!(1), &json!("scan"))
        );
        // A scan of what somebody has verified is theirs to replace.
        let coordinator = city.signed_in("coordinator").await;
        verify(&coordinator, &added).await.ok();
        scanned(&teacher, &path, "scan.pdf", b"%PDF-1.7 other")
            .await
            .refused("forbidden");
        teacher.delete(&path).await.refused("forbidden");
        coordinator.delete(&document).await.ok();
        let place = kafedra_app::file::path(&city.app.state.settings.files, &hashes[0].hash);
        assert!(!place.exists(), "the scan outlived its document");
    })
    .await;
}
