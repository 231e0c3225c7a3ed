//! Figures that the engine keeps and the metrics page reads.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Monotonic counters and gauges. Written by the engine thread, read by anyone; each is
        /// exact, but two of them may be an instant apart.
        #[derive(Debug, Default)]
        pub struct Counters {
            $($(#[$doc])* pub $name: Figure,)*
        }
    };
}

counters! {
    /// Rooms that exist now.
    rooms,
    /// Participants that are in a room now, those about to be given up included.
    participants,
    /// Tracks that are published now.
    tracks,
    /// UDP datagrams received.
    datagrams_in,
    /// Bytes in them, without IP and UDP headers.
    bytes_in,
    /// UDP datagrams sent.
    datagrams_out,
    /// Bytes in them, without IP and UDP headers.
    bytes_out,
    /// Datagrams that belong to no connection, or that were too broken to use.
    datagrams_unknown,
    /// Datagrams the operating system did not take.
    datagrams_unsent,
    /// RTP packets received from publishers.
    packets_in,
    /// RTP packets written to subscribers.
    packets_forwarded,
    /// RTP packets of publishers that were dropped: muted by a moderator, or not permitted.
    packets_refused,
    /// Data messages forwarded, counted per receiver.
    data_messages,
    /// Signalling messages from clients.
    signals_in,
    /// Times that the engine panicked, lost every room and began anew.
    engine_panics,
}

/// One figure.
#[derive(Debug, Default)]
pub struct Figure(AtomicU64);

impl Figure {
    /// The value now.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts `by` more.
    pub fn add(&self, by: u64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }

    /// Sets a gauge.
    pub fn set(&self, to: u64) {
        self.0.store(to, Ordering::Relaxed);
    }
}
