//! The mail settings as the application takes them.

use std::{path::PathBuf, time::Duration};

use kafedra_app::mail::{MailSettings, Smtp, Tls, Transport};

use crate::config::{Config, MailTls, MailTransport};

/// How letters leave; `folder` takes them where they go to files.
pub fn settings(config: &Config, folder: PathBuf) -> MailSettings {
    let from = config
        .mail
        .from
        .clone()
        .unwrap_or_else(|| "kafedra@localhost".to_owned());
    MailSettings {
        transport: match smtp(config) {
            Some(server) => Transport::Smtp(server),
            None => Transport::Files(folder),
        },
        from,
        per_minute: config.mail.per_minute,
    }
}

/// The mail server, where letters go to one.
pub fn smtp(config: &Config) -> Option<Smtp> {
    let mail = &config.mail;
    let host = mail.host.clone()?;
    (mail.transport == MailTransport::Smtp).then(|| Smtp {
        host,
        port: mail.port,
        tls: match mail.tls {
            MailTls::Off => Tls::Off,
            MailTls::Starttls => Tls::Starttls,
            MailTls::Wrapped => Tls::Wrapped,
        },
        credentials: mail.user.clone().zip(mail.password.clone()),
        patience: Duration::from_secs(mail.timeout_seconds),
    })
}
