//! Chat messages of a room, numbered in the order the server took them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, TransactionSession,
    TransactionTrait, TryInsertResult, entity::prelude::*, sea_query::OnConflict,
};

use crate::{room, seat};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chat_message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub room_id: Uuid,
    /// From 1, without holes.
    pub seq: i64,
    pub seat_id: Uuid,
    /// The author's name when the message was sent.
    pub name: String,
    /// Empty once removed.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// The client's idempotency key.
    pub key: String,
    pub sent_at: ChronoDateTimeUtc,
    pub removed_at: Option<ChronoDateTimeUtc>,
    /// Seat of whoever removed it.
    pub removed_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A message as stored, and whether this call stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub message: Model,
    pub is_new: bool,
}

/// Stores a message, or finds the one that this seat sent under the same key before.
pub async fn send(
    db: &(impl ConnectionTrait + TransactionTrait),
    seat: &seat::Model,
    body: String,
    key: String,
    now: DateTime<Utc>,
) -> Result<Sent, DbErr> {
    if let Some(message) = by_key(db, seat.id, &key).await? {
        return Ok(Sent {
            message,
            is_new: false,
        });
    }
    let transaction = db.begin().await?;
    let seq = room::next_number(&transaction, seat.room_id, room::Column::ChatSeq).await?;
    let inserted = Entity::insert(ActiveModel {
        id: Set(Uuid::now_v7()),
        room_id: Set(seat.room_id),
        seq: Set(seq),
        seat_id: Set(seat.id),
        name: Set(seat.name.clone()),
        body: Set(body),
        key: Set(key.clone()),
        sent_at: Set(now),
        removed_at: Set(None),
        removed_by: Set(None),
    })
    .on_conflict(
        OnConflict::columns([Column::SeatId, Column::Key])
            .do_nothing()
            .to_owned(),
    )
    .try_insert()
    .exec_with_returning(&transaction)
    .await?;
    if let TryInsertResult::Inserted(message) = inserted {
        transaction.commit().await?;
        return Ok(Sent {
            message,
            is_new: true,
        });
    }
    // The same message came twice at once: its number is given back.
    transaction.rollback().await?;
    let message = by_key(db, seat.id, &key)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("chat message by key".to_owned()))?;
    Ok(Sent {
        message,
        is_new: false,
    })
}

async fn by_key(db: &impl ConnectionTrait, seat: Uuid, key: &str) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::SeatId.eq(seat))
        .filter(Column::Key.eq(key))
        .one(db)
        .await
}

pub async fn find(db: &impl ConnectionTrait, room: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::RoomId.eq(room))
        .one(db)
        .await
}

/// The latest messages that still stand, below number `before` and none sent before `since`, in
/// their order.
pub async fn page(
    db: &impl ConnectionTrait,
    room: Uuid,
    since: Option<DateTime<Utc>>,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut messages = Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::RemovedAt.is_null());
    if let Some(before) = before {
        messages = messages.filter(Column::Seq.lt(before));
    }
    if let Some(since) = since {
        messages = messages.filter(Column::SentAt.gte(since));
    }
    let mut messages = messages
        .order_by_desc(Column::Seq)
        .limit(limit)
        .all(db)
        .await?;
    messages.reverse();
    Ok(messages)
}

/// How many messages stand in a room.
pub async fn count(db: &impl ConnectionTrait, room: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::RemovedAt.is_null())
        .count(db)
        .await
}

/// Empties a message; its row and number stay. `false` when it was removed before.
pub async fn remove(
    db: &impl ConnectionTrait,
    id: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            body: Set(String::new()),
            removed_at: Set(Some(now)),
            removed_by: Set(Some(by)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::RemovedAt.is_null())
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}
