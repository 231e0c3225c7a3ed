//! Which kits are invited to which events.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, QueryOrder,
    entity::prelude::*,
    sea_query::{OnConflict, Query},
};

use crate::event;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_kit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kit_id: Uuid,
    /// Names the pair in the codes on the kit's screen; 16 hex digits.
    #[sea_orm(unique)]
    pub code: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Invites a kit; inviting it twice changes nothing.
pub async fn invite(
    db: &impl ConnectionTrait,
    event: Uuid,
    kit: Uuid,
    code: String,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        event_id: Set(event),
        kit_id: Set(kit),
        code: Set(code),
    };
    Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Column::EventId, Column::KitId])
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(db)
        .await
        .map(drop)
}

pub async fn withdraw(db: &impl ConnectionTrait, event: Uuid, kit: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id((event, kit)).exec(db).await.map(drop)
}

pub async fn find(
    db: &impl ConnectionTrait,
    event: Uuid,
    kit: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((event, kit)).one(db).await
}

/// The pair that a code on a screen names.
pub async fn of_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Code.eq(code)).one(db).await
}

pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .all(db)
        .await
}

/// Events that invite a kit and overlap `from..to`, earliest first.
pub async fn events_of(
    db: &impl ConnectionTrait,
    kit: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<event::Model>, DbErr> {
    let invited = Query::select()
        .column(Column::EventId)
        .from(Entity)
        .and_where(Column::KitId.eq(kit))
        .to_owned();
    event::Entity::find()
        .filter(event::Column::Id.in_subquery(invited))
        .filter(event::Column::EndsAt.gt(from))
        .filter(event::Column::StartsAt.lt(to))
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .all(db)
        .await
}
