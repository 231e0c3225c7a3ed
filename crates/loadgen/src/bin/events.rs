//! The bench of events at the command line: starts the real program on each database, fills it with
//! ten school years, asks for every view.

use clap::Parser;
use kafedra_loadgen::{
    bench,
    events::{Measurement, fill},
};

/// Measures what ten school years of events cost the server that shows them.
#[derive(Debug, Parser)]
#[command(version)]
struct Command {
    #[command(flatten)]
    arguments: bench::Arguments,
}

fn main() -> anyhow::Result<()> {
    Command::parse().arguments.run(async |bench| {
        let written = fill(&bench.database_url, bench.now).await?;
        let measurement = Measurement { bench, written };
        let mut figures = vec![measurement.counted().await?];
        figures.extend(measurement.views().await?);
        figures.extend(measurement.certificates().await?);
        figures.extend(measurement.vote().await?);
        Ok(figures)
    })
}
