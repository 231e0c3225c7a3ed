//! New slips for a school's people.

use axum::{Json, extract::State};
use chrono::TimeDelta;
use kafedra_model::{Action, slip as code};
use kafedra_store::{account, person, search::Slice, slip};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    extract::{Body, Id},
    form::or_taken,
    institution::existing,
    invitation::unique_login,
    person::Known,
    problem::{FORBIDDEN, Problem, UNKNOWN},
};

/// How long a slip's code works.
const DAYS: i64 = 30;
/// The largest school has some 150 people.
const MOST: u64 = 500;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SlipsDraft {
    /// For whom; left out, for everyone of the institution who has no password yet.
    person_ids: Option<Vec<Uuid>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Slips {
    items: Vec<Slip>,
}

/// What is printed on one slip.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Slip {
    person_id: Uuid,
    /// Full name.
    name: String,
    login: String,
    /// `ACDEF-GH347`; shown only now.
    code: String,
}

/// Makes slips with one-time codes; a person's earlier code stops working.
#[utoipa::path(
    post,
    path = "/institutions/{id}/slips",
    tag = "invitations",
    params(("id" = uuid::Uuid, Path)),
    request_body = SlipsDraft,
    responses(
        (status = 200, body = Slips),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Id(institution): Id,
    Body(draft): Body<SlipsDraft>,
) -> ApiResult<Json<Slips>> {
    let by = &caller
        .allowed(|by| by.keeps_institution(institution))?
        .actor;
    existing(&state, institution).await?;
    let chosen = people_for(&state, institution, by, draft.person_ids).await?;
    let codes: Vec<String> = chosen.iter().map(|_| code::code(rand::random())).collect();
    let normalised: Vec<String> = codes.iter().filter_map(|c| code::normalise(c)).collect();
    let hashes = state
        .hasher
        .run(move || {
            normalised
                .iter()
                .map(|code| code::hash(code))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?
        .map_err(ApiError::internal)?;

    let now = state.clock.now();
    let change = state.store.write().await?;
    let mut items = Vec::with_capacity(chosen.len());
    for ((known, code), code_hash) in chosen.into_iter().zip(codes).zip(hashes) {
        let person = known.person;
        let login = match known.account {
            Some(account) => account.login,
            None => {
                let login = unique_login(
                    &change,
                    &person.family_name,
                    &person.given_name,
                    &person.patronymic,
                )
                .await?;
                account::create(&change, person.id, login.clone(), None, now)
                    .await
                    .map_err(or_taken("login"))?;
                login
            }
        };
        let draft = slip::Draft {
            person_id: person.id,
            institution_id: institution,
            code_hash,
            created_by: by.person_id,
            expires_at: now + TimeDelta::days(DAYS),
        };
        slip::replace(&change, draft, now).await?;
        record(
            &state,
            &change,
            Some(by.person_id),
            Action::SlipIssued,
            Some(person.id),
            "",
        )
        .await?;
        items.push(Slip {
            person_id: person.id,
            name: person.full_name(),
            login,
            code,
        });
    }
    change.commit().await?;
    Ok(Json(Slips { items }))
}

/// Those who get a slip: the named ones, each of whom must be of this institution and hold no more
/// rights than the caller; or everyone there for whom that is so and who has no password.
async fn people_for(
    state: &AppState,
    institution: Uuid,
    by: &kafedra_model::Actor,
    named: Option<Vec<Uuid>>,
) -> ApiResult<Vec<Known>> {
    let db = &state.store.db;
    let mut chosen = Vec::new();
    if let Some(ids) = named {
        if ids.len() as u64 > MOST {
            return Err(ApiError::field("personIds", &crate::problem::TOO_LONG));
        }
        for id in ids {
            let known = Known::of(state, db, id).await?;
            let answerable = known.answerable();
            if !answerable.contains(&institution) || known.person.archived_at.is_some() {
                return Err(ApiError::field("personIds", &UNKNOWN));
            }
            // With a password already there, a code is a reset.
            let allowed = if known.has_password() {
                by.may_reset(&answerable, &known.rights())
            } else {
                by.covers(&known.rights())
            };
            if !allowed {
                return Err(ApiError::new(&FORBIDDEN));
            }
            chosen.push(known);
        }
        return Ok(chosen);
    }
    let filter = person::Filter {
        words: String::new(),
        institutions: Some(vec![institution]),
        role: None,
        archived: false,
        day: state.today(),
        sort: person::Sort::Name,
        backwards: false,
    };
    let all = Slice {
        offset: 0,
        limit: MOST,
    };
    for person in person::list(db, &filter, all).await?.0 {
        let known = Known::of(state, db, person.id).await?;
        if known.answerable().contains(&institution)
            && !known.has_password()
            && by.covers(&known.rights())
        {
            chosen.push(known);
        }
    }
    Ok(chosen)
}
