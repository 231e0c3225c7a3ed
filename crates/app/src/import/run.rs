//! The import itself: in the background, in one transaction.

use axum::{Json, extract::State};
use kafedra_model::{
    Actor, Locale,
    import::{Field, Kind},
};
use kafedra_store::{
    access_log, account, employment,
    import::{
        self as imports, Counts,
        change::{self, Before, Draft, Record},
        mapping,
        undo::of_account,
    },
    institution, job as jobs, person, professional_development, role_grant, snils,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    BUSY, Found, Import, ImportOutcome, check,
    check::{Context, Plan, Register},
    checked, discard, view, waiting,
};
use crate::{
    ApiError, ApiResult, AppState, Caller,
    extract::{Body, Id},
    job::{self, JobError, Kind as JobKind},
    problem::{NOT_FOUND, Problem},
};

pub const RUN: JobKind = JobKind {
    name: "import.run",
    version: 1,
};

/// Rows that are read back to be stamped.
const READ_AT_ONCE: usize = 1_000;

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    import: Uuid,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ImportRun {
    /// For each column of the file, in its order; null for one that is left out.
    mapping: Vec<Option<Field>>,
    /// The caller has seen the documents themselves: they count at once. Nobody vouches for the own
    /// ones.
    #[serde(default)]
    verified: bool,
}

/// Brings the rows in, in the background: all of them, or none if any is wrong. The answer names the
/// job to look at. What the columns mean is remembered for tables with the same headers.
#[utoipa::path(
    post,
    path = "/imports/{id}/run",
    tag = "import",
    params(("id" = Uuid, Path)),
    request_body = ImportRun,
    responses(
        (status = 200, body = Import),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`import.busy`"),
        (status = 410, body = Problem, description = "`import.file_gone`"),
        (status = 422, body = Problem, description = "of `mapping`"),
    )
)]
pub async fn run(
    State(state): State<AppState>,
    caller: Caller,
    id: Id,
    Body(asked): Body<ImportRun>,
) -> ApiResult<Json<Import>> {
    let found = Found::of(&state, &caller, id).await?.own()?;
    if !matches!(
        found.row.state.as_str(),
        imports::UPLOADED | imports::REFUSED
    ) {
        return Err(ApiError::new(&BUSY));
    }
    let table = waiting(&state, &found.row, found.kind).await?;
    checked(found.kind, &asked.mapping, table.headers.len())?;
    let text = serde_json::to_string(&asked.mapping).map_err(ApiError::internal)?;
    let payload = Payload {
        import: found.row.id,
    };
    let by = Some(found.me.person.id);
    let change = state.store.write().await?;
    let job = job::queue(&state, &change, RUN, &payload, table.rows.len(), by).await?;
    if !imports::start(&change, found.row.id, text, asked.verified, job.id).await? {
        return Err(ApiError::new(&BUSY));
    }
    mapping::remember(&change, found.kind, &table.headers, &asked.mapping).await?;
    change.commit().await?;
    state.jobs.wake();
    let row = imports::find(&state.store.db, found.row.id)
        .await?
        .ok_or(&NOT_FOUND)?;
    Ok(Json(view(&state, row).await?))
}

