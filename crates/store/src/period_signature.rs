//! Signed periods of a project: everything reached and spent in a quarter, frozen.
//!
//! Invariant: a row never changes; a correction is another row with the next revision.

use kafedra_model::quarter::Quarter;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

use crate::indicator_signature::Signed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "period_signature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub year: i32,
    pub quarter: i32,
    pub revision: i32,
    /// JSON; its form is the application's.
    #[sea_orm(column_type = "Text")]
    pub figures: String,
    /// Why it was corrected; empty in the first revision.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub signed_by: Uuid,
    pub signed_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn quarter(&self) -> Option<Quarter> {
        Quarter::new(self.year, u32::try_from(self.quarter).ok()?)
    }
}

fn number(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// # Errors
///
/// A unique constraint where another signed this revision meanwhile.
pub async fn create(
    db: &impl ConnectionTrait,
    project: Uuid,
    quarter: Quarter,
    figures: String,
    signed: Signed,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project),
        year: Set(quarter.year),
        quarter: Set(number(quarter.number)),
        revision: Set(number(signed.revision)),
        figures: Set(figures),
        reason: Set(signed.reason),
        signed_by: Set(signed.by),
        signed_at: Set(signed.at),
    }
    .insert(db)
    .await
}

/// The revision in force; 0 where nobody has signed.
pub async fn latest(
    db: &impl ConnectionTrait,
    project: Uuid,
    quarter: Quarter,
) -> Result<u32, DbErr> {
    let row = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Year.eq(quarter.year))
        .filter(Column::Quarter.eq(number(quarter.number)))
        .order_by_desc(Column::Revision)
        .one(db)
        .await?;
    Ok(row.map_or(0, |row| u32::try_from(row.revision).unwrap_or_default()))
}

/// Every revision, by quarter, the oldest first.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .order_by_asc(Column::Year)
        .order_by_asc(Column::Quarter)
        .order_by_asc(Column::Revision)
        .all(db)
        .await
}
