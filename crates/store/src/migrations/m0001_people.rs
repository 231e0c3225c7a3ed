//! Institutions, people, employments, accounts, grants, guests and sessions.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("institution")
                    .col(uuid("id").primary_key())
                    .col(string("name"))
                    .col(string("short_name"))
                    .col(string("kind"))
                    .col(string("address").default(""))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("position")
                    .col(string("code").primary_key())
                    .col(string("name_ru"))
                    .col(string("name_en"))
                    .col(string("position_group"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("person")
                    .col(uuid("id").primary_key())
                    .col(string("family_name"))
                    .col(string("given_name"))
                    .col(string("patronymic").default(""))
                    // Lower case, spaces folded: what a search or a duplicate check compares.
                    .col(string("search_name"))
                    .col(string_null("email").unique_key())
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("person_search_name")
                    .table("person")
                    .col("search_name")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("employment")
                    .col(uuid("id").primary_key())
                    .col(uuid("person_id"))
                    .col(uuid("institution_id"))
                    .col(string("position_code"))
                    .col(boolean("is_main"))
                    .col(date("from_date"))
                    .col(date_null("to_date"))
                    .foreign_key(&mut reference("employment", "person_id", "person"))
                    .foreign_key(&mut reference(
                        "employment",
                        "institution_id",
                        "institution",
                    ))
                    .foreign_key(&mut reference("employment", "position_code", "position"))
                    .to_owned(),
            )
            .await?;
        for column in ["person_id", "institution_id"] {
            manager
                .create_index(
                    Index::create()
                        .name(format!("employment_{column}"))
                        .table("employment")
                        .col(column)
                        .to_owned(),
                )
                .await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("account")
                    .col(uuid("id").primary_key())
                    .col(uuid("person_id").unique_key())
                    .col(string("login").unique_key())
                    .col(string_null("password_hash"))
                    .col(string("locale").default("ru"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("disabled_at"))
                    .foreign_key(&mut reference("account", "person_id", "person"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("role_grant")
                    .col(uuid("id").primary_key())
                    .col(uuid("person_id"))
                    .col(string("role"))
                    .col(string("scope_kind"))
                    .col(uuid_null("scope_id"))
                    .col(uuid_null("granted_by"))
                    .col(timestamp_with_time_zone("granted_at"))
                    .foreign_key(&mut reference("role_grant", "person_id", "person"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("role_grant_person_id")
                    .table("role_grant")
                    .col("person_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("guest")
                    .col(uuid("id").primary_key())
                    .col(string("name"))
                    .col(string("consent_version"))
                    .col(timestamp_with_time_zone("consent_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("session")
                    .col(uuid("id").primary_key())
                    // SHA-256 of the cookie in hex: a stolen database opens no session.
                    .col(string("token_hash").unique_key())
                    .col(uuid_null("account_id"))
                    .col(uuid_null("guest_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(string("user_agent"))
                    .check(Expr::cust("(account_id IS NULL) <> (guest_id IS NULL)"))
                    .foreign_key(&mut reference("session", "account_id", "account"))
                    .foreign_key(&mut reference("session", "guest_id", "guest"))
                    .to_owned(),
            )
            .await
    }
}
