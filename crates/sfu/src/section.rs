//! A section (m-line) that carries other people's tracks to one subscriber.
//!
//! It outlives the tracks it carries. A browser announces a track only when its section comes out
//! of `inactive`, so a section that lost its track must be answered as idle once before it can
//! carry the next: that is what [`Section::told`] remembers.

use str0m::format::Codec;
use str0m::media::Mid;

use crate::forward::Forwarder;
use crate::id::TrackSid;
use crate::peer::PayloadTypes;
use crate::room::MemberKey;

/// The track in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Carried {
    pub publisher: MemberKey,
    pub track: TrackSid,
    /// `PA_x|TR_x`, from which clients learn whose track it is.
    pub stream_id: String,
}

#[derive(Debug)]
pub(crate) struct Section {
    pub mid: Mid,
    pub audio: bool,
    /// The client still has it: a stopped section carries nothing more.
    pub open: bool,
    pub carried: Option<Carried>,
    /// The track that the last answer named here.
    pub told: Option<TrackSid>,
    pub payload_types: Option<PayloadTypes>,
    pub forwarder: Forwarder,
}

impl Section {
    /// `seq` and `time` are random; see [`Forwarder::new`].
    pub fn new(mid: Mid, audio: bool, seq: u16, time: u32) -> Self {
        Self {
            mid,
            audio,
            open: true,
            carried: None,
            told: None,
            payload_types: None,
            forwarder: Forwarder::new(clock_rate(audio), seq, time),
        }
    }

    /// Starts numbering anew, for another SSRC. `seq` and `time` are random.
    pub fn renumber(&mut self, seq: u16, time: u32) {
        self.forwarder = Forwarder::new(clock_rate(self.audio), seq, time);
    }

    /// The codec of everything this section carries.
    pub fn codec(&self) -> Codec {
        if self.audio { Codec::Opus } else { Codec::Vp8 }
    }

    /// Whether the next track can go here.
    pub fn is_free(&self) -> bool {
        self.open && self.carried.is_none() && self.told.is_none()
    }

    /// Whether the client must offer again to learn what is here.
    pub fn is_stale(&self) -> bool {
        let carried = self.carried.as_ref().map(|carried| &carried.track);
        self.open && carried != self.told.as_ref()
    }

    /// Whether packets may flow: the client knows what they belong to.
    pub fn is_ready(&self) -> bool {
        self.carried.is_some() && !self.is_stale()
    }
}

fn clock_rate(audio: bool) -> u32 {
    if audio { 48_000 } else { 90_000 }
}
