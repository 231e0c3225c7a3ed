//! People named for an event.

use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

use crate::person;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitee")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Invited people by name.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<person::Model>, DbErr> {
    let ids: Vec<Uuid> = Entity::find()
        .filter(Column::EventId.eq(event))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.person_id)
        .collect();
    person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .order_by_asc(person::Column::SearchName)
        .order_by_asc(person::Column::Id)
        .all(db)
        .await
}

pub async fn is_invited(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id((event, person)).one(db).await?.is_some())
}

/// Makes `people` the invited ones, no more and no less.
pub async fn replace(db: &impl ConnectionTrait, event: Uuid, people: &[Uuid]) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::EventId.eq(event))
        .exec(db)
        .await?;
    if people.is_empty() {
        return Ok(());
    }
    Entity::insert_many(people.iter().map(|person| ActiveModel {
        event_id: Set(event),
        person_id: Set(*person),
    }))
    .exec_without_returning(db)
    .await
    .map(drop)
}
