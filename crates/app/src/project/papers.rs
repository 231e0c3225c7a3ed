//! The project's papers, put together from its picture on a day.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::Response,
};
use chrono::NaiveDate;
use kafedra_documents::{
    DocumentError,
    project::{self as papers, Actual, ChangeRequest, Paper, Period, Reached, Said, Standing},
};
use kafedra_model::{
    Locale,
    indicator::Value,
    passport::{
        Month, Passport,
        budget::Payment,
        lifecycle::{Decision, DecisionStatus},
        remark::{Remark, Subject},
    },
    quarter::Quarter,
    traffic_light::Thresholds,
};
use kafedra_store::{change_request, project_remark, project_version};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    current::Current,
    facts::FactSource,
    picture::{ProjectPicture, picture},
    proof::{EvidenceKind, ProjectEvidence},
    remark,
    step::ProjectStep,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Params,
    letterhead, paper,
    problem::{NOT_FOUND, Problem, locale},
    task::TaskState,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A paper of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectPaper {
    Passport,
    MasterPlan,
    Schedule,
    /// Of the month of the day.
    MonthlyReport,
    /// Of the quarter of the day.
    QuarterlyReport,
    ChangeRequest,
    FinalReport,
    /// Indicators and money, as a workbook only.
    Figures,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PaperFormat {
    #[default]
    Pdf,
    Docx,
    Xlsx,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    #[param(inline)]
    format: PaperFormat,
    /// For which the paper stands; today where it is left out.
    date: Option<NaiveDate>,
    /// Of the change request.
    number: Option<i32>,
}

/// A paper of the project as PDF or DOCX, indicators and money as XLSX. Everyone signed in reads them.
#[utoipa::path(
    get,
    path = "/project/papers/{paper}",
    tag = "project",
    params(("paper" = inline(ProjectPaper), Path), Asked),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 404, description = "No project was begun, no such paper or form of it", body = Problem),
    )
)]
pub async fn paper(
    State(state): State<AppState>,
    caller: Caller,
    which: Result<Path<ProjectPaper>, PathRejection>,
    Params(asked): Params<Asked>,
) -> ApiResult<Response> {
    caller.person()?;
    let Path(which) = which.map_err(|_| ApiError::new(&NOT_FOUND))?;
    let has_form = (asked.format == PaperFormat::Xlsx) == (which == ProjectPaper::Figures);
    if !has_form {
        return Err(ApiError::new(&NOT_FOUND));
    }
    let now = state.clock.now();
    let day = asked.date.unwrap_or_else(|| state.day(now));
    let picture = picture(&state, day)
        .await?
        .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
    let request = match which {
        ProjectPaper::ChangeRequest => Some(Request::of(&state, &picture, asked.number).await?),
        _ => None,
    };
    let letterhead = letterhead::printed(&letterhead::current(&state, &state.store.db).await?);
    let locale = locale();
    let remarks = match which {
        ProjectPaper::MonthlyReport | ProjectPaper::QuarterlyReport | ProjectPaper::Figures => {
            said(&state, day).await?
        }
        _ => Vec::new(),
    };
    let facts = Facts::of(picture, remarks, locale);
    let bytes = paper::make(move || {
        let standing = facts.standing();
        if which == ProjectPaper::Figures {
            return papers::xlsx(&standing, locale);
        }
        let made = made(which, &standing, request.as_ref(), locale)?;
        match asked.format {
            PaperFormat::Docx => made.docx(),
            _ => made.pdf(&letterhead, now),
        }
    })
    .await?;
    let (media_type, ending) = match asked.format {
        PaperFormat::Pdf => (paper::PDF, "pdf"),
        PaperFormat::Docx => (paper::DOCX, "docx"),
        PaperFormat::Xlsx => (XLSX, "xlsx"),
    };
    let name = format!("{} {day}.{ending}", name(which, locale));
    Ok(paper::file(bytes, media_type, &name))
}

