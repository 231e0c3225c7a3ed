//! Invitations: links that bring a person to an account. Only the hash of a link's token is kept.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::ExprTrait,
};

use crate::search::Slice;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Joining an institution; several people may use it.
    Link,
    /// A new password for one person.
    Reset,
    /// The first password of one person, who typed the code of a slip.
    Slip,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Reset => "reset",
            Self::Slip => "slip",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Link, Self::Reset, Self::Slip]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the token, hex.
    #[sea_orm(unique)]
    pub token_hash: String,
    pub kind: String,
    pub institution_id: Option<Uuid>,
    pub position_code: Option<String>,
    pub role: Option<String>,
    pub person_id: Option<Uuid>,
    pub slip_id: Option<Uuid>,
    pub max_uses: i32,
    pub uses: i32,
    pub created_by: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
    pub expires_at: ChronoDateTimeUtc,
    pub revoked_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it can still be used.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at > now && self.uses < self.max_uses
    }
}

/// What is written of a new invitation.
#[derive(Debug, Clone)]
pub struct Draft {
    pub token_hash: String,
    pub kind: Kind,
    pub institution_id: Option<Uuid>,
    pub position_code: Option<String>,
    pub role: Option<String>,
    pub person_id: Option<Uuid>,
    pub slip_id: Option<Uuid>,
    pub max_uses: i32,
    pub created_by: Option<Uuid>,
    pub expires_at: DateTime<Utc>,
}

impl Draft {
    /// For one use, tied to nothing yet.
    pub fn new(kind: Kind, token_hash: String, expires_at: DateTime<Utc>) -> Self {
        Self {
            token_hash,
            kind,
            institution_id: None,
            position_code: None,
            role: None,
            person_id: None,
            slip_id: None,
            max_uses: 1,
            created_by: None,
            expires_at,
        }
    }
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        token_hash: Set(draft.token_hash),
        kind: Set(draft.kind.as_str().to_owned()),
        institution_id: Set(draft.institution_id),
        position_code: Set(draft.position_code),
        role: Set(draft.role),
        person_id: Set(draft.person_id),
        slip_id: Set(draft.slip_id),
        max_uses: Set(draft.max_uses),
        uses: Set(0),
        created_by: Set(draft.created_by),
        created_at: Set(now),
        expires_at: Set(draft.expires_at),
        revoked_at: Set(None),
    }
    .insert(db)
    .await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn of_token(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::TokenHash.eq(token_hash))
        .one(db)
        .await
}

/// One page of the links of some institutions (`None` for all), the latest first.
pub async fn links(
    db: &impl ConnectionTrait,
    institutions: Option<Vec<Uuid>>,
    slice: Slice,
) -> Result<(Vec<Model>, u64), DbErr> {
    let mut select = Entity::find()
        .filter(Column::Kind.eq(Kind::Link.as_str()))
        .filter(Column::RevokedAt.is_null());
    if let Some(institutions) = institutions {
        select = select.filter(Column::InstitutionId.is_in(institutions));
    }
    let total = select.clone().count(db).await?;
    let rows = select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .offset(slice.offset)
        .limit(slice.limit)
        .all(db)
        .await?;
    Ok((rows, total))
}

/// Uses it up by one, atomically; `false` when it is spent, expired or revoked.
pub async fn use_once(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::Uses, Expr::col(Column::Uses).add(1))
        .filter(Column::Id.eq(id))
        .filter(Expr::col(Column::Uses).lt(Expr::col(Column::MaxUses)))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub async fn revoke(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    revoke_where(db, Column::Id.eq(id), now).await
}

/// Revokes every link that would set this person's password.
pub async fn revoke_of_person(
    db: &impl ConnectionTrait,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    revoke_where(db, Column::PersonId.eq(person), now).await
}

/// Forgets invitations whose time ran out before `before`, used or not; says how many.
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

async fn revoke_where(
    db: &impl ConnectionTrait,
    which: Expr,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(which)
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}
