//! Signing a period off, and what may change in it afterwards.
//!
//! Invariant: facts of a signed quarter change only under a [`Seal`], with a reason and by whoever
//! may sign; each such change is one more revision of the period.

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{DateTime, Utc};
use kafedra_model::{
    Actor,
    indicator::Evidence,
    passport::period::{self, Unsigned},
    quarter::Quarter,
};
use kafedra_store::{
    checkpoint_done,
    indicator_signature::{self, Signed},
    payment, period_signature, person,
};
use sea_orm::{DatabaseTransaction, SqlErr};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    codes::SIGNED,
    current::Current,
    facts::{self, KnownFacts, PeriodFigures, SignedFigure, SignedRemark},
    get::{Project, whole},
    remark,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    caller::SignedIn,
    extract::Body,
    form::Form,
    indicator::{NOT_OVER, SIGNED_MEANWHILE, named, settle, sign::freeze},
    list::List,
    problem::{MALFORMED, Problem, REQUIRED},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeriodSignatureDraft {
    /// The revision that the signer saw; 0 where there was none.
    seen_revision: u32,
    /// Why it is corrected; up to 500 characters, needed from the second revision on.
    #[serde(default)]
    reason: String,
}

/// One revision of a signed period.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeriodSignature {
    revision: i32,
    reason: String,
    signed_by: String,
    signed_at: DateTime<Utc>,
    figures: PeriodFigures,
}

/// A quarter out of a path, or 400.
pub fn quarter(year: &str, number: &str) -> ApiResult<Quarter> {
    let parsed = year.parse().ok().zip(number.parse().ok());
    parsed
        .and_then(|(year, number)| Quarter::new(year, number))
        .ok_or_else(|| ApiError::new(&MALFORMED))
}

/// Signs a quarter off once it is over: what was reached and spent in it is frozen. Figures that the
/// platform counts are signed with everybody they count. Officials of the committee and
/// administrators may.
#[utoipa::path(
    post,
    path = "/project/periods/{year}/{quarter}/signatures",
    tag = "project",
    params(("year" = i32, Path), ("quarter" = u32, Path)),
    request_body = PeriodSignatureDraft,
    responses(
        (status = 200, body = Project),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`indicator.quarter_not_over`, `indicator.signed_meanwhile`, `project.no_facts_now`, `project.closed`"),
        (status = 422, body = Problem, description = "A correction without its reason"),
    )
)]
pub async fn sign(
    State(state): State<AppState>,
    caller: Caller,
    Path((year, number)): Path<(String, String)>,
    Body(draft): Body<PeriodSignatureDraft>,
) -> ApiResult<Json<Project>> {
    let me = caller.allowed(Actor::signs_quarters)?.person.id;
    let quarter = quarter(&year, &number)?;
    let mut form = Form::default();
    let reason = form.optional_line("reason", &draft.reason, 500);
    form.done()?;
    settle(&state, Evidence::Dissemination).await?;
    let now = state.clock.now();
    let db = state.store.write().await?;
    let current = Current::of(&db).await?.taking_facts()?;
    let latest = period_signature::latest(&db, current.id(), quarter).await?;
    let (_, revision) = period::sign(
        quarter,
        state.day(now),
        latest,
        draft.seen_revision,
        &reason,
    )
    .map_err(|why| match why {
        Unsigned::NotOver => ApiError::new(&NOT_OVER),
        Unsigned::NoReason => ApiError::field("reason", &REQUIRED),
        Unsigned::Changed => ApiError::new(&SIGNED_MEANWHILE),
    })?;
    let signed = Signed {
        revision,
        reason,
        by: me,
        at: now,
    };
    sign_counted(&state, &db, &current, quarter, &signed).await?;
    keep(&db, &current, quarter, signed).await?;
    db.commit().await?;
    whole(&state, &caller).await
}

/// Signs those figures of the platform that nobody has signed on their own page.
async fn sign_counted(
    state: &AppState,
    db: &DatabaseTransaction,
    current: &Current,
    quarter: Quarter,
    signed: &Signed,
) -> ApiResult<()> {
    let named = named::all(db).await?;
    for indicator in &current.passport.indicators {
        let Some(one) =
            facts::definition(indicator).and_then(|definition| facts::same(&named, &definition))
        else {
            continue;
        };
        if indicator_signature::latest(db, &one.key, quarter)
            .await?
            .is_none()
        {
            let first = Signed {
                revision: 1,
                reason: String::new(),
                ..signed.clone()
            };
            freeze(state, db, one, quarter, first).await?;
        }
    }
    Ok(())
}

/// Signs a quarter off over the facts as they stand, for whoever writes a project that went on before
/// it came here. What the platform counts is signed with nobody's names.
///
/// # Errors
///
/// 404 without a project, `indicator.signed_meanwhile` for a revision that is there.
pub async fn sign_off(db: &DatabaseTransaction, quarter: Quarter, signed: Signed) -> ApiResult<()> {
    keep(db, &Current::of(db).await?, quarter, signed).await
}