/// Runs from the beginning, however often it is begun: a transaction that was cut off left nothing.
///
/// # Errors
///
/// [`JobError::Retry`] while the database is away, [`JobError::Fail`] for a file that is not there.
pub async fn perform(state: &AppState, job: &jobs::Model) -> Result<(), JobError> {
    let payload: Payload =
        serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
    let gone = || JobError::Fail("the import is not there any more".to_owned());
    let row = imports::find(&state.store.db, payload.import)
        .await?
        .ok_or_else(gone)?;
    if row.state != imports::RUNNING {
        // A server that was killed right after the commit has left the file.
        if row.state == imports::DONE {
            discard(state, row.id).await;
        }
        return Ok(());
    }
    let kind = row.kind().ok_or_else(gone)?;
    match write(state, job, &row, kind).await {
        Ok(state_then) => {
            if state_then == imports::DONE {
                discard(state, row.id).await;
            }
            Ok(())
        }
        Err(Unwritten::Database(error)) if kafedra_store::is_away(&error) => Err(error.into()),
        Err(why) => {
            // What two requests at once can still do is found by the database itself.
            tracing::warn!(import.id = %row.id, %why, "an import was refused");
            let (db, now) = (&state.store.db, state.clock.now());
            imports::finish(db, row.id, imports::REFUSED, Counts::default(), now).await?;
            Ok(())
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Unwritten {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error("{0}")]
    Refused(&'static str),
    #[error("the check broke off: {0}")]
    Broken(String),
}

impl From<ApiError> for Unwritten {
    fn from(error: ApiError) -> Self {
        Self::Refused(error.code.code)
    }
}

async fn write(
    state: &AppState,
    job: &jobs::Model,
    row: &imports::Model,
    kind: Kind,
) -> Result<&'static str, Unwritten> {
    let steps = |percent: i32| {
        let done = i64::from(job.total) * i64::from(percent) / 100;
        state
            .jobs
            .tell(job.id, i32::try_from(done).unwrap_or(job.total));
    };
    let table = waiting(state, row, kind).await?;
    let mapping: Vec<Option<Field>> =
        serde_json::from_str(&row.mapping).map_err(|error| Unwritten::Broken(error.to_string()))?;
    steps(10);
    let now = state.clock.now();
    let change = state.store.write().await?;
    let context = Context {
        by: actor(&change, row.created_by).await?,
        today: state.day(now),
        locale: Locale::Ru,
        vault: state.vault.clone(),
        verified: row.verified,
    };
    let register = Register::read(&change, kind, context.today, context.locale).await?;
    steps(20);
    let checked =
        tokio::task::spawn_blocking(move || check::all(kind, &table, &mapping, register, &context));
    let (rows, plan) = checked
        .await
        .map_err(|error| Unwritten::Broken(error.to_string()))??;
    steps(50);
    let count = |outcome| rows.iter().filter(|row| row.outcome() == outcome).count();
    if count(ImportOutcome::Wrong) > 0 {
        return Err(Unwritten::Refused("rows are wrong by now"));
    }
    let counts = Counts {
        created: count(ImportOutcome::Created),
        changed: count(ImportOutcome::Changed),
        duplicates: count(ImportOutcome::Duplicate),
    };
    // What was said of each row is not needed to write it.
    drop(rows);
    let writer = Writer {
        db: &change,
        import: row.id,
        by: row.created_by,
        now,
    };
    writer.write(plan, steps).await?;
    imports::finish(&change, row.id, imports::DONE, counts, now).await?;
    change.commit().await?;
    Ok(imports::DONE)
}

/// Whoever imports, by the rights of now.
async fn actor(db: &impl ConnectionTrait, person: Uuid) -> Result<Actor, DbErr> {
    let grants = role_grant::of_person(db, person).await?;
    Ok(Actor {
        person_id: person,
        grants: grants.iter().filter_map(|row| row.grant()).collect(),
    })
}

struct Writer<'a> {
    db: &'a DatabaseTransaction,
    import: Uuid,
    by: Uuid,
    now: chrono::DateTime<chrono::Utc>,
}

impl Writer<'_> {
    /// Writes a plan and notes each record, in an order in which each finds what it refers to.
    async fn write(&self, plan: Plan, steps: impl Fn(i32)) -> Result<(), DbErr> {
        let (db, now) = (self.db, self.now);
        let made = |record, id, stamp| Draft {
            record,
            id,
            before: None,
            stamp,
        };
        let mut notes = Vec::new();
        let institutions: Vec<Uuid> = plan.institutions.iter().map(|(id, _)| *id).collect();
        institution::create_all(db, plan.institutions, now).await?;
        for row in institution::of_ids(db, &institutions).await? {
            notes.push(made(
                Record::Institution,
                row.id,
                change::of_institution(&row),
            ));
        }
        let people: Vec<Uuid> = plan.people.iter().map(|(id, _)| *id).collect();
        person::create_all(db, plan.people, now).await?;
        for some in people.chunks(READ_AT_ONCE) {
            for row in person::of_ids(db, some).await? {
                notes.push(made(Record::Person, row.id, change::of_person(&row)));
            }
        }
        steps(60);
        let accounts: Vec<_> = plan.accounts.iter().map(|(id, ..)| *id).collect();
        account::create_all(db, plan.accounts, now).await?;
        for row in account::of_ids(db, &accounts).await? {
            notes.push(made(Record::Account, row.id, of_account(&row)));
        }
        for (person, number) in &plan.numbers {
            notes.push(made(Record::Snils, *person, number.lookup.clone()));
        }
        snils::put_all(db, plan.numbers, now).await?;
        self.change(&mut notes, plan.fills, plan.ends).await?;
        steps(70);
        employment::create_all(db, &plan.employments).await?;
        for row in &plan.employments {
            notes.push(made(Record::Employment, row.id, change::of_employment(row)));
        }
        for row in professional_development::create_all(db, plan.documents, self.by, now).await? {
            notes.push(made(Record::Document, row.id, change::of_document(&row)));
        }
        steps(80);
        change::note(db, self.import, notes).await?;
        steps(90);
        access_log::write_all(db, plan.log, now).await
    }

    async fn change(
        &self,
        notes: &mut Vec<Draft>,
        fills: std::collections::HashMap<Uuid, (Option<String>, Option<chrono::NaiveDate>)>,
        ends: Vec<(employment::Model, chrono::NaiveDate)>,
    ) -> Result<(), DbErr> {
        let gone = || DbErr::RecordNotFound("a record that the check saw".to_owned());
        for (id, (email, birth_date)) in fills {
            let before = person::find(self.db, id).await?.ok_or_else(gone)?;
            let filled = person::fill_in(self.db, id, email, birth_date).await?;
            let before = Before::Person {
                email: before.email,
                birth_date: before.birth_date,
            };
            notes.push(Draft {
                record: Record::Person,
                id,
                before: Some(before.text()?),
                stamp: change::of_person(&filled.ok_or_else(gone)?),
            });
        }
        for (mut row, last) in ends {
            employment::end(self.db, row.id, Some(last)).await?;
            let before = Before::Employment {
                to_date: row.to_date.replace(last),
            };
            notes.push(Draft {
                record: Record::Employment,
                id: row.id,
                before: Some(before.text()?),
                stamp: change::of_employment(&row),
            });
        }
        Ok(())
    }
}
