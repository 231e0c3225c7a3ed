//! Insurance numbers on cards: masked, opened on purpose, never in the database as they are.

use kafedra_store::snils;
use kafedra_testkit::{City, on_both};
use serde_json::{Value, json};

const NUMBER: &str = "112-233-445 95";

#[tokio::test]
async fn a_number_is_kept_sealed_shown_masked_and_opened_by_its_keepers() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let card = format!("/api/people/{}", city.person("teacher"));
        let path = format!("{card}/snils");
        let coordinator = city.signed_in("coordinator").await;
        coordinator.get(&path).await.refused("not_found");
        for (typed, code) in [("123", "snils.length"), ("112-233-445 96", "snils.check")] {
            let body = json!({ "snils": typed });
            coordinator
                .put(&path, body)
                .await
                .refused_field("snils", code);
        }
        coordinator
            .put(&path, json!({ "snils": "11223344595" }))
            .await
            .ok();
        let row = snils::of_person(&city.app.state.store.db, city.person("teacher"))
            .await
            .expect("a query")
            .expect("a number");
        assert!(!format!("{row:?}").contains("2233"), "it stands open");
        // Readers of the card see its end, keepers and the owner all of it.
        let director = city.signed_in("director").await;
        assert_eq!(director.get(&card).await.ok()["snils"], "•••-•••-•45 95");
        director.get(&path).await.refused("forbidden");
        director
            .put(&path, json!({ "snils": NUMBER }))
            .await
            .refused("forbidden");
        let teacher = city.signed_in("teacher").await;
        for browser in [&teacher, &coordinator] {
            assert_eq!(browser.get(&path).await.ok()["snils"], NUMBER);
        }
        teacher
            .put(&path, json!({ "snils": NUMBER }))
            .await
            .refused("forbidden");
        // Looks at somebody else's are logged, without the number.
        let admin = city.signed_in("admin").await;
        let log = async |action: &str| {
            let path = format!("/api/access-log?action={action}");
            admin.get(&path).await.ok()
        };
        let shown = log("snils.shown").await;
        assert_eq!(
            (&shown["total"], &shown["items"][0]["details"]),
            (&json!(1), &json!(""))
        );
        assert_eq!(
            shown["items"][0]["actorId"],
            json!(city.person("coordinator"))
        );
        // Nobody else gets this number, and it can be forgotten.
        let other = format!("/api/people/{}/snils", city.person("teacher2"));
        let body = json!({ "snils": NUMBER });
        coordinator
            .put(&other, body.clone())
            .await
            .refused_field("snils", "snils.taken");
        coordinator.delete(&path).await.ok();
        assert_eq!(director.get(&card).await.ok()["snils"], Value::Null);
        coordinator.put(&other, body).await.ok();
        assert_eq!(log("snils.changed").await["total"], 3);
    })
    .await;
}

#[tokio::test]
async fn a_number_sealed_with_another_key_is_told_so_and_entered_anew() {
    let city = City::sqlite().await;
    let teacher = city.person("teacher");
    let stranger = kafedra_app::vault::Vault::new(kafedra_app::vault::Key([9; 32]));
    let number = kafedra_model::snils::Snils::parse(NUMBER).expect("a number");
    let sealed = stranger.seal_snils(teacher, &number).expect("sealed");
    let now = city.app.clock.now();
    snils::put(&city.app.state.store.db, teacher, sealed, now)
        .await
        .expect("kept");
    let coordinator = city.signed_in("coordinator").await;
    let card = format!("/api/people/{teacher}");
    let path = format!("{card}/snils");
    assert_eq!(coordinator.get(&card).await.ok()["snils"], "•••-•••-••• ••");
    coordinator.get(&path).await.refused("snils.unreadable");
    coordinator
        .put(&path, json!({ "snils": NUMBER }))
        .await
        .ok();
    assert_eq!(coordinator.get(&path).await.ok()["snils"], NUMBER);
}

#[tokio::test]
async fn a_birth_date_is_written_on_the_card_and_never_in_the_future() {
    let city = City::sqlite().await;
    let card = format!("/api/people/{}", city.person("teacher"));
    let coordinator = city.signed_in("coordinator").await;
    let born = async |day: Value| coordinator.patch(&card, json!({ "birthDate": day })).await;
    assert_eq!(
        born(json!("1980-02-29")).await.ok()["birthDate"],
        "1980-02-29"
    );
    for (day, code) in [
        ("2017-09-05", "date.future"),
        ("1981-02-29", "date.invalid"),
        ("1899-12-31", "date.invalid"),
    ] {
        born(json!(day)).await.refused_field("birthDate", code);
    }
    // What is left out stays, an empty field is forgotten.
    let renamed = coordinator
        .patch(&card, json!({ "givenName": "Марина" }))
        .await
        .ok();
    assert_eq!(renamed["birthDate"], "1980-02-29");
    assert_eq!(born(Value::Null).await.ok()["birthDate"], Value::Null);
}
