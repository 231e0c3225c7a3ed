//! The streams that are open: the session that each hangs on, and whose absence tells that
//! somebody left the lobby.
//!
//! Kept in memory only: after a restart everybody in the lobby has as long to come back as after
//! closing a tab.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use kafedra_model::seat::left_the_lobby;
use kafedra_store::seat;
use parking_lot::Mutex;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::Clock;

/// Every stream from its opening until its [`Stream`] is dropped. Cheap to clone.
#[derive(Clone)]
pub(super) struct Streams {
    clock: Clock,
    /// When this program began to watch.
    begun: DateTime<Utc>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    last: u64,
    open: HashMap<u64, Open>,
    /// When a seat without a stream was last heard of; old entries are forgotten.
    seen: HashMap<Uuid, DateTime<Utc>>,
    /// Those in the lobby of whom moderators were told that they are gone.
    gone: HashSet<Uuid>,
}

struct Open {
    session: Uuid,
    seat: Uuid,
    over: Arc<Notify>,
}

/// One open stream.
pub(super) struct Stream {
    streams: Streams,
    number: u64,
    over: Arc<Notify>,
    /// Somebody who had left the lobby is back.
    pub(super) came_back: bool,
}

impl Streams {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            begun: clock.now(),
            clock,
            inner: Arc::default(),
        }
    }

    pub(super) fn open(&self, session: Uuid, seat: &seat::Model) -> Stream {
        let over = Arc::new(Notify::new());
        let mut inner = self.inner.lock();
        let was_gone = self.is_gone(&inner, seat);
        let came_back = inner.gone.remove(&seat.id) || was_gone;
        inner.last += 1;
        let number = inner.last;
        let open = Open {
            session,
            seat: seat.id,
            over: over.clone(),
        };
        inner.open.insert(number, open);
        Stream {
            streams: self.clone(),
            number,
            over,
            came_back,
        }
    }

    /// The sessions that opened them, each once.
    pub(super) fn sessions(&self) -> Vec<Uuid> {
        let inner = self.inner.lock();
        let sessions: HashSet<Uuid> = inner.open.values().map(|open| open.session).collect();
        sessions.into_iter().collect()
    }

    /// Ends what these sessions opened.
    pub(super) fn end(&self, sessions: &HashSet<Uuid>) {
        for open in self.inner.lock().open.values() {
            if sessions.contains(&open.session) {
                // Kept for a watcher that listens to something else just now.
                open.over.notify_one();
            }
        }
    }

    /// Notes that somebody knocked: their stream is on its way.
    pub(super) fn knocked(&self, seat: Uuid) {
        let now = self.clock.now();
        let mut inner = self.inner.lock();
        inner.gone.remove(&seat);
        inner.seen.insert(seat, now);
    }

    /// Whether somebody who waits is there, or was a moment ago.
    pub(super) fn waits(&self, seat: &seat::Model) -> bool {
        !self.is_gone(&self.inner.lock(), seat)
    }

    /// Whether moderators were told that this seat's holder left the lobby.
    pub(super) fn told_gone(&self, seat: Uuid) -> bool {
        self.inner.lock().gone.contains(&seat)
    }

    /// Notes who of those that wait is gone now, and gives those of whom nobody was told yet.
    pub(super) fn newly_gone(&self, waiting: &[seat::Model]) -> Vec<Uuid> {
        let mut inner = self.inner.lock();
        let gone: Vec<Uuid> = waiting
            .iter()
            .filter(|seat| self.is_gone(&inner, seat))
            .map(|seat| seat.id)
            .collect();
        gone.into_iter()
            .filter(|seat| inner.gone.insert(*seat))
            .collect()
    }

    /// Forgets what no longer makes a difference; `waiting` are all who wait in rooms that
    /// somebody watches.
    pub(super) fn forget(&self, waiting: &HashSet<Uuid>) {
        let now = self.clock.now();
        let mut inner = self.inner.lock();
        inner.gone.retain(|seat| waiting.contains(seat));
        // Whoever is not remembered counts from an even earlier time.
        inner.seen.retain(|_, seen| !left_the_lobby(*seen, now));
    }

    fn is_gone(&self, inner: &Inner, seat: &seat::Model) -> bool {
        if inner.open.values().any(|open| open.seat == seat.id) {
            return false;
        }
        let known = inner.seen.get(&seat.id).copied();
        let seen = known.unwrap_or_else(|| seat.status_at.max(self.begun));
        left_the_lobby(seen, self.clock.now())
    }
}

