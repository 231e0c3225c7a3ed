//! The indicators once more, person by person, record by record, date by date. It shares no code
//! with the rules and no query with the database, and makes no use of any index.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use kafedra_model::{
    EventKind, EventRole, InstitutionKind,
    indicator::{Base, Event, Evidence, Facts, KitStatus, LeaveKind, Question, Settings, Who},
    professional_development::{Document, Kind},
};
use uuid::Uuid;

/// Everybody who may be counted, and how many proofs each has.
pub fn count(facts: &Facts, question: &Question) -> BTreeMap<Uuid, usize> {
    let mut answer = BTreeMap::new();
    if let Who::Institutions(kinds) = &question.definition.who {
        for place in &facts.institutions {
            let asked_for = match question.slice.institution {
                Some(id) => id == place.id,
                None => true,
            };
            if asked_for
                && question.slice.position.is_none()
                && question.slice.subject.is_none()
                && place.building_of.is_none()
                && kinds.contains(&place.kind)
                && educates(facts, place.id)
            {
                answer.insert(place.id, ready_kits(facts, question, place.id));
            }
        }
        return answer;
    }
    for person in &facts.people {
        if person.archived || !may_be_counted(facts, question, person.id) {
            continue;
        }
        let proofs = match question.definition.evidence {
            Evidence::Qualification => facts
                .documents
                .iter()
                .filter(|one| one.person == person.id && is_valid(one, question.day))
                .count(),
            Evidence::Dissemination => talks(facts, question, person.id),
            Evidence::Training => trainings(facts, question, person.id),
            Evidence::ReadyKit => 0,
        };
        answer.insert(person.id, proofs);
    }
    answer
}

/// The value in words: «not available» or a fraction.
pub fn value(facts: &Facts, question: &Question) -> Option<(usize, usize)> {
    let answer = count(facts, question);
    let counted = answer.values().filter(|proofs| **proofs > 0).count();
    match (question.definition.base, answer.len()) {
        (_, 0) => None,
        (Base::Share, all) => Some((counted, all)),
        (Base::Count, _) => Some((counted, 1)),
    }
}

fn between(day: NaiveDate, from: NaiveDate, to: Option<NaiveDate>) -> bool {
    if day < from {
        return false;
    }
    match to {
        Some(to) => day <= to,
        None => true,
    }
}

fn educates(facts: &Facts, place: Uuid) -> bool {
    for one in &facts.institutions {
        if one.id == place {
            return one.municipal
                && !one.archived
                && [
                    InstitutionKind::School,
                    InstitutionKind::Kindergarten,
                    InstitutionKind::ExtendedEducation,
                    InstitutionKind::MethodCentre,
                ]
                .contains(&one.kind);
        }
    }
    false
}

fn may_be_counted(facts: &Facts, question: &Question, person: Uuid) -> bool {
    let day = question.day;
    for job in &facts.employments {
        if job.person != person || !job.is_main || !between(day, job.from, job.to) {
            continue;
        }
        if !educates(facts, job.institution) {
            continue;
        }
        if let Some(asked) = question.slice.institution {
            let mut belongs = job.institution == asked;
            for place in &facts.institutions {
                if place.id == job.institution && place.building_of == Some(asked) {
                    belongs = true;
                }
            }
            if !belongs {
                continue;
            }
        }
        if let Some(asked) = &question.slice.position
            && job.position != *asked
        {
            continue;
        }
        if let Some(asked) = &question.slice.subject {
            let belongs = facts.memberships.iter().any(|one| {
                one.person == person && one.subject == *asked && between(day, one.since, one.until)
            });
            if !belongs {
                continue;
            }
        }
        let away = job
            .leaves
            .iter()
            .any(|one| one.kind == LeaveKind::Parental && between(day, one.from, one.to));
        if question.without_parental_leave && away {
            continue;
        }
        let fits = match &question.definition.who {
            Who::Groups(groups) => facts
                .positions
                .iter()
                .any(|one| one.code == job.position && groups.contains(&one.group)),
            Who::Positions(codes) => codes.contains(&job.position),
            Who::AssociationHeads => facts.association_heads.contains(&person),
            Who::TeacherLeaders => facts
                .leaders
                .iter()
                .any(|one| one.person == person && one.since <= day),
            Who::Institutions(_) => false,
        };
        if fits {
            return true;
        }
    }
    false
}

