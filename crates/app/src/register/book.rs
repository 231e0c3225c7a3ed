//! The workbook: a sheet for each register.
//!
//! Texts are written as text cells, marked so that a spreadsheet keeps them text even when they are
//! edited: a name that begins with `=` never becomes a formula. Where a sheet can be imported its
//! headers are those that the import knows.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use kafedra_documents::words;
use kafedra_model::{
    Locale,
    import::{Field, Kind},
    qualification_category::QualificationCategory,
};
use kafedra_store::{
    employment, institution, kit, kit_status, person, professional_development,
    qualification_category, readiness_test, teacher_leader,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use uuid::Uuid;

pub struct Register {
    pub people: Vec<person::Model>,
    pub employments: Vec<employment::Model>,
    pub documents: Vec<professional_development::Model>,
    pub institutions: Vec<institution::Model>,
    /// The institutions that have rows of their own; `None` for all.
    pub institutions_shown: Option<HashSet<Uuid>>,
    pub kits: Vec<kit::Model>,
    pub leaders: Vec<teacher_leader::Model>,
    pub categories: Vec<qualification_category::Model>,
    pub statuses: Vec<kit_status::Model>,
    pub tests: Vec<readiness_test::Model>,
    /// Names by code.
    pub positions: HashMap<String, String>,
    pub today: NaiveDate,
    pub zone: Tz,
}

/// A cell to write.
enum Value<'a> {
    Text(&'a str),
    Owned(String),
    Day(Option<NaiveDate>),
    Number(i32),
    Yes(bool),
}

impl Register {
    /// The day of a moment in the city.
    fn moment(&self, at: Option<DateTime<Utc>>) -> Value<'static> {
        Value::Day(at.map(|at| at.with_timezone(&self.zone).date_naive()))
    }
}

struct Book {
    book: Workbook,
    locale: Locale,
    bold: Format,
    text: Format,
    day: Format,
}

pub fn write(register: &Register, locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book {
        book: Workbook::new(),
        locale,
        bold: Format::new().set_bold().set_quote_prefix(),
        text: Format::new().set_quote_prefix(),
        day: Format::new().set_num_format("dd.mm.yyyy"),
    };
    let people: HashMap<Uuid, &person::Model> =
        register.people.iter().map(|row| (row.id, row)).collect();
    let names: HashMap<Uuid, &str> = register
        .institutions
        .iter()
        .map(|row| (row.id, row.short_name.as_str()))
        .collect();
    book.people(register)?;
    book.employments(register, &people, &names)?;
    book.documents(register, &people)?;
    book.institutions(register, &names)?;
    book.kits(register, &names)?;
    book.leaders(register, &people)?;
    book.categories(register, &people)?;
    book.book.save_to_buffer()
}

