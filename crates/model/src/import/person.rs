//! A row of a table of people: who, and where they work.

use chrono::NaiveDate;

use super::{Field, Row, Trouble, cell::Reading, complaint::Complaints, letters};
use crate::{
    login, name,
    snils::{BadSnils, Snils},
};

/// Longest part of a name, as on a person's card.
const NAME_LENGTH: usize = 100;

/// Names as they were read; empty where they could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    pub family: String,
    pub given: String,
    pub patronymic: String,
}

impl Names {
    pub fn folded(&self) -> String {
        name::fold_person(&self.family, &self.given, &self.patronymic)
    }

    /// «Иванова Мария Петровна».
    pub fn whole(&self) -> String {
        name::clean(&format!(
            "{} {} {}",
            self.family, self.given, self.patronymic
        ))
    }
}

/// Who a row is about.
#[derive(Debug, Clone, Default)]
pub struct Claimed {
    pub names: Names,
    pub birth: Option<NaiveDate>,
    pub snils: Option<Snils>,
}

/// What a row of people claims.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub who: Claimed,
    pub email: Option<String>,
    pub login: Option<String>,
    /// As typed; the caller knows which institutions and positions there are.
    pub institution: String,
    pub position: String,
    /// `None` where the row does not say.
    pub is_main: Option<bool>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

pub fn read(row: Row<'_>, today: NaiveDate) -> (Person, Complaints) {
    let mut reading = Reading {
        row,
        complaints: Complaints::default(),
    };
    let who = who(&mut reading, today);
    if who.names.family.is_empty() && reading.complaints.is_empty() {
        reading.complain(name_field(row), Trouble::Required);
    }
    let (from, to) = (reading.date(Field::StartsOn), reading.date(Field::EndsOn));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        reading.complain(Field::EndsOn, Trouble::Backwards);
    }
    let person = Person {
        who,
        email: email(&mut reading),
        login: login(&mut reading),
        institution: reading.needed(Field::Institution, 300),
        position: reading.needed(Field::Position, 300),
        is_main: is_main(&mut reading),
        from,
        to,
    };
    (person, reading.complaints)
}

fn name_field(row: Row<'_>) -> Field {
    if row.has(Field::FullName) {
        Field::FullName
    } else {
        Field::FamilyName
    }
}

/// Reads the columns that say who it is. A row without any name gets no complaint here: a СНИЛС
/// alone may do.
pub fn who(reading: &mut Reading<'_>, today: NaiveDate) -> Claimed {
    Claimed {
        names: names(reading),
        birth: birth(reading, today),
        snils: snils(reading),
    }
}

fn names(reading: &mut Reading<'_>) -> Names {
    if reading.row.has(Field::FullName) {
        let field = Field::FullName;
        let whole = reading.line(field, 3 * NAME_LENGTH);
        let mut words = whole.splitn(3, ' ').map(str::to_owned);
        let mut next = || words.next().unwrap_or_default();
        let names = Names {
            family: next(),
            given: next(),
            patronymic: next(),
        };
        if whole.is_empty() {
            return names;
        }
        if names.given.is_empty() {
            reading.complain(field, Trouble::NoName(whole));
        } else {
            alphabet(reading, field, &whole);
        }
        return names;
    }
    let names = Names {
        family: reading.line(Field::FamilyName, NAME_LENGTH),
        given: reading.line(Field::GivenName, NAME_LENGTH),
        patronymic: reading.line(Field::Patronymic, NAME_LENGTH),
    };
    if names.whole().is_empty() {
        return names;
    }
    for (field, part) in [
        (Field::FamilyName, &names.family),
        (Field::GivenName, &names.given),
    ] {
        if part.is_empty() {
            reading.complain(field, Trouble::Required);
        }
    }
    // One Latin part beside Russian ones is as suspicious as one Latin letter.
    let russian = letters::in_russian(&names.whole()).is_some();
    for (field, part) in [
        (Field::FamilyName, &names.family),
        (Field::GivenName, &names.given),
        (Field::Patronymic, &names.patronymic),
    ] {
        if russian && part.chars().any(|c| c.is_ascii_alphabetic()) {
            let beside = letters::in_russian(&format!("{part} я"));
            complain_of_letters(reading, field, beside, " я");
        } else {
            plain(reading, field, part);
        }
    }
    names
}

