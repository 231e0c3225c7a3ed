//! Once through a paper: what stands under which label and which column's head.

use super::{
    Block, Notes, Piece, Place, Table, Unread, Why,
    column::{Columns, Role, head, is_numbering},
    grid::{self, Slot},
    label::{self, Field, Kind, Label},
    number,
};

/// Everything on a paper, sorted and not yet read.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub fields: Vec<(Field, Piece)>,
    pub lists: Vec<List>,
    pub unread: Vec<Unread>,
}

/// Rows of one kind, from one table, several, or lines of text.
#[derive(Debug)]
pub(super) struct List {
    pub kind: Kind,
    /// What stands above the rows, where units and years may be told.
    pub caption: String,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub(super) struct Row {
    pub cells: Vec<Told>,
}

/// A cell of a row.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub role: Role,
    pub piece: Piece,
    /// It began in a row above.
    pub is_above: bool,
}

impl Row {
    pub fn get(&self, role: Role) -> Option<&Piece> {
        self.cells
            .iter()
            .find(|cell| cell.role == role && !cell.piece.text.is_empty())
            .map(|cell| &cell.piece)
    }

    pub fn text(&self, role: Role) -> &str {
        self.get(role).map_or("", |piece| piece.text.as_str())
    }

    /// Where the row as a whole stands.
    pub fn piece(&self) -> Piece {
        let texts: Vec<&str> = self
            .cells
            .iter()
            .filter(|cell| !cell.is_above && !cell.piece.text.is_empty())
            .map(|cell| cell.piece.text.as_str())
            .collect();
        Piece {
            place: self
                .cells
                .first()
                .map_or(Place::Paragraph { number: 0 }, |cell| cell.piece.place),
            text: texts.join(" | "),
        }
    }

    fn own(&self, role: Role) -> Option<&Told> {
        self.cells
            .iter()
            .find(|cell| cell.role == role && !cell.is_above && !cell.piece.text.is_empty())
    }
}

pub(super) fn gather(blocks: &[Block]) -> Gathered {
    let mut walk = Walk::default();
    for block in blocks {
        match block {
            Block::Paragraph(text) => {
                walk.paragraphs += 1;
                let place = Place::Paragraph {
                    number: walk.paragraphs,
                };
                for line in text.split('\n') {
                    walk.line(line, place);
                }
            }
            Block::Table(table) => walk.table(table),
        }
    }
    walk.gathered
}

#[derive(Default)]
struct Walk {
    gathered: Gathered,
    paragraphs: usize,
    tables: usize,
    /// Whose value comes next.
    label: Option<Label>,
    /// The label's value began on its own line: an empty line ends it.
    is_inline: bool,
    /// Nothing of its value has come yet.
    is_fresh: bool,
    caption: String,
    /// Of the table that goes on.
    columns: Option<Columns>,
    /// The last line was a heading: a title in quotes may follow.
    is_heading: bool,
    /// Nothing but white space since the last table.
    after_table: bool,
}

impl Walk {
    fn unread(&mut self, piece: &Piece, why: Why) {
        let mut notes = Notes::default();
        notes.unread(piece, why);
        self.gathered.unread.append(&mut notes.unread);
    }

    fn line(&mut self, line: &str, place: Place) {
        let text = line.trim();
        if text.is_empty() {
            if self.is_inline {
                self.label = None;
            }
            return;
        }
        let after_table = std::mem::take(&mut self.after_table);
        let piece = |text: &str| Piece {
            place,
            text: text.to_owned(),
        };
        let was_heading = std::mem::take(&mut self.is_heading);
        if is_signature(text) {
            return;
        }
        if let Some(title) = heading(text).or_else(|| quoted(text).filter(|_| was_heading)) {
            self.label = None;
            self.is_heading = title.is_empty();
            if !title.is_empty() {
                self.gathered.fields.push((Field::Title, piece(title)));
            }
        } else if let Some((label, value)) = label::of_line(text) {
            self.open(label, text);
            self.is_inline = !value.is_empty();
            if self.is_inline {
                self.value(piece(value));
            }
        } else if after_table && self.is_stage(text) {
            self.value(piece(text));
            self.after_table = true;
        } else if self.label.is_some() && !after_table {
            self.value(piece(text));
        } else {
            self.label = None;
            self.unread(&piece(text), Why::UnknownField);
        }
    }

    /// A stage's title between two parts of the table of stages.
    fn is_stage(&self, text: &str) -> bool {
        self.label == Some(Label::List(Kind::Stages))
            && label::plain(text)
                .split_whitespace()
                .take(2)
                .any(|word| word.starts_with("этап"))
    }

    fn open(&mut self, label: Label, caption: &str) {
        self.label = Some(label);
        self.is_fresh = true;
        caption.clone_into(&mut self.caption);
        self.columns = None;
    }

