//! Institutions: schools, kindergartens, the method centre, the committee.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kafedra_model::name;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "institution")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub address: String,
    pub created_at: ChronoDateTimeUtc,
    pub archived_at: Option<ChronoDateTimeUtc>,
    /// Counts changes: an edit made from an older version is refused.
    pub version: i32,
    /// Both names folded for searching.
    pub search_name: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is written about an institution; cleaned and checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub short_name: String,
    pub kind: String,
    /// Empty when unknown.
    pub address: String,
}

impl Draft {
    fn search_name(&self) -> String {
        name::fold(&format!("{} {}", self.short_name, self.name))
    }
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        search_name: Set(draft.search_name()),
        name: Set(draft.name),
        short_name: Set(draft.short_name),
        kind: Set(draft.kind),
        address: Set(draft.address),
        created_at: Set(now),
        archived_at: Set(None),
        version: Set(1),
    }
    .insert(db)
    .await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Short names of some institutions, by id.
pub async fn short_names(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, String>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids))
        .all(db)
        .await?
        .into_iter()
        .map(|institution| (institution.id, institution.short_name))
        .collect())
}
