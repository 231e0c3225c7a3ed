//! What slides need of the machine: LibreOffice, where it is installed.

use std::{env, path::PathBuf, time::Duration};

use kafedra_app::DeckSettings;

use crate::config::Decks;

/// Names under which distributions install it.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];

pub fn settings(config: &Decks) -> DeckSettings {
    DeckSettings {
        pages: config.pages,
        converter: config.converter.clone().or_else(installed),
        patience: Duration::from_secs(config.convert_seconds),
        memory: config.convert_memory,
    }
}

fn installed() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    PROGRAMS
        .iter()
        .flat_map(|program| env::split_paths(&path).map(move |folder| folder.join(program)))
        .find(|program| program.is_file())
}
