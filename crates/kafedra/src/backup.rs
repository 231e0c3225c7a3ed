//! Backups: everything the database holds, and the files that people gave, in one file that restores
//! into either kind of database.
//!
//! The file is gzip over lines of JSON: a manifest; then, table by table, a line with its name and
//! one array per row; then, file by file, a line with its hash and its bytes in pieces; at the end
//! how many rows there were, so that half a file is known as such.
//! The secrets and certificates of the data folder stay out: the file travels, and the server makes
//! new ones. The register's key stays out too, for what it opens lies in the file; whoever makes or
//! restores one is told so ([`words`]).

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use kafedra_store::{
    Store,
    dump::{DumpError, Filling},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{database, fault::Fault};
use files::Restoring;

mod files;
pub mod words;

const FORMAT: &str = "kafedra-backup";
/// 2 has files. A program that knows only 1 would lose them, so it refuses.
const VERSION: u32 = 2;
/// The table that names the files, and the column of their hashes.
const FILES: (&str, &str) = ("file", "hash");
/// The table whose rows the register's key seals.
const SEALED: &str = "snils";

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: String,
    version: u32,
    /// Version of the program that wrote the file.
    program: String,
    made_at: String,
    /// The schema's history when it was written.
    migrations: Vec<String>,
    tables: Vec<Columns>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Columns {
    name: String,
    columns: Vec<String>,
}

/// Every further line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Row(Vec<Value>),
    /// Of the file named before, in base64.
    Piece(String),
    Table {
        table: String,
    },
    File {
        file: String,
    },
    End {
        rows: u64,
    },
}

/// What a backup holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    pub files: u64,
    /// Files that the database names and the disk does not have as they were given.
    pub missing: u64,
    /// Rows that only the register's key opens.
    pub sealed: u64,
}

/// What a backup gave back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    pub rows: u64,
    /// Of them those that only the register's key opens.
    pub sealed: u64,
}

