//! Events: what is planned, when, by whom.

use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::{
    Audience, EventKind,
    event::{Course, Level},
    event_role::Hosted,
    stage::Phase,
};
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, ExprTrait, QueryOrder, QuerySelect,
    entity::prelude::*, sea_query::Query,
};

use crate::{event_role, invitee, room, seat};

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
    pub description: String,
    pub audience: String,
    pub level: String,
    /// A school subject; `None` for an event of all.
    pub subject: Option<String>,
    pub association_id: Option<Uuid>,
    /// The institution that holds it.
    pub institution_id: Option<Uuid>,
    pub series_id: Option<Uuid>,
    /// The date that the series' rule gave, wherever the event was moved since.
    pub series_at: Option<ChronoDateTimeUtc>,
    /// Counts changes for calendars (RFC 5545, SEQUENCE).
    pub sequence: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A kind of a newer version counts as a staff meeting.
    pub fn kind(&self) -> EventKind {
        EventKind::parse(&self.kind).unwrap_or(EventKind::StaffMeeting)
    }

    /// An audience of a newer version counts as the closest.
    pub fn audience(&self) -> Audience {
        Audience::parse(&self.audience).unwrap_or(Audience::Invited)
    }

    pub fn level(&self) -> Level {
        Level::parse(&self.level).unwrap_or(Level::City)
    }

    /// What the rules need to know of it.
    pub fn hosted(&self) -> Hosted {
        Hosted {
            organiser: self.organiser_id,
            association: self.association_id,
            institution: self.institution_id,
            audience: self.audience(),
        }
    }

    /// What the rules need to tell how the event stands.
    pub fn course(&self, room: &room::Model) -> Course {
        Course {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            started_at: room.started_at,
            backstage: room.course().phase() == Phase::Backstage,
            ended_at: room.ended_at,
            cancelled_at: self.cancelled_at,
        }
    }
}

/// Most events that one list of a person's own brings.
const LIST_LIMIT: u64 = 500;
/// Most events that a calendar brings: several years' worth of a city.
const CALENDAR_LIMIT: u64 = 2_000;
/// No event lasts longer: one that overlaps a span starts at most this long before it.
const LONGEST: TimeDelta = kafedra_model::event::LONGEST;

/// Events that concern a person: organised by them, inviting them, of their associations,
/// where they have a role, or keep a seat they were not turned away from. Those overlapping `from..to`,
/// earliest first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
) -> Result<Vec<Model>, DbErr> {
    let mut events = Entity::find().filter(viewer.mine());
    if let Some(from) = from {
        events = events.filter(Column::EndsAt.gte(from));
    }
    if let Some(to) = to {
        events = events.filter(Column::StartsAt.lt(to));
    }
    events
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(LIST_LIMIT)
        .all(db)
        .await
}

/// What a person has to do with an event: they organise it, are invited, have a role, or keep
/// a seat they were not turned away from.
fn concerns(person: Uuid) -> Condition {
    let invited = Query::select()
        .column(invitee::Column::EventId)
        .from(invitee::Entity)
        .and_where(invitee::Column::PersonId.eq(person))
        .to_owned();
    let playing = Query::select()
        .column(event_role::Column::EventId)
        .from(event_role::Entity)
        .and_where(event_role::Column::PersonId.eq(person))
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
    Condition::any()
        .add(Column::OrganiserId.eq(person))
        .add(Column::Id.in_subquery(invited))
        .add(Column::Id.in_subquery(playing))
        .add(Column::Id.in_subquery(seated))
}

/// Whose calendar it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub person: Uuid,
    /// Sees everything.
    pub everything: bool,
    /// Sees what any institution holds.
    pub all_institutions: bool,
    /// Associations whose meetings are theirs: as a member, or as one who leads them.
    pub associations: Vec<Uuid>,
    /// Institutions that they answer for.
    pub institutions: Vec<Uuid>,
}

impl Viewer {
    fn sees(&self) -> Condition {
        if self.everything {
            return Condition::all();
        }
        let mut sees = concerns(self.person)
            .add(Column::Audience.is_in(["city", "public"]))
            .add(Column::AssociationId.is_in(self.associations.clone()))
            .add(Column::InstitutionId.is_in(self.institutions.clone()));
        if self.all_institutions {
            sees = sees.add(Column::InstitutionId.is_not_null());
        }
        sees
    }

    fn mine(&self) -> Condition {
        concerns(self.person).add(Column::AssociationId.is_in(self.associations.clone()))
    }
}

/// What a calendar shows.
#[derive(Debug, Clone)]
pub struct Filter {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub association: Option<Uuid>,
    pub institution: Option<Uuid>,
    pub kinds: Vec<EventKind>,
    pub subject: Option<String>,
    /// Only what concerns the viewer.
    pub mine: bool,
}

impl Filter {
    /// Everything within a span.
    pub fn between(from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self {
            from,
            to,
            association: None,
            institution: None,
            kinds: Vec::new(),
            subject: None,
            mine: false,
        }
    }
}

