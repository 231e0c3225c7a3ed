//! The indicators' SQL against the rules and against the slow second implementation of them, on
//! random cities and both databases.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kafedra_model::indicator::{Base, Evidence, Facts, Proof, Slice, figure, levers};
use kafedra_store::{
    association, association_member, attendance, employment, employment_leave, event, event_role,
    indicator::{self, Shown},
    institution, kit, kit_status, person, position, professional_development, readiness_test,
    search, teacher_leader,
};
use kafedra_testkit::on_both;
use rand::{SeedableRng, rngs::StdRng};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    EntityTrait, QueryFilter, TransactionTrait,
};
use uuid::Uuid;

#[path = "../../../model/tests/it/city.rs"]
mod city;
#[path = "../../../model/tests/it/slow.rs"]
#[expect(dead_code, reason = "the reach of listeners has no SQL of its own")]
mod slow;

use city::{POSITIONS, some_city, some_day, some_question};

/// Cities on each database, and questions to each city.
const CITIES: u64 = 150;
const QUESTIONS: usize = 8;

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(18_500)
}

/// Writes the city into an empty database.
async fn write(db: &impl ConnectionTrait, facts: &Facts) {
    // The dictionary's own groups are the dictionary's business.
    for (code, group) in POSITIONS {
        position::Entity::delete_by_id(code)
            .exec(db)
            .await
            .expect("a free code");
        position::ActiveModel {
            code: Set(code.to_owned()),
            name_ru: Set(code.to_owned()),
            name_en: Set(code.to_owned()),
            position_group: Set(group.as_str().to_owned()),
            from_date: Set(None),
            until_date: Set(None),
        }
        .insert(db)
        .await
        .expect("a position");
    }
    for one in &facts.institutions {
        institution::ActiveModel {
            id: Set(one.id),
            name: Set(one.id.to_string()),
            short_name: Set(one.id.to_string()),
            kind: Set(one.kind.as_str().to_owned()),
            address: Set(String::new()),
            created_at: Set(now()),
            archived_at: Set(one.archived.then(now)),
            version: Set(1),
            search_name: Set(one.id.to_string()),
            municipal: Set(one.municipal),
            building_of: Set(one.building_of),
        }
        .insert(db)
        .await
        .expect("an institution");
    }
    for one in &facts.people {
        person::ActiveModel {
            id: Set(one.id),
            family_name: Set(one.id.to_string()),
            given_name: Set(String::new()),
            patronymic: Set(String::new()),
            search_name: Set(one.id.to_string()),
            email: Set(None),
            created_at: Set(now()),
            archived_at: Set(one.archived.then(now)),
            version: Set(1),
            birth_date: Set(None),
        }
        .insert(db)
        .await
        .expect("a person");
    }
    write_people(db, facts).await;
    write_events(db, facts).await;
    write_kits(db, facts).await;
}

