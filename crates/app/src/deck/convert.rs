//! Presentations become PDF by LibreOffice, in the background and in a cage.
//!
//! The program runs in a folder of its own, with a home of its own, without macros and without links
//! to other places, under limits of memory, processor time, file size and real time. It starts
//! children; all of them are one group, which is killed as a whole, also when the server stops.

use std::path::{Path, PathBuf};

use kafedra_model::{deck::NOTE_LENGTH, deck::State, file::FileType, text};
use kafedra_store::{deck, file as files, job};
use serde::{Deserialize, Serialize};
use tokio::process::{Child, Command};
use uuid::Uuid;

use super::{
    NOT_CONVERTED,
    add::{aside, count_pages},
    archive, tell_decks,
};
use crate::{
    AppState, Code, file,
    job::{JobError, Kind},
};

pub const CONVERT: Kind = Kind {
    name: "deck.convert",
    version: 1,
};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    pub deck: Uuid,
}

/// Limits are a shell's own words; each limit is an argument, never part of the script.
const CAGE: &str = r#"ulimit -c 0; ulimit -v "$1" || exit 125; ulimit -t "$2" || exit 125
ulimit -f "$3" || exit 125; shift 3; exec "$@""#;

/// Blocks of 512 bytes: no file in the cage may be larger than what may be uploaded.
const FILE_BLOCKS: usize = file::LARGEST / 512;

/// No macros, and nothing from elsewhere: pictures that a document only links to stay out.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// Makes a deck's presentation a PDF. Run twice, it finds the deck ready.
///
/// # Errors
///
/// [`JobError::Retry`] while the database is away, [`JobError::Fail`] for a payload that is none. A
/// presentation that cannot be converted is a result: the deck says so.
pub async fn perform(state: &AppState, job: &job::Model) -> Result<(), JobError> {
    let payload: Payload =
        serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
    let db = &state.store.db;
    let Some(deck) = deck::find(db, payload.deck).await? else {
        // Taken away meanwhile.
        return Ok(());
    };
    if deck.state() != State::Converting {
        return Ok(());
    }
    let source = files::find(db, &deck.source_hash).await?;
    let kind = source.and_then(|source| FileType::parse(&source.content_type));
    let made = match kind {
        Some(kind) => convert(state, &deck, kind).await,
        None => Err(&NOT_CONVERTED),
    };
    let change = state.store.write().await?;
    match made {
        Ok(made) => {
            deck::converted(&change, deck.id, made.hash, made.pages).await?;
            for (page, note) in (1..).zip(made.notes) {
                deck::set_note(&change, deck.id, page, note).await?;
            }
        }
        Err(code) => deck::failed(&change, deck.id, code.code).await?,
    }
    change.commit().await?;
    tell_decks(state, deck.event_id).await?;
    Ok(())
}

struct Made {
    hash: String,
    pages: i32,
    /// One a page, or none at all.
    notes: Vec<String>,
}

async fn convert(
    state: &AppState,
    deck: &deck::Model,
    kind: FileType,
) -> Result<Made, &'static Code> {
    let source = file::path(&state.settings.files, &deck.source_hash);
    let folder = Folder::new(state, deck.id).await?;
    let result = run(state, &folder.0, &source, kind).await;
    let pdf = result.map_err(|error| {
        tracing::warn!(%error, deck.id = %deck.id, "a presentation could not be converted");
        &NOT_CONVERTED
    })?;
    let draft = file::take_over(state, &pdf)
        .await
        .ok()
        .filter(|draft| draft.kind() == FileType::Pdf)
        .ok_or(&NOT_CONVERTED)?;
    let pages = count_pages(state, draft.path().to_owned()).await?;
    let notes = aside(move || archive::notes(&source, kind)).await;
    let kept = draft.keep(state).await.map_err(|error| error.code)?;
    Ok(Made {
        hash: kept.hash,
        pages,
        notes: notes
            .unwrap_or_default()
            .into_iter()
            .map(|note| text::body(&note).chars().take(NOTE_LENGTH).collect())
            .collect::<Vec<String>>(),
    }
    .with_notes_that_fit())
}

impl Made {
    /// Notes to other pages than those there are would be read out at the wrong moment.
    fn with_notes_that_fit(mut self) -> Self {
        if i32::try_from(self.notes.len()) != Ok(self.pages) {
            self.notes.clear();
        }
        self
    }
}

#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("LibreOffice is no longer there")]
    NoConverter,
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("it took too long")]
    TooLong,
    #[error("it ended with {0}")]
    Ended(std::process::ExitStatus),
}

/// Runs LibreOffice over a copy of the source; gives the PDF that it wrote.
async fn run(
    state: &AppState,
    folder: &Path,
    source: &Path,
    kind: FileType,
) -> Result<PathBuf, Stopped> {
    let settings = &state.settings.decks;
    let program = settings.converter.as_ref().ok_or(Stopped::NoConverter)?;
    let ending = if kind == FileType::Pptx {
        "pptx"
    } else {
        "odp"
    };
    let copy = folder.join(format!("slides.{ending}"));
    tokio::fs::copy(source, &copy).await?;
    let profile = folder.join("profile");
    tokio::fs::create_dir_all(profile.join("user")).await?;
    tokio::fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS).await?;
    let seconds = settings.patience.as_secs().max(1);
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", CAGE, "sh"])
        .arg((u64::from(settings.memory) * 1024).to_string())
        // It may work on several processors at once.
        .arg((seconds * 4).to_string())
        .arg(FILE_BLOCKS.to_string())
        .arg(program)
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args([
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "pdf",
            "--outdir",
        ])
        .arg(folder.join("out"))
        .arg(&copy)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("LANG", "C.UTF-8")
        .current_dir(folder)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .process_group(0)
        .kill_on_drop(true);
    let mut group = Group(command.spawn()?);
    let status = tokio::time::timeout(settings.patience, group.0.wait())
        .await
        .map_err(|_| Stopped::TooLong)??;
    if !status.success() {
        return Err(Stopped::Ended(status));
    }
    Ok(folder.join("out/slides.pdf"))
}

/// A program and its children, which end with it.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        // Once it is waited for, its number may be another's; before that it is ours for certain.
        if let Some(leader) = self.0.id() {
            let killed = std::process::Command::new("/bin/sh")
                .args(["-c", r#"kill -KILL "-$1""#, "sh", &leader.to_string()])
                .status();
            if let Err(error) = killed {
                tracing::error!(%error, "a converter could not be stopped");
            }
        }
    }
}

/// A folder for one conversion, gone with it.
struct Folder(PathBuf);

impl Folder {
    async fn new(state: &AppState, deck: Uuid) -> Result<Self, &'static Code> {
        let waiting = file::waiting_room(state)
            .await
            .map_err(|error| error.code)?;
        let made = async {
            // LibreOffice takes its profile by an address that begins at the root.
            let folder = tokio::fs::canonicalize(waiting)
                .await?
                .join(format!("deck-{deck}"));
            // What a killed server left.
            drop(tokio::fs::remove_dir_all(&folder).await);
            tokio::fs::create_dir(&folder).await?;
            tokio::fs::create_dir(folder.join("out")).await?;
            Ok::<_, std::io::Error>(Self(folder))
        };
        made.await.map_err(|error| {
            tracing::error!(%error, "a folder for a conversion could not be made");
            &file::DISK
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "the folder of a conversion is left behind");
        }
    }
}
