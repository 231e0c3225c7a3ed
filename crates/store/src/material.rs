//! Materials of an event: files under the names that people gave them.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "material")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub name: String,
    pub file_hash: String,
    pub added_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Materials of one event, first given first.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

pub async fn count(db: &impl ConnectionTrait, event: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .count(db)
        .await
}

/// One material of one event.
pub async fn find(
    db: &impl ConnectionTrait,
    event: Uuid,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::EventId.eq(event))
        .one(db)
        .await
}

pub async fn add(
    db: &impl ConnectionTrait,
    event: Uuid,
    name: String,
    file_hash: String,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event),
        name: Set(name),
        file_hash: Set(file_hash),
        added_by: Set(by),
        created_at: Set(now),
    }
    .insert(db)
    .await
}

/// Takes a material away; its bytes stay for others that are the same.
pub async fn remove(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}
