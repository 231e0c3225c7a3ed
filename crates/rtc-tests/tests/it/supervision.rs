//! A panic of the engine costs everybody their connection, and nobody the meeting.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kafedra_rtc::command::{Media, MediaConfig};
use kafedra_rtc::{MediaServer, engine};
use livekit_api::services::room::RoomClient;
use livekit_protocol as proto;
use proto::DisconnectReason;
use proto::leave_request::Action;
use proto::signal_response::Message;
use tokio_tungstenite::{connect_async, tungstenite};

use crate::support::{Client, KEY, SECRET, config, eventually, join_path, serve, token};

/// Whose token the engine panics over, once.
const FUSE: &str = "fuse";

struct Server {
    address: String,
    media: MediaServer,
    figures: Media,
}

impl Server {
    async fn start() -> Self {
        let whole = AtomicBool::new(true);
        let rooms = kafedra_sfu::Config {
            mint: Arc::new(move |claims| {
                let burns = claims.identity == FUSE && whole.swap(false, Ordering::Relaxed);
                assert!(!burns, "the fuse burnt through");
                None
            }),
            ..kafedra_sfu::Config::default()
        };
        let started = engine::start(MediaConfig {
            bind: ([127, 0, 0, 1], 0).into(),
            advertise: Vec::new(),
            rooms,
        })
        .unwrap();
        let figures = started.media.clone();
        let media = MediaServer::around(&config(), started).unwrap();
        let address = serve(media.router.clone().merge(media.twirp.clone())).await;
        Self {
            address: address.to_string(),
            media,
            figures,
        }
    }

    async fn join(&self, identity: &str) -> Result<(Client, proto::JoinResponse), u16> {
        let url = format!(
            "ws://{}{}",
            self.address,
            join_path(&token("room", identity))
        );
        let (socket, _) = match connect_async(url).await {
            Ok(connected) => connected,
            Err(tungstenite::Error::Http(answer)) => {
                return Err(answer.status().as_u16());
            }
            Err(error) => panic!("{error}"),
        };
        let mut client = Client(socket);
        match client.receive().await {
            Some(Message::Join(join)) => Ok((client, join)),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn after_a_panic_everybody_is_told_to_join_again_and_can() {
    let server = Server::start().await;
    let (mut anna, _) = server.join("anna").await.unwrap();
    let (mut boris, _) = server.join("boris").await.unwrap();
    assert_eq!(server.join(FUSE).await.err(), Some(503), "try again later");

    for client in [&mut anna, &mut boris] {
        let told = client.left().await;
        assert_eq!(told, (DisconnectReason::StateMismatch, Action::Reconnect));
        assert_eq!(client.closed().await.0, 1000);
    }
    let figures = server.figures.counters();
    assert_eq!(figures.engine_panics.get(), 1);
    assert_eq!((figures.rooms.get(), figures.participants.get()), (0, 0));

    let (_anna, alone) = server.join("anna").await.unwrap();
    assert!(alone.other_participants.is_empty(), "nobody is left over");
    let (_boris, _) = server.join("boris").await.unwrap();
    server.join(FUSE).await.unwrap();
    let rooms = RoomClient::with_api_key(&format!("http://{}", server.address), KEY, SECRET);
    let listed = rooms.list_participants("room").await.unwrap();
    assert_eq!(listed.len(), 3);
}

#[tokio::test]
async fn after_a_panic_media_is_received_on_the_same_port() {
    let server = Server::start().await;
    assert_eq!(server.join(FUSE).await.err(), Some(503));
    let figures = server.figures.counters();
    eventually(|| (figures.engine_panics.get() == 1).then_some(())).await;
    let before = figures.datagrams_unknown.get();
    let stranger = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    stranger.send_to(b"hello", server.media.udp).await.unwrap();
    eventually(|| (figures.datagrams_unknown.get() == before + 1).then_some(())).await;
    server.media.shutdown().await;
}
