//! «Are you there?», asked of everybody in a room, and who answered.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, PaginatorTrait, QueryOrder,
    entity::prelude::*,
    sea_query::{OnConflict, Query},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub room_id: Uuid,
    pub asked_by: Uuid,
    pub asked_at: ChronoDateTimeUtc,
    pub until: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who answered a check.
pub mod answer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "presence_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub check_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seat_id: Uuid,
        pub at: ChronoDateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub async fn ask(
    db: &impl ConnectionTrait,
    room: Uuid,
    asked_by: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        room_id: Set(room),
        asked_by: Set(asked_by),
        asked_at: Set(now),
        until: Set(until),
    }
    .insert(db)
    .await
}

/// One check of one room.
pub async fn find(db: &impl ConnectionTrait, room: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::RoomId.eq(room))
        .one(db)
        .await
}

/// The check of a room that is open now.
pub async fn open(
    db: &impl ConnectionTrait,
    room: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::Until.gt(now))
        .order_by_desc(Column::AskedAt)
        .one(db)
        .await
}

/// Notes an answer; answering twice changes nothing.
pub async fn answer(
    db: &impl ConnectionTrait,
    check: Uuid,
    seat: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = answer::ActiveModel {
        check_id: Set(check),
        seat_id: Set(seat),
        at: Set(now),
    };
    answer::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([answer::Column::CheckId, answer::Column::SeatId])
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// How many answered a check.
pub async fn answered(db: &impl ConnectionTrait, check: Uuid) -> Result<u64, DbErr> {
    answer::Entity::find()
        .filter(answer::Column::CheckId.eq(check))
        .count(db)
        .await
}

pub async fn has_answered(
    db: &impl ConnectionTrait,
    check: Uuid,
    seat: Uuid,
) -> Result<bool, DbErr> {
    Ok(answer::Entity::find_by_id((check, seat))
        .one(db)
        .await?
        .is_some())
}

/// All checks of some rooms with their answers.
pub async fn of_rooms(
    db: &impl ConnectionTrait,
    rooms: Vec<Uuid>,
) -> Result<(Vec<Model>, Vec<answer::Model>), DbErr> {
    let checks = Entity::find()
        .filter(Column::RoomId.is_in(rooms.clone()))
        .order_by_asc(Column::AskedAt)
        .all(db)
        .await?;
    if checks.is_empty() {
        return Ok((checks, Vec::new()));
    }
    let ids = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::RoomId.is_in(rooms))
        .to_owned();
    let answers = answer::Entity::find()
        .filter(answer::Column::CheckId.in_subquery(ids))
        .all(db)
        .await?;
    Ok((checks, answers))
}
