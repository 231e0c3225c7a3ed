//! The load generator at the command line: see the library.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use kafedra_loadgen::report;
use kafedra_loadgen::scenario::Scenario;

/// Puts a media server under load and measures what it costs.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The server, for example ws://127.0.0.1:8080.
    #[arg(long)]
    url: String,
    /// The API key; without it, LIVEKIT_API_KEY.
    #[arg(long)]
    key: Option<String>,
    /// Its secret; without it, LIVEKIT_API_SECRET, which other users of the machine cannot read.
    #[arg(long)]
    secret: Option<String>,
    /// The server's process, to measure its CPU time and memory.
    #[arg(long)]
    pid: Option<u32>,
    #[arg(long, default_value_t = 1)]
    rooms: u16,
    /// Publishers in each room; they subscribe to each other too.
    #[arg(long, default_value_t = 2)]
    publishers: u16,
    /// Participants in each room who only watch.
    #[arg(long, default_value_t = 18)]
    subscribers: u16,
    /// How long to measure once everybody is in, in seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Video bitrate of a publisher, in kbit/s; 0 publishes sound only.
    #[arg(long, default_value_t = 1000)]
    video_kbps: u32,
    /// Where to write the figures as JSON.
    #[arg(long, default_value = "target/bench/media.json")]
    out: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    str0m::crypto::from_feature_flags().install_process_default();
    let scenario = Scenario {
        url: arguments.url,
        key: given(arguments.key, "LIVEKIT_API_KEY")?,
        secret: given(arguments.secret, "LIVEKIT_API_SECRET")?,
        server: arguments.pid,
        rooms: arguments.rooms,
        publishers: arguments.publishers,
        subscribers: arguments.subscribers,
        measured: Duration::from_secs(arguments.seconds),
        video_kbps: arguments.video_kbps,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let figures = runtime.block_on(scenario.run())?;
    report::print(&figures);
    report::write(&figures, &arguments.out)
        .with_context(|| format!("writing {}", arguments.out.display()))?;
    Ok(())
}

fn given(argument: Option<String>, variable: &str) -> anyhow::Result<String> {
    match argument {
        Some(value) => Ok(value),
        None => std::env::var(variable).with_context(|| format!("{variable} is not set")),
    }
}
