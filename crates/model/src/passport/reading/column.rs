//! Heads of tables: which kind of list a table is, and what each of its columns holds.

use super::{
    super::FundingSource,
    grid::Slot,
    label::{self, Kind, Label, normal, plain},
    term::{quarter_in, year_in},
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Number,
    Name,
    Unit,
    Base(Option<i32>),
    Plan {
        year: Option<i32>,
        quarter: u32,
    },
    /// A year alone: the base, if the project begins later.
    Year {
        year: Option<i32>,
        is_fact: bool,
    },
    Denominator,
    Source,
    Indicator,
    Position,
    Organisation,
    Part,
    Start,
    End,
    Term,
    Stage,
    Result,
    Needs,
    Measure,
    Probability,
    Impact,
    Owner,
    Status,
    FundingSource,
    Of(FundingSource),
    Total,
    YearOfRow,
    Money,
    /// A row that is one text.
    Whole,
    Unknown,
}

/// A table's columns.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub kind: Kind,
    pub roles: Vec<Role>,
    /// The head's words, one text a column.
    pub texts: Vec<String>,
    /// How many rows the head takes.
    pub height: usize,
}

/// No table that is read has more.
const MOST_COLUMNS: usize = 200;

const KINDS: [Kind; 7] = [
    Kind::Stages,
    Kind::Risks,
    Kind::Indicators,
    Kind::Funding,
    Kind::Participants,
    Kind::Results,
    Kind::Expenses,
];

