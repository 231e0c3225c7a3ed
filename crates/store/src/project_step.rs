//! Steps on a project's way, and the Commission's decisions among them.
//!
//! Invariant: a row never changes.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_step")]
pub struct Model {
    /// A decision's task has the same id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub kind: String,
    pub happened_on: ChronoDate,
    /// Empty for a step that needs no decision.
    pub minutes_number: String,
    pub item: String,
    #[sea_orm(column_type = "Text")]
    pub wording: String,
    pub assignee_id: Option<Uuid>,
    pub assignee: String,
    pub due: Option<ChronoDate>,
    /// Number of the change request that it is about.
    pub change_request: Option<i32>,
    pub by_id: Uuid,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One step; the words of a decision are empty where it is none.
#[derive(Debug, Clone)]
pub struct Draft {
    pub project: Uuid,
    pub kind: &'static str,
    pub on: NaiveDate,
    pub minutes_number: String,
    pub item: String,
    pub wording: String,
    pub assignee_id: Option<Uuid>,
    pub assignee: String,
    pub due: Option<NaiveDate>,
    pub change_request: Option<i32>,
    pub by: Uuid,
}

impl Draft {
    /// A step that needs no decision.
    pub fn plain(project: Uuid, kind: &'static str, by: Uuid, on: NaiveDate) -> Self {
        Self {
            project,
            kind,
            on,
            minutes_number: String::new(),
            item: String::new(),
            wording: String::new(),
            assignee_id: None,
            assignee: String::new(),
            due: None,
            change_request: None,
            by,
        }
    }
}

pub async fn add(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(draft.project),
        kind: Set(draft.kind.to_owned()),
        happened_on: Set(draft.on),
        minutes_number: Set(draft.minutes_number),
        item: Set(draft.item),
        wording: Set(draft.wording),
        assignee_id: Set(draft.assignee_id),
        assignee: Set(draft.assignee),
        due: Set(draft.due),
        change_request: Set(draft.change_request),
        by_id: Set(draft.by),
        created_at: Set(now),
    }
    .insert(db)
    .await
}

/// In their order.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .order_by_asc(Column::HappenedOn)
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}
