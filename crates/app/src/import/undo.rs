//! An import taken back.

use std::collections::{BTreeMap, HashMap};

use axum::{Json, extract::State};
use kafedra_model::{Action, Locale};
use kafedra_store::{
    access_log::{self, Entry},
    employment,
    import::{
        self as imports, Words,
        change::Record,
        undo::{Obstacle, Why},
    },
    institution, job as jobs, person, professional_development,
};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Found, Import, NOT_DONE, view};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::Id,
    job::{self, JobError, Kind as JobKind},
    problem::{NOT_FOUND, Problem},
};

/// Names told in one refusal; the rest are counted.
const NAMED: usize = 10;

pub const UNDO: JobKind = JobKind {
    name: "import.undo",
    version: 1,
};

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    import: Uuid,
    by: Uuid,
}

/// Takes an import back, in the background: what it made goes, what it changed is as it was before.
/// The answer names the job to look at. Where anything of it was changed or used since, nothing is
/// taken back, and the import then tells what stands in the way.
#[utoipa::path(
    post,
    path = "/imports/{id}/undo",
    tag = "import",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = Import),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`import.not_done`"),
    )
)]
pub async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    id: Id,
) -> ApiResult<Json<Import>> {
    let found = Found::of(&state, &caller, id).await?;
    super::allowed(&found.me.actor, found.kind)?;
    let (import, by) = (found.row.id, found.me.person.id);
    let steps = usize::try_from(found.row.row_count).unwrap_or_default();
    let change = state.store.write().await?;
    let payload = Payload { import, by };
    let job = job::queue(&state, &change, UNDO, &payload, steps, Some(by)).await?;
    if !imports::begin_undo(&change, import, job.id).await? {
        return Err(ApiError::new(&NOT_DONE));
    }
    change.commit().await?;
    state.jobs.wake();
    let row = imports::find(&state.store.db, import)
        .await?
        .ok_or(&NOT_FOUND)?;
    Ok(Json(view(&state, row).await?))
}

/// Takes back from the beginning, however often it is begun: a transaction that was cut off left
/// everything.
///
/// # Errors
///
/// [`JobError::Retry`] while the database is away.
pub async fn perform_undo(state: &AppState, job: &jobs::Model) -> Result<(), JobError> {
    let payload: Payload =
        serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
    let db = &state.store.db;
    let found = imports::find(db, payload.import).await?;
    let Some(row) = found.filter(|row| row.state == imports::UNDOING) else {
        return Ok(());
    };
    let why = match take_back(state, job, &row, payload.by).await {
        Ok(obstacles) if obstacles.is_empty() => return Ok(()),
        Ok(obstacles) => told(state, obstacles).await,
        Err(error) if kafedra_store::is_away(&error) => return Err(error.into()),
        Err(error) => Err(error),
    };
    // What two requests at once can still do is found by the database itself.
    let why = why.unwrap_or_else(|error| {
        tracing::warn!(import.id = %row.id, %error, "an import was not undone");
        Words {
            ru: "записи изменились во время отмены, попробуйте ещё раз.".to_owned(),
            en: "records changed meanwhile, try again.".to_owned(),
        }
    });
    Ok(imports::stay(db, row.id, &why).await?)
}

/// What stood in the way; nothing where the import is taken back.
async fn take_back(
    state: &AppState,
    job: &jobs::Model,
    row: &imports::Model,
    by: Uuid,
) -> Result<Vec<Obstacle>, DbErr> {
    let tell = |share: f64| {
        state
            .jobs
            .tell(job.id, (f64::from(job.total) * share) as i32);
    };
    let now = state.clock.now();
    let change = state.store.write().await?;
    let obstacles = imports::undo::undo(&change, row.id, by, now, tell).await?;
    if obstacles.is_empty() {
        let entry = Entry {
            actor: Some(by),
            action: Action::ImportUndone,
            subject: Some(row.id),
            details: format!("{}: {}", row.kind, row.row_count),
        };
        access_log::write_all(&change, vec![entry], now).await?;
        change.commit().await?;
    } else {
        change.rollback().await?;
    }
    Ok(obstacles)
}

