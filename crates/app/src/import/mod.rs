//! Tables brought in: a file is taken in, its columns are given meanings, every row is checked, and
//! then all rows come in or none; an import can be undone.
//!
//! [`table`] reads files, [`check`] holds rows against the register, [`run`] writes in the background.
//! Invariant: a coordinator's rows reach the own institution only, by the same rules as a person's
//! page; an uploaded file waits sealed and not for long; what an import writes is noted, so that
//! [`undo`] restores exactly what was there or says what has changed since.

use std::{collections::HashMap, path::PathBuf};

use axum::extract::DefaultBodyLimit;
use chrono::{DateTime, TimeDelta, Utc};
use kafedra_model::{
    Actor, Locale,
    import::{Field, Kind, field::guess},
};
use kafedra_store::{
    import::{self as imports, Model, mapping},
    person,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    caller::SignedIn,
    extract::Id,
    file::DISK,
    problem::{FORBIDDEN, FieldCode, NOT_FOUND, Words, locale},
};

mod check;
mod examine;
mod get;
mod list;
mod run;
mod table;
mod undo;
mod upload;

pub use check::{ImportOutcome, ImportRow};
pub use run::{RUN, perform};
pub use undo::{UNDO, perform_undo};

/// How long a file waits for its import.
const KEPT: TimeDelta = TimeDelta::days(1);

pub const BUSY: Code = Code {
    code: "import.busy",
    status: 409,
    ru: Words {
        title: "Этот импорт уже запущен",
        detail: "Посмотрите, чем он закончился. Чтобы загрузить таблицу ещё раз, выберите файл снова.",
    },
    en: Words {
        title: "This import was started already",
        detail: "Look how it ended. To import the table again, choose the file anew.",
    },
};
pub const FILE_GONE: Code = Code {
    code: "import.file_gone",
    status: 410,
    ru: Words {
        title: "Файл уже удалён с сервера",
        detail: "Загруженная таблица хранится один день. Выберите файл снова.",
    },
    en: Words {
        title: "The file is not on the server any more",
        detail: "An uploaded table is kept for a day. Choose the file again.",
    },
};
pub const NOT_DONE: Code = Code {
    code: "import.not_done",
    status: 409,
    ru: Words {
        title: "Отменять нечего",
        detail: "Этот импорт ничего не записал или уже отменён.",
    },
    en: Words {
        title: "There is nothing to undo",
        detail: "This import wrote nothing, or is undone already.",
    },
};
pub const CODES: &[Code] = &[BUSY, FILE_GONE, NOT_DONE];
pub const TABLE_CODES: &[Code] = table::CODES;

pub const MISSING: FieldCode = FieldCode {
    code: "import.missing_columns",
    ru: "Не хватает столбцов, без которых строки не прочесть.",
    en: "Columns are missing without which rows cannot be read.",
};
pub const TWICE: FieldCode = FieldCode {
    code: "import.column_twice",
    ru: "Два столбца не могут означать одно и то же.",
    en: "Two columns cannot mean the same.",
};
pub const WRONG_COLUMNS: FieldCode = FieldCode {
    code: "import.wrong_columns",
    ru: "Столбцы не те, что в файле. Обновите страницу.",
    en: "The columns are not those of the file. Reload the page.",
};
pub const FIELD_CODES: &[FieldCode] = &[MISSING, TWICE, WRONG_COLUMNS];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, upload::upload))
        // What comes around a file in a form is little.
        .layer(DefaultBodyLimit::max(table::LARGEST + 64 * 1024))
        .routes(routes!(get::get))
        .routes(routes!(examine::check))
        .routes(routes!(run::run))
        .routes(routes!(undo::undo))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Taken in, nothing written.
    Uploaded,
    Running,
    Done,
    /// Nothing was written: rows that were right in the check are wrong by now.
    Refused,
    Undoing,
    Undone,
}

