//! Checkpoints of a project that were reached, and when.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkpoint_done")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub checkpoint: String,
    pub done_on: ChronoDate,
    pub by_id: Uuid,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Notes on which day a checkpoint was reached.
pub async fn put(
    db: &impl ConnectionTrait,
    project: Uuid,
    checkpoint: &str,
    on: NaiveDate,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project),
        checkpoint: Set(checkpoint.to_owned()),
        done_on: Set(on),
        by_id: Set(by),
        created_at: Set(now),
    })
    .on_conflict(
        OnConflict::columns([Column::ProjectId, Column::Checkpoint])
            .update_columns([Column::DoneOn, Column::ById, Column::CreatedAt])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

pub async fn remove(
    db: &impl ConnectionTrait,
    project: Uuid,
    checkpoint: &str,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Checkpoint.eq(checkpoint))
        .exec(db)
        .await
        .map(drop)
}

pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .all(db)
        .await
}
