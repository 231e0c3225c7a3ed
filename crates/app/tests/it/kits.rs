//! Room kits: registering, pairing by a code, revoking, joining, the code on the screen.

use chrono::TimeDelta;
use kafedra_app::caller::KIT_COOKIE;
use kafedra_testkit::{Browser, City, on_both};
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::meeting::{Meeting, id};

/// A kit of the coordinator's school.
pub async fn register(city: &City) -> String {
    let coordinator = city.signed_in("coordinator").await;
    let draft =
        json!({ "institutionId": city.school, "name": "Комплект 1", "place": "Кабинет 12" });
    id(&coordinator.post("/api/kits", draft).await.ok())
}

pub async fn pairing_code(city: &City, kit: &str) -> String {
    let coordinator = city.signed_in("coordinator").await;
    let path = format!("/api/kits/{kit}/pairing-code");
    let made = coordinator.post(&path, json!({})).await.ok();
    made["code"].as_str().expect("a code").to_owned()
}

/// The kit's computer.
pub async fn paired(city: &City, kit: &str) -> Browser {
    let code = pairing_code(city, kit).await;
    let computer = city.app.browser();
    computer
        .post("/api/kits/pair", json!({ "code": code }))
        .await
        .ok();
    computer
}

impl Meeting {
    /// A paired kit that the meeting invites: its computer and its id.
    pub async fn kit(&self) -> (Browser, String) {
        let kit = register(&self.city).await;
        self.invite(&kit).await;
        (paired(&self.city, &kit).await, kit)
    }

    pub async fn invite(&self, kit: &str) {
        let answer = self.host.put(&self.kit_path(kit, ""), json!({})).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    }

    /// `/api/events/{id}/kits/{kit}` and what follows.
    pub fn kit_path(&self, kit: &str, rest: &str) -> String {
        format!("/api/events/{}/kits/{kit}{rest}", id(&self.event))
    }

    /// What the code on the kit's screen says now.
    pub async fn screen(&self, computer: &Browser) -> String {
        let path = format!("/api/kit/events/{}/qr", id(&self.event));
        let shown = computer.get(&path).await.ok();
        let url = shown["url"].as_str().expect("an address").to_owned();
        url.rsplit('/').next().expect("a token").to_owned()
    }
}

async fn opened(browser: &Browser, token: &str) -> Value {
    let path = format!("/api/presence/by-token/{token}");
    browser.get(&path).await.ok()
}

#[tokio::test]
async fn a_computer_becomes_a_kit_by_a_code_that_works_once() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let city = &meeting.city;
        let kit = register(city).await;
        let first = pairing_code(city, &kit).await;
        let second = pairing_code(city, &kit).await;
        let computer = city.app.browser();
        let pair = async |code: &str| {
            computer
                .post("/api/kits/pair", json!({ "code": code }))
                .await
        };
        // A newer code replaces the older one; each works once.
        pair(&first).await.refused("kit.wrong_code");
        let typed = second.to_lowercase().replace('-', " ");
        assert_eq!(pair(&typed).await.ok()["name"], "Комплект 1");
        city.app
            .browser()
            .post("/api/kits/pair", json!({ "code": second }))
            .await
            .refused("kit.wrong_code");
        let me = computer.get("/api/me").await.ok();
        assert_eq!(me["kit"]["name"], "Комплект 1");
        assert_eq!(me["person"], Value::Null);

        meeting.invite(&kit).await;
        let today = computer.get("/api/kit/today").await.ok();
        assert_eq!(today["place"], "Кабинет 12");
        assert_eq!(today["institutionName"], "Школа № 1");
        assert_eq!(today["items"][0]["roomCode"], meeting.event["room"]["code"]);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_over_after_an_hour_and_a_revoked_kit_is_nobody() {
    let city = City::sqlite().await;
    let kit = register(&city).await;
    let code = pairing_code(&city, &kit).await;
    city.app.clock.advance(TimeDelta::minutes(60));
    city.app
        .browser()
        .post("/api/kits/pair", json!({ "code": code }))
        .await
        .refused("kit.wrong_code");
    let computer = paired(&city, &kit).await;
    let coordinator = city.signed_in("coordinator").await;
    let listed = coordinator.get("/api/kits").await.ok();
    assert!(listed["items"][0]["pairedAt"].is_string());
    coordinator
        .post(&format!("/api/kits/{kit}/revoke"), json!({}))
        .await;
    computer
        .get("/api/kit/today")
        .await
        .refused("kit.not_paired");
    // Another computer takes its place, and then the first one cannot come back.
    let another = paired(&city, &kit).await;
    another.get("/api/kit/today").await.ok();
    let third = paired(&city, &kit).await;
    third.get("/api/kit/today").await.ok();
    another
        .get("/api/kit/today")
        .await
        .refused("kit.not_paired");
    assert_eq!(listed["items"][0]["mine"], true);
    // Put away, it is no kit at all.
    let edit = json!({ "name": "Комплект 1", "archived": true, "version": 1 });
    let path = format!("/api/kits/{kit}");
    coordinator.patch(&path, edit.clone()).await.ok();
    coordinator.patch(&path, edit).await.refused("edit.stale");
    third.get("/api/kit/today").await.refused("kit.not_paired");
}

