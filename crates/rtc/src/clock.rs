//! The wall clock as the protocol counts it. Tokens and pongs need it; nothing else in this crate
//! asks what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
pub fn unix_millis() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Seconds since 1970.
pub fn unix_seconds() -> i64 {
    unix_millis() / 1000
}
