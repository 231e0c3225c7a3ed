//! Roles granted to people, each within a scope.

use chrono::{DateTime, Utc};
use kafedra_model::{Grant, Role, Scope};
use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait, entity::prelude::*};

use crate::person;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub role: String,
    pub scope_kind: String,
    pub scope_id: Option<Uuid>,
    pub granted_by: Option<Uuid>,
    pub granted_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The grant as the rules see it; `None` for a role or scope of a newer version.
    pub fn grant(&self) -> Option<Grant> {
        Some(Grant {
            role: Role::parse(&self.role)?,
            scope: Scope::from_parts(&self.scope_kind, self.scope_id)?,
        })
    }
}

/// All grants of one person.
pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .all(db)
        .await
}

pub async fn create(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    grant: Grant,
    granted_by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        role: Set(grant.role.as_str().to_owned()),
        scope_kind: Set(grant.scope.kind().to_owned()),
        scope_id: Set(grant.scope.id()),
        granted_by: Set(granted_by),
        granted_at: Set(now),
    }
    .insert(db)
    .await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// How many living people besides `person` hold this city role.
pub async fn other_holders(
    db: &impl ConnectionTrait,
    role: Role,
    person: Uuid,
) -> Result<u64, DbErr> {
    let holders: Vec<Uuid> = Entity::find()
        .filter(Column::Role.eq(role.as_str()))
        .filter(Column::ScopeKind.eq("city"))
        .filter(Column::PersonId.ne(person))
        .all(db)
        .await?
        .into_iter()
        .map(|grant| grant.person_id)
        .collect();
    if holders.is_empty() {
        return Ok(0);
    }
    person::Entity::find()
        .filter(person::Column::Id.is_in(holders))
        .filter(person::Column::ArchivedAt.is_null())
        .count(db)
        .await
}
