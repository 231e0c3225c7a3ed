//! Who gets a letter or a notice about an event.

use std::collections::BTreeSet;

use kafedra_model::{Locale, invitee::Answer, registration::RegistrationState};
use kafedra_store::{account, event, event_role, invitee, person, registration, registration_form};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::ApiResult;

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// `None` for a guest.
    pub person: Option<Uuid>,
    pub name: String,
    pub email: Option<String>,
    pub locale: Locale,
    /// Of a guest's own page.
    pub code: Option<String>,
}

impl Recipient {
    /// The guest, or the person's own data looked up by [`people`].
    pub fn guest(row: &registration::Model) -> Self {
        Self {
            person: None,
            name: row.name.clone(),
            email: row.email.clone(),
            locale: row.locale(),
            code: row.code.clone(),
        }
    }
}

/// How close somebody must be to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circle {
    /// Expected to come: where people register, only those who have a seat.
    Coming,
    /// Those, and whoever still may come.
    Concerned,
}

/// People by their ids; archived ones are left out.
///
/// # Errors
///
/// A database that is away.
pub async fn people(db: &impl ConnectionTrait, ids: &[Uuid]) -> ApiResult<Vec<Recipient>> {
    let mut recipients = Vec::with_capacity(ids.len());
    // Neither database takes any number of values in one query.
    for some in ids.chunks(5_000) {
        let locales = account::locales(db, some.iter().copied()).await?;
        let found = person::named(db, some.iter().copied()).await?;
        recipients.extend(
            found
                .into_iter()
                .filter(|person| person.archived_at.is_none())
                .map(|person| Recipient {
                    person: Some(person.id),
                    name: person.full_name(),
                    locale: locales
                        .get(&person.id)
                        .and_then(|tag| Locale::parse(tag))
                        .unwrap_or_default(),
                    email: person.email,
                    code: None,
                }),
        );
    }
    Ok(recipients)
}

/// Everyone within a circle of an event, `except` one.
///
/// # Errors
///
/// A database that is away.
pub async fn of_event(
    db: &impl ConnectionTrait,
    event: &event::Model,
    circle: Circle,
    except: Option<Uuid>,
) -> ApiResult<Vec<Recipient>> {
    let mut ids = BTreeSet::from([event.organiser_id]);
    ids.extend(
        event_role::of_event(db, event.id)
            .await?
            .iter()
            .map(|role| role.person_id),
    );
    let registers = registration_form::find(db, event.id).await?.is_some();
    if circle == Circle::Concerned || !registers {
        let invited = invitee::of_event(db, event.id).await?;
        ids.extend(
            invited
                .iter()
                .filter(|row| row.answer() != Some(Answer::Declined))
                .map(|row| row.person_id),
        );
    }
    let mut guests = Vec::new();
    for row in registration::of_event(db, event.id).await? {
        let counts = match circle {
            Circle::Coming => row.state() == RegistrationState::Confirmed,
            Circle::Concerned => row.state().stands(),
        };
        match row.person_id {
            Some(person) if counts => {
                ids.insert(person);
            }
            // Whoever withdrew is not brought back by having been invited.
            Some(person) => {
                ids.remove(&person);
            }
            None if counts => guests.push(Recipient::guest(&row)),
            None => {}
        }
    }
    if let Some(person) = except {
        ids.remove(&person);
    }
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut recipients = people(db, &ids).await?;
    recipients.extend(guests);
    Ok(recipients)
}

/// The people among them, who have an account to be told in.
pub fn persons(recipients: &[Recipient]) -> Vec<Uuid> {
    recipients.iter().filter_map(|one| one.person).collect()
}
