//! What a column may hold, and which headers say so.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Kind;
use crate::{Locale, name};

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportField)]
pub enum Field {
    /// «Иванова Мария Петровна» in one cell.
    FullName,
    FamilyName,
    GivenName,
    Patronymic,
    BirthDate,
    Snils,
    Email,
    Login,
    Institution,
    Position,
    IsMain,
    StartsOn,
    EndsOn,
    DocumentKind,
    Series,
    BlankNumber,
    Registration,
    Issuer,
    IssuedOn,
    Programme,
    ProgrammeKind,
    Hours,
    TrainingStart,
    TrainingEnd,
    Form,
    Funding,
    RegisterStatus,
    Name,
    ShortName,
    InstitutionKind,
    Address,
    Municipal,
    BuildingOf,
}

use Field::*;

const PEOPLE: &[Field] = &[
    FullName,
    FamilyName,
    GivenName,
    Patronymic,
    BirthDate,
    Snils,
    Email,
    Login,
    Institution,
    Position,
    IsMain,
    StartsOn,
    EndsOn,
];
const DOCUMENTS: &[Field] = &[
    FullName,
    FamilyName,
    GivenName,
    Patronymic,
    BirthDate,
    Snils,
    Institution,
    DocumentKind,
    Series,
    BlankNumber,
    Registration,
    Issuer,
    IssuedOn,
    Programme,
    ProgrammeKind,
    Hours,
    TrainingStart,
    TrainingEnd,
    Form,
    Funding,
    RegisterStatus,
];
const INSTITUTIONS: &[Field] = &[
    Name,
    ShortName,
    InstitutionKind,
    Address,
    Municipal,
    BuildingOf,
];

impl Kind {
    /// What its columns may hold, in the order of a form.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::People => PEOPLE,
            Self::Documents => DOCUMENTS,
            Self::Institutions => INSTITUTIONS,
        }
    }

    /// Fields without which no row can be read. Of a name either one column is there, or the family
    /// and the given name are.
    pub fn missing(self, mapping: &[Option<Field>]) -> Vec<Field> {
        let has = |field: &Field| mapping.contains(&Some(*field));
        let needed: &[Field] = match self {
            Self::People => &[Institution, Position],
            Self::Documents => &[DocumentKind, Registration, Issuer, IssuedOn, Hours],
            Self::Institutions => &[Name, ShortName, InstitutionKind],
        };
        let mut missing: Vec<Field> = needed.iter().copied().filter(|one| !has(one)).collect();
        let named = has(&FullName) || has(&FamilyName) && has(&GivenName);
        let identified = self == Self::Documents && has(&Snils);
        if self != Self::Institutions && !named && !identified {
            missing.insert(0, FullName);
        }
        missing
    }
}

