//! Classes as those who keep them see them.

use std::collections::HashMap;

use chrono::NaiveDate;
use kafedra_model::guardian_consent as text;
use kafedra_store::{guardian_consent, institution, person, pupil, school_class};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiResult,
    event::view::{Named, PersonRef},
};

/// A class without the names in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolClass {
    pub id: Uuid,
    /// «7 «Б»».
    pub label: String,
    /// By its short name.
    pub institution: Named,
    pub teacher: PersonRef,
    pub pupil_count: usize,
    /// Pupils whose guardian's consent counts now.
    pub consent_count: usize,
}

/// A class with its pupils.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolClassPage {
    #[serde(flatten)]
    pub class: SchoolClass,
    /// By their numbers.
    pub pupils: Vec<Pupil>,
}

/// One pupil.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pupil {
    pub id: Uuid,
    /// «Ученик 7» is what others read.
    pub number: i32,
    pub name: String,
    /// With it the pupil joins lessons: `ACDEF-GH347`.
    pub code: String,
    #[schema(required)]
    pub consent: Option<GuardianConsent>,
}

/// A guardian's consent that was not withdrawn.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianConsent {
    /// Version of the text that was signed.
    pub version: String,
    /// Whether it counts: an earlier text is signed anew.
    pub counts: bool,
    pub given_on: NaiveDate,
    /// The guardian, as they signed.
    pub given_by: String,
    /// Whether there is a scan of the paper.
    pub has_scan: bool,
}

impl From<&guardian_consent::Model> for GuardianConsent {
    fn from(row: &guardian_consent::Model) -> Self {
        Self {
            version: row.version.clone(),
            counts: super::counts(row),
            given_on: row.given_on,
            given_by: row.given_by.clone(),
            has_scan: row.scan_hash.is_some(),
        }
    }
}

impl SchoolClass {
    pub(super) async fn many(
        db: &impl ConnectionTrait,
        rows: Vec<school_class::Model>,
    ) -> ApiResult<Vec<Self>> {
        let mut ids: Vec<Uuid> = rows.iter().map(|row| row.institution_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let schools = institution::short_names(db, ids).await?;
        let teachers: HashMap<Uuid, PersonRef> =
            person::named(db, rows.iter().map(|row| row.teacher_id))
                .await?
                .iter()
                .map(|person| (person.id, PersonRef::from(person)))
                .collect();
        let mut classes = Vec::with_capacity(rows.len());
        for row in rows {
            let consents = super::consents(db, row.id).await?;
            classes.push(Self {
                id: row.id,
                label: row.label,
                institution: Named {
                    id: row.institution_id,
                    name: schools
                        .get(&row.institution_id)
                        .cloned()
                        .unwrap_or_default(),
                },
                teacher: teachers.get(&row.teacher_id).cloned().unwrap_or(PersonRef {
                    id: row.teacher_id,
                    name: String::new(),
                }),
                pupil_count: consents.pupils,
                consent_count: consents.given,
            });
        }
        Ok(classes)
    }

    pub(crate) async fn one(
        db: &impl ConnectionTrait,
        row: school_class::Model,
    ) -> ApiResult<Self> {
        Self::many(db, vec![row])
            .await?
            .pop()
            .ok_or_else(|| crate::ApiError::internal("a class lost its view"))
    }
}

impl SchoolClassPage {
    pub(super) async fn of(db: &impl ConnectionTrait, row: school_class::Model) -> ApiResult<Self> {
        let consents: HashMap<Uuid, guardian_consent::Model> =
            guardian_consent::standing(db, row.id, text::PURPOSE)
                .await?
                .into_iter()
                .map(|consent| (consent.pupil_id, consent))
                .collect();
        let pupils = pupil::of_class(db, row.id)
            .await?
            .into_iter()
            .map(|pupil| Pupil {
                consent: consents.get(&pupil.id).map(GuardianConsent::from),
                id: pupil.id,
                number: pupil.number,
                name: pupil.name,
                code: spaced(&pupil.code),
            })
            .collect();
        Ok(Self {
            class: SchoolClass::one(db, row).await?,
            pupils,
        })
    }
}

/// A code as it is read aloud: in two halves.
fn spaced(code: &str) -> String {
    match code.split_at_checked(5) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}
