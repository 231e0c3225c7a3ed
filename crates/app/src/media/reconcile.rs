//! Making the media server agree with the database, and the database with who is there.
//!
//! After a decision ([`after`], [`after_one`]) and periodically ([`keep`]): whoever must not be
//! in a room is removed, permissions that differ are sent again, rooms of meetings that are
//! over are closed; joins and leaves whose webhooks were lost are noted; rooms that stay empty
//! come to their end. Every step can be repeated.

use std::{collections::HashSet, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::{EventStatus, event::Empty};
use kafedra_store::{
    connection::{self, Key},
    event, room, seat,
};
use livekit_protocol::ParticipantInfo;
use sea_orm::DbErr;
use uuid::Uuid;

use super::{LATE, MediaError, permission, token};
use crate::{ApiError, ApiResult, AppState, room::view::Room, seat::view::Seat};

/// How often everything is compared.
const PERIOD: Duration = Duration::from_secs(15);
/// Waits after a decision that could not be enforced at once; the periodic round goes on.
const RETRIES: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];
/// How long the hand of somebody who left stays up.
const HAND_OUTLIVES: TimeDelta = TimeDelta::minutes(2);

#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    #[error(transparent)]
    Media(#[from] MediaError),
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Enforces what was just decided about a room; 502 `media.late` when that must wait.
pub async fn after(state: &AppState, room: Uuid) -> ApiResult<()> {
    match one_room(state, room).await {
        Ok(()) => Ok(()),
        Err(error) => Err(later(state, room, error)),
    }
}

/// The same for one seat.
pub async fn after_one(state: &AppState, room: &room::Model, seat: &seat::Model) -> ApiResult<()> {
    let identity = seat.id.to_string();
    let server = &state.media_server;
    let done = if room.admits(seat) {
        server
            .permit(room.id, &identity, room.may(seat), token::metadata(seat))
            .await
    } else {
        server.remove(room.id, &identity).await
    };
    done.map_err(|error| later(state, room.id, error.into()))
}

fn later(state: &AppState, room: Uuid, error: ReconcileError) -> ApiError {
    tracing::warn!(%error, room.id = %room, "a decision takes effect later");
    let state = state.clone();
    tokio::spawn(async move {
        for wait in RETRIES {
            tokio::time::sleep(wait).await;
            if one_room(&state, room).await.is_ok() {
                return;
            }
        }
    });
    ApiError::new(&LATE)
}

/// Compares and mends for as long as the application runs; returns never.
pub async fn keep(state: AppState) {
    let mut round = tokio::time::interval(PERIOD);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        if let Err(error) = sweep(&state).await {
            tracing::warn!(%error, "rooms could not be compared with the media server");
        }
    }
}

/// One round over all rooms.
pub async fn sweep(state: &AppState) -> Result<(), ReconcileError> {
    let db = &state.store.db;
    let mut due: HashSet<Uuid> = room::live(db)
        .await?
        .into_iter()
        .map(|room| room.id)
        .collect();
    // Rooms that the media server still has though their meeting is over. Names that are no
    // ids belong to others.
    let open = state.media_server.rooms().await?;
    due.extend(
        open.iter()
            .filter_map(|room| Uuid::parse_str(&room.name).ok()),
    );
    for room in due {
        if let Err(error) = one_room(state, room).await {
            tracing::warn!(%error, room.id = %room, "a room could not be compared");
        }
    }
    Ok(())
}

/// Compares one room.
pub async fn one_room(state: &AppState, id: Uuid) -> Result<(), ReconcileError> {
    let db = &state.store.db;
    let Some((room, event)) = room::find(db, id).await? else {
        // Not ours.
        return Ok(());
    };
    let now = state.clock.now();
    if is_over(&room, &event, now) {
        state.media_server.close_room(id).await?;
        let open: Vec<String> = connection::open(db, id)
            .await?
            .into_iter()
            .map(|connection| connection.id)
            .collect();
        connection::close_gone(db, &open).await?;
        return Ok(());
    }
    // Read before the media server is asked: whoever joins in between is not taken for gone.
    let noted = connection::open(db, id).await?;
    let participants = state.media_server.participants(id).await?;
    for participant in &participants {
        enforce(state, &room, participant).await?;
    }
    note_presence(state, &room, &event, &noted, &participants).await?;
    Ok(())
}

fn is_over(room: &room::Model, event: &event::Model, now: DateTime<Utc>) -> bool {
    matches!(
        event.course(room).status(now),
        EventStatus::Ended | EventStatus::Cancelled
    )
}

