//! Events, rooms, seats, moderation, chat, the media server.

use super::Row;

pub fn rows() -> Vec<Row> {
    Vec::new()
}
