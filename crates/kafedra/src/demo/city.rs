//! The invented city: institutions, people and who works where. Pure: the seed decides all of it.

use kafedra_model::{Role, demo::ACCOUNTS};
use uuid::Uuid;

use super::{
    chance::Chance,
    names::{self, Name},
};

/// Year of the founding passport.
const SEED: u64 = 2017;
pub const INSTITUTIONS: usize = 60;
pub const PEOPLE: usize = 5_000;

pub struct City {
    pub institutions: Vec<Institution>,
    pub people: Vec<Person>,
    pub employments: Vec<Employment>,
    pub grants: Vec<Grant>,
    pub accounts: Vec<Account>,
}

pub struct Institution {
    pub id: Uuid,
    pub name: String,
    pub short_name: String,
    pub kind: &'static str,
    pub address: String,
}

pub struct Person {
    pub id: Uuid,
    pub name: Name,
}

pub struct Employment {
    pub id: Uuid,
    pub person: Uuid,
    pub institution: Uuid,
    /// Code of the dictionary of positions.
    pub position: &'static str,
    pub is_main: bool,
    /// First of September of this year.
    pub since: i32,
}

pub struct Grant {
    pub id: Uuid,
    pub person: Uuid,
    pub role: Role,
    /// `None` for the whole city.
    pub institution: Option<Uuid>,
}

pub struct Account {
    pub id: Uuid,
    pub person: Uuid,
    pub login: &'static str,
}

/// What an institution is, and whom it employs.
struct Kind {
    code: &'static str,
    count: usize,
    staff: usize,
    /// How many of each position come first; the rest are drawn from `others`.
    first: &'static [(&'static str, usize)],
    others: &'static [&'static str],
}

const KINDS: [Kind; 5] = [
    Kind {
        code: "committee",
        count: 1,
        staff: 20,
        first: &[("department_head", 3), ("secretary", 1)],
        others: &["official"],
    },
    Kind {
        code: "method_centre",
        count: 1,
        staff: 30,
        first: &[
            ("director", 1),
            ("deputy_director", 2),
            ("it_specialist", 2),
        ],
        others: &["methodologist", "methodologist", "senior_methodologist"],
    },
    Kind {
        code: "school",
        count: 32,
        staff: 110,
        first: &[
            ("director", 1),
            ("deputy_director", 4),
            ("psychologist", 2),
            ("social_teacher", 2),
            ("librarian_teacher", 1),
            ("upbringing_adviser", 1),
            ("safety_teacher", 1),
            ("it_specialist", 1),
            ("secretary", 1),
            ("laboratory_assistant", 2),
        ],
        others: &[
            "teacher",
            "teacher",
            "teacher",
            "teacher_primary",
            "extended_education_teacher",
        ],
    },
    Kind {
        code: "kindergarten",
        count: 24,
        staff: 55,
        first: &[
            ("kindergarten_head", 1),
            ("deputy_director", 1),
            ("senior_kindergarten_teacher", 2),
            ("music_director", 2),
            ("physical_instructor", 1),
            ("speech_therapist", 3),
            ("psychologist", 1),
        ],
        others: &[
            "kindergarten_teacher",
            "kindergarten_teacher",
            "kindergarten_teacher",
            "assistant_kindergarten_teacher",
        ],
    },
    Kind {
        code: "extended_education",
        count: 2,
        staff: 55,
        first: &[
            ("director", 1),
            ("deputy_director", 2),
            ("concertmaster", 4),
        ],
        others: &["extended_education_teacher", "coach_teacher", "organiser"],
    },
];

const STREETS: &[&str] = &[
    "ул. Школьная",
    "ул. Садовая",
    "ул. Речная",
    "ул. Солнечная",
    "ул. Берёзовая",
    "пр. Мира",
    "ул. Молодёжная",
    "ул. Лесная",
    "наб. Тихая",
    "ул. Полевая",
    "ул. Светлая",
    "пер. Учительский",
];

