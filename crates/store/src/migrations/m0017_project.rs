//! The project as it goes: its state and every version of its passport, steps and decisions, actual
//! values, payments, evidence, reached checkpoints, change requests and signed periods; tasks that
//! the Commission gave.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, TransactionTrait, TryGetable},
};
use serde_json::json;
use uuid::Uuid;

use super::parts::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        lifecycle(manager).await?;
        versions(manager).await?;
        change_requests(manager).await?;
        steps(manager).await?;
        facts(manager).await?;
        checkpoints(manager).await?;
        periods(manager).await?;
        // Within a transaction all of it is one connection's work: another one of the pool would
        // still see the table that is gone.
        let whole = manager.get_connection().begin().await?;
        tasks(&SchemaManager::new(&whole)).await?;
        whole.commit().await
    }
}

/// A project that was begun before its steps were kept is executed since its approval.
async fn lifecycle(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut column = text("lifecycle").default("").to_owned();
    manager
        .alter_table(
            Table::alter()
                .table("project")
                .add_column(&mut column)
                .to_owned(),
        )
        .await?;
    let db = manager.get_connection();
    let select = Query::select()
        .columns(["id", "passport"])
        .from("project")
        .to_owned();
    for row in db.query_all(&select).await? {
        let id = Uuid::try_get(&row, "", "id")?;
        let passport = String::try_get(&row, "", "passport")?;
        let passport: serde_json::Value = serde_json::from_str(&passport)
            .map_err(|error| DbErr::Migration(format!("the passport of a project: {error}")))?;
        let since = &passport["approval"]["date"];
        let lifecycle = json!({ "state": "executing", "since": since }).to_string();
        let update = Query::update()
            .table("project")
            .value("lifecycle", lifecycle)
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        db.execute(&update).await?;
    }
    Ok(())
}

async fn versions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "project_version",
        vec![
            uuid("project_id"),
            integer("version"),
            // JSON, as it was then.
            text("passport"),
            // How it came about.
            string("cause"),
            text("reason"),
            uuid_null("by_id"),
            timestamp_with_time_zone("created_at"),
        ],
        &[("project_id", "project"), ("by_id", "person")],
    )
    .await?;
    unique(manager, "project_version", &["project_id", "version"]).await?;
    // The version that stands is the first that is known.
    let known = Query::insert()
        .into_table("project_version")
        .columns([
            "id",
            "project_id",
            "version",
            "passport",
            "cause",
            "reason",
            "created_at",
        ])
        .select_from(
            Query::select()
                .columns(["id", "id", "version", "passport"])
                .expr(Expr::val("begun"))
                .expr(Expr::val(""))
                .column("updated_at")
                .from("project")
                .to_owned(),
        )
        .map_err(|error| DbErr::Migration(error.to_string()))?
        .to_owned();
    manager.get_connection().execute(&known).await?;
    Ok(())
}

async fn change_requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "change_request",
        vec![
            uuid("project_id"),
            integer("number"),
            string("title"),
            text("reason"),
            // The version that it changes.
            integer("base_version"),
            // JSON: the whole passport as it shall be.
            text("passport"),
            string("state"),
            date_null("submitted_on"),
            date_null("decided_on"),
            uuid("created_by"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("updated_at"),
            integer("version").default(1).to_owned(),
        ],
        &[("project_id", "project"), ("created_by", "person")],
    )
    .await?;
    unique(manager, "change_request", &["project_id", "number"]).await
}

async fn steps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "project_step",
        vec![
            uuid("project_id"),
            string("kind"),
            date("happened_on"),
            // The Commission's minutes; empty for a step that needs no decision.
            string("minutes_number"),
            string("item"),
            text("wording"),
            uuid_null("assignee_id"),
            string("assignee"),
            date_null("due"),
            integer_null("change_request"),
            uuid("by_id"),
            timestamp_with_time_zone("created_at"),
        ],
        &[
            ("project_id", "project"),
            ("assignee_id", "person"),
            ("by_id", "person"),
        ],
    )
    .await?;
    index(manager, "project_step", &["project_id"]).await
}

