//! Presence: who was at an event, from when to when, and for what share of it.
//!
//! Everything is a set of half-open intervals of time. What an event's course counts
//! ([`Course`]) is one set; when a person was there is another, merged from any number of
//! connections, room kits and lists; their presence is what the two have in common. So a
//! reconnect, a second tab or a doubled record can add nothing twice.
//!
//! Invariant: an [`Intervals`] is sorted, its parts are not empty and do not touch.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From one moment up to, not including, another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Interval {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

impl Interval {
    /// `None` for one that is empty or runs backwards.
    pub fn new(from: DateTime<Utc>, to: DateTime<Utc>) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }
}

/// A set of moments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intervals(Vec<Interval>);

impl FromIterator<Interval> for Intervals {
    /// Merges parts that overlap or touch, in whatever order they come.
    fn from_iter<I: IntoIterator<Item = Interval>>(parts: I) -> Self {
        let mut parts: Vec<Interval> = parts
            .into_iter()
            .filter(|part| part.from < part.to)
            .collect();
        parts.sort_unstable_by_key(|part| part.from);
        let mut merged: Vec<Interval> = Vec::with_capacity(parts.len());
        for part in parts {
            match merged.last_mut() {
                Some(last) if part.from <= last.to => last.to = last.to.max(part.to),
                _ => merged.push(part),
            }
        }
        Self(merged)
    }
}

impl Intervals {
    pub fn parts(&self) -> &[Interval] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How long all parts last together.
    pub fn length(&self) -> TimeDelta {
        self.0
            .iter()
            .fold(TimeDelta::zero(), |sum, part| sum + (part.to - part.from))
    }

    pub fn contains(&self, moment: DateTime<Utc>) -> bool {
        let after = self.0.partition_point(|part| part.to <= moment);
        self.0.get(after).is_some_and(|part| part.from <= moment)
    }

    /// What belongs to both.
    pub fn common(&self, other: &Self) -> Self {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = Vec::new();
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            common.extend(Interval::new(a.from.max(b.from), a.to.min(b.to)));
            if a.to <= b.to {
                ours.next();
            } else {
                theirs.next();
            }
        }
        Self(common)
    }

    /// What belongs to this and not to the other.
    pub fn without(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut holes = other.0.iter().peekable();
        for part in &self.0 {
            let mut from = part.from;
            while holes.next_if(|hole| hole.to <= from).is_some() {}
            // A hole that reaches beyond this part may cut the next one too: it stays.
            while let Some(hole) = holes.peek().filter(|hole| hole.from < part.to) {
                left.extend(Interval::new(from, hole.from));
                from = hole.to;
                if hole.to > part.to {
                    break;
                }
                holes.next();
            }
            left.extend(Interval::new(from, part.to));
        }
        Self(left)
    }
}

/// What is recorded of when an event took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub planned_start: DateTime<Utc>,
    /// When the first of its rooms without a back stage was entered.
    pub started_at: Option<DateTime<Utc>>,
    /// When the first back stage was left for the listeners.
    pub live_at: Option<DateTime<Utc>>,
    /// When its last room was closed; `None` while one is open.
    pub ended_at: Option<DateTime<Utc>>,
    /// When the last connection ended; `None` while somebody is there, or nobody ever was.
    pub last_left: Option<DateTime<Utc>>,
    pub now: DateTime<Utc>,
}

/// The time of an event that counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// Actual start and end; `None` for an event that did not take place.
    pub window: Option<Interval>,
    counted: Intervals,
}

impl Course {
    /// From the actual start to the actual end, without `breaks`.
    ///
    /// Who comes early to try the microphone does not make the event longer: it starts at its
    /// planned time, unless it was over by then. Nor does a room that stood empty before it was
    /// closed: the event ended when the last person left. A webinar starts when it went live,
    /// for that was somebody's word; what happened back stage before does not count.
    pub fn new(held: Held, breaks: &Intervals) -> Self {
        let closed = held.ended_at.map_or(held.now, |ended| {
            held.last_left.map_or(ended, |left| left.min(ended))
        });
        let entered = held.started_at.map(|entered| {
            if held.planned_start < closed {
                entered.max(held.planned_start)
            } else {
                entered
            }
        });
        let from = entered.into_iter().chain(held.live_at).min();
        let window = from.and_then(|from| Interval::new(from, closed));
        let counted = window.into_iter().collect::<Intervals>().without(breaks);
        Self { window, counted }
    }

