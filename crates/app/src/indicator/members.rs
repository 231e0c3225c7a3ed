//! Whom a figure counts and whom it does not, with what makes them count.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
};
use chrono::NaiveDate;
use futures_util::future::{try_join, try_join3};
use kafedra_model::{
    Action, EventRole,
    indicator::{Evidence, Question, Who},
    professional_development::{Kind, Uncounted},
};
use kafedra_store::{
    employment,
    indicator::{self, Member, Shown},
    institution, person, position, professional_development,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Asked, named, settings_of, settle};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::Params,
    list::{Paging, Part},
    position::name_of,
    problem::{FORBIDDEN, Problem},
};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct Query {
    #[serde(default)]
    #[param(inline)]
    shown: MembersShown,
    page: Option<u64>,
    per_page: Option<u64>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MembersShown {
    #[default]
    All,
    Counted,
    Uncounted,
}

/// Somebody who may be counted.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IndicatorMember {
    /// Of a person, or of an institution where those are counted.
    id: Uuid,
    name: String,
    /// Short name of where they work; empty for an institution itself.
    institution: String,
    position: String,
    counted: bool,
    proofs: Vec<IndicatorProof>,
}

/// What makes somebody count, or a document that does not and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum IndicatorProof {
    #[serde(rename_all = "camelCase")]
    Document {
        id: Uuid,
        document: Kind,
        registration: String,
        programme: String,
        issued_on: NaiveDate,
        valid_until: NaiveDate,
        hours: i32,
        /// Null for one that counts on the day.
        #[schema(required)]
        uncounted: Option<Uncounted>,
    },
    #[serde(rename_all = "camelCase")]
    Part {
        event_id: Uuid,
        title: String,
        held_on: NaiveDate,
        role: EventRole,
        minutes: i64,
    },
    #[serde(rename_all = "camelCase")]
    Training {
        event_id: Uuid,
        title: String,
        held_on: NaiveDate,
        minutes: i64,
    },
    #[serde(rename_all = "camelCase")]
    Kit {
        id: Uuid,
        name: String,
        tested_on: NaiveDate,
    },
}

