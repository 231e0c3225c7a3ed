//! Server-side sessions of people and guests. The cookie's value is never stored, only its hash.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, QuerySelect, entity::prelude::*, sea_query::Query,
};

use crate::{account, guest, person, search::IDS_A_QUERY};

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

/// Those of `ids` that [`find`] would still find.
pub async fn alive(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    now: DateTime<Utc>,
) -> Result<HashSet<Uuid>, DbErr> {
    let people = Query::select()
        .column(person::Column::Id)
        .from(person::Entity)
        .and_where(person::Column::ArchivedAt.is_null())
        .to_owned();
    let accounts = Query::select()
        .column(account::Column::Id)
        .from(account::Entity)
        .and_where(account::Column::DisabledAt.is_null())
        .and_where(account::Column::PersonId.in_subquery(people))
        .to_owned();
    let holder = Condition::any()
        .add(Column::GuestId.is_not_null())
        .add(Column::AccountId.in_subquery(accounts));
    let mut alive = HashSet::with_capacity(ids.len());
    for some in ids.chunks(IDS_A_QUERY) {
        let found: Vec<Uuid> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Id.is_in(some.iter().copied()))
            .filter(Column::ExpiresAt.gt(now))
            .filter(holder.clone())
            .into_tuple()
            .all(db)
            .await?;
        alive.extend(found);
    }
    Ok(alive)
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

/// Forgets sessions that ended by themselves; says how many.
pub async fn delete_expired(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    Entity::delete_many()
        .filter(Column::ExpiresAt.lte(now))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}
