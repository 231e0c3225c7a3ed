//! A row of a table of documents of professional development.

use chrono::NaiveDate;

use super::{
    Field, Row, Trouble,
    cell::Reading,
    complaint::Complaints,
    person::{self, Claimed},
};
use crate::{
    name,
    professional_development::{Fault, Kind, MOST_HOURS, NaturalKey, Typed, valid_until},
};

/// What a row of documents claims; without complaints that refuse it, everything in it fits.
#[derive(Debug, Clone)]
pub struct Document {
    pub who: Claimed,
    /// As typed; helps to tell namesakes apart.
    pub institution: String,
    pub kind: Kind,
    pub series: String,
    pub blank_number: String,
    pub registration: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
    pub programme: String,
    pub programme_kind: String,
    pub hours: u32,
    pub training_start: Option<NaiveDate>,
    pub training_end: Option<NaiveDate>,
    pub form: String,
    pub funding: String,
    pub register_status: String,
}

impl Document {
    pub fn key(&self) -> NaturalKey {
        NaturalKey::new(&self.registration, &self.issuer, self.issued_on)
    }
}

pub fn read(row: Row<'_>, today: NaiveDate) -> (Document, Complaints) {
    let mut reading = Reading {
        row,
        complaints: Complaints::default(),
    };
    let who = person::who(&mut reading, today);
    if who.names.family.is_empty() && who.snils.is_none() && reading.complaints.is_empty() {
        reading.complain(Field::FullName, Trouble::Required);
    }
    let institution = reading.line(Field::Institution, 300);
    let kind = kind(&mut reading);
    let before = reading.complaints.len();
    let issued_on = reading.date(Field::IssuedOn);
    if issued_on.is_none() && reading.complaints.len() == before {
        reading.complain(Field::IssuedOn, Trouble::Required);
    }
    let hours = hours(&mut reading);
    let document = Document {
        who,
        institution,
        kind: kind.unwrap_or(Kind::Other),
        series: reading.line(Field::Series, 20),
        blank_number: reading.line(Field::BlankNumber, 40),
        registration: reading.needed(Field::Registration, 60),
        issuer: reading.needed(Field::Issuer, 300),
        issued_on: issued_on.unwrap_or(today),
        programme: reading.line(Field::Programme, 500),
        programme_kind: reading.line(Field::ProgrammeKind, 200),
        hours: hours.unwrap_or(1),
        training_start: reading.date(Field::TrainingStart),
        training_end: reading.date(Field::TrainingEnd),
        form: reading.line(Field::Form, 100),
        funding: reading.line(Field::Funding, 100),
        register_status: reading.line(Field::RegisterStatus, 200),
    };
    faults(&mut reading, &document, today);
    if kind.is_some() && hours.is_some() && !reading.complaints.refuse() {
        notes(&mut reading, &document, today);
    }
    (document, reading.complaints)
}

/// The rules of a document that somebody types in a form.
fn faults(reading: &mut Reading<'_>, document: &Document, today: NaiveDate) {
    let typed = Typed {
        registration: &document.registration,
        issuer: &document.issuer,
        hours: document.hours,
        issued_on: document.issued_on,
        training_start: document.training_start,
        training_end: document.training_end,
    };
    for fault in typed.faults(today) {
        let (field, trouble) = match fault {
            // An empty cell was complained of already.
            Fault::NoRegistration if document.registration.is_empty() => continue,
            Fault::NoIssuer if document.issuer.is_empty() => continue,
            Fault::NoRegistration => (Field::Registration, Trouble::NoRegistration),
            Fault::NoIssuer => (Field::Issuer, Trouble::Required),
            Fault::FutureIssue => (Field::IssuedOn, Trouble::Future(document.issued_on)),
            Fault::AncientIssue => (Field::IssuedOn, Trouble::Ancient(document.issued_on)),
            Fault::NoHours | Fault::TooManyHours => (Field::Hours, Trouble::Hours),
            Fault::Backwards => (Field::TrainingEnd, Trouble::Backwards),
            Fault::IssuedBeforeTraining => (Field::IssuedOn, Trouble::IssuedBeforeTraining),
        };
        reading.complain(field, trouble);
    }
}

/// What is kept and does not count, so that nobody is surprised by the indicator.
fn notes(reading: &mut Reading<'_>, document: &Document, today: NaiveDate) {
    match document.kind.fewest_hours() {
        None => reading.complain(Field::DocumentKind, Trouble::OtherKind),
        Some(fewest) if document.hours < fewest => {
            reading.complain(Field::Hours, Trouble::FewHours(fewest));
        }
        Some(_) if valid_until(document.issued_on) < today => {
            let last = valid_until(document.issued_on);
            reading.complain(Field::IssuedOn, Trouble::Expired(last));
        }
        Some(_) => {}
    }
}

