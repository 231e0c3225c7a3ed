//! Projects: the passport of each as one document, versioned by its own format.
//!
//! The document is checked by `kafedra_model::passport` on the way in and read by it on the way
//! out; here it is text that both databases keep as it is.
//!
//! Invariant: every version that a passport had is a row of [`project_version`].

use chrono::{DateTime, Utc};
use kafedra_model::passport::{Passport, lifecycle::Lifecycle};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

use crate::project_version::{self, Cause};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// JSON of `kafedra_model::passport::Passport`.
    pub passport: String,
    /// JSON of `kafedra_model::passport::lifecycle::Lifecycle`.
    pub lifecycle: String,
    /// Counts versions of the passport: an edit made from an older one is refused.
    pub version: i32,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is kept of a project, both as JSON.
#[derive(Debug, Clone)]
pub struct Draft {
    pub title: String,
    pub passport: String,
    pub lifecycle: String,
}

impl Draft {
    pub fn of(passport: &Passport, lifecycle: &Lifecycle) -> Result<Self, serde_json::Error> {
        Ok(Self {
            title: passport.title.clone(),
            passport: serde_json::to_string(passport)?,
            lifecycle: serde_json::to_string(lifecycle)?,
        })
    }

    /// A project whose passport was approved before it came here.
    pub fn executing(passport: &Passport) -> Result<Self, serde_json::Error> {
        let since = passport.approval.date;
        Self::of(passport, &Lifecycle::Executing { since })
    }
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let project = ActiveModel {
        id: Set(Uuid::now_v7()),
        title: Set(draft.title),
        passport: Set(draft.passport),
        lifecycle: Set(draft.lifecycle),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(db)
    .await?;
    let change = Change {
        cause: Cause::Begun,
        reason: String::new(),
        by,
        at: now,
    };
    project_version::note(db, &project, change).await?;
    Ok(project)
}

/// The project that was begun last; the city runs one at a time.
pub async fn current(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

/// Who changes a passport, how it came about and why.
#[derive(Debug, Clone)]
pub struct Change {
    pub cause: Cause,
    pub reason: String,
    pub by: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// Writes the next version of a passport, and where the project stands then; `None` when `seen`
/// changed meanwhile, and nothing was written.
pub async fn revise(
    db: &impl ConnectionTrait,
    seen: &Model,
    draft: Draft,
    change: Change,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(ActiveModel {
            title: Set(draft.title),
            passport: Set(draft.passport),
            lifecycle: Set(draft.lifecycle),
            version: Set(seen.version + 1),
            updated_at: Set(change.at),
            ..Default::default()
        })
        .filter(as_seen(seen))
        .exec_with_returning(db)
        .await?;
    let Some(project) = rows.into_iter().next() else {
        return Ok(None);
    };
    project_version::note(db, &project, change).await?;
    Ok(Some(project))
}

/// Moves a project on; `false` when `seen` changed meanwhile, and nothing was written.
pub async fn move_on(
    db: &impl ConnectionTrait,
    seen: &Model,
    lifecycle: String,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            lifecycle: Set(lifecycle),
            updated_at: Set(now),
            ..Default::default()
        })
        .filter(as_seen(seen))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

fn as_seen(seen: &Model) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(Column::Id.eq(seen.id))
        .add(Column::Version.eq(seen.version))
        .add(Column::Lifecycle.eq(seen.lifecycle.clone()))
}
