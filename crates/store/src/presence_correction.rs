//! Minutes set by hand, with the reason. Every one is kept; the latest counts.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence_correction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub person_id: Uuid,
    pub minutes: i32,
    pub reason: String,
    pub by_id: Uuid,
    pub at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn add(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
    minutes: i32,
    reason: String,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event),
        person_id: Set(person),
        minutes: Set(minutes),
        reason: Set(reason),
        by_id: Set(by),
        at: Set(now),
    }
    .insert(db)
    .await
}

/// All corrections of an event, oldest first.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}
