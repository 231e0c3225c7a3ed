//! Accounts: how a person signs in.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

use crate::{bulk, person, search::IDS_A_QUERY};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub person_id: Uuid,
    /// Lower case; unique.
    #[sea_orm(unique)]
    pub login: String,
    /// Argon2id in PHC string format; `None` until the person chose a password.
    pub password_hash: Option<String>,
    pub locale: String,
    pub created_at: ChronoDateTimeUtc,
    pub disabled_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn create(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    login: String,
    password_hash: Option<String>,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    row(Uuid::now_v7(), person_id, login, password_hash, now)
        .insert(db)
        .await
}

/// Makes accounts without passwords, under ids that were chosen for them: account, person, login.
///
/// # Errors
///
/// A unique constraint where a login is taken.
pub async fn create_all(
    db: &impl ConnectionTrait,
    accounts: Vec<(Uuid, Uuid, String)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows = accounts
        .into_iter()
        .map(|(id, person, login)| row(id, person, login, None, now));
    bulk::insert(db, rows).await
}

fn row(
    id: Uuid,
    person_id: Uuid,
    login: String,
    password_hash: Option<String>,
    now: DateTime<Utc>,
) -> ActiveModel {
    ActiveModel {
        id: Set(id),
        person_id: Set(person_id),
        login: Set(login),
        password_hash: Set(password_hash),
        locale: Set("ru".to_owned()),
        created_at: Set(now),
        disabled_at: Set(None),
    }
}

/// The account of a login or of its person's e-mail address, both in lower case. Accounts that are
/// disabled, and those of archived people, are not found.
pub async fn for_sign_in(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<(Model, person::Model)>, DbErr> {
    let found = if name.contains('@') {
        let Some(person) = person::Entity::find()
            .filter(person::Column::Email.eq(name))
            .one(db)
            .await?
        else {
            return Ok(None);
        };
        of_person(db, person.id)
            .await?
            .map(|account| (account, person))
    } else {
        let Some(account) = of_login(db, name).await? else {
            return Ok(None);
        };
        person::find(db, account.person_id)
            .await?
            .map(|person| (account, person))
    };
    Ok(found
        .filter(|(account, person)| account.disabled_at.is_none() && person.archived_at.is_none()))
}

/// Accounts of these ids, in no order; unknown ones left out.
pub async fn of_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_A_QUERY) {
        let of = Column::Id.is_in(some.iter().copied());
        rows.extend(Entity::find().filter(of).all(db).await?);
    }
    Ok(rows)
}

/// Everybody's.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().all(db).await
}

pub async fn of_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Login.eq(login)).one(db).await
}

pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .one(db)
        .await
}

/// Languages of people with an account, by person.
pub async fn locales(
    db: &impl ConnectionTrait,
    people: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>, DbErr> {
    Ok(Entity::find()
        .filter(Column::PersonId.is_in(people))
        .all(db)
        .await?
        .into_iter()
        .map(|account| (account.person_id, account.locale))
        .collect())
}

pub async fn set_password(
    db: &impl ConnectionTrait,
    id: Uuid,
    password_hash: String,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(password_hash))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

pub async fn set_locale(db: &impl ConnectionTrait, id: Uuid, locale: &str) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Locale, Expr::value(locale))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

pub async fn set_login(db: &impl ConnectionTrait, id: Uuid, login: String) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Login, Expr::value(login))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Logins that begin with `start`, for finding a free one.
pub async fn logins_like(db: &impl ConnectionTrait, start: &str) -> Result<HashSet<String>, DbErr> {
    Ok(Entity::find()
        .filter(Column::Login.starts_with(start))
        .all(db)
        .await?
        .into_iter()
        .map(|account| account.login)
        .collect())
}
