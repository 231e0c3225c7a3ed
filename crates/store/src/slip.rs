//! Slips with one-time codes. A new slip of a person voids the old ones.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "slip")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub institution_id: Uuid,
    /// See [`kafedra_model::slip::hash`].
    #[sea_orm(unique)]
    pub code_hash: String,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    pub expires_at: ChronoDateTimeUtc,
    pub used_at: Option<ChronoDateTimeUtc>,
    pub voided_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is written of a new slip.
#[derive(Debug, Clone)]
pub struct Draft {
    pub person_id: Uuid,
    pub institution_id: Uuid,
    pub code_hash: String,
    pub created_by: Uuid,
    pub expires_at: DateTime<Utc>,
}

/// Keeps a new slip and voids the person's earlier ones.
pub async fn replace(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::VoidedAt, Expr::value(now))
        .filter(Column::PersonId.eq(draft.person_id))
        .filter(Column::VoidedAt.is_null())
        .filter(Column::UsedAt.is_null())
        .exec(db)
        .await?;
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(draft.person_id),
        institution_id: Set(draft.institution_id),
        code_hash: Set(draft.code_hash),
        created_by: Set(draft.created_by),
        created_at: Set(now),
        expires_at: Set(draft.expires_at),
        used_at: Set(None),
        voided_at: Set(None),
    }
    .insert(db)
    .await
    .map(drop)
}

/// The slip of this code, if it can still be used.
pub async fn open_of_code(
    db: &impl ConnectionTrait,
    code_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::CodeHash.eq(code_hash))
        .filter(Column::UsedAt.is_null())
        .filter(Column::VoidedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

/// Uses it up; `false` when somebody did before, or a newer slip took its place.
pub async fn use_once(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::UsedAt.is_null())
        .filter(Column::VoidedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Forgets slips whose time ran out before `before`, used or not; says how many.
pub async fn delete_expired(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, DbErr> {
    Entity::delete_many()
        .filter(Column::ExpiresAt.lt(before))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}
