//! Whose data were erased, by whom, when and why. What is erased and how: [`crate::traces`].

use chrono::{DateTime, Utc};
use kafedra_model::SeatRole;
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, PaginatorTrait, entity::prelude::*,
    sea_query::Query,
};

use crate::{connection, event, room, seat};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub by_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub erased_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn find(db: &impl ConnectionTrait, person: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(person).one(db).await
}

/// # Errors
///
/// A unique constraint where the person was erased before.
pub async fn note(
    db: &impl ConnectionTrait,
    person: Uuid,
    by: Uuid,
    reason: String,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        person_id: Set(person),
        by_id: Set(by),
        reason: Set(reason),
        erased_at: Set(now),
    }
    .insert(db)
    .await
}

/// Whether a person is connected to a room that goes on, or hosts one.
pub async fn is_in_room(db: &impl ConnectionTrait, person: Uuid) -> Result<bool, DbErr> {
    let connected = Query::select()
        .column(connection::Column::SeatId)
        .from(connection::Entity)
        .and_where(connection::Column::LeftAt.is_null())
        .and_where(connection::Column::JoinedAt.is_not_null())
        .to_owned();
    let inside = Condition::any()
        .add(seat::Column::Role.is_in([SeatRole::Host.as_str(), SeatRole::Cohost.as_str()]))
        .add(seat::Column::Id.in_subquery(connected));
    let theirs = Query::select()
        .column(seat::Column::RoomId)
        .from(seat::Entity)
        .and_where(seat::Column::PersonId.eq(person))
        .cond_where(inside)
        .to_owned();
    let organised = Query::select()
        .column(event::Column::Id)
        .from(event::Entity)
        .and_where(event::Column::OrganiserId.eq(person))
        .to_owned();
    let running = room::Entity::find()
        .filter(room::Column::StartedAt.is_not_null())
        .filter(room::Column::EndedAt.is_null())
        .filter(
            Condition::any()
                .add(room::Column::Id.in_subquery(theirs))
                .add(room::Column::EventId.in_subquery(organised)),
        )
        .count(db)
        .await?;
    Ok(running > 0)
}
