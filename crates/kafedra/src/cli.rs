//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

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
    /// Manages administrators.
    #[command(subcommand)]
    Admin(Admin),
    /// Checks ports, certificate, disk, clock, UDP and database, and says what is wrong.
    Doctor,
    /// Prints the OpenAPI document of the HTTP API.
    Openapi,
    /// Writes everything the database holds into one file, while the server runs.
    Backup {
        /// The file to write; must not exist yet.
        file: PathBuf,
    },
    /// Fills an empty database, SQLite or PostgreSQL, from a backup of either.
    Restore {
        /// A file that `kafedra backup` wrote.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Makes an administrator of the whole city; asks for what is not given.
    Create(AdminCreate),
}

#[derive(Debug, Args)]
pub struct AdminCreate {
    /// What they sign in with.
    #[arg(long)]
    pub login: Option<String>,
    #[arg(long)]
    pub family_name: Option<String>,
    #[arg(long)]
    pub given_name: Option<String>,
    #[arg(long, default_value = "")]
    pub patronymic: String,
    #[arg(long)]
    pub email: Option<String>,
    /// Reads the password from standard input instead of asking twice.
    #[arg(long)]
    pub password_stdin: bool,
}
