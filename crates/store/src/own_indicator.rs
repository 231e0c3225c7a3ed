//! Indicators that the installation defined beside those of the passport.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "own_indicator")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// JSON; its form is the application's.
    pub source: String,
    /// Grows with each change, so that nobody overwrites what they have not seen.
    pub version: i32,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    /// Signed quarters and entered values stay.
    pub archived_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn create(
    db: &impl ConnectionTrait,
    (name, source): (String, String),
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        name: Set(name),
        source: Set(source),
        version: Set(1),
        created_by: Set(by),
        created_at: Set(now),
        archived_at: Set(None),
    }
    .insert(db)
    .await
}

pub async fn update(
    db: &impl ConnectionTrait,
    row: Model,
    (name, source): (String, String),
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(row.id),
        name: Set(name),
        source: Set(source),
        version: Set(row.version + 1),
        ..Default::default()
    }
    .update(db)
    .await
}

pub async fn archive(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    ActiveModel {
        id: Set(id),
        archived_at: Set(Some(now)),
        ..Default::default()
    }
    .update(db)
    .await
    .map(drop)
}

/// Those in use, the oldest first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ArchivedAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// `None` for one that is not in use.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::ArchivedAt.is_null())
        .one(db)
        .await
}