/// Dates are compared as they are written: year, month, day. 29 February three years later comes
/// after 28 February and before 1 March, whether or not there is such a day.
fn is_valid(document: &Document, day: NaiveDate) -> bool {
    let fewest = match document.kind {
        Kind::Certificate => 16,
        Kind::Retraining => 250,
        Kind::Other => return false,
    };
    let issued = document.issued_on;
    let last = (issued.year() + 3, issued.month(), issued.day());
    let today = (day.year(), day.month(), day.day());
    document.verified && document.hours >= fewest && issued <= day && today <= last
}

fn was_there(event: &Event, person: Uuid) -> i64 {
    let mut seconds = 0;
    for one in &event.present {
        if one.person == person && event.seconds > 0 {
            seconds += one.seconds;
        }
    }
    seconds
}

fn only_listens(event: &Event, person: Uuid) -> bool {
    event
        .parts
        .iter()
        .all(|part| part.person != person || part.role == EventRole::Listener)
}

fn was_held(facts: &Facts, event: &Event, settings: &Settings) -> bool {
    let mut places = BTreeSet::new();
    for person in &facts.people {
        if was_there(event, person.id) == 0 || !only_listens(event, person.id) {
            continue;
        }
        for job in &facts.employments {
            if job.person == person.id && job.is_main && between(event.day, job.from, job.to) {
                for place in &facts.institutions {
                    if place.id == job.institution {
                        places.insert(place.building_of.unwrap_or(place.id));
                    }
                }
            }
        }
    }
    event.seconds > 0 && places.len() as u32 >= settings.listener_institutions
}

fn in_the_year_so_far(event: &Event, day: NaiveDate) -> bool {
    event.day >= NaiveDate::from_ymd_opt(day.year(), 1, 1).expect("a date") && event.day <= day
}

fn talks(facts: &Facts, question: &Question, person: Uuid) -> usize {
    let mut roles = BTreeSet::new();
    for event in &facts.events {
        if !in_the_year_so_far(event, question.day)
            || !was_held(facts, event, &question.settings)
            || was_there(event, person) == 0
        {
            continue;
        }
        for part in &event.parts {
            let by_another = match part.confirmed_by {
                Some(by) => by != person,
                None => false,
            };
            if part.person != person || !by_another {
                continue;
            }
            for rule in &question.settings.disseminating {
                if rule.role == part.role
                    && (rule.kinds.is_empty() || rule.kinds.contains(&event.kind))
                {
                    roles.insert((event.id, part.role.as_str()));
                }
            }
        }
    }
    roles.len()
}

fn heard(event: &Event, person: Uuid, settings: &Settings) -> bool {
    let seconds = was_there(event, person);
    seconds > 0
        && only_listens(event, person)
        && seconds * 100 >= event.seconds * i64::from(settings.listener_share)
}

fn trainings(facts: &Facts, question: &Question, person: Uuid) -> usize {
    facts
        .events
        .iter()
        .filter(|event| event.kind == EventKind::Training && event.day <= question.day)
        .filter(|event| heard(event, person, &question.settings))
        .count()
}

/// How many people of the register heard something this year.
pub fn reach(facts: &Facts, day: NaiveDate, settings: &Settings) -> usize {
    facts
        .people
        .iter()
        .filter(|person| {
            facts.events.iter().any(|event| {
                in_the_year_so_far(event, day)
                    && was_held(facts, event, settings)
                    && heard(event, person.id, settings)
            })
        })
        .count()
}

fn ready_kits(facts: &Facts, question: &Question, school: Uuid) -> usize {
    let day = question.day;
    let mut ready = 0;
    for kit in &facts.kits {
        let owner = facts
            .institutions
            .iter()
            .find(|place| place.id == kit.institution)
            .map(|place| place.building_of.unwrap_or(place.id));
        if owner != Some(school) || kit.archived {
            continue;
        }
        let mut status = None;
        let mut status_since = NaiveDate::MIN;
        for change in &kit.statuses {
            if change.since <= day && change.since >= status_since {
                status = Some(change.status);
                status_since = change.since;
            }
        }
        let mut passed = false;
        let mut tested_on = NaiveDate::MIN;
        for test in &kit.tests {
            if test.on <= day && test.on >= tested_on {
                passed = test.passed;
                tested_on = test.on;
            }
        }
        let complete =
            kit.has_camera && kit.has_speakerphone && kit.has_computer && kit.has_channel;
        let fresh =
            passed && (day - tested_on).num_days() <= i64::from(question.settings.readiness_days);
        if status == Some(KitStatus::Ready) && complete && fresh {
            ready += 1;
        }
    }
    ready
}
