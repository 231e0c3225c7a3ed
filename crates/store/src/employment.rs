//! Employments: who works where, as what, from when to when.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub institution_id: Uuid,
    pub position_code: String,
    pub is_main: bool,
    pub from_date: ChronoDate,
    /// The last day, itself included; `None` while nobody knows it.
    pub to_date: Option<ChronoDate>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether the person works there on `day` or will later.
    pub fn lasts(&self, day: NaiveDate) -> bool {
        self.to_date.is_none_or(|last| last >= day)
    }
}

/// What is written about an employment; checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub institution_id: Uuid,
    pub position_code: String,
    pub is_main: bool,
    pub from_date: NaiveDate,
    pub to_date: Option<NaiveDate>,
}

pub async fn create(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    draft: Draft,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        institution_id: Set(draft.institution_id),
        position_code: Set(draft.position_code),
        is_main: Set(draft.is_main),
        from_date: Set(draft.from_date),
        to_date: Set(draft.to_date),
    }
    .insert(db)
    .await
}

pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .all(db)
        .await
}
