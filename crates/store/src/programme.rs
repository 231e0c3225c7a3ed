//! Programmes: the items of an event and who speaks in each.

use chrono::{DateTime, Utc};
use kafedra_model::{ItemKind, programme::Slot};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*, sea_query::Query,
};

/// Who speaks in an item.
pub mod speaker {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_speaker")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub item_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        pub ordinal: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    /// `None` where the whole event meets.
    pub room_id: Option<Uuid>,
    pub ordinal: i32,
    pub kind: String,
    pub title: String,
    pub starts_at: ChronoDateTimeUtc,
    pub minutes: i32,
    pub description: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A kind of a newer version counts as a talk.
    pub fn kind(&self) -> ItemKind {
        ItemKind::parse(&self.kind).unwrap_or(ItemKind::Talk)
    }

    pub fn slot(&self) -> Slot {
        Slot {
            room: self.room_id,
            starts_at: self.starts_at,
            minutes: self.minutes,
        }
    }
}

/// An item with its speakers in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub item: Model,
    pub speakers: Vec<Uuid>,
}

/// An event's programme in its order.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Item>, DbErr> {
    let items = Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Ordinal)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let speakers = speaker::Entity::find()
        .filter(speaker::Column::ItemId.is_in(items.iter().map(|item| item.id)))
        .order_by_asc(speaker::Column::Ordinal)
        .all(db)
        .await?;
    Ok(items
        .into_iter()
        .map(|item| Item {
            speakers: speakers
                .iter()
                .filter(|row| row.item_id == item.id)
                .map(|row| row.person_id)
                .collect(),
            item,
        })
        .collect())
}

/// Items of some events where a person speaks, in the order of their programmes.
pub async fn spoken(
    db: &impl ConnectionTrait,
    person: Uuid,
    events: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    let own = Query::select()
        .column(speaker::Column::ItemId)
        .from(speaker::Entity)
        .and_where(speaker::Column::PersonId.eq(person))
        .to_owned();
    Entity::find()
        .filter(Column::EventId.is_in(events))
        .filter(Column::Id.in_subquery(own))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Ordinal)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// An item about to be written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The item that it was before, so that what hangs on it stays.
    pub id: Uuid,
    pub room_id: Option<Uuid>,
    pub kind: ItemKind,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub minutes: i32,
    pub description: String,
    pub speakers: Vec<Uuid>,
}

/// Makes `items` the programme, no more and no less.
pub async fn replace(
    db: &impl ConnectionTrait,
    event: Uuid,
    items: Vec<Draft>,
) -> Result<(), DbErr> {
    let old = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::EventId.eq(event))
        .to_owned();
    speaker::Entity::delete_many()
        .filter(speaker::Column::ItemId.in_subquery(old))
        .exec(db)
        .await?;
    Entity::delete_many()
        .filter(Column::EventId.eq(event))
        .exec(db)
        .await?;
    let mut speakers = Vec::new();
    let mut rows = Vec::with_capacity(items.len());
    for (ordinal, draft) in (0..).zip(items) {
        speakers.extend(
            (0..)
                .zip(&draft.speakers)
                .map(|(place, person)| speaker::ActiveModel {
                    item_id: Set(draft.id),
                    person_id: Set(*person),
                    ordinal: Set(place),
                }),
        );
        rows.push(ActiveModel {
            id: Set(draft.id),
            event_id: Set(event),
            room_id: Set(draft.room_id),
            ordinal: Set(ordinal),
            kind: Set(draft.kind.as_str().to_owned()),
            title: Set(draft.title),
            starts_at: Set(draft.starts_at),
            minutes: Set(draft.minutes),
            description: Set(draft.description),
        });
    }
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    if !speakers.is_empty() {
        speaker::Entity::insert_many(speakers)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
