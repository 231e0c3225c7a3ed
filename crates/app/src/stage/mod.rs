//! A webinar's stage: moderators invite and take off, the invited accept or decline, and the
//! back stage gives way to the live part.
//!
//! Who is on it stands on the seat, so that a reload or a restart changes nothing; what follows
//! for media is enforced as every other right is.

use kafedra_model::stage::{Mode, Stage};
use kafedra_store::seat;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    ApiError, ApiResult, AppState, Code, deck, live::Turn, media::reconcile, problem::Words,
    room::Place, seat::view::Seat,
};

mod accept;
mod go_live;
mod invite;
mod leave;

pub const BACKSTAGE: Code = Code {
    code: "room.backstage",
    status: 403,
    ru: Words {
        title: "Эфир ещё не начался",
        detail: "Страницу закрывать не нужно: вход откроется сам, как только ведущий начнёт.",
    },
    en: Words {
        title: "The broadcast has not begun yet",
        detail: "Keep the page open: you come in by yourself as soon as the host begins.",
    },
};
pub const NO_STAGE: Code = Code {
    code: "stage.none",
    status: 409,
    ru: Words {
        title: "В этой встрече нет сцены",
        detail: "Здесь говорят все. Чтобы говорили только приглашённые, включите вебинар в правилах комнаты.",
    },
    en: Words {
        title: "This meeting has no stage",
        detail: "Everybody may speak here. To let only the invited speak, turn on the webinar in the room's rules.",
    },
};
pub const NOT_INVITED: Code = Code {
    code: "stage.not_invited",
    status: 409,
    ru: Words {
        title: "Приглашение на сцену отозвано",
        detail: "Поднимите руку, и ведущий увидит, что вы хотите сказать.",
    },
    en: Words {
        title: "The invitation on the stage was withdrawn",
        detail: "Raise your hand and the host sees that you want to speak.",
    },
};

pub const CODES: &[Code] = &[BACKSTAGE, NO_STAGE, NOT_INVITED];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(accept::accept, leave::leave))
        .routes(routes!(invite::invite, leave::take_off))
        .routes(routes!(go_live::go_live))
}

/// 409 in a room where everybody may speak.
fn has_stage(place: &Place) -> ApiResult<()> {
    match place.room.mode() {
        Mode::Webinar => Ok(()),
        Mode::Meeting => Err(ApiError::new(&NO_STAGE)),
    }
}

/// Writes where a seat stands, tells everybody, and lets the media server follow. Whoever comes
/// on the stage has the word: their hand goes down.
async fn put(
    state: &AppState,
    turn: Turn,
    place: &Place,
    seat: seat::Model,
    to: Stage,
) -> ApiResult<Seat> {
    let (db, room) = (&state.store.db, &place.room);
    let was = seat.stage();
    let moved = seat::set_stage(db, seat.id, was, to).await?;
    let mut seat = moved.unwrap_or(seat);
    if to == Stage::On && seat.hand_seq.is_some() {
        let lowered = seat::lower_hands(db, &[seat.id]).await?;
        seat = lowered.into_iter().next().unwrap_or(seat);
        turn.tell_hands(state, room.id);
    }
    let view = Seat::of(room, &seat);
    turn.tell_seat(&view);
    deck::end_without_right(state, &turn, room).await?;
    drop(turn);
    if (was == Stage::On) != (to == Stage::On) {
        reconcile::after_one(state, room, &seat).await?;
    }
    Ok(view)
}
