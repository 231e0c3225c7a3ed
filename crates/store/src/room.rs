//! Rooms: where an event takes place.

use chrono::{DateTime, Utc};
use kafedra_model::{
    Lobby,
    seat::{May, Policy},
    stage::{self, Mode},
};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    ConnectionTrait, ExprTrait, QueryOrder,
    entity::prelude::*,
};

use crate::{event, programme};

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
    /// The most people connected at once; 0 where the room has no limit of its own.
    pub capacity: i32,
    pub started_at: Option<ChronoDateTimeUtc>,
    pub ended_at: Option<ChronoDateTimeUtc>,
    /// Since when nobody has been connected; `None` while somebody is.
    pub empty_since: Option<ChronoDateTimeUtc>,
    pub chat_seq: i64,
    pub hand_seq: i64,
    /// The section's name; empty in the main room, which bears the event's title.
    pub title: String,
    /// 0 is the main room.
    pub ordinal: i32,
    pub mode: String,
    /// When the listeners of a webinar were let in.
    pub live_at: Option<ChronoDateTimeUtc>,
    /// Moderators read questions before the others do.
    pub review_questions: bool,
    pub anonymous_questions: bool,
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

    /// «Конференция · Секция 1»: what people inside read above the pictures.
    pub fn full_title(&self, event: &event::Model) -> String {
        if self.title.is_empty() {
            event.title.clone()
        } else {
            format!("{} · {}", event.title, self.title)
        }
    }

    /// A mode of a newer version counts as a webinar: the careful reading.
    pub fn mode(&self) -> Mode {
        Mode::parse(&self.mode).unwrap_or(Mode::Webinar)
    }

    pub fn course(&self) -> stage::Course {
        stage::Course {
            mode: self.mode(),
            started_at: self.started_at,
            live_at: self.live_at,
            is_over: self.ended_at.is_some(),
        }
    }

    /// What `seat` may do in this room now.
    pub fn may(&self, seat: &crate::seat::Model) -> May {
        let may =
            kafedra_model::seat::may(seat.role(), seat.status(), self.policy(), seat.overrides());
        if stage::listens(self.mode(), seat.role(), seat.stage()) {
            may.listening()
        } else {
            may
        }
    }

    /// Whether `seat` may be inside now: hear, write, connect.
    pub fn admits(&self, seat: &crate::seat::Model) -> bool {
        let phase = self.course().phase();
        stage::inside(phase, seat.role(), seat.status(), seat.stage())
    }

    /// Whether `seat` keeps the room's record: the running order, the counts of presence checks.
    pub fn kept_by(&self, seat: &crate::seat::Model) -> bool {
        self.admits(seat) && (self.may(seat).moderate || seat.secretary)
    }

    /// Since when what was written is for `seat` to read; `None` for all of it. What is said back
    /// stage is not for those who listen, not even when nothing came after it.
    pub fn readable_since(&self, seat: &crate::seat::Model) -> Option<DateTime<Utc>> {
        stage::listens(self.mode(), seat.role(), seat.stage())
            .then_some(self.live_at.or(self.ended_at))
            .flatten()
    }

    /// What changes once the room is held as `mode`.
    pub fn held_as(&self, mode: Mode, event: &event::Model, now: DateTime<Utc>) -> Rules {
        Rules {
            mode: Some(mode),
            live_at: self.course().live_after(mode, event.starts_at, now),
            ..Rules::default()
        }
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

/// All rooms of these events, the main room of each before its others.
pub async fn of_events(
    db: &impl ConnectionTrait,
    events: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.is_in(events))
        .order_by_asc(Column::Ordinal)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

pub async fn rename(db: &impl ConnectionTrait, id: Uuid, title: String) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            title: Set(title),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Takes away a room in which nobody has a seat; the programme's items there concern everyone.
pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    programme::Entity::update_many()
        .set(programme::ActiveModel {
            room_id: Set(None),
            ..Default::default()
        })
        .filter(programme::Column::RoomId.eq(id))
        .exec(db)
        .await?;
    Entity::delete_by_id(id).exec(db).await.map(drop)
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

/// Lets the listeners of a webinar in; `true` when this call did.
pub async fn go_live(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            live_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::Mode.eq(Mode::Webinar.as_str()))
        .filter(Column::LiveAt.is_null())
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
            live_at: Set(None),
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
    pub capacity: Option<i32>,
    pub allow_unmute: Option<bool>,
    pub allow_video: Option<bool>,
    pub allow_share: Option<bool>,
    pub allow_chat: Option<bool>,
    pub mode: Option<Mode>,
    pub live_at: Option<DateTime<Utc>>,
    pub review_questions: Option<bool>,
    pub anonymous_questions: Option<bool>,
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
        capacity: or_keep(rules.capacity),
        allow_unmute: or_keep(rules.allow_unmute),
        allow_video: or_keep(rules.allow_video),
        allow_share: or_keep(rules.allow_share),
        allow_chat: or_keep(rules.allow_chat),
        mode: or_keep(rules.mode.map(|mode| mode.as_str().to_owned())),
        live_at: or_keep(rules.live_at.map(Some)),
        review_questions: or_keep(rules.review_questions),
        anonymous_questions: or_keep(rules.anonymous_questions),
        ..Default::default()
    };
    room.update(db).await
}
