//! The bench of events at the command line: starts the real program on each database, fills it with
//! ten school years, asks for every view, writes `events.json`.

use std::path::PathBuf;

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::Parser;
use kafedra_loadgen::{
    events::{Measurement, fill},
    report,
};
use kafedra_testkit::Launch;

/// Measures what ten school years of events cost the server that shows them.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The program under test.
    #[arg(long, default_value = "target/debug/kafedra")]
    program: PathBuf,
    /// A PostgreSQL server where databases may be made; without it SQLite alone is measured.
    #[arg(long)]
    postgres: Option<String>,
    /// Where to write the figures as JSON.
    #[arg(long, default_value = "target/bench/events.json")]
    out: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let figures = runtime.block_on(measure(&arguments))?;
    report::print(&figures);
    report::write(&figures, &arguments.out)
        .with_context(|| format!("writing {}", arguments.out.display()))
}

async fn measure(arguments: &Arguments) -> anyhow::Result<Vec<report::Figure>> {
    let program = arguments.program.canonicalize().context("the program")?;
    // The listeners of the vote sit in many places, which a proxy on this machine tells.
    let launch = Launch::new(&program).with("KAFEDRA_SERVER__TRUSTED_PROXIES", "127.0.0.1");
    let file = launch.data().join("kafedra.sqlite");
    let url = format!("sqlite:{}", file.display());
    let mut figures = of(&launch, "SQLite", &url).await?;
    if let Some(server) = &arguments.postgres {
        let url = new_database(server).await?;
        let launch = Launch::new(&program)
            .with("KAFEDRA_SERVER__TRUSTED_PROXIES", "127.0.0.1")
            .with("KAFEDRA_DATABASE__URL", &url);
        figures.extend(of(&launch, "PostgreSQL", &url).await?);
    }
    Ok(figures)
}

async fn of(
    launch: &Launch,
    database: &'static str,
    url: &str,
) -> anyhow::Result<Vec<report::Figure>> {
    let server = launch.start("demo");
    let now = now();
    let started = std::time::Instant::now();
    let written = fill(url, now).await?;
    eprintln!("{database}: ten years written in {:.1?}", started.elapsed());
    let measurement = Measurement {
        url: server.url.clone(),
        database,
        written,
        now,
    };
    let mut figures = measurement.views().await?;
    figures.extend(measurement.certificates().await?);
    figures.extend(measurement.vote().await?);
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
    use sea_orm::ConnectionTrait;
    let admin = kafedra_store::Store::connect(server).await?;
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
