//! The data folder: made when missing, held by one process at a time, home of the secrets.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use kafedra_app::vault::Key;

use crate::fault::Fault;

const LOCK: &str = "kafedra.lock";
const SECRETS: &str = "secrets.toml";
/// Opens what the register holds sealed.
pub const REGISTER_KEY: &str = "register.key";
/// Folder of the files that people gave.
pub const FILES: &str = "files";

/// A writable data folder that no other process serves from. Let go when dropped.
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

/// What the server made up for itself and keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    pub media_key: String,
    pub media_secret: String,
}

impl DataFolder {
    /// Makes the folder when missing and takes hold of it.
    ///
    /// # Errors
    ///
    /// `data.unwritable` or `data.in_use`.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let unwritable = |error| Fault::data_unwritable(path, error);
        create(path).map_err(unwritable)?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join(LOCK))
            .map_err(unwritable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Fault::data_in_use(path)),
            Err(TryLockError::Error(error)) => return Err(unwritable(error)),
        }
        probe(path).map_err(unwritable)?;
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
        })
    }

    /// Makes the folder when missing, without taking hold of it: for commands that may run beside
    /// the server.
    ///
    /// # Errors
    ///
    /// `data.unwritable`.
    pub fn ensure(path: &Path) -> Result<(), Fault> {
        create(path).map_err(|error| Fault::data_unwritable(path, error))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The secrets of this installation, made up at the first start.
    ///
    /// # Errors
    ///
    /// `secrets.unreadable` for a file that is broken, `data.unwritable` where none can be kept.
    pub fn secrets(&self) -> Result<Secrets, Fault> {
        let path = self.join(SECRETS);
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| Fault::secrets(&path, error)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secrets = Secrets {
                    media_key: format!("KAF{}", hex::encode(rand::random::<[u8; 6]>())),
                    media_secret: hex::encode(rand::random::<[u8; 32]>()),
                };
                let text = toml::to_string(&secrets).map_err(Fault::unexpected)?;
                write_secret(&path, text.as_bytes())
                    .map_err(|error| Fault::data_unwritable(&self.path, error))?;
                Ok(secrets)
            }
            Err(error) => Err(Fault::secrets(&path, error)),
        }
    }

    /// The key of what the register holds sealed, made up at the first start. It is in no backup: a
    /// stolen one tells nobody's insurance number.
    ///
    /// # Errors
    ///
    /// `register_key.unreadable` for a file that is broken, `data.unwritable` where none can be kept.
    pub fn register_key(&self) -> Result<Key, Fault> {
        let path = self.join(REGISTER_KEY);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let mut key = [0; 32];
                hex::decode_to_slice(text.trim(), &mut key)
                    .map_err(|error| Fault::register_key(&path, error))?;
                Ok(Key(key))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = rand::random();
                write_secret(&path, hex::encode(key).as_bytes())
                    .map_err(|error| Fault::data_unwritable(&self.path, error))?;
                Ok(Key(key))
            }
            Err(error) => Err(Fault::register_key(&path, error)),
        }
    }
}

fn create(path: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o750)
        .create(path)
}

/// Writes and removes a byte: a full or read-only disk shows itself now, not at the first meeting.
pub fn probe(path: &Path) -> std::io::Result<()> {
    let file = path.join(format!(".probe-{}", std::process::id()));
    let written = std::fs::write(&file, b"k");
    // A probe that could not be written may still have left an empty file.
    let _ = std::fs::remove_file(&file);
    written
}

/// Writes a file that only its owner reads; never leaves half of one behind.
pub fn write_secret(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(true)
        .mode(0o600)
        .open(&fresh)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)
}
