//! What proves something of the project: an event that was held, a document, a reached indicator, or
//! words.

use chrono::{DateTime, Utc};
use kafedra_model::{EventStatus, quarter::Quarter, traffic_light::TrafficLight};
use kafedra_store::project_evidence::{self, Draft};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    codes::{NOT_HELD, NOT_REACHED},
    picture::picture,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    event::standing::Standing,
    form::Form,
    problem::{MALFORMED, NOT_FOUND},
};

/// What is said to prove something.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum EvidenceDraft {
    /// An event that was held.
    Event {
        #[serde(rename = "eventId")]
        event_id: Uuid,
    },
    /// An indicator whose plan for a quarter was reached.
    Indicator {
        indicator: u32,
        year: i32,
        quarter: u32,
    },
    /// Up to 1000 characters; for checkpoints.
    Text { text: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum EvidenceKind {
    Event,
    Document,
    Indicator,
    Text,
}

impl EvidenceKind {
    const ALL: [Self; 4] = [Self::Event, Self::Document, Self::Indicator, Self::Text];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Document => "document",
            Self::Indicator => "indicator",
            Self::Text => "text",
        }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectEvidence {
    pub id: Uuid,
    pub kind: EvidenceKind,
    /// The event's title, the document's name, or what was said; empty for an indicator.
    pub text: String,
    #[schema(required)]
    pub event_id: Option<Uuid>,
    #[schema(required)]
    pub indicator: Option<i32>,
    #[schema(required)]
    pub year: Option<i32>,
    #[schema(required)]
    pub quarter: Option<i32>,
    pub added_at: DateTime<Utc>,
}

impl ProjectEvidence {
    /// `None` for a kind of a newer version.
    pub fn of(row: project_evidence::Model) -> Option<Self> {
        let kind = EvidenceKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == row.kind)?;
        Some(Self {
            id: row.id,
            kind,
            text: row.text,
            event_id: row.event_id,
            indicator: row.indicator,
            year: row.year,
            quarter: row.quarter,
            added_at: row.added_at,
        })
    }
}

impl EvidenceDraft {
    /// Checks that it does prove something.
    pub async fn proved(self, state: &AppState, caller: &Caller) -> ApiResult<Draft> {
        let now = state.clock.now();
        match self {
            Self::Event { event_id } => {
                let standing = Standing::of(state, caller, event_id).await?;
                let course = standing.event.course(&standing.room);
                if course.status(now) != EventStatus::Ended {
                    return Err(ApiError::new(&NOT_HELD));
                }
                Ok(Draft {
                    kind: EvidenceKind::Event.as_str(),
                    text: standing.event.title,
                    event_id: Some(event_id),
                    ..Draft::default()
                })
            }
            Self::Indicator {
                indicator,
                year,
                quarter,
            } => {
                Quarter::new(year, quarter).ok_or_else(|| ApiError::new(&MALFORMED))?;
                let picture = picture(state, state.day(now))
                    .await?
                    .ok_or_else(|| ApiError::new(&NOT_FOUND))?;
                let reached = picture
                    .indicators
                    .iter()
                    .filter(|one| one.ordinal == indicator)
                    .flat_map(|one| &one.quarters)
                    .any(|one| {
                        (one.year, one.quarter, one.light) == (year, quarter, TrafficLight::Green)
                    });
                if !reached {
                    return Err(ApiError::new(&NOT_REACHED));
                }
                Ok(Draft {
                    kind: EvidenceKind::Indicator.as_str(),
                    indicator: i32::try_from(indicator).ok(),
                    year: Some(year),
                    quarter: i32::try_from(quarter).ok(),
                    ..Draft::default()
                })
            }
            Self::Text { text } => {
                let mut form = Form::default();
                let text = form.line("text", &text, 1_000);
                form.done()?;
                Ok(Draft {
                    kind: EvidenceKind::Text.as_str(),
                    text,
                    ..Draft::default()
                })
            }
        }
    }
}
