//! Questions that were asked in a room, and who else wants them answered.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kafedra_model::question::State;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{OnConflict, Query},
};

use crate::seat;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub room_id: Uuid,
    pub seat_id: Uuid,
    /// The asker's name when it was asked; empty where they asked without it.
    pub name: String,
    pub anonymous: bool,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The client's idempotency key.
    pub key: String,
    pub state: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// The name of whoever answered in writing.
    pub answered_by: Option<String>,
    pub asked_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A state of a newer version counts as hidden.
    pub fn state(&self) -> State {
        State::parse(&self.state).unwrap_or(State::Hidden)
    }
}

/// Who wants a question answered.
pub mod vote {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_vote")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub question_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seat_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A question as somebody asks it.
#[derive(Debug, Clone)]
pub struct Draft {
    pub text: String,
    pub anonymous: bool,
    pub key: String,
    pub state: State,
}

/// A question as stored, and whether this call stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub question: Model,
    pub is_new: bool,
}

/// Stores a question, or finds the one that this seat asked under the same key before. The caller
/// holds the room's turn, so that the same one does not come twice at once.
pub async fn ask(
    db: &impl ConnectionTrait,
    seat: &seat::Model,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Asked, DbErr> {
    let known = Entity::find()
        .filter(Column::SeatId.eq(seat.id))
        .filter(Column::Key.eq(&draft.key))
        .one(db)
        .await?;
    if let Some(question) = known {
        return Ok(Asked {
            question,
            is_new: false,
        });
    }
    let name = if draft.anonymous {
        String::new()
    } else {
        seat.name.clone()
    };
    let question = ActiveModel {
        id: Set(Uuid::now_v7()),
        room_id: Set(seat.room_id),
        seat_id: Set(seat.id),
        name: Set(name),
        anonymous: Set(draft.anonymous),
        text: Set(draft.text),
        key: Set(draft.key),
        state: Set(draft.state.as_str().to_owned()),
        answer: Set(None),
        answered_by: Set(None),
        asked_at: Set(now),
    }
    .insert(db)
    .await?;
    Ok(Asked {
        question,
        is_new: true,
    })
}

pub async fn find(db: &impl ConnectionTrait, room: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::RoomId.eq(room))
        .one(db)
        .await
}

/// Everything that was asked in these rooms and was not withdrawn, in the order of asking.
pub async fn of_rooms(db: &impl ConnectionTrait, rooms: Vec<Uuid>) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.is_in(rooms))
        .filter(Column::State.ne(State::Withdrawn.as_str()))
        .order_by_asc(Column::AskedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Those of a room that are answered at this moment.
pub async fn answered_now(db: &impl ConnectionTrait, room: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::State.eq(State::Now.as_str()))
        .all(db)
        .await
}

/// Moves a question to another state unless it was withdrawn.
pub async fn set_state(
    db: &impl ConnectionTrait,
    id: Uuid,
    state: State,
) -> Result<Option<Model>, DbErr> {
    let changes = ActiveModel {
        state: Set(state.as_str().to_owned()),
        ..Default::default()
    };
    change(db, id, changes).await
}

/// Answers a question in writing unless it was withdrawn.
pub async fn answer(
    db: &impl ConnectionTrait,
    id: Uuid,
    answer: String,
    by: String,
) -> Result<Option<Model>, DbErr> {
    let changes = ActiveModel {
        state: Set(State::Written.as_str().to_owned()),
        answer: Set(Some(answer)),
        answered_by: Set(Some(by)),
        ..Default::default()
    };
    change(db, id, changes).await
}

async fn change(
    db: &impl ConnectionTrait,
    id: Uuid,
    changes: ActiveModel,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .filter(Column::State.ne(State::Withdrawn.as_str()))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}

/// Notes that somebody wants a question answered; saying it twice changes nothing.
pub async fn vote(db: &impl ConnectionTrait, question: Uuid, seat: Uuid) -> Result<(), DbErr> {
    vote::Entity::insert(vote::ActiveModel {
        question_id: Set(question),
        seat_id: Set(seat),
    })
    .on_conflict(
        OnConflict::columns([vote::Column::QuestionId, vote::Column::SeatId])
            .do_nothing()
            .to_owned(),
    )
    .try_insert()
    .exec_without_returning(db)
    .await
    .map(drop)
}

/// Takes a vote back; where there is none, nothing changes.
pub async fn unvote(db: &impl ConnectionTrait, question: Uuid, seat: Uuid) -> Result<(), DbErr> {
    vote::Entity::delete_by_id((question, seat))
        .exec(db)
        .await
        .map(drop)
}

/// How many want each of these questions answered; those whom nobody wants are left out.
pub async fn votes(
    db: &impl ConnectionTrait,
    questions: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, i64>, DbErr> {
    let rows: Vec<(Uuid, i64)> = vote::Entity::find()
        .select_only()
        .column(vote::Column::QuestionId)
        .column_as(vote::Column::SeatId.count(), "votes")
        .filter(vote::Column::QuestionId.is_in(questions))
        .group_by(vote::Column::QuestionId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Questions of a room that this seat wants answered.
pub async fn voted_by(
    db: &impl ConnectionTrait,
    room: Uuid,
    seat: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    let questions = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::RoomId.eq(room))
        .to_owned();
    vote::Entity::find()
        .select_only()
        .column(vote::Column::QuestionId)
        .filter(vote::Column::SeatId.eq(seat))
        .filter(vote::Column::QuestionId.in_subquery(questions))
        .into_tuple()
        .all(db)
        .await
}