#[tokio::test]
async fn pairing_signs_out_whoever_sat_there_and_signing_in_leaves_the_kit_for_as_long() {
    let city = City::sqlite().await;
    let kit = register(&city).await;
    let code = pairing_code(&city, &kit).await;
    let computer = city.app.browser();
    computer
        .sign_in("teacher", kafedra_testkit::city::PASSWORD)
        .await
        .ok();
    let answer = computer
        .post("/api/kits/pair", json!({ "code": code }))
        .await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    let kept = cookies
        .iter()
        .filter_map(|cookie| cookie.to_str().ok())
        .find(|cookie| cookie.starts_with(KIT_COOKIE))
        .expect("a cookie");
    assert!(
        kept.contains("HttpOnly") && kept.contains("SameSite=Lax"),
        "{kept}"
    );
    assert_eq!(
        computer.get("/api/me").await.ok()["kit"]["id"],
        kit.as_str()
    );
    computer
        .sign_in("teacher", kafedra_testkit::city::PASSWORD)
        .await
        .ok();
    assert_eq!(computer.get("/api/me").await.ok()["kit"], Value::Null);
    computer.delete("/api/session").await;
    assert_eq!(
        computer.get("/api/me").await.ok()["kit"]["id"],
        kit.as_str()
    );
}

#[tokio::test]
async fn an_invited_kit_comes_in_by_one_request_and_another_waits_with_the_guests() {
    let meeting = Meeting::sqlite().await;
    let (computer, kit) = meeting.kit().await;
    let seat = computer.post(&meeting.path("/seats"), json!({})).await.ok();
    assert_eq!(seat["status"], "admitted");
    assert_eq!(seat["name"], "Комплект 1");
    assert_eq!(
        (&seat["isKit"], &seat["isGuest"]),
        (&json!(true), &json!(false))
    );
    computer.post(&meeting.path("/token"), json!({})).await.ok();
    computer.watch(&meeting.room).await.expect("snapshot").await;
    // A reload finds the same seat.
    let again = computer.post(&meeting.path("/seats"), json!({})).await.ok();
    assert_eq!(again["id"], seat["id"]);
    let other = register(&meeting.city).await;
    assert_ne!(other, kit);
    let uninvited = paired(&meeting.city, &other).await;
    let seat = uninvited
        .post(&meeting.path("/seats"), json!({}))
        .await
        .ok();
    assert_eq!(seat["status"], "waiting");
}

