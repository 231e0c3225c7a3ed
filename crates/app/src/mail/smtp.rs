//! A conversation with the mail server (RFC 5321), command by command: which one failed decides
//! whether an address was refused, a letter put off, or the whole server is in trouble.

use std::{future::Future, time::Duration};

use lettre::{
    Address, Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt, Rset},
        extension::{ClientId, Extension, MailParameter},
    },
};

use super::{Smtp, Tls};

/// What became of a letter, with the server's words.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Handed {
    Taken(String),
    /// For good: the address, or the letter itself.
    Refused(String),
    Later(String),
    /// The connection broke; nothing is known of the letter.
    Lost(String),
}

/// An open connection.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
    patience: Duration,
}

/// What failed, and whether the server said it.
enum Failure {
    Permanent(String),
    Transient(String),
    Broken(String),
}

/// Longest words of a server that are kept, in characters.
const WORDS: usize = 500;

impl Session {
    /// Connects, encrypts and signs in; or the words in which that failed.
    pub(super) async fn open(server: &Smtp, host: &str) -> Result<Self, String> {
        // The whole beginning in one patience, a few times that of an answer.
        match tokio::time::timeout(server.patience * 3, Self::begin(server, host)).await {
            Ok(opened) => opened.map_err(|error| words(&error)),
            Err(_) => Err(silent(server.patience * 3)),
        }
    }

    async fn begin(server: &Smtp, host: &str) -> Result<Self, Error> {
        let hello = ClientId::Domain(host.to_owned());
        let tls = || TlsParameters::new(server.host.clone());
        let wrapped = match server.tls {
            Tls::Wrapped => Some(tls()?),
            Tls::Off | Tls::Starttls => None,
        };
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            (server.host.as_str(), server.port),
            Some(server.patience),
            &hello,
            wrapped,
            None,
        )
        .await?;
        if server.tls == Tls::Starttls {
            connection.starttls(tls()?, &hello).await?;
        }
        if let Some((user, password)) = &server.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await?;
        }
        Ok(Self {
            connection,
            patience: server.patience,
        })
    }

    pub(super) async fn hand(&mut self, message: &Message) -> Handed {
        let (Some(from), Some(to)) = (
            message.envelope().from().cloned(),
            message.envelope().to().first().cloned(),
        ) else {
            return Handed::Refused("no sender or no recipient".to_owned());
        };
        let handed = self.converse(from, to, &message.formatted()).await;
        // A letter that was not taken leaves a half-told envelope behind.
        if matches!(handed, Handed::Refused(_) | Handed::Later(_))
            && let Err(failure) = self.ask(Rset).await
        {
            tracing::debug!(
                broken = matches!(failure, Failure::Broken(_)),
                "the envelope was not reset"
            );
        }
        handed
    }

    async fn converse(&mut self, from: Address, to: Address, message: &[u8]) -> Handed {
        let mut options = Vec::new();
        if !AsRef::<str>::as_ref(&to).is_ascii() {
            if !self
                .connection
                .server_info()
                .supports_feature(Extension::SmtpUtfEight)
            {
                // RFC 6531, section 3.2.
                return Handed::Refused(
                    "the mail server takes no addresses beyond ASCII".to_owned(),
                );
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        // A refused sender is a fault of ours, and no address's.
        match self.ask(Mail::new(Some(from), options)).await {
            Ok(_) => {}
            Err(Failure::Permanent(words) | Failure::Transient(words)) => {
                return Handed::Later(words);
            }
            Err(Failure::Broken(words)) => return Handed::Lost(words),
        }
        match self.ask(Rcpt::new(to, Vec::new())).await {
            Ok(_) => {}
            Err(failure) => return failure.into(),
        }
        match self.ask(Data).await {
            Ok(_) => {}
            Err(failure) => return failure.into(),
        }
        let patience = self.patience;
        match within(patience, self.connection.message(message)).await {
            Ok(words) => Handed::Taken(words),
            Err(failure) => failure.into(),
        }
    }

    async fn ask(&mut self, command: impl std::fmt::Display) -> Result<String, Failure> {
        within(self.patience, self.connection.command(command)).await
    }

    pub(super) async fn close(mut self) {
        // It has taken all it was given; how it says goodbye does not matter.
        let _ = tokio::time::timeout(self.patience, self.connection.abort()).await;
    }
}

impl From<Failure> for Handed {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Permanent(words) => Self::Refused(words),
            Failure::Transient(words) => Self::Later(words),
            Failure::Broken(words) => Self::Lost(words),
        }
    }
}

async fn within(
    patience: Duration,
    asked: impl Future<Output = Result<lettre::transport::smtp::response::Response, Error>>,
) -> Result<String, Failure> {
    match tokio::time::timeout(patience, asked).await {
        Ok(Ok(response)) => Ok(cut(&format!(
            "{} {}",
            response.code(),
            response.message().collect::<Vec<_>>().join(" ")
        ))),
        Ok(Err(error)) if error.is_permanent() => Err(Failure::Permanent(words(&error))),
        Ok(Err(error)) if error.is_transient() => Err(Failure::Transient(words(&error))),
        Ok(Err(error)) => Err(Failure::Broken(words(&error))),
        Err(_) => Err(Failure::Broken(silent(patience))),
    }
}

fn silent(patience: Duration) -> String {
    format!("no answer within {} s", patience.as_secs_f32())
}

/// What the server said, or what happened to the connection.
fn words(error: &Error) -> String {
    let source = std::error::Error::source(error).map(ToString::to_string);
    match (error.status(), source) {
        (Some(code), Some(said)) => cut(&format!("{code} {said}")),
        _ => cut(&error.to_string()),
    }
}

fn cut(words: &str) -> String {
    words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(WORDS)
        .collect()
}

/// Whether the mail server answers and lets us in; or its words. Sends nothing.
///
/// # Errors
///
/// What the server said, or why there is no connection.
pub async fn look(server: &Smtp, host: &str) -> Result<(), String> {
    Session::open(server, host).await?.close().await;
    Ok(())
}
