//! Who may be counted on a day.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Employment, Facts, Institution, LeaveKind, Question, Who};

/// Everybody, each once.
pub(super) fn members(facts: &Facts, question: &Question) -> BTreeSet<Uuid> {
    match &question.definition.who {
        Who::Institutions(kinds) => {
            // A school has neither a position nor a subject.
            if question.slice.position.is_some() || question.slice.subject.is_some() {
                return BTreeSet::new();
            }
            facts
                .institutions
                .iter()
                .filter(|one| one.building_of.is_none() && one.is_municipal_education())
                .filter(|one| kinds.contains(&one.kind))
                .filter(|one| question.slice.institution.is_none_or(|id| id == one.id))
                .map(|one| one.id)
                .collect()
        }
        _ => people(facts, question),
    }
}

fn people(facts: &Facts, question: &Question) -> BTreeSet<Uuid> {
    let day = question.day;
    let institutions: HashMap<Uuid, &Institution> =
        facts.institutions.iter().map(|one| (one.id, one)).collect();
    let archived: HashSet<Uuid> = facts
        .people
        .iter()
        .filter(|person| person.archived)
        .map(|person| person.id)
        .collect();
    let named = named(facts, &question.definition.who, day);
    let in_subject = question.slice.subject.as_ref().map(|subject| {
        facts
            .memberships
            .iter()
            .filter(|one| one.subject == *subject)
            .filter(|one| one.since <= day && one.until.is_none_or(|last| day <= last))
            .map(|one| one.person)
            .collect::<HashSet<Uuid>>()
    });
    let codes = codes(facts, &question.definition.who);
    facts
        .employments
        .iter()
        .filter(|job| job.is_main && job.is_active(day))
        .filter(|job| {
            institutions.get(&job.institution).is_some_and(|place| {
                place.is_municipal_education()
                    && question
                        .slice
                        .institution
                        .is_none_or(|id| id == place.id || id == place.legal_entity())
            })
        })
        .filter(|job| {
            codes
                .as_ref()
                .is_none_or(|codes| codes.contains(job.position.as_str()))
        })
        .filter(|job| {
            question
                .slice
                .position
                .as_ref()
                .is_none_or(|code| *code == job.position)
        })
        .filter(|job| !(question.without_parental_leave && on_parental_leave(job, day)))
        .map(|job| job.person)
        .filter(|person| !archived.contains(person))
        .filter(|person| named.as_ref().is_none_or(|named| named.contains(person)))
        .filter(|person| in_subject.as_ref().is_none_or(|all| all.contains(person)))
        .collect()
}

/// Codes of the positions that count; `None` for all.
fn codes<'a>(facts: &'a Facts, who: &'a Who) -> Option<HashSet<&'a str>> {
    match who {
        Who::Groups(groups) => Some(
            facts
                .positions
                .iter()
                .filter(|position| groups.contains(&position.group))
                .map(|position| position.code.as_str())
                .collect(),
        ),
        Who::Positions(codes) => Some(codes.iter().map(String::as_str).collect()),
        Who::AssociationHeads | Who::TeacherLeaders | Who::Institutions(_) => None,
    }
}

/// Those whom a list names; `None` where an employment alone decides.
fn named(facts: &Facts, who: &Who, day: NaiveDate) -> Option<HashSet<Uuid>> {
    match who {
        Who::AssociationHeads => Some(facts.association_heads.iter().copied().collect()),
        Who::TeacherLeaders => Some(
            facts
                .leaders
                .iter()
                .filter(|one| one.since <= day)
                .map(|one| one.person)
                .collect(),
        ),
        Who::Groups(_) | Who::Positions(_) | Who::Institutions(_) => None,
    }
}

fn on_parental_leave(job: &Employment, day: NaiveDate) -> bool {
    job.leaves.iter().any(|leave| {
        leave.kind == LeaveKind::Parental
            && leave.from <= day
            && leave.to.is_none_or(|last| day <= last)
    })
}
