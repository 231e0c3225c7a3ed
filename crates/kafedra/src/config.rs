//! The configuration: one TOML file, every key also as an environment variable.
//!
//! Defaults, then the file, then the environment; the later wins. A key that is not known is an
//! error that names it and where it stands. To add a key: a documented field here and a row in
//! `docs/guide/configuration.md`; a test compares the two.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use chrono_tz::Tz;
use figment::Figment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::Fault;

mod source;

use source::Source;

/// Read where `--config` names no other; it may be missing then.
pub const DEFAULT_FILE: &str = "kafedra.toml";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub tls: Tls,
    pub database: Database,
    pub media: Media,
    pub rooms: Rooms,
    pub decks: Decks,
    pub lessons: Lessons,
    pub public: Public,
    pub retention: Retention,
    pub mail: Mail,
    pub log: Log,
    pub metrics: Metrics,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Where people's browsers connect.
    pub listen: SocketAddr,
    /// How people reach the server, without a trailing slash; links in invitations start so.
    pub public_url: Option<String>,
    /// Name of the installation.
    pub name: String,
    /// The city's time zone, by its IANA name: what day it is, and what new events start from.
    pub timezone: String,
    /// Folder of the SQLite database, the secrets and the self-signed certificate.
    pub data: PathBuf,
    /// Seconds that requests in flight get when the server stops.
    pub shutdown_seconds: u64,
    /// Reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpAddr>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    pub mode: TlsMode,
    /// PEM file with the certificate and its chain.
    pub certificate: Option<PathBuf>,
    /// PEM file with the private key.
    pub key: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsMode {
    /// Plain HTTP: on loopback, or behind a proxy that speaks HTTPS.
    Off,
    /// The files of `certificate` and `key`, read again when they change.
    Files,
    /// A certificate of our own, kept in the data folder: browsers warn about it once.
    SelfSigned,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `postgres://…`, or `sqlite:PATH`; a SQLite file in the data folder where it is not given.
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    /// Server API of an outside LiveKit; where it is not given the embedded server starts.
    pub url: Option<String>,
    /// What browsers connect to for media; the page's own origin where the server is embedded.
    pub public_url: Option<String>,
    /// API key; generated into the data folder where it is not given.
    pub key: Option<String>,
    /// Secret of the key, at least 32 characters.
    pub secret: Option<String>,
    /// UDP address of the embedded server: all media goes through this one port.
    pub udp: SocketAddr,
    /// Addresses that clients send media to; those of this machine where none is given.
    pub advertise: Vec<IpAddr>,
    /// Offers the server API (`/twirp`) on the public listener too, for another Kafedra.
    pub expose_api: bool,
    /// Further receivers of webhooks, beside this server itself.
    pub webhooks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rooms {
    /// The most people connected to one room at once.
    pub capacity: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decks {
    /// Most pages of one deck of slides.
    pub pages: u32,
    /// LibreOffice's program; looked for in the `PATH` where it is not given.
    pub converter: Option<PathBuf>,
    /// Seconds that one conversion of a presentation may take.
    pub convert_seconds: u64,
    /// Megabytes of memory that it may take.
    pub convert_memory: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lessons {
    /// Days that pupils' names and consents stay after their class's last lesson.
    pub pupils_kept_days: u32,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Public {
    /// Sites that may show the block, such as `https://edu.city.example`; any where none is named.
    pub embed_origins: Vec<String>,
}

impl Public {
    /// An origin and nothing more, as browsers write it: what follows would change the policy.
    fn is_origin(text: &str) -> bool {
        url::Url::parse(text).is_ok_and(|url| {
            ["http", "https"].contains(&url.scheme())
                && url.origin().ascii_serialization() == text.trim_end_matches('/')
        })
    }
}

/// Days that personal data stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Chat, authors of questions, votes by name and names of guests, after the event.
    pub words_days: u32,
    /// Registrations of guests and everybody's answers, after the event.
    pub registrations_days: u32,
    /// Letters and notices, after they were written.
    pub letters_days: u32,
    /// Problem reports, after they were sent.
    pub reports_days: u32,
    /// Background jobs, after their end.
    pub jobs_days: u32,
    /// What an import wrote, after its end; so long it can be undone.
    pub imports_days: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub transport: MailTransport,
    /// Name of the mail server.
    pub host: Option<String>,
    pub port: u16,
    pub tls: MailTls,
    /// Name to sign in by; without it nobody signs in.
    pub user: Option<String>,
    pub password: Option<String>,
    /// Address that letters come from.
    pub from: Option<String>,
    /// Seconds that the mail server gets for each answer.
    pub timeout_seconds: u64,
    /// The most letters in a minute.
    pub per_minute: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTransport {
    /// Into the folder `mail` in the data folder; nothing leaves the machine.
    Files,
    Smtp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTls {
    Off,
    Starttls,
    /// Encrypted from the first byte on.
    Wrapped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug`, `trace`, or per module: `info,kafedra_rtc=debug`.
    pub level: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Bearer token that lets other machines read `/metrics`; loopback needs none.
    pub token: Option<String>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: None,
            name: "Кафедра".to_owned(),
            timezone: "Europe/Moscow".to_owned(),
            data: PathBuf::from("data"),
            shutdown_seconds: 10,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Default for Tls {
    fn default() -> Self {
        Self {
            mode: TlsMode::Off,
            certificate: None,
            key: None,
        }
    }
}

impl Default for Media {
    fn default() -> Self {
        Self {
            url: None,
            public_url: None,
            key: None,
            secret: None,
            udp: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 7882)),
            advertise: Vec::new(),
            expose_api: false,
            webhooks: Vec::new(),
        }
    }
}

impl Default for Rooms {
    fn default() -> Self {
        Self { capacity: 1000 }
    }
}

impl Default for Decks {
    fn default() -> Self {
        Self {
            pages: 500,
            converter: None,
            convert_seconds: 120,
            convert_memory: 4096,
        }
    }
}

impl Default for Lessons {
    fn default() -> Self {
        Self {
            pupils_kept_days: 30,
        }
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            words_days: 365,
            registrations_days: 365,
            letters_days: 180,
            reports_days: 180,
            jobs_days: 30,
            imports_days: 90,
        }
    }
}

impl Retention {
    /// As the application takes them.
    pub fn periods(&self) -> kafedra_app::retention::Retention {
        let days = |days: u32| chrono::TimeDelta::days(days.into());
        kafedra_app::retention::Retention {
            words: days(self.words_days),
            registrations: days(self.registrations_days),
            letters: days(self.letters_days),
            reports: days(self.reports_days),
            jobs: days(self.jobs_days),
            imports: days(self.imports_days),
        }
    }
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            transport: MailTransport::Files,
            host: None,
            port: 587,
            tls: MailTls::Starttls,
            user: None,
            password: None,
            from: None,
            timeout_seconds: 30,
            per_minute: 120,
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            format: LogFormat::Text,
            level: "info".to_owned(),
        }
    }
}

impl Config {
    /// What the demo starts from: everything on loopback.
    pub fn demo() -> Self {
        let mut config = Self::default();
        config.media.udp.set_ip(Ipv4Addr::LOCALHOST.into());
        config.server.name = "Кафедра: демонстрация".to_owned();
        config
    }

    /// `defaults`, then `file` (or [`DEFAULT_FILE`] where it exists), then the environment.
    ///
    /// # Errors
    ///
    /// An unreadable file, an unknown key or a value that does not fit.
    pub fn load(
        defaults: &Self,
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Fault> {
        let known = serde_json::to_value(defaults).map_err(Fault::unexpected)?;
        let mut figment = Figment::from(Source::defaults(known.clone()));
        let file = match file {
            Some(path) => Some(path),
            None => Some(Path::new(DEFAULT_FILE)).filter(|path| path.exists()),
        };
        if let Some(path) = file {
            figment = figment.merge(Source::file(path, &known)?);
        }
        for source in source::environment(environment, &known)? {
            figment = figment.merge(source);
        }
        let config: Self = figment.extract().map_err(|error| {
            let source = error
                .metadata
                .as_ref()
                .map_or_else(String::new, |metadata| metadata.name.to_string());
            Fault::config_value(&error.path.join("."), &source, &error.kind)
        })?;
        config.check()?;
        Ok(config)
    }

    /// What no single key can tell.
    fn check(&self) -> Result<(), Fault> {
        let missing = |key: &str, by: &str| {
            Err(Fault::config_value(
                key,
                by,
                format!("{by} needs {key} to be given"),
            ))
        };
        if self.tls.mode == TlsMode::Files {
            if self.tls.certificate.is_none() {
                return missing("tls.certificate", "tls.mode = \"files\"");
            }
            if self.tls.key.is_none() {
                return missing("tls.key", "tls.mode = \"files\"");
            }
        }
        if self.media.url.is_some() {
            if self.media.key.is_none() {
                return missing("media.key", "media.url");
            }
            if self.media.secret.is_none() {
                return missing("media.secret", "media.url");
            }
        }
        if self.media.key.is_some() != self.media.secret.is_some() {
            return missing("media.key, media.secret", "each");
        }
        if self.mail.transport == MailTransport::Smtp {
            if self.mail.host.is_none() {
                return missing("mail.host", "mail.transport = \"smtp\"");
            }
            if self.mail.from.is_none() {
                return missing("mail.from", "mail.transport = \"smtp\"");
            }
        }
        if self.mail.user.is_some() != self.mail.password.is_some() {
            return missing("mail.user, mail.password", "each");
        }
        if let Some(from) = &self.mail.from
            && !kafedra_model::login::looks_like_email(from)
        {
            return Err(Fault::config_value(
                "mail.from",
                from,
                "an address such as kafedra@school.example is needed",
            ));
        }
        for (key, value) in [
            ("retention.words_days", self.retention.words_days.into()),
            (
                "retention.registrations_days",
                self.retention.registrations_days.into(),
            ),
            ("retention.letters_days", self.retention.letters_days.into()),
            ("retention.reports_days", self.retention.reports_days.into()),
            ("retention.jobs_days", self.retention.jobs_days.into()),
            ("retention.imports_days", self.retention.imports_days.into()),
            ("mail.per_minute", u64::from(self.mail.per_minute)),
            ("mail.timeout_seconds", self.mail.timeout_seconds),
        ] {
            if value == 0 {
                return Err(Fault::config_value(key, "0", "at least 1 is needed"));
            }
        }
        if self.rooms.capacity == 0 {
            return Err(Fault::config_value(
                "rooms.capacity",
                "0",
                "a room holds at least one person",
            ));
        }
        self.zone()?;
        if self.decks.pages == 0 {
            return Err(Fault::config_value(
                "decks.pages",
                "0",
                "a deck has at least one page",
            ));
        }
        if let Some(other) = self
            .public
            .embed_origins
            .iter()
            .find(|origin| !Public::is_origin(origin))
        {
            return Err(Fault::config_value(
                "public.embed_origins",
                other,
                "an origin such as https://edu.city.example is needed, without a path",
            ));
        }
        let urls = [
            ("server.public_url", &self.server.public_url),
            ("media.url", &self.media.url),
            ("media.public_url", &self.media.public_url),
        ];
        for (key, value) in urls {
            let Some(value) = value else { continue };
            let fits = url::Url::parse(value).is_ok_and(|url| {
                url.has_host() && ["http", "https", "ws", "wss"].contains(&url.scheme())
            });
            if !fits {
                return Err(Fault::config_value(
                    key,
                    value,
                    "an address such as https://kafedra.example is needed",
                ));
            }
        }
        Ok(())
    }

    /// The city's time zone.
    ///
    /// # Errors
    ///
    /// A name that is none.
    pub fn zone(&self) -> Result<Tz, Fault> {
        let name = &self.server.timezone;
        kafedra_model::series::zone(name).ok_or_else(|| {
            Fault::config_value(
                "server.timezone",
                name,
                "an IANA name such as Europe/Moscow is needed",
            )
        })
    }

    /// Whether browsers reach this server by HTTPS, itself or through a proxy.
    pub fn https(&self) -> bool {
        self.public_url().starts_with("https://")
    }

    /// How people reach the server, without a trailing slash.
    pub fn public_url(&self) -> String {
        match &self.server.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => {
                let scheme = match self.tls.mode {
                    TlsMode::Off => "http",
                    TlsMode::Files | TlsMode::SelfSigned => "https",
                };
                let listen = self.server.listen;
                if listen.ip().is_loopback() || listen.ip().is_unspecified() {
                    format!("{scheme}://localhost:{}", listen.port())
                } else {
                    format!("{scheme}://{listen}")
                }
            }
        }
    }

    /// The keys as `section.key`, with their values.
    pub fn keys(value: &Value) -> Vec<(String, &Value)> {
        let mut keys = Vec::new();
        if let Value::Object(sections) = value {
            for (section, fields) in sections {
                if let Value::Object(fields) = fields {
                    for (key, value) in fields {
                        keys.push((format!("{section}.{key}"), value));
                    }
                }
            }
        }
        keys
    }
}

#[cfg(test)]
mod tests;
