//! How long each person was at an event that is over: what the presence report came to, kept so that
//! indicators need not count a year of events anew.
//!
//! Invariant: an event is either [`stale`] or its rows say what its report would.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DatabaseTransaction, FromQueryResult, QueryOrder, QuerySelect, Statement,
    Value,
    entity::prelude::*,
    sea_query::{LockBehavior, LockType, OnConflict},
};

use crate::search::IDS_A_QUERY;

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
        /// From how many legal entities those came who only listened; empty until
        /// [`super::tell_reach`] has told it, and again when the database forgets it (m0026).
        pub listener_institutions: Option<i32>,
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
        listener_institutions: Set(None),
    })
    .on_conflict(
        OnConflict::column(tally::Column::EventId)
            .update_columns([
                tally::Column::HeldOn,
                tally::Column::Seconds,
                tally::Column::CountedAt,
                tally::Column::ListenerInstitutions,
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

/// Counts the legal entities from which listeners came to the event of `tally`, a table or its alias.
pub(crate) fn reach_of(tally: &str) -> String {
    // SQLite by itself begins with all employments.
    format!(
        "SELECT COUNT(DISTINCT COALESCE(hi.building_of, hi.id)) \
         FROM attendance ha CROSS JOIN employment he CROSS JOIN institution hi \
         WHERE ha.event_id = {tally}.event_id AND ha.seconds > 0 \
         AND he.person_id = ha.person_id AND he.is_main AND he.from_date <= {tally}.held_on \
         AND (he.to_date IS NULL OR he.to_date >= {tally}.held_on) \
         AND hi.id = he.institution_id AND {}",
        only_listens("ha")
    )
}

/// The person of an attendance has no other part in its event.
pub(crate) fn only_listens(attendance: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM event_role lr WHERE lr.event_id = {attendance}.event_id \
         AND lr.person_id = {attendance}.person_id AND lr.role <> 'listener')"
    )
}

/// Events that took place and do not tell from how many institutions their listeners came.
pub async fn without_reach(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
    unreached().into_tuple().all(db).await
}

fn unreached() -> Select<tally::Entity> {
    tally::Entity::find()
        .select_only()
        .column(tally::Column::EventId)
        .filter(tally::Column::ListenerInstitutions.is_null())
        .filter(tally::Column::Seconds.gt(0))
}

/// Tells it of some events, but for those that somebody is just changing.
pub async fn tell_reach(db: &DatabaseTransaction, events: &[Uuid]) -> Result<(), DbErr> {
    for some in events.chunks(IDS_A_QUERY) {
        // Locked by a statement of its own: the next one sees whatever was changed before that.
        let free: Vec<Uuid> = unreached()
            .filter(tally::Column::EventId.is_in(some.iter().copied()))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple()
            .all(db)
            .await?;
        if free.is_empty() {
            continue;
        }
        let sql = format!(
            "UPDATE tally SET listener_institutions = ({}) WHERE event_id IN ({})",
            reach_of("tally"),
            places(1, free.len())
        );
        let values = free.iter().map(|id| Value::from(*id));
        let backend = db.get_database_backend();
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values))
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
/// changed since: somebody who came once more, somebody confirmed before a kit, a correction, a guest
/// matched to a person.
const STALE: &str = "\
    SELECT e.id FROM event e LEFT JOIN tally t ON t.event_id = e.id \
    WHERE EXISTS (SELECT 1 FROM room r WHERE r.event_id = e.id AND r.started_at IS NOT NULL) \
    AND NOT EXISTS (SELECT 1 FROM room r \
        WHERE r.event_id = e.id AND r.started_at IS NOT NULL AND r.ended_at IS NULL) \
    AND (t.event_id IS NULL \
        OR EXISTS (SELECT 1 FROM room r WHERE r.event_id = e.id AND r.ended_at >= t.counted_at) \
        OR EXISTS (SELECT 1 FROM room r JOIN connection c ON c.room_id = r.id \
            WHERE r.event_id = e.id AND c.left_at >= t.counted_at) \
        OR EXISTS (SELECT 1 FROM presence_confirmation p \
            WHERE p.event_id = e.id AND p.at >= t.counted_at) \
        OR EXISTS (SELECT 1 FROM presence_correction p \
            WHERE p.event_id = e.id AND p.at >= t.counted_at) \
        OR EXISTS (SELECT 1 FROM room r JOIN seat s ON s.room_id = r.id \
            JOIN presence_match p ON p.seat_id = s.id \
            WHERE r.event_id = e.id AND p.at >= t.counted_at))";

/// Events that may be [`STALE`]: those that were never counted, and those where anything that counts
/// has happened since `$1`.
const SUSPECT: &str = "\
    SELECT r.event_id AS id FROM room r WHERE r.ended_at IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM tally t WHERE t.event_id = r.event_id) \
    UNION SELECT r.event_id FROM room r WHERE r.ended_at >= $1 \
    UNION SELECT (SELECT r.event_id FROM room r WHERE r.id = c.room_id) FROM connection c \
        WHERE c.left_at >= $1 \
    UNION SELECT p.event_id FROM presence_confirmation p WHERE p.at >= $1 \
    UNION SELECT p.event_id FROM presence_correction p WHERE p.at >= $1 \
    UNION SELECT r.event_id FROM presence_match p JOIN seat s ON s.id = p.seat_id \
        JOIN room r ON r.id = s.room_id WHERE p.at >= $1";

/// How far before the last counting changes are looked for. The application counts all that is stale
/// every minute: what it has not seen is what came just before it stopped.
const LOOK_BACK: TimeDelta = TimeDelta::days(1);

/// Which events have to be counted, or counted anew.
pub async fn stale(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
    let last: Option<DateTime<Utc>> = tally::Entity::find()
        .select_only()
        .column(tally::Column::CountedAt)
        .order_by_desc(tally::Column::CountedAt)
        .into_tuple()
        .one(db)
        .await?;
    let since = last.map_or(DateTime::UNIX_EPOCH, |last| last - LOOK_BACK);
    let backend = db.get_database_backend();
    let suspects = Statement::from_sql_and_values(backend, SUSPECT, [Value::from(since)]);
    stale_among(db, &ids(db, suspects).await?).await
}

/// Which of some events have to be counted, or counted anew.
pub async fn stale_among(db: &impl ConnectionTrait, events: &[Uuid]) -> Result<Vec<Uuid>, DbErr> {
    let mut found = Vec::new();
    for some in events.chunks(IDS_A_QUERY) {
        let sql = format!("{STALE} AND e.id IN ({})", places(1, some.len()));
        let values = some.iter().map(|id| Value::from(*id));
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        found.extend(ids(db, statement).await?);
    }
    Ok(found)
}

async fn ids(db: &impl ConnectionTrait, statement: Statement) -> Result<Vec<Uuid>, DbErr> {
    let rows = Id::find_by_statement(statement).all(db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// `$3, $4, $5`, which both databases read.
fn places(first: usize, count: usize) -> String {
    let places: Vec<String> = (first..first + count)
        .map(|place| format!("${place}"))
        .collect();
    places.join(", ")
}

/// Of some events those that were counted, took place and are over, each with everybody who was there.
pub async fn of_events(
    db: &impl ConnectionTrait,
    events: &[Uuid],
) -> Result<Vec<(tally::Model, Vec<Model>)>, DbErr> {
    let mut found = Vec::new();
    for some in events.chunks(IDS_A_QUERY) {
        let sql = format!(
            "SELECT t.* FROM tally t WHERE {OVER} AND t.event_id IN ({})",
            places(1, some.len())
        );
        let values = some.iter().map(|id| Value::from(*id));
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let tallies = tally::Model::find_by_statement(statement).all(db).await?;
        let mut present: HashMap<Uuid, Vec<Model>> = HashMap::new();
        let rows = Entity::find().filter(Column::EventId.is_in(some.iter().copied()));
        for row in rows.all(db).await? {
            present.entry(row.event_id).or_default().push(row);
        }
        found.extend(tallies.into_iter().map(|tally| {
            let there = present.remove(&tally.event_id).unwrap_or_default();
            (tally, there)
        }));
    }
    Ok(found)
}

/// What one person's part in an event came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Own {
    pub event_id: Uuid,
    /// The day it began.
    pub held_on: NaiveDate,
    /// Of the person's presence.
    pub seconds: i64,
}

/// Of some events those that were counted, took place and are over, with how long the person was
/// there.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: Uuid,
    events: &[Uuid],
) -> Result<Vec<Own>, DbErr> {
    let mut found = Vec::new();
    for some in events.chunks(IDS_A_QUERY) {
        let sql = format!(
            "SELECT t.event_id, t.held_on, COALESCE(a.seconds, 0) AS seconds FROM tally t \
             LEFT JOIN attendance a ON a.event_id = t.event_id AND a.person_id = $1 \
             WHERE {OVER} AND t.event_id IN ({})",
            places(2, some.len())
        );
        let values = std::iter::once(&person)
            .chain(some)
            .map(|id| Value::from(*id));
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        found.extend(Own::find_by_statement(statement).all(db).await?);
    }
    Ok(found)
}

/// The event of `t` took place, and no room of it was opened again.
const OVER: &str = "t.seconds > 0 AND NOT EXISTS (SELECT 1 FROM room r \
    WHERE r.event_id = t.event_id AND r.started_at IS NOT NULL AND r.ended_at IS NULL)";
