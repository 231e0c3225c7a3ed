//! What runs beside the requests for as long as the server does.

use tokio::task::JoinSet;

use crate::{
    AppState, attendance,
    job::runner,
    live, mail,
    media::{heartbeat, reconcile},
    reminder, retention,
};

/// Starts every periodic task. They stop where they wait as soon as the set is dropped or shut
/// down; what one of them was writing is then rolled back and done again at the next start.
pub fn start(state: &AppState) -> JoinSet<()> {
    let mut rounds = JoinSet::new();
    rounds.spawn(reconcile::keep(state.clone()));
    rounds.spawn(heartbeat::keep(state.clone()));
    rounds.spawn(live::keep(state.clone()));
    rounds.spawn(retention::keep(state.clone()));
    rounds.spawn(runner::keep(state.clone()));
    rounds.spawn(mail::round::keep(state.clone()));
    rounds.spawn(reminder::keep(state.clone()));
    rounds.spawn(attendance::keep(state.clone()));
    rounds
}
