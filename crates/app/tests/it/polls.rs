//! Polls and formal votes: what is counted, who sees it, and that nothing is lost or found out.

use futures_util::{StreamExt, stream};
use kafedra_model::{SeatRole, seat::Status};
use kafedra_store::{
    association, association_member, ballot, event, poll,
    seat::{self, Occupant},
};
use kafedra_testkit::{Browser, on_both};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::meeting::{Meeting, id};

const PEOPLE: usize = 1000;

fn single(named: bool, results: &str) -> Value {
    json!({
        "kind": "single", "text": "Когда встретимся?", "named": named, "results": results,
        "options": [{ "text": "В среду" }, { "text": "В пятницу" }, { "text": "Никогда" }],
    })
}

fn vote(named: bool, electorate: &str, quorum: &str) -> Value {
    json!({
        "kind": "vote", "text": "Утвердить план работы", "named": named,
        "results": "after_closing", "electorate": electorate, "quorum": quorum,
    })
}

impl Meeting {
    async fn prepared(&self, plan: Value) -> Value {
        self.host.post(&self.path("/polls"), plan).await.ok()
    }

    fn poll(&self, poll: &Value, rest: &str) -> String {
        self.path(&format!("/polls/{}{rest}", id(poll)))
    }

    async fn run(&self, poll: &Value, verb: &str) -> Value {
        self.host.post(&self.poll(poll, verb), json!({})).await.ok()
    }

    async fn opened(&self, plan: Value) -> Value {
        let poll = self.prepared(plan).await;
        self.run(&poll, "/open").await
    }

    async fn answer(
        &self,
        browser: &Browser,
        poll: &Value,
        choices: &[usize],
    ) -> kafedra_testkit::Answer {
        let body = json!({ "choices": choices });
        browser.put(&self.poll(poll, "/answer"), body).await
    }

    async fn polls(&self, browser: &Browser) -> Value {
        let mut live = browser.watch(&self.room).await;
        live.expect("snapshot").await["polls"].clone()
    }
}

#[tokio::test]
async fn a_draft_is_seen_by_moderators_only_and_changes_until_it_is_opened() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (listener, _) = meeting.person("teacher2").await;
        let mut live = listener.watch(&meeting.room).await;
        live.expect("snapshot").await;
        let mut hosts = meeting.host.watch(&meeting.room).await;
        hosts.expect("snapshot").await;
        let draft = meeting.prepared(single(true, "live")).await;
        assert_eq!(hosts.until("poll").await["state"], "draft");
        assert_eq!(meeting.polls(&listener).await["items"], json!([]));
        meeting
            .answer(&listener, &draft, &[0])
            .await
            .refused("not_found");
        meeting
            .answer(&meeting.host, &draft, &[0])
            .await
            .refused("poll.not_open");
        meeting
            .host
            .post(&meeting.poll(&draft, "/close"), json!({}))
            .await
            .refused("poll.not_open");

        let mut plan = single(true, "live");
        plan["text"] = json!("Где встретимся?");
        let one = meeting.poll(&draft, "");
        meeting.host.put(&one, plan.clone()).await.ok();
        meeting.run(&draft, "/open").await;
        // The first that others hear of it.
        let heard = live.until("poll").await;
        assert_eq!(heard["text"], "Где встретимся?");
        assert_eq!(heard["result"]["counts"], json!([0, 0, 0]));
        meeting.host.put(&one, plan).await.refused("poll.opened");
        meeting.host.delete(&one).await.refused("poll.opened");
        // Opening twice is no error.
        meeting.run(&draft, "/open").await;

        let other = meeting.prepared(single(true, "live")).await;
        meeting.host.delete(&meeting.poll(&other, "")).await.ok();
        assert_eq!(hosts.until("poll_gone").await["id"], other["id"]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_by_name_is_changed_until_the_end_and_survives_a_reload() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (listener, _) = meeting.person("teacher2").await;
        let mut live = listener.watch(&meeting.room).await;
        live.expect("snapshot").await;
        let poll = meeting.opened(single(true, "live")).await;
        meeting.answer(&listener, &poll, &[0]).await.ok();
        meeting.answer(&listener, &poll, &[2]).await.ok();
        meeting.answer(&meeting.host, &poll, &[1]).await.ok();
        let mut told = live.until("poll_result").await;
        while told["voted"] != 2 {
            told = live.until("poll_result").await;
        }
        assert_eq!(told["counts"], json!([0, 1, 1]));
        let seen = meeting.polls(&listener).await;
        assert_eq!(seen["mine"], json!([{ "id": poll["id"], "choices": [2] }]));
        assert_eq!(seen["items"][0]["result"]["counts"], json!([0, 1, 1]));

        let names = meeting.poll(&poll, "/names");
        listener.get(&names).await.refused("forbidden");
        let named = meeting.host.get(&names).await.ok();
        assert_eq!(
            named["items"],
            json!([
                { "name": "Котов Пётр", "choices": [2] },
                { "name": "Семёнова Мария", "choices": [1] },
            ])
        );
        meeting.run(&poll, "/close").await;
        meeting.run(&poll, "/close").await;
        meeting
            .answer(&listener, &poll, &[0])
            .await
            .refused("poll.closed");
        meeting
            .host
            .post(&meeting.poll(&poll, "/open"), json!({}))
            .await
            .refused("poll.closed");
        // Of a poll, names stay with those who ran it.
        listener.get(&names).await.refused("forbidden");
    })
    .await;
}

