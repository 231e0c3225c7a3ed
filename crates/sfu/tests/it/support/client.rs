//! A client as LiveKit's are: one peer connection, it always offers, and it believes what it is
//! told. Its pictures are invented: a VP8 descriptor, and a byte that names the layer.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use kafedra_sfu::ConnectionId;
use livekit_protocol as proto;
use prost::Message as _;
use proto::signal_request::Message as Request;
use proto::signal_response::Message as Response;
use proto::{TrackSource, TrackType, VideoQuality};
use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::channel::{ChannelConfig, ChannelId, Reliability};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid, Rid, Simulcast, SimulcastLayer};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{ExtensionValues, RtpWrite, Ssrc, Vp8Descriptor};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

use super::server_address;

const VIDEO_INTERVAL: Duration = Duration::from_millis(66);
const AUDIO_INTERVAL: Duration = Duration::from_millis(20);
pub const LAYERS: [&str; 3] = ["q", "h", "f"];

/// A packet that reached a client.
#[derive(Clone, Debug)]
pub struct Heard {
    pub at: Instant,
    pub mid: Mid,
    pub ssrc: Ssrc,
    /// The track that the last answer named for the section.
    pub track: Option<String>,
    pub seq: u64,
    pub time: u32,
    /// Layer, PictureID and TL0PICIDX of a picture.
    pub layer: usize,
    pub picture: Option<u16>,
    pub tl0: Option<u8>,
    pub keyframe: bool,
}

#[derive(Default)]
struct Encoder {
    seq: u64,
    picture: u16,
    keyframe_wanted: bool,
}

pub struct Client {
    pub identity: String,
    pub sid: String,
    pub address: SocketAddr,
    pub connection: Option<ConnectionId>,
    pub responses: Vec<Response>,
    pub heard: Vec<Heard>,
    pub messages: Vec<(String, proto::DataPacket)>,
    pub mid_to_track: HashMap<String, String>,
    pub answers: Vec<String>,
    /// The layers of the camera that are sent at present.
    pub sending: [bool; 3],
    pub loudness: i8,
    pub keyframes_asked: usize,
    rtc: Rtc,
    pending: Option<SdpPendingOffer>,
    /// Sections to offer once the answer to the last offer is there.
    owed: Option<(u32, u32)>,
    offer_id: u32,
    camera: Option<Mid>,
    microphone: Option<Mid>,
    receiving: Vec<Mid>,
    channels: HashMap<String, ChannelId>,
    encoders: [Encoder; 3],
    audio_seq: u64,
    next_picture: Instant,
    next_sound: Instant,
    start: Instant,
    outgoing: Vec<(SocketAddr, Vec<u8>)>,
    requests: Vec<Request>,
    publishes: bool,
}

impl Client {
    pub fn new(index: usize, identity: &str, now: Instant) -> Self {
        let address = SocketAddr::from(([10, 0, 1, index as u8], 5000));
        let mut rtc = RtcConfig::new()
            .clear_codecs()
            .enable_opus(true, true)
            .enable_vp8(true)
            .set_rtp_mode(true)
            .build(now);
        rtc.add_local_candidate(Candidate::host(address, Protocol::Udp).unwrap());
        Self {
            identity: identity.into(),
            sid: String::new(),
            address,
            connection: None,
            responses: Vec::new(),
            heard: Vec::new(),
            messages: Vec::new(),
            mid_to_track: HashMap::new(),
            answers: Vec::new(),
            sending: [true; 3],
            loudness: -20,
            keyframes_asked: 0,
            rtc,
            pending: None,
            owed: None,
            offer_id: 0,
            camera: None,
            microphone: None,
            receiving: Vec::new(),
            channels: HashMap::new(),
            encoders: Default::default(),
            audio_seq: 100,
            next_picture: now,
            next_sound: now,
            start: now,
            outgoing: Vec::new(),
            requests: Vec::new(),
            publishes: false,
        }
    }

    pub fn publish_camera_and_microphone(&mut self) {
        self.publishes = true;
    }

