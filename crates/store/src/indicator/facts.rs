//! The records that the rules count from.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use kafedra_model::{
    InstitutionKind, PositionGroup,
    indicator::{
        Employment, Event, Evidence, Facts, Institution, Kit, Leadership, Membership, Part, Person,
        Position, Present, Question,
    },
};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, entity::prelude::*};

use crate::{
    Connection, association, association_member,
    attendance::{self, tally},
    employment, employment_leave, event, event_role, institution, kit, kit_status, person,
    position, professional_development, readiness_test,
    search::IDS_A_QUERY,
    teacher_leader,
};

/// Everything that the question's rules look at; records of other evidence are left out.
pub async fn facts(db: &impl Connection, question: &Question) -> Result<Facts, DbErr> {
    let mut facts = Facts {
        institutions: institutions(db).await?,
        ..Facts::default()
    };
    if question.definition.evidence == Evidence::ReadyKit {
        facts.kits = kits(db).await?;
        return Ok(facts);
    }
    people(db, &mut facts).await?;
    match question.definition.evidence {
        Evidence::Qualification => {
            facts.documents = professional_development::all(db)
                .await?
                .iter()
                .map(professional_development::Model::document)
                .collect();
        }
        Evidence::Dissemination => {
            let year = |month, day| NaiveDate::from_ymd_opt(question.day.year(), month, day);
            let (first, last) = (year(1, 1), year(12, 31));
            facts.events = events(db, first.zip(last)).await?;
        }
        Evidence::Training => facts.events = events(db, None).await?,
        Evidence::ReadyKit => {}
    }
    Ok(facts)
}

async fn institutions(db: &impl ConnectionTrait) -> Result<Vec<Institution>, DbErr> {
    Ok(institution::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|row| Institution {
            id: row.id,
            kind: InstitutionKind::parse(&row.kind).unwrap_or(InstitutionKind::Other),
            municipal: row.municipal,
            building_of: row.building_of,
            archived: row.archived_at.is_some(),
        })
        .collect())
}

/// People with where they work, lead and belong: of some, or everybody's.
async fn people(db: &impl Connection, facts: &mut Facts) -> Result<(), DbErr> {
    facts.positions = position::all(db)
        .await?
        .into_iter()
        .map(|row| Position {
            // A group of a newer version is counted by nobody.
            group: PositionGroup::parse(&row.position_group).unwrap_or(PositionGroup::Support),
            code: row.code,
        })
        .collect();
    facts.people = person::all(db)
        .await?
        .into_iter()
        .map(|row| Person {
            id: row.id,
            archived: row.archived_at.is_some(),
        })
        .collect();
    let mut leaves: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in employment_leave::Entity::find().all(db).await? {
        let leave = row.leave();
        leaves.entry(row.employment_id).or_default().push(leave);
    }
    facts.employments = employment::all(db)
        .await?
        .into_iter()
        .map(|row| Employment {
            person: row.person_id,
            institution: row.institution_id,
            position: row.position_code,
            is_main: row.is_main,
            from: row.from_date,
            to: row.to_date,
            leaves: leaves.remove(&row.id).unwrap_or_default(),
        })
        .collect();
    let associations = association::Entity::find().all(db).await?;
    facts.association_heads = associations
        .iter()
        .filter(|one| one.archived_at.is_none())
        .flat_map(|one| [one.head_id, one.stand_in_id])
        .flatten()
        .collect();
    let subjects: HashMap<Uuid, String> = associations
        .into_iter()
        .map(|one| (one.id, one.subject))
        .collect();
    facts.memberships = association_member::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(Membership {
                person: row.person_id,
                subject: subjects.get(&row.association_id)?.clone(),
                since: row.since,
                until: row.until,
            })
        })
        .collect();
    facts.leaders = teacher_leader::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|row| Leadership {
            person: row.person_id,
            since: row.since,
        })
        .collect();
    Ok(())
}

/// Events that were counted, of some days or of all.
async fn events(
    db: &impl ConnectionTrait,
    days: Option<(NaiveDate, NaiveDate)>,
) -> Result<Vec<Event>, DbErr> {
    let mut select = tally::Entity::find();
    if let Some((first, last)) = days {
        select = select.filter(tally::Column::HeldOn.between(first, last));
    }
    let tallies = select.all(db).await?;
    let ids: Vec<Uuid> = tallies.iter().map(|row| row.event_id).collect();
    let mut kinds = HashMap::new();
    let mut parts: HashMap<Uuid, Vec<Part>> = HashMap::new();
    let mut present: HashMap<Uuid, Vec<Present>> = HashMap::new();
    for some in ids.chunks(IDS_A_QUERY) {
        let some = some.iter().copied();
        let events = event::Entity::find()
            .filter(event::Column::Id.is_in(some.clone()))
            .all(db)
            .await?;
        kinds.extend(events.into_iter().map(|row| (row.id, row.kind())));
        let roles = event_role::Entity::find()
            .filter(event_role::Column::EventId.is_in(some.clone()))
            .all(db)
            .await?;
        for row in roles {
            if let Some(role) = row.role() {
                parts.entry(row.event_id).or_default().push(Part {
                    person: row.person_id,
                    role,
                    confirmed_by: row.confirmed_by,
                });
            }
        }
        let attendance = attendance::Entity::find()
            .filter(attendance::Column::EventId.is_in(some))
            .all(db)
            .await?;
        for row in attendance {
            present.entry(row.event_id).or_default().push(Present {
                person: row.person_id,
                seconds: row.seconds,
            });
        }
    }
    Ok(tallies
        .into_iter()
        .filter_map(|row| {
            Some(Event {
                id: row.event_id,
                kind: *kinds.get(&row.event_id)?,
                day: row.held_on,
                seconds: row.seconds,
                parts: parts.remove(&row.event_id).unwrap_or_default(),
                present: present.remove(&row.event_id).unwrap_or_default(),
            })
        })
        .collect())
}

async fn kits(db: &impl ConnectionTrait) -> Result<Vec<Kit>, DbErr> {
    let mut statuses: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in kit_status::Entity::find()
        .order_by_asc(kit_status::Column::Id)
        .all(db)
        .await?
    {
        statuses.entry(row.kit_id).or_default().push(row.change());
    }
    let mut tests: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in readiness_test::Entity::find()
        .order_by_asc(readiness_test::Column::Id)
        .all(db)
        .await?
    {
        tests.entry(row.kit_id).or_default().push(row.test());
    }
    Ok(kit::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|row| Kit {
            id: row.id,
            institution: row.institution_id,
            archived: row.archived_at.is_some(),
            has_camera: row.has_camera,
            has_speakerphone: row.has_speakerphone,
            has_computer: row.has_computer,
            has_channel: row.has_channel,
            statuses: statuses.remove(&row.id).unwrap_or_default(),
            tests: tests.remove(&row.id).unwrap_or_default(),
        })
        .collect())
}
