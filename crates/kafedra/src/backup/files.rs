//! The files that people gave, within a backup: their bytes as lines of base64 after the rows.
//!
//! A file never changes and is on disk before a row names it, so those that a snapshot of the
//! database names are read in peace afterwards. One that is deleted meanwhile, or is not what its
//! name says, is left out and counted: it must not spoil the backup of all others.

use std::{
    fs::File,
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use kafedra_app::file::path;
use sha2::{Digest, Sha256};

/// A multiple of three: only a file's last line is padded.
const PIECE: usize = 48 * 1024;

/// The file of this hash, where its bytes are on disk and are what the hash says. Once it is open it
/// may be deleted: it is read all the same.
pub fn whole(folder: &Path, hash: &str) -> Option<File> {
    let mut file = File::open(path(folder, hash)).ok()?;
    let mut digest = Sha256::new();
    io::copy(&mut file, &mut digest).ok()?;
    file.rewind().ok()?;
    (hex::encode(digest.finalize()) == hash).then_some(file)
}

/// Gives the bytes of a file to `each`, piece by piece, in base64.
///
/// # Errors
///
/// A disk that fails, or the first error of `each`.
pub fn pieces<E: From<io::Error>>(
    mut file: File,
    mut each: impl FnMut(String) -> Result<(), E>,
) -> Result<(), E> {
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        piece.clear();
        (&mut file).take(PIECE as u64).read_to_end(&mut piece)?;
        if piece.is_empty() {
            return Ok(());
        }
        each(BASE64_STANDARD.encode(&piece))?;
    }
}

/// Files being restored. Those that came to be are taken away again unless [`Restoring::keep`] is
/// called.
pub struct Restoring {
    folder: PathBuf,
    open: Option<Open>,
    made: Vec<PathBuf>,
}

struct Open {
    hash: String,
    draft: PathBuf,
    file: File,
    digest: Sha256,
}

impl Restoring {
    pub fn into(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            open: None,
            made: Vec::new(),
        }
    }

    /// Begins the file of this hash; the one before is whole then.
    ///
    /// # Errors
    ///
    /// A disk that fails, or a file before that is not what its hash says.
    pub fn begin(&mut self, hash: String) -> io::Result<()> {
        self.finish()?;
        if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(io::Error::other("a file has no proper name"));
        }
        let waiting = self.folder.join("incoming");
        std::fs::create_dir_all(&waiting)?;
        let draft = waiting.join(format!("restore-{hash}"));
        let file = File::create(&draft)?;
        self.open = Some(Open {
            hash,
            draft,
            file,
            digest: Sha256::new(),
        });
        Ok(())
    }

    /// Writes the next piece.
    ///
    /// # Errors
    ///
    /// A disk that fails, or a piece that is no base64 or belongs to no file.
    pub fn piece(&mut self, text: &str) -> io::Result<()> {
        let open = self
            .open
            .as_mut()
            .ok_or_else(|| io::Error::other("a piece of no file"))?;
        let bytes = BASE64_STANDARD.decode(text).map_err(io::Error::other)?;
        open.digest.update(&bytes);
        open.file.write_all(&bytes)
    }

    /// Ends the last file.
    ///
    /// # Errors
    ///
    /// A disk that fails, or a file that is not what its hash says.
    pub fn finish(&mut self) -> io::Result<()> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        open.file.sync_all()?;
        if hex::encode(open.digest.finalize()) != open.hash {
            let _ = std::fs::remove_file(&open.draft);
            return Err(io::Error::other("a file is damaged"));
        }
        let place = path(&self.folder, &open.hash);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let fresh = !place.exists();
        std::fs::rename(&open.draft, &place)?;
        if fresh {
            self.made.push(place);
        }
        Ok(())
    }

    /// Everything is restored: the files stay.
    pub fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Restoring {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            let _ = std::fs::remove_file(open.draft);
        }
        for path in &self.made {
            let _ = std::fs::remove_file(path);
        }
    }
}
