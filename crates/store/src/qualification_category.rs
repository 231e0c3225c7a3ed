//! Qualification categories of people, each with the days that it holds.

use kafedra_model::qualification_category::{QualificationCategory, Term};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "qualification_category")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub category: String,
    pub from_date: ChronoDate,
    /// The last day; `None` where it has no term.
    pub until_date: Option<ChronoDate>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn term(&self) -> Term {
        Term {
            from: self.from_date,
            until: self.until_date,
        }
    }
}

pub async fn create(
    db: &impl ConnectionTrait,
    person: Uuid,
    category: QualificationCategory,
    term: Term,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        category: Set(category.as_str().to_owned()),
        from_date: Set(term.from),
        until_date: Set(term.until),
    }
    .insert(db)
    .await
}

/// Everything there is.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Id).all(db).await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// A person's categories, the latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::FromDate)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}
