//! Events: what is planned, when, by whom.

use chrono::{DateTime, Utc};
use kafedra_model::event::Course;
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::Query,
};

use crate::{invitee, room, seat};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    pub kind: String,
    pub starts_at: ChronoDateTimeUtc,
    pub ends_at: ChronoDateTimeUtc,
    /// IANA name, for display.
    pub timezone: String,
    pub organiser_id: Uuid,
    pub created_at: ChronoDateTimeUtc,
    /// Moves with every edit; an editor says which state they saw.
    pub updated_at: ChronoDateTimeUtc,
    pub cancelled_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What the rules need to tell how the event stands.
    pub fn course(&self, room: &room::Model) -> Course {
        Course {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            started_at: room.started_at,
            ended_at: room.ended_at,
            cancelled_at: self.cancelled_at,
        }
    }
}

/// Most events that one list brings.
const LIST_LIMIT: u64 = 500;

/// Events with their rooms that concern a person: organised by them, inviting them, or
/// where they keep a seat they were not turned away from. Those overlapping `from..to`,
/// earliest first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: Uuid,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
) -> Result<Vec<(Model, room::Model)>, DbErr> {
    let invited = Query::select()
        .column(invitee::Column::EventId)
        .from(invitee::Entity)
        .and_where(invitee::Column::PersonId.eq(person))
        .to_owned();
    let seats = Query::select()
        .column(seat::Column::RoomId)
        .from(seat::Entity)
        .and_where(seat::Column::PersonId.eq(person))
        .and_where(seat::Column::Status.is_in(["waiting", "admitted"]))
        .to_owned();
    let seated = Query::select()
        .column(room::Column::EventId)
        .from(room::Entity)
        .and_where(room::Column::Id.in_subquery(seats))
        .to_owned();
    let mut events = Entity::find().filter(
        Condition::any()
            .add(Column::OrganiserId.eq(person))
            .add(Column::Id.in_subquery(invited))
            .add(Column::Id.in_subquery(seated)),
    );
    if let Some(from) = from {
        events = events.filter(Column::EndsAt.gte(from));
    }
    if let Some(to) = to {
        events = events.filter(Column::StartsAt.lt(to));
    }
    let events = events
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(LIST_LIMIT)
        .all(db)
        .await?;
    let rooms = room::of_events(db, events.iter().map(|event| event.id)).await?;
    Ok(events
        .into_iter()
        .filter_map(|event| {
            let room = rooms.iter().find(|room| room.event_id == event.id)?.clone();
            Some((event, room))
        })
        .collect())
}

/// What an edit sets.
#[derive(Debug, Clone)]
pub struct Edit {
    pub title: String,
    pub kind: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub timezone: String,
}

/// Writes an edit unless somebody else's came first: `false` when `seen` is no longer the
/// event's `updated_at`, and nothing was written.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    seen: DateTime<Utc>,
    edit: Edit,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changes = ActiveModel {
        title: Set(edit.title),
        kind: Set(edit.kind),
        starts_at: Set(edit.starts_at),
        ends_at: Set(edit.ends_at),
        timezone: Set(edit.timezone),
        updated_at: Set(now),
        ..Default::default()
    };
    let written = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .filter(Column::UpdatedAt.eq(seen))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

pub async fn cancel(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            cancelled_at: Set(Some(now)),
            updated_at: Set(now),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::CancelledAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// An event with its room.
pub async fn with_room(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(Model, room::Model)>, DbErr> {
    let Some(event) = Entity::find_by_id(id).one(db).await? else {
        return Ok(None);
    };
    let rooms = room::of_events(db, [id]).await?;
    Ok(rooms.into_iter().next().map(|room| (event, room)))
}
