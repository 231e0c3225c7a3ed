//! Everything about the project on a day, gathered once for pages, papers and the public page.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{
    indicator::{Evidence, Value},
    passport::{
        Hundredths, Kopecks, Month, Passport,
        budget::{Budget, Payment},
        lifecycle::Lifecycle,
        period::PlanFact,
        risk,
        standing::{self, Attention},
    },
    quarter::Quarter,
    traffic_light::{self, Progress, Thresholds, TrafficLight},
    validator::{self, Severity},
};
use kafedra_store::{
    change_request, checkpoint_done, payment, period_signature, person,
    project_evidence::{self, Proves},
    project_step,
    task::{self, Whose},
};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    change_request::ChangeRequestRow,
    current::Current,
    facts::{self, Fact, FactSource, Facts, KnownFacts},
    payment::ProjectPayment,
    proof::ProjectEvidence,
    step::ProjectStep,
};
use crate::{
    ApiResult, AppState,
    indicator::{settings_of, settle},
};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectPicture {
    pub id: Uuid,
    /// Of the passport.
    pub version: i32,
    pub updated_at: DateTime<Utc>,
    /// For which everything stands here.
    pub day: NaiveDate,
    pub lifecycle: Lifecycle,
    /// The passport itself may be edited: it is a draft.
    pub editable: bool,
    /// Facts, payments and evidence are entered.
    pub takes_facts: bool,
    pub passport: Passport,
    /// The worst of its critical lights.
    pub light: TrafficLight,
    /// Where lights change.
    pub thresholds: Thresholds,
    pub indicators: Vec<IndicatorStanding>,
    pub stages: Vec<StageStanding>,
    pub checkpoints: Vec<CheckpointStanding>,
    pub budget: BudgetStanding,
    /// The latest last.
    pub payments: Vec<ProjectPayment>,
    pub risks: Vec<RiskStanding>,
    /// Steps and decisions in their order.
    pub steps: Vec<ProjectStep>,
    /// The newest first.
    pub change_requests: Vec<ChangeRequestRow>,
    pub periods: Vec<PeriodStanding>,
    /// What waits for somebody.
    pub attention: Vec<Attention>,
    pub findings: FindingCounts,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorStanding {
    pub ordinal: u32,
    /// Counted from the platform's records.
    pub computed: bool,
    /// Of the quarter that speaks for it.
    pub light: TrafficLight,
    #[schema(required)]
    pub latest: Option<Quarter>,
    /// Those of the term, and any other with a plan or a fact.
    pub quarters: Vec<QuarterStanding>,
}

/// Figures are hundredths: 88% is 8800.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuarterStanding {
    pub year: i32,
    pub quarter: u32,
    #[schema(required)]
    pub plan: Option<Hundredths>,
    /// What counts: as signed, else as entered, else as counted.
    #[schema(required)]
    pub fact: Option<Hundredths>,
    #[schema(required)]
    pub source: Option<FactSource>,
    /// In words.
    pub evidence: String,
    /// What was added as evidence of an entered value.
    pub proofs: Vec<ProjectEvidence>,
    /// What the platform counts, whatever was entered.
    #[schema(required)]
    pub computed: Option<Hundredths>,
    /// As the records stand now, where it is not what was signed.
    #[schema(required)]
    pub changed_since: Option<Hundredths>,
    #[schema(required)]
    pub deviation: Option<Hundredths>,
    /// Of the plan.
    #[schema(required)]
    pub percent: Option<Hundredths>,
    pub light: TrafficLight,
    pub signed: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StageStanding {
    pub number: u32,
    #[schema(required, value_type = Option<String>)]
    pub start: Option<Month>,
    #[schema(required, value_type = Option<String>)]
    pub end: Option<Month>,
    /// The worst of its checkpoints.
    pub light: TrafficLight,
    pub reached: usize,
    pub checkpoints: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckpointStanding {
    pub number: String,
    pub light: TrafficLight,
    /// The last day of its term.
    pub due: NaiveDate,
    #[schema(required)]
    pub done_on: Option<NaiveDate>,
    pub evidence: Vec<ProjectEvidence>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetStanding {
    pub rows: Vec<BudgetRow>,
    pub by_source: Vec<BudgetRow>,
    pub by_year: Vec<BudgetRow>,
    pub total: BudgetRow,
    pub light: TrafficLight,
}

/// One source in one year, or a sum of such.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetRow {
    #[schema(required)]
    pub source: Option<kafedra_model::passport::FundingSource>,
    #[schema(required)]
    pub year: Option<i32>,
    pub plan_kopecks: Kopecks,
    /// Null while nothing is known.
    #[schema(required)]
    pub fact_kopecks: Option<Kopecks>,
    /// Percent of the plan, hundredths.
    #[schema(required)]
    pub executed: Option<Hundredths>,
    /// Of everything planned, hundredths; for sources.
    #[schema(required)]
    pub share: Option<Hundredths>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RiskStanding {
    pub number: u32,
    /// Null while nobody has weighed it.
    #[schema(required)]
    pub gravity: Option<risk::Level>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeriodStanding {
    pub year: i32,
    pub quarter: u32,
    pub over: bool,
    /// In force; 0 where nobody has signed.
    pub revision: i32,
    pub signed_by: String,
    #[schema(required)]
    pub signed_at: Option<DateTime<Utc>>,
}

/// How many findings the validator has.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingCounts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

/// The current project on a day; `None` before one was begun.
pub async fn picture(state: &AppState, day: NaiveDate) -> ApiResult<Option<ProjectPicture>> {
    let db = &state.store.db;
    let Some(current) = Current::find(db).await? else {
        return Ok(None);
    };
    settle(state, Evidence::Dissemination).await?;
    let facts = facts::gather(db, &current, day).await?;
    let thresholds = settings_of(db).await?.lights;
    let payments = payment::of_project(db, current.id()).await?;
    let paid: Vec<Payment> = payments
        .iter()
        .filter_map(payment::Model::payment)
        .filter(|payment| payment.on <= day)
        .collect();
    let budget = Budget::of(&current.passport.funding, &paid);
    let checkpoints = checkpoints(db, &current, day, thresholds).await?;
    let indicators = indicators(&current.passport, &facts, day, thresholds);
    let periods = periods(db, &current, day).await?;
    let budget_light = standing::budget_light(&current.passport, &budget, day, thresholds);
    let light = traffic_light::project(
        checkpoints
            .iter()
            .map(|one| one.light)
            .chain(indicators.iter().map(|one| one.light))
            .chain([budget_light]),
    );
    let attention = attention(&current, &facts, &periods, &checkpoints, &budget, day);
    let tasks = task::list(db, Whose::Project(current.id()), false).await?;
    let steps = project_step::of_project(db, current.id()).await?;
    let requests = change_request::of_project(db, current.id()).await?;
    Ok(Some(ProjectPicture {
        id: current.id(),
        version: current.row.version,
        updated_at: current.row.updated_at,
        day,
        editable: current.lifecycle.is_editable(),
        takes_facts: current.lifecycle.takes_facts(),
        light,
        thresholds,
        stages: stages(&current.passport, &checkpoints),
        indicators,
        checkpoints,
        budget: budget_standing(&budget, budget_light),
        payments: payments
            .into_iter()
            .filter_map(ProjectPayment::of)
            .collect(),
        risks: current.passport.risks.iter().map(weighed).collect(),
        steps: steps
            .into_iter()
            .map(|step| ProjectStep::of(step, &tasks, day))
            .collect(),
        change_requests: requests.into_iter().map(ChangeRequestRow::from).collect(),
        periods,
        attention,
        findings: findings(&current.passport),
        lifecycle: current.lifecycle,
        passport: current.passport,
    }))
}

fn findings(passport: &Passport) -> FindingCounts {
    let mut counts = FindingCounts::default();
    for finding in validator::read(passport) {
        match finding.problem.severity() {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Note => counts.notes += 1,
        }
    }
    counts
}

fn weighed(risk: &kafedra_model::passport::Risk) -> RiskStanding {
    let gravity = risk.probability.zip(risk.impact);
    RiskStanding {
        number: risk.number,
        gravity: gravity.map(|(probability, impact)| risk::gravity(probability, impact)),
    }
}

/// The facts that count, for the rules.
fn values(known: Option<&BTreeMap<facts::When, KnownFacts>>) -> BTreeMap<facts::When, Value> {
    known
        .into_iter()
        .flatten()
        .filter_map(|(when, known)| Some((*when, known.fact()?.value)))
        .collect()
}

fn indicators(
    passport: &Passport,
    facts: &Facts,
    day: NaiveDate,
    thresholds: Thresholds,
) -> Vec<IndicatorStanding> {
    passport
        .indicators
        .iter()
        .map(|indicator| {
            let known = facts.get(&indicator.ordinal);
            let latest = indicator.latest(&values(known), day);
            let mut quarters = passport.quarters();
            let others = known.into_iter().flatten();
            quarters.extend(others.filter_map(|((year, number), _)| Quarter::new(*year, *number)));
            quarters.sort_by_key(|one| (one.year, one.number));
            quarters.dedup();
            let nothing = KnownFacts::default();
            IndicatorStanding {
                ordinal: indicator.ordinal,
                computed: facts::definition(indicator).is_some(),
                light: latest.map_or(TrafficLight::Grey, |one| {
                    thresholds.indicator(one.fact, one.plan)
                }),
                latest: latest.map(|one| one.quarter),
                quarters: quarters
                    .into_iter()
                    .map(|quarter| {
                        let known = known
                            .and_then(|known| known.get(&(quarter.year, quarter.number)))
                            .unwrap_or(&nothing);
                        quarter_standing(quarter, indicator.planned(quarter), known, thresholds)
                    })
                    .collect(),
            }
        })
        .collect()
}

fn quarter_standing(
    quarter: Quarter,
    plan: Option<Hundredths>,
    known: &KnownFacts,
    thresholds: Thresholds,
) -> QuarterStanding {
    let fact = known.fact();
    let value = fact.as_ref().map(|fact| fact.value);
    let plan_fact = PlanFact {
        quarter,
        plan,
        fact: value,
    };
    let rounded = |value: Option<Value>| value.map(Value::rounded);
    let working = known.working().map(|fact| fact.value.rounded());
    QuarterStanding {
        year: quarter.year,
        quarter: quarter.number,
        plan,
        fact: rounded(value),
        source: fact.as_ref().map(|fact: &Fact| fact.source),
        evidence: fact.map(|fact| fact.evidence).unwrap_or_default(),
        proofs: known.proofs.clone(),
        computed: rounded(known.computed),
        changed_since: known
            .signed
            .as_ref()
            .and(working)
            .filter(|now| Some(*now) != rounded(value)),
        deviation: rounded(plan_fact.deviation()),
        percent: rounded(plan_fact.percent()),
        light: thresholds.indicator(value, plan),
        signed: known.signed.is_some(),
    }
}

async fn checkpoints(
    db: &impl ConnectionTrait,
    current: &Current,
    day: NaiveDate,
    thresholds: Thresholds,
) -> ApiResult<Vec<CheckpointStanding>> {
    let done: HashMap<String, NaiveDate> = checkpoint_done::of_project(db, current.id())
        .await?
        .into_iter()
        .map(|row| (row.checkpoint, row.done_on))
        .collect();
    let mut evidence: HashMap<String, Vec<ProjectEvidence>> = HashMap::new();
    for row in project_evidence::of_project(db, current.id()).await? {
        if let Some(Proves::Checkpoint { number, .. }) = row.proves() {
            let of_checkpoint = evidence.entry(number).or_default();
            of_checkpoint.extend(ProjectEvidence::of(row));
        }
    }
    Ok(current
        .passport
        .checkpoints()
        .map(|one| {
            let evidence = evidence.remove(&one.number).unwrap_or_default();
            let done_on = done.get(&one.number).copied();
            let progress = Progress {
                due: one.end.last_day(),
                done: done_on.is_some_and(|on| on <= day),
                has_evidence: !evidence.is_empty(),
            };
            CheckpointStanding {
                number: one.number.clone(),
                light: thresholds.checkpoint(progress, day),
                due: progress.due,
                done_on,
                evidence,
            }
        })
        .collect())
}

fn stages(passport: &Passport, checkpoints: &[CheckpointStanding]) -> Vec<StageStanding> {
    passport
        .stages
        .iter()
        .map(|stage| {
            let own: Vec<&CheckpointStanding> = checkpoints
                .iter()
                .filter(|one| stage.checkpoints.iter().any(|own| own.number == one.number))
                .collect();
            StageStanding {
                number: stage.number,
                start: stage.term().map(|term| term.0),
                end: stage.term().map(|term| term.1),
                light: traffic_light::project(own.iter().map(|one| one.light)),
                reached: own.iter().filter(|one| one.done_on.is_some()).count(),
                checkpoints: own.len(),
            }
        })
        .collect()
}

fn budget_standing(budget: &Budget, light: TrafficLight) -> BudgetStanding {
    let row = |source, year, sum: &kafedra_model::passport::budget::Sum, share: Option<Value>| {
        BudgetRow {
            source,
            year,
            plan_kopecks: sum.plan,
            fact_kopecks: sum.fact,
            executed: sum.executed().map(Value::rounded),
            share: share.map(Value::rounded),
        }
    };
    BudgetStanding {
        rows: budget
            .by_row
            .iter()
            .map(|((source, year), sum)| row(Some(*source), Some(*year), sum, None))
            .collect(),
        by_source: budget
            .by_source
            .iter()
            .map(|(source, sum)| row(Some(*source), None, sum, budget.share(*source)))
            .collect(),
        by_year: budget
            .by_year
            .iter()
            .map(|(year, sum)| row(None, Some(*year), sum, None))
            .collect(),
        total: row(None, None, &budget.total, None),
        light,
    }
}

async fn periods(
    db: &impl ConnectionTrait,
    current: &Current,
    day: NaiveDate,
) -> ApiResult<Vec<PeriodStanding>> {
    let rows = period_signature::of_project(db, current.id()).await?;
    let signers = person::named(db, rows.iter().map(|row| row.signed_by)).await?;
    Ok(current
        .passport
        .quarters()
        .into_iter()
        .map(|quarter| {
            let last = rows.iter().rfind(|row| row.quarter() == Some(quarter));
            let signer = last.and_then(|row| signers.iter().find(|one| one.id == row.signed_by));
            PeriodStanding {
                year: quarter.year,
                quarter: quarter.number,
                over: quarter.last_day() < day,
                revision: last.map_or(0, |row| row.revision),
                signed_by: signer.map(person::Model::full_name).unwrap_or_default(),
                signed_at: last.map(|row| row.signed_at),
            }
        })
        .collect())
}

fn attention(
    current: &Current,
    facts: &Facts,
    periods: &[PeriodStanding],
    checkpoints: &[CheckpointStanding],
    budget: &Budget,
    day: NaiveDate,
) -> Vec<Attention> {
    let facts = facts
        .iter()
        .map(|(ordinal, known)| (*ordinal, values(Some(known))))
        .collect();
    let signed: Vec<Quarter> = periods
        .iter()
        .filter(|one| one.revision > 0)
        .filter_map(|one| Quarter::new(one.year, one.quarter))
        .collect();
    let late: Vec<String> = checkpoints
        .iter()
        .filter(|one| one.light == TrafficLight::Red)
        .map(|one| one.number.clone())
        .collect();
    let known = standing::Known {
        lifecycle: &current.lifecycle,
        facts: &facts,
        signed: &signed,
        late: &late,
        budget,
    };
    standing::attention(&current.passport, known, day)
}
