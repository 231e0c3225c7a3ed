//! Databases of earlier versions with rows in them, brought up to date.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_store::{
    Store,
    migrations::Migrator,
    project, project_version,
    task::{self, Whose},
};
use kafedra_testkit::on_both_bare;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, Value,
    sea_query::Query,
};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

/// Migrates up to, not including, the migration of this name.
async fn before(store: &Store, name: &str) {
    let steps = Migrator::migrations()
        .iter()
        .position(|one| one.name() == name)
        .expect("a migration of this name");
    let steps = u32::try_from(steps).expect("few migrations");
    Migrator::up(&store.db, Some(steps))
        .await
        .expect("the schema of then");
}

/// A row as a version of then wrote it: the entities of now may know more columns.
async fn row(store: &Store, table: &'static str, cells: Vec<(&'static str, Value)>) {
    let (columns, values): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
    let insert = Query::insert()
        .into_table(table)
        .columns(columns)
        .values_panic(values.into_iter().map(Into::into))
        .to_owned();
    store.db.execute(&insert).await.expect("a row of then");
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_504_515_600 + second, 0).expect("a time")
}

struct Before {
    person: Uuid,
    event: Uuid,
    association: Uuid,
    open: task::Model,
    done: task::Model,
}

/// A meeting of an association with an open and a finished task.
async fn write(store: &Store) -> Before {
    let [person, event, association] = std::array::from_fn(|_| Uuid::now_v7());
    row(
        store,
        "person",
        vec![
            ("id", person.into()),
            ("family_name", "Семёнова".into()),
            ("given_name", "Мария".into()),
            ("search_name", "семенова мария".into()),
            ("created_at", at(0).into()),
        ],
    )
    .await;
    row(
        store,
        "association",
        vec![
            ("id", association.into()),
            ("name", "ГМО учителей физики".into()),
            ("created_at", at(0).into()),
            ("updated_at", at(0).into()),
        ],
    )
    .await;
    row(
        store,
        "event",
        vec![
            ("id", event.into()),
            ("title", "Заседание".into()),
            ("kind", "association_meeting".into()),
            ("starts_at", at(0).into()),
            ("ends_at", at(3600).into()),
            ("timezone", "Europe/Moscow".into()),
            ("organiser_id", person.into()),
            ("created_at", at(0).into()),
            ("updated_at", at(0).into()),
        ],
    )
    .await;
    let open = task::Model {
        id: Uuid::now_v7(),
        event_id: Some(event),
        project_id: None,
        association_id: Some(association),
        text: "Провести мастер-класс; «в срок»".to_owned(),
        assignee_id: Some(person),
        assignee: "Семёнова Мария".to_owned(),
        due: NaiveDate::from_ymd_opt(2017, 10, 1),
        state: "open".to_owned(),
        created_at: at(10),
        updated_at: at(20),
        done_at: None,
        done_by: None,
    };
    let done = task::Model {
        id: Uuid::now_v7(),
        association_id: None,
        assignee_id: None,
        assignee: "Все школы".to_owned(),
        due: None,
        state: "done".to_owned(),
        done_at: Some(at(30)),
        done_by: Some(person),
        ..open.clone()
    };
    for task in [&open, &done] {
        row(
            store,
            "task",
            vec![
                ("id", task.id.into()),
                ("event_id", event.into()),
                ("association_id", task.association_id.into()),
                ("text", task.text.as_str().into()),
                ("assignee_id", task.assignee_id.into()),
                ("assignee", task.assignee.as_str().into()),
                ("due", task.due.into()),
                ("state", task.state.as_str().into()),
                ("created_at", task.created_at.into()),
                ("updated_at", task.updated_at.into()),
                ("done_at", task.done_at.into()),
                ("done_by", task.done_by.into()),
            ],
        )
        .await;
    }
    Before {
        person,
        event,
        association,
        open,
        done,
    }
}

#[tokio::test]
async fn tasks_of_meetings_are_kept_when_projects_get_tasks_too() {
    on_both_bare(|database| async move {
        let store = &database.store;
        before(store, "m0017_project").await;
        let then = write(store).await;
        let project = Uuid::now_v7();
        row(
            store,
            "project",
            vec![
                ("id", project.into()),
                ("title", "ВКС".into()),
                ("passport", r#"{"approval":{"date":"2017-04-03"}}"#.into()),
                ("created_at", at(0).into()),
                ("updated_at", at(5).into()),
            ],
        )
        .await;
        store.migrate().await.expect("the schema of now");

        let db = &store.db;
        let mut tasks = task::Entity::find().all(db).await.expect("tasks");
        tasks.sort_by_key(|one| one.id);
        assert_eq!(tasks, [then.open.clone(), then.done.clone()]);
        let of_association = task::list(db, Whose::Association(then.association), true)
            .await
            .expect("the association's");
        assert_eq!(of_association, std::slice::from_ref(&then.open));

        // A task needs no meeting now.
        let commission = task::Model {
            id: Uuid::now_v7(),
            event_id: None,
            project_id: Some(project),
            association_id: None,
            ..then.open.clone()
        };
        let insert = |task: &task::Model| task.clone().into_active_model().reset_all().insert(db);
        insert(&commission).await.expect("a task of the project");
        // What it names must be there, as before.
        let stray = Uuid::now_v7();
        for wrong in [
            task::Model {
                event_id: Some(stray),
                ..commission.clone()
            },
            task::Model {
                project_id: Some(stray),
                ..commission.clone()
            },
            task::Model {
                assignee_id: Some(stray),
                ..commission.clone()
            },
        ] {
            let wrong = task::Model {
                id: Uuid::now_v7(),
                ..wrong
            };
            insert(&wrong).await.expect_err("a task of nothing");
        }
        let again = task::ActiveModel {
            id: Set(then.open.id),
            ..commission.clone().into()
        };
        again.insert(db).await.expect_err("a second task of one id");
        let gone = kafedra_store::event::Entity::delete_by_id(then.event)
            .exec(db)
            .await;
        gone.expect_err("an event with tasks");
        assert!(
            kafedra_store::person::find(db, then.person)
                .await
                .expect("a query")
                .is_some()
        );

        // A project that was there before is executed since its approval, and its passport is the
        // first version known.
        let current = project::current(db)
            .await
            .expect("a query")
            .expect("the project");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&current.lifecycle).expect("JSON"),
            serde_json::json!({ "state": "executing", "since": "2017-04-03" })
        );
        let version = project_version::find(db, project, 1)
            .await
            .expect("a query");
        assert_eq!(version.expect("a version").passport, current.passport);
    })
    .await;
}
