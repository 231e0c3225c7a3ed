//! Actual values: counted from the platform's records, entered by hand, or as they were signed.
//!
//! What was entered with evidence speaks before what is counted; what was signed speaks before both.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kafedra_model::{
    indicator::{Base, Definition, Known, Question, Slice, Value},
    passport::{
        ActualSource, Hundredths, Indicator, Kopecks, Unit,
        remark::{Remark, Subject},
    },
    quarter::Quarter,
};
use kafedra_store::{
    actual_value,
    indicator::{self, Count},
    indicator_signature, period_signature,
    project_evidence::{self, Proves},
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{current::Current, proof::ProjectEvidence};
use crate::{
    ApiError, ApiResult,
    indicator::{
        named::{self, Indicator as Named},
        settings_of,
    },
};

/// Year and quarter, in their order.
pub type When = (i32, u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum FactSource {
    /// Counted from the platform's records.
    Computed,
    /// Entered with evidence.
    Entered,
}

#[derive(Debug, Clone)]
pub struct Fact {
    pub value: Value,
    pub source: FactSource,
    /// In words; empty for what is counted: the records themselves are its evidence.
    pub evidence: String,
}

/// All that is known of one indicator in one quarter.
#[derive(Debug, Clone, Default)]
pub struct KnownFacts {
    pub computed: Option<Value>,
    /// With the words beside it.
    pub entered: Option<(Value, String)>,
    /// Evidence that was added.
    pub proofs: Vec<ProjectEvidence>,
    pub signed: Option<Fact>,
}

impl KnownFacts {
    /// As the records stand now.
    pub fn working(&self) -> Option<Fact> {
        let entered = self.entered.as_ref().map(|(value, evidence)| Fact {
            value: *value,
            source: FactSource::Entered,
            evidence: evidence.clone(),
        });
        entered.or_else(|| {
            Some(Fact {
                value: self.computed?,
                source: FactSource::Computed,
                evidence: String::new(),
            })
        })
    }

    /// What counts.
    pub fn fact(&self) -> Option<Fact> {
        self.signed.clone().or_else(|| self.working())
    }
}

/// By ordinal, then by quarter.
pub type Facts = BTreeMap<u32, BTreeMap<When, KnownFacts>>;

/// What is frozen by a period's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeriodFigures {
    pub indicators: Vec<SignedFigure>,
    /// Within the quarter.
    pub paid_kopecks: Kopecks,
    /// Checkpoints reached within the quarter.
    pub reached: Vec<String>,
    /// What its reports say beside the figures.
    #[serde(default)]
    pub remarks: Vec<SignedRemark>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedRemark {
    pub subject: Subject,
    #[serde(flatten)]
    pub remark: Remark,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedFigure {
    pub ordinal: u32,
    #[schema(required)]
    pub plan: Option<Hundredths>,
    /// Hundredths, divided by `over`; null where nothing was known.
    #[schema(required)]
    pub hundredths: Option<i64>,
    pub over: i64,
    #[schema(required)]
    pub source: Option<FactSource>,
    /// In words.
    pub evidence: String,
    /// What proves an entered value.
    #[serde(default)]
    pub proofs: Vec<ProjectEvidence>,
}

impl SignedFigure {
    fn fact(&self) -> Option<Fact> {
        Some(Fact {
            value: Value {
                hundredths: self.hundredths?,
                over: self.over.max(1),
            },
            source: self.source?,
            evidence: self.evidence.clone(),
        })
    }
}

/// How an indicator is counted; `None` for one that is only entered.
pub fn definition(indicator: &Indicator) -> Option<Definition> {
    let definition = match &indicator.source {
        Some(ActualSource::Computed(definition)) => definition.clone(),
        Some(ActualSource::Entered(_)) => return None,
        // As «Показатели» has it: the three of the passport are known by their ordinal.
        None => Known::ALL
            .into_iter()
            .find(|known| known.ordinal() == Some(indicator.ordinal))?
            .definition(),
    };
    let unit = match definition.base {
        Base::Share => Unit::Percent,
        Base::Count => Unit::Count,
    };
    (unit == indicator.unit && definition.is_sound()).then_some(definition)
}

/// The one of «Показатели» that is counted in the same way, under whose name it is signed.
pub fn same<'a>(named: &'a [Named], definition: &Definition) -> Option<&'a Named> {
    named
        .iter()
        .find(|one| one.source.definition() == Some(definition))
}

/// Everything known on a day. What is counted from events has to be settled before.
pub async fn gather(
    db: &impl ConnectionTrait,
    current: &Current,
    day: NaiveDate,
) -> ApiResult<Facts> {
    let mut facts = Facts::new();
    for row in actual_value::of_project(db, current.id()).await? {
        let (Ok(ordinal), Ok(number)) = (u32::try_from(row.ordinal), u32::try_from(row.quarter))
        else {
            continue;
        };
        let known = facts.entry(ordinal).or_default();
        known.entry((row.year, number)).or_default().entered =
            Some((Value::entered(row.value), row.evidence));
    }
    for row in project_evidence::of_project(db, current.id()).await? {
        let Some(Proves::Value(place)) = row.proves() else {
            continue;
        };
        let known = facts.entry(place.ordinal).or_default();
        known
            .entry((place.quarter.year, place.quarter.number))
            .or_default()
            .proofs
            .extend(ProjectEvidence::of(row));
    }
    let quarters: Vec<Quarter> = current
        .passport
        .quarters()
        .into_iter()
        .filter(|quarter| quarter.first_day() <= day)
        .collect();
    let named = named::all(db).await?;
    for indicator in &current.passport.indicators {
        let known = facts.entry(indicator.ordinal).or_default();
        let Some(definition) = definition(indicator) else {
            continue;
        };
        for (when, value) in counted(db, &named, &definition, &quarters, day).await? {
            known.entry(when).or_default().computed = Some(value);
        }
    }
    for (quarter, figures) in signed(db, current.id()).await? {
        for figure in figures.indicators {
            let known = facts.entry(figure.ordinal).or_default();
            known
                .entry((quarter.year, quarter.number))
                .or_default()
                .signed = figure.fact();
        }
    }
    Ok(facts)
}

/// The platform's own figures: a signed quarter as it was signed, others as the records stand.
async fn counted(
    db: &impl ConnectionTrait,
    named: &[Named],
    definition: &Definition,
    quarters: &[Quarter],
    day: NaiveDate,
) -> ApiResult<Vec<(When, Value)>> {
    let (Some(first), Some(last)) = (quarters.first(), quarters.last()) else {
        return Ok(Vec::new());
    };
    let signatures = match same(named, definition) {
        Some(one) => indicator_signature::history(db, &one.key, first.year..=last.year).await?,
        None => Vec::new(),
    };
    let settings = settings_of(db).await?;
    let mut values = Vec::new();
    for quarter in quarters {
        let when = (quarter.year, quarter.number);
        let of_quarter = |row: &&indicator_signature::Model| {
            (row.year, u32::try_from(row.quarter)) == (when.0, Ok(when.1))
        };
        let count = match signatures.iter().rfind(of_quarter) {
            Some(row) => Count {
                members: row.members.into(),
                counted: row.counted.into(),
            },
            None => {
                let question = Question {
                    definition: definition.clone(),
                    day: quarter.last_day().min(day),
                    slice: Slice::default(),
                    without_parental_leave: false,
                    settings: settings.clone(),
                };
                indicator::city(db, &question).await?
            }
        };
        if let Some(value) = count.value(definition.base) {
            values.push((when, value));
        }
    }
    Ok(values)
}

/// The revision in force of every signed quarter.
async fn signed(
    db: &impl ConnectionTrait,
    project: Uuid,
) -> ApiResult<Vec<(Quarter, PeriodFigures)>> {
    let mut latest = BTreeMap::new();
    // The later revisions come later.
    for row in period_signature::of_project(db, project).await? {
        latest.insert((row.year, row.quarter), row);
    }
    latest
        .into_values()
        .filter_map(|row| Some((row.quarter()?, row)))
        .map(|(quarter, row)| {
            let figures = serde_json::from_str(&row.figures).map_err(ApiError::internal)?;
            Ok((quarter, figures))
        })
        .collect()
}