impl Stream {
    /// Waits until the stream has to end.
    pub(super) async fn over(&self) {
        self.over.notified().await;
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let now = self.streams.clock.now();
        let mut inner = self.streams.inner.lock();
        if let Some(open) = inner.open.remove(&self.number) {
            inner.seen.insert(open.seat, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use chrono::TimeDelta;
    use kafedra_model::seat::LOBBY_PATIENCE_SECONDS;

    use super::*;

    /// Streams on a clock of seconds, and the clock.
    fn streams(now: i64) -> (Streams, Arc<AtomicI64>) {
        let seconds = Arc::new(AtomicI64::new(now));
        let hand = seconds.clone();
        let clock = Clock::new(move || at(hand.load(Ordering::SeqCst)));
        (Streams::new(clock), seconds)
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    /// A seat that waits since `seconds`.
    fn waiting(seconds: i64) -> seat::Model {
        seat::Model {
            id: Uuid::now_v7(),
            room_id: Uuid::nil(),
            person_id: None,
            guest_id: Some(Uuid::nil()),
            kit_id: None,
            name: "Гость".to_owned(),
            role: "participant".to_owned(),
            status: "waiting".to_owned(),
            status_at: at(seconds),
            allow_unmute: None,
            allow_video: None,
            allow_share: None,
            allow_chat: None,
            hand_raised_at: None,
            hand_seq: None,
            created_at: at(seconds),
            pupil_number: None,
            stage: "off".to_owned(),
            secretary: false,
        }
    }

    #[test]
    fn whoever_waits_is_gone_half_a_minute_after_their_last_stream_closed() {
        let (streams, clock) = streams(0);
        let seat = waiting(0);
        let tab = streams.open(Uuid::nil(), &seat);
        let other = streams.open(Uuid::nil(), &seat);
        clock.store(1000, Ordering::SeqCst);
        drop(tab);
        clock.store(2000, Ordering::SeqCst);
        assert!(streams.waits(&seat), "another tab is open");
        drop(other);
        clock.fetch_add(LOBBY_PATIENCE_SECONDS, Ordering::SeqCst);
        assert!(streams.waits(&seat));
        assert!(streams.newly_gone(std::slice::from_ref(&seat)).is_empty());
        clock.fetch_add(1, Ordering::SeqCst);
        assert!(!streams.waits(&seat));
        assert_eq!(streams.newly_gone(std::slice::from_ref(&seat)), [seat.id]);
        assert!(streams.told_gone(seat.id));
        assert!(
            streams.newly_gone(std::slice::from_ref(&seat)).is_empty(),
            "told once"
        );
        let tab = streams.open(Uuid::nil(), &seat);
        assert!(tab.came_back && streams.waits(&seat) && !streams.told_gone(seat.id));
        drop(tab);
        assert!(!streams.open(Uuid::nil(), &seat).came_back, "a reload");
    }

    #[test]
    fn whoever_never_opened_a_stream_counts_from_their_knock() {
        let (streams, clock) = streams(0);
        let seat = waiting(100);
        clock.store(100 + LOBBY_PATIENCE_SECONDS, Ordering::SeqCst);
        assert!(streams.waits(&seat));
        clock.fetch_add(1, Ordering::SeqCst);
        assert_eq!(streams.newly_gone(std::slice::from_ref(&seat)), [seat.id]);
        streams.knocked(seat.id);
        assert!(streams.waits(&seat) && !streams.told_gone(seat.id));
    }

    #[test]
    fn a_restart_gives_everybody_time_to_come_back() {
        let (streams, clock) = streams(5000);
        let seat = waiting(0);
        clock.store(5000 + LOBBY_PATIENCE_SECONDS, Ordering::SeqCst);
        assert!(streams.waits(&seat));
        clock.fetch_add(1, Ordering::SeqCst);
        assert!(!streams.waits(&seat));
    }

    #[test]
    fn forgetting_changes_nothing_about_who_is_there() {
        let (streams, clock) = streams(0);
        let (gone, fresh) = (waiting(0), waiting(0));
        drop(streams.open(Uuid::nil(), &gone));
        clock.store(20, Ordering::SeqCst);
        drop(streams.open(Uuid::nil(), &fresh));
        clock.store(31, Ordering::SeqCst);
        let both = [gone.clone(), fresh.clone()];
        assert_eq!(streams.newly_gone(&both), [gone.id]);
        streams.forget(&both.iter().map(|seat| seat.id).collect());
        assert!(!streams.waits(&gone) && streams.waits(&fresh));
        assert!(streams.told_gone(gone.id));
        assert_eq!(streams.inner.lock().seen.len(), 1);
        // Admitted, refused, or nobody watches the room any more.
        streams.forget(&HashSet::new());
        assert!(!streams.told_gone(gone.id));
    }

    #[tokio::test]
    async fn a_stream_ends_though_its_session_was_over_before_it_listened() {
        let (streams, _) = streams(0);
        let (over, goes_on) = (Uuid::now_v7(), Uuid::now_v7());
        let ended = streams.open(over, &waiting(0));
        let other = streams.open(goes_on, &waiting(0));
        assert_eq!(streams.sessions().len(), 2);
        streams.end(&HashSet::from([over]));
        ended.over().await;
        drop(ended);
        assert_eq!(streams.sessions(), [goes_on]);
        drop(other);
        assert!(streams.sessions().is_empty());
    }
}
