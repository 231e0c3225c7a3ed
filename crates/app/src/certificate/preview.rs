//! Who would get a certificate.

use axum::{Json, extract::State};
use kafedra_model::{EventRole, certificate::Refusal};
use kafedra_store::employment;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::earned::{CertificateOrder, earned};
use crate::{
    ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    problem::Problem,
};

/// What a rule makes of everyone it speaks of.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertificatePreview {
    /// By name.
    items: Vec<CertificateCandidate>,
    total: usize,
    /// How many of them get one.
    qualifying: usize,
    /// The event's duration, in minutes.
    minutes: i64,
    /// Academic hours to be printed.
    hours: u32,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertificateCandidate {
    person_id: Uuid,
    name: String,
    /// Where they mainly work.
    institution: String,
    role: EventRole,
    topic: String,
    /// Of presence.
    minutes: i64,
    /// Of the event's duration, in percent.
    share: i64,
    /// Why they get none; nothing for those who do.
    #[schema(required)]
    refusal: Option<Refusal>,
}

/// Who would get a certificate by a rule, and why others would not. For those who may change the
/// event, once it was held.
#[utoipa::path(
    post,
    path = "/events/{id}/certificates/preview",
    tag = "certificate",
    params(("id" = Uuid, Path)),
    request_body = CertificateOrder,
    responses(
        (status = 200, body = CertificatePreview),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`event.not_held`"),
        (status = 422, body = Problem),
    )
)]
pub async fn preview(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(order): Body<CertificateOrder>,
) -> ApiResult<Json<CertificatePreview>> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let earned = earned(&state, &standing, &order).await?;
    let people = earned.people.keys().copied();
    let schools = employment::main_institutions(&state.store.db, people, state.today()).await?;
    let duration = earned.attendance.duration.max(1);
    let items: Vec<_> = earned
        .findings
        .into_iter()
        .map(|finding| CertificateCandidate {
            person_id: finding.person,
            name: earned
                .people
                .get(&finding.person)
                .map(|person| person.full_name())
                .unwrap_or_default(),
            institution: schools.get(&finding.person).cloned().unwrap_or_default(),
            role: finding.role,
            topic: finding.topic,
            minutes: finding.seconds / 60,
            share: finding.seconds * 100 / duration,
            refusal: finding.refusal,
        })
        .collect();
    Ok(Json(CertificatePreview {
        total: items.len(),
        qualifying: items.iter().filter(|item| item.refusal.is_none()).count(),
        items,
        minutes: earned.attendance.duration / 60,
        hours: earned.hours,
    }))
}
