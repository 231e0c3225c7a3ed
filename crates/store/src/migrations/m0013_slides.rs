//! Decks of slides, the notes to their pages, and what a room shows now.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        decks(manager).await?;
        notes(manager).await?;
        showings(manager).await
    }
}

async fn decks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("deck")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(string("name"))
                // What was given.
                .col(string("source_hash"))
                // The PDF that is shown; null until there is one.
                .col(string_null("file_hash"))
                .col(integer("pages").default(0))
                .col(string("state"))
                // Code of why it could not be made a PDF.
                .col(string_null("problem"))
                // Who gave it: somebody with an account, or a seat of the event's rooms.
                .col(uuid_null("person_id"))
                .col(uuid_null("seat_id"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference("deck", "event_id", "event"))
                .foreign_key(&mut reference("deck", "source_hash", "file"))
                .foreign_key(&mut reference("deck", "file_hash", "file"))
                .foreign_key(&mut reference("deck", "person_id", "person"))
                .foreign_key(&mut reference("deck", "seat_id", "seat"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("deck_event_id")
                .table("deck")
                .col("event_id")
                .to_owned(),
        )
        .await
}

async fn notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("deck_note")
                .col(uuid("deck_id"))
                // From 1.
                .col(integer("page"))
                .col(text("body"))
                .primary_key(Index::create().col("deck_id").col("page"))
                .foreign_key(&mut reference("deck_note", "deck_id", "deck"))
                .to_owned(),
        )
        .await
}

async fn showings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("showing")
                // One at a time.
                .col(uuid("room_id").primary_key())
                .col(uuid("deck_id"))
                // From 1.
                .col(integer("page"))
                // Who leads.
                .col(uuid("seat_id"))
                .foreign_key(&mut reference("showing", "room_id", "room"))
                .foreign_key(&mut reference("showing", "deck_id", "deck"))
                .foreign_key(&mut reference("showing", "seat_id", "seat"))
                .to_owned(),
        )
        .await
}
