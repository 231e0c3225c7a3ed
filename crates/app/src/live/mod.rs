//! The live stream of a room: what happens, told at once to everybody who watches.
//!
//! [`Live`] is the hub: one hall per room with a bounded queue. Nothing is kept here: whoever
//! comes, comes back or falls behind gets a new snapshot from the database.
//!
//! Invariant: whoever changes a room's records holds its [`Turn`] from before the write until
//! after the telling, so that watchers hear of changes in the order in which they were made.
//! No call to the media server is made while holding one.
//!
//! [`keep`] runs beside: it ends streams whose session is over, and notices who left the lobby.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use kafedra_model::{
    question,
    seat::Status,
    stage::{Phase, stands},
};
use kafedra_store::seat;
use parking_lot::Mutex;
use serde::Serialize;
use tokio::sync::{OwnedMutexGuard, broadcast, watch};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    AppState, Clock,
    deck::Showing,
    presence_check::{CheckCount, PresenceCheck},
    room::view,
    running_order::RunningOrder,
    seat::view::Seat,
};
use streams::Streams;

mod asked;
mod snapshot;
mod stream;
mod streams;
mod sweep;

pub use sweep::{keep, sweep};

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(stream::live))
}

/// News that a slow watcher may be behind before it gets a snapshot instead.
const QUEUE: usize = 1024;
/// Hands that go up together are told together: in a hall of 300 the list would otherwise be
/// sent 90,000 times.
const HANDS_PAUSE: Duration = Duration::from_millis(80);

/// The same for answers to a presence check, of which moderators see a number only.
const ANSWERS_PAUSE: Duration = Duration::from_millis(250);

/// One piece of news, written once for all watchers.
#[derive(Debug, Clone)]
pub(crate) enum News {
    Room {
        phase: Phase,
        json: Arc<str>,
    },
    Seat {
        id: Uuid,
        status: Status,
        moderates: bool,
        /// Stands on the stage, and so is inside before the others are.
        stands: bool,
        keeps: bool,
        /// Only the seat itself and moderators need to know.
        quiet: bool,
        json: Arc<str>,
    },
    /// Somebody left the lobby without a word; only moderators saw them there.
    SeatGone(Arc<str>),
    Hands(Arc<str>),
    Chat(Arc<str>),
    ChatRemoved(Arc<str>),
    Check(Arc<str>),
    /// How many answered a check: only those who keep the record need to know.
    Answers(Arc<str>),
    /// How a lesson's consents stand: only moderators need to know.
    Lesson(Arc<str>),
    /// What the room shows.
    Showing(Arc<str>),
    /// The event's decks are others now: whoever looks at them asks again.
    Decks,
    /// Told to those who still wait for the live part too.
    RunningOrder(Arc<str>),
    Question {
        asker: Uuid,
        state: question::State,
        json: Arc<str>,
        /// For those who saw it and may no longer.
        gone: Option<Arc<str>>,
    },
    QuestionVotes(Arc<str>),
    Poll {
        /// Nothing while it is a draft.
        all: Option<Arc<str>>,
        moderators: Arc<str>,
    },
    /// A draft was deleted: only moderators knew of it.
    PollGone(Arc<str>),
    PollResult {
        all: Arc<str>,
        moderators: Arc<str>,
    },
    Ended,
}

/// The hub. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    halls: Mutex<HashMap<Uuid, Arc<Hall>>>,
    streams: Streams,
    stop: watch::Sender<bool>,
}

struct Hall {
    news: broadcast::Sender<News>,
    turn: Arc<tokio::sync::Mutex<()>>,
    hands_due: AtomicBool,
    answers_due: AtomicBool,
    asked: asked::Asked,
}

/// The right to change one room's records.
pub struct Turn {
    live: Live,
    hall: Arc<Hall>,
    _guard: OwnedMutexGuard<()>,
}

/// A watcher's end of a room's hall.
struct Watch {
    news: broadcast::Receiver<News>,
    stop: watch::Receiver<bool>,
    /// Keeps the hall in the hub while somebody watches.
    _hall: Arc<Hall>,
}

impl Live {
    pub fn new(clock: Clock) -> Self {
        Self(Arc::new(Inner {
            halls: Mutex::default(),
            streams: Streams::new(clock),
            stop: watch::Sender::new(false),
        }))
    }

    /// Waits until nobody else changes the room.
    pub async fn turn(&self, room: Uuid) -> Turn {
        let hall = self.hall(room);
        let guard = hall.turn.clone().lock_owned().await;
        Turn {
            live: self.clone(),
            hall,
            _guard: guard,
        }
    }

    /// Tells every watcher to come back in a moment and ends their streams; new ones end at
    /// once. For a server about to stop.
    pub fn shutdown(&self) {
        self.0.stop.send_replace(true);
    }

    /// Whether somebody in the lobby is still there: their stream is open, or was a moment ago.
    pub fn waits(&self, seat: &seat::Model) -> bool {
        self.0.streams.waits(seat)
    }

    /// Rooms that somebody watches.
    fn watched(&self) -> Vec<Uuid> {
        let halls = self.0.halls.lock();
        halls
            .iter()
            .filter(|(_, hall)| hall.news.receiver_count() > 0)
            .map(|(room, _)| *room)
            .collect()
    }