/// What stands in the way: names and what has happened to them.
async fn told(state: &AppState, obstacles: Vec<Obstacle>) -> Result<Words, DbErr> {
    let owners = owners(state, &obstacles).await?;
    let mut by_name: BTreeMap<String, Vec<Obstacle>> = BTreeMap::new();
    for obstacle in obstacles {
        let name = owners.get(&obstacle.id).cloned().unwrap_or_default();
        by_name.entry(name).or_default().push(obstacle);
    }
    let words = |locale: Locale| {
        let told = by_name.iter().take(NAMED).map(|(name, obstacles)| {
            let mut words: Vec<&str> = obstacles.iter().map(|one| why(one, locale)).collect();
            words.dedup();
            format!("{name}: {}", words.join(", "))
        });
        let told: Vec<String> = told.collect();
        let rest = by_name.len().saturating_sub(NAMED);
        let more = match (rest, locale) {
            (0, _) => String::new(),
            (rest, Locale::Ru) => format!("; и ещё {rest}"),
            (rest, Locale::En) => format!("; and {rest} more"),
        };
        format!("{}{more}.", told.join("; "))
    };
    Ok(Words {
        ru: words(Locale::Ru),
        en: words(Locale::En),
    })
}

/// Names of the people and institutions whose records stand in the way, by the records' ids.
async fn owners(state: &AppState, obstacles: &[Obstacle]) -> Result<HashMap<Uuid, String>, DbErr> {
    let db = &state.store.db;
    let ids = |record: Record| -> Vec<Uuid> {
        let of = obstacles.iter().filter(|one| one.record == record);
        of.map(|one| one.id).collect()
    };
    let mut people: HashMap<Uuid, Uuid> = HashMap::new();
    for id in ids(Record::Person).into_iter().chain(ids(Record::Snils)) {
        people.insert(id, id);
    }
    for row in employment::of_ids(db, &ids(Record::Employment)).await? {
        people.insert(row.id, row.person_id);
    }
    for row in professional_development::of_ids(db, &ids(Record::Document)).await? {
        people.insert(row.id, row.person_id);
    }
    for row in kafedra_store::account::of_ids(db, &ids(Record::Account)).await? {
        people.insert(row.id, row.person_id);
    }
    let mut holders: Vec<Uuid> = people.values().copied().collect();
    holders.sort_unstable();
    holders.dedup();
    let names: HashMap<Uuid, String> = person::of_ids(db, &holders)
        .await?
        .into_iter()
        .map(|row| (row.id, row.full_name()))
        .collect();
    let mut owners: HashMap<Uuid, String> = people
        .into_iter()
        .filter_map(|(record, person)| Some((record, names.get(&person)?.clone())))
        .collect();
    for row in institution::of_ids(db, &ids(Record::Institution)).await? {
        owners.insert(row.id, row.short_name);
    }
    Ok(owners)
}

fn why(obstacle: &Obstacle, locale: Locale) -> &'static str {
    let (ru, en) = match (&obstacle.why, obstacle.record) {
        (Why::Changed, Record::Person) => ("карточка изменена", "the card was changed"),
        (Why::Changed, Record::Snils) => ("изменён СНИЛС", "the СНИЛС was changed"),
        (Why::Changed, Record::Account) => ("завёл пароль", "a password was chosen"),
        (Why::Changed, Record::Employment) => {
            ("изменено место работы", "a place of work was changed")
        }
        (Why::Changed, Record::Document) => (
            "документ изменён или проверен",
            "a document was changed or verified",
        ),
        (Why::Changed, Record::Institution) => ("карточка изменена", "the card was changed"),
        (Why::Used(table), _) => match table.as_str() {
            "account" | "session" => ("есть учётная запись", "there is an account"),
            "employment" => ("добавлены места работы", "places of work were added"),
            "employment_leave" => ("добавлен отпуск", "a leave was added"),
            "professional_development" => ("добавлены документы", "documents were added"),
            "document_scan" => ("к документу приложен скан", "a document was scanned"),
            "role_grant" => ("выдана роль", "a role was given"),
            "event_role" | "seat" | "attendance" | "connection" | "invitee" => {
                ("участвует в мероприятиях", "takes part in events")
            }
            "certificate" => ("выдан сертификат", "a certificate was issued"),
            "teacher_leader" => ("внесена награда", "an award was entered"),
            "association_member" | "association" => ("состоит в ГМО", "belongs to an association"),
            "kit" => ("заведены комплекты", "room kits were added"),
            "snils" => ("внесён СНИЛС", "a СНИЛС was entered"),
            _ => ("есть связанные записи", "other records refer to it"),
        },
    };
    match locale {
        Locale::Ru => ru,
        Locale::En => en,
    }
}
