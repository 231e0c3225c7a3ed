//! Fields with one value, and the people who take part.

use super::{
    super::Part,
    Draft, DraftParticipant, Notes, Piece, Why,
    column::Role,
    label::Field,
    number::{is_blank, numbered},
    term,
    walk::{List, Row},
};

pub(super) fn read(fields: &[(Field, Piece)], draft: &mut Draft, notes: &mut Notes) {
    for (field, piece) in fields {
        match field {
            Field::Title => text("title", &mut draft.title, piece, notes),
            Field::Goal => text("goal", &mut draft.goal, piece, notes),
            Field::Head => text("head", &mut draft.head, piece, notes),
            Field::Responsible => {
                text(
                    "responsibleExecutor",
                    &mut draft.responsible_executor,
                    piece,
                    notes,
                );
            }
            Field::Term => match term::term(&piece.text, None) {
                Ok((start, end)) => {
                    once("start", &mut draft.start, start, piece, notes);
                    once("end", &mut draft.end, end, piece, notes);
                }
                Err(why) => notes.unread(piece, why),
            },
            Field::Start => match term::single(&piece.text, None) {
                Ok(month) => once("start", &mut draft.start, month, piece, notes),
                Err(why) => notes.unread(piece, why),
            },
            Field::End => match term::single(&piece.text, None) {
                Ok(month) => once("end", &mut draft.end, month, piece, notes),
                Err(why) => notes.unread(piece, why),
            },
            Field::Approval => approval(piece, draft, notes),
            Field::ApprovalBody => text("approval/body", &mut draft.approval.body, piece, notes),
            Field::ApprovalNumber => {
                let number = number_of(&piece.text).unwrap_or(&piece.text).to_owned();
                let piece = &Piece {
                    text: number,
                    ..piece.clone()
                };
                text(
                    "approval/minutesNumber",
                    &mut draft.approval.minutes_number,
                    piece,
                    notes,
                );
            }
            Field::ApprovalDate => match term::day(&piece.text) {
                Some(day) => once("approval/date", &mut draft.approval.date, day, piece, notes),
                None => notes.unread(piece, Why::NotADate),
            },
            Field::People(part) => {
                for line in piece.text.lines() {
                    person(
                        &Piece {
                            text: line.to_owned(),
                            ..piece.clone()
                        },
                        Some(*part),
                        draft,
                        notes,
                    );
                }
            }
            Field::Programmes => lines(
                "municipalProgrammes",
                &mut draft.municipal_programmes,
                piece,
                notes,
            ),
            Field::Priority => {
                lines(
                    "regionalPriorityProjects",
                    &mut draft.regional_priority_projects,
                    piece,
                    notes,
                );
            }
        }
    }
}

fn text(field: &str, into: &mut String, piece: &Piece, notes: &mut Notes) {
    let value = piece.text.trim();
    if is_blank(value) {
        return;
    }
    let value = value.replace('\n', if field == "goal" { "\n" } else { " " });
    if into.is_empty() {
        *into = value;
        notes.found(field, piece);
    } else if unquoted(into) != unquoted(&value) {
        notes.unread(piece, Why::Twice);
    }
}

fn unquoted(text: &str) -> String {
    let quotes = ['«', '»', '"', '„', '“', '”'];
    text.trim_matches(['.', ' ']).replace(quotes, "")
}

fn once<T: PartialEq>(
    field: &str,
    into: &mut Option<T>,
    value: T,
    piece: &Piece,
    notes: &mut Notes,
) {
    match into {
        None => {
            *into = Some(value);
            notes.found(field, piece);
        }
        Some(known) if *known != value => notes.unread(piece, Why::Twice),
        Some(_) => {}
    }
}

fn lines(field: &str, into: &mut Vec<String>, piece: &Piece, notes: &mut Notes) {
    let nothing = ["нет", "отсутствуют", "не предусмотрены", "не имеется"];
    notes.found(field, piece);
    for line in piece.text.lines() {
        let line = numbered(line).map_or(line, |(_, rest)| rest).trim();
        let is_nothing = nothing.contains(&line.trim_end_matches('.').to_lowercase().as_str());
        if !is_blank(line) && !is_nothing {
            into.push(line.to_owned());
        }
    }
}

