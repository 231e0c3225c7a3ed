//! Projects: the passport of each as one document, versioned by its own format.
//!
//! The document is checked by `kafedra_model::passport` on the way in and read by it on the way
//! out; here it is text that both databases keep as it is.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// JSON of `kafedra_model::passport::Passport`.
    pub passport: String,
    /// Counts changes: an edit made from an older version is refused.
    pub version: i32,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn create(
    db: &impl ConnectionTrait,
    title: String,
    passport: String,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        title: Set(title),
        passport: Set(passport),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(db)
    .await
}

/// The project that was begun last; the city runs one at a time.
pub async fn current(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await
}
