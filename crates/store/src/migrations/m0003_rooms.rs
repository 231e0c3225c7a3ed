//! Events, their rooms, seats, chat, and the connections that the media server reports.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        events(manager).await?;
        rooms(manager).await?;
        seats(manager).await?;
        chat(manager).await?;
        media(manager).await
    }
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("event")
                .col(uuid("id").primary_key())
                .col(string("title"))
                .col(string("kind"))
                .col(timestamp_with_time_zone("starts_at"))
                .col(timestamp_with_time_zone("ends_at"))
                .col(string("timezone"))
                .col(uuid("organiser_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(timestamp_with_time_zone_null("cancelled_at"))
                .foreign_key(&mut reference("event", "organiser_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "event", &["organiser_id"]).await?;
    index(manager, "event", &["starts_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("invitee")
                .col(uuid("event_id"))
                .col(uuid("person_id"))
                .primary_key(Index::create().col("event_id").col("person_id"))
                .foreign_key(&mut reference("invitee", "event_id", "event"))
                .foreign_key(&mut reference("invitee", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "invitee", &["person_id"]).await
}

async fn rooms(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("room")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(string("code").unique_key())
                .col(boolean("locked").default(false))
                .col(string("lobby"))
                .col(boolean("guests_allowed"))
                .col(boolean("allow_unmute"))
                .col(boolean("allow_video"))
                .col(boolean("allow_share"))
                .col(boolean("allow_chat"))
                // People connected at once.
                .col(integer("capacity"))
                .col(timestamp_with_time_zone_null("started_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                // Since when nobody has been connected; null while somebody is.
                .col(timestamp_with_time_zone_null("empty_since"))
                // The last numbers given out: the order of chat and of hands.
                .col(big_integer("chat_seq").default(0))
                .col(big_integer("hand_seq").default(0))
                .foreign_key(&mut reference("room", "event_id", "event"))
                .to_owned(),
        )
        .await?;
    index(manager, "room", &["event_id"]).await
}

async fn seats(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("seat")
                .col(uuid("id").primary_key())
                .col(uuid("room_id"))
                .col(uuid_null("person_id"))
                .col(uuid_null("guest_id"))
                .col(string("name"))
                .col(string("role"))
                .col(string("status"))
                .col(timestamp_with_time_zone("status_at"))
                // Null follows the room's policy.
                .col(boolean_null("allow_unmute"))
                .col(boolean_null("allow_video"))
                .col(boolean_null("allow_share"))
                .col(boolean_null("allow_chat"))
                .col(timestamp_with_time_zone_null("hand_raised_at"))
                .col(big_integer_null("hand_seq"))
                .col(timestamp_with_time_zone("created_at"))
                .check(Expr::cust("(person_id IS NULL) <> (guest_id IS NULL)"))
                .foreign_key(&mut reference("seat", "room_id", "room"))
                .foreign_key(&mut reference("seat", "person_id", "person"))
                .foreign_key(&mut reference("seat", "guest_id", "guest"))
                .to_owned(),
        )
        .await?;
    // One seat each, however many tabs are opened at once. Nulls do not collide.
    for column in ["person_id", "guest_id"] {
        manager
            .create_index(
                Index::create()
                    .name(format!("seat_room_{column}"))
                    .table("seat")
                    .col("room_id")
                    .col(column)
                    .unique()
                    .to_owned(),
            )
            .await?;
    }
    index(manager, "seat", &["person_id"]).await?;
    index(manager, "seat", &["guest_id"]).await
}

async fn chat(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("chat_message")
                .col(uuid("id").primary_key())
                .col(uuid("room_id"))
                .col(big_integer("seq"))
                .col(uuid("seat_id"))
                // As it was when the message was sent.
                .col(string("name"))
                // Emptied when removed; the row stays, so that numbers have no holes.
                .col(text("body"))
                // The client's own: sending twice stores once.
                .col(string("key"))
                .col(timestamp_with_time_zone("sent_at"))
                .col(timestamp_with_time_zone_null("removed_at"))
                .col(uuid_null("removed_by"))
                .foreign_key(&mut reference("chat_message", "room_id", "room"))
                .foreign_key(&mut reference("chat_message", "seat_id", "seat"))
                .to_owned(),
        )
        .await?;
    for (name, columns) in [
        ("chat_message_room_seq", ["room_id", "seq"]),
        ("chat_message_seat_key", ["seat_id", "key"]),
    ] {
        let mut unique = Index::create();
        unique.name(name).table("chat_message").unique();
        for column in columns {
            unique.col(column);
        }
        manager.create_index(unique).await?;
    }
    Ok(())
}

async fn media(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("connection")
                // The media server's participant id: a new one at every join.
                .col(string("id").primary_key())
                .col(uuid("room_id"))
                .col(uuid("seat_id"))
                // The media server's room id; empty when it was not told.
                .col(string("media_room"))
                // Null when only the leaving was heard of.
                .col(timestamp_with_time_zone_null("joined_at"))
                .col(timestamp_with_time_zone_null("left_at"))
                .foreign_key(&mut reference("connection", "room_id", "room"))
                .foreign_key(&mut reference("connection", "seat_id", "seat"))
                .to_owned(),
        )
        .await?;
    index(manager, "connection", &["room_id", "left_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("webhook_delivery")
                .col(string("id").primary_key())
                .col(timestamp_with_time_zone("received_at"))
                .to_owned(),
        )
        .await
}