    /// The join request with the announcements and the first offer inside.
    pub fn join_request(&mut self) -> proto::JoinRequest {
        let mut request = proto::JoinRequest {
            connection_settings: Some(proto::ConnectionSettings {
                auto_subscribe: true,
                adaptive_stream: true,
                ..Default::default()
            }),
            ..Default::default()
        };
        self.offer(1, 1, self.publishes);
        for message in std::mem::take(&mut self.requests) {
            match message {
                Request::AddTrack(track) => request.add_track_requests.push(track),
                Request::Offer(offer) => request.publisher_offer = Some(offer),
                other => panic!("{other:?}"),
            }
        }
        request
    }

    fn offer(&mut self, audios: u32, videos: u32, publish: bool) {
        let mut changes = self.rtc.sdp_api();
        // What the answers made inactive is still wanted, as in a browser.
        for &mid in &self.receiving {
            changes.set_direction(mid, Direction::RecvOnly);
        }
        let mut fresh = Vec::new();
        if self.channels.is_empty() {
            for (label, ordered) in [
                ("_reliable", true),
                ("_lossy", false),
                ("_data_track", false),
            ] {
                let reliability = if ordered {
                    Reliability::Reliable
                } else {
                    Reliability::MaxRetransmits { retransmits: 0 }
                };
                let id = changes.add_channel_with_config(ChannelConfig {
                    label: label.into(),
                    ordered,
                    reliability,
                    ..Default::default()
                });
                self.channels.insert(label.into(), id);
            }
        }
        if publish {
            let mut simulcast = Simulcast::new();
            for rid in LAYERS {
                simulcast.add_send_layer(SimulcastLayer::new(rid));
            }
            let cid = |kind| Some(format!("{}-{kind}", self.identity));
            let stream = Some("-".to_owned());
            self.camera = Some(changes.add_media(
                MediaKind::Video,
                Direction::SendOnly,
                stream.clone(),
                cid("camera"),
                Some(simulcast),
            ));
            self.microphone = Some(changes.add_media(
                MediaKind::Audio,
                Direction::SendOnly,
                stream,
                cid("microphone"),
                None,
            ));
        }
        for (kind, count) in [(MediaKind::Audio, audios), (MediaKind::Video, videos)] {
            for _ in 0..count {
                fresh.push(changes.add_media(kind, Direction::RecvOnly, None, None, None));
            }
        }
        if !changes.has_changes() {
            // A browser offers whenever it is asked to; str0m only when something changed.
            let mid = self.receiving[0];
            changes.set_direction(mid, Direction::Inactive);
            changes.set_direction(mid, Direction::RecvOnly);
        }
        let (offer, pending) = changes.apply().unwrap();
        self.receiving.extend(fresh);
        self.pending = Some(pending);
        self.offer_id += 1;
        if publish {
            self.announce();
        }
        self.requests
            .push(Request::Offer(proto::SessionDescription {
                r#type: "offer".into(),
                sdp: offer.to_sdp_string(),
                id: self.offer_id,
                ..Default::default()
            }));
    }

    fn announce(&mut self) {
        let layers = [(320, 180), (640, 360), (1280, 720)];
        let layers = layers
            .iter()
            .enumerate()
            .map(|(quality, &(width, height))| proto::VideoLayer {
                quality: quality as i32,
                width,
                height,
                rid: LAYERS[quality].into(),
                ..Default::default()
            })
            .collect();
        assert_eq!(VideoQuality::High as i32, 2);
        self.requests
            .push(Request::AddTrack(proto::AddTrackRequest {
                cid: format!("{}-camera", self.identity),
                r#type: TrackType::Video as i32,
                source: TrackSource::Camera as i32,
                width: 1280,
                height: 720,
                layers,
                ..Default::default()
            }));
        self.requests
            .push(Request::AddTrack(proto::AddTrackRequest {
                cid: format!("{}-microphone", self.identity),
                r#type: TrackType::Audio as i32,
                source: TrackSource::Microphone as i32,
                ..Default::default()
            }));
    }

    /// Stops sending the camera's section, as JS does when it unpublishes.
    pub fn unpublish_camera(&mut self) {
        let mid = self.camera.take().unwrap();
        let mut changes = self.rtc.sdp_api();
        changes.set_direction(mid, Direction::Inactive);
        let (offer, pending) = changes.apply().unwrap();
        self.pending = Some(pending);
        self.offer_id += 1;
        self.requests
            .push(Request::Offer(proto::SessionDescription {
                r#type: "offer".into(),
                sdp: offer.to_sdp_string(),
                id: self.offer_id,
                ..Default::default()
            }));
    }

