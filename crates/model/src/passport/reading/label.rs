//! Labels: what a value beside or below them is.

use super::super::Part;

/// A field with one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Goal,
    Term,
    Start,
    End,
    Approval,
    ApprovalBody,
    ApprovalDate,
    ApprovalNumber,
    Head,
    Responsible,
    People(Part),
    Programmes,
    Priority,
}

/// A list with rows of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Participants,
    Results,
    Indicators,
    Funding,
    Expenses,
    Stages,
    Risks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Field(Field),
    List(Kind),
}

/// With what labels begin, longer ones first where one begins another.
const LABELS: [(Label, &[&str]); 21] = [
    (
        Label::Field(Field::Programmes),
        &[
            "муниципальная программа",
            "муниципальные программы",
            "наименование муниципальной программы",
            "связь с муниципальн",
        ],
    ),
    (
        Label::Field(Field::Priority),
        &[
            "региональные приоритетные проекты",
            "региональный приоритетный проект",
            "приоритетные региональные проекты",
            "приоритетные проекты",
            "связь с региональн",
        ],
    ),
    (
        Label::Field(Field::Title),
        &[
            "наименование проекта",
            "наименование муниципального проекта",
            "полное наименование",
            "название проекта",
        ],
    ),
    (
        Label::Field(Field::Start),
        &[
            "дата начала",
            "начало проекта",
            "начало реализации",
            "срок начала проекта",
        ],
    ),
    (
        Label::Field(Field::End),
        &[
            "дата окончания",
            "дата завершения",
            "окончание проекта",
            "окончание реализации",
            "завершение проекта",
            "срок окончания проекта",
        ],
    ),
    (
        Label::Field(Field::Term),
        &[
            "срок реализации",
            "сроки реализации",
            "период реализации",
            "срок проекта",
            "сроки проекта",
            "срок начала и окончания",
            "сроки начала и окончания",
        ],
    ),
    (
        Label::Field(Field::ApprovalBody),
        &["орган, утвердивший", "кем утвержден", "утвердивший орган"],
    ),
    (
        Label::Field(Field::ApprovalDate),
        &["дата утверждения", "дата протокола"],
    ),
    (Label::Field(Field::ApprovalNumber), &["номер протокола"]),
    (
        Label::Field(Field::Approval),
        &[
            "утвержден",
            "утверждение",
            "основание",
            "сведения об утверждении",
        ],
    ),
    (Label::Field(Field::Goal), &["цель", "цели"]),
    (Label::Field(Field::Head), &["руководитель проекта"]),
    (
        Label::Field(Field::Responsible),
        &["ответственный исполнитель"],
    ),
    (
        Label::List(Kind::Participants),
        &[
            "участники",
            "исполнители и соисполнители",
            "команда проекта",
        ],
    ),
    (Label::Field(Field::People(Part::Executor)), &["исполнител"]),
    (
        Label::Field(Field::People(Part::CoExecutor)),
        &["соисполнител"],
    ),
    (
        Label::List(Kind::Results),
        &[
            "ожидаемые результаты",
            "планируемые результаты",
            "результаты проекта",
        ],
    ),
    (
        Label::List(Kind::Indicators),
        &[
            "показатели",
            "целевые показатели",
            "индикаторы",
            "целевые индикаторы",
        ],
    ),
    (
        Label::List(Kind::Stages),
        &[
            "этапы",
            "контрольные точки",
            "календарный план",
            "содержание проекта",
        ],
    ),
    (
        Label::List(Kind::Risks),
        &[
            "риски",
            "реестр рисков",
            "ключевые риски",
            "основные риски",
            "возможные риски",
        ],
    ),
    (
        Label::List(Kind::Expenses),
        &["направления расходов", "статьи расходов"],
    ),
];
/// Kept apart from the rest: money goes by many names.
const MONEY: [&str; 9] = [
    "финансирование",
    "финансовое обеспечение",
    "объем финансирования",
    "объемы финансирования",
    "объем и источники",
    "объемы и источники",
    "источники финансирования",
    "бюджет проекта",
    "стоимость проекта",
];
/// What may stand after a label's beginning for a line by itself to be one.
const AFTER: [&str; 44] = [
    "проекта",
    "муниципального",
    "реализации",
    "и",
    "их",
    "значения",
    "по",
    "годам",
    "кварталам",
    "источники",
    "источникам",
    "объемы",
    "меры",
    "предупреждению",
    "реагирования",
    "контрольные",
    "точки",
    "этапы",
    "график",
    "план",
    "целевые",
    "показатели",
    "финансирования",
    "тыс",
    "руб",
    "рублей",
    "тысяч",
    "млн",
    "года",
    "г",
    "на",
    "в",
    "с",
    "проект",
    "риски",
    "соисполнители",
    "исполнители",
    "результаты",
    "расходов",
    "снижению",
    "рисков",
    "достижения",
    "плановые",
    "ы",
];

/// Lower case, one spelling, one line.
pub(super) fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace('ё', "е");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}

/// The same without the number before it.
pub(super) fn normal(text: &str) -> String {
    plain(text)
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '))
        .trim_end_matches([':', '.', ' '])
        .to_owned()
}

fn found(normal: &str) -> Option<(Label, &str)> {
    let money = (Label::List(Kind::Funding), MONEY.as_slice());
    LABELS
        .iter()
        .copied()
        .chain([money])
        .find_map(|(label, starts)| {
            starts
                .iter()
                .find_map(|start| normal.strip_prefix(start))
                .map(|rest| (label, rest))
        })
}

/// The label that a cell beside a value holds.
pub(super) fn of_cell(text: &str) -> Option<Label> {
    let normal = normal(text);
    (normal.chars().count() <= 160)
        .then(|| found(&normal).map(|(label, _)| label))
        .flatten()
}

/// The label that a line holds: alone, or before a colon and its value.
pub(super) fn of_line(text: &str) -> Option<(Label, &str)> {
    if let Some((before, value)) = text.split_once(':')
        && let Some(label) = alone(before)
    {
        return Some((label, value.trim()));
    }
    if let Some(label) = alone(text) {
        return Some((label, ""));
    }
    // «УТВЕРЖДЁН Комиссией …, протокол от … № …» has no colon.
    let normal = normal(text);
    (normal.starts_with("утвержден") && normal.contains("протокол"))
        .then_some((Label::Field(Field::Approval), text))
}

fn alone(text: &str) -> Option<Label> {
    let normal = normal(text);
    if normal == "проект" {
        return Some(Label::Field(Field::Title));
    }
    let (label, rest) = found(&normal)?;
    let mut words = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    // An ending: «утвержден» of «утверждена».
    let ends = !rest.starts_with(|c: char| c.is_alphabetic())
        || words.next().is_some_and(|end| end.chars().count() <= 3);
    (ends
        && words
            .all(|word| AFTER.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())))
    .then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_with_what_stands_around_them() {
        let check = |text: &str, expected| assert_eq!(of_line(text), expected, "{text}");
        check(
            "1. Цель проекта: научить",
            Some((Label::Field(Field::Goal), "научить")),
        );
        check("3. РИСКИ ПРОЕКТА", Some((Label::List(Kind::Risks), "")));
        check(
            "Финансирование, тыс. руб.",
            Some((Label::List(Kind::Funding), "")),
        );
        check(
            "Показатели проекта и их значения по кварталам",
            Some((Label::List(Kind::Indicators), "")),
        );
        check(
            "Исполнители:",
            Some((Label::Field(Field::People(Part::Executor)), "")),
        );
        check("Показатели выросли", None);
        check("Целью назвали: рост", None);
        check("Этап 1. Инициация", None);
    }
}
