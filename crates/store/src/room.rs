//! Rooms: where an event takes place.

use chrono::{DateTime, Utc};
use kafedra_model::{
    Lobby,
    seat::{May, Policy},
};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    ConnectionTrait, ExprTrait,
    entity::prelude::*,
};

use crate::event;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "room")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub locked: bool,
    pub lobby: String,
    pub guests_allowed: bool,
    pub allow_unmute: bool,
    pub allow_video: bool,
    pub allow_share: bool,
    pub allow_chat: bool,
    /// People connected at once.
    pub capacity: i32,
    pub started_at: Option<ChronoDateTimeUtc>,
    pub ended_at: Option<ChronoDateTimeUtc>,
    /// Since when nobody has been connected; `None` while somebody is.
    pub empty_since: Option<ChronoDateTimeUtc>,
    pub chat_seq: i64,
    pub hand_seq: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn policy(&self) -> Policy {
        Policy {
            unmute: self.allow_unmute,
            video: self.allow_video,
            share: self.allow_share,
            chat: self.allow_chat,
        }
    }

    /// A lobby setting of a newer version keeps everyone: the careful reading.
    pub fn lobby(&self) -> Lobby {
        Lobby::parse(&self.lobby).unwrap_or(Lobby::Everyone)
    }

    /// What `seat` may do in this room now.
    pub fn may(&self, seat: &crate::seat::Model) -> May {
        kafedra_model::seat::may(seat.role(), seat.status(), self.policy(), seat.overrides())
    }
}

/// A room with its event.
pub async fn find(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(Model, event::Model)>, DbErr> {
    with_event(db, Entity::find_by_id(id).one(db).await?).await
}

pub async fn find_by_code(
    db: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<(Model, event::Model)>, DbErr> {
    let room = Entity::find().filter(Column::Code.eq(code)).one(db).await?;
    with_event(db, room).await
}

async fn with_event(
    db: &impl ConnectionTrait,
    room: Option<Model>,
) -> Result<Option<(Model, event::Model)>, DbErr> {
    let Some(room) = room else { return Ok(None) };
    let event = event::Entity::find_by_id(room.event_id).one(db).await?;
    Ok(event.map(|event| (room, event)))
}

pub async fn of_events(
    db: &impl ConnectionTrait,
    events: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.is_in(events))
        .all(db)
        .await
}

/// Rooms that were entered and have not ended.
pub async fn live(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::StartedAt.is_not_null())
        .filter(Column::EndedAt.is_null())
        .all(db)
        .await
}

/// The first entry makes a room live; `true` when this one did.
pub async fn start(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            started_at: Set(Some(now)),
            // Nobody is connected yet: should nobody come, the room rests again.
            empty_since: Set(Some(now)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::StartedAt.is_null())
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// Ends a room for good; `false` when it had ended before.
pub async fn end(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            ended_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// Makes a room planned again after a look inside before its time.
pub async fn rest(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            started_at: Set(None),
            empty_since: Set(None),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Notes that the room is empty since `since`, or (`None`) that somebody is connected.
pub async fn set_empty_since(
    db: &impl ConnectionTrait,
    id: Uuid,
    since: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .set(ActiveModel {
            empty_since: Set(since),
            ..Default::default()
        })
        .filter(Column::Id.eq(id));
    // The first moment of emptiness counts, not the latest look.
    let update = match since {
        Some(_) => update.filter(Column::EmptySince.is_null()),
        None => update,
    };
    update.exec(db).await.map(drop)
}

/// Takes the next number of a room's chat (`chat_seq`) or hands (`hand_seq`). Locks the
/// room's row until the transaction ends, so that numbers and commits have one order.
pub(crate) async fn next_number(
    db: &impl ConnectionTrait,
    room: Uuid,
    counter: Column,
) -> Result<i64, DbErr> {
    let rows = Entity::update_many()
        .col_expr(counter, Expr::col(counter).add(1))
        .filter(Column::Id.eq(room))
        .exec_with_returning(db)
        .await?;
    let room = rows
        .first()
        .ok_or_else(|| DbErr::RecordNotFound(format!("room {room}")))?;
    Ok(match counter {
        Column::HandSeq => room.hand_seq,
        _ => room.chat_seq,
    })
}

/// Rules to set; `None` stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules {
    pub locked: Option<bool>,
    pub lobby: Option<Lobby>,
    pub guests_allowed: Option<bool>,
    pub allow_unmute: Option<bool>,
    pub allow_video: Option<bool>,
    pub allow_share: Option<bool>,
    pub allow_chat: Option<bool>,
}

/// Sets rules and gives the room as it then is.
pub async fn update_rules(
    db: &impl ConnectionTrait,
    id: Uuid,
    rules: Rules,
) -> Result<Model, DbErr> {
    fn or_keep<V: Into<sea_orm::Value>>(value: Option<V>) -> sea_orm::ActiveValue<V> {
        value.map_or(NotSet, Set)
    }
    let room = ActiveModel {
        // Unchanged on its own, so that a request that changes nothing is a valid update too.
        id: Unchanged(id),
        locked: or_keep(rules.locked),
        lobby: or_keep(rules.lobby.map(|lobby| lobby.as_str().to_owned())),
        guests_allowed: or_keep(rules.guests_allowed),
        allow_unmute: or_keep(rules.allow_unmute),
        allow_video: or_keep(rules.allow_video),
        allow_share: or_keep(rules.allow_share),
        allow_chat: or_keep(rules.allow_chat),
        ..Default::default()
    };
    room.update(db).await
}
