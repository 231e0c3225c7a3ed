//! The data folder and the space it has.

use std::path::{Path, PathBuf};

use super::{Finding, Verdict};
use crate::{config::Config, data, fault::Fault};

/// Below this a busy day may fill the disk.
const SCARCE_MIB: u64 = 2 * 1024;
/// Below this the database may stop in the middle of a lesson.
const GONE_MIB: u64 = 200;

pub(super) fn data_folder(config: &Config) -> Vec<Finding> {
    let path = &config.server.data;
    let shown = path.display();
    if !path.exists() {
        let parent = existing(path);
        return match data::probe(&parent) {
            Ok(()) => vec![Finding::fine(
                format!("Папка данных {shown} появится при первом запуске."),
                format!("The data folder {shown} will be made at the first start."),
            )],
            Err(error) => vec![Finding::broken(&Fault::data_unwritable(path, error))],
        };
    }
    match data::probe(path) {
        Ok(()) => vec![Finding::fine(
            format!("В папку данных {shown} можно писать."),
            format!("The data folder {shown} can be written to."),
        )],
        Err(error) => vec![Finding::broken(&Fault::data_unwritable(path, error))],
    }
}

pub(super) fn space(config: &Config) -> Vec<Finding> {
    let folder = existing(&config.server.data);
    let Some(mebibytes) = free_mebibytes(&folder) else {
        return vec![Finding::doubtful(
            "Сколько места на диске, узнать не удалось: программа df не ответила.",
            "How much space the disk has could not be learned: the program df gave no answer.",
        )];
    };
    let ru = format!("На диске с папкой данных свободно {mebibytes} МиБ.");
    let en = format!("The disk of the data folder has {mebibytes} MiB left.");
    let verdict = match mebibytes {
        0..GONE_MIB => Verdict::Broken,
        GONE_MIB..SCARCE_MIB => Verdict::Doubtful,
        _ => Verdict::Fine,
    };
    let (ru, en) = if verdict == Verdict::Fine {
        (ru, en)
    } else {
        (
            format!("{ru} Освободите место."),
            format!("{en} Free some space."),
        )
    };
    vec![Finding::new(verdict, ru, en)]
}

/// The folder itself, or the nearest one above it that exists.
fn existing(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute
        .ancestors()
        .find(|folder| folder.exists())
        .unwrap_or(Path::new("/"))
        .to_owned()
}

/// As POSIX `df` tells it.
fn free_mebibytes(folder: &Path) -> Option<u64> {
    let output = std::process::Command::new("df")
        .arg("-Pk")
        .arg(folder)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kibibytes: u64 = text
        .lines()
        .nth(1)?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()?;
    Some(kibibytes / 1024)
}
