//! Giving certificates out: the request settles who gets them, the job writes them.

use axum::{Json, extract::State};

use super::{
    ISSUE, NOBODY,
    earned::{CertificateOrder, earned},
    jobs::{Due, Payload},
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    job::{self, get::Job},
    problem::{Problem, locale},
};

/// Gives a certificate to everyone who meets the rule, in the background: the answer is the job to
/// look at. Those who have a valid one for the same part get no second.
#[utoipa::path(
    post,
    path = "/events/{id}/certificates",
    tag = "certificate",
    params(("id" = Uuid, Path)),
    request_body = CertificateOrder,
    responses(
        (status = 200, body = Job),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`event.not_held`, `certificate.nobody`"),
        (status = 422, body = Problem),
    )
)]
pub async fn issue(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(order): Body<CertificateOrder>,
) -> ApiResult<Json<Job>> {
    let standing = Standing::changing(&state, &caller, id).await?;
    let earned = earned(&state, &standing, &order).await?;
    let due: Vec<Due> = earned
        .findings
        .into_iter()
        .filter(|finding| finding.refusal.is_none())
        .filter_map(|finding| {
            Some(Due {
                person: finding.person,
                name: earned.people.get(&finding.person)?.full_name(),
                role: finding.role,
                topic: finding.topic,
                minutes: i32::try_from(finding.seconds / 60).unwrap_or(i32::MAX),
            })
        })
        .collect();
    let Some(held_on) = earned.attendance.held_on.filter(|_| !due.is_empty()) else {
        return Err(ApiError::new(&NOBODY));
    };
    let transaction = state.store.write().await?;
    let letterhead = crate::letterhead::stored(&state, &transaction).await?;
    let steps = due.len();
    let me = standing.me.person.id;
    let payload = Payload {
        event: id,
        kind: standing.event.kind,
        title: standing.event.title,
        level: standing.event.level,
        held_on,
        hours: i32::try_from(earned.hours).unwrap_or(i32::MAX),
        locale: locale(),
        letterhead: letterhead.id,
        issuer: me,
        due,
    };
    let job = job::queue(&state, &transaction, ISSUE, &payload, steps, Some(me)).await?;
    transaction.commit().await?;
    state.jobs.wake();
    Ok(Json(job.into()))
}