    pub fn take_response(&mut self, response: Response) {
        match &response {
            Response::Join(join) => self.sid = join.participant.as_ref().unwrap().sid.clone(),
            Response::Answer(answer) => {
                assert_eq!(answer.id, self.offer_id, "the offer's id comes back");
                let sdp = SdpAnswer::from_sdp_string(&answer.sdp).unwrap();
                let pending = self.pending.take().unwrap();
                self.rtc.sdp_api().accept_answer(pending, sdp).unwrap();
                self.mid_to_track = answer.mid_to_track_id.clone();
                self.answers.push(answer.sdp.clone());
                if let Some((audios, videos)) = self.owed.take() {
                    self.offer(audios, videos, false);
                }
            }
            Response::MediaSectionsRequirement(wanted) => {
                if self.pending.is_some() {
                    let (audios, videos) = self.owed.unwrap_or_default();
                    self.owed = Some((audios + wanted.num_audios, videos + wanted.num_videos));
                } else {
                    self.offer(wanted.num_audios, wanted.num_videos, false);
                }
            }
            _ => {}
        }
        self.responses.push(response);
    }

    pub fn receive(&mut self, now: Instant, source: SocketAddr, payload: &[u8]) {
        assert_eq!(source, server_address());
        let received = Receive::new(Protocol::Udp, source, self.address, payload).unwrap();
        self.rtc
            .handle_input(Input::Receive(now, received))
            .unwrap();
        self.poll(now);
    }

    /// What the client has to send: datagrams, and messages.
    pub fn drain(&mut self, now: Instant) -> (Vec<(SocketAddr, Vec<u8>)>, Vec<Request>) {
        self.rtc.handle_input(Input::Timeout(now)).unwrap();
        self.poll(now);
        (
            std::mem::take(&mut self.outgoing),
            std::mem::take(&mut self.requests),
        )
    }

