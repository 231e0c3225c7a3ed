//! Changing a plan: of one event, or of several dates of its series.

use std::collections::HashMap;

use axum::{Json, extract::State};
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::{
    EventKind, EventStatus, Lobby,
    event::check_times,
    series::{self, wall_clock},
    stage::Mode,
};
use kafedra_store::{event, invitee, registration_form, room};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    OVER, Wrong,
    details::{Details, EventDetails},
    news::{self, News},
    scope::{Reach, Scope, others},
    standing::Standing,
    view::Event,
};
use crate::{
    ApiError, ApiResult, AppState, Caller, deck,
    extract::{Body, Id, Params, STALE},
    form::sent,
    media::reconcile,
    problem::{NOT_FOUND, Problem},
    registration::{
        form::{self, RegistrationForm},
        move_up,
    },
    room::{edit::tell_rights, view::Room},
};

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventEdit {
    title: Option<String>,
    kind: Option<EventKind>,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    timezone: Option<String>,
    lobby: Option<Lobby>,
    guests_allowed: Option<bool>,
    /// Making a webinar of a meeting that runs sends nobody out.
    mode: Option<Mode>,
    /// Everyone who shall be invited, in place of the present list.
    invitee_ids: Option<Vec<Uuid>>,
    /// What people who register are asked; null for no registration. Those registered stay so.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<RegistrationForm>)]
    registration: Option<Option<RegistrationForm>>,
    /// `updatedAt` as the editor saw it; when somebody else has changed the event since, the
    /// edit is refused. Left out, it is written in any case.
    updated_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    details: EventDetails,
}

