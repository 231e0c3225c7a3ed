//! Figures for Prometheus: the engine's own counters, read when they are asked for, and what this
//! host counts around it.

use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{
    DescriptorEncoder, EncodeLabelSet, EncodeLabelValue, EncodeMetric,
};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::registry::Registry;

use crate::command::Media;

/// What became of a webhook event, for each receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum WebhookOutcome {
    Delivered,
    /// An attempt failed and will be repeated; the only outcome that may occur more than once.
    Retried,
    /// The receiver answered with an error that repeating does not mend.
    Refused,
    /// Given up: the backlog was full, patience ran out, or the server was stopped.
    Dropped,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Webhook {
    outcome: WebhookOutcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    method: &'static str,
    code: &'static str,
}

/// Counters of the host. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Metrics {
    joined: Counter<u64, AtomicU64>,
    refused: Family<Reason, Counter>,
    sockets: Gauge<i64, AtomicI64>,
    ended: Family<Reason, Counter>,
    calls: Family<Call, Counter>,
    webhooks: Family<Webhook, Counter>,
    waiting: Gauge<i64, AtomicI64>,
}

/// A signalling socket that is counted as open until it is dropped.
#[derive(Debug)]
pub struct OpenSocket(Gauge<i64, AtomicI64>);

impl Drop for OpenSocket {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub fn joined(&self) {
        self.joined.inc();
    }

    pub fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&Reason { reason }).inc();
    }

    pub fn socket_opened(&self) -> OpenSocket {
        self.sockets.inc();
        OpenSocket(self.sockets.clone())
    }

    pub fn socket_closed(&self, open: OpenSocket, reason: &'static str) {
        self.ended.get_or_create(&Reason { reason }).inc();
        drop(open);
    }

    pub fn api_called(&self, method: &'static str, code: &'static str) {
        self.calls.get_or_create(&Call { method, code }).inc();
    }

    pub fn webhook(&self, outcome: WebhookOutcome) {
        self.webhooks.get_or_create(&Webhook { outcome }).inc();
    }

    pub fn webhooks_waiting(&self, change: i64) {
        self.waiting.inc_by(change);
    }

    /// Adds everything under the prefix `media_`.
    pub fn register(&self, registry: &mut Registry, media: Media) {
        let media_registry = registry.sub_registry_with_prefix("media");
        media_registry.register(
            "joins",
            "Signalling connections let in, resumed ones included",
            self.joined.clone(),
        );
        media_registry.register(
            "joins_refused",
            "Signalling connections turned away",
            self.refused.clone(),
        );
        media_registry.register(
            "signal_sockets",
            "Signalling connections open now",
            self.sockets.clone(),
        );
        media_registry.register(
            "signal_sockets_ended",
            "Signalling connections that ended, by what ended them",
            self.ended.clone(),
        );
        media_registry.register("api_calls", "Server API calls", self.calls.clone());
        media_registry.register(
            "webhooks",
            "Webhook events by what became of them, counted per receiver",
            self.webhooks.clone(),
        );
        media_registry.register(
            "webhooks_waiting",
            "Webhook events not delivered yet, counted per receiver",
            self.waiting.clone(),
        );
        media_registry.register_collector(Box::new(Engine(media)));
    }
}

/// Reads the engine's counters at each scrape.
struct Engine(Media);

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine")
    }
}

impl Collector for Engine {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let figures = self.0.counters();
        let gauges = [
            ("rooms", "Rooms that exist now", &figures.rooms),
            (
                "participants",
                "Participants in a room now, those about to be given up included",
                &figures.participants,
            ),
            ("tracks", "Tracks published now", &figures.tracks),
        ];
        for (name, help, figure) in gauges {
            let value = i64::try_from(figure.get()).unwrap_or(i64::MAX);
            write_gauge(&mut encoder, name, help, value)?;
        }
        let counters = [
            (
                "datagrams_in",
                "UDP datagrams received",
                &figures.datagrams_in,
            ),
            ("bytes_in", "Bytes in received datagrams", &figures.bytes_in),
            (
                "datagrams_out",
                "UDP datagrams sent",
                &figures.datagrams_out,
            ),
            ("bytes_out", "Bytes in sent datagrams", &figures.bytes_out),
            (
                "datagrams_unknown",
                "UDP datagrams of no connection, or broken",
                &figures.datagrams_unknown,
            ),
            (
                "datagrams_unsent",
                "UDP datagrams that the operating system did not take",
                &figures.datagrams_unsent,
            ),
            (
                "packets_in",
                "RTP packets received from publishers",
                &figures.packets_in,
            ),
            (
                "packets_forwarded",
                "RTP packets written to subscribers",
                &figures.packets_forwarded,
            ),
            (
                "packets_refused",
                "RTP packets dropped: muted by a moderator or not permitted",
                &figures.packets_refused,
            ),
            (
                "data_messages",
                "Data messages forwarded, per receiver",
                &figures.data_messages,
            ),
            (
                "signals_in",
                "Signalling messages from clients",
                &figures.signals_in,
            ),
            (
                "engine_panics",
                "Times that the engine panicked: every client had to come back",
                &figures.engine_panics,
            ),
        ];
        for (name, help, figure) in counters {
            write_counter(&mut encoder, name, help, figure.get())?;
        }
        Ok(())
    }
}

fn write_gauge(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    value: i64,
) -> Result<(), fmt::Error> {
    let gauge = ConstGauge::new(value);
    let encoder = encoder.encode_descriptor(name, help, None, gauge.metric_type())?;
    gauge.encode(encoder)
}

fn write_counter(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    value: u64,
) -> Result<(), fmt::Error> {
    let counter = ConstCounter::new(value);
    let encoder = encoder.encode_descriptor(name, help, None, counter.metric_type())?;
    counter.encode(encoder)
}
