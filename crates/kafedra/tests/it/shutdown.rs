//! Going down: clients hear of it, and the process ends soon and clean.

use std::time::{Duration, Instant};

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
