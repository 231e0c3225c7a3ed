//! Takes queued letters out, and keeps what became of each.

use std::{collections::HashSet, path::Path, time::Duration};

use chrono::TimeDelta;
use kafedra_model::letter::{Fate, LetterKind, patience};
use kafedra_store::{event, letter};
use sea_orm::DbErr;
use uuid::Uuid;

use super::{
    Smtp, Transport,
    message::message,
    smtp::{Handed, Session},
};
use crate::{AppState, limit::Window};

/// How often the queue is looked at.
const PERIOD: Duration = Duration::from_secs(2);
/// Letters taken from the queue at once.
const BATCH: u64 = 50;
/// Connections that may break one after another before the server counts as away.
const BROKEN: usize = 3;

/// Sends letters for as long as the application runs. There is one for each database.
pub async fn keep(state: AppState) {
    let pace = Pace::new(&state);
    let mut round = tokio::time::interval(PERIOD);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        if let Err(error) = work(&state, &pace).await {
            tracing::warn!(%error, "letters could not be read or noted");
        }
    }
}

/// How many letters may leave in a minute.
#[derive(Debug)]
pub struct Pace(Window<()>);

impl Pace {
    pub fn new(state: &AppState) -> Self {
        let most = state.settings.mail.per_minute;
        Self(Window::new(most, TimeDelta::minutes(1)))
    }
}

/// Sends what is due, as far as the pace allows.
///
/// # Errors
///
/// A database that is away; letters sent until then are noted.
pub async fn work(state: &AppState, pace: &Pace) -> Result<(), DbErr> {
    match &state.settings.mail.transport {
        Transport::Files(folder) => into_files(state, folder, pace).await,
        Transport::Smtp(server) => by_smtp(state, server, pace).await,
    }
}

/// The next letter to send; `None` when there is none or it is too early for more.
async fn next(state: &AppState, pace: &Pace) -> Result<Vec<letter::Model>, DbErr> {
    let now = state.clock.now();
    if pace.0.check(&(), now).is_err() {
        return Ok(Vec::new());
    }
    let due = letter::due(&state.store.db, now, BATCH).await?;
    let mut fresh = Vec::with_capacity(due.len());
    for letter in due {
        if stale(state, &letter).await? {
            note(
                state,
                &letter,
                Fate::GaveUp,
                Some("the event has begun or was called off".to_owned()),
            )
            .await?;
        } else {
            fresh.push(letter);
        }
    }
    Ok(fresh)
}

/// A reminder that comes too late for its event, or for no event any more.
async fn stale(state: &AppState, letter: &letter::Model) -> Result<bool, DbErr> {
    let (LetterKind::Reminder, Some(id)) = (letter.kind(), letter.event_id) else {
        return Ok(false);
    };
    let now = state.clock.now();
    Ok(event::with_room(&state.store.db, id)
        .await?
        .is_none_or(|(event, _)| event.cancelled_at.is_some() || event.starts_at <= now))
}

async fn into_files(state: &AppState, folder: &Path, pace: &Pace) -> Result<(), DbErr> {
    loop {
        let letters = next(state, pace).await?;
        if letters.is_empty() {
            return Ok(());
        }
        for letter in letters {
            let now = state.clock.now();
            if pace.0.take((), now).is_err() {
                return Ok(());
            }
            match message(state, &letter) {
                Err(why) => note(state, &letter, Fate::Refused, Some(why)).await?,
                Ok(message) => {
                    let name = file_name(&letter);
                    match write(folder, &name, &message.formatted()).await {
                        Ok(()) => note(state, &letter, Fate::Sent, Some(name)).await?,
                        Err(error) => put_off(state, &letter, error.to_string()).await?,
                    }
                }
            }
        }
    }
}

/// When it was written and its id.
fn file_name(letter: &letter::Model) -> String {
    let at = letter.created_at.format("%Y%m%d-%H%M%S");
    format!("{at}-{}.eml", letter.id)
}

