//! Who, and which room kit, is expected elsewhere at the same time.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use kafedra_store::{event, event_kit, kit, person};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    BACKWARDS, TOO_LASTING, TOO_MANY,
    standing::Standing,
    view::{Named, PersonRef},
};
use crate::{ApiError, ApiResult, AppState, Caller, extract::Body, problem::Problem};

/// Most people that one question names.
const MOST_PEOPLE: usize = 200;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClashRequest {
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    /// 200 at most.
    #[serde(default)]
    person_ids: Vec<Uuid>,
    /// Room kits; 200 at most. Those that `exceptEventId` invites are asked for besides.
    #[serde(default)]
    kit_ids: Vec<Uuid>,
    /// An event that does not count: the one being changed.
    except_event_id: Option<Uuid>,
}

/// Somebody or a room kit, and where they are expected.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Clash {
    /// Null for a room kit.
    #[schema(required)]
    person: Option<PersonRef>,
    /// Null for a person.
    #[schema(required)]
    kit: Option<Named>,
    /// Null where the caller may not know of the event.
    #[schema(required)]
    event_id: Option<Uuid>,
    /// Null likewise.
    #[schema(required)]
    title: Option<String>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ClashList {
    /// Earliest first.
    items: Vec<Clash>,
    total: usize,
}

/// Which of these people and room kits are expected elsewhere at that time: where they host, are
/// invited or have a role. Of events that the caller may not know of only the time is told.
#[utoipa::path(
    post,
    path = "/events/clashes",
    tag = "event",
    request_body = ClashRequest,
    responses(
        (status = 200, body = ClashList),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn clashes(
    State(state): State<AppState>,
    caller: Caller,
    Body(asked): Body<ClashRequest>,
) -> ApiResult<Json<ClashList>> {
    let me = caller.person()?;
    if asked.ends_at <= asked.starts_at {
        return Err(ApiError::field("endsAt", &BACKWARDS));
    }
    if asked.ends_at - asked.starts_at > kafedra_model::event::LONGEST {
        return Err(ApiError::field("endsAt", &TOO_LASTING));
    }
    if asked.person_ids.len() > MOST_PEOPLE {
        return Err(ApiError::field("personIds", &TOO_MANY));
    }
    let db = &state.store.db;
    if asked.kit_ids.len() > MOST_PEOPLE {
        return Err(ApiError::field("kitIds", &TOO_MANY));
    }
    let claims = event::claims(db, asked.starts_at, asked.ends_at, &asked.person_ids).await?;
    let people = person::named(db, asked.person_ids.iter().copied()).await?;
    let viewer = crate::calendar::viewer(&state, me).await?;
    let span = event::Filter::between(asked.starts_at, asked.ends_at);
    let known: Vec<Uuid> = event::calendar(db, &viewer, &span)
        .await?
        .into_iter()
        .map(|event| event.id)
        .collect();
    let clash = |event: event::Model, person: Option<PersonRef>, kit: Option<Named>| {
        let told = known.contains(&event.id);
        Clash {
            person,
            kit,
            event_id: told.then_some(event.id),
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            title: told.then_some(event.title),
        }
    };
    let elsewhere = |event: &event::Model| asked.except_event_id != Some(event.id);
    let mut items: Vec<Clash> = claims
        .into_iter()
        .filter(|(_, event)| elsewhere(event))
        .filter_map(|(id, event)| {
            let person = people.iter().find(|person| person.id == id)?;
            Some(clash(event, Some(PersonRef::from(person)), None))
        })
        .collect();
    for kit in kits(&state, &caller, &asked).await? {
        let events = event_kit::events_of(db, kit.id, asked.starts_at, asked.ends_at).await?;
        for event in events
            .into_iter()
            .filter(|event| event.cancelled_at.is_none() && elsewhere(event))
        {
            let named = Named {
                id: kit.id,
                name: kit.name.clone(),
            };
            items.push(clash(event, None, Some(named)));
        }
    }
    items.sort_by_key(|clash| clash.starts_at);
    Ok(Json(ClashList {
        total: items.len(),
        items,
    }))
}

/// The kits that are asked about: those named, and those of the event that is being changed.
async fn kits(
    state: &AppState,
    caller: &Caller,
    asked: &ClashRequest,
) -> ApiResult<Vec<kit::Model>> {
    let db = &state.store.db;
    let mut ids = asked.kit_ids.clone();
    if let Some(event) = asked.except_event_id
        && Standing::of(state, caller, event).await.is_ok()
    {
        let invited = event_kit::of_event(db, event).await?;
        ids.extend(invited.iter().map(|pair| pair.kit_id));
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(kit::named(db, ids).await?)
}
