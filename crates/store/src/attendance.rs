//! How long each person was at an event that is over: what the presence report came to, kept so that
//! indicators need not count a year of events anew.
//!
//! Invariant: an event is either [`stale`] or its rows say what its report would.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, FromQueryResult, Statement, entity::prelude::*,
    sea_query::OnConflict,
};

/// Rows in one statement.
const BATCH: usize = 1_000;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub seconds: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Events that were counted.
pub mod tally {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tally")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: Uuid,
        /// The day it began, where it took place.
        pub held_on: ChronoDate,
        /// What counts of it; 0 where nothing took place.
        pub seconds: i64,
        pub counted_at: ChronoDateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Writes what an event came to, in place of what was counted before.
pub async fn replace(
    db: &impl ConnectionTrait,
    event: Uuid,
    held_on: NaiveDate,
    seconds: i64,
    people: impl IntoIterator<Item = (Uuid, i64)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    // First: of two who count at once the second waits here.
    tally::Entity::insert(tally::ActiveModel {
        event_id: Set(event),
        held_on: Set(held_on),
        seconds: Set(seconds),
        counted_at: Set(now),
    })
    .on_conflict(
        OnConflict::column(tally::Column::EventId)
            .update_columns([
                tally::Column::HeldOn,
                tally::Column::Seconds,
                tally::Column::CountedAt,
            ])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await?;
    Entity::delete_many()
        .filter(Column::EventId.eq(event))
        .exec(db)
        .await?;
    let rows: Vec<ActiveModel> = people
        .into_iter()
        .map(|(person, seconds)| ActiveModel {
            event_id: Set(event),
            person_id: Set(person),
            seconds: Set(seconds),
        })
        .collect();
    for some in rows.chunks(BATCH) {
        Entity::insert_many(some.to_vec())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Forgets what an event came to: it will be counted again.
pub async fn forget(db: &impl ConnectionTrait, event: Uuid) -> Result<(), DbErr> {
    tally::Entity::delete_by_id(event).exec(db).await.map(drop)
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Events whose rooms are all closed and that were never counted, or where something that counts has
/// changed since: a late message of the media server, somebody confirmed before a kit, a correction,
/// a guest matched to a person.
pub async fn stale(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
    const STALE: &str = "\
        SELECT e.id FROM event e LEFT JOIN tally t ON t.event_id = e.id \
        WHERE EXISTS (SELECT 1 FROM room r WHERE r.event_id = e.id AND r.started_at IS NOT NULL) \
        AND NOT EXISTS (SELECT 1 FROM room r \
            WHERE r.event_id = e.id AND r.started_at IS NOT NULL AND r.ended_at IS NULL) \
        AND (t.event_id IS NULL \
            OR EXISTS (SELECT 1 FROM room r WHERE r.event_id = e.id AND r.ended_at >= t.counted_at) \
            OR EXISTS (SELECT 1 FROM room r JOIN connection c ON c.room_id = r.id \
                WHERE r.event_id = e.id AND (c.left_at >= t.counted_at OR c.joined_at >= t.counted_at)) \
            OR EXISTS (SELECT 1 FROM presence_confirmation p \
                WHERE p.event_id = e.id AND p.at >= t.counted_at) \
            OR EXISTS (SELECT 1 FROM presence_correction p \
                WHERE p.event_id = e.id AND p.at >= t.counted_at) \
            OR EXISTS (SELECT 1 FROM room r JOIN seat s ON s.room_id = r.id \
                JOIN presence_match p ON p.seat_id = s.id \
                WHERE r.event_id = e.id AND p.at >= t.counted_at))";
    let statement = Statement::from_string(db.get_database_backend(), STALE);
    Ok(Id::find_by_statement(statement)
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect())
}
