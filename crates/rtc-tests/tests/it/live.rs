//! The whole media server, engine included, over its public endpoints.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::post;
use kafedra_rtc::{Config, MediaServer, token};
use livekit_api::services::room::{CreateRoomOptions, RoomClient, UpdateParticipantOptions};
use livekit_protocol as proto;
use prost::Message as _;
use proto::leave_request::Action;
use proto::signal_response::Message;
use proto::{DisconnectReason, JoinResponse, signal_request};
use tokio_tungstenite::tungstenite;

use crate::support::{
    Client, KEY, SECRET, SOON, config, eventually, join_path, plain_request, serve, token as sign,
    wrap,
};

struct Live {
    url: String,
    media: MediaServer,
    /// Names of the events that the application was told, in order.
    events: Arc<Mutex<Vec<String>>>,
}

impl Live {
    async fn start() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let events: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&events);
        let hook = post(move |body: String| async move {
            let event: proto::WebhookEvent = serde_json::from_str(&body).unwrap();
            log.lock().unwrap().push(event.event);
        });
        let application = serve(Router::new().route("/hook", hook)).await;
        let mut config = config();
        config.webhooks = vec![format!("http://{application}/hook")];
        change(&mut config);
        let media = kafedra_rtc::start(&config).unwrap();
        let address = serve(media.router.clone().merge(media.twirp.clone())).await;
        Self {
            url: address.to_string(),
            media,
            events,
        }
    }

    fn rooms(&self) -> RoomClient {
        RoomClient::with_api_key(&format!("http://{}", self.url), KEY, SECRET)
    }

    async fn connect(&self, path: &str) -> Result<Client, (u16, String)> {
        match tokio_tungstenite::connect_async(format!("ws://{}{path}", self.url)).await {
            Ok((socket, _)) => Ok(Client(socket)),
            Err(tungstenite::Error::Http(answer)) => {
                let body = answer.body().clone().unwrap_or_default();
                Err((answer.status().as_u16(), String::from_utf8(body).unwrap()))
            }
            Err(error) => panic!("{error}"),
        }
    }

    async fn join(&self, room: &str, identity: &str) -> (Client, JoinResponse) {
        let path = join_path(&sign(room, identity));
        let mut client = self.connect(&path).await.unwrap();
        match client.receive().await {
            Some(Message::Join(join)) => (client, join),
            other => panic!("{other:?}"),
        }
    }

    async fn told(&self, expected: &[&str]) {
        eventually(|| (*self.events.lock().unwrap() == expected).then_some(())).await;
    }
}

impl Client {
    async fn refreshed_token(&mut self) -> String {
        self.until(|message| match message {
            Message::RefreshToken(token) => Some(token.clone()),
            _ => None,
        })
        .await
    }

    async fn ask(&mut self, message: signal_request::Message) {
        let request = proto::SignalRequest {
            message: Some(message),
        };
        let frame = request.encode_to_vec();
        self.send(tungstenite::Message::Binary(frame.into())).await;
    }
}

#[tokio::test]
async fn the_join_response_holds_what_clients_need() {
    let live = Live::start().await;
    let (_anna, first) = live.join("room", "anna").await;
    let (_boris, second) = live.join("room", "boris").await;
    assert_eq!((first.ping_interval, first.ping_timeout), (5, 15));
    assert!(
        first
            .room
            .is_some_and(|room| room.sid.starts_with("RM_") && room.name == "room")
    );
    let anna = first.participant.unwrap();
    assert!(anna.sid.starts_with("PA_"));
    assert!(
        anna.permission
            .is_some_and(|may| may.can_publish && may.can_subscribe)
    );
    assert!(first.other_participants.is_empty());
    assert_eq!(second.other_participants[0].identity, "anna");
    let server = second.server_info.unwrap();
    assert_eq!(server.protocol, 17);
    let version: Vec<u32> = server
        .version
        .split('.')
        .map(|part| part.parse().unwrap())
        .collect();
    assert!(version >= vec![1, 8, 0], "{}", server.version);
    assert!(!second.enabled_publish_codecs.is_empty());
    assert!(!second.sif_trailer.is_empty());
}

#[tokio::test]
async fn a_token_is_refreshed_after_joining_and_when_grants_change() {
    let live = Live::start().await;
    let (mut anna, _) = live.join("room", "anna").await;
    let keys = config().keys;
    let first = token::verify(&keys, &anna.refreshed_token().await).unwrap();
    assert_eq!(first.sub, "anna");
    assert!(token::grants(&first.video).can_publish);

    let options = UpdateParticipantOptions {
        permission: Some(proto::ParticipantPermission {
            can_subscribe: true,
            ..Default::default()
        }),
        ..Default::default()
    };
    live.rooms()
        .update_participant("room", "anna", options)
        .await
        .unwrap();
    let second = token::verify(&keys, &anna.refreshed_token().await).unwrap();
    let grants = token::grants(&second.video);
    assert!(!grants.can_publish && !grants.can_publish_data && grants.can_subscribe);
}

#[tokio::test]
async fn the_application_is_told_in_order() {
    let live =
        Live::with(|config| config.rooms.departure_timeout = std::time::Duration::ZERO).await;
    let (mut anna, _) = live.join("room", "anna").await;
    anna.ask(signal_request::Message::Leave(Default::default()))
        .await;
    assert_eq!(anna.closed().await.0, 1000);
    // She never got as far as media, so she neither joined nor left.
    live.told(&[
        "room_started",
        "participant_connection_aborted",
        "room_finished",
    ])
    .await;
}

