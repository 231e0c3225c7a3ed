//! A published track: what is told of it, its layers, and when a key frame is asked of it.

use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::{TrackSource, TrackType, VideoQuality};
use str0m::media::{Mid, Rid};
use str0m::rtp::Ssrc;

use crate::id::TrackSid;
use crate::layers::{LayerState, MAX_LAYERS};
use crate::room::MemberKey;

/// A publisher is asked for a key frame of one layer at most this often.
const KEYFRAME_INTERVAL: Duration = Duration::from_millis(500);

/// One encoding of a track.
#[derive(Debug, Default)]
struct Layer {
    ssrc: Option<Ssrc>,
    live: bool,
    keyframe_wanted: bool,
    asked_at: Option<Instant>,
}

/// Where a track's packets go: a member's section, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Subscriber {
    pub member: MemberKey,
    pub section: usize,
}

/// A track that a participant announced. It becomes visible to others when an offer carries it.
#[derive(Debug)]
pub(crate) struct Publication {
    pub sid: TrackSid,
    /// The client's id of the track, and of its encodings in other codecs.
    pub cids: Vec<String>,
    pub info: proto::TrackInfo,
    /// The publisher's section, once an offer carried it.
    pub mid: Option<Mid>,
    /// A moderator muted it, and its owner has not unmuted it since: packets are dropped.
    pub muted_by_moderator: bool,
    /// Packets were dropped since the last one that went on.
    pub withheld: bool,
    pub subscribers: Vec<Subscriber>,
    layers: [Layer; MAX_LAYERS],
}

impl Publication {
    /// A track as `add_track` asks for it.
    pub fn new(sid: TrackSid, request: &proto::AddTrackRequest) -> Self {
        let mut cids = vec![request.cid.clone()];
        cids.extend(
            request
                .simulcast_codecs
                .iter()
                .map(|codec| codec.cid.clone())
                .filter(|cid| !cid.is_empty() && *cid != request.cid),
        );
        Self {
            info: track_info(&sid, request),
            sid,
            cids,
            mid: None,
            muted_by_moderator: false,
            withheld: false,
            subscribers: Vec::new(),
            layers: Default::default(),
        }
    }

    /// Whether a section's `msid` means this track.
    pub fn is_named_by(&self, cid: Option<&str>) -> bool {
        cid.is_some_and(|cid| self.cids.iter().any(|own| own == cid))
    }

    /// An offer carries the track in this section.
    pub fn set_section(&mut self, mid: Mid) {
        self.mid = Some(mid);
        self.info.mid = mid.to_string();
        if let Some(codec) = self.info.codecs.first_mut() {
            codec.mid = mid.to_string();
        }
    }

    /// Others know of it.
    pub fn is_visible(&self) -> bool {
        self.mid.is_some()
    }

    pub fn is_audio(&self) -> bool {
        self.info.r#type() == TrackType::Audio
    }

    pub fn source(&self) -> TrackSource {
        self.info.source()
    }

    /// The layer of a stream, which is live from now on. Streams without a rid are the only
    /// layer; an unknown rid takes the first free place.
    pub fn layer_of(&mut self, ssrc: Ssrc, rid: Option<Rid>) -> (usize, bool) {
        if let Some(index) = self.layers.iter().position(|l| l.ssrc == Some(ssrc)) {
            let came_alive = !self.layers[index].live;
            self.layers[index].live = true;
            return (index, came_alive);
        }
        let named = rid.and_then(|rid| match rid.to_string().as_str() {
            "q" => Some(0),
            "h" => Some(1),
            "f" => Some(2),
            _ => self.layers.iter().position(|l| l.ssrc.is_none()),
        });
        let index = named.unwrap_or(0);
        let layer = &mut self.layers[index];
        layer.ssrc = Some(ssrc);
        layer.live = true;
        (index, true)
    }

    /// Notes that a stream stopped or went on. Returns whether it is one of this track's.
    pub fn set_live(&mut self, ssrc: Ssrc, live: bool) -> bool {
        let Some(layer) = self.layers.iter_mut().find(|l| l.ssrc == Some(ssrc)) else {
            return false;
        };
        layer.live = live;
        true
    }

    /// The layers for [`crate::layers::choose`].
    pub fn layer_states(&self) -> Vec<LayerState> {
        let announced = self.announced_layers();
        (0..announced)
            .map(|index| {
                let size = self.layer_size(index);
                LayerState {
                    width: size.0,
                    height: size.1,
                    live: self.layers[index].live,
                }
            })
            .collect()
    }

    fn announced_layers(&self) -> usize {
        let seen = self
            .layers
            .iter()
            .rposition(|layer| layer.ssrc.is_some())
            .map_or(1, |index| index + 1);
        let told = self.codec_layers().len().clamp(1, MAX_LAYERS);
        if self.is_audio() { 1 } else { seen.max(told) }
    }

    fn codec_layers(&self) -> &[proto::VideoLayer] {
        self.info
            .codecs
            .first()
            .map_or(&[], |codec| codec.layers.as_slice())
    }

    fn layer_size(&self, index: usize) -> (u32, u32) {
        let layers = self.codec_layers();
        let mut sizes: Vec<_> = layers.iter().map(|l| (l.width, l.height)).collect();
        // Layers come in any order; q, h, f are the order of size.
        sizes.sort_unstable();
        sizes
            .get(index)
            .copied()
            .unwrap_or((self.info.width, self.info.height))
    }

    /// Notes that someone needs a key frame of this layer.
    pub fn want_keyframe(&mut self, layer: usize) {
        if let Some(layer) = self.layers.get_mut(layer) {
            layer.keyframe_wanted = true;
        }
    }

