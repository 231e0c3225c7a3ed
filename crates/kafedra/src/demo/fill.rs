//! Writing the city into the database: batches within one transaction.

use std::ops::Add;

use chrono::{DateTime, DurationRound, NaiveDate, TimeDelta, Utc};
use kafedra_model::{EventKind, Lobby, Scope, demo::PASSWORD, name, password, room, stage::Mode};
use kafedra_store::{
    Store, account, employment, event, installation, institution, invitee, person, role_grant,
};
use rand::{SeedableRng, rngs::StdRng};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    PaginatorTrait, TransactionTrait,
};
use uuid::Uuid;

use super::{
    MARK, associations,
    city::{self, City},
    project, register,
};
use crate::{database, fault::Fault};

/// Rows per statement: a longer one is kept for the next, and takes megabytes.
const BATCH: usize = 100;

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
            municipal: true,
            building_of: None,
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
            // Letters to them lie in files and are read in the application.
            email: city
                .accounts
                .iter()
                .find(|account| account.person == one.id)
                .map(|account| format!("{}@demo.example", account.login)),
            created_at: now,
            archived_at: None,
            version: 1,
            birth_date: None,
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
    project::write(db, city, now).await?;
    meetings(db, city, now).await?;
    associations::write(db, city, now).await?;
    register::write(db, city, now).await?;
    installation::set(db, MARK, "1").await
}

/// What is planned for the days to come, so that no home page is empty.
async fn meetings(db: &DatabaseTransaction, city: &City, now: DateTime<Utc>) -> Result<(), DbErr> {
    let person_of = |login: &str| {
        city.accounts
            .iter()
            .find(|one| one.login == login)
            .map(|one| one.person)
    };
    for (number, plan) in MEETINGS.iter().enumerate() {
        let Some(organiser) = person_of(plan.organiser) else {
            continue;
        };
        let starts_at = plan.starts_after(now);
        let event = event::ActiveModel {
            id: Set(Uuid::now_v7()),
            title: Set(plan.title.to_owned()),
            kind: Set(plan.kind.as_str().to_owned()),
            starts_at: Set(starts_at),
            ends_at: Set(starts_at + TimeDelta::minutes(plan.minutes)),
            timezone: Set("Europe/Moscow".to_owned()),
            organiser_id: Set(organiser),
            created_at: Set(now),
            updated_at: Set(now),
            cancelled_at: Set(None),
            ..Default::default()
        };
        let event_id = event.insert(db).await?.id;
        let code = room::new_code(&mut StdRng::seed_from_u64(number as u64));
        let room = kafedra_store::room::Model {
            id: Uuid::now_v7(),
            event_id,
            code,
            locked: false,
            lobby: Lobby::Guests.as_str().to_owned(),
            guests_allowed: true,
            allow_unmute: true,
            allow_video: true,
            allow_share: true,
            allow_chat: true,
            capacity: 0,
            started_at: None,
            ended_at: None,
            empty_since: None,
            chat_seq: 0,
            hand_seq: 0,
            title: String::new(),
            ordinal: 0,
            mode: Mode::of(plan.kind).as_str().to_owned(),
            live_at: None,
            review_questions: false,
            anonymous_questions: false,
        };
        insert(db, std::iter::once(room)).await?;
        let invitees = city
            .accounts
            .iter()
            .filter(|one| one.person != organiser)
            .map(|one| invitee::Model {
                event_id,
                person_id: one.person,
                group_id: None,
                answer: None,
                answered_at: None,
            });
        insert(db, invitees).await?;
    }
    Ok(())
}

/// A meeting of the demo: so many days from today, at an hour of UTC.
struct Meeting {
    title: &'static str,
    kind: EventKind,
    organiser: &'static str,
    days: i64,
    hour: u32,
    minutes: i64,
}

const MEETINGS: [Meeting; 4] = [
    Meeting {
        title: "Планёрка методистов и школьных координаторов",
        kind: EventKind::StaffMeeting,
        organiser: "methodist",
        days: 0,
        hour: 0,
        minutes: 60,
    },
    Meeting {
        title: "Заседание ГМО учителей начальных классов",
        kind: EventKind::AssociationMeeting,
        organiser: "methodist",
        days: 1,
        hour: 11,
        minutes: 90,
    },
    Meeting {
        title: "Мастер-класс: эксперимент на уроке физики",
        kind: EventKind::MasterClass,
        organiser: "teacher2",
        days: 2,
        hour: 12,
        minutes: 60,
    },
    Meeting {
        title: "Совещание заместителей директоров",
        kind: EventKind::StaffMeeting,
        organiser: "official",
        days: 4,
        hour: 7,
        minutes: 60,
    },
];

impl Meeting {
    /// Today's begins within the hour to come, so that there is one to enter.
    fn starts_after(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let day = (now + TimeDelta::days(self.days)).date_naive();
        match day.and_hms_opt(self.hour, 0, 0) {
            Some(at) if self.days > 0 => at.and_utc(),
            _ => now
                .duration_trunc(TimeDelta::minutes(30))
                .unwrap_or(now)
                .add(TimeDelta::minutes(30)),
        }
    }
}

pub(super) async fn insert<M, A>(
    db: &DatabaseTransaction,
    rows: impl Iterator<Item = M>,
) -> Result<(), DbErr>
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
