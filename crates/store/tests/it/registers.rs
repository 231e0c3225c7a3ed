//! People, institutions, employments and grants on both databases.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kafedra_model::{Grant, Role, Scope};
use kafedra_store::{Store, employment, institution, person, role_grant, search::Slice};
use kafedra_testkit::on_both;
use sea_orm::SqlErr;
use uuid::Uuid;

const ALL: Slice = Slice {
    offset: 0,
    limit: 100,
};

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(17_500)
}

async fn person(store: &Store, family: &str, given: &str) -> person::Model {
    let draft = person::Draft {
        family_name: family.to_owned(),
        given_name: given.to_owned(),
        ..person::Draft::default()
    };
    person::create(&store.db, draft, now())
        .await
        .expect("a person")
}

async fn school(store: &Store, name: &str) -> institution::Model {
    let draft = institution::Draft {
        name: name.to_owned(),
        short_name: name.to_owned(),
        kind: "school".to_owned(),
        address: String::new(),
        municipal: true,
        building_of: None,
    };
    institution::create(&store.db, draft, now())
        .await
        .expect("a school")
}

fn works(school: Uuid, is_main: bool) -> employment::Draft {
    employment::Draft {
        institution_id: school,
        position_code: "teacher".to_owned(),
        is_main,
        from_date: NaiveDate::from_ymd_opt(2016, 9, 1).expect("a date"),
        to_date: None,
    }
}

fn everyone(words: &str) -> person::Filter {
    person::Filter {
        words: words.to_owned(),
        institutions: None,
        role: None,
        archived: false,
        day: now().date_naive(),
        sort: person::Sort::Name,
        backwards: false,
    }
}