/// One import.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    id: Uuid,
    kind: Kind,
    file_name: String,
    state: ImportState,
    rows: i32,
    /// Rows that made a record, added to one, or said nothing new.
    created: i32,
    changed: i32,
    duplicates: i32,
    /// Name of whoever imported.
    created_by: String,
    created_at: DateTime<Utc>,
    #[schema(required)]
    done_at: Option<DateTime<Utc>>,
    /// Its progress is `GET /jobs/{id}`.
    #[schema(required)]
    job_id: Option<Uuid>,
    #[schema(required)]
    undone_by: Option<String>,
    #[schema(required)]
    undone_at: Option<DateTime<Utc>>,
    may_undo: bool,
    /// What stood in the way of its undo, in the caller's language; nothing was taken back then.
    #[schema(required)]
    obstacles: Option<String>,
}

/// An import whose file waits, with what its columns may mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportDetails {
    #[serde(flatten)]
    import: Import,
    /// Empty once the file is not needed any more.
    columns: Vec<ImportColumn>,
    fields: Vec<ImportFieldTitle>,
    /// The meanings are those of the last table with these headers.
    remembered: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportColumn {
    header: String,
    /// The first cells that hold something.
    samples: Vec<String>,
    /// What it probably means; null to leave it out.
    #[schema(required)]
    field: Option<Field>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFieldTitle {
    field: Field,
    /// In the caller's language.
    title: String,
}

/// 403 for those who may not import tables of this kind.
fn allowed(by: &Actor, kind: Kind) -> ApiResult<()> {
    let may = match kind {
        Kind::People | Kind::Documents => by.keeps_somewhere(),
        Kind::Institutions => by.keeps_city_register(),
    };
    if may {
        Ok(())
    } else {
        Err(ApiError::new(&FORBIDDEN))
    }
}

/// An import and its kind, for whoever began it and, to look at and undo, for the keepers of the city's
/// register; for others there is none.
struct Found<'a> {
    me: &'a SignedIn,
    row: Model,
    kind: Kind,
}

impl<'a> Found<'a> {
    async fn of(state: &AppState, caller: &'a Caller, Id(id): Id) -> ApiResult<Self> {
        let me = caller.allowed(Actor::keeps_somewhere)?;
        let row = imports::find(&state.store.db, id)
            .await?
            .ok_or(&NOT_FOUND)?;
        if row.created_by != me.person.id && !me.actor.keeps_city_register() {
            return Err(ApiError::new(&NOT_FOUND));
        }
        let kind = row.kind().ok_or(&NOT_FOUND)?;
        Ok(Self { me, row, kind })
    }

    /// Only whoever began an import goes on with it, by their own rights.
    fn own(self) -> ApiResult<Self> {
        if self.row.created_by != self.me.person.id {
            return Err(ApiError::new(&FORBIDDEN));
        }
        allowed(&self.me.actor, self.kind)?;
        Ok(self)
    }
}

async fn views(state: &AppState, rows: Vec<Model>) -> ApiResult<Vec<Import>> {
    let mut ids: Vec<Uuid> = rows.iter().map(|row| row.created_by).collect();
    ids.extend(rows.iter().filter_map(|row| row.undone_by));
    let names: HashMap<Uuid, String> = person::of_ids(&state.store.db, &ids)
        .await?
        .into_iter()
        .map(|person| (person.id, person.full_name()))
        .collect();
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|row| Import {
            id: row.id,
            kind: row.kind().unwrap_or(Kind::People),
            state: match row.state.as_str() {
                imports::RUNNING => ImportState::Running,
                imports::DONE => ImportState::Done,
                imports::REFUSED => ImportState::Refused,
                imports::UNDOING => ImportState::Undoing,
                imports::UNDONE => ImportState::Undone,
                _ => ImportState::Uploaded,
            },
            rows: row.row_count,
            created: row.created,
            changed: row.changed,
            duplicates: row.duplicates,
            created_by: name(row.created_by),
            created_at: row.created_at,
            done_at: row.done_at,
            job_id: row.job_id,
            undone_by: row.undone_by.map(name),
            undone_at: row.undone_at,
            may_undo: row.state == imports::DONE,
            obstacles: row.obstacles().map(|words| match locale() {
                Locale::Ru => words.ru,
                Locale::En => words.en,
            }),
            file_name: row.file_name,
        })
        .collect())
}

async fn view(state: &AppState, row: Model) -> ApiResult<Import> {
    views(state, vec![row])
        .await?
        .pop()
        .ok_or_else(|| ApiError::internal("an import without a view"))
}

