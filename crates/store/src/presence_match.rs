//! Whose seat a guest's was, as somebody who knows them said afterwards.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence_match")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seat_id: Uuid,
    pub person_id: Uuid,
    pub by_id: Uuid,
    pub at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Matches a seat; an earlier match of it is replaced.
pub async fn set(
    db: &impl ConnectionTrait,
    seat: Uuid,
    person: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        seat_id: Set(seat),
        person_id: Set(person),
        by_id: Set(by),
        at: Set(now),
    };
    Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::SeatId)
                .update_columns([Column::PersonId, Column::ById, Column::At])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .map(drop)
}

pub async fn clear(db: &impl ConnectionTrait, seat: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(seat).exec(db).await.map(drop)
}

pub async fn of_seats(db: &impl ConnectionTrait, seats: Vec<Uuid>) -> Result<Vec<Model>, DbErr> {
    if seats.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find()
        .filter(Column::SeatId.is_in(seats))
        .all(db)
        .await
}