/// Removes a participant who must not be there; sends permissions again where they differ.
pub async fn enforce(
    state: &AppState,
    room: &room::Model,
    participant: &ParticipantInfo,
) -> Result<(), ReconcileError> {
    let db = &state.store.db;
    let seat = match Uuid::parse_str(&participant.identity) {
        Ok(id) => seat::find(db, room.id, id).await?,
        Err(_) => None,
    };
    let server = &state.media_server;
    match seat {
        Some(seat) if room.admits(&seat) => {
            let may = room.may(&seat);
            if !permits(participant, may) {
                server
                    .permit(room.id, &participant.identity, may, token::metadata(&seat))
                    .await?;
            }
        }
        _ => server.remove(room.id, &participant.identity).await?,
    }
    Ok(())
}

/// Whether the media server grants exactly this.
fn permits(participant: &ParticipantInfo, may: kafedra_model::seat::May) -> bool {
    let Some(has) = &participant.permission else {
        return false;
    };
    let wanted = permission(may);
    let sources = |list: &[i32]| list.iter().copied().collect::<HashSet<i32>>();
    has.can_publish == wanted.can_publish
        && has.can_publish_data == wanted.can_publish_data
        && has.can_subscribe == wanted.can_subscribe
        && (!wanted.can_publish
            || sources(&has.can_publish_sources) == sources(&wanted.can_publish_sources))
}

/// Notes who is there, whatever webhooks were lost, and what an empty room comes to.
async fn note_presence(
    state: &AppState,
    room: &room::Model,
    event: &event::Model,
    noted: &[connection::Model],
    participants: &[ParticipantInfo],
) -> Result<(), ReconcileError> {
    let db = &state.store.db;
    let now = state.clock.now();
    let there: HashSet<&str> = participants.iter().map(|p| p.sid.as_str()).collect();
    let gone: Vec<String> = noted
        .iter()
        .filter(|connection| !there.contains(connection.id.as_str()))
        .map(|connection| connection.id.clone())
        .collect();
    connection::close_gone(db, &gone).await?;
    let known: HashSet<&str> = noted.iter().map(|c| c.id.as_str()).collect();
    for participant in participants
        .iter()
        .filter(|p| !known.contains(p.sid.as_str()))
    {
        let Ok(seat) = Uuid::parse_str(&participant.identity) else {
            continue;
        };
        if seat::find(db, room.id, seat).await?.is_none() {
            continue;
        }
        let key = Key {
            id: participant.sid.clone(),
            room: room.id,
            seat,
            media_room: String::new(),
        };
        connection::joined(db, key, joined_at(participant).unwrap_or(now)).await?;
    }
    lower_absent_hands(state, room).await?;
    note_emptiness(state, room, event).await?;
    Ok(())
}

/// Lowers the hands of those who left and did not come back: a reload keeps a hand up.
async fn lower_absent_hands(state: &AppState, room: &room::Model) -> Result<(), DbErr> {
    let db = &state.store.db;
    let before = state.clock.now() - HAND_OUTLIVES;
    let turn = state.live.turn(room.id).await;
    let mut absent = Vec::new();
    for seat in seat::hands(db, room.id).await? {
        if connection::gone_before(db, seat.id, before).await? {
            absent.push(seat.id);
        }
    }
    if absent.is_empty() {
        return Ok(());
    }
    for seat in seat::lower_hands(db, &absent).await? {
        turn.tell_seat(&Seat::of(room, &seat));
    }
    turn.tell_hands(state, room.id);
    Ok(())
}

/// When the media server let a participant in, if it says so.
pub fn joined_at(participant: &ParticipantInfo) -> Option<DateTime<Utc>> {
    if participant.joined_at_ms > 0 {
        DateTime::from_timestamp_millis(participant.joined_at_ms)
    } else if participant.joined_at > 0 {
        DateTime::from_timestamp(participant.joined_at, 0)
    } else {
        None
    }
}

/// Notes since when nobody is connected, and ends or rests a room that stays empty.
pub async fn note_emptiness(
    state: &AppState,
    room: &room::Model,
    event: &event::Model,
) -> Result<(), DbErr> {
    let db = &state.store.db;
    let now = state.clock.now();
    if connection::present(db, room.id).await? > 0 {
        return room::set_empty_since(db, room.id, None).await;
    }
    if room.started_at.is_none() {
        return Ok(());
    }
    let Some(since) = room.empty_since else {
        return room::set_empty_since(db, room.id, Some(now)).await;
    };
    match event.course(room).when_empty(since, now) {
        Empty::Wait => {}
        Empty::Rest => {
            let turn = state.live.turn(room.id).await;
            room::rest(db, room.id).await?;
            if let Some((room, event)) = room::find(db, room.id).await? {
                turn.tell_room(&Room::of(state, &room, &event));
            }
        }
        Empty::End => {
            let turn = state.live.turn(room.id).await;
            if connection::present(db, room.id).await? > 0 {
                // Somebody came back while this was being decided.
                return Ok(());
            }
            room::end(db, room.id, now).await?;
            turn.tell_ended();
        }
    }
    Ok(())
}
