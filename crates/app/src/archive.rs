//! Office documents as archives: opened with a limit on what they may hold.
//!
//! Names inside are looked up, never used as paths; no part is unpacked beyond what its reader asks.

use std::io::{self, Read, Seek, SeekFrom};

use zip::{ZipArchive, result::ZipError};

/// Entries of one archive; a presentation of 500 slides has some 3,000.
const MOST_ENTRIES: usize = 20_000;
/// The table of contents ends so (APPNOTE.TXT, 4.3.16), within this distance from the end.
const END: &[u8] = b"PK\x05\x06";
const END_WITHIN: u64 = 65_535 + 22;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadArchive {
    #[error("damaged, or no archive at all")]
    Broken,
    #[error("it holds something else")]
    Foreign,
    #[error("it needs a password")]
    Locked,
    #[error("it swells beyond what any presentation needs")]
    Swells,
}

impl From<io::Error> for BadArchive {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

impl From<ZipError> for BadArchive {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::InvalidPassword => Self::Locked,
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Self::Locked,
            _ => Self::Broken,
        }
    }
}

/// Opens an archive whose table of contents is of a size that fits.
///
/// # Errors
///
/// Why it is none.
pub fn open<R: Read + Seek>(mut file: R) -> Result<ZipArchive<R>, BadArchive> {
    // Counted before the table of contents is read: it may be nothing but entries.
    let size = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(size.saturating_sub(END_WITHIN)))?;
    let mut tail = Vec::new();
    (&mut file).take(END_WITHIN).read_to_end(&mut tail)?;
    let counts: Vec<u16> = tail
        .windows(12)
        .filter(|window| window.starts_with(END))
        .map(|end| u16::from_le_bytes([end[10], end[11]]))
        .collect();
    if counts.is_empty() {
        return Err(BadArchive::Broken);
    }
    if counts
        .iter()
        .any(|count| usize::from(*count) > MOST_ENTRIES)
    {
        return Err(BadArchive::Swells);
    }
    file.seek(SeekFrom::Start(0))?;
    let archive = ZipArchive::new(file)?;
    if archive.len() > MOST_ENTRIES {
        return Err(BadArchive::Swells);
    }
    Ok(archive)
}

/// The text of a part, at most `most` bytes of it.
///
/// # Errors
///
/// [`BadArchive::Broken`] where there is no such part, or no text in it.
pub fn part<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
    most: u64,
) -> Result<String, BadArchive> {
    let mut text = String::new();
    archive
        .by_name(name)?
        .take(most)
        .read_to_string(&mut text)?;
    Ok(text)
}
