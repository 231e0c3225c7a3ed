//! Seats: one person's or guest's place in one room.

use chrono::{DateTime, Utc};
use kafedra_model::{
    SeatRole,
    event_role::Part,
    seat::{Overrides, Status},
    stage::Stage,
};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, TransactionSession, TransactionTrait,
    TryInsertResult,
    entity::prelude::*,
    sea_query::{OnConflict, Query},
};

use crate::room;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat")]
pub struct Model {
    /// Also the media server's identity of whoever sits here.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub room_id: Uuid,
    pub person_id: Option<Uuid>,
    /// A guest, or that under which a room kit sits.
    pub guest_id: Option<Uuid>,
    pub kit_id: Option<Uuid>,
    pub name: String,
    pub role: String,
    pub status: String,
    pub status_at: ChronoDateTimeUtc,
    pub allow_unmute: Option<bool>,
    pub allow_video: Option<bool>,
    pub allow_share: Option<bool>,
    pub allow_chat: Option<bool>,
    pub hand_raised_at: Option<ChronoDateTimeUtc>,
    pub hand_seq: Option<i64>,
    pub created_at: ChronoDateTimeUtc,
    /// Where a pupil of a class sits; `name` is then an alias.
    pub pupil_number: Option<i32>,
    /// How near to a webinar's stage they are.
    pub stage: String,
    /// Keeps the room's record; has no power over anybody's media.
    pub secretary: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A role of a newer version counts as the lowest.
    pub fn role(&self) -> SeatRole {
        SeatRole::parse(&self.role).unwrap_or(SeatRole::Participant)
    }

    /// A status of a newer version counts as turned away.
    pub fn status(&self) -> Status {
        Status::parse(&self.status).unwrap_or(Status::Refused)
    }

    /// A stage of a newer version counts as none.
    pub fn stage(&self) -> Stage {
        Stage::parse(&self.stage).unwrap_or(Stage::Off)
    }

    pub fn part(&self) -> Part {
        Part {
            role: self.role(),
            stage: self.stage(),
            secretary: self.secretary,
        }
    }

    pub fn overrides(&self) -> Overrides {
        Overrides {
            unmute: self.allow_unmute,
            video: self.allow_video,
            share: self.allow_share,
            chat: self.allow_chat,
        }
    }
}

/// Whose seat it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occupant {
    Person(Uuid),
    Guest(Uuid),
    Kit {
        id: Uuid,
        guest: Uuid,
    },
    /// By the number in the class.
    Pupil {
        number: i32,
        guest: Uuid,
    },
}

/// The seat of `occupant` in `room`.
pub async fn of(
    db: &impl ConnectionTrait,
    room: Uuid,
    occupant: Occupant,
) -> Result<Option<Model>, DbErr> {
    let seat = Entity::find().filter(Column::RoomId.eq(room));
    match occupant {
        Occupant::Person(id) => seat.filter(Column::PersonId.eq(id)),
        Occupant::Guest(id)
        | Occupant::Kit { guest: id, .. }
        | Occupant::Pupil { guest: id, .. } => seat.filter(Column::GuestId.eq(id)),
    }
    .one(db)
    .await
}

/// A person's seats in the rooms of one event.
pub async fn of_person_in(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
) -> Result<Vec<Model>, DbErr> {
    let rooms = Query::select()
        .column(room::Column::Id)
        .from(room::Entity)
        .and_where(room::Column::EventId.eq(event))
        .to_owned();
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::RoomId.in_subquery(rooms))
        .all(db)
        .await
}

/// The seats of these ids, in no order.
pub async fn of_ids(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).all(db).await
}

/// Whether anybody has a seat in the room, whatever its status.
pub async fn any(db: &impl ConnectionTrait, room: Uuid) -> Result<bool, DbErr> {
    let seat = Entity::find()
        .filter(Column::RoomId.eq(room))
        .one(db)
        .await?;
    Ok(seat.is_some())
}

/// One seat of one room.
pub async fn find(db: &impl ConnectionTrait, room: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::RoomId.eq(room))
        .one(db)
        .await
}

/// Seats of a room in one of these statuses, in the order they were taken.
pub async fn of_room(
    db: &impl ConnectionTrait,
    room: Uuid,
    statuses: &[Status],
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::Status.is_in(statuses.iter().map(|status| status.as_str())))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Every seat that was taken in these rooms.
pub async fn of_rooms(db: &impl ConnectionTrait, rooms: Vec<Uuid>) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.is_in(rooms))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// The seats of kits in a room.
pub async fn kits_of(db: &impl ConnectionTrait, room: Uuid) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::RoomId.eq(room))
        .filter(Column::KitId.is_not_null())
        .into_tuple()
        .all(db)
        .await
}

/// How many people with an account of their own were let into a room.
pub async fn admitted_people(db: &impl ConnectionTrait, room: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::PersonId.is_not_null())
        .filter(Column::Status.eq(Status::Admitted.as_str()))
        .count(db)
        .await
}

