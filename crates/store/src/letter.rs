//! Letters and what became of them.
//!
//! A letter is written in the transaction of what caused it. One server sends them, so none is
//! claimed: killed between the server's answer and [`settle`], it sends the letter once more under
//! the same message id.

use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::letter::{Fate, LetterKind};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*,
};

use crate::search::Slice;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub event_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    /// Of the recipient.
    pub name: String,
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub plain: String,
    #[sea_orm(column_type = "Text")]
    pub html: String,
    /// iCalendar.
    #[sea_orm(column_type = "Text")]
    pub calendar: Option<String>,
    /// Of the calendar (RFC 5546).
    pub method: Option<String>,
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// Not before.
    pub due_at: ChronoDateTimeUtc,
    /// What the mail server said last.
    #[sea_orm(column_type = "Text")]
    pub answer: Option<String>,
    pub created_at: ChronoDateTimeUtc,
    /// When it was sent, refused or given up.
    pub settled_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn fate(&self) -> Fate {
        Fate::parse(&self.state).unwrap_or(Fate::GaveUp)
    }

    pub fn kind(&self) -> LetterKind {
        LetterKind::parse(&self.kind).unwrap_or(LetterKind::Invitation)
    }
}

/// A letter to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub kind: LetterKind,
    pub event_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub name: String,
    pub address: String,
    pub subject: String,
    pub plain: String,
    pub html: String,
    pub calendar: Option<String>,
    pub method: Option<&'static str>,
}

/// Rows in one statement: SQLite takes 32,766 values, and statements should not grow to megabytes.
const ROWS: usize = 200;

/// A reminder cannot wait behind the invitations of a whole city.
const AHEAD: TimeDelta = TimeDelta::days(1);

pub async fn queue(
    db: &impl ConnectionTrait,
    drafts: Vec<Draft>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut rows = drafts.into_iter().map(|draft| ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(draft.kind.as_str().to_owned()),
        event_id: Set(draft.event_id),
        person_id: Set(draft.person_id),
        name: Set(draft.name),
        address: Set(draft.address),
        subject: Set(draft.subject),
        plain: Set(draft.plain),
        html: Set(draft.html),
        calendar: Set(draft.calendar),
        method: Set(draft.method.map(str::to_owned)),
        state: Set(Fate::Queued.as_str().to_owned()),
        attempts: Set(0),
        due_at: Set(if draft.kind == LetterKind::Reminder {
            now - AHEAD
        } else {
            now
        }),
        answer: Set(None),
        created_at: Set(now),
        settled_at: Set(None),
    });
    loop {
        let some: Vec<ActiveModel> = rows.by_ref().take(ROWS).collect();
        if some.is_empty() {
            return Ok(());
        }
        Entity::insert_many(some).exec_without_returning(db).await?;
    }
}

/// Letters to be sent now, those waiting for longest first.
pub async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::State.is_in([Fate::Queued.as_str(), Fate::Retrying.as_str()]))
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Notes that a letter is settled: sent, refused or given up.
pub async fn settle(
    db: &impl ConnectionTrait,
    letter: &Model,
    fate: Fate,
    answer: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    change(
        db,
        letter.id,
        ActiveModel {
            state: Set(fate.as_str().to_owned()),
            attempts: Set(letter.attempts + 1),
            answer: Set(answer),
            settled_at: Set(Some(now)),
            ..Default::default()
        },
    )
    .await
}

/// Puts a letter off until `due_at`.
pub async fn put_off(
    db: &impl ConnectionTrait,
    letter: &Model,
    answer: String,
    due_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    change(
        db,
        letter.id,
        ActiveModel {
            state: Set(Fate::Retrying.as_str().to_owned()),
            attempts: Set(letter.attempts + 1),
            answer: Set(Some(answer)),
            due_at: Set(due_at),
            ..Default::default()
        },
    )
    .await
}

/// Queues a letter once more, to `address`, as if it had never been tried.
pub async fn again(
    db: &impl ConnectionTrait,
    id: Uuid,
    address: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    change(
        db,
        id,
        ActiveModel {
            address: Set(address),
            state: Set(Fate::Queued.as_str().to_owned()),
            attempts: Set(0),
            due_at: Set(now),
            answer: Set(None),
            settled_at: Set(None),
            ..Default::default()
        },
    )
    .await
}

async fn change(db: &impl ConnectionTrait, id: Uuid, changes: ActiveModel) -> Result<(), DbErr> {
    Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Letters, latest first: of one event or of all, of one fate or of any. Gives a page and the total.
pub async fn list(
    db: &impl ConnectionTrait,
    event: Option<Uuid>,
    fate: Option<Fate>,
    slice: Slice,
) -> Result<(Vec<Model>, u64), DbErr> {
    let mut letters = Entity::find();
    if let Some(event) = event {
        letters = letters.filter(Column::EventId.eq(event));
    }
    if let Some(fate) = fate {
        letters = letters.filter(Column::State.eq(fate.as_str()));
    }
    let total = letters.clone().count(db).await?;
    let rows = letters
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .offset(slice.offset)
        .limit(slice.limit)
        .all(db)
        .await?;
    Ok((rows, total))
}

/// Settled letters written before `before`.
pub async fn older(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CreatedAt.lt(before))
        .filter(Column::SettledAt.is_not_null())
        .into_tuple()
        .all(db)
        .await
}

/// Forgets settled letters written before `before`.
pub async fn delete_older(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .filter(Column::SettledAt.is_not_null())
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}
