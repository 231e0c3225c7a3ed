//! Which class takes part in which lesson.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait,
    entity::prelude::*,
    sea_query::{OnConflict, Query},
};

use crate::room;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lesson")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    pub class_id: Uuid,
    pub attached_by: Uuid,
    pub attached_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn find(db: &impl ConnectionTrait, event: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(event).one(db).await
}

/// Attaches a class to an event in place of the one before.
pub async fn attach(
    db: &impl ConnectionTrait,
    event: Uuid,
    class: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        event_id: Set(event),
        class_id: Set(class),
        attached_by: Set(by),
        attached_at: Set(now),
    })
    .on_conflict(
        OnConflict::column(Column::EventId)
            .update_columns([Column::ClassId, Column::AttachedBy, Column::AttachedAt])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

pub async fn detach(db: &impl ConnectionTrait, event: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(event).exec(db).await.map(drop)
}

/// Rooms of the class's lessons that have not ended, in the order of their ids.
pub async fn open_rooms(db: &impl ConnectionTrait, class: Uuid) -> Result<Vec<room::Model>, DbErr> {
    let events = Query::select()
        .column(Column::EventId)
        .from(Entity)
        .and_where(Column::ClassId.eq(class))
        .to_owned();
    let mut rooms = room::Entity::find()
        .filter(room::Column::EventId.in_subquery(events))
        .filter(room::Column::EndedAt.is_null())
        .all(db)
        .await?;
    rooms.sort_by_key(|room| room.id);
    Ok(rooms)
}
