//! Calendars for people's own programs: a secret address each, read without signing in.

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use kafedra_model::{
    Actor, EventKind, Locale,
    ical::{self, Entry},
};
use kafedra_store::{account, association, calendar_feed, event, role_grant, room};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::viewer_of;
use crate::{
    ApiResult, AppState, Caller,
    association::existing,
    event::standing::Standing,
    extract::Id,
    problem::{NOT_FOUND, Problem, locale},
    secret,
};

/// How much of the past a feed keeps, and of the future it shows.
const PAST: TimeDelta = TimeDelta::days(90);
const FUTURE: TimeDelta = TimeDelta::days(400);

/// The address to paste into a calendar program.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarFeed {
    /// Secret: whoever has it reads the calendar. Told once; made anew, the old one is dead.
    url: String,
}

/// Makes an address of the caller's own calendar, in place of the one there was.
#[utoipa::path(
    post,
    path = "/me/calendar-feed",
    tag = "calendar",
    responses((status = 200, body = CalendarFeed), (status = 401, body = Problem))
)]
pub async fn mine(State(state): State<AppState>, caller: Caller) -> ApiResult<Json<CalendarFeed>> {
    let me = caller.person()?.person.id;
    renew(&state, me, None).await
}

/// Makes an address of an association's calendar for the caller, in place of the one there was.
#[utoipa::path(
    post,
    path = "/associations/{id}/calendar-feed",
    tag = "calendar",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = CalendarFeed),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn of_association(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Json<CalendarFeed>> {
    let me = caller.person()?.person.id;
    existing(&state, id).await?;
    renew(&state, me, Some(id)).await
}

async fn renew(
    state: &AppState,
    person: Uuid,
    association: Option<Uuid>,
) -> ApiResult<Json<CalendarFeed>> {
    let token = secret::token();
    let transaction = state.store.write().await?;
    calendar_feed::renew(
        &transaction,
        person,
        association,
        secret::hash(&token),
        state.clock.now(),
    )
    .await?;
    transaction.commit().await?;
    Ok(Json(CalendarFeed {
        url: format!(
            "{}/api/calendar-feeds/{token}.ics",
            state.settings.public_url
        ),
    }))
}

/// A calendar by its secret address, as iCalendar (RFC 5545, RFC 7986).
#[utoipa::path(
    get,
    path = "/calendar-feeds/{token}",
    tag = "calendar",
    params(("token" = String, Path, description = "as in the address, with `.ics` or without")),
    responses(
        (status = 200, content_type = "text/calendar", body = String),
        (status = 404, body = Problem),
    )
)]
pub async fn read(State(state): State<AppState>, Path(token): Path<String>) -> ApiResult<Response> {
    let db = &state.store.db;
    let token = token.strip_suffix(".ics").unwrap_or(&token);
    let feed = calendar_feed::find(db, &secret::hash(token))
        .await?
        .ok_or(&NOT_FOUND)?;
    // Who may no longer sign in reads no more.
    let account = account::of_person(db, feed.person_id)
        .await?
        .filter(|account| account.disabled_at.is_none())
        .ok_or(&NOT_FOUND)?;
    let grants = role_grant::of_person(db, feed.person_id).await?;
    let actor = Actor {
        person_id: feed.person_id,
        grants: grants.iter().filter_map(role_grant::Model::grant).collect(),
    };
    let locale = Locale::parse(&account.locale).unwrap_or_default();
    let now = state.clock.now();
    let filter = event::Filter {
        association: feed.association_id,
        mine: feed.association_id.is_none(),
        ..event::Filter::between(now - PAST, now + FUTURE)
    };
    let viewer = viewer_of(&state, &actor).await?;
    let events = event::calendar(db, &viewer, &filter).await?;
    let name = match feed.association_id {
        None => state.settings.name.clone(),
        Some(id) => association::find(db, id).await?.ok_or(&NOT_FOUND)?.name,
    };
    let entries = entries(&state, db, events, locale).await?;
    Ok(answer(&state, &name, &entries, locale, "calendar"))
}

/// One event as iCalendar, for whoever may know of it.
#[utoipa::path(
    get,
    path = "/events/{id}/event.ics",
    tag = "calendar",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "text/calendar", body = String),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn of_event(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
) -> ApiResult<Response> {
    let standing = Standing::of(&state, &caller, id).await?;
    let name = standing.event.title.clone();
    let db = &state.store.db;
    let entries = entries(&state, db, vec![standing.event], locale()).await?;
    Ok(answer(&state, &name, &entries, locale(), "event"))
}

/// Events as entries of a calendar, each with the link to its main room.
pub(crate) async fn entries(
    state: &AppState,
    db: &impl ConnectionTrait,
    events: Vec<event::Model>,
    locale: Locale,
) -> ApiResult<Vec<Entry>> {
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    let rooms = room::of_events(db, ids).await?;
    let mut codes = std::collections::HashMap::new();
    for room in &rooms {
        // Main rooms come first.
        codes.entry(room.event_id).or_insert(&room.code);
    }
    Ok(events
        .into_iter()
        .filter_map(|event| {
            let code = codes.get(&event.id)?;
            Some(Entry {
                id: event.id,
                category: kind_name(event.kind(), locale).to_owned(),
                url: format!("{}/r/{code}", state.settings.public_url),
                starts_at: event.starts_at,
                ends_at: event.ends_at,
                created_at: event.created_at,
                updated_at: event.updated_at,
                sequence: event.sequence,
                cancelled: event.cancelled_at.is_some(),
                title: event.title,
                description: event.description,
            })
        })
        .collect())
}

/// The calendar's text; letters attach it too.
pub(crate) fn text(
    state: &AppState,
    name: &str,
    entries: &[Entry],
    locale: Locale,
    scheduling: Option<ical::Scheduling<'_>>,
) -> String {
    ical::write(&ical::Calendar {
        name,
        host: state.settings.host(),
        join: match locale {
            Locale::Ru => "Войти во встречу",
            Locale::En => "Join the meeting",
        },
        entries,
        scheduling,
    })
}

fn answer(state: &AppState, name: &str, entries: &[Entry], locale: Locale, file: &str) -> Response {
    let disposition = format!("attachment; filename=\"{file}.ics\"");
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (headers, text(state, name, entries, locale, None)).into_response()
}

/// What a kind of event is called.
pub(crate) fn kind_name(kind: EventKind, locale: Locale) -> &'static str {
    let (ru, en) = match kind {
        EventKind::AssociationMeeting => ("Заседание ГМО", "Association meeting"),
        EventKind::Conference => ("Конференция", "Conference"),
        EventKind::StaffMeeting => ("Совещание", "Staff meeting"),
        EventKind::Webinar => ("Вебинар", "Webinar"),
        EventKind::Lesson => ("Открытый урок", "Broadcast lesson"),
        EventKind::MasterClass => ("Мастер-класс", "Master class"),
        EventKind::ContestStage => ("Этап конкурса", "Contest stage"),
        EventKind::Celebration => ("Праздник", "Celebration"),
        EventKind::Training => ("Обучение", "Training"),
        EventKind::ReadinessTest => ("Проверка связи", "Readiness test"),
    };
    match locale {
        Locale::Ru => ru,
        Locale::En => en,
    }
}
