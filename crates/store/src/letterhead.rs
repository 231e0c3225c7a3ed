//! In whose name papers are given out. A change adds a row: papers keep the one they began with.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letterhead")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation: String,
    pub signer_position: String,
    pub signer_name: String,
    /// Base64 of a PNG or JPEG file.
    #[sea_orm(column_type = "Text")]
    pub arms: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub signature: Option<String>,
    pub created_by: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The one in force.
pub async fn current(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Puts `next` in force, under an id and a time of its own.
pub async fn replace(
    db: &impl ConnectionTrait,
    next: Model,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        organisation: Set(next.organisation),
        signer_position: Set(next.signer_position),
        signer_name: Set(next.signer_name),
        arms: Set(next.arms),
        signature: Set(next.signature),
        created_by: Set(by),
        created_at: Set(now),
    }
    .insert(db)
    .await
}
