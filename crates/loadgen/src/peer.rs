//! One peer connection over its own UDP socket: offers sections, sends in some, receives in
//! others.
//!
//! After anything is put into the engine, [`Peer::drain`] must run before the next thing is.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use anyhow::Context;
use str0m::change::{SdpAnswer, SdpApi, SdpPendingOffer};
use str0m::channel::{ChannelConfig, Reliability};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{ExtensionValues, RtpWrite, SeqNo};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;

use crate::source::{Packet, Stamp};

/// Sections of each kind that a client offers before it is asked for more.
const SECTIONS_AT_FIRST: u32 = 3;
/// Larger than any datagram the server sends.
const BUFFER_BYTES: usize = 2000;

/// Something the peer noticed while it drained.
#[derive(Debug)]
pub enum Noticed {
    Connected,
    Received(Stamp),
    KeyFrameWanted,
}

/// A track that this peer sends.
struct Sending {
    mid: Mid,
    next: SeqNo,
    /// Known once the answer is in.
    pt: Option<Pt>,
}

/// A track to send: what it is, and the id by which the server will recognise it.
#[derive(Clone, Debug)]
pub struct Track {
    pub video: bool,
    pub id: String,
}

pub struct Peer {
    rtc: Rtc,
    pub socket: UdpSocket,
    address: SocketAddr,
    receiving: Vec<Mid>,
    audio: Option<Sending>,
    video: Option<Sending>,
    pending: Option<SdpPendingOffer>,
    /// Sections that were asked for while an offer was pending.
    owed: Option<(u32, u32)>,
    buffer: Vec<u8>,
}

impl Peer {
    /// A peer that can reach `server`, and its first offer.
    ///
    /// # Errors
    ///
    /// No socket could be had.
    pub async fn new(
        server: SocketAddr,
        identity: &str,
        tracks: &[Track],
    ) -> anyhow::Result<(Self, String)> {
        let socket = UdpSocket::bind((local_ip(server)?, 0)).await?;
        let address = socket.local_addr()?;
        let mut rtc = RtcConfig::new()
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_opus(true, false)
            .enable_vp8(true)
            .build(Instant::now());
        rtc.add_local_candidate(Candidate::host(address, "udp")?);
        let mut peer = Self {
            rtc,
            socket,
            address,
            receiving: Vec::new(),
            audio: None,
            video: None,
            pending: None,
            owed: None,
            buffer: vec![0; BUFFER_BYTES],
        };
        let mut changes = peer.rtc.sdp_api();
        add_channels(&mut changes);
        for track in tracks {
            let kind = if track.video {
                MediaKind::Video
            } else {
                MediaKind::Audio
            };
            let stream = Some(identity.to_owned());
            let id = Some(track.id.clone());
            let sending = Sending {
                mid: changes.add_media(kind, Direction::SendOnly, stream, id, None),
                next: SeqNo::from(1000),
                pt: None,
            };
            if track.video {
                peer.video = Some(sending);
            } else {
                peer.audio = Some(sending);
            }
        }
        add_receivers(
            &mut changes,
            SECTIONS_AT_FIRST,
            SECTIONS_AT_FIRST,
            &mut peer.receiving,
        );
        let (offer, pending) = changes.apply().context("a first offer without sections")?;
        peer.pending = Some(pending);
        Ok((peer, offer.to_sdp_string()))
    }

    /// The server asked for so many more sections; none of either means that it wants an offer.
    /// `None` while an offer is pending: then this is repeated by [`Peer::answer`].
    pub fn offer(&mut self, audios: u32, videos: u32) -> Option<String> {
        if self.pending.is_some() {
            let owed = self.owed.get_or_insert_default();
            *owed = (owed.0 + audios, owed.1 + videos);
            return None;
        }
        let mut changes = self.rtc.sdp_api();
        for mid in &self.receiving {
            // An answer that said «inactive» closed them.
            changes.set_direction(*mid, Direction::RecvOnly);
        }
        add_receivers(&mut changes, audios, videos, &mut self.receiving);
        let (offer, pending) = match changes.apply() {
            Some(offer) => offer,
            None => {
                // Nothing changed, and the engine offers only changes: one section more.
                let mut changes = self.rtc.sdp_api();
                add_receivers(&mut changes, 1, 0, &mut self.receiving);
                changes.apply()?
            }
        };
        self.pending = Some(pending);
        Some(offer.to_sdp_string())
    }

