//! The kits of an event.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use kafedra_store::{
    connection, event_kit, institution, kit, person, presence_confirmation, room, seat,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiResult, AppState, Caller,
    event::{standing::Standing, view::PersonRef},
    extract::Id,
    list::List,
    problem::Problem,
};

/// A room kit in an event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventKit {
    id: Uuid,
    name: String,
    place: String,
    institution_id: Uuid,
    institution_name: String,
    /// Whether it is in one of the event's rooms now.
    connected: bool,
    /// How many people were counted before it.
    people: usize,
    /// Whom its site's coordinator named; empty for those who may not change the list.
    listed: Vec<PersonRef>,
    /// Whether the caller may keep its list of people.
    mine: bool,
}

/// Kits that an event invites, for everyone who knows of the event. A coordinator who does not is
/// shown the kits of their own institution.
#[utoipa::path(
    get,
    path = "/events/{id}/kits",
    tag = "kits",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = List<EventKit>),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<List<EventKit>>> {
    let actor = caller.actor()?;
    let db = &state.store.db;
    let pairs = event_kit::of_event(db, id).await?;
    let mut kits = kit::named(db, pairs.iter().map(|pair| pair.kit_id)).await?;
    let prepares = match Standing::of(&state, &caller, id).await {
        Ok(standing) => standing.may_prepare(),
        Err(unknown) => {
            kits.retain(|kit| actor.keeps_institution(kit.institution_id));
            if kits.is_empty() {
                return Err(unknown);
            }
            false
        }
    };
    kits.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let names =
        institution::short_names(db, kits.iter().map(|kit| kit.institution_id).collect()).await?;
    let mut counted: BTreeMap<Uuid, BTreeMap<Uuid, bool>> = BTreeMap::new();
    for row in presence_confirmation::of_event(db, id).await? {
        let listed = counted
            .entry(row.kit_id)
            .or_default()
            .entry(row.person_id)
            .or_default();
        *listed |= row.is_list();
    }
    let everyone = counted.values().flat_map(|people| people.keys().copied());
    let people: BTreeMap<Uuid, person::Model> = person::named(db, everyone)
        .await?
        .into_iter()
        .map(|person| (person.id, person))
        .collect();
    let connected = connected_kits(&state, id).await?;
    let items: Vec<EventKit> = kits
        .into_iter()
        .map(|kit| {
            let mine = prepares || actor.keeps_institution(kit.institution_id);
            let before = counted.remove(&kit.id).unwrap_or_default();
            let listed = before
                .iter()
                .filter(|(_, listed)| mine && **listed)
                .filter_map(|(id, _)| people.get(id).map(PersonRef::from))
                .collect();
            EventKit {
                id: kit.id,
                institution_name: names.get(&kit.institution_id).cloned().unwrap_or_default(),
                connected: connected.contains(&kit.id),
                people: before.len(),
                listed,
                mine,
                name: kit.name,
                place: kit.place,
                institution_id: kit.institution_id,
            }
        })
        .collect();
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}

async fn connected_kits(state: &AppState, event: Uuid) -> ApiResult<Vec<Uuid>> {
    let db = &state.store.db;
    let mut connected = Vec::new();
    for room in room::of_events(db, [event]).await? {
        let there: Vec<Uuid> = connection::open(db, room.id)
            .await?
            .into_iter()
            .map(|connection| connection.seat_id)
            .collect();
        let seats = seat::of_rooms(db, vec![room.id]).await?;
        connected.extend(
            seats
                .into_iter()
                .filter(|seat| there.contains(&seat.id))
                .filter_map(|seat| seat.kit_id),
        );
    }
    Ok(connected)
}
