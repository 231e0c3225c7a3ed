//! Presentations as archives: whether one is what it says, and the notes to its slides.
//!
//! Nothing is believed: every entry is unpacked into nothing and counted, so an archive that swells
//! without end is found out whatever its table of contents says. Names inside are looked up, never
//! used as paths.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use kafedra_model::file::FileType;

use crate::archive::{BadArchive, open, part};

/// Bytes of all entries together.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// How much an entry may swell, once it is larger than [`SWELLS_FROM`].
const MOST_SWELLING: u64 = 200;
const SWELLS_FROM: u64 = 32 * 1024 * 1024;
/// Bytes of one part that is read for notes.
const MOST_XML: u64 = 32 * 1024 * 1024;

/// Looks through the whole archive.
///
/// # Errors
///
/// Why it cannot be slides.
pub fn examine(path: &Path, kind: FileType) -> Result<(), BadArchive> {
    let mut archive = open(File::open(path)?)?;
    let slides = match kind {
        FileType::Pptx => "ppt/presentation.xml",
        FileType::Odp => "content.xml",
        _ => return Err(BadArchive::Foreign),
    };
    archive.index_for_name(slides).ok_or(BadArchive::Foreign)?;
    let mut total = 0;
    for entry in 0..archive.len() {
        let entry = archive.by_index(entry)?;
        let packed = entry.compressed_size().max(1);
        let left = MOST_BYTES - total;
        let bytes = io::copy(&mut entry.take(left + 1), &mut io::sink())?;
        if bytes > left || bytes > SWELLS_FROM && bytes / packed > MOST_SWELLING {
            return Err(BadArchive::Swells);
        }
        total += bytes;
    }
    Ok(())
}

/// What is said to each slide that is shown, in their order; empty where nothing is. An archive that
/// holds none, or not as expected, has no notes.
pub fn notes(path: &Path, kind: FileType) -> Vec<String> {
    let notes = File::open(path)
        .map_err(BadArchive::from)
        .and_then(open)
        .and_then(|mut archive| {
            let mut part = |name: &str| part(&mut archive, name, MOST_XML);
            match kind {
                FileType::Pptx => super::notes_xml::of_pptx(&mut part),
                FileType::Odp => Ok(super::notes_xml::of_odp(&part("content.xml")?)),
                _ => Err(BadArchive::Foreign),
            }
        });
    notes.unwrap_or_default()
}
