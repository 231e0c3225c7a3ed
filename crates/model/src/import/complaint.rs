//! What is wrong with a row, or worth knowing about it, in words.

use chrono::NaiveDate;

use super::Field;
use crate::Locale;

/// What is said about one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    pub field: Field,
    pub trouble: Trouble,
}

/// Dates and names are as they stand in the file, so that people find them there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    Required,
    TooLong(usize),
    /// A formula that came to nothing.
    Formula(String),
    NotADate(String),
    NoSuchDay(String),
    ShortYear(String),
    Future(NaiveDate),
    Ancient(NaiveDate),
    /// Latin letters within a Russian name, or Russian ones within an address.
    Letters {
        letters: String,
        probably: Option<String>,
    },
    /// «М.П.» instead of names.
    Initials,
    NoName(String),
    Email(String),
    Login(String),
    Taken,
    Snils,
    SnilsLength,
    /// Belongs to somebody of another name.
    SnilsOfAnother,
    /// Belongs to somebody whose card is archived.
    Archived,
    /// The person has another one in the register.
    OtherSnils,
    OtherBirth,
    NoInstitution(String),
    /// The institution that was named is a building itself.
    IsBuilding(String),
    SeveralInstitutions(String),
    NotYours,
    NoPosition {
        typed: String,
        closest: Option<String>,
    },
    NotYesOrNo(String),
    Backwards,
    /// Another main employment lasts in these days; where.
    SecondMain(String),
    /// Neither main nor part-time is said, and the person works elsewhere already.
    MainOrPart(String),
    /// Working elsewhere, where the importing person keeps nobody.
    OthersPerson(String),
    /// Somebody of this name is there, and nothing says whether it is the same person.
    Namesake(String),
    /// Several of this name fit.
    Several(usize),
    /// The register has nobody of this name.
    Nobody,
    Repeated(usize),
    NotAKind(String),
    NotAnInstitution(String),
    NotANumber(String),
    Hours,
    NoRegistration,
    IssuedBeforeTraining,
    /// The document is in the register, as another person's.
    AnothersDocument,
    /// An institution of this name is there as another kind or under another full name.
    NameTaken(String),
    // What follows refuses nothing.
    /// The main employment there ends with that day, since a new one begins.
    Transfer(String, NaiveDate),
    StartsToday(NaiveDate),
    /// The register's address stays.
    OtherEmail,
    FewHours(u32),
    OtherKind,
    Expired(NaiveDate),
}

impl Trouble {
    /// Whether the row cannot come in because of it.
    pub fn is_error(&self) -> bool {
        !matches!(
            self,
            Self::Transfer(..)
                | Self::StartsToday(_)
                | Self::OtherEmail
                | Self::FewHours(_)
                | Self::OtherKind
                | Self::Expired(_)
        )
    }

    fn words(&self, locale: Locale) -> String {
        match locale {
            Locale::Ru => self.ru(),
            Locale::En => self.en(),
        }
    }

