//! Teacher-leaders: winners and laureates of contests, since when.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "teacher_leader")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// «Педагог года — 2016».
    pub contest: String,
    /// `winner` or `laureate`.
    pub award: String,
    pub since: ChronoDate,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn create(
    db: &impl ConnectionTrait,
    person: Uuid,
    contest: String,
    award: &str,
    since: NaiveDate,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        contest: Set(contest),
        award: Set(award.to_owned()),
        since: Set(since),
    }
    .insert(db)
    .await
}

/// Everything there is.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().all(db).await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// A person's awards, the latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::Since)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}
