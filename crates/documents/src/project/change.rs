//! A request to change the passport: what stands there, what is asked for, and why.

use chrono::NaiveDate;
use kafedra_model::{
    Locale,
    passport::{
        Passport,
        change::{Change, diff},
        lifecycle::Decision,
    },
};

use super::{
    paper::{Paper, Part, Table, cell},
    say::{self, pick},
};
use crate::{DocumentError, date, words};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ChangeRequest<'a> {
    pub number: u32,
    pub on: NaiveDate,
    pub reason: &'a str,
    pub before: &'a Passport,
    pub after: &'a Passport,
    /// `None` while it lies before the Commission.
    pub decision: Option<&'a Decision>,
}

/// # Errors
///
/// None: a passport is always JSON.
pub fn change_request(request: &ChangeRequest, locale: Locale) -> Result<Paper, DocumentError> {
    let t = |ru, en| pick(locale, ru, en);
    let title = words::quoted(&request.before.title, locale);
    let heading = format!(
        "{} {}",
        t("ЗАПРОС НА ИЗМЕНЕНИЕ №", "CHANGE REQUEST No."),
        request.number
    );
    let mut paper = Paper::new(format!("{heading} {title}"), locale);
    paper.add(Part::Title(vec![
        heading,
        format!(
            "{} {title}",
            t("паспорта проекта", "to the passport of the project")
        ),
        format!("{} {}", t("от", "of"), date::long(request.on, locale)),
    ]));
    paper.add(Part::Line(format!(
        "{}: {}",
        t("Обоснование", "Reason"),
        say::or_nothing(request.reason)
    )));
    let mut table = Table::headed(&[
        (t("Что меняется", "What changes"), 50),
        (t("Было", "Before"), 60),
        (t("Станет", "After"), 60),
    ]);
    for change in diff(request.before, request.after).map_err(DocumentError::pdf)? {
        table.add(vec![
            cell(field(&change.field, locale)),
            cell(text(&change, change.before.as_ref(), locale)),
            cell(text(&change, change.after.as_ref(), locale)),
        ]);
    }
    paper.section(t("Изменения", "Changes"), table);
    let decided = match request.decision {
        Some(one) => format!(
            "{} № {} {} {}, {} {}: {}",
            t("протокол", "minutes"),
            one.minutes_number,
            t("от", "of"),
            date::short(one.date),
            t("пункт", "item"),
            one.item,
            one.wording
        ),
        None => say::NOTHING.to_owned(),
    };
    paper.add(Part::Heading(
        t("Решение Комиссии", "Decision of the Commission").to_owned(),
    ));
    paper.add(Part::Line(decided));
    paper.signatures(&[
        t("Ответственный исполнитель", "Responsible executor"),
        t("Руководитель проекта", "Head of the project"),
    ]);
    Ok(paper)
}

/// Names of fields in words; numbers and what we do not know stay as they are.
fn field(path: &str, locale: Locale) -> String {
    let known = |part: &str| -> Option<(&str, &str)> {
        Some(match part {
            "title" => ("наименование", "title"),
            "goal" => ("цель", "goal"),
            "start" => ("начало", "start"),
            "end" => ("окончание", "end"),
            "approval" => ("утверждение", "approval"),
            "body" => ("орган", "body"),
            "date" => ("дата", "date"),
            "minutesNumber" => ("номер протокола", "minutes number"),
            "head" => ("руководитель", "head"),
            "responsibleExecutor" => ("ответственный исполнитель", "responsible executor"),
            "participants" => ("участник", "participant"),
            "position" => ("должность", "position"),
            "organisation" => ("организация", "organisation"),
            "part" => ("участие", "part"),
            "municipalProgrammes" => ("муниципальные программы", "municipal programmes"),
            "regionalPriorityProjects" => (
                "региональные приоритетные проекты",
                "regional priority projects",
            ),
            "results" => ("результат", "result"),
            "text" => ("текст", "text"),
            "indicator" | "indicators" => ("показатель", "indicator"),
            "name" => ("название", "name"),
            "unit" => ("единица", "unit"),
            "baseYear" => ("базовый год", "base year"),
            "baseValue" => ("базовое значение", "base value"),
            "plan" => ("план", "plan"),
            "value" => ("значение", "value"),
            "denominator" => ("от какого числа", "denominator"),
            "source" => ("источник", "source"),
            "funding" => ("финансирование", "funding"),
            "planKopecks" => ("план, тыс. руб.", "plan, thousand roubles"),
            "actualKopecks" => ("факт, тыс. руб.", "fact, thousand roubles"),
            "kopecks" => ("сумма, тыс. руб.", "sum, thousand roubles"),
            "expenses" => ("направление расходов", "expense"),
            "statedTotals" => ("указанный итог", "stated total"),
            "stages" => ("этап", "stage"),
            "checkpoints" => ("контрольная точка", "checkpoint"),
            "needs" => ("предшествуют", "needs"),
            "serves" => ("показатели", "serves"),
            "risks" => ("риск", "risk"),
            "measure" => ("мера", "measure"),
            "probability" => ("вероятность", "probability"),
            "impact" => ("влияние", "impact"),
            "owner" => ("ответственный", "owner"),
            "status" => ("статус", "status"),
            _ => return None,
        })
    };
    let words: Vec<String> = path
        .split('/')
        .map(|part| match known(part) {
            Some((ru, en)) => pick(locale, ru, en).to_owned(),
            None => row(part, locale),
        })
        .collect();
    words.join(", ")
}

/// «2017 4» of a plan, «city 2017» of the money.
fn row(part: &str, locale: Locale) -> String {
    use kafedra_model::{passport::FundingSource, quarter::Quarter};
    let Some((first, second)) = part.split_once(' ') else {
        return part.to_owned();
    };
    if let (Ok(year), Ok(number)) = (first.parse(), second.parse())
        && let Some(quarter) = Quarter::new(year, number)
    {
        return say::quarter(quarter, locale);
    }
    match serde_json::from_value::<FundingSource>(first.into()) {
        Ok(source) => format!("{} {second}", say::source(source, locale)),
        Err(_) => part.to_owned(),
    }
}

fn text(change: &Change, value: Option<&serde_json::Value>, locale: Locale) -> String {
    use serde_json::Value as Json;
    let last = change.field.rsplit('/').next().unwrap_or_default();
    match value {
        None => say::NOTHING.to_owned(),
        Some(Json::String(text)) => say::or_nothing(text).to_owned(),
        Some(Json::Number(number)) => match (last, number.as_i64()) {
            ("value" | "baseValue", Some(hundredths)) => say::number(hundredths, locale),
            ("planKopecks" | "actualKopecks" | "kopecks", Some(kopecks)) => {
                say::thousands(kopecks, locale)
            }
            _ => number.to_string(),
        },
        Some(Json::Array(items)) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| {
                    item.as_str()
                        .map_or_else(|| item.to_string(), str::to_owned)
                })
                .collect();
            say::listed(&items)
        }
        // A whole row that comes or goes: its name says which.
        Some(Json::Object(row)) => {
            let texts: Vec<&str> = [
                "number",
                "name",
                "text",
                "position",
                "organisation",
                "measure",
            ]
            .into_iter()
            .filter_map(|name| row.get(name)?.as_str())
            .collect();
            match texts.as_slice() {
                [] => value.map_or_else(String::new, Json::to_string),
                texts => texts.join(", "),
            }
        }
        Some(other) => other.to_string(),
    }
}
