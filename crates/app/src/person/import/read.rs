//! Bytes of a CSV file into rows of text, whatever a spreadsheet made of them.

use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251};
use kafedra_model::name;

use super::UNREADABLE;
use crate::{ApiError, ApiResult, problem::TOO_LARGE};

const MOST_ROWS: usize = 10_000;

/// One row as typed; a column that is missing is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Line of the file, the header being the first.
    pub line: usize,
    pub family_name: String,
    pub given_name: String,
    pub patronymic: String,
    pub institution: String,
    pub position: String,
    pub email: String,
    pub login: String,
}

/// The rows of a file, blank ones left out.
pub fn rows(bytes: &[u8]) -> ApiResult<Vec<Row>> {
    let text = decode(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(&text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let unreadable = |_| ApiError::new(&UNREADABLE);
    let columns: HashMap<Column, usize> = reader
        .headers()
        .map_err(unreadable)?
        .iter()
        .enumerate()
        .filter_map(|(place, header)| Some((Column::parse(header)?, place)))
        .collect();
    let needed = [
        Column::Family,
        Column::Given,
        Column::Institution,
        Column::Position,
    ];
    if !needed.iter().all(|column| columns.contains_key(column)) {
        return Err(ApiError::new(&UNREADABLE));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(ApiError::new(&TOO_LARGE));
        }
        let cell = |column| {
            columns
                .get(&column)
                .and_then(|place| record.get(*place))
                .unwrap_or_default()
                .to_owned()
        };
        rows.push(Row {
            line: record
                .position()
                .map_or(rows.len() + 2, |at| line_of(&text, at.byte() as usize)),
            family_name: cell(Column::Family),
            given_name: cell(Column::Given),
            patronymic: cell(Column::Patronymic),
            institution: cell(Column::Institution),
            position: cell(Column::Position),
            email: cell(Column::Email),
            login: cell(Column::Login),
        });
    }
    Ok(rows)
}

/// The line, from 1, of the record at a byte offset. `csv` places a record that follows
/// CRLF on the LF, which still belongs to the line before.
fn line_of(text: &str, byte: usize) -> usize {
    let bytes = text.as_bytes();
    let after = byte + usize::from(bytes.get(byte) == Some(&b'\n'));
    1 + bytes.iter().take(after).filter(|&&b| b == b'\n').count()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Family,
    Given,
    Patronymic,
    Institution,
    Position,
    Email,
    Login,
}

impl Column {
    fn parse(header: &str) -> Option<Self> {
        Some(match name::fold(header).as_str() {
            "familyname" | "family name" | "surname" | "фамилия" => Self::Family,
            "givenname" | "given name" | "first name" | "имя" => Self::Given,
            "patronymic" | "отчество" => Self::Patronymic,
            "institution" | "school" | "учреждение" | "школа" | "место работы" => {
                Self::Institution
            }
            "position" | "должность" => Self::Position,
            "email" | "e-mail" | "почта" | "электронная почта" | "адрес электронной почты" => {
                Self::Email
            }
            "login" | "логин" => Self::Login,
            _ => return None,
        })
    }
}

/// UTF-8 and UTF-16 by their marks, else UTF-8 if it is that, else Windows-1251, in which
/// Russian spreadsheets save CSV.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let (text, _, broken) = UTF_8.decode(bytes);
    if broken {
        WINDOWS_1251.decode(bytes).0.into_owned()
    } else {
        text.into_owned()
    }
}

/// Whichever separator the header holds most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    [b';', b',', b'\t']
        .into_iter()
        .max_by_key(|candidate| {
            let count = header.bytes().filter(|byte| byte == candidate).count();
            // Equal counts, of one column, go to the semicolon.
            (count, *candidate == b';')
        })
        .unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1251;

    use super::{Row, rows};

    const RUSSIAN: &str = "Фамилия;Имя;Отчество;Учреждение;Должность;Почта\r\n\
        Ёлкина;Анна;;\"Школа № 5; корпус 2\";Учитель;anna@school.ru\r\n\
        ;;;;;\r\n\
        Котов;Пётр;Ильич;Школа № 5;teacher;\r\n";

    #[track_caller]
    fn check(bytes: &[u8]) {
        let read = rows(bytes).expect("rows");
        assert_eq!(read.len(), 2);
        assert_eq!(
            read[0],
            Row {
                line: 2,
                family_name: "Ёлкина".to_owned(),
                given_name: "Анна".to_owned(),
                institution: "Школа № 5; корпус 2".to_owned(),
                position: "Учитель".to_owned(),
                email: "anna@school.ru".to_owned(),
                ..Row::default()
            }
        );
        assert_eq!((read[1].line, read[1].given_name.as_str()), (4, "Пётр"));
    }

    #[test]
    fn a_file_is_read_in_whatever_encoding_a_spreadsheet_chose() {
        check(RUSSIAN.as_bytes());
        check(format!("\u{feff}{RUSSIAN}").as_bytes());
        check(&WINDOWS_1251.encode(RUSSIAN).0);
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(RUSSIAN.encode_utf16().flat_map(u16::to_le_bytes));
        check(&utf16);
    }

    #[test]
    fn commas_tabs_and_english_headers_do_as_well() {
        for separator in [",", "\t"] {
            let file = [
                "position,institution,givenName,familyName,login",
                "teacher,S,Anna,Elkina,elkina",
            ]
            .join("\n")
            .replace(',', separator);
            let read = rows(file.as_bytes()).expect("rows");
            assert_eq!(read[0].family_name, "Elkina");
            assert_eq!(read[0].login, "elkina");
        }
    }

    #[test]
    fn a_file_without_the_needed_columns_is_refused() {
        for file in ["", "a;b;c\n1;2;3", "\u{0}\u{1}\u{2}", "Фамилия;Имя\nА;Б"] {
            let refused = rows(file.as_bytes()).expect_err("no rows");
            assert_eq!(refused.code.code, "import.unreadable", "{file:?}");
        }
    }
}