#[tokio::test]
async fn a_full_room_refuses_with_429() {
    let live = Live::start().await;
    let options = CreateRoomOptions {
        max_participants: 1,
        ..Default::default()
    };
    live.rooms().create_room("room", options).await.unwrap();
    let (_anna, _) = live.join("room", "anna").await;
    let refused = live.connect(&join_path(&sign("room", "boris"))).await;
    let (status, body) = refused.err().unwrap();
    assert_eq!((status, body.contains("max participants")), (429, true));
}

#[tokio::test]
async fn a_removed_participant_is_out_and_stays_out() {
    let live = Live::start().await;
    let (mut anna, _) = live.join("room", "anna").await;
    let refreshed = anna.refreshed_token().await;
    live.rooms()
        .remove_participant("room", "anna")
        .await
        .unwrap();
    assert_eq!(
        anna.left().await,
        (DisconnectReason::ParticipantRemoved, Action::Disconnect)
    );
    assert_eq!(anna.closed().await.0, 1000);
    // The token that the server itself gave is void too.
    let back = live.connect(&join_path(&refreshed)).await;
    assert_eq!(back.err().unwrap().0, 401);
}

#[tokio::test]
async fn deleting_a_room_sends_everybody_out() {
    let live = Live::start().await;
    let (mut anna, _) = live.join("room", "anna").await;
    live.rooms().delete_room("room").await.unwrap();
    assert_eq!(
        anna.left().await,
        (DisconnectReason::RoomDeleted, Action::Disconnect)
    );
    assert!(
        live.rooms()
            .list_rooms(Vec::new())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn the_same_identity_evicts_its_former_self() {
    let live = Live::start().await;
    let (mut first, _) = live.join("room", "anna").await;
    let (_second, join) = live.join("room", "anna").await;
    assert!(join.other_participants.is_empty());
    assert_eq!(
        first.left().await,
        (DisconnectReason::DuplicateIdentity, Action::Disconnect)
    );
}

#[tokio::test]
async fn resuming_what_is_not_there_asks_for_a_new_join() {
    let live = Live::start().await;
    let request = wrap(&proto::JoinRequest {
        reconnect: true,
        participant_sid: "PA_nobody".to_owned(),
        ..plain_request()
    });
    let path = format!(
        "/rtc/v1?access_token={}&join_request={request}",
        sign("room", "anna")
    );
    let mut client = live.connect(&path).await.unwrap();
    assert_eq!(
        client.left().await,
        (DisconnectReason::StateMismatch, Action::Reconnect)
    );
}

#[tokio::test]
async fn a_lost_socket_resumes_with_the_same_session() {
    let live = Live::start().await;
    let (anna, join) = live.join("room", "anna").await;
    let sid = join.participant.unwrap().sid;
    drop(anna);
    let request = wrap(&proto::JoinRequest {
        reconnect: true,
        participant_sid: sid.clone(),
        ..plain_request()
    });
    let path = format!(
        "/rtc/v1?access_token={}&join_request={request}",
        sign("room", "anna")
    );
    let mut back = live.connect(&path).await.unwrap();
    assert!(matches!(back.receive().await, Some(Message::Reconnect(_))));
    let listed = live.rooms().list_participants("room").await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].sid, sid);
}

#[tokio::test]
async fn broken_sdp_costs_its_sender_the_session_and_nobody_else() {
    let live = Live::start().await;
    let (mut anna, _) = live.join("room", "anna").await;
    let (mut boris, _) = live.join("room", "boris").await;
    for sdp in ["", "nonsense", "v=0\r\nm=video 9 BOOM 96\r\n"] {
        anna.ask(signal_request::Message::Offer(proto::SessionDescription {
            r#type: "offer".to_owned(),
            sdp: sdp.to_owned(),
            ..Default::default()
        }))
        .await;
    }
    let (_, action) = anna.left().await;
    assert_eq!(action, Action::Reconnect);
    boris.ask(signal_request::Message::Ping(1)).await;
    boris
        .until(|message| matches!(message, Message::Pong(_)).then_some(()))
        .await;
}

#[tokio::test]
async fn the_old_signalling_is_refused_in_words() {
    let live = Live::start().await;
    let token = sign("room", "anna");
    let refused = live.connect(&format!("/rtc?access_token={token}")).await;
    let (status, body) = refused.err().unwrap();
    assert_eq!((status, body.contains("/rtc/v1")), (400, true));
    let url = format!("http://{}/rtc/validate?access_token={token}", live.url);
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("/rtc/v1"));

    // The same path with a join request is the new signalling.
    let request = wrap(&plain_request());
    let path = format!("/rtc?access_token={token}&join_request={request}");
    assert!(live.connect(&path).await.is_ok());
}

#[tokio::test]
async fn at_shutdown_everybody_is_told_to_reconnect() {
    let live = Live::start().await;
    let (mut anna, _) = live.join("room", "anna").await;
    let stopping = live.media.shutdown();
    let farewell = anna.left();
    let (_, left) = tokio::time::timeout(SOON, async { tokio::join!(stopping, farewell) })
        .await
        .expect("shutdown hangs");
    assert_eq!(left.1, Action::Reconnect);
    let refused = live.connect(&join_path(&sign("room", "anna"))).await;
    assert_eq!(refused.err().unwrap().0, 503);
}

#[tokio::test]
async fn random_datagrams_disturb_nobody() {
    use rand::{RngCore, SeedableRng};
    let live = Live::start().await;
    let (mut anna, _) = live.join("room", "anna").await;
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let mut rng = rand::rngs::StdRng::seed_from_u64(5);
    for length in 0..1500 {
        let mut datagram = vec![0; length];
        rng.fill_bytes(&mut datagram);
        socket.send_to(&datagram, live.media.udp).await.unwrap();
    }
    anna.ask(signal_request::Message::Ping(1)).await;
    anna.until(|message| matches!(message, Message::Pong(_)).then_some(()))
        .await;
}
