//! One section's way from a publication's packets to a subscriber's: which of them go on, and the
//! numbers that they get.
//!
//! A [`Forwarder`] belongs to a *section*, not to a subscription: the receiver sees one SSRC for
//! the section's life, and SRTP refuses a sequence number it has seen (RFC 3711 3.3.2). So the
//! numbering goes on when the section is given another track, when a layer is switched and after
//! a pause; each new source is anchored right behind the last packet sent.

use std::time::{Duration, Instant};

use str0m::rtp::{Vp8Descriptor, Vp8Patch};

/// How long a picture that has not started yet waits for the layer it should have, before it
/// takes the key frame of another. Starting low costs another key frame soon after.
const PATIENCE: Duration = Duration::from_millis(700);

const PICTURE_ID_MASK: u16 = 0x7fff;

/// What a publisher's packet says about where it belongs.
#[derive(Clone, Copy, Debug)]
pub struct Incoming {
    /// Index of the simulcast layer, the smallest first; 0 for audio.
    pub layer: usize,
    /// The publisher's SSRC: a publisher that restarts a stream changes it.
    pub ssrc: u32,
    /// Extended sequence number.
    pub seq: u64,
    /// RTP timestamp.
    pub time: u32,
    pub arrival: Instant,
    pub content: Content,
}

/// What decides whether a stream can begin with a packet.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// Any packet will do.
    Audio,
    Video {
        starts_keyframe: bool,
        vp8: Option<Vp8Descriptor>,
    },
}

/// The numbers of a packet as the subscriber gets it.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    pub seq: u64,
    pub time: u32,
    /// PictureID and TL0PICIDX in the payload, where it has them.
    pub vp8: Option<Vp8Patch>,
}

/// The last packet sent in a section.
#[derive(Clone, Copy, Debug)]
struct Last {
    seq: u64,
    time: u32,
    arrival: Option<Instant>,
    picture: u16,
    tl0: u8,
}

/// The stream that flows now, and what to add to its numbers.
#[derive(Clone, Copy, Debug)]
struct Source {
    layer: usize,
    ssrc: u32,
    first_seq: u64,
    base_seq: u64,
    time_offset: u32,
    picture_offset: u16,
    tl0_offset: u8,
}

/// Picks and renumbers packets for one section.
#[derive(Debug)]
pub struct Forwarder {
    clock_rate: u32,
    last: Last,
    source: Option<Source>,
    target: Option<usize>,
    waiting_since: Option<Instant>,
}

impl Forwarder {
    /// A forwarder whose first packet gets the numbers after these. Keep `seq` under 2¹⁵: the
    /// rollover counter of a fresh receiver is 0.
    pub fn new(clock_rate: u32, seq: u16, time: u32) -> Self {
        Self {
            clock_rate,
            last: Last {
                seq: u64::from(seq),
                time,
                arrival: None,
                picture: 0,
                tl0: 0,
            },
            source: None,
            target: None,
            waiting_since: None,
        }
    }

    /// Chooses the layer to send, or `None` to send nothing. The switch itself happens at that
    /// layer's next key frame; until then the present layer goes on.
    pub fn set_target(&mut self, target: Option<usize>, now: Instant) {
        if self.target == target {
            return;
        }
        self.target = target;
        if target.is_none() {
            self.source = None;
        }
        self.waiting_since = Some(now);
    }

    /// Ends the present source, so that the next packet is numbered as a new beginning. Used
    /// where packets were withheld: a hole in the numbers would look like loss.
    pub fn interrupt(&mut self, now: Instant) {
        self.source = None;
        self.waiting_since = Some(now);
    }

    /// The layer whose key frame is awaited.
    pub fn awaits(&self) -> Option<usize> {
        let target = self.target?;
        match self.source {
            Some(source) if source.layer == target => None,
            _ => Some(target),
        }
    }

    /// The layer that flows now.
    pub fn current(&self) -> Option<usize> {
        self.source.map(|source| source.layer)
    }

    /// The numbers with which this packet goes on, or `None` if it does not.
    pub fn forward(&mut self, packet: &Incoming) -> Option<Numbers> {
        let target = self.target?;
        if self
            .source
            .is_some_and(|source| source.layer == packet.layer && source.ssrc != packet.ssrc)
        {
            self.source = None;
            self.waiting_since = Some(packet.arrival);
        }
        match self.source {
            Some(source) if source.layer == packet.layer => self.renumber(source, packet),
            _ if self.may_start(packet, target) => {
                let source = self.anchor(packet);
                self.source = Some(source);
                self.renumber(source, packet)
            }
            _ => None,
        }
    }

