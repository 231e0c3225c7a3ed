//! People invited to an event: by name, or as part of a group at the moment it was invited.
//!
//! Invariant: a person is invited once; whoever was named stays named when a group brings them too.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kafedra_model::invitee::Answer;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::OnConflict,
};

use crate::{person, search::IDS_A_QUERY};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitee")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// The group that brought them; `None` for somebody invited by name.
    pub group_id: Option<Uuid>,
    pub answer: Option<String>,
    pub answered_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn answer(&self) -> Option<Answer> {
        self.answer.as_deref().and_then(Answer::parse)
    }
}

/// Values in one statement: SQLite takes 32,766.
const ROWS: usize = 5_000;

/// People invited by name, in the order of names.
pub async fn named(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<person::Model>, DbErr> {
    let ids: Vec<Uuid> = Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::GroupId.is_null())
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.person_id)
        .collect();
    person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .order_by_asc(person::Column::SearchName)
        .order_by_asc(person::Column::Id)
        .all(db)
        .await
}

/// Everybody invited, in no order.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .all(db)
        .await
}

pub async fn find(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((event, person)).one(db).await
}

pub async fn is_invited(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
) -> Result<bool, DbErr> {
    Ok(find(db, event, person).await?.is_some())
}

/// How many people each group brought.
pub async fn counts(db: &impl ConnectionTrait, event: Uuid) -> Result<HashMap<Uuid, i64>, DbErr> {
    let rows: Vec<(Option<Uuid>, i64)> = Entity::find()
        .select_only()
        .column(Column::GroupId)
        .column_as(Column::PersonId.count(), "people")
        .filter(Column::EventId.eq(event))
        .group_by(Column::GroupId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(group, people)| Some((group?, people)))
        .collect())
}

/// Makes `people` those invited by name, no more and no less; gives those who were not invited
/// before in any way.
pub async fn replace(
    db: &impl ConnectionTrait,
    event: Uuid,
    people: &[Uuid],
) -> Result<Vec<Uuid>, DbErr> {
    Entity::delete_many()
        .filter(Column::EventId.eq(event))
        .filter(Column::GroupId.is_null())
        .filter(Column::PersonId.is_not_in(people.iter().copied()))
        .exec(db)
        .await?;
    add(db, event, None, people).await
}

/// Invites those who are not invited yet, and gives them.
pub async fn add(
    db: &impl ConnectionTrait,
    event: Uuid,
    group: Option<Uuid>,
    people: &[Uuid],
) -> Result<Vec<Uuid>, DbErr> {
    let mut known = Vec::new();
    for some in people.chunks(IDS_A_QUERY) {
        let rows: Vec<Uuid> = Entity::find()
            .select_only()
            .column(Column::PersonId)
            .filter(Column::EventId.eq(event))
            .filter(Column::PersonId.is_in(some.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        known.extend(rows);
    }
    known.sort_unstable();
    let mut new: Vec<Uuid> = people
        .iter()
        .copied()
        .filter(|person| known.binary_search(person).is_err())
        .collect();
    new.sort_unstable();
    new.dedup();
    for some in new.chunks(ROWS) {
        Entity::insert_many(some.iter().map(|person| ActiveModel {
            event_id: Set(event),
            person_id: Set(*person),
            group_id: Set(group),
            answer: Set(None),
            answered_at: Set(None),
        }))
        // Somebody else may invite the same person at the same time.
        .on_conflict(
            OnConflict::columns([Column::EventId, Column::PersonId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    }
    Ok(new)
}

/// Keeps what an invited person answered; `false` for somebody who is not invited.
pub async fn answer(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
    answer: Answer,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            answer: Set(Some(answer.as_str().to_owned())),
            answered_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(Column::EventId.eq(event))
        .filter(Column::PersonId.eq(person))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}
