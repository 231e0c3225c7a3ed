//! A file of a spreadsheet into a header and rows of cells.
//!
//! Nothing is believed: the type is told from the bytes, an archive is unpacked within limits, a row
//! that cannot be read is an error and never left out.

use kafedra_model::import::{
    Cell, Kind,
    field::{folded, guess},
};

use crate::{
    ApiError, ApiResult, Code,
    archive::BadArchive,
    file::LYING_TYPE,
    problem::{TOO_LARGE, Words},
};

mod csv;
mod xlsx;

/// Rows of one file: the city's register is half of it.
pub const MOST_ROWS: usize = 50_000;
/// Columns that are read; further ones hold nobody's data.
const MOST_COLUMNS: usize = 100;
/// Rows among which the header is looked for, below titles and emblems.
const HEADER_WITHIN: usize = 15;

pub const UNREADABLE: Code = Code {
    code: "table.unreadable",
    status: 422,
    ru: Words {
        title: "Файл не удалось прочесть",
        detail: "Откройте таблицу у себя, сохраните её как XLSX или CSV и выберите снова.",
    },
    en: Words {
        title: "The file could not be read",
        detail: "Open the table on your computer, save it as XLSX or CSV and choose it again.",
    },
};
pub const OLD_FORMAT: Code = Code {
    code: "table.old_format",
    status: 422,
    ru: Words {
        title: "Это таблица старого формата",
        detail: "Откройте её в Excel или LibreOffice, сохраните как XLSX и выберите снова.",
    },
    en: Words {
        title: "This is a table of an old format",
        detail: "Open it in Excel or LibreOffice, save it as XLSX and choose it again.",
    },
};
pub const LOCKED: Code = Code {
    code: "table.locked",
    status: 422,
    ru: Words {
        title: "Таблица закрыта паролем",
        detail: "Снимите пароль, сохраните файл и выберите его снова.",
    },
    en: Words {
        title: "The table is locked with a password",
        detail: "Take the password off, save the file and choose it again.",
    },
};
pub const SWELLS: Code = Code {
    code: "table.swells",
    status: 422,
    ru: Words {
        title: "Внутри файла слишком много данных",
        detail: "Удалите лишние листы и пустые строки, скопируйте таблицу в новый файл и выберите его.",
    },
    en: Words {
        title: "The file holds too much",
        detail: "Delete other sheets and empty rows, copy the table into a new file and choose that one.",
    },
};
pub const TOO_MANY_ROWS: Code = Code {
    code: "table.too_many_rows",
    status: 413,
    ru: Words {
        title: "В таблице больше 50 000 строк",
        detail: "Разделите её на части и загрузите их по очереди.",
    },
    en: Words {
        title: "The table has more than 50,000 rows",
        detail: "Split it and import the parts one after another.",
    },
};
pub const NO_ROWS: Code = Code {
    code: "table.no_rows",
    status: 422,
    ru: Words {
        title: "В таблице нет строк",
        detail: "Первая строка занята заголовками, ниже должна быть хотя бы одна строка. Читается первый видимый лист.",
    },
    en: Words {
        title: "The table has no rows",
        detail: "Its first row holds the headers; there must be at least one row below. The first visible sheet is read.",
    },
};

pub const CODES: &[Code] = &[
    UNREADABLE,
    OLD_FORMAT,
    LOCKED,
    SWELLS,
    TOO_MANY_ROWS,
    NO_ROWS,
];

/// A row with its number in the file, from 1.
pub type Line = (usize, Vec<Cell>);

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub headers: Vec<String>,
    /// Rows that hold anything.
    pub rows: Vec<Line>,
}

/// Reads a file that bears `name`.
pub fn read(kind: Kind, name: &str, bytes: &[u8]) -> ApiResult<Table> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let is_archive = bytes.starts_with(b"PK\x03\x04");
    match ending.as_deref() {
        _ if bytes.starts_with(b"\xd0\xcf\x11\xe0") => return Err(ApiError::new(&OLD_FORMAT)),
        Some("xlsx" | "xlsm") if !is_archive => return Err(ApiError::new(&LYING_TYPE)),
        Some("csv" | "txt" | "tsv") if is_archive => return Err(ApiError::new(&LYING_TYPE)),
        Some("xls" | "ods") => return Err(ApiError::new(&OLD_FORMAT)),
        _ => {}
    }
    let lines = if is_archive {
        xlsx::lines(bytes).map_err(|bad| {
            ApiError::new(match bad {
                xlsx::Bad::Archive(BadArchive::Locked) => &LOCKED,
                xlsx::Bad::Archive(BadArchive::Swells) => &SWELLS,
                xlsx::Bad::Archive(BadArchive::Broken | BadArchive::Foreign) => &UNREADABLE,
                xlsx::Bad::TooManyRows => &TOO_MANY_ROWS,
            })
        })?
    } else if is_binary(bytes) {
        return Err(ApiError::new(&LYING_TYPE));
    } else {
        csv::lines(bytes)?
    };
    table(kind, lines)
}

/// Neither text in UTF-16, which begins with a mark, nor any other that a spreadsheet writes.
fn is_binary(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = bytes.get(..4096).unwrap_or(bytes);
    !marked && (head.contains(&0) || head.starts_with(b"%PDF") || head.starts_with(b"\x89PNG"))
}

/// Finds the header: of the first rows, the one that says most.
fn table(kind: Kind, mut lines: Vec<Line>) -> ApiResult<Table> {
    let headers = |cells: &[Cell]| -> Vec<String> { cells.iter().map(Cell::text).collect() };
    let said = |cells: &[Cell]| guess(kind, &headers(cells)).iter().flatten().count();
    let place = lines
        .iter()
        .take(HEADER_WITHIN)
        .enumerate()
        .max_by_key(|(place, (_, cells))| (said(cells), std::cmp::Reverse(*place)))
        .map(|(place, _)| place)
        .ok_or_else(|| ApiError::new(&NO_ROWS))?;
    let rows = lines.split_off(place + 1);
    let header = lines.pop().map(|(_, cells)| cells).unwrap_or_default();
    // What stands where the header names nothing is no column.
    let widest = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let mut headers = headers(&header);
    headers.resize(headers.len().max(widest).min(MOST_COLUMNS), String::new());
    while headers.last().is_some_and(|last| folded(last).is_empty())
        && rows
            .iter()
            .all(|(_, cells)| cells.get(headers.len() - 1).is_none_or(Cell::is_empty))
    {
        headers.pop();
    }
    if rows.is_empty() || headers.is_empty() {
        return Err(ApiError::new(&NO_ROWS));
    }
    if rows.len() > MOST_ROWS {
        return Err(ApiError::new(&TOO_MANY_ROWS));
    }
    Ok(Table { headers, rows })
}

/// The bytes of an upload are few enough to stand in memory.
pub fn fits(bytes: usize) -> ApiResult<()> {
    if bytes > LARGEST {
        return Err(ApiError::new(&TOO_LARGE));
    }
    Ok(())
}

/// Largest file, in bytes: 50,000 rows take some 10 MB.
pub const LARGEST: usize = 20 * 1024 * 1024;