impl Field {
    pub fn title(self, locale: Locale) -> &'static str {
        let (ru, en) = match self {
            FullName => ("ФИО", "Full name"),
            FamilyName => ("Фамилия", "Family name"),
            GivenName => ("Имя", "Given name"),
            Patronymic => ("Отчество", "Patronymic"),
            BirthDate => ("Дата рождения", "Birth date"),
            Snils => ("СНИЛС", "СНИЛС"),
            Email => ("Почта", "Email"),
            Login => ("Логин", "Login"),
            Institution => ("Учреждение", "Institution"),
            Position => ("Должность", "Position"),
            IsMain => ("Основное место", "Main place of work"),
            StartsOn => ("Работает с", "Works from"),
            EndsOn => ("Работает по", "Works until"),
            DocumentKind => ("Вид документа", "Kind of document"),
            Series => ("Серия", "Series"),
            BlankNumber => ("Номер бланка", "Blank number"),
            Registration => ("Регистрационный номер", "Registration number"),
            Issuer => ("Кем выдан", "Issuer"),
            IssuedOn => ("Дата выдачи", "Date of issue"),
            Programme => ("Программа", "Programme"),
            ProgrammeKind => ("Вид программы", "Kind of programme"),
            Hours => ("Часы", "Hours"),
            TrainingStart => ("Начало обучения", "Training from"),
            TrainingEnd => ("Конец обучения", "Training until"),
            Form => ("Форма обучения", "Form of training"),
            Funding => ("Источник оплаты", "Paid by"),
            RegisterStatus => ("Запись в ФИС ФРДО", "Entry in the federal register"),
            Name => ("Полное название", "Full name"),
            ShortName => ("Краткое название", "Short name"),
            InstitutionKind => ("Вид учреждения", "Kind of institution"),
            Address => ("Адрес", "Address"),
            Municipal => ("Муниципальное", "Municipal"),
            BuildingOf => ("Здание учреждения", "Building of"),
        };
        match locale {
            Locale::Ru => ru,
            Locale::En => en,
        }
    }

    /// What headers say it beside the titles, folded by [`folded`]. The first ones are whole headers,
    /// the second ones are found within longer ones.
    fn headers(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            FullName => (
                &[
                    "фио",
                    "педагог",
                    "сотрудник",
                    "работник",
                    "слушатель",
                    "name",
                ],
                &["фамилия имя", "ф и о", "фио"],
            ),
            FamilyName => (&["familyname", "surname", "last name"], &["фамилия"]),
            GivenName => (&["givenname", "first name"], &[]),
            Patronymic => (&["middle name"], &["отчество"]),
            BirthDate => (&["др", "birthdate", "date of birth"], &["рожден"]),
            Snils => (&["snils"], &["снилс", "страховой номер"]),
            Email => (
                &["e mail", "mail", "электронный адрес"],
                &["почт", "email", "e mail"],
            ),
            Login => (&["имя пользователя"], &["логин"]),
            Institution => (
                &["school", "школа", "оо", "доу", "сад"],
                &[
                    "учреждени",
                    "место работы",
                    "образовательная организация",
                    "организация место",
                ],
            ),
            Position => (&["job"], &["должност"]),
            IsMain => (
                &["совместительство", "ismain", "main", "занятость"],
                &["основн", "совместит"],
            ),
            StartsOn => (
                &["с", "from", "startson", "дата начала"],
                &["дата приема", "принят", "работает с"],
            ),
            EndsOn => (
                &["по", "to", "endson", "дата окончания"],
                &["увольнен", "уволен", "работает по"],
            ),
            DocumentKind => (
                &["документ", "вид", "тип", "kind"],
                &["вид документа", "тип документа", "наименование документа"],
            ),
            Series => (&[], &["серия"]),
            BlankNumber => (&["номер", "номер документа"], &["бланк"]),
            Registration => (
                &["рег номер", "registration"],
                &["регистрационный", "рег номер"],
            ),
            Issuer => (
                &["организация", "issuer"],
                &[
                    "кем выдан",
                    "выдавш",
                    "образовательной организации",
                    "место обучения",
                    "где обучал",
                ],
            ),
            IssuedOn => (
                &["дата", "дата документа", "issuedon"],
                &["дата выдачи", "выдан"],
            ),
            Programme => (
                &["тема", "курс", "курсы"],
                &["программ", "тема курс", "название курс"],
            ),
            ProgrammeKind => (&[], &["вид программ", "тип программ"]),
            Hours => (&["ч", "объем", "hours"], &["час", "объем"]),
            TrainingStart => (
                &["начало", "дата начала"],
                &["начало обучен", "начала обучен", "обучение с"],
            ),
            TrainingEnd => (
                &["конец", "окончание", "дата окончания"],
                &["конец обучен", "окончани", "обучение по"],
            ),
            Form => (&["форма"], &["форма обучен"]),
            Funding => (&["финансирование", "бюджет"], &["источник", "финансир"]),
            RegisterStatus => (&[], &["фрдо"]),
            Name => (&["название", "наименование", "учреждение"], &["полное"]),
            ShortName => (&["сокращение"], &["кратк", "сокращен"]),
            InstitutionKind => (
                &["вид", "тип", "kind"],
                &["вид учрежд", "тип учрежд", "тип организ"],
            ),
            Address => (&[], &["адрес"]),
            Municipal => (&["город"], &["муниципальн"]),
            BuildingOf => (
                &["корпус"],
                &["юридическое лицо", "юр лицо", "здание учрежд"],
            ),
        }
    }

    /// How well a folded header says this field; 0 not at all.
    fn fits(self, header: &str) -> usize {
        let (whole, within) = self.headers();
        let is_title = [Locale::Ru, Locale::En]
            .iter()
            .any(|locale| folded(self.title(*locale)) == header);
        if is_title || whole.contains(&header) {
            return 1_000;
        }
        within
            .iter()
            .filter(|stem| header.contains(**stem))
            .map(|stem| stem.chars().count())
            .max()
            .unwrap_or(0)
    }
}

