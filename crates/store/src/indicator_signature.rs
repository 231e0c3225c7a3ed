//! Signed quarters of indicators: the figures with everybody they counted, frozen.
//!
//! Invariant: a row never changes; a correction is another row with the next revision.

use chrono::{DateTime, Utc};
use kafedra_model::quarter::Quarter;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, Iterable, QueryOrder, QuerySelect, entity::prelude::*,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_signature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator: String,
    pub year: i32,
    pub quarter: i32,
    pub revision: i32,
    pub counted: i32,
    pub members: i32,
    /// JSON; its form is the application's.
    pub evidence: String,
    /// Why it was corrected; empty in the first revision.
    pub reason: String,
    pub signed_by: Uuid,
    pub signed_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whose name stands under a revision, and why.
#[derive(Debug, Clone)]
pub struct Signed {
    pub revision: u32,
    pub reason: String,
    pub by: Uuid,
    pub at: DateTime<Utc>,
}

/// # Errors
///
/// A unique constraint where another signed this revision meanwhile.
pub async fn create(
    db: &impl ConnectionTrait,
    indicator: &str,
    quarter: Quarter,
    (counted, members): (u64, u64),
    evidence: String,
    signed: Signed,
) -> Result<Model, DbErr> {
    let number = |n: u64| i32::try_from(n).unwrap_or(i32::MAX);
    ActiveModel {
        id: Set(Uuid::now_v7()),
        indicator: Set(indicator.to_owned()),
        year: Set(quarter.year),
        quarter: Set(number(quarter.number.into())),
        revision: Set(number(signed.revision.into())),
        counted: Set(number(counted)),
        members: Set(number(members)),
        evidence: Set(evidence),
        reason: Set(signed.reason),
        signed_by: Set(signed.by),
        signed_at: Set(signed.at),
    }
    .insert(db)
    .await
}

/// The revision in force; `None` where nobody has signed.
pub async fn latest(
    db: &impl ConnectionTrait,
    indicator: &str,
    quarter: Quarter,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::Indicator.eq(indicator))
        .filter(Column::Year.eq(quarter.year))
        .filter(Column::Quarter.eq(i64::from(quarter.number)))
        .order_by_desc(Column::Revision)
        .one(db)
        .await
}

/// Every revision of an indicator's years, the oldest first; the evidence is left empty.
pub async fn history(
    db: &impl ConnectionTrait,
    indicator: &str,
    years: std::ops::RangeInclusive<i32>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .select_only()
        .columns(Column::iter().filter(|column| !matches!(column, Column::Evidence)))
        .expr_as(Expr::value(""), "evidence")
        .filter(Column::Indicator.eq(indicator))
        .filter(Column::Year.between(*years.start(), *years.end()))
        .order_by_asc(Column::Year)
        .order_by_asc(Column::Quarter)
        .order_by_asc(Column::Revision)
        .all(db)
        .await
}
