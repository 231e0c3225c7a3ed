//! What is told about a backup that was written, or given back.

use std::path::Path;

use kafedra_model::Locale;

use super::{Restored, Written};

/// What was written, what could not be, and that the register's key lies elsewhere.
pub fn written(written: &Written, place: &Path, key: &Path, locale: Locale) -> String {
    let Written {
        rows,
        files,
        missing,
        sealed,
    } = written;
    let (place, key) = (place.display(), key.display());
    let mut lines = vec![match locale {
        Locale::Ru => format!("Копия записана: {place}, строк: {rows}, файлов: {files}."),
        Locale::En => format!("The backup was written: {place}, rows: {rows}, files: {files}."),
    }];
    if *missing > 0 {
        lines.push(match locale {
            Locale::Ru => {
                format!("На диске не нашлись целыми и в копию не вошли файлы: {missing}.")
            }
            Locale::En => format!("Files not found whole on the disk and left out: {missing}."),
        });
    }
    if *sealed > 0 {
        lines.push(match locale {
            Locale::Ru => format!(
                "СНИЛС в копии закрыты: {sealed}. Их открывает {key}, которого в копии нет: \
                 храните его отдельно."
            ),
            Locale::En => format!(
                "Insurance numbers are sealed in the backup: {sealed}. {key} opens them and is \
                 not in it: keep a copy of that file apart."
            ),
        });
    }
    lines.join("\n")
}

/// What was given back, and where the register's key has to lie where it does not.
pub fn restored(restored: &Restored, key: &Path, locale: Locale) -> String {
    let Restored { rows, sealed } = restored;
    let mut lines = vec![match locale {
        Locale::Ru => format!("База восстановлена, строк: {rows}."),
        Locale::En => format!("The database was restored, rows: {rows}."),
    }];
    if *sealed > 0 && !key.exists() {
        let key = key.display();
        lines.push(match locale {
            Locale::Ru => format!(
                "СНИЛС закрыты: {sealed}. До первого запуска сервера положите на место {key}, \
                 иначе он заведёт новый ключ и номера придётся вводить заново."
            ),
            Locale::En => format!(
                "Insurance numbers are sealed: {sealed}. Put {key} in its place before the server \
                 starts, or it makes a new key and the numbers have to be entered again."
            ),
        });
    }
    lines.join("\n")
}