fn kind(reading: &mut Reading<'_>) -> Option<Kind> {
    let typed = reading.needed(Field::DocumentKind, 200);
    let folded = name::fold(&typed);
    let has = |stems: &[&str]| stems.iter().any(|stem| folded.contains(stem));
    if folded.is_empty() {
        None
    } else if has(&["переподготов", "диплом", "retraining"]) {
        Some(Kind::Retraining)
    } else if has(&["удостовер", "повышени", "certificate"]) {
        Some(Kind::Certificate)
    } else if has(&[
        "друг",
        "иное",
        "иной",
        "семинар",
        "сертификат",
        "справк",
        "свидетельств",
        "other",
    ]) {
        Some(Kind::Other)
    } else {
        reading.complain(Field::DocumentKind, Trouble::NotAKind(typed));
        None
    }
}

/// «72», «72 часа», «72,0».
fn hours(reading: &mut Reading<'_>) -> Option<u32> {
    let typed = reading.needed(Field::Hours, 40);
    if typed.is_empty() {
        return None;
    }
    let folded = name::fold(&typed);
    let bare = folded
        .trim_end_matches('.')
        .trim_end_matches(char::is_alphabetic)
        .trim();
    let whole = match bare.split_once([',', '.']) {
        Some((whole, zeroes)) if zeroes.chars().all(|c| c == '0') => whole,
        _ => bare,
    };
    let number = whole.parse::<u32>().ok();
    match number {
        None => reading.complain(Field::Hours, Trouble::NotANumber(typed)),
        Some(number) if number == 0 || number > MOST_HOURS => {
            reading.complain(Field::Hours, Trouble::Hours);
            return None;
        }
        Some(_) => {}
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Locale, import::Cell};

    const MAPPING: [Option<Field>; 9] = [
        Some(Field::FullName),
        Some(Field::DocumentKind),
        Some(Field::Registration),
        Some(Field::Issuer),
        Some(Field::IssuedOn),
        Some(Field::Hours),
        Some(Field::TrainingStart),
        Some(Field::TrainingEnd),
        Some(Field::Snils),
    ];

    fn said(cells: &[&str]) -> (Document, Vec<String>, bool) {
        let cells: Vec<Cell> = cells.iter().map(|text| Cell::typed(text)).collect();
        let row = Row {
            mapping: &MAPPING,
            cells: &cells,
        };
        let (document, complaints) = read(row, "2017-09-04".parse().expect("a date"));
        let refused = complaints.refuse();
        let words = complaints
            .into_vec()
            .iter()
            .map(|one| one.words(Locale::Ru))
            .collect();
        (document, words, refused)
    }

    #[test]
    fn fifteen_hours_are_kept_and_told_not_to_count() {
        let row = |kind, hours| said(&["Котов Пётр", kind, "ПК-1", "ИРО", "01.03.2016", hours]);
        let (document, words, refused) = row("Удостоверение о повышении квалификации", "16 ч.");
        assert_eq!((document.hours, words, refused), (16, Vec::new(), false));
        let (document, words, refused) = row("удостоверение", "15");
        assert_eq!((document.hours, refused), (15, false));
        assert_eq!(
            words,
            ["Часы: документ сохранится, но в показатель не войдёт: нужно от 16 ч."]
        );
        let (document, words, _) = row("Диплом о профессиональной переподготовке", "249,0");
        assert_eq!((document.kind, document.hours), (Kind::Retraining, 249));
        assert_eq!(words.len(), 1);
        assert_eq!(
            row("сертификат семинара", "8 часов").1,
            ["Вид документа: документ сохранится, но в показатель не войдёт."]
        );
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        let (_, words, refused) = said(&[
            "Котов Пётр",
            "грамота",
            "№ —",
            "ИРО",
            "05.09.2017",
            "7,5",
            "06.09.2017",
            "01.09.2017",
        ]);
        assert!(refused);
        assert_eq!(
            words,
            [
                "Вид документа: «грамота»: такого вида нет. Напишите «удостоверение», «диплом о переподготовке» или «другое».",
                "Часы: «7,5» — не целое число.",
                "Регистрационный номер: в номере нет ни цифр, ни букв.",
                "Дата выдачи: 05.09.2017 ещё не наступило. Проверьте год.",
                "Конец обучения: конец раньше начала. Проверьте даты.",
                "Дата выдачи: документ выдан раньше, чем началось обучение. Проверьте даты.",
            ]
        );
        let (_, words, _) = said(&["", "", "", "", "", ""]);
        assert_eq!(words.len(), 6, "{words:?}");
    }

    #[test]
    fn an_insurance_number_alone_says_whose_a_document_is() {
        let (_, words, refused) = said(&[
            "",
            "удостоверение",
            "1",
            "ИРО",
            "01.03.2016",
            "72",
            "",
            "",
            "112-233-445 95",
        ]);
        assert_eq!((words, refused), (Vec::new(), false));
    }

    #[test]
    fn a_document_issued_on_a_leap_day_expires_on_the_last_of_february() {
        let (_, words, _) = said(&[
            "Котов Пётр",
            "удостоверение",
            "1",
            "ИРО",
            "29.02.2012",
            "72",
        ]);
        assert_eq!(
            words,
            ["Дата выдачи: действовал по 28.02.2015: в показатель уже не входит."]
        );
    }
}
