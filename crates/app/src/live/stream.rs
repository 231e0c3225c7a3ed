//! `text/event-stream` of one watcher: a snapshot, then what concerns them.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use kafedra_model::seat::Status;
use kafedra_store::{room, seat};
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use super::{News, Watch, snapshot};
use crate::{ApiResult, AppState, Caller, extract::Id, problem::Problem, room::Place};

/// Proxies cut silent connections after 30 to 60 seconds.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// When watchers of a stopping server come back.
const RESTART_MS: u32 = 1500;

/// The room's live stream.
///
/// `snapshot` first, always, and again whenever what the watcher may see changes or they fell
/// behind: `{room, me, seats, hands, chat}`. Then `room`, `seat`, `hands`, `chat`,
/// `chat_removed`, `ended`, `restart {retryMs}`. Who waits in the lobby gets the title, the
/// status and their own seat only.
#[utoipa::path(
    get,
    path = "/rooms/{id}/live",
    tag = "room",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 403, body = Problem, description = "`seat.none`, `seat.removed`"),
        (status = 404, body = Problem),
        (status = 410, body = Problem, description = "`room.ended`, `event.cancelled`"),
    )
)]
pub async fn live(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<impl IntoResponse> {
    // Watching before reading: what changes in between is told twice rather than never.
    let watch = state.live.watch(id);
    let place = Place::of(&state, &caller, id).await?;
    place.still_open(state.clock.now())?;
    place.not_removed()?;
    let first = snapshot::of(&state, &place).await?;
    let watcher = Watcher {
        room: id,
        me: place.seat.id,
        status: place.seat.status(),
        moderates: place.room.may(&place.seat).moderate,
        queue: VecDeque::from([named("snapshot", first.to_string())]),
        over: false,
        watch,
        state,
    };
    let frames = stream::unfold(watcher, |mut watcher| async move {
        let frame = watcher.next().await?;
        Some((Ok::<_, Infallible>(frame), watcher))
    });
    let stream = Sse::new(frames).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // nginx would hold the stream back until its buffer is full.
    let unbuffered = (
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(([unbuffered], stream))
}

fn named(name: &str, json: impl AsRef<str>) -> Event {
    Event::default().event(name).data(json)
}

struct Watcher {
    state: AppState,
    room: Uuid,
    me: Uuid,
    status: Status,
    moderates: bool,
    watch: Watch,
    queue: VecDeque<Event>,
    over: bool,
}

impl Watcher {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            let stopping = async { drop(self.watch.stop.wait_for(|stop| *stop).await) };
            let news = tokio::select! {
                biased;
                () = stopping => None,
                news = self.watch.news.recv() => Some(news),
            };
            match news {
                Some(Ok(news)) => self.hear(news).await,
                Some(Err(RecvError::Lagged(_))) => self.start_over().await,
                Some(Err(RecvError::Closed)) | None => self.restart(),
            }
        }
    }

    /// Sorts one piece of news by whether this watcher may know it.
    async fn hear(&mut self, news: News) {
        let inside = self.status == Status::Admitted;
        match news {
            News::Seat {
                id,
                status,
                moderates,
                quiet,
                json,
            } => {
                if id == self.me {
                    self.queue.push_back(named("seat", json));
                    self.seat_changed(status, moderates).await;
                } else if inside
                    && (self.moderates
                        || !quiet && matches!(status, Status::Admitted | Status::Removed))
                {
                    self.queue.push_back(named("seat", json));
                }
            }
            News::Ended => {
                self.queue.push_back(named("ended", "{}"));
                self.over = true;
            }
            _ if !inside => {}
            News::Room(json) => self.queue.push_back(named("room", json)),
            News::Hands(json) => self.queue.push_back(named("hands", json)),
            News::Chat(json) => self.queue.push_back(named("chat", json)),
            News::ChatRemoved(json) => self.queue.push_back(named("chat_removed", json)),
        }
    }

    /// A new standing shows other things: admission opens the room, a moderator sees the lobby.
    async fn seat_changed(&mut self, status: Status, moderates: bool) {
        let changed = self.status != status || self.moderates != moderates;
        self.status = status;
        self.moderates = moderates;
        if status == Status::Removed {
            self.over = true;
        } else if changed && status == Status::Admitted {
            self.start_over().await;
        }
    }

    /// A new snapshot in place of what was missed.
    async fn start_over(&mut self) {
        // What is still queued is older than the snapshot will be.
        self.watch.news = self.watch.news.resubscribe();
        match self.snapshot().await {
            Ok(Some(snapshot)) => self.queue.push_back(named("snapshot", snapshot)),
            Ok(None) => self.over = true,
            Err(error) => {
                tracing::warn!(code = error.code.code, "a live stream could not go on");
                self.restart();
            }
        }
    }

    async fn snapshot(&mut self) -> ApiResult<Option<String>> {
        let db = &self.state.store.db;
        let Some((room, event)) = room::find(db, self.room).await? else {
            return Ok(None);
        };
        let Some(seat) = seat::find(db, self.room, self.me).await? else {
            return Ok(None);
        };
        self.status = seat.status();
        self.moderates = room.may(&seat).moderate;
        let place = Place { room, event, seat };
        if place.still_open(self.state.clock.now()).is_err() {
            self.queue.push_back(named("ended", "{}"));
            return Ok(None);
        }
        Ok(Some(snapshot::of(&self.state, &place).await?.to_string()))
    }

    fn restart(&mut self) {
        self.over = true;
        let retry = serde_json::json!({ "retryMs": RESTART_MS });
        self.queue.push_back(named("restart", retry.to_string()));
    }
}
