//! One peer connection: str0m with its drain rule kept in one place.
//!
//! Whoever calls anything that changes a [`Peer`] must call [`Peer::drain`] before time moves on.
//! The room does it once for a burst: it writes all packets of the burst, then drains each peer
//! it touched.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use str0m::change::SdpOffer;
use str0m::channel::ChannelId;
use str0m::config::DtlsCert;
use str0m::format::{Codec, PayloadParams};
use str0m::media::{KeyframeRequestKind, Mid, Pt, Rid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{RtpPacket, Ssrc};
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig};

use crate::output::{Datagram, Transmit};

/// How often str0m reports loss and round trip, from which connection quality is made.
const STATISTICS_INTERVAL: Duration = Duration::from_secs(2);
/// Video packets kept for retransmission, per section: a second of a good camera. They are most of
/// what a subscriber costs in memory.
const REPEATABLE_VIDEO: usize = 256;
/// Bytes that may wait for a slow receiver of data before messages to it are dropped.
const WAITING_DATA: usize = 4 * 1024 * 1024;
/// LiveKit's limit for one data message, with room for what the envelope adds.
const LARGEST_DATA: u32 = 256 * 1024;

/// The data channels of LiveKit's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DataChannel {
    /// `_reliable`: ordered, retransmitted.
    Reliable,
    /// `_lossy`: unordered, sent once.
    Lossy,
    /// `_data_track`: unordered, sent once; frames of data tracks.
    DataTrack,
}

impl DataChannel {
    fn from_label(label: &str) -> Option<Self> {
        match label {
            "_reliable" => Some(Self::Reliable),
            "_lossy" => Some(Self::Lossy),
            "_data_track" => Some(Self::DataTrack),
            _ => None,
        }
    }
}

/// What a peer tells its room.
#[derive(Debug)]
pub(crate) enum PeerEvent {
    /// ICE and DTLS are up, for the first time.
    Connected,
    /// ICE lost the other side, or found it again.
    Reachable(bool),
    Packet(Box<RtpPacket>, Option<StreamName>),
    /// A stream stopped, or went on.
    Live(Ssrc, bool),
    /// The subscriber cannot decode this section.
    KeyframeNeeded(Mid),
    ChannelOpen,
    Data(DataChannel, Vec<u8>),
    Statistics {
        /// Fractions of packets lost on the way here and on the way there, where known.
        loss_in: Option<f32>,
        loss_out: Option<f32>,
        round_trip: Option<Duration>,
    },
    /// The other side hung up, or str0m gave up.
    Closed,
}

/// Section and layer of a received stream.
pub(crate) type StreamName = (Mid, Option<Rid>);

/// Why an offer was not accepted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OfferError {
    #[error("the offer is not SDP: {0}")]
    Parse(String),
    #[error("the offer cannot be accepted: {0}")]
    Refused(#[from] str0m::RtcError),
}

/// The payload types of one codec in one section. They differ from connection to connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PayloadTypes {
    pub main: Pt,
    /// Redundant audio (RFC 2198) around `main`.
    pub red: Option<Pt>,
}

pub(crate) struct Peer {
    pub(crate) rtc: Rtc,
    deadline: Option<Instant>,
    streams: HashMap<Ssrc, StreamName>,
    channels: HashMap<ChannelId, DataChannel>,
    closed: bool,
}

impl Peer {
    /// A connection that waits for the client's offer at these addresses.
    pub fn new(certificate: &DtlsCert, addresses: &[SocketAddr], now: Instant) -> Self {
        let mut rtc = RtcConfig::new()
            .clear_codecs()
            .enable_opus(true, true)
            .enable_vp8(true)
            // Firefox fails against ICE-lite.
            .set_ice_lite(false)
            .set_rtp_mode(true)
            .set_dtls_cert(certificate.clone())
            .set_stats_interval(Some(STATISTICS_INTERVAL))
            .set_send_buffer_video(REPEATABLE_VIDEO)
            .set_sctp_max_buffered_amount(WAITING_DATA)
            .set_sctp_max_message_size(LARGEST_DATA)
            .build(now);
        for &address in addresses {
            match Candidate::host(address, Protocol::Udp) {
                Ok(candidate) => {
                    rtc.add_local_candidate(candidate);
                }
                Err(error) => tracing::warn!(%address, %error, "an address cannot be advertised"),
            }
        }
        Self {
            rtc,
            deadline: Some(now),
            streams: HashMap::new(),
            channels: HashMap::new(),
            closed: false,
        }
    }

