//! Requests to change a project's passport: the whole passport as it shall be, and why.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, Iterable, QueryOrder, QuerySelect, entity::prelude::*,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub number: i32,
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// The version of the passport that it changes.
    pub base_version: i32,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub passport: String,
    pub state: State,
    pub submitted_on: Option<ChronoDate>,
    pub decided_on: Option<ChronoDate>,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
    /// Counts changes: an edit made from an older version is refused.
    pub version: i32,
}

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "camelCase"
)]
pub enum State {
    Draft,
    Submitted,
    Accepted,
    Refused,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is written in a request.
#[derive(Debug, Clone)]
pub struct Draft {
    pub title: String,
    pub reason: String,
    pub base_version: i32,
    pub passport: String,
}

/// # Errors
///
/// A unique constraint where another took the number meanwhile.
pub async fn create(
    db: &impl ConnectionTrait,
    project: Uuid,
    draft: Draft,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let last: Option<i32> = Entity::find()
        .select_only()
        .column(Column::Number)
        .filter(Column::ProjectId.eq(project))
        .order_by_desc(Column::Number)
        .into_tuple()
        .one(db)
        .await?;
    ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project),
        number: Set(last.unwrap_or(0) + 1),
        title: Set(draft.title),
        reason: Set(draft.reason),
        base_version: Set(draft.base_version),
        passport: Set(draft.passport),
        state: Set(State::Draft),
        submitted_on: Set(None),
        decided_on: Set(None),
        created_by: Set(by),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    }
    .insert(db)
    .await
}

/// Writes a draft anew; `None` when it is no draft of `version` any more.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    version: i32,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(ActiveModel {
            title: Set(draft.title),
            reason: Set(draft.reason),
            base_version: Set(draft.base_version),
            passport: Set(draft.passport),
            updated_at: Set(now),
            version: Set(version + 1),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .filter(Column::State.eq(State::Draft))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}

/// Brings a draft of `version` before the Commission; `false` when it is none any more.
pub async fn submit(
    db: &impl ConnectionTrait,
    id: Uuid,
    version: i32,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            state: Set(State::Submitted),
            submitted_on: Set(Some(on)),
            updated_at: Set(now),
            version: Set(version + 1),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .filter(Column::State.eq(State::Draft))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// Notes what the Commission decided on a submitted request.
pub async fn decide(
    db: &impl ConnectionTrait,
    request: &Model,
    state: State,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            state: Set(state),
            decided_on: Set(Some(on)),
            updated_at: Set(now),
            version: Set(request.version + 1),
            ..Default::default()
        })
        .filter(Column::Id.eq(request.id))
        .filter(Column::State.eq(State::Submitted))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// Throws a draft away; `false` where it is none.
pub async fn remove_draft(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    let done = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Draft))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
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

/// The one that lies before the Commission.
pub async fn submitted(db: &impl ConnectionTrait, project: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::State.eq(State::Submitted))
        .one(db)
        .await
}

/// The newest first; the passports are left empty.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .select_only()
        .columns(Column::iter().filter(|column| !matches!(column, Column::Passport)))
        .expr_as(Expr::value(""), "passport")
        .filter(Column::ProjectId.eq(project))
        .order_by_desc(Column::Number)
        .all(db)
        .await
}
