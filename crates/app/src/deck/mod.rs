//! Slides: decks of an event, and the page that everybody in a room sees.
//!
//! A deck is a PDF, or a presentation that LibreOffice makes one ([`convert`]); [`pdf`] and [`archive`]
//! say whether a file can be shown at all before it is kept. What a room shows is stored, told under
//! the room's turn and part of every snapshot; the pointer is a trifle that travels as media data.
//!
//! Invariant: notes go to those who lead, run the room, prepared the event or gave the deck, and to
//! nobody else. To show another kind of file, make it a PDF here.

use std::time::Duration;

use chrono::{DateTime, Utc};
use kafedra_model::{
    deck::{self as rules, State},
    seat::Status,
};
use kafedra_store::{deck, person, room, seat, showing};
use sea_orm::DbErr;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    event::standing::Standing,
    problem::{FORBIDDEN, FieldCode, NOT_FOUND, SIGN_IN_NEEDED, Words, locale},
    room::{occupant, still_open},
};

mod add;
mod archive;
mod convert;
mod list;
mod notes;
mod notes_xml;
mod pdf;
mod read;
mod remove;
mod show;

pub use convert::{CONVERT, perform};
pub(crate) use show::{Showing, end_without_right};

/// What the operator chose for slides.
#[derive(Debug, Clone)]
pub struct DeckSettings {
    /// Most pages of one deck.
    pub pages: u32,
    /// LibreOffice's program; without it presentations must come as PDF.
    pub converter: Option<std::path::PathBuf>,
    /// How long one conversion may take.
    pub patience: Duration,
    /// Megabytes of memory that it may take.
    pub memory: u32,
}

pub const TOO_MANY: Code = Code {
    code: "deck.too_many",
    status: 409,
    ru: Words {
        title: "У этой встречи уже 50 презентаций",
        detail: "Удалите лишние и загрузите файл ещё раз.",
    },
    en: Words {
        title: "This meeting has 50 decks of slides already",
        detail: "Remove some and upload the file again.",
    },
};
pub const TYPE: Code = Code {
    code: "deck.type",
    status: 422,
    ru: Words {
        title: "Этот файл нельзя показать как слайды",
        detail: "Подойдут PDF, PPTX и ODP.",
    },
    en: Words {
        title: "This file cannot be shown as slides",
        detail: "PDF, PPTX and ODP are fine.",
    },
};
pub const BROKEN: Code = Code {
    code: "deck.broken",
    status: 422,
    ru: Words {
        title: "Файл повреждён",
        detail: "Откройте его у себя, сохраните заново как PDF и загрузите ещё раз.",
    },
    en: Words {
        title: "The file is damaged",
        detail: "Open it on your computer, save it again as PDF and upload it once more.",
    },
};
pub const FILE_LOCKED: Code = Code {
    code: "deck.locked",
    status: 422,
    ru: Words {
        title: "Файл защищён паролем или от изменений",
        detail: "Сохраните копию без защиты и загрузите её.",
    },
    en: Words {
        title: "The file is protected by a password or against changes",
        detail: "Save a copy without protection and upload that.",
    },
};
pub const SWELLS: Code = Code {
    code: "deck.swells",
    status: 422,
    ru: Words {
        title: "Файл внутри слишком велик",
        detail: "Уменьшите картинки в презентации, сохраните её как PDF и загрузите ещё раз.",
    },
    en: Words {
        title: "The file is too large inside",
        detail: "Make the pictures in the slides smaller, save them as PDF and upload again.",
    },
};
pub const TOO_MANY_PAGES: Code = Code {
    code: "deck.too_many_pages",
    status: 422,
    ru: Words {
        title: "В файле больше страниц, чем разрешает сервер",
        detail: "Разделите его на части и загрузите их по одной. Обычно разрешено 500 страниц.",
    },
    en: Words {
        title: "The file has more pages than the server allows",
        detail: "Split it into parts and upload them one by one. Usually 500 pages are allowed.",
    },
};
pub const NO_CONVERTER: Code = Code {
    code: "deck.no_converter",
    status: 422,
    ru: Words {
        title: "Этот сервер показывает только PDF",
        detail: "Откройте презентацию у себя, сохраните её как PDF и загрузите PDF.",
    },
    en: Words {
        title: "This server shows PDF only",
        detail: "Open the slides on your computer, save them as PDF and upload the PDF.",
    },
};
pub const NOT_CONVERTED: Code = Code {
    code: "deck.not_converted",
    status: 422,
    ru: Words {
        title: "Презентацию не удалось превратить в PDF",
        detail: "Откройте её у себя, сохраните как PDF и загрузите PDF.",
    },
    en: Words {
        title: "The slides could not be made a PDF",
        detail: "Open them on your computer, save them as PDF and upload the PDF.",
    },
};
pub const NOT_READY: Code = Code {
    code: "deck.not_ready",
    status: 409,
    ru: Words {
        title: "Слайды ещё не готовы",
        detail: "Подождите, пока презентация станет PDF, и повторите.",
    },
    en: Words {
        title: "The slides are not ready yet",
        detail: "Wait until they have become a PDF, then try again.",
    },
};
pub const MAY_NOT_SHOW: Code = Code {
    code: "deck.forbidden",
    status: 403,
    ru: Words {
        title: "Ведущий не разрешил вам показ",
        detail: "Поднимите руку и попросите разрешить показ.",
    },
    en: Words {
        title: "The host does not let you share",
        detail: "Raise your hand and ask to be allowed to share.",
    },
};
pub const TAKEN: Code = Code {
    code: "showing.taken",
    status: 409,
    ru: Words {
        title: "Слайды сейчас показывает другой участник",
        detail: "Дождитесь, пока он закончит, или попросите ведущего передать вам показ.",
    },
    en: Words {
        title: "Somebody else is showing slides",
        detail: "Wait until they have finished, or ask the host to hand over to you.",
    },
};

