use std::io::{Cursor, Write};

use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow, VMergeType};
use kafedra_documents::docx_blocks::{NotDocx, blocks};
use kafedra_model::passport::reading::{Block, Cell, Place, Why, read};
use zip::{ZipWriter, write::SimpleFileOptions};

const TYPES: &str = r#"<Types><Override PartName="/word/document.xml"
    ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn line(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

#[test]
fn paragraphs_keep_their_text_and_nothing_else() {
    let read = blocks(&docx(
        r#"<w:p><w:pPr><w:pStyle w:val="x"/></w:pPr><w:r><w:t>Цель &lt;b&gt;</w:t><w:br/><w:t>и&#32;срок</w:t></w:r></w:p>
        <w:p/>
        <w:sdt><w:sdtContent><w:p><w:r><w:t>Поле</w:t></w:r></w:p></w:sdtContent></w:sdt>
        <w:p><w:ins><w:r><w:t>новое</w:t></w:r></w:ins><w:del><w:r><w:delText>старое</w:delText></w:r></w:del></w:p>
        <w:p><mc:AlternateContent><mc:Choice><w:r><w:t>раз</w:t></w:r></mc:Choice>
        <mc:Fallback><w:r><w:t>два</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"#,
    ))
    .unwrap();
    assert_eq!(
        read,
        [
            line("Цель <b>\nи срок"),
            line(""),
            line("Поле"),
            line("новое"),
            line("раз")
        ]
    );
}

#[test]
fn cells_keep_their_spans_and_the_tables_within_them() {
    let cell = |text: &str| {
        TableCell::new().add_paragraph(Paragraph::new().add_run(Run::new().add_text(text)))
    };
    let within = Table::new(vec![TableRow::new(vec![cell("внутри")])]);
    let table = Table::new(vec![
        TableRow::new(vec![
            cell("над").vertical_merge(VMergeType::Restart),
            cell("широкая").grid_span(2),
        ]),
        TableRow::new(vec![
            cell("").vertical_merge(VMergeType::Continue),
            cell("а"),
            TableCell::new()
                .add_table(within)
                .add_paragraph(Paragraph::new()),
        ]),
    ]);
    let mut file = Cursor::new(Vec::new());
    Docx::new()
        .add_table(table)
        .build()
        .pack(&mut file)
        .unwrap();
    let read = blocks(file.get_ref()).unwrap();
    let Block::Table(table) = &read[0] else {
        panic!("{read:?}");
    };
    assert_eq!(table.rows[0][0], Cell::of("над"));
    assert_eq!(
        table.rows[0][1],
        Cell {
            columns: 2,
            ..Cell::of("широкая")
        }
    );
    assert!(table.rows[1][0].continues);
    let Block::Table(inner) = &table.rows[1][2].blocks[0] else {
        panic!("{table:?}");
    };
    assert_eq!(inner.rows, [[Cell::of("внутри")]]);
}

#[test]
fn what_is_no_docx_is_refused() {
    let check = |file: &[u8], expected| assert_eq!(blocks(file), Err(expected));
    check(b"", NotDocx::Broken);
    check(b"\xd0\xcf\x11\xe0 an older format", NotDocx::Broken);
    check(
        &archive(&[("word/document.xml", b"<w:document/>")]),
        NotDocx::Broken,
    );
    let types = TYPES.replace("wordprocessingml.document", "presentationml.presentation");
    check(
        &archive(&[
            ("[Content_Types].xml", types.as_bytes()),
            ("word/document.xml", b"<w:document/>"),
        ]),
        NotDocx::Broken,
    );
    check(&docx("<w:p><w:t>не</w:p>"), NotDocx::Broken);
    let bomb = vec![b' '; 9 * 1024 * 1024];
    let file = archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("word/document.xml", &bomb),
    ]);
    assert!(file.len() < 100_000, "{}", file.len());
    check(&file, NotDocx::Swells);
    let cell = "<w:tc><w:p/></w:tc>".repeat(30_000);
    check(
        &docx(&format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl>")),
        NotDocx::Swells,
    );
    let deep = "<w:tbl><w:tr><w:tc>".repeat(40);
    check(&docx(&deep), NotDocx::Swells);
}

#[test]
fn entities_that_a_document_makes_for_itself_do_not_swell() {
    let file = docx("<w:p><w:r><w:t>раз&b;два</w:t></w:r></w:p>");
    assert_eq!(blocks(&file), Ok(vec![line("раздва")]));
}

#[test]
fn a_form_of_word_is_read_with_the_places_of_what_is_not_understood() {
    let row = |label: &str, value: &str| {
        let cell = |text: &str| {
            TableCell::new().add_paragraph(Paragraph::new().add_run(Run::new().add_text(text)))
        };
        TableRow::new(vec![cell(label), cell(value)])
    };
    let table = Table::new(vec![
        row("Наименование проекта", "Платформа"),
        row("Срок реализации", "с апреля по декабрь 2017 г."),
        row("Куратор", "не назначен"),
    ]);
    let mut file = Cursor::new(Vec::new());
    Docx::new()
        .add_table(table)
        .build()
        .pack(&mut file)
        .unwrap();
    let reading = read(&blocks(file.get_ref()).unwrap());
    assert_eq!(reading.draft.title, "Платформа");
    assert_eq!(
        reading.draft.end.map(String::from).as_deref(),
        Some("2017-12")
    );
    assert_eq!(reading.unread.len(), 1);
    assert_eq!(reading.unread[0].why, Why::UnknownField);
    assert_eq!(
        reading.unread[0].place,
        Place::Cell {
            table: 1,
            row: 3,
            column: 1
        }
    );
}