    /// The ICE user fragment by which the first packets from an unknown address are recognised.
    /// An ICE restart changes it.
    pub fn ufrag(&mut self) -> String {
        self.rtc.direct_api().local_ice_credentials().ufrag
    }

    /// Accepts an offer; returns str0m's answer.
    pub fn answer(&mut self, offer: &str) -> Result<String, OfferError> {
        let offer = SdpOffer::from_sdp_string(offer)
            .map_err(|error| OfferError::Parse(error.to_string()))?;
        let answer = self.rtc.sdp_api().accept_offer(offer)?;
        Ok(answer.to_sdp_string())
    }

    /// Adds a candidate that the client trickled. Ones that mean nothing here (`.local` names,
    /// TCP, the empty last one) are ignored.
    pub fn add_remote_candidate(&mut self, candidate: &str) {
        if let Ok(candidate) = Candidate::from_sdp_string(candidate) {
            self.rtc.add_remote_candidate(candidate);
        }
    }

    /// Takes a datagram from the network.
    pub fn receive(&mut self, now: Instant, datagram: &Datagram<'_>) {
        let Ok(received) = Receive::new(
            Protocol::Udp,
            datagram.source,
            datagram.destination,
            datagram.payload,
        ) else {
            return;
        };
        self.input(Input::Receive(now, received));
    }

    /// Whether a datagram from an unknown address belongs here: its integrity is proven by ICE.
    pub fn accepts(&self, now: Instant, datagram: &Datagram<'_>) -> bool {
        Receive::new(
            Protocol::Udp,
            datagram.source,
            datagram.destination,
            datagram.payload,
        )
        .is_ok_and(|received| self.rtc.accepts(&Input::Receive(now, received)))
    }

    /// Moves time on: fires what is due and releases what was written.
    pub fn advance(&mut self, now: Instant) {
        self.input(Input::Timeout(now));
    }

    fn input(&mut self, input: Input<'_>) {
        if self.closed {
            return;
        }
        if let Err(error) = self.rtc.handle_input(input) {
            tracing::debug!(%error, "a peer connection failed on its input");
            self.rtc.disconnect();
        }
    }

    /// When [`Peer::advance`] is due.
    pub fn deadline(&self) -> Option<Instant> {
        if self.closed { None } else { self.deadline }
    }

