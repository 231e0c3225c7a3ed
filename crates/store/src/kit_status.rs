//! What a room kit was on which days: planned, delivered, ready, in repair, written off.

use chrono::{DateTime, Utc};
use kafedra_model::indicator::{KitStatus, StatusChange};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kit_status")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kit_id: Uuid,
    pub since: ChronoDate,
    pub status: String,
    pub note: String,
    pub by_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// As the rules see it; a status of a newer version is none in which a kit is used.
    pub fn change(&self) -> StatusChange {
        StatusChange {
            since: self.since,
            status: KitStatus::parse(&self.status).unwrap_or(KitStatus::Repair),
        }
    }
}

pub async fn add(
    db: &impl ConnectionTrait,
    kit: Uuid,
    change: StatusChange,
    note: String,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        kit_id: Set(kit),
        since: Set(change.since),
        status: Set(change.status.as_str().to_owned()),
        note: Set(note),
        by_id: Set(by),
        created_at: Set(now),
    }
    .insert(db)
    .await
}

/// Everything there is.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().all(db).await
}

/// The history of one kit, the latest first.
pub async fn of_kit(db: &impl ConnectionTrait, kit: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::KitId.eq(kit))
        .order_by_desc(Column::Since)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}
