//! Erasures of people's data: who, by whom, when and why.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reference = |column: &'static str| {
            ForeignKey::create()
                .name(format!("fk_erasure_{column}"))
                .from("erasure", column)
                .to("person", "id")
                .to_owned()
        };
        manager
            .create_table(
                Table::create()
                    .table("erasure")
                    .col(uuid("person_id").primary_key())
                    .col(uuid("by_id"))
                    .col(text("reason"))
                    .col(timestamp_with_time_zone("erased_at"))
                    .foreign_key(&mut reference("person_id"))
                    .foreign_key(&mut reference("by_id"))
                    .to_owned(),
            )
            .await
    }
}
