//! A text file of a spreadsheet, in whatever encoding and with whatever separator it was saved.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251};
use kafedra_model::import::Cell;

use super::{Line, MOST_COLUMNS, MOST_ROWS, TOO_MANY_ROWS, UNREADABLE};
use crate::{ApiError, ApiResult};

/// Rows that hold anything.
pub fn lines(bytes: &[u8]) -> ApiResult<Vec<Line>> {
    let text = decode(bytes);
    // Excel writes the separator itself into such a line, and reads it back.
    let (said, body, skipped) = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().to_lowercase().starts_with("sep=") => {
            (first.as_bytes().get(4).copied(), rest, 1)
        }
        _ => (None, text.as_str(), 0),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(said.unwrap_or_else(|| delimiter(body)))
        .has_headers(false)
        .flexible(true)
        .from_reader(body.as_bytes());
    let mut lines = Vec::new();
    let (mut byte, mut number) = (0, 1 + skipped);
    for record in reader.records() {
        let record = record.map_err(|_| ApiError::new(&UNREADABLE))?;
        let at = record.position().map_or(byte, |at| at.byte() as usize);
        // `csv` places a record that follows CRLF on the LF, which still belongs to the line before.
        let start = at + usize::from(body.as_bytes().get(at) == Some(&b'\n'));
        number += body
            .as_bytes()
            .get(byte..start)
            .unwrap_or_default()
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        byte = start.max(byte);
        let cells: Vec<Cell> = record.iter().take(MOST_COLUMNS).map(Cell::typed).collect();
        if cells.iter().all(Cell::is_empty) {
            continue;
        }
        if lines.len() > MOST_ROWS {
            return Err(ApiError::new(&TOO_MANY_ROWS));
        }
        lines.push((number, cells));
    }
    Ok(lines)
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

/// Whichever separator the first lines hold most of.
fn delimiter(text: &str) -> u8 {
    let counts = |candidate: u8| {
        text.lines()
            .take(super::HEADER_WITHIN)
            .map(|line| line.bytes().filter(|byte| *byte == candidate).count())
            .sum::<usize>()
    };
    [b';', b',', b'\t']
        .into_iter()
        // Equal counts, of one column, go to the semicolon.
        .max_by_key(|candidate| (counts(*candidate), *candidate == b';'))
        .unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Фамилия;Имя;Школа\r\n\
        Ёлкина;Анна;\"Школа № 5; корпус 2\"\r\n\
        ;;\r\n\
        Котов; Пётр\u{a0};\"две\r\nстроки\"\r\n\
        Орлова;Вера;\r\n";

    fn texts(cells: &[Cell]) -> Vec<String> {
        cells.iter().map(Cell::text).collect()
    }

    #[track_caller]
    fn check(bytes: &[u8]) {
        let read = lines(bytes).expect("rows");
        let numbers: Vec<usize> = read.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [1, 2, 4, 6]);
        assert_eq!(texts(&read[1].1), ["Ёлкина", "Анна", "Школа № 5; корпус 2"]);
        assert_eq!(texts(&read[2].1), ["Котов", "Пётр", "две строки"]);
        assert!(read[3].1[2].is_empty());
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
    fn commas_tabs_and_a_separator_that_says_itself_do_as_well() {
        for (separator, first) in [(",", ""), ("\t", ""), ("|", "sep=|\r\n")] {
            let file = format!("{first}a;b;c\n1;2;3\n").replace(';', separator);
            let read = lines(file.as_bytes()).expect("rows");
            assert_eq!(texts(&read[1].1), ["1", "2", "3"], "{separator}");
            assert_eq!(read[1].0, 2 + usize::from(!first.is_empty()));
        }
    }
}