    fn may_start(&self, packet: &Incoming, target: usize) -> bool {
        let Content::Video {
            starts_keyframe, ..
        } = packet.content
        else {
            return true;
        };
        if !starts_keyframe {
            return false;
        }
        let tired = self.source.is_none()
            && self
                .waiting_since
                .is_some_and(|since| packet.arrival.saturating_duration_since(since) >= PATIENCE);
        packet.layer == target || tired
    }

    fn anchor(&self, packet: &Incoming) -> Source {
        let base_seq = self.last.seq + 1;
        let elapsed = self.last.arrival.map_or(Duration::ZERO, |at| {
            packet.arrival.saturating_duration_since(at)
        });
        let ticks = elapsed.as_nanos() * u128::from(self.clock_rate) / 1_000_000_000;
        // Truncation is the wrap of RTP timestamps.
        let base_time = self.last.time.wrapping_add((ticks as u32).max(1));
        let vp8 = packet.vp8();
        let picture = vp8.and_then(|vp8| vp8.picture_id()).unwrap_or(0);
        let tl0 = vp8.and_then(|vp8| vp8.tl0_pic_idx()).unwrap_or(0);
        Source {
            layer: packet.layer,
            ssrc: packet.ssrc,
            first_seq: packet.seq,
            base_seq,
            time_offset: base_time.wrapping_sub(packet.time),
            picture_offset: self.last.picture.wrapping_add(1).wrapping_sub(picture),
            tl0_offset: self.last.tl0.wrapping_add(1).wrapping_sub(tl0),
        }
    }

    fn renumber(&mut self, source: Source, packet: &Incoming) -> Option<Numbers> {
        // What precedes the key frame of the switch belongs to a picture never begun.
        let seq = source.base_seq + packet.seq.checked_sub(source.first_seq)?;
        let time = packet.time.wrapping_add(source.time_offset);
        let in_order = seq > self.last.seq;
        if in_order {
            self.last.seq = seq;
            self.last.time = time;
            self.last.arrival = Some(packet.arrival);
        }
        let vp8 = packet.vp8().and_then(|vp8| {
            let mut patch = vp8.patch();
            if let Some(picture) = vp8.picture_id() {
                let picture = picture.wrapping_add(source.picture_offset) & PICTURE_ID_MASK;
                if in_order {
                    self.last.picture = picture;
                }
                patch = patch.picture_id(picture);
            }
            if let Some(tl0) = vp8.tl0_pic_idx() {
                let tl0 = tl0.wrapping_add(source.tl0_offset);
                if in_order {
                    self.last.tl0 = tl0;
                }
                patch = patch.tl0_pic_idx(tl0);
            }
            // A seven-bit PictureID cannot carry the continued number; such an encoder's own
            // numbers are left alone.
            patch.build().ok()
        });
        Some(Numbers { seq, time, vp8 })
    }
}

