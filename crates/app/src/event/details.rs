//! What a plan says of an event besides its title and time.

use kafedra_model::{
    Actor, Audience,
    event::{DESCRIPTION_LENGTH, Level, SUBJECT_LENGTH},
    text::{self, BadText},
};
use kafedra_store::{association, employment, event, institution};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{NOT_YOURS, Wrong};
use crate::{
    ApiResult,
    form::sent,
    problem::{TOO_LONG, UNKNOWN},
    seat::DECEPTIVE,
};

/// What is left out stays, or is as for a meeting of its own in the city.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventDetails {
    /// Plain text, 10,000 characters at most.
    description: Option<String>,
    /// Those invited alone, where it was never said.
    audience: Option<Audience>,
    level: Option<Level>,
    /// A school subject; null for none.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    subject: Option<Option<String>>,
    /// The association that meets; whoever leads it may say so.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<Uuid>)]
    association_id: Option<Option<Uuid>>,
    /// The institution that holds it; its people may say so.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<Uuid>)]
    institution_id: Option<Option<Uuid>>,
}

/// The details, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    pub description: String,
    pub audience: Audience,
    pub level: Level,
    pub subject: Option<String>,
    pub association_id: Option<Uuid>,
    pub institution_id: Option<Uuid>,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            description: String::new(),
            audience: Audience::Invited,
            level: Level::City,
            subject: None,
            association_id: None,
            institution_id: None,
        }
    }
}

impl Details {
    pub fn of(event: &event::Model) -> Self {
        Self {
            description: event.description.clone(),
            audience: event.audience(),
            level: event.level(),
            subject: event.subject.clone(),
            association_id: event.association_id,
            institution_id: event.institution_id,
        }
    }

    /// These details with what was asked for in place of what was.
    pub(super) async fn changed(
        mut self,
        db: &impl ConnectionTrait,
        asked: EventDetails,
        actor: &Actor,
        wrong: &mut Wrong,
    ) -> ApiResult<Self> {
        if let Some(typed) = asked.description {
            self.description = description(&typed, wrong);
        }
        self.audience = asked.audience.unwrap_or(self.audience);
        self.level = asked.level.unwrap_or(self.level);
        if let Some(typed) = asked.subject {
            self.subject = typed.and_then(|typed| subject(&typed, wrong));
        }
        if let Some(id) = asked.association_id
            && id != self.association_id
        {
            self.association_id = id;
            if let Some(id) = id {
                association(db, id, actor, wrong).await?;
            }
        }
        if let Some(id) = asked.institution_id
            && id != self.institution_id
        {
            self.institution_id = id;
            if let Some(id) = id {
                institution(db, id, actor, wrong).await?;
            }
        }
        Ok(self)
    }
}

/// Plain text of several lines; empty is fine.
pub(super) fn description(typed: &str, wrong: &mut Wrong) -> String {
    let body = text::body(typed);
    if body.chars().count() > DESCRIPTION_LENGTH {
        wrong.push(("description".to_owned(), &TOO_LONG));
    }
    body
}

fn subject(typed: &str, wrong: &mut Wrong) -> Option<String> {
    match text::line(typed, SUBJECT_LENGTH) {
        Ok(subject) => return Some(subject),
        Err(BadText::Empty) => {}
        Err(BadText::TooLong) => wrong.push(("subject".to_owned(), &TOO_LONG)),
        Err(BadText::Deceptive) => wrong.push(("subject".to_owned(), &DECEPTIVE)),
    }
    None
}

async fn association(
    db: &impl ConnectionTrait,
    id: Uuid,
    actor: &Actor,
    wrong: &mut Wrong,
) -> ApiResult<()> {
    let known = association::find(db, id)
        .await?
        .is_some_and(|association| association.archived_at.is_none());
    if !known {
        wrong.push(("associationId".to_owned(), &UNKNOWN));
    } else if !actor.leads_association(id) {
        wrong.push(("associationId".to_owned(), &NOT_YOURS));
    }
    Ok(())
}

async fn institution(
    db: &impl ConnectionTrait,
    id: Uuid,
    actor: &Actor,
    wrong: &mut Wrong,
) -> ApiResult<()> {
    if institution::find(db, id).await?.is_none() {
        wrong.push(("institutionId".to_owned(), &UNKNOWN));
        return Ok(());
    }
    let works_there = employment::of_person(db, actor.person_id)
        .await?
        .iter()
        .any(|job| job.institution_id == id && job.to_date.is_none());
    if !works_there && !actor.reads_institution(id) {
        wrong.push(("institutionId".to_owned(), &NOT_YOURS));
    }
    Ok(())
}
