//! Values that somebody entered for indicators of the installation's own, each with its evidence.
//!
//! Invariant: a row never changes; a correction is another row with the next revision.

use chrono::{DateTime, Utc};
use kafedra_model::quarter::Quarter;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "own_indicator_value")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    pub year: i32,
    pub quarter: i32,
    pub revision: i32,
    /// Hundredths.
    pub value: i64,
    /// From which report or register it is.
    pub evidence: String,
    /// Why it was corrected; empty in the first revision.
    pub reason: String,
    pub entered_by: Uuid,
    pub entered_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn is_of(&self, quarter: Quarter) -> bool {
        (self.year, u32::try_from(self.quarter)) == (quarter.year, Ok(quarter.number))
    }
}

/// What somebody enters.
#[derive(Debug, Clone)]
pub struct Entered {
    pub revision: i32,
    pub value: i64,
    pub evidence: String,
    pub reason: String,
    pub by: Uuid,
    pub at: DateTime<Utc>,
}

/// # Errors
///
/// A unique constraint where another entered this revision meanwhile.
pub async fn create(
    db: &impl ConnectionTrait,
    indicator: Uuid,
    quarter: Quarter,
    entered: Entered,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        indicator_id: Set(indicator),
        year: Set(quarter.year),
        quarter: Set(i32::try_from(quarter.number).unwrap_or(i32::MAX)),
        revision: Set(entered.revision),
        value: Set(entered.value),
        evidence: Set(entered.evidence),
        reason: Set(entered.reason),
        entered_by: Set(entered.by),
        entered_at: Set(entered.at),
    }
    .insert(db)
    .await
}

/// Every revision, the quarters in their order, the oldest revision first.
pub async fn of_indicator(db: &impl ConnectionTrait, indicator: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::IndicatorId.eq(indicator))
        .order_by_asc(Column::Year)
        .order_by_asc(Column::Quarter)
        .order_by_asc(Column::Revision)
        .all(db)
        .await
}
