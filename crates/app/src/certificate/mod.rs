//! Certificates: who earns one, giving them out, revoking, the paper itself, and the public page
//! that verifies it.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{EventKind, EventRole};
use kafedra_store::certificate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    AppState, Code,
    problem::{FieldCode, Words},
};

mod bundle;
mod by_code;
mod earned;
mod issue;
mod jobs;
mod list;
mod preview;
mod print;
mod revoke;

pub use bundle::{BUNDLE, forget_bundles, perform_bundle};
pub use jobs::{ISSUE, perform};

pub const NOT_HELD: Code = Code {
    code: "event.not_held",
    status: 409,
    ru: Words {
        title: "Эта встреча ещё не прошла",
        detail: "Сертификаты и протокол делают после встречи. Завершите её и вернитесь сюда.",
    },
    en: Words {
        title: "This meeting has not been held yet",
        detail: "Certificates and minutes are made after the meeting. End it and come back.",
    },
};
pub const NOBODY: Code = Code {
    code: "certificate.nobody",
    status: 409,
    ru: Words {
        title: "По этому правилу сертификат не получает никто",
        detail: "Посмотрите на список участников и смягчите условия.",
    },
    en: Words {
        title: "Nobody earns a certificate by this rule",
        detail: "Look at the list of people and ease the conditions.",
    },
};
pub const REVOKED: Code = Code {
    code: "certificate.revoked",
    status: 409,
    ru: Words {
        title: "Этот сертификат уже отозван",
        detail: "Если он нужен снова, выдайте новый.",
    },
    en: Words {
        title: "This certificate has been revoked already",
        detail: "If it is needed again, give out a new one.",
    },
};

pub const REVOKED_PAPER: Code = Code {
    code: "certificate.revoked_paper",
    status: 410,
    ru: Words {
        title: "Этот сертификат отозван, его больше не печатают",
        detail: "Причина стоит на странице проверки. Если сертификат нужен, обратитесь к организатору встречи.",
    },
    en: Words {
        title: "This certificate was revoked and is not printed any more",
        detail: "The page that verifies it says why. If you need a certificate, turn to the organiser of the meeting.",
    },
};
pub const NONE_VALID: Code = Code {
    code: "certificate.none_valid",
    status: 409,
    ru: Words {
        title: "Печатать пока нечего",
        detail: "Сначала выдайте сертификаты. Отозванные не печатаются.",
    },
    en: Words {
        title: "There is nothing to print yet",
        detail: "First give certificates out. Revoked ones are not printed.",
    },
};

pub const CODES: &[Code] = &[NOT_HELD, NOBODY, REVOKED, REVOKED_PAPER, NONE_VALID];

pub const OUT_OF_RANGE: FieldCode = FieldCode {
    code: "rule.out_of_range",
    ru: "Такое число здесь не подходит.",
    en: "This number does not fit here.",
};

pub const FIELD_CODES: &[FieldCode] = &[OUT_OF_RANGE];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, issue::issue))
        .routes(routes!(preview::preview))
        .routes(routes!(revoke::revoke))
        .routes(routes!(by_code::by_code))
        .routes(routes!(print::pdf))
        .routes(routes!(print::pdf_by_code))
        .routes(routes!(bundle::bundle))
}

/// A certificate as those who gave it out and its holder see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    pub id: Uuid,
    /// «2026-00042».
    pub number: String,
    pub event_id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub role: EventRole,
    pub topic: String,
    pub kind: EventKind,
    /// Of the event.
    pub title: String,
    pub held_on: NaiveDate,
    /// school, city, region.
    pub level: String,
    /// Academic hours.
    pub hours: i32,
    pub issued_at: DateTime<Utc>,
    #[schema(required)]
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why it was revoked.
    #[schema(required)]
    pub reason: Option<String>,
    /// The public page that verifies it.
    pub url: String,
}

impl Certificate {
    pub(crate) fn of(state: &AppState, row: certificate::Model) -> Self {
        Self {
            id: row.id,
            event_id: row.event_id,
            person_id: row.person_id,
            name: row.name,
            role: role(&row.role),
            topic: row.topic,
            kind: kind(&row.kind),
            title: row.title,
            held_on: row.held_on,
            level: row.level,
            hours: row.hours,
            issued_at: row.issued_at,
            revoked_at: row.revoked_at,
            reason: row.reason,
            url: url(state, &row.code),
            number: row.number,
        }
    }
}

/// Where anyone verifies a certificate.
fn url(state: &AppState, code: &str) -> String {
    format!("{}/c/{code}", state.settings.public_url)
}

/// A role of a newer version counts as the plainest.
fn role(name: &str) -> EventRole {
    EventRole::parse(name).unwrap_or(EventRole::Listener)
}

fn kind(name: &str) -> EventKind {
    EventKind::parse(name).unwrap_or(EventKind::StaffMeeting)
}