/// Changes an event that is not over.
///
/// Its host, organisers and chair may, the head of the association that meets, methodologists
/// and administrators. With a scope, what changes here changes on the other dates of the series
/// too; times move by as much on the wall clock, dates that were moved by hand stay where they are.
#[utoipa::path(
    patch,
    path = "/events/{id}",
    tag = "event",
    params(("id" = Uuid, Path), Reach),
    request_body = EventEdit,
    responses(
        (status = 200, body = Event),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`edit.stale`, `event.over`"),
        (status = 422, body = Problem),
    )
)]
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Params(reach): Params<Reach>,
    Body(edit): Body<EventEdit>,
) -> ApiResult<Json<Event>> {
    let db = &state.store.db;
    let now = state.clock.now();
    let mut standing = Standing::changing(&state, &caller, id).await?;
    let before = standing.event.clone();
    match before.course(&standing.room).status(now) {
        EventStatus::Planned | EventStatus::Live => {}
        EventStatus::Ended | EventStatus::Cancelled => return Err(ApiError::new(&OVER)),
    }
    let (lobby, guests_allowed, mode) = (edit.lobby, edit.guests_allowed, edit.mode);
    let edit_rules = lobby.is_some() || guests_allowed.is_some() || mode.is_some();
    let rules_of = |room: &room::Model, event: &event::Model| room::Rules {
        lobby,
        guests_allowed,
        ..mode.map_or_else(room::Rules::default, |mode| room.held_as(mode, event, now))
    };
    let seen = edit.updated_at.unwrap_or(before.updated_at);
    let mut wrong = Wrong::new();
    let invitees = match &edit.invitee_ids {
        Some(asked) => Some(super::invitees(db, asked, before.organiser_id, &mut wrong).await?),
        None => None,
    };
    let starts_at = edit.starts_at.unwrap_or(before.starts_at);
    let registration = edit
        .registration
        .clone()
        .map(|form| form.map(|form| form::checked(form, starts_at, &mut wrong)));
    let mut after = changed(&state, &standing, edit, &mut wrong).await?;
    if reach.scope != Scope::This && before.series_at == Some(before.starts_at) {
        after.series_at = Some(after.starts_at);
    }
    let mut others = others(&state, &before, reach.scope).await?;
    let mut plans = Vec::with_capacity(others.len());
    for (other, _) in &others {
        let plan = carried(&before, &after, other);
        if plan.starts_at != other.starts_at {
            let checked = check_times(plan.starts_at, plan.ends_at, now);
            super::times(checked, &mut wrong);
        }
        plans.push((other.id, other.updated_at, plan));
    }
    wrong.dedup();
    ApiError::fields(wrong)?;

    let first_start = after.starts_at;
    let spans: HashMap<Uuid, (DateTime<Utc>, DateTime<Utc>)> = std::iter::once(&before)
        .chain(others.iter().map(|(other, _)| other))
        .map(|event| (event.id, (event.starts_at, event.ends_at)))
        .collect();
    let mut rooms = room::of_events(db, [id]).await?;
    // Those of the other dates, where nobody is yet: they need no turn and no telling.
    let quiet: Vec<room::Model> = others.drain(..).flat_map(|(_, rooms)| rooms).collect();
    rooms.sort_by_key(|room| room.id);
    // Always in the same order: two editors never wait for each other.
    let mut turns = Vec::with_capacity(rooms.len());
    for room in &rooms {
        turns.push(state.live.turn(room.id).await);
    }
    let transaction = state.store.write().await?;
    plans.push((id, seen, after));
    plans.reverse();
    let mut moved = Vec::new();
    let mut invited = Vec::new();
    let mut changed = Vec::with_capacity(plans.len());
    for (event, seen, plan) in plans {
        let (starts_at, ends_at) = (plan.starts_at, plan.ends_at);
        let was = spans.get(&event).copied().unwrap_or((starts_at, ends_at));
        if !event::update(&transaction, event, seen, plan, now).await? {
            drop((transaction, turns));
            let standing = Standing::changing(&state, &caller, id).await?;
            let current = Event::whole(&state, standing).await?;
            return Err(ApiError::new(&STALE).with_current(&current));
        }
        changed.push(event);
        if let Some(invitees) = &invitees {
            let new = invitee::replace(&transaction, event, invitees).await?;
            // Of several dates everyone hears once, of all of them.
            if invited.is_empty() {
                invited = new;
            }
        }
        if was != (starts_at, ends_at) {
            moved.push(event);
            crate::reminder::overtake(&transaction, event, starts_at, now).await?;
        }
        if let Some(form) = &registration {
            let by = starts_at - first_start;
            set_registration(&state, &transaction, event, form.as_ref(), by).await?;
        }
    }
    let me = standing.me.person.id;
    news::tell(
        &state,
        &transaction,
        News::TimeChanged,
        &moved,
        me,
        &invited,
    )
    .await?;
    news::tell_invited(&state, &transaction, &changed, &invited).await?;
    let mut updated = Vec::with_capacity(rooms.len());
    for room in &rooms {
        let rules = rules_of(room, &before);
        updated.push(room::update_rules(&transaction, room.id, rules).await?);
    }
    if edit_rules {
        for room in &quiet {
            let rules = rules_of(room, &before);
            room::update_rules(&transaction, room.id, rules).await?;
        }
    }
    transaction.commit().await?;
    (standing.event, standing.room) = event::with_room(db, id).await?.ok_or(&NOT_FOUND)?;
    for (turn, room) in turns.iter().zip(&updated) {
        turn.tell_room(&Room::of(&state, room, &standing.event));
    }
    let mut moved = Vec::new();
    for ((old, new), turn) in rooms.iter().zip(&updated).zip(&turns) {
        if old.mode() != new.mode() {
            tell_rights(&state, turn, new).await?;
            deck::end_without_right(&state, turn, new).await?;
            moved.push(new);
        }
    }
    drop(turns);
    for room in moved {
        if room.started_at.is_some() && room.ended_at.is_none() {
            reconcile::after(&state, room.id).await?;
        }
    }
    Ok(Json(Event::whole(&state, standing).await?))
}

