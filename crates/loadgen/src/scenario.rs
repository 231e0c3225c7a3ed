//! The load itself: who joins when, how long is measured, and what the measurements say.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::participant::{Observed, Role, take_part};
use crate::process::{self, Usage};
use crate::report::Figure;
use crate::signalling::Door;
use crate::tally::percentile;

/// Between two joins, so that the load is a meeting and not an attack.
const BETWEEN_JOINS: Duration = Duration::from_millis(50);
/// How long everybody may take to receive everybody.
const SETTLE_TIME: Duration = Duration::from_secs(30);
/// Without load, before the server's memory is read for the first time.
const QUIET: Duration = Duration::from_millis(300);

/// What to do.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub url: String,
    pub key: String,
    pub secret: String,
    pub server: Option<u32>,
    pub rooms: u16,
    pub publishers: u16,
    pub subscribers: u16,
    pub measured: Duration,
    pub video_kbps: u32,
}

/// The server's usage at the three moments that matter.
struct Cost {
    empty: Usage,
    before: Usage,
    after: Usage,
}

impl Scenario {
    /// Runs the load and returns what was measured.
    ///
    /// # Errors
    ///
    /// Somebody could not join, or not everybody received everybody.
    pub async fn run(&self) -> anyhow::Result<Vec<Figure>> {
        let server = self.resolve().await?;
        tokio::time::sleep(QUIET).await;
        let empty = self.usage()?;
        let (stop, stopped) = watch::channel(false);
        let mut running = JoinSet::new();
        let everybody = self.join_all(server, &stopped, &mut running).await?;
        self.settle(&everybody, &mut running).await?;

        let before = self.usage()?;
        for one in &everybody {
            one.with_tally(|tally| tally.begin());
        }
        let measuring = Instant::now();
        tokio::select! {
            () = tokio::time::sleep(self.measured) => {}
            failure = first_failure(&mut running) => return Err(failure),
        }
        let measured = measuring.elapsed();
        let after = self.usage()?;
        let figures = self.figures(
            &everybody,
            measured,
            empty
                .zip(before)
                .zip(after)
                .map(|((empty, before), after)| Cost {
                    empty,
                    before,
                    after,
                }),
        );

        // Everybody leaves; an error here only says that the server was faster.
        let _ = stop.send(true);
        running.join_all().await;
        Ok(figures)
    }

    fn participants(&self) -> u32 {
        u32::from(self.rooms) * (u32::from(self.publishers) + u32::from(self.subscribers))
    }

    async fn resolve(&self) -> anyhow::Result<SocketAddr> {
        let url = reqwest::Url::parse(&self.url).context("the server's address")?;
        let host = url.host_str().context("the address names no host")?;
        let port = url
            .port_or_known_default()
            .context("the address names no port")?;
        tokio::net::lookup_host((host.trim_matches(['[', ']']), port))
            .await?
            .next()
            .context("the host has no address")
    }

    fn usage(&self) -> anyhow::Result<Option<Usage>> {
        self.server.map(process::usage).transpose()
    }

    async fn join_all(
        &self,
        server: SocketAddr,
        stopped: &watch::Receiver<bool>,
        running: &mut JoinSet<anyhow::Result<()>>,
    ) -> anyhow::Result<Vec<Observed>> {
        let began = Instant::now();
        let run = std::process::id();
        let mut everybody = Vec::new();
        let mut publishers = 0u16;
        // Publishers first: a newcomer's first picture is then a matter of the server alone.
        for publishing in [true, false] {
            for room in 0..self.rooms {
                let count = if publishing {
                    self.publishers
                } else {
                    self.subscribers
                };
                for number in 0..count {
                    let word = if publishing {
                        "publisher"
                    } else {
                        "subscriber"
                    };
                    let role = Role {
                        door: Door {
                            url: self.url.clone(),
                            key: self.key.clone(),
                            secret: self.secret.clone(),
                        },
                        server,
                        room: format!("load-{run}-{room}"),
                        identity: format!("{word}-{number}"),
                        publisher: publishing.then_some(publishers),
                        video_kbps: self.video_kbps,
                        began,
                    };
                    publishers += u16::from(publishing);
                    let one = Observed {
                        role,
                        clicked: Instant::now(),
                        tally: Arc::new(Mutex::default()),
                    };
                    running.spawn(take_part(one.clone(), stopped.clone()));
                    everybody.push(one);
                    tokio::select! {
                        () = tokio::time::sleep(BETWEEN_JOINS) => {}
                        failure = first_failure(running) => return Err(failure),
                    }
                }
            }
        }
        Ok(everybody)
    }