/// Deletes the files of letters that are not kept any more; what cannot be deleted is told in the log.
pub async fn forget_files(state: &AppState, letters: &[Uuid]) {
    let Transport::Files(folder) = &state.settings.mail.transport else {
        return;
    };
    let Ok(mut found) = tokio::fs::read_dir(folder).await else {
        // No letter was written yet.
        return;
    };
    let letters: HashSet<Uuid> = letters.iter().copied().collect();
    while let Ok(Some(entry)) = found.next_entry().await {
        let name = entry.file_name();
        // A file is called by time and id: `20260901-120000-<id>.eml`.
        let id = name
            .to_str()
            .and_then(|name| name.strip_suffix(".eml")?.get(16..)?.parse::<Uuid>().ok());
        if id.is_some_and(|id| letters.contains(&id))
            && let Err(error) = tokio::fs::remove_file(entry.path()).await
        {
            tracing::warn!(%error, "a letter's file could not be deleted");
        }
    }
}

async fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    tokio::fs::write(folder.join(name), bytes).await
}

async fn by_smtp(state: &AppState, server: &Smtp, pace: &Pace) -> Result<(), DbErr> {
    let mut session: Option<Session> = None;
    let outcome = loop {
        let letters = match next(state, pace).await {
            Ok(letters) if letters.is_empty() => break Ok(()),
            Ok(letters) => letters,
            Err(error) => break Err(error),
        };
        if let Err(error) = deliver(state, server, pace, &mut session, letters).await {
            break Err(error);
        }
    };
    if let Some(session) = session {
        session.close().await;
    }
    outcome
}

async fn deliver(
    state: &AppState,
    server: &Smtp,
    pace: &Pace,
    session: &mut Option<Session>,
    letters: Vec<letter::Model>,
) -> Result<(), DbErr> {
    let mut broken = 0;
    for letter in letters {
        let message = match message(state, &letter) {
            Ok(message) => message,
            Err(why) => {
                note(state, &letter, Fate::Refused, Some(why)).await?;
                continue;
            }
        };
        let mut open = match session.take() {
            Some(open) => open,
            None => match Session::open(server, state.settings.host()).await {
                Ok(open) => open,
                Err(words) => {
                    tracing::warn!(words, "the mail server takes no letters");
                    return put_off_all(state, &words).await;
                }
            },
        };
        if pace.0.take((), state.clock.now()).is_err() {
            *session = Some(open);
            return Ok(());
        }
        match open.hand(&message).await {
            Handed::Taken(words) => {
                *session = Some(open);
                note(state, &letter, Fate::Sent, Some(words)).await?;
            }
            Handed::Refused(words) => {
                *session = Some(open);
                note(state, &letter, Fate::Refused, Some(words)).await?;
            }
            Handed::Later(words) => {
                *session = Some(open);
                put_off(state, &letter, words).await?;
            }
            // Another connection for the next letter.
            Handed::Lost(words) => {
                put_off(state, &letter, words.clone()).await?;
                broken += 1;
                if broken == BROKEN {
                    tracing::warn!("the mail server breaks connections off or does not answer");
                    return put_off_all(state, &words).await;
                }
            }
        }
    }
    Ok(())
}

async fn note(
    state: &AppState,
    letter: &letter::Model,
    fate: Fate,
    words: Option<String>,
) -> Result<(), DbErr> {
    // The server's words may hold the address: they go to the database, never to the log.
    tracing::debug!(letter.id = %letter.id, fate = fate.as_str(), "a letter is settled");
    letter::settle(&state.store.db, letter, fate, words, state.clock.now()).await
}

async fn put_off(state: &AppState, letter: &letter::Model, words: String) -> Result<(), DbErr> {
    match patience(letter.attempts + 1) {
        Some(wait) => {
            tracing::debug!(letter.id = %letter.id, "a letter is put off");
            let due_at = state.clock.now() + wait;
            letter::put_off(&state.store.db, letter, words, due_at).await
        }
        None => note(state, letter, Fate::GaveUp, Some(words)).await,
    }
}

/// The server is away: everything that is due waits, and nobody knocks again for each letter.
async fn put_off_all(state: &AppState, words: &str) -> Result<(), DbErr> {
    loop {
        let due = letter::due(&state.store.db, state.clock.now(), BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        for letter in due {
            put_off(state, &letter, words.to_owned()).await?;
        }
    }
}