#[tokio::test]
async fn an_answer_without_a_name_counts_once_and_nothing_leads_from_the_seat_to_it() {
    on_both(|database| async move {
        let store = database.store.clone();
        let meeting = Meeting::over(database).await;
        let (listener, seat) = meeting.person("teacher2").await;
        let poll = meeting.opened(single(false, "after_closing")).await;
        meeting.answer(&listener, &poll, &[1]).await.ok();
        meeting
            .answer(&listener, &poll, &[0])
            .await
            .refused("poll.answered");
        let seen = meeting.polls(&listener).await;
        assert_eq!(seen["mine"], json!([{ "id": poll["id"], "choices": null }]));
        // How many answered, and not what, until it is closed; moderators see it.
        assert_eq!(seen["items"][0]["result"]["voted"], 1);
        assert_eq!(seen["items"][0]["result"]["counts"], Value::Null);
        let hosts = meeting.polls(&meeting.host).await;
        assert_eq!(hosts["items"][0]["result"]["counts"], json!([0, 1, 0]));
        meeting
            .host
            .get(&meeting.poll(&poll, "/names"))
            .await
            .refused("forbidden");

        let db = &store.db;
        let choices = ballot::choice::Entity::find().all(db).await.expect("rows");
        assert!(choices.is_empty(), "{choices:?}");
        let voters = ballot::Entity::find().all(db).await.expect("rows");
        assert_eq!(voters.len(), 1);
        assert_eq!(voters[0].seat_id.to_string(), seat);
        // Every option has its one row from the beginning, so that no order tells of anything.
        let tally = ballot::tally::Entity::find().all(db).await.expect("rows");
        assert_eq!(tally.iter().map(|row| row.votes).sum::<i64>(), 1);
        assert_eq!(tally.len(), 3);

        meeting.run(&poll, "/close").await;
        let seen = meeting.polls(&listener).await;
        assert_eq!(seen["items"][0]["result"]["counts"], json!([0, 1, 0]));
    })
    .await;
}

#[tokio::test]
async fn several_choices_are_limited_and_a_quiz_tells_what_was_right_after_its_end() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let (listener, _) = meeting.person("teacher2").await;
        let mut plan = single(true, "live");
        plan["kind"] = json!("several");
        plan["most"] = json!(2);
        let several = meeting.opened(plan).await;
        meeting
            .answer(&listener, &several, &[0, 1, 2])
            .await
            .refused_field("choices", "unknown");
        meeting.answer(&listener, &several, &[2, 0]).await.ok();

        let mut plan = single(true, "after_closing");
        plan["kind"] = json!("quiz");
        plan["options"][1]["right"] = json!(true);
        let quiz = meeting.opened(plan).await;
        assert_eq!(quiz["options"][1]["right"], true);
        let seen = meeting.polls(&listener).await;
        assert_eq!(seen["items"][1]["options"][1]["right"], Value::Null);
        meeting
            .answer(&listener, &quiz, &[0, 1])
            .await
            .refused_field("choices", "unknown");
        meeting.answer(&listener, &quiz, &[1]).await.ok();
        meeting.run(&quiz, "/close").await;
        let seen = meeting.polls(&listener).await;
        assert_eq!(seen["items"][1]["options"][1]["right"], true);
        assert_eq!(seen["items"][1]["options"][0]["right"], false);
        assert_eq!(seen["items"][0]["result"]["counts"], json!([1, 0, 1]));
    })
    .await;
}

