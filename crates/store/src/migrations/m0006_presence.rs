//! Presence: when connections were last seen, room kits, confirmations, corrections, checks.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{add_column, index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The last sign of life of an open connection.
        add_column(
            manager,
            "connection",
            timestamp_with_time_zone_null("seen_at"),
        )
        .await?;
        // The room kit that sits there; its seat's guest is the kit's own.
        add_column(manager, "seat", uuid_null("kit_id")).await?;
        kits(manager).await?;
        people(manager).await?;
        checks(manager).await
    }
}

async fn kits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("kit")
                .col(uuid("id").primary_key())
                .col(uuid("institution_id"))
                .col(string("name"))
                // Which room of the building: «Кабинет 12».
                .col(string("place"))
                // Under which it sits in rooms.
                .col(uuid("guest_id").unique_key())
                // Signs the codes on its screen; hex.
                .col(string("secret"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("archived_at"))
                .col(integer("version").default(1))
                .foreign_key(&mut reference("kit", "institution_id", "institution"))
                .foreign_key(&mut reference("kit", "guest_id", "guest"))
                .to_owned(),
        )
        .await?;
    index(manager, "kit", &["institution_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("kit_device")
                .col(uuid("id").primary_key())
                .col(uuid("kit_id"))
                // SHA-256 of the cookie, hex.
                .col(string("token_hash").unique_key())
                .col(string("user_agent"))
                .col(timestamp_with_time_zone("paired_at"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .foreign_key(&mut reference("kit_device", "kit_id", "kit"))
                .to_owned(),
        )
        .await?;
    index(manager, "kit_device", &["kit_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("kit_pairing")
                .col(uuid("id").primary_key())
                .col(uuid("kit_id"))
                .col(string("code_hash").unique_key())
                .col(uuid("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                // Used, or replaced by a newer code.
                .col(timestamp_with_time_zone_null("closed_at"))
                .foreign_key(&mut reference("kit_pairing", "kit_id", "kit"))
                .foreign_key(&mut reference("kit_pairing", "created_by", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "kit_pairing", &["kit_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("event_kit")
                .col(uuid("event_id"))
                .col(uuid("kit_id"))
                // Names the pair in the codes on the kit's screen; 16 hex digits.
                .col(string("code").unique_key())
                .primary_key(Index::create().col("event_id").col("kit_id"))
                .foreign_key(&mut reference("event_kit", "event_id", "event"))
                .foreign_key(&mut reference("event_kit", "kit_id", "kit"))
                .to_owned(),
        )
        .await?;
    index(manager, "event_kit", &["kit_id"]).await
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("presence_confirmation")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(uuid("kit_id"))
                .col(uuid("person_id"))
                // code, slip or list.
                .col(string("way"))
                .col(timestamp_with_time_zone("at"))
                // Who put them on the list.
                .col(uuid_null("by_id"))
                .foreign_key(&mut reference("presence_confirmation", "event_id", "event"))
                .foreign_key(&mut reference("presence_confirmation", "kit_id", "kit"))
                .foreign_key(&mut reference(
                    "presence_confirmation",
                    "person_id",
                    "person",
                ))
                .to_owned(),
        )
        .await?;
    index(manager, "presence_confirmation", &["event_id"]).await?;
    index(manager, "presence_confirmation", &["person_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("presence_correction")
                .col(uuid("id").primary_key())
                .col(uuid("event_id"))
                .col(uuid("person_id"))
                .col(integer("minutes"))
                .col(text("reason"))
                .col(uuid("by_id"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut reference("presence_correction", "event_id", "event"))
                .foreign_key(&mut reference("presence_correction", "person_id", "person"))
                .foreign_key(&mut reference("presence_correction", "by_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "presence_correction", &["event_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("presence_match")
                // A guest's seat.
                .col(uuid("seat_id").primary_key())
                .col(uuid("person_id"))
                .col(uuid("by_id"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut reference("presence_match", "seat_id", "seat"))
                .foreign_key(&mut reference("presence_match", "person_id", "person"))
                .to_owned(),
        )
        .await
}

async fn checks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("presence_check")
                .col(uuid("id").primary_key())
                .col(uuid("room_id"))
                .col(uuid("asked_by"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone("until"))
                .foreign_key(&mut reference("presence_check", "room_id", "room"))
                .foreign_key(&mut reference("presence_check", "asked_by", "seat"))
                .to_owned(),
        )
        .await?;
    index(manager, "presence_check", &["room_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("presence_answer")
                .col(uuid("check_id"))
                .col(uuid("seat_id"))
                .col(timestamp_with_time_zone("at"))
                .primary_key(Index::create().col("check_id").col("seat_id"))
                .foreign_key(&mut reference(
                    "presence_answer",
                    "check_id",
                    "presence_check",
                ))
                .foreign_key(&mut reference("presence_answer", "seat_id", "seat"))
                .to_owned(),
        )
        .await
}
