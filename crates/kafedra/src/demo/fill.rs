//! Writing the city into the database: batches within one transaction.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{Scope, demo::PASSWORD, name, password};
use kafedra_store::{Store, account, employment, installation, institution, person, role_grant};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    PaginatorTrait, TransactionTrait,
};

use super::{
    MARK,
    city::{self, City},
};
use crate::{database, fault::Fault};

/// Rows per statement: SQLite takes 32,766 values in one.
const BATCH: usize = 1_000;

pub(super) async fn fill(store: &Store, now: DateTime<Utc>) -> Result<(), Fault> {
    let away = |error: DbErr| database::fault(error.into());
    let people = person::Entity::find()
        .count(&store.db)
        .await
        .map_err(away)?;
    if people > 0 {
        return Err(Fault::demo_foreign_database());
    }
    let (city, hashes) = tokio::task::spawn_blocking(|| {
        let city = city::build();
        let hashes = hashes(&city)?;
        Ok::<_, password::HashError>((city, hashes))
    })
    .await
    .map_err(Fault::unexpected)?
    .map_err(Fault::unexpected)?;
    let transaction = store.db.begin().await.map_err(away)?;
    write(&transaction, &city, hashes, now)
        .await
        .map_err(away)?;
    transaction.commit().await.map_err(away)?;
    tracing::info!(
        institutions = city.institutions.len(),
        people = city.people.len(),
        "the demo city was made"
    );
    Ok(())
}

/// One hash an account: equal passwords with salts of their own.
fn hashes(city: &City) -> Result<Vec<String>, password::HashError> {
    city.accounts
        .iter()
        .map(|_| password::hash(PASSWORD, rand::random()))
        .collect()
}

async fn write(
    db: &DatabaseTransaction,
    city: &City,
    hashes: Vec<String>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    insert(
        db,
        city.institutions.iter().map(|one| institution::Model {
            id: one.id,
            search_name: name::fold(&format!("{} {}", one.short_name, one.name)),
            name: one.name.clone(),
            short_name: one.short_name.clone(),
            kind: one.kind.to_owned(),
            address: one.address.clone(),
            created_at: now,
            archived_at: None,
            version: 1,
        }),
    )
    .await?;
    insert(
        db,
        city.people.iter().map(|one| person::Model {
            id: one.id,
            search_name: name::fold_person(&one.name.family, one.name.given, &one.name.patronymic),
            family_name: one.name.family.clone(),
            given_name: one.name.given.to_owned(),
            patronymic: one.name.patronymic.clone(),
            email: None,
            created_at: now,
            archived_at: None,
            version: 1,
        }),
    )
    .await?;
    insert(
        db,
        city.employments.iter().map(|job| employment::Model {
            id: job.id,
            person_id: job.person,
            institution_id: job.institution,
            position_code: job.position.to_owned(),
            is_main: job.is_main,
            from_date: NaiveDate::from_ymd_opt(job.since, 9, 1).unwrap_or_default(),
            to_date: None,
        }),
    )
    .await?;
    insert(
        db,
        city.grants.iter().map(|grant| {
            let scope = grant.institution.map_or(Scope::City, Scope::Institution);
            role_grant::Model {
                id: grant.id,
                person_id: grant.person,
                role: grant.role.as_str().to_owned(),
                scope_kind: scope.kind().to_owned(),
                scope_id: scope.id(),
                granted_by: None,
                granted_at: now,
            }
        }),
    )
    .await?;
    for (one, hash) in city.accounts.iter().zip(hashes) {
        account::ActiveModel {
            id: Set(one.id),
            person_id: Set(one.person),
            login: Set(one.login.to_owned()),
            password_hash: Set(Some(hash)),
            locale: Set("ru".to_owned()),
            created_at: Set(now),
            disabled_at: Set(None),
        }
        .insert(db)
        .await?;
    }
    installation::set(db, MARK, "1").await
}

async fn insert<M, A>(db: &DatabaseTransaction, rows: impl Iterator<Item = M>) -> Result<(), DbErr>
where
    M: IntoActiveModel<A> + sea_orm::ModelTrait,
    A: ActiveModelTrait<Entity = M::Entity>,
{
    let rows: Vec<A> = rows.map(IntoActiveModel::into_active_model).collect();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let batch: Vec<A> = rows.by_ref().take(BATCH).collect();
        <M::Entity as EntityTrait>::insert_many(batch)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
