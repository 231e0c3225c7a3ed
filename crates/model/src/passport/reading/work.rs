//! Stages with their checkpoints and what these lead to; risks.

use super::{
    super::{
        Month, Risk, StageResult,
        risk::{Level, Status},
    },
    Draft, DraftCheckpoint, DraftStage, Notes, Piece, Place, Why,
    column::Role,
    number::{is_blank, numbered, ordinal},
    term::{single, term},
    walk::{List, Row},
};

/// What a row of the plan is.
enum Step {
    Stage(Option<u32>, String),
    /// With its number, if it has one.
    Checkpoint(Option<String>, String),
}

pub(super) fn stages(list: &List, year: Option<i32>, draft: &mut Draft, notes: &mut Notes) {
    let habits = Habits::of(list);
    let mut plan = Plan {
        year,
        stages: std::mem::take(&mut draft.stages),
        open: None,
        terms: Vec::new(),
        under: None,
    };
    for row in &list.rows {
        if let Some(piece) = row.get(Role::Stage)
            && plan.under != Some(piece.place)
        {
            plan.under = Some(piece.place);
            let (number, name) = stage_of(&piece.text);
            plan.stage(number, name, piece, notes);
        }
        match habits.step(row) {
            Some((Step::Stage(number, name), piece)) => {
                plan.stage(number, name, piece, notes);
                plan.stage_row(row);
            }
            Some((Step::Checkpoint(number, name), piece)) => {
                plan.checkpoint(number, name, piece, row, notes);
            }
            None => notes.unread(&row.piece(), Why::Unclear),
        }
    }
    plan.finish(notes);
    draft.stages = plan.stages;
}

/// How a plan tells its stages from its checkpoints.
struct Habits {
    /// Checkpoints are numbered «1.1».
    dotted: bool,
    /// Stages have rows of one cell, or a column.
    titled: bool,
}

impl Habits {
    fn of(list: &List) -> Self {
        let is_dotted = |row: &Row| {
            let name = row.text(Role::Name);
            row.text(Role::Number).trim_end_matches('.').contains('.')
                || numbered(name).is_some_and(|(number, _)| number.contains('.'))
        };
        Self {
            dotted: list.rows.iter().any(is_dotted),
            titled: list
                .rows
                .iter()
                .any(|row| row.get(Role::Whole).is_some() || row.get(Role::Stage).is_some()),
        }
    }

    fn step<'a>(&self, row: &'a Row) -> Option<(Step, &'a Piece)> {
        if let Some(piece) = row.get(Role::Whole) {
            let (number, name) = stage_of(&piece.text);
            return Some((Step::Stage(number, name), piece));
        }
        let piece = row.get(Role::Name)?;
        let own = row.text(Role::Number).trim().trim_end_matches(['.', ')']);
        let (number, name) = match numbered(&piece.text) {
            Some((number, name)) if own.is_empty() => (number, name),
            _ => (own, piece.text.as_str()),
        };
        let name = name.replace('\n', " ");
        let is_stage = ["этап"].iter().any(|word| {
            let words = piece.text.to_lowercase();
            words.starts_with(word)
                || words
                    .split_whitespace()
                    .nth(1)
                    .is_some_and(|second| second.trim_matches('.') == *word)
        });
        if number.contains('.') {
            Some((Step::Checkpoint(Some(number.to_owned()), name), piece))
        } else if is_stage && !self.by_column(row) {
            let (told, name) = stage_of(&piece.text);
            Some((Step::Stage(told.or_else(|| ordinal(number)), name), piece))
        } else if self.titled {
            Some((Step::Checkpoint(None, name), piece))
        } else if ordinal(number).is_some() {
            Some((Step::Stage(ordinal(number), name), piece))
        } else {
            // Without a number: below numbered ones nobody tells what it is.
            (!self.dotted && number.is_empty()).then_some((Step::Checkpoint(None, name), piece))
        }
    }

    fn by_column(&self, row: &Row) -> bool {
        row.get(Role::Stage).is_some()
    }
}

/// «Этап 1. Оснащение», «II этап – Оснащение», «2. Оснащение».
fn stage_of(text: &str) -> (Option<u32>, String) {
    let text = text.trim().replace('\n', " ");
    let clean = |name: &str| {
        name.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '.' | ':' | '–' | '—' | '-' | ')')
        })
        .to_owned()
    };
    let mut words = text.splitn(3, char::is_whitespace);
    let (first, second, rest) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let is_word = |word: &str| word.trim_matches(['.', ':']).to_lowercase() == "этап";
    let number = |word: &str| ordinal(word.trim_end_matches([':', '.', ')']));
    if is_word(first) && number(second).is_some() {
        (number(second), clean(rest))
    } else if is_word(second) && number(first).is_some() {
        (number(first), clean(rest))
    } else if let Some((number, name)) = numbered(&text).filter(|(number, _)| !number.contains('.'))
    {
        (ordinal(number), clean(name))
    } else {
        (None, clean(&text))
    }
}

