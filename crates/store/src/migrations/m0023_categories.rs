//! Qualification categories of people, and from when to when a position may be given.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["from_date", "until_date"] {
            manager
                .alter_table(
                    Table::alter()
                        .table("position")
                        .add_column(date_null(column))
                        .to_owned(),
                )
                .await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("qualification_category")
                    .col(uuid("id").primary_key())
                    .col(uuid("person_id"))
                    .col(string("category"))
                    .col(date("from_date"))
                    .col(date_null("until_date"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk_qualification_category_person")
                            .from("qualification_category", "person_id")
                            .to("person", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx_qualification_category_person")
                    .table("qualification_category")
                    .col("person_id")
                    .to_owned(),
            )
            .await
    }
}
