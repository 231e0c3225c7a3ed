//! Payments of a project, in kopecks.

use chrono::{DateTime, Utc};
use kafedra_model::passport::{FundingSource, budget};
use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub source: String,
    pub paid_on: ChronoDate,
    pub kopecks: i64,
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    pub entered_by: Uuid,
    pub entered_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What the rules know of it; `None` for a source of a newer version.
    pub fn payment(&self) -> Option<budget::Payment> {
        Some(budget::Payment {
            source: FundingSource::parse(&self.source)?,
            on: self.paid_on,
            kopecks: self.kopecks,
            purpose: self.purpose.clone(),
        })
    }
}

pub async fn add(
    db: &impl ConnectionTrait,
    project: Uuid,
    payment: budget::Payment,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project),
        source: Set(payment.source.as_str().to_owned()),
        paid_on: Set(payment.on),
        kopecks: Set(payment.kopecks),
        purpose: Set(payment.purpose),
        entered_by: Set(by),
        entered_at: Set(now),
    }
    .insert(db)
    .await
}

pub async fn count(db: &impl ConnectionTrait, project: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
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

/// The latest last.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .order_by_asc(Column::PaidOn)
        .order_by_asc(Column::EnteredAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}
