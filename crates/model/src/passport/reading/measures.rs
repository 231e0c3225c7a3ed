//! Expected results, and the indicators that measure them.

use super::{
    super::{ActualSource, ExpectedResult, PlannedValue, Unit},
    Draft, DraftIndicator, Notes, Piece, Why,
    column::Role,
    number::{is_blank, numbered, ordinal, value},
    term::year_in,
    walk::{List, Row},
};

pub(super) fn results(list: &List, draft: &mut Draft, notes: &mut Notes) {
    let mut was_numbered = false;
    for row in &list.rows {
        if let Some(piece) = row.get(Role::Whole) {
            let line = piece.text.trim_start_matches(['-', '–', '—', '•', ' ']);
            let number = numbered(line);
            match draft.results.last_mut() {
                // Below a numbered line one without a number goes on.
                Some(last) if was_numbered && number.is_none() => {
                    last.text = format!("{} {line}", last.text);
                }
                _ if is_blank(line) => {}
                _ => {
                    was_numbered = number.is_some();
                    let (number, text) =
                        number.map_or((None, line), |(number, text)| (ordinal(number), text));
                    result(number, text, piece, None, draft, notes);
                }
            }
        } else if let Some(piece) = row.get(Role::Name) {
            let number = ordinal(row.text(Role::Number));
            let (own, text) = numbered(&piece.text).unwrap_or(("", &piece.text));
            result(
                number.or_else(|| ordinal(own)),
                text,
                piece,
                row.get(Role::Indicator),
                draft,
                notes,
            );
        } else {
            notes.unread(&row.piece(), Why::Unclear);
        }
    }
}

fn result(
    number: Option<u32>,
    text: &str,
    piece: &Piece,
    indicator: Option<&Piece>,
    draft: &mut Draft,
    notes: &mut Notes,
) {
    let taken: Vec<u32> = draft.results.iter().map(|one| one.number).collect();
    let number = free(number, &taken);
    let (text, within) = measured(text);
    notes.found(format!("results/{number}/text"), piece);
    let field = format!("results/{number}/indicator");
    let indicator = match indicator.filter(|piece| !is_blank(&piece.text)) {
        Some(piece) => notes.keep(
            field,
            piece,
            indicator_of(&piece.text).ok_or(Why::NotANumber),
        ),
        None => within.inspect(|_| notes.found(field, piece)),
    };
    draft.results.push(ExpectedResult {
        number,
        text: text.trim_end_matches(';').replace('\n', " "),
        indicator,
    });
}

/// «… достигла 88% (показатель 1)»: the text, and the indicator at its end.
fn measured(text: &str) -> (&str, Option<u32>) {
    let text = text.trim();
    let tail = text
        .trim_end_matches(['.', ';'])
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    match tail.and_then(|(text, within)| Some((text, indicator_of(within)?, within))) {
        Some((text, number, within)) if within.to_lowercase().contains("показател") => {
            (text.trim(), Some(number))
        }
        _ => (text, None),
    }
}

/// «1», «показатель 1», «показатель № 1».
fn indicator_of(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let rest = lower
        .trim()
        .trim_start_matches(|c: char| c.is_alphabetic())
        .trim();
    ordinal(rest)
}

/// The number told, if it is free; else the next.
fn free(told: Option<u32>, taken: &[u32]) -> u32 {
    told.filter(|number| *number > 0 && !taken.contains(number))
        .unwrap_or_else(|| taken.iter().max().map_or(1, |last| last + 1))
}

pub(super) fn indicators(list: &List, year: Option<i32>, draft: &mut Draft, notes: &mut Notes) {
    // «I, II, III, IV 2017»: the year stands once.
    let mut years: Vec<i32> = list
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter_map(|cell| match cell.role {
            Role::Plan { year, .. } => year,
            _ => None,
        })
        .collect();
    years.sort_unstable();
    years.dedup();
    let plan_year = match years.as_slice() {
        [one] => Some(*one),
        _ => year,
    };
    for row in &list.rows {
        if row.get(Role::Name).is_some() {
            indicator(row, plan_year, draft, notes);
        } else {
            notes.unread(&row.piece(), Why::Unclear);
        }
    }
}

