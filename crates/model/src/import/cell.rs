//! One cell of a table, as a spreadsheet or a text file gave it.

use chrono::NaiveDate;

use super::{
    Field, Row,
    complaint::{Complaints, Trouble},
    date::{self, BadDate},
};
use crate::name;

#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    /// A number that the spreadsheet shows as a date.
    Date(NaiveDate),
    /// A formula that came to nothing: «#Н/Д», «#REF!».
    Broken(String),
}

impl Cell {
    /// A cell of a text file: spaces of any kind are folded, what shows nothing is dropped.
    pub fn typed(text: &str) -> Self {
        let clean = name::clean(text);
        if clean.is_empty() {
            Self::Empty
        } else {
            Self::Text(clean)
        }
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// As it would be read aloud: a whole number without its fraction, a date as 31.12.2024.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                format!("{number:.0}")
            }
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.format("%d.%m.%Y").to_string(),
            Self::Broken(shown) => shown.clone(),
        }
    }
}

/// Reads the cells of one row; everything that is wrong is noted in `complaints`.
pub struct Reading<'a> {
    pub row: Row<'a>,
    pub complaints: Complaints,
}

impl Reading<'_> {
    pub fn complain(&mut self, field: Field, trouble: Trouble) {
        self.complaints.add(field, trouble);
    }

    /// A line of at most `most` characters; may be empty.
    pub fn line(&mut self, field: Field, most: usize) -> String {
        let cell = self.row.cell(field);
        if let Cell::Broken(shown) = cell {
            self.complain(field, Trouble::Formula(shown.clone()));
            return String::new();
        }
        let text = name::clean(&cell.text());
        if text.chars().count() > most {
            self.complain(field, Trouble::TooLong(most));
        }
        text
    }

    /// A line that must not be empty.
    pub fn needed(&mut self, field: Field, most: usize) -> String {
        let before = self.complaints.len();
        let text = self.line(field, most);
        if text.is_empty() && self.complaints.len() == before {
            self.complain(field, Trouble::Required);
        }
        text
    }

    /// Yes or no; `None` for an empty cell and for one that was refused.
    pub fn yes(&mut self, field: Field) -> Option<bool> {
        let typed = self.line(field, 100);
        self.said(field, typed)
    }

    /// The same of a line that was read already.
    pub fn said(&mut self, field: Field, typed: String) -> Option<bool> {
        match name::fold(&typed).as_str() {
            "" => None,
            "да" | "yes" | "true" | "1" | "+" | "v" => Some(true),
            "нет" | "no" | "false" | "0" | "-" | "–" => Some(false),
            _ => {
                self.complain(field, Trouble::NotYesOrNo(typed));
                None
            }
        }
    }

    /// A day; `None` for an empty cell and for one that was refused.
    pub fn date(&mut self, field: Field) -> Option<NaiveDate> {
        let cell = self.row.cell(field);
        if cell.is_empty() {
            return None;
        }
        match date::read(cell) {
            Ok(day) => Some(day),
            Err(bad) => {
                let shown = cell.text();
                self.complain(
                    field,
                    match bad {
                        BadDate::Unreadable => Trouble::NotADate(shown),
                        BadDate::NoSuchDay => Trouble::NoSuchDay(shown),
                        BadDate::ShortYear => Trouble::ShortYear(shown),
                    },
                );
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_that_do_not_break_are_spaces() {
        assert_eq!(
            Cell::typed(" Школа\u{a0}№\u{202f}5 \u{200b}"),
            Cell::Text("Школа № 5".to_owned())
        );
        assert_eq!(Cell::typed(" \u{a0} "), Cell::Empty);
    }

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        assert_eq!(Cell::Number(72.0).text(), "72");
        assert_eq!(Cell::Number(7.5).text(), "7.5");
        assert_eq!(Cell::Number(11_223_344_595.0).text(), "11223344595");
    }
}
