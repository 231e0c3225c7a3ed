//! Actual values of a project's indicators that somebody entered, each with its evidence.

use chrono::{DateTime, Utc};
use kafedra_model::quarter::Quarter;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*, sea_query::OnConflict,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "actual_value")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    /// The indicator's in the passport.
    pub ordinal: i32,
    pub year: i32,
    pub quarter: i32,
    /// Hundredths.
    pub value: i64,
    /// From which report or register it is.
    #[sea_orm(column_type = "Text")]
    pub evidence: String,
    pub entered_by: Uuid,
    pub entered_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Of which project, which indicator, which quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub project: Uuid,
    pub ordinal: u32,
    pub quarter: Quarter,
}

impl Place {
    fn filter(self) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(Column::ProjectId.eq(self.project))
            .add(Column::Ordinal.eq(number(self.ordinal)))
            .add(Column::Year.eq(self.quarter.year))
            .add(Column::Quarter.eq(number(self.quarter.number)))
    }
}

fn number(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Enters a value in place of the one that was there.
pub async fn put(
    db: &impl ConnectionTrait,
    place: Place,
    (value, evidence): (i64, String),
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(place.project),
        ordinal: Set(number(place.ordinal)),
        year: Set(place.quarter.year),
        quarter: Set(number(place.quarter.number)),
        value: Set(value),
        evidence: Set(evidence),
        entered_by: Set(by),
        entered_at: Set(now),
    })
    .on_conflict(
        OnConflict::columns([
            Column::ProjectId,
            Column::Ordinal,
            Column::Year,
            Column::Quarter,
        ])
        .update_columns([
            Column::Value,
            Column::Evidence,
            Column::EnteredBy,
            Column::EnteredAt,
        ])
        .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

pub async fn find(db: &impl ConnectionTrait, place: Place) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(place.filter()).one(db).await
}

/// `false` where there was none.
pub async fn remove(db: &impl ConnectionTrait, place: Place) -> Result<bool, DbErr> {
    let done = Entity::delete_many()
        .filter(place.filter())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// By indicator and quarter.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .order_by_asc(Column::Ordinal)
        .order_by_asc(Column::Year)
        .order_by_asc(Column::Quarter)
        .all(db)
        .await
}
