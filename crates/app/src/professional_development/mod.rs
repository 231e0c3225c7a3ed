//! Documents of professional development on a person's page.
//!
//! Whoever may read a person's card reads them; whoever keeps the card, and the person, write them.
//! Invariant: what a person or anybody else has written counts only once somebody who keeps the
//! card, and is not that person, has verified exactly that version of it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::professional_development::{Fault, Kind, MOST_HOURS, Typed, Uncounted};
use kafedra_store::{
    document_scan, person,
    professional_development::{self, Draft, Model},
};
use sea_orm::SqlErr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller, Code,
    form::{DATE, Form},
    person::Known,
    problem::{FORBIDDEN, FieldCode, INVALID, NOT_FOUND, REQUIRED},
};

mod create;
mod delete;
mod list;
mod scan;
mod update;
mod verify;

pub const TWICE: FieldCode = FieldCode {
    code: "document.twice",
    ru: "Документ с таким номером, той же организации и с той же датой уже есть в реестре.",
    en: "A document with this number, issuer and date is in the register already.",
};
pub const FUTURE: FieldCode = FieldCode {
    code: "document.future",
    ru: "Дата документа ещё не наступила. Проверьте год.",
    en: "The document is dated in the future. Check the year.",
};
pub const ANCIENT: FieldCode = FieldCode {
    code: "document.ancient",
    ru: "Документ не может быть таким старым. Проверьте год.",
    en: "A document cannot be so old. Check the year.",
};
pub const HOURS: FieldCode = FieldCode {
    code: "document.hours",
    ru: "Введите число часов от 1 до 5000.",
    en: "Enter a number of hours from 1 to 5000.",
};
pub const BACKWARDS: FieldCode = FieldCode {
    code: "document.backwards",
    ru: "Обучение заканчивается раньше, чем начинается. Проверьте даты.",
    en: "The training ends before it starts. Check the dates.",
};
pub const TOO_EARLY: FieldCode = FieldCode {
    code: "document.issued_before_training",
    ru: "Документ выдан раньше, чем началось обучение. Проверьте даты.",
    en: "The document was issued before the training began. Check the dates.",
};

pub const CODES: &[Code] = &[scan::TYPE];
pub const FIELD_CODES: &[FieldCode] = &[TWICE, FUTURE, ANCIENT, HOURS, BACKWARDS, TOO_EARLY];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(update::update, delete::delete))
        .routes(routes!(verify::verify))
        .merge(scan::routes())
}

/// A document as its readers see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Development {
    pub id: Uuid,
    pub person_id: Uuid,
    pub kind: Kind,
    #[schema(required)]
    pub series: Option<String>,
    pub blank_number: String,
    pub registration: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
    /// The last day on which it counts.
    pub valid_until: NaiveDate,
    pub programme: String,
    pub programme_kind: String,
    pub hours: i32,
    #[schema(required)]
    pub training_start: Option<NaiveDate>,
    #[schema(required)]
    pub training_end: Option<NaiveDate>,
    pub form: String,
    pub funding: String,
    pub register_status: String,
    /// There is a scan to look at.
    pub has_scan: bool,
    /// Why it does not count today; null when it does.
    #[schema(required)]
    pub uncounted: Option<Uncounted>,
    /// Name of whoever verified it.
    #[schema(required)]
    pub verified_by: Option<String>,
    #[schema(required)]
    pub verified_at: Option<DateTime<Utc>>,
    /// To be sent back with an edit.
    pub version: i32,
    pub may: DevelopmentMay,
}

/// What the reader may do with a document.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct DevelopmentMay {
    pub edit: bool,
    pub verify: bool,
    pub delete: bool,
}

/// What is written about a document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DevelopmentDraft {
    kind: Kind,
    #[serde(default)]
    series: Option<String>,
    #[serde(default)]
    blank_number: String,
    /// Registration number, as it stands on the document.
    registration: String,
    issuer: String,
    /// `2017-04-03`.
    #[schema(value_type = NaiveDate)]
    issued_on: String,
    #[serde(default)]
    programme: String,
    #[serde(default)]
    programme_kind: String,
    hours: u32,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    training_start: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    training_end: Option<String>,
    #[serde(default)]
    form: String,
    #[serde(default)]
    funding: String,
    /// What the federal register of documents says of it, as it was looked up.
    #[serde(default)]
    register_status: String,
}

impl DevelopmentDraft {
    /// Everything wrong with it is told at once.
    fn checked(&self, today: NaiveDate) -> ApiResult<Draft> {
        let mut form = Form::default();
        let issued_on = date(&mut form, "issuedOn", Some(&self.issued_on));
        if issued_on.is_none() && self.issued_on.trim().is_empty() {
            form.refuse("issuedOn", &REQUIRED);
        }
        let training_start = date(&mut form, "trainingStart", self.training_start.as_deref());
        let training_end = date(&mut form, "trainingEnd", self.training_end.as_deref());
        let series = self.series.as_deref().unwrap_or_default();
        let series = form.optional_line("series", series, 20);
        let draft = Draft {
            kind: self.kind,
            series: Some(series).filter(|series| !series.is_empty()),
            blank_number: form.optional_line("blankNumber", &self.blank_number, 40),
            registration: form.optional_line("registration", &self.registration, 60),
            issuer: form.optional_line("issuer", &self.issuer, 300),
            // Refused above where it is missing.
            issued_on: issued_on.unwrap_or(today),
            programme: form.optional_line("programme", &self.programme, 500),
            programme_kind: form.optional_line("programmeKind", &self.programme_kind, 200),
            hours: self.hours,
            training_start,
            training_end,
            form: form.optional_line("form", &self.form, 100),
            funding: form.optional_line("funding", &self.funding, 100),
            register_status: form.optional_line("registerStatus", &self.register_status, 200),
        };
        let typed = Typed {
            registration: &draft.registration,
            issuer: &draft.issuer,
            hours: draft.hours,
            issued_on: draft.issued_on,
            training_start,
            training_end,
        };
        for fault in typed.faults(today) {
            let (field, code) = field_of(fault);
            form.refuse(field, code);
        }
        form.done()?;
        Ok(draft)
    }
}

