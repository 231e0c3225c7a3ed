//! The current project, and what its state allows.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::passport::{
    FORMAT, Passport,
    lifecycle::{Lifecycle, Refused},
};
use kafedra_store::{
    checkpoint_done,
    project::{self, Change, Draft},
    project_evidence::{self, Proves},
    project_version::Cause,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::codes::{
    BY_REQUEST, CHANGE_PENDING, CHECKPOINT_USED, CLOSED, DUE, EARLIER, NO_FACTS, NOT_NOW, UNSOUND,
};
use crate::{
    ApiError, ApiResult,
    problem::{NOT_FOUND, REQUIRED, locale},
};

/// The project that was begun last, read.
#[derive(Debug, Clone)]
pub struct Current {
    pub row: project::Model,
    pub passport: Passport,
    pub lifecycle: Lifecycle,
}

impl Current {
    pub async fn find(db: &impl ConnectionTrait) -> ApiResult<Option<Self>> {
        let Some(row) = project::current(db).await? else {
            return Ok(None);
        };
        let passport = parse(&row.passport)?;
        let lifecycle = serde_json::from_str(&row.lifecycle).map_err(ApiError::internal)?;
        Ok(Some(Self {
            row,
            passport,
            lifecycle,
        }))
    }

    /// 404 before one was begun.
    pub async fn of(db: &impl ConnectionTrait) -> ApiResult<Self> {
        Self::find(db)
            .await?
            .ok_or_else(|| ApiError::new(&NOT_FOUND))
    }

    pub fn id(&self) -> Uuid {
        self.row.id
    }

    /// Refuses to touch a closed project.
    pub fn open(self) -> ApiResult<Self> {
        match self.lifecycle {
            Lifecycle::Closed { .. } => Err(ApiError::new(&CLOSED)),
            _ => Ok(self),
        }
    }

    /// For editing the passport itself.
    pub fn editable(self) -> ApiResult<Self> {
        let open = self.open()?;
        if open.lifecycle.is_editable() {
            Ok(open)
        } else {
            Err(ApiError::new(&BY_REQUEST))
        }
    }

    /// For entering what was reached and spent.
    pub fn taking_facts(self) -> ApiResult<Self> {
        let open = self.open()?;
        if open.lifecycle.takes_facts() {
            Ok(open)
        } else {
            Err(ApiError::new(&NO_FACTS))
        }
    }

    /// For weighing risks: while the passport is written or carried out, and nobody decides on it.
    pub fn weighing(self) -> ApiResult<Self> {
        let open = self.open()?;
        match &open.lifecycle {
            Lifecycle::ChangePending { .. } => Err(ApiError::new(&CHANGE_PENDING)),
            other if other.is_editable() || other.takes_facts() => Ok(open),
            _ => Err(ApiError::new(&NOT_NOW)),
        }
    }

    /// A checkpoint of the passport, or 404.
    pub fn checkpoint(&self, number: &str) -> ApiResult<()> {
        match self.passport.checkpoints().any(|one| one.number == number) {
            true => Ok(()),
            false => Err(ApiError::new(&NOT_FOUND)),
        }
    }

    /// Writes the next version of the passport. `None` where somebody else was faster.
    pub async fn revise(
        &self,
        db: &impl ConnectionTrait,
        mut passport: Passport,
        lifecycle: &Lifecycle,
        change: Change,
    ) -> ApiResult<Option<project::Model>> {
        passport.format = FORMAT;
        let draft = Draft::of(&passport, lifecycle).map_err(ApiError::internal)?;
        Ok(project::revise(db, &self.row, draft, change).await?)
    }

    /// Moves on without touching the passport; 409 where somebody else was faster.
    pub async fn move_on(
        &self,
        db: &impl ConnectionTrait,
        lifecycle: &Lifecycle,
        now: DateTime<Utc>,
    ) -> ApiResult<()> {
        let lifecycle = serde_json::to_string(lifecycle).map_err(ApiError::internal)?;
        if project::move_on(db, &self.row, lifecycle, now).await? {
            Ok(())
        } else {
            Err(ApiError::new(&NOT_NOW))
        }
    }

    /// Checkpoints that something hangs on have to stay in a changed passport.
    pub async fn keeps_checkpoints(
        &self,
        db: &impl ConnectionTrait,
        changed: &Passport,
    ) -> ApiResult<()> {
        let kept: HashSet<&str> = changed
            .checkpoints()
            .map(|one| one.number.as_str())
            .collect();
        let proved: Vec<String> = project_evidence::of_project(db, self.id())
            .await?
            .iter()
            .filter_map(|row| match row.proves()? {
                Proves::Checkpoint { number, .. } => Some(number),
                Proves::Value(_) => None,
            })
            .collect();
        let done = checkpoint_done::of_project(db, self.id()).await?;
        let used = proved
            .iter()
            .map(String::as_str)
            .chain(done.iter().map(|row| row.checkpoint.as_str()));
        let mut lost: Vec<&str> = used.filter(|number| !kept.contains(number)).collect();
        lost.sort_unstable();
        lost.dedup();
        if lost.is_empty() {
            return Ok(());
        }
        let lost = lost.join(", ");
        Err(ApiError::new(&CHECKPOINT_USED).saying(
            format!("Исчезли бы: {lost}."),
            format!("Lost would be: {lost}."),
        ))
    }
}

/// What a change of the passport is.
pub fn change(cause: Cause, reason: String, by: Uuid, at: DateTime<Utc>) -> Change {
    Change {
        cause,
        reason,
        by: Some(by),
        at,
    }
}

/// A passport that was kept, in the present format: a newer one alone changes nothing.
pub fn parse(text: &str) -> ApiResult<Passport> {
    let mut passport: Passport = serde_json::from_str(text).map_err(ApiError::internal)?;
    passport.check().map_err(ApiError::internal)?;
    passport.format = FORMAT;
    Ok(passport)
}

/// Refuses, in words, a passport that readers could not cope with.
pub fn check(passport: &Passport) -> ApiResult<()> {
    passport.check().map_err(|why| ApiError {
        said: Some(why.said(locale())),
        ..ApiError::new(&UNSOUND)
    })
}

/// Why a project does not move, as an answer; `date` is how the request names the day.
pub fn refused(why: Refused, date: &'static str) -> ApiError {
    match why {
        Refused::NotNow => ApiError::new(&NOT_NOW),
        Refused::Closed => ApiError::new(&CLOSED),
        Refused::Earlier => ApiError::field(date, &EARLIER),
        Refused::Decision("due") => ApiError::field("due", &DUE),
        Refused::Decision(field) => ApiError::field(field, &REQUIRED),
    }
}

/// A day that has come.
pub fn past(field: &'static str, day: NaiveDate, today: NaiveDate) -> ApiResult<NaiveDate> {
    if day > today {
        Err(ApiError::field(field, &crate::form::FUTURE))
    } else {
        Ok(day)
    }
}
