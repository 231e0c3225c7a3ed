//! A media server that only keeps books: it answers the RoomService calls that the
//! application makes, remembers them, and sends webhooks when told to.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use livekit_api::access_token::AccessToken;
use livekit_protocol as proto;
use parking_lot::Mutex;
use prost::Message;
use sha2::{Digest, Sha256};

use crate::{
    Answer, TestApp,
    app::{MEDIA_KEY, MEDIA_SECRET},
};

/// Cheap to clone; all clones are one server.
#[derive(Clone)]
pub struct FakeMedia {
    pub url: String,
    books: Arc<Mutex<Books>>,
}

#[derive(Default)]
struct Books {
    calls: Vec<String>,
    rooms: BTreeMap<String, Vec<proto::ParticipantInfo>>,
    away: bool,
    number: u64,
}

impl FakeMedia {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let books = Arc::<Mutex<Books>>::default();
        let service = Router::new()
            .route("/twirp/livekit.RoomService/{method}", post(answer))
            .with_state(books.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { url, books }
    }

    /// From now on every call fails, or no longer.
    pub fn set_away(&self, away: bool) {
        self.books.lock().away = away;
    }

    /// The calls so far, as `Method room identity …`; forgets them.
    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.books.lock().calls)
    }

    /// Who is in a room, by identity; `None` where there is no such room.
    pub fn present(&self, room: &str) -> Option<Vec<String>> {
        let books = self.books.lock();
        let there = books.rooms.get(room)?;
        Some(there.iter().map(|p| p.identity.clone()).collect())
    }

    /// What the server lets an identity do now.
    pub fn permission(&self, room: &str, identity: &str) -> Option<proto::ParticipantPermission> {
        let books = self.books.lock();
        let there = books.rooms.get(room)?;
        there
            .iter()
            .find(|p| p.identity == identity)?
            .permission
            .clone()
    }

    /// Somebody connects, publishing these sources. The webhook goes out separately.
    pub fn join(
        &self,
        room: &str,
        identity: &str,
        sources: &[proto::TrackSource],
    ) -> proto::ParticipantInfo {
        let mut books = self.books.lock();
        books.number += 1;
        let number = books.number;
        let participant = proto::ParticipantInfo {
            sid: format!("PA_{number}"),
            identity: identity.to_owned(),
            tracks: sources
                .iter()
                .map(|source| proto::TrackInfo {
                    sid: format!("TR_{number}_{}", *source as i32),
                    source: *source as i32,
                    ..Default::default()
                })
                .collect(),
            ..Default::default()
        };
        books
            .rooms
            .entry(room.to_owned())
            .or_default()
            .push(participant.clone());
        participant
    }

    /// A connection ends. The webhook goes out separately.
    pub fn leave(&self, room: &str, sid: &str) {
        if let Some(there) = self.books.lock().rooms.get_mut(room) {
            there.retain(|participant| participant.sid != sid);
        }
    }

    /// Sends a webhook to the application as LiveKit does.
    pub async fn tell(
        &self,
        app: &TestApp,
        id: &str,
        event: &str,
        room: &str,
        participant: &proto::ParticipantInfo,
    ) -> Answer {
        let told = proto::WebhookEvent {
            event: event.to_owned(),
            id: id.to_owned(),
            created_at: app.clock.now().timestamp(),
            room: Some(proto::Room {
                name: room.to_owned(),
                sid: "RM_1".to_owned(),
                ..Default::default()
            }),
            participant: Some(participant.clone()),
            ..Default::default()
        };
        let body = serde_json::to_string(&told).expect("JSON");
        deliver(app, body.clone(), &sign(&body)).await
    }
}

/// The `Authorization` of a webhook with this body.
pub fn sign(body: &str) -> String {
    AccessToken::with_api_key(MEDIA_KEY, MEDIA_SECRET)
        .with_sha256(&BASE64_STANDARD.encode(Sha256::digest(body)))
        .to_jwt()
        .expect("a token")
}

/// Posts a webhook with this signature.
pub async fn deliver(app: &TestApp, body: String, authorization: &str) -> Answer {
    // As a server sends it: without cookies and without what browsers add.
    let request = app
        .browser()
        .client
        .post(format!("{}/api/media/webhook", app.base))
        .header("authorization", authorization)
        .header("content-type", "application/webhook+json")
        .body(body);
    Answer::of(request).await
}