/// The head that begins with the first of these rows. What stands above the table is asked first.
pub(super) fn head(rows: &[Vec<Slot<'_>>], under: Option<Kind>) -> Option<Columns> {
    let first = rows.first()?;
    let width = width(first);
    let is_field = matches!(
        label::of_cell(&first.first()?.text()),
        Some(Label::Field(_))
    );
    if width > MOST_COLUMNS || first.len() == 2 && is_field {
        return None;
    }
    if first.len() < 2
        || first
            .iter()
            .any(|slot| slot.holds_table() || slot.text().chars().count() > 90)
    {
        return None;
    }
    let height = 1 + rows[1..]
        .iter()
        .take(2)
        .take_while(|row| is_head_too(row))
        .count();
    let mut texts = vec![String::new(); width];
    for row in rows.iter().take(height) {
        for slot in row
            .iter()
            .filter(|slot| !is_numbering(row) && !slot.text().is_empty())
        {
            for text in texts.iter_mut().skip(slot.column).take(slot.columns) {
                let words = slot.text();
                if !text.contains(&words) {
                    *text = format!("{text} {words}").trim().to_owned();
                }
            }
        }
    }
    under.into_iter().chain(KINDS).find_map(|kind| {
        let roles: Vec<Role> = texts.iter().map(|text| role(kind, text)).collect();
        is_enough(kind, &roles).then(|| Columns {
            kind,
            roles: settled(kind, roles),
            texts: texts.clone(),
            height,
        })
    })
}

fn width(row: &[Slot<'_>]) -> usize {
    row.iter()
        .map(|slot| slot.column + slot.columns)
        .max()
        .unwrap_or_default()
}

/// 1, 2, 3 … under the heads.
pub(super) fn is_numbering(row: &[Slot<'_>]) -> bool {
    row.len() > 2
        && (1..)
            .zip(row)
            .all(|(number, slot)| slot.text() == number.to_string())
}

/// A second row of a head: quarters, years, beginning and end, or numbers of the columns.
fn is_head_too(row: &[Slot<'_>]) -> bool {
    let first_row = row.iter().map(|slot| slot.row).max().unwrap_or_default();
    let mut own = row
        .iter()
        .filter(|slot| slot.row == first_row)
        .map(Slot::text)
        .filter(|text| !text.is_empty())
        .peekable();
    own.peek().is_some() && (is_numbering(row) || own.all(|text| is_head_word(&text)))
}

fn is_head_word(text: &str) -> bool {
    let words = [
        "план",
        "факт",
        "начало",
        "окончание",
        "всего",
        "итого",
        "значение",
        "год",
    ];
    let normal = normal(text);
    quarter_in(text).is_some()
        || words.iter().any(|word| normal.starts_with(word)) && normal.chars().count() <= 30
        || year_in(text).is_some() && text.chars().count() <= 20
}

fn role(kind: Kind, text: &str) -> Role {
    let text = plain(text);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if text.starts_with('№') || text.starts_with("n п/п") || text == "п/п" {
        return Role::Number;
    }
    let year = year_in(&text);
    match kind {
        Kind::Indicators => match () {
            () if has(&["знаменател", "от какого числа", "от числа"]) => {
                Role::Denominator
            }
            () if has(&["базов"]) => Role::Base(year),
            () if has(&["факт"]) && year.is_some() && quarter_in(&text).is_none() => {
                Role::Base(year)
            }
            () if has(&["факт"]) => Role::Unknown,
            () if let Some(quarter) = quarter_in(&text) => Role::Plan { year, quarter },
            () if has(&["ед. изм", "ед.изм", "единиц"]) => Role::Unit,
            () if has(&["источник"]) => Role::Source,
            () if has(&["показател", "индикатор", "наименован"]) => {
                Role::Name
            }
            () if year.is_some() => Role::Year {
                year,
                is_fact: false,
            },
            () => Role::Unknown,
        },
        Kind::Funding => match () {
            () if has(&["бюджет", "средств"])
                && let Some(source) = funding_source(&text) =>
            {
                Role::Of(source)
            }
            () if has(&["источник"]) => Role::FundingSource,
            () if year.is_some() => Role::Year {
                year,
                is_fact: has(&["факт", "исполн"]),
            },
            () if has(&["итого", "всего"]) => Role::Total,
            () if has(&["факт", "исполн"]) => Role::Year {
                year,
                is_fact: true,
            },
            () if has(&["сумм", "объем", "тыс", "руб", "план"]) => Role::Year {
                year,
                is_fact: false,
            },
            () if has(&["год", "период"]) => Role::YearOfRow,
            () => Role::Unknown,
        },
        Kind::Stages => match () {
            () if has(&["результат"]) => Role::Result,
            () if has(&["начал"]) && has(&["оконч", "заверш"]) => Role::Term,
            () if has(&["начал"]) => Role::Start,
            () if has(&["оконч", "заверш"]) => Role::End,
            () if has(&["срок", "период", "дата"]) => Role::Term,
            () if has(&["показател"]) => Role::Indicator,
            () if has(&["предшеств", "зависит"]) => Role::Needs,
            () if has(&["ответств", "исполнител"]) => Role::Unknown,
            () if has(&["контрольн", "мероприят", "работ", "наименован"]) => {
                Role::Name
            }
            () if has(&["этап"]) => Role::Stage,
            () => Role::Unknown,
        },
        Kind::Risks => match () {
            () if has(&["вероятн"]) => Role::Probability,
            () if has(&["влиян", "воздейств", "ущерб", "последств"]) => {
                Role::Impact
            }
            () if has(&["мер", "предупр", "реагир", "минимиз"]) => {
                Role::Measure
            }
            () if has(&["ответств", "владел"]) => Role::Owner,
            () if has(&["статус", "состоян"]) => Role::Status,
            () if has(&["риск", "наименован"]) => Role::Name,
            () => Role::Unknown,
        },
        Kind::Participants => match () {
            () if has(&["должност"]) => Role::Position,
            () if has(&["роль", "участ", "статус"]) => Role::Part,
            () if has(&["организац", "учрежд", "место работы"]) => {
                Role::Organisation
            }
            () => Role::Unknown,
        },
        Kind::Results => match () {
            () if has(&["показател"]) => Role::Indicator,
            () if has(&["результат"]) => Role::Name,
            () => Role::Unknown,
        },
        Kind::Expenses => match () {
            () if has(&["сумм", "объем", "стоимост", "руб"]) => Role::Money,
            () if has(&["направлен", "стать", "расход", "наименован"]) => {
                Role::Name
            }
            () => Role::Unknown,
        },
    }
}

/// Whether these columns make such a list.
fn is_enough(kind: Kind, roles: &[Role]) -> bool {
    let has = |role: Role| roles.contains(&role);
    let is_plan = |role: &Role| matches!(role, Role::Plan { .. } | Role::Base(_) | Role::Unit);
    let is_year = |role: &Role| matches!(role, Role::Year { .. });
    let sources = roles
        .iter()
        .filter(|role| matches!(role, Role::Of(_)))
        .count();
    match kind {
        Kind::Indicators => has(Role::Name) && roles.iter().any(is_plan),
        Kind::Funding => has(Role::FundingSource) && roles.iter().any(is_year) || sources > 1,
        Kind::Stages => {
            (has(Role::Name) || has(Role::Stage))
                && (has(Role::Term) || has(Role::Start) && has(Role::End))
        }
        Kind::Risks => has(Role::Name) && has(Role::Measure),
        Kind::Participants => has(Role::Position) && has(Role::Organisation),
        Kind::Results => has(Role::Name) && (has(Role::Number) || has(Role::Indicator)),
        Kind::Expenses => has(Role::Name) && has(Role::Money),
    }
}

/// Where there is no other column for the checkpoint's name, that of the stage holds both.
fn settled(kind: Kind, mut roles: Vec<Role>) -> Vec<Role> {
    if kind == Kind::Stages && !roles.contains(&Role::Name) {
        for role in roles.iter_mut().filter(|role| **role == Role::Stage) {
            *role = Role::Name;
        }
    }
    roles
}

/// The source that a text names.
pub(super) fn funding_source(text: &str) -> Option<FundingSource> {
    let text = normal(text);
    let sources = [
        ("внебюджет", FundingSource::ExtraBudgetary),
        ("федеральн", FundingSource::Federal),
        ("областн", FundingSource::Oblast),
        ("краев", FundingSource::Oblast),
        ("региональн", FundingSource::Oblast),
        ("городск", FundingSource::City),
        ("бюджет города", FundingSource::City),
        ("бюджета города", FundingSource::City),
        ("местн", FundingSource::City),
        ("муниципальн", FundingSource::City),
    ];
    let mut found: Vec<FundingSource> = sources
        .into_iter()
        .filter_map(|(word, source)| text.contains(word).then_some(source))
        .collect();
    found.dedup();
    match found.as_slice() {
        [source] => Some(*source),
        _ => None,
    }
}
