//! Files that people give: taken in piece by piece, named by their hash, handed out harmlessly.
//!
//! Nothing in a file is believed or unpacked: `kafedra_model::file` tells its type from its bytes,
//! and only types that browsers show without running anything are shown in place.

use std::{
    io::SeekFrom,
    path::{Path, PathBuf},
};

use axum::{
    body::Body,
    extract::multipart::Field,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kafedra_model::file::{FileType, HEAD, NAME_LENGTH};
use kafedra_store::file;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Code,
    problem::{MALFORMED, NOT_FOUND, TOO_LARGE, Words},
};

pub const UNKNOWN_TYPE: Code = Code {
    code: "file.type",
    status: 422,
    ru: Words {
        title: "Такой файл загрузить нельзя",
        detail: "Подойдут PDF, картинки, тексты, документы Office и OpenDocument, архивы ZIP, звук и видео.",
    },
    en: Words {
        title: "This file cannot be uploaded",
        detail: "PDF, pictures, texts, Office and OpenDocument files, ZIP archives, sound and video are fine.",
    },
};
pub const LYING_TYPE: Code = Code {
    code: "file.type_lies",
    status: 422,
    ru: Words {
        title: "Содержимое файла не такое, как говорит его имя",
        detail: "Откройте файл у себя, сохраните его заново в нужном формате и загрузите ещё раз.",
    },
    en: Words {
        title: "The file holds something else than its name says",
        detail: "Open it on your computer, save it in the right format and upload it again.",
    },
};
pub const EMPTY: Code = Code {
    code: "file.empty",
    status: 422,
    ru: Words {
        title: "Файл пуст",
        detail: "Выберите файл, в котором что-то есть.",
    },
    en: Words {
        title: "The file is empty",
        detail: "Choose a file that holds something.",
    },
};
pub const DISK: Code = Code {
    code: "file.not_kept",
    status: 507,
    ru: Words {
        title: "Файл не удалось сохранить",
        detail: "На сервере не хватает места. Сообщите администратору и повторите позже.",
    },
    en: Words {
        title: "The file could not be kept",
        detail: "The server has too little space. Tell the administrator and try again later.",
    },
};

pub const CODES: &[Code] = &[UNKNOWN_TYPE, LYING_TYPE, EMPTY, DISK];

/// Largest file, in bytes.
pub const LARGEST: usize = 100 * 1024 * 1024;

/// Bytes copied at once.
const PIECE: usize = 64 * 1024;

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 in hexadecimal.
    pub hash: String,
    /// Bytes.
    pub size: i64,
    pub kind: FileType,
}

/// A file that came in and is not kept yet: dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    /// What it will be known by.
    kept: Kept,
    settled: bool,
}

impl Draft {
    /// Where its bytes are until it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn kind(&self) -> FileType {
        self.kept.kind
    }

    /// Keeps it and notes it; the bytes are on disk when this returns.
    pub async fn keep(mut self, state: &AppState) -> ApiResult<Kept> {
        let place = path(&state.settings.files, &self.kept.hash);
        if let Some(folder) = place.parent() {
            tokio::fs::create_dir_all(folder).await.map_err(disk)?;
        }
        tokio::fs::rename(&self.path, &place).await.map_err(disk)?;
        self.settled = true;
        let kept = self.kept.clone();
        file::note(
            &state.store.db,
            &kept.hash,
            kept.size,
            kept.kind.content_type(),
            state.clock.now(),
        )
        .await?;
        Ok(kept)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.settled {
            // It may not have come to be at all.
            drop(std::fs::remove_file(&self.path));
        }
    }
}

/// Takes a file in under `name` and keeps it.
pub async fn keep(state: &AppState, name: &str, field: Field<'_>) -> ApiResult<Kept> {
    take_in(state, name, field).await?.keep(state).await
}

/// Takes a file in under `name`, to be looked at before it is kept.
pub async fn take_in(state: &AppState, name: &str, mut field: Field<'_>) -> ApiResult<Draft> {
    let mut incoming = Incoming::begin(state).await?;
    while let Some(piece) = field.chunk().await.map_err(refused)? {
        incoming.add(&piece).await?;
    }
    let draft = incoming.end().await?;
    if draft.kind().fits(name) {
        Ok(draft)
    } else {
        Err(ApiError::new(&LYING_TYPE))
    }
}

