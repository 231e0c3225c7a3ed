//! Which reminders of an event are settled: sent, or overtaken before they were due.

use chrono::{DateTime, Utc};
use kafedra_model::reminder::Reminder;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*, sea_query::OnConflict,
};

use crate::event;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub settled_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Settles a reminder; `false` when it was settled before.
pub async fn settle(
    db: &impl ConnectionTrait,
    event: Uuid,
    kind: Reminder,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::insert(ActiveModel {
        event_id: Set(event),
        kind: Set(kind.as_str().to_owned()),
        settled_at: Set(now),
    })
    .on_conflict(
        OnConflict::columns([Column::EventId, Column::Kind])
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(db)
    .await?;
    Ok(written == 1)
}

/// Which reminders of an event are settled.
pub async fn settled(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Reminder>, DbErr> {
    Ok(Entity::find()
        .filter(Column::EventId.eq(event))
        .all(db)
        .await?
        .iter()
        .filter_map(|row| Reminder::parse(&row.kind))
        .collect())
}

/// Events that begin after `from` and not after `to` and are not called off, earliest first.
pub async fn candidates(
    db: &impl ConnectionTrait,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<event::Model>, DbErr> {
    event::Entity::find()
        .filter(event::Column::StartsAt.gt(from))
        .filter(event::Column::StartsAt.lte(to))
        .filter(event::Column::CancelledAt.is_null())
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .all(db)
        .await
}
