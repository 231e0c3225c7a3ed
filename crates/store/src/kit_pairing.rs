//! One-time codes by which a computer becomes a kit.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kit_pairing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kit_id: Uuid,
    /// See [`kafedra_model::slip::hash`].
    #[sea_orm(unique)]
    pub code_hash: String,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    pub expires_at: ChronoDateTimeUtc,
    /// Used, or replaced by a newer code.
    pub closed_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a new code and closes the kit's earlier ones.
pub async fn replace(
    db: &impl ConnectionTrait,
    kit: Uuid,
    code_hash: String,
    created_by: Uuid,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    close(db, kit, now).await?;
    ActiveModel {
        id: Set(Uuid::now_v7()),
        kit_id: Set(kit),
        code_hash: Set(code_hash),
        created_by: Set(created_by),
        created_at: Set(now),
        expires_at: Set(expires_at),
        closed_at: Set(None),
    }
    .insert(db)
    .await
    .map(drop)
}

/// Closes whatever codes of the kit are open.
pub async fn close(db: &impl ConnectionTrait, kit: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(now))
        .filter(Column::KitId.eq(kit))
        .filter(Column::ClosedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Uses a code up and gives its kit; `None` when it does not fit, is over or was used before.
pub async fn use_once(
    db: &impl ConnectionTrait,
    code_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, DbErr> {
    let rows = Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(now))
        .filter(Column::CodeHash.eq(code_hash))
        .filter(Column::ClosedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec_with_returning(db)
        .await?;
    Ok(rows.first().map(|pairing| pairing.kit_id))
}