fn field_of(fault: Fault) -> (&'static str, &'static FieldCode) {
    const _: () = assert!(MOST_HOURS == 5_000, "the words of `HOURS` say so");
    match fault {
        Fault::NoRegistration => ("registration", &REQUIRED),
        Fault::NoIssuer => ("issuer", &REQUIRED),
        Fault::FutureIssue => ("issuedOn", &FUTURE),
        Fault::AncientIssue => ("issuedOn", &ANCIENT),
        Fault::NoHours | Fault::TooManyHours => ("hours", &HOURS),
        Fault::Backwards => ("trainingEnd", &BACKWARDS),
        Fault::IssuedBeforeTraining => ("issuedOn", &TOO_EARLY),
    }
}

/// `None` for an empty field, and for one that was refused.
fn date(form: &mut Form, field: &str, typed: Option<&str>) -> Option<NaiveDate> {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty())?;
    let date = NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok();
    if date.is_none() {
        form.refuse(field, &DATE);
    }
    date
}

/// Another document has this natural key.
fn twice(error: sea_orm::DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ApiError::field("registration", &TWICE),
        _ => error.into(),
    }
}

/// A caller before one person's documents.
struct Standing {
    me: Uuid,
    person: Uuid,
    /// Keeps the person's card.
    keeps: bool,
}

impl Standing {
    /// 404 for nobody, 403 for those who may not read the card.
    async fn of(state: &AppState, caller: &Caller, person: Uuid) -> ApiResult<Self> {
        let by = caller.actor()?;
        let known = Known::of(state, &state.store.db, person).await?;
        // Whoever holds more rights elsewhere still hands their papers to the school's coordinator.
        let keeps = known.living().is_ok() && by.keeps_person(&known.answerable(), &[]);
        if !keeps && !by.reads_person(person, &known.institutions()) {
            return Err(ApiError::new(&FORBIDDEN));
        }
        Ok(Self {
            me: by.person_id,
            person,
            keeps,
        })
    }

    fn is_own(&self) -> bool {
        self.me == self.person
    }

    fn writes(&self) -> bool {
        self.keeps || self.is_own()
    }

    /// Nobody vouches for themselves.
    fn verifies(&self) -> bool {
        self.keeps && !self.is_own()
    }

    /// A verified document is evidence: the person alone does not make it disappear.
    fn deletes(&self, row: &Model) -> bool {
        self.keeps || (self.is_own() && row.verified_at.is_none())
    }

    fn allowed(&self, is_allowed: bool) -> ApiResult<()> {
        if is_allowed {
            Ok(())
        } else {
            Err(ApiError::new(&FORBIDDEN))
        }
    }

    fn may(&self, row: &Model) -> DevelopmentMay {
        DevelopmentMay {
            edit: self.writes(),
            verify: self.verifies(),
            delete: self.deletes(row),
        }
    }
}

/// A document and the caller before it.
async fn found(state: &AppState, caller: &Caller, id: Uuid) -> ApiResult<(Standing, Model)> {
    caller.person()?;
    let row = professional_development::find(&state.store.db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    Ok((Standing::of(state, caller, row.person_id).await?, row))
}

async fn views(
    state: &AppState,
    standing: &Standing,
    rows: Vec<Model>,
) -> ApiResult<Vec<Development>> {
    let verifiers = rows.iter().filter_map(|row| row.verified_by);
    let names: HashMap<Uuid, String> = person::named(&state.store.db, verifiers)
        .await?
        .into_iter()
        .map(|person| (person.id, person.full_name()))
        .collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let scans = document_scan::of_documents(&state.store.db, &ids).await?;
    let today = state.today();
    Ok(rows
        .into_iter()
        .map(|row| Development {
            may: standing.may(&row),
            uncounted: row.document().counts_on(today).err(),
            kind: row.kind(),
            has_scan: scans.contains_key(&row.id),
            verified_by: row.verified_by.and_then(|id| names.get(&id).cloned()),
            id: row.id,
            person_id: row.person_id,
            series: row.series,
            blank_number: row.blank_number,
            registration: row.registration,
            issuer: row.issuer,
            issued_on: row.issued_on,
            valid_until: row.valid_until,
            programme: row.programme,
            programme_kind: row.programme_kind,
            hours: row.hours,
            training_start: row.training_start,
            training_end: row.training_end,
            form: row.form,
            funding: row.funding,
            register_status: row.register_status,
            verified_at: row.verified_at,
            version: row.version,
        })
        .collect())
}

/// The document as it is now.
async fn view(state: &AppState, standing: &Standing, id: Uuid) -> ApiResult<Development> {
    let row = professional_development::find(&state.store.db, id)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    views(state, standing, vec![row])
        .await?
        .pop()
        .ok_or_else(|| ApiError::new(&INVALID))
}
