//! Whom a row is about, out of those who bear the name.
//!
//! Invariant: a row is somebody's only where something beyond the name says so, a birth date or the
//! institution, and nothing speaks against it. СНИЛС is looked up before; here it only excludes.

use chrono::NaiveDate;
use uuid::Uuid;

/// Somebody of the row's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Namesake {
    pub id: Uuid,
    pub birth: Option<NaiveDate>,
    /// Has another СНИЛС than the row.
    pub other_snils: bool,
    /// Works at the row's institution.
    pub here: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Nobody of this name, or only such as cannot be meant.
    Nobody,
    One(Uuid),
    /// Several fit.
    Several,
    /// Somebody of this name might be meant, and nothing says whether.
    Unclear,
}

/// `birth` is the row's own.
pub fn whose(birth: Option<NaiveDate>, namesakes: &[Namesake]) -> Whose {
    let possible = || {
        namesakes.iter().filter(|one| {
            let other_birth = one.birth.zip(birth).is_some_and(|(own, said)| own != said);
            !one.other_snils && !other_birth
        })
    };
    let born = |one: &&Namesake| birth.is_some() && one.birth == birth;
    let here = |one: &&Namesake| one.here;
    let pick = |mut found: Vec<Uuid>| match found.len() {
        0 => None,
        1 => found.pop().map(Whose::One),
        _ => Some(Whose::Several),
    };
    let ids = |found: Vec<&Namesake>| found.into_iter().map(|one| one.id).collect::<Vec<_>>();
    let both = ids(possible().filter(born).filter(here).collect());
    if let [one] = both[..] {
        return Whose::One(one);
    }
    pick(ids(possible().filter(born).collect()))
        .or_else(|| pick(ids(possible().filter(here).collect())))
        .unwrap_or(if possible().next().is_some() {
            Whose::Unclear
        } else {
            Whose::Nobody
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn namesake(id: u128, birth: &str, here: bool) -> Namesake {
        Namesake {
            id: Uuid::from_u128(id),
            birth: day(birth),
            other_snils: false,
            here,
        }
    }

    #[track_caller]
    fn check(birth: &str, namesakes: &[Namesake], expected: Whose) {
        assert_eq!(whose(day(birth), namesakes), expected);
    }

    #[test]
    fn a_name_alone_is_nobodys() {
        check("", &[], Whose::Nobody);
        check("", &[namesake(1, "", false)], Whose::Unclear);
        check("1980-01-01", &[namesake(1, "", false)], Whose::Unclear);
        check(
            "1980-01-01",
            &[namesake(1, "1981-01-01", true)],
            Whose::Nobody,
        );
    }

    #[test]
    fn a_birth_date_or_the_institution_tells_whose_it_is() {
        let one = Whose::One(Uuid::from_u128(1));
        check("", &[namesake(1, "", true), namesake(2, "", false)], one);
        check(
            "1980-01-01",
            &[namesake(1, "1980-01-01", false), namesake(2, "", true)],
            one,
        );
        check(
            "",
            &[
                namesake(1, "1980-01-01", true),
                namesake(2, "1981-01-01", true),
            ],
            Whose::Several,
        );
        check(
            "1980-01-01",
            &[
                namesake(1, "1980-01-01", true),
                namesake(2, "1981-01-01", true),
            ],
            one,
        );
        let twins = [
            namesake(1, "1980-01-01", true),
            namesake(2, "1980-01-01", false),
        ];
        check("1980-01-01", &twins, one);
        let apart = twins.map(|twin| Namesake {
            here: false,
            ..twin
        });
        check("1980-01-01", &apart, Whose::Several);
        let other = Namesake {
            other_snils: true,
            ..namesake(1, "1980-01-01", true)
        };
        check("1980-01-01", &[other], Whose::Nobody);
    }

    /// Every small city: whoever is found is the only one for whom everything known fits best.
    #[test]
    fn nobody_is_guessed_in_any_small_city() {
        let births = ["", "1980-01-01", "1981-01-01"];
        let mut all = Vec::new();
        for birth in births {
            for here in [false, true] {
                for other_snils in [false, true] {
                    all.push(Namesake {
                        other_snils,
                        ..namesake(0, birth, here)
                    });
                }
            }
        }
        let score = |said: Option<NaiveDate>, one: &Namesake| -> Option<u8> {
            let against =
                one.other_snils || matches!((one.birth, said), (Some(a), Some(b)) if a != b);
            let born = u8::from(said.is_some() && one.birth == said);
            (!against).then_some(born * 2 + u8::from(one.here))
        };
        for said in births.map(day) {
            for a in &all {
                for b in &all {
                    for c in &all {
                        let mut city = [*a, *b, *c];
                        for (place, one) in city.iter_mut().enumerate() {
                            one.id = Uuid::from_u128(place as u128 + 1);
                        }
                        let best = city.iter().filter_map(|one| score(said, one)).max();
                        let holders: Vec<Uuid> = city
                            .iter()
                            .filter(|one| best.is_some() && score(said, one) == best)
                            .map(|one| one.id)
                            .collect();
                        let expected = match (best, &holders[..]) {
                            (None, _) => Whose::Nobody,
                            (Some(0), _) => Whose::Unclear,
                            (_, [one]) => Whose::One(*one),
                            _ => Whose::Several,
                        };
                        assert_eq!(whose(said, &city), expected, "{said:?} {city:?}");
                    }
                }
            }
        }
    }
}
