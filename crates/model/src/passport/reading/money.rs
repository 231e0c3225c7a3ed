//! Money: sources by years, in whatever unit the paper counts in, and what it is for.

use super::{
    super::{Expense, Funding, FundingSource, Kopecks, StatedTotal},
    Draft, Notes, Piece, Why,
    column::{Role, funding_source},
    number::{all, is_blank, money, money_unit, numbered},
    term::{year_in, year_of},
    walk::{List, Row},
};

pub(super) fn funding(list: &List, year: Option<i32>, draft: &mut Draft, notes: &mut Notes) {
    let year = year_in(&list.caption).or(year);
    for row in &list.rows {
        if let Some(piece) = row.get(Role::Whole) {
            line(piece, &list.caption, year, draft, notes);
        } else if row
            .cells
            .iter()
            .any(|cell| matches!(cell.role, Role::Of(_)))
        {
            of_year(row, &list.caption, year, draft, notes);
        } else {
            of_source(row, &list.caption, year, draft, notes);
        }
    }
}

/// One source, or their total; its years beside each other.
fn of_source(row: &Row, around: &str, year: Option<i32>, draft: &mut Draft, notes: &mut Notes) {
    let name = row.text(Role::FundingSource);
    let source = funding_source(name);
    if source.is_none() && !is_total(name) {
        notes.unread(&row.piece(), Why::NotAWord);
        return;
    }
    let row_year = row
        .get(Role::YearOfRow)
        .and_then(|piece| year_in(&piece.text));
    for cell in &row.cells {
        let (of, is_fact) = match cell.role {
            Role::Year { year: own, is_fact } => (own.or(row_year).or(year), is_fact),
            Role::Total => {
                total(source, None, &cell.piece, around, draft, notes);
                continue;
            }
            _ => continue,
        };
        match (source, of) {
            (Some(source), Some(of)) => {
                amount(source, of, is_fact, &cell.piece, around, draft, notes)
            }
            (None, of) if !is_fact => total(None, of, &cell.piece, around, draft, notes),
            (Some(_), None) if !is_blank(&cell.piece.text) => {
                notes.unread(&cell.piece, Why::NoYear)
            }
            _ => {}
        }
    }
}

/// One year, or all; its sources beside each other.
fn of_year(row: &Row, around: &str, year: Option<i32>, draft: &mut Draft, notes: &mut Notes) {
    let told = row.get(Role::YearOfRow);
    let sums = told.is_some_and(|piece| is_total(&piece.text));
    let of = told.map_or(year, |piece| year_in(&piece.text));
    for cell in &row.cells {
        match (cell.role, of) {
            (Role::Of(source), _) if sums => {
                total(Some(source), None, &cell.piece, around, draft, notes)
            }
            (Role::Of(source), Some(of)) => {
                amount(source, of, false, &cell.piece, around, draft, notes)
            }
            (Role::Of(_), None) if !is_blank(&cell.piece.text) => {
                notes.unread(&cell.piece, Why::NoYear)
            }
            (Role::Total, of) => total(
                None,
                of.filter(|_| !sums),
                &cell.piece,
                around,
                draft,
                notes,
            ),
            _ => {}
        }
    }
}

/// «Бюджет города – 1440,00 тыс. руб. в 2017 году».
fn line(piece: &Piece, around: &str, year: Option<i32>, draft: &mut Draft, notes: &mut Notes) {
    let text = numbered(&piece.text).map_or(piece.text.as_str(), |(_, rest)| rest);
    let source = funding_source(text);
    if source.is_none() && !is_total(text) {
        notes.unread(piece, Why::NotAWord);
        return;
    }
    let numbers = all(text);
    let (years, amounts): (Vec<&str>, Vec<&str>) = numbers.iter().partition(|number| {
        let after = text.split(*number).nth(1).unwrap_or_default();
        year_of(number).is_some() && after.trim_start().starts_with('г')
    });
    let own = years.first().and_then(|number| year_of(number));
    let [told] = amounts.as_slice() else {
        notes.unread(piece, Why::Unclear);
        return;
    };
    let around = match money_unit(text) {
        Some(_) => text,
        None => around,
    };
    let told = Piece {
        text: (*told).to_owned(),
        ..piece.clone()
    };
    match (source, own.or(year)) {
        (Some(source), Some(of)) => amount(source, of, false, &told, around, draft, notes),
        (None, of) => total(None, own.and(of), &told, around, draft, notes),
        (Some(_), None) => notes.unread(piece, Why::NoYear),
    }
}

fn amount(
    source: FundingSource,
    year: i32,
    is_fact: bool,
    piece: &Piece,
    around: &str,
    draft: &mut Draft,
    notes: &mut Notes,
) {
    let what = if is_fact {
        "actualKopecks"
    } else {
        "planKopecks"
    };
    let name = serde_json::to_value(source).unwrap_or_default();
    let field = format!(
        "funding/{} {year}/{what}",
        name.as_str().unwrap_or_default()
    );
    let read = match money(&piece.text, around) {
        Ok(None) => return,
        Ok(Some(kopecks)) => Ok(kopecks),
        Err(why) => Err(why),
    };
    let Some(kopecks) = notes.keep(field, piece, read) else {
        return;
    };
    let place = draft
        .funding
        .iter()
        .position(|one| one.source == source && one.year == year);
    match place.and_then(|place| draft.funding.get_mut(place)) {
        Some(row) if is_fact => row.actual_kopecks = Some(kopecks),
        Some(row) if row.plan_kopecks != kopecks => notes.unread(piece, Why::Twice),
        Some(_) => {}
        // A fact without a plan has nothing to be set against.
        None if is_fact => notes.unread(piece, Why::Unclear),
        None => draft.funding.push(Funding {
            source,
            year,
            plan_kopecks: kopecks,
            actual_kopecks: None,
        }),
    }
}

fn total(
    source: Option<FundingSource>,
    year: Option<i32>,
    piece: &Piece,
    around: &str,
    draft: &mut Draft,
    notes: &mut Notes,
) {
    match money(&piece.text, around) {
        Ok(Some(kopecks)) => draft.stated_totals.push(StatedTotal {
            source,
            year,
            kopecks,
        }),
        Ok(None) => {}
        Err(why) => notes.unread(piece, why),
    }
}

fn is_total(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    ["итого", "всего", "общий объем", "общий объём"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// A total that the rows come to needs no keeping; one that differs is kept for whoever compares.
pub(super) fn drop_computed(draft: &mut Draft) {
    let funding = &draft.funding;
    draft.stated_totals.retain(|total| {
        let sum: Kopecks = funding
            .iter()
            .filter(|row| total.source.is_none_or(|source| row.source == source))
            .filter(|row| total.year.is_none_or(|year| row.year == year))
            .map(|row| row.plan_kopecks)
            .sum();
        sum != total.kopecks
    });
}

pub(super) fn expenses(list: &List, draft: &mut Draft, notes: &mut Notes) {
    for row in &list.rows {
        let (Some(name), Some(sum)) = (row.get(Role::Name), row.get(Role::Money)) else {
            notes.unread(&row.piece(), Why::Unclear);
            continue;
        };
        if is_total(&name.text) {
            continue;
        }
        let number = draft.expenses.len() + 1;
        let read = money(&sum.text, &list.caption).and_then(|sum| sum.ok_or(Why::NotANumber));
        if let Some(kopecks) = notes.keep(format!("expenses/{number}/kopecks"), sum, read) {
            notes.found(format!("expenses/{number}/name"), name);
            draft.expenses.push(Expense {
                name: name.text.replace('\n', " "),
                kopecks,
            });
        }
    }
}
