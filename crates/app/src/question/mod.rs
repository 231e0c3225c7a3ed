//! Questions to those who speak: asked by anybody inside, wanted by others, answered aloud or in
//! writing. Stored and ordered by the server, told on the room's live stream.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kafedra_model::question::{self as rules, Rank, State};
use kafedra_store::question;
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    AppState, Code,
    problem::{FieldCode, Words},
    room::Place,
};

mod ask;
mod edit;
mod outcome;
mod vote;
mod withdraw;

pub const OWN: Code = Code {
    code: "question.own",
    status: 403,
    ru: Words {
        title: "За свой вопрос не голосуют",
        detail: "Его поднимут голоса других участников.",
    },
    en: Words {
        title: "You cannot vote for your own question",
        detail: "The votes of others move it up.",
    },
};
pub const CLOSED: Code = Code {
    code: "question.closed",
    status: 409,
    ru: Words {
        title: "Голоса за этот вопрос больше не принимаются",
        detail: "На него уже ответили, или ведущий его скрыл.",
    },
    en: Words {
        title: "This question takes no more votes",
        detail: "It was answered, or a host has hidden it.",
    },
};

pub const CODES: &[Code] = &[OWN, CLOSED];

pub const NOT_ANONYMOUS: FieldCode = FieldCode {
    code: "anonymous.forbidden",
    ru: "В этой комнате вопросы задают под своим именем.",
    en: "In this room questions are asked under one's own name.",
};

pub const FIELD_CODES: &[FieldCode] = &[NOT_ANONYMOUS];

/// Questions that a snapshot brings, the most wanted first.
const SHOWN: usize = 500;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(ask::ask))
        .routes(routes!(edit::edit, withdraw::withdraw))
        .routes(routes!(vote::vote, vote::unvote))
        .routes(routes!(outcome::questions))
}

/// One question, the same for everybody who may see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AskedQuestion)]
pub struct Question {
    pub id: Uuid,
    /// Plain text; never markup.
    pub text: String,
    /// The asker's seat and name; null where they asked without a name.
    #[schema(required)]
    pub seat_id: Option<Uuid>,
    #[schema(required)]
    pub name: Option<String>,
    pub asked_at: DateTime<Utc>,
    pub state: State,
    /// How many others want it answered.
    pub votes: i64,
    #[schema(required)]
    pub answer: Option<String>,
    #[schema(required)]
    pub answered_by: Option<String>,
}

impl Question {
    pub fn of(row: question::Model, votes: i64) -> Self {
        let state = row.state();
        Self {
            id: row.id,
            text: row.text,
            seat_id: (!row.anonymous).then_some(row.seat_id),
            name: (!row.anonymous).then_some(row.name),
            asked_at: row.asked_at,
            state,
            votes,
            answer: row.answer,
            answered_by: row.answered_by,
        }
    }

    fn rank(&self) -> Rank {
        Rank {
            state: self.state,
            votes: self.votes,
            asked_at: self.asked_at,
        }
    }
}

/// How many want a question answered, as it changes.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionVotes {
    pub id: Uuid,
    pub votes: i64,
}

/// Questions as one seat sees them.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Asked {
    items: Vec<Question>,
    /// Those that this seat asked, with or without its name.
    mine: Vec<Uuid>,
    /// Those that this seat wants answered.
    voted: Vec<Uuid>,
}

impl Asked {
    pub(crate) async fn seen_from(db: &impl ConnectionTrait, place: &Place) -> Result<Self, DbErr> {
        let (room, seat) = (place.room.id, place.seat.id);
        let moderates = place.room.may(&place.seat).moderate;
        let mut rows = question::of_rooms(db, vec![room]).await?;
        rows.retain(|row| row.state().seen_by(moderates, row.seat_id == seat));
        let mine = rows
            .iter()
            .filter(|row| row.seat_id == seat)
            .map(|row| row.id)
            .collect();
        let mut items = with_votes(db, rows).await?;
        items.truncate(SHOWN);
        Ok(Self {
            items,
            mine,
            voted: question::voted_by(db, room, seat).await?,
        })
    }
}

/// Questions with their votes, in their order.
async fn with_votes(
    db: &impl ConnectionTrait,
    rows: Vec<question::Model>,
) -> Result<Vec<Question>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let votes: HashMap<Uuid, i64> = question::votes(db, rows.iter().map(|row| row.id)).await?;
    let mut questions: Vec<Question> = rows
        .into_iter()
        .map(|row| {
            let votes = votes.get(&row.id).copied().unwrap_or(0);
            Question::of(row, votes)
        })
        .collect();
    questions.sort_by(|a, b| rules::order(&a.rank(), &b.rank()));
    Ok(questions)
}

/// One question with its votes.
async fn counted(db: &impl ConnectionTrait, row: question::Model) -> Result<Question, DbErr> {
    let votes = question::votes(db, [row.id]).await?;
    let votes = votes.get(&row.id).copied().unwrap_or(0);
    Ok(Question::of(row, votes))
}
