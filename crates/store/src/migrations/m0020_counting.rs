//! Events that are over are counted to the second. An import that could not be undone says why, and
//! one that can be does not look through whole tables for each person that it takes back.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::ConnectionTrait};

use super::parts::{add_column, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Those shorter than half a minute were taken for not held: they are counted anew.
        let nothing = Query::delete()
            .from_table("tally")
            .and_where(Expr::col("seconds").eq(0))
            .to_owned();
        manager.get_connection().execute(&nothing).await?;
        // JSON: in words, by language.
        add_column(manager, "import", text_null("obstacles")).await?;
        for (table, column) in SEARCHED {
            index(manager, table, &[column]).await?;
        }
        Ok(())
    }
}

/// Deleting a row asks each table whether it refers to it, and the counting asks what has happened of
/// late: tables that grow with the years answer by an index.
const SEARCHED: [(&str, &str); 18] = [
    ("certificate", "issued_by"),
    ("certificate", "revoked_by"),
    ("connection", "left_at"),
    ("employment", "position_code"),
    ("event_role", "confirmed_by"),
    ("letter", "person_id"),
    ("material", "added_by"),
    ("presence_confirmation", "at"),
    ("presence_correction", "at"),
    ("presence_correction", "person_id"),
    ("presence_match", "at"),
    ("presence_match", "person_id"),
    ("professional_development", "created_by"),
    ("professional_development", "verified_by"),
    ("registration", "decided_by"),
    ("room", "ended_at"),
    ("session", "account_id"),
    ("tally", "counted_at"),
];
