//! The one source of time for handlers, so that tests own it.

use std::sync::Arc;

use chrono::{DateTime, Utc};

/// Cheap to clone. The binary passes the system's time, tests a hand they move.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now, cut to milliseconds: both databases keep at least those, so that what
    /// was stored equals what was answered.
    pub fn now(&self) -> DateTime<Utc> {
        let now = (self.0)();
        DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
    }
}
