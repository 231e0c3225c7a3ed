//! What makes somebody count on a day.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{Event, Evidence, Facts, Kit, KitStatus, Part, Proof, Question, Settings};
use crate::{EventKind, EventRole};

/// Everything that counts, by whom it counts for.
pub(super) fn proofs(facts: &Facts, question: &Question) -> HashMap<Uuid, Vec<Proof>> {
    let day = question.day;
    let mut all: HashMap<Uuid, Vec<Proof>> = HashMap::new();
    let mut add = |id: Uuid, proof: Proof| all.entry(id).or_default().push(proof);
    match question.definition.evidence {
        Evidence::Qualification => {
            for document in &facts.documents {
                if document.counts_on(day).is_ok() {
                    add(document.person, Proof::Document(document.id));
                }
            }
        }
        Evidence::Dissemination => {
            let places = Places::of(facts);
            for event in &facts.events {
                if event.day.year() != day.year() || event.day > day {
                    continue;
                }
                if !places.held(event, &question.settings) {
                    continue;
                }
                for part in &event.parts {
                    if passes_on(event, part, &question.settings) {
                        let proof = Proof::Part {
                            event: event.id,
                            role: part.role,
                        };
                        add(part.person, proof);
                    }
                }
            }
        }
        Evidence::Training => {
            let trainings = facts
                .events
                .iter()
                .filter(|event| event.kind == EventKind::Training && event.day <= day);
            for event in trainings {
                for person in listened(event, &question.settings) {
                    add(person, Proof::Training(event.id));
                }
            }
        }
        Evidence::ReadyKit => {
            let owners: HashMap<Uuid, Uuid> = facts
                .institutions
                .iter()
                .map(|one| (one.id, one.legal_entity()))
                .collect();
            for kit in &facts.kits {
                let ready = Readiness::of(kit, day, question.settings.readiness_days);
                if let (Readiness::Ready { tested_on }, Some(owner)) =
                    (ready, owners.get(&kit.institution))
                {
                    let proof = Proof::Kit {
                        kit: kit.id,
                        tested_on,
                    };
                    add(*owner, proof);
                }
            }
        }
    }
    for proofs in all.values_mut() {
        proofs.sort_unstable();
        proofs.dedup();
    }
    all
}

/// Whether a part was confirmed by somebody else, passes on experience, and its holder was there.
pub(super) fn passes_on(event: &Event, part: &Part, settings: &Settings) -> bool {
    part.confirmed_by.is_some_and(|by| by != part.person)
        && settings.disseminates(part.role, event.kind)
        && was_there(event, part.person)
}

pub(super) fn was_there(event: &Event, person: Uuid) -> bool {
    event.seconds > 0
        && event
            .present
            .iter()
            .any(|one| one.person == person && one.seconds > 0)
}

/// Those who were there as listeners: they have no other part in the event.
fn listeners(event: &Event) -> impl Iterator<Item = (Uuid, i64)> {
    let active: HashSet<Uuid> = event
        .parts
        .iter()
        .filter(|part| part.role != EventRole::Listener)
        .map(|part| part.person)
        .collect();
    event
        .present
        .iter()
        .filter(move |one| !active.contains(&one.person))
        .filter(|one| event.seconds > 0 && one.seconds > 0)
        .map(|one| (one.person, one.seconds))
}

/// Listeners who were there for long enough.
pub(super) fn listened(event: &Event, settings: &Settings) -> impl Iterator<Item = Uuid> {
    let least = event
        .seconds
        .saturating_mul(i64::from(settings.listener_share));
    listeners(event)
        .filter(move |(_, seconds)| seconds.saturating_mul(100) >= least)
        .map(|(person, _)| person)
}

/// Where everybody works.
pub(super) struct Places {
    /// Legal entities of main employments, with their days.
    jobs: HashMap<Uuid, Vec<(NaiveDate, Option<NaiveDate>, Uuid)>>,
}

impl Places {
    pub(super) fn of(facts: &Facts) -> Self {
        let owners: HashMap<Uuid, Uuid> = facts
            .institutions
            .iter()
            .map(|one| (one.id, one.legal_entity()))
            .collect();
        let mut jobs: HashMap<Uuid, Vec<_>> = HashMap::new();
        for job in facts.employments.iter().filter(|job| job.is_main) {
            if let Some(owner) = owners.get(&job.institution) {
                jobs.entry(job.person)
                    .or_default()
                    .push((job.from, job.to, *owner));
            }
        }
        Self { jobs }
    }

    /// Whether an event was held: its room ran, and listeners of enough institutions were there.
    pub(super) fn held(&self, event: &Event, settings: &Settings) -> bool {
        let institutions: BTreeSet<Uuid> = listeners(event)
            .filter_map(|(person, _)| self.jobs.get(&person))
            .flatten()
            .filter(|(from, to, _)| *from <= event.day && to.is_none_or(|last| event.day <= last))
            .map(|(_, _, owner)| *owner)
            .collect();
        event.seconds > 0
            && institutions.len()
                >= usize::try_from(settings.listener_institutions).unwrap_or(usize::MAX)
    }
}

/// How ready a kit is on a day. The order is that of how little it lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Readiness {
    Ready {
        tested_on: NaiveDate,
    },
    /// Complete and in use; the last test passed too long ago, or there was none.
    Untested,
    FailedTest,
    /// Camera, speakerphone, computer or channel is missing.
    Incomplete,
    /// Not bought yet, being set up, in repair.
    NotInUse,
    /// Written off, or out of the register.
    Gone,
}

impl Readiness {
    pub(super) fn of(kit: &Kit, day: NaiveDate, readiness_days: u32) -> Self {
        let status = kit
            .statuses
            .iter()
            .filter(|change| change.since <= day)
            // Of equals the last one.
            .max_by_key(|change| change.since)
            .map(|change| change.status);
        let test = kit
            .tests
            .iter()
            .filter(|test| test.on <= day)
            .max_by_key(|test| test.on);
        if kit.archived || status == Some(KitStatus::WrittenOff) {
            return Self::Gone;
        }
        if status != Some(KitStatus::Ready) {
            return Self::NotInUse;
        }
        if !(kit.has_camera && kit.has_speakerphone && kit.has_computer && kit.has_channel) {
            return Self::Incomplete;
        }
        match test {
            Some(test) if !test.passed => Self::FailedTest,
            Some(test)
                if day.signed_duration_since(test.on).num_days() <= i64::from(readiness_days) =>
            {
                Self::Ready { tested_on: test.on }
            }
            _ => Self::Untested,
        }
    }
}
