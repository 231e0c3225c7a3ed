//! Questions, polls and votes on the live stream.
//!
//! [`Ballots`] is the queue before a room's ballot box: a thousand people who vote at once write one
//! after another rather than wait for the database's one writer, and nobody who holds the [`Turn`] waits
//! for them. Numbers are told together, a moment after the first change.

use std::{collections::HashSet, sync::Arc, time::Duration};

use kafedra_model::question::State;
use kafedra_store::{poll, question, room};
use parking_lot::Mutex;
use serde_json::json;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use super::{Hall, Live, News, Turn, json};
use crate::{
    AppState,
    poll::view::{Eye, Poll, PollResult},
    question::{Question, QuestionVotes},
};

/// Votes that come together are told together.
const PAUSE: Duration = Duration::from_millis(250);

/// What of a room waits to be told, and the queue before its ballot box.
#[derive(Default)]
pub(super) struct Asked {
    questions: Mutex<HashSet<Uuid>>,
    polls: Mutex<HashSet<Uuid>>,
    ballots: Arc<tokio::sync::Mutex<()>>,
}

/// The right to write answers and votes of one room. Taken after the [`Turn`] by whoever needs both.
pub struct Ballots {
    _hall: Arc<Hall>,
    _guard: OwnedMutexGuard<()>,
}

impl Live {
    /// Waits until nobody else writes a vote in the room.
    pub async fn ballots(&self, room: Uuid) -> Ballots {
        let hall = self.hall(room);
        let guard = hall.asked.ballots.clone().lock_owned().await;
        Ballots {
            _hall: hall,
            _guard: guard,
        }
    }
}

impl Turn {
    /// Tells of a question whoever may see it, and the others that it is gone.
    pub fn tell_question(&self, asker: Uuid, question: &Question) {
        let gone = matches!(question.state, State::Hidden | State::Withdrawn);
        let (Some(gone), Some(json)) = (
            json(&json!({ "id": question.id })).map(|json| gone.then_some(json)),
            json(question),
        ) else {
            return;
        };
        self.tell(Some(News::Question {
            asker,
            state: question.state,
            json,
            gone,
        }));
    }

    /// Tells soon how many want a question answered, once for all that vote together.
    pub fn tell_question_votes(&self, state: &AppState, room: Uuid, question: Uuid) {
        let mut due = self.hall.asked.questions.lock();
        let first = due.is_empty();
        due.insert(question);
        if !first {
            return;
        }
        let state = state.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            let turn = state.live.turn(room).await;
            let due = std::mem::take(&mut *turn.hall.asked.questions.lock());
            match question::votes(&state.store.db, due.iter().copied()).await {
                Ok(votes) => {
                    let votes: Vec<_> = due
                        .into_iter()
                        .map(|id| QuestionVotes {
                            id,
                            votes: votes.get(&id).copied().unwrap_or(0),
                        })
                        .collect();
                    turn.tell(json(&votes).map(News::QuestionVotes));
                }
                Err(error) => tracing::warn!(%error, room.id = %room, "votes could not be told"),
            }
        });
    }

    /// Tells of a poll: moderators always, the others once it is open.
    pub fn tell_poll(&self, poll: &poll::Model, result: &PollResult) {
        let listener = Poll::seen(poll, result, Eye::LISTENER);
        let moderator = json(&Poll::seen(poll, result, Eye::MODERATOR));
        if let Some(moderators) = moderator {
            self.tell(Some(News::Poll {
                all: listener.and_then(|poll| json(&poll)),
                moderators,
            }));
        }
    }

    /// Tells moderators that a draft was deleted.
    pub fn tell_poll_gone(&self, id: Uuid) {
        self.tell(json(&json!({ "id": id })).map(News::PollGone));
    }

    /// Tells the numbers of a poll soon, once for all that answer together.
    pub fn tell_poll_result(&self, state: &AppState, room: Uuid, poll: Uuid) {
        let mut due = self.hall.asked.polls.lock();
        let first = due.is_empty();
        due.insert(poll);
        if !first {
            return;
        }
        let state = state.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            let turn = state.live.turn(room).await;
            let due = std::mem::take(&mut *turn.hall.asked.polls.lock());
            for poll in due {
                if let Err(error) = turn.tell_numbers(&state, room, poll).await {
                    tracing::warn!(%error, room.id = %room, "answers could not be told");
                }
            }
        });
    }

    async fn tell_numbers(
        &self,
        state: &AppState,
        room: Uuid,
        poll: Uuid,
    ) -> Result<(), sea_orm::DbErr> {
        let db = &state.store.db;
        let (Some((_, event)), Some(row)) = (
            room::find(db, room).await?,
            poll::find(db, room, poll).await?,
        ) else {
            return Ok(());
        };
        let result = PollResult::of(db, &event, &row).await?;
        let (Some(all), Some(moderators)) = (
            json(&result.seen(&row, Eye::LISTENER)),
            json(&result.seen(&row, Eye::MODERATOR)),
        ) else {
            return Ok(());
        };
        self.tell(Some(News::PollResult { all, moderators }));
        Ok(())
    }
}
