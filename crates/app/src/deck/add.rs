//! Giving a deck: looked through before anything of it is kept.

use std::path::PathBuf;

use axum::{
    Json,
    extract::{DefaultBodyLimit, Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
};
use kafedra_model::file::FileType;
use kafedra_store::{
    deck::{self, Giver},
    event,
};
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Asking, BROKEN, CONVERT, Deck, FILE_LOCKED, MAY_NOT_SHOW, NO_CONVERTER, SWELLS, TOO_MANY,
    TOO_MANY_PAGES, TYPE, archive,
    convert::Payload,
    pdf::{self, BadPdf},
    rules, tell_decks, views,
};
use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    archive::BadArchive,
    event::standing::Standing,
    extract::Id,
    file, job,
    problem::{FORBIDDEN, MALFORMED, Problem},
    room::Place,
};

/// Files looked through at once: each may stand in memory whole.
static LOOKING: Semaphore = Semaphore::const_new(2);

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(to_event))
        .routes(routes!(to_room))
        // What comes around a file in a form is little.
        .layer(DefaultBodyLimit::max(file::LARGEST + 64 * 1024))
}

/// The form with the file.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "stands for the form in the document; the handler reads parts"
)]
pub struct DeckForm {
    /// 100 MB at most.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Gives an event a deck: those who prepare it may, and its speakers. A PDF is ready at once; a PPTX
/// or ODP becomes one in the background, where the server can do that.
#[utoipa::path(
    post,
    path = "/events/{id}/decks",
    tag = "deck",
    params(("id" = Uuid, Path)),
    request_body(content = DeckForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = Deck),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`deck.too_many`"),
        (status = 413, body = Problem, description = "`too_large`"),
        (status = 422, body = Problem, description = "`deck.type`, `deck.broken`, `deck.locked`, `deck.swells`, `deck.too_many_pages`, `deck.no_converter`, `file.type`, `file.type_lies`, `file.empty`"),
    )
)]
pub async fn to_event(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<Deck>)> {
    let standing = Standing::of(&state, &caller, id).await?;
    if !rules::may_add(standing.may_prepare(), &standing.roles) {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let by = Giver::Person(standing.me.person.id);
    add(&state, &caller, &standing.event, by, form).await
}

/// The same from inside a room, for whoever may share there.
#[utoipa::path(
    post,
    path = "/rooms/{id}/decks",
    tag = "deck",
    params(("id" = Uuid, Path)),
    request_body(content = DeckForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = Deck),
        (status = 401, body = Problem),
        (status = 403, body = Problem, description = "`deck.forbidden`, `seat.waiting`, …"),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`deck.too_many`"),
        (status = 410, body = Problem, description = "`room.ended`"),
        (status = 413, body = Problem, description = "`too_large`"),
        (status = 422, body = Problem, description = "as for an event"),
        (status = 429, body = Problem, description = "`too_many`"),
    )
)]
pub async fn to_room(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<Deck>)> {
    let place = Place::inside(&state, &caller, id).await?;
    if !place.room.may(&place.seat).share {
        return Err(ApiError::new(&MAY_NOT_SHOW));
    }
    state.limits.decks.take(place.seat.id, state.clock.now())?;
    let by = match place.seat.person_id {
        Some(person) => Giver::Person(person),
        None => Giver::Seat(place.seat.id),
    };
    add(&state, &caller, &place.event, by, form).await
}

async fn add(
    state: &AppState,
    caller: &Caller,
    event: &event::Model,
    by: Giver,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<(StatusCode, Json<Deck>)> {
    let db = &state.store.db;
    if deck::count(db, event.id).await? >= rules::MOST {
        return Err(ApiError::new(&TOO_MANY));
    }
    let malformed = || ApiError::new(&MALFORMED);
    let mut form = form.map_err(|_| malformed())?;
    while let Some(part) = form.next_field().await.map_err(|_| malformed())? {
        let Some(name) = part.file_name().map(file::name) else {
            continue;
        };
        let draft = file::take_in(state, &name, part).await?;
        let pages = look_through(state, &draft).await?;
        let kept = draft.keep(state).await?;
        let new = deck::Draft {
            event: event.id,
            name,
            source_hash: kept.hash,
            pages,
            by,
        };
        let change = state.store.write().await?;
        let deck = deck::add(&change, new, state.clock.now()).await?;
        if pages.is_none() {
            let payload = Payload { deck: deck.id };
            let by = deck.person_id;
            job::queue(state, &change, CONVERT, &payload, 1, by).await?;
        }
        change.commit().await?;
        state.jobs.wake();
        tell_decks(state, event.id).await?;
        let asking = Asking::of(state, caller, event.id).await?;
        let view = views(state, &asking, vec![deck]).await?.into_iter().next();
        let view = view.ok_or_else(|| ApiError::internal("a deck without a view"))?;
        return Ok((StatusCode::CREATED, Json(view)));
    }
    Err(malformed())
}

/// The number of pages of a PDF; `None` for a presentation that has to become one.
async fn look_through(state: &AppState, draft: &file::Draft) -> ApiResult<Option<i32>> {
    let path = draft.path().to_owned();
    match draft.kind() {
        FileType::Pdf => count_pages(state, path)
            .await
            .map(Some)
            .map_err(ApiError::new),
        FileType::Pptx | FileType::Odp if state.settings.decks.converter.is_none() => {
            Err(ApiError::new(&NO_CONVERTER))
        }
        kind @ (FileType::Pptx | FileType::Odp) => {
            let found = aside(move || archive::examine(&path, kind)).await;
            match found.unwrap_or(Err(BadArchive::Broken)) {
                Ok(()) => Ok(None),
                Err(bad) => Err(ApiError::new(match bad {
                    BadArchive::Broken => &BROKEN,
                    BadArchive::Foreign => &file::LYING_TYPE,
                    BadArchive::Locked => &FILE_LOCKED,
                    BadArchive::Swells => &SWELLS,
                })),
            }
        }
        _ => Err(ApiError::new(&TYPE)),
    }
}

/// The pages of a PDF, no more than the server allows; else the code of why it cannot be shown.
pub(super) async fn count_pages(state: &AppState, path: PathBuf) -> Result<i32, &'static Code> {
    let counted = aside(move || {
        std::fs::read(path)
            .map_err(|_| BadPdf::Broken)
            .and_then(|bytes| pdf::pages(&bytes))
    })
    .await;
    match counted.unwrap_or(Err(BadPdf::Broken)) {
        Ok(pages) if pages > state.settings.decks.pages => Err(&TOO_MANY_PAGES),
        Ok(pages) => i32::try_from(pages).map_err(|_| &TOO_MANY_PAGES),
        Err(BadPdf::Broken) => Err(&BROKEN),
        Err(BadPdf::Locked) => Err(&FILE_LOCKED),
        Err(BadPdf::Swells) => Err(&SWELLS),
    }
}

/// Runs what takes long and asks nobody, a few at a time; `None` where it broke off.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let _turn = LOOKING.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}
