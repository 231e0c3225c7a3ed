//! Webinars: how a room is held and since when it is live, who is on its stage; secretaries in
//! rooms; the running order with its timer.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::add_column;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_column(
            manager,
            "room",
            string("mode").default("meeting").to_owned(),
        )
        .await?;
        // When the listeners were let in; null while there is only a back stage, and in meetings.
        add_column(manager, "room", timestamp_with_time_zone_null("live_at")).await?;
        add_column(manager, "seat", string("stage").default("off").to_owned()).await?;
        add_column(
            manager,
            "seat",
            boolean("secretary").default(false).to_owned(),
        )
        .await?;
        manager
            .create_table(
                Table::create()
                    .table("running_order")
                    // What is now in a room; no row where nothing is.
                    .col(uuid("room_id").primary_key())
                    // An item of the programme. No reference: a programme is written anew as a
                    // whole, under the same ids.
                    .col(uuid_null("item_id"))
                    // Moves on with every pause.
                    .col(timestamp_with_time_zone("started_at"))
                    .col(integer("minutes"))
                    .col(timestamp_with_time_zone_null("paused_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk_running_order_room_id")
                            .from("running_order", "room_id")
                            .to("room", "id"),
                    )
                    .to_owned(),
            )
            .await
    }
}