    /// What stands under the label.
    fn value(&mut self, piece: Piece) {
        match self.label {
            Some(Label::Field(field)) => match self.gathered.fields.last_mut() {
                // The next line of the same value.
                Some((_, value)) if !self.is_fresh => {
                    value.text = format!("{}\n{}", value.text, piece.text);
                }
                _ => self.gathered.fields.push((field, piece)),
            },
            Some(Label::List(kind)) => self.whole(kind, piece),
            None => self.unread(&piece, Why::UnknownField),
        }
        self.is_fresh = false;
    }

    fn whole(&mut self, kind: Kind, piece: Piece) {
        let cell = Told {
            role: Role::Whole,
            piece,
            is_above: false,
        };
        self.row(kind, Row { cells: vec![cell] });
    }

    fn row(&mut self, kind: Kind, row: Row) {
        let caption = match &self.columns {
            Some(columns) => format!("{} {}", self.caption, columns.texts.join(" ")),
            None => self.caption.clone(),
        };
        match self.gathered.lists.last_mut() {
            Some(list) if list.kind == kind => {
                if !list.caption.contains(&caption) {
                    list.caption = format!("{} {caption}", list.caption);
                }
                list.add(row);
            }
            _ => self.gathered.lists.push(List {
                kind,
                caption,
                rows: vec![row],
            }),
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let number = self.tables;
        let rows = grid::rows(table);
        let width = |row: &[Slot<'_>]| row.last().map_or(0, |slot| slot.column + slot.columns);
        let most = rows.iter().map(|row| width(row)).max().unwrap_or_default();
        let goes_on = self.after_table
            && self
                .columns
                .as_ref()
                .is_some_and(|columns| columns.roles.len() == most);
        if !goes_on {
            self.columns = None;
        }
        let mut at = 0;
        while let Some(row) = rows.get(at) {
            at += 1;
            let place = |slot: &Slot<'_>| Place::Cell {
                table: number,
                row: slot.row + 1,
                column: slot.column + 1,
            };
            if row
                .iter()
                .all(|slot| slot.text().is_empty() && !slot.holds_table())
            {
                continue;
            }
            if let [slot] = row.as_slice()
                && !slot.holds_table()
            {
                self.spanning(slot, place(slot));
                continue;
            }
            let under = match self.label {
                Some(Label::List(kind)) => Some(kind),
                _ => None,
            };
            if let Some(columns) = head(&rows[at - 1..], under).filter(|new| self.is_head(new)) {
                at += columns.height - 1;
                if under != Some(columns.kind) {
                    self.label = Some(Label::List(columns.kind));
                    self.caption.clear();
                }
                self.columns = Some(columns);
                continue;
            }
            if is_numbering(row) && self.columns.is_some() {
                continue;
            }
            if !self.listed(row, place) {
                self.field(row, at - 1, place);
            }
        }
        self.after_table = true;
    }

    /// Whether a head is one: within a list only the same again, or that of another.
    fn is_head(&self, new: &Columns) -> bool {
        self.columns
            .as_ref()
            .is_none_or(|old| old.kind != new.kind || old.texts == new.texts)
    }

    /// A row of one cell: a label, a stage's title, or text.
    fn spanning(&mut self, slot: &Slot<'_>, place: Place) {
        let text = slot.text();
        match (label::of_line(&text), self.columns.as_ref()) {
            (None, Some(columns)) => {
                let kind = columns.kind;
                self.whole(kind, Piece { place, text });
            }
            _ => {
                for line in text.split('\n') {
                    self.line(line, place);
                }
            }
        }
    }

    /// A row of the list whose head came before; `false` where it is none.
    fn listed(&mut self, row: &[Slot<'_>], place: impl Fn(&Slot<'_>) -> Place) -> bool {
        let Some(columns) = &self.columns else {
            return false;
        };
        let is_field = row.len() <= 3
            && columns.roles.len() > row.len()
            && row
                .iter()
                .take(2)
                .any(|slot| label::of_cell(&slot.text()).is_some());
        if is_field {
            self.columns = None;
            return false;
        }
        let kind = columns.kind;
        let newest = row.iter().map(|slot| slot.row).max().unwrap_or_default();
        let cells: Vec<Told> = row
            .iter()
            .map(|slot| Told {
                role: columns
                    .roles
                    .get(slot.column)
                    .copied()
                    .unwrap_or(Role::Unknown),
                piece: Piece {
                    place: place(slot),
                    text: slot.text(),
                },
                is_above: slot.row < newest,
            })
            .collect();
        for cell in cells
            .iter()
            .filter(|cell| cell.role == Role::Unknown && !cell.is_above)
        {
            if !number::is_blank(&cell.piece.text) {
                self.unread(&cell.piece, Why::UnknownColumn);
            }
        }
        self.row(kind, Row { cells });
        true
    }

    /// A row of label and value.
    fn field(&mut self, row: &[Slot<'_>], number: usize, place: impl Fn(&Slot<'_>) -> Place) {
        let labelled = row.iter().take(2).enumerate().find_map(|(at, slot)| {
            let is_own = slot.row == number;
            let may = at == 0 || is_short(&row[0].text());
            (is_own && may)
                .then(|| label::of_cell(&slot.text()))
                .flatten()
                .map(|label| (at, label, slot.text()))
        });
        let values = match labelled {
            Some((at, label, caption)) => {
                self.open(label, &caption);
                &row[at + 1..]
            }
            // The label's cell goes on, or is left empty.
            None if row[0].row < number || row[0].text().is_empty() => &row[1..],
            None if self.label == Some(Label::List(Kind::Funding)) => row,
            None => {
                self.label = None;
                row
            }
        };
        self.is_inline = false;
        for slot in values.iter().filter(|slot| slot.row == number) {
            for block in &slot.cell.blocks {
                if let Block::Table(table) = block {
                    let (label, caption) = (self.label, self.caption.clone());
                    self.table(table);
                    (self.label, self.caption, self.columns) = (label, caption, None);
                }
            }
        }
        let own: Vec<&Slot<'_>> = values
            .iter()
            .filter(|slot| slot.row == number && !slot.text().is_empty())
            .collect();
        match own.as_slice() {
            [] => {}
            [slot] => {
                // Each line of a cell may be an item of a list.
                for line in slot.text().split('\n') {
                    let text = line.to_owned();
                    self.value(Piece {
                        place: place(slot),
                        text,
                    });
                }
            }
            [first, ..] => {
                let text: Vec<String> = own.iter().map(|slot| slot.text()).collect();
                self.value(Piece {
                    place: place(first),
                    text: text.join(" "),
                });
            }
        }
    }
}

impl List {
    /// One more row, or what a row above goes on with.
    fn add(&mut self, row: Row) {
        match self.rows.last_mut() {
            Some(above) if goes_on_with(above, &row) => {
                for cell in row
                    .cells
                    .into_iter()
                    .filter(|cell| !cell.is_above && !cell.piece.text.is_empty())
                {
                    match above.cells.iter_mut().find(|one| one.role == cell.role) {
                        Some(one) => {
                            let text = format!("{} {}", one.piece.text, cell.piece.text);
                            text.trim().clone_into(&mut one.piece.text);
                        }
                        None => above.cells.push(cell),
                    }
                }
            }
            _ => self.rows.push(row),
        }
    }
}

/// A row without a name of its own goes on with the one above; so does one without a number that
/// has nothing but text, where rows have numbers.
fn goes_on_with(above: &Row, row: &Row) -> bool {
    let is_text = |role: Role| {
        matches!(
            role,
            Role::Name
                | Role::Measure
                | Role::Result
                | Role::Position
                | Role::Organisation
                | Role::Number
        )
    };
    let named = |row: &Row, role| row.cells.iter().any(|cell| cell.role == role);
    let key = if named(row, Role::Position) {
        Role::Position
    } else {
        Role::Name
    };
    if !named(row, key) || !named(above, key) {
        return false;
    }
    let mut own = row
        .cells
        .iter()
        .filter(|cell| !cell.is_above && !number::is_blank(&cell.piece.text));
    let only_text = own.clone().all(|cell| is_text(cell.role));
    let no_number = row.own(Role::Number).is_none() && above.get(Role::Number).is_some();
    own.next().is_some()
        && only_text
        && (row.own(key).is_none() && row.own(Role::Number).is_none() || no_number)
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= 6 && text.chars().all(|c| !c.is_alphabetic() || c.is_ascii())
}

/// «ПАСПОРТ муниципального проекта «…»»: its title, empty where it has none; `None` for other lines.
fn heading(text: &str) -> Option<&str> {
    let normal = label::normal(text);
    let starts = [
        "паспорт",
        "муниципального проекта",
        "приложение",
        "основные сведения",
        "общие сведения",
    ];
    if !starts.iter().any(|start| normal.starts_with(start)) {
        return None;
    }
    quoted(text).or_else(|| (normal.chars().count() <= 60).then_some(""))
}

/// What stands in quotes at a line's end.
fn quoted(text: &str) -> Option<&str> {
    let from = text.find('«')? + '«'.len_utf8();
    text.get(from..)?.strip_suffix('»')
}

/// A line to be signed on, with nothing beside it but whose it is.
fn is_signature(text: &str) -> bool {
    let words = text.replace(['_', '/', '(', ')'], " ");
    let words = words.trim();
    text.contains("___")
        && (words.is_empty()
            || words == "подпись"
            || matches!(label::of_line(words), Some((_, ""))))
}
