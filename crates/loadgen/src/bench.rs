//! The frame of the benches that ask the real program over HTTP: a server over each database, the
//! questions it answers, and how long it says that they took (`Server-Timing`), so that this program's
//! own time and the network's are not in it.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::Args;
use kafedra_model::demo::PASSWORD;
use kafedra_store::Store;
use kafedra_testkit::Launch;
use rand::{SeedableRng, rngs::StdRng};
use reqwest::Client;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::report::{self, Figure};

/// Questions of a view; the slowest twentieth of them is what the goal is about.
pub const ROUNDS: usize = 60;
/// Questions before it counts: connections are open and pages in memory then.
const WARM: usize = 5;
/// How long a job may take before something is wrong with it.
const LONGEST: Duration = Duration::from_secs(180);

/// What each of these benches is told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The program under test.
    #[arg(long, default_value = "target/debug/kafedra")]
    program: PathBuf,
    /// A PostgreSQL server where databases may be made; without it SQLite alone is measured.
    #[arg(long)]
    postgres: Option<String>,
    /// Where to write the figures as JSON.
    #[arg(long)]
    out: PathBuf,
}

/// A view: its name, who looks, what it asks for with some chance in it.
pub struct View<'a> {
    pub name: String,
    pub login: &'static str,
    /// Milliseconds of all that is asked for at once.
    pub most: f64,
    /// How often it is asked.
    pub rounds: usize,
    pub asks: Asks<'a>,
}

pub type Asks<'a> = Box<dyn Fn(&mut StdRng) -> Vec<String> + 'a>;

/// A running server over the demo city.
pub struct Bench {
    /// `http://127.0.0.1:PORT` of `kafedra demo`.
    pub url: String,
    /// What the figures are of: `SQLite`, `PostgreSQL`.
    pub database: &'static str,
    /// Where that database is.
    pub database_url: String,
    /// Of the server.
    pub pid: u32,
    pub now: DateTime<Utc>,
}

impl Arguments {
    /// Measures on each database and writes what came of it.
    ///
    /// # Errors
    ///
    /// A program that does not start or does not answer as it should.
    pub fn run(
        &self,
        measure: impl AsyncFn(&Bench) -> anyhow::Result<Vec<Figure>>,
    ) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        let figures = runtime.block_on(self.on_both(measure))?;
        report::print(&figures);
        report::write(&figures, &self.out)
            .with_context(|| format!("writing {}", self.out.display()))
    }

    async fn on_both(
        &self,
        measure: impl AsyncFn(&Bench) -> anyhow::Result<Vec<Figure>>,
    ) -> anyhow::Result<Vec<Figure>> {
        let program = self.program.canonicalize().context("the program")?;
        // Listeners of a vote sit in many places, which a proxy on this machine tells.
        let launch = || Launch::new(&program).with("KAFEDRA_SERVER__TRUSTED_PROXIES", "127.0.0.1");
        let first = launch();
        let file = first.data().join("kafedra.sqlite");
        let url = format!("sqlite:{}", file.display());
        let mut figures = on(&first, "SQLite", url, &measure).await?;
        if let Some(server) = &self.postgres {
            let url = new_database(server).await?;
            let second = launch().with("KAFEDRA_DATABASE__URL", &url);
            figures.extend(on(&second, "PostgreSQL", url, &measure).await?);
        }
        Ok(figures)
    }
}

async fn on(
    launch: &Launch,
    database: &'static str,
    database_url: String,
    measure: &impl AsyncFn(&Bench) -> anyhow::Result<Vec<Figure>>,
) -> anyhow::Result<Vec<Figure>> {
    let server = launch.start("demo");
    let bench = Bench {
        url: server.url.clone(),
        database,
        database_url,
        pid: server.pid(),
        now: now(),
    };
    let figures = measure(&bench).await?;
    server.stop();
    Ok(figures)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a measurement is of this day; everything else is given the moment"
)]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// A database of its own on a PostgreSQL server.
async fn new_database(server: &str) -> anyhow::Result<String> {
    let admin = Store::connect(server).await?;
    let name = format!("bench_{}", uuid::Uuid::new_v4().simple());
    admin
        .db
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await?;
    let (base, _) = server
        .rsplit_once('/')
        .context("a database in the address")?;
    Ok(format!("{base}/{name}"))
}

/// Has the database look at what was just written, as PostgreSQL does by itself within a minute; the
/// benches do not wait for it.
///
/// # Errors
///
/// A database that does not answer.
pub async fn analyse(store: &Store) -> anyhow::Result<()> {
    if !store.is_sqlite() {
        store.db.execute_unprepared("ANALYZE").await?;
    }
    Ok(())
}

impl Bench {
    /// The name of a figure.
    pub fn name(&self, what: &str) -> String {
        format!("{}: {what}", self.database)
    }

