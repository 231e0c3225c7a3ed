//! Guests: people who came by a link under a name they typed.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "guest")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub consent_version: String,
    pub consent_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A new guest, who has agreed to this version of the notice.
pub async fn create(
    db: &impl ConnectionTrait,
    name: &str,
    consent_version: &str,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        name: Set(name.to_owned()),
        consent_version: Set(consent_version.to_owned()),
        consent_at: Set(now),
    }
    .insert(db)
    .await
}

/// Keeps that a guest agreed to a newer version of the notice.
pub async fn agree(
    db: &impl ConnectionTrait,
    id: Uuid,
    consent_version: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            consent_version: Set(consent_version.to_owned()),
            consent_at: Set(now),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}