struct Plan {
    year: Option<i32>,
    stages: Vec<DraftStage>,
    /// The cell of the result that checkpoints are being added to.
    open: Option<Place>,
    /// What is said of the terms of whole stages: they are computed, and compared at the end.
    terms: Vec<(u32, Piece)>,
    /// The cell of the stage, where stages have a column.
    under: Option<Place>,
}

impl Plan {
    fn stage(&mut self, number: Option<u32>, name: String, piece: &Piece, notes: &mut Notes) {
        let taken = |number: &u32| self.stages.iter().any(|stage| stage.number == *number);
        let next = self
            .stages
            .iter()
            .map(|stage| stage.number)
            .max()
            .map_or(1, |last| last + 1);
        let number = number.filter(|number| !taken(number)).unwrap_or(next);
        notes.found(format!("stages/{number}/name"), piece);
        self.open = None;
        self.stages.push(DraftStage {
            number,
            name,
            ..DraftStage::default()
        });
    }

    /// A stage's own term and result.
    fn stage_row(&mut self, row: &Row) {
        let Some(stage) = self.stages.last_mut() else {
            return;
        };
        for role in [Role::Term, Role::Start, Role::End] {
            if let Some(piece) = row.get(role).filter(|piece| !is_blank(&piece.text)) {
                self.terms.push((stage.number, piece.clone()));
            }
        }
        if let Some(piece) = row.get(Role::Result).filter(|piece| !is_blank(&piece.text)) {
            self.open = Some(piece.place);
            stage.results.push(StageResult {
                text: piece.text.replace('\n', " "),
                checkpoints: Vec::new(),
            });
        }
    }

    fn checkpoint(
        &mut self,
        number: Option<String>,
        name: String,
        piece: &Piece,
        row: &Row,
        notes: &mut Notes,
    ) {
        let stage_number = number
            .as_deref()
            .and_then(|number| number.split('.').next()?.parse::<u32>().ok())
            .or_else(|| self.stages.last().map(|stage| stage.number));
        let Some(stage_number) = stage_number else {
            notes.unread(&row.piece(), Why::Unclear);
            return;
        };
        if self
            .stages
            .last()
            .is_none_or(|stage| stage.number != stage_number)
        {
            if self.stages.iter().any(|stage| stage.number == stage_number) {
                notes.unread(&row.piece(), Why::Unclear);
                return;
            }
            // The stage has no row of its own: its name is a gap.
            self.stages.push(DraftStage {
                number: stage_number,
                ..DraftStage::default()
            });
            self.open = None;
        }
        let year = self.year;
        let Some(stage) = self.stages.last_mut() else {
            return;
        };
        let number =
            number.unwrap_or_else(|| format!("{stage_number}.{}", stage.checkpoints.len() + 1));
        if stage.checkpoints.iter().any(|one| one.number == number) {
            notes.unread(&row.piece(), Why::Twice);
            return;
        }
        let field = |what: &str| format!("stages/{stage_number}/checkpoints/{number}/{what}");
        notes.found(field("name"), piece);
        let (start, end) = months(row, year, field, notes);
        let mut numbers =
            |role, what: &str| match row.get(role).filter(|piece| !is_blank(&piece.text)) {
                Some(piece) => {
                    notes.found(field(what), piece);
                    piece
                        .text
                        .split([',', ';', ' ', '\n'])
                        .filter(|one| !one.is_empty())
                        .map(|one| one.trim_end_matches('.').to_owned())
                        .collect()
                }
                None => Vec::new(),
            };
        let needs: Vec<String> = numbers(Role::Needs, "needs");
        let serves = numbers(Role::Indicator, "serves");
        stage.checkpoints.push(DraftCheckpoint {
            number: number.clone(),
            name,
            start,
            end,
            needs,
            serves: serves.iter().filter_map(|one| one.parse().ok()).collect(),
        });
        self.result(&number, row, notes);
    }

    /// A result over several checkpoints is one merged cell, the same words, or «то же».
    fn result(&mut self, number: &str, row: &Row, notes: &mut Notes) {
        let Some(stage) = self.stages.last_mut() else {
            return;
        };
        let Some(piece) = row.get(Role::Result).filter(|piece| !is_blank(&piece.text)) else {
            return;
        };
        let text = piece.text.replace('\n', " ");
        let same = ["то же", "\"", "-//-", "—//—"].contains(&text.to_lowercase().as_str());
        match stage.results.last_mut() {
            Some(last) if self.open == Some(piece.place) || same || last.text == text => {
                last.checkpoints.push(number.to_owned());
            }
            _ if same => notes.unread(piece, Why::Dangling),
            _ => {
                notes.found(
                    format!(
                        "stages/{}/results/{}/text",
                        stage.number,
                        stage.results.len() + 1
                    ),
                    piece,
                );
                stage.results.push(StageResult {
                    text,
                    checkpoints: vec![number.to_owned()],
                });
                self.open = Some(piece.place);
            }
        }
    }

