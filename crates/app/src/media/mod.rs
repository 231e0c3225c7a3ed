//! The media server as this application uses it: rooms, permissions, mutes, webhooks.
//!
//! Spoken to only through LiveKit's server API over HTTP. The database is the truth and the
//! media server follows it: a decision is stored first and enforced next, and whatever the media
//! server missed is mended by [`reconcile`], which runs after failures and periodically. So a
//! crash or a lost message between the two leaves nothing half done for long.

use std::{sync::Arc, time::Duration};

use kafedra_model::seat::May;
use livekit_api::services::{
    ServerError, ServerErrorCode, ServiceError,
    room::{CreateRoomOptions, RoomClient, UpdateParticipantOptions},
};
use livekit_protocol::{ParticipantInfo, ParticipantPermission, Room, TrackSource};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{ApiError, AppState, Code, MediaConfig, problem::Words};

pub mod check;
pub mod heartbeat;
pub mod reconcile;
pub mod token;
pub mod webhook;

pub const AWAY: Code = Code {
    code: "media.away",
    status: 503,
    ru: Words {
        title: "Сервер звука и видео не отвечает",
        detail: "Ничего не изменилось. Повторите через несколько секунд; если не поможет, сообщите администратору.",
    },
    en: Words {
        title: "The audio and video server does not answer",
        detail: "Nothing has changed. Try again in a few seconds; if it does not help, tell the administrator.",
    },
};
pub const LATE: Code = Code {
    code: "media.late",
    status: 502,
    ru: Words {
        title: "Решение сохранено, но ещё не подействовало",
        detail: "Сервер звука и видео сейчас не отвечает. Решение подействует само, как только он ответит; повторять не нужно.",
    },
    en: Words {
        title: "Your decision is kept but has not taken effect yet",
        detail: "The audio and video server does not answer now. The decision takes effect by itself as soon as it does; there is no need to repeat it.",
    },
};

pub const CODES: &[Code] = &[AWAY, LATE, webhook::UNSIGNED];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(check::check))
        .routes(routes!(webhook::webhook))
}

/// How long one call may take: longer than this, and a person waits for nothing.
const CALL_TIME: Duration = Duration::from_secs(4);
/// Seconds that the media server keeps a room nobody has entered, and one that all have left:
/// long enough for a reload.
const EMPTY_SECONDS: u32 = 300;
const DEPARTURE_SECONDS: u32 = 60;

/// Why the media server did not do as told.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// It knows no such room, participant or track: for the application that is mostly fine.
    #[error("not there")]
    Gone,
    #[error("the media server does not answer: {0}")]
    Away(String),
}

impl From<ServiceError> for MediaError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Twirp(ServerError::Twirp(told))
                if told.code == ServerErrorCode::NOT_FOUND =>
            {
                Self::Gone
            }
            error => Self::Away(error.to_string()),
        }
    }
}

impl MediaError {
    /// The refusal of a request that changed nothing.
    pub fn away(self) -> ApiError {
        tracing::warn!(error = %self, "the media server did not do as told");
        ApiError::new(&AWAY)
    }
}

/// The client of the media server's API; cheap to clone.
#[derive(Clone)]
pub struct MediaServer(Arc<RoomClient>);

impl MediaServer {
    pub fn new(config: &MediaConfig) -> Self {
        Self(Arc::new(
            RoomClient::with_api_key(&config.url, &config.key, &config.secret)
                .with_failover(false)
                .with_request_timeout(CALL_TIME),
        ))
    }

    /// Makes the room, or leaves it as it is where it exists.
    pub async fn open_room(&self, name: &str, capacity: u32) -> Result<(), MediaError> {
        self.0
            .create_room(
                name,
                CreateRoomOptions {
                    empty_timeout: EMPTY_SECONDS,
                    departure_timeout: DEPARTURE_SECONDS,
                    max_participants: capacity,
                    ..Default::default()
                },
            )
            .await?;
        Ok(())
    }

    /// Sends everybody out and forgets the room.
    pub async fn close_room(&self, room: Uuid) -> Result<(), MediaError> {
        gone_is_fine(
            self.0
                .delete_room(&room.to_string())
                .await
                .map_err(Into::into),
        )
    }

    /// All rooms of the media server, also such as other applications made.
    pub async fn rooms(&self) -> Result<Vec<Room>, MediaError> {
        Ok(self.0.list_rooms(Vec::new()).await?)
    }

    /// Who is connected; nobody where the media server knows no such room.
    pub async fn participants(&self, room: Uuid) -> Result<Vec<ParticipantInfo>, MediaError> {
        match self.0.list_participants(&room.to_string()).await {
            Ok(participants) => Ok(participants),
            Err(error) => match error.into() {
                MediaError::Gone => Ok(Vec::new()),
                error => Err(error),
            },
        }
    }

    /// Sends one participant out and voids their tokens.
    pub async fn remove(&self, room: Uuid, identity: &str) -> Result<(), MediaError> {
        gone_is_fine(
            self.0
                .remove_participant(&room.to_string(), identity)
                .await
                .map_err(Into::into),
        )
    }

    /// Replaces what a participant may do, and the role shown to the others.
    pub async fn permit(
        &self,
        room: Uuid,
        identity: &str,
        may: May,
        metadata: String,
    ) -> Result<(), MediaError> {
        let updated = self
            .0
            .update_participant(
                &room.to_string(),
                identity,
                UpdateParticipantOptions {
                    metadata,
                    permission: Some(permission(may)),
                    ..Default::default()
                },
            )
            .await
            .map(drop)
            .map_err(Into::into);
        gone_is_fine(updated)
    }

    /// Mutes one published track.
    pub async fn mute(&self, room: Uuid, identity: &str, track: &str) -> Result<(), MediaError> {
        let (client, identity, track) = (self.0.clone(), identity.to_owned(), track.to_owned());
        // In a task of its own: the client unwraps the track that LiveKit echoes, and a server
        // that leaves it out must not take the request down with it.
        let call = tokio::spawn(async move {
            client
                .mute_published_track(&room.to_string(), &identity, &track, true)
                .await
        });
        match call.await {
            Ok(muted) => gone_is_fine(muted.map(drop).map_err(Into::into)),
            Err(_) => Ok(()),
        }
    }
}

fn gone_is_fine(done: Result<(), MediaError>) -> Result<(), MediaError> {
    match done {
        Err(MediaError::Gone) => Ok(()),
        done => done,
    }
}

/// The sources that a seat may publish.
pub fn sources(may: May) -> Vec<TrackSource> {
    let mut sources = Vec::new();
    if may.unmute {
        sources.push(TrackSource::Microphone);
    }
    if may.video {
        sources.push(TrackSource::Camera);
    }
    if may.share {
        sources.extend([TrackSource::ScreenShare, TrackSource::ScreenShareAudio]);
    }
    sources
}

/// What the media server enforces for a seat. An empty list of sources would mean «all» there,
/// so that «none» is said by `can_publish`.
pub fn permission(may: May) -> ParticipantPermission {
    let sources = sources(may);
    ParticipantPermission {
        can_subscribe: true,
        can_publish: !sources.is_empty(),
        can_publish_data: may.chat,
        can_publish_sources: sources.into_iter().map(|source| source as i32).collect(),
        ..Default::default()
    }
}
