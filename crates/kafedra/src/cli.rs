//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Kafedra: live rooms, events and registers for a city's teachers.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    /// Configuration file; `kafedra.toml` in the current folder where it exists.
    /// KAFEDRA_CONFIG names another one too.
    #[arg(long, global = true)]
    pub config: Option<PathBuf>,
    /// Language of messages, `ru` or `en`; else that of KAFEDRA_LANG or LANG, else Russian.
    #[arg(long, global = true)]
    pub lang: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the server.
    Serve,
    /// Runs the server on this machine only, over an invented city with known passwords.
    Demo,
    /// Brings the database's schema up to date and ends.
    Migrate,
    /// Prints the OpenAPI document of the HTTP API.
    Openapi,
}
