//! Tables that were imported and what each import wrote, so that it can be undone; birth dates,
//! insurance numbers (sealed) and scans of documents.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people(manager).await?;
        imports(manager).await?;
        scans(manager).await
    }
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .alter_table(
            Table::alter()
                .table("person")
                .add_column(date_null("birth_date"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("snils")
                .col(uuid("person_id").primary_key())
                // AES-256-GCM, in base64: the key lies beside the database, not in it.
                .col(text("sealed"))
                // Keyed hash: finds a number without opening any.
                .col(string("lookup").unique_key())
                .col(timestamp_with_time_zone("changed_at"))
                .foreign_key(&mut reference("snils", "person_id", "person"))
                .to_owned(),
        )
        .await
}

async fn imports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("import")
                .col(uuid("id").primary_key())
                .col(string("kind"))
                .col(string("file_name"))
                .col(string("file_hash"))
                .col(big_integer("file_size"))
                .col(string("state"))
                // JSON: what each column holds.
                .col(text("mapping"))
                .col(boolean("verified"))
                .col(integer("row_count"))
                .col(integer("created"))
                .col(integer("changed"))
                .col(integer("duplicates"))
                .col(uuid("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(uuid_null("job_id"))
                .col(timestamp_with_time_zone_null("done_at"))
                .col(uuid_null("undone_by"))
                .col(timestamp_with_time_zone_null("undone_at"))
                .foreign_key(&mut reference("import", "created_by", "person"))
                .foreign_key(&mut reference("import", "undone_by", "person"))
                .to_owned(),
        )
        .await?;
    index(manager, "import", &["created_by"]).await?;
    manager
        .create_table(
            Table::create()
                .table("import_change")
                .col(uuid("id").primary_key())
                .col(uuid("import_id"))
                .col(string("record"))
                .col(uuid("record_id"))
                // JSON: what stood there before; null for a record that the import made.
                .col(text_null("before"))
                // Of the record as the import left it: another one later is a change since.
                .col(string("stamp"))
                .foreign_key(&mut reference("import_change", "import_id", "import"))
                .to_owned(),
        )
        .await?;
    index(manager, "import_change", &["import_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("import_mapping")
                .col(string("kind"))
                .col(string("headers"))
                // JSON: what each column holds, by its header.
                .col(text("mapping"))
                .primary_key(Index::create().col("kind").col("headers"))
                .to_owned(),
        )
        .await
}

async fn scans(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("document_scan")
                .col(uuid("document_id").primary_key())
                .col(string("file_hash"))
                .col(timestamp_with_time_zone("added_at"))
                .foreign_key(
                    reference("document_scan", "document_id", "professional_development")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .foreign_key(&mut reference("document_scan", "file_hash", "file"))
                .to_owned(),
        )
        .await?;
    index(manager, "document_scan", &["file_hash"]).await
}
