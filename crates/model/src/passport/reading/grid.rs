//! A table's cells by their columns, merged ones told once and seen everywhere they reach.

use super::{Block, Cell, Table};

/// A cell as a row sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot<'a> {
    pub cell: &'a Cell,
    pub column: usize,
    pub columns: usize,
    /// The row in which it begins, from 0.
    pub row: usize,
}

/// Every row with all cells that stand in it, also those that began above.
pub(super) fn rows(table: &Table) -> Vec<Vec<Slot<'_>>> {
    let mut rows: Vec<Vec<Slot<'_>>> = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        let mut column = 0;
        let mut slots = Vec::new();
        for cell in cells {
            let columns = cell.columns.max(1);
            let above = rows
                .last()
                .and_then(|above| above.iter().find(|slot| slot.column == column))
                .filter(|_| cell.continues);
            slots.push(match above {
                Some(above) => Slot { columns, ..*above },
                None => Slot {
                    cell,
                    column,
                    columns,
                    row,
                },
            });
            column += columns;
        }
        rows.push(slots);
    }
    rows
}

impl Slot<'_> {
    /// Its paragraphs, one a line; what stands in tables within it is left out.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self
            .cell
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(text) => Some(text.trim()),
                Block::Table(_) => None,
            })
            .filter(|line| !line.is_empty())
            .collect();
        lines.join("\n")
    }

    pub fn holds_table(&self) -> bool {
        self.cell
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Table(_)))
    }
}
