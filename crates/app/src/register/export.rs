//! What of the registers the caller keeps, as a file for a spreadsheet.

use std::collections::{HashMap, HashSet};

use axum::{extract::State, response::Response};
use kafedra_model::{Action, Actor, Locale, Role};
use kafedra_store::{
    employment, institution, kit, kit_status, person, position, professional_development,
    qualification_category, readiness_test, teacher_leader,
};
use uuid::Uuid;

use super::book::{self, Register};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    access_log::record,
    paper,
    position::name_of,
    problem::{Problem, locale},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// All registers as one workbook, a sheet each: for the keepers of the city's register all of it, the
/// archive among it; for a coordinator the own institution with those who work there. Written to the
/// access log.
#[utoipa::path(
    get,
    path = "/register.xlsx",
    tag = "people",
    responses(
        (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
pub async fn export(State(state): State<AppState>, caller: Caller) -> ApiResult<Response> {
    let me = caller.allowed(Actor::keeps_somewhere)?;
    let register = kept(&state, &me.actor).await?;
    let db = &state.store.db;
    let by = Some(me.person.id);
    let count = register.people.len().to_string();
    record(&state, db, by, Action::PeopleExported, None, count).await?;
    let locale = locale();
    // A second for a whole city: not on the threads that serve everybody.
    let bytes = tokio::task::spawn_blocking(move || book::write(&register, locale))
        .await
        .map_err(ApiError::internal)?
        .map_err(ApiError::internal)?;
    let day = state.today();
    let name = match locale {
        Locale::Ru => format!("Реестр {day}.xlsx"),
        Locale::En => format!("Register {day}.xlsx"),
    };
    Ok(paper::file(bytes, XLSX, &name))
}

async fn kept(state: &AppState, by: &Actor) -> ApiResult<Register> {
    let db = &state.store.db;
    let today = state.today();
    let mut register = Register {
        people: person::all(db).await?,
        employments: employment::all(db).await?,
        documents: professional_development::all(db).await?,
        institutions: institution::all(db).await?,
        kits: kit::all(db).await?,
        leaders: teacher_leader::all(db).await?,
        categories: qualification_category::all(db).await?,
        statuses: kit_status::all(db).await?,
        tests: readiness_test::all(db).await?,
        positions: HashMap::new(),
        institutions_shown: None,
        today,
        zone: state.settings.zone,
    };
    for row in position::all(db).await? {
        register.positions.insert(row.code.clone(), name_of(&row));
    }
    if !by.keeps_city_register() {
        let own: HashSet<Uuid> = by.institutions_as(Role::Coordinator).collect();
        register.narrow(&own);
    }
    register
        .people
        .sort_by(|a, b| (&a.search_name, a.id).cmp(&(&b.search_name, b.id)));
    Ok(register)
}

impl Register {
    /// Leaves only some institutions and the living people who work there.
    fn narrow(&mut self, own: &HashSet<Uuid>) {
        let today = self.today;
        let staff: HashSet<Uuid> = self
            .employments
            .iter()
            .filter(|row| own.contains(&row.institution_id) && row.lasts(today))
            .map(|row| row.person_id)
            .collect();
        self.people
            .retain(|row| staff.contains(&row.id) && row.archived_at.is_none());
        let people: HashSet<Uuid> = self.people.iter().map(|row| row.id).collect();
        self.employments
            .retain(|row| people.contains(&row.person_id));
        self.documents.retain(|row| people.contains(&row.person_id));
        self.leaders.retain(|row| people.contains(&row.person_id));
        self.categories
            .retain(|row| people.contains(&row.person_id));
        self.kits.retain(|row| own.contains(&row.institution_id));
        // The names of other places where the own people work are still wanted.
        self.institutions_shown = Some(own.clone());
    }
}
