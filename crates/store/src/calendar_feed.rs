//! Secret addresses by which calendars of people's own programs read ours.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_feed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who reads it: it shows what they may know of.
    pub person_id: Uuid,
    /// `None` for the person's own events.
    pub association_id: Option<Uuid>,
    #[sea_orm(unique)]
    pub token_hash: String,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes a feed in place of the one that the person had of the same; the old address is dead.
pub async fn renew(
    db: &impl ConnectionTrait,
    person: Uuid,
    association: Option<Uuid>,
    token_hash: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::PersonId.eq(person))
        .filter(match association {
            Some(id) => Column::AssociationId.eq(id),
            None => Column::AssociationId.is_null(),
        })
        .exec(db)
        .await?;
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        association_id: Set(association),
        token_hash: Set(token_hash),
        created_at: Set(now),
    }
    .insert(db)
    .await
    .map(drop)
}

pub async fn find(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::TokenHash.eq(token_hash))
        .one(db)
        .await
}
