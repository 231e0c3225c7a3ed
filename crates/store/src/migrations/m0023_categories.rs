//! Qualification categories of people, and from when to when a position may be given.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{add_column, index, reference};

const CATEGORIES: &str = "qualification_category";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["from_date", "until_date"] {
            add_column(manager, "position", date_null(column)).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table(CATEGORIES)
                    .col(uuid("id").primary_key())
                    .col(uuid("person_id"))
                    .col(string("category"))
                    .col(date("from_date"))
                    .col(date_null("until_date"))
                    .foreign_key(&mut reference(CATEGORIES, "person_id", "person"))
                    .to_owned(),
            )
            .await?;
        index(manager, CATEGORIES, &["person_id"]).await
    }
}