pub const CODES: &[Code] = &[
    TOO_MANY,
    TYPE,
    BROKEN,
    FILE_LOCKED,
    SWELLS,
    TOO_MANY_PAGES,
    NO_CONVERTER,
    NOT_CONVERTED,
    NOT_READY,
    MAY_NOT_SHOW,
    TAKEN,
];

pub const NO_SUCH_PAGE: FieldCode = FieldCode {
    code: "deck.page",
    ru: "Такой страницы в этих слайдах нет.",
    en: "These slides have no such page.",
};

pub const FIELD_CODES: &[FieldCode] = &[NO_SUCH_PAGE];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(add::routes())
        .routes(routes!(list::of_event))
        .routes(routes!(list::of_room))
        .routes(routes!(read::read))
        .routes(routes!(remove::remove))
        .routes(routes!(notes::list, notes::put))
        .routes(routes!(show::show, show::end))
}

/// One deck of slides.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deck {
    pub id: Uuid,
    /// As its giver named the file.
    pub name: String,
    pub state: State,
    /// 0 until it is ready.
    pub pages: i32,
    /// Why it could not be made a PDF.
    #[schema(required)]
    pub problem: Option<DeckProblem>,
    /// Name of whoever gave it.
    pub added_by: String,
    pub added_at: DateTime<Utc>,
    /// The caller may take it away and write its notes.
    pub may_change: bool,
}

/// Why a presentation could not be made a PDF, in the caller's language.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeckProblem {
    pub code: String,
    pub title: String,
    pub detail: String,
}

impl DeckProblem {
    fn of(stored: &str) -> Self {
        let code = CODES
            .iter()
            .find(|code| code.code == stored)
            .unwrap_or(&NOT_CONVERTED);
        let words = match locale() {
            kafedra_model::Locale::Ru => &code.ru,
            kafedra_model::Locale::En => &code.en,
        };
        Self {
            code: code.code.to_owned(),
            title: words.title.to_owned(),
            detail: words.detail.to_owned(),
        }
    }
}

/// Who asks, as far as decks of one event are concerned.
struct Asking {
    /// The signed-in person.
    person: Option<Uuid>,
    /// Knows of the event without a seat in it.
    knows: bool,
    /// Prepares the event.
    prepares: bool,
    /// Seats inside the event's rooms, each with its room.
    seats: Vec<(room::Model, seat::Model)>,
}

