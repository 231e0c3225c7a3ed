//! Letters: written with what caused them, sent afterwards.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("letter")
                    .col(uuid("id").primary_key())
                    .col(string("kind"))
                    .col(uuid_null("event_id"))
                    .col(uuid_null("person_id"))
                    .col(string("name"))
                    .col(string("address"))
                    .col(text("subject"))
                    .col(text("plain"))
                    .col(text("html"))
                    .col(text_null("calendar"))
                    // RFC 5546: REQUEST, PUBLISH, CANCEL.
                    .col(string_null("method"))
                    .col(string("state"))
                    .col(integer("attempts").default(0))
                    // Not before.
                    .col(timestamp_with_time_zone("due_at"))
                    // What the server said last.
                    .col(text_null("answer"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("settled_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk_letter_event_id")
                            .from("letter", "event_id")
                            .to("event", "id"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk_letter_person_id")
                            .from("letter", "person_id")
                            .to("person", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        for (name, columns) in [
            ("letter_state_due_at", ["state", "due_at"].as_slice()),
            ("letter_event_id", &["event_id"]),
            ("letter_created_at", &["created_at"]),
        ] {
            let mut index = Index::create();
            index.name(name).table("letter");
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
