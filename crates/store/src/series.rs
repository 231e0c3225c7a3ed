//! Series of events: the rule by which their dates were counted.

use chrono::{DateTime, NaiveDateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// RFC 5545, without the name of the property.
    pub rule: String,
    /// The first date's wall clock in `timezone`: `2026-09-01T16:00:00`.
    pub starts_local: String,
    /// IANA name.
    pub timezone: String,
    pub minutes: i32,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn create(
    db: &impl ConnectionTrait,
    rule: String,
    starts_local: NaiveDateTime,
    timezone: String,
    minutes: i32,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        rule: Set(rule),
        starts_local: Set(starts_local.format("%Y-%m-%dT%H:%M:%S").to_string()),
        timezone: Set(timezone),
        minutes: Set(minutes),
        created_at: Set(now),
    }
    .insert(db)
    .await
}

/// The series with these ids, in no order.
pub async fn named(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).all(db).await
}
