//! The program: command line, configuration, wiring, the embedded web client.
//!
//! `serve` is the server, `demo` the same over an invented city; the rest are an operator's tools.
//! Whatever goes wrong ends as a [`fault::Fault`]: in words, with a stable code.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::Parser;
use kafedra_model::Locale;

mod admin;
mod arenas;
mod backup;
mod cli;
mod config;
mod data;
mod database;
mod demo;
mod doctor;
mod fault;
mod log;
mod mail;
mod serve;

use cli::{Admin, Cli, Command};
use config::Config;
use fault::Fault;
use serve::Mode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let locale = locale(cli.lang.as_deref());
    if matches!(cli.command, Command::Serve | Command::Demo) {
        arenas::one_a_core();
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return told(&Fault::unexpected(error), locale),
    };
    let ended = runtime.block_on(run(cli, locale));
    // A thread that waits for something outside must not keep the program.
    runtime.shutdown_timeout(Duration::from_secs(1));
    match ended {
        Ok(code) => code,
        Err(fault) => told(&fault, locale),
    }
}

async fn run(cli: Cli, locale: Locale) -> Result<ExitCode, Fault> {
    let file = cli
        .config
        .or_else(|| std::env::var_os("KAFEDRA_CONFIG").map(PathBuf::from));
    let load = |defaults: Config| Config::load(&defaults, file.as_deref(), std::env::vars());
    match cli.command {
        Command::Serve => serve::run(load(Config::default())?, Mode::Serve, locale).await?,
        Command::Demo => serve::run(load(Config::demo())?, Mode::Demo, locale).await?,
        Command::Migrate => {
            let config = load(Config::default())?;
            let _data = data::DataFolder::open(&config.server.data)?;
            database::migrated(&config).await?;
            println!(
                "{}",
                match locale {
                    Locale::Ru => "Схема базы данных обновлена.",
                    Locale::En => "The database's schema is up to date.",
                }
            );
        }
        Command::Openapi => {
            let document = kafedra_app::openapi()
                .to_pretty_json()
                .map_err(Fault::unexpected)?;
            println!("{document}");
        }
        Command::Admin(Admin::Create(wanted)) => {
            // No lock: an administrator may be made while the server runs.
            let config = load(Config::default())?;
            data::DataFolder::ensure(&config.server.data)?;
            let store = database::migrated(&config).await?;
            let login = admin::create(&store, wanted, locale).await?;
            match locale {
                Locale::Ru => println!("Администратор {login} заведён."),
                Locale::En => println!("The administrator {login} was made."),
            }
        }
        Command::Doctor => return doctor::run(&load(Config::default())?, locale).await,
        Command::Backup { file } => {
            let config = load(Config::default())?;
            let store = database::open(&config).await?;
            let folder = config.server.data.join(data::FILES);
            let written = backup::write(&store, &folder, &file).await?;
            let key = config.server.data.join(data::REGISTER_KEY);
            println!("{}", backup::words::written(&written, &file, &key, locale));
        }
        Command::Restore { file } => {
            let config = load(Config::default())?;
            let _data = data::DataFolder::open(&config.server.data)?;
            let store = database::open(&config).await?;
            let folder = config.server.data.join(data::FILES);
            let restored = backup::restore(&store, &folder, &file).await?;
            let key = config.server.data.join(data::REGISTER_KEY);
            println!("{}", backup::words::restored(&restored, &key, locale));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn told(fault: &Fault, locale: Locale) -> ExitCode {
    eprintln!("{}", fault.told(locale));
    ExitCode::FAILURE
}

/// The language asked for, else that of the system's messages, else Russian.
fn locale(asked: Option<&str>) -> Locale {
    let system = ["KAFEDRA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    asked
        .map(str::to_owned)
        .or(system)
        .and_then(|tag| Locale::parse(&tag))
        .unwrap_or_default()
}
