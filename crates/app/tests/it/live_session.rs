//! A live stream ends with the session that opened it, however that session ended.

use chrono::TimeDelta;
use kafedra_model::consent;
use kafedra_store::account;
use kafedra_testkit::on_both;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use crate::meeting::Meeting;

/// A meeting in which streams are swept as in the running program.
async fn swept(database: kafedra_testkit::TestDatabase) -> Meeting {
    let meeting = Meeting::over(database).await;
    tokio::spawn(kafedra_app::live::keep(meeting.city.app.state.clone()));
    meeting
}

#[tokio::test]
async fn signing_out_ends_the_stream_of_that_browser_and_no_other() {
    on_both(|database| async move {
        let meeting = swept(database).await;
        let (phone, _) = meeting.person("teacher2").await;
        let (laptop, _) = meeting.person("teacher2").await;
        let (guest, _) = meeting.guest("Гость").await;
        let mut on_phone = phone.watch(&meeting.room).await;
        let mut on_laptop = laptop.watch(&meeting.room).await;
        let mut of_guest = guest.watch(&meeting.room).await;
        phone.delete("/api/session").await.ok();
        guest.delete("/api/session").await.ok();
        on_phone.ended().await;
        of_guest.ended().await;
        phone
            .watch_refused(&meeting.room)
            .await
            .refused("sign_in.needed");
        let chat = json!({ "body": "Слышно?", "key": "1" });
        meeting.host.post(&meeting.path("/chat"), chat).await.ok();
        assert_eq!(on_laptop.until("chat").await["body"], "Слышно?");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_by_a_link_ends_the_streams_of_every_browser() {
    on_both(|database| async move {
        let meeting = swept(database).await;
        let (browser, _) = meeting.person("teacher2").await;
        let mut live = browser.watch(&meeting.room).await;
        let admin = meeting.city.signed_in("admin").await;
        let path = format!("/api/people/{}/reset-link", meeting.city.person("teacher2"));
        let link = admin.post(&path, json!({})).await.ok();
        let token = link["url"].as_str().and_then(|url| url.rsplit('/').next());
        let accepted = json!({
            "password": "синяя птица", "consentVersion": consent::current().version,
        });
        let path = format!(
            "/api/invitations/by-token/{}/accept",
            token.expect("a token")
        );
        meeting.city.app.browser().post(&path, accepted).await.ok();
        live.ended().await;
    })
    .await;
}

#[tokio::test]
async fn an_archived_person_and_a_disabled_account_watch_no_longer() {
    on_both(|database| async move {
        let meeting = swept(database).await;
        let (archived, _) = meeting.person("teacher2").await;
        let (disabled, _) = meeting.person("director").await;
        let mut of_archived = archived.watch(&meeting.room).await;
        let mut of_disabled = disabled.watch(&meeting.room).await;
        let admin = meeting.city.signed_in("admin").await;
        let person = meeting.city.person("teacher2");
        admin
            .post(&format!("/api/people/{person}/archive"), json!({}))
            .await
            .ok();
        of_archived.ended().await;
        // As another program at the same database would.
        let db = &meeting.city.app.state.store.db;
        let account = account::of_login(db, "director")
            .await
            .expect("a query")
            .expect("an account");
        account::Entity::update_many()
            .col_expr(
                account::Column::DisabledAt,
                Expr::value(meeting.city.app.clock.now()),
            )
            .filter(account::Column::Id.eq(account.id))
            .exec(db)
            .await
            .expect("disabled");
        of_disabled.ended().await;
    })
    .await;
}

#[tokio::test]
async fn a_stream_does_not_outlive_the_thirty_days_of_its_session() {
    let meeting = Meeting::sqlite().await;
    let app = &meeting.city.app;
    let mut live = meeting.host.watch(&meeting.room).await;
    assert_ne!(live.expect("snapshot").await, Value::Null);
    app.clock.advance(TimeDelta::days(30));
    kafedra_app::live::sweep(&app.state).await.expect("a round");
    live.ended().await;
}

#[tokio::test]
async fn a_seat_that_is_removed_has_no_stream_and_gets_none() {
    let meeting = Meeting::sqlite().await;
    let (person, seat) = meeting.person("teacher2").await;
    let mut live = person.watch(&meeting.room).await;
    meeting.act(&meeting.host, &seat, "/remove").await.ok();
    live.ended().await;
    person
        .watch_refused(&meeting.room)
        .await
        .refused("seat.removed");
}
