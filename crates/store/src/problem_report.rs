//! Problems that people reported from any page.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*,
};

use crate::search::Slice;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "problem_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub created_at: ChronoDateTimeUtc,
    pub person_id: Option<Uuid>,
    /// The name at that time; empty for somebody not signed in.
    pub reporter_name: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Text")]
    pub page: String,
    #[sea_orm(column_type = "Text")]
    pub context: String,
    pub user_agent: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is written of a report.
#[derive(Debug, Clone)]
pub struct Draft {
    pub person_id: Option<Uuid>,
    pub reporter_name: String,
    pub text: String,
    pub page: String,
    pub context: String,
    pub user_agent: String,
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        created_at: Set(now),
        person_id: Set(draft.person_id),
        reporter_name: Set(draft.reporter_name),
        text: Set(draft.text),
        page: Set(draft.page),
        context: Set(draft.context),
        user_agent: Set(draft.user_agent),
    }
    .insert(db)
    .await
}

/// One page of reports, the latest first, and how many there are in all.
pub async fn list(db: &impl ConnectionTrait, slice: Slice) -> Result<(Vec<Model>, u64), DbErr> {
    let total = Entity::find().count(db).await?;
    let rows = Entity::find()
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .offset(slice.offset)
        .limit(slice.limit)
        .all(db)
        .await?;
    Ok((rows, total))
}

/// Forgets reports made before `before`.
pub async fn delete_older(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}
