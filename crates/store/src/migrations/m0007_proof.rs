//! Background jobs; certificates with the letterhead they are given out under; minutes and the
//! tasks that follow from them.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        jobs(manager).await?;
        letterheads(manager).await?;
        certificates(manager).await?;
        minutes(manager).await?;
        tasks(manager).await
    }
}

async fn jobs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("job")
                .col(uuid("id").primary_key())
                .col(string("kind"))
                // Of the payload: a job queued before an upgrade is understood after it.
                .col(integer("version"))
                .col(text("payload"))
                .col(string("state"))
                .col(integer("progress").default(0))
                .col(integer("total").default(0))
                .col(integer("attempts").default(0))
                .col(timestamp_with_time_zone("run_at"))
                .col(text_null("error"))
                .col(uuid_null("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("finished_at"))
                .foreign_key(&mut reference("job", "created_by", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "job", &["state", "run_at"]).await
}

async fn letterheads(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("letterhead")
                .col(uuid("id").primary_key())
                .col(string("organisation"))
                .col(string("signer_position"))
                .col(string("signer_name"))
                // Pictures in base64: both databases and backups carry text.
                .col(text_null("arms"))
                .col(text_null("signature"))
                .col(uuid_null("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference("letterhead", "created_by", "person"))
                .to_owned(),
        )
        .await
}

async fn certificates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("number_sequence")
                .col(string("name").primary_key())
                .col(big_integer("last"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("certificate")
                .col(uuid("id").primary_key())
                .col(string("number").unique_key())
                // What the public address of its verification ends with.
                .col(string("code").unique_key())
                .col(uuid("event_id"))
                .col(uuid("person_id"))
                // From here on as it was printed, whatever changes in the registers.
                .col(string("name"))
                .col(string("role"))
                .col(text("topic"))
                .col(string("kind"))
                .col(string("title"))
                .col(date("held_on"))
                .col(string("level"))
                .col(integer("minutes"))
                .col(integer("hours"))
                .col(string("locale"))
                .col(uuid("letterhead_id"))
                .col(timestamp_with_time_zone("issued_at"))
                .col(uuid("issued_by"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .col(uuid_null("revoked_by"))
                .col(text_null("reason"))
                .foreign_key(&mut reference("certificate", "event_id", "event"))
                .foreign_key(&mut reference("certificate", "person_id", "person"))
                .foreign_key(&mut reference("certificate", "letterhead_id", "letterhead"))
                .foreign_key(&mut reference("certificate", "issued_by", "person"))
                .foreign_key(&mut reference("certificate", "revoked_by", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "certificate", &["person_id"]).await?;
    // One valid certificate for one part in one event, however often it is asked for. SeaORM has no
    // words for a partial index; both databases understand these.
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX certificate_event_person_role \
             ON certificate (event_id, person_id, role) WHERE revoked_at IS NULL",
        )
        .await
        .map(drop)
}

async fn minutes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("minutes")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(integer("version"))
                .col(string("number"))
                .col(string("state"))
                .col(text("body"))
                .col(uuid("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(timestamp_with_time_zone_null("signed_at"))
                .col(uuid_null("signed_by"))
                .foreign_key(&mut reference("minutes", "event_id", "event"))
                .foreign_key(&mut reference("minutes", "created_by", "person"))
                .foreign_key(&mut reference("minutes", "signed_by", "person"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("minutes_event_version")
                .table("minutes")
                .col("event_id")
                .col("version")
                .unique()
                .to_owned(),
        )
        .await
}

async fn tasks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("task")
                // The decision's own id: a corrected decision finds its task.
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(uuid_null("association_id"))
                .col(text("text"))
                .col(uuid_null("assignee_id"))
                .col(string("assignee"))
                .col(date_null("due"))
                .col(string("state"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(timestamp_with_time_zone_null("done_at"))
                .col(uuid_null("done_by"))
                .foreign_key(&mut reference("task", "event_id", "event"))
                .foreign_key(&mut reference("task", "association_id", "association"))
                .foreign_key(&mut reference("task", "assignee_id", "person"))
                .foreign_key(&mut reference("task", "done_by", "person"))
                .to_owned(),
        )
        .await?;
    for columns in [
        ["assignee_id", "state"].as_slice(),
        &["association_id", "state"],
        &["event_id"],
    ] {
        index(manager, "task", columns).await?;
    }
    Ok(())
}
