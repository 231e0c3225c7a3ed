//! Associations; what an event is about and who does what in it; its programme, series,
//! materials; rooms for its sections; calendar feeds.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{add_column, index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        associations(manager).await?;
        series(manager).await?;
        events(manager).await?;
        rooms(manager).await?;
        roles(manager).await?;
        programme(manager).await?;
        materials(manager).await?;
        feeds(manager).await
    }
}

async fn associations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("association")
                .col(uuid("id").primary_key())
                .col(string("name"))
                .col(string("subject").default(""))
                .col(string("level").default(""))
                .col(uuid_null("head_id"))
                .col(uuid_null("curator_id"))
                .col(uuid_null("stand_in_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(timestamp_with_time_zone_null("archived_at"))
                .foreign_key(&mut reference("association", "head_id", "person"))
                .foreign_key(&mut reference("association", "curator_id", "person"))
                .foreign_key(&mut reference("association", "stand_in_id", "person"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("association_member")
                .col(uuid("association_id"))
                .col(uuid("person_id"))
                .col(date("since"))
                .col(date_null("until"))
                .primary_key(Index::create().col("association_id").col("person_id"))
                .foreign_key(&mut reference(
                    "association_member",
                    "association_id",
                    "association",
                ))
                .foreign_key(&mut reference("association_member", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "association_member", &["person_id"]).await
}

async fn series(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("event_series")
                .col(uuid("id").primary_key())
                // RFC 5545, without the name of the property.
                .col(text("rule"))
                // The first date's wall clock in `timezone`: 2026-09-01T16:00:00.
                .col(string("starts_local"))
                .col(string("timezone"))
                .col(integer("minutes"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // One column a statement: SQLite takes no more.
    for column in [
        text("description").default("").to_owned(),
        string("audience").default("invited").to_owned(),
        string("level").default("city").to_owned(),
        string_null("subject"),
        uuid_null("association_id")
            .extra("REFERENCES association (id)")
            .to_owned(),
        uuid_null("institution_id")
            .extra("REFERENCES institution (id)")
            .to_owned(),
        uuid_null("series_id")
            .extra("REFERENCES event_series (id)")
            .to_owned(),
        // The date that the rule gave: it names this one of the series wherever it is moved.
        timestamp_with_time_zone_null("series_at"),
        // Counts changes for calendars (RFC 5545, SEQUENCE).
        integer("sequence").default(0).to_owned(),
    ] {
        add_column(manager, "event", column).await?;
    }
    for columns in [
        ["association_id", "starts_at"],
        ["institution_id", "starts_at"],
        ["series_id", "series_at"],
    ] {
        index(manager, "event", &columns).await?;
    }
    Ok(())
}

async fn rooms(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // Empty in the main room, which bears the event's title.
    add_column(manager, "room", string("title").default("").to_owned()).await?;
    // 0 is the main room.
    add_column(manager, "room", integer("ordinal").default(0).to_owned()).await
}

async fn roles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("event_role")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(uuid("person_id"))
                .col(string("role"))
                .col(text("topic").default(""))
                .col(uuid_null("confirmed_by"))
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference("event_role", "event_id", "event"))
                .foreign_key(&mut reference("event_role", "person_id", "person"))
                .foreign_key(&mut reference("event_role", "confirmed_by", "person"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("event_role_event_person_role")
                .table("event_role")
                .col("event_id")
                .col("person_id")
                .col("role")
                .unique()
                .to_owned(),
        )
        .await?;
    index(manager, "event_role", &["person_id"]).await
}

async fn programme(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("programme_item")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                // Null where the whole event meets.
                .col(uuid_null("room_id"))
                .col(integer("ordinal"))
                .col(string("kind"))
                .col(string("title"))
                .col(timestamp_with_time_zone("starts_at"))
                .col(integer("minutes"))
                .col(text("description").default(""))
                .foreign_key(&mut reference("programme_item", "event_id", "event"))
                .foreign_key(&mut reference("programme_item", "room_id", "room"))
                .to_owned(),
        )
        .await?;
    index(manager, "programme_item", &["event_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("programme_speaker")
                .col(uuid("item_id"))
                .col(uuid("person_id"))
                .col(integer("ordinal").default(0))
                .primary_key(Index::create().col("item_id").col("person_id"))
                .foreign_key(&mut reference(
                    "programme_speaker",
                    "item_id",
                    "programme_item",
                ))
                .foreign_key(&mut reference("programme_speaker", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "programme_speaker", &["person_id"]).await
}

async fn materials(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("file")
                // SHA-256 of the contents, in hexadecimal; also their name on disk.
                .col(string("hash").primary_key())
                .col(big_integer("size"))
                // Told from the contents, never from what the sender said.
                .col(string("content_type"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("material")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(string("name"))
                .col(string("file_hash"))
                .col(uuid("added_by"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference("material", "event_id", "event"))
                .foreign_key(&mut reference("material", "added_by", "person"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_material_file_hash")
                        .from("material", "file_hash")
                        .to("file", "hash"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "material", &["event_id"]).await?;
    index(manager, "material", &["file_hash"]).await
}

async fn feeds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("calendar_feed")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                // Null for the person's own events.
                .col(uuid_null("association_id"))
                .col(string("token_hash").unique_key())
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference("calendar_feed", "person_id", "person"))
                .foreign_key(&mut reference(
                    "calendar_feed",
                    "association_id",
                    "association",
                ))
                .to_owned(),
        )
        .await?;
    index(manager, "calendar_feed", &["person_id"]).await
}
