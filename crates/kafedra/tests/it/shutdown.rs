//! Going down: clients hear of it, and the process ends soon and clean.

use std::time::{Duration, Instant};

use chrono::DateTime;
use kafedra_store::{Store, session};
use sea_orm::{EntityTrait, PaginatorTrait, sea_query::Expr};
use serde_json::json;

use crate::{post, program, signed_in, succeeded};

#[tokio::test]
async fn watchers_of_a_room_are_told_to_come_again() {
    for signal in ["TERM", "INT"] {
        let mut server = program().start("demo");
        let client = signed_in(&server, "teacher").await;
        let event = post(
            &client,
            &server,
            "/api/events/now",
            json!({ "title": "Проба" }),
        )
        .await;
        let event = succeeded(&server, event).await;
        let room = event["room"]["id"].as_str().unwrap();
        let seat = post(
            &client,
            &server,
            &format!("/api/rooms/{room}/seats"),
            json!({}),
        )
        .await;
        succeeded(&server, seat).await;
        let mut live = client
            .get(format!("{}/api/rooms/{room}/live", server.url))
            .send()
            .await
            .unwrap();
        let first = live.chunk().await.unwrap().expect("a snapshot");
        assert!(String::from_utf8_lossy(&first).contains("event: snapshot"));

        let asked = Instant::now();
        server.signal(signal);
        let mut rest = String::new();
        while let Ok(Some(chunk)) = live.chunk().await {
            rest.push_str(&String::from_utf8_lossy(&chunk));
        }
        assert!(rest.contains("event: restart"), "{rest}");
        let status = server.wait();
        assert!(status.success(), "{}", server.log());
        assert!(
            asked.elapsed() < Duration::from_secs(8),
            "{:?}",
            asked.elapsed()
        );
    }
}

#[tokio::test]
async fn a_session_that_ran_out_is_deleted_while_the_server_runs_which_then_stops_clean() {
    let launch = program();
    let server = launch.start("demo");
    signed_in(&server, "teacher").await;
    server.stop();
    let url = Store::sqlite_url(&launch.data().join("kafedra.sqlite"));
    let store = Store::connect(&url).await.unwrap();
    let expired = session::Entity::update_many()
        .col_expr(
            session::Column::ExpiresAt,
            Expr::value(DateTime::UNIX_EPOCH),
        )
        .exec(&store.db)
        .await
        .unwrap();
    assert_eq!(expired.rows_affected, 1);

    let mut server = launch.start("demo");
    let mut left = 1;
    for _ in 0..400 {
        left = session::Entity::find().count(&store.db).await.unwrap();
        if left == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(left, 0, "{}", server.log());
    store.db.close().await.unwrap();
    server.signal("TERM");
    assert!(server.wait().success(), "{}", server.log());
    let log = server.log();
    let (_, last) = log.split_once("stopping").expect("a stop");
    assert!(!last.contains("WARN"), "{last}");
}