impl Asking {
    /// 401 for nobody; 404 for those who neither know of the event nor sit in one of its rooms.
    async fn of(state: &AppState, caller: &Caller, event: Uuid) -> ApiResult<Self> {
        let who = occupant(caller).ok_or(&SIGN_IN_NEEDED)?;
        let db = &state.store.db;
        let standing = match caller {
            Caller::Person(_) => match Standing::of(state, caller, event).await {
                Ok(standing) => Some(standing),
                Err(refused) if refused.code == &NOT_FOUND => None,
                Err(refused) => return Err(refused),
            },
            _ => None,
        };
        let mut seats = Vec::new();
        for room in room::of_events(db, [event]).await? {
            if let Some(seat) = seat::of(db, room.id, who).await?
                && seat.status() == Status::Admitted
            {
                seats.push((room, seat));
            }
        }
        let asking = Self {
            person: caller.person().ok().map(|me| me.person.id),
            knows: standing.is_some(),
            prepares: standing.is_some_and(|standing| standing.may_prepare()),
            seats,
        };
        if asking.knows || asking.is_inside(state).await? {
            Ok(asking)
        } else {
            Err(ApiError::new(&NOT_FOUND))
        }
    }

    /// In a room that is still open: guests have no business with a meeting that is over.
    async fn is_inside(&self, state: &AppState) -> ApiResult<bool> {
        let Some((room, _)) = self.seats.first() else {
            return Ok(false);
        };
        let (_, event) = crate::room::find(state, room.id).await?;
        let now = state.clock.now();
        Ok(self
            .seats
            .iter()
            .any(|(room, _)| still_open(room, &event, now).is_ok()))
    }

    fn gave(&self, deck: &deck::Model) -> bool {
        deck.person_id.is_some() && deck.person_id == self.person
            || deck
                .seat_id
                .is_some_and(|giver| self.seats.iter().any(|(_, seat)| seat.id == giver))
    }

    fn moderates(&self) -> bool {
        self.seats
            .iter()
            .any(|(room, seat)| room.may(seat).moderate)
    }

    fn may_change(&self, deck: &deck::Model) -> bool {
        self.prepares || self.gave(deck) || self.moderates()
    }

    /// Those who may change a deck, and whoever leads it now.
    async fn reads_notes(&self, state: &AppState, deck: &deck::Model) -> Result<bool, DbErr> {
        if self.may_change(deck) {
            return Ok(true);
        }
        for (room, seat) in &self.seats {
            let shown = showing::find(&state.store.db, room.id).await?;
            if shown.is_some_and(|shown| shown.deck_id == deck.id && shown.seat_id == seat.id) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A deck and who asks for it: 404 for those who may not know of it.
async fn find(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<(deck::Model, Asking)> {
    occupant(caller).ok_or(&SIGN_IN_NEEDED)?;
    let deck = deck::find(&state.store.db, id).await?.ok_or(&NOT_FOUND)?;
    let asking = Asking::of(state, caller, deck.event_id).await?;
    Ok((deck, asking))
}

/// The same for changing it: 403 for the others who may know of it.
async fn find_to_change(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<deck::Model> {
    let (deck, asking) = find(state, caller, id).await?;
    if asking.may_change(&deck) {
        Ok(deck)
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}

/// Decks as `asking` sees them.
async fn views(state: &AppState, asking: &Asking, decks: Vec<deck::Model>) -> ApiResult<Vec<Deck>> {
    let db = &state.store.db;
    let people: Vec<Uuid> = decks.iter().filter_map(|deck| deck.person_id).collect();
    let people = person::named(db, people).await?;
    let seats: Vec<Uuid> = decks.iter().filter_map(|deck| deck.seat_id).collect();
    let seats = seat::of_ids(db, seats).await?;
    Ok(decks
        .into_iter()
        .map(|deck| {
            let person = people
                .iter()
                .find(|person| Some(person.id) == deck.person_id);
            let seat = seats.iter().find(|seat| Some(seat.id) == deck.seat_id);
            Deck {
                added_by: match (person, seat) {
                    (Some(person), _) => crate::event::view::PersonRef::from(person).name,
                    (None, Some(seat)) => seat.name.clone(),
                    (None, None) => String::new(),
                },
                state: deck.state(),
                problem: deck.problem.as_deref().map(DeckProblem::of),
                may_change: asking.may_change(&deck),
                id: deck.id,
                name: deck.name,
                pages: deck.pages,
                added_at: deck.created_at,
            }
        })
        .collect())
}

/// Tells every room of an event that its decks are others now.
async fn tell_decks(state: &AppState, event: Uuid) -> Result<(), DbErr> {
    for room in room::of_events(&state.store.db, [event]).await? {
        state.live.turn(room.id).await.tell_decks();
    }
    Ok(())
}