#[tokio::test]
async fn a_secret_vote_is_counted_by_nobody_before_its_end_and_guests_do_not_vote() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        meeting.rules(json!({ "lobby": "off" })).await;
        let (first, _) = meeting.person("teacher2").await;
        let (second, _) = meeting.person("director").await;
        let (guest, _) = meeting.guest("Гость").await;
        let poll = meeting.opened(vote(false, "admitted", "half")).await;
        assert_eq!(poll["result"]["electors"], 3);
        meeting
            .answer(&guest, &poll, &[0])
            .await
            .refused("poll.no_elector");
        meeting.answer(&first, &poll, &[0]).await.ok();
        let hosts = meeting.polls(&meeting.host).await;
        assert_eq!(hosts["items"][0]["result"]["counts"], Value::Null);
        assert_eq!(hosts["items"][0]["result"]["quorumMet"], false);
        meeting.answer(&second, &poll, &[2]).await.ok();
        let closed = meeting.run(&poll, "/close").await;
        assert_eq!(closed["result"]["counts"], json!([1, 0, 1]));
        assert_eq!(closed["result"]["quorumMet"], true);
        // One of two is not more than half.
        assert_eq!(closed["result"]["carried"], false);
        // Whoever comes later changes nothing of what was frozen.
        meeting.person("teacher3").await;
        let later = meeting.polls(&guest).await;
        assert_eq!(later["items"][0]["result"], closed["result"]);
    })
    .await;
}

/// Makes the meeting one of an association with these members.
async fn associated(meeting: &Meeting, members: &[&str]) {
    let (db, now) = (
        &meeting.city.app.state.store.db,
        meeting.city.app.clock.now(),
    );
    let draft = association::Draft {
        name: "ГМО учителей химии".to_owned(),
        ..association::Draft::default()
    };
    let association = association::create(db, draft, now)
        .await
        .expect("an association");
    for login in members {
        let person = meeting.city.person(login);
        let since = now.date_naive();
        association_member::put(db, association.id, person, since, None)
            .await
            .expect("a member");
    }
    let event: Uuid = id(&meeting.event).parse().expect("an id");
    let mut row = event::Entity::find_by_id(event)
        .one(db)
        .await
        .expect("a query")
        .expect("the event")
        .into_active_model();
    row.association_id = Set(Some(association.id));
    row.update(db).await.expect("the association's");
}

