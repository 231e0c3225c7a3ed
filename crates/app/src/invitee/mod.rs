//! Inviting to an event: people by name, groups as a whole, and the letters and notices about it.

use std::collections::HashMap;

use chrono::NaiveDate;
use kafedra_model::{Actor, Locale, invitee::Group, letter::LetterKind, notice::NoticeKind, text};
use kafedra_store::{
    association, event, institution, invitee, invitee_group, notice, person, position,
};
use sea_orm::ConnectionTrait;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiResult, AppState,
    event::{NOT_YOURS, TOO_MANY},
    mail::{self, About, recipient},
    problem::{FieldCode, UNKNOWN, locale},
};

mod add;
mod answer;
mod list;
mod preview;

pub use answer::MyInvitation;

/// Most groups that one request invites.
const MOST_GROUPS: usize = 50;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(preview::preview))
        .routes(routes!(list::list, add::add))
        .routes(routes!(answer::answer))
}

/// Collects what is wrong with the fields of a request.
type Wrong = Vec<(String, &'static FieldCode)>;

/// Groups with the people who belong to each today. Refuses groups that are unknown or not the
/// caller's to invite.
pub(crate) async fn members(
    db: &impl ConnectionTrait,
    asked: &[Group],
    actor: &Actor,
    today: NaiveDate,
    wrong: &mut Wrong,
) -> ApiResult<Vec<(Group, Vec<Uuid>)>> {
    if asked.len() > MOST_GROUPS {
        wrong.push(("groups".to_owned(), &TOO_MANY));
        return Ok(Vec::new());
    }
    let mut groups: Vec<(Group, Vec<Uuid>)> = Vec::with_capacity(asked.len());
    for (place, group) in asked.iter().enumerate() {
        let field = || format!("groups.{place}");
        if !is_known(db, group).await? {
            wrong.push((field(), &UNKNOWN));
        } else if !group.may_be_invited_by(actor) {
            wrong.push((field(), &NOT_YOURS));
        } else if groups.iter().all(|(known, _)| known != group) {
            let people = invitee_group::members(db, group, today).await?;
            groups.push((group.clone(), people));
        }
    }
    Ok(groups)
}

async fn is_known(db: &impl ConnectionTrait, group: &Group) -> ApiResult<bool> {
    Ok(match group {
        Group::Institution(id) => institution::find(db, *id)
            .await?
            .is_some_and(|one| one.archived_at.is_none()),
        Group::Association(id) => association::find(db, *id)
            .await?
            .is_some_and(|one| one.archived_at.is_none()),
        Group::Position(code) => position::find(db, code).await?.is_some(),
        Group::Subject(subject) => {
            text::line(subject, kafedra_model::event::SUBJECT_LENGTH).is_ok()
        }
    })
}

/// Invites groups and gives the people who were not invited before; the organiser never is.
pub(crate) async fn bring(
    state: &AppState,
    db: &impl ConnectionTrait,
    event: &event::Model,
    groups: &[(Group, Vec<Uuid>)],
    by: Uuid,
) -> ApiResult<Vec<Uuid>> {
    let mut new = Vec::new();
    for (group, people) in groups {
        let row = invitee_group::keep(db, event.id, group, by, state.clock.now()).await?;
        let people: Vec<Uuid> = people
            .iter()
            .copied()
            .filter(|person| *person != event.organiser_id)
            .collect();
        new.extend(invitee::add(db, event.id, Some(row.id), &people).await?);
    }
    Ok(new)
}

/// Tells people that they are invited: to one event, or to the dates of a series in one letter.
/// Gives how many have no address and learn it in the application alone.
pub(crate) async fn announce(
    state: &AppState,
    db: &impl ConnectionTrait,
    events: &[event::Model],
    people: &[Uuid],
) -> ApiResult<usize> {
    let Some(first) = events.first().filter(|_| !people.is_empty()) else {
        return Ok(0);
    };
    let recipients = recipient::people(db, people).await?;
    let about = About::of(state, db, events).await?;
    let sent = mail::post(state, db, LetterKind::Invitation, &about, &recipients).await?;
    let told = recipient::persons(&recipients);
    notice::tell(db, first.id, NoticeKind::Invited, &told, state.clock.now()).await?;
    Ok(recipients.len() - sent)
}

/// How many of these people have no address.
async fn without_email(db: &impl ConnectionTrait, people: &[Uuid]) -> ApiResult<usize> {
    let mut without = 0;
    for some in people.chunks(5_000) {
        let found = person::named(db, some.iter().copied()).await?;
        without += found.iter().filter(|person| person.email.is_none()).count();
    }
    Ok(without)
}

/// What groups are called, in the caller's language.
async fn names(db: &impl ConnectionTrait, groups: &[Group]) -> ApiResult<HashMap<Group, String>> {
    let of = |pick: fn(&Group) -> Option<Uuid>| groups.iter().filter_map(pick).collect::<Vec<_>>();
    let institutions = of(|group| match group {
        Group::Institution(id) => Some(*id),
        _ => None,
    });
    let institutions = institution::short_names(db, institutions).await?;
    let associations = of(|group| match group {
        Group::Association(id) => Some(*id),
        _ => None,
    });
    let associations = association::named(db, associations).await?;
    let positions = position::all(db).await?;
    let locale = locale();
    Ok(groups
        .iter()
        .map(|group| {
            let name = match group {
                Group::Institution(id) => institutions.get(id).cloned(),
                Group::Association(id) => associations
                    .iter()
                    .find(|one| one.id == *id)
                    .map(|one| one.name.clone()),
                Group::Position(code) => {
                    positions
                        .iter()
                        .find(|one| one.code == *code)
                        .map(|one| match locale {
                            Locale::Ru => one.name_ru.clone(),
                            Locale::En => one.name_en.clone(),
                        })
                }
                Group::Subject(subject) => Some(subject.clone()),
            };
            (group.clone(), name.unwrap_or_default())
        })
        .collect())
}