    /// What counts, in all.
    pub fn length(&self) -> TimeDelta {
        self.counted.length()
    }

    /// What of `there` counts.
    pub fn count(&self, there: &Intervals) -> Intervals {
        self.counted.common(there)
    }

    /// `time` as a share of the whole, from 0 to 1; 0 where nothing took place.
    pub fn share(&self, time: TimeDelta) -> f64 {
        let whole = self.length().num_milliseconds();
        if whole <= 0 {
            return 0.0;
        }
        let part = time.num_milliseconds().clamp(0, whole);
        // Milliseconds of a day fit into 53 bits with room to spare.
        part as f64 / whole as f64
    }
}

/// Whole minutes, halves rounded up.
pub fn minutes(time: TimeDelta) -> i64 {
    (time.num_seconds().max(0) + 30) / 60
}

/// Whole seconds; one for what is shorter and not nothing.
pub fn seconds(time: TimeDelta) -> i64 {
    let least = i64::from(time > TimeDelta::zero());
    time.num_seconds().max(least)
}

/// How somebody was there.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// With a device of their own.
    Own,
    /// Before a room kit, confirmed by the code on its screen.
    Kit,
    /// Before a room kit, named by the site's coordinator.
    List,
}

impl Mode {
    pub const ALL: [Self; 3] = [Self::Own, Self::Kit, Self::List];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Kit => "kit",
            Self::List => "list",
        }
    }
}

/// A confirmation reaches back this far: a staff room needs a while to pass the code round.
pub const REACH_BACK: TimeDelta = TimeDelta::minutes(10);

/// Of the time a kit was connected, what counts for somebody who confirmed first at `confirmed`.
pub fn behind_kit(kit: &Intervals, confirmed: DateTime<Utc>) -> Intervals {
    let since = confirmed - REACH_BACK;
    kit.parts()
        .iter()
        .filter_map(|part| Interval::new(part.from.max(since), part.to))
        .collect()
}

/// Everything by which somebody was there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    pub own: Vec<Interval>,
    pub kit: Vec<Interval>,
    pub list: Vec<Interval>,
    /// A kit vouches for them, whether or not it was connected.
    pub confirmed: Option<Mode>,
}

/// What counts of somebody's being there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    pub mode: Mode,
    pub intervals: Intervals,
}

impl Evidence {
    /// The mode is that of the surest evidence: an own device, then a code, then a list.
    pub fn attendance(self, course: &Course) -> Attendance {
        let mode = if !self.own.is_empty() {
            Mode::Own
        } else if !self.kit.is_empty() {
            Mode::Kit
        } else {
            self.confirmed.unwrap_or(if self.list.is_empty() {
                Mode::Own
            } else {
                Mode::List
            })
        };
        let there: Intervals = [self.own, self.kit, self.list]
            .into_iter()
            .flatten()
            .collect();
        Attendance {
            mode,
            intervals: course.count(&there),
        }
    }
}

/// Shortest and longest time to answer «I am here», in seconds.
pub const CHECK_SECONDS: std::ops::RangeInclusive<i64> = 15..=600;

/// One question «are you there?» to everybody in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    pub asked_at: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// How often somebody was asked on a device of their own, and how often they answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Checks {
    pub asked: usize,
    pub answered: usize,
}

impl Check {
    /// Whether somebody connected at `there` saw the question: a moment of it is enough, for
    /// newcomers see it too.
    pub fn reached(self, there: &Intervals) -> bool {
        Interval::new(self.asked_at, self.until)
            .is_some_and(|asked| !Intervals(vec![asked]).common(there).is_empty())
    }
}

#[cfg(test)]
mod tests;
