//! People: teachers, managers, officials; with or without an account.

use chrono::{DateTime, Utc};
use kafedra_model::name;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub family_name: String,
    pub given_name: String,
    pub patronymic: String,
    pub search_name: String,
    #[sea_orm(unique)]
    pub email: Option<String>,
    pub created_at: ChronoDateTimeUtc,
    pub archived_at: Option<ChronoDateTimeUtc>,
    /// Counts changes: an edit made from an older version is refused.
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// «Иванова Мария Петровна»; the patronymic is left out when unknown.
    pub fn full_name(&self) -> String {
        [&self.family_name, &self.given_name, &self.patronymic]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// What is written about a person; cleaned and checked by the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub family_name: String,
    pub given_name: String,
    /// Empty when unknown.
    pub patronymic: String,
    /// Lower case.
    pub email: Option<String>,
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        search_name: Set(name::fold_person(
            &draft.family_name,
            &draft.given_name,
            &draft.patronymic,
        )),
        family_name: Set(draft.family_name),
        given_name: Set(draft.given_name),
        patronymic: Set(draft.patronymic),
        email: Set(draft.email),
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

/// The people with these ids, in no order; archived ones too, unknown ones left out.
pub async fn named(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).all(db).await
}
