//! What reports of a project's quarters say beside the figures: causes, corrective actions, forecasts.

use chrono::{DateTime, Utc};
use kafedra_model::{
    passport::remark::{Remark, Subject},
    quarter::Quarter,
};
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, QueryOrder, SqlErr, entity::prelude::*,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_remark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub year: i32,
    pub quarter: i32,
    pub subject: String,
    /// The subject's in the passport; empty for the budget.
    pub number: String,
    #[sea_orm(column_type = "Text")]
    pub cause: String,
    #[sea_orm(column_type = "Text")]
    pub corrective_action: String,
    #[sea_orm(column_type = "Text")]
    pub forecast: String,
    pub version: i32,
    pub edited_by: Uuid,
    pub edited_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

const INDICATOR: &str = "indicator";
const CHECKPOINT: &str = "checkpoint";
const BUDGET: &str = "budget";

impl Model {
    /// `None` for a subject of a newer version.
    pub fn subject(&self) -> Option<Subject> {
        match self.subject.as_str() {
            INDICATOR => Some(Subject::Indicator {
                ordinal: self.number.parse().ok()?,
            }),
            CHECKPOINT => Some(Subject::Checkpoint {
                number: self.number.clone(),
            }),
            BUDGET => Some(Subject::Budget),
            _ => None,
        }
    }

    pub fn quarter(&self) -> Option<Quarter> {
        Quarter::new(self.year, u32::try_from(self.quarter).ok()?)
    }

    pub fn remark(&self) -> Remark {
        Remark {
            cause: self.cause.clone(),
            corrective_action: self.corrective_action.clone(),
            forecast: self.forecast.clone(),
        }
    }
}

/// Of which project and quarter, on what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub project: Uuid,
    pub quarter: Quarter,
    pub subject: Subject,
}

impl Place {
    fn named(&self) -> (&'static str, String) {
        match &self.subject {
            Subject::Indicator { ordinal } => (INDICATOR, ordinal.to_string()),
            Subject::Checkpoint { number } => (CHECKPOINT, number.clone()),
            Subject::Budget => (BUDGET, String::new()),
        }
    }

    fn filter(&self) -> Condition {
        let (subject, name) = self.named();
        Condition::all()
            .add(Column::ProjectId.eq(self.project))
            .add(Column::Year.eq(self.quarter.year))
            .add(Column::Quarter.eq(number(self.quarter.number)))
            .add(Column::Subject.eq(subject))
            .add(Column::Number.eq(name))
    }
}

fn number(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Writes a remark over the version that its writer saw, 0 where there was none; `false` when
/// another came first, and nothing was written.
pub async fn put(
    db: &impl ConnectionTrait,
    place: &Place,
    remark: Remark,
    seen: i32,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let (subject, name) = place.named();
    let texts = ActiveModel {
        cause: Set(remark.cause),
        corrective_action: Set(remark.corrective_action),
        forecast: Set(remark.forecast),
        version: Set(seen.saturating_add(1)),
        edited_by: Set(by),
        edited_at: Set(now),
        ..Default::default()
    };
    if seen != 0 {
        let written = Entity::update_many()
            .set(texts)
            .filter(place.filter())
            .filter(Column::Version.eq(seen))
            .exec(db)
            .await?;
        return Ok(written.rows_affected == 1);
    }
    let first = ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(place.project),
        year: Set(place.quarter.year),
        quarter: Set(number(place.quarter.number)),
        subject: Set(subject.to_owned()),
        number: Set(name),
        ..texts
    };
    match first.insert(db).await {
        Ok(_) => Ok(true),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error),
        },
    }
}

/// By quarter.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .order_by_asc(Column::Year)
        .order_by_asc(Column::Quarter)
        .order_by_asc(Column::Subject)
        .order_by_asc(Column::Number)
        .all(db)
        .await
}