#[tokio::test]
async fn members_vote_openly_and_the_minutes_begin_with_what_they_decided() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let plan = vote(true, "members", "two_thirds");
        meeting
            .host
            .post(&meeting.path("/polls"), plan.clone())
            .await
            .refused_field("electorate", "electorate.no_association");
        associated(&meeting, &["teacher", "teacher2", "teacher3"]).await;
        let (member, _) = meeting.person("teacher2").await;
        let (stranger, _) = meeting.person("director").await;
        let poll = meeting.opened(plan).await;
        meeting
            .answer(&stranger, &poll, &[1])
            .await
            .refused("poll.no_elector");
        meeting.answer(&member, &poll, &[0]).await.ok();
        meeting.answer(&meeting.host, &poll, &[0]).await.ok();
        let names = meeting.poll(&poll, "/names");
        stranger.get(&names).await.refused("forbidden");
        let closed = meeting.run(&poll, "/close").await;
        assert_eq!(closed["result"]["electors"], 3);
        assert_eq!(closed["result"]["carried"], true);
        let named = stranger.get(&names).await.ok();
        assert_eq!(named["items"].as_array().map(Vec::len), Some(2));
        let asked = meeting.opened(single(false, "live")).await;
        meeting.answer(&stranger, &asked, &[1]).await.ok();
        meeting
            .host
            .post(&meeting.path("/end"), json!({}))
            .await
            .ok();

        let event = format!("/api/events/{}", id(&meeting.event));
        let minutes = meeting.host.get(&format!("{event}/minutes")).await.ok();
        let items = minutes["body"]["items"].as_array().expect("a list");
        let voted = &items[items.len() - 2];
        assert_eq!(voted["topic"], "Утвердить план работы");
        assert_eq!(
            voted["decided"][0]["text"],
            "Утвердить план работы. Голосовали: за — 2, против — 0, воздержались — 0 \
             (2 из 3 имеющих право голоса)."
        );
        assert_eq!(voted["spoke"], "За: Котов Пётр, Семёнова Мария.");
        // The poll was left open: the end of the meeting closed it.
        assert_eq!(
            items[items.len() - 1]["heard"],
            "— Когда встретимся? В среду — 0; В пятницу — 1; Никогда — 0 (ответили: 1)."
        );
        let body = minutes["body"].clone();
        let edit = json!({ "number": "1", "body": body, "updatedAt": null });
        meeting
            .host
            .put(&format!("{event}/minutes"), edit)
            .await
            .ok();
        let outcome = stranger.get(&format!("{event}/polls")).await.ok();
        assert_eq!(
            outcome["items"][0]["names"].as_array().map(Vec::len),
            Some(2)
        );
        assert_eq!(outcome["items"][1]["poll"]["state"], "closed");
        assert_eq!(outcome["items"][1]["names"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_poll_that_makes_no_sense_is_refused_field_by_field() {
    let meeting = Meeting::sqlite().await;
    let check = async |change: fn(&mut Value), field: &str, code: &str| {
        let mut plan = single(false, "live");
        change(&mut plan);
        meeting
            .host
            .post(&meeting.path("/polls"), plan)
            .await
            .refused_field(field, code);
    };
    check(|plan| plan["text"] = json!(" "), "text", "required").await;
    check(
        |plan| plan["text"] = json!("ы".repeat(301)),
        "text",
        "too_long",
    )
    .await;
    check(
        |plan| plan["options"] = json!([{ "text": "да" }]),
        "options",
        "options.count",
    )
    .await;
    check(
        |plan| {
            plan["options"] = (0..13).map(|n| json!({ "text": n.to_string() })).collect();
        },
        "options",
        "options.count",
    )
    .await;
    check(
        |plan| plan["options"][1] = json!({ "text": "В  среду " }),
        "options.1.text",
        "taken",
    )
    .await;
    check(
        |plan| plan["options"][0] = json!({ "text": "" }),
        "options.0.text",
        "required",
    )
    .await;
    check(
        |plan| plan["kind"] = json!("quiz"),
        "options",
        "options.no_right",
    )
    .await;
    check(
        |plan| {
            plan["kind"] = json!("several");
            plan["most"] = json!(4);
        },
        "most",
        "most.out_of_range",
    )
    .await;
    check(
        |plan| plan["kind"] = json!("vote"),
        "electorate",
        "required",
    )
    .await;
    check(
        |plan| plan["kind"] = json!("vote"),
        "results",
        "results.secret",
    )
    .await;
    let poll = meeting.opened(single(false, "live")).await;
    for choices in [&[][..], &[3], &[0, 1], &[0, 0]] {
        meeting
            .answer(&meeting.host, &poll, choices)
            .await
            .refused_field("choices", "unknown");
    }
}

#[tokio::test]
async fn a_room_kit_does_not_vote_for_those_before_it() {
    let meeting = Meeting::sqlite().await;
    let poll = meeting.opened(single(false, "live")).await;
    let (kit, _) = meeting.kit().await;
    meeting.seat(&kit).await;
    meeting
        .answer(&kit, &poll, &[0])
        .await
        .refused("kit.no_voice");
    let question = json!({ "text": "Слышно?", "key": "1" });
    kit.post(&meeting.path("/questions"), question)
        .await
        .refused("kit.no_voice");
}

/// A thousand guests' seats in the room, each with a browser that holds its session.
async fn crowd(meeting: &Meeting) -> Vec<Browser> {
    let app = &meeting.city.app;
    let room: Uuid = meeting.room.parse().expect("an id");
    stream::iter(0..PEOPLE)
        .map(|number| async move {
            let name = format!("Гость {number}");
            let browser = app.guest(&name).await;
            let me = browser.get("/api/me").await.ok();
            let guest: Uuid = id(&me["guest"]).parse().expect("an id");
            let who = Occupant::Guest(guest);
            let now = app.clock.now();
            let (db, role) = (&app.state.store.db, SeatRole::Participant);
            seat::create(db, room, who, name, role, Status::Admitted, now)
                .await
                .expect("a seat");
            browser
        })
        .buffer_unordered(8)
        .collect()
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_votes_at_once_are_all_counted_with_names_and_without() {
    on_both(|database| async move {
        let meeting = Meeting::over(database).await;
        let meeting = &meeting;
        let crowd = crowd(meeting).await;
        let secret = meeting.opened(single(false, "live")).await;
        let named = meeting.opened(single(true, "live")).await;
        let mut live = meeting.host.watch(&meeting.room).await;
        live.expect("snapshot").await;
        stream::iter(crowd.iter().enumerate())
            .for_each_concurrent(PEOPLE, |(number, browser)| {
                let (secret, named) = (&secret, &named);
                async move {
                    meeting.answer(browser, secret, &[number % 3]).await.ok();
                    meeting.answer(browser, named, &[number % 2]).await.ok();
                }
            })
            .await;
        // The chart ends with all of them, told in far fewer pieces than there were votes.
        let mut told = 0;
        let (mut all_secret, mut all_named) = (false, false);
        while !(all_secret && all_named) {
            let result = live.until("poll_result").await;
            told += 1;
            let whole = result["voted"] == PEOPLE;
            all_secret |= whole && result["id"] == secret["id"];
            all_named |= whole && result["id"] == named["id"];
        }
        assert!(told < PEOPLE, "{told}");
        let closed = meeting.run(&secret, "/close").await;
        assert_eq!(closed["result"]["counts"], json!([334, 333, 333]));
        let closed = meeting.run(&named, "/close").await;
        assert_eq!(closed["result"]["counts"], json!([500, 500, 0]));
        let room: Uuid = meeting.room.parse().expect("an id");
        let rows = poll::of_rooms(&meeting.city.app.state.store.db, vec![room]).await;
        assert_eq!(rows.expect("polls").len(), 2);
    })
    .await;
}
