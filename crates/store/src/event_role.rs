//! Who does what in an event.

use chrono::{DateTime, Utc};
use kafedra_model::EventRole;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*, sea_query::OnConflict,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub person_id: Uuid,
    pub role: String,
    /// What a speaker speaks of; empty for the others.
    pub topic: String,
    pub confirmed_by: Option<Uuid>,
    pub confirmed_at: Option<ChronoDateTimeUtc>,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// `None` for a role of a newer version.
    pub fn role(&self) -> Option<EventRole> {
        EventRole::parse(&self.role)
    }
}

/// Roles of one event in the order in which they were given.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// What one person does in one event.
pub async fn held(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
) -> Result<Vec<EventRole>, DbErr> {
    Ok(Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::PersonId.eq(person))
        .all(db)
        .await?
        .iter()
        .filter_map(Model::role)
        .collect())
}

/// A person's roles in some events, in no order.
pub async fn of_person_in(
    db: &impl ConnectionTrait,
    person: Uuid,
    events: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::EventId.is_in(events))
        .all(db)
        .await
}

/// One role of one event.
pub async fn find(
    db: &impl ConnectionTrait,
    event: Uuid,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::EventId.eq(event))
        .one(db)
        .await
}

/// Gives a role. Giving it again sets its topic, where there is one, and keeps its confirmation.
pub async fn give(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
    role: EventRole,
    topic: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut again = OnConflict::columns([Column::EventId, Column::PersonId, Column::Role]);
    if topic.is_empty() {
        again.do_nothing();
    } else {
        again.update_column(Column::Topic);
    }
    Entity::insert(ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event),
        person_id: Set(person),
        role: Set(role.as_str().to_owned()),
        topic: Set(topic.to_owned()),
        confirmed_by: Set(None),
        confirmed_at: Set(None),
        created_at: Set(now),
    })
    .on_conflict(again)
    .try_insert()
    .exec_without_returning(db)
    .await
    .map(drop)
}

pub async fn remove(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// Notes who confirmed a role; the first confirmation stays.
pub async fn confirm(
    db: &impl ConnectionTrait,
    id: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            confirmed_by: Set(Some(by)),
            confirmed_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::ConfirmedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}
