//! The figures of `/metrics`: requests, the process, and what the media server adds.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicU64},
    time::{Duration, Instant},
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

/// Cheap to clone.
#[derive(Clone)]
pub struct Figures {
    registry: Arc<Mutex<Registry>>,
    requests: Family<Request, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    memory: Gauge,
    uptime: Gauge<f64, AtomicU64>,
    database: Gauge,
    started: Instant,
}

/// A request by its route's pattern: paths carry ids and tokens and stay out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

impl Figures {
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("kafedra");
        let requests = Family::default();
        // From a millisecond to a little over eight seconds.
        let durations: Family<Route, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| {
                Histogram::new((0..14).map(|power| 0.001 * f64::from(1 << power)))
            });
        let (memory, uptime, database) = (Gauge::default(), Gauge::default(), Gauge::default());
        registry.register(
            "build",
            "The program that runs",
            Info::new([("version", env!("CARGO_PKG_VERSION"))]),
        );
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time until an answer's headers",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register_with_unit(
            "process_resident_memory",
            "Memory of the process",
            Unit::Bytes,
            memory.clone(),
        );
        registry.register_with_unit(
            "uptime",
            "Time since the start",
            Unit::Seconds,
            uptime.clone(),
        );
        registry.register(
            "database_up",
            "Whether the database answers: 1 or 0",
            database.clone(),
        );
        Self {
            registry: Arc::new(Mutex::new(registry)),
            requests,
            durations,
            memory,
            uptime,
            database,
            started: Instant::now(),
        }
    }

    /// Lets another part of the server add its figures.
    pub fn extend(&self, add: impl FnOnce(&mut Registry)) {
        add(&mut self.registry.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub fn answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        self.durations
            .get_or_create(&Route {
                route: route.to_owned(),
            })
            .observe(took.as_secs_f64());
        self.requests
            .get_or_create(&Request {
                method,
                route: route.to_owned(),
                status,
            })
            .inc();
    }

    /// Everything in the OpenMetrics text format.
    ///
    /// # Errors
    ///
    /// None in practice: writing to memory does not fail.
    pub fn text(&self, database: bool) -> Result<String, fmt::Error> {
        self.memory.set(resident_memory().unwrap_or_default());
        self.uptime.set(self.started.elapsed().as_secs_f64());
        self.database.set(i64::from(database));
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        encode(&mut text, &registry)?;
        Ok(text)
    }
}

/// Resident memory in bytes, as Linux tells it.
fn resident_memory() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: i64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}
