//! Three hundred people at once: nothing is lost, and the order is one for all.

use std::collections::HashSet;

use futures_util::{StreamExt, stream};
use kafedra_testkit::{Browser, on_both};
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

const PEOPLE: usize = 300;

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_hands_and_messages_at_once_are_all_kept_in_one_order() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        meeting.rules(json!({ "lobby": "off" })).await;
        let meeting = &meeting;
        let crowd: Vec<(Browser, String)> = stream::iter(0..PEOPLE)
            .map(|number| async move {
                let (browser, seat) = meeting.guest(&format!("Гость {number}")).await;
                assert_eq!(seat["status"], "admitted");
                (browser, id(&seat))
            })
            .buffer_unordered(50)
            .collect()
            .await;
        let mut early = meeting.host.watch(&meeting.room).await;
        early.expect("snapshot").await;
        stream::iter(crowd.iter().enumerate())
            .for_each_concurrent(PEOPLE, |(number, (browser, _))| async move {
                let message = json!({ "body": format!("Сообщение {number}"), "key": "один" });
                let hand = browser.put(&meeting.path("/hand"), json!({})).await;
                hand.ok();
                let first = browser
                    .post(&meeting.path("/chat"), message.clone())
                    .await
                    .ok();
                // As after a lost answer.
                let second = browser.post(&meeting.path("/chat"), message).await.ok();
                assert_eq!(first, second);
            })
            .await;

        let mut heard: Vec<Value> = Vec::new();
        while heard.len() < PEOPLE {
            heard.push(early.until("chat").await);
        }
        let numbers: Vec<i64> = heard.iter().filter_map(|m| m["seq"].as_i64()).collect();
        let expected: Vec<i64> = (1..=PEOPLE as i64).collect();
        assert_eq!(numbers, expected, "told in their order, each once");

        let mut late = meeting.host.watch(&meeting.room).await;
        let snapshot = late.expect("snapshot").await;
        let hands = snapshot["hands"].as_array().expect("a list");
        let raised: HashSet<&str> = hands.iter().filter_map(Value::as_str).collect();
        assert_eq!((hands.len(), raised.len()), (PEOPLE, PEOPLE));
        assert_eq!(snapshot["chat"].as_array().map(Vec::len), Some(200));
        let older = meeting
            .host
            .get(&meeting.path("/chat?before=101&limit=200"))
            .await
            .ok();
        assert_eq!(older["total"], PEOPLE);
        assert_eq!(older["items"].as_array().map(Vec::len), Some(100));
        meeting.host.delete(&meeting.path("/hands")).await.ok();
        assert_eq!(late.until("hands").await, json!([]));
    })
    .await;
}