fn alphabet(reading: &mut Reading<'_>, field: Field, text: &str) {
    match letters::in_russian(text) {
        Some(mixed) => complain_of_letters(reading, field, Some(mixed), ""),
        None => plain(reading, field, text),
    }
}

fn complain_of_letters(
    reading: &mut Reading<'_>,
    field: Field,
    mixed: Option<letters::Mixed>,
    tail: &str,
) {
    if let Some(letters::Mixed { letters, probably }) = mixed {
        let probably = probably.map(|right| right.trim_end_matches(tail).to_owned());
        reading.complain(field, Trouble::Letters { letters, probably });
    }
}

/// Letters, hyphens and apostrophes; «М.П.» are initials, and digits nobody's name.
fn plain(reading: &mut Reading<'_>, field: Field, text: &str) {
    let short = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() == 1;
    let odd = |c: char| !(c.is_alphabetic() || " -‐’'`().".contains(c));
    if text.chars().any(odd) || !text.is_empty() && !text.chars().any(char::is_alphabetic) {
        reading.complain(field, Trouble::NoName(text.to_owned()));
    } else if text
        .split(' ')
        .any(|word| word.contains('.') && word.split('.').any(short))
    {
        reading.complain(field, Trouble::Initials);
    }
}

fn birth(reading: &mut Reading<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let born = reading.date(Field::BirthDate)?;
    let earliest = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    if born > today {
        reading.complain(Field::BirthDate, Trouble::Future(born));
    } else if born < earliest {
        reading.complain(Field::BirthDate, Trouble::Ancient(born));
    } else {
        return Some(born);
    }
    None
}

fn snils(reading: &mut Reading<'_>) -> Option<Snils> {
    let mut typed = reading.line(Field::Snils, 40);
    if typed.is_empty() {
        return None;
    }
    // A spreadsheet that took it for a number has dropped the noughts before it.
    if matches!(reading.row.cell(Field::Snils), super::Cell::Number(_)) {
        typed = format!("{typed:0>11}");
    }
    match Snils::parse(&typed) {
        Ok(snils) => Some(snils),
        Err(bad) => {
            let trouble = match bad {
                BadSnils::Length => Trouble::SnilsLength,
                BadSnils::Check => Trouble::Snils,
            };
            reading.complain(Field::Snils, trouble);
            None
        }
    }
}

fn email(reading: &mut Reading<'_>) -> Option<String> {
    let typed = reading.line(Field::Email, 254).to_lowercase();
    if typed.is_empty() {
        return None;
    }
    if let Some(letters::Mixed { letters, probably }) = letters::in_address(&typed) {
        reading.complain(Field::Email, Trouble::Letters { letters, probably });
    } else if !login::looks_like_email(&typed) {
        reading.complain(Field::Email, Trouble::Email(typed));
    } else {
        return Some(typed);
    }
    None
}

fn login(reading: &mut Reading<'_>) -> Option<String> {
    let typed = login::normalise(&reading.line(Field::Login, 40));
    if typed.is_empty() {
        return None;
    }
    if login::is_valid(&typed) {
        return Some(typed);
    }
    reading.complain(Field::Login, Trouble::Login(typed));
    None
}

