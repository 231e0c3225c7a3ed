//! The application and the real media server together: who is let in, and who is sent out.

use std::net::SocketAddr;

use kafedra_app::media::reconcile::sweep;
use kafedra_model::consent;
use kafedra_rtc::{Config, Keys, MediaServer};
use kafedra_testkit::{
    City, TestDatabase,
    app::{MEDIA_KEY, MEDIA_SECRET},
};
use livekit_api::access_token::{AccessToken, VideoGrants};
use proto::signal_response::Message;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite;

use livekit_protocol as proto;

use crate::support::{Client, join_path};

/// A city whose media server is the real one; each knows the other's address.
async fn start() -> (City, MediaServer, SocketAddr) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let city = City::with_media(TestDatabase::sqlite().await, &format!("http://{address}")).await;
    let keys = Keys::one(MEDIA_KEY, MEDIA_SECRET).unwrap();
    let mut config = Config::new(keys, ([127, 0, 0, 1], 0).into());
    config.webhooks = vec![format!("{}/api/media/webhook", city.app.base)];
    let media = kafedra_rtc::start(&config).unwrap();
    let router = media.router.clone().merge(media.twirp.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (city, media, address)
}

/// Joins with a token; `Err` with the status where the media server refuses it.
async fn connect(address: SocketAddr, token: &str) -> Result<Client, u16> {
    let url = format!("ws://{address}{}", join_path(token));
    match tokio_tungstenite::connect_async(url).await {
        Ok((socket, _)) => Ok(Client(socket)),
        Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

async fn joined(address: SocketAddr, token: &str) -> (Client, proto::JoinResponse) {
    let mut client = connect(address, token).await.unwrap();
    match client.receive().await {
        Some(Message::Join(join)) => (client, join),
        other => panic!("{other:?}"),
    }
}

/// Waits until the media server says goodbye.
async fn sent_out(client: &mut Client) {
    while let Some(message) = client.receive().await {
        if matches!(message, Message::Leave(_)) {
            return;
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_application_lets_in_restricts_and_sends_out() {
    let (city, media, address) = start().await;
    let host = city.signed_in("teacher").await;
    let event = host.post("/api/events/now", json!({})).await.ok();
    let path = |rest: &str| format!("/api/rooms/{}{rest}", text(&event["room"]["id"]));
    host.post(&path("/seats"), json!({})).await.ok();
    let token = host.post(&path("/token"), json!({})).await.ok();
    let (mut hosts, join) = joined(address, text(&token["token"])).await;
    let room = join.room.unwrap();
    assert_eq!(room.name, text(&event["room"]["id"]));
    assert_eq!(room.max_participants, 1000);

    let guest = city.app.browser();
    let name = json!({ "guestName": "Гость", "consentVersion": consent::current().version });
    let seat = guest.post(&path("/seats"), name).await.ok();
    guest
        .post(&path("/token"), json!({}))
        .await
        .refused("seat.waiting");
    // Somebody who got hold of a token before being admitted is found and sent out.
    let stolen = AccessToken::with_api_key(MEDIA_KEY, MEDIA_SECRET)
        .with_identity(text(&seat["id"]))
        .with_grants(VideoGrants {
            room_join: true,
            room: room.name.clone(),
            ..VideoGrants::default()
        })
        .to_jwt()
        .unwrap();
    let (mut intruder, _) = joined(address, &stolen).await;
    sweep(&city.app.state).await.unwrap();
    sent_out(&mut intruder).await;

    let colleague = city.signed_in("teacher2").await;
    let seat = colleague.post(&path("/seats"), json!({})).await.ok();
    let act = |verb: &str| path(&format!("/seats/{}{verb}", text(&seat["id"])));
    let token = colleague.post(&path("/token"), json!({})).await.ok();
    let (mut theirs, join) = joined(address, text(&token["token"])).await;
    let may = join.participant.unwrap().permission.unwrap();
    assert!(may.can_publish && may.can_publish_data);
    host.patch(
        &path(""),
        json!({ "allowUnmute": false, "allowChat": false }),
    )
    .await
    .ok();
    let rooms = city
        .app
        .state
        .media_server
        .participants(room.name.parse().unwrap());
    let sent = rooms.await.unwrap();
    let they = sent
        .iter()
        .find(|p| p.identity == text(&seat["id"]))
        .unwrap();
    let may = they.permission.clone().unwrap();
    assert!(may.can_publish && !may.can_publish_data);
    assert!(
        !may.can_publish_sources
            .contains(&(proto::TrackSource::Microphone as i32))
    );

    host.post(&act("/remove"), json!({})).await.ok();
    sent_out(&mut theirs).await;
    assert_eq!(
        connect(address, text(&token["token"])).await.err(),
        Some(401)
    );
    host.post(&path("/end"), json!({})).await.ok();
    sent_out(&mut hosts).await;
    assert!(
        city.app
            .state
            .media_server
            .rooms()
            .await
            .unwrap()
            .is_empty()
    );
    media.shutdown().await;
}
