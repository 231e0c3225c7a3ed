//! What waits for a person in the application: one notice a person, event and kind.

use chrono::{DateTime, Utc};
use kafedra_model::notice::NoticeKind;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::OnConflict,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub event_id: Uuid,
    pub kind: String,
    pub created_at: ChronoDateTimeUtc,
    pub read_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Most notices that a list brings.
const LIST_LIMIT: u64 = 50;
/// Rows in one statement: SQLite takes 32,766 values.
const ROWS: usize = 4_000;

/// Tells people something of an event; what was read of the same kind is unread again.
pub async fn tell(
    db: &impl ConnectionTrait,
    event: Uuid,
    kind: NoticeKind,
    people: &[Uuid],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for some in people.chunks(ROWS) {
        Entity::insert_many(some.iter().map(|person| ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(*person),
            event_id: Set(event),
            kind: Set(kind.as_str().to_owned()),
            created_at: Set(now),
            read_at: Set(None),
        }))
        .on_conflict(
            OnConflict::columns([Column::PersonId, Column::EventId, Column::Kind])
                .update_columns([Column::CreatedAt, Column::ReadAt])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    }
    Ok(())
}

/// What a person has not read yet, latest first.
pub async fn unread(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::ReadAt.is_null())
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(LIST_LIMIT)
        .all(db)
        .await
}

/// Marks one of a person's own notices read; `false` when there is no such.
pub async fn read(
    db: &impl ConnectionTrait,
    person: Uuid,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::PersonId.eq(person))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// Takes back what an event told a person, now that it no longer waits for them.
pub async fn settle(
    db: &impl ConnectionTrait,
    person: Uuid,
    event: Uuid,
    kinds: &[NoticeKind],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(now))
        .filter(Column::PersonId.eq(person))
        .filter(Column::EventId.eq(event))
        .filter(Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        .filter(Column::ReadAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Forgets notices made before `before`.
pub async fn delete_older(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}
