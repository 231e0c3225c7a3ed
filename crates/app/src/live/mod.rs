//! The live stream of a room: what happens, told at once to everybody who watches.
//!
//! [`Live`] is the hub: one hall per room with a bounded queue. Nothing is kept here: whoever
//! comes, comes back or falls behind gets a new snapshot from the database.
//!
//! Invariant: whoever changes a room's records holds its [`Turn`] from before the write until
//! after the telling, so that watchers hear of changes in the order in which they were made.
//! No call to the media server is made while holding one.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use kafedra_model::seat::Status;
use parking_lot::Mutex;
use serde::Serialize;
use tokio::sync::{OwnedMutexGuard, broadcast, watch};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{AppState, room::view, seat::view::Seat};

mod snapshot;
mod stream;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(stream::live))
}

/// News that a slow watcher may be behind before it gets a snapshot instead.
const QUEUE: usize = 1024;
/// Hands that go up together are told together: in a hall of 300 the list would otherwise be
/// sent 90,000 times.
const HANDS_PAUSE: Duration = Duration::from_millis(80);

/// One piece of news, written once for all watchers.
#[derive(Debug, Clone)]
pub(crate) enum News {
    Room(Arc<str>),
    Seat {
        id: Uuid,
        status: Status,
        moderates: bool,
        /// Only the seat itself and moderators need to know.
        quiet: bool,
        json: Arc<str>,
    },
    Hands(Arc<str>),
    Chat(Arc<str>),
    ChatRemoved(Arc<str>),
    Ended,
}

/// The hub. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    halls: Mutex<HashMap<Uuid, Arc<Hall>>>,
    stop: watch::Sender<bool>,
}

struct Hall {
    news: broadcast::Sender<News>,
    turn: Arc<tokio::sync::Mutex<()>>,
    hands_due: AtomicBool,
}

/// The right to change one room's records.
pub struct Turn {
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

impl Default for Live {
    fn default() -> Self {
        Self(Arc::new(Inner {
            halls: Mutex::default(),
            stop: watch::Sender::new(false),
        }))
    }
}

impl Live {
    /// Waits until nobody else changes the room.
    pub async fn turn(&self, room: Uuid) -> Turn {
        let hall = self.hall(room);
        let guard = hall.turn.clone().lock_owned().await;
        Turn {
            hall,
            _guard: guard,
        }
    }

    /// Tells every watcher to come back in a moment and ends their streams; new ones end at
    /// once. For a server about to stop.
    pub fn shutdown(&self) {
        self.0.stop.send_replace(true);
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
        });
        halls.insert(room, hall.clone());
        hall
    }
}

impl Turn {
    pub fn tell_room(&self, room: &view::Room) {
        self.tell(json(room).map(News::Room));
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

    fn tell_one(&self, seat: &Seat, quiet: bool) {
        self.tell(json(seat).map(|json| News::Seat {
            id: seat.id,
            status: seat.status,
            moderates: seat.may.moderate,
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
