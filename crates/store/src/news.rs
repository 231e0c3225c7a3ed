//! News of the project, for everybody to read.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "news")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// Paragraphs on lines of their own.
    pub text: String,
    pub published_on: ChronoDate,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What somebody writes.
#[derive(Debug, Clone)]
pub struct Draft {
    pub title: String,
    pub text: String,
    pub published_on: NaiveDate,
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        title: Set(draft.title),
        text: Set(draft.text),
        published_on: Set(draft.published_on),
        created_by: Set(by),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(db)
    .await
}

/// `None` for what is not there.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    if Entity::find_by_id(id).one(db).await?.is_none() {
        return Ok(None);
    }
    ActiveModel {
        id: Set(id),
        title: Set(draft.title),
        text: Set(draft.text),
        published_on: Set(draft.published_on),
        updated_at: Set(now),
        ..Default::default()
    }
    .update(db)
    .await
    .map(Some)
}

/// What was published by a day, the newest first.
pub async fn latest(
    db: &impl ConnectionTrait,
    by: NaiveDate,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PublishedOn.lte(by))
        .order_by_desc(Column::PublishedOn)
        .order_by_desc(Column::Id)
        .limit(most)
        .all(db)
        .await
}

/// Whether there was any.
pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    let deleted = Entity::delete_by_id(id).exec(db).await?;
    Ok(deleted.rows_affected > 0)
}
