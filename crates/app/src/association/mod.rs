//! Methodological associations (ГМО): who leads them, who belongs to them, their year.
//!
//! Everyone signed in may read. Keepers of the city's registers make associations and name who
//! leads them; the leaders keep the members.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{association as rules, text};
use kafedra_store::{
    association::{Draft, Model},
    person,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState,
    event::view::PersonRef,
    form::{Form, sent},
    problem::{NOT_FOUND, REQUIRED, TOO_LONG, UNKNOWN},
    seat::DECEPTIVE,
};

mod create;
mod get;
mod list;
mod member;
mod update;
mod year;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(get::get, update::update))
        .routes(routes!(member::put, member::remove))
        .routes(routes!(year::year))
}

/// One association.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Association {
    id: Uuid,
    name: String,
    /// Empty where it is of a level.
    subject: String,
    /// Empty where it is of a subject.
    level: String,
    #[schema(required)]
    head: Option<PersonRef>,
    /// The methodologist who looks after it.
    #[schema(required)]
    curator: Option<PersonRef>,
    /// Acts for the head.
    #[schema(required)]
    stand_in: Option<PersonRef>,
    /// Members today.
    member_count: i64,
    /// Meetings of this school year that are planned or were held.
    meeting_count: i64,
    #[schema(required)]
    archived_at: Option<DateTime<Utc>>,
    /// To be sent back with an edit.
    updated_at: DateTime<Utc>,
    /// Whether the caller plans its year and keeps its members.
    may_lead: bool,
    /// Whether the caller may rename it, archive it and name who leads it.
    may_edit: bool,
}

/// One member.
#[derive(Debug, Serialize, ToSchema)]
pub struct Member {
    person: PersonRef,
    /// Short name of where they mainly work; empty when unknown.
    institution: String,
    since: NaiveDate,
    /// The last day.
    #[schema(required)]
    until: Option<NaiveDate>,
}

impl Association {
    fn of(
        row: Model,
        people: &HashMap<Uuid, PersonRef>,
        counts: [i64; 2],
        actor: &kafedra_model::Actor,
    ) -> Self {
        let named = |id: Option<Uuid>| id.and_then(|id| people.get(&id).cloned());
        let [member_count, meeting_count] = counts;
        Self {
            id: row.id,
            may_lead: row.archived_at.is_none() && actor.leads_association(row.id),
            may_edit: actor.keeps_city_register(),
            head: named(row.head_id),
            curator: named(row.curator_id),
            stand_in: named(row.stand_in_id),
            member_count,
            meeting_count,
            name: row.name,
            subject: row.subject,
            level: row.level,
            archived_at: row.archived_at,
            updated_at: row.updated_at,
        }
    }
}

/// Those who lead these associations, by id.
async fn leaders(db: &impl ConnectionTrait, rows: &[Model]) -> ApiResult<HashMap<Uuid, PersonRef>> {
    let mut ids = Vec::new();
    for row in rows {
        ids.extend(
            [row.head_id, row.curator_id, row.stand_in_id]
                .into_iter()
                .flatten(),
        );
    }
    Ok(person::named(db, ids)
        .await?
        .iter()
        .map(|person| (person.id, PersonRef::from(person)))
        .collect())
}

/// What is written about an association; in an edit what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AssociationDraft {
    /// Up to 200 characters.
    name: Option<String>,
    /// Up to 100 characters; empty for none.
    subject: Option<String>,
    /// Up to 100 characters; empty for none.
    level: Option<String>,
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<Uuid>)]
    head_id: Option<Option<Uuid>>,
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<Uuid>)]
    curator_id: Option<Option<Uuid>>,
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<Uuid>)]
    stand_in_id: Option<Option<Uuid>>,
}

impl AssociationDraft {
    /// `before` with what was sent in place of what was.
    async fn over(self, db: &impl ConnectionTrait, before: Draft) -> ApiResult<Draft> {
        let mut form = Form::default();
        let draft = Draft {
            name: match &self.name {
                Some(typed) => line(&mut form, "name", typed, rules::NAME_LENGTH),
                None => before.name,
            },
            subject: match &self.subject {
                Some(typed) => optional(&mut form, "subject", typed),
                None => before.subject,
            },
            level: match &self.level {
                Some(typed) => optional(&mut form, "level", typed),
                None => before.level,
            },
            head_id: self.head_id.unwrap_or(before.head_id),
            curator_id: self.curator_id.unwrap_or(before.curator_id),
            stand_in_id: self.stand_in_id.unwrap_or(before.stand_in_id),
        };
        if draft.name.is_empty() && self.name.is_none() {
            form.refuse("name", &REQUIRED);
        }
        let living: Vec<Uuid> = person::named(
            db,
            [draft.head_id, draft.curator_id, draft.stand_in_id]
                .into_iter()
                .flatten(),
        )
        .await?
        .into_iter()
        .filter(|person| person.archived_at.is_none())
        .map(|person| person.id)
        .collect();
        for (field, sent, id) in [
            ("headId", self.head_id, draft.head_id),
            ("curatorId", self.curator_id, draft.curator_id),
            ("standInId", self.stand_in_id, draft.stand_in_id),
        ] {
            if sent.is_some() && id.is_some_and(|id| !living.contains(&id)) {
                form.refuse(field, &UNKNOWN);
            }
        }
        form.done()?;
        Ok(draft)
    }
}

fn line(form: &mut Form, field: &str, typed: &str, longest: usize) -> String {
    text::line(typed, longest).unwrap_or_else(|bad| {
        form.refuse(
            field,
            match bad {
                text::BadText::Empty => &REQUIRED,
                text::BadText::TooLong => &TOO_LONG,
                text::BadText::Deceptive => &DECEPTIVE,
            },
        );
        String::new()
    })
}

fn optional(form: &mut Form, field: &str, typed: &str) -> String {
    if typed.trim().is_empty() {
        String::new()
    } else {
        line(form, field, typed, rules::SUBJECT_LENGTH)
    }
}

fn draft_of(row: &Model) -> Draft {
    Draft {
        name: row.name.clone(),
        subject: row.subject.clone(),
        level: row.level.clone(),
        head_id: row.head_id,
        curator_id: row.curator_id,
        stand_in_id: row.stand_in_id,
    }
}

/// The association of this id, or 404.
pub async fn existing(state: &AppState, id: Uuid) -> ApiResult<Model> {
    kafedra_store::association::find(&state.store.db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))
}
