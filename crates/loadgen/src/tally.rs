//! What one subscriber received.

use std::collections::HashMap;

use crate::source::Stamp;

/// Counts for one participant. Times are nanoseconds since the load began.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    streams: HashMap<(u16, bool), Stream>,
    /// Microseconds on the way, for packets of the measured time.
    late: Vec<u32>,
    /// When the first packet of any kind came.
    pub first_packet: Option<u64>,
    /// When the first packet of a key frame came.
    pub first_key: Option<u64>,
    measuring: bool,
}

#[derive(Clone, Debug)]
struct Stream {
    lowest: u64,
    highest: u64,
    received: u64,
}

impl Tally {
    pub fn received(&mut self, stamp: Stamp, now: u64) {
        self.first_packet.get_or_insert(now);
        if stamp.video && stamp.key {
            self.first_key.get_or_insert(now);
        }
        let fresh = Stream {
            lowest: stamp.number,
            highest: stamp.number,
            received: 0,
        };
        let stream = self
            .streams
            .entry((stamp.publisher, stamp.video))
            .or_insert(fresh);
        stream.lowest = stream.lowest.min(stamp.number);
        stream.highest = stream.highest.max(stamp.number);
        stream.received += 1;
        if self.measuring {
            let micros = now.saturating_sub(stamp.sent) / 1000;
            self.late.push(u32::try_from(micros).unwrap_or(u32::MAX));
        }
    }

    /// Streams of which something came.
    pub fn streams(&self) -> usize {
        self.streams.len()
    }

    /// Forgets what came so far, but not when the first came, and measures from here on.
    pub fn begin(&mut self) {
        self.streams.clear();
        self.late.clear();
        self.measuring = true;
    }

    pub fn packets(&self) -> u64 {
        self.streams.values().map(|stream| stream.received).sum()
    }

    /// Packets of one publisher's sound or picture.
    pub fn packets_of(&self, publisher: u16, video: bool) -> u64 {
        let stream = self.streams.get(&(publisher, video));
        stream.map_or(0, |stream| stream.received)
    }

    /// How many packets there were between the first and the last that came.
    pub fn expected(&self) -> u64 {
        self.streams
            .values()
            .map(|stream| stream.highest - stream.lowest + 1)
            .sum()
    }

    /// Microseconds on the way, one per packet.
    pub fn late(&self) -> &[u32] {
        &self.late
    }
}

/// The value that `part` of all values (0 to 1) do not exceed; NaN where there are none.
pub fn percentile(values: &mut [f64], part: f64) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    values.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a list that fits into memory"
    )]
    let at = ((values.len() as f64 * part).ceil() as usize).clamp(1, values.len());
    values[at - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(number: u64) -> Stamp {
        Stamp {
            publisher: 1,
            video: false,
            key: false,
            number,
            sent: 0,
        }
    }

    #[test]
    fn gaps_are_expected_but_not_received() {
        let mut tally = Tally::default();
        for number in [10, 11, 14] {
            tally.received(stamp(number), 5_000);
        }
        assert_eq!((tally.packets(), tally.expected()), (3, 5));
    }

    #[test]
    fn measuring_starts_anew_but_keeps_the_first_arrival() {
        let mut tally = Tally::default();
        tally.received(stamp(1), 1_000);
        tally.begin();
        tally.received(stamp(9), 2_000_000);
        assert_eq!((tally.packets(), tally.expected()), (1, 1));
        assert_eq!(tally.first_packet, Some(1_000));
        assert_eq!(tally.late(), [2_000]);
    }

    #[test]
    fn percentiles_of_few_values() {
        assert_eq!(percentile(&mut [3.0, 1.0, 2.0], 0.5), 2.0);
        assert_eq!(percentile(&mut [3.0, 1.0, 2.0], 0.99), 3.0);
        assert!(percentile(&mut [], 0.5).is_nan());
    }
}
