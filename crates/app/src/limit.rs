//! Limits against guessing and flooding, kept in memory: they need not outlive the process.
//!
//! Two shapes. [`Backoff`] makes one key (an account) wait longer after each failure. [`Window`]
//! lets one key (an address, a person) act so many times per period; it is sized for a staff
//! room of 200 people behind one address. Both forget keys that are quiet.

use std::{collections::HashMap, hash::Hash, net::IpAddr};

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use uuid::Uuid;

use crate::{ApiError, problem::TOO_MANY};

/// All limits of the application.
#[derive(Debug)]
pub struct Limits {
    /// Failed sign-ins, by what was typed as login, whether or not such an account exists.
    pub sign_in: Backoff<String>,
    /// Failed sign-ins and wrong slip codes, by address.
    pub guesses: Window<IpAddr>,
    /// Problem reports, by address.
    pub reports: Window<IpAddr>,
    /// Checks of the connection, by address: each makes a media token.
    pub connection_checks: Window<IpAddr>,
    /// New guests, by address: a whole staff room may come in at once.
    pub guests: Window<IpAddr>,
    /// Certificates verified by their codes, by address.
    pub verifications: Window<IpAddr>,
    /// Registrations of guests, by address of the network.
    pub registrations: Window<IpAddr>,
    /// The same, by e-mail address: nobody's mailbox is flooded by a stranger.
    pub addresses: Window<String>,
    /// Chat messages, by seat.
    pub messages: Window<Uuid>,
    /// Decks given in a call, by seat.
    pub decks: Window<Uuid>,
    /// Questions, by seat.
    pub questions: Window<Uuid>,
    /// Archives of the own data, by person: each reads every table.
    pub archives: Window<Uuid>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in: Backoff::new(5, TimeDelta::seconds(15), TimeDelta::minutes(15)),
            guesses: Window::new(600, TimeDelta::minutes(10)),
            reports: Window::new(60, TimeDelta::hours(1)),
            connection_checks: Window::new(1200, TimeDelta::minutes(10)),
            guests: Window::new(600, TimeDelta::minutes(10)),
            verifications: Window::new(1200, TimeDelta::minutes(10)),
            registrations: Window::new(120, TimeDelta::hours(1)),
            addresses: Window::new(5, TimeDelta::hours(1)),
            messages: Window::new(20, TimeDelta::seconds(10)),
            decks: Window::new(20, TimeDelta::minutes(10)),
            questions: Window::new(10, TimeDelta::minutes(1)),
            archives: Window::new(10, TimeDelta::hours(1)),
        }
    }
}

/// Keys beyond this are swept of those that are quiet, then of the oldest: an attacker who
/// makes up keys costs neither memory nor time.
const MAX_KEYS: usize = 50_000;

/// A growing wait per key: nothing for the first `free` failures, then `first`, doubling up to `most`.
#[derive(Debug)]
pub struct Backoff<K> {
    free: u32,
    first: TimeDelta,
    most: TimeDelta,
    failures: Mutex<HashMap<K, (u32, DateTime<Utc>)>>,
}

impl<K: Eq + Hash + Clone> Backoff<K> {
    pub fn new(free: u32, first: TimeDelta, most: TimeDelta) -> Self {
        Self {
            free,
            first,
            most,
            failures: Mutex::new(HashMap::new()),
        }
    }

    /// How long `key` must still wait.
    pub fn wait(&self, key: &K, now: DateTime<Utc>) -> Option<TimeDelta> {
        let failures = self.failures.lock();
        let (count, last) = failures.get(key)?;
        let left = *last + self.delay(*count) - now;
        (left > TimeDelta::zero()).then_some(left)
    }

    pub fn fail(&self, key: K, now: DateTime<Utc>) {
        let mut failures = self.failures.lock();
        // A key is forgotten after a quiet hour beyond its longest wait.
        let quiet = self.most + TimeDelta::hours(1);
        make_room(&mut failures, |(_, last)| *last, now - quiet);
        let entry = failures.entry(key).or_insert((0, now));
        if entry.1 + quiet < now {
            entry.0 = 0;
        }
        *entry = (entry.0.saturating_add(1), now);
    }

    pub fn succeed(&self, key: &K) {
        self.failures.lock().remove(key);
    }

