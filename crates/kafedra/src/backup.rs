//! Backups: everything the database holds in one file that restores into either kind of database.
//!
//! The file is gzip over lines of JSON: a manifest; then, table by table, a line with its name and
//! one array per row; at the end how many rows there were, so that half a file is known as such.
//! The secrets and certificates of the data folder stay out: the file travels, and the server makes
//! new ones.

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

const FORMAT: &str = "kafedra-backup";
const VERSION: u32 = 1;

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
    Table { table: String },
    End { rows: u64 },
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

/// Writes a backup and returns how many rows it holds. The file appears when it is complete.
///
/// # Errors
///
/// `backup.exists`, `backup.unwritable`, `database.away`.
pub async fn write(store: &Store, path: &Path) -> Result<u64, Fault> {
    if path.exists() {
        return Err(Fault::backup_exists(path));
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = Path::new(&part);
    let written = write_part(store, part).await;
    let finished = written.and_then(|rows| {
        std::fs::rename(part, path)?;
        Ok(rows)
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

async fn write_part(store: &Store, path: &Path) -> Result<u64, Broken> {
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
    let mut rows = 0;
    for table in &snapshot.tables {
        line(
            &mut out,
            &Line::Table {
                table: table.name.clone(),
            },
        )?;
        rows += snapshot
            .rows(table, |row| line(&mut out, &Line::Row(row)))
            .await?;
    }
    line(&mut out, &Line::End { rows })?;
    let mut file = out.finish()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(rows)
}

fn line(out: &mut impl Write, content: &impl Serialize) -> Result<(), Broken> {
    serde_json::to_writer(&mut *out, content)?;
    Ok(out.write_all(b"\n")?)
}

/// Fills an empty database from a backup, all or nothing, and brings its schema up to date.
/// Returns how many rows there were.
///
/// # Errors
///
/// `backup.unreadable`, `backup.newer`, `restore.not_empty`, `database.away`.
pub async fn restore(store: &Store, path: &Path) -> Result<u64, Fault> {
    let rows = read(store, path).await.map_err(|broken| match broken {
        Broken::File(error) => Fault::backup_unreadable(path, error),
        Broken::Json(error) => Fault::backup_unreadable(path, error),
        Broken::Nothing => Fault::backup_unreadable(path, "it is empty"),
        Broken::Dump(DumpError::NotEmpty(why)) => Fault::restore_not_empty(why),
        Broken::Dump(DumpError::Newer(migration)) => Fault::backup_newer(&migration),
        Broken::Dump(DumpError::Store(error)) => database::fault(error),
        Broken::Dump(error) => Fault::backup_unreadable(path, error),
    })?;
    store.migrate().await.map_err(database::fault)?;
    Ok(rows)
}

async fn read(store: &Store, path: &Path) -> Result<u64, Broken> {
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
    let mut rows = 0;
    for text in lines {
        match serde_json::from_str(&text?)? {
            Line::Row(row) => {
                filling.row(row).await?;
                rows += 1;
            }
            Line::Table { table } => {
                let columns = manifest.tables.iter().find(|one| one.name == table);
                let columns = columns.ok_or_else(|| broken("a table is not in the manifest"))?;
                filling.into_table(&table, &columns.columns).await?;
            }
            Line::End { rows: expected } => {
                if expected != rows {
                    return Err(broken("rows are missing"));
                }
                filling.finish().await?;
                return Ok(rows);
            }
        }
    }
    Err(broken("the file ends too early"))
}
