//! An engine that only keeps books: who joined, what they sent, which calls came. It stands in
//! for the real one where the host around it is tested.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use kafedra_rtc::command::{Command, Media, Opened, Started};
use kafedra_sfu::{ApiCall, ApiError, ApiReply, ConnectionId, Counters, Join, JoinError};
use livekit_protocol as proto;
use proto::{signal_request, signal_response};
use tokio::sync::mpsc;

/// What the engine has seen.
#[derive(Default)]
pub struct Books {
    pub joins: Vec<Join>,
    pub signals: Vec<proto::SignalRequest>,
    pub calls: Vec<ApiCall>,
    pub closed: Vec<ConnectionId>,
    pub rooms: HashMap<String, proto::Room>,
    clients: HashMap<ConnectionId, mpsc::Sender<proto::SignalResponse>>,
}

/// The test's end of the engine.
pub struct Bookkeeper {
    pub books: Arc<Mutex<Books>>,
    pub webhooks: mpsc::UnboundedSender<proto::WebhookEvent>,
}

impl Bookkeeper {
    /// Starts the engine. Its thread ends with the last handle.
    pub fn start() -> (Self, Started) {
        let (media, inbox) = Media::channel(Arc::new(Counters::default()), Arc::new(|| {}));
        let (webhooks, events) = mpsc::unbounded_channel();
        let books = Arc::new(Mutex::new(Books::default()));
        let shared = Arc::clone(&books);
        std::thread::spawn(move || {
            for envelope in inbox {
                let mut books = shared.lock().unwrap();
                if let Command::Shutdown(done) = envelope.command {
                    books.say_goodbye();
                    let _ = done.send(());
                    return;
                }
                books.handle(envelope.command);
            }
        });
        let started = Started {
            media,
            webhooks: events,
            udp: ([127, 0, 0, 1], 0).into(),
        };
        (Self { books, webhooks }, started)
    }

    pub fn add_room(&self, name: &str, participants: u32, most: u32) {
        let room = proto::Room {
            name: name.to_owned(),
            num_participants: participants,
            max_participants: most,
            ..Default::default()
        };
        self.books
            .lock()
            .unwrap()
            .rooms
            .insert(name.to_owned(), room);
    }

    /// Sends `response` to every client.
    pub async fn send_to_all(&self, response: signal_response::Message) {
        let clients: Vec<_> = {
            let books = self.books.lock().unwrap();
            books.clients.values().cloned().collect()
        };
        for client in clients {
            let message = Some(response.clone());
            client
                .send(proto::SignalResponse { message })
                .await
                .unwrap();
        }
    }

    /// Lets go of every client, as the engine does when it is done with one.
    pub fn dismiss_all(&self) {
        self.books.lock().unwrap().clients.clear();
    }
}

impl Books {
    fn handle(&mut self, command: Command) {
        match command {
            Command::Join { join, reply } => {
                let _ = reply.send(self.join(*join));
            }
            Command::Signal(id, request) => {
                if matches!(request.message, Some(signal_request::Message::Leave(_))) {
                    self.clients.remove(&id);
                }
                self.signals.push(request);
            }
            Command::Closed(id) => {
                self.clients.remove(&id);
                self.closed.push(id);
            }
            Command::Call { call, reply } => {
                let answer = self.answer(&call);
                self.calls.push(*call);
                let _ = reply.send(answer);
            }
            Command::Shutdown(_) => {}
        }
    }

    fn join(&mut self, join: Join) -> Result<Opened, JoinError> {
        let id = ConnectionId(self.joins.len() as u64 + 1);
        let (sender, responses) = mpsc::channel(64);
        let joined = proto::JoinResponse {
            room: Some(proto::Room {
                name: join.room.clone(),
                ..Default::default()
            }),
            participant: Some(proto::ParticipantInfo {
                identity: join.identity.clone(),
                name: join.name.clone(),
                permission: Some(join.grants.to_permission()),
                ..Default::default()
            }),
            ping_interval: 5,
            ping_timeout: 15,
            ..Default::default()
        };
        let first = signal_response::Message::Join(joined);
        let _ = sender.try_send(proto::SignalResponse {
            message: Some(first),
        });
        self.clients.insert(id, sender);
        self.joins.push(join);
        Ok(Opened { id, responses })
    }

    fn answer(&mut self, call: &ApiCall) -> Result<ApiReply, ApiError> {
        match call {
            ApiCall::CreateRoom(request) => {
                let room = proto::Room {
                    sid: "RM_test".to_owned(),
                    name: request.name.clone(),
                    metadata: request.metadata.clone(),
                    max_participants: request.max_participants,
                    ..Default::default()
                };
                self.rooms.insert(request.name.clone(), room.clone());
                Ok(ApiReply::Room(room))
            }
            ApiCall::ListRooms(request) => {
                let rooms = self
                    .rooms
                    .values()
                    .filter(|room| request.names.is_empty() || request.names.contains(&room.name))
                    .cloned()
                    .collect();
                Ok(ApiReply::ListRooms(proto::ListRoomsResponse { rooms }))
            }
            ApiCall::DeleteRoom(request) => match self.rooms.remove(&request.room) {
                Some(_) => Ok(ApiReply::DeleteRoom(proto::DeleteRoomResponse {})),
                None => Err(ApiError::RoomNotFound),
            },
            ApiCall::ListParticipants(_) => Ok(ApiReply::ListParticipants(Default::default())),
            ApiCall::GetParticipant(request) => self.participant(&request.identity),
            ApiCall::UpdateParticipant(request) => self.participant(&request.identity),
            ApiCall::RemoveParticipant(request) => {
                self.participant(&request.identity)?;
                Ok(ApiReply::RemoveParticipant(Default::default()))
            }
            ApiCall::MutePublishedTrack(request) if !request.muted => {
                Err(ApiError::RemoteUnmuteDisabled)
            }
            ApiCall::MutePublishedTrack(_) => Err(ApiError::TrackNotFound),
            ApiCall::UpdateSubscriptions(_) => {
                Ok(ApiReply::UpdateSubscriptions(Default::default()))
            }
            ApiCall::SendData(_) => Ok(ApiReply::SendData(Default::default())),
            ApiCall::UpdateRoomMetadata(request) => match self.rooms.get_mut(&request.room) {
                Some(room) => {
                    room.metadata.clone_from(&request.metadata);
                    Ok(ApiReply::Room(room.clone()))
                }
                None => Err(ApiError::RoomNotFound),
            },
        }
    }

    fn participant(&self, identity: &str) -> Result<ApiReply, ApiError> {
        self.joins
            .iter()
            .find(|join| join.identity == identity)
            .map(|join| {
                ApiReply::Participant(proto::ParticipantInfo {
                    identity: join.identity.clone(),
                    ..Default::default()
                })
            })
            .ok_or(ApiError::ParticipantNotFound)
    }

    fn say_goodbye(&mut self) {
        for (_, client) in self.clients.drain() {
            let leave = proto::LeaveRequest {
                reason: proto::DisconnectReason::ServerShutdown.into(),
                action: proto::leave_request::Action::Reconnect.into(),
                ..Default::default()
            };
            let message = Some(signal_response::Message::Leave(leave));
            let _ = client.try_send(proto::SignalResponse { message });
        }
    }
}
