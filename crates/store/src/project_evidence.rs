//! What proves the work on a project's checkpoints and the values of its indicators: events,
//! documents, reached indicators, words.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, Select, entity::prelude::*,
};

use crate::actual_value::Place;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    /// The number in the passport of the checkpoint that it proves.
    pub checkpoint: Option<String>,
    /// Else the indicator and the quarter whose value it proves.
    pub value_ordinal: Option<i32>,
    pub value_year: Option<i32>,
    pub value_quarter: Option<i32>,
    pub kind: String,
    /// What is said, or a document's name.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub event_id: Option<Uuid>,
    pub file_hash: Option<String>,
    /// Its ordinal, and the quarter in which it was reached.
    pub indicator: Option<i32>,
    pub year: Option<i32>,
    pub quarter: Option<i32>,
    pub added_by: Uuid,
    pub added_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a piece of evidence proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proves {
    Checkpoint { project: Uuid, number: String },
    Value(Place),
}

impl Proves {
    fn project(&self) -> Uuid {
        match self {
            Self::Checkpoint { project, .. } => *project,
            Self::Value(place) => place.project,
        }
    }

    fn select(&self) -> Select<Entity> {
        let of_project = Entity::find().filter(Column::ProjectId.eq(self.project()));
        match self {
            Self::Checkpoint { number, .. } => of_project.filter(Column::Checkpoint.eq(number)),
            Self::Value(place) => of_project
                .filter(Column::ValueOrdinal.eq(number(place.ordinal)))
                .filter(Column::ValueYear.eq(place.quarter.year))
                .filter(Column::ValueQuarter.eq(number(place.quarter.number))),
        }
    }
}

fn number(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

impl Model {
    /// `None` for what only a newer version knows to prove.
    pub fn proves(&self) -> Option<Proves> {
        if let Some(number) = &self.checkpoint {
            return Some(Proves::Checkpoint {
                project: self.project_id,
                number: number.clone(),
            });
        }
        let quarter = u32::try_from(self.value_quarter?).ok()?;
        Some(Proves::Value(Place {
            project: self.project_id,
            ordinal: u32::try_from(self.value_ordinal?).ok()?,
            quarter: kafedra_model::quarter::Quarter::new(self.value_year?, quarter)?,
        }))
    }
}

/// What one piece of evidence refers to.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub kind: &'static str,
    pub text: String,
    pub event_id: Option<Uuid>,
    pub file_hash: Option<String>,
    pub indicator: Option<i32>,
    pub year: Option<i32>,
    pub quarter: Option<i32>,
}

pub async fn add(
    db: &impl ConnectionTrait,
    proves: &Proves,
    draft: Draft,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let (checkpoint, place) = match proves {
        Proves::Checkpoint { number, .. } => (Some(number.clone()), None),
        Proves::Value(place) => (None, Some(place)),
    };
    ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(proves.project()),
        checkpoint: Set(checkpoint),
        value_ordinal: Set(place.map(|place| number(place.ordinal))),
        value_year: Set(place.map(|place| place.quarter.year)),
        value_quarter: Set(place.map(|place| number(place.quarter.number))),
        kind: Set(draft.kind.to_owned()),
        text: Set(draft.text),
        event_id: Set(draft.event_id),
        file_hash: Set(draft.file_hash),
        indicator: Set(draft.indicator),
        year: Set(draft.year),
        quarter: Set(draft.quarter),
        added_by: Set(by),
        added_at: Set(now),
    }
    .insert(db)
    .await
}

pub async fn count(db: &impl ConnectionTrait, proves: &Proves) -> Result<u64, DbErr> {
    proves.select().count(db).await
}

pub async fn find(
    db: &impl ConnectionTrait,
    project: Uuid,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::ProjectId.eq(project))
        .one(db)
        .await
}

pub async fn remove(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// First given first.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .order_by_asc(Column::AddedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}
