//! Questions in a room: who sees which, their votes and order, what moderators do with them.

use chrono::TimeDelta;
use kafedra_testkit::{Browser, TestDatabase, on_both};
use serde_json::{Value, json};

use crate::meeting::{Meeting, id};

async fn ask(meeting: &Meeting, browser: &Browser, text: &str) -> Value {
    let draft = json!({ "text": text, "key": text });
    browser.post(&meeting.path("/questions"), draft).await.ok()
}

fn path(meeting: &Meeting, question: &Value, rest: &str) -> String {
    meeting.path(&format!("/questions/{}{rest}", id(question)))
}

/// The questions of a new snapshot.
async fn snapshot(meeting: &Meeting, browser: &Browser) -> Value {
    let mut live = browser.watch(&meeting.room).await;
    live.expect("snapshot").await["questions"].clone()
}

fn texts(questions: &Value) -> Vec<String> {
    let items = questions["items"].as_array().expect("a list");
    let texts = items.iter().map(|one| one["text"].as_str().expect("text"));
    texts.map(str::to_owned).collect()
}

#[tokio::test]
async fn questions_stand_by_votes_then_time_and_stay_so_after_a_reload() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (asker, seat) = meeting.person("teacher2").await;
        let (other, _) = meeting.person("director").await;
        let mut live = other.watch(&meeting.room).await;
        live.expect("snapshot").await;
        let mut all = Vec::new();
        for text in ["Первый?", "Второй?", "Третий?"] {
            all.push(ask(&meeting, &asker, text).await);
            meeting.city.app.clock.advance(TimeDelta::seconds(1));
        }
        assert_eq!(live.until("question").await["name"], "Котов Пётр");
        // As after a lost answer.
        assert_eq!(ask(&meeting, &asker, "Третий?").await["id"], all[2]["id"]);

        for browser in [&other, &meeting.host] {
            browser
                .put(&path(&meeting, &all[2], "/vote"), json!({}))
                .await
                .ok();
        }
        let vote = path(&meeting, &all[1], "/vote");
        other.put(&vote, json!({})).await.ok();
        other.put(&vote, json!({})).await.ok();
        let mut told = live.until("question_votes").await;
        while told.as_array().map(Vec::len) != Some(2) {
            told = live.until("question_votes").await;
        }
        let seen = snapshot(&meeting, &other).await;
        assert_eq!(texts(&seen), ["Третий?", "Второй?", "Первый?"]);
        assert_eq!(seen["items"][0]["votes"], 2);
        assert_eq!(seen["voted"].as_array().map(Vec::len), Some(2));
        assert_eq!(seen["items"][0]["seatId"], seat.as_str());
        other.delete(&vote).await.ok();
        let seen = snapshot(&meeting, &other).await;
        assert_eq!(seen["items"][1]["votes"], 0);
        assert_eq!(texts(&seen), ["Третий?", "Первый?", "Второй?"]);
        assert_eq!(
            snapshot(&meeting, &asker).await["mine"]
                .as_array()
                .map(Vec::len),
            Some(3)
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_votes_for_their_own_question_nor_for_one_that_was_answered() {
    let meeting = Meeting::sqlite().await;
    let (asker, _) = meeting.person("teacher2").await;
    let question = ask(&meeting, &asker, "Когда?").await;
    let vote = path(&meeting, &question, "/vote");
    asker.put(&vote, json!({})).await.refused("question.own");
    meeting
        .host
        .patch(
            &path(&meeting, &question, ""),
            json!({ "answer": "В среду." }),
        )
        .await
        .ok();
    meeting
        .host
        .put(&vote, json!({}))
        .await
        .refused("question.closed");
}

#[tokio::test]
async fn a_question_under_review_is_seen_by_moderators_and_its_asker_only() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        meeting.rules(json!({ "reviewQuestions": true })).await;
        let (asker, _) = meeting.person("teacher2").await;
        let (other, _) = meeting.person("director").await;
        let mut theirs = other.watch(&meeting.room).await;
        theirs.expect("snapshot").await;
        let mut hosts = meeting.host.watch(&meeting.room).await;
        hosts.expect("snapshot").await;
        let question = ask(&meeting, &asker, "Можно?").await;
        assert_eq!(question["state"], "waiting");
        assert_eq!(hosts.until("question").await["state"], "waiting");
        assert_eq!(
            texts(&snapshot(&meeting, &other).await),
            Vec::<String>::new()
        );
        assert_eq!(texts(&snapshot(&meeting, &asker).await), ["Можно?"]);
        other
            .put(&path(&meeting, &question, "/vote"), json!({}))
            .await
            .refused("not_found");

        let one = path(&meeting, &question, "");
        meeting
            .host
            .patch(&one, json!({ "state": "open" }))
            .await
            .ok();
        // The first that others hear of it.
        let heard = theirs.until("question").await;
        assert_eq!(
            (&heard["id"], &heard["state"]),
            (&question["id"], &json!("open"))
        );
        meeting
            .host
            .patch(&one, json!({ "state": "hidden" }))
            .await
            .ok();
        assert_eq!(theirs.until("question_gone").await["id"], question["id"]);
        assert_eq!(
            texts(&snapshot(&meeting, &other).await),
            Vec::<String>::new()
        );
        assert_eq!(
            snapshot(&meeting, &meeting.host).await["items"][0]["state"],
            "hidden"
        );
    })
    .await;
}