    /// How many streams `one` should receive.
    fn streams(&self, one: &Observed) -> usize {
        let own = u16::from(one.role.publisher.is_some());
        let kinds = if self.video_kbps > 0 { 2 } else { 1 };
        usize::from(self.publishers.saturating_sub(own)) * kinds
    }

    async fn settle(
        &self,
        everybody: &[Observed],
        running: &mut JoinSet<anyhow::Result<()>>,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + SETTLE_TIME;
        loop {
            let waiting: Vec<&Observed> = everybody
                .iter()
                .filter(|one| one.tally().streams() < self.streams(one))
                .collect();
            let Some(first) = waiting.first() else {
                return Ok(());
            };
            if Instant::now() > deadline {
                bail!(
                    "{} of {} participants do not receive everything; {} in {} has {} of {} streams",
                    waiting.len(),
                    everybody.len(),
                    first.role.identity,
                    first.role.room,
                    first.tally().streams(),
                    self.streams(first),
                );
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(100)) => {}
                failure = first_failure(running) => return Err(failure),
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    fn figures(
        &self,
        everybody: &[Observed],
        measured: Duration,
        cost: Option<Cost>,
    ) -> Vec<Figure> {
        let mut packets = 0u64;
        let mut expected = 0u64;
        let (mut first, mut picture, mut late) = (Vec::new(), Vec::new(), Vec::new());
        for one in everybody {
            let tally = one.tally();
            packets += tally.packets();
            expected += tally.expected();
            late.extend(
                tally
                    .late()
                    .iter()
                    .map(|micros| f64::from(*micros) / 1000.0),
            );
            if one.role.publisher.is_none() {
                first.extend(tally.first_packet.map(|at| one.millis_to(at)));
                picture.extend(tally.first_key.map(|at| one.millis_to(at)));
            }
        }
        let seconds = measured.as_secs_f64();
        let people = f64::from(self.participants());
        let mut figures = vec![
            Figure::noted("participants", people, ""),
            Figure::noted("packets_delivered", packets as f64 / seconds, "/s"),
            Figure::at_least(
                "packets_delivered_share",
                packets as f64 / expected as f64 * 100.0,
                "%",
                99.9,
            ),
            Figure::at_most("way_p50", percentile(&mut late, 0.5), "ms", 10.0),
            Figure::at_most("way_p99", percentile(&mut late, 0.99), "ms", 50.0),
        ];
        if self.subscribers > 0 {
            let packet = percentile(&mut first, 0.95);
            figures.push(Figure::at_most(
                "join_to_first_packet_p95",
                packet,
                "ms",
                1000.0,
            ));
        }
        if self.subscribers > 0 && self.video_kbps > 0 {
            let picture = percentile(&mut picture, 0.95);
            figures.push(Figure::at_most(
                "join_to_first_picture_p95",
                picture,
                "ms",
                1500.0,
            ));
        }
        if let Some(cost) = cost {
            let cpu = cost.after.cpu.saturating_sub(cost.before.cpu).as_secs_f64();
            let grown = cost.after.memory.saturating_sub(cost.empty.memory) as f64;
            figures.extend([
                Figure::noted(
                    "cpu_per_participant",
                    cpu / seconds / people * 100.0,
                    "% core",
                ),
                // LiveKit published 13 to 26 for itself; loopback charges the receiver's share too.
                Figure::at_most("cpu_per_packet", cpu * 1e6 / packets as f64, "µs", 13.0),
                Figure::at_most(
                    "memory_per_participant",
                    grown / people / 1024.0,
                    "KiB",
                    1024.0,
                ),
                Figure::noted("memory", cost.after.memory as f64 / 1_048_576.0, "MiB"),
            ]);
        }
        figures
    }
}

/// Waits until a participant fails; forever if none does.
async fn first_failure(running: &mut JoinSet<anyhow::Result<()>>) -> anyhow::Error {
    loop {
        match running.join_next().await {
            Some(Ok(Err(error))) => return error,
            Some(Err(error)) => return error.into(),
            Some(Ok(Ok(()))) => {}
            None => std::future::pending().await,
        }
    }
}
