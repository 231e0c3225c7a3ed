//! Papers of a project as DOCX, for those who go on writing in a text processor.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, PageMargin, PageOrientationType, Paragraph, Run, RunFonts, Shading, Table,
    TableCell, TableLayoutType, TableRow, VMergeType, WidthType,
};

use super::paper::{Cell, Paper, Part, Side, Table as Rows};
use crate::{DocumentError, minutes};

/// Half points, as the format counts.
const BODY: usize = 23;
const SMALL: usize = 20;
const SMALLEST: usize = 16;
const TITLE: usize = 30;
/// Twentieths of a point: A4, and its text between the margins.
const PAGE: (u32, u32) = (11_906, 16_838);
const SIDES: u32 = 1418 + 851;
const MANY: usize = 9;

impl Paper {
    /// # Errors
    ///
    /// [`DocumentError`] when it could not be made.
    pub fn docx(&self) -> Result<Vec<u8>, DocumentError> {
        let fonts = RunFonts::new()
            .ascii("Times New Roman")
            .hi_ansi("Times New Roman")
            .cs("Times New Roman");
        let margin = PageMargin {
            top: 1021,
            left: 1418,
            bottom: 1134,
            right: 851,
            header: 709,
            footer: 709,
            gutter: 0,
        };
        let mut docx = Docx::new()
            .default_fonts(fonts)
            .default_size(BODY)
            .page_margin(margin);
        let mut width = PAGE.0;
        if self.is_wide {
            docx = docx
                .page_size(PAGE.1, PAGE.0)
                .page_orient(PageOrientationType::Landscape);
            width = PAGE.1;
        }
        for part in &self.parts {
            docx = add(docx, part, width - SIDES);
        }
        let mut file = Cursor::new(Vec::new());
        docx.build()
            .pack(&mut file)
            .map_err(|error| DocumentError::Docx(error.to_string()))?;
        Ok(file.into_inner())
    }
}

fn add(mut docx: Docx, part: &Part, width: u32) -> Docx {
    match part {
        Part::Aside(lines) => {
            let indent = i32::try_from(width / 2).unwrap_or_default();
            for line in lines {
                let paragraph = Paragraph::new().indent(Some(indent), None, None, None);
                docx = docx.add_paragraph(paragraph.add_run(run(line)));
            }
            docx.add_paragraph(Paragraph::new())
        }
        Part::Title(lines) => {
            for (number, line) in lines.iter().enumerate() {
                let run = match number {
                    0 => run(line).bold().size(TITLE),
                    _ => run(line),
                };
                let paragraph = Paragraph::new().align(AlignmentType::Center);
                docx = docx.add_paragraph(paragraph.add_run(run));
            }
            docx.add_paragraph(Paragraph::new())
        }
        Part::Heading(words) => docx
            .add_paragraph(Paragraph::new())
            .add_paragraph(Paragraph::new().keep_next(true).add_run(run(words).bold())),
        Part::Line(words) => docx.add_paragraph(Paragraph::new().add_run(run(words))),
        Part::Note(words) => docx.add_paragraph(Paragraph::new().add_run(run(words).size(SMALL))),
        Part::Table(rows) => docx.add_table(table(rows, width)),
        Part::Signature(whose) => {
            let line = format!("{whose} ______________________");
            docx.add_paragraph(Paragraph::new())
                .add_paragraph(Paragraph::new().add_run(run(&line)))
        }
    }
}

fn table(rows: &Rows, width: u32) -> Table {
    let whole = rows.widths.iter().sum::<u32>().max(1);
    let widths: Vec<usize> = rows
        .widths
        .iter()
        .map(|part| usize::try_from(part * width / whole).unwrap_or_default())
        .collect();
    let size = if rows.widths.len() > MANY {
        SMALLEST
    } else {
        SMALL
    };
    let mut made = Vec::new();
    for (rows, is_head) in [(&rows.head, true), (&rows.rows, false)] {
        // Until which row a cell from above reaches, and whether it is one with its neighbour.
        let mut taken: Vec<(usize, usize)> = vec![(0, 1); widths.len()];
        for (index, row) in rows.iter().enumerate() {
            let mut cells = Vec::new();
            let mut own = row.iter();
            let mut column = 0;
            while let Some((until, columns)) = taken.get(column).copied() {
                if until > index {
                    let span: usize = widths.iter().skip(column).take(columns).sum();
                    cells.push(
                        TableCell::new()
                            .width(span, WidthType::Dxa)
                            .grid_span(columns)
                            .vertical_merge(VMergeType::Continue)
                            .add_paragraph(Paragraph::new()),
                    );
                    column += columns;
                    continue;
                }
                let Some(cell) = own.next() else {
                    break;
                };
                let columns = cell.columns.clamp(1, widths.len() - column);
                let span: usize = widths.iter().skip(column).take(columns).sum();
                for slot in taken.iter_mut().skip(column).take(columns) {
                    *slot = (index + cell.rows, columns);
                }
                cells.push(made_cell(cell, span, columns, size, is_head));
                column += columns;
            }
            made.push(TableRow::new(cells).cant_split());
        }
    }
    Table::new(made)
        .set_grid(widths)
        .width(usize::try_from(width).unwrap_or_default(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

fn made_cell(cell: &Cell, width: usize, columns: usize, size: usize, is_head: bool) -> TableCell {
    let mut text = run(&cell.text).size(size);
    if is_head || cell.is_bold {
        text = text.bold();
    }
    let align = match cell.side {
        _ if is_head => AlignmentType::Center,
        Side::Left => AlignmentType::Left,
        Side::Centre => AlignmentType::Center,
        Side::Right => AlignmentType::Right,
    };
    let mut made = TableCell::new()
        .width(width, WidthType::Dxa)
        .grid_span(columns)
        .add_paragraph(Paragraph::new().align(align).add_run(text));
    if cell.rows > 1 {
        made = made.vertical_merge(VMergeType::Restart);
    }
    if is_head || cell.is_filled {
        made = made.shading(Shading::new().fill(if is_head { "EEF2F1" } else { "C9D3D1" }));
    }
    made
}

fn run(typed: &str) -> Run {
    minutes::text(typed)
}
