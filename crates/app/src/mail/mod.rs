//! Mail: writing letters, queueing them with what caused them, and sending them afterwards.
//!
//! [`post`] writes letters into the transaction of a change; the [`round`] takes them out to the mail
//! server, or to files in the data folder. What became of each is kept and shown ([`crate::letter`]).
//!
//! Invariants: nothing waits for a mail server; one refused address holds nobody else up; no address
//! and no text of a letter goes to the log. To add a kind: `LetterKind` in the model, its words in
//! [`words`].

use std::{path::PathBuf, time::Duration};

use kafedra_model::letter::LetterKind;
use kafedra_store::letter;
use sea_orm::ConnectionTrait;

use crate::{ApiResult, AppState};

mod compose;
mod message;
pub mod recipient;
pub mod round;
mod smtp;
mod words;

pub use compose::About;
pub use recipient::Recipient;
pub use round::forget_files;
pub use smtp::look;

/// How letters leave.
#[derive(Debug, Clone)]
pub struct MailSettings {
    pub transport: Transport,
    /// The address that letters come from.
    pub from: String,
    /// The most letters in a minute: mail servers shut out who writes faster.
    pub per_minute: u32,
}

#[derive(Debug, Clone)]
pub enum Transport {
    /// Into this folder, one file each: for development, where nothing may reach real people.
    Files(PathBuf),
    Smtp(Smtp),
}

/// A mail server that takes letters for everyone.
#[derive(Clone)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// User and password.
    pub credentials: Option<(String, String)>,
    /// For each answer of the server.
    pub patience: Duration,
}

/// Without the password.
impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Smtp({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    Off,
    /// STARTTLS (RFC 3207), or nothing is sent.
    Starttls,
    /// From the first byte on (RFC 8314).
    Wrapped,
}

/// Queues a letter about some events to each of those who have an address; call it in the transaction
/// of what the letters tell. Gives how many there are.
///
/// # Errors
///
/// A database that is away.
pub async fn post(
    state: &AppState,
    db: &impl ConnectionTrait,
    kind: LetterKind,
    about: &[About],
    recipients: &[Recipient],
) -> ApiResult<usize> {
    let drafts: Vec<letter::Draft> = recipients
        .iter()
        .filter_map(|recipient| compose::letter(state, kind, about, recipient))
        .collect();
    let count = drafts.len();
    letter::queue(db, drafts, state.clock.now()).await?;
    Ok(count)
}
