//! What is said beside a period's figures; evidence of actual values beside that of checkpoints.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, TransactionTrait},
};

use super::parts::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        remarks(manager).await?;
        // Within a transaction all of it is one connection's work: another one of the pool would
        // still see the table that is gone.
        let whole = manager.get_connection().begin().await?;
        evidence(&SchemaManager::new(&whole)).await?;
        whole.commit().await
    }
}

async fn remarks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "project_remark";
    manager
        .create_table(
            Table::create()
                .table(TABLE)
                .col(uuid("id").primary_key())
                .col(uuid("project_id"))
                .col(integer("year"))
                .col(integer("quarter"))
                // Indicator, checkpoint or budget, and which: its number in the passport.
                .col(string("subject"))
                .col(string("number"))
                .col(text("cause"))
                .col(text("corrective_action"))
                .col(text("forecast"))
                .col(integer("version"))
                .col(uuid("edited_by"))
                .col(timestamp_with_time_zone("edited_at"))
                .foreign_key(&mut reference(TABLE, "project_id", "project"))
                .foreign_key(&mut reference(TABLE, "edited_by", "person"))
                .to_owned(),
        )
        .await?;
    let of = ["project_id", "year", "quarter", "subject", "number"];
    let mut once = Index::create();
    once.name(format!("{TABLE}_{}", of.join("_")))
        .table(TABLE)
        .unique();
    for column in of {
        once.col(column);
    }
    manager.create_index(once).await
}

/// A piece of evidence is of a checkpoint or of an actual value. SQLite cannot make a column
/// optional, so the table is written anew; nothing refers to it.
async fn evidence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "project_evidence";
    const KEPT: [&str; 12] = [
        "id",
        "project_id",
        "checkpoint",
        "kind",
        "text",
        "event_id",
        "file_hash",
        "indicator",
        "year",
        "quarter",
        "added_by",
        "added_at",
    ];
    manager
        .create_table(
            Table::create()
                .table(TABLE)
                .col(uuid("id").primary_key())
                .col(uuid("project_id"))
                // Of what it is: a checkpoint's number in the passport, or an indicator's value in a
                // quarter.
                .col(string_null("checkpoint"))
                .col(integer_null("value_ordinal"))
                .col(integer_null("value_year"))
                .col(integer_null("value_quarter"))
                .col(string("kind"))
                // What is said, or a document's name.
                .col(text("text"))
                .col(uuid_null("event_id"))
                .col(string_null("file_hash"))
                .col(integer_null("indicator"))
                .col(integer_null("year"))
                .col(integer_null("quarter"))
                .col(uuid("added_by"))
                .col(timestamp_with_time_zone("added_at"))
                .foreign_key(&mut reference(TABLE, "project_id", "project"))
                .foreign_key(&mut reference(TABLE, "event_id", "event"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_project_evidence_file_hash")
                        .from(TABLE, "file_hash")
                        .to("file", "hash"),
                )
                .foreign_key(&mut reference(TABLE, "added_by", "person"))
                .to_owned(),
        )
        .await?;
    let copy = Query::insert()
        .into_table(TABLE)
        .columns(KEPT)
        .select_from(
            Query::select()
                .columns(KEPT)
                .from("checkpoint_evidence")
                .to_owned(),
        )
        .map_err(|error| DbErr::Migration(error.to_string()))?
        .to_owned();
    manager.get_connection().execute(&copy).await?;
    manager
        .drop_table(Table::drop().table("checkpoint_evidence").to_owned())
        .await?;
    index(manager, TABLE, &["project_id"]).await?;
    index(manager, TABLE, &["file_hash"]).await
}
