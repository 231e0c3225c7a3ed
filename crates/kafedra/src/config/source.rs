//! Where settings come from: the defaults, a file, single environment variables.

use std::path::Path;

use figment::{
    Error, Metadata, Profile, Provider,
    value::{Dict, Map},
};
use serde_json::{Value, json};

use super::Config;
use crate::fault::Fault;

const PREFIX: &str = "KAFEDRA_";
/// Variables that start like settings and are none.
const NO_SETTINGS: [&str; 2] = ["KAFEDRA_CONFIG", "KAFEDRA_LANG"];
/// What tests and the development server of the client read.
const NO_SETTINGS_PREFIXES: [&str; 4] = [
    "KAFEDRA_TEST_",
    "KAFEDRA_URL",
    "KAFEDRA_BENCH_",
    "KAFEDRA_E2E_",
];

/// Settings with the name of the place that gave them, for messages.
pub(super) struct Source {
    name: String,
    settings: Value,
}

impl Source {
    pub(super) fn defaults(settings: Value) -> Self {
        Self {
            name: "default".to_owned(),
            settings,
        }
    }

    pub(super) fn file(path: &Path, known: &Value) -> Result<Self, Fault> {
        let text =
            std::fs::read_to_string(path).map_err(|error| Fault::config_file(path, error))?;
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| Fault::config_file(path, error))?;
        let settings =
            serde_json::to_value(table).map_err(|error| Fault::config_file(path, error))?;
        let name = path.display().to_string();
        for (section, fields) in settings.as_object().into_iter().flatten() {
            let Some(known_section) = known.get(section) else {
                return Err(unknown(section, &name, known));
            };
            let Some(fields) = fields.as_object() else {
                return Err(Fault::config_value(
                    section,
                    &name,
                    "this is a section: write [section]",
                ));
            };
            if let Some(key) = fields.keys().find(|key| known_section.get(key).is_none()) {
                return Err(unknown(&format!("{section}.{key}"), &name, known));
            }
        }
        Ok(Self { name, settings })
    }
}

impl Provider for Source {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        figment::providers::Serialized::defaults(&self.settings).data()
    }
}

/// One source per variable, so that a wrong value is traced to its variable.
pub(super) fn environment(
    variables: impl IntoIterator<Item = (String, String)>,
    known: &Value,
) -> Result<Vec<Source>, Fault> {
    let mut sources = Vec::new();
    for (name, text) in variables {
        let Some(rest) = name.strip_prefix(PREFIX) else {
            continue;
        };
        let ours = !NO_SETTINGS.contains(&name.as_str())
            && !NO_SETTINGS_PREFIXES
                .iter()
                .any(|prefix| name.starts_with(prefix));
        if !ours {
            continue;
        }
        let path = rest.to_ascii_lowercase().replacen("__", ".", 1);
        let kind = path
            .split_once('.')
            .and_then(|(section, key)| Some((section, key, known.get(section)?.get(key)?)));
        let Some((section, key, kind)) = kind else {
            return Err(unknown(&path, &name, known));
        };
        let value = typed(&text, kind)
            .ok_or_else(|| Fault::config_value(&path, &name, format!("«{text}»")))?;
        sources.push(Source {
            settings: json!({ section: { key: value } }),
            name,
        });
    }
    Ok(sources)
}

/// The text as the kind of value that stands in the defaults; lists are parted by commas.
fn typed(text: &str, like: &Value) -> Option<Value> {
    Some(match like {
        Value::Bool(_) => Value::Bool(text.parse().ok()?),
        Value::Number(_) => Value::from(text.parse::<u64>().ok()?),
        Value::Array(_) => text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .collect(),
        // An empty variable takes an optional setting back.
        Value::Null if text.is_empty() => Value::Null,
        _ => Value::from(text),
    })
}

fn unknown(key: &str, source: &str, known: &Value) -> Fault {
    let keys = Config::keys(known);
    let near = keys
        .iter()
        .map(|(name, _)| (distance(name, key), name.as_str()))
        .min()
        .filter(|(distance, _)| *distance <= 3)
        .map(|(_, name)| name);
    Fault::config_unknown_key(key, source, near)
}

/// Levenshtein's distance: how many letters to add, drop or change.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (j, to) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(usize::MAX - 1);
            let next = (diagonal + usize::from(from != *to))
                .min(left + 1)
                .min(above + 1);
            if let Some(cell) = row.get_mut(j) {
                *cell = left;
            }
            diagonal = above;
            left = next;
        }
        if let Some(last) = row.last_mut() {
            *last = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
