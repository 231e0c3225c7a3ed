//! Rows into drafts, with words about everything that is wrong.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kafedra_model::{Actor, Locale, name};
use kafedra_store::{account, employment, institution, person, position, search::Slice};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{ImportRow, read::Row};
use crate::{
    ApiResult,
    form::Form,
    person::read_person,
    problem::{FieldCode, TAKEN, locale},
};

pub const NO_INSTITUTION: FieldCode = FieldCode {
    code: "import.no_institution",
    ru: "Такого учреждения нет в списке. Сверьте название с разделом «Учреждения».",
    en: "There is no such institution. Compare the name with the list of institutions.",
};
pub const NOT_YOURS: FieldCode = FieldCode {
    code: "import.not_yours",
    ru: "Вы не ведёте это учреждение. Уберите строку или передайте её координатору учреждения.",
    en: "This institution is not yours to keep. Take the row out or hand it to its coordinator.",
};
pub const NO_POSITION: FieldCode = FieldCode {
    code: "import.no_position",
    ru: "Такой должности нет в справочнике. Выберите название из него.",
    en: "There is no such position in the dictionary. Choose a name from it.",
};
pub const REPEATED: FieldCode = FieldCode {
    code: "import.repeated",
    ru: "Этот человек уже есть выше в файле. Оставьте одну строку.",
    en: "This person already stands higher up in the file. Keep one row.",
};

pub const FIELD_CODES: &[FieldCode] = &[NO_INSTITUTION, NOT_YOURS, NO_POSITION, REPEATED];

/// A row with what is said about it, and whom it would add.
pub struct Checked {
    pub report: ImportRow,
    /// `None` for a wrong row and for a duplicate.
    pub newcomer: Option<Newcomer>,
}

pub struct Newcomer {
    pub person: person::Draft,
    pub login: Option<String>,
    pub employment: employment::Draft,
}

/// What rows are compared with; read once.
struct Register {
    /// By folded full and short names.
    institutions: HashMap<String, Uuid>,
    /// By code and folded names.
    positions: HashMap<String, String>,
    /// By institution and folded full name.
    people: HashMap<(Uuid, String), Uuid>,
    emails: HashSet<String>,
    logins: HashSet<String>,
}

pub async fn all(
    db: &impl ConnectionTrait,
    by: &Actor,
    rows: Vec<Row>,
    today: NaiveDate,
) -> ApiResult<Vec<Checked>> {
    let mut register = Register::read(db, today).await?;
    let mut in_file = HashSet::new();
    Ok(rows
        .into_iter()
        .map(|row| check(&mut register, &mut in_file, by, row, today))
        .collect())
}

fn check(
    register: &mut Register,
    in_file: &mut HashSet<(Uuid, String)>,
    by: &Actor,
    row: Row,
    today: NaiveDate,
) -> Checked {
    let mut form = Form::default();
    let draft = read_person(
        &mut form,
        &row.family_name,
        &row.given_name,
        &row.patronymic,
        Some(&row.email),
    );
    let login = form.login("login", Some(&row.login));
    let institution = register
        .institutions
        .get(&name::fold(&row.institution))
        .copied();
    match institution {
        None => form.refuse("institution", &NO_INSTITUTION),
        Some(id) if !by.keeps_institution(id) => form.refuse("institution", &NOT_YOURS),
        Some(_) => {}
    }
    let position = register.positions.get(&name::fold(&row.position)).cloned();
    if position.is_none() {
        form.refuse("position", &NO_POSITION);
    }
    let full_name = name::fold_person(&draft.family_name, &draft.given_name, &draft.patronymic);
    let key = institution.map(|id| (id, full_name));
    let duplicate_of = key
        .as_ref()
        .and_then(|key| register.people.get(key).copied());
    if let Some(key) = key
        && !in_file.insert(key)
    {
        form.refuse("familyName", &REPEATED);
    }
    if duplicate_of.is_none() {
        if draft
            .email
            .as_ref()
            .is_some_and(|email| !register.emails.insert(email.clone()))
        {
            form.refuse("email", &TAKEN);
        }
        if login
            .as_ref()
            .is_some_and(|login| !register.logins.insert(login.clone()))
        {
            form.refuse("login", &TAKEN);
        }
    }
    let errors = form.errors();
    let name = [&draft.family_name, &draft.given_name, &draft.patronymic]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    let newcomer = match (institution, position) {
        (Some(institution_id), Some(position_code))
            if errors.is_empty() && duplicate_of.is_none() =>
        {
            Some(Newcomer {
                person: draft,
                login,
                employment: employment::Draft {
                    institution_id,
                    position_code,
                    is_main: true,
                    from_date: today,
                    to_date: None,
                },
            })
        }
        _ => None,
    };
    Checked {
        report: ImportRow {
            line: row.line,
            name,
            ok: errors.is_empty(),
            errors: errors
                .into_iter()
                .map(|(field, why)| in_words(&field, why))
                .collect(),
            duplicate_of,
        },
        newcomer,
    }
}

/// «Почта: Это уже занято, введите другое.»
fn in_words(field: &str, why: &FieldCode) -> String {
    let (column, words) = match locale() {
        Locale::Ru => (
            match field {
                "familyName" => "Фамилия",
                "givenName" => "Имя",
                "patronymic" => "Отчество",
                "institution" => "Учреждение",
                "position" => "Должность",
                "email" => "Почта",
                "login" => "Логин",
                other => other,
            },
            why.ru,
        ),
        Locale::En => (
            match field {
                "familyName" => "Family name",
                "givenName" => "Given name",
                "patronymic" => "Patronymic",
                "institution" => "Institution",
                "position" => "Position",
                "email" => "E-mail",
                "login" => "Login",
                other => other,
            },
            why.en,
        ),
    };
    format!("{column}: {words}")
}

impl Register {
    async fn read(db: &impl ConnectionTrait, today: NaiveDate) -> ApiResult<Self> {
        let everything = Slice {
            offset: 0,
            limit: 100_000,
        };
        let mut institutions = HashMap::new();
        let living = institution::Filter::default();
        for row in institution::list(db, &living, everything).await?.0 {
            institutions.insert(name::fold(&row.name), row.id);
            institutions.insert(name::fold(&row.short_name), row.id);
        }
        let mut positions = HashMap::new();
        for row in position::all(db).await? {
            for known_as in [&row.name_ru, &row.name_en, &row.code] {
                positions.insert(name::fold(known_as), row.code.clone());
            }
        }
        let names: HashMap<Uuid, String> = person::search_names(db).await?.into_iter().collect();
        let people = employment::lasting(db, today)
            .await?
            .into_iter()
            .filter_map(|row| {
                let full_name = names.get(&row.person_id)?.clone();
                Some(((row.institution_id, full_name), row.person_id))
            })
            .collect();
        Ok(Self {
            institutions,
            positions,
            people,
            emails: person::emails(db).await?.into_iter().collect(),
            logins: account::logins_like(db, "").await?,
        })
    }
}
