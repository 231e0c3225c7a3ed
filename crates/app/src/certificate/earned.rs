//! What a rule makes of those who had a part in an event or were there.

use std::collections::{HashMap, HashSet};

use kafedra_model::{
    EventRole,
    certificate::{Candidate, Finding, MOST_HOURS, Part, Rule, hours},
};
use kafedra_store::{certificate, event_role, person, programme};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{NOT_HELD, OUT_OF_RANGE};
use crate::{
    ApiError, ApiResult, AppState,
    attendance::{self, Attendance},
    event::standing::Standing,
    form::Form,
    problem::REQUIRED,
};

/// Who shall get certificates, and for how much.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertificateOrder {
    pub rule: Rule,
    /// Academic hours to be printed; by the event's duration when left out.
    pub hours: Option<u32>,
}

impl CertificateOrder {
    pub(super) fn check(&self) -> ApiResult<()> {
        let mut form = Form::default();
        if self.rule.roles.is_empty() {
            form.refuse("rule.roles", &REQUIRED);
        }
        if self.rule.min_share > 100 {
            form.refuse("rule.minShare", &OUT_OF_RANGE);
        }
        if self.rule.min_minutes > 24 * 60 {
            form.refuse("rule.minMinutes", &OUT_OF_RANGE);
        }
        if self
            .hours
            .is_some_and(|hours| hours == 0 || hours > MOST_HOURS)
        {
            form.refuse("hours", &OUT_OF_RANGE);
        }
        form.done()
    }
}

/// Everyone the rule speaks of.
pub(super) struct Earned {
    pub findings: Vec<Finding>,
    pub people: HashMap<Uuid, person::Model>,
    pub attendance: Attendance,
    /// Academic hours to be printed.
    pub hours: u32,
}

/// Judges an event that was held, for `standing`'s caller to give certificates out; by name.
pub(super) async fn earned(
    state: &AppState,
    standing: &Standing<'_>,
    order: &CertificateOrder,
) -> ApiResult<Earned> {
    order.check()?;
    let db = &state.store.db;
    let event = standing.event.id;
    let attendance = attendance::of(state, &standing.event).await?;
    if attendance.held_on.is_none() {
        return Err(ApiError::new(&NOT_HELD));
    }
    let mut parts: HashMap<Uuid, Vec<Part>> = HashMap::new();
    let programme = programme::of_event(db, event).await?;
    for row in event_role::of_event(db, event).await? {
        let Some(role) = row.role() else { continue };
        // A speaker's topic is what the role says, else the titles of their talks.
        let topic = if role == EventRole::Speaker && row.topic.is_empty() {
            let titles: Vec<&str> = programme
                .iter()
                .filter(|talk| talk.speakers.contains(&row.person_id))
                .map(|talk| talk.item.title.as_str())
                .collect();
            titles.join("; ")
        } else {
            row.topic
        };
        parts.entry(row.person_id).or_default().push(Part {
            role,
            topic,
            confirmed: row.confirmed_at.is_some(),
            certified: false,
        });
    }
    for row in certificate::of_event(db, event).await? {
        if row.revoked_at.is_some() {
            continue;
        }
        let role = super::role(&row.role);
        let parts = parts.entry(row.person_id).or_default();
        match parts.iter_mut().find(|part| part.role == role) {
            Some(part) => part.certified = true,
            None => parts.push(Part {
                role,
                topic: row.topic,
                confirmed: true,
                certified: true,
            }),
        }
    }
    let ids: HashSet<Uuid> = parts
        .keys()
        .chain(attendance.seconds.keys())
        .copied()
        .collect();
    let mut people = person::named(db, ids).await?;
    people.sort_by(|a, b| (&a.search_name, a.id).cmp(&(&b.search_name, b.id)));
    let candidates: Vec<Candidate> = people
        .iter()
        .map(|person| Candidate {
            person: person.id,
            parts: parts.remove(&person.id).unwrap_or_default(),
            seconds: attendance.seconds.get(&person.id).copied().unwrap_or(0),
        })
        .collect();
    Ok(Earned {
        findings: order
            .rule
            .judge(&candidates, attendance.duration, standing.me.person.id),
        people: people
            .into_iter()
            .map(|person| (person.id, person))
            .collect(),
        hours: order.hours.unwrap_or_else(|| hours(attendance.duration)),
        attendance,
    })
}
