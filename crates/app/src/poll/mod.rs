//! Polls and formal votes: prepared, opened and closed by moderators, answered by those inside.
//!
//! A formal vote is a poll of the kind `vote`. Which numbers and names somebody sees is the model's
//! rule; [`view`] applies it. What was chosen without a name leads back to nobody: see
//! [`kafedra_store::ballot`].

use kafedra_model::poll::State;
use kafedra_store::{ballot, poll};
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Code,
    problem::{FieldCode, NOT_FOUND, Words},
    room::Place,
};
use view::{Eye, Poll, PollResult};

mod answer;
mod draft;
pub(crate) mod names;
pub(crate) mod outcome;
mod run;
pub mod view;

pub const OPENED: Code = Code {
    code: "poll.opened",
    status: 409,
    ru: Words {
        title: "Опрос уже начат",
        detail: "Менять и удалять можно только черновик. Завершите опрос и подготовьте новый.",
    },
    en: Words {
        title: "The poll was opened already",
        detail: "Only a draft can be changed or deleted. Close the poll and prepare another one.",
    },
};
pub const NOT_OPEN: Code = Code {
    code: "poll.not_open",
    status: 409,
    ru: Words {
        title: "Опрос ещё не начат",
        detail: "Сначала начните его.",
    },
    en: Words {
        title: "The poll is not open yet",
        detail: "Open it first.",
    },
};
pub const CLOSED: Code = Code {
    code: "poll.closed",
    status: 409,
    ru: Words {
        title: "Опрос завершён",
        detail: "Ответы больше не принимаются, итоги не меняются.",
    },
    en: Words {
        title: "The poll is closed",
        detail: "It takes no more answers and its results stay as they are.",
    },
};
pub const ANSWERED: Code = Code {
    code: "poll.answered",
    status: 409,
    ru: Words {
        title: "Ваш голос уже учтён",
        detail: "Опрос анонимный: какой ответ ваш, не записано, поэтому изменить его нельзя.",
    },
    en: Words {
        title: "Your answer is counted already",
        detail: "The poll is anonymous: which answer is yours was not recorded, so it cannot be changed.",
    },
};
pub const NO_ELECTOR: Code = Code {
    code: "poll.no_elector",
    status: 403,
    ru: Words {
        title: "В этом голосовании вы не участвуете",
        detail: "Голосуют члены объединения или те, кто вошёл под своей учётной записью: так решил ведущий.",
    },
    en: Words {
        title: "You do not take part in this vote",
        detail: "Members of the association vote, or those who signed in: the host has decided which.",
    },
};
pub const TOO_MANY: Code = Code {
    code: "poll.too_many",
    status: 409,
    ru: Words {
        title: "В комнате уже сто опросов",
        detail: "Удалите ненужные черновики.",
    },
    en: Words {
        title: "There are a hundred polls in the room already",
        detail: "Delete drafts that are not needed.",
    },
};

pub const CODES: &[Code] = &[OPENED, NOT_OPEN, CLOSED, ANSWERED, NO_ELECTOR, TOO_MANY];

pub const OPTION_COUNT: FieldCode = FieldCode {
    code: "options.count",
    ru: "Нужно от 2 до 12 вариантов.",
    en: "Give from 2 to 12 options.",
};
pub const NO_RIGHT: FieldCode = FieldCode {
    code: "options.no_right",
    ru: "Отметьте хотя бы один верный вариант.",
    en: "Mark one right option at least.",
};
pub const MOST: FieldCode = FieldCode {
    code: "most.out_of_range",
    ru: "Введите число от 2 до числа вариантов.",
    en: "Enter a number from 2 to the number of options.",
};
pub const NO_ASSOCIATION: FieldCode = FieldCode {
    code: "electorate.no_association",
    ru: "Встреча не относится к объединению. Выберите «все, кто вошёл под своей учётной записью».",
    en: "The meeting belongs to no association. Choose “everybody who signed in”.",
};
pub const SECRET: FieldCode = FieldCode {
    code: "results.secret",
    ru: "Итоги тайного голосования видны только после его завершения.",
    en: "Results of a secret vote are shown after closing only.",
};

pub const FIELD_CODES: &[FieldCode] = &[OPTION_COUNT, NO_RIGHT, MOST, NO_ASSOCIATION, SECRET];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(draft::create))
        .routes(routes!(draft::edit, draft::delete))
        .routes(routes!(run::open))
        .routes(routes!(run::close))
        .routes(routes!(answer::answer))
        .routes(routes!(names::names))
        .routes(routes!(outcome::polls))
}

/// Polls as one seat sees them.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Asked {
    items: Vec<Poll>,
    /// Those that this seat has answered.
    mine: Vec<Mine>,
}

/// One's own answer.
#[derive(Debug, Serialize)]
struct Mine {
    id: Uuid,
    /// Null where it was given without a name.
    choices: Option<Vec<usize>>,
}

impl Asked {
    pub(crate) async fn seen_from(db: &impl ConnectionTrait, place: &Place) -> Result<Self, DbErr> {
        let eye = Eye {
            moderates: place.room.may(&place.seat).moderate,
            over: false,
        };
        let mut rows = poll::of_rooms(db, vec![place.room.id]).await?;
        rows.retain(|row| eye.moderates || row.state() != State::Draft);
        if rows.is_empty() {
            return Ok(Self::default());
        }
        let ids = || rows.iter().map(|row| row.id);
        let chosen = ballot::chosen_by(db, ids(), place.seat.id).await?;
        let mine = ballot::answered_by(db, ids(), place.seat.id)
            .await?
            .into_iter()
            .map(|id| {
                let named = rows.iter().any(|row| row.id == id && row.named);
                let of_this = chosen.iter().filter(|(poll, _)| *poll == id);
                Mine {
                    id,
                    choices: named.then(|| of_this.map(|(_, option)| *option).collect()),
                }
            })
            .collect();
        let mut items = Vec::with_capacity(rows.len());
        for row in &rows {
            let result = PollResult::of(db, &place.event, row).await?;
            items.extend(Poll::seen(row, &result, eye));
        }
        Ok(Self { items, mine })
    }
}

/// A poll of a room that this seat may know of.
async fn known(state: &AppState, place: &Place, id: Uuid) -> ApiResult<poll::Model> {
    let row = poll::find(&state.store.db, place.room.id, id)
        .await?
        .ok_or(&NOT_FOUND)?;
    if row.state() == State::Draft && !place.room.may(&place.seat).moderate {
        return Err(ApiError::new(&NOT_FOUND));
    }
    Ok(row)
}
