//! What would raise a figure, and where it will stand at the end of the year.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Evidence, Facts, Figure, Question, Settings, Value,
    evidence::{Places, Readiness, listened, passes_on, was_there},
    figure, value,
};
use crate::professional_development::Uncounted;

/// Why somebody is not counted, or will not be for long. Each is something that a person can mend.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Counts now; every document of theirs expires before the year's end.
    Expiring,
    /// Has a document that somebody has yet to verify.
    Unverified,
    /// Has a document dated after the day.
    NotYetIssued,
    /// The last document has expired.
    Expired,
    TooFewHours,
    /// Has documents that are none of professional development.
    OtherKind,
    NoDocument,
    /// Spoke, and nobody else has confirmed it.
    Unconfirmed,
    /// Is to speak on a day to come.
    Planned,
    /// Spoke to listeners of too few institutions.
    NotHeld,
    /// Was to speak and never connected.
    Absent,
    NoPart,
    Untrained,
    /// The kit's last test is too long ago, or there was none.
    Untested,
    FailedTest,
    Incomplete,
    NotInUse,
    NoKit,
}

/// People, or institutions, that one thing would mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    pub reason: Reason,
    pub members: Vec<Uuid>,
}

/// What would raise the figure, or keep it from falling until the year's end. Everybody who is not
/// counted stands under exactly one reason: the one that is mended most easily.
pub fn levers(facts: &Facts, question: &Question) -> Vec<Lever> {
    let figure = figure(facts, question);
    let mut levers: BTreeMap<Reason, Vec<Uuid>> = BTreeMap::new();
    let reasons = reasons(facts, question);
    for id in figure.uncounted() {
        let reason = reasons
            .get(&id)
            .copied()
            .unwrap_or(without(question.definition.evidence));
        levers.entry(reason).or_default().push(id);
    }
    let expiring = expiring(facts, question, &figure);
    if !expiring.is_empty() {
        levers.insert(Reason::Expiring, expiring.into_iter().collect());
    }
    levers
        .into_iter()
        .map(|(reason, members)| Lever { reason, members })
        .collect()
}

/// Where nothing at all is on record.
fn without(evidence: Evidence) -> Reason {
    match evidence {
        Evidence::Qualification => Reason::NoDocument,
        Evidence::Dissemination => Reason::NoPart,
        Evidence::Training => Reason::Untrained,
        Evidence::ReadyKit => Reason::NoKit,
    }
}

/// The reason that is mended most easily, of all that is on record for somebody.
fn reasons(facts: &Facts, question: &Question) -> HashMap<Uuid, Reason> {
    let mut best: HashMap<Uuid, Reason> = HashMap::new();
    let mut note = |id: Uuid, reason: Reason| {
        best.entry(id)
            .and_modify(|known| *known = (*known).min(reason))
            .or_insert(reason);
    };
    match question.definition.evidence {
        Evidence::Qualification => {
            for document in &facts.documents {
                if let Err(why) = document.counts_on(question.day) {
                    note(document.person, of_document(why));
                }
            }
        }
        Evidence::Dissemination => {
            let places = Places::of(facts);
            let this_year = facts
                .events
                .iter()
                .filter(|event| event.day.year() == question.day.year());
            for event in this_year {
                for part in &event.parts {
                    if !question.settings.disseminates(part.role, event.kind) {
                        continue;
                    }
                    let reason = if event.day > question.day {
                        Reason::Planned
                    } else if !was_there(event, part.person) {
                        Reason::Absent
                    } else if !places.held(event, &question.settings) {
                        Reason::NotHeld
                    } else if passes_on(event, part, &question.settings) {
                        continue;
                    } else {
                        Reason::Unconfirmed
                    };
                    note(part.person, reason);
                }
            }
        }
        Evidence::Training => {}
        Evidence::ReadyKit => {
            let owners: HashMap<Uuid, Uuid> = facts
                .institutions
                .iter()
                .map(|one| (one.id, one.legal_entity()))
                .collect();
            for kit in &facts.kits {
                let reason =
                    match Readiness::of(kit, question.day, question.settings.readiness_days) {
                        Readiness::Untested => Reason::Untested,
                        Readiness::FailedTest => Reason::FailedTest,
                        Readiness::Incomplete => Reason::Incomplete,
                        Readiness::NotInUse => Reason::NotInUse,
                        Readiness::Ready { .. } | Readiness::Gone => continue,
                    };
                if let Some(owner) = owners.get(&kit.institution) {
                    note(*owner, reason);
                }
            }
        }
    }
    best
}

