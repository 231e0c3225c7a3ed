use kafedra_store::StoreError;
use kafedra_testkit::on_both;
use sea_orm::ConnectionTrait;

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    on_both(|database| async move {
        database.store.migrate().await.expect("a second migration");
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    on_both(|database| async move {
        database
            .store
            .db
            .execute_unprepared(
                "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)",
            )
            .await
            .expect("a row of the future");
        let refused = database.store.migrate().await;
        assert!(matches!(refused, Err(StoreError::Newer(name)) if name == "m9999_future"));
    })
    .await;
}
