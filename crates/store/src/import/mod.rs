//! Tables that were brought in: each with what it wrote, so that it can be undone.
//!
//! [`change`] keeps what an import made and changed, [`undo`] takes it back, [`mapping`] remembers
//! what columns meant.

use chrono::{DateTime, Utc};
use kafedra_model::import::Kind;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};

use serde::{Deserialize, Serialize};

use crate::search::Slice;

pub mod change;
pub mod mapping;
pub mod undo;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub file_name: String,
    /// SHA-256 in hexadecimal.
    pub file_hash: String,
    pub file_size: i64,
    pub state: String,
    /// JSON: what each column holds.
    #[sea_orm(column_type = "Text")]
    pub mapping: String,
    /// Whoever imported has compared the documents with their originals.
    pub verified: bool,
    pub row_count: i32,
    pub created: i32,
    pub changed: i32,
    pub duplicates: i32,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    pub job_id: Option<Uuid>,
    pub done_at: Option<ChronoDateTimeUtc>,
    pub undone_by: Option<Uuid>,
    pub undone_at: Option<ChronoDateTimeUtc>,
    /// JSON of [`Words`]: why the last undo did nothing.
    #[sea_orm(column_type = "Text")]
    pub obstacles: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Taken in, nothing written.
pub const UPLOADED: &str = "uploaded";
/// Its job is queued or at work.
pub const RUNNING: &str = "running";
pub const DONE: &str = "done";
/// Nothing was written: the register had changed since the check.
pub const REFUSED: &str = "refused";
/// Its undo is queued or at work.
pub const UNDOING: &str = "undoing";
pub const UNDONE: &str = "undone";

impl Model {
    pub fn kind(&self) -> Option<Kind> {
        Kind::parse(&self.kind)
    }

    /// Why the last undo did nothing; `None` where there was none, or it is done.
    pub fn obstacles(&self) -> Option<Words> {
        serde_json::from_str(self.obstacles.as_deref()?).ok()
    }
}

/// What is told, by language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub ru: String,
    pub en: String,
}

/// A file that came in.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: Uuid,
    pub kind: Kind,
    pub file_name: String,
    pub file_hash: String,
    pub file_size: i64,
    pub row_count: usize,
    pub by: Uuid,
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(draft.id),
        kind: Set(draft.kind.as_str().to_owned()),
        file_name: Set(draft.file_name),
        file_hash: Set(draft.file_hash),
        file_size: Set(draft.file_size),
        state: Set(UPLOADED.to_owned()),
        mapping: Set("[]".to_owned()),
        verified: Set(false),
        row_count: Set(i32::try_from(draft.row_count).unwrap_or(i32::MAX)),
        created: Set(0),
        changed: Set(0),
        duplicates: Set(0),
        created_by: Set(draft.by),
        created_at: Set(now),
        job_id: Set(None),
        done_at: Set(None),
        undone_by: Set(None),
        undone_at: Set(None),
        obstacles: Set(None),
    }
    .insert(db)
    .await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Imports that were run, the latest first, and how many there are in all: everybody's, or one
/// person's.
pub async fn list(
    db: &impl ConnectionTrait,
    by: Option<Uuid>,
    slice: Slice,
) -> Result<(Vec<Model>, u64), DbErr> {
    let mut select = Entity::find().filter(Column::State.ne(UPLOADED));
    if let Some(by) = by {
        select = select.filter(Column::CreatedBy.eq(by));
    }
    let total = select.clone().count(db).await?;
    let rows = select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .offset(slice.offset)
        .limit(slice.limit)
        .all(db)
        .await?;
    Ok((rows, total))
}

/// Moves an import on to a job; `false` where it is at work or done already.
pub async fn start(
    db: &impl ConnectionTrait,
    id: Uuid,
    mapping: String,
    verified: bool,
    job: Uuid,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .set(ActiveModel {
            state: Set(RUNNING.to_owned()),
            mapping: Set(mapping),
            verified: Set(verified),
            job_id: Set(Some(job)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([UPLOADED, REFUSED]))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// What came of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub created: usize,
    pub changed: usize,
    pub duplicates: usize,
}

pub async fn finish(
    db: &impl ConnectionTrait,
    id: Uuid,
    state: &str,
    counts: Counts,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let number = |count: usize| Set(i32::try_from(count).unwrap_or(i32::MAX));
    Entity::update_many()
        .set(ActiveModel {
            state: Set(state.to_owned()),
            created: number(counts.created),
            changed: number(counts.changed),
            duplicates: number(counts.duplicates),
            done_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Has a job take an import back; `false` where it wrote nothing, or another does so already.
pub async fn begin_undo(db: &impl ConnectionTrait, id: Uuid, job: Uuid) -> Result<bool, DbErr> {
    let begun = Entity::update_many()
        .set(ActiveModel {
            state: Set(UNDOING.to_owned()),
            job_id: Set(Some(job)),
            obstacles: Set(None),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(DONE))
        .exec(db)
        .await?;
    Ok(begun.rows_affected == 1)
}

/// Nothing was taken back: the import stays, with what stood in the way.
pub async fn stay(db: &impl ConnectionTrait, id: Uuid, why: &Words) -> Result<(), DbErr> {
    let why = serde_json::to_string(why).map_err(|error| DbErr::Json(error.to_string()))?;
    Entity::update_many()
        .set(ActiveModel {
            state: Set(DONE.to_owned()),
            obstacles: Set(Some(why)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Files that nobody ran until `before`, and those that were refused then; forgotten, with what is
/// known of them.
pub async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<Uuid>, DbErr> {
    let stale: Vec<Uuid> = Entity::find()
        .filter(Column::State.is_in([UPLOADED, REFUSED]))
        .filter(Column::CreatedAt.lt(before))
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Entity::delete_many()
        .filter(Column::Id.is_in(stale.iter().copied()))
        .exec(db)
        .await?;
    Ok(stale)
}

/// Forgets imports that ended before `before`, with what they wrote: they cannot be undone any more.
/// Within a transaction.
pub async fn forget_done(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let over = || {
        Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::State.is_in([DONE, UNDONE]))
            .filter(Column::DoneAt.lt(before))
            .into_query()
    };
    change::Entity::delete_many()
        .filter(change::Column::ImportId.in_subquery(over()))
        .exec(db)
        .await?;
    Entity::delete_many()
        .filter(Column::State.is_in([DONE, UNDONE]))
        .filter(Column::DoneAt.lt(before))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}
