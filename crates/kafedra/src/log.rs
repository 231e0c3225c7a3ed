//! Structured logs on standard error: readable sentences with fields, never personal data.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    config::{Log, LogFormat},
    fault::Fault,
};

/// Starts logging; call once.
///
/// # Errors
///
/// `config.value` for a level that cannot be read.
pub fn start(config: &Log) -> Result<(), Fault> {
    // The migration library tells of each step, of those it does not take too.
    let level = format!("sea_orm_migration=warn,{}", config.level);
    let filter = EnvFilter::try_new(level)
        .map_err(|error| Fault::config_value("log.level", &config.level, error))?;
    let registry = tracing_subscriber::registry().with(filter);
    let started = match config.format {
        LogFormat::Text => registry
            .with(
                fmt::layer()
                    .with_writer(std::io::stderr)
                    .with_ansi(std::io::stderr().is_terminal())
                    .with_target(false),
            )
            .try_init(),
        LogFormat::Json => registry
            .with(
                fmt::layer()
                    .json()
                    .flatten_event(true)
                    .with_writer(std::io::stderr),
            )
            .try_init(),
    };
    started.map_err(Fault::unexpected)
}
