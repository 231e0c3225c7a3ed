//! The public page, its feed, its block and its papers; news; the project's papers.

use kafedra_model::passport::Passport;
use kafedra_store::{person, project};
use kafedra_testkit::{Browser, City, TestApp, TestDatabase, on_both};
use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use chrono::TimeDelta;

use crate::held::{file, pdf};

const PAGES: [&str; 5] = [
    "/public",
    "/public?lang=en",
    "/public/embed",
    "/public/news.rss",
    "/public/style.css",
];

/// A city whose project is executed.
async fn city(database: TestDatabase) -> City {
    let city = City::over(database).await;
    let passport = Passport::founding().expect("the founding passport");
    let draft = project::Draft::executing(&passport).expect("JSON");
    let now = city.app.clock.now();
    project::create(&city.app.state.store.db, draft, None, now)
        .await
        .expect("a project");
    city
}

fn news(title: &str, day: &str) -> Value {
    json!({ "title": title, "text": "Первый абзац.\n<script>alert(1)</script>", "publishedOn": day })
}

async fn page(browser: &Browser, path: &str) -> (u16, reqwest::header::HeaderMap, String) {
    let answer = browser
        .request(Method::GET, path)
        .send()
        .await
        .expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    (status, headers, answer.text().await.expect("text"))
}

#[tokio::test]
async fn the_block_is_framed_by_the_sites_that_the_operator_names() {
    let named = ["https://edu.city.example", "http://intranet:8080"];
    let database = TestDatabase::sqlite().await;
    let app = TestApp::with_settings(database, "http://127.0.0.1:9", |settings| {
        settings.embed_origins = named.map(str::to_owned).to_vec();
    })
    .await;
    let anybody = app.browser();
    let (_, headers, _) = page(&anybody, "/public/embed").await;
    let policy = headers["content-security-policy"].to_str().expect("text");
    let sites = "frame-ancestors https://edu.city.example http://intranet:8080";
    assert!(policy.ends_with(sites), "{policy}");
    // The pages themselves stay unframed.
    let (_, headers, _) = page(&anybody, "/public").await;
    let policy = headers["content-security-policy"].to_str().expect("text");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
}

