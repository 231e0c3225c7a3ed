//! One participant: joins, negotiates, publishes if it should, counts what it receives, leaves.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use livekit_api::access_token::VideoGrants;
use livekit_protocol as proto;
use proto::{TrackSource, TrackType, signal_request, signal_response};
use tokio::sync::watch;

use crate::peer::{Noticed, Peer, Track};
use crate::signalling::{Door, Signalling};
use crate::source::Source;
use crate::tally::Tally;

const PING_EVERY: Duration = Duration::from_secs(5);

/// What a participant is to do.
#[derive(Clone, Debug)]
pub struct Role {
    pub door: Door,
    pub server: SocketAddr,
    pub room: String,
    pub identity: String,
    /// Publishes as this number; `None` only watches.
    pub publisher: Option<u16>,
    pub video_kbps: u32,
    /// When the load began: stamps count from here.
    pub began: Instant,
}

/// A participant as the scenario sees it.
#[derive(Clone, Debug)]
pub struct Observed {
    pub role: Role,
    /// When it started to join.
    pub clicked: Instant,
    pub tally: Arc<Mutex<Tally>>,
}

impl Observed {
    /// Its counts now.
    pub fn tally(&self) -> Tally {
        self.with_tally(|tally| tally.clone())
    }

    pub fn with_tally<T>(&self, look: impl FnOnce(&mut Tally) -> T) -> T {
        // A participant that panicked has failed the run already.
        look(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Drains the peer, counts what came, and starts the sources once it is connected. Returns
    /// when the peer wants to know the time.
    ///
    /// # Errors
    ///
    /// The connection is beyond repair.
    pub fn drain(
        &self,
        peer: &mut Peer,
        sources: &mut Vec<(bool, Source)>,
    ) -> anyhow::Result<Instant> {
        peer.drain(|noticed| match noticed {
            Noticed::Connected if sources.is_empty() => *sources = start_sources(&self.role),
            Noticed::Connected => {}
            Noticed::KeyFrameWanted => {
                for (_, source) in sources.iter_mut() {
                    source.ask_key_frame();
                }
            }
            Noticed::Received(stamp) => {
                let now = self.role.began.elapsed().as_nanos();
                let now = u64::try_from(now).unwrap_or(u64::MAX);
                self.with_tally(|tally| tally.received(stamp, now));
            }
        })
    }

    /// Milliseconds from joining until `at`, in nanoseconds since the load began.
    pub fn millis_to(&self, at: u64) -> f64 {
        let clicked = self.clicked.saturating_duration_since(self.role.began);
        (Duration::from_nanos(at).saturating_sub(clicked)).as_secs_f64() * 1000.0
    }
}

/// Takes part until `stop` says so.
///
/// # Errors
///
/// The server refused, hung up, or broke the protocol.
pub async fn take_part(me: Observed, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let role = &me.role;
    let tracks = tracks(role);
    let (mut peer, offer) = Peer::new(role.server, &role.identity, &tracks).await?;
    let requests = tracks.iter().map(add_track_request).collect();
    let grants = VideoGrants::default();
    let token = role.door.token(&role.room, &role.identity, grants)?;
    let mut signalling = Signalling::join(&role.door, &token, requests, offer)
        .await
        .with_context(|| format!("{} in {}", role.identity, role.room))?;
    let mut sources: Vec<(bool, Source)> = Vec::new();
    let mut ping = tokio::time::interval(PING_EVERY);

    loop {
        let timeout = me.drain(&mut peer, &mut sources)?;
        let due = sources.iter().map(|(_, source)| source.due()).min();
        let wake = due.map_or(timeout, |due| due.min(timeout));
        tokio::select! {
            () = tokio::time::sleep_until(wake.into()) => publish(&mut peer, &mut sources)?,
            ready = peer.socket.readable() => {
                ready?;
                while peer.receive()? {
                    me.drain(&mut peer, &mut sources)?;
                }
            }
            message = signalling.receive() => match message? {
                Some(message) => hear(message, &mut peer, &mut signalling).await?,
                None => bail!("the server closed the connection of {}", role.identity),
            },
            _ = ping.tick() => {
                let millis = i64::try_from(role.began.elapsed().as_millis()).unwrap_or(0);
                signalling.send(signal_request::Message::Ping(millis)).await?;
            }
            _ = stop.changed() => {
                return signalling.leave().await;
            }
        }
    }
}

/// What a participant publishes: sound and picture, or nothing.
pub fn tracks(role: &Role) -> Vec<Track> {
    if role.publisher.is_none() {
        return Vec::new();
    }
    let mut tracks = vec![Track {
        video: false,
        id: format!("{}-sound", role.identity),
    }];
    if role.video_kbps > 0 {
        tracks.push(Track {
            video: true,
            id: format!("{}-picture", role.identity),
        });
    }
    tracks
}

/// The announcement of a track.
pub fn add_track_request(track: &Track) -> proto::AddTrackRequest {
    let (kind, source) = if track.video {
        (TrackType::Video, TrackSource::Camera)
    } else {
        (TrackType::Audio, TrackSource::Microphone)
    };
    let (width, height) = if track.video { (640, 360) } else { (0, 0) };
    proto::AddTrackRequest {
        cid: track.id.clone(),
        name: track.id.clone(),
        r#type: kind.into(),
        source: source.into(),
        width,
        height,
        ..proto::AddTrackRequest::default()
    }
}

fn start_sources(role: &Role) -> Vec<(bool, Source)> {
    let Some(publisher) = role.publisher else {
        return Vec::new();
    };
    let now = Instant::now();
    let mut sources = vec![(false, Source::audio(publisher, role.began, now))];
    if role.video_kbps > 0 {
        let picture = Source::video(publisher, role.video_kbps, role.began, now);
        sources.push((true, picture));
    }
    sources
}

/// Queues what is due; the next drain sends it.
///
/// # Errors
///
/// The connection is beyond repair.
pub fn publish(peer: &mut Peer, sources: &mut [(bool, Source)]) -> anyhow::Result<()> {
    let now = Instant::now();
    for (video, source) in sources {
        for packet in source.take(now) {
            peer.send(*video, packet, now);
        }
    }
    peer.tick(now)
}

async fn hear(
    message: signal_response::Message,
    peer: &mut Peer,
    signalling: &mut Signalling,
) -> anyhow::Result<()> {
    let offer = match message {
        signal_response::Message::Answer(answer) => peer.answer(&answer.sdp)?,
        signal_response::Message::MediaSectionsRequirement(wanted) => {
            peer.offer(wanted.num_audios, wanted.num_videos)
        }
        signal_response::Message::Leave(leave) => {
            bail!("the server asked to leave: {:?}", leave.reason())
        }
        _ => None,
    };
    match offer {
        Some(offer) => signalling.offer(offer).await,
        None => Ok(()),
    }
}
