//! Connection quality in the four words that clients show.

use std::time::Duration;

use livekit_protocol::ConnectionQuality;

/// A connection from which nothing came for so long is lost. One that is alive, however idle or
/// muted its owner, answers at least our ICE checks, which str0m sends every 3 s or more often.
pub(crate) const SILENCE: Duration = Duration::from_secs(5);

/// The last quality of one participant that others were told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quality {
    pub level: ConnectionQuality,
    /// LiveKit's score, 1 to 5, an estimate of the mean opinion.
    pub score: f32,
}

impl Quality {
    /// Nothing arrives any more. Clients that publish begin anew after 10 s of this.
    pub const LOST: Self = Self {
        level: ConnectionQuality::Lost,
        score: 1.0,
    };
}

impl Default for Quality {
    fn default() -> Self {
        Self {
            level: ConnectionQuality::Excellent,
            score: 4.5,
        }
    }
}

/// Judges a connection by the worse direction's loss (0 to 1) and the round trip.
pub(crate) fn judge(loss_in: f32, loss_out: f32, round_trip: Option<Duration>) -> Quality {
    let loss = loss_in.max(loss_out);
    let slow = round_trip.unwrap_or_default();
    let (level, score) = if loss > 0.08 || slow > Duration::from_millis(800) {
        (ConnectionQuality::Poor, 2.0)
    } else if loss > 0.02 || slow > Duration::from_millis(300) {
        (ConnectionQuality::Good, 3.5)
    } else {
        (ConnectionQuality::Excellent, 4.5)
    };
    Quality { level, score }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worse_direction_decides() {
        let level =
            |loss_in, loss_out, ms| judge(loss_in, loss_out, Some(Duration::from_millis(ms))).level;
        assert_eq!(level(0.0, 0.0, 20), ConnectionQuality::Excellent);
        assert_eq!(level(0.05, 0.0, 20), ConnectionQuality::Good);
        assert_eq!(level(0.0, 0.2, 20), ConnectionQuality::Poor);
        assert_eq!(level(0.0, 0.0, 1_000), ConnectionQuality::Poor);
    }
}
