//! Links, resets, slips, files: every way to an account.

use chrono::TimeDelta;
use kafedra_model::consent;
use kafedra_testkit::{Answer, Browser, City, city::PASSWORD, on_both};
use serde_json::{Value, json};

const NEW: &str = "синяя птица";

fn by_token(url: &Value) -> String {
    let (_, token) = url
        .as_str()
        .expect("a link")
        .rsplit_once('/')
        .expect("a token");
    format!("/api/invitations/by-token/{token}")
}

async fn accept(browser: &Browser, card: &str, mut body: Value) -> Answer {
    body["password"] = body["password"].as_str().unwrap_or(NEW).into();
    body["consentVersion"] = consent::current().version.into();
    browser.post(&format!("{card}/accept"), body).await
}

async fn link(city: &City, login: &str, draft: Value) -> Value {
    let mut body = json!({ "institutionId": city.school, "maxUses": 2, "expiresInDays": 7 });
    for (key, value) in draft.as_object().expect("an object") {
        body[key] = value.clone();
    }
    city.signed_in(login)
        .await
        .post("/api/invitations", body)
        .await
        .ok()
}

#[tokio::test]
async fn a_link_brings_as_many_newcomers_as_it_says_each_with_an_account() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let made = link(&city, "coordinator", json!({})).await;
        let url = made["url"].as_str().expect("a link");
        assert!(url.starts_with(&format!("{}/i/", city.app.base)), "{url}");
        let card = by_token(&made["url"]);
        let browser = city.app.browser();
        let shown = browser.get(&card).await.ok();
        assert_eq!((&shown["kind"], &shown["personName"]), (&json!("link"), &Value::Null));
        assert_eq!(shown["institutionName"], "Средняя общеобразовательная школа № 1");

        let newcomer = |name: &str| json!({ "familyName": name, "givenName": "Анна", "positionCode": "teacher" });
        accept(&browser, &card, json!({})).await.refused_field("familyName", "required");
        let mut weak = newcomer("Быкова");
        weak["password"] = "12345678".into();
        accept(&browser, &card, weak).await.refused_field("password", "password.common");
        // Somebody of that name works there: not a second record of the same person.
        let known = json!({ "familyName": "Семенова", "givenName": "мария", "positionCode": "teacher" });
        accept(&browser, &card, known).await.refused("invitation.already_there");

        let me = accept(&browser, &card, newcomer("Быкова")).await.ok();
        assert_eq!((&me["person"]["login"], &me["consentDue"]), (&json!("bykova.a"), &json!(false)));
        assert_eq!(browser.get("/api/me").await.ok(), me, "signed in");
        city.app.browser().sign_in("bykova.a", NEW).await.ok();
        let mut second = newcomer("Быкова");
        second["givenName"] = "Алла".into();
        let me = accept(&city.app.browser(), &card, second).await.ok();
        assert_eq!(me["person"]["login"], "bykova.a2", "a login of her own");
        accept(&city.app.browser(), &card, newcomer("Третья")).await.refused("invitation.spent");
        city.app.browser().get(&card).await.refused("invitation.spent");
    })
    .await;
}

#[tokio::test]
async fn a_link_gives_its_role_only_while_its_maker_may() {
    let city = City::sqlite().await;
    let made = link(
        &city,
        "admin",
        json!({ "role": "coordinator", "positionCode": "deputy_director" }),
    )
    .await;
    let newcomer = |name: &str| json!({ "familyName": name, "givenName": "Анна" });
    let me = accept(
        &city.app.browser(),
        &by_token(&made["url"]),
        newcomer("Первая"),
    )
    .await
    .ok();
    assert_eq!(me["grants"][0]["role"], "coordinator");
    assert_eq!(me["grants"][0]["scopeName"], "Школа № 1");
    // Another administrator takes the maker's role away.
    let other = city.person("methodist");
    let scope = kafedra_model::Scope::City;
    city.grant(other, kafedra_model::Role::Administrator, scope)
        .await;
    let admin = city.signed_in("admin").await;
    let own = admin.get("/api/me").await.ok()["grants"][0]["id"].clone();
    admin
        .delete(&format!("/api/grants/{}", own.as_str().expect("an id")))
        .await
        .ok();
    accept(
        &city.app.browser(),
        &by_token(&made["url"]),
        newcomer("Вторая"),
    )
    .await
    .refused("invitation.spent");
}

