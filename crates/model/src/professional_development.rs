//! Documents of professional development: which count, for how long, and what makes two of them one.
//!
//! Invariant: a document counts from the day of its issue to the same day three years later, both
//! included, and only once somebody else has verified it. The rules are those of DOMAIN.md,
//! sections 3 and 4.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::name;

/// How long a document counts.
pub const VALID_YEARS: u32 = 3;
/// Fewest hours of a certificate of professional development that counts.
pub const CERTIFICATE_HOURS: u32 = 16;
/// Fewest hours of a retraining diploma that counts.
pub const RETRAINING_HOURS: u32 = 250;
/// Most hours that anybody may type: more is a slip of the finger.
pub const MOST_HOURS: u32 = 5_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DevelopmentKind)]
pub enum Kind {
    /// Certificate of professional development («удостоверение»).
    Certificate,
    /// Diploma of professional retraining.
    Retraining,
    /// Anything else, a seminar's certificate among them: kept, never counted.
    Other,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Certificate, Self::Retraining, Self::Other];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Retraining => "retraining",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Fewest hours that count; `None` for what is no document of professional development.
    pub fn fewest_hours(self) -> Option<u32> {
        match self {
            Self::Certificate => Some(CERTIFICATE_HOURS),
            Self::Retraining => Some(RETRAINING_HOURS),
            Self::Other => None,
        }
    }
}

/// What the rules need to know of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    pub id: Uuid,
    pub person: Uuid,
    pub kind: Kind,
    pub hours: u32,
    pub issued_on: NaiveDate,
    pub verified: bool,
}

/// Why a document does not count on a day. Of several reasons the first here is told: it is the one
/// that nothing mends.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Uncounted {
    /// A seminar's certificate and the like.
    OtherKind,
    TooFewHours,
    Expired,
    /// Issued after the day asked for.
    NotYetIssued,
    /// Would count as soon as somebody verified it.
    Unverified,
}

impl Document {
    /// Whether it counts on `day`.
    ///
    /// # Errors
    ///
    /// Why it does not.
    pub fn counts_on(&self, day: NaiveDate) -> Result<(), Uncounted> {
        let fewest = self.kind.fewest_hours().ok_or(Uncounted::OtherKind)?;
        if self.hours < fewest {
            Err(Uncounted::TooFewHours)
        } else if day > valid_until(self.issued_on) {
            Err(Uncounted::Expired)
        } else if day < self.issued_on {
            Err(Uncounted::NotYetIssued)
        } else if !self.verified {
            Err(Uncounted::Unverified)
        } else {
            Ok(())
        }
    }
}

/// The last day on which a document counts.
///
/// A term that would end on a date which its last month does not have ends on that month's last
/// day (Civil Code of the Russian Federation, article 192): issued on 29.02.2016, valid until
/// 28.02.2019. Databases disagree about that, so this day is stored with the document.
pub fn valid_until(issued_on: NaiveDate) -> NaiveDate {
    issued_on
        .checked_add_months(Months::new(VALID_YEARS * 12))
        .unwrap_or(NaiveDate::MAX)
}

/// Within how many days the end of somebody's last document is near.
const SOON: Days = Days::new(90);

/// The last day that is near.
pub fn soon(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(SOON).unwrap_or(NaiveDate::MAX)
}

/// How somebody stands with documents on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The last day on which one of those counts that count now: the next is needed by then.
    pub valid_until: Option<NaiveDate>,
    /// The last day on which one counted; only where none does now.
    pub expired_on: Option<NaiveDate>,
    /// How many would count once somebody verified them.
    pub unverified: usize,
}

impl Coverage {
    pub fn of(documents: impl IntoIterator<Item = Document>, day: NaiveDate) -> Self {
        let mut coverage = Self::default();
        for document in documents {
            let last = Some(valid_until(document.issued_on));
            match document.counts_on(day) {
                Ok(()) => coverage.valid_until = coverage.valid_until.max(last),
                Err(Uncounted::Unverified) => coverage.unverified += 1,
                Err(Uncounted::Expired) if document.verified => {
                    coverage.expired_on = coverage.expired_on.max(last);
                }
                Err(_) => {}
            }
        }
        if coverage.valid_until.is_some() {
            coverage.expired_on = None;
        }
        coverage
    }

    /// Whether the next document is needed soon.
    pub fn ends_soon(&self, day: NaiveDate) -> bool {
        self.valid_until.is_some_and(|last| last <= soon(day))
    }
}