const KINDERGARTENS: &[&str] = &[
    "Берёзка",
    "Василёк",
    "Дубок",
    "Журавлик",
    "Звёздочка",
    "Золотой ключик",
    "Капелька",
    "Колобок",
    "Колокольчик",
    "Ласточка",
    "Лучик",
    "Малинка",
    "Одуванчик",
    "Подсолнух",
    "Радуга",
    "Ромашка",
    "Росинка",
    "Рябинка",
    "Светлячок",
    "Сказка",
    "Снежинка",
    "Солнышко",
    "Теремок",
    "Улыбка",
];

/// The city. Always the same.
pub fn build() -> City {
    let mut chance = Chance::seeded(SEED);
    let mut city = City {
        institutions: Vec::with_capacity(INSTITUTIONS),
        people: Vec::with_capacity(PEOPLE),
        employments: Vec::with_capacity(PEOPLE + PEOPLE / 20),
        grants: Vec::new(),
        accounts: Vec::new(),
    };
    for kind in &KINDS {
        for number in 0..kind.count {
            let institution = institution(&mut chance, &city, kind, number);
            let id = institution.id;
            city.institutions.push(institution);
            staff(&mut chance, &mut city, kind, id);
        }
    }
    second_jobs(&mut chance, &mut city);
    grant_heads(&mut chance, &mut city);
    open_accounts(&mut chance, &mut city);
    city
}

fn institution(chance: &mut Chance, city: &City, kind: &Kind, number: usize) -> Institution {
    let (name, short_name) = match kind.code {
        "committee" => (
            "Комитет по образованию администрации города".to_owned(),
            "Комитет по образованию".to_owned(),
        ),
        "method_centre" => (
            "Информационно-методический центр".to_owned(),
            "ИМЦ".to_owned(),
        ),
        "school" => match number + 1 {
            n @ 1..=3 => (format!("Гимназия № {n}"), format!("Гимназия № {n}")),
            n @ 4..=5 => (format!("Лицей № {n}"), format!("Лицей № {n}")),
            n => (
                format!("Средняя общеобразовательная школа № {n}"),
                format!("СОШ № {n}"),
            ),
        },
        "kindergarten" => {
            let name = KINDERGARTENS.get(number).copied().unwrap_or_default();
            (
                format!("Детский сад № {} «{name}»", number + 1),
                format!("ДС № {} «{name}»", number + 1),
            )
        }
        _ if number == 0 => (
            "Дворец детского и юношеского творчества".to_owned(),
            "ДДЮТ".to_owned(),
        ),
        _ => ("Центр технического творчества".to_owned(), "ЦТТ".to_owned()),
    };
    Institution {
        id: chance.id(city.institutions.len()),
        name,
        short_name,
        kind: kind.code,
        address: format!("{}, д. {}", chance.pick(STREETS), 1 + chance.below(90)),
    }
}

fn staff(chance: &mut Chance, city: &mut City, kind: &Kind, institution: Uuid) {
    let first = kind
        .first
        .iter()
        .flat_map(|(position, count)| std::iter::repeat_n(*position, *count));
    let first: Vec<&'static str> = first.collect();
    for place in 0..kind.staff {
        let position = match first.get(place) {
            Some(position) => position,
            None => chance.pick(kind.others),
        };
        let person = chance.id(1_000 + city.people.len());
        let name = names::invent(chance);
        city.people.push(Person { id: person, name });
        let since = 1990 + i32::try_from(chance.below(36)).unwrap_or_default();
        let id = chance.id(100_000 + city.employments.len());
        city.employments.push(Employment {
            id,
            person,
            institution,
            position,
            is_main: true,
            since,
        });
    }
}

/// One of twenty-five works part-time in a second institution too.
fn second_jobs(chance: &mut Chance, city: &mut City) {
    let main = city.employments.len();
    for index in 0..main {
        if !chance.percent(4) {
            continue;
        }
        let elsewhere = chance.below(city.institutions.len());
        let (Some(job), Some(other)) = (
            city.employments.get(index),
            city.institutions.get(elsewhere),
        ) else {
            continue;
        };
        if job.institution == other.id {
            continue;
        }
        let second = Employment {
            id: chance.id(100_000 + city.employments.len()),
            person: job.person,
            institution: other.id,
            position: "extended_education_teacher",
            is_main: false,
            since: job.since.max(2010),
        };
        city.employments.push(second);
    }
}

