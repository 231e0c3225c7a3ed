//! Certificates: who earns one, their numbers, revoking, what anyone may verify.

use std::collections::BTreeSet;

use kafedra_app::{job::result, retention};
use kafedra_model::EventRole;
use kafedra_store::job;
use kafedra_testkit::{Answer, Browser, City, on_both};
use reqwest::{Method, multipart};
use serde_json::{Value, json};

use crate::{
    held::{Held, file, finished, text_of},
    meeting::id,
};

fn order(roles: &[&str], share: u32) -> Value {
    json!({ "rule": { "roles": roles, "minMinutes": 0, "minShare": share } })
}

#[tokio::test]
async fn those_who_were_there_long_enough_get_a_certificate_and_the_others_a_reason() {
    on_both(|database| async move {
        let who = [("teacher2", 90), ("teacher3", 45), ("director", 44)];
        let held = Held::over(database, "webinar", &who).await;
        held.role("teacher2", EventRole::Speaker, "Новые программы")
            .await;
        held.role("coordinator", EventRole::Speaker, "").await;
        let asked = order(&["speaker", "listener"], 50);
        let path = held.path("/certificates/preview");
        let preview = held.host.post(&path, asked.clone()).await.ok();
        let found: Vec<_> = preview["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| {
                (
                    item["name"].as_str(),
                    item["role"].as_str(),
                    item["refusal"].as_str(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (Some("Белов Игорь"), Some("listener"), Some("too_short")),
                (Some("Волков Олег"), Some("listener"), None),
                (Some("Котов Пётр"), Some("speaker"), None),
                (Some("Лисина Ольга"), Some("speaker"), Some("absent")),
            ]
        );
        assert_eq!(preview["qualifying"], 2);
        assert_eq!(preview["hours"], 2);
        assert_eq!(preview["items"][1]["institution"], "Школа № 2");

        let job = held.issue(asked.clone()).await;
        assert_eq!(
            (&job["state"], &job["progress"], &job["total"]),
            (&json!("done"), &json!(2), &json!(2))
        );
        let given = held.certificates().await;
        let numbers: Vec<_> = given.iter().map(|one| one["number"].clone()).collect();
        assert_eq!(numbers, ["2017-00001", "2017-00002"]);
        let talk = given
            .iter()
            .find(|one| one["role"] == "speaker")
            .expect("a speaker's");
        assert_eq!(talk["topic"], "Новые программы");
        assert_eq!(talk["heldOn"], "2017-09-04");
        // Nobody is left to get one.
        held.host
            .post(&held.path("/certificates"), asked)
            .await
            .refused("certificate.nobody");
    })
    .await;
}

#[tokio::test]
async fn a_meeting_that_goes_on_gives_no_certificates() {
    let held = Held::begun(kafedra_testkit::TestDatabase::sqlite().await, "webinar").await;
    let preview = held.path("/certificates/preview");
    let asked = order(&["listener"], 0);
    held.host
        .post(&preview, asked)
        .await
        .refused("event.not_held");
    for (asked, field) in [
        (order(&[], 0), "rule.roles"),
        (order(&["listener"], 101), "rule.minShare"),
    ] {
        let answer = held.host.post(&preview, asked).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.body["errors"][0]["field"], field);
    }
}