/// What two records of one document have in common, however they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NaturalKey {
    pub registration: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
}

impl NaturalKey {
    pub fn new(registration: &str, issuer: &str, issued_on: NaiveDate) -> Self {
        Self {
            registration: fold_number(registration),
            issuer: fold_name(issuer),
            issued_on,
        }
    }
}

/// Numbers are compared by their letters and digits: «№ 12-345/К» and «12345к» are one, whether the
/// «К» was typed on a Russian keyboard or on a Latin one.
fn fold_number(typed: &str) -> String {
    name::fold(typed)
        .chars()
        .filter(|c| c.is_alphanumeric() && *c != '№')
        .map(cyrillic)
        .collect()
}

/// Names of issuers without quotation marks and full stops.
fn fold_name(typed: &str) -> String {
    let spaced: String = name::fold(typed)
        .chars()
        .map(|c| {
            if c.is_alphanumeric() {
                cyrillic(c)
            } else {
                ' '
            }
        })
        .collect();
    name::clean(&spaced)
}

/// A Latin letter that looks like a Russian one, as the Russian one.
pub fn cyrillic(letter: char) -> char {
    const ALIKE: [(char, char); 20] = [
        ('a', 'а'),
        ('c', 'с'),
        ('e', 'е'),
        ('k', 'к'),
        ('m', 'м'),
        ('o', 'о'),
        ('p', 'р'),
        ('t', 'т'),
        ('x', 'х'),
        ('y', 'у'),
        ('A', 'А'),
        ('B', 'В'),
        ('C', 'С'),
        ('E', 'Е'),
        ('H', 'Н'),
        ('K', 'К'),
        ('M', 'М'),
        ('O', 'О'),
        ('P', 'Р'),
        ('T', 'Т'),
    ];
    match letter {
        'X' => 'Х',
        'b' => 'в',
        'h' => 'н',
        _ => ALIKE
            .iter()
            .find(|(latin, _)| *latin == letter)
            .map_or(letter, |(_, russian)| *russian),
    }
}

/// What is wrong with a document as somebody typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Neither a registration number nor letters or digits in it.
    NoRegistration,
    NoIssuer,
    /// Dated after today.
    FutureIssue,
    /// Dated before any teacher of today could have studied.
    AncientIssue,
    NoHours,
    TooManyHours,
    /// The training ends before it starts.
    Backwards,
    /// The document is dated before the training began.
    IssuedBeforeTraining,
}

/// A document as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    pub registration: &'a str,
    pub issuer: &'a str,
    pub hours: u32,
    pub issued_on: NaiveDate,
    pub training_start: Option<NaiveDate>,
    pub training_end: Option<NaiveDate>,
}

