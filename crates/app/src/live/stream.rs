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
use kafedra_model::{
    seat::Status,
    stage::{Phase, stands},
};
use kafedra_store::{room, seat};
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use super::{News, Watch, snapshot, streams::Stream};
use crate::{
    ApiResult, AppState, Caller,
    extract::Id,
    problem::{Problem, SIGN_IN_NEEDED},
    room::Place,
    seat::view::Seat,
};

/// Proxies cut silent connections after 30 to 60 seconds.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// When watchers of a stopping server come back.
const RESTART_MS: u32 = 1500;

/// The room's live stream.
///
/// `snapshot` first, always, and again whenever what the watcher may see changes or they fell
/// behind: `{room, me, seats, hands, chat, check, lesson, showing, runningOrder, questions, polls}`.
/// Then `room`, `seat`, `hands`, `chat`, `chat_removed`, `presence_check`, `presence_count`, `lesson`,
/// `showing`, `decks {}`, `running_order`, `question`, `question_gone {id}`,
/// `question_votes [{id, votes}]`, `poll`, `poll_gone {id}` of a draft, `poll_result`, `ended`,
/// `restart {retryMs}`. Who waits in the lobby gets the title, the status and their own seat only;
/// who waits for the live part of a webinar, its running order too. Moderators hear
/// `seat_gone {id}` of somebody in the lobby whose stream has been closed for half a minute, and
/// `seat` when they are back. Ends with the session that opened it.
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
    let session = caller.session_id().ok_or(&SIGN_IN_NEEDED)?;
    let watch = state.live.watch(id);
    let place = Place::of(&state, &caller, id).await?;
    place.still_open(state.clock.now())?;
    place.not_removed()?;
    let stream = state.live.0.streams.open(session, &place.seat);
    if stream.came_back && place.seat.status() == Status::Waiting {
        tell_return(&state, &place).await?;
    }
    let first = snapshot::of(&state, &place).await?;
    let watcher = Watcher {
        room: id,
        me: place.seat.id,
        standing: Standing::of(&place.room, &place.seat),
        queue: VecDeque::from([named("snapshot", first.to_string())]),
        over: false,
        watch,
        stream,
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

/// Moderators see somebody in the lobby again who had left it.
async fn tell_return(state: &AppState, place: &Place) -> ApiResult<()> {
    let id = place.room.id;
    let turn = state.live.turn(id).await;
    // Read again: a moderator may have decided meanwhile, and told it.
    let now = seat::find(&state.store.db, id, place.seat.id).await?;
    if let Some(seat) = now.filter(|seat| seat.status() == Status::Waiting) {
        turn.tell_seat(&Seat::of(&place.room, &seat));
    }
    Ok(())
}

fn named(name: &str, json: impl AsRef<str>) -> Event {
    Event::default().event(name).data(json)
}

/// What decides which news a watcher may hear.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Standing {
    status: Status,
    moderates: bool,
    stands: bool,
    keeps: bool,
    phase: Phase,
}

impl Standing {
    fn of(room: &room::Model, seat: &seat::Model) -> Self {
        let moderates = room.may(seat).moderate;
        Self {
            status: seat.status(),
            moderates,
            stands: stands(seat.role(), seat.stage()),
            keeps: moderates || seat.secretary,
            phase: room.course().phase(),
        }
    }

    fn inside(self) -> bool {
        self.status == Status::Admitted && (self.phase != Phase::Backstage || self.stands)
    }

    /// Whether the whole room looks otherwise from there.
    fn sees_as(self, other: Self) -> bool {
        let sight = |it: Self| (it.status, it.inside(), it.moderates, it.keeps);
        sight(self) == sight(other)
    }
}

struct Watcher {
    state: AppState,
    room: Uuid,
    me: Uuid,
    standing: Standing,
    watch: Watch,
    stream: Stream,
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
                () = self.stream.over() => {
                    // The client asks again, and learns that it has to sign in.
                    self.over = true;
                    continue;
                }
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
        let Standing {
            status: mine,
            moderates: may_moderate,
            keeps: may_keep,
            ..
        } = self.standing;
        let inside = self.standing.inside();
        match news {
            News::Seat {
                id,
                status,
                moderates,
                stands,
                keeps,
                quiet,
                json,
            } => {
                if id == self.me {
                    self.queue.push_back(named("seat", json));
                    let standing = Standing {
                        status,
                        moderates,
                        stands,
                        keeps,
                        ..self.standing
                    };
                    self.stand(standing).await;
                } else if inside
                    && (may_moderate
                        || !quiet && matches!(status, Status::Admitted | Status::Removed))
                {
                    self.queue.push_back(named("seat", json));
                }
            }
            News::SeatGone(json) => {
                if inside && may_moderate {
                    self.queue.push_back(named("seat_gone", json));
                }
            }
            News::Ended => {
                self.queue.push_back(named("ended", "{}"));
                self.over = true;
            }
            News::Room { phase, json } => {
                let standing = Standing {
                    phase,
                    ..self.standing
                };
                if inside && standing.inside() {
                    self.queue.push_back(named("room", json));
                }
                self.stand(standing).await;
            }
            News::RunningOrder(json) if mine == Status::Admitted => {
                self.queue.push_back(named("running_order", json));
            }
            News::RunningOrder(_) => {}
            _ if !inside => {}
            News::Hands(json) => self.queue.push_back(named("hands", json)),
            News::Chat(json) => self.queue.push_back(named("chat", json)),
            News::ChatRemoved(json) => self.queue.push_back(named("chat_removed", json)),
            News::Showing(json) => self.queue.push_back(named("showing", json)),
            News::Decks => self.queue.push_back(named("decks", "{}")),
            News::Check(json) => self.queue.push_back(named("presence_check", json)),
            News::Answers(json) if may_keep => {
                self.queue.push_back(named("presence_count", json));
            }
            News::Lesson(json) if may_moderate => {
                self.queue.push_back(named("lesson", json));
            }
            News::Question {
                asker,
                state,
                json,
                gone,
            } => {
                if state.seen_by(may_moderate, asker == self.me) {
                    self.queue.push_back(named("question", json));
                } else if let Some(gone) = gone {
                    self.queue.push_back(named("question_gone", gone));
                }
            }
            News::QuestionVotes(json) => self.queue.push_back(named("question_votes", json)),
            News::Poll { all, moderators } => {
                let seen = if may_moderate { Some(moderators) } else { all };
                self.queue.extend(seen.map(|json| named("poll", json)));
            }
            News::PollGone(json) if may_moderate => {
                self.queue.push_back(named("poll_gone", json));
            }
            News::PollResult { all, moderators } => {
                let seen = if may_moderate { moderators } else { all };
                self.queue.push_back(named("poll_result", seen));
            }
            News::Answers(_) | News::Lesson(_) | News::PollGone(_) => {}
        }
    }

    /// A new standing shows other things: admission opens the room, a moderator sees the lobby,
    /// the beginning of the live part lets everybody in.
    async fn stand(&mut self, standing: Standing) {
        let changed = !self.standing.sees_as(standing);
        self.standing = standing;
        if standing.status == Status::Removed {
            self.over = true;
        } else if changed && standing.status == Status::Admitted {
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
        self.standing = Standing::of(&room, &seat);
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