/// «Комиссия по проектному управлению, протокол от 03.04.2017 № 1».
fn approval(piece: &Piece, draft: &mut Draft, notes: &mut Notes) {
    let text = piece.text.replace('\n', " ");
    let Some(at) = text.to_lowercase().find("протокол") else {
        notes.unread(piece, Why::Unclear);
        return;
    };
    // Lower case of Russian letters is as long as they are; elsewhere nothing is cut.
    let (body, minutes) = text.split_at_checked(at).unwrap_or((&text, ""));
    let first = body.split_whitespace().next().unwrap_or_default();
    let body = match first.to_lowercase().starts_with("утвержд") {
        true => body.trim_start().trim_start_matches(first),
        false => body,
    };
    let body = body.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ',' | ':' | ';' | '–' | '—' | '-')
    });
    let piece_of = |text: &str| Piece {
        text: text.to_owned(),
        ..piece.clone()
    };
    match (number_of(minutes), term::day(minutes)) {
        (Some(number), Some(day)) => {
            self::text(
                "approval/body",
                &mut draft.approval.body,
                &piece_of(body),
                notes,
            );
            self::text(
                "approval/minutesNumber",
                &mut draft.approval.minutes_number,
                &piece_of(number),
                notes,
            );
            once("approval/date", &mut draft.approval.date, day, piece, notes);
        }
        (_, None) => notes.unread(piece, Why::NotADate),
        (None, _) => notes.unread(piece, Why::Unclear),
    }
}

/// What stands after «№».
fn number_of(text: &str) -> Option<&str> {
    let (_, after) = text.split_once('№')?;
    let number = after
        .split_whitespace()
        .next()?
        .trim_end_matches([')', ',', '.', ';']);
    (!number.is_empty()).then_some(number)
}

pub(super) fn participants(list: &List, draft: &mut Draft, notes: &mut Notes) {
    for row in &list.rows {
        match row.get(Role::Whole) {
            Some(piece) => match part_of(&piece.text) {
                // A title within the table: «Соисполнители».
                Some(_) => notes.unread(piece, Why::Unclear),
                None => person(piece, None, draft, notes),
            },
            None => participant(row, draft, notes),
        }
    }
}

fn participant(row: &Row, draft: &mut Draft, notes: &mut Notes) {
    let number = draft.participants.len() + 1;
    let field = |name: &str| format!("participants/{number}/{name}");
    let mut text = |role, name: &str| {
        row.get(role).map_or_else(String::new, |piece| {
            notes.found(field(name), piece);
            piece.text.replace('\n', " ")
        })
    };
    let position = text(Role::Position, "position");
    let organisation = text(Role::Organisation, "organisation");
    let part = row.get(Role::Part).and_then(|piece| {
        let part = part_of(&piece.text).ok_or(Why::NotAWord);
        notes.keep(field("part"), piece, part)
    });
    draft.participants.push(DraftParticipant {
        position,
        organisation,
        part,
    });
}

fn part_of(text: &str) -> Option<Part> {
    match text.trim().to_lowercase().as_str() {
        "исполнитель" | "исполнители" => Some(Part::Executor),
        "соисполнитель" | "соисполнители" => Some(Part::CoExecutor),
        _ => None,
    }
}

/// «Директор, Информационно-методический центр», with a comma or a dash between.
fn person(piece: &Piece, part: Option<Part>, draft: &mut Draft, notes: &mut Notes) {
    let line = numbered(&piece.text).map_or(piece.text.as_str(), |(_, rest)| rest);
    let line = line.trim().trim_end_matches(['.', ';']);
    if is_blank(line) {
        return;
    }
    let parts = [" — ", " – ", ", "].iter().find_map(|between| {
        let parts: Vec<&str> = line.split(between).collect();
        match parts.as_slice() {
            [position, organisation] => Some((position.trim(), organisation.trim())),
            _ => None,
        }
    });
    match parts {
        Some((position, organisation)) => {
            let number = draft.participants.len() + 1;
            notes.found(format!("participants/{number}"), piece);
            draft.participants.push(DraftParticipant {
                position: position.to_owned(),
                organisation: organisation.to_owned(),
                part,
            });
        }
        None => notes.unread(piece, Why::Unclear),
    }
}
