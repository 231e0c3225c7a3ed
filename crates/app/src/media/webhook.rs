//! What the media server tells: who joined, who left, which room closed.
//!
//! Each delivery is signed, noted by its id and applied in one transaction, so a repeated one
//! changes nothing; joins and leaves are keyed by connection, so their order does not matter;
//! what is lost altogether is found by [`super::reconcile`].

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use chrono::{DateTime, Utc};
use kafedra_store::{
    connection::{self, Key},
    room, seat, webhook,
};
use livekit_api::{access_token::TokenVerifier, webhooks::WebhookReceiver};
use livekit_protocol::WebhookEvent;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::reconcile::{self, joined_at};
use crate::{
    ApiError, ApiResult, AppState, Code,
    problem::{MALFORMED, Problem, Words},
};

pub const UNSIGNED: Code = Code {
    code: "webhook.unsigned",
    status: 401,
    ru: Words {
        title: "Подпись сообщения не подходит",
        detail: "Проверьте, что ключ и секрет медиасервера совпадают с настройками приложения.",
    },
    en: Words {
        title: "The message's signature does not fit",
        detail: "Check that the media server's key and secret equal those of the application.",
    },
};

/// Receives LiveKit's webhooks: `Authorization` carries a JWT of the media server's key whose
/// `sha256` claim is the body's digest.
#[utoipa::path(
    post,
    path = "/media/webhook",
    tag = "media",
    request_body(content = String, content_type = "application/webhook+json"),
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem))
)]
pub async fn webhook(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<StatusCode> {
    let told = verify(&state, &headers, &body)?;
    let room = told
        .room
        .as_ref()
        .and_then(|room| Uuid::parse_str(&room.name).ok());
    // Rooms of connection checks, and of other applications, concern nobody here.
    let Some(room) = room else {
        return Ok(StatusCode::NO_CONTENT);
    };
    let now = state.clock.now();
    let transaction = state.store.write().await?;
    if !told.id.is_empty() && !webhook::note(&transaction, &told.id, now).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    apply(&transaction, room, &told, now).await?;
    transaction.commit().await?;
    follow(&state, room, &told).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn verify(state: &AppState, headers: &HeaderMap, body: &[u8]) -> ApiResult<WebhookEvent> {
    let body = std::str::from_utf8(body).map_err(|_| &MALFORMED)?;
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .map(|value| value.strip_prefix("Bearer ").unwrap_or(value))
        .ok_or(&UNSIGNED)?;
    let verifier = TokenVerifier::with_api_key(&state.media.key, &state.media.secret);
    WebhookReceiver::new(verifier)
        .receive(body, token)
        .map_err(|error| {
            tracing::warn!(%error, "a webhook was not accepted");
            match error {
                livekit_api::webhooks::WebhookError::InvalidData(_) => ApiError::new(&MALFORMED),
                _ => ApiError::new(&UNSIGNED),
            }
        })
}

/// Notes a join or a leave.
async fn apply(
    db: &impl ConnectionTrait,
    room: Uuid,
    told: &WebhookEvent,
    now: DateTime<Utc>,
) -> ApiResult<()> {
    let at = DateTime::from_timestamp(told.created_at, 0)
        .filter(|_| told.created_at > 0)
        .unwrap_or(now);
    let media_room = told.room.as_ref().map_or("", |room| room.sid.as_str());
    if told.event == "room_finished" {
        if !media_room.is_empty() {
            connection::close_media_room(db, room, media_room, at).await?;
        }
        return Ok(());
    }
    let Some(participant) = &told.participant else {
        return Ok(());
    };
    let Ok(seat) = Uuid::parse_str(&participant.identity) else {
        return Ok(());
    };
    if seat::find(db, room, seat).await?.is_none() {
        return Ok(());
    }
    let key = Key {
        id: participant.sid.clone(),
        room,
        seat,
        media_room: media_room.to_owned(),
    };
    match told.event.as_str() {
        "participant_joined" => {
            connection::joined(db, key, joined_at(participant).unwrap_or(at)).await?;
        }
        "participant_left" | "participant_connection_aborted" => {
            connection::left(db, key, at).await?;
        }
        _ => {}
    }
    Ok(())
}

/// What follows from a join or a leave: whoever must not be there goes, emptiness is noted.
/// Failures of the media server are left to the periodic comparison.
async fn follow(state: &AppState, id: Uuid, told: &WebhookEvent) -> ApiResult<()> {
    let Some((room, event)) = room::find(&state.store.db, id).await? else {
        return Ok(());
    };
    if let ("participant_joined", Some(participant)) = (told.event.as_str(), &told.participant) {
        let checked = if crate::room::still_open(&room, &event, state.clock.now()).is_ok() {
            reconcile::enforce(state, &room, participant).await
        } else {
            state
                .media_server
                .close_room(id)
                .await
                .map_err(reconcile::ReconcileError::from)
        };
        if let Err(error) = checked {
            tracing::warn!(%error, room.id = %id, "a newcomer could not be checked");
        }
    }
    let counts = matches!(
        told.event.as_str(),
        "participant_joined"
            | "participant_left"
            | "participant_connection_aborted"
            | "room_finished"
    );
    if counts {
        reconcile::note_emptiness(state, &room, &event).await?;
    }
    Ok(())
}
