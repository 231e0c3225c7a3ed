//! Server-side sessions of people and guests. The cookie's value is never stored, only its hash.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

use crate::{account, guest, person};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the cookie, hex.
    #[sea_orm(unique)]
    pub token_hash: String,
    pub account_id: Option<Uuid>,
    pub guest_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
    pub expires_at: ChronoDateTimeUtc,
    pub user_agent: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whose session it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Account(Uuid),
    Guest(Uuid),
}

/// A live session with its holder's records.
#[derive(Debug, Clone)]
pub enum Found {
    Person {
        session: Model,
        account: account::Model,
        person: person::Model,
    },
    Guest {
        session: Model,
        guest: guest::Model,
    },
}

pub async fn create(
    db: &impl ConnectionTrait,
    token_hash: String,
    holder: Holder,
    user_agent: String,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let (account_id, guest_id) = match holder {
        Holder::Account(id) => (Some(id), None),
        Holder::Guest(id) => (None, Some(id)),
    };
    ActiveModel {
        id: Set(Uuid::now_v7()),
        token_hash: Set(token_hash),
        account_id: Set(account_id),
        guest_id: Set(guest_id),
        created_at: Set(now),
        expires_at: Set(expires_at),
        user_agent: Set(user_agent),
    }
    .insert(db)
    .await
}

/// The unexpired session of this hash; disabled accounts and archived people have none.
pub async fn find(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Found>, DbErr> {
    let Some(session) = Entity::find()
        .filter(Column::TokenHash.eq(token_hash))
        .filter(Column::ExpiresAt.gt(now))
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    if let Some(id) = session.guest_id {
        let guest = guest::Entity::find_by_id(id).one(db).await?;
        return Ok(guest.map(|guest| Found::Guest { session, guest }));
    }
    let Some(id) = session.account_id else {
        return Ok(None);
    };
    let Some(account) = account::Entity::find_by_id(id).one(db).await? else {
        return Ok(None);
    };
    let person = person::Entity::find_by_id(account.person_id)
        .one(db)
        .await?;
    Ok(person
        .filter(|person| person.archived_at.is_none() && account.disabled_at.is_none())
        .map(|person| Found::Person {
            session,
            account,
            person,
        }))
}

pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// Ends every session of an account, as a password change must.
pub async fn delete_of_account(db: &impl ConnectionTrait, account: Uuid) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::AccountId.eq(account))
        .exec(db)
        .await
        .map(drop)
}

/// Ends every session of an account except the one that asks for it.
pub async fn delete_others_of_account(
    db: &impl ConnectionTrait,
    account: Uuid,
    kept: Uuid,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::AccountId.eq(account))
        .filter(Column::Id.ne(kept))
        .exec(db)
        .await
        .map(drop)
}

/// Forgets sessions that ended by themselves.
pub async fn delete_expired(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    Entity::delete_many()
        .filter(Column::ExpiresAt.lte(now))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}
