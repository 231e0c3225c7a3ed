//! Who belongs to an association, since when and until when.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, PaginatorTrait, QuerySelect,
    entity::prelude::*,
    sea_query::{ExprTrait, OnConflict},
};

use crate::person;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "association_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub association_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub since: Date,
    /// The last day; `None` while it lasts.
    pub until: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Members on `day`, by name.
pub async fn of_association(
    db: &impl ConnectionTrait,
    association: Uuid,
    day: NaiveDate,
) -> Result<Vec<(Model, person::Model)>, DbErr> {
    let members = Entity::find()
        .filter(Column::AssociationId.eq(association))
        .filter(lasting(day))
        .all(db)
        .await?;
    let mut people = person::named(db, members.iter().map(|member| member.person_id)).await?;
    people.sort_by(|a, b| (&a.search_name, a.id).cmp(&(&b.search_name, b.id)));
    Ok(people
        .into_iter()
        .filter_map(|person| {
            let member = members
                .iter()
                .find(|member| member.person_id == person.id)?;
            Some((member.clone(), person))
        })
        .collect())
}

/// Associations that a person belongs to on `day`.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: Uuid,
    day: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::AssociationId)
        .filter(Column::PersonId.eq(person))
        .filter(lasting(day))
        .into_tuple()
        .all(db)
        .await
}

pub async fn is_member(
    db: &impl ConnectionTrait,
    association: Uuid,
    person: Uuid,
    day: NaiveDate,
) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id((association, person))
        .filter(lasting(day))
        .one(db)
        .await?
        .is_some())
}

/// How many members an association has on `day`.
pub async fn count(
    db: &impl ConnectionTrait,
    association: Uuid,
    day: NaiveDate,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::AssociationId.eq(association))
        .filter(lasting(day))
        .count(db)
        .await
}

/// How many members each association has on `day`; those without any are left out.
pub async fn counts(db: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<(Uuid, i64)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::AssociationId)
        .column_as(Column::PersonId.count(), "members")
        .filter(lasting(day))
        .group_by(Column::AssociationId)
        .into_tuple()
        .all(db)
        .await
}

/// Makes somebody a member, or changes since when and until when they are.
pub async fn put(
    db: &impl ConnectionTrait,
    association: Uuid,
    person: Uuid,
    since: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        association_id: Set(association),
        person_id: Set(person),
        since: Set(since),
        until: Set(until),
    })
    .on_conflict(
        OnConflict::columns([Column::AssociationId, Column::PersonId])
            .update_columns([Column::Since, Column::Until])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

/// Takes somebody out as if they had never been in; `false` when they were not.
pub async fn remove(
    db: &impl ConnectionTrait,
    association: Uuid,
    person: Uuid,
) -> Result<bool, DbErr> {
    let done = Entity::delete_by_id((association, person)).exec(db).await?;
    Ok(done.rows_affected == 1)
}

pub(crate) fn lasting(day: NaiveDate) -> Expr {
    Column::Since
        .lte(day)
        .and(Column::Until.is_null().or(Column::Until.gte(day)))
}