    fn watch(&self, room: Uuid) -> Watch {
        let hall = self.hall(room);
        Watch {
            news: hall.news.subscribe(),
            stop: self.0.stop.subscribe(),
            _hall: hall,
        }
    }

    fn hall(&self, room: Uuid) -> Arc<Hall> {
        let mut halls = self.0.halls.lock();
        if let Some(hall) = halls.get(&room) {
            return hall.clone();
        }
        // Whoever uses a hall holds it; the others are empty.
        halls.retain(|_, hall| Arc::strong_count(hall) > 1);
        let hall = Arc::new(Hall {
            news: broadcast::Sender::new(QUEUE),
            turn: Arc::default(),
            hands_due: AtomicBool::new(false),
            answers_due: AtomicBool::new(false),
            asked: asked::Asked::default(),
        });
        halls.insert(room, hall.clone());
        hall
    }
}

impl Turn {
    pub fn tell_room(&self, room: &view::Room) {
        let phase = room.phase;
        self.tell(json(room).map(|json| News::Room { phase, json }));
    }

    /// Tells of a seat: moderators and the seat itself always, the others when it is or was
    /// among the admitted.
    pub fn tell_seat(&self, seat: &Seat) {
        self.tell_one(seat, false);
    }

    /// Tells only moderators and the seat itself: of permissions that a new policy changed.
    pub fn tell_seat_quietly(&self, seat: &Seat) {
        self.tell_one(seat, true);
    }

    /// Tells of somebody who just knocked, and may have left the lobby before.
    pub fn tell_knock(&self, seat: &Seat) {
        if seat.status == Status::Waiting {
            self.live.0.streams.knocked(seat.id);
        }
        self.tell_seat(seat);
    }

    /// Tells moderators that somebody left the lobby.
    fn tell_gone(&self, seat: Uuid) {
        self.tell(json(&serde_json::json!({ "id": seat })).map(News::SeatGone));
    }

    fn tell_one(&self, seat: &Seat, quiet: bool) {
        if seat.status == Status::Waiting && self.live.0.streams.told_gone(seat.id) {
            // To be told when they come back.
            return;
        }
        self.tell(json(seat).map(|json| News::Seat {
            id: seat.id,
            status: seat.status,
            moderates: seat.may.moderate,
            stands: stands(seat.role, seat.stage),
            keeps: seat.may.moderate || seat.is_secretary,
            quiet,
            json,
        }));
    }

    pub fn tell_chat(&self, message: &crate::chat::Message) {
        self.tell(json(message).map(News::Chat));
    }

    pub fn tell_chat_removed(&self, id: Uuid) {
        self.tell(json(&serde_json::json!({ "id": id })).map(News::ChatRemoved));
    }

    pub fn tell_ended(&self) {
        self.tell(Some(News::Ended));
    }

    /// Tells the order of hands soon, once for all that change together.
    pub fn tell_hands(&self, state: &AppState, room: Uuid) {
        if self.hall.hands_due.swap(true, Ordering::SeqCst) {
            return;
        }
        let state = state.clone();
        tokio::spawn(async move {
            tokio::time::sleep(HANDS_PAUSE).await;
            let turn = state.live.turn(room).await;
            turn.hall.hands_due.store(false, Ordering::SeqCst);
            match snapshot::hands(&state, room).await {
                Ok(hands) => turn.tell(json(&hands).map(News::Hands)),
                Err(error) => tracing::warn!(%error, room.id = %room, "hands could not be told"),
            }
        });
    }

    /// Tells moderators how a lesson's consents stand.
    pub fn tell_lesson(&self, news: &serde_json::Value) {
        self.tell(json(news).map(News::Lesson));
    }

    /// Tells what the room shows; `None` for nothing any more.
    pub fn tell_showing(&self, showing: Option<&Showing>) {
        self.tell(json(&showing).map(News::Showing));
    }

    pub fn tell_decks(&self) {
        self.tell(Some(News::Decks));
    }

    pub fn tell_check(&self, check: &PresenceCheck) {
        self.tell(json(check).map(News::Check));
    }

    /// Tells moderators soon how many have answered, once for all who answer together.
    pub fn tell_answers(&self, state: &AppState, room: Uuid, check: Uuid) {
        if self.hall.answers_due.swap(true, Ordering::SeqCst) {
            return;
        }
        let state = state.clone();
        tokio::spawn(async move {
            tokio::time::sleep(ANSWERS_PAUSE).await;
            let turn = state.live.turn(room).await;
            turn.hall.answers_due.store(false, Ordering::SeqCst);
            match CheckCount::of(&state.store.db, room, check).await {
                Ok(count) => turn.tell(json(&count).map(News::Answers)),
                Err(error) => tracing::warn!(%error, room.id = %room, "answers could not be told"),
            }
        });
    }

    pub fn tell_running_order(&self, order: &RunningOrder) {
        self.tell(json(order).map(News::RunningOrder));
    }

    fn tell(&self, news: Option<News>) {
        if let Some(news) = news {
            // Nobody watching is no error.
            drop(self.hall.news.send(news));
        }
    }
}

fn json(value: &impl Serialize) -> Option<Arc<str>> {
    serde_json::to_string(value)
        .inspect_err(|error| tracing::error!(%error, "news could not be written"))
        .ok()
        .map(Into::into)
}
