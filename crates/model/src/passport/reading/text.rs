//! Plain text as blocks: lines are paragraphs; lines with tabs or bars are rows of tables.

use super::{Block, Cell, Table};

/// Most lines of a text; a passport has some hundreds.
const MOST_LINES: usize = 20_000;

pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut table: Option<(char, Vec<Vec<String>>)> = None;
    let end = |table: &mut Option<(char, Vec<Vec<String>>)>, blocks: &mut Vec<Block>| {
        if let Some((_, rows)) = table.take() {
            blocks.push(Block::Table(framed(rows)));
        }
    };
    let mut lines = text.lines().take(MOST_LINES).peekable();
    while let Some(line) = lines.next() {
        let open = table.as_ref().map(|(bar, _)| *bar);
        let next = lines.peek().and_then(|next| bar_of(next, open));
        // A line between two rows is a row of one cell.
        let between = open.filter(|open| !line.trim().is_empty() && next == Some(*open));
        let bar = bar_of(line, open).or(between);
        match (bar, &mut table) {
            (Some(bar), Some((open, rows))) if bar == *open => rows.extend(cells(line, bar)),
            (Some(bar), _) => {
                end(&mut table, &mut blocks);
                table = Some((bar, cells(line, bar).into_iter().collect()));
            }
            (None, _) => {
                end(&mut table, &mut blocks);
                blocks.push(Block::Paragraph(line.trim().to_owned()));
            }
        }
    }
    end(&mut table, &mut blocks);
    blocks
}

/// What parts a line's cells; `None` for a line of text. Within a table fewer cells are enough.
fn bar_of(line: &str, within: Option<char>) -> Option<char> {
    if line.trim_start().starts_with('|') || line.contains(" | ") {
        return Some('|');
    }
    let filled = line
        .split('\t')
        .filter(|cell| !cell.trim().is_empty())
        .count();
    (filled > 1 || filled == 1 && line.contains('\t') && within == Some('\t')).then_some('\t')
}

/// `None` for a line that only draws.
fn cells(line: &str, bar: char) -> Option<Vec<String>> {
    let line = match bar {
        '|' => {
            let line = line.trim();
            let line = line.strip_prefix('|').unwrap_or(line);
            line.strip_suffix('|').unwrap_or(line)
        }
        _ => line.trim_end(),
    };
    let is_drawn = line
        .chars()
        .all(|c| matches!(c, '-' | '=' | '+' | ':' | '|' | ' '));
    (!is_drawn || line.trim().is_empty())
        .then(|| line.split(bar).map(|cell| cell.trim().to_owned()).collect())
}

/// Rows of one width: one cell goes over all columns, missing ones are empty.
fn framed(rows: Vec<Vec<String>>) -> Table {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let rows = rows
        .into_iter()
        .map(|row| match row.as_slice() {
            [one] => vec![Cell {
                columns: width,
                ..Cell::of(one)
            }],
            row => {
                let missing = width - row.len();
                row.iter()
                    .map(|text| Cell::of(text))
                    .chain(std::iter::repeat_n(Cell::of(""), missing))
                    .collect()
            }
        })
        .collect();
    Table { rows }
}