fn is_main(reading: &mut Reading<'_>) -> Option<bool> {
    let typed = reading.line(Field::IsMain, 100);
    match name::fold(&typed).as_str() {
        said if said.contains("совм") || said.contains("part") => Some(false),
        said if said.contains("осн") || said.contains("main") => Some(true),
        _ => reading.said(Field::IsMain, typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Locale, import::Cell};

    const MAPPING: [Option<Field>; 8] = [
        Some(Field::FullName),
        Some(Field::BirthDate),
        Some(Field::Snils),
        Some(Field::Email),
        Some(Field::Institution),
        Some(Field::Position),
        Some(Field::IsMain),
        Some(Field::StartsOn),
    ];

    fn said(mapping: &[Option<Field>], cells: &[&str]) -> (Person, Vec<String>) {
        let cells: Vec<Cell> = cells.iter().map(|text| Cell::typed(text)).collect();
        let today = "2017-09-04".parse().expect("a date");
        let row = Row {
            mapping,
            cells: &cells,
        };
        let (person, complaints) = read(row, today);
        let words = complaints
            .into_vec()
            .iter()
            .map(|complaint| complaint.words(Locale::Ru))
            .collect();
        (person, words)
    }

    #[test]
    fn a_good_row_is_read_whole() {
        let (person, words) = said(
            &MAPPING,
            &[
                " Ёлкина\u{a0}Анна  Ильинична ",
                "1 мая 1980 г.",
                "112-233-445 95",
                "Anna@School.RU",
                "Школа № 1",
                "Учитель",
                "внешний совместитель",
                "01.09.2016",
            ],
        );
        assert_eq!(words, Vec::<String>::new());
        assert_eq!(person.who.names.whole(), "Ёлкина Анна Ильинична");
        assert_eq!(person.who.birth, "1980-05-01".parse().ok());
        assert_eq!(person.email.as_deref(), Some("anna@school.ru"));
        assert_eq!(person.is_main, Some(false));
        assert_eq!(person.from, "2016-09-01".parse().ok());
    }

    #[test]
    fn everything_wrong_with_a_row_is_told_at_once() {
        let (_, words) = said(
            &MAPPING,
            &[
                "Cеменова М.П.",
                "31.02.1980",
                "112-233-445 96",
                "аnna@school.ru",
                "",
                "Учитель",
                "иногда",
                "1.9.16",
            ],
        );
        assert_eq!(
            words,
            [
                "ФИО: буквы не того алфавита: C. Вероятно, «Семенова М.П.».",
                "Дата рождения: дня «31.02.1980» не бывает. Проверьте число и месяц.",
                "СНИЛС: в СНИЛС опечатка: контрольные цифры не сходятся.",
                "Работает с: «1.9.16»: напишите год четырьмя цифрами.",
                "Почта: буквы не того алфавита: а. Вероятно, «anna@school.ru».",
                "Учреждение: заполните это поле.",
                "Основное место: «иногда» непонятно. Напишите «основное» или «совместительство».",
            ]
        );
    }

    #[test]
    fn a_name_must_be_a_name() {
        let check = |name: &str, expected: &str| {
            let (_, words) = said(&MAPPING, &[name, "", "", "", "Ш", "У"]);
            assert_eq!(words.join(" "), expected, "{name}");
        };
        check("", "ФИО: заполните это поле.");
        check("Иванова", "ФИО: «Иванова» не похоже на имя.");
        check(
            "Иванова М.П.",
            "ФИО: нужны полные имя и отчество, не инициалы.",
        );
        check(
            "Иванова Мария 2",
            "ФИО: «Иванова Мария 2» не похоже на имя.",
        );
        check("Кузнецова (Орлова) Анна-Мария О’Ниловна", "");
        check("Smith John", "");
    }

    #[test]
    fn a_latin_part_beside_russian_ones_is_found() {
        let mapping = [
            Some(Field::FamilyName),
            Some(Field::GivenName),
            Some(Field::Institution),
            Some(Field::Position),
        ];
        let (_, words) = said(&mapping, &["COBA", "Мария", "Ш", "У"]);
        assert_eq!(
            words,
            ["Фамилия: буквы не того алфавита: COBA. Вероятно, «СОВА»."]
        );
    }

    #[test]
    fn noughts_that_a_spreadsheet_dropped_come_back() {
        let cells = [Cell::Number(8_765_430_300.0)];
        let row = Row {
            mapping: &[Some(Field::Snils)],
            cells: &cells,
        };
        let (person, _) = read(row, NaiveDate::default());
        assert_eq!(
            person
                .who
                .snils
                .map(|snils| snils.digits().to_owned())
                .as_deref(),
            Some("08765430300")
        );
    }
}