/// Every head directs, one deputy of each institution coordinates.
fn grant_heads(chance: &mut Chance, city: &mut City) {
    let mut coordinated = std::collections::HashSet::new();
    for job in city.employments.iter().filter(|job| job.is_main) {
        let role = match job.position {
            "director" | "kindergarten_head" => Role::Director,
            "deputy_director" if coordinated.insert(job.institution) => Role::Coordinator,
            _ => continue,
        };
        city.grants.push(Grant {
            id: chance.id(200_000 + city.grants.len()),
            person: job.person,
            role,
            institution: Some(job.institution),
        });
    }
}

/// The accounts of `kafedra_model::demo`, each given to somebody whose work fits the role.
fn open_accounts(chance: &mut Chance, city: &mut City) {
    let mut taken: Vec<Uuid> = Vec::new();
    for (login, role) in ACCOUNTS {
        let (kind, position) = match role {
            "administrator" => ("method_centre", "it_specialist"),
            "methodologist" => ("method_centre", "methodologist"),
            "official" => ("committee", "official"),
            "director" => ("school", "director"),
            "coordinator" => ("school", "deputy_director"),
            _ => ("school", "teacher"),
        };
        let kind_of = |id: Uuid| {
            city.institutions
                .iter()
                .find(|one| one.id == id)
                .map(|one| one.kind)
        };
        let Some(person) = city
            .employments
            .iter()
            .filter(|job| job.is_main && job.position == position)
            .find(|job| kind_of(job.institution) == Some(kind) && !taken.contains(&job.person))
            .map(|job| job.person)
        else {
            continue;
        };
        taken.push(person);
        let city_role = match role {
            "administrator" => Some(Role::Administrator),
            "methodologist" => Some(Role::Methodologist),
            "official" => Some(Role::Official),
            _ => None,
        };
        if let Some(role) = city_role {
            city.grants.push(Grant {
                id: chance.id(200_000 + city.grants.len()),
                person,
                role,
                institution: None,
            });
        }
        city.accounts.push(Account {
            id: chance.id(300_000 + city.accounts.len()),
            person,
            login,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_city_is_as_large_as_promised_and_always_the_same() {
        let city = build();
        assert_eq!(city.institutions.len(), INSTITUTIONS);
        assert_eq!(city.people.len(), PEOPLE);
        assert_eq!(city.accounts.len(), ACCOUNTS.len());
        let again = build();
        assert_eq!(city.people[4_999].id, again.people[4_999].id);
        assert_eq!(city.people[4_999].name, again.people[4_999].name);
    }

    #[test]
    fn nobody_is_met_twice_and_everyone_has_one_main_job() {
        let city = build();
        let ids: HashSet<Uuid> = city
            .people
            .iter()
            .map(|person| person.id)
            .chain(city.institutions.iter().map(|one| one.id))
            .chain(city.employments.iter().map(|job| job.id))
            .chain(city.grants.iter().map(|grant| grant.id))
            .collect();
        let all = city.people.len()
            + city.institutions.len()
            + city.employments.len()
            + city.grants.len();
        assert_eq!(ids.len(), all);
        let main: HashSet<Uuid> = city
            .employments
            .iter()
            .filter(|job| job.is_main)
            .map(|job| job.person)
            .collect();
        assert_eq!(main.len(), PEOPLE);
    }

    #[test]
    fn the_role_accounts_hold_their_roles() {
        let city = build();
        for (login, role) in ACCOUNTS {
            let account = city.accounts.iter().find(|one| one.login == login).unwrap();
            let held: Vec<&str> = city
                .grants
                .iter()
                .filter(|grant| grant.person == account.person)
                .map(|grant| grant.role.as_str())
                .collect();
            if role == "teacher" {
                assert!(held.is_empty());
            } else {
                assert_eq!(held, [role]);
            }
        }
    }
}