enum Broken {
    File(io::Error),
    Dump(DumpError),
    Json(serde_json::Error),
    Nothing,
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

impl From<DumpError> for Broken {
    fn from(error: DumpError) -> Self {
        Self::Dump(error)
    }
}

impl From<serde_json::Error> for Broken {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

/// Writes a backup of the database and of the files in `folder`. It appears when it is complete.
///
/// # Errors
///
/// `backup.exists`, `backup.unwritable`, `database.away`.
pub async fn write(store: &Store, folder: &Path, path: &Path) -> Result<Written, Fault> {
    if path.exists() {
        return Err(Fault::backup_exists(path));
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = Path::new(&part);
    let written = write_part(store, folder, part).await;
    let finished = written.and_then(|written| {
        std::fs::rename(part, path)?;
        Ok(written)
    });
    finished.map_err(|broken| {
        // What is there of it is no backup.
        let _ = std::fs::remove_file(part);
        match broken {
            Broken::File(error) => Fault::backup_unwritable(path, error),
            Broken::Json(error) => Fault::unexpected(error),
            Broken::Nothing => Fault::backup_nothing(),
            Broken::Dump(DumpError::Store(error)) => database::fault(error),
            Broken::Dump(error) => Fault::unexpected(error),
        }
    })
}

async fn write_part(store: &Store, folder: &Path, path: &Path) -> Result<Written, Broken> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(path)?;
    let mut out = GzEncoder::new(BufWriter::new(file), Compression::default());
    let snapshot = store.snapshot().await?;
    if snapshot.migrations.is_empty() {
        return Err(Broken::Nothing);
    }
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: crate::serve::system_clock().now().to_rfc3339(),
        migrations: snapshot.migrations.clone(),
        tables: snapshot
            .tables
            .iter()
            .map(|table| Columns {
                name: table.name.clone(),
                columns: table.column_names(),
            })
            .collect(),
    };
    line(&mut out, &manifest)?;
    let mut written = Written::default();
    let mut hashes = Vec::new();
    for table in &snapshot.tables {
        let hash = (table.name == FILES.0)
            .then(|| table.column_names().iter().position(|name| name == FILES.1))
            .flatten();
        line(
            &mut out,
            &Line::Table {
                table: table.name.clone(),
            },
        )?;
        let rows = snapshot
            .rows(table, |row| {
                let named = hash.and_then(|column| row.get(column)?.as_str());
                hashes.extend(named.map(str::to_owned));
                line(&mut out, &Line::Row(row))
            })
            .await?;
        written.rows += rows;
        if table.name == SEALED {
            written.sealed = rows;
        }
    }
    // The rows are all there: nobody has to wait for the files.
    drop(snapshot);
    for hash in hashes {
        let Some(file) = files::whole(folder, &hash) else {
            written.missing += 1;
            continue;
        };
        line(&mut out, &Line::File { file: hash })?;
        files::pieces(file, |piece| line(&mut out, &Line::Piece(piece)))?;
        written.files += 1;
    }
    line(&mut out, &Line::End { rows: written.rows })?;
    let mut file = out.finish()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(written)
}

fn line(out: &mut impl Write, content: &impl Serialize) -> Result<(), Broken> {
    serde_json::to_writer(&mut *out, content)?;
    Ok(out.write_all(b"\n")?)
}

/// Fills an empty database from a backup and lays its files into `folder`, all or nothing, and brings
/// the schema up to date.
///
/// # Errors
///
/// `backup.unreadable`, `backup.newer`, `restore.not_empty`, `database.away`.
pub async fn restore(store: &Store, folder: &Path, path: &Path) -> Result<Restored, Fault> {
    let restored = read(store, folder, path)
        .await
        .map_err(|broken| match broken {
            Broken::File(error) => Fault::backup_unreadable(path, error),
            Broken::Json(error) => Fault::backup_unreadable(path, error),
            Broken::Nothing => Fault::backup_unreadable(path, "it is empty"),
            Broken::Dump(DumpError::NotEmpty(why)) => Fault::restore_not_empty(why),
            Broken::Dump(DumpError::Newer(migration)) => Fault::backup_newer(&migration),
            Broken::Dump(DumpError::Store(error)) => database::fault(error),
            Broken::Dump(error) => Fault::backup_unreadable(path, error),
        })?;
    store.migrate().await.map_err(database::fault)?;
    Ok(restored)
}

async fn read(store: &Store, folder: &Path, path: &Path) -> Result<Restored, Broken> {
    let broken = |what: &str| Broken::File(io::Error::other(what.to_owned()));
    let mut lines = BufReader::new(GzDecoder::new(BufReader::new(File::open(path)?))).lines();
    let first = lines.next().ok_or_else(|| broken("the file is empty"))??;
    let manifest: Manifest =
        serde_json::from_str(&first).map_err(|_| broken("this is no backup of Kafedra"))?;
    if manifest.format != FORMAT {
        return Err(broken("this is no backup of Kafedra"));
    }
    if manifest.version > VERSION {
        return Err(Broken::Dump(DumpError::Newer(format!(
            "format {}",
            manifest.version
        ))));
    }
    let mut filling: Filling = store.filling(&manifest.migrations).await?;
    let mut files = Restoring::into(folder);
    let mut restored = Restored::default();
    let mut into_sealed = false;
    for text in lines {
        match serde_json::from_str(&text?)? {
            Line::Row(row) => {
                filling.row(row).await?;
                restored.rows += 1;
                restored.sealed += u64::from(into_sealed);
            }
            Line::File { file } => files.begin(file)?,
            Line::Piece(piece) => files.piece(&piece)?,
            Line::Table { table } => {
                let columns = manifest.tables.iter().find(|one| one.name == table);
                let columns = columns.ok_or_else(|| broken("a table is not in the manifest"))?;
                filling.into_table(&table, &columns.columns).await?;
                into_sealed = table == SEALED;
            }
            Line::End { rows: expected } => {
                if expected != restored.rows {
                    return Err(broken("rows are missing"));
                }
                // The bytes before the rows that name them, as when they were given.
                files.finish()?;
                filling.finish().await?;
                files.keep();
                return Ok(restored);
            }
        }
    }
    Err(broken("the file ends too early"))
}