#[tokio::test]
async fn a_revoked_an_expired_and_an_unknown_link_say_so() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let browser = city.app.browser();
        let made = link(&city, "coordinator", json!({})).await;
        let keeper = city.signed_in("coordinator").await;
        assert_eq!(
            keeper.get("/api/invitations").await.ok()["items"][0]["open"],
            true
        );
        let id = made["id"].as_str().expect("an id");
        keeper.delete(&format!("/api/invitations/{id}")).await.ok();
        browser
            .get(&by_token(&made["url"]))
            .await
            .refused("invitation.spent");
        assert_eq!(keeper.get("/api/invitations").await.ok()["total"], 0);
        let made = link(&city, "coordinator", json!({ "expiresInDays": 1 })).await;
        city.app.clock.advance(TimeDelta::days(1));
        browser
            .get(&by_token(&made["url"]))
            .await
            .refused("invitation.spent");
        browser
            .get("/api/invitations/by-token/none")
            .await
            .refused("invitation.unknown");
        let stale = json!({ "password": NEW, "consentVersion": "1999" });
        let made = link(&city, "coordinator", json!({})).await;
        let path = format!("{}/accept", by_token(&made["url"]));
        browser.post(&path, stale).await.refused("consent.outdated");
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_works_once_and_ends_every_session() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let old = city.signed_in("teacher").await;
        let coordinator = city.signed_in("coordinator").await;
        let path = format!("/api/people/{}/reset-link", city.person("teacher"));
        let first = coordinator.post(&path, json!({})).await.ok();
        let second = coordinator.post(&path, json!({})).await.ok();
        let browser = city.app.browser();
        browser
            .get(&by_token(&first["url"]))
            .await
            .refused("invitation.spent");
        let card = by_token(&second["url"]);
        let shown = browser.get(&card).await.ok();
        assert_eq!(
            (&shown["kind"], &shown["login"]),
            (&json!("reset"), &json!("teacher"))
        );
        assert_eq!(shown["personName"], "Семёнова Мария");
        // Five failures before do not stand in the way afterwards.
        for _ in 0..5 {
            browser
                .sign_in("teacher", "forgotten")
                .await
                .refused("sign_in.wrong");
        }
        accept(&browser, &card, json!({ "login": "other" }))
            .await
            .ok();
        assert_eq!(old.get("/api/me").await.ok()["person"], Value::Null);
        accept(&browser, &card, json!({}))
            .await
            .refused("invitation.spent");
        let fresh = city.app.browser();
        fresh
            .sign_in("teacher", PASSWORD)
            .await
            .refused("sign_in.wrong");
        fresh.sign_in("teacher", NEW).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_slip_gives_a_teacher_without_email_a_first_password() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let coordinator = city.signed_in("coordinator").await;
        let works = json!({
            "institutionId": city.school, "positionCode": "teacher", "isMain": true,
            "startsOn": "2017-09-01",
        });
        let draft = json!({ "familyName": "Тихонова", "givenName": "Раиса", "employment": works });
        coordinator.post("/api/people", draft).await.ok();
        let path = format!("/api/institutions/{}/slips", city.school);
        // Without names: everyone of the school who has no password yet.
        let slips = coordinator.post(&path, json!({})).await.ok();
        assert_eq!(slips["items"].as_array().map(Vec::len), Some(1));
        let first = slips["items"][0].clone();
        assert_eq!(
            (&first["name"], &first["login"]),
            (&json!("Тихонова Раиса"), &json!("tikhonova.r"))
        );
        let again = coordinator
            .post(&path, json!({ "personIds": [first["personId"]] }))
            .await
            .ok();
        let code = again["items"][0]["code"]
            .as_str()
            .expect("a code")
            .to_lowercase()
            .replace('-', " ");

        let browser = city.app.browser();
        let redeem = async |code: &str| {
            browser
                .post("/api/slips/redeem", json!({ "code": code }))
                .await
        };
        redeem(first["code"].as_str().expect("a code"))
            .await
            .refused("slip.wrong");
        let token = redeem(&code).await.ok()["token"].clone();
        let card = format!(
            "/api/invitations/by-token/{}",
            token.as_str().expect("a token")
        );
        let shown = browser.get(&card).await.ok();
        assert_eq!(
            (&shown["kind"], &shown["login"]),
            (&json!("slip"), &json!("tikhonova.r"))
        );
        // The page was closed: the code still works until a password is set.
        let token = redeem(&code).await.ok()["token"].clone();
        let card = format!(
            "/api/invitations/by-token/{}",
            token.as_str().expect("a token")
        );
        accept(&browser, &card, json!({ "login": "teacher" }))
            .await
            .refused_field("login", "taken");
        let me = accept(&browser, &card, json!({ "login": "Raisa" }))
            .await
            .ok();
        assert_eq!(me["person"]["login"], "raisa");
        redeem(&code).await.refused("slip.wrong");
        city.app.browser().sign_in("raisa", NEW).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_slip_runs_out_and_guessing_is_limited() {
    let city = City::sqlite().await;
    let keeper = city.signed_in("admin").await;
    let path = format!("/api/institutions/{}/slips", city.school);
    let slips = keeper
        .post(&path, json!({ "personIds": [city.person("teacher")] }))
        .await
        .ok();
    let code = &slips["items"][0]["code"];
    city.app.clock.advance(TimeDelta::days(30));
    let browser = city.app.browser();
    browser
        .post("/api/slips/redeem", json!({ "code": code }))
        .await
        .refused("slip.wrong");
    let (limits, now) = (&city.app.state.limits, city.app.clock.now());
    let here = "127.0.0.1".parse().expect("an address");
    (0..600).for_each(|_| limits.guesses.count(here, now));
    browser
        .post("/api/slips/redeem", json!({ "code": code }))
        .await
        .refused("too_many");
}

#[tokio::test]
async fn slips_are_refused_for_people_of_another_school_and_for_those_with_more_rights() {
    let city = City::sqlite().await;
    let coordinator = city.signed_in("coordinator").await;
    let path = format!("/api/institutions/{}/slips", city.school);
    let slips = async |login: &str| {
        coordinator
            .post(&path, json!({ "personIds": [city.person(login)] }))
            .await
    };
    slips("teacher").await.ok();
    slips("teacher3")
        .await
        .refused_field("personIds", "unknown");
    slips("director").await.refused("forbidden");
}