/// Keeps what is known of a quarter now as its next revision.
async fn keep(
    db: &DatabaseTransaction,
    current: &Current,
    quarter: Quarter,
    signed: Signed,
) -> ApiResult<()> {
    let known = facts::gather(db, current, quarter.last_day()).await?;
    let indicators = current
        .passport
        .indicators
        .iter()
        .map(|indicator| {
            let known = known
                .get(&indicator.ordinal)
                .and_then(|known| known.get(&(quarter.year, quarter.number)));
            let fact = known.and_then(KnownFacts::working);
            let entered = known.filter(|known| known.entered.is_some());
            SignedFigure {
                ordinal: indicator.ordinal,
                plan: indicator.planned(quarter),
                hundredths: fact.as_ref().map(|fact| fact.value.hundredths),
                over: fact.as_ref().map_or(1, |fact| fact.value.over),
                source: fact.as_ref().map(|fact| fact.source),
                evidence: fact.map(|fact| fact.evidence).unwrap_or_default(),
                proofs: entered.map(|one| one.proofs.clone()).unwrap_or_default(),
            }
        })
        .collect();
    let paid = payment::of_project(db, current.id()).await?;
    let reached = checkpoint_done::of_project(db, current.id()).await?;
    let mut reached: Vec<String> = reached
        .into_iter()
        .filter(|row| Quarter::of(row.done_on) == quarter)
        .map(|row| row.checkpoint)
        .collect();
    reached.sort();
    let figures = PeriodFigures {
        indicators,
        paid_kopecks: paid
            .iter()
            .filter(|row| Quarter::of(row.paid_on) == quarter)
            .map(|row| row.kopecks)
            .sum(),
        reached,
        remarks: remark::of_quarter(db, current, quarter)
            .await?
            .into_iter()
            .map(|(subject, row)| SignedRemark {
                subject,
                remark: row.remark(),
            })
            .collect(),
    };
    let figures = serde_json::to_string(&figures).map_err(ApiError::internal)?;
    period_signature::create(db, current.id(), quarter, figures, signed)
        .await
        .map(drop)
        .map_err(|error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => ApiError::new(&SIGNED_MEANWHILE),
            _ => error.into(),
        })
}

/// A quarter whose facts are about to change.
#[derive(Debug)]
pub struct Seal {
    quarter: Quarter,
    /// Who corrects it and why; `None` for a quarter that nobody has signed.
    correction: Option<Signed>,
}

impl Seal {
    /// Refuses a change in a signed quarter to those who may not sign it, or who give no reason.
    pub async fn of(
        db: &DatabaseTransaction,
        current: &Current,
        quarter: Quarter,
        me: &SignedIn,
        reason: &str,
        now: DateTime<Utc>,
    ) -> ApiResult<Self> {
        let latest = period_signature::latest(db, current.id(), quarter).await?;
        let correction = match latest {
            0 => None,
            _ if !me.actor.signs_quarters() => return Err(ApiError::new(&SIGNED)),
            _ => {
                let mut form = Form::default();
                let reason = form.line("reason", reason, 500);
                form.done()?;
                Some(Signed {
                    revision: latest + 1,
                    reason,
                    by: me.person.id,
                    at: now,
                })
            }
        };
        Ok(Self {
            quarter,
            correction,
        })
    }

    /// After the change: signs the next revision where the quarter was signed.
    pub async fn renew(self, db: &DatabaseTransaction, current: &Current) -> ApiResult<()> {
        match self.correction {
            Some(signed) => keep(db, current, self.quarter, signed).await,
            None => Ok(()),
        }
    }
}

/// Every revision of a signed quarter, the oldest first.
#[utoipa::path(
    get,
    path = "/project/periods/{year}/{quarter}/signatures",
    tag = "project",
    params(("year" = i32, Path), ("quarter" = u32, Path)),
    responses(
        (status = 200, body = List<PeriodSignature>),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn history(
    State(state): State<AppState>,
    caller: Caller,
    Path((year, number)): Path<(String, String)>,
) -> ApiResult<Json<List<PeriodSignature>>> {
    caller.person()?;
    let quarter = quarter(&year, &number)?;
    let db = &state.store.db;
    let current = Current::of(db).await?;
    let mut rows = period_signature::of_project(db, current.id()).await?;
    rows.retain(|row| row.quarter() == Some(quarter));
    let signers = person::named(db, rows.iter().map(|row| row.signed_by)).await?;
    let items = rows
        .into_iter()
        .map(|row| {
            let signer = signers.iter().find(|one| one.id == row.signed_by);
            Ok(PeriodSignature {
                revision: row.revision,
                reason: row.reason,
                signed_by: signer.map(person::Model::full_name).unwrap_or_default(),
                signed_at: row.signed_at,
                figures: serde_json::from_str(&row.figures).map_err(ApiError::internal)?,
            })
        })
        .collect::<ApiResult<Vec<_>>>()?;
    Ok(Json(List {
        total: items.len() as u64,
        items,
        next_page: None,
    }))
}
