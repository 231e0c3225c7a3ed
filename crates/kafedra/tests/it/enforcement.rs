//! What was decided about a client holds though the client ignores it and goes on sending: the
//! real program, real sockets, and the load generator's peers with the manners taken out.

use std::{
    future::pending,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use kafedra_loadgen::{
    participant::{Observed, Role, add_track_request, publish, take_part, tracks},
    peer::Peer,
    signalling::{Door, Signalling},
};
use kafedra_testkit::Running;
use livekit_api::{
    access_token::VideoGrants,
    services::room::{RoomClient, UpdateParticipantOptions},
};
use livekit_protocol as proto;
use proto::{TrackSource, request_response::Reason, signal_request, signal_response::Message};
use tokio::{
    sync::{mpsc, watch},
    time::{sleep, sleep_until},
};

use crate::{get, program};

const KEY: &str = "outsidekey";
const SECRET: &str = "a-secret-of-the-enforcement-tests";
const ROOM: &str = "ward";
const PATCHED: &str = "patched";
/// Its number in what it sends.
const NUMBER: u16 = 7;
/// Long enough for a hundred packets of each kind.
const A_WHILE: Duration = Duration::from_secs(2);
/// How long a busy machine may take for what should come at once.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server, somebody who only watches, and a client that obeys nobody.
struct Scene {
    server: Running,
    rooms: RoomClient,
    watcher: Observed,
    told: Arc<Mutex<Vec<Message>>>,
    requests: mpsc::UnboundedSender<signal_request::Message>,
    _stop: watch::Sender<bool>,
}

impl Scene {
    async fn with(grants: VideoGrants) -> Self {
        let server = program()
            .with("KAFEDRA_MEDIA__KEY", KEY)
            .with("KAFEDRA_MEDIA__SECRET", SECRET)
            .with("KAFEDRA_MEDIA__EXPOSE_API", true)
            .start("serve");
        let address: SocketAddr = server.url.strip_prefix("http://").unwrap().parse().unwrap();
        let role = Role {
            door: Door {
                url: server.url.clone(),
                key: KEY.to_owned(),
                secret: SECRET.to_owned(),
            },
            server: address,
            room: ROOM.to_owned(),
            identity: "watcher".to_owned(),
            publisher: None,
            video_kbps: 1000,
            began: Instant::now(),
        };
        let watcher = observed(role.clone());
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(take_part(watcher.clone(), stopped));
        let patched = observed(Role {
            identity: PATCHED.to_owned(),
            publisher: Some(NUMBER),
            ..role
        });
        let told = Arc::new(Mutex::default());
        let (requests, asked) = mpsc::unbounded_channel();
        tokio::spawn(misbehave(patched, grants, Arc::clone(&told), asked));
        Self {
            rooms: RoomClient::with_api_key(&server.url, KEY, SECRET),
            server,
            watcher,
            told,
            requests,
            _stop: stop,
        }
    }

    /// Packets of sound and of picture that arrive at the watcher in a while.
    async fn arrive(&self) -> (u64, u64) {
        self.watcher.with_tally(|tally| tally.begin());
        sleep(A_WHILE).await;
        let tally = self.watcher.tally();
        (
            tally.packets_of(NUMBER, false),
            tally.packets_of(NUMBER, true),
        )
    }

    /// Waits until what arrives in a while is as it should be.
    async fn soon(&self, expected: &str, holds: impl Fn((u64, u64)) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let arrived = self.arrive().await;
            if holds(arrived) {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "{expected}, but {arrived:?} packets of sound and picture arrive\n{}",
                self.server.log()
            );
        }
    }

    async fn both_arrive(&self) {
        self.soon("both should arrive", |(sound, picture)| {
            sound > 0 && picture > 0
        })
        .await;
    }

    /// A counter of the metrics page.
    async fn figure(&self, name: &str) -> u64 {
        let page = get(&self.server, "/metrics").await.text().await.unwrap();
        let line = page.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name} in {page}"))
            .trim()
            .parse()
            .unwrap()
    }

    /// Proves that the client goes on sending: the server drops more and more of it.
    async fn is_dropped_still(&self, counter: &str) {
        let before = self.figure(counter).await;
        sleep(A_WHILE).await;
        let after = self.figure(counter).await;
        assert!(after > before + 20, "{counter}: {before}, {after}");
    }

    /// The sid of the client's own track.
    fn track(&self, source: TrackSource) -> String {
        let told = self.told.lock().unwrap();
        told.iter()
            .find_map(|message| match message {
                Message::TrackPublished(published) => {
                    let track = published.track.as_ref()?;
                    (track.source() == source).then(|| track.sid.clone())
                }
                _ => None,
            })
            .unwrap()
    }

    async fn until_told(&self, wanted: impl Fn(&Message) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !self.told.lock().unwrap().iter().any(&wanted) {
            assert!(Instant::now() < deadline, "{:?}", self.told.lock().unwrap());
            sleep(Duration::from_millis(20)).await;
        }
    }
}

fn observed(role: Role) -> Observed {
    Observed {
        role,
        clicked: Instant::now(),
        tally: Arc::default(),
    }
}

