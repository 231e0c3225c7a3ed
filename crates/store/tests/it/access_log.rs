use chrono::{DateTime, TimeDelta};
use kafedra_model::Action;
use kafedra_store::{
    access_log::{self, Entry, Filter},
    search::Slice,
};
use kafedra_testkit::on_both;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

#[tokio::test]
async fn the_access_log_only_grows() {
    on_both(|database| async move {
        let db = &database.store.db;
        let (actor, subject) = (Uuid::now_v7(), Uuid::now_v7());
        for (number, action) in [Action::PersonViewed, Action::PersonChanged]
            .into_iter()
            .enumerate()
        {
            let entry = Entry {
                actor: Some(actor),
                action,
                subject: Some(subject),
                details: "email".to_owned(),
            };
            let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(number as i64);
            access_log::write(db, entry, at).await.expect("a line");
        }
        let mut forbidden = vec![
            "UPDATE access_log SET details = 'nothing happened'",
            "DELETE FROM access_log",
            "DELETE FROM access_log WHERE action = 'person.viewed'",
        ];
        if !database.store.is_sqlite() {
            forbidden.push("TRUNCATE access_log");
        }
        for statement in forbidden {
            let refused = db.execute_unprepared(statement).await.expect_err(statement);
            assert!(refused.to_string().contains("append-only"), "{refused}");
        }
        let all = Slice {
            offset: 0,
            limit: 10,
        };
        let (lines, total) = access_log::list(db, &Filter::default(), all)
            .await
            .expect("lines");
        assert_eq!(total, 2);
        assert_eq!(lines[0].action, "person.changed", "the latest first");
        let views = Filter {
            action: Some("person.viewed".to_owned()),
            subject: Some(subject),
            actor: Some(actor),
        };
        assert_eq!(access_log::list(db, &views, all).await.expect("lines").1, 1);
    })
    .await;
}
