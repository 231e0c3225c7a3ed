//! Invitations by rule and what people answered, registration with a waiting list, notices.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        invitee_groups(manager).await?;
        registrations(manager).await?;
        notices(manager).await
    }
}

async fn invitee_groups(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("invitee_group")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                // institution, association, position, subject
                .col(string("kind"))
                // An id, the code of a position, or a subject.
                .col(string("target"))
                .col(uuid("invited_by"))
                .col(timestamp_with_time_zone("invited_at"))
                .foreign_key(&mut reference("invitee_group", "event_id", "event"))
                .foreign_key(&mut reference("invitee_group", "invited_by", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "invitee_group", &["event_id"]).await?;
    // SQLite adds one column at a time, and no foreign key with it.
    for column in [
        uuid_null("group_id"),
        string_null("answer"),
        timestamp_with_time_zone_null("answered_at"),
    ] {
        manager
            .alter_table(
                Table::alter()
                    .table("invitee")
                    .add_column(column)
                    .to_owned(),
            )
            .await?;
    }
    Ok(())
}

async fn registrations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("registration_form")
                .col(uuid("event_id").primary_key())
                .col(text("questions"))
                .col(integer_null("seats"))
                .col(timestamp_with_time_zone_null("deadline"))
                .col(boolean("approval"))
                // The last number given out in the queue.
                .col(big_integer("last_place").default(0))
                .foreign_key(&mut reference("registration_form", "event_id", "event"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("registration")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(uuid_null("person_id"))
                .col(string("name"))
                // Of a guest.
                .col(string_null("email"))
                // What the address of a guest's own page ends with.
                .col(string_null("code").unique_key())
                .col(string("locale"))
                .col(text("answers"))
                .col(string("state"))
                .col(big_integer("place"))
                .col(string_null("consent_version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(uuid_null("decided_by"))
                .foreign_key(&mut reference("registration", "event_id", "event"))
                .foreign_key(&mut reference("registration", "person_id", "person"))
                .foreign_key(&mut reference("registration", "decided_by", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "registration", &["person_id"]).await?;
    // One registration for each person and each address. Both databases take nulls for different.
    for (name, column) in [
        ("registration_event_person", "person_id"),
        ("registration_event_email", "email"),
    ] {
        manager
            .create_index(
                Index::create()
                    .name(name)
                    .table("registration")
                    .col("event_id")
                    .col(column)
                    .unique()
                    .to_owned(),
            )
            .await?;
    }
    Ok(())
}

async fn notices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("notice")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(uuid("event_id"))
                .col(string("kind"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("read_at"))
                .foreign_key(&mut reference("notice", "person_id", "person"))
                .foreign_key(&mut reference("notice", "event_id", "event"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("notice_person_event_kind")
                .table("notice")
                .col("person_id")
                .col("event_id")
                .col("kind")
                .unique()
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("reminder")
                .col(uuid("event_id"))
                .col(string("kind"))
                .col(timestamp_with_time_zone("settled_at"))
                .primary_key(Index::create().col("event_id").col("kind"))
                .foreign_key(&mut reference("reminder", "event_id", "event"))
                .to_owned(),
        )
        .await
}