    fn poll(&mut self, now: Instant) {
        loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(_) => break,
                Output::Transmit(transmit) => {
                    self.outgoing.push((self.address, transmit.contents.into()));
                }
                Output::Event(Event::RtpPacket(packet)) => {
                    let mut direct = self.rtc.direct_api();
                    let mid = direct.stream_rx(&packet.header.ssrc).map(|rx| rx.mid());
                    if let Some(mid) = mid {
                        self.hear(now, mid, &packet);
                    }
                }
                Output::Event(Event::KeyframeRequest(request)) => {
                    self.keyframes_asked += 1;
                    let index = LAYERS
                        .iter()
                        .position(|&rid| request.rid == Some(Rid::from(rid)));
                    self.encoders[index.unwrap()].keyframe_wanted = true;
                }
                Output::Event(Event::ChannelData(data)) => {
                    let label = self
                        .channels
                        .iter()
                        .find_map(|(label, &id)| (id == data.id).then(|| label.clone()));
                    let packet = proto::DataPacket::decode(data.data.as_slice()).unwrap();
                    self.messages.push((label.unwrap(), packet));
                }
                Output::Event(_) => {}
            }
        }
    }

    fn hear(&mut self, now: Instant, mid: Mid, packet: &str0m::rtp::RtpPacket) {
        let payload = &packet.payload;
        let audio = payload.first() == Some(&0xaa);
        let vp8 = if audio {
            None
        } else {
            Vp8Descriptor::parse(payload).ok()
        };
        self.heard.push(Heard {
            at: now,
            mid,
            ssrc: packet.header.ssrc,
            track: self.mid_to_track.get(&mid.to_string()).cloned(),
            seq: *packet.seq_no,
            time: packet.header.timestamp,
            layer: payload.get(7).copied().unwrap_or_default().into(),
            picture: vp8.and_then(|vp8| vp8.picture_id()),
            tl0: vp8.and_then(|vp8| vp8.tl0_pic_idx()),
            keyframe: vp8.is_some_and(|vp8| vp8.starts_keyframe(payload)),
        });
    }

    /// Sends what a camera and a microphone would have made by now.
    pub fn produce(&mut self, now: Instant) {
        if !self.rtc.is_connected() {
            (self.next_picture, self.next_sound) = (now, now);
            return;
        }
        if let Some(mid) = self.camera
            && now >= self.next_picture
        {
            self.next_picture += VIDEO_INTERVAL;
            for layer in 0..LAYERS.len() {
                if self.sending[layer] {
                    self.send_picture(mid, layer, now);
                }
            }
        }
        if let Some(mid) = self.microphone
            && now >= self.next_sound
        {
            self.next_sound += AUDIO_INTERVAL;
            self.send_sound(mid, now);
        }
    }

    fn send_picture(&mut self, mid: Mid, layer: usize, now: Instant) {
        let payload_type = self.payload_type(mid, Codec::Vp8);
        let encoder = &mut self.encoders[layer];
        encoder.picture = encoder.picture.wrapping_add(1) & 0x7fff;
        let keyframe = encoder.seq == 0 || std::mem::take(&mut encoder.keyframe_wanted);
        let time = (now - self.start).as_millis() as u32 * 90 + layer as u32 * 7_000_000;
        let [high, low] = encoder.picture.to_be_bytes();
        for part in 0..2u8 {
            encoder.seq += 1;
            let start_of_partition = if part == 0 { 0x10 } else { 0 };
            let payload = vec![
                0x80 | start_of_partition,
                0xe0,
                0x80 | high,
                low,
                low,
                0,
                u8::from(!keyframe),
                layer as u8,
                part,
            ];
            let seq = encoder.seq + 1_000 * (layer as u64 + 1);
            let write = RtpWrite::new(payload_type, seq.into(), time, now, payload)
                .marker(part == 1)
                .nackable(true);
            let mut direct = self.rtc.direct_api();
            let rid = Some(Rid::from(LAYERS[layer]));
            direct.stream_tx_by_mid(mid, rid).unwrap().write_rtp(write);
        }
    }

    fn send_sound(&mut self, mid: Mid, now: Instant) {
        let payload_type = self.payload_type(mid, Codec::Opus);
        self.audio_seq += 1;
        let time = (now - self.start).as_millis() as u32 * 48;
        let extensions = ExtensionValues {
            audio_level: Some(self.loudness),
            voice_activity: Some(true),
            ..Default::default()
        };
        let payload = vec![0xaa, 1, 2, 3];
        let write = RtpWrite::new(payload_type, self.audio_seq.into(), time, now, payload)
            .ext_vals(extensions);
        let mut direct = self.rtc.direct_api();
        direct.stream_tx_by_mid(mid, None).unwrap().write_rtp(write);
    }

    fn payload_type(&self, mid: Mid, codec: Codec) -> str0m::media::Pt {
        let accepted = self.rtc.media(mid).unwrap().remote_pts();
        let mut params = self.rtc.codec_config().params().iter();
        params
            .find(|p| p.spec().codec == codec && accepted.contains(&p.pt()))
            .unwrap()
            .pt()
    }

    pub fn send_data(&mut self, label: &str, packet: &proto::DataPacket) {
        self.send_bytes(label, &packet.encode_to_vec());
    }

    pub fn send_bytes(&mut self, label: &str, bytes: &[u8]) {
        let id = self.channels[label];
        assert!(self.rtc.channel(id).unwrap().write(true, bytes).unwrap());
    }

    /// The sid of one's own published track, from the answer to `add_track`.
    pub fn own_track(&self, source: TrackSource) -> String {
        self.responses
            .iter()
            .find_map(|response| match response {
                Response::TrackPublished(published) => {
                    let track = published.track.as_ref().unwrap();
                    (track.source() == source).then(|| track.sid.clone())
                }
                _ => None,
            })
            .unwrap()
    }

    /// What was heard of one track since a time.
    pub fn heard_of(&self, track: &str, since: Instant) -> Vec<&Heard> {
        self.heard
            .iter()
            .filter(|heard| heard.track.as_deref() == Some(track) && heard.at > since)
            .collect()
    }

    /// The participants and states of every update so far.
    pub fn updates(&self) -> Vec<proto::ParticipantInfo> {
        self.responses
            .iter()
            .filter_map(|response| match response {
                Response::Update(update) => Some(update.participants.clone()),
                _ => None,
            })
            .flatten()
            .collect()
    }

    pub fn last_leave(&self) -> Option<proto::LeaveRequest> {
        self.responses
            .iter()
            .rev()
            .find_map(|response| match response {
                Response::Leave(leave) => Some(leave.clone()),
                _ => None,
            })
    }
}