#[tokio::test]
async fn one_question_is_answered_at_a_time_and_the_one_before_counts_as_answered() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (asker, _) = meeting.person("teacher2").await;
        let first = ask(&meeting, &asker, "Раз?").await;
        let second = ask(&meeting, &asker, "Два?").await;
        for question in [&first, &second] {
            let now = json!({ "state": "now" });
            meeting
                .host
                .patch(&path(&meeting, question, ""), now)
                .await
                .ok();
        }
        let seen = snapshot(&meeting, &asker).await;
        assert_eq!(texts(&seen), ["Два?", "Раз?"]);
        assert_eq!(seen["items"][0]["state"], "now");
        assert_eq!(seen["items"][1]["state"], "live");
        let answer = json!({ "answer": " В пятницу. " });
        let written = meeting
            .host
            .patch(&path(&meeting, &second, ""), answer)
            .await
            .ok();
        assert_eq!(
            (&written["state"], &written["answer"]),
            (&json!("written"), &json!("В пятницу."))
        );
        assert_eq!(written["answeredBy"], "Семёнова Мария");
    })
    .await;
}

#[tokio::test]
async fn a_question_without_a_name_is_a_strangers_to_everybody_and_still_its_askers_own() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (asker, _) = meeting.person("teacher2").await;
        let draft = json!({ "text": "Сколько?", "anonymous": true, "key": "1" });
        let questions = meeting.path("/questions");
        asker
            .post(&questions, draft.clone())
            .await
            .refused_field("anonymous", "anonymous.forbidden");
        meeting.rules(json!({ "anonymousQuestions": true })).await;
        let question = asker.post(&questions, draft).await.ok();
        assert_eq!(
            (&question["name"], &question["seatId"]),
            (&Value::Null, &Value::Null)
        );
        let hosts = snapshot(&meeting, &meeting.host).await;
        assert_eq!(hosts["items"][0]["name"], Value::Null);
        assert_eq!(hosts["mine"], json!([]));
        assert_eq!(
            snapshot(&meeting, &asker).await["mine"],
            json!([question["id"]])
        );

        let one = path(&meeting, &question, "");
        meeting.host.delete(&one).await.refused("forbidden");
        let mut live = meeting.host.watch(&meeting.room).await;
        live.expect("snapshot").await;
        asker.delete(&one).await.ok();
        asker.delete(&one).await.ok();
        assert_eq!(live.until("question_gone").await["id"], question["id"]);
        meeting
            .host
            .patch(&one, json!({ "state": "open" }))
            .await
            .refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_question_is_checked_and_a_flood_of_them_stopped() {
    let meeting = Meeting::over(TestDatabase::sqlite().await).await;
    let (asker, _) = meeting.person("teacher2").await;
    let questions = meeting.path("/questions");
    let check = async |draft: Value, field: &str, code: &str| {
        asker
            .post(&questions, draft)
            .await
            .refused_field(field, code);
    };
    check(json!({ "text": " ", "key": "1" }), "text", "required").await;
    check(
        json!({ "text": "ы".repeat(1001), "key": "1" }),
        "text",
        "too_long",
    )
    .await;
    check(json!({ "text": "да", "key": "" }), "key", "required").await;
    let question = ask(&meeting, &asker, "0").await;
    let one = path(&meeting, &question, "");
    let check = async |edit: Value, field: &str, code: &str| {
        meeting
            .host
            .patch(&one, edit)
            .await
            .refused_field(field, code);
    };
    check(json!({}), "state", "required").await;
    check(json!({ "state": "written" }), "answer", "required").await;
    check(json!({ "state": "waiting" }), "state", "unknown").await;
    check(json!({ "state": "withdrawn" }), "state", "unknown").await;
    check(json!({ "answer": "" }), "answer", "required").await;
    check(json!({ "answer": "ы".repeat(2001) }), "answer", "too_long").await;
    for number in 1..10 {
        ask(&meeting, &asker, &number.to_string()).await;
    }
    let tenth = json!({ "text": "10", "key": "10" });
    asker
        .post(&questions, tenth.clone())
        .await
        .refused("too_many");
    meeting.city.app.clock.advance(TimeDelta::minutes(1));
    asker.post(&questions, tenth).await.ok();
}

#[tokio::test]
async fn the_events_page_shows_what_everybody_saw() {
    let meeting = Meeting::sqlite().await;
    let (asker, _) = meeting.person("teacher2").await;
    let shown = ask(&meeting, &asker, "Виден?").await;
    let hidden = ask(&meeting, &asker, "Скрыт?").await;
    meeting
        .host
        .patch(&path(&meeting, &hidden, ""), json!({ "state": "hidden" }))
        .await
        .ok();
    let event = id(&meeting.event);
    let list = asker
        .get(&format!("/api/events/{event}/questions"))
        .await
        .ok();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(list["items"][0]["id"], shown["id"]);
}
