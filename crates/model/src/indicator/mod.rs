//! Indicators: who is counted, by which evidence, over which base, on any date.
//!
//! A [`Definition`] is put together from three building blocks; the three indicators of the passport
//! are [`Definition::qualification`], [`Definition::dissemination`] and [`Definition::equipment`]
//! (DOMAIN.md, section 3). [`figure`] is the rule itself; what serves pages is SQL, and is held
//! against it. To add a block: a variant here, its rule in `who` or `evidence`, the same in the
//! second implementation of the tests.
//!
//! Invariant: a figure names everyone it counts and everyone it does not, each once; without
//! anybody to count there is no value, neither 0 nor 100.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    EventKind, EventRole, InstitutionKind, PositionGroup, passport::Hundredths,
    traffic_light::Thresholds,
};

mod evidence;
mod facts;
mod known;
mod outlook;
mod source;
mod who;

pub use facts::{
    Employment, Event, Facts, Institution, Kit, KitStatus, Leadership, Leave, LeaveKind,
    Membership, Part, Person, Position, Present, ReadinessTest, StatusChange,
};
pub use known::Known;
pub use outlook::{Forecast, Lever, Reason, forecast, levers, reach};
pub use source::Source;

/// Of what an indicator is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = IndicatorDefinition)]
pub struct Definition {
    pub who: Who,
    pub evidence: Evidence,
    pub base: Base,
}

/// Who may be counted. Everyone once, whatever they do besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Who {
    /// People whose main employment is in a municipal education organisation, by what their position is for.
    Groups(Vec<PositionGroup>),
    /// The same by the codes of their positions.
    Positions(Vec<String>),
    /// Heads of methodological associations, and those who stand in for them.
    AssociationHeads,
    /// Winners and laureates of contests.
    TeacherLeaders,
    /// Legal entities of these kinds; their buildings do not count apart.
    Institutions(Vec<InstitutionKind>),
}

/// What makes somebody count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IndicatorEvidence)]
pub enum Evidence {
    /// A document of professional development that counts on the day.
    Qualification,
    /// A confirmed part in an event that was held through the platform since 1 January.
    Dissemination,
    /// Presence at a training on the platform, whenever it was.
    Training,
    /// A room kit that is ready on the day.
    ReadyKit,
}

/// What the counted are set against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IndicatorBase)]
pub enum Base {
    /// Percent of all who may be counted.
    Share,
    /// Their number.
    Count,
}

impl Definition {
    /// Indicator 1: teachers and managers with a document of the last three years.
    pub fn qualification() -> Self {
        Self {
            who: Who::Groups(vec![PositionGroup::Teaching, PositionGroup::Management]),
            evidence: Evidence::Qualification,
            base: Base::Share,
        }
    }

    /// Indicator 2: teachers who pass on their experience through the platform.
    pub fn dissemination() -> Self {
        Self {
            who: Who::Groups(vec![PositionGroup::Teaching]),
            evidence: Evidence::Dissemination,
            base: Base::Share,
        }
    }

    /// Indicator 3: general-education institutions with a ready kit.
    pub fn equipment() -> Self {
        Self {
            who: Who::Institutions(vec![InstitutionKind::School]),
            evidence: Evidence::ReadyKit,
            base: Base::Count,
        }
    }

    /// Coverage: how many of a group were trained to work on the platform.
    pub fn coverage(who: Who) -> Self {
        Self {
            who,
            evidence: Evidence::Training,
            base: Base::Share,
        }
    }

    /// Whether its blocks fit: institutions have kits, people everything else.
    pub fn is_sound(&self) -> bool {
        let of_institutions = matches!(self.who, Who::Institutions(_));
        let is_empty = match &self.who {
            Who::Groups(groups) => groups.is_empty(),
            Who::Positions(codes) => codes.is_empty(),
            Who::Institutions(kinds) => kinds.is_empty(),
            Who::AssociationHeads | Who::TeacherLeaders => false,
        };
        !is_empty && of_institutions == (self.evidence == Evidence::ReadyKit)
    }
}

/// What DOMAIN.md calls *default*: an installation may set its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[schema(as = IndicatorSettings)]
pub struct Settings {
    /// An event was held when listeners of at least so many institutions were connected.
    pub listener_institutions: u32,
    /// Least presence of a listener who is reached or trained, in percent of the event's duration.
    #[schema(maximum = 100)]
    pub listener_share: u32,
    /// A readiness test counts for so many days.
    pub readiness_days: u32,
    /// Which parts in an event pass on experience.
    pub disseminating: Vec<Disseminating>,
    /// Where lights change, the project's as well.
    pub lights: Thresholds,
}

/// A role that counts, in events of some kinds or, where none is named, of any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Disseminating {
    pub role: EventRole,
    #[serde(default)]
    pub kinds: Vec<EventKind>,
}

impl Default for Settings {
    /// A speaker and a presenting moderator anywhere, the host of a master class, the teacher of an
    /// open lesson.
    fn default() -> Self {
        let anywhere = |role| Disseminating {
            role,
            kinds: Vec::new(),
        };
        Self {
            listener_institutions: 2,
            listener_share: 50,
            readiness_days: 90,
            disseminating: vec![
                anywhere(EventRole::Speaker),
                anywhere(EventRole::Moderator),
                Disseminating {
                    role: EventRole::Host,
                    kinds: vec![EventKind::MasterClass, EventKind::Lesson],
                },
            ],
            lights: Thresholds::default(),
        }
    }
}