async fn write_people(db: &impl ConnectionTrait, facts: &Facts) {
    for job in &facts.employments {
        let draft = employment::Draft {
            institution_id: job.institution,
            position_code: job.position.clone(),
            is_main: job.is_main,
            from_date: job.from,
            to_date: job.to,
        };
        let row = employment::create(db, job.person, draft)
            .await
            .expect("an employment");
        for leave in &job.leaves {
            employment_leave::create(db, row.id, leave.kind, leave.from, leave.to)
                .await
                .expect("a leave");
        }
    }
    for one in &facts.memberships {
        let draft = association::Draft {
            name: "ГМО".to_owned(),
            subject: one.subject.clone(),
            ..association::Draft::default()
        };
        let row = association::create(db, draft, now())
            .await
            .expect("an association");
        association_member::ActiveModel {
            association_id: Set(row.id),
            person_id: Set(one.person),
            since: Set(one.since),
            until: Set(one.until),
        }
        .insert(db)
        .await
        .expect("a member");
    }
    for (place, head) in facts.association_heads.iter().enumerate() {
        let (head_id, stand_in_id) = if place % 2 == 0 {
            (Some(*head), None)
        } else {
            (None, Some(*head))
        };
        let draft = association::Draft {
            name: "ГМО".to_owned(),
            head_id,
            stand_in_id,
            ..association::Draft::default()
        };
        association::create(db, draft, now())
            .await
            .expect("an association");
    }
    for one in &facts.leaders {
        teacher_leader::create(db, one.person, "Конкурс".to_owned(), "winner", one.since)
            .await
            .expect("a leader");
    }
    for one in &facts.documents {
        let draft = professional_development::Draft {
            kind: one.kind,
            series: None,
            blank_number: String::new(),
            registration: one.id.to_string(),
            issuer: "ИРО".to_owned(),
            issued_on: one.issued_on,
            programme: String::new(),
            programme_kind: String::new(),
            hours: one.hours,
            training_start: None,
            training_end: None,
            form: String::new(),
            funding: String::new(),
            register_status: String::new(),
        };
        let row = professional_development::create(db, one.person, draft, None, now())
            .await
            .expect("a document");
        if one.verified {
            let by = Some((one.person, now()));
            let done = professional_development::verify(db, row.id, 1, by).await;
            assert!(done.expect("a verification"));
        }
    }
}

pub async fn write_event(db: &impl ConnectionTrait, id: Uuid, kind: &str, organiser: Uuid) {
    event::ActiveModel {
        id: Set(id),
        title: Set("Событие".to_owned()),
        kind: Set(kind.to_owned()),
        starts_at: Set(now()),
        ends_at: Set(now() + TimeDelta::hours(1)),
        timezone: Set("Europe/Moscow".to_owned()),
        organiser_id: Set(organiser),
        created_at: Set(now()),
        updated_at: Set(now()),
        cancelled_at: Set(None),
        ..Default::default()
    }
    .insert(db)
    .await
    .expect("an event");
}

async fn write_events(db: &impl ConnectionTrait, facts: &Facts) {
    for one in &facts.events {
        write_event(db, one.id, one.kind.as_str(), facts.people[0].id).await;
        for part in &one.parts {
            event_role::give(db, one.id, part.person, part.role, "", now())
                .await
                .expect("a role");
            if let Some(by) = part.confirmed_by {
                let row = event_role::Entity::find()
                    .filter(event_role::Column::EventId.eq(one.id))
                    .filter(event_role::Column::PersonId.eq(part.person))
                    .filter(event_role::Column::Role.eq(part.role.as_str()))
                    .one(db)
                    .await
                    .expect("a query")
                    .expect("the role");
                event_role::confirm(db, row.id, by, now())
                    .await
                    .expect("a confirmation");
            }
        }
        let people = one.present.iter().map(|one| (one.person, one.seconds));
        attendance::replace(db, one.id, one.day, one.seconds, people, now())
            .await
            .expect("an attendance");
    }
}

/// Tells of all events from how many institutions listeners came.
async fn tell_reach(db: &DatabaseTransaction) {
    let untold = attendance::without_reach(db).await.expect("events");
    attendance::tell_reach(db, &untold).await.expect("a reach");
    let left = attendance::without_reach(db).await.expect("events");
    assert!(left.is_empty(), "{left:?}");
}

async fn write_kits(db: &impl ConnectionTrait, facts: &Facts) {
    for one in &facts.kits {
        let guest = kafedra_store::guest::create(db, "Комплект", "1", now())
            .await
            .expect("a guest");
        kit::ActiveModel {
            id: Set(one.id),
            institution_id: Set(one.institution),
            name: Set("Комплект".to_owned()),
            place: Set(String::new()),
            guest_id: Set(guest.id),
            secret: Set(String::new()),
            created_at: Set(now()),
            archived_at: Set(one.archived.then(now)),
            version: Set(1),
            has_camera: Set(one.has_camera),
            has_speakerphone: Set(one.has_speakerphone),
            has_computer: Set(one.has_computer),
            has_channel: Set(one.has_channel),
            inventory_number: Set(String::new()),
        }
        .insert(db)
        .await
        .expect("a kit");
        for change in &one.statuses {
            kit_status::add(db, one.id, *change, String::new(), None, now())
                .await
                .expect("a status");
        }
        for test in &one.tests {
            readiness_test::add(db, one.id, *test, String::new(), None, now())
                .await
                .expect("a test");
        }
    }
}

