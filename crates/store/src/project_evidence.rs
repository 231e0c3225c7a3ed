//! What proves the work on a project's checkpoints: events, documents, reached indicators, words.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkpoint_evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    /// The checkpoint's number in the passport.
    pub checkpoint: String,
    pub kind: String,
    /// What is said, or a document's name.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub event_id: Option<Uuid>,
    pub file_hash: Option<String>,
    /// Its ordinal, and the quarter in which it was reached.
    pub indicator: Option<i32>,
    pub year: Option<i32>,
    pub quarter: Option<i32>,
    pub added_by: Uuid,
    pub added_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What one piece of evidence refers to.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub checkpoint: String,
    pub kind: &'static str,
    pub text: String,
    pub event_id: Option<Uuid>,
    pub file_hash: Option<String>,
    pub indicator: Option<i32>,
    pub year: Option<i32>,
    pub quarter: Option<i32>,
}

pub async fn add(
    db: &impl ConnectionTrait,
    project: Uuid,
    draft: Draft,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project),
        checkpoint: Set(draft.checkpoint),
        kind: Set(draft.kind.to_owned()),
        text: Set(draft.text),
        event_id: Set(draft.event_id),
        file_hash: Set(draft.file_hash),
        indicator: Set(draft.indicator),
        year: Set(draft.year),
        quarter: Set(draft.quarter),
        added_by: Set(by),
        added_at: Set(now),
    }
    .insert(db)
    .await
}

pub async fn count(
    db: &impl ConnectionTrait,
    project: Uuid,
    checkpoint: &str,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Checkpoint.eq(checkpoint))
        .count(db)
        .await
}

pub async fn find(
    db: &impl ConnectionTrait,
    project: Uuid,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::ProjectId.eq(project))
        .one(db)
        .await
}

pub async fn remove(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// First given first.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .order_by_asc(Column::AddedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}
