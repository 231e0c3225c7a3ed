use std::io::Write;

use kafedra_model::import::Cell;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("a workbook")
}

fn day(text: &str) -> Cell {
    Cell::Date(text.parse().expect("a date"))
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn numbers_dates_texts_and_formulas_are_what_they_show() {
    let mut book = Workbook::new();
    let hidden = book.add_worksheet();
    hidden.write_string(0, 0, "не этот").expect("a cell");
    hidden.set_hidden(true);
    let sheet = book.add_worksheet();
    sheet.set_active(true);
    let date = Format::new().set_num_format("dd\\.mm\\.yyyy\" г.\"");
    let count = Format::new().set_num_format("0.00\" дней\"");
    let leap = ExcelDateTime::from_ymd(2016, 2, 29).expect("a date");
    sheet
        .write_string(2, 0, " Ёлкина\u{a0}Анна & <Ко> ")
        .expect("a cell");
    sheet.write_number(2, 1, 72.0).expect("a cell");
    sheet
        .write_datetime_with_format(2, 2, &leap, &date)
        .expect("a cell");
    sheet
        .write_number_with_format(2, 3, 42_429.0, &count)
        .expect("a cell");
    sheet
        .write_formula(2, 4, Formula::new("=1+1").set_result("2"))
        .expect("a cell");
    sheet.write_boolean(2, 5, true).expect("a cell");
    sheet.write_number(4, 27, 1.5).expect("a cell");
    let lines = lines(&saved(book)).expect("rows");
    assert_eq!(
        lines[0],
        (
            3,
            vec![
                text("Ёлкина Анна & <Ко>"),
                Cell::Number(72.0),
                day("2016-02-29"),
                Cell::Number(42_429.0),
                Cell::Number(2.0),
                text("да"),
            ]
        )
    );
    assert_eq!((lines[1].0, lines[1].1.len()), (5, 28));
}

#[test]
fn a_merged_value_belongs_to_every_cell_of_the_merge() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 2, 0, "Школа № 1", &plain)
        .expect("a merge");
    sheet
        .merge_range(0, 1, 0, 2, "два", &plain)
        .expect("a merge");
    for row in [1, 3] {
        sheet.write_string(row, 1, "строка").expect("a cell");
    }
    let lines = lines(&saved(book)).expect("rows");
    let school = text("Школа № 1");
    assert_eq!(lines[0].1, [school.clone(), text("два"), text("два")]);
    assert_eq!(lines[1], (2, vec![school, text("строка")]));
    // The third row held nothing of its own.
    assert_eq!(lines[2], (4, vec![Cell::Empty, text("строка")]));
}

#[test]
fn only_formats_with_days_or_years_show_dates() {
    for date in [
        "dd.mm.yyyy",
        "d mmmm yyyy\" г.\"",
        "[$-419]d mmm yyyy;@",
        "ДД.ММ.ГГГГ",
        "m/d/yy h:mm",
    ] {
        assert!(is_date_format(date), "{date}");
    }
    for other in [
        "General",
        "0.00",
        "0\" дней\"",
        "[Red]0",
        "mm:ss",
        "#,##0\\ \"руб.\"",
        "@",
    ] {
        assert!(!is_date_format(other), "{other}");
    }
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

const BOOK: &[u8] =
    br#"<workbook xmlns:r="r"><sheets><sheet name="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn with_sheet(sheet: &[u8]) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

#[test]
fn an_archive_that_swells_is_refused_before_it_is_unpacked() {
    let bomb = vec![b' '; MOST_SHEET as usize + 10];
    let bytes = with_sheet(&bomb);
    assert!(bytes.len() < 1024 * 1024);
    assert_eq!(lines(&bytes), Err(Bad::Archive(BadArchive::Swells)));
}

#[test]
fn a_sheet_that_breaks_off_is_refused_whole() {
    let row = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>"#;
    let whole = format!("<worksheet><sheetData>{row}</sheetData></worksheet>");
    assert_eq!(
        lines(&with_sheet(whole.as_bytes())),
        Ok(vec![(1, vec![text("a")])])
    );
    let broken = format!("<worksheet><sheetData>{row}<row r=\"2\"><c");
    assert_eq!(lines(&with_sheet(broken.as_bytes())), Err(BROKEN));
    assert_eq!(lines(&zipped(&[("a.txt", b"a")])), Err(BROKEN));
    assert_eq!(lines(b"PK\x03\x04 and nothing more"), Err(BROKEN));
}

#[test]
fn a_huge_merge_fills_only_rows_that_are_there() {
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="ZZZZ1:A2"/></mergeCells></worksheet>"#;
    let read = lines(&with_sheet(sheet.as_bytes())).expect("rows");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].1.len(), MOST_COLUMNS);
}