/// Seats in the lobbies of several rooms.
pub async fn waiting(db: &impl ConnectionTrait, rooms: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find()
        .filter(Column::RoomId.is_in(rooms.iter().copied()))
        .filter(Column::Status.eq(Status::Waiting.as_str()))
        .all(db)
        .await
}

/// Takes a new seat. Of two tabs that come at once the second gets the seat of the first.
pub async fn create(
    db: &impl ConnectionTrait,
    room: Uuid,
    occupant: Occupant,
    name: String,
    role: SeatRole,
    status: Status,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let (person_id, guest_id, kit_id, column) = match occupant {
        Occupant::Person(id) => (Some(id), None, None, Column::PersonId),
        Occupant::Guest(id) => (None, Some(id), None, Column::GuestId),
        Occupant::Kit { id, guest } => (None, Some(guest), Some(id), Column::GuestId),
        Occupant::Pupil { guest, .. } => (None, Some(guest), None, Column::GuestId),
    };
    let seat = ActiveModel {
        id: Set(Uuid::now_v7()),
        room_id: Set(room),
        person_id: Set(person_id),
        guest_id: Set(guest_id),
        kit_id: Set(kit_id),
        name: Set(name),
        role: Set(role.as_str().to_owned()),
        status: Set(status.as_str().to_owned()),
        status_at: Set(now),
        allow_unmute: Set(None),
        allow_video: Set(None),
        allow_share: Set(None),
        allow_chat: Set(None),
        hand_raised_at: Set(None),
        hand_seq: Set(None),
        created_at: Set(now),
        pupil_number: Set(match occupant {
            Occupant::Pupil { number, .. } => Some(number),
            _ => None,
        }),
        stage: Set(Stage::Off.as_str().to_owned()),
        secretary: Set(false),
    };
    let inserted = Entity::insert(seat)
        .on_conflict(
            OnConflict::columns([Column::RoomId, column])
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_with_returning(db)
        .await?;
    if let TryInsertResult::Inserted(seat) = inserted {
        return Ok(seat);
    }
    of(db, room, occupant)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(format!("seat in room {room}")))
}

/// Moves a seat from one status to another; `None` when it was no longer `from`.
pub async fn set_status(
    db: &impl ConnectionTrait,
    id: Uuid,
    from: Status,
    to: Status,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let mut changes = ActiveModel {
        status: Set(to.as_str().to_owned()),
        status_at: Set(now),
        ..Default::default()
    };
    if to != Status::Admitted {
        // A hand goes down with whoever raised it.
        changes.hand_raised_at = Set(None);
        changes.hand_seq = Set(None);
    }
    let rows = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(from.as_str()))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}

/// Moves a seat on the stage, off it, or between; `None` when it was no longer `from`.
pub async fn set_stage(
    db: &impl ConnectionTrait,
    id: Uuid,
    from: Stage,
    to: Stage,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(ActiveModel {
            stage: Set(to.as_str().to_owned()),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::Stage.eq(from.as_str()))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}

/// Gives a seat what a role in the event brings: its rank, its place on the stage, the record.
pub async fn set_part(
    db: &impl ConnectionTrait,
    id: Uuid,
    part: Part,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(ActiveModel {
            role: Set(part.role.as_str().to_owned()),
            stage: Set(part.stage.as_str().to_owned()),
            secretary: Set(part.secretary),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}

pub async fn rename(db: &impl ConnectionTrait, id: Uuid, name: String) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            name: Set(name),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Raises a hand, behind those already raised; raising twice keeps the place.
pub async fn raise_hand(
    db: &impl TransactionTrait,
    seat: &Model,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let transaction = db.begin().await?;
    let number = room::next_number(&transaction, seat.room_id, room::Column::HandSeq).await?;
    let written = Entity::update_many()
        .set(ActiveModel {
            hand_raised_at: Set(Some(now)),
            hand_seq: Set(Some(number)),
            ..Default::default()
        })
        .filter(Column::Id.eq(seat.id))
        .filter(Column::Status.eq(Status::Admitted.as_str()))
        .filter(Column::HandSeq.is_null())
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(written.rows_affected == 1)
}

/// Lowers hands and says which of them were up.
pub async fn lower_hands(db: &impl ConnectionTrait, seats: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            hand_raised_at: Set(None),
            hand_seq: Set(None),
            ..Default::default()
        })
        .filter(Column::Id.is_in(seats.iter().copied()))
        .filter(Column::HandSeq.is_not_null())
        .exec_with_returning(db)
        .await
}

/// Seats with a raised hand, first raised first.
pub async fn hands(db: &impl ConnectionTrait, room: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::HandSeq.is_not_null())
        .order_by_asc(Column::HandSeq)
        .all(db)
        .await
}

/// Sets a seat's role and its exceptions from the room's policy.
pub async fn set_rights(
    db: &impl ConnectionTrait,
    id: Uuid,
    role: SeatRole,
    overrides: Overrides,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(ActiveModel {
            role: Set(role.as_str().to_owned()),
            allow_unmute: Set(overrides.unmute),
            allow_video: Set(overrides.video),
            allow_share: Set(overrides.share),
            allow_chat: Set(overrides.chat),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}
