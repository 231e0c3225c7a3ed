//! Tasks: decisions that somebody has to carry out.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::OnConflict,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    /// The decision's own.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The meeting that decided it; else the project whose Commission did.
    pub event_id: Option<Uuid>,
    pub project_id: Option<Uuid>,
    pub association_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub assignee_id: Option<Uuid>,
    pub assignee: String,
    pub due: Option<ChronoDate>,
    pub state: String,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
    pub done_at: Option<ChronoDateTimeUtc>,
    pub done_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Most tasks that one list brings.
const LIST_LIMIT: u64 = 500;

/// What a decision makes of its task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: Uuid,
    pub text: String,
    pub assignee_id: Option<Uuid>,
    pub assignee: String,
    pub due: Option<NaiveDate>,
}

/// Makes the tasks of an event those of its signed decisions: new ones are opened, known ones take
/// the corrected words and keep their state, those no longer decided are dropped.
pub async fn replace(
    db: &impl ConnectionTrait,
    event: Uuid,
    association: Option<Uuid>,
    drafts: Vec<Draft>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let kept: Vec<Uuid> = drafts.iter().map(|draft| draft.id).collect();
    Entity::delete_many()
        .filter(Column::EventId.eq(event))
        .filter(Column::Id.is_not_in(kept))
        .exec(db)
        .await?;
    for draft in drafts {
        Entity::insert(ActiveModel {
            event_id: Set(Some(event)),
            association_id: Set(association),
            ..opened(draft, now)
        })
        .on_conflict(
            OnConflict::column(Column::Id)
                .update_columns([
                    Column::Text,
                    Column::AssigneeId,
                    Column::Assignee,
                    Column::Due,
                    Column::UpdatedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    }
    Ok(())
}

/// Opens the task of a decision on a project.
pub async fn open_of_project(
    db: &impl ConnectionTrait,
    project: Uuid,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        project_id: Set(Some(project)),
        ..opened(draft, now)
    })
    .exec_without_returning(db)
    .await
    .map(drop)
}

fn opened(draft: Draft, now: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        id: Set(draft.id),
        event_id: Set(None),
        project_id: Set(None),
        association_id: Set(None),
        text: Set(draft.text),
        assignee_id: Set(draft.assignee_id),
        assignee: Set(draft.assignee),
        due: Set(draft.due),
        state: Set("open".to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
        done_at: Set(None),
        done_by: Set(None),
    }
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Whose tasks to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Person(Uuid),
    Association(Uuid),
    Event(Uuid),
    Project(Uuid),
}

/// Open ones first, by their date; those without one last.
pub async fn list(
    db: &impl ConnectionTrait,
    whose: Whose,
    only_open: bool,
) -> Result<Vec<Model>, DbErr> {
    let mut tasks = match whose {
        Whose::Person(id) => Entity::find().filter(Column::AssigneeId.eq(id)),
        Whose::Association(id) => Entity::find().filter(Column::AssociationId.eq(id)),
        Whose::Event(id) => Entity::find().filter(Column::EventId.eq(id)),
        Whose::Project(id) => Entity::find().filter(Column::ProjectId.eq(id)),
    };
    if only_open {
        tasks = tasks.filter(Column::State.eq("open"));
    }
    tasks
        // «done» comes before «open» in the alphabet.
        .order_by_desc(Column::State)
        // The two databases sort nulls differently.
        .order_by_asc(Column::Due.is_null())
        .order_by_asc(Column::Due)
        .order_by_asc(Column::Id)
        .limit(LIST_LIMIT)
        .all(db)
        .await
}

/// Marks a task done, or open again with `None`.
pub async fn set_done(
    db: &impl ConnectionTrait,
    id: Uuid,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let state = if by.is_some() { "done" } else { "open" };
    let rows = Entity::update_many()
        .set(ActiveModel {
            state: Set(state.to_owned()),
            done_at: Set(by.map(|_| now)),
            done_by: Set(by),
            updated_at: Set(now),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}
