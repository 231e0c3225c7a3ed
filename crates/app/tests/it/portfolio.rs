//! A teacher's own page and portfolio, and a school's month.

use kafedra_model::EventRole;
use kafedra_store::event_role;
use kafedra_testkit::on_both;
use serde_json::json;

use crate::held::{Held, pdf};

#[tokio::test]
async fn a_portfolio_holds_confirmed_talks_of_those_who_came() {
    on_both(|database| async move {
        let who = [("teacher2", 90), ("coordinator", 90)];
        let held = Held::over(database, "webinar", &who).await;
        held.role("teacher2", EventRole::Speaker, "Проекты").await;
        held.role("teacher3", EventRole::Speaker, "Не пришёл").await;
        let (db, now) = (&held.city.app.state.store.db, held.city.app.clock.now());
        let unconfirmed = held.city.person("coordinator");
        event_role::give(db, held.event, unconfirmed, EventRole::Speaker, "Сама", now)
            .await
            .expect("a role");
        held.issue(json!({ "rule": { "roles": ["speaker"] } }))
            .await;
        for (login, entries, talks) in [
            ("teacher2", 1, 1),
            ("teacher3", 0, 1),
            ("coordinator", 0, 1),
        ] {
            let browser = held.city.signed_in(login).await;
            let path = format!("/api/people/{}/portfolio", held.city.person(login));
            let portfolio = browser.get(&path).await.ok();
            assert_eq!(
                portfolio["entries"].as_array().map(Vec::len),
                Some(entries),
                "{login}"
            );
            let part = browser.get("/api/me/part").await.ok();
            assert_eq!(
                part["talks"].as_array().map(Vec::len),
                Some(talks),
                "{login}"
            );
            assert_eq!(part["past"][0]["title"], "Ноябрьское заседание");
        }
        let mine = held.city.signed_in("teacher2").await;
        let path = format!("/api/people/{}/portfolio", held.city.person("teacher2"));
        let portfolio = mine.get(&path).await.ok();
        assert_eq!(portfolio["institution"], "Школа № 1");
        assert_eq!(portfolio["entries"][0]["topic"], "Проекты");
        assert_eq!(
            portfolio["entries"][0]["certificate"]["number"],
            "2017-00001"
        );
        let stranger = held.city.signed_in("teacher3").await;
        stranger.get(&path).await.refused("not_found");
        held.city.signed_in("director").await.get(&path).await.ok();

        let paper = format!("{path}.pdf");
        stranger.get(&paper).await.refused("not_found");
        let text = pdf(&mine, &paper).await;
        let url = portfolio["entries"][0]["certificate"]["url"].as_str();
        let (_, address) = url
            .and_then(|url| url.split_once("://"))
            .expect("an address");
        for part in [
            "ПОРТФОЛИО",
            "Котов Пётр",
            "Школа № 1",
            "«Проекты»",
            "2017-00001",
            address,
        ] {
            assert!(text.contains(part), "{part} in: {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_schools_month_counts_its_own_people() {
    on_both(|database| async move {
        let who = [("teacher2", 90), ("coordinator", 30), ("teacher3", 90)];
        let held = Held::over(database, "webinar", &who).await;
        held.role("teacher2", EventRole::Speaker, "Проекты").await;
        held.issue(json!({ "rule": { "roles": ["speaker", "listener"], "minShare": 50 } }))
            .await;
        let path = format!("/api/institutions/{}/month", held.city.school);
        let director = held.city.signed_in("director").await;
        let month = director.get(&path).await.ok();
        assert_eq!(month["month"], "2017-09");
        assert_eq!(month["events"][0]["people"], 2);
        assert_eq!(month["events"][0]["speakers"], json!(["Котов Пётр"]));
        assert_eq!(month["certificates"], 1);
        let people: Vec<_> = month["people"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| (&one["name"], &one["minutes"]))
            .collect();
        assert_eq!(
            people,
            [
                (&json!("Котов Пётр"), &json!(90)),
                (&json!("Лисина Ольга"), &json!(30))
            ]
        );
        let empty = director.get(&format!("{path}?month=2017-08")).await.ok();
        assert_eq!(empty["events"], json!([]));
        director
            .get(&format!("{path}?month=tomorrow"))
            .await
            .refused_field("month", "date.invalid");
        held.city
            .signed_in("teacher")
            .await
            .get(&path)
            .await
            .refused("forbidden");
        held.city
            .signed_in("coordinator2")
            .await
            .get(&path)
            .await
            .refused("forbidden");
    })
    .await;
}
