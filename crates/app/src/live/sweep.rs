//! What no request brings about: streams end with the session that opened them, and whoever left
//! the lobby is no longer shown there.
//!
//! A session ends in many ways: by signing out, a new password, an archived person, a disabled
//! account, its age, another program's write. Asking the database covers all of them.

use std::{collections::HashSet, time::Duration};

use kafedra_store::{kit_device, seat, session};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::AppState;

const PERIOD: Duration = Duration::from_secs(2);

/// Sweeps for as long as the application runs; returns never.
pub async fn keep(state: AppState) {
    let mut round = tokio::time::interval(PERIOD);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        if let Err(error) = sweep(&state).await {
            tracing::warn!(%error, "live streams could not be checked");
        }
    }
}

/// One round over all open streams and lobbies.
pub async fn sweep(state: &AppState) -> Result<(), DbErr> {
    end_with_sessions(state).await?;
    tell_gone(state).await
}

async fn end_with_sessions(state: &AppState) -> Result<(), DbErr> {
    let open = state.live.0.streams.sessions();
    if open.is_empty() {
        return Ok(());
    }
    let alive = session::alive(&state.store.db, &open, state.clock.now()).await?;
    let mut over: HashSet<Uuid> = open
        .into_iter()
        .filter(|session| !alive.contains(session))
        .collect();
    if !over.is_empty() {
        // A room kit has no session: it is known by its computer.
        let ids: Vec<Uuid> = over.iter().copied().collect();
        let kits = kit_device::alive(&state.store.db, &ids).await?;
        over.retain(|id| !kits.contains(id));
    }
    state.live.0.streams.end(&over);
    Ok(())
}

/// Tells moderators who left the lobby, once each.
async fn tell_gone(state: &AppState) -> Result<(), DbErr> {
    let db = &state.store.db;
    let streams = &state.live.0.streams;
    let waiting = seat::waiting(db, &state.live.watched()).await?;
    streams.forget(&waiting.iter().map(|seat| seat.id).collect());
    let rooms: HashSet<Uuid> = waiting
        .iter()
        .filter(|seat| !streams.waits(seat) && !streams.told_gone(seat.id))
        .map(|seat| seat.room_id)
        .collect();
    for room in rooms {
        let turn = state.live.turn(room).await;
        // Read again: somebody may have been admitted, and told so, before it was our turn.
        for seat in streams.newly_gone(&seat::waiting(db, &[room]).await?) {
            turn.tell_gone(seat);
        }
    }
    Ok(())
}
