//! The computers that act as kits. A cookie's value is never stored, only its hash.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};

use crate::kit;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kit_device")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kit_id: Uuid,
    /// SHA-256 of the cookie, hex.
    #[sea_orm(unique)]
    pub token_hash: String,
    pub user_agent: String,
    pub paired_at: ChronoDateTimeUtc,
    pub revoked_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes a computer the kit; whichever was before is so no more.
pub async fn replace(
    db: &impl ConnectionTrait,
    kit: Uuid,
    token_hash: String,
    user_agent: String,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    revoke(db, kit, now).await?;
    ActiveModel {
        id: Set(Uuid::now_v7()),
        kit_id: Set(kit),
        token_hash: Set(token_hash),
        user_agent: Set(user_agent),
        paired_at: Set(now),
        revoked_at: Set(None),
    }
    .insert(db)
    .await
}

/// From now on no computer is this kit; `false` when none was.
pub async fn revoke(
    db: &impl ConnectionTrait,
    kit: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(Column::KitId.eq(kit))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// The computer that holds this cookie, with its kit; none once it was revoked or the kit archived.
pub async fn kit_of(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<(Model, kit::Model)>, DbErr> {
    let device = Entity::find()
        .filter(Column::TokenHash.eq(token_hash))
        .filter(Column::RevokedAt.is_null())
        .one(db)
        .await?;
    let Some(device) = device else {
        return Ok(None);
    };
    Ok(kit::find(db, device.kit_id)
        .await?
        .filter(|kit| kit.archived_at.is_none())
        .map(|kit| (device, kit)))
}

/// Those of `ids` that were not revoked.
pub async fn alive(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashSet<Uuid>, DbErr> {
    let alive: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::RevokedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(alive.into_iter().collect())
}

/// The present computer of each of these kits.
pub async fn of_kits(
    db: &impl ConnectionTrait,
    kits: Vec<Uuid>,
) -> Result<HashMap<Uuid, Model>, DbErr> {
    Ok(Entity::find()
        .filter(Column::KitId.is_in(kits))
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::PairedAt)
        .all(db)
        .await?
        .into_iter()
        .map(|device| (device.kit_id, device))
        .collect())
}
