//! Associations: who leads them, who belongs to them, and what follows for their events.

use chrono::TimeDelta;
use kafedra_store::minutes;
use kafedra_testkit::{City, on_both};
use serde_json::{Value, json};

use crate::meeting::id;

async fn physics(city: &City) -> Value {
    let draft = json!({
        "name": "ГМО учителей физики",
        "subject": "Физика",
        "headId": city.person("teacher"),
        "curatorId": city.person("methodist"),
    });
    let methodist = city.signed_in("methodist").await;
    methodist.post("/api/associations", draft).await.ok()
}

fn meeting(city: &City, association: &Value, days: i64) -> Value {
    let start = city.app.clock.now() + TimeDelta::days(days);
    json!({
        "title": "Заседание ГМО",
        "kind": "association_meeting",
        "startsAt": start,
        "endsAt": start + TimeDelta::minutes(90),
        "associationId": id(association),
    })
}

/// Signs minutes of a meeting twice, the second time correcting the first: they count once.
async fn minuted(city: &City, event: &Value) {
    let (db, now) = (&city.app.state.store.db, city.app.clock.now());
    let (event, by) = (id(event).parse().expect("an id"), city.person("teacher"));
    for version in [1, 2] {
        let (number, body) = ("1".to_owned(), "{}".to_owned());
        let draft = minutes::create(db, event, version, number, body, by, now);
        let draft = draft.await.expect("a draft");
        let signed = minutes::sign(db, draft.id, draft.updated_at, by, now).await;
        assert!(signed.expect("a signature"));
    }
}

#[tokio::test]
async fn the_head_plans_the_year_and_the_members_find_it_in_their_calendar() {
    on_both(|database| async move {
        let city = City::over(database).await;
        let association = physics(&city).await;
        assert_eq!(association["head"]["name"], "Семёнова Мария");
        let path = format!("/api/associations/{}", id(&association));
        let head = city.signed_in("teacher").await;
        let member = format!("{path}/members/{}", city.person("teacher3"));
        let page = head.put(&member, json!({})).await.ok();
        assert_eq!(page["members"][0]["person"]["name"], "Волков Олег");
        assert_eq!(page["members"][0]["institution"], "Школа № 2");
        assert_eq!(page["memberCount"], 1);
        let mut planned = Vec::new();
        for days in [7, 35, 63] {
            let plan = meeting(&city, &association, days);
            let event = head.post("/api/events", plan).await.ok();
            assert_eq!(event["association"]["name"], "ГМО учителей физики");
            planned.push(event);
        }
        let year = head.get(&format!("{path}/year")).await.ok();
        assert_eq!(
            (&year["planned"], &year["isPlanned"]),
            (&json!(3), &json!(false))
        );
        let plan = meeting(&city, &association, 91);
        let fourth = head.post("/api/events", plan).await.ok();
        planned.push(fourth.clone());
        // A plan is not yet what is expected: signed minutes are.
        for (signed, event) in planned.iter().enumerate() {
            let year = head.get(&format!("{path}/year")).await.ok();
            assert_eq!(
                (&year["minuted"], &year["isPlanned"]),
                (&json!(signed), &json!(true))
            );
            assert_eq!(year["isEnough"], false);
            minuted(&city, event).await;
        }
        let year = head.get(&format!("{path}/year")).await.ok();
        assert_eq!(
            (&year["minuted"], &year["isEnough"]),
            (&json!(4), &json!(true))
        );
        let list = head.get("/api/associations").await.ok();
        assert_eq!(list["items"][0]["meetingCount"], 4);
        let now = city.app.clock.now();
        let at = |days| (now + TimeDelta::days(days)).format("%Y-%m-%dT%H:%M:%SZ");
        let calendar = format!("/api/calendar?from={}&to={}", at(0), at(100));
        let seen = async |login: &str, query: &str| {
            let browser = city.signed_in(login).await;
            let answer = browser.get(&format!("{calendar}{query}")).await.ok();
            answer["total"].as_u64().expect("a number")
        };
        assert_eq!(seen("teacher3", "").await, 4);
        assert_eq!(seen("teacher3", "&mine=true").await, 4);
        let own = city.signed_in("teacher3").await.get("/api/events").await;
        assert_eq!(own.ok()["total"], 4);
        assert_eq!(seen("methodist", "").await, 4);
        assert_eq!(seen("methodist", "&mine=true").await, 0);
        assert_eq!(seen("teacher2", "").await, 0);
        assert_eq!(seen("teacher3", "&kind=webinar,training").await, 0);
        let by = format!("&associationId={}", id(&association));
        assert_eq!(seen("teacher3", &by).await, 4);
        // What is open to the city is seen by all.
        let event = format!("/api/events/{}", id(&fourth));
        let open = json!({ "audience": "city", "subject": "Физика" });
        head.patch(&event, open).await.ok();
        assert_eq!(seen("teacher2", "").await, 1);
        assert_eq!(
            seen("teacher2", "&subject=%D0%A4%D0%B8%D0%B7%D0%B8%D0%BA%D0%B0").await,
            1
        );
        // Whoever leaves the association sees no more of it than others.
        head.delete(&member).await.ok();
        assert_eq!(seen("teacher3", "").await, 1);
    })
    .await;
}