/// Events that overlap a span and that the viewer may know of, earliest first.
pub async fn calendar(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
) -> Result<Vec<Model>, DbErr> {
    let mut events = Entity::find()
        // The bound on the beginning is what the index answers.
        .filter(Column::StartsAt.gte(filter.from - LONGEST))
        .filter(Column::StartsAt.lt(filter.to))
        .filter(Column::EndsAt.gt(filter.from))
        .filter(if filter.mine {
            viewer.mine()
        } else {
            viewer.sees()
        });
    if let Some(id) = filter.association {
        events = events.filter(Column::AssociationId.eq(id));
    }
    if let Some(id) = filter.institution {
        events = events.filter(Column::InstitutionId.eq(id));
    }
    if !filter.kinds.is_empty() {
        events = events.filter(Column::Kind.is_in(filter.kinds.iter().map(|kind| kind.as_str())));
    }
    if let Some(subject) = &filter.subject {
        events = events.filter(Column::Subject.eq(subject));
    }
    events
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(CALENDAR_LIMIT)
        .all(db)
        .await
}

/// How many association meetings begin within a span, by association; cancelled ones left out.
pub async fn meeting_counts(
    db: &impl ConnectionTrait,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<(Uuid, i64)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::AssociationId)
        .column_as(Column::Id.count(), "meetings")
        .filter(Column::AssociationId.is_not_null())
        .filter(Column::Kind.eq(EventKind::AssociationMeeting.as_str()))
        .filter(Column::CancelledAt.is_null())
        .filter(Column::StartsAt.gte(from))
        .filter(Column::StartsAt.lt(to))
        .group_by(Column::AssociationId)
        .into_tuple()
        .all(db)
        .await
}

/// Titles of some events, by id.
pub async fn titles(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<(Uuid, String)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Title)
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await
}

/// Subjects that events have, by the alphabet.
pub async fn subjects(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Subject)
        .distinct()
        .filter(Column::Subject.is_not_null())
        .order_by_asc(Column::Subject)
        .into_tuple()
        .all(db)
        .await
}

/// What an edit sets.
#[derive(Debug, Clone)]
pub struct Edit {
    pub title: String,
    pub kind: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub timezone: String,
    pub description: String,
    pub audience: Audience,
    pub level: Level,
    pub subject: Option<String>,
    pub association_id: Option<Uuid>,
    pub institution_id: Option<Uuid>,
    /// The date by which the series knows it.
    pub series_at: Option<DateTime<Utc>>,
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
        description: Set(edit.description),
        audience: Set(edit.audience.as_str().to_owned()),
        level: Set(edit.level.as_str().to_owned()),
        subject: Set(edit.subject),
        association_id: Set(edit.association_id),
        institution_id: Set(edit.institution_id),
        series_at: Set(edit.series_at),
        updated_at: Set(now),
        ..Default::default()
    };
    let written = Entity::update_many()
        .set(changes)
        .col_expr(Column::Sequence, Expr::col(Column::Sequence).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::UpdatedAt.eq(seen))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// Notes a change of what hangs on the event, its programme for one: `false` when `seen` is no
/// longer its `updated_at`.
pub async fn touch(
    db: &impl ConnectionTrait,
    id: Uuid,
    seen: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            updated_at: Set(now),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::UpdatedAt.eq(seen))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// The other events of a series in their order, from `since` on where it is given.
pub async fn siblings(
    db: &impl ConnectionTrait,
    series: Uuid,
    since: Option<DateTime<Utc>>,
) -> Result<Vec<Model>, DbErr> {
    let mut events = Entity::find()
        .filter(Column::SeriesId.eq(series))
        .filter(Column::CancelledAt.is_null());
    if let Some(since) = since {
        events = events.filter(Column::SeriesAt.gte(since));
    }
    events
        .order_by_asc(Column::SeriesAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Events that are not cancelled and overlap a span, where one of these people is expected:
/// each with the person. The person organises it, is invited, or has a role.
pub async fn claims(
    db: &impl ConnectionTrait,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    people: &[Uuid],
) -> Result<Vec<(Uuid, Model)>, DbErr> {
    let events = Entity::find()
        .filter(Column::StartsAt.gt(from - LONGEST))
        .filter(Column::StartsAt.lt(to))
        .filter(Column::EndsAt.gt(from))
        .filter(Column::CancelledAt.is_null())
        .order_by_asc(Column::StartsAt)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    let invited = invitee::Entity::find()
        .filter(invitee::Column::EventId.is_in(ids.clone()))
        .filter(invitee::Column::PersonId.is_in(people.iter().copied()))
        .all(db)
        .await?;
    let playing = event_role::Entity::find()
        .filter(event_role::Column::EventId.is_in(ids))
        .filter(event_role::Column::PersonId.is_in(people.iter().copied()))
        .all(db)
        .await?;
    let mut claims = Vec::new();
    for event in events {
        for person in people {
            let expected = event.organiser_id == *person
                || invited
                    .iter()
                    .any(|row| row.event_id == event.id && row.person_id == *person)
                || playing
                    .iter()
                    .any(|row| row.event_id == event.id && row.person_id == *person);
            if expected {
                claims.push((*person, event.clone()));
            }
        }
    }
    Ok(claims)
}

/// Calls an event off; `false` when it was before.
pub async fn cancel(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            cancelled_at: Set(Some(now)),
            updated_at: Set(now),
            ..Default::default()
        })
        .col_expr(Column::Sequence, Expr::col(Column::Sequence).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::CancelledAt.is_null())
        .exec(db)
        .await
        .map(|written| written.rows_affected == 1)
}

/// An event with its main room.
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
