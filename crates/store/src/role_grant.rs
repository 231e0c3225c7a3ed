//! Roles granted to people, each within a scope.

use chrono::{DateTime, Utc};
use kafedra_model::{Grant, Role, Scope};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*,
};

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

/// Everybody's.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().all(db).await
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

/// Takes a grant away; `false` when somebody did before.
pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    let done = Entity::delete_by_id(id).exec(db).await?;
    Ok(done.rows_affected == 1)
}

/// How many living people besides `person` hold this city role.
///
/// Within a transaction nobody else can ask the same until it ends: of two who take the role from
/// each other at once, the second counts what the first left.
pub async fn other_holders(
    db: &impl ConnectionTrait,
    role: Role,
    person: Uuid,
) -> Result<u64, DbErr> {
    let holders: Vec<Uuid> = Entity::find()
        .filter(Column::Role.eq(role.as_str()))
        .filter(Column::ScopeKind.eq("city"))
        // One order for all, so that two never wait for each other. SQLite has one writer anyway.
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(db)
        .await?
        .into_iter()
        .map(|grant| grant.person_id)
        .filter(|holder| *holder != person)
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