/// What was written beside the figures, with the forecasts of the day's quarter.
async fn said(state: &AppState, day: NaiveDate) -> ApiResult<Vec<Said>> {
    let db = &state.store.db;
    let current = Current::of(db).await?;
    let mut said: Vec<Said> = project_remark::of_project(db, current.id())
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(Said {
                quarter: row.quarter()?,
                on: row.subject()?,
                remark: row.remark(),
                forecast: None,
            })
        })
        .collect();
    let quarter = Quarter::of(day);
    for (ordinal, value) in remark::forecasts(state, &current, quarter, day).await? {
        let on = Subject::Indicator { ordinal };
        let known = said
            .iter_mut()
            .find(|one| one.quarter == quarter && one.on == on);
        match known {
            Some(one) => one.forecast = Some(value),
            None => said.push(Said {
                quarter,
                on,
                remark: Remark::default(),
                forecast: Some(value),
            }),
        }
    }
    Ok(said)
}

fn made(
    which: ProjectPaper,
    standing: &Standing,
    request: Option<&Request>,
    locale: Locale,
) -> Result<Paper, DocumentError> {
    let passport = standing.passport;
    Ok(match (which, request) {
        (ProjectPaper::MasterPlan, _) => papers::master_plan(passport, locale),
        (ProjectPaper::Schedule, _) => papers::schedule(standing, locale),
        (ProjectPaper::MonthlyReport, _) => {
            papers::report(standing, Period::Month(Month::of(standing.on)), locale)
        }
        (ProjectPaper::QuarterlyReport, _) => {
            papers::report(standing, Period::Quarter(Quarter::of(standing.on)), locale)
        }
        (ProjectPaper::ChangeRequest, Some(request)) => {
            papers::change_request(&request.told(), locale)?
        }
        (ProjectPaper::FinalReport, _) => papers::final_report(standing, locale),
        _ => papers::passport(passport, locale),
    })
}

fn name(which: ProjectPaper, locale: Locale) -> &'static str {
    let (ru, en) = match which {
        ProjectPaper::Passport => ("Паспорт проекта", "Passport"),
        ProjectPaper::MasterPlan => ("Сводный план", "Master plan"),
        ProjectPaper::Schedule => ("План-график", "Schedule"),
        ProjectPaper::MonthlyReport => ("Отчёт за месяц", "Monthly report"),
        ProjectPaper::QuarterlyReport => ("Отчёт за квартал", "Quarterly report"),
        ProjectPaper::ChangeRequest => ("Запрос на изменение", "Change request"),
        ProjectPaper::FinalReport => ("Итоговый отчёт", "Final report"),
        ProjectPaper::Figures => ("Показатели и финансирование", "Indicators and funding"),
    };
    match locale {
        Locale::Ru => ru,
        Locale::En => en,
    }
}

/// What the papers' figures are put together from.
struct Facts {
    passport: Passport,
    on: NaiveDate,
    actual: Vec<Actual>,
    payments: Vec<Payment>,
    reached: Vec<Reached>,
    remarks: Vec<Said>,
    decisions: Vec<Decision>,
    thresholds: Thresholds,
}