fn indicator(row: &Row, plan_year: Option<i32>, draft: &mut Draft, notes: &mut Notes) {
    let Some(name) = row.get(Role::Name) else {
        return;
    };
    let taken: Vec<u32> = draft.indicators.iter().map(|one| one.ordinal).collect();
    let (own, text) = numbered(&name.text).unwrap_or(("", &name.text));
    let told = ordinal(row.text(Role::Number)).or_else(|| ordinal(own));
    // The same again has the plan of further years.
    let known = draft
        .indicators
        .iter()
        .position(|one| Some(one.ordinal) == told && one.name == text);
    let number = match known {
        Some(_) => told.unwrap_or_default(),
        None => free(told, &taken),
    };
    let field = |what: &str| format!("indicators/{number}/{what}");
    notes.found(field("name"), name);
    let mut indicator = DraftIndicator {
        ordinal: number,
        name: text.replace('\n', " "),
        ..DraftIndicator::default()
    };
    if let Some(piece) = row.get(Role::Unit).filter(|piece| !is_blank(&piece.text)) {
        indicator.unit = notes.keep(field("unit"), piece, unit(&piece.text).ok_or(Why::NotAWord));
    }
    if let Some(piece) = row
        .get(Role::Denominator)
        .filter(|piece| !is_blank(&piece.text))
    {
        notes.found(field("denominator"), piece);
        indicator.denominator = Some(piece.text.replace('\n', " "));
    }
    if let Some(piece) = row.get(Role::Source).filter(|piece| !is_blank(&piece.text)) {
        notes.found(field("source"), piece);
        indicator.source = Some(ActualSource::Entered(piece.text.replace('\n', " ")));
    }
    let begins = draft.start.map(super::super::Month::year);
    let mut percents = false;
    for cell in &row.cells {
        let piece = &cell.piece;
        match cell.role {
            Role::Base(head) => base(&mut indicator, head, piece, notes),
            Role::Year { year, .. } => match year.zip(begins) {
                Some((year, begins)) if year < begins => {
                    base(&mut indicator, Some(year), piece, notes)
                }
                // A value of a whole year: of which quarter, nobody tells.
                _ if !is_blank(&piece.text) => notes.unread(piece, Why::Unclear),
                _ => {}
            },
            Role::Plan { year, quarter } => {
                let Some(year) = year.or(plan_year) else {
                    if !is_blank(&piece.text) {
                        notes.unread(piece, Why::NoYear);
                    }
                    continue;
                };
                let field = field(&format!("plan/{year} {quarter}/value"));
                let value = notes.keep(field, piece, value(&piece.text)).flatten();
                indicator.plan.push(PlannedValue {
                    year,
                    quarter,
                    value,
                });
            }
            _ => continue,
        }
        percents |= piece.text.contains('%');
    }
    if indicator.unit.is_none() && percents && row.get(Role::Unit).is_none() {
        indicator.unit = Some(Unit::Percent);
    }
    match known.and_then(|at| draft.indicators.get_mut(at)) {
        Some(one) => one.plan.append(&mut indicator.plan),
        None => draft.indicators.push(indicator),
    }
}

/// «85», «85 % (2016)».
fn base(indicator: &mut DraftIndicator, head: Option<i32>, piece: &Piece, notes: &mut Notes) {
    let field = |what: &str| format!("indicators/{}/{what}", indicator.ordinal);
    let (text, within) = match piece.text.split_once('(') {
        Some((text, within)) => (text, year_in(within)),
        None => (piece.text.as_str(), None),
    };
    if let Some(value) = notes.keep(field("baseValue"), piece, value(text)).flatten() {
        indicator.base_value = Some(value);
    }
    if let Some(year) = within.or(head) {
        notes.found(field("baseYear"), piece);
        indicator.base_year = Some(year);
    }
}

fn unit(text: &str) -> Option<Unit> {
    let text = text.trim().to_lowercase();
    let counts = ["ед", "шт", "чел", "кол", "учрежд", "число"];
    if text.contains('%') || text.starts_with("процент") {
        Some(Unit::Percent)
    } else {
        counts
            .iter()
            .any(|word| text.starts_with(word))
            .then_some(Unit::Count)
    }
}

/// Results and checkpoints that name an indicator which the paper does not have.
pub(super) fn drop_dangling(draft: &mut Draft, notes: &mut Notes) {
    let known: Vec<u32> = draft.indicators.iter().map(|one| one.ordinal).collect();
    let mut dangling = Vec::new();
    for result in &mut draft.results {
        if result.indicator.is_some_and(|one| !known.contains(&one)) {
            result.indicator = None;
            dangling.push(format!("results/{}/indicator", result.number));
        }
    }
    let numbers: Vec<String> = draft
        .stages
        .iter()
        .flat_map(|stage| &stage.checkpoints)
        .map(|one| one.number.clone())
        .collect();
    for stage in &mut draft.stages {
        for one in &mut stage.checkpoints {
            let field =
                |what: &str| format!("stages/{}/checkpoints/{}/{what}", stage.number, one.number);
            if one
                .serves
                .iter()
                .any(|indicator| !known.contains(indicator))
            {
                dangling.push(field("serves"));
                one.serves.retain(|indicator| known.contains(indicator));
            }
            if one.needs.iter().any(|number| !numbers.contains(number)) {
                dangling.push(field("needs"));
                one.needs.retain(|number| numbers.contains(number));
            }
        }
    }
    for field in dangling {
        let found = notes.found.iter().position(|one| one.field == field);
        if let Some(found) = found.map(|at| notes.found.remove(at)) {
            let piece = Piece {
                place: found.place,
                text: found.original,
            };
            notes.unread(&piece, Why::Dangling);
        }
    }
}
