//! Calling events to mind, by letter and notice: a day and a quarter of an hour ahead.
//!
//! Invariant: each reminder of an event is settled in the transaction that queues its letters, so it
//! goes out once, whatever restarts and changes of the plan come between.

use std::time::Duration;

use chrono::{DateTime, Utc};
use kafedra_model::{
    EventStatus,
    letter::LetterKind,
    notice::NoticeKind,
    reminder::{FURTHEST, Reminder, come, due},
};
use kafedra_store::{event, notice, reminder, room};
use sea_orm::ConnectionTrait;

use crate::{
    ApiResult, AppState,
    mail::{
        self, About,
        recipient::{self, Circle},
    },
};

/// How exact reminders are.
const PERIOD: Duration = Duration::from_secs(20);

/// Reminds for as long as the application runs; returns never.
pub async fn keep(state: AppState) {
    let mut round = tokio::time::interval(PERIOD);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        if work(&state).await.is_err() {
            tracing::warn!("reminders could not be written");
        }
    }
}

/// Writes the reminders that are due now.
///
/// # Errors
///
/// A database that is away.
pub async fn work(state: &AppState) -> ApiResult<()> {
    let db = &state.store.db;
    let now = state.clock.now();
    for event in reminder::candidates(db, now, now + FURTHEST).await? {
        let settled = reminder::settled(db, event.id).await?;
        if let Some(kind) = due(event.starts_at, &settled, now) {
            remind(state, &event, kind).await?;
        }
    }
    Ok(())
}

async fn remind(state: &AppState, event: &event::Model, kind: Reminder) -> ApiResult<()> {
    let now = state.clock.now();
    let transaction = state.store.write().await?;
    let rooms = room::of_events(&transaction, [event.id]).await?;
    let status = rooms.first().map(|room| event.course(room).status(now));
    let fresh = reminder::settle(&transaction, event.id, kind, now).await?;
    // What comes later than a nearer one is never sent.
    overtake(&transaction, event.id, event.starts_at, now).await?;
    if fresh && matches!(status, Some(EventStatus::Planned | EventStatus::Live)) {
        let recipients = recipient::of_event(&transaction, event, Circle::Coming, None).await?;
        let about = About::of(state, &transaction, std::slice::from_ref(event)).await?;
        mail::post(
            state,
            &transaction,
            LetterKind::Reminder,
            &about,
            &recipients,
        )
        .await?;
        let told = match kind {
            Reminder::Day => NoticeKind::Tomorrow,
            Reminder::Quarter => NoticeKind::Soon,
        };
        let people = recipient::persons(&recipients);
        notice::tell(&transaction, event.id, told, &people, now).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Settles what a time set now comes too late for: the news of the time itself says it.
///
/// # Errors
///
/// A database that is away.
pub(crate) async fn overtake(
    db: &impl ConnectionTrait,
    event: uuid::Uuid,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> ApiResult<()> {
    for kind in come(starts_at, now) {
        reminder::settle(db, event, kind, now).await?;
    }
    Ok(())
}
