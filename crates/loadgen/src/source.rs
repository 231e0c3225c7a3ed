//! Synthetic media: packets of the size and rhythm of Opus and VP8, stamped so that whoever
//! receives one knows who sent it when and as which of how many.

use std::time::{Duration, Instant};

const AUDIO_EVERY: Duration = Duration::from_millis(20);
const AUDIO_BYTES: usize = 80;
const AUDIO_TICKS: u32 = 960;
const FRAMES_PER_SECOND: u32 = 30;
const VIDEO_TICKS: u32 = 90_000 / FRAMES_PER_SECOND;
/// RTP payload of a full video packet, in bytes.
const VIDEO_BYTES: usize = 1100;
/// A key frame is so many times larger than others.
const KEY_FRAME_FACTOR: usize = 4;
/// A key frame is also sent without being asked for, as encoders do at scene changes.
const KEY_FRAME_EVERY: u32 = 10 * FRAMES_PER_SECOND;

/// A stamp is the last bytes of a payload.
pub const STAMP_BYTES: usize = 22;
const MAGIC: [u8; 4] = *b"KfLg";

/// Who sent a packet, when, and as which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    pub publisher: u16,
    pub video: bool,
    /// Belongs to a key frame: a picture can be decoded from here on.
    pub key: bool,
    /// Counts the packets of this publisher and kind, from 0.
    pub number: u64,
    /// Nanoseconds since the load began.
    pub sent: u64,
}

impl Stamp {
    fn write(self, payload: &mut Vec<u8>) {
        payload.extend(MAGIC);
        payload.extend(self.publisher.to_be_bytes());
        payload.push(u8::from(self.video) | u8::from(self.key) << 1);
        // 56 bits last long enough.
        payload.extend(&self.number.to_be_bytes()[1..]);
        payload.extend(self.sent.to_be_bytes());
    }

    /// The stamp of a received payload, or `None` for padding and other people's packets.
    pub fn read(payload: &[u8]) -> Option<Self> {
        let stamp = payload.get(payload.len().checked_sub(STAMP_BYTES)?..)?;
        let (magic, rest) = stamp.split_first_chunk::<4>()?;
        let (publisher, rest) = rest.split_first_chunk::<2>()?;
        let (flags, rest) = rest.split_first()?;
        let (number, rest) = rest.split_first_chunk::<7>()?;
        let sent = rest.first_chunk::<8>()?;
        let mut wide = [0; 8];
        wide[1..].copy_from_slice(number);
        (*magic == MAGIC).then_some(Self {
            publisher: u16::from_be_bytes(*publisher),
            video: flags & 1 != 0,
            key: flags & 2 != 0,
            number: u64::from_be_bytes(wide),
            sent: u64::from_be_bytes(*sent),
        })
    }
}

/// A packet that is due.
#[derive(Debug, PartialEq)]
pub struct Packet {
    pub time: u32,
    pub marker: bool,
    pub payload: Vec<u8>,
}

/// One publisher's sound or picture.
pub struct Source {
    publisher: u16,
    video: bool,
    frame_bytes: usize,
    every: Duration,
    next: Instant,
    began: Instant,
    frames: u32,
    packets: u64,
    key_due: bool,
}

impl Source {
    pub fn audio(publisher: u16, began: Instant, now: Instant) -> Self {
        Self {
            publisher,
            video: false,
            frame_bytes: AUDIO_BYTES,
            every: AUDIO_EVERY,
            next: now,
            began,
            frames: 0,
            packets: 0,
            key_due: false,
        }
    }

    /// `kbps` is the bitrate without key frames and headers.
    pub fn video(publisher: u16, kbps: u32, began: Instant, now: Instant) -> Self {
        let frame_bytes = usize::try_from(kbps * 125 / FRAMES_PER_SECOND).unwrap_or(usize::MAX);
        Self {
            video: true,
            frame_bytes: frame_bytes.max(STAMP_BYTES + 20),
            every: Duration::from_secs(1) / FRAMES_PER_SECOND,
            key_due: true,
            ..Self::audio(publisher, began, now)
        }
    }

    /// When [`Source::take`] has something next.
    pub fn due(&self) -> Instant {
        self.next
    }

    /// Somebody needs a key frame.
    pub fn ask_key_frame(&mut self) {
        self.key_due = self.video;
    }

    /// The packets of the frame that is due at `now`; none before that.
    pub fn take(&mut self, now: Instant) -> Vec<Packet> {
        if now < self.next {
            return Vec::new();
        }
        self.next += self.every;
        if self.next < now {
            // We were not scheduled for a while. Catching up would be a burst no camera makes.
            self.next = now + self.every;
        }
        let packets = if self.video {
            self.video_frame(now)
        } else {
            vec![self.packet(now, &[0xfc], AUDIO_BYTES, AUDIO_TICKS, false, true)]
        };
        self.frames = self.frames.wrapping_add(1);
        packets
    }

