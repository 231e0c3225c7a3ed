//! Connections to the media server: from when to when a seat was there.
//!
//! Joins and leaves arrive late, doubled or in the wrong order, and some not at all:
//! every write here can be repeated, and a leave is never undone by an older join.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

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

/// Closes those of `ids` that are still open.
pub async fn close(
    db: &impl ConnectionTrait,
    ids: &[String],
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            left_at: Set(Some(at)),
            ..Default::default()
        })
        .filter(Column::Id.is_in(ids.iter().cloned()))
        .filter(Column::LeftAt.is_null())
        .exec(db)
        .await
        .map(drop)
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
