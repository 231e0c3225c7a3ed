//! Insurance numbers, sealed. Who has one is found by a keyed hash; only the application has the
//! keys to either.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QuerySelect, entity::prelude::*, sea_query::OnConflict,
};

use crate::bulk;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "snils")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    #[sea_orm(unique)]
    pub lookup: String,
    pub changed_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A number as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub sealed: String,
    pub lookup: String,
}

fn row(person: Uuid, draft: Draft, now: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        person_id: Set(person),
        sealed: Set(draft.sealed),
        lookup: Set(draft.lookup),
        changed_at: Set(now),
    }
}

/// Keeps a person's number in place of the one before.
///
/// # Errors
///
/// A unique constraint where somebody else has this number.
pub async fn put(
    db: &impl ConnectionTrait,
    person: Uuid,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::insert(row(person, draft, now))
        .on_conflict(
            OnConflict::column(Column::PersonId)
                .update_columns([Column::Sealed, Column::Lookup, Column::ChangedAt])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Numbers of people who have none yet.
///
/// # Errors
///
/// A unique constraint where somebody has one, or somebody else this one.
pub async fn put_all(
    db: &impl ConnectionTrait,
    numbers: Vec<(Uuid, Draft)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows = numbers
        .into_iter()
        .map(|(person, draft)| row(person, draft, now));
    bulk::insert(db, rows).await
}

pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(person).one(db).await
}

/// Hashes of everybody's numbers, by person.
pub async fn lookups(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, String>, DbErr> {
    Ok(Entity::find()
        .select_only()
        .column(Column::PersonId)
        .column(Column::Lookup)
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

/// `false` where there was none.
pub async fn delete(db: &impl ConnectionTrait, person: Uuid) -> Result<bool, DbErr> {
    let done = Entity::delete_by_id(person).exec(db).await?;
    Ok(done.rows_affected > 0)
}
