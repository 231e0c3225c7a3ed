//! The dictionary of positions: filled by a migration, then kept by administrators.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "position")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name_ru: String,
    pub name_en: String,
    /// `teaching`, `management` or `support`.
    pub position_group: String,
    /// The days on which it may be given, both included; `None` where that end is open.
    pub from_date: Option<ChronoDate>,
    pub until_date: Option<ChronoDate>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.from_date.is_none_or(|first| first <= day)
            && self.until_date.is_none_or(|last| day <= last)
    }
}

/// # Errors
///
/// A unique constraint where the code is taken.
pub async fn create(db: &impl ConnectionTrait, position: Model) -> Result<Model, DbErr> {
    position.into_active_model().insert(db).await
}

/// Writes its names and days; code and group stay, for past figures stand on them.
pub async fn update(db: &impl ConnectionTrait, position: Model) -> Result<Model, DbErr> {
    ActiveModel {
        code: Set(position.code),
        name_ru: Set(position.name_ru),
        name_en: Set(position.name_en),
        from_date: Set(position.from_date),
        until_date: Set(position.until_date),
        ..Default::default()
    }
    .update(db)
    .await
}

/// All of them, by code.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Code).all(db).await
}

pub async fn find(db: &impl ConnectionTrait, code: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(code).one(db).await
}