#[tokio::test]
async fn a_phone_confirms_by_the_fresh_code_only() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (computer, _) = meeting.kit().await;
        let clock = meeting.city.app.clock.clone();
        let token = meeting.screen(&computer).await;
        let teacher = meeting.city.signed_in("teacher2").await;
        let page = opened(&teacher, &token).await;
        assert_eq!(page["kitName"], "Комплект 1");
        let ticket = page["ticket"].as_str().expect("a ticket").to_owned();
        // The code has changed meanwhile; who opened the page in time still confirms.
        clock.advance(TimeDelta::seconds(60));
        assert_ne!(meeting.screen(&computer).await, token);
        let confirm = async |browser: &Browser, token: &str| {
            browser
                .post("/api/presence/confirm", json!({ "token": token }))
                .await
        };
        confirm(&teacher, &token)
            .await
            .refused("presence.stale_code");
        let done = confirm(&teacher, &ticket).await.ok();
        assert_eq!(
            (&done["name"], &done["again"]),
            (&json!("Котов Пётр"), &json!(false))
        );
        assert_eq!(confirm(&teacher, &ticket).await.ok()["again"], true);
        confirm(&meeting.city.app.browser(), &ticket)
            .await
            .refused("sign_in.needed");
        clock.advance(TimeDelta::minutes(10));
        confirm(&teacher, &ticket)
            .await
            .refused("presence.stale_code");
        // A changed letter is no code at all.
        let fresh = meeting.screen(&computer).await;
        let forged = format!("{}{}", &fresh[..20], fresh[20..].replace(|_| true, "A"));
        confirm(&teacher, &forged).await.refused("not_found");
        confirm(&teacher, "%").await.refused("not_found");
        let shown = computer
            .get(&format!("/api/kit/events/{}/qr", id(&meeting.event)))
            .await
            .ok();
        assert_eq!(shown["confirmed"], 1);
    })
    .await;
}

#[tokio::test]
async fn without_an_account_a_name_and_the_code_of_a_slip_confirm() {
    let meeting = Meeting::sqlite().await;
    let (computer, _) = meeting.kit().await;
    let city = &meeting.city;
    let person = city.new_teacher(city.school).await;
    let coordinator = city.signed_in("admin").await;
    let slips = coordinator
        .post(
            &format!("/api/institutions/{}/slips", city.school),
            json!({ "personIds": [person] }),
        )
        .await
        .ok();
    let code = slips["items"][0]["code"]
        .as_str()
        .expect("a code")
        .to_owned();
    let phone = city.app.browser();
    let ticket = opened(&phone, &meeting.screen(&computer).await).await["ticket"].clone();
    let confirm = async |family: &str, code: &str| {
        let body = json!({ "token": ticket, "familyName": family, "code": code });
        phone.post("/api/presence/confirm", body).await
    };
    confirm("Иванова", &code)
        .await
        .refused("presence.wrong_person");
    confirm("Новикова", "AAAAA-AAAAA")
        .await
        .refused("presence.wrong_person");
    assert_eq!(confirm("новикова", &code).await.ok()["again"], false);
    // The slip is not used up by it: it still makes an account.
    phone
        .post("/api/slips/redeem", json!({ "code": code }))
        .await
        .ok();
}

#[tokio::test]
async fn a_code_of_an_event_that_is_over_confirms_nobody() {
    let meeting = Meeting::sqlite().await;
    let (computer, _) = meeting.kit().await;
    let token = meeting.screen(&computer).await;
    meeting.token(&meeting.host).await.ok();
    meeting.host.post(&meeting.path("/end"), json!({})).await;
    let teacher = meeting.city.signed_in("teacher2").await;
    teacher
        .post("/api/presence/confirm", json!({ "token": token }))
        .await
        .refused("room.ended");
}

#[tokio::test]
async fn what_is_wrong_with_a_kit_is_told_field_by_field() {
    let city = City::sqlite().await;
    let admin = city.signed_in("admin").await;
    let draft = json!({ "institutionId": city.school, "name": " " });
    admin
        .post("/api/kits", draft)
        .await
        .refused_field("name", "required");
    let long = json!({ "institutionId": city.school, "name": "К".repeat(300) });
    admin
        .post("/api/kits", long)
        .await
        .refused_field("name", "too_long");
    let nowhere = json!({ "institutionId": Uuid::now_v7(), "name": "Комплект" });
    admin.post("/api/kits", nowhere).await.refused("not_found");
}
