//! What is over is really deleted, and nothing else; the rounds that do it end with the server.

use std::time::Duration;

use chrono::TimeDelta;
use kafedra_app::{retention, rounds, secret};
use kafedra_store::{
    invitation, session,
    session::{Entity as Sessions, Holder},
    slip, webhook,
};
use kafedra_testkit::{City, on_both};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::meeting::Meeting;

/// A link whose time runs out in so many days.
async fn link(city: &City, token: &str, days: i64) {
    let now = city.app.clock.now();
    let draft = invitation::Draft {
        person_id: Some(city.person("teacher")),
        ..invitation::Draft::new(
            invitation::Kind::Reset,
            secret::hash(token),
            now + TimeDelta::days(days),
        )
    };
    invitation::create(&city.app.state.store.db, draft, now)
        .await
        .expect("a link");
}

async fn slip_of(city: &City, login: &str, days: i64) {
    let now = city.app.clock.now();
    let draft = slip::Draft {
        person_id: city.person(login),
        institution_id: city.school,
        code_hash: login.to_owned(),
        created_by: city.person("admin"),
        expires_at: now + TimeDelta::days(days),
    };
    slip::replace(&city.app.state.store.db, draft, now)
        .await
        .expect("a slip");
}

#[tokio::test]
async fn sessions_go_when_they_run_out_and_links_and_slips_a_month_after() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let app = &city.app;
        let db = &app.state.store.db;
        let old = city.signed_in("teacher").await;
        link(&city, "short", 1).await;
        link(&city, "long", 20).await;
        slip_of(&city, "teacher", 1).await;
        slip_of(&city, "teacher2", 20).await;
        webhook::note(db, "once", app.clock.now())
            .await
            .expect("a delivery");
        let left = async || {
            retention::sweep(&app.state).await.expect("a round");
            [
                Sessions::find().count(db).await,
                invitation::Entity::find().count(db).await,
                slip::Entity::find().count(db).await,
                webhook::Entity::find().count(db).await,
            ]
            .map(|count| count.expect("a count"))
        };
        assert_eq!(left().await, [1, 2, 2, 1]);
        app.clock.advance(TimeDelta::days(29));
        let new = city.signed_in("teacher").await;
        assert_eq!(left().await, [2, 2, 2, 0]);
        // Old links still tell that their time is over.
        old.get("/api/invitations/by-token/short")
            .await
            .refused("invitation.spent");
        app.clock.advance(TimeDelta::days(3));
        assert_eq!(left().await, [1, 1, 1, 0]);
        old.get("/api/invitations/by-token/short")
            .await
            .refused("invitation.unknown");
        assert!(new.get("/api/me").await.ok()["person"].is_object());
        app.clock.advance(TimeDelta::days(365));
        assert_eq!(left().await, [0, 0, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn the_rounds_begin_at_once_and_nothing_of_them_is_left_when_they_are_stopped() {
    let meeting = Meeting::sqlite().await;
    let app = &meeting.city.app;
    let db = &app.state.store.db;
    let now = app.clock.now();
    let holder = Holder::Guest(meeting_guest(&meeting).await);
    session::create(
        db,
        "over".to_owned(),
        holder,
        String::new(),
        now - TimeDelta::days(31),
        now - TimeDelta::days(1),
    )
    .await
    .expect("a session of last month");
    let before = Sessions::find().count(db).await.expect("a count");
    let mut rounds = rounds::start(&app.state);
    let mut left = before;
    for _ in 0..400 {
        left = Sessions::find().count(db).await.expect("a count");
        if left < before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(left, before - 1);
    rounds.shutdown().await;
    assert!(rounds.is_empty());
}

/// The id of a guest of the meeting.
async fn meeting_guest(meeting: &Meeting) -> uuid::Uuid {
    let (browser, _) = meeting.guest("Гость").await;
    let me = browser.get("/api/me").await.ok();
    me["guest"]["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .expect("an id")
}
