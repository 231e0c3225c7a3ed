//! Classes of pupils with the consents of their guardians, and the lessons that they take part in.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        classes(manager).await?;
        pupils(manager).await?;
        consents(manager).await?;
        lessons(manager).await?;
        // Set where a pupil sits; the name of such a seat is never the pupil's.
        let mut number = integer_null("pupil_number");
        manager
            .alter_table(
                Table::alter()
                    .table("seat")
                    .add_column(&mut number)
                    .to_owned(),
            )
            .await
    }
}

async fn classes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("school_class")
                .col(uuid("id").primary_key())
                .col(string("label"))
                .col(uuid("institution_id"))
                .col(uuid("teacher_id"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference(
                    "school_class",
                    "institution_id",
                    "institution",
                ))
                .foreign_key(&mut reference("school_class", "teacher_id", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "school_class", &["institution_id"]).await?;
    index(manager, "school_class", &["teacher_id"]).await
}

async fn pupils(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("pupil")
                .col(uuid("id").primary_key())
                .col(uuid("class_id"))
                // What others read in place of the name; never given twice in a class.
                .col(integer("number"))
                .col(string("name"))
                // With it, and nothing else, a pupil joins.
                .col(string("code").unique_key())
                // Under which the pupil sits, from the first lesson on.
                .col(uuid_null("guest_id"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference("pupil", "class_id", "school_class"))
                .foreign_key(&mut reference("pupil", "guest_id", "guest"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("pupil_class_number")
                .table("pupil")
                .col("class_id")
                .col("number")
                .unique()
                .to_owned(),
        )
        .await?;
    index(manager, "pupil", &["guest_id"]).await
}

async fn consents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("guardian_consent")
                .col(uuid("id").primary_key())
                .col(uuid("pupil_id"))
                .col(string("purpose"))
                .col(string("version"))
                .col(date("given_on"))
                // The guardian, as they signed.
                .col(string("given_by"))
                .col(string_null("scan_hash"))
                .col(uuid("recorded_by"))
                .col(timestamp_with_time_zone("recorded_at"))
                .col(timestamp_with_time_zone_null("withdrawn_at"))
                .col(uuid_null("withdrawn_by"))
                .foreign_key(&mut reference("guardian_consent", "pupil_id", "pupil"))
                .foreign_key(&mut reference("guardian_consent", "scan_hash", "file"))
                .foreign_key(&mut reference("guardian_consent", "recorded_by", "person"))
                .foreign_key(&mut reference("guardian_consent", "withdrawn_by", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "guardian_consent", &["pupil_id"]).await?;
    index(manager, "guardian_consent", &["scan_hash"]).await
}

async fn lessons(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("lesson")
                .col(uuid("event_id").primary_key())
                .col(uuid("class_id"))
                .col(uuid("attached_by"))
                .col(timestamp_with_time_zone("attached_at"))
                .foreign_key(&mut reference("lesson", "event_id", "event"))
                .foreign_key(&mut reference("lesson", "class_id", "school_class"))
                .foreign_key(&mut reference("lesson", "attached_by", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "lesson", &["class_id"]).await
}