impl Incoming {
    fn vp8(&self) -> Option<Vp8Descriptor> {
        match self.content {
            Content::Video { vp8, .. } => vp8,
            Content::Audio => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Scene {
        forwarder: Forwarder,
        start: Instant,
    }

    impl Scene {
        fn new() -> Self {
            let start = Instant::now();
            let mut forwarder = Forwarder::new(90_000, 100, 5_000);
            forwarder.set_target(Some(0), start);
            Self { forwarder, start }
        }

        fn send(&mut self, ms: u64, layer: usize, seq: u64, key: bool) -> Option<Numbers> {
            self.forwarder
                .forward(&packet(self.start, ms, layer, seq, key))
        }
    }

    fn packet(start: Instant, ms: u64, layer: usize, seq: u64, key: bool) -> Incoming {
        let payload = payload(seq as u16, key);
        let vp8 = Vp8Descriptor::parse(&payload).expect("a descriptor");
        assert_eq!(vp8.starts_keyframe(&payload), key);
        Incoming {
            layer,
            ssrc: layer as u32,
            seq,
            time: (layer as u32 + 1) * 1_000_000 + ms as u32 * 90,
            arrival: start + Duration::from_millis(ms),
            content: Content::Video {
                starts_keyframe: key,
                vp8: Some(vp8),
            },
        }
    }

    /// X, I and L bits, a 15-bit PictureID, TL0PICIDX, TID, then a key or delta frame.
    fn payload(picture: u16, key: bool) -> Vec<u8> {
        let [high, low] = picture.to_be_bytes();
        let frame = u8::from(!key);
        vec![0x90, 0xe0, 0x80 | high, low, picture as u8, 0, frame]
    }

    fn picture(numbers: &Numbers) -> String {
        format!("{:?}", numbers.vp8)
    }

    #[test]
    fn nothing_goes_on_before_a_key_frame() {
        let mut scene = Scene::new();
        assert!(scene.send(0, 0, 10, false).is_none());
        assert_eq!(scene.send(33, 0, 11, true).map(|n| n.seq), Some(101));
        assert_eq!(scene.send(66, 0, 12, false).map(|n| n.seq), Some(102));
    }

    #[test]
    fn a_layer_switch_continues_every_number() {
        let mut scene = Scene::new();
        scene.send(0, 0, 10, true);
        let before = scene.send(33, 0, 11, false).expect("flows");
        scene.forwarder.set_target(Some(1), scene.start);
        assert_eq!(scene.forwarder.awaits(), Some(1));
        assert!(scene.send(40, 1, 500, false).is_none());
        assert!(
            scene.send(66, 0, 12, false).is_some(),
            "the old layer goes on"
        );
        let after = scene.send(70, 1, 501, true).expect("switches");
        assert_eq!(after.seq, before.seq + 2);
        let since = after.time.wrapping_sub(before.time);
        assert!((3_000..3_700).contains(&since), "37 ms in ticks: {since}");
        assert_eq!(scene.forwarder.awaits(), None);
        assert!(scene.send(71, 0, 13, false).is_none());
        assert!(
            scene.send(72, 1, 499, false).is_none(),
            "older than the key frame"
        );
    }

    #[test]
    fn a_late_packet_gets_the_number_of_its_place() {
        let mut scene = Scene::new();
        scene.send(0, 0, 10, true);
        scene.send(10, 0, 12, false);
        assert_eq!(scene.send(20, 0, 11, false).map(|n| n.seq), Some(102));
        assert_eq!(scene.send(30, 0, 13, false).map(|n| n.seq), Some(104));
    }

    #[test]
    fn a_pause_leaves_no_hole_in_the_numbers() {
        let mut scene = Scene::new();
        scene.send(0, 0, 10, true);
        scene.forwarder.set_target(None, scene.start);
        assert!(scene.send(10, 0, 11, true).is_none());
        scene.forwarder.set_target(Some(0), scene.start);
        assert!(scene.send(20, 0, 90, false).is_none());
        assert_eq!(scene.send(30, 0, 91, true).map(|n| n.seq), Some(102));
    }

    #[test]
    fn an_impatient_start_takes_another_layer_and_then_moves_up() {
        let mut scene = Scene::new();
        scene.forwarder.set_target(Some(2), scene.start);
        assert!(scene.send(10, 0, 10, true).is_none());
        assert!(scene.send(800, 0, 40, true).is_some());
        assert_eq!(scene.forwarder.awaits(), Some(2));
        assert!(scene.send(900, 2, 70, true).is_some());
    }

    #[test]
    fn a_restarted_stream_waits_for_its_key_frame_and_goes_on() {
        let mut scene = Scene::new();
        scene.send(0, 0, 10, true);
        let start = scene.start;
        let restarted = |ms, seq, key| Incoming {
            ssrc: 99,
            ..packet(start, ms, 0, seq, key)
        };
        assert!(
            scene
                .forwarder
                .forward(&restarted(10, 7000, false))
                .is_none()
        );
        let numbers = scene.forwarder.forward(&restarted(20, 7001, true));
        assert_eq!(numbers.map(|n| n.seq), Some(102));
    }

    #[test]
    fn picture_ids_continue_across_a_switch() {
        let mut scene = Scene::new();
        let first = scene.send(0, 0, 40, true).expect("flows");
        scene.forwarder.set_target(Some(1), scene.start);
        let second = scene.send(10, 1, 9_000, true).expect("switches");
        let third = scene.send(20, 1, 9_001, false).expect("flows");
        let all = [picture(&first), picture(&second), picture(&third)];
        assert!(all[0] != all[1] && all[1] != all[2], "{all:?}");
    }
}
