//! How far a change of one date of a series reaches.

use kafedra_model::EventStatus;
use kafedra_store::{event, room};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{ApiResult, AppState};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// This date alone.
    #[default]
    This,
    /// This one and those after it.
    Following,
    /// Every date that is still to come.
    All,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Reach {
    /// `this` when left out, and for an event that is no part of a series.
    #[serde(default)]
    #[param(inline)]
    pub scope: Scope,
}

/// The other dates that a change of `event` reaches: those nobody has entered, that are not over.
pub(super) async fn others(
    state: &AppState,
    event: &event::Model,
    scope: Scope,
) -> ApiResult<Vec<(event::Model, Vec<room::Model>)>> {
    let (Some(series), true) = (event.series_id, scope != Scope::This) else {
        return Ok(Vec::new());
    };
    let db = &state.store.db;
    let since = match scope {
        Scope::Following => event.series_at,
        Scope::This | Scope::All => None,
    };
    let siblings = event::siblings(db, series, since).await?;
    let rooms = room::of_events(db, siblings.iter().map(|one| one.id)).await?;
    let now = state.clock.now();
    Ok(siblings
        .into_iter()
        .filter(|one| one.id != event.id)
        .filter_map(|one| {
            let rooms: Vec<room::Model> = rooms
                .iter()
                .filter(|room| room.event_id == one.id)
                .cloned()
                .collect();
            let planned = one.course(rooms.first()?).status(now) == EventStatus::Planned;
            planned.then_some((one, rooms))
        })
        .collect())
}