    /// Moves everything that str0m has to say into the two queues.
    pub fn drain(&mut self, events: &mut Vec<PeerEvent>, out: &mut VecDeque<Transmit>) {
        if self.closed {
            return;
        }
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(at)) => {
                    self.deadline = Some(at);
                    break;
                }
                Ok(Output::Transmit(transmit)) => out.push_back(Transmit {
                    source: transmit.source,
                    destination: transmit.destination,
                    payload: transmit.contents.into(),
                }),
                Ok(Output::Event(event)) => self.translate(event, events),
                Err(error) => {
                    tracing::debug!(%error, "a peer connection ended");
                    self.closed = true;
                    events.push(PeerEvent::Closed);
                    return;
                }
            }
        }
        if !self.rtc.is_alive() {
            self.closed = true;
            events.push(PeerEvent::Closed);
        }
    }

    fn translate(&mut self, event: Event, events: &mut Vec<PeerEvent>) {
        match event {
            Event::Connected => events.push(PeerEvent::Connected),
            Event::IceConnectionStateChange(state) => match state {
                IceConnectionState::Disconnected => events.push(PeerEvent::Reachable(false)),
                IceConnectionState::Connected | IceConnectionState::Completed => {
                    events.push(PeerEvent::Reachable(true));
                }
                IceConnectionState::New | IceConnectionState::Checking => {}
            },
            Event::RtpPacket(packet) => {
                let name = self.stream_name(packet.header.ssrc);
                events.push(PeerEvent::Packet(Box::new(packet), name));
            }
            Event::StreamPaused(paused) => {
                events.push(PeerEvent::Live(paused.ssrc, !paused.paused));
            }
            Event::KeyframeRequest(request) => {
                events.push(PeerEvent::KeyframeNeeded(request.mid));
            }
            Event::ChannelOpen(id, label) => {
                if let Some(channel) = DataChannel::from_label(&label) {
                    self.channels.insert(id, channel);
                    events.push(PeerEvent::ChannelOpen);
                }
            }
            Event::ChannelClose(id) => {
                self.channels.remove(&id);
            }
            Event::ChannelData(data) => {
                if let Some(&channel) = self.channels.get(&data.id) {
                    events.push(PeerEvent::Data(channel, data.data));
                }
            }
            Event::PeerStats(statistics) => events.push(PeerEvent::Statistics {
                loss_in: statistics.ingress_loss_fraction,
                loss_out: statistics.egress_loss_fraction,
                round_trip: statistics.rtt,
            }),
            _ => {}
        }
    }

    /// A packet names its section and layer only at first (RFC 8852); str0m remembers.
    fn stream_name(&mut self, ssrc: Ssrc) -> Option<StreamName> {
        if let Some(&name) = self.streams.get(&ssrc) {
            return Some(name);
        }
        let mut direct = self.rtc.direct_api();
        let stream = direct.stream_rx(&ssrc)?;
        let name = (stream.mid(), stream.rid());
        self.streams.insert(ssrc, name);
        Some(name)
    }

    /// The payload types that a section's receiver takes for a codec.
    pub fn payload_types(&self, mid: Mid, codec: Codec) -> Option<PayloadTypes> {
        let accepted = self.rtc.media(mid)?.remote_pts();
        let params = self
            .rtc
            .codec_config()
            .params()
            .iter()
            .find(|params| params.spec().codec == codec && accepted.contains(&params.pt()))?;
        Some(PayloadTypes {
            main: params.pt(),
            red: params.red(),
        })
    }

    /// The codec parameters of a received payload type, and whether it is RED around them.
    pub fn received_codec(&self, payload_type: Pt) -> Option<(&PayloadParams, bool)> {
        self.rtc.codec_config().params().iter().find_map(|params| {
            if params.pt() == payload_type {
                Some((params, false))
            } else if params.red() == Some(payload_type) {
                Some((params, true))
            } else {
                None
            }
        })
    }

    /// Gives a section that fell idle other SSRCs for the track it will carry next.
    ///
    /// libwebrtc drops the stream of an idle section, yet remembers its SSRC: if that comes back,
    /// it makes a new stream but takes the receiver for attached already, and what is decoded
    /// reaches nobody. (`reset_stream_tx` would leave feedback for the new SSRC unheard.)
    pub fn renew_stream(&mut self, mid: Mid) {
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(mid, None) else {
            return;
        };
        let (former, repeats) = (stream.ssrc(), stream.rtx().is_some());
        let fresh = direct.new_ssrc();
        let repair = repeats.then(|| {
            loop {
                let repair = direct.new_ssrc();
                if repair != fresh {
                    break repair;
                }
            }
        });
        direct.remove_stream_tx(former);
        direct.declare_stream_tx(fresh, repair, mid, None);
    }

    /// Asks the publisher for a key frame of one stream.
    pub fn request_keyframe(&mut self, ssrc: Ssrc) {
        let mut direct = self.rtc.direct_api();
        if let Some(stream) = direct.stream_rx(&ssrc) {
            stream.request_keyframe(KeyframeRequestKind::Pli);
        }
    }

    /// Sends a message. Returns false where the channel is not open or its queue is full.
    pub fn send_data(&mut self, channel: DataChannel, payload: &[u8]) -> bool {
        let id = self
            .channels
            .iter()
            .find_map(|(&id, &open)| (open == channel).then_some(id));
        let Some(mut open) = id.and_then(|id| self.rtc.channel(id)) else {
            return false;
        };
        open.write(true, payload).unwrap_or(false)
    }

    /// Says goodbye; the last datagrams come with the next drain.
    pub fn close(&mut self) {
        if !self.closed {
            // A failure means that there is nobody to say goodbye to.
            let _ = self.rtc.close();
        }
    }
}
