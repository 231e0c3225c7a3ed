//! What minutes begin with: nobody types what is known.

use std::collections::HashSet;

use kafedra_documents::date;
use kafedra_model::{
    EventRole, ItemKind, Locale,
    minutes::{Attended, Body, Item, MOST_ITEMS, next_number, school_year},
};
use kafedra_store::{
    association, employment, event, event_role, minutes, person, programme,
    task::{self, Whose},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::voted;
use crate::{
    ApiResult, AppState,
    attendance::{self, local_day},
    problem::locale,
};

/// The next number among the association's minutes of the same school year; empty for an event that
/// belongs to none.
pub(super) async fn number(state: &AppState, event: &event::Model) -> ApiResult<String> {
    let Some(association) = event.association_id else {
        return Ok(String::new());
    };
    let db = &state.store.db;
    let year = school_year(local_day(event, event.starts_at));
    let meetings = event::Entity::find()
        .filter(event::Column::AssociationId.eq(association))
        .all(db)
        .await?
        .into_iter()
        .filter(|one| school_year(local_day(one, one.starts_at)) == year)
        .map(|one| one.id);
    let signed = minutes::signed(db, meetings).await?;
    Ok(next_number(signed.iter().map(|row| row.number.as_str())))
}

/// Chair, secretary, those who were there, and the agenda: first what the association decided before
/// and has not done yet, then the programme without its breaks, then what was voted on.
pub(super) async fn body(state: &AppState, event: &event::Model) -> ApiResult<Body> {
    let db = &state.store.db;
    let roles = event_role::of_event(db, event.id).await?;
    let with_role = |role: EventRole| {
        roles
            .iter()
            .find(|row| row.role() == Some(role))
            .map(|row| row.person_id)
    };
    let head = match event.association_id {
        Some(id) => association::find(db, id).await?.and_then(|row| row.head_id),
        None => None,
    };
    let chair = with_role(EventRole::Chair)
        .or(head)
        .unwrap_or(event.organiser_id);
    let secretary = with_role(EventRole::Secretary);
    let there = attendance::of(state, event).await?;
    let programme = programme::of_event(db, event.id).await?;
    let ids: HashSet<Uuid> = [Some(chair), secretary]
        .into_iter()
        .flatten()
        .chain(there.seconds.keys().copied())
        .chain(programme.iter().flat_map(|talk| talk.speakers.clone()))
        .collect();
    let mut people = person::named(db, ids).await?;
    people.sort_by(|a, b| (&a.search_name, a.id).cmp(&(&b.search_name, b.id)));
    let name = |id: Uuid| {
        people
            .iter()
            .find(|person| person.id == id)
            .map(person::Model::full_name)
            .unwrap_or_default()
    };
    let day = local_day(event, event.starts_at);
    let schools = employment::main_institutions(db, there.seconds.keys().copied(), day).await?;
    let attended = people
        .iter()
        .filter(|person| there.seconds.get(&person.id).is_some_and(|time| *time > 0))
        .map(|person| Attended {
            person_id: Some(person.id),
            name: person.full_name(),
            institution: schools.get(&person.id).cloned().unwrap_or_default(),
        })
        .collect();
    let mut items: Vec<Item> = open_tasks(state, event).await?.into_iter().collect();
    items.extend(
        programme
            .iter()
            .filter(|talk| talk.item.kind() != ItemKind::Break)
            .map(|talk| Item {
                topic: talk.item.title.clone(),
                speaker: talk
                    .speakers
                    .iter()
                    .map(|id| name(*id))
                    .collect::<Vec<_>>()
                    .join(", "),
                ..Item::default()
            }),
    );
    if items.is_empty() {
        items.push(Item {
            topic: event.title.clone(),
            ..Item::default()
        });
    }
    items.extend(voted::items(state, event).await?);
    items.truncate(MOST_ITEMS);
    Ok(Body {
        chair: name(chair),
        secretary: secretary.map(name).unwrap_or_default(),
        attended,
        items,
    })
}

/// The first item of an association's agenda: what it decided at earlier meetings and is not done.
async fn open_tasks(state: &AppState, event: &event::Model) -> ApiResult<Option<Item>> {
    let Some(association) = event.association_id else {
        return Ok(None);
    };
    let lines: Vec<String> = task::list(&state.store.db, Whose::Association(association), true)
        .await?
        .into_iter()
        .filter(|task| task.event_id != Some(event.id))
        .map(|task| {
            let mut line = format!("— {}", task.text);
            if !task.assignee.is_empty() {
                line.push_str(&format!(" ({})", task.assignee));
            }
            if let Some(due) = task.due {
                line.push_str(&format!(", {}", date::short(due)));
            }
            line
        })
        .collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let topic = match locale() {
        Locale::Ru => "О выполнении ранее принятых решений",
        Locale::En => "How earlier decisions are carried out",
    };
    Ok(Some(Item {
        topic: topic.to_owned(),
        heard: lines.join("\n"),
        ..Item::default()
    }))
}
