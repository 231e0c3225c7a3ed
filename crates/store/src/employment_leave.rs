//! Leaves: when somebody is away from work and still employed.

use chrono::NaiveDate;
use kafedra_model::indicator::{Leave, LeaveKind};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employment_leave")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub employment_id: Uuid,
    pub kind: String,
    pub from_date: ChronoDate,
    /// The last day; `None` while nobody knows it.
    pub to_date: Option<ChronoDate>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// As the rules see it; a kind of a newer version counts as any other.
    pub fn leave(&self) -> Leave {
        Leave {
            kind: LeaveKind::parse(&self.kind).unwrap_or(LeaveKind::Other),
            from: self.from_date,
            to: self.to_date,
        }
    }
}

pub async fn create(
    db: &impl ConnectionTrait,
    employment: Uuid,
    kind: LeaveKind,
    from: NaiveDate,
    to: Option<NaiveDate>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        employment_id: Set(employment),
        kind: Set(kind.as_str().to_owned()),
        from_date: Set(from),
        to_date: Set(to),
    }
    .insert(db)
    .await
}

/// Leaves of one employment, the latest first.
pub async fn of_employment(
    db: &impl ConnectionTrait,
    employment: Uuid,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EmploymentId.eq(employment))
        .order_by_desc(Column::FromDate)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

/// One leave of one employment.
pub async fn find(
    db: &impl ConnectionTrait,
    employment: Uuid,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::EmploymentId.eq(employment))
        .one(db)
        .await
}

pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}
