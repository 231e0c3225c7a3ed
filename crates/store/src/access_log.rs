//! The log of who looked at and changed personal data.
//!
//! Invariant: append-only. Triggers on both databases refuse every update and delete; there is
//! no function for them here.

use chrono::{DateTime, Utc};
use kafedra_model::Action;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*,
};

use crate::{bulk, search::Slice};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: ChronoDateTimeUtc,
    /// Who did it; `None` for somebody not signed in.
    pub actor_id: Option<Uuid>,
    pub action: String,
    /// The person or institution it was done to.
    pub subject_id: Option<Uuid>,
    /// Names of changed fields, a role, a count; never the data themselves.
    pub details: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One line to be written.
#[derive(Debug, Clone)]
pub struct Entry {
    pub actor: Option<Uuid>,
    pub action: Action,
    pub subject: Option<Uuid>,
    pub details: String,
}

pub async fn write(
    db: &impl ConnectionTrait,
    entry: Entry,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    row(entry, now).insert(db).await.map(drop)
}

/// The same for many lines at once.
pub async fn write_all(
    db: &impl ConnectionTrait,
    entries: Vec<Entry>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows = entries.into_iter().map(|entry| row(entry, now));
    bulk::insert(db, rows).await
}

fn row(entry: Entry, now: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(now),
        actor_id: Set(entry.actor),
        action: Set(entry.action.as_str().to_owned()),
        subject_id: Set(entry.subject),
        details: Set(entry.details),
    }
}

/// Which entries a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub actor: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub action: Option<String>,
}

/// One page of entries, the latest first, and how many there are in all.
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    slice: Slice,
) -> Result<(Vec<Model>, u64), DbErr> {
    let mut select = Entity::find();
    if let Some(actor) = filter.actor {
        select = select.filter(Column::ActorId.eq(actor));
    }
    if let Some(subject) = filter.subject {
        select = select.filter(Column::SubjectId.eq(subject));
    }
    if let Some(action) = &filter.action {
        select = select.filter(Column::Action.eq(action));
    }
    let total = select.clone().count(db).await?;
    let rows = select
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .offset(slice.offset)
        .limit(slice.limit)
        .all(db)
        .await?;
    Ok((rows, total))
}