/// A page of those who may be counted, by name; how many there are the figure tells. For readers of the
/// city's register, or of an institution's where one is asked for. Written to the access log.
#[utoipa::path(
    get,
    path = "/indicators/{key}/members",
    tag = "indicators",
    params(("key" = String, Path), Asked, Query),
    responses(
        (status = 200, body = Part<IndicatorMember>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn members(
    State(state): State<AppState>,
    caller: Caller,
    Path(key): Path<String>,
    Params(asked): Params<Asked>,
    Params(query): Params<Query>,
) -> ApiResult<Json<Part<IndicatorMember>>> {
    let by = caller.actor()?;
    let may = match asked.institution_id {
        Some(id) => by.reads_institution(id),
        None => by.reads_city_register(),
    };
    if !may {
        return Err(ApiError::new(&FORBIDDEN));
    }
    let db = &state.store.db;
    let indicator = named::find(db, &key).await?;
    let settings = settings_of(db).await?;
    let question = asked.question(indicator.definition()?, asked.day(&state), settings);
    let paging = Paging::new(query.page, query.per_page);
    let shown = match query.shown {
        MembersShown::All => Shown::All,
        MembersShown::Counted => Shown::Counted,
        MembersShown::Uncounted => Shown::Uncounted,
    };
    let page = || async {
        let slice = paging.slice_and_next();
        Ok(indicator::page(db, &question, shown, slice).await?)
    };
    // Mostly nothing has changed: the page need not wait to hear it.
    let (counted, found) = try_join(settle(&state, question.definition.evidence), page()).await?;
    let found = if counted { page().await? } else { found };
    let Part {
        items: page,
        next_page,
    } = paging.part(found);
    let by = Some(by.person_id);
    let ids: Vec<Uuid> = page.iter().map(|one| one.id).collect();
    let ((), mut proofs, names) = try_join3(
        record(&state, db, by, Action::IndicatorOpened, None, indicator.key),
        proofs_of(db, &question, &ids),
        Names::of(db, &question, &page),
    )
    .await?;
    let items = page
        .into_iter()
        .map(|one| {
            let proofs = proofs.remove(&one.id).unwrap_or_default();
            names.member(one, proofs)
        })
        .collect();
    Ok(Json(Part { items, next_page }))
}

/// What makes some members count, with what readers need to know of it.
pub(super) async fn proofs_of(
    db: &impl ConnectionTrait,
    question: &Question,
    ids: &[Uuid],
) -> ApiResult<HashMap<Uuid, Vec<IndicatorProof>>> {
    let mut all: HashMap<Uuid, Vec<IndicatorProof>> = HashMap::new();
    if question.definition.evidence == Evidence::Qualification {
        for row in professional_development::of_people(db, ids).await? {
            let document = row.document();
            all.entry(row.person_id)
                .or_default()
                .push(IndicatorProof::Document {
                    id: row.id,
                    document: document.kind,
                    uncounted: document.counts_on(question.day).err(),
                    registration: row.registration,
                    programme: row.programme,
                    issued_on: row.issued_on,
                    valid_until: row.valid_until,
                    hours: row.hours,
                });
        }
        return Ok(all);
    }
    for part in indicator::parts(db, question, ids).await? {
        let (event_id, title, held_on) = (part.event, part.title, part.held_on);
        let minutes = (part.seconds + 30) / 60;
        let proof = match EventRole::parse(&part.role) {
            Some(role) => IndicatorProof::Part {
                event_id,
                title,
                held_on,
                role,
                minutes,
            },
            None => IndicatorProof::Training {
                event_id,
                title,
                held_on,
                minutes,
            },
        };
        all.entry(part.person).or_default().push(proof);
    }
    for kit in indicator::kits(db, question, ids).await? {
        all.entry(kit.institution)
            .or_default()
            .push(IndicatorProof::Kit {
                id: kit.id,
                name: kit.name,
                tested_on: kit.tested_on,
            });
    }
    Ok(all)
}

/// What members are called and where they work.
pub(super) struct Names {
    people: HashMap<Uuid, String>,
    institutions: HashMap<Uuid, String>,
    positions: HashMap<Uuid, String>,
}

impl Names {
    pub(super) async fn of(
        db: &impl ConnectionTrait,
        question: &Question,
        page: &[Member],
    ) -> ApiResult<Self> {
        let owners = page.iter().map(|one| one.owner).collect();
        let mut names = Self {
            people: HashMap::new(),
            institutions: institution::short_names(db, owners).await?,
            positions: HashMap::new(),
        };
        if matches!(question.definition.who, Who::Institutions(_)) {
            return Ok(names);
        }
        let ids: Vec<Uuid> = page.iter().map(|one| one.id).collect();
        names.people = person::named(db, ids.iter().copied())
            .await?
            .into_iter()
            .map(|row| (row.id, row.full_name()))
            .collect();
        let positions: HashMap<String, String> = position::all(db)
            .await?
            .into_iter()
            .map(|row| (row.code.clone(), name_of(&row)))
            .collect();
        names.positions = employment::main(db, ids, question.day)
            .await?
            .into_iter()
            .filter_map(|(id, row)| Some((id, positions.get(&row.position_code)?.clone())))
            .collect();
        Ok(names)
    }

    pub(super) fn member(&self, one: Member, proofs: Vec<IndicatorProof>) -> IndicatorMember {
        let institution = self
            .institutions
            .get(&one.owner)
            .cloned()
            .unwrap_or_default();
        let (name, institution) = if one.id == one.owner {
            (institution, String::new())
        } else {
            let name = self.people.get(&one.id).cloned().unwrap_or_default();
            (name, institution)
        };
        IndicatorMember {
            id: one.id,
            name,
            institution,
            position: self.positions.get(&one.id).cloned().unwrap_or_default(),
            counted: one.is_counted == 1,
            proofs,
        }
    }
}
