//! People before a kit, counted one by one: by the code on its screen, or by a list.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence_confirmation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub kit_id: Uuid,
    pub person_id: Uuid,
    /// A [`Way`].
    pub way: String,
    pub at: ChronoDateTimeUtc,
    /// Who put them on the list.
    pub by_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How it is known that somebody sits before a kit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Signed in, with the code on the screen.
    Code,
    /// With the code on the screen and a printed slip.
    Slip,
    /// Named by the site's coordinator.
    List,
}

impl Way {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Slip => "slip",
            Self::List => "list",
        }
    }
}

impl Model {
    pub fn is_list(&self) -> bool {
        self.way == Way::List.as_str()
    }
}

/// Notes one person; `false` when they were noted by code before and nothing was added.
pub async fn confirm(
    db: &impl ConnectionTrait,
    event: Uuid,
    kit: Uuid,
    person: Uuid,
    way: Way,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let known = Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::KitId.eq(kit))
        .filter(Column::PersonId.eq(person))
        .filter(Column::Way.ne(Way::List.as_str()))
        .one(db)
        .await?;
    if known.is_some() {
        return Ok(false);
    }
    row(event, kit, person, way, now, None).insert(db).await?;
    Ok(true)
}

/// Puts these people on the kit's list, in place of whoever was on it.
pub async fn replace_list(
    db: &impl ConnectionTrait,
    event: Uuid,
    kit: Uuid,
    people: &[Uuid],
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::EventId.eq(event))
        .filter(Column::KitId.eq(kit))
        .filter(Column::Way.eq(Way::List.as_str()))
        .exec(db)
        .await?;
    let rows = people
        .iter()
        .map(|person| row(event, kit, *person, Way::List, now, Some(by)));
    if people.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
        .map(drop)
}

fn row(
    event: Uuid,
    kit: Uuid,
    person: Uuid,
    way: Way,
    now: DateTime<Utc>,
    by: Option<Uuid>,
) -> ActiveModel {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event),
        kit_id: Set(kit),
        person_id: Set(person),
        way: Set(way.as_str().to_owned()),
        at: Set(now),
        by_id: Set(by),
    }
}

/// How many people have confirmed by the code on a kit's screen.
pub async fn by_code(db: &impl ConnectionTrait, event: Uuid, kit: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::KitId.eq(kit))
        .filter(Column::Way.ne(Way::List.as_str()))
        .count(db)
        .await
}

pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}