    fn ru(&self) -> String {
        match self {
            Self::Required => "заполните это поле.".to_owned(),
            Self::TooLong(most) => format!("слишком длинно, не больше {most} знаков."),
            Self::Formula(shown) => format!("в ячейке ошибка формулы {shown}. Впишите значение."),
            Self::NotADate(typed) => format!("«{typed}» не похоже на дату. Напишите, например, 31.12.2024."),
            Self::NoSuchDay(typed) => format!("дня «{typed}» не бывает. Проверьте число и месяц."),
            Self::ShortYear(typed) => format!("«{typed}»: напишите год четырьмя цифрами."),
            Self::Future(day) => format!("{} ещё не наступило. Проверьте год.", ru(*day)),
            Self::Ancient(day) => format!("{} — слишком давно. Проверьте год.", ru(*day)),
            Self::Letters { letters, probably: Some(right) } => format!("буквы не того алфавита: {letters}. Вероятно, «{right}»."),
            Self::Letters { letters, probably: None } => format!("буквы не того алфавита: {letters}. Наберите заново."),
            Self::Initials => "нужны полные имя и отчество, не инициалы.".to_owned(),
            Self::NoName(typed) => format!("«{typed}» не похоже на имя."),
            Self::Email(typed) => format!("«{typed}» не похоже на адрес почты. Проверьте знак @ и то, что после него."),
            Self::Login(typed) => format!("«{typed}»: логин состоит из 3–40 латинских букв, цифр, точек и дефисов и начинается с буквы."),
            Self::Taken => "это уже занято другим человеком.".to_owned(),
            Self::Snils => "в СНИЛС опечатка: контрольные цифры не сходятся.".to_owned(),
            Self::SnilsLength => "в СНИЛС должно быть 11 цифр.".to_owned(),
            Self::SnilsOfAnother => "этот СНИЛС записан на человека с другим именем. Сверьте имя и номер.".to_owned(),
            Self::Archived => "карточка этого человека в архиве. Сначала верните её.".to_owned(),
            Self::OtherSnils => "в карточке этого человека другой СНИЛС. Сверьте номер.".to_owned(),
            Self::OtherBirth => "в карточке этого человека другая дата рождения. Сверьте даты.".to_owned(),
            Self::NoInstitution(typed) => format!("учреждения «{typed}» нет в списке. Сверьте название с разделом «Учреждения»."),
            Self::IsBuilding(typed) => format!("«{typed}» само здание другого учреждения. Назовите юридическое лицо."),
            Self::SeveralInstitutions(typed) => format!("так называются несколько учреждений: «{typed}». Напишите полное название."),
            Self::NotYours => "вы не ведёте это учреждение. Уберите строку или передайте её координатору учреждения.".to_owned(),
            Self::NoPosition { typed, closest: Some(closest) } => format!("должности «{typed}» нет в справочнике. Может быть, «{closest}»?"),
            Self::NoPosition { typed, closest: None } => format!("должности «{typed}» нет в справочнике. Выберите название из него."),
            Self::NotYesOrNo(typed) => format!("«{typed}» непонятно. Напишите «основное» или «совместительство»."),
            Self::Backwards => "конец раньше начала. Проверьте даты.".to_owned(),
            Self::SecondMain(place) => format!("в эти дни основное место уже есть: {place}. Укажите дату перехода или «совместительство»."),
            Self::MainOrPart(place) => format!("человек уже работает: {place}. Напишите, основное это место или совместительство."),
            Self::OthersPerson(place) => format!("основное место этого человека — {place}. Перевод оформляет методист или то учреждение."),
            Self::Namesake(place) => format!("человек с таким именем уже есть: {place}. Чтобы не перепутать, укажите дату рождения или СНИЛС и здесь, и в его карточке."),
            Self::Several(count) => format!("людей с таким именем несколько: {count}. Укажите дату рождения или СНИЛС."),
            Self::Nobody => "такого человека нет в реестре. Сначала добавьте людей.".to_owned(),
            Self::Repeated(line) => format!("повторяет строку {line}. Оставьте одну."),
            Self::NotAKind(typed) => format!("«{typed}»: такого вида нет. Напишите «удостоверение», «диплом о переподготовке» или «другое»."),
            Self::NotAnInstitution(typed) => format!("«{typed}»: такого вида нет. Напишите «школа», «детский сад», «дополнительное образование», «методический центр», «комитет» или «другое»."),
            Self::NotANumber(typed) => format!("«{typed}» — не целое число."),
            Self::Hours => "число часов должно быть от 1 до 5000.".to_owned(),
            Self::NoRegistration => "в номере нет ни цифр, ни букв.".to_owned(),
            Self::IssuedBeforeTraining => "документ выдан раньше, чем началось обучение. Проверьте даты.".to_owned(),
            Self::AnothersDocument => "этот документ уже записан на другого человека. Сверьте номер и имя.".to_owned(),
            Self::NameTaken(other) => format!("такое название уже есть: {other}."),
            Self::Transfer(place, last) => format!("основное место «{place}» закончится {}.", ru(*last)),
            Self::StartsToday(day) => format!("не указано, записываем с {}.", ru(*day)),
            Self::OtherEmail => "в карточке другой адрес, он останется.".to_owned(),
            Self::FewHours(fewest) => format!("документ сохранится, но в показатель не войдёт: нужно от {fewest} ч."),
            Self::OtherKind => "документ сохранится, но в показатель не войдёт.".to_owned(),
            Self::Expired(last) => format!("действовал по {}: в показатель уже не входит.", ru(*last)),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Required => "please fill this in.".to_owned(),
            Self::TooLong(most) => format!("too long, at most {most} characters."),
            Self::Formula(shown) => format!("the formula failed with {shown}. Enter the value."),
            Self::NotADate(typed) => format!("“{typed}” does not look like a date. Write 31.12.2024, for example."),
            Self::NoSuchDay(typed) => format!("there is no day “{typed}”. Check the day and the month."),
            Self::ShortYear(typed) => format!("“{typed}”: write the year with four digits."),
            Self::Future(day) => format!("{day} has not come yet. Check the year."),
            Self::Ancient(day) => format!("{day} is too long ago. Check the year."),
            Self::Letters { letters, probably: Some(right) } => format!("letters of another alphabet: {letters}. Probably “{right}”."),
            Self::Letters { letters, probably: None } => format!("letters of another alphabet: {letters}. Type it again."),
            Self::Initials => "full names are needed, not initials.".to_owned(),
            Self::NoName(typed) => format!("“{typed}” does not look like a name."),
            Self::Email(typed) => format!("“{typed}” does not look like an address. Check the @ and what follows it."),
            Self::Login(typed) => format!("“{typed}”: a login has 3 to 40 Latin letters, digits, dots and hyphens and starts with a letter."),
            Self::Taken => "somebody else has it.".to_owned(),
            Self::Snils => "a slip in the СНИЛС: its check digits do not fit.".to_owned(),
            Self::SnilsLength => "a СНИЛС has 11 digits.".to_owned(),
            Self::SnilsOfAnother => "this СНИЛС belongs to somebody of another name. Compare name and number.".to_owned(),
            Self::Archived => "this person's card is archived. Restore it first.".to_owned(),
            Self::OtherSnils => "this person's card has another СНИЛС. Compare the numbers.".to_owned(),
            Self::OtherBirth => "this person's card has another birth date. Compare the dates.".to_owned(),
            Self::NoInstitution(typed) => format!("there is no institution “{typed}”. Compare the name with the list of institutions."),
            Self::IsBuilding(typed) => format!("“{typed}” is a building of another institution itself. Name the legal entity."),
            Self::SeveralInstitutions(typed) => format!("several institutions are called “{typed}”. Write the full name."),
            Self::NotYours => "this institution is not yours to keep. Take the row out or hand it to its coordinator.".to_owned(),
            Self::NoPosition { typed, closest: Some(closest) } => format!("there is no position “{typed}”. “{closest}”, perhaps?"),
            Self::NoPosition { typed, closest: None } => format!("there is no position “{typed}”. Choose a name from the dictionary."),
            Self::NotYesOrNo(typed) => format!("“{typed}” is unclear. Write “main” or “part-time”."),
            Self::Backwards => "it ends before it starts. Check the dates.".to_owned(),
            Self::SecondMain(place) => format!("there is a main place of work in these days: {place}. Give the day of the change, or say “part-time”."),
            Self::MainOrPart(place) => format!("this person works already: {place}. Say whether this place is the main one or part-time."),
            Self::OthersPerson(place) => format!("this person's main place is {place}. A methodologist or that institution makes the change."),
            Self::Namesake(place) => format!("somebody of this name is there already: {place}. To tell them apart, give the birth date or СНИЛС here and on the card."),
            Self::Several(count) => format!("several people bear this name: {count}. Give the birth date or СНИЛС."),
            Self::Nobody => "the register has no such person. Add people first.".to_owned(),
            Self::Repeated(line) => format!("repeats row {line}. Keep one."),
            Self::NotAKind(typed) => format!("“{typed}”: no such kind. Write “certificate”, “retraining” or “other”."),
            Self::NotAnInstitution(typed) => format!("“{typed}”: no such kind. Write school, kindergarten, extended_education, method_centre, committee or other."),
            Self::NotANumber(typed) => format!("“{typed}” is no whole number."),
            Self::Hours => "hours must be from 1 to 5000.".to_owned(),
            Self::NoRegistration => "the number has neither digits nor letters.".to_owned(),
            Self::IssuedBeforeTraining => "issued before the training began. Check the dates.".to_owned(),
            Self::AnothersDocument => "this document is in the register as somebody else's. Compare number and name.".to_owned(),
            Self::NameTaken(other) => format!("this name is taken: {other}."),
            Self::Transfer(place, last) => format!("the main place “{place}” will end on {last}."),
            Self::StartsToday(day) => format!("not given, from {day} on."),
            Self::OtherEmail => "the card has another address, which stays.".to_owned(),
            Self::FewHours(fewest) => format!("kept, but it does not count for the indicator: that takes {fewest} hours."),
            Self::OtherKind => "kept, but it does not count for the indicator.".to_owned(),
            Self::Expired(last) => format!("counted until {last}, and no longer."),
        }
    }
}

fn ru(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

impl Complaint {
    /// «Почта: это уже занято другим человеком.»
    pub fn words(&self, locale: Locale) -> String {
        format!(
            "{}: {}",
            self.field.title(locale),
            self.trouble.words(locale)
        )
    }
}

/// What is said about one row.
#[derive(Debug, Clone, Default)]
pub struct Complaints(Vec<Complaint>);

impl Complaints {
    pub fn add(&mut self, field: Field, trouble: Trouble) {
        self.0.push(Complaint { field, trouble });
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the row cannot come in.
    pub fn refuse(&self) -> bool {
        self.0.iter().any(|one| one.trouble.is_error())
    }

    pub fn into_vec(self) -> Vec<Complaint> {
        self.0
    }
}