    fn finish(&mut self, notes: &mut Notes) {
        for stage in &mut self.stages {
            let all: Vec<String> = stage
                .checkpoints
                .iter()
                .map(|one| one.number.clone())
                .collect();
            for result in stage
                .results
                .iter_mut()
                .filter(|result| result.checkpoints.is_empty())
            {
                result.checkpoints.clone_from(&all);
            }
        }
        for (number, piece) in &self.terms {
            let stage = self.stages.iter().find(|stage| stage.number == *number);
            let dates = |pick: fn(&DraftCheckpoint) -> Option<Month>| {
                stage
                    .into_iter()
                    .flat_map(|stage| &stage.checkpoints)
                    .filter_map(pick)
            };
            let (start, end) = (dates(|one| one.start).min(), dates(|one| one.end).max());
            match term(&piece.text, self.year) {
                _ if start.is_none() => notes.unread(piece, Why::Unclear),
                Err(why) => notes.unread(piece, why),
                Ok((from, to))
                    if ![start, end].contains(&Some(from)) || ![start, end].contains(&Some(to)) =>
                {
                    notes.unread(piece, Why::Twice);
                }
                Ok(_) => {}
            }
        }
    }
}

fn months(
    row: &Row,
    year: Option<i32>,
    field: impl Fn(&str) -> String,
    notes: &mut Notes,
) -> (Option<Month>, Option<Month>) {
    if let Some(piece) = row.get(Role::Term).filter(|piece| !is_blank(&piece.text)) {
        let read = notes.keep(field("start"), piece, term(&piece.text, year));
        return (read.map(|term| term.0), read.map(|term| term.1));
    }
    let mut one = |role, what: &str| {
        let piece = row.get(role).filter(|piece| !is_blank(&piece.text))?;
        notes.keep(field(what), piece, single(&piece.text, year))
    };
    (one(Role::Start, "start"), one(Role::End, "end"))
}

pub(super) fn risks(list: &List, draft: &mut Draft, notes: &mut Notes) {
    for row in &list.rows {
        let told = match row.get(Role::Whole) {
            Some(piece) => on_one_line(&piece.text)
                .map(|(name, measure)| (piece, name.to_owned(), measure.to_owned())),
            None => row.get(Role::Name).map(|piece| {
                (
                    piece,
                    piece.text.clone(),
                    row.text(Role::Measure).to_owned(),
                )
            }),
        };
        let Some((piece, name, measure)) = told else {
            notes.unread(&row.piece(), Why::Unclear);
            continue;
        };
        let (own, name) = numbered(&name).unwrap_or(("", &name));
        let taken = |number: &u32| draft.risks.iter().any(|risk| risk.number == *number);
        let next = draft
            .risks
            .iter()
            .map(|risk| risk.number)
            .max()
            .map_or(1, |last| last + 1);
        let number = ordinal(row.text(Role::Number))
            .or_else(|| ordinal(own))
            .filter(|number| !taken(number))
            .unwrap_or(next);
        let field = |what: &str| format!("risks/{number}/{what}");
        notes.found(field("name"), piece);
        notes.found(field("measure"), row.get(Role::Measure).unwrap_or(piece));
        let mut word = |role, what: &str| {
            let piece = row.get(role).filter(|piece| !is_blank(&piece.text))?;
            notes.keep(field(what), piece, level(&piece.text).ok_or(Why::NotAWord))
        };
        let (probability, impact) = (
            word(Role::Probability, "probability"),
            word(Role::Impact, "impact"),
        );
        let status = row
            .get(Role::Status)
            .filter(|piece| !is_blank(&piece.text))
            .and_then(|piece| {
                notes.keep(
                    field("status"),
                    piece,
                    status(&piece.text).ok_or(Why::NotAWord),
                )
            });
        let owner = row
            .get(Role::Owner)
            .filter(|piece| !is_blank(&piece.text))
            .map(|piece| {
                notes.found(field("owner"), piece);
                piece.text.replace('\n', " ")
            });
        draft.risks.push(Risk {
            number,
            name: name.replace('\n', " "),
            measure: measure.replace('\n', " "),
            probability,
            impact,
            owner,
            status: status.unwrap_or_default(),
        });
    }
}

/// «Мало средств → платные услуги»: a risk and its measure with one arrow or dash between.
fn on_one_line(text: &str) -> Option<(&str, &str)> {
    [" → ", " — ", " – "].iter().find_map(|between| {
        let parts: Vec<&str> = text.split(between).collect();
        match parts.as_slice() {
            [name, measure] => Some((name.trim(), measure.trim())),
            _ => None,
        }
    })
}

fn level(text: &str) -> Option<Level> {
    let text = text.to_lowercase();
    let levels = [
        ("низк", Level::Low),
        ("средн", Level::Medium),
        ("высок", Level::High),
    ];
    levels
        .into_iter()
        .find_map(|(word, level)| text.starts_with(word).then_some(level))
}

fn status(text: &str) -> Option<Status> {
    let text = text.to_lowercase();
    let states = [
        ("открыт", Status::Open),
        ("наступил", Status::Happened),
        ("закрыт", Status::Closed),
    ];
    states
        .into_iter()
        .find_map(|(word, status)| text.starts_with(word).then_some(status))
}
