//! Chat and hands: limits, removal, whose hand falls with whom.

use chrono::TimeDelta;
use kafedra_testkit::on_both;
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

#[tokio::test]
async fn a_message_is_checked_and_told_why_it_was_refused() {
    let meeting = Meeting::sqlite().await;
    let chat = meeting.path("/chat");
    let check = async |body: Value, field: &str, code: &str| {
        meeting
            .host
            .post(&chat, body)
            .await
            .refused_field(field, code);
    };
    check(json!({ "body": " \n ", "key": "1" }), "body", "required").await;
    check(
        json!({ "body": "ы".repeat(4001), "key": "1" }),
        "body",
        "too_long",
    )
    .await;
    check(json!({ "body": "да", "key": "" }), "key", "required").await;
    check(
        json!({ "body": "да", "key": "k".repeat(65) }),
        "key",
        "too_long",
    )
    .await;
    let long = json!({ "body": "ы".repeat(4000), "key": "1" });
    meeting.host.post(&chat, long).await.ok();
}

#[tokio::test]
async fn a_flood_from_one_seat_is_stopped_and_others_go_on_writing() {
    let meeting = Meeting::sqlite().await;
    let (person, _) = meeting.person("teacher2").await;
    let chat = meeting.path("/chat");
    let message = |number: usize| json!({ "body": "спам", "key": number.to_string() });
    for number in 0..20 {
        person.post(&chat, message(number)).await.ok();
    }
    person.post(&chat, message(20)).await.refused("too_many");
    meeting.host.post(&chat, message(0)).await.ok();
    meeting.city.app.clock.advance(TimeDelta::seconds(10));
    person.post(&chat, message(20)).await.ok();
}

#[tokio::test]
async fn a_message_goes_with_its_author_or_a_moderator_and_nobody_else() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (author, _) = meeting.person("teacher2").await;
        let (other, _) = meeting.person("director").await;
        let write = async |browser: &kafedra_testkit::Browser, key: &str| {
            let draft = json!({ "body": "да", "key": key });
            let message = browser.post(&meeting.path("/chat"), draft).await.ok();
            meeting.path(&format!("/chat/{}", id(&message)))
        };
        let first = write(&author, "1").await;
        let second = write(&author, "2").await;
        let hosts = write(&meeting.host, "3").await;
        other.delete(&first).await.refused("forbidden");
        author.delete(&hosts).await.refused("forbidden");
        author.delete(&first).await.ok();
        author.delete(&first).await.ok();
        meeting.host.delete(&second).await.ok();
        let left = author.get(&meeting.path("/chat")).await.ok();
        assert_eq!(left["total"], 1);
        // Numbers are never given twice.
        let draft = json!({ "body": "ещё", "key": "4" });
        let next = author.post(&meeting.path("/chat"), draft).await.ok();
        assert_eq!(next["seq"], 4);
    })
    .await;
}

#[tokio::test]
async fn hands_keep_their_order_and_fall_with_those_who_are_removed() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (first, first_seat) = meeting.person("teacher2").await;
        let (second, second_seat) = meeting.person("director").await;
        let (third, third_seat) = meeting.person("teacher3").await;
        let hand = meeting.path("/hand");
        let order = async || {
            let mut live = meeting.host.watch(&meeting.room).await;
            live.expect("snapshot").await["hands"].clone()
        };
        for browser in [&first, &second, &third, &first] {
            browser.put(&hand, json!({})).await.ok();
        }
        assert_eq!(order().await, json!([first_seat, second_seat, third_seat]));
        first.delete(&hand).await.ok();
        first.put(&hand, json!({})).await.ok();
        assert_eq!(order().await, json!([second_seat, third_seat, first_seat]));
        let of_second = meeting.path(&format!("/seats/{second_seat}/hand"));
        third.delete(&of_second).await.refused("forbidden");
        meeting.host.delete(&of_second).await.ok();
        meeting
            .act(&meeting.host, &third_seat, "/remove")
            .await
            .ok();
        assert_eq!(order().await, json!([first_seat]));
        second
            .delete(&meeting.path("/hands"))
            .await
            .refused("forbidden");
    })
    .await;
}

#[tokio::test]
async fn older_messages_come_whole_and_once_whatever_was_removed_among_them() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let chat = meeting.path("/chat");
        let mut standing = Vec::new();
        for number in 1..=14 {
            let draft = json!({ "body": format!("{number}"), "key": format!("{number}") });
            let message = meeting.host.post(&chat, draft).await.ok();
            assert_eq!(message["seq"], number);
            // The first, the last, and a run of four, longer than a page.
            if [1, 5, 6, 7, 8, 11, 14].contains(&number) {
                let path = format!("{chat}/{}", id(&message));
                meeting.host.delete(&path).await.ok();
            } else {
                standing.push(number);
            }
        }
        for limit in [1, 2, 3, 7, 8] {
            let mut read: Vec<i64> = Vec::new();
            let mut before = String::new();
            loop {
                let page = meeting
                    .host
                    .get(&format!("{chat}?limit={limit}{before}"))
                    .await
                    .ok();
                assert_eq!(page["total"], standing.len());
                let numbers: Vec<i64> = page["items"]
                    .as_array()
                    .expect("a list")
                    .iter()
                    .map(|message| message["seq"].as_i64().expect("a number"))
                    .collect();
                let Some(oldest) = numbers.first() else {
                    break;
                };
                // A page is short only where nothing is older.
                assert!(numbers.len() == limit || *oldest == standing[0]);
                before = format!("&before={oldest}");
                read.splice(0..0, numbers);
            }
            assert_eq!(read, standing, "by {limit}");
        }
        // As a client asks whose oldest message was removed meanwhile.
        let page = meeting
            .host
            .get(&format!("{chat}?limit=2&before=8"))
            .await
            .ok();
        let numbers: Vec<_> = page["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|message| message["seq"].clone())
            .collect();
        assert_eq!(numbers, [3, 4]);
    })
    .await;
}
