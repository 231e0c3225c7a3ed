//! «Are you there?»: a moderator asks everybody in the room, each answers with one press.
//!
//! The question and the number of answers go over the room's live stream; what was answered
//! stands in the presence report. Kits are not asked: people before them are counted by name.

use chrono::{DateTime, Utc};
use kafedra_store::{connection, presence_check, seat};
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    AppState, Code,
    problem::{FieldCode, Words},
};

mod answer;
mod ask;

pub const RUNNING: Code = Code {
    code: "presence_check.running",
    status: 409,
    ru: Words {
        title: "Проверка присутствия уже идёт",
        detail: "Дождитесь её окончания и начните новую.",
    },
    en: Words {
        title: "A presence check is running already",
        detail: "Wait until it is over and start another one.",
    },
};
pub const OVER: Code = Code {
    code: "presence_check.over",
    status: 410,
    ru: Words {
        title: "Время ответа вышло",
        detail: "Напишите ведущему в чат, что вы на месте: он может исправить отметку.",
    },
    en: Words {
        title: "The time to answer is over",
        detail: "Tell the host in the chat that you are here: they can correct the record.",
    },
};

pub const CODES: &[Code] = &[RUNNING, OVER];

pub const SECONDS: FieldCode = FieldCode {
    code: "seconds.out_of_range",
    ru: "Введите время ответа от 15 до 600 секунд.",
    en: "Enter a time to answer from 15 to 600 seconds.",
};

pub const FIELD_CODES: &[FieldCode] = &[SECONDS];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(ask::ask))
        .routes(routes!(answer::answer))
}

/// A question to everybody in the room.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PresenceCheck {
    pub id: Uuid,
    pub asked_by: Uuid,
    pub until: DateTime<Utc>,
    /// How long there was to answer when it was asked.
    pub seconds: i64,
}

impl From<&presence_check::Model> for PresenceCheck {
    fn from(row: &presence_check::Model) -> Self {
        Self {
            id: row.id,
            asked_by: row.asked_by,
            until: row.until,
            seconds: (row.until - row.asked_at).num_seconds(),
        }
    }
}

/// How many have answered so far, for moderators.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckCount {
    pub id: Uuid,
    pub answered: u64,
    /// People connected now, kits left out.
    pub present: usize,
}

impl CheckCount {
    pub(crate) async fn of(
        db: &impl ConnectionTrait,
        room: Uuid,
        check: Uuid,
    ) -> Result<Self, DbErr> {
        let mut there: Vec<Uuid> = connection::open(db, room)
            .await?
            .into_iter()
            .map(|connection| connection.seat_id)
            .collect();
        there.sort_unstable();
        there.dedup();
        let kits = seat::kits_of(db, room).await?;
        Ok(Self {
            id: check,
            answered: presence_check::answered(db, check).await?,
            present: there.iter().filter(|seat| !kits.contains(seat)).count(),
        })
    }
}