fn of_document(why: Uncounted) -> Reason {
    match why {
        Uncounted::Unverified => Reason::Unverified,
        Uncounted::NotYetIssued => Reason::NotYetIssued,
        Uncounted::Expired => Reason::Expired,
        Uncounted::TooFewHours => Reason::TooFewHours,
        Uncounted::OtherKind => Reason::OtherKind,
    }
}

/// Counted people none of whose documents will count at the year's end.
fn expiring(facts: &Facts, question: &Question, figure: &Figure) -> BTreeSet<Uuid> {
    if question.definition.evidence != Evidence::Qualification {
        return BTreeSet::new();
    }
    let end = year_end(question.day);
    let mut expiring: BTreeSet<Uuid> = figure.counted().map(|(id, _)| id).collect();
    for document in &facts.documents {
        if document.issued_on <= question.day && document.counts_on(end).is_ok() {
            expiring.remove(&document.person);
        }
    }
    expiring
}

fn year_end(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day)
}

/// Where the figure will stand on 31 December.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// If nothing more is done.
    pub floor: Option<Value>,
    /// If things go on at the pace of the year so far.
    pub pace: Option<Value>,
}

/// Carries the figure on to the year's end. What the year has brought so far are those who are
/// counted by this year's evidence alone; kits are tested anew and stay as they are.
pub fn forecast(facts: &Facts, question: &Question) -> Forecast {
    let figure = figure(facts, question);
    let all = figure.members.len();
    let counted = figure.counted().count();
    let lost = expiring(facts, question, &figure).len();
    let gained = match question.definition.evidence {
        Evidence::Qualification => {
            let mut new: BTreeSet<Uuid> = figure.counted().map(|(id, _)| id).collect();
            for document in &facts.documents {
                if document.issued_on.year() < question.day.year()
                    && document.counts_on(question.day).is_ok()
                {
                    new.remove(&document.person);
                }
            }
            new.len()
        }
        Evidence::Dissemination => counted,
        Evidence::Training | Evidence::ReadyKit => 0,
    };
    project(question, all, counted, lost, gained)
}

/// From the numbers alone, for figures that are counted elsewhere.
pub(super) fn project(
    question: &Question,
    all: usize,
    counted: usize,
    lost: usize,
    gained: usize,
) -> Forecast {
    let base = question.definition.base;
    let floor = counted.saturating_sub(lost);
    let elapsed = u64::from(question.day.ordinal());
    let left = u64::from(year_end(question.day).ordinal()).saturating_sub(elapsed);
    let coming = u64::try_from(gained)
        .unwrap_or(u64::MAX)
        .saturating_mul(left)
        / elapsed.max(1);
    let coming = usize::try_from(coming).unwrap_or(usize::MAX);
    Forecast {
        floor: value(base, floor, all),
        pace: value(base, floor.saturating_add(coming).min(all), all),
    }
}

/// How many people listened for long enough to events that were held from 1 January to `day`.
pub fn reach(facts: &Facts, day: NaiveDate, settings: &Settings) -> usize {
    let places = Places::of(facts);
    facts
        .events
        .iter()
        .filter(|event| event.day.year() == day.year() && event.day <= day)
        .filter(|event| places.held(event, settings))
        .flat_map(|event| listened(event, settings))
        .collect::<BTreeSet<Uuid>>()
        .len()
}
