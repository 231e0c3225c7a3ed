//! Questions of listeners, polls and formal votes in a room.

use sea_orm_migration::{prelude::*, schema::*};

use super::parts::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for rule in ["review_questions", "anonymous_questions"] {
            let column = boolean(rule).default(false).to_owned();
            manager
                .alter_table(Table::alter().table("room").add_column(column).to_owned())
                .await?;
        }
        questions(manager).await?;
        polls(manager).await?;
        ballots(manager).await
    }
}

async fn questions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("question")
                .col(uuid("id").primary_key())
                .col(uuid("room_id"))
                .col(uuid("seat_id"))
                // The asker's name when it was asked.
                .col(string("name"))
                .col(boolean("anonymous"))
                .col(text("text"))
                // The client's idempotency key.
                .col(string("key"))
                .col(string("state"))
                .col(text_null("answer"))
                // The name of whoever answered in writing.
                .col(string_null("answered_by"))
                .col(timestamp_with_time_zone("asked_at"))
                .foreign_key(&mut reference("question", "room_id", "room"))
                .foreign_key(&mut reference("question", "seat_id", "seat"))
                .to_owned(),
        )
        .await?;
    index(manager, "question", &["room_id"]).await?;
    manager
        .create_index(
            Index::create()
                .name("question_seat_key")
                .table("question")
                .col("seat_id")
                .col("key")
                .unique()
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("question_vote")
                .col(uuid("question_id"))
                .col(uuid("seat_id"))
                .primary_key(Index::create().col("question_id").col("seat_id"))
                .foreign_key(&mut reference("question_vote", "question_id", "question"))
                .foreign_key(&mut reference("question_vote", "seat_id", "seat"))
                .to_owned(),
        )
        .await
}

async fn polls(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("poll")
                .col(uuid("id").primary_key())
                .col(uuid("room_id"))
                .col(string("kind"))
                .col(text("text"))
                // A list of {text, right} as JSON.
                .col(text("options"))
                .col(integer("most"))
                .col(boolean("named"))
                .col(string("results"))
                // Of a formal vote only.
                .col(string_null("electorate"))
                .col(string_null("quorum"))
                .col(string("state"))
                .col(uuid("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("opened_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                // How many might have voted, once it is closed.
                .col(big_integer_null("electors"))
                .foreign_key(&mut reference("poll", "room_id", "room"))
                .foreign_key(&mut reference("poll", "created_by", "seat"))
                .to_owned(),
        )
        .await?;
    index(manager, "poll", &["room_id"]).await
}

/// Who answered, apart from what was chosen. An answer by name stands in `poll_choice`; of one
/// without a name nothing is kept but a number in `poll_tally`, and no time or order anywhere, so
/// that nothing leads from a seat to its choice.
async fn ballots(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("poll_voter")
                .col(uuid("poll_id"))
                .col(uuid("seat_id"))
                // The voter's name when they voted.
                .col(string("name"))
                .primary_key(Index::create().col("poll_id").col("seat_id"))
                .foreign_key(&mut reference("poll_voter", "poll_id", "poll"))
                .foreign_key(&mut reference("poll_voter", "seat_id", "seat"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("poll_choice")
                .col(uuid("poll_id"))
                .col(uuid("seat_id"))
                .col(integer("option"))
                .primary_key(Index::create().col("poll_id").col("seat_id").col("option"))
                .foreign_key(&mut reference("poll_choice", "poll_id", "poll"))
                .foreign_key(&mut reference("poll_choice", "seat_id", "seat"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("poll_tally")
                .col(uuid("poll_id"))
                .col(integer("option"))
                .col(big_integer("votes"))
                .primary_key(Index::create().col("poll_id").col("option"))
                .foreign_key(&mut reference("poll_tally", "poll_id", "poll"))
                .to_owned(),
        )
        .await
}
