//! What a change request changes: the two passports laid side by side.
//!
//! Rows of a list are told apart by their own number, not by their place, so that a risk put in
//! between does not change all that follow.

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::Passport;

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PassportChange)]
pub struct Change {
    /// `indicators/1/plan/2017 4/value`: names of fields and numbers of rows.
    pub field: String,
    /// Null where there was nothing.
    #[schema(required, value_type = Option<Object>)]
    pub before: Option<Json>,
    /// Null where nothing is left.
    #[schema(required, value_type = Option<Object>)]
    pub after: Option<Json>,
}

/// Everything that differs.
///
/// # Errors
///
/// None: a passport is always JSON.
pub fn diff(before: &Passport, after: &Passport) -> Result<Vec<Change>, serde_json::Error> {
    let mut changes = Vec::new();
    compare(
        "",
        Some(&serde_json::to_value(before)?),
        Some(&serde_json::to_value(after)?),
        &mut changes,
    );
    Ok(changes)
}

fn compare(field: &str, before: Option<&Json>, after: Option<&Json>, changes: &mut Vec<Change>) {
    if before == after {
        return;
    }
    match (before.and_then(parts), after.and_then(parts)) {
        (Some(before), Some(after)) => {
            let names = before.iter().map(|(name, _)| name).chain(
                after
                    .iter()
                    .map(|(name, _)| name)
                    .filter(|name| find(&before, name).is_none()),
            );
            for name in names {
                let inner = if field.is_empty() {
                    name.clone()
                } else {
                    format!("{field}/{name}")
                };
                compare(&inner, find(&before, name), find(&after, name), changes);
            }
        }
        _ => changes.push(Change {
            field: field.to_owned(),
            before: before.filter(|json| !json.is_null()).cloned(),
            after: after.filter(|json| !json.is_null()).cloned(),
        }),
    }
}

fn find<'a>(parts: &[(String, &'a Json)], name: &str) -> Option<&'a Json> {
    parts
        .iter()
        .find(|(one, _)| one == name)
        .map(|(_, json)| *json)
}

/// The named parts of an object, or of a list of rows; `None` for what is compared as a whole.
fn parts(json: &Json) -> Option<Vec<(String, &Json)>> {
    match json {
        Json::Object(fields) => Some(
            fields
                .iter()
                .map(|(name, json)| (name.clone(), json))
                .collect(),
        ),
        Json::Array(rows) => rows
            .iter()
            .enumerate()
            .map(|(place, row)| Some((row_name(place, row)?, row)))
            .collect(),
        _ => None,
    }
}

/// By what a row is known. Rows without a number are known by their place; a list of plain texts is
/// compared as a whole.
fn row_name(place: usize, row: &Json) -> Option<String> {
    let word = |name: &str| {
        row.get(name).map(|json| {
            json.as_str()
                .map_or_else(|| json.to_string(), str::to_owned)
        })
    };
    row.as_object()?;
    word("number")
        .or_else(|| word("ordinal"))
        .or_else(|| Some(format!("{} {}", word("year")?, word("quarter")?)))
        .or_else(|| Some(format!("{} {}", word("source")?, word("year")?)))
        .or_else(|| Some((place + 1).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(change: impl FnOnce(&mut Passport), expected: &[(&str, Json, Json)]) {
        let before = Passport::founding().unwrap();
        let mut after = before.clone();
        change(&mut after);
        let found: Vec<_> = diff(&before, &after)
            .unwrap()
            .into_iter()
            .map(|one| {
                (
                    one.field,
                    one.before.unwrap_or_default(),
                    one.after.unwrap_or_default(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(field, before, after)| ((*field).to_owned(), before.clone(), after.clone()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_change_names_the_field_and_both_values() {
        check(|_| {}, &[]);
        check(
            |one| one.goal = "Иначе".to_owned(),
            &[(
                "goal",
                json!(Passport::founding().unwrap().goal),
                json!("Иначе"),
            )],
        );
        check(
            |one| one.indicators[0].plan[3].value = Some(9_000),
            &[("indicators/1/plan/2017 4/value", json!(8800), json!(9000))],
        );
        check(
            |one| one.indicators[0].plan[0].value = Some(8_500),
            &[("indicators/1/plan/2017 1/value", Json::Null, json!(8500))],
        );
        check(
            |one| one.funding[2].plan_kopecks = 0,
            &[(
                "funding/city 2017/planKopecks",
                json!(144_000_000),
                json!(0),
            )],
        );
    }

    #[test]
    fn a_row_put_in_between_changes_nothing_else() {
        check(
            |one| {
                let mut risk = one.risks[0].clone();
                risk.number = 4;
                one.risks.insert(0, risk);
                one.stages[2].checkpoints.remove(1);
            },
            &[
                (
                    "risks/4",
                    Json::Null,
                    json!({"number": 4, "name": "Низкая мотивация педагогов", "measure": "Моральное и материальное стимулирование"}),
                ),
                (
                    "stages/3/checkpoints/3.2",
                    json!({"number": "3.2", "name": "Заседания ГМО на платформе", "start": "2017-08", "end": "2017-12"}),
                    Json::Null,
                ),
            ],
        );
    }
}
