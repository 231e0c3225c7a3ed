//! Indicators of the installation's own, and values that are entered for them.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::reference;

const VALUES: &str = "own_indicator_value";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("own_indicator")
                    .col(uuid("id").primary_key())
                    .col(text("name"))
                    .col(text("source"))
                    .col(integer("version"))
                    .col(uuid("created_by"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .foreign_key(&mut reference("own_indicator", "created_by", "person"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(VALUES)
                    .col(uuid("id").primary_key())
                    .col(uuid("indicator_id"))
                    .col(integer("year"))
                    .col(integer("quarter"))
                    .col(integer("revision"))
                    .col(big_integer("value"))
                    .col(text("evidence"))
                    .col(text("reason"))
                    .col(uuid("entered_by"))
                    .col(timestamp_with_time_zone("entered_at"))
                    .foreign_key(&mut reference(VALUES, "indicator_id", "own_indicator"))
                    .foreign_key(&mut reference(VALUES, "entered_by", "person"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_own_indicator_value_place")
                    .table(VALUES)
                    .col("indicator_id")
                    .col("year")
                    .col("quarter")
                    .col("revision")
                    .unique()
                    .to_owned(),
            )
            .await
    }
}