impl Typed<'_> {
    /// Everything that is wrong with it, as of `today`. Few hours are no fault: such a document is
    /// kept and not counted.
    pub fn faults(&self, today: NaiveDate) -> Vec<Fault> {
        let earliest = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap_or_default();
        let key = NaturalKey::new(self.registration, self.issuer, self.issued_on);
        let backwards = self
            .training_start
            .zip(self.training_end)
            .is_some_and(|(start, end)| end < start);
        [
            (key.registration.is_empty(), Fault::NoRegistration),
            (key.issuer.is_empty(), Fault::NoIssuer),
            (self.issued_on > today, Fault::FutureIssue),
            (self.issued_on < earliest, Fault::AncientIssue),
            (self.hours == 0, Fault::NoHours),
            (self.hours > MOST_HOURS, Fault::TooManyHours),
            (backwards, Fault::Backwards),
            (
                self.training_start
                    .is_some_and(|start| self.issued_on < start),
                Fault::IssuedBeforeTraining,
            ),
        ]
        .into_iter()
        .filter_map(|(is_so, fault)| is_so.then_some(fault))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn document(kind: Kind, hours: u32, issued_on: &str) -> Document {
        Document {
            id: Uuid::nil(),
            person: Uuid::nil(),
            kind,
            hours,
            issued_on: day(issued_on),
            verified: true,
        }
    }

    #[test]
    fn a_document_counts_on_the_anniversary_and_not_the_day_after() {
        let check = |issued: &str, on: &str, expected| {
            let document = document(Kind::Certificate, 16, issued);
            assert_eq!(document.counts_on(day(on)), expected, "{issued} {on}");
        };
        check("2014-12-31", "2017-12-31", Ok(()));
        check("2014-12-31", "2018-01-01", Err(Uncounted::Expired));
        check("2014-12-31", "2014-12-31", Ok(()));
        check("2014-12-31", "2014-12-30", Err(Uncounted::NotYetIssued));
        // Issued on the day that three years later does not exist.
        check("2016-02-29", "2019-02-28", Ok(()));
        check("2016-02-29", "2019-03-01", Err(Uncounted::Expired));
        // Three years back from 29 February is 28 February: counting that way would be a day too kind.
        check("2017-02-28", "2020-02-28", Ok(()));
        check("2017-02-28", "2020-02-29", Err(Uncounted::Expired));
    }

    #[test]
    fn the_next_document_is_needed_when_the_last_one_ends() {
        let today = day("2017-09-04");
        let of = |issued: &[&str]| {
            let documents = issued
                .iter()
                .map(|one| document(Kind::Certificate, 16, one));
            Coverage::of(documents, today)
        };
        let both = of(&["2014-11-01", "2015-03-01", "2013-05-01"]);
        assert_eq!(both.valid_until, Some(day("2018-03-01")));
        assert_eq!((both.expired_on, both.ends_soon(today)), (None, false));
        // Ninety days ahead is 3 December.
        assert!(of(&["2014-12-03"]).ends_soon(today));
        assert!(!of(&["2014-12-04"]).ends_soon(today));
        let gone = of(&["2014-09-03", "2012-01-01"]);
        assert_eq!(
            (gone.valid_until, gone.expired_on),
            (None, Some(day("2017-09-03")))
        );
        assert!(!gone.ends_soon(today));
        let unverified = Document {
            verified: false,
            ..document(Kind::Certificate, 16, "2016-01-01")
        };
        let few = document(Kind::Certificate, 15, "2016-01-01");
        let waiting = Coverage::of([unverified, few], today);
        assert_eq!((waiting.valid_until, waiting.unverified), (None, 1));
    }

    #[test]
    fn hours_and_kind_decide_what_counts() {
        let check = |kind, hours, expected| {
            let document = document(kind, hours, "2016-05-01");
            assert_eq!(document.counts_on(day("2017-01-01")), expected);
        };
        check(Kind::Certificate, 16, Ok(()));
        check(Kind::Certificate, 15, Err(Uncounted::TooFewHours));
        check(Kind::Retraining, 250, Ok(()));
        check(Kind::Retraining, 249, Err(Uncounted::TooFewHours));
        check(Kind::Other, 300, Err(Uncounted::OtherKind));
        let unverified = Document {
            verified: false,
            ..document(Kind::Certificate, 72, "2016-05-01")
        };
        assert_eq!(
            unverified.counts_on(day("2017-01-01")),
            Err(Uncounted::Unverified)
        );
        assert_eq!(
            unverified.counts_on(day("2020-01-01")),
            Err(Uncounted::Expired)
        );
    }

    #[test]
    fn two_spellings_of_one_document_have_one_key() {
        let key = |registration, issuer| NaturalKey::new(registration, issuer, day("2016-05-01"));
        let ours = key("ПК-12 345", "ГАУ ДПО «ИРО»");
        assert_eq!(ours, key(" пк 12345 ", "гау дпо \"ИРО\""));
        assert_eq!(key("№ 12/К", "ИРО"), key("12K", "ИРO"));
        assert_ne!(ours, key("ПК-12346", "ГАУ ДПО «ИРО»"));
        assert_ne!(ours, key("ПК-12345", "ГАУ ДПО «ИМЦ»"));
    }

    #[test]
    fn what_cannot_be_is_told_all_at_once() {
        let good = Typed {
            registration: "1",
            issuer: "ИРО",
            hours: 15,
            issued_on: day("2017-04-03"),
            training_start: Some(day("2017-03-01")),
            training_end: Some(day("2017-04-03")),
        };
        assert_eq!(good.faults(day("2017-04-03")), []);
        assert_eq!(good.faults(day("2017-04-02")), [Fault::FutureIssue]);
        let bad = Typed {
            registration: "№ —",
            issuer: " ",
            hours: 0,
            training_start: Some(day("2017-05-01")),
            training_end: Some(day("2017-04-01")),
            ..good
        };
        assert_eq!(
            bad.faults(day("2017-04-03")),
            [
                Fault::NoRegistration,
                Fault::NoIssuer,
                Fault::NoHours,
                Fault::Backwards,
                Fault::IssuedBeforeTraining
            ]
        );
    }
}