#[tokio::test]
async fn what_the_database_counts_is_what_counting_by_hand_gives() {
    on_both(|database| async move {
        let mut seen = BTreeSet::new();
        for seed in 0..CITIES {
            let mut random = StdRng::seed_from_u64(seed);
            let day = some_day(&mut random);
            let facts = some_city(&mut random, day);
            // Rolled back at the end: the next city begins in an empty database.
            let db = database.store.db.begin().await.expect("a transaction");
            write(&db, &facts).await;
            // What is not told is counted.
            if seed % 2 == 0 {
                tell_reach(&db).await;
            }
            for _ in 0..QUESTIONS {
                let question = some_question(&mut random, &facts, day);
                let expected = slow::count(&facts, &question);
                let counted: BTreeSet<Uuid> = expected
                    .iter()
                    .filter(|(_, proofs)| **proofs > 0)
                    .map(|(id, _)| *id)
                    .collect();
                let told = format!("{question:?}\n{facts:?}");

                let city = indicator::city(&db, &question).await.expect("a figure");
                assert_eq!(
                    (city.members, city.counted),
                    (expected.len() as i64, counted.len() as i64),
                    "{told}"
                );
                let mut present = question.clone();
                present.without_parental_leave = true;
                let present = indicator::city(&db, &present).await.expect("a figure");
                assert_eq!(
                    indicator::city_and_present(&db, &question)
                        .await
                        .expect("both"),
                    (city, present),
                    "{told}"
                );
                let value = city.value(question.definition.base);
                assert_eq!(value.is_some(), slow::value(&facts, &question).is_some());
                seen.insert((
                    format!("{:?}", question.definition.evidence),
                    value.map(|value| value.hundredths > 0),
                ));

                let all = search::Slice {
                    offset: 0,
                    limit: 1_000,
                };
                for (shown, ids) in [
                    (Shown::All, expected.keys().copied().collect()),
                    (Shown::Counted, counted.clone()),
                    (
                        Shown::Uncounted,
                        expected
                            .keys()
                            .filter(|id| !counted.contains(id))
                            .copied()
                            .collect::<BTreeSet<Uuid>>(),
                    ),
                ] {
                    let page = indicator::page(&db, &question, shown, all)
                        .await
                        .expect("a page");
                    assert_eq!(page.len(), ids.len(), "{told}");
                    let listed: BTreeSet<Uuid> = page.iter().map(|one| one.id).collect();
                    assert_eq!(listed, ids, "{told}");
                    for one in &page {
                        assert_eq!(one.is_counted == 1, counted.contains(&one.id));
                    }
                }

                let rows = indicator::by_institution(&db, &question)
                    .await
                    .expect("rows");
                assert_eq!(
                    rows.iter().map(|row| row.members).sum::<i64>(),
                    city.members
                );
                for row in rows {
                    let mut of_one = question.clone();
                    if let Some(asked) = question.slice.institution
                        && asked != row.institution
                    {
                        continue;
                    }
                    of_one.slice = Slice {
                        institution: Some(row.institution),
                        ..question.slice.clone()
                    };
                    let expected = slow::count(&facts, &of_one);
                    let counted = expected.values().filter(|proofs| **proofs > 0).count();
                    assert_eq!(
                        (row.members, row.counted),
                        (expected.len() as i64, counted as i64),
                        "{told}"
                    );
                }

                // The records that come out of the database are those that went in.
                let read = indicator::facts(&db, &question).await.expect("the facts");
                assert_eq!(
                    figure(&read, &question)
                        .members
                        .into_iter()
                        .map(|(id, proofs)| (id, proofs.len()))
                        .collect::<BTreeMap<_, _>>(),
                    expected,
                    "{told}"
                );
                // The events that are told are those that the rules count.
                let whole = figure(&read, &question).members;
                let some: Vec<Uuid> = whole.keys().copied().step_by(2).collect();
                let parts = indicator::parts(&db, &question, &some)
                    .await
                    .expect("parts");
                let told_of: BTreeSet<(Uuid, Uuid, String)> = parts
                    .into_iter()
                    .map(|part| (part.person, part.event, part.role))
                    .collect();
                let of_rules = some
                    .iter()
                    .flat_map(|id| whole[id].iter().map(|proof| (*id, proof)))
                    .filter_map(|(id, proof)| match proof {
                        Proof::Part { event, role } => Some((id, *event, role.as_str().to_owned())),
                        Proof::Training(event) => Some((id, *event, String::new())),
                        Proof::Document(_) | Proof::Kit { .. } => None,
                    })
                    .collect::<BTreeSet<_>>();
                assert_eq!(told_of, of_rules, "{told}");
                // And so are the kits.
                let kits = indicator::kits(&db, &question, &some).await.expect("kits");
                let told_of: BTreeSet<(Uuid, Uuid, NaiveDate)> = kits
                    .into_iter()
                    .map(|kit| (kit.institution, kit.id, kit.tested_on))
                    .collect();
                let of_rules = some
                    .iter()
                    .flat_map(|id| whole[id].iter().map(|proof| (*id, proof)))
                    .filter_map(|(id, proof)| match proof {
                        Proof::Kit { kit, tested_on } => Some((id, *kit, *tested_on)),
                        _ => None,
                    })
                    .collect::<BTreeSet<_>>();
                assert_eq!(told_of, of_rules, "{told}");
                let sorted = |facts: &Facts| {
                    levers(facts, &question)
                        .into_iter()
                        .map(|lever| (lever.reason, lever.members.into_iter().collect()))
                        .collect::<BTreeMap<_, HashSet<Uuid>>>()
                };
                assert_eq!(sorted(&read), sorted(&facts), "{told}");
            }
            db.rollback().await.expect("an empty database again");
        }
        // The cities were worth asking.
        for evidence in [
            Evidence::Qualification,
            Evidence::Dissemination,
            Evidence::Training,
            Evidence::ReadyKit,
        ] {
            for value in [None, Some(false), Some(true)] {
                let case = (format!("{evidence:?}"), value);
                assert!(seen.contains(&case), "{case:?}");
            }
        }
        assert_eq!(
            indicator::Count::default().value(Base::Count),
            None,
            "nobody to count"
        );
    })
    .await;
}

#[tokio::test]
async fn a_page_is_in_the_order_of_names_and_pages_do_not_overlap() {
    on_both(|database| async move {
        let mut random = StdRng::seed_from_u64(8);
        let (facts, question) = loop {
            let day = some_day(&mut random);
            let facts = some_city(&mut random, day);
            let question = some_question(&mut random, &facts, day);
            if slow::count(&facts, &question).len() > 3 {
                break (facts, question);
            }
        };
        let db = &database.store.db;
        write(db, &facts).await;
        let slice = |offset, limit| search::Slice { offset, limit };
        let ask = |slice| indicator::page(db, &question, Shown::All, slice);
        let all = ask(slice(0, 100)).await.expect("a page");
        assert!(
            all.windows(2)
                .all(|pair| pair[0].id.to_string() < pair[1].id.to_string())
        );
        let first = ask(slice(0, 2)).await.expect("a page");
        let second = ask(slice(2, 100)).await.expect("a page");
        assert_eq!([first, second].concat(), all);
    })
    .await;
}
