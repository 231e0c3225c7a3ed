//! Who speaks: audio levels of a short window, smoothed, and told only when they change.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use livekit_protocol as proto;

use crate::room::MemberKey;

/// Levels are judged, and speakers told, this often while anyone is heard.
pub(crate) const WINDOW: Duration = Duration::from_millis(400);
/// RFC 6464 levels, in negative decibels: 0 is the loudest, 127 silence.
const AUDIBLE: u8 = 35;
/// So many audible packets of a window are speech: a tenth of a second in the browsers' 20 ms.
/// Not a share of all packets, since Opus sends few of them in silence.
const SPEECH_PACKETS: u32 = 5;
/// A change of level smaller than this is not told.
const STEP: f32 = 0.05;

#[derive(Debug, Default)]
struct Meter {
    audible: u32,
    /// Sum of the audible packets' levels.
    sum: f32,
    /// What was told last; 0 means «not speaking».
    told: f32,
    smoothed: f32,
}

/// The meters of one room.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    meters: BTreeMap<MemberKey, Meter>,
    /// End of the current window; none while the room is silent.
    window_ends: Option<Instant>,
}

/// A change to tell: who, and how loud, 0 to 1; 0 ends their speaking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Change {
    pub member: MemberKey,
    pub level: f32,
}

impl Speakers {
    /// Counts a packet. `level` is RFC 6464's, as decibels below the loudest.
    pub fn hear(&mut self, member: MemberKey, level: u8, now: Instant) {
        let audible = level < AUDIBLE;
        if !audible && self.window_ends.is_none() {
            return;
        }
        let meter = self.meters.entry(member).or_default();
        if audible {
            meter.audible += 1;
            meter.sum += linear(level);
        }
        if self.window_ends.is_none() {
            self.window_ends = Some(now + WINDOW);
        }
    }

    /// When [`Speakers::judge`] is due.
    pub fn deadline(&self) -> Option<Instant> {
        self.window_ends
    }

    /// Ends the window if it is over; returns what changed.
    pub fn judge(&mut self, now: Instant) -> Vec<Change> {
        if self.window_ends.is_none_or(|ends| now < ends) {
            return Vec::new();
        }
        let mut changes = Vec::new();
        for (&member, meter) in &mut self.meters {
            let level = if meter.audible >= SPEECH_PACKETS {
                meter.sum / meter.audible as f32
            } else {
                0.0
            };
            // Falls over two windows, so that a breath between words is no end; rises at once.
            meter.smoothed = if level >= meter.smoothed {
                level
            } else {
                (meter.smoothed + level) / 2.0
            };
            if meter.smoothed < STEP / 2.0 {
                meter.smoothed = 0.0;
            }
            let began_or_ended = (meter.smoothed == 0.0) != (meter.told == 0.0);
            if began_or_ended || (meter.smoothed - meter.told).abs() > STEP {
                meter.told = meter.smoothed;
                changes.push(Change {
                    member,
                    level: meter.told,
                });
            }
            (meter.audible, meter.sum) = (0, 0.0);
        }
        self.meters.retain(|_, meter| meter.told > 0.0);
        self.window_ends = (!self.meters.is_empty()).then(|| now + WINDOW);
        changes
    }

    /// The ones who speak now, for someone who has just come.
    pub fn current(&self) -> Vec<Change> {
        self.meters
            .iter()
            .filter(|(_, meter)| meter.told > 0.0)
            .map(|(&member, meter)| Change {
                member,
                level: meter.told,
            })
            .collect()
    }

    /// Forgets someone who left.
    pub fn forget(&mut self, member: MemberKey) {
        self.meters.remove(&member);
    }
}

/// Decibels below the loudest as an amplitude from 0 to 1, stretched so that ordinary speech
/// (−30 to −15) fills the scale: clients draw it as it comes.
fn linear(level: u8) -> f32 {
    let amplitude = 10f32.powf(-f32::from(level) / 20.0);
    (amplitude * 4.0).min(1.0)
}

/// The message form of a change.
pub(crate) fn speaker_info(sid: &str, level: f32) -> proto::SpeakerInfo {
    proto::SpeakerInfo {
        sid: sid.to_owned(),
        level,
        active: level > 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speak(speakers: &mut Speakers, member: u64, level: u8, start: Instant, window: u32) {
        for packet in 0..20 {
            let at = start + WINDOW * window + Duration::from_millis(20) * packet;
            speakers.hear(MemberKey(member), level, at);
        }
    }

    #[test]
    fn a_voice_begins_is_not_repeated_and_ends() {
        let start = Instant::now();
        let mut speakers = Speakers::default();
        speak(&mut speakers, 1, 20, start, 0);
        let changes = speakers.judge(start + WINDOW);
        assert_eq!(changes.len(), 1);
        assert!(changes[0].level > 0.3, "{changes:?}");
        speak(&mut speakers, 1, 20, start, 1);
        assert!(speakers.judge(start + WINDOW * 2).is_empty());
        let mut last = 1.0;
        for window in 2..9 {
            speak(&mut speakers, 1, 100, start, window);
            for change in speakers.judge(start + WINDOW * (window + 1)) {
                last = change.level;
            }
        }
        assert_eq!(last, 0.0);
        assert_eq!(speakers.deadline(), None, "a silent room has no timer");
    }

    #[test]
    fn a_quiet_room_never_starts_a_timer() {
        let mut speakers = Speakers::default();
        speak(&mut speakers, 1, 127, Instant::now(), 0);
        assert_eq!(speakers.deadline(), None);
    }

    #[test]
    fn a_single_click_is_not_speech() {
        let start = Instant::now();
        let mut speakers = Speakers::default();
        speakers.hear(MemberKey(1), 5, start);
        speak(&mut speakers, 1, 90, start, 0);
        assert!(speakers.judge(start + WINDOW).is_empty());
    }
}
