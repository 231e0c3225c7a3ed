//! Work that outlives a request: one queue for all kinds, worked off by one server.
//!
//! A job is queued in the same transaction as what it follows from. It runs at least once: a server
//! killed in the middle leaves it `running`, and the next start queues it again, so every kind of
//! job must bear being run twice.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// Of the payload.
    pub version: i32,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    pub state: String,
    /// Steps done, of `total`; 0 of 0 until it began.
    pub progress: i32,
    pub total: i32,
    /// How often it was begun.
    pub attempts: i32,
    /// Not before.
    pub run_at: ChronoDateTimeUtc,
    /// Why the last attempt did not succeed.
    #[sea_orm(column_type = "Text")]
    pub error: Option<String>,
    pub created_by: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
    pub finished_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub const QUEUED: &str = "queued";
pub const RUNNING: &str = "running";
pub const DONE: &str = "done";
pub const FAILED: &str = "failed";

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub kind: &'static str,
    pub version: i32,
    /// JSON.
    pub payload: String,
    pub total: i32,
    pub created_by: Option<Uuid>,
    /// Not before.
    pub run_at: DateTime<Utc>,
}

pub async fn queue(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(draft.kind.to_owned()),
        version: Set(draft.version),
        payload: Set(draft.payload),
        state: Set(QUEUED.to_owned()),
        progress: Set(0),
        total: Set(draft.total),
        attempts: Set(0),
        run_at: Set(draft.run_at),
        error: Set(None),
        created_by: Set(draft.created_by),
        created_at: Set(now),
        finished_at: Set(None),
    }
    .insert(db)
    .await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// All of a kind, the latest first.
pub async fn of_kind(db: &impl ConnectionTrait, kind: &str) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::CreatedAt)
        .all(db)
        .await
}

/// Forgets jobs that ended before `before`.
pub async fn delete_older(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    Entity::delete_many()
        .filter(Column::FinishedAt.lt(before))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}

/// Takes the job that is due for longest; nobody else gets the same.
pub async fn take(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<Model>, DbErr> {
    loop {
        let due = Entity::find()
            .filter(Column::State.eq(QUEUED))
            .filter(Column::RunAt.lte(now))
            .order_by_asc(Column::RunAt)
            .order_by_asc(Column::Id)
            .one(db)
            .await?;
        let Some(job) = due else {
            return Ok(None);
        };
        let taken = Entity::update_many()
            .set(ActiveModel {
                state: Set(RUNNING.to_owned()),
                attempts: Set(job.attempts + 1),
                ..Default::default()
            })
            .filter(Column::Id.eq(job.id))
            .filter(Column::State.eq(QUEUED))
            .exec_with_returning(db)
            .await?;
        if let Some(job) = taken.into_iter().next() {
            return Ok(Some(job));
        }
    }
}

/// Queues again what a killed server left running. Only for a server that has just started: it is
/// the only one that works the queue off.
pub async fn recover(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            state: Set(QUEUED.to_owned()),
            ..Default::default()
        })
        .filter(Column::State.eq(RUNNING))
        .exec(db)
        .await
        .map(|written| written.rows_affected)
}

pub async fn set_progress(db: &impl ConnectionTrait, id: Uuid, progress: i32) -> Result<(), DbErr> {
    change(
        db,
        id,
        ActiveModel {
            progress: Set(progress),
            ..Default::default()
        },
    )
    .await
}

pub async fn done(db: &impl ConnectionTrait, job: &Model, now: DateTime<Utc>) -> Result<(), DbErr> {
    change(
        db,
        job.id,
        ActiveModel {
            state: Set(DONE.to_owned()),
            progress: Set(job.total),
            error: Set(None),
            finished_at: Set(Some(now)),
            ..Default::default()
        },
    )
    .await
}

/// Puts a job back until `run_at`.
pub async fn retry(
    db: &impl ConnectionTrait,
    id: Uuid,
    error: String,
    run_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    change(
        db,
        id,
        ActiveModel {
            state: Set(QUEUED.to_owned()),
            error: Set(Some(error)),
            run_at: Set(run_at),
            ..Default::default()
        },
    )
    .await
}

/// Gives a job up.
pub async fn fail(
    db: &impl ConnectionTrait,
    id: Uuid,
    error: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    change(
        db,
        id,
        ActiveModel {
            state: Set(FAILED.to_owned()),
            error: Set(Some(error)),
            finished_at: Set(Some(now)),
            ..Default::default()
        },
    )
    .await
}

async fn change(db: &impl ConnectionTrait, id: Uuid, changes: ActiveModel) -> Result<(), DbErr> {
    Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}
