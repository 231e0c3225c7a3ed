//! Connections to the media server: from when to when a seat was there.
//!
//! Joins and leaves arrive late, doubled or in the wrong order, and some not at all:
//! every write here can be repeated, and a leave is never undone by an older join.
//!
//! [`seen`] notes every few seconds who the media server says is there. A connection that is
//! gone without a word ended when it was last [seen](Model::seen_at): so presence is right to
//! within those seconds even where the server was killed and started again an hour later.

use chrono::{DateTime, Utc};
use kafedra_model::presence::Interval;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, QuerySelect,
    entity::prelude::*,
    sea_query::{Func, OnConflict},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connection")]
pub struct Model {
    /// The media server's participant id, new at every join.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub room_id: Uuid,
    pub seat_id: Uuid,
    /// The media server's room id; empty when it was not told.
    pub media_room: String,
    /// `None` when only the leaving was heard of.
    pub joined_at: Option<ChronoDateTimeUtc>,
    pub left_at: Option<ChronoDateTimeUtc>,
    /// When it was last known to be open; `None` where nobody has looked since it began.
    pub seen_at: Option<ChronoDateTimeUtc>,
}

impl Model {
    /// From when to when it lasted, as far as is known: an open one up to its last sign of life.
    /// `None` where only its leaving was heard of.
    pub fn lasted(&self) -> Option<Interval> {
        let joined = self.joined_at?;
        let to = self.left_at.or(self.seen_at)?;
        Interval::new(joined, to)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What identifies a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub id: String,
    pub room: Uuid,
    pub seat: Uuid,
    pub media_room: String,
}

impl Key {
    fn row(self) -> ActiveModel {
        ActiveModel {
            id: Set(self.id),
            room_id: Set(self.room),
            seat_id: Set(self.seat),
            media_room: Set(self.media_room),
            joined_at: Set(None),
            left_at: Set(None),
            seen_at: Set(None),
        }
    }
}

pub async fn joined(db: &impl ConnectionTrait, key: Key, at: DateTime<Utc>) -> Result<(), DbErr> {
    let mut row = key.row();
    row.joined_at = Set(Some(at));
    Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::Id)
                .update_column(Column::JoinedAt)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .map(drop)
}

pub async fn left(db: &impl ConnectionTrait, key: Key, at: DateTime<Utc>) -> Result<(), DbErr> {
    let mut row = key.row();
    row.left_at = Set(Some(at));
    Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::Id)
                .update_column(Column::LeftAt)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Connections that are open now.
pub async fn open(db: &impl ConnectionTrait, room: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::LeftAt.is_null())
        .all(db)
        .await
}

/// Notes that these are open now: one statement, whatever their number.
pub async fn seen(
    db: &impl ConnectionTrait,
    ids: &[String],
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(at))
        .filter(Column::Id.is_in(ids.iter().cloned()))
        .filter(Column::LeftAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Closes those of `ids` that are still open, each at the last moment it was known to be open.
pub async fn close_gone(db: &impl ConnectionTrait, ids: &[String]) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let last = Func::coalesce([Expr::col(Column::SeenAt), Expr::col(Column::JoinedAt)]);
    Entity::update_many()
        .col_expr(Column::LeftAt, last.into())
        .filter(Column::Id.is_in(ids.iter().cloned()))
        .filter(Column::LeftAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Rooms in which connections are open.
pub async fn open_rooms(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::RoomId)
        .distinct()
        .filter(Column::LeftAt.is_null())
        .into_tuple()
        .all(db)
        .await
}

/// Every connection there was in these rooms.
pub async fn of_rooms(db: &impl ConnectionTrait, rooms: Vec<Uuid>) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.is_in(rooms))
        .all(db)
        .await
}

/// Closes what is open of one life of a room on the media server.
pub async fn close_media_room(
    db: &impl ConnectionTrait,
    room: Uuid,
    media_room: &str,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            left_at: Set(Some(at)),
            ..Default::default()
        })
        .filter(Column::RoomId.eq(room))
        .filter(Column::MediaRoom.eq(media_room))
        .filter(Column::LeftAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// How many different seats are connected now.
pub async fn present(db: &impl ConnectionTrait, room: Uuid) -> Result<usize, DbErr> {
    let mut seats: Vec<Uuid> = open(db, room)
        .await?
        .into_iter()
        .map(|connection| connection.seat_id)
        .collect();
    seats.sort_unstable();
    seats.dedup();
    Ok(seats.len())
}

/// Whether a seat was connected once, is not now, and left before `time` for the last time.
pub async fn gone_before(
    db: &impl ConnectionTrait,
    seat: Uuid,
    time: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let connections = Entity::find()
        .filter(Column::SeatId.eq(seat))
        .all(db)
        .await?;
    Ok(!connections.is_empty()
        && connections
            .iter()
            .all(|connection| connection.left_at.is_some_and(|left| left < time)))
}