#[tokio::test]
async fn only_those_who_lead_an_association_plan_in_its_name() {
    let city = City::sqlite().await;
    let association = physics(&city).await;
    let plan = meeting(&city, &association, 7);
    let stranger = city.signed_in("teacher2").await;
    stranger
        .post("/api/events", plan.clone())
        .await
        .refused_field("associationId", "not_yours");
    let path = format!("/api/associations/{}", id(&association));
    let methodist = city.signed_in("methodist").await;
    let stand_in = json!({ "standInId": city.person("teacher2") });
    let page = methodist.patch(&path, stand_in).await.ok();
    assert_eq!(page["standIn"]["name"], "Котов Пётр");
    stranger.post("/api/events", plan.clone()).await.ok();
    // A new head takes the place of the old one.
    let change = json!({ "headId": city.person("teacher3"), "standInId": null });
    methodist.patch(&path, change).await.ok();
    stranger
        .post("/api/events", plan.clone())
        .await
        .refused_field("associationId", "not_yours");
    city.signed_in("teacher3")
        .await
        .post("/api/events", plan)
        .await
        .ok();
}

#[tokio::test]
async fn an_association_that_cannot_be_is_refused_field_by_field() {
    let city = City::sqlite().await;
    let methodist = city.signed_in("methodist").await;
    let check = async |draft: Value, field: &str, code: &str| {
        methodist
            .post("/api/associations", draft)
            .await
            .refused_field(field, code);
    };
    check(json!({}), "name", "required").await;
    check(json!({ "name": "ж".repeat(300) }), "name", "too_long").await;
    let head = json!({ "name": "ГМО", "headId": uuid::Uuid::now_v7() });
    check(head, "headId", "unknown").await;
    let association = physics(&city).await;
    let path = format!("/api/associations/{}", id(&association));
    city.app.clock.advance(TimeDelta::minutes(1));
    let edit = json!({ "name": "ГМО физиков", "updatedAt": association["updatedAt"] });
    methodist.patch(&path, edit.clone()).await.ok();
    methodist.patch(&path, edit).await.refused("edit.stale");
    methodist
        .get(&format!("{path}/year?year=99999"))
        .await
        .refused_field("year", "unknown");
    methodist
        .patch(&path, json!({ "archived": true }))
        .await
        .ok();
    let plan = meeting(&city, &association, 7);
    methodist
        .post("/api/events", plan)
        .await
        .refused_field("associationId", "unknown");
}

#[tokio::test]
async fn roles_in_an_event_open_it_and_seat_people() {
    on_both(|database| async move {
        use kafedra_model::EventRole;
        let city = City::over(database).await;
        let association = physics(&city).await;
        let head = city.signed_in("teacher").await;
        let event = head
            .post("/api/events", meeting(&city, &association, 1))
            .await
            .ok();
        assert_eq!(event["myRoles"], json!(["organiser"]));
        let path = format!("/api/events/{}", id(&event));
        let chair = city.signed_in("teacher2").await;
        chair.get(&path).await.refused("not_found");
        kafedra_store::event_role::give(
            &city.app.state.store.db,
            id(&event).parse().expect("an id"),
            city.person("teacher2"),
            EventRole::Chair,
            "",
            city.app.clock.now(),
        )
        .await
        .expect("a role");
        assert_eq!(chair.get(&path).await.ok()["mayChange"], true);
        let seats = format!("/api/rooms/{}/seats", id(&event["room"]));
        let seat = chair.post(&seats, json!({})).await.ok();
        assert_eq!(seat["role"], "cohost");
        assert_eq!(seat["status"], "admitted");
    })
    .await;
}