async fn answer(
    State(books): State<Arc<Mutex<Books>>>,
    Path(method): Path<String>,
    body: Bytes,
) -> Response {
    let mut books = books.lock();
    if books.away {
        return refuse("unavailable", StatusCode::SERVICE_UNAVAILABLE);
    }
    let done = match method.as_str() {
        "CreateRoom" => books.create(&body),
        "DeleteRoom" => books.delete(&body),
        "ListRooms" => books.list(),
        "ListParticipants" => books.participants(&body),
        "RemoveParticipant" => books.remove(&body),
        "UpdateParticipant" => books.update(&body),
        "MutePublishedTrack" => books.mute(&body),
        _ => None,
    };
    done.map_or_else(
        || refuse("not_found", StatusCode::NOT_FOUND),
        |bytes| ([("content-type", "application/protobuf")], bytes).into_response(),
    )
}

fn refuse(code: &str, status: StatusCode) -> Response {
    let body = serde_json::json!({ "code": code, "msg": "as the test wished" });
    (status, Json(body)).into_response()
}

fn read<M: Message + Default>(body: &Bytes) -> M {
    M::decode(body.clone()).expect("protobuf")
}

impl Books {
    fn create(&mut self, body: &Bytes) -> Option<Vec<u8>> {
        let asked: proto::CreateRoomRequest = read(body);
        let note = format!("CreateRoom {} {}", asked.name, asked.max_participants);
        self.calls.push(note);
        self.rooms.entry(asked.name.clone()).or_default();
        let room = proto::Room {
            name: asked.name,
            ..Default::default()
        };
        Some(room.encode_to_vec())
    }

    fn delete(&mut self, body: &Bytes) -> Option<Vec<u8>> {
        let asked: proto::DeleteRoomRequest = read(body);
        self.calls.push(format!("DeleteRoom {}", asked.room));
        self.rooms.remove(&asked.room)?;
        Some(proto::DeleteRoomResponse::default().encode_to_vec())
    }

    fn list(&mut self) -> Option<Vec<u8>> {
        let rooms = self.rooms.keys().map(|name| proto::Room {
            name: name.clone(),
            ..Default::default()
        });
        let list = proto::ListRoomsResponse {
            rooms: rooms.collect(),
        };
        Some(list.encode_to_vec())
    }

    fn participants(&mut self, body: &Bytes) -> Option<Vec<u8>> {
        let asked: proto::ListParticipantsRequest = read(body);
        let list = proto::ListParticipantsResponse {
            participants: self.rooms.get(&asked.room)?.clone(),
        };
        Some(list.encode_to_vec())
    }

    fn remove(&mut self, body: &Bytes) -> Option<Vec<u8>> {
        let asked: proto::RoomParticipantIdentity = read(body);
        self.calls
            .push(format!("RemoveParticipant {}", asked.identity));
        let there = self.rooms.get_mut(&asked.room)?;
        there.retain(|participant| participant.identity != asked.identity);
        Some(proto::RemoveParticipantResponse::default().encode_to_vec())
    }

    fn update(&mut self, body: &Bytes) -> Option<Vec<u8>> {
        let asked: proto::UpdateParticipantRequest = read(body);
        self.calls
            .push(format!("UpdateParticipant {}", asked.identity));
        let there = self.rooms.get_mut(&asked.room)?;
        let participant = there
            .iter_mut()
            .find(|participant| participant.identity == asked.identity)?;
        participant.permission = asked.permission;
        participant.metadata = asked.metadata;
        Some(participant.encode_to_vec())
    }

    fn mute(&mut self, body: &Bytes) -> Option<Vec<u8>> {
        let asked: proto::MuteRoomTrackRequest = read(body);
        let note = format!("MutePublishedTrack {} {}", asked.identity, asked.track_sid);
        self.calls.push(note);
        let participant = self
            .rooms
            .get_mut(&asked.room)?
            .iter_mut()
            .find(|participant| participant.identity == asked.identity)?;
        let track = participant
            .tracks
            .iter_mut()
            .find(|track| track.sid == asked.track_sid)?;
        track.muted = asked.muted;
        let reply = proto::MuteRoomTrackResponse {
            track: Some(track.clone()),
        };
        Some(reply.encode_to_vec())
    }
}