    fn delay(&self, count: u32) -> TimeDelta {
        if count < self.free {
            return TimeDelta::zero();
        }
        let doublings = (count - self.free).min(16);
        (self.first * (1 << doublings)).min(self.most)
    }
}

/// At most `most` acts per key and `period`.
#[derive(Debug)]
pub struct Window<K> {
    most: u32,
    period: TimeDelta,
    counts: Mutex<HashMap<K, (u32, DateTime<Utc>)>>,
}

impl<K: Eq + Hash + Clone> Window<K> {
    pub fn new(most: u32, period: TimeDelta) -> Self {
        Self {
            most,
            period,
            counts: Mutex::new(HashMap::new()),
        }
    }

    /// 429 `too_many` with the wait in words, once `key` has used up its period.
    pub fn check(&self, key: &K, now: DateTime<Utc>) -> Result<(), ApiError> {
        match self.counts.lock().get(key) {
            Some((count, start)) if *count >= self.most && *start + self.period > now => {
                Err(ApiError::new(&TOO_MANY).after(*start + self.period - now))
            }
            _ => Ok(()),
        }
    }

    pub fn count(&self, key: K, now: DateTime<Utc>) {
        let mut counts = self.counts.lock();
        make_room(&mut counts, |(_, start)| *start, now - self.period);
        let entry = counts.entry(key).or_insert((0, now));
        if entry.1 + self.period <= now {
            *entry = (0, now);
        }
        entry.0 = entry.0.saturating_add(1);
    }

    /// [`Self::check`], then [`Self::count`].
    pub fn take(&self, key: K, now: DateTime<Utc>) -> Result<(), ApiError> {
        self.check(&key, now)?;
        self.count(key, now);
        Ok(())
    }
}

fn make_room<K: Eq + Hash + Clone, V>(
    map: &mut HashMap<K, V>,
    at: impl Fn(&V) -> DateTime<Utc>,
    oldest: DateTime<Utc>,
) {
    if map.len() < MAX_KEYS {
        return;
    }
    map.retain(|_, value| at(value) > oldest);
    if map.len() < MAX_KEYS {
        return;
    }
    let mut times: Vec<_> = map.values().map(&at).collect();
    times.sort_unstable();
    if let Some(median) = times.get(times.len() / 2).copied() {
        map.retain(|_, value| at(value) > median);
    }
    // All of one instant: nothing tells them apart.
    if map.len() >= MAX_KEYS {
        map.clear();
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{Backoff, MAX_KEYS, Window};

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn the_wait_starts_at_the_fifth_failure_and_doubles_up_to_its_cap() {
        let limit = Backoff::new(5, TimeDelta::seconds(15), TimeDelta::minutes(15));
        let mut now = at(0);
        for _ in 0..4 {
            limit.fail("a", now);
            assert_eq!(limit.wait(&"a", now), None);
        }
        for expected in [15, 30, 60, 120, 240, 480, 900, 900] {
            limit.fail("a", now);
            assert_eq!(limit.wait(&"a", now), Some(TimeDelta::seconds(expected)));
            assert_eq!(limit.wait(&"b", now), None);
            now += TimeDelta::seconds(expected);
            assert_eq!(limit.wait(&"a", now), None);
        }
        limit.succeed(&"a");
        limit.fail("a", now);
        assert_eq!(limit.wait(&"a", now), None);
    }

    #[test]
    fn a_window_admits_its_number_and_opens_again_after_its_period() {
        let limit = Window::new(3, TimeDelta::minutes(1));
        for _ in 0..3 {
            assert!(limit.take(1, at(0)).is_ok());
        }
        let refused = limit.take(1, at(20)).expect_err("the fourth");
        assert_eq!(refused.wait, Some(TimeDelta::seconds(40)));
        assert!(limit.take(2, at(20)).is_ok());
        assert!(limit.take(1, at(60)).is_ok());
    }

    #[test]
    fn made_up_keys_do_not_fill_the_memory() {
        let limit = Window::new(3, TimeDelta::minutes(1));
        for key in 0..(MAX_KEYS as i64 + 10) {
            limit.count(key, at(0));
        }
        assert!(limit.counts.lock().len() <= MAX_KEYS);
    }
}