/// Joins, publishes, and goes on sending whatever the server says, even after it has hung up.
async fn misbehave(
    me: Observed,
    grants: VideoGrants,
    told: Arc<Mutex<Vec<Message>>>,
    mut asked: mpsc::UnboundedReceiver<signal_request::Message>,
) -> anyhow::Result<()> {
    let (door, identity) = (&me.role.door, &me.role.identity);
    let tracks = tracks(&me.role);
    let (mut peer, offer) = Peer::new(me.role.server, identity, &tracks).await?;
    let announced = tracks.iter().map(add_track_request).collect();
    let token = door.token(ROOM, identity, grants)?;
    let mut signalling = Some(Signalling::join(door, &token, announced, offer).await?);
    let mut sources = Vec::new();
    loop {
        let timeout = me.drain(&mut peer, &mut sources)?;
        let due = sources.iter().map(|(_, source)| source.due()).min();
        let wake = due.map_or(timeout, |due| due.min(timeout));
        tokio::select! {
            () = sleep_until(wake.into()) => publish(&mut peer, &mut sources)?,
            ready = peer.socket.readable() => {
                ready?;
                while peer.receive()? {
                    me.drain(&mut peer, &mut sources)?;
                }
            }
            message = hear(&mut signalling) => {
                let offer = match &message {
                    None => {
                        signalling = None;
                        None
                    }
                    Some(Message::Answer(answer)) => peer.answer(&answer.sdp)?,
                    Some(Message::MediaSectionsRequirement(wanted)) => {
                        peer.offer(wanted.num_audios, wanted.num_videos)
                    }
                    Some(_) => None,
                };
                told.lock().unwrap().extend(message);
                if let (Some(offer), Some(signalling)) = (offer, &mut signalling) {
                    signalling.offer(offer).await?;
                }
            }
            Some(request) = asked.recv() => {
                if let Some(signalling) = &mut signalling {
                    signalling.send(request).await?;
                }
            }
        }
    }
}

/// The next message; `None` when the server has hung up, and nothing ever after that.
async fn hear(signalling: &mut Option<Signalling>) -> Option<Message> {
    match signalling {
        Some(signalling) => signalling.receive().await.ok().flatten(),
        None => pending().await,
    }
}

#[tokio::test]
async fn nothing_arrives_of_a_track_that_a_moderator_muted() {
    let scene = Scene::with(VideoGrants::default()).await;
    scene.both_arrive().await;
    for (source, left) in [
        (TrackSource::Microphone, "only the picture should arrive"),
        (TrackSource::Camera, "nothing should arrive"),
    ] {
        let track = scene.track(source);
        let muted = scene
            .rooms
            .mute_published_track(ROOM, PATCHED, &track, true);
        assert!(muted.await.unwrap().muted);
        let all_muted = source == TrackSource::Camera;
        scene
            .soon(left, |(sound, picture)| {
                sound == 0 && (picture == 0) == all_muted
            })
            .await;
    }
    scene
        .is_dropped_still("kafedra_media_packets_refused_total")
        .await;
}

#[tokio::test]
async fn nothing_arrives_of_who_may_publish_no_longer_and_announcing_again_does_not_help() {
    let scene = Scene::with(VideoGrants::default()).await;
    scene.both_arrive().await;
    let watching = proto::ParticipantPermission {
        can_subscribe: true,
        ..Default::default()
    };
    let options = UpdateParticipantOptions {
        permission: Some(watching),
        ..Default::default()
    };
    let updated = scene.rooms.update_participant(ROOM, PATCHED, options).await;
    assert!(updated.unwrap().tracks.is_empty());
    scene
        .soon("nothing should arrive", |all| all == (0, 0))
        .await;

    let again = proto::AddTrackRequest {
        cid: "once-more".to_owned(),
        source: TrackSource::Microphone.into(),
        ..Default::default()
    };
    let again = signal_request::Message::AddTrack(again);
    scene.requests.send(again).unwrap();
    scene
        .until_told(|message| {
            matches!(message, Message::RequestResponse(answer) if answer.reason() == Reason::NotAllowed)
        })
        .await;
    scene
        .is_dropped_still("kafedra_media_packets_refused_total")
        .await;
    assert_eq!(scene.arrive().await, (0, 0));
}

#[tokio::test]
async fn nothing_arrives_of_who_was_removed_from_the_room() {
    let scene = Scene::with(VideoGrants::default()).await;
    scene.both_arrive().await;
    let removed = scene.rooms.remove_participant(ROOM, PATCHED).await;
    removed.unwrap();
    scene
        .until_told(|message| matches!(message, Message::Leave(_)))
        .await;
    scene
        .soon("nothing should arrive", |all| all == (0, 0))
        .await;
    scene
        .is_dropped_still("kafedra_media_datagrams_unknown_total")
        .await;
}

#[tokio::test]
async fn nothing_arrives_of_a_source_that_the_token_does_not_list() {
    let scene = Scene::with(VideoGrants {
        can_publish_sources: vec!["microphone".to_owned()],
        ..VideoGrants::default()
    })
    .await;
    scene
        .soon("only sound should arrive", |(sound, picture)| {
            sound > 0 && picture == 0
        })
        .await;
    scene
        .is_dropped_still("kafedra_media_packets_refused_total")
        .await;
    assert_eq!(scene.arrive().await.1, 0);
}