#[tokio::test]
async fn numbers_have_no_gaps_and_no_doubles_though_two_organisers_press_at_once() {
    on_both(|database| async move {
        let held = Held::begun(database, "webinar").await;
        for _ in 0..120 {
            let person = held.city.new_person().await;
            held.stays(person, 80).await;
        }
        held.end().await;
        let admin = held.city.signed_in("admin").await;
        let (path, asked) = (held.path("/certificates"), order(&["listener"], 50));
        let (one, other) = tokio::join!(
            held.host.post(&path, asked.clone()),
            admin.post(&path, asked.clone())
        );
        for (browser, answer) in [(&held.host, one), (&admin, other)] {
            if answer.status.is_success() {
                let job = id(&answer.body);
                assert_eq!(finished(browser, &job).await["state"], "done");
            } else {
                // The other's job was done before this one asked.
                answer.refused("certificate.nobody");
            }
        }
        let numbers: BTreeSet<String> = held
            .certificates()
            .await
            .iter()
            .map(|one| one["number"].as_str().expect("a number").to_owned())
            .collect();
        let expected: BTreeSet<String> = (1..=120).map(|n| format!("2017-{n:05}")).collect();
        assert_eq!(numbers, expected);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_a_killed_server_left_is_finished_without_doubles() {
    let who = [("teacher2", 90), ("teacher3", 90)];
    let held = Held::over(
        kafedra_testkit::TestDatabase::sqlite().await,
        "webinar",
        &who,
    )
    .await;
    let done = held.issue(order(&["listener"], 50)).await;
    let db = &held.city.app.state.store.db;
    let job = job::find(db, id(&done).parse().expect("an id"))
        .await
        .expect("a query")
        .expect("a job");
    // What a start of the server does with a job that was running; then it runs once more.
    job::retry(db, job.id, String::new(), held.city.app.clock.now())
        .await
        .expect("queued");
    held.city.app.state.jobs.wake();
    assert_eq!(finished(&held.host, &id(&done)).await["state"], "done");
    assert_eq!(held.certificates().await.len(), 2);
}

#[tokio::test]
async fn anyone_verifies_a_certificate_by_its_code_and_learns_no_more_than_the_paper_says() {
    on_both(|database| async move {
        let held = Held::over(database, "webinar", &[("teacher2", 90)]).await;
        held.issue(order(&["listener"], 50)).await;
        let given = held.certificates().await.remove(0);
        let code = given["url"]
            .as_str()
            .expect("a link")
            .rsplit('/')
            .next()
            .expect("a code")
            .to_owned();
        let stranger = held.city.app.browser();
        let typed = code.to_lowercase().replace('-', "");
        let shown = stranger
            .get(&format!("/api/certificates/by-code/{typed}"))
            .await
            .ok();
        assert_eq!(shown["valid"], true);
        assert_eq!(shown["name"], "Котов\u{a0}П.");
        assert_eq!(shown["title"], "Ноябрьское заседание");
        assert!(shown.get("personId").is_none() && shown.get("id").is_none());
        stranger
            .get("/api/certificates/by-code/0000-0000-0000")
            .await
            .refused("not_found");
        stranger
            .get("/api/certificates/by-code/tricky")
            .await
            .refused("not_found");

        let revoke = format!("/api/certificates/{}/revoke", id(&given));
        held.host
            .post(&revoke, json!({ "reason": " " }))
            .await
            .refused_field("reason", "required");
        let mine = held.city.signed_in("teacher2").await;
        mine.post(&revoke, json!({ "reason": "не я" }))
            .await
            .refused("forbidden");
        held.host
            .post(&revoke, json!({ "reason": "Выдан по ошибке" }))
            .await
            .ok();
        held.host
            .post(&revoke, json!({ "reason": "ещё раз" }))
            .await
            .refused("certificate.revoked");
        let shown = stranger
            .get(&format!("/api/certificates/by-code/{code}"))
            .await
            .ok();
        assert_eq!(
            (&shown["valid"], &shown["reason"]),
            (&json!(false), &json!("Выдан по ошибке"))
        );
        // A new one has a number of its own; the old one stays as it was.
        held.issue(order(&["listener"], 50)).await;
        let given = held.certificates().await;
        assert_eq!(given.len(), 2);
        assert_eq!(given[1]["number"], "2017-00002");
        assert_eq!(given[0]["reason"], "Выдан по ошибке");
    })
    .await;
}

#[tokio::test]
async fn a_certificate_is_printed_for_its_holder_its_organiser_and_whoever_knows_its_code() {
    on_both(|database| async move {
        let held = Held::over(database, "webinar", &[("teacher2", 90)]).await;
        held.role("teacher2", EventRole::Speaker, "*Новые* <b>программы</b>")
            .await;
        held.issue(order(&["speaker"], 50)).await;
        let given = held.certificates().await.remove(0);
        let url = given["url"].as_str().expect("a link").to_owned();
        let path = format!("/api/certificates/{}/file.pdf", id(&given));
        let open = format!(
            "/api/certificates/by-code/{}/file.pdf",
            url.rsplit('/').next().expect("a code")
        );
        let mine = held.city.signed_in("teacher2").await;
        let stranger = held.city.app.browser();
        let (_, printed) = file(&mine, &path).await;
        for (browser, path) in [(&held.host, &path), (&stranger, &open)] {
            // The same file for everyone, in the language in which it was given out.
            assert_eq!(file(browser, path).await.1, printed);
        }
        let text = text_of(&printed);
        for part in [
            "СЕРТИФИКАТ № 2017-00001",
            "Котов Пётр",
            "докладчик",
            "«*Новые* <b>программы</b>»",
            "вебинар «Ноябрьское заседание»",
            "4 сентября 2017 г.",
            "2 академических часа",
            url.split_once("://").expect("a scheme").1,
        ] {
            assert!(text.contains(part), "{part} in: {text}");
        }
        stranger.get(&path).await.refused("sign_in.needed");
        let other = held.city.signed_in("teacher3").await;
        other.get(&path).await.refused("not_found");

        let revoke = format!("/api/certificates/{}/revoke", id(&given));
        let reason = json!({ "reason": "Выдан по ошибке" });
        held.host.post(&revoke, reason).await.ok();
        for (browser, path) in [(&mine, &path), (&held.host, &path), (&stranger, &open)] {
            browser.get(path).await.refused("certificate.revoked_paper");
        }
    })
    .await;
}

#[tokio::test]
async fn all_certificates_are_printed_into_one_zip_that_is_kept_for_a_day() {
    on_both(|database| async move {
        let held = Held::begun(database, "webinar").await;
        for _ in 0..30 {
            let person = held.city.new_person().await;
            held.stays(person, 80).await;
        }
        held.stays(held.city.person("teacher2"), 80).await;
        held.end().await;
        let bundle = held.path("/certificates/bundle");
        let nothing = json!({});
        held.host
            .post(&bundle, nothing.clone())
            .await
            .refused("certificate.none_valid");
        held.issue(order(&["listener"], 50)).await;
        let given = held.certificates().await;
        let wrong = given
            .iter()
            .find(|one| one["name"] != "Котов Пётр")
            .expect("somebody else's");
        let revoke = format!("/api/certificates/{}/revoke", id(wrong));
        let reason = json!({ "reason": "ошибка" });
        held.host.post(&revoke, reason).await.ok();

        let job = held.host.post(&bundle, nothing).await.ok();
        assert_eq!(job["total"], 30);
        let job = id(&job);
        let done = finished(&held.host, &job).await;
        assert_eq!(
            (&done["state"], &done["progress"]),
            (&json!("done"), &json!(30))
        );
        let path = format!("/api/jobs/{job}/file.zip");
        let (kind, bytes) = file(&held.host, &path).await;
        assert_eq!(kind, "application/zip");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
        assert_eq!(zip.len(), 30);
        let names: Vec<String> = (0..30)
            .map(|place| {
                let file = zip.by_index(place).expect("a file");
                file.name().expect("a name").into_owned()
            })
            .collect();
        let number = wrong["number"].as_str().expect("a number");
        assert!(!names.iter().any(|name| name.starts_with(number)));
        let kotov = names
            .iter()
            .find(|name| name.ends_with("Котов Пётр.pdf"))
            .expect("a certificate");
        let mut paper = Vec::new();
        std::io::copy(&mut zip.by_name(kotov).expect("a file"), &mut paper).expect("bytes");
        assert!(text_of(&paper).contains("Котов Пётр"));
        let mine = held.city.signed_in("teacher2").await;
        mine.get(&path).await.refused("not_found");

        let app = &held.city.app;
        retention::sweep(&app.state).await.expect("a sweep");
        file(&held.host, &path).await;
        app.clock.advance(chrono::TimeDelta::hours(25));
        retention::sweep(&app.state).await.expect("a sweep");
        held.city
            .signed_in("teacher")
            .await
            .get(&path)
            .await
            .refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_zip_that_a_killed_server_left_half_made_is_made_again() {
    let held = Held::over(
        kafedra_testkit::TestDatabase::sqlite().await,
        "webinar",
        &[("teacher2", 90)],
    )
    .await;
    held.issue(order(&["listener"], 50)).await;
    let bundle = held.path("/certificates/bundle");
    let job = held.host.post(&bundle, json!({})).await.ok();
    finished(&held.host, &id(&job)).await;
    let state = &held.city.app.state;
    let uuid = id(&job).parse().expect("an id");
    let place = result::path(&state.settings, uuid);
    std::fs::remove_file(&place).expect("the whole file");
    std::fs::write(place.with_extension("part"), b"half").expect("half a file");
    job::retry(
        &state.store.db,
        uuid,
        String::new(),
        held.city.app.clock.now(),
    )
    .await
    .expect("queued");
    state.jobs.wake();
    assert_eq!(finished(&held.host, &id(&job)).await["state"], "done");
    let (_, bytes) = file(&held.host, &format!("/api/jobs/{}/file.zip", id(&job))).await;
    assert!(zip::ZipArchive::new(std::io::Cursor::new(bytes)).is_ok());
    assert!(!place.with_extension("part").exists());
}

/// Sends a file to one of the letterhead's pictures.
async fn send(browser: &Browser, picture: &str, name: &str, bytes: &[u8]) -> Answer {
    let path = format!("/api/installation/letterhead/{picture}");
    let part = multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let form = multipart::Form::new().part("file", part);
    Answer::of(browser.request(Method::PUT, &path).multipart(form)).await
}

#[tokio::test]
async fn arms_and_signature_are_taken_for_what_they_are_and_printed() {
    on_both(|database| async move {
        let held = Held::over(database, "webinar", &[("teacher2", 90), ("teacher3", 90)]).await;
        let admin = held.city.signed_in("admin").await;
        let head = "/api/installation/letterhead";
        for (name, bytes, code) in [
            (
                "герб.png",
                b"<svg onload='alert(1)'/>".as_slice(),
                "letterhead.no_picture",
            ),
            ("герб.jpg", b"MZ\x90\0", "letterhead.no_picture"),
            (
                "герб.png",
                b"\x89PNG\r\n\x1a\n half",
                "letterhead.broken_picture",
            ),
        ] {
            send(&admin, "arms", name, bytes).await.refused(code);
        }
        let large = vec![0; 5 * 1024 * 1024 + 1];
        send(&admin, "arms", "герб.png", &large)
            .await
            .refused("too_large");
        send(&admin, "seal", "печать.png", crate::PNG)
            .await
            .refused("not_found");
        held.host
            .get(&format!("{head}/arms"))
            .await
            .refused("forbidden");
        admin
            .get(&format!("{head}/arms"))
            .await
            .refused("not_found");

        held.issue(order(&["listener"], 50)).await;
        let before = held.certificates().await.remove(0);
        let paper = |one: &Value| format!("/api/certificates/{}/file.pdf", id(one));
        let (_, plain) = file(&held.host, &paper(&before)).await;
        // Its bytes say that it is a picture; its name says nothing.
        let sent = send(&admin, "arms", "герб.exe", crate::PNG).await;
        assert_eq!(sent.status, 204);
        assert_eq!(send(&admin, "signature", "x", crate::PNG).await.status, 204);
        let shown = admin.get(head).await.ok();
        assert_eq!(
            (&shown["arms"], &shown["signature"]),
            (&json!(true), &json!(true))
        );
        let (kind, bytes) = file(&admin, &format!("{head}/arms")).await;
        assert!(kind == "image/png" && bytes.starts_with(b"\x89PNG"));

        // What was given out before stays as it was; what is given out now shows them.
        assert_eq!(file(&held.host, &paper(&before)).await.1, plain);
        let revoke = format!("/api/certificates/{}/revoke", id(&before));
        held.host
            .post(&revoke, json!({ "reason": "новый" }))
            .await
            .ok();
        held.issue(order(&["listener"], 50)).await;
        let after = held.certificates().await.pop().expect("a new one");
        let (_, with) = file(&held.host, &paper(&after)).await;
        let pictures = |paper: &[u8]| {
            let mark = b"/Subtype /Image".as_slice();
            let tight = b"/Subtype/Image".as_slice();
            paper
                .windows(mark.len())
                .filter(|at| *at == mark || at.starts_with(tight))
                .count()
        };
        assert_eq!(pictures(&plain), 0);
        assert!(pictures(&with) > 0);

        admin.delete(&format!("{head}/arms")).await;
        let shown = admin.get(head).await.ok();
        assert_eq!(
            (&shown["arms"], &shown["signature"]),
            (&json!(false), &json!(true))
        );
    })
    .await;
}

#[tokio::test]
async fn the_letterhead_is_the_administrators() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let admin = city.signed_in("admin").await;
        let path = "/api/installation/letterhead";
        assert_eq!(admin.get(path).await.ok()["organisation"], "Кафедра");
        let words = json!({
            "organisation": "Методический центр",
            "signerPosition": "Директор",
            "signerName": "В. П. Орлова",
        });
        admin.put(path, words.clone()).await.ok();
        let after = admin.get(path).await.ok();
        assert_eq!(after["organisation"], "Методический центр");
        let nobody = json!({ "organisation": " ", "signerPosition": "", "signerName": "" });
        let refused = admin.put(path, nobody).await;
        refused.refused_field("organisation", "required");
        let teacher = city.signed_in("teacher").await;
        teacher.put(path, words).await.refused("forbidden");
    })
    .await;
}