#[tokio::test]
async fn a_search_finds_names_in_any_case_and_takes_signs_literally() {
    on_both(|database| async move {
        let store = &database.store;
        for (family, given) in [
            ("Семёнова", "Анна"),
            ("СЕМЕНОВ", "Пётр"),
            ("50%_скидка", "Тест"),
        ] {
            person(store, family, given).await;
        }
        let found = async |words: &str| {
            let (people, total) = person::list(&store.db, &everyone(words), ALL)
                .await
                .expect("a list");
            assert_eq!(total as usize, people.len(), "{words}");
            people.len()
        };
        for (words, count) in [
            ("семен", 2),
            ("СЕМЁН", 2),
            ("петр семенов", 1),
            ("семенова петр", 0),
            ("%", 1),
            ("_", 1),
            ("0%_с", 1),
            ("\\", 0),
            ("'", 0),
            ("", 3),
        ] {
            assert_eq!(found(words).await, count, "{words:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_is_paged_and_filtered_by_place_and_role() {
    on_both(|database| async move {
        let store = &database.store;
        let (here, there) = (
            school(store, "Школа № 1").await,
            school(store, "Школа № 2").await,
        );
        for number in 0..5 {
            let teacher = person(store, "Иванов", &format!("Иван{number}")).await;
            employment::create(&store.db, teacher.id, works(here.id, true))
                .await
                .expect("work");
            employment::create(&store.db, teacher.id, works(here.id, false))
                .await
                .expect("work");
        }
        let gone = person(store, "Бывший", "Учитель").await;
        let ended = employment::Draft {
            to_date: NaiveDate::from_ymd_opt(2016, 9, 2),
            ..works(here.id, true)
        };
        employment::create(&store.db, gone.id, ended)
            .await
            .expect("work");
        let grant = Grant {
            role: Role::Methodologist,
            scope: Scope::City,
        };
        role_grant::create(&store.db, gone.id, grant, None, now())
            .await
            .expect("a grant");

        let filter = person::Filter {
            institutions: Some(vec![here.id]),
            ..everyone("")
        };
        let page = Slice {
            offset: 3,
            limit: 3,
        };
        let (people, total) = person::list(&store.db, &filter, page)
            .await
            .expect("a list");
        assert_eq!((people.len(), total), (2, 5));
        assert_eq!(people[0].given_name, "Иван3");
        let nobody = person::Filter {
            institutions: Some(Vec::new()),
            ..everyone("")
        };
        assert_eq!(
            person::list(&store.db, &nobody, ALL)
                .await
                .expect("a list")
                .1,
            0
        );
        let methodologists = person::Filter {
            role: Some("methodologist".to_owned()),
            ..everyone("")
        };
        let (people, _) = person::list(&store.db, &methodologists, ALL)
            .await
            .expect("a list");
        assert_eq!(people.iter().map(|p| p.id).collect::<Vec<_>>(), [gone.id]);
        let day = now().date_naive();
        let counts = employment::headcounts(&store.db, vec![here.id, there.id], day)
            .await
            .expect("counts");
        assert_eq!(
            (counts.get(&here.id), counts.get(&there.id)),
            (Some(&5), None)
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_edits_of_one_version_the_second_is_refused() {
    on_both(|database| async move {
        let db = &database.store.db;
        let person = person(&database.store, "Иванова", "Анна").await;
        let draft = |family: &str| person::Draft {
            family_name: family.to_owned(),
            given_name: "Анна".to_owned(),
            ..person::Draft::default()
        };
        assert!(
            person::update(db, person.id, 1, draft("Петрова"))
                .await
                .expect("an edit")
        );
        assert!(
            !person::update(db, person.id, 1, draft("Сидорова"))
                .await
                .expect("an edit")
        );
        let now = person::find(db, person.id)
            .await
            .expect("a query")
            .expect("the person");
        assert_eq!((now.family_name.as_str(), now.version), ("Петрова", 2));
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_holds_one_open_main_employment_and_one_grant_of_a_kind() {
    on_both(|database| async move {
        let store = &database.store;
        let (school, person) = (
            school(store, "Школа").await.id,
            person(store, "А", "Б").await.id,
        );
        let twice = |error: sea_orm::DbErr| {
            assert!(
                matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))),
                "{error}"
            );
        };
        employment::create(&store.db, person, works(school, true))
            .await
            .expect("the first");
        twice(
            employment::create(&store.db, person, works(school, true))
                .await
                .expect_err("a second"),
        );
        employment::create(&store.db, person, works(school, false))
            .await
            .expect("part-time");
        for grant in [
            Grant {
                role: Role::Official,
                scope: Scope::City,
            },
            Grant {
                role: Role::Director,
                scope: Scope::Institution(school),
            },
        ] {
            role_grant::create(&store.db, person, grant, None, now())
                .await
                .expect("a grant");
            twice(
                role_grant::create(&store.db, person, grant, None, now())
                    .await
                    .expect_err("twice"),
            );
        }
    })
    .await;
}

#[tokio::test]
async fn writers_that_read_first_wait_for_each_other() {
    on_both(|database| async move {
        let store = database.store.clone();
        let person = person(&store, "А", "Б").await.id;
        let raise = || {
            let store = store.clone();
            tokio::spawn(async move {
                let change = store.write().await.expect("a turn");
                let version = person::find(&change, person)
                    .await
                    .expect("a query")
                    .expect("the person")
                    .version;
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                let draft = person::Draft::default();
                let done = person::update(&change, person, version, draft)
                    .await
                    .expect("an edit");
                change.commit().await.expect("a commit");
                done
            })
        };
        let tries: Vec<_> = (0..8).map(|_| raise()).collect();
        let mut done = 0;
        for attempt in tries {
            done += i32::from(attempt.await.expect("no panic"));
        }
        let version = person::find(&store.db, person)
            .await
            .expect("a query")
            .expect("the person")
            .version;
        assert_eq!(version, 1 + done, "no edit is lost");
        // SQLite has one writer at a time; PostgreSQL lets the versions tell who came too late.
        assert!(done >= 1 && (!store.is_sqlite() || done == 8));
    })
    .await;
}
