//! The bench of the passport at the command line: starts the real program on each database, fills it
//! with a city's register and its events, asks for every figure, brings a table in.

use clap::Parser;
use kafedra_loadgen::{bench, passport};

/// Measures what the figures of a project cost over the register of a whole city.
#[derive(Debug, Parser)]
#[command(version)]
struct Command {
    #[command(flatten)]
    arguments: bench::Arguments,
}

fn main() -> anyhow::Result<()> {
    Command::parse()
        .arguments
        .run(async |bench| passport::fill(bench).await?.figures().await)
}