    /// Takes the answer to the pending offer. Returns the next offer where one is owed.
    ///
    /// # Errors
    ///
    /// The answer is not SDP or does not fit.
    pub fn answer(&mut self, sdp: &str) -> anyhow::Result<Option<String>> {
        let Some(pending) = self.pending.take() else {
            return Ok(None);
        };
        let answer = SdpAnswer::from_sdp_string(sdp)?;
        self.rtc.sdp_api().accept_answer(pending, answer)?;
        for (sending, codec) in [
            (&mut self.audio, Codec::Opus),
            (&mut self.video, Codec::Vp8),
        ] {
            let Some(sending) = sending else { continue };
            sending.pt = self.rtc.media(sending.mid).and_then(|media| {
                let known = self.rtc.codec_config().params();
                media.remote_pts().iter().copied().find(|pt| {
                    known
                        .iter()
                        .any(|params| params.pt() == *pt && params.spec().codec == codec)
                })
            });
        }
        let owed = self.owed.take();
        Ok(owed.and_then(|(audios, videos)| self.offer(audios, videos)))
    }

    /// Queues a packet of the audio or video track.
    pub fn send(&mut self, video: bool, packet: Packet, now: Instant) {
        let sending = if video {
            &mut self.video
        } else {
            &mut self.audio
        };
        let Some(Sending {
            mid,
            next,
            pt: Some(pt),
        }) = sending
        else {
            return;
        };
        let seq = *next;
        *next = SeqNo::from(*seq + 1);
        let extensions = ExtensionValues {
            audio_level: (!video).then_some(-30),
            voice_activity: (!video).then_some(true),
            ..ExtensionValues::default()
        };
        if let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(*mid, None) {
            stream.write_rtp(
                RtpWrite::new(*pt, seq, packet.time, now, packet.payload)
                    .marker(packet.marker)
                    .ext_vals(extensions)
                    .nackable(video),
            );
        }
    }

    /// Tells the engine the time.
    ///
    /// # Errors
    ///
    /// The connection is beyond repair.
    pub fn tick(&mut self, now: Instant) -> anyhow::Result<()> {
        Ok(self.rtc.handle_input(Input::Timeout(now))?)
    }

    /// Takes one datagram from the socket; false when there is none.
    ///
    /// # Errors
    ///
    /// As for [`Peer::tick`].
    pub fn receive(&mut self) -> anyhow::Result<bool> {
        let (length, source) = match self.socket.try_recv_from(&mut self.buffer) {
            Ok(received) => received,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let datagram = &self.buffer[..length];
        // What is no packet of WebRTC is not ours to judge.
        if let Ok(contents) = datagram.try_into() {
            let receive = Receive {
                proto: Protocol::Udp,
                source,
                destination: self.address,
                contents,
            };
            self.rtc
                .handle_input(Input::Receive(Instant::now(), receive))?;
        }
        Ok(true)
    }

    /// Sends what is to be sent, and reports; returns when [`Peer::tick`] is due.
    ///
    /// # Errors
    ///
    /// As for [`Peer::tick`].
    pub fn drain(&mut self, mut notice: impl FnMut(Noticed)) -> anyhow::Result<Instant> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(at) => return Ok(at),
                Output::Transmit(datagram) => {
                    // A full socket buffer loses the packet, as a network would.
                    let _ = self
                        .socket
                        .try_send_to(&datagram.contents, datagram.destination);
                }
                Output::Event(Event::Connected) => notice(Noticed::Connected),
                Output::Event(Event::KeyframeRequest(_)) => notice(Noticed::KeyFrameWanted),
                Output::Event(Event::RtpPacket(packet)) => {
                    if let Some(stamp) = Stamp::read(&packet.payload) {
                        notice(Noticed::Received(stamp));
                    }
                }
                Output::Event(_) => {}
            }
        }
    }
}

fn add_channels(changes: &mut SdpApi<'_>) {
    changes.add_channel("_reliable".to_owned());
    changes.add_channel_with_config(ChannelConfig {
        label: "_lossy".to_owned(),
        ordered: false,
        reliability: Reliability::MaxRetransmits { retransmits: 0 },
        ..ChannelConfig::default()
    });
}

fn add_receivers(changes: &mut SdpApi<'_>, audios: u32, videos: u32, into: &mut Vec<Mid>) {
    for (kind, count) in [(MediaKind::Audio, audios), (MediaKind::Video, videos)] {
        for _ in 0..count {
            into.push(changes.add_media(kind, Direction::RecvOnly, None, None, None));
        }
    }
}

/// The local address from which `server` is reached. Nothing is sent.
fn local_ip(server: SocketAddr) -> io::Result<IpAddr> {
    let any: SocketAddr = if server.is_ipv4() {
        ([0, 0, 0, 0], 0).into()
    } else {
        ([0u16; 8], 0).into()
    };
    let probe = std::net::UdpSocket::bind(any)?;
    probe.connect(server)?;
    Ok(probe.local_addr()?.ip())
}
