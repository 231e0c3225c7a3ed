//! Noting who is there, every few seconds, so that little is lost when this program is killed.
//!
//! Webhooks say when connections begin and end; a killed server hears of no end. What the media
//! server lists now is open now: [`beat`] writes that down, and [`super::reconcile`] later ends
//! what was gone without a word at its last sign of life.

use std::time::Duration;

use kafedra_store::connection;

use super::reconcile::ReconcileError;
use crate::AppState;

/// Presence is right to within five seconds: this, and a moment to ask and to write.
const PERIOD: Duration = Duration::from_secs(4);

/// Beats for as long as the application runs; returns never.
pub async fn keep(state: AppState) {
    let mut round = tokio::time::interval(PERIOD);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        if let Err(error) = beat(&state).await {
            tracing::warn!(%error, "who is there could not be noted");
        }
    }
}

/// Notes everybody whom the media server lists, in one statement.
pub async fn beat(state: &AppState) -> Result<(), ReconcileError> {
    let db = &state.store.db;
    // Before asking: who leaves while the answer is on its way was still there at this moment.
    let now = state.clock.now();
    let mut there = Vec::new();
    for room in connection::open_rooms(db).await? {
        match state.media_server.participants(room).await {
            Ok(participants) => there.extend(participants.into_iter().map(|p| p.sid)),
            Err(error) => {
                tracing::warn!(%error, room.id = %room, "who is in a room could not be asked");
            }
        }
    }
    connection::seen(db, &there, now).await?;
    Ok(())
}
