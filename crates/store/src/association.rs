//! Methodological associations: what they are called and who leads them.
//!
//! Invariant: the head and the stand-in of an association, and nobody else, hold the role of its
//! head; [`set_leaders`] keeps the two in step.

use chrono::{DateTime, Utc};
use kafedra_model::{Grant, Role, Scope};
use sea_orm::{ActiveValue::Set, Condition, ConnectionTrait, QueryOrder, entity::prelude::*};

use crate::role_grant;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "association")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// Empty where the association is of a level: «начальные классы».
    pub subject: String,
    pub level: String,
    pub head_id: Option<Uuid>,
    /// A methodologist of the city who looks after it.
    pub curator_id: Option<Uuid>,
    /// Acts for the head.
    pub stand_in_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
    /// Moves with every edit; an editor says which state they saw.
    pub updated_at: ChronoDateTimeUtc,
    pub archived_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is written about an association; cleaned and checked by the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub subject: String,
    pub level: String,
    pub head_id: Option<Uuid>,
    pub curator_id: Option<Uuid>,
    pub stand_in_id: Option<Uuid>,
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let association = ActiveModel {
        id: Set(Uuid::now_v7()),
        name: Set(draft.name),
        subject: Set(draft.subject),
        level: Set(draft.level),
        head_id: Set(draft.head_id),
        curator_id: Set(draft.curator_id),
        stand_in_id: Set(draft.stand_in_id),
        created_at: Set(now),
        updated_at: Set(now),
        archived_at: Set(None),
    }
    .insert(db)
    .await?;
    set_leaders(db, &association, now).await?;
    Ok(association)
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The associations with these ids, in no order; unknown ones left out.
pub async fn named(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).all(db).await
}

/// Associations by name: those at work, or those archived.
pub async fn list(db: &impl ConnectionTrait, archived: bool) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(if archived {
            Column::ArchivedAt.is_not_null()
        } else {
            Column::ArchivedAt.is_null()
        })
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Writes `draft` unless somebody else's edit came first: `None` when `seen` is no longer the
/// record's `updated_at`, and nothing was written.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    seen: DateTime<Utc>,
    draft: Draft,
    archived_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(ActiveModel {
            name: Set(draft.name),
            subject: Set(draft.subject),
            level: Set(draft.level),
            head_id: Set(draft.head_id),
            curator_id: Set(draft.curator_id),
            stand_in_id: Set(draft.stand_in_id),
            archived_at: Set(archived_at),
            updated_at: Set(now),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::UpdatedAt.eq(seen))
        .exec_with_returning(db)
        .await?;
    let Some(association) = rows.into_iter().next() else {
        return Ok(None);
    };
    set_leaders(db, &association, now).await?;
    Ok(Some(association))
}

/// Gives the role of head to the head and the stand-in and takes it from everyone else.
async fn set_leaders(
    db: &impl ConnectionTrait,
    association: &Model,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut leaders: Vec<Uuid> = match association.archived_at {
        None => [association.head_id, association.stand_in_id]
            .into_iter()
            .flatten()
            .collect(),
        Some(_) => Vec::new(),
    };
    leaders.sort_unstable();
    leaders.dedup();
    let grant = Grant {
        role: Role::AssociationHead,
        scope: Scope::Association(association.id),
    };
    let held = Condition::all()
        .add(role_grant::Column::Role.eq(grant.role.as_str()))
        .add(role_grant::Column::ScopeKind.eq(grant.scope.kind()))
        .add(role_grant::Column::ScopeId.eq(association.id));
    role_grant::Entity::delete_many()
        .filter(held.clone())
        .filter(role_grant::Column::PersonId.is_not_in(leaders.clone()))
        .exec(db)
        .await?;
    let holders: Vec<Uuid> = role_grant::Entity::find()
        .filter(held)
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.person_id)
        .collect();
    for person in leaders {
        if !holders.contains(&person) {
            role_grant::create(db, person, grant, None, now).await?;
        }
    }
    Ok(())
}