/// Takes in a file that this server made itself.
pub async fn take_over(state: &AppState, made: &Path) -> ApiResult<Draft> {
    let mut incoming = Incoming::begin(state).await?;
    let mut file = tokio::fs::File::open(made).await.map_err(disk)?;
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece).await.map_err(disk)?;
        if read == 0 {
            return incoming.end().await;
        }
        incoming.add(&piece[..read]).await?;
    }
}

/// Folder of what is not kept yet; its contents are worth nothing after a restart.
pub async fn waiting_room(state: &AppState) -> ApiResult<PathBuf> {
    let folder = state.settings.files.join("incoming");
    tokio::fs::create_dir_all(&folder).await.map_err(disk)?;
    Ok(folder)
}

/// A file on its way in.
struct Incoming {
    draft: Draft,
    out: tokio::fs::File,
    hash: Sha256,
    head: Vec<u8>,
    size: usize,
}

impl Incoming {
    async fn begin(state: &AppState) -> ApiResult<Self> {
        let path = waiting_room(state).await?.join(Uuid::now_v7().to_string());
        Ok(Self {
            out: tokio::fs::File::create(&path).await.map_err(disk)?,
            draft: Draft {
                path,
                kept: Kept {
                    hash: String::new(),
                    size: 0,
                    kind: FileType::Text,
                },
                settled: false,
            },
            hash: Sha256::new(),
            head: Vec::new(),
            size: 0,
        })
    }

    async fn add(&mut self, piece: &[u8]) -> ApiResult<()> {
        self.size += piece.len();
        if self.size > LARGEST {
            return Err(ApiError::new(&TOO_LARGE));
        }
        let wanted = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..wanted]);
        self.hash.update(piece);
        self.out.write_all(piece).await.map_err(disk)
    }

    async fn end(mut self) -> ApiResult<Draft> {
        if self.size == 0 {
            return Err(ApiError::new(&EMPTY));
        }
        self.draft.kept = Kept {
            kind: FileType::of(&self.head).ok_or(&UNKNOWN_TYPE)?,
            hash: hex::encode(self.hash.finalize()),
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
        };
        self.out.sync_all().await.map_err(disk)?;
        Ok(self.draft)
    }
}

/// Hands a file out under `name`: shown in place where that is harmless, else to be saved. Readers
/// of long files ask for parts of it (RFC 9110, 14), and get one part at a time.
pub async fn send(
    state: &AppState,
    hash: &str,
    name: &str,
    asked: &HeaderMap,
) -> ApiResult<Response> {
    let row = file::find(&state.store.db, hash).await?.ok_or(&NOT_FOUND)?;
    let kind = FileType::parse(&row.content_type);
    let size = u64::try_from(row.size).unwrap_or_default();
    let etag = format!("\"{hash}\"");
    let mut file = tokio::fs::File::open(path(&state.settings.files, hash))
        .await
        .map_err(|error| {
            tracing::error!(%error, file.hash = %hash, "a file is not on disk");
            ApiError::new(&NOT_FOUND)
        })?;
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    let mut response = if text(header::IF_NONE_MATCH) == Some(&etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        // A part of another version fits to nothing.
        let same = text(header::IF_RANGE).is_none_or(|known| known == etag);
        match text(header::RANGE)
            .filter(|_| same)
            .map(|range| part(range, size))
        {
            Some(Part::Of { first, last }) => {
                file.seek(SeekFrom::Start(first)).await.map_err(disk)?;
                let length = last - first + 1;
                let body = Body::from_stream(ReaderStream::new(file.take(length)));
                let mut response = (StatusCode::PARTIAL_CONTENT, body).into_response();
                insert(
                    &mut response,
                    header::CONTENT_RANGE,
                    &format!("bytes {first}-{last}/{size}"),
                );
                insert(&mut response, header::CONTENT_LENGTH, &length.to_string());
                response
            }
            Some(Part::Beyond) => {
                let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
                insert(
                    &mut response,
                    header::CONTENT_RANGE,
                    &format!("bytes */{size}"),
                );
                response
            }
            Some(Part::Whole) | None => {
                let mut response = Body::from_stream(ReaderStream::new(file)).into_response();
                insert(&mut response, header::CONTENT_LENGTH, &size.to_string());
                response
            }
        }
    };
    let viewable = kind.is_some_and(FileType::is_viewable);
    let disposition = format!(
        "{}; filename*=UTF-8''{}",
        if viewable { "inline" } else { "attachment" },
        percent(name)
    );
    let content_type = kind.map_or("application/octet-stream", FileType::content_type);
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::ACCEPT_RANGES, "bytes"),
        (header::ETAG, &etag),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, HARMLESS),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "private, max-age=3600"),
        (header::CONTENT_DISPOSITION, &disposition),
    ] {
        insert(&mut response, name, value);
    }
    Ok(response)
}

