//! The demo: an invented city in an empty database, on this machine only.
//!
//! Owns the city and the accounts whose password everyone knows; `kafedra serve` never makes them
//! and refuses a database that holds them. Filling is one transaction: a city is there or is not.

use std::fmt::Write as _;

use kafedra_app::Clock;
use kafedra_model::{
    Locale,
    demo::{ACCOUNTS, PASSWORD},
};
use kafedra_store::{Store, installation};

use crate::{config::Config, database, fault::Fault};

mod associations;
mod chance;
mod city;
mod fill;
mod names;
mod project;
mod register;

/// Marks a database that holds the demo city.
const MARK: &str = "demo";

/// Refuses whatever would let others than this machine's user in.
///
/// # Errors
///
/// `demo.loopback_only`.
pub fn refuse_strangers(config: &Config) -> Result<(), Fault> {
    for (key, address) in [
        ("server.listen", config.server.listen),
        ("media.udp", config.media.udp),
    ] {
        if !address.ip().is_loopback() {
            return Err(Fault::demo_loopback(key, address));
        }
    }
    Ok(())
}

/// Refuses to serve the demo city to real people.
///
/// # Errors
///
/// `demo.database_served`, `database.away`.
pub async fn refuse_to_serve(store: &Store) -> Result<(), Fault> {
    match mark(store).await? {
        Some(_) => Err(Fault::demo_database_served()),
        None => Ok(()),
    }
}

/// Fills an empty database with the city; a second time changes nothing.
///
/// # Errors
///
/// `demo.foreign_database` for one that holds other people.
pub async fn fill(store: &Store, clock: &Clock) -> Result<(), Fault> {
    if mark(store).await?.is_some() {
        return Ok(());
    }
    fill::fill(store, clock.now()).await
}

async fn mark(store: &Store) -> Result<Option<String>, Fault> {
    installation::get(&store.db, MARK)
        .await
        .map_err(|error| database::fault(error.into()))
}

/// The accounts, as `make run` prints them.
pub fn accounts(locale: Locale) -> String {
    let mut text = match locale {
        Locale::Ru => format!("Демонстрационные учётные записи, пароль у всех {PASSWORD}:\n"),
        Locale::En => format!("Demo accounts, all with the password {PASSWORD}:\n"),
    };
    for (login, role) in ACCOUNTS {
        let role = match (locale, role) {
            (Locale::En, role) => role,
            (Locale::Ru, "administrator") => "администратор",
            (Locale::Ru, "methodologist") => "методист",
            (Locale::Ru, "coordinator") => "координатор школы",
            (Locale::Ru, "director") => "директор школы",
            (Locale::Ru, "official") => "специалист комитета",
            (Locale::Ru, _) => "учитель",
        };
        let _ = writeln!(text, "  {login:<12} {role}");
    }
    text
}
