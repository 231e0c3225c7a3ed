//! Pupils of a class. Their names are read by those who keep the class and by nobody else, which
//! is why no other module's query touches this table's names.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::Query,
};

use crate::{event, guardian_consent, lesson};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pupil")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub class_id: Uuid,
    pub number: i32,
    pub name: String,
    /// As it is compared: `kafedra_model::slip::normalise`.
    pub code: String,
    /// Under which the pupil sits; `None` before the first lesson.
    pub guest_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Pupils of a class by their numbers.
pub async fn of_class(db: &impl ConnectionTrait, class: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ClassId.eq(class))
        .order_by_asc(Column::Number)
        .all(db)
        .await
}

/// How many pupils each class has.
pub async fn counts(
    db: &impl ConnectionTrait,
    classes: Vec<Uuid>,
) -> Result<HashMap<Uuid, i64>, DbErr> {
    Ok(Entity::find()
        .select_only()
        .column(Column::ClassId)
        .column_as(Column::Id.count(), "pupils")
        .filter(Column::ClassId.is_in(classes))
        .group_by(Column::ClassId)
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

pub async fn find(
    db: &impl ConnectionTrait,
    class: Uuid,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::ClassId.eq(class))
        .one(db)
        .await
}

/// The pupil of a class who has this code.
pub async fn of_code(
    db: &impl ConnectionTrait,
    class: Uuid,
    code: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::ClassId.eq(class))
        .filter(Column::Code.eq(code))
        .one(db)
        .await
}

/// The pupil of a class who sits under this guest.
pub async fn of_guest(
    db: &impl ConnectionTrait,
    class: Uuid,
    guest: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::ClassId.eq(class))
        .filter(Column::GuestId.eq(guest))
        .one(db)
        .await
}

/// Adds pupils with the numbers after the highest there is; call it within a transaction.
pub async fn add(
    db: &impl ConnectionTrait,
    class: Uuid,
    newcomers: Vec<(String, String)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if newcomers.is_empty() {
        return Ok(());
    }
    let highest = of_class(db, class)
        .await?
        .last()
        .map_or(0, |pupil| pupil.number);
    let rows = newcomers
        .into_iter()
        .zip(highest + 1..)
        .map(|((name, code), number)| ActiveModel {
            id: Set(Uuid::now_v7()),
            class_id: Set(class),
            number: Set(number),
            name: Set(name),
            code: Set(code),
            guest_id: Set(None),
            created_at: Set(now),
        });
    Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
        .map(drop)
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

/// Notes under which guest a pupil sits.
pub async fn sits(db: &impl ConnectionTrait, id: Uuid, guest: Uuid) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            guest_id: Set(Some(guest)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Pupils who have been there since before `time`, and whose class has no lesson that ends after it.
pub async fn expired(db: &impl ConnectionTrait, time: DateTime<Utc>) -> Result<Vec<Model>, DbErr> {
    let late = Query::select()
        .column(event::Column::Id)
        .from(event::Entity)
        .and_where(event::Column::EndsAt.gte(time))
        .and_where(event::Column::CancelledAt.is_null())
        .to_owned();
    let busy = Query::select()
        .column(lesson::Column::ClassId)
        .from(lesson::Entity)
        .and_where(lesson::Column::EventId.in_subquery(late))
        .to_owned();
    Entity::find()
        .filter(Column::CreatedAt.lt(time))
        .filter(Column::ClassId.not_in_subquery(busy))
        .all(db)
        .await
}

/// Deletes pupils with their guardians' consents; call it within a transaction.
pub async fn delete(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<(), DbErr> {
    guardian_consent::Entity::delete_many()
        .filter(guardian_consent::Column::PupilId.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    Entity::delete_many()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(db)
        .await
        .map(drop)
}
