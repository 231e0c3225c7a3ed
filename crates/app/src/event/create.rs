//! Planning an event.

use axum::{Json, extract::State};
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::{
    EventKind, Lobby,
    event::check_times,
    invitee::Group,
    series::{BadRule, Rule, wall_clock, zone},
    stage::Mode,
};
use kafedra_store::event;
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    NO_ZONE, Plan, RULE_EMPTY, RULE_ENDLESS, RULE_TOO_MANY, RULE_UNREADABLE, TOO_FAR, Wrong,
    details::{Details, EventDetails},
    standing::Standing,
    store,
    view::Event,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Body,
    invitee::{announce, members},
    problem::Problem,
    registration::form::{self, RegistrationForm},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventDraft {
    /// 1 to 200 characters.
    title: String,
    kind: EventKind,
    starts_at: DateTime<Utc>,
    /// Later than the beginning, by a day at most.
    ends_at: DateTime<Utc>,
    /// IANA name; the city's when left out.
    timezone: Option<String>,
    /// Who waits to be let in; guests when left out.
    lobby: Option<Lobby>,
    /// Whether people without an account may come by the link; yes when left out.
    guests_allowed: Option<bool>,
    /// How it is held; as usual for its kind when left out: webinars, lessons and celebrations
    /// have a stage.
    mode: Option<Mode>,
    /// People who see the event among their own.
    invitee_ids: Option<Vec<Uuid>>,
    /// Groups to invite as they are today.
    groups: Option<Vec<Group>>,
    /// Makes people register.
    registration: Option<RegistrationForm>,
    /// Makes it the first of a series.
    repeat: Option<Repeat>,
    #[serde(flatten)]
    details: EventDetails,
}

/// How an event comes again.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Repeat {
    /// RFC 5545, section 3.3.10, with COUNT or UNTIL: `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=9`.
    /// 200 dates at most; the event's own time is the earliest that one can have.
    rule: String,
}

/// Plans an event, or a series of them; anyone signed in may, and is its host. Dates of a series
/// keep their hour in the zone when the clocks change; the answer is the first of them.
#[utoipa::path(
    post,
    path = "/events",
    tag = "event",
    request_body = EventDraft,
    responses(
        (status = 200, body = Event),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Body(draft): Body<EventDraft>,
) -> ApiResult<Json<Event>> {
    let signed_in = caller.person()?;
    let me = signed_in.person.id;
    let mut wrong = Wrong::new();
    let title = super::title(&draft.title, &mut wrong);
    let checked = check_times(draft.starts_at, draft.ends_at, state.clock.now());
    super::times(checked, &mut wrong);
    let timezone = draft
        .timezone
        .unwrap_or_else(|| state.settings.zone.name().to_owned());
    super::zone(&timezone, &mut wrong);
    let asked = draft.invitee_ids.unwrap_or_default();
    let invitees = super::invitees(&state.store.db, &asked, me, &mut wrong).await?;
    let groups = draft.groups.unwrap_or_default();
    let today = state.today();
    let actor = &signed_in.actor;
    let groups = members(&state.store.db, &groups, actor, today, &mut wrong).await?;
    let registration = draft
        .registration
        .map(|form| form::checked(form, draft.starts_at, &mut wrong));
    let details = Details::default()
        .changed(&state.store.db, draft.details, &signed_in.actor, &mut wrong)
        .await?;
    ApiError::fields(wrong)?;
    let lasts = draft.ends_at - draft.starts_at;
    let plan = Plan {
        title,
        kind: draft.kind,
        starts_at: draft.starts_at,
        ends_at: draft.ends_at,
        timezone,
        lobby: draft.lobby.unwrap_or(Lobby::Guests),
        guests_allowed: draft.guests_allowed.unwrap_or(true),
        mode: draft.mode.unwrap_or_else(|| Mode::of(draft.kind)),
        details,
        organiser: me,
        invitees,
        groups,
        registration,
        series: None,
    };
    let transaction = state.store.write().await?;
    let (events, invited) = match draft.repeat {
        None => {
            let stored = store(&state, &transaction, plan).await?;
            (vec![stored.event], stored.invited)
        }
        Some(repeat) => series(&state, &transaction, plan, lasts, &repeat.rule).await?,
    };
    announce(&state, &transaction, &events, &invited).await?;
    transaction.commit().await?;
    let first = events
        .first()
        .ok_or_else(|| ApiError::internal("no event was stored"))?;
    let standing = Standing::of(&state, &caller, first.id).await?;
    Ok(Json(Event::whole(&state, standing).await?))
}

/// Stores every date of a series; gives them, and the people whom they invite.
async fn series(
    state: &AppState,
    db: &impl ConnectionTrait,
    plan: Plan,
    lasts: TimeDelta,
    rule: &str,
) -> ApiResult<(Vec<event::Model>, Vec<Uuid>)> {
    let refused = |bad| {
        ApiError::field(
            "repeat",
            match bad {
                BadRule::Unreadable => &RULE_UNREADABLE,
                BadRule::Endless => &RULE_ENDLESS,
                BadRule::Empty => &RULE_EMPTY,
                BadRule::TooMany => &RULE_TOO_MANY,
                BadRule::TooFar => &TOO_FAR,
            },
        )
    };
    let rule: Rule = rule.parse().map_err(refused)?;
    let zone = zone(&plan.timezone).ok_or_else(|| ApiError::field("timezone", &NO_ZONE))?;
    let local = wall_clock(plan.starts_at, zone);
    let dates = rule.dates(local, zone).map_err(refused)?;
    let now = state.clock.now();
    let minutes = i32::try_from(lasts.num_minutes()).unwrap_or(i32::MAX);
    let timezone = plan.timezone.clone();
    let series =
        kafedra_store::series::create(db, rule.to_string(), local, timezone, minutes, now).await?;
    let mut events = Vec::with_capacity(dates.len());
    let mut invited = Vec::new();
    for starts_at in dates {
        let later = starts_at - plan.starts_at;
        let one = Plan {
            starts_at,
            registration: plan
                .registration
                .as_ref()
                .map(|form| form::moved(form, later)),
            ends_at: starts_at + lasts,
            series: Some(series.id),
            ..plan.clone()
        };
        let stored = store(state, db, one).await?;
        events.push(stored.event);
        invited = stored.invited;
    }
    Ok((events, invited))
}
