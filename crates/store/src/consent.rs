//! Consents that people gave: to which version of the text, when, and when withdrawn.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

/// The one purpose of this version: processing of personal data by the platform.
pub const PLATFORM: &str = "platform";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub purpose: String,
    /// Version of the text that was read.
    pub version: String,
    pub given_at: ChronoDateTimeUtc,
    pub withdrawn_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a consent; giving the same one twice keeps the first.
pub async fn give(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    version: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if latest(db, person_id).await?.as_deref() == Some(version) {
        return Ok(());
    }
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        purpose: Set(PLATFORM.to_owned()),
        version: Set(version.to_owned()),
        given_at: Set(now),
        withdrawn_at: Set(None),
    }
    .insert(db)
    .await
    .map(drop)
}

/// Notes that a person takes back whatever they agreed to; gives the versions that this call
/// withdrew, the first given first.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<String>, DbErr> {
    let mut withdrawn = Entity::update_many()
        .set(ActiveModel {
            withdrawn_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(Column::PersonId.eq(person))
        .filter(Column::Purpose.eq(PLATFORM))
        .filter(Column::WithdrawnAt.is_null())
        .exec_with_returning(db)
        .await?;
    withdrawn.sort_by_key(|consent| consent.given_at);
    Ok(withdrawn
        .into_iter()
        .map(|consent| consent.version)
        .collect())
}

/// The version that a person last agreed to and did not withdraw.
pub async fn latest(db: &impl ConnectionTrait, person: Uuid) -> Result<Option<String>, DbErr> {
    Ok(Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::Purpose.eq(PLATFORM))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_desc(Column::GivenAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await?
        .map(|consent| consent.version))
}
