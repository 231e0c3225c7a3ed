//! Where forwarded packets leave the engine.
//!
//! The trait is the seam for a faster way out (shared packets encrypted in batches): today str0m
//! writes, keeps the retransmission cache and encrypts per subscriber. Exactly one egress may
//! send on an SSRC, since two writers would repeat SRTP nonces.

use std::sync::Arc;
use std::time::Instant;

use str0m::media::{Mid, Pt};
use str0m::rtp::{ExtensionValues, RtpWrite};

use crate::forward::Numbers;
use crate::peer::Peer;

/// A packet on its way to one subscriber.
pub(crate) struct Outgoing<'a> {
    /// The subscriber's section.
    pub mid: Mid,
    pub payload_type: Pt,
    pub numbers: Numbers,
    pub marker: bool,
    pub extensions: &'a ExtensionValues,
    /// When the publisher's packet arrived: ties RTP time to the clock in sender reports.
    pub arrival: Instant,
    /// May be asked for again.
    pub repeatable: bool,
    pub payload: &'a Arc<[u8]>,
}

/// Takes packets for one subscriber. What was written leaves when the peer is drained.
pub(crate) trait Egress {
    /// Returns whether the packet was taken; it is not where the section is unknown.
    fn write(&mut self, packet: Outgoing<'_>) -> bool;
}

impl Egress for Peer {
    fn write(&mut self, packet: Outgoing<'_>) -> bool {
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(packet.mid, None) else {
            return false;
        };
        let mut extensions = packet.extensions.clone();
        // These name the *publisher's* section and layer.
        extensions.mid = None;
        extensions.rid = None;
        extensions.rid_repair = None;
        // And these its path: both are written anew for this one.
        extensions.transport_cc = None;
        extensions.abs_send_time = None;
        let mut write = RtpWrite::new(
            packet.payload_type,
            packet.numbers.seq.into(),
            packet.numbers.time,
            packet.arrival,
            Arc::clone(packet.payload),
        )
        .marker(packet.marker)
        .nackable(packet.repeatable)
        .ext_vals(extensions);
        if let Some(patch) = packet.numbers.vp8 {
            write = write.vp8_patch(patch);
        }
        stream.write_rtp(write);
        true
    }
}