/// The import with its columns, as long as it may still be run.
async fn details(state: &AppState, row: Model, kind: Kind) -> ApiResult<ImportDetails> {
    let waits = matches!(row.state.as_str(), imports::UPLOADED | imports::REFUSED);
    let (mut columns, mut remembered) = (Vec::new(), false);
    if waits {
        let table = waiting(state, &row, kind).await?;
        let known = mapping::remembered(&state.store.db, kind, &table.headers).await?;
        remembered = known.is_some();
        let fields = known.unwrap_or_else(|| guess(kind, &table.headers));
        for (place, (header, field)) in table.headers.into_iter().zip(fields).enumerate() {
            let cells = table.rows.iter().filter_map(|(_, cells)| cells.get(place));
            let samples = cells
                .filter(|cell| !cell.is_empty())
                .take(3)
                .map(|cell| cell.text().chars().take(60).collect())
                .collect();
            columns.push(ImportColumn {
                header,
                samples,
                field,
            });
        }
    }
    let title = |field: &Field| ImportFieldTitle {
        field: *field,
        title: field.title(locale()).to_owned(),
    };
    Ok(ImportDetails {
        columns,
        remembered,
        fields: kind.fields().iter().map(title).collect(),
        import: view(state, row).await?,
    })
}

/// Refuses meanings by which no row could be read.
fn checked(kind: Kind, mapping: &[Option<Field>], columns: usize) -> ApiResult<()> {
    let mut seen: Vec<Field> = mapping.iter().copied().flatten().collect();
    if mapping.len() != columns || seen.iter().any(|field| !kind.fields().contains(field)) {
        return Err(ApiError::field("mapping", &WRONG_COLUMNS));
    }
    let count = seen.len();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() < count {
        return Err(ApiError::field("mapping", &TWICE));
    }
    let missing = kind.missing(mapping);
    if missing.is_empty() {
        return Ok(());
    }
    let titles = |locale| {
        let titles: Vec<_> = missing.iter().map(|field| field.title(locale)).collect();
        titles.join(", ")
    };
    Err(ApiError::field("mapping", &MISSING).saying(
        format!("Укажите столбцы: {}.", titles(kafedra_model::Locale::Ru)),
        format!(
            "Say which columns hold: {}.",
            titles(kafedra_model::Locale::En)
        ),
    ))
}

/// Where an uploaded file waits, sealed.
fn path(state: &AppState, import: Uuid) -> PathBuf {
    state
        .settings
        .files
        .join("imports")
        .join(import.to_string())
}

/// The table of an import that waits.
async fn waiting(state: &AppState, row: &Model, kind: Kind) -> ApiResult<table::Table> {
    let sealed = tokio::fs::read(path(state, row.id))
        .await
        .map_err(|_| ApiError::new(&FILE_GONE))?;
    let (vault, id, name) = (state.vault.clone(), row.id, row.file_name.clone());
    tokio::task::spawn_blocking(move || {
        let bytes = vault.open(id, &sealed).ok_or(&FILE_GONE)?;
        table::read(kind, &name, &bytes)
    })
    .await
    .map_err(ApiError::internal)?
}

/// Seals a file and lets it wait.
async fn keep(state: &AppState, id: Uuid, bytes: &[u8]) -> ApiResult<()> {
    let place = path(state, id);
    let disk = |error: std::io::Error| {
        tracing::error!(%error, "an uploaded table could not be kept");
        ApiError::new(&DISK)
    };
    if let Some(folder) = place.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(disk)?;
    }
    tokio::fs::write(&place, state.vault.seal(id, bytes)?)
        .await
        .map_err(disk)
}

/// Deletes a file that is not needed any more.
async fn discard(state: &AppState, id: Uuid) {
    if let Err(error) = tokio::fs::remove_file(path(state, id)).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "an uploaded table could not be deleted");
    }
}

/// Forgets files that nobody imported for a day.
///
/// # Errors
///
/// A database that is away.
pub async fn sweep(state: &AppState) -> Result<(), sea_orm::DbErr> {
    let before = state.clock.now() - KEPT;
    for id in imports::forget(&state.store.db, before).await? {
        discard(state, id).await;
    }
    Ok(())
}
