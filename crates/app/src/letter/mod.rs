//! Letters as those see them who answer for them: the organiser of an event, administrators of all.

use chrono::{DateTime, Utc};
use kafedra_model::letter::{Fate, LetterKind};
use kafedra_store::letter;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    event::standing::Standing,
    mail::Transport,
    problem::{NOT_FOUND, Words},
};

mod again;
mod get;
mod list;

pub const ON_ITS_WAY: Code = Code {
    code: "letter.on_its_way",
    status: 409,
    ru: Words {
        title: "Это письмо ещё в очереди",
        detail: "Оно уйдёт само. Отправить снова можно письмо, которое уже отправлено или не дошло.",
    },
    en: Words {
        title: "This letter is still in the queue",
        detail: "It goes by itself. A letter that was sent or did not arrive can be sent again.",
    },
};

pub const CODES: &[Code] = &[ON_ITS_WAY];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::all))
        .routes(routes!(list::of_event))
        .routes(routes!(get::get))
        .routes(routes!(again::again))
}

/// A letter and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    pub id: Uuid,
    pub kind: LetterKind,
    #[schema(required)]
    pub event_id: Option<Uuid>,
    /// Of the recipient.
    pub name: String,
    /// Only for administrators, and for guests, who gave it to the organiser.
    #[schema(required)]
    pub address: Option<String>,
    pub subject: String,
    pub fate: Fate,
    pub attempts: i32,
    /// What the mail server said last.
    #[schema(required)]
    pub answer: Option<String>,
    pub created_at: DateTime<Utc>,
    #[schema(required)]
    pub settled_at: Option<DateTime<Utc>>,
    /// When a letter that failed is tried again.
    #[schema(required)]
    pub next_try: Option<DateTime<Utc>>,
}

impl Letter {
    fn of(row: letter::Model, administrator: bool) -> Self {
        let shown = administrator || row.person_id.is_none();
        let answer = match (row.answer.as_deref(), shown) {
            // Servers like to repeat the address.
            (Some(words), false) => Some(words.replace(&row.address, "…")),
            (words, _) => words.map(str::to_owned),
        };
        let fate = row.fate();
        Self {
            id: row.id,
            kind: row.kind(),
            event_id: row.event_id,
            address: shown.then_some(row.address),
            answer,
            fate,
            attempts: row.attempts,
            created_at: row.created_at,
            settled_at: row.settled_at,
            next_try: (fate == Fate::Retrying).then_some(row.due_at),
            name: row.name,
            subject: row.subject,
        }
    }
}

/// The letter, for administrators and whoever may change the event that it is about; for others it
/// does not exist.
async fn find(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<letter::Model> {
    let me = caller.person()?;
    let row = letter::find(&state.store.db, id).await?.ok_or(&NOT_FOUND)?;
    if !me.actor.is_administrator() {
        let event = row.event_id.ok_or(&NOT_FOUND)?;
        Standing::changing(state, caller, event)
            .await
            .map_err(|_| ApiError::new(&NOT_FOUND))?;
    }
    Ok(row)
}

/// Whether what letters say may be shown: only where none of them leaves this machine.
fn are_shown(state: &AppState, caller: &Caller) -> bool {
    let files = matches!(state.settings.mail.transport, Transport::Files(_));
    let administrator = caller
        .actor()
        .is_ok_and(kafedra_model::Actor::is_administrator);
    files && (administrator || state.settings.demo)
}