#[tokio::test]
async fn everybody_reads_how_the_project_goes_without_scripts_and_without_names() {
    on_both(|database| async move {
        let city = city(database).await;
        let official = city.signed_in("official").await;
        official
            .post("/api/news", news("Закуплены <камеры>", "2017-09-01"))
            .await
            .ok();
        official
            .post("/api/news", news("Ещё не время", "2017-12-01"))
            .await
            .ok();
        let anybody = city.app.browser();
        let (status, headers, html) = page(&anybody, "/public").await;
        assert_eq!(status, 200);
        let policy = headers["content-security-policy"].to_str().expect("text");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        for part in [
            "<html lang=\"ru\">",
            "Интегрированная коммуникационная платформа",
            "IV кв. 2017",
            "Закуплены &lt;камеры&gt;",
            "&lt;script&gt;alert(1)",
            "1440,00",
            "Августовская конференция",
            "href=\"/public?lang=en\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        for part in [
            "Ещё не время",
            "<script",
            "style=",
            "Первый заместитель главы",
        ] {
            assert!(!html.contains(part), "{part} in {html}");
        }
        let (_, _, english) = page(&anybody, "/public?lang=en").await;
        assert!(english.contains("Stages and checkpoints"), "{english}");
        let (_, headers, _) = page(&anybody, "/public/embed").await;
        let policy = headers["content-security-policy"].to_str().expect("text");
        assert!(policy.contains("frame-ancestors *"), "{policy}");
        assert!(!headers.contains_key("x-frame-options"));
        let (_, headers, rss) = page(&anybody, "/public/news.rss").await;
        assert_eq!(
            headers["content-type"],
            "application/rss+xml; charset=utf-8"
        );
        assert!(
            rss.contains("<title>Закуплены &lt;камеры&gt;</title>"),
            "{rss}"
        );
        assert!(rss.contains("<pubDate>Fri, 1 Sep 2017"), "{rss}");

        let mut texts = Vec::new();
        for path in PAGES {
            let (status, _, text) = page(&anybody, path).await;
            assert_eq!(status, 200, "{path}");
            texts.push(text);
        }
        for path in ["/public/bulletin.pdf", "/public/slide.pdf"] {
            let text = pdf(&anybody, path).await;
            assert!(text.contains("платформа"), "{text}");
            texts.push(text);
        }
        let people = person::Entity::find()
            .all(&city.app.state.store.db)
            .await
            .expect("people");
        assert!(people.len() > 8);
        for person in people {
            for text in &texts {
                assert!(
                    !text.contains(&person.family_name),
                    "{} in {text}",
                    person.family_name
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_is_gathered_once_a_minute_and_shows_nothing_unapproved() {
    let database = TestDatabase::sqlite().await;
    let city = City::over(database).await;
    let official = city.signed_in("official").await;
    let anybody = city.app.browser();
    let (status, _, html) = page(&anybody, "/public").await;
    assert_eq!(status, 404);
    assert!(html.contains("Проект ещё не утверждён"), "{html}");
    let founding = serde_json::to_value(Passport::founding().expect("the passport")).expect("JSON");
    official
        .post("/api/project", json!({ "passport": founding }))
        .await
        .ok();
    city.app.clock.advance(TimeDelta::minutes(2));
    assert_eq!(page(&anybody, "/public").await.0, 404);
    anybody.get("/public/news.rss").await.refused("not_found");
}

#[tokio::test]
async fn news_are_fresh_after_a_minute_and_can_be_written_anew_and_taken_away() {
    let city = city(TestDatabase::sqlite().await).await;
    let official = city.signed_in("official").await;
    let anybody = city.app.browser();
    page(&anybody, "/public").await;
    let made = official
        .post("/api/news", news("Новость дня", "2017-09-01"))
        .await
        .ok();
    assert!(!page(&anybody, "/public").await.2.contains("Новость дня"));
    city.app.clock.advance(TimeDelta::seconds(61));
    assert!(page(&anybody, "/public").await.2.contains("Новость дня"));
    let path = format!("/api/news/{}", made["id"].as_str().expect("an id"));
    let changed = official.put(&path, news("Другая", "2017-09-02")).await.ok();
    assert_eq!(
        (&changed["title"], &changed["publishedOn"]),
        (&json!("Другая"), &json!("2017-09-02"))
    );
    official
        .put(&path, news("", "2017-09-02"))
        .await
        .refused_field("title", "required");
    assert_eq!(official.delete(&path).await.status, 204);
    official.delete(&path).await.refused("not_found");
    assert_eq!(anybody.get("/api/news").await.ok()["total"], 0);
}

#[tokio::test]
async fn every_paper_of_the_project_is_there_in_each_of_its_forms() {
    on_both(|database| async move {
        let city = city(database).await;
        let teacher = city.signed_in("teacher").await;
        for (paper, said) in [
            ("passport", "ПАСПОРТ"),
            ("master-plan", "СВОДНЫЙ ПЛАН"),
            ("schedule", "ПЛАН-ГРАФИК"),
            ("monthly-report", "за август 2017"),
            ("quarterly-report", "за III кв. 2017"),
            ("final-report", "ИТОГОВЫЙ ОТЧЁТ"),
        ] {
            let path = format!("/api/project/papers/{paper}?date=2017-08-20");
            let text = pdf(&teacher, &path).await;
            assert!(text.contains(said), "{said} in {text}");
            let (kind, bytes) = file(&teacher, &format!("{path}&format=docx")).await;
            assert!(kind.contains("wordprocessingml"), "{kind}");
            assert!(bytes.starts_with(b"PK"));
        }
        let (kind, bytes) = file(&teacher, "/api/project/papers/figures?format=xlsx").await;
        assert!(
            kind.contains("spreadsheetml") && bytes.starts_with(b"PK"),
            "{kind}"
        );
        for path in [
            "figures",
            "passport?format=xlsx",
            "nothing",
            "change-request?number=1",
        ] {
            teacher
                .get(&format!("/api/project/papers/{path}"))
                .await
                .refused("not_found");
        }
    })
    .await;
}
