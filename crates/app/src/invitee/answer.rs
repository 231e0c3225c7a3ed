//! What an invited person says: they come, or they do not.

use axum::{Json, extract::State};
use kafedra_model::{invitee::Answer, notice::NoticeKind};
use kafedra_store::{invitee, notice};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    extract::{Body, Id},
    problem::{NOT_FOUND, Problem},
};

/// The caller's own invitation to an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyInvitation {
    #[schema(required)]
    pub answer: Option<Answer>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct MyAnswer {
    answer: Answer,
}

/// Answers the caller's own invitation; the last answer counts. Whoever declined gets no more
/// letters about the event.
#[utoipa::path(
    put,
    path = "/events/{id}/my-answer",
    tag = "invitee",
    params(("id" = Uuid, Path)),
    request_body = MyAnswer,
    responses(
        (status = 200, body = MyInvitation),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn answer(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Body(asked): Body<MyAnswer>,
) -> ApiResult<Json<MyInvitation>> {
    let me = Standing::of(&state, &caller, id).await?.me.person.id;
    let now = state.clock.now();
    let transaction = state.store.write().await?;
    if !invitee::answer(&transaction, id, me, asked.answer, now).await? {
        return Err(ApiError::new(&NOT_FOUND));
    }
    let mut settled = vec![NoticeKind::Invited];
    if asked.answer == Answer::Declined {
        settled.extend([
            NoticeKind::TimeChanged,
            NoticeKind::Tomorrow,
            NoticeKind::Soon,
        ]);
    }
    notice::settle(&transaction, me, id, &settled, now).await?;
    transaction.commit().await?;
    Ok(Json(MyInvitation {
        answer: Some(asked.answer),
    }))
}
