//! What the public pages tell, taken out of the project's picture: figures and names of things.

use chrono::NaiveDate;
use kafedra_documents::project::{Figure, Outline, StageOutline};
use kafedra_model::{
    passport::{FundingSource, Hundredths, Kopecks, Month, Unit, lifecycle::Lifecycle},
    quarter::Quarter,
    traffic_light::TrafficLight,
};
use kafedra_store::news;

use crate::{
    ApiResult, AppState,
    project::{BudgetRow, ProjectPicture, picture},
};

/// The news that a page shows.
const NEWS: u64 = 20;

#[derive(Debug)]
pub struct View {
    /// What the bulletin and the slide tell.
    pub progress: Outline,
    pub goal: String,
    pub term: (Month, Month),
    pub indicators: Vec<Indicator>,
    pub stages: Vec<Stage>,
    pub budget: Vec<Money>,
    pub budget_light: TrafficLight,
    pub news: Vec<news::Model>,
}

#[derive(Debug)]
pub struct Indicator {
    pub name: String,
    pub unit: Unit,
    pub light: TrafficLight,
    pub base: (i32, Hundredths),
    pub quarters: Vec<(
        Quarter,
        Option<Hundredths>,
        Option<Hundredths>,
        TrafficLight,
    )>,
}

#[derive(Debug)]
pub struct Stage {
    pub name: String,
    pub term: Option<(Month, Month)>,
    pub light: TrafficLight,
    pub checkpoints: Vec<Checkpoint>,
}

#[derive(Debug)]
pub struct Checkpoint {
    pub name: String,
    pub due: NaiveDate,
    pub done_on: Option<NaiveDate>,
    pub light: TrafficLight,
}

#[derive(Debug)]
pub struct Money {
    /// `None` for all together.
    pub source: Option<FundingSource>,
    pub plan: Kopecks,
    pub fact: Option<Kopecks>,
}

impl View {
    /// `None` before the project was approved.
    pub async fn gather(state: &AppState) -> ApiResult<Option<Self>> {
        let day = state.today();
        let Some(picture) = picture(state, day).await? else {
            return Ok(None);
        };
        let unapproved = matches!(
            picture.lifecycle,
            Lifecycle::Draft { .. } | Lifecycle::Submitted { .. } | Lifecycle::Rejected { .. }
        );
        if unapproved {
            return Ok(None);
        }
        let news = news::latest(&state.store.db, day, NEWS).await?;
        Ok(Some(Self::of(&picture, news)))
    }

    fn of(picture: &ProjectPicture, news: Vec<news::Model>) -> Self {
        let passport = &picture.passport;
        let indicators = indicators(picture);
        let stages = stages(picture);
        let latest = |ordinal: u32| {
            picture
                .indicators
                .iter()
                .find(|one| one.ordinal == ordinal)?
                .latest
        };
        let figures = passport
            .indicators
            .iter()
            .zip(&indicators)
            .map(|(one, shown)| {
                let quarter = latest(one.ordinal);
                let told = shown
                    .quarters
                    .iter()
                    .find(|(own, ..)| Some(*own) == quarter);
                Figure {
                    name: one.name.clone(),
                    unit: one.unit,
                    quarter,
                    plan: told.and_then(|(_, plan, ..)| *plan),
                    fact: told.and_then(|(_, _, fact, _)| *fact),
                    light: shown.light,
                }
            });
        let money = |row: &BudgetRow| Money {
            source: row.source,
            plan: row.plan_kopecks,
            fact: row.fact_kopecks,
        };
        Self {
            progress: Outline {
                title: passport.title.clone(),
                on: picture.day,
                light: picture.light,
                indicators: figures.collect(),
                stages: stages.iter().map(Stage::progress).collect(),
                plan_kopecks: picture.budget.total.plan_kopecks,
                fact_kopecks: picture.budget.total.fact_kopecks,
                news: news
                    .iter()
                    .map(|one| (one.published_on, one.title.clone()))
                    .collect(),
            },
            goal: passport.goal.clone(),
            term: (passport.start, passport.end),
            indicators,
            stages,
            budget: picture
                .budget
                .by_source
                .iter()
                .chain([&picture.budget.total])
                .map(money)
                .collect(),
            budget_light: picture.budget.light,
            news,
        }
    }
}

fn indicators(picture: &ProjectPicture) -> Vec<Indicator> {
    picture
        .passport
        .indicators
        .iter()
        .map(|one| {
            let standing = picture
                .indicators
                .iter()
                .find(|own| own.ordinal == one.ordinal);
            Indicator {
                name: one.name.clone(),
                unit: one.unit,
                light: standing.map_or(TrafficLight::Grey, |own| own.light),
                base: (one.base_year, one.base_value),
                quarters: standing
                    .into_iter()
                    .flat_map(|own| &own.quarters)
                    .filter_map(|own| {
                        let quarter = Quarter::new(own.year, own.quarter)?;
                        Some((quarter, own.plan, own.fact, own.light))
                    })
                    .collect(),
            }
        })
        .collect()
}

fn stages(picture: &ProjectPicture) -> Vec<Stage> {
    picture
        .passport
        .stages
        .iter()
        .map(|stage| {
            let standing = picture.stages.iter().find(|own| own.number == stage.number);
            Stage {
                name: stage.name.clone(),
                term: stage.term(),
                light: standing.map_or(TrafficLight::Grey, |own| own.light),
                checkpoints: stage
                    .checkpoints
                    .iter()
                    .filter_map(|one| {
                        let own = picture
                            .checkpoints
                            .iter()
                            .find(|own| own.number == one.number)?;
                        Some(Checkpoint {
                            name: one.name.clone(),
                            due: own.due,
                            done_on: own.done_on,
                            light: own.light,
                        })
                    })
                    .collect(),
            }
        })
        .collect()
}

impl Stage {
    pub fn reached(&self) -> usize {
        self.checkpoints
            .iter()
            .filter(|one| one.done_on.is_some())
            .count()
    }

    fn progress(&self) -> StageOutline {
        StageOutline {
            name: self.name.clone(),
            reached: self.reached(),
            checkpoints: self.checkpoints.len(),
            light: self.light,
        }
    }
}