impl Facts {
    fn of(picture: ProjectPicture, remarks: Vec<Said>, locale: Locale) -> Self {
        let day = picture.day;
        let counted = match locale {
            Locale::Ru => "по записям платформы",
            Locale::En => "from the platform's records",
        };
        let mut actual = Vec::new();
        for one in &picture.indicators {
            for own in &one.quarters {
                let (Some(fact), Some(quarter)) = (own.fact, Quarter::new(own.year, own.quarter))
                else {
                    continue;
                };
                actual.push(Actual {
                    indicator: one.ordinal,
                    quarter,
                    value: Value {
                        hundredths: fact,
                        over: 1,
                    },
                    source: match own.source {
                        Some(FactSource::Computed) => counted.to_owned(),
                        _ => told(&own.evidence, &own.proofs, locale),
                    },
                    light: own.light,
                });
            }
        }
        Self {
            on: day,
            thresholds: picture.thresholds,
            actual,
            payments: picture
                .payments
                .into_iter()
                .map(|one| one.payment)
                .filter(|payment| payment.on <= day)
                .collect(),
            reached: picture
                .checkpoints
                .into_iter()
                .map(|one| Reached {
                    checkpoint: one.number,
                    done_on: one.done_on.filter(|done| *done <= day),
                    evidence: one
                        .evidence
                        .into_iter()
                        .map(|one| one.text)
                        .filter(|text| !text.is_empty())
                        .collect(),
                })
                .collect(),
            remarks,
            decisions: picture
                .steps
                .iter()
                .filter(|step| step.on <= day)
                .filter_map(decision)
                .collect(),
            passport: picture.passport,
        }
    }

    fn standing(&self) -> Standing<'_> {
        Standing {
            passport: &self.passport,
            on: self.on,
            actual: &self.actual,
            payments: &self.payments,
            reached: &self.reached,
            remarks: &self.remarks,
            decisions: &self.decisions,
            thresholds: self.thresholds,
        }
    }
}

/// What proves an entered value, in words.
fn told(words: &str, proofs: &[ProjectEvidence], locale: Locale) -> String {
    let proofs = proofs.iter().map(
        |one| match (one.kind, one.indicator, one.quarter, one.year) {
            (EvidenceKind::Indicator, Some(indicator), Some(quarter), Some(year)) => match locale {
                Locale::Ru => format!("показатель {indicator} за {quarter} квартал {year} г."),
                Locale::En => format!("indicator {indicator}, quarter {quarter} of {year}"),
            },
            _ => one.text.clone(),
        },
    );
    std::iter::once(words.to_owned())
        .chain(proofs)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

/// `None` for a step that needed none.
fn decision(step: &ProjectStep) -> Option<Decision> {
    (!step.minutes_number.is_empty()).then(|| Decision {
        minutes_number: step.minutes_number.clone(),
        date: step.on,
        item: step.item.clone(),
        wording: step.wording.clone(),
        assignee: step.assignee.clone(),
        due: step.due,
        status: match step.task {
            Some(TaskState::Open) => DecisionStatus::Open,
            _ => DecisionStatus::Done,
        },
    })
}

/// A change request with both passports.
struct Request {
    number: u32,
    on: NaiveDate,
    reason: String,
    before: Passport,
    after: Passport,
    decision: Option<Decision>,
}

impl Request {
    async fn of(
        state: &AppState,
        picture: &ProjectPicture,
        number: Option<i32>,
    ) -> ApiResult<Self> {
        let missing = || ApiError::new(&NOT_FOUND);
        let db = &state.store.db;
        let told = picture
            .change_requests
            .iter()
            .find(|one| Some(one.number) == number)
            .ok_or_else(missing)?;
        let row = change_request::find(db, picture.id, told.id)
            .await?
            .ok_or_else(missing)?;
        let base = project_version::find(db, picture.id, row.base_version)
            .await?
            .ok_or_else(missing)?;
        let step = picture
            .steps
            .iter()
            .rfind(|step| step.change_request == number && !step.minutes_number.is_empty());
        let on = row
            .submitted_on
            .unwrap_or_else(|| state.day(row.updated_at));
        Ok(Self {
            number: u32::try_from(row.number).unwrap_or_default(),
            on,
            reason: row.reason,
            before: serde_json::from_str(&base.passport).map_err(ApiError::internal)?,
            after: serde_json::from_str(&row.passport).map_err(ApiError::internal)?,
            decision: step.and_then(decision),
        })
    }

    fn told(&self) -> ChangeRequest<'_> {
        ChangeRequest {
            number: self.number,
            on: self.on,
            reason: &self.reason,
            before: &self.before,
            after: &self.after,
            decision: self.decision.as_ref(),
        }
    }
}