/// A header as it is compared and remembered by: letters and digits, «№» as «номер».
pub fn folded(header: &str) -> String {
    let spaced: String = name::fold(&header.replace('№', " номер "))
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    name::clean(&spaced)
}

/// What each column probably holds: the best fit first, each field once.
pub fn guess(kind: Kind, headers: &[String]) -> Vec<Option<Field>> {
    let mut fits: Vec<(usize, usize, Field)> = Vec::new();
    for (place, header) in headers.iter().enumerate() {
        let header = folded(header);
        for field in kind.fields() {
            let score = if header.is_empty() {
                0
            } else {
                field.fits(&header)
            };
            if score > 0 {
                fits.push((score, place, *field));
            }
        }
    }
    // Equal fits go to the column that stands first.
    fits.sort_by_key(|(score, place, field)| (std::cmp::Reverse(*score), *place, *field));
    let mut guessed = vec![None; headers.len()];
    for (_, place, field) in fits {
        if guessed[place].is_none() && !guessed.contains(&Some(field)) {
            guessed[place] = Some(field);
        }
    }
    // Beside one column with the whole name there is nothing left for its parts.
    if guessed.contains(&Some(FamilyName)) && guessed.contains(&Some(GivenName)) {
        for column in &mut guessed {
            column.take_if(|field| *field == FullName);
        }
    }
    guessed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: Kind, headers: &[(&str, Option<Field>)]) {
        let names: Vec<String> = headers.iter().map(|(name, _)| (*name).to_owned()).collect();
        let expected: Vec<_> = headers.iter().map(|(_, field)| *field).collect();
        assert_eq!(guess(kind, &names), expected);
    }

    #[test]
    fn headers_of_schools_own_tables_are_understood() {
        check(
            Kind::People,
            &[
                ("№ п/п", None),
                ("Ф.И.О. педагога", Some(FullName)),
                ("Дата рождения (дд.мм.гггг)", Some(BirthDate)),
                ("СНИЛС", Some(Snils)),
                ("Образовательное учреждение", Some(Institution)),
                ("Занимаемая должность", Some(Position)),
                ("Осн./совместитель", Some(IsMain)),
                ("Дата приёма на работу", Some(StartsOn)),
                ("E-mail", Some(Email)),
                ("Телефон", None),
            ],
        );
        check(
            Kind::Documents,
            &[
                ("Фамилия", Some(FamilyName)),
                ("Имя", Some(GivenName)),
                ("Отчество", Some(Patronymic)),
                ("Место работы", Some(Institution)),
                ("Вид документа", Some(DocumentKind)),
                ("Серия", Some(Series)),
                ("№ бланка", Some(BlankNumber)),
                ("Рег. №", Some(Registration)),
                ("Кем выдан", Some(Issuer)),
                ("Дата выдачи", Some(IssuedOn)),
                ("Наименование программы", Some(Programme)),
                ("Кол-во часов", Some(Hours)),
                ("Дата начала обучения", Some(TrainingStart)),
                ("Дата окончания обучения", Some(TrainingEnd)),
            ],
        );
    }

    #[test]
    fn every_title_is_understood_and_every_field_belongs_to_a_kind() {
        for kind in Kind::ALL {
            for locale in [Locale::Ru, Locale::En] {
                for field in kind.fields() {
                    let header = field.title(locale).to_owned();
                    assert_eq!(guess(kind, &[header]), [Some(*field)], "{kind:?} {field:?}");
                }
            }
        }
    }

    #[test]
    fn a_mapping_without_what_every_row_needs_is_told_so() {
        assert_eq!(Kind::People.missing(&[]), [FullName, Institution, Position]);
        let whole = [
            Some(FamilyName),
            None,
            Some(GivenName),
            Some(Institution),
            Some(Position),
        ];
        assert_eq!(Kind::People.missing(&whole), []);
        assert_eq!(
            Kind::Documents.missing(&[Some(Snils)]).first(),
            Some(&DocumentKind)
        );
    }
}