    /// Asks for every view in turn and gives a figure for each.
    ///
    /// # Errors
    ///
    /// A server that does not answer, refuses, or does not say how long it took.
    pub async fn views(&self, views: &[View<'_>]) -> anyhow::Result<Vec<Figure>> {
        let mut people = BTreeMap::new();
        for view in views {
            if !people.contains_key(view.login) {
                people.insert(view.login, self.signed_in(view.login).await?);
            }
        }
        let mut random = StdRng::seed_from_u64(7);
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); views.len()];
        let rounds = views.iter().map(|view| view.rounds).max().unwrap_or(0);
        for round in 0..WARM + rounds {
            // One after another: none finds what it needs just read by itself.
            for (view, times) in views.iter().zip(&mut times) {
                if round >= WARM + view.rounds {
                    continue;
                }
                let client = people.get(view.login).context("somebody signed in")?;
                let mut took = 0.0;
                for path in (view.asks)(&mut random) {
                    took += self.server_time(client, &path).await?;
                }
                if round >= WARM {
                    times.push(took);
                }
            }
        }
        Ok(views
            .iter()
            .zip(&mut times)
            .map(|(view, times)| {
                let name = self.name(&format!("{}, p95", view.name));
                Figure::at_most(name, p95(times), "ms", view.most)
            })
            .collect())
    }

    /// From `began` to the end of a job. Its bar must have moved meanwhile.
    ///
    /// # Errors
    ///
    /// A job that fails, does not end, or does not tell how far it is.
    pub async fn done(
        &self,
        client: &Client,
        job: &Value,
        began: Instant,
    ) -> anyhow::Result<Duration> {
        let path = format!("/api/jobs/{}", job.as_str().context("a job")?);
        let mut steps = Vec::new();
        loop {
            let job = self.get(client, &path).await?;
            steps.push(job["progress"].as_u64().unwrap_or(0));
            match job["state"].as_str() {
                Some("done") => break,
                Some("queued" | "running") => {}
                other => anyhow::bail!("the job is {other:?}"),
            }
            anyhow::ensure!(began.elapsed() < LONGEST, "the job does not end");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let took = began.elapsed();
        steps.dedup();
        let moved = took < Duration::from_secs(1) || steps.len() > 2;
        anyhow::ensure!(moved, "the progress bar stood still");
        Ok(took)
    }

    /// Milliseconds that the server says it took to answer.
    ///
    /// # Errors
    ///
    /// A server that refuses, or does not say how long it took.
    async fn server_time(&self, client: &Client, path: &str) -> anyhow::Result<f64> {
        let answer = client.get(format!("{}{path}", self.url)).send().await?;
        let status = answer.status();
        let said = answer
            .headers()
            .get("server-timing")
            .and_then(|value| value.to_str().ok())
            .and_then(duration);
        // A paper is no text, and nobody reads it here.
        let body = answer.bytes().await?;
        anyhow::ensure!(
            status.is_success(),
            "{path}: {status} {}",
            String::from_utf8_lossy(&body)
        );
        said.with_context(|| format!("{path}: the server does not say how long it took"))
    }

    /// Sends JSON and gives the JSON of a success.
    ///
    /// # Errors
    ///
    /// A server that refuses.
    pub async fn post(&self, client: &Client, path: &str, body: Value) -> anyhow::Result<Value> {
        sent(client.post(format!("{}{path}", self.url)).json(&body)).await
    }

    /// The JSON of a success.
    ///
    /// # Errors
    ///
    /// A server that refuses.
    pub async fn get(&self, client: &Client, path: &str) -> anyhow::Result<Value> {
        sent(client.get(format!("{}{path}", self.url))).await
    }

    /// A demo account that has agreed to the notice.
    ///
    /// # Errors
    ///
    /// A server that refuses.
    pub async fn signed_in(&self, login: &str) -> anyhow::Result<Client> {
        let client = Client::builder().cookie_store(true).build()?;
        let me = json!({ "login": login, "password": PASSWORD });
        self.post(&client, "/api/session", me).await?;
        let text = self.get(&client, "/api/consent-text").await?;
        let consent = json!({ "version": text["version"] });
        self.post(&client, "/api/me/consents", consent).await?;
        Ok(client)
    }
}

/// Sends a request; the JSON of a success, null where there is none.
///
/// # Errors
///
/// A server that refuses.
pub async fn sent(request: reqwest::RequestBuilder) -> anyhow::Result<Value> {
    let answer = request.send().await?;
    let (status, url) = (answer.status(), answer.url().path().to_owned());
    let text = answer.text().await?;
    anyhow::ensure!(status.is_success(), "{url}: {status} {text}");
    Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// The value that 95 of 100 do not exceed.
pub fn p95(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    let place = (times.len() * 95).div_ceil(100).saturating_sub(1);
    times.get(place).copied().unwrap_or(f64::NAN)
}

/// The number of `total;dur=12.3`.
fn duration(header: &str) -> Option<f64> {
    header
        .split_once("dur=")?
        .1
        .split([',', ';'])
        .next()?
        .trim()
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::{duration, p95};

    #[test]
    fn the_slowest_twentieth_is_what_counts() {
        let mut times: Vec<f64> = (1..=100).map(f64::from).collect();
        assert!((p95(&mut times) - 95.0).abs() < f64::EPSILON);
        assert!(p95(&mut []).is_nan());
    }

    #[test]
    fn the_servers_own_word_is_read() {
        assert_eq!(duration("total;dur=12.25"), Some(12.25));
        assert_eq!(duration("db;dur=3, total;dur=4"), Some(3.0));
        assert_eq!(duration("miss"), None);
    }
}