    fn video_frame(&mut self, now: Instant) -> Vec<Packet> {
        let key = self.key_due || self.frames.is_multiple_of(KEY_FRAME_EVERY);
        self.key_due = false;
        let mut left = self.frame_bytes * if key { KEY_FRAME_FACTOR } else { 1 };
        let mut packets = Vec::new();
        while left > 0 {
            let first = packets.is_empty();
            let bytes = left.min(VIDEO_BYTES);
            left -= bytes;
            let header = vp8_header(first, key, self.frames);
            packets.push(self.packet(now, &header, bytes, VIDEO_TICKS, key, left == 0));
        }
        packets
    }

    fn packet(
        &mut self,
        now: Instant,
        header: &[u8],
        bytes: usize,
        ticks: u32,
        key: bool,
        marker: bool,
    ) -> Packet {
        let mut payload = header.to_vec();
        payload.resize(bytes.saturating_sub(STAMP_BYTES).max(header.len()), 0);
        let sent = now.saturating_duration_since(self.began).as_nanos();
        let stamp = Stamp {
            publisher: self.publisher,
            video: self.video,
            key,
            number: self.packets,
            sent: u64::try_from(sent).unwrap_or(u64::MAX),
        };
        stamp.write(&mut payload);
        self.packets += 1;
        Packet {
            time: self.frames.wrapping_mul(ticks),
            marker,
            payload,
        }
    }
}

/// A payload descriptor with a 15-bit PictureID (RFC 7741, section 4.2), and for the first packet
/// of a frame the frame's own header (RFC 6386, section 9.1): servers look for key frames there.
fn vp8_header(first: bool, key: bool, frame: u32) -> Vec<u8> {
    let [.., high, low] = (frame & 0x7fff).to_be_bytes();
    let start = if first { 0x90 } else { 0x80 };
    let mut header = vec![start, 0x80, 0x80 | high, low];
    if first && key {
        header.extend([0x10, 0, 0, 0x9d, 0x01, 0x2a]);
        header.extend(640u16.to_le_bytes());
        header.extend(360u16.to_le_bytes());
    } else if first {
        header.extend([0x11, 0, 0]);
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_survives_the_journey() {
        let stamp = Stamp {
            publisher: 300,
            video: true,
            key: false,
            number: 70_000,
            sent: 123_456_789_012,
        };
        let mut payload = vec![1, 2, 3];
        stamp.write(&mut payload);
        assert_eq!(payload.len(), 3 + STAMP_BYTES);
        assert_eq!(Stamp::read(&payload), Some(stamp));
    }

    #[test]
    fn what_is_not_ours_has_no_stamp() {
        assert_eq!(Stamp::read(&[]), None);
        assert_eq!(Stamp::read(&[0; STAMP_BYTES]), None);
        assert_eq!(Stamp::read(&[0; 1200]), None);
    }

    #[test]
    fn video_has_its_bitrate_and_its_rhythm() {
        let start = Instant::now();
        let mut source = Source::video(1, 1000, start, start);
        let mut bytes = 0;
        let mut frames = 0;
        for millis in 0..1000 {
            let packets = source.take(start + Duration::from_millis(millis));
            frames += usize::from(!packets.is_empty());
            bytes += packets
                .iter()
                .map(|packet| packet.payload.len())
                .sum::<usize>();
            if let Some(last) = packets.last() {
                assert!(last.marker);
                assert!(
                    packets
                        .iter()
                        .all(|packet| packet.payload.len() <= VIDEO_BYTES)
                );
            }
        }
        assert!((29..=31).contains(&frames), "{frames} frames");
        // One key frame of four times the size is among them.
        assert!((125_000..150_000).contains(&bytes), "{bytes} bytes");
    }

    #[test]
    fn a_key_frame_comes_first_and_when_asked_for() {
        let start = Instant::now();
        let mut source = Source::video(1, 1000, start, start);
        let mut keys = Vec::new();
        for frame in 0..5u32 {
            if frame == 3 {
                source.ask_key_frame();
            }
            let due = source.due();
            let packets = source.take(due);
            keys.push(Stamp::read(&packets[0].payload).unwrap().key);
        }
        assert_eq!(keys, [true, false, false, true, false]);
    }

    #[test]
    fn a_late_source_does_not_burst() {
        let start = Instant::now();
        let mut source = Source::audio(1, start, start);
        let late = start + Duration::from_secs(5);
        assert_eq!(source.take(late).len(), 1);
        assert!(source.take(late).is_empty());
        assert!(source.due() > late);
    }
}
