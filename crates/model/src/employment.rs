//! Terms of employment: when they clash, and which institution answers for a person.

use chrono::NaiveDate;
use uuid::Uuid;

/// One employment as the rules see it. Days are included at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub institution: Uuid,
    pub is_main: bool,
    pub from: NaiveDate,
    /// `None` while nobody knows it.
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    #[error("it ends before it starts")]
    Backwards,
    #[error("another main employment lasts in the same days")]
    SecondMain,
}

impl Term {
    /// Whether it lasts on `day` or begins later.
    pub fn lasts(&self, day: NaiveDate) -> bool {
        self.to.is_none_or(|last| last >= day)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.to.is_none_or(|last| last >= other.from)
            && other.to.is_none_or(|last| last >= self.from)
    }
}

/// Checks one more employment against the person's others: at most one is the main one on any day.
pub fn check(new: &Term, others: &[Term]) -> Result<(), Clash> {
    if new.to.is_some_and(|last| last < new.from) {
        return Err(Clash::Backwards);
    }
    if new.is_main && others.iter().any(|o| o.is_main && o.overlaps(new)) {
        return Err(Clash::SecondMain);
    }
    Ok(())
}

/// The institutions that answer for a person on `day`: the one of the main employment, or where
/// there is none, all. A part-time employment elsewhere gives that school no power over the account.
pub fn answerable(terms: &[Term], day: NaiveDate) -> Vec<Uuid> {
    let lasting = || terms.iter().filter(|term| term.lasts(day));
    match lasting().find(|term| term.is_main) {
        Some(main) => vec![main.institution],
        None => lasting().map(|term| term.institution).collect(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::{Clash, Term, answerable, check};

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2017, 9, d).unwrap_or_default()
    }

    fn term(institution: u128, is_main: bool, from: u32, to: Option<u32>) -> Term {
        Term {
            institution: Uuid::from_u128(institution),
            is_main,
            from: day(from),
            to: to.map(day),
        }
    }

    #[test]
    fn two_main_employments_never_share_a_day() {
        let old = term(1, true, 1, Some(10));
        assert_eq!(check(&term(2, true, 11, None), &[old]), Ok(()));
        assert_eq!(
            check(&term(2, true, 10, None), &[old]),
            Err(Clash::SecondMain)
        );
        assert_eq!(check(&term(2, false, 5, None), &[old]), Ok(()));
        let open = term(1, true, 5, None);
        assert_eq!(check(&term(2, true, 1, Some(4)), &[open]), Ok(()));
        assert_eq!(
            check(&term(2, true, 20, None), &[open]),
            Err(Clash::SecondMain)
        );
    }

    #[test]
    fn an_employment_does_not_end_before_it_starts() {
        assert_eq!(
            check(&term(1, false, 5, Some(4)), &[]),
            Err(Clash::Backwards)
        );
        assert_eq!(check(&term(1, false, 5, Some(5)), &[]), Ok(()));
    }

    #[test]
    fn the_main_employment_decides_who_answers_for_a_person() {
        let ids = |ids: &[u128]| {
            ids.iter()
                .map(|id| Uuid::from_u128(*id))
                .collect::<Vec<_>>()
        };
        let (main, part) = (term(1, true, 1, None), term(2, false, 1, None));
        assert_eq!(answerable(&[part, main], day(5)), ids(&[1]));
        assert_eq!(
            answerable(&[part, term(1, true, 1, Some(4))], day(5)),
            ids(&[2])
        );
        assert_eq!(answerable(&[], day(5)), ids(&[]));
    }
}
