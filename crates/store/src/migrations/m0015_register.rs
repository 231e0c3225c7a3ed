//! The register that indicators are counted from: documents of professional development, leaves,
//! legal entities and their buildings, equipment of room kits with its tests, teacher-leaders,
//! attendance of events that are over, and the figures that were signed.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{add_column, index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        institutions(manager).await?;
        documents(manager).await?;
        people(manager).await?;
        kits(manager).await?;
        attendance(manager).await?;
        signatures(manager).await
    }
}

async fn institutions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_column(manager, "institution", boolean("municipal").default(true)).await?;
    // The legal entity whose building this is; null for a legal entity.
    add_column(manager, "institution", uuid_null("building_of")).await
}

async fn documents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("professional_development")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(string("kind"))
                .col(string_null("series"))
                .col(string("blank_number"))
                .col(string("registration"))
                .col(string("issuer"))
                .col(date("issued_on"))
                // Databases disagree about three years after 29 February: the rule decides.
                .col(date("valid_until"))
                .col(string("programme"))
                .col(string("programme_kind"))
                .col(integer("hours"))
                .col(date_null("training_start"))
                .col(date_null("training_end"))
                .col(string("form"))
                .col(string("funding"))
                .col(string("register_status"))
                // The natural key, folded: what two spellings of one document have in common.
                .col(string("registration_key"))
                .col(string("issuer_key"))
                .col(uuid_null("verified_by"))
                .col(timestamp_with_time_zone_null("verified_at"))
                .col(uuid_null("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(integer("version").default(1))
                .foreign_key(&mut reference(
                    "professional_development",
                    "person_id",
                    "person",
                ))
                .foreign_key(&mut reference(
                    "professional_development",
                    "verified_by",
                    "person",
                ))
                .foreign_key(&mut reference(
                    "professional_development",
                    "created_by",
                    "person",
                ))
                .to_owned(),
        )
        .await?;
    index(
        manager,
        "professional_development",
        &["person_id", "valid_until"],
    )
    .await?;
    manager
        .create_index(
            Index::create()
                .name("professional_development_natural_key")
                .table("professional_development")
                .col("registration_key")
                .col("issuer_key")
                .col("issued_on")
                .unique()
                .to_owned(),
        )
        .await
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("employment_leave")
                .col(uuid("id").primary_key())
                .col(uuid("employment_id"))
                .col(string("kind"))
                .col(date("from_date"))
                .col(date_null("to_date"))
                .foreign_key(
                    reference("employment_leave", "employment_id", "employment")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "employment_leave", &["employment_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("teacher_leader")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(string("contest"))
                .col(string("award"))
                .col(date("since"))
                .foreign_key(&mut reference("teacher_leader", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "teacher_leader", &["person_id"]).await
}

async fn kits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in [
        "has_camera",
        "has_speakerphone",
        "has_computer",
        "has_channel",
    ] {
        add_column(manager, "kit", boolean(column).default(false)).await?;
    }
    add_column(manager, "kit", string("inventory_number").default("")).await?;
    manager
        .create_table(
            Table::create()
                .table("kit_status")
                .col(uuid("id").primary_key())
                .col(uuid("kit_id"))
                .col(date("since"))
                .col(string("status"))
                .col(string("note"))
                .col(uuid_null("by_id"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference("kit_status", "kit_id", "kit"))
                .foreign_key(&mut reference("kit_status", "by_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "kit_status", &["kit_id", "since"]).await?;
    manager
        .create_table(
            Table::create()
                .table("readiness_test")
                .col(uuid("id").primary_key())
                .col(uuid("kit_id"))
                .col(date("tested_on"))
                .col(boolean("passed"))
                .col(string("note"))
                .col(uuid_null("by_id"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference("readiness_test", "kit_id", "kit"))
                .foreign_key(&mut reference("readiness_test", "by_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "readiness_test", &["kit_id", "tested_on"]).await
}

/// What the presence report of an event came to, so that a year of events is not counted anew for
/// every figure.
async fn attendance(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("tally")
                .col(uuid("event_id").primary_key())
                .col(date("held_on"))
                .col(big_integer("seconds"))
                .col(timestamp_with_time_zone("counted_at"))
                .foreign_key(&mut reference("tally", "event_id", "event"))
                .to_owned(),
        )
        .await?;
    index(manager, "tally", &["held_on"]).await?;
    manager
        .create_table(
            Table::create()
                .table("attendance")
                .col(uuid("event_id"))
                .col(uuid("person_id"))
                .col(big_integer("seconds"))
                .primary_key(Index::create().col("event_id").col("person_id"))
                .foreign_key(&mut reference("attendance", "event_id", "event"))
                .foreign_key(&mut reference("attendance", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "attendance", &["person_id"]).await
}

async fn signatures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("indicator_signature")
                .col(uuid("id").primary_key())
                .col(string("indicator"))
                .col(integer("year"))
                .col(integer("quarter"))
                .col(integer("revision"))
                .col(integer("counted"))
                .col(integer("members"))
                // JSON: everybody who could be counted, by name, with what made them count.
                .col(text("evidence"))
                .col(text("reason"))
                .col(uuid("signed_by"))
                .col(timestamp_with_time_zone("signed_at"))
                .foreign_key(&mut reference("indicator_signature", "signed_by", "person"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("indicator_signature_revision")
                .table("indicator_signature")
                .col("indicator")
                .col("year")
                .col("quarter")
                .col("revision")
                .unique()
                .to_owned(),
        )
        .await
}
