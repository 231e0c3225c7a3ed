//! From how many institutions listeners came: told once, and forgotten whenever it may have changed.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kafedra_model::{EventRole, InstitutionKind};
use kafedra_store::{
    attendance::{self, tally},
    employment, event_role, institution, person,
};
use kafedra_testkit::on_both;
use sea_orm::{DatabaseTransaction, EntityTrait, TransactionTrait};
use uuid::Uuid;

use crate::indicator::write_event;

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(18_500)
}

fn day() -> NaiveDate {
    now().date_naive()
}

async fn school(db: &DatabaseTransaction, name: &str) -> institution::Model {
    institution::create(db, school_draft(name, None), now())
        .await
        .expect("a school")
}

fn school_draft(name: &str, building_of: Option<Uuid>) -> institution::Draft {
    institution::Draft {
        name: name.to_owned(),
        short_name: name.to_owned(),
        kind: InstitutionKind::School.as_str().to_owned(),
        address: String::new(),
        municipal: true,
        building_of,
    }
}

async fn somebody(db: &DatabaseTransaction, name: &str) -> Uuid {
    let draft = person::Draft {
        family_name: name.to_owned(),
        ..person::Draft::default()
    };
    person::create(db, draft, now()).await.expect("a person").id
}

fn job(institution_id: Uuid) -> employment::Draft {
    employment::Draft {
        institution_id,
        position_code: "teacher".to_owned(),
        is_main: true,
        from_date: day(),
        to_date: None,
    }
}

async fn held(db: &DatabaseTransaction, organiser: Uuid, present: &[Uuid]) -> Uuid {
    let event = Uuid::now_v7();
    write_event(db, event, "seminar", organiser).await;
    count(db, event, present).await;
    event
}

async fn count(db: &DatabaseTransaction, event: Uuid, present: &[Uuid]) {
    let people = present.iter().map(|person| (*person, 600));
    attendance::replace(db, event, day(), 3_600, people, now())
        .await
        .expect("an attendance");
}

/// The reach of the only event that is not told of, told.
async fn told(db: &DatabaseTransaction, event: Uuid, what: &str) -> Option<i32> {
    let untold = attendance::without_reach(db).await.expect("events");
    assert_eq!(untold, [event], "{what}");
    attendance::tell_reach(db, &untold).await.expect("a reach");
    let untold = attendance::without_reach(db).await.expect("events");
    assert!(untold.is_empty(), "{untold:?}");
    let row = tally::Entity::find_by_id(event).one(db).await;
    row.expect("a query")
        .expect("the count")
        .listener_institutions
}

#[tokio::test]
async fn a_reach_is_told_and_forgotten_by_whatever_changes_it() {
    on_both(|database| async move {
        let db = &database.store.db.begin().await.expect("a transaction");
        let (first, second) = (school(db, "Школа № 1").await, school(db, "Школа № 2").await);
        let one = somebody(db, "Первая").await;
        let two = somebody(db, "Вторая").await;
        let other = somebody(db, "Другая").await;
        let event = held(db, one, &[one, two]).await;
        let elsewhere = held(db, other, &[other]).await;
        attendance::tell_reach(db, &[elsewhere])
            .await
            .expect("a reach");
        assert_eq!(told(db, event, "counted").await, Some(0));

        let at_first = employment::create(db, one, job(first.id))
            .await
            .expect("a job");
        assert_eq!(told(db, event, "a job").await, Some(1));
        let rows = [employment::Model {
            id: Uuid::now_v7(),
            person_id: two,
            institution_id: second.id,
            position_code: "teacher".to_owned(),
            is_main: true,
            from_date: day(),
            to_date: None,
        }];
        employment::create_all(db, &rows).await.expect("jobs");
        assert_eq!(told(db, event, "jobs at once").await, Some(2));

        let before = day() - TimeDelta::days(1);
        let past = employment::Draft {
            from_date: before,
            to_date: Some(before),
            ..job(first.id)
        };
        employment::update(db, at_first.id, past)
            .await
            .expect("a job");
        assert_eq!(told(db, event, "a job that was over").await, Some(1));
        employment::end(db, at_first.id, None).await.expect("a job");
        assert_eq!(told(db, event, "a job that goes on").await, Some(2));

        let speaks = EventRole::Speaker;
        event_role::give(db, event, two, speaks, "", now())
            .await
            .expect("a role");
        assert_eq!(told(db, event, "a role").await, Some(1));
        let roles = event_role::Entity::find().all(db).await.expect("roles");
        event_role::remove(db, roles[0].id).await.expect("no role");
        assert_eq!(told(db, event, "no role").await, Some(2));

        let building = school_draft("Школа № 2", Some(first.id));
        assert!(
            institution::update(db, second.id, 1, building)
                .await
                .expect("a building")
        );
        attendance::tell_reach(db, &[elsewhere])
            .await
            .expect("a reach");
        assert_eq!(told(db, event, "a building").await, Some(1));
        let named = school_draft("Второе здание", Some(first.id));
        assert!(
            institution::update(db, second.id, 2, named)
                .await
                .expect("a name")
        );
        let untold = attendance::without_reach(db).await.expect("events");
        assert!(untold.is_empty(), "{untold:?}");

        count(db, event, &[two]).await;
        assert_eq!(told(db, event, "counted anew").await, Some(1));
        employment::delete(db, rows[0].id).await.expect("no job");
        assert_eq!(told(db, event, "no job").await, Some(0));
    })
    .await;
}