    /// A key frame of this layer began: whoever wanted one has it.
    pub fn keyframe_arrived(&mut self, layer: usize) {
        if let Some(layer) = self.layers.get_mut(layer) {
            layer.keyframe_wanted = false;
        }
    }

    /// The streams to ask for a key frame now. Wishes that come too soon after the last request
    /// stay, and are granted when a later packet arrives.
    pub fn take_keyframe_requests(&mut self, now: Instant) -> impl Iterator<Item = Ssrc> + '_ {
        self.layers.iter_mut().filter_map(move |layer| {
            let recent = layer
                .asked_at
                .is_some_and(|at| now.saturating_duration_since(at) < KEYFRAME_INTERVAL);
            if !layer.keyframe_wanted || recent || !layer.live {
                return None;
            }
            layer.keyframe_wanted = false;
            layer.asked_at = Some(now);
            layer.ssrc
        })
    }
}

fn track_info(sid: &TrackSid, request: &proto::AddTrackRequest) -> proto::TrackInfo {
    let is_video = request.r#type() == TrackType::Video;
    let codecs = if request.simulcast_codecs.is_empty() {
        vec![codec_info("", &request.cid, &request.layers, is_video)]
    } else {
        request
            .simulcast_codecs
            .iter()
            .map(|codec| {
                let layers = if codec.layers.is_empty() {
                    &request.layers
                } else {
                    &codec.layers
                };
                codec_info(&codec.codec, &codec.cid, layers, is_video)
            })
            .collect::<Vec<_>>()
    };
    #[expect(deprecated, reason = "clients before protocol 17 read these fields")]
    proto::TrackInfo {
        sid: sid.to_string(),
        r#type: request.r#type,
        name: request.name.clone(),
        muted: request.muted,
        width: request.width,
        height: request.height,
        simulcast: request.layers.len() > 1,
        disable_dtx: request.disable_dtx,
        source: request.source,
        layers: request.layers.clone(),
        mime_type: codecs
            .first()
            .map(|codec| codec.mime_type.clone())
            .unwrap_or_default(),
        codecs,
        stereo: request.stereo,
        disable_red: request.disable_red,
        encryption: request.encryption,
        stream: stream_of(request),
        audio_features: request.audio_features.clone(),
        backup_codec_policy: request.backup_codec_policy,
        ..Default::default()
    }
}

fn codec_info(
    codec: &str,
    cid: &str,
    layers: &[proto::VideoLayer],
    is_video: bool,
) -> proto::SimulcastCodecInfo {
    // The codecs that this server negotiates, whatever the client would have liked.
    let is_red = codec.to_ascii_lowercase().ends_with("red");
    let mime_type = match (is_video, is_red) {
        (true, _) => "video/VP8",
        (false, true) => "audio/red",
        (false, false) => "audio/opus",
    };
    let mut layers = layers.to_vec();
    if is_video && layers.is_empty() {
        layers.push(proto::VideoLayer {
            quality: VideoQuality::High as i32,
            ..Default::default()
        });
    }
    proto::SimulcastCodecInfo {
        mime_type: mime_type.to_owned(),
        cid: cid.to_owned(),
        layers,
        ..Default::default()
    }
}

/// Tracks that a client wants played in step share a stream; LiveKit pairs camera with
/// microphone, and a shared screen with its sound.
fn stream_of(request: &proto::AddTrackRequest) -> String {
    if !request.stream.is_empty() {
        return request.stream.clone();
    }
    match request.source() {
        TrackSource::Camera | TrackSource::Microphone => "camera".to_owned(),
        TrackSource::ScreenShare | TrackSource::ScreenShareAudio => "screen_share".to_owned(),
        TrackSource::Unknown => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Publication {
        let layers = [(1280, 720), (320, 180), (640, 360)]
            .into_iter()
            .map(|(width, height)| proto::VideoLayer {
                width,
                height,
                ..Default::default()
            })
            .collect();
        Publication::new(
            TrackSid("TR_x".into()),
            &proto::AddTrackRequest {
                cid: "c".into(),
                r#type: TrackType::Video as i32,
                layers,
                ..Default::default()
            },
        )
    }

    #[test]
    fn layers_are_sized_in_the_order_of_their_rids_however_they_were_announced() {
        let widths: Vec<_> = camera().layer_states().iter().map(|l| l.width).collect();
        assert_eq!(widths, [320, 640, 1280]);
    }

    #[test]
    fn a_key_frame_is_asked_at_most_every_half_second_and_no_wish_is_lost() {
        let mut camera = camera();
        let start = Instant::now();
        let ssrc = Ssrc::from(7);
        assert_eq!(camera.layer_of(ssrc, Some("h".into())), (1, true));
        camera.want_keyframe(1);
        assert_eq!(camera.take_keyframe_requests(start).count(), 1);
        camera.want_keyframe(1);
        let soon = start + Duration::from_millis(100);
        assert_eq!(camera.take_keyframe_requests(soon).count(), 0);
        let later = start + Duration::from_millis(600);
        assert_eq!(
            camera.take_keyframe_requests(later).collect::<Vec<_>>(),
            [ssrc]
        );
        assert_eq!(camera.take_keyframe_requests(later).count(), 0);
    }

    #[test]
    fn a_stream_without_a_rid_is_the_only_layer() {
        let mut camera = camera();
        assert_eq!(camera.layer_of(Ssrc::from(1), None), (0, true));
        assert_eq!(camera.layer_of(Ssrc::from(1), None), (0, false));
    }
}
