//! The archive itself: pages of JSON, files, and a page that says what is where.

use std::{
    fs::File,
    io::{self, Seek, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use kafedra_model::Locale;
use serde_json::Value;
use uuid::Uuid;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{ApiError, ApiResult, AppState, file};

/// What goes into an archive.
pub struct Contents {
    pub locale: Locale,
    /// Full name.
    pub whose: String,
    pub made_at: DateTime<Utc>,
    pub pages: Vec<Page>,
    pub files: Vec<Stored>,
}

/// One kind of record.
pub struct Page {
    pub title: String,
    /// Records in it.
    pub count: usize,
    pub json: Value,
}

/// A file on this server's disk.
pub struct Stored {
    pub name: String,
    pub path: PathBuf,
}

/// Packs an archive on disk, because scans may be large, and gives it open from its beginning; the
/// file goes with the handle.
pub async fn pack(state: &AppState, contents: Contents) -> ApiResult<tokio::fs::File> {
    let draft = file::waiting_room(state)
        .await?
        .join(format!("{}.zip", Uuid::now_v7()));
    let packed = tokio::task::spawn_blocking(move || {
        let packed = write(&draft, &contents);
        // Nobody finds it by its name, and it is gone whatever happens to the download.
        let removed = std::fs::remove_file(&draft);
        packed.and_then(|file| removed.map(|()| file))
    });
    let file = packed.await.map_err(ApiError::internal)?.map_err(|error| {
        tracing::error!(%error, "a person's archive could not be written");
        ApiError::new(&file::DISK)
    })?;
    Ok(tokio::fs::File::from_std(file))
}

fn write(draft: &Path, contents: &Contents) -> io::Result<File> {
    let file = File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .open(draft)?;
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let (readme, folder) = match contents.locale {
        Locale::Ru => ("Что здесь.txt", "Файлы"),
        Locale::En => ("What is here.txt", "Files"),
    };
    zip.start_file(readme, options)?;
    zip.write_all(explanation(contents).as_bytes())?;
    for page in &contents.pages {
        zip.start_file(format!("{}.json", page.title), options)?;
        serde_json::to_writer_pretty(&mut zip, &page.json)?;
    }
    for stored in &contents.files {
        let mut from = match File::open(&stored.path) {
            Ok(from) => from,
            Err(error) => {
                tracing::error!(%error, "a file of a person's archive is not on disk");
                continue;
            }
        };
        let name: String = stored
            .name
            .chars()
            .map(|c| if "/\\:*?\"<>|".contains(c) { '_' } else { c })
            .collect();
        // The same file may have been given twice.
        if zip.start_file(format!("{folder}/{name}"), options).is_ok() {
            io::copy(&mut from, &mut zip)?;
        }
    }
    let mut file = zip.finish()?;
    file.rewind()?;
    Ok(file)
}

fn explanation(contents: &Contents) -> String {
    let made = contents.made_at.format("%Y-%m-%d %H:%M UTC");
    let mut text = match contents.locale {
        Locale::Ru => format!(
            "Персональные данные: {}\nСобрано: {made}\n\n\
             В каждом файле JSON записи одного вида. Файлы открываются браузером или любым редактором текста.\n\
             В папке «Файлы» то, что человек загрузил сам, и сканы его документов.\n\
             Паролей, ключей входа и секретных ссылок здесь нет: их нет в открытом виде и на сервере.\n\
             СНИЛС полностью есть только в копии, которую скачал сам человек.\n\n",
            contents.whose
        ),
        Locale::En => format!(
            "Personal data: {}\nGathered: {made}\n\n\
             Each JSON file holds the records of one kind. Any browser or text editor opens them.\n\
             The folder «Files» holds what the person uploaded and the scans of their documents.\n\
             Passwords, session keys and secret links are not here: the server keeps none in the open.\n\
             The СНИЛС stands whole only in the copy that its owner downloaded.\n\n",
            contents.whose
        ),
    };
    for page in &contents.pages {
        text.push_str(&format!("{}.json: {}\n", page.title, page.count));
    }
    // Notepad knows UTF-8 by this mark and ends lines by two characters.
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}