impl Settings {
    /// Whether a part in an event of this kind passes on experience.
    pub fn disseminates(&self, role: EventRole, kind: EventKind) -> bool {
        self.disseminating
            .iter()
            .any(|one| one.role == role && (one.kinds.is_empty() || one.kinds.contains(&kind)))
    }
}

/// A part of the city: everything that is named must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slice {
    /// A legal entity with its buildings, or one building.
    pub institution: Option<Uuid>,
    /// Code of the main employment's position.
    pub position: Option<String>,
    /// Subject of an association that the person belongs to on the day.
    pub subject: Option<String>,
}

/// What is asked: an indicator, for a part of the city, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub definition: Definition,
    pub day: NaiveDate,
    pub slice: Slice,
    /// The variant that leaves out those who are on parental leave on the day.
    pub without_parental_leave: bool,
    pub settings: Settings,
}

/// What proves that somebody counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proof {
    Document(Uuid),
    Part { event: Uuid, role: EventRole },
    Training(Uuid),
    Kit { kit: Uuid, tested_on: NaiveDate },
}

/// A figure with everything it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub base: Base,
    /// Everybody who may be counted, by id, with what makes them count; nothing where they do not.
    pub members: BTreeMap<Uuid, Vec<Proof>>,
}

impl Figure {
    pub fn counted(&self) -> impl Iterator<Item = (Uuid, &[Proof])> {
        self.members
            .iter()
            .filter(|(_, proofs)| !proofs.is_empty())
            .map(|(id, proofs)| (*id, proofs.as_slice()))
    }

    pub fn uncounted(&self) -> impl Iterator<Item = Uuid> {
        self.members
            .iter()
            .filter(|(_, proofs)| proofs.is_empty())
            .map(|(id, _)| *id)
    }

    /// `None` where there is nobody to count.
    pub fn value(&self) -> Option<Value> {
        value(self.base, self.counted().count(), self.members.len())
    }
}

/// `None` where there is nobody to count.
pub fn value(base: Base, counted: usize, all: usize) -> Option<Value> {
    match base {
        _ if all == 0 => None,
        Base::Share => Value::share(counted, all),
        Base::Count => Some(Value::count(counted)),
    }
}

/// An exact value: so many hundredths divided by `over`. 2 of 3 as a percentage is 20000/3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    pub hundredths: i64,
    /// Greater than zero.
    pub over: i64,
}

impl Value {
    /// Percent of a whole; `None` where there is no whole.
    pub fn share(part: usize, whole: usize) -> Option<Self> {
        let over = i64::try_from(whole).ok().filter(|whole| *whole > 0)?;
        Some(Self {
            hundredths: i64::try_from(part).ok()?.checked_mul(10_000)?,
            over,
        })
    }

    pub fn count(n: usize) -> Self {
        Self {
            hundredths: i64::try_from(n).unwrap_or(i64::MAX).saturating_mul(100),
            over: 1,
        }
    }

    /// What somebody typed.
    pub fn entered(hundredths: Hundredths) -> Self {
        Self {
            hundredths,
            over: 1,
        }
    }

    /// For showing: to two decimals, halves away from zero.
    pub fn rounded(self) -> Hundredths {
        let half = if self.hundredths < 0 {
            -self.over / 2
        } else {
            self.over / 2
        };
        (self.hundredths + half) / self.over
    }
}

/// Answers a question from the records as they stand.
pub fn figure(facts: &Facts, question: &Question) -> Figure {
    let proofs = evidence::proofs(facts, question);
    Figure {
        base: question.definition.base,
        members: who::members(facts, question)
            .into_iter()
            .map(|id| (id, proofs.get(&id).cloned().unwrap_or_default()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_exact_and_rounded_for_showing_only() {
        let rounded = |part, whole| Value::share(part, whole).map(Value::rounded);
        assert_eq!(rounded(1, 3), Some(3333));
        assert_eq!(rounded(2, 3), Some(6667));
        assert_eq!(rounded(1, 8), Some(1250));
        assert_eq!(rounded(0, 5), Some(0));
        assert_eq!(rounded(5, 5), Some(10_000));
        assert_eq!(rounded(0, 0), None);
        assert_eq!(Value::count(7).rounded(), 700);
    }

    #[test]
    fn only_blocks_that_fit_make_an_indicator() {
        for sound in [
            Definition::qualification(),
            Definition::dissemination(),
            Definition::equipment(),
            Definition::coverage(Who::AssociationHeads),
        ] {
            assert!(sound.is_sound(), "{sound:?}");
            let written = serde_json::to_string(&sound).unwrap();
            assert_eq!(serde_json::from_str::<Definition>(&written).unwrap(), sound);
        }
        let kits_of_people = Definition {
            evidence: Evidence::ReadyKit,
            ..Definition::qualification()
        };
        let documents_of_schools = Definition {
            evidence: Evidence::Qualification,
            ..Definition::equipment()
        };
        let of_nobody = Definition::coverage(Who::Positions(Vec::new()));
        for unsound in [kits_of_people, documents_of_schools, of_nobody] {
            assert!(!unsound.is_sound(), "{unsound:?}");
        }
    }
}