/// Deletes a file that nothing refers to any more; one that something does stays. Not within a
/// transaction: the database's refusal would end it.
pub async fn forget(state: &AppState, hash: &str) -> ApiResult<()> {
    if !file::delete_unused(&state.store.db, hash).await? {
        return Ok(());
    }
    match tokio::fs::remove_file(path(&state.settings.files, hash)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(disk(error)),
        _ => Ok(()),
    }
}

/// What a file may do in a browser that shows it: nothing. The style is that of the browser's own
/// page around a picture or a text; the object is its own reader of PDF.
const HARMLESS: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

fn insert(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// What of a file was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// All of it, or more than one part, or in words that are not understood.
    Whole,
    /// These bytes, both included.
    Of {
        first: u64,
        last: u64,
    },
    Beyond,
}

/// Reads `bytes=0-99`, `bytes=100-`, `bytes=-100` (RFC 9110, 14.1.2).
fn part(range: &str, size: u64) -> Part {
    let Some((first, last)) = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Part::Whole;
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let (first, last) = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => (first, last),
        (Some(first), None) if last.is_empty() => (first, u64::MAX),
        (None, Some(tail)) if first.is_empty() => (size.saturating_sub(tail), u64::MAX),
        _ => return Part::Whole,
    };
    if first < size {
        Part::Of {
            first,
            last: last.min(size - 1),
        }
    } else {
        Part::Beyond
    }
}

/// A file's name without folders and tricks; one that has nothing left is «файл».
pub fn name(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = kafedra_model::text::body(last)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if kept.is_empty() {
        return "файл".to_owned();
    }
    // The ending stays where a name is cut: it says what opens the file.
    let length = kept.chars().count();
    if length <= NAME_LENGTH {
        return kept;
    }
    let (stem, ending) = kept.rsplit_once('.').unwrap_or((&kept, ""));
    let ending: String = ending.chars().take(10).collect();
    let stem: String = stem.chars().take(NAME_LENGTH - 11).collect();
    format!("{stem}.{ending}")
}

/// Where the bytes of a hash lie: in one of 256 folders.
pub fn path(root: &Path, hash: &str) -> PathBuf {
    root.join(hash.get(..2).unwrap_or_default()).join(hash)
}

/// RFC 8187: everything but letters, digits and a few marks as %XX.
fn percent(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn disk(error: std::io::Error) -> ApiError {
    tracing::error!(%error, "a file could not be written");
    ApiError::new(&DISK)
}

/// A form that broke off or is larger than its route takes.
pub fn refused(error: axum::extract::multipart::MultipartError) -> ApiError {
    if error.status().as_u16() == TOO_LARGE.status {
        ApiError::new(&TOO_LARGE)
    } else {
        ApiError::new(&MALFORMED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_understood_and_anything_else_gets_the_whole() {
        let check = |range: &str, expected: Part| assert_eq!(part(range, 100), expected, "{range}");
        let of = |first, last| Part::Of { first, last };
        check("bytes=0-9", of(0, 9));
        check("bytes=90-", of(90, 99));
        check("bytes=90-4000", of(90, 99));
        check("bytes=-10", of(90, 99));
        check("bytes=-4000", of(0, 99));
        check("bytes=100-", Part::Beyond);
        check("bytes=-0", Part::Beyond);
        for whole in [
            "bytes=9-0",
            "bytes=0-1,5-6",
            "bytes=-",
            "lines=1-2",
            "bytes=a-b",
            "",
            "bytes=0-x",
        ] {
            check(whole, Part::Whole);
        }
        assert_eq!(part("bytes=0-", 0), Part::Beyond);
    }
}