async fn facts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "actual_value",
        vec![
            uuid("project_id"),
            integer("ordinal"),
            integer("year"),
            integer("quarter"),
            // Hundredths.
            big_integer("value"),
            text("evidence"),
            uuid("entered_by"),
            timestamp_with_time_zone("entered_at"),
        ],
        &[("project_id", "project"), ("entered_by", "person")],
    )
    .await?;
    unique(
        manager,
        "actual_value",
        &["project_id", "ordinal", "year", "quarter"],
    )
    .await?;
    create(
        manager,
        "payment",
        vec![
            uuid("project_id"),
            string("source"),
            date("paid_on"),
            big_integer("kopecks"),
            text("purpose"),
            uuid("entered_by"),
            timestamp_with_time_zone("entered_at"),
        ],
        &[("project_id", "project"), ("entered_by", "person")],
    )
    .await?;
    index(manager, "payment", &["project_id", "paid_on"]).await
}

async fn checkpoints(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "checkpoint_evidence",
        vec![
            uuid("project_id"),
            // The checkpoint's number in the passport.
            string("checkpoint"),
            string("kind"),
            // What is said, or a document's name.
            text("text"),
            uuid_null("event_id"),
            string_null("file_hash"),
            integer_null("indicator"),
            integer_null("year"),
            integer_null("quarter"),
            uuid("added_by"),
            timestamp_with_time_zone("added_at"),
        ],
        &[
            ("project_id", "project"),
            ("event_id", "event"),
            ("file_hash", "file"),
            ("added_by", "person"),
        ],
    )
    .await?;
    index(manager, "checkpoint_evidence", &["project_id"]).await?;
    index(manager, "checkpoint_evidence", &["file_hash"]).await?;
    create(
        manager,
        "checkpoint_done",
        vec![
            uuid("project_id"),
            string("checkpoint"),
            date("done_on"),
            uuid("by_id"),
            timestamp_with_time_zone("created_at"),
        ],
        &[("project_id", "project"), ("by_id", "person")],
    )
    .await?;
    unique(manager, "checkpoint_done", &["project_id", "checkpoint"]).await
}

async fn periods(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "period_signature",
        vec![
            uuid("project_id"),
            integer("year"),
            integer("quarter"),
            integer("revision"),
            // JSON: what was signed.
            text("figures"),
            text("reason"),
            uuid("signed_by"),
            timestamp_with_time_zone("signed_at"),
        ],
        &[("project_id", "project"), ("signed_by", "person")],
    )
    .await?;
    unique(
        manager,
        "period_signature",
        &["project_id", "year", "quarter", "revision"],
    )
    .await
}

/// A task is of an event or of the project. SQLite cannot make a column optional, so the table is
/// written anew; nothing refers to it.
async fn tasks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const KEPT: [&str; 12] = [
        "id",
        "event_id",
        "association_id",
        "text",
        "assignee_id",
        "assignee",
        "due",
        "state",
        "created_at",
        "updated_at",
        "done_at",
        "done_by",
    ];
    create(
        manager,
        "task_anew",
        vec![
            uuid_null("event_id"),
            uuid_null("project_id"),
            uuid_null("association_id"),
            text("text"),
            uuid_null("assignee_id"),
            string("assignee"),
            date_null("due"),
            string("state"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("updated_at"),
            timestamp_with_time_zone_null("done_at"),
            uuid_null("done_by"),
        ],
        &[
            ("event_id", "event"),
            ("project_id", "project"),
            ("association_id", "association"),
            ("assignee_id", "person"),
            ("done_by", "person"),
        ],
    )
    .await?;
    let copy = Query::insert()
        .into_table("task_anew")
        .columns(KEPT)
        .select_from(Query::select().columns(KEPT).from("task").to_owned())
        .map_err(|error| DbErr::Migration(error.to_string()))?
        .to_owned();
    manager.get_connection().execute(&copy).await?;
    manager
        .drop_table(Table::drop().table("task").to_owned())
        .await?;
    manager
        .rename_table(Table::rename().table("task_anew", "task").to_owned())
        .await?;
    for columns in [
        ["assignee_id", "state"].as_slice(),
        &["association_id", "state"],
        &["event_id"],
        &["project_id"],
    ] {
        index(manager, "task", columns).await?;
    }
    Ok(())
}

/// A table with an id and references to others.
async fn create(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: Vec<ColumnDef>,
    references: &[(&'static str, &'static str)],
) -> Result<(), DbErr> {
    let mut create = Table::create();
    create.table(table).col(uuid("id").primary_key());
    for column in columns {
        create.col(column);
    }
    for (column, to) in references {
        let key = if *to == "file" { "hash" } else { "id" };
        create.foreign_key(
            ForeignKey::create()
                .name(format!("fk_{table}_{column}"))
                .from(table, *column)
                .to(*to, key),
        );
    }
    manager.create_table(create).await
}

async fn unique(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("{table}_once")).table(table).unique();
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}