/// Sets what people who register for an event are asked, its deadline moved along with a date of a
/// series; seats that are added go to those who wait.
async fn set_registration(
    state: &AppState,
    db: &impl ConnectionTrait,
    event: Uuid,
    form: Option<&registration_form::Draft>,
    by: TimeDelta,
) -> ApiResult<()> {
    let Some(form) = form else {
        return Ok(registration_form::remove(db, event).await?);
    };
    registration_form::put(db, event, &form::moved(form, by)).await?;
    if let Some(held) = registration_form::hold(db, event).await?
        && let Some((event, _)) = event::with_room(db, event).await?
    {
        move_up(state, db, &event, &held).await?;
    }
    Ok(())
}

/// The plan of the event itself after the edit.
async fn changed(
    state: &AppState,
    standing: &Standing<'_>,
    edit: EventEdit,
    wrong: &mut Wrong,
) -> ApiResult<event::Edit> {
    let now = state.clock.now();
    let before = &standing.event;
    let title = match &edit.title {
        Some(typed) => super::title(typed, wrong),
        None => before.title.clone(),
    };
    let (starts_at, ends_at) = (
        edit.starts_at.unwrap_or(before.starts_at),
        edit.ends_at.unwrap_or(before.ends_at),
    );
    if (starts_at, ends_at) != (before.starts_at, before.ends_at) {
        // A beginning that stays may lie in the past: a live meeting is prolonged so.
        let seen_from = if starts_at == before.starts_at {
            now.min(starts_at)
        } else {
            now
        };
        super::times(check_times(starts_at, ends_at, seen_from), wrong);
    }
    let timezone = edit.timezone.unwrap_or_else(|| before.timezone.clone());
    super::zone(&timezone, wrong);
    let details = Details::of(before)
        .changed(&state.store.db, edit.details, &standing.me.actor, wrong)
        .await?;
    Ok(event::Edit {
        title,
        kind: edit
            .kind
            .map_or_else(|| before.kind.clone(), |kind| kind.as_str().to_owned()),
        starts_at,
        ends_at,
        timezone,
        description: details.description,
        audience: details.audience,
        level: details.level,
        subject: details.subject,
        association_id: details.association_id,
        institution_id: details.institution_id,
        series_at: before.series_at,
    })
}

/// The plan of another date of the series: what changed from `before` to `after` changes there
/// too, everything else stays as it is.
fn carried(before: &event::Model, after: &event::Edit, other: &event::Model) -> event::Edit {
    fn carry<T: PartialEq + Clone>(before: &T, after: &T, other: &T) -> T {
        if before == after { other } else { after }.clone()
    }
    let timezone = carry(&before.timezone, &after.timezone, &other.timezone);
    let zone = series::zone(&timezone).unwrap_or(chrono_tz::UTC);
    let by = wall_clock(after.starts_at, zone) - wall_clock(before.starts_at, zone);
    let lasts = if after.ends_at - after.starts_at == before.ends_at - before.starts_at {
        other.ends_at - other.starts_at
    } else {
        after.ends_at - after.starts_at
    };
    let by_hand = other.series_at != Some(other.starts_at);
    let starts_at = if by_hand {
        other.starts_at
    } else {
        series::shift(other.starts_at, by, zone)
    };
    event::Edit {
        title: carry(&before.title, &after.title, &other.title),
        kind: carry(&before.kind, &after.kind, &other.kind),
        starts_at,
        ends_at: starts_at + lasts,
        description: carry(&before.description, &after.description, &other.description),
        audience: carry(&before.audience(), &after.audience, &other.audience()),
        level: carry(&before.level(), &after.level, &other.level()),
        subject: carry(&before.subject, &after.subject, &other.subject),
        association_id: carry(
            &before.association_id,
            &after.association_id,
            &other.association_id,
        ),
        institution_id: carry(
            &before.institution_id,
            &after.institution_id,
            &other.institution_id,
        ),
        series_at: other.series_at.map(|at| series::shift(at, by, zone)),
        timezone,
    }
}
