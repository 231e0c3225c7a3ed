//! A row of a table of institutions.

use super::{Field, Row, Trouble, cell::Reading, complaint::Complaints};
use crate::{InstitutionKind, name};

#[derive(Debug, Clone)]
pub struct Institution {
    pub name: String,
    pub short_name: String,
    pub kind: InstitutionKind,
    pub address: String,
    /// Where the row does not say, it is.
    pub municipal: bool,
    /// As typed; the caller knows which institutions there are.
    pub building_of: String,
}

pub fn read(row: Row<'_>) -> (Institution, Complaints) {
    let mut reading = Reading {
        row,
        complaints: Complaints::default(),
    };
    let institution = Institution {
        name: reading.needed(Field::Name, 300),
        short_name: reading.needed(Field::ShortName, 80),
        kind: kind(&mut reading),
        address: reading.line(Field::Address, 300),
        municipal: reading.yes(Field::Municipal).unwrap_or(true),
        building_of: reading.line(Field::BuildingOf, 300),
    };
    (institution, reading.complaints)
}

fn kind(reading: &mut Reading<'_>) -> InstitutionKind {
    let typed = reading.needed(Field::InstitutionKind, 200);
    let folded = name::fold(&typed);
    let stems = [
        ("дошкольн", InstitutionKind::Kindergarten),
        ("детский сад", InstitutionKind::Kindergarten),
        ("доу", InstitutionKind::Kindergarten),
        ("дополнительн", InstitutionKind::ExtendedEducation),
        ("методическ", InstitutionKind::MethodCentre),
        ("комитет", InstitutionKind::Committee),
        ("управлени", InstitutionKind::Committee),
        ("школа", InstitutionKind::School),
        ("общеобразоват", InstitutionKind::School),
        ("гимназия", InstitutionKind::School),
        ("лицей", InstitutionKind::School),
        ("друг", InstitutionKind::Other),
        ("ино", InstitutionKind::Other),
    ];
    let found = InstitutionKind::parse(&folded).or_else(|| {
        stems
            .iter()
            .find(|(stem, _)| folded.contains(stem))
            .map(|(_, kind)| *kind)
    });
    if found.is_none() && !folded.is_empty() {
        reading.complain(Field::InstitutionKind, Trouble::NotAnInstitution(typed));
    }
    found.unwrap_or(InstitutionKind::Other)
}

/// What two spellings of one institution's name have in common: letters and digits, without the
/// quotation marks and «№».
pub fn key(typed: &str) -> String {
    let spaced: String = name::fold(typed)
        .chars()
        .map(|c| {
            if c.is_alphanumeric() && c != '№' {
                c
            } else {
                ' '
            }
        })
        .collect();
    name::clean(&spaced)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Cell;

    #[test]
    fn kinds_are_understood_as_people_call_them() {
        let check = |typed: &str, expected: InstitutionKind, complaints: usize| {
            let cells = [Cell::typed("Школа"), Cell::typed("Ш"), Cell::typed(typed)];
            let mapping = [
                Some(Field::Name),
                Some(Field::ShortName),
                Some(Field::InstitutionKind),
            ];
            let (read, said) = read(Row {
                mapping: &mapping,
                cells: &cells,
            });
            assert_eq!((read.kind, said.len()), (expected, complaints), "{typed}");
        };
        check(
            "Общеобразовательная организация",
            InstitutionKind::School,
            0,
        );
        check(
            "дошкольное образовательное",
            InstitutionKind::Kindergarten,
            0,
        );
        check(
            "дополнительное образование (спортивная школа)",
            InstitutionKind::ExtendedEducation,
            0,
        );
        check("kindergarten", InstitutionKind::Kindergarten, 0);
        check("завод", InstitutionKind::Other, 1);
        check("", InstitutionKind::Other, 1);
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        assert_eq!(key("МБОУ «Школа № 5»"), key("мбоу \"Школа №5\""));
        assert_ne!(key("Школа № 5"), key("Школа № 15"));
    }
}