impl Book {
    fn said(&self, ru: &'static str, en: &'static str) -> &'static str {
        match self.locale {
            Locale::Ru => ru,
            Locale::En => en,
        }
    }

    fn titles(&self, fields: &[Field]) -> Vec<&'static str> {
        fields
            .iter()
            .map(|field| field.title(self.locale))
            .collect()
    }

    fn sheet<'a>(
        &mut self,
        name: &str,
        headers: &[&str],
        rows: impl Iterator<Item = Vec<Value<'a>>>,
    ) -> Result<(), XlsxError> {
        let (bold, text, day) = (&self.bold, &self.text, &self.day);
        let yes = match self.locale {
            Locale::Ru => ["нет", "да"],
            Locale::En => ["no", "yes"],
        };
        let sheet: &mut Worksheet = self.book.add_worksheet();
        sheet.set_name(name)?;
        for (column, header) in (0..).zip(headers) {
            sheet.write_string_with_format(0, column, *header, bold)?;
            sheet.set_column_width(column, 18)?;
        }
        for (row, values) in (1..).zip(rows) {
            for (column, value) in (0..).zip(values) {
                match value {
                    Value::Text("") | Value::Day(None) => continue,
                    Value::Text(said) => sheet.write_string_with_format(row, column, said, text)?,
                    Value::Owned(said) => {
                        sheet.write_string_with_format(row, column, said, text)?
                    }
                    Value::Yes(is) => {
                        sheet.write_string_with_format(row, column, yes[usize::from(is)], text)?
                    }
                    Value::Number(number) => sheet.write_number(row, column, number)?,
                    Value::Day(Some(date)) => match excel(date) {
                        Some(date) => sheet.write_datetime_with_format(row, column, &date, day)?,
                        // Spreadsheets know no day before 1900.
                        None => {
                            sheet.write_string_with_format(row, column, date.to_string(), text)?
                        }
                    },
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    fn people(&mut self, register: &Register) -> Result<(), XlsxError> {
        let mut headers = self.titles(&[
            Field::FamilyName,
            Field::GivenName,
            Field::Patronymic,
            Field::BirthDate,
            Field::Email,
        ]);
        headers.push(self.said("В архиве с", "Archived since"));
        let rows = register.people.iter().map(|row| {
            vec![
                Value::Text(&row.family_name),
                Value::Text(&row.given_name),
                Value::Text(&row.patronymic),
                Value::Day(row.birth_date),
                Value::Text(row.email.as_deref().unwrap_or_default()),
                register.moment(row.archived_at),
            ]
        });
        self.sheet(self.said("Люди", "People"), &headers, rows)
    }

    fn employments(
        &mut self,
        register: &Register,
        people: &HashMap<Uuid, &person::Model>,
        names: &HashMap<Uuid, &str>,
    ) -> Result<(), XlsxError> {
        let headers = self.titles(&[
            Field::FullName,
            Field::BirthDate,
            Field::Institution,
            Field::Position,
            Field::IsMain,
            Field::StartsOn,
            Field::EndsOn,
        ]);
        let rows = register.employments.iter().filter_map(|row| {
            let person = people.get(&row.person_id)?;
            let position = register.positions.get(&row.position_code);
            Some(vec![
                Value::Owned(person.full_name()),
                Value::Day(person.birth_date),
                Value::Text(names.get(&row.institution_id).copied().unwrap_or_default()),
                Value::Text(position.map_or("", String::as_str)),
                Value::Yes(row.is_main),
                Value::Day(Some(row.from_date)),
                Value::Day(row.to_date),
            ])
        });
        self.sheet(self.said("Места работы", "Places of work"), &headers, rows)
    }

    fn documents(
        &mut self,
        register: &Register,
        people: &HashMap<Uuid, &person::Model>,
    ) -> Result<(), XlsxError> {
        let mut headers = self.titles(&[
            Field::FullName,
            Field::BirthDate,
            Field::DocumentKind,
            Field::Series,
            Field::BlankNumber,
            Field::Registration,
            Field::Issuer,
            Field::IssuedOn,
            Field::Programme,
            Field::ProgrammeKind,
            Field::Hours,
            Field::TrainingStart,
            Field::TrainingEnd,
            Field::Form,
            Field::Funding,
            Field::RegisterStatus,
        ]);
        headers.push(self.said("Действует по", "Valid until"));
        headers.push(self.said("Проверен", "Verified"));
        let locale = self.locale;
        let rows = register.documents.iter().filter_map(|row| {
            let person = people.get(&row.person_id)?;
            Some(vec![
                Value::Owned(person.full_name()),
                Value::Day(person.birth_date),
                Value::Text(words::development(row.kind(), locale)),
                Value::Text(row.series.as_deref().unwrap_or_default()),
                Value::Text(&row.blank_number),
                Value::Text(&row.registration),
                Value::Text(&row.issuer),
                Value::Day(Some(row.issued_on)),
                Value::Text(&row.programme),
                Value::Text(&row.programme_kind),
                Value::Number(row.hours),
                Value::Day(row.training_start),
                Value::Day(row.training_end),
                Value::Text(&row.form),
                Value::Text(&row.funding),
                Value::Text(&row.register_status),
                Value::Day(Some(row.valid_until)),
                register.moment(row.verified_at),
            ])
        });
        self.sheet(self.said("Документы", "Documents"), &headers, rows)
    }

    fn institutions(
        &mut self,
        register: &Register,
        names: &HashMap<Uuid, &str>,
    ) -> Result<(), XlsxError> {
        let mut headers = self.titles(Kind::Institutions.fields());
        headers.push(self.said("В архиве с", "Archived since"));
        let shown = |id: &Uuid| {
            let some = register.institutions_shown.as_ref();
            some.is_none_or(|some| some.contains(id))
        };
        let locale = self.locale;
        let rows = register
            .institutions
            .iter()
            .filter(|row| shown(&row.id))
            .map(|row| {
                let of = row.building_of.and_then(|id| names.get(&id).copied());
                vec![
                    Value::Text(&row.name),
                    Value::Text(&row.short_name),
                    Value::Text(words::institution(&row.kind, locale)),
                    Value::Text(&row.address),
                    Value::Yes(row.municipal),
                    Value::Text(of.unwrap_or_default()),
                    register.moment(row.archived_at),
                ]
            });
        self.sheet(self.said("Учреждения", "Institutions"), &headers, rows)
    }

    fn kits(&mut self, register: &Register, names: &HashMap<Uuid, &str>) -> Result<(), XlsxError> {
        let headers = match self.locale {
            Locale::Ru => [
                "Учреждение",
                "Комплект",
                "Место",
                "Инвентарный номер",
                "Камера",
                "Спикерфон",
                "Компьютер",
                "Канал связи",
                "Состояние",
                "Последняя проверка",
                "Пройдена",
                "В архиве с",
            ],
            Locale::En => [
                "Institution",
                "Kit",
                "Place",
                "Inventory number",
                "Camera",
                "Speakerphone",
                "Computer",
                "Channel",
                "Status",
                "Last test",
                "Passed",
                "Archived since",
            ],
        };
        let locale = self.locale;
        let rows = register.kits.iter().map(|row| {
            let statuses = register
                .statuses
                .iter()
                .filter(|status| status.kit_id == row.id);
            let status = statuses.max_by_key(|status| (status.since, status.id));
            let tests = register.tests.iter().filter(|test| test.kit_id == row.id);
            let test = tests.max_by_key(|test| (test.tested_on, test.id));
            vec![
                Value::Text(names.get(&row.institution_id).copied().unwrap_or_default()),
                Value::Text(&row.name),
                Value::Text(&row.place),
                Value::Text(&row.inventory_number),
                Value::Yes(row.has_camera),
                Value::Yes(row.has_speakerphone),
                Value::Yes(row.has_computer),
                Value::Yes(row.has_channel),
                Value::Text(
                    status.map_or("", |one| words::kit_status(one.change().status, locale)),
                ),
                Value::Day(test.map(|one| one.tested_on)),
                test.map_or(Value::Text(""), |one| Value::Yes(one.passed)),
                register.moment(row.archived_at),
            ]
        });
        self.sheet(self.said("Комплекты", "Room kits"), &headers, rows)
    }

    fn leaders(
        &mut self,
        register: &Register,
        people: &HashMap<Uuid, &person::Model>,
    ) -> Result<(), XlsxError> {
        let headers = match self.locale {
            Locale::Ru => ["ФИО", "Конкурс", "Награда", "С"],
            Locale::En => ["Full name", "Contest", "Award", "Since"],
        };
        let locale = self.locale;
        let rows = register.leaders.iter().filter_map(|row| {
            let person = people.get(&row.person_id)?;
            Some(vec![
                Value::Owned(person.full_name()),
                Value::Text(&row.contest),
                Value::Text(words::award(&row.award, locale)),
                Value::Day(Some(row.since)),
            ])
        });
        self.sheet(
            self.said("Педагоги-лидеры", "Teacher-leaders"),
            &headers,
            rows,
        )
    }

    fn categories(
        &mut self,
        register: &Register,
        people: &HashMap<Uuid, &person::Model>,
    ) -> Result<(), XlsxError> {
        let headers = match self.locale {
            Locale::Ru => ["ФИО", "Категория", "С", "По"],
            Locale::En => ["Full name", "Category", "From", "Until"],
        };
        let locale = self.locale;
        let rows = register.categories.iter().filter_map(|row| {
            let person = people.get(&row.person_id)?;
            let category = QualificationCategory::parse(&row.category)?;
            Some(vec![
                Value::Owned(person.full_name()),
                Value::Text(words::category(category, locale)),
                Value::Day(Some(row.from_date)),
                Value::Day(row.until_date),
            ])
        });
        self.sheet(self.said("Категории", "Categories"), &headers, rows)
    }
}

fn excel(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    );
    ExcelDateTime::from_ymd(year, month, day).ok()
}
