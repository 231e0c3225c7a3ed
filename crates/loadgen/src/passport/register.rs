//! Documents of professional development over the last ten years, and room kits with their tests.

use chrono::{DateTime, Days, NaiveDate, Utc};
use kafedra_model::{
    indicator::{KitStatus, ReadinessTest, StatusChange},
    professional_development::{Kind, NaturalKey, valid_until},
};
use kafedra_store::{Store, guest, kit, kit_status, professional_development, readiness_test};
use rand::{Rng, SeedableRng, rngs::StdRng};
use sea_orm::{DatabaseTransaction, TransactionTrait};
use uuid::Uuid;

use crate::events::years::{Written, insert};

pub const DOCUMENTS: usize = 30_000;
const DAYS: u64 = 3_650;
/// Days between two readiness tests of a kit.
const TESTED_EVERY: u64 = 91;
const SEED: u64 = 3_024;

/// Adds the register of a city to its people and institutions.
///
/// # Errors
///
/// A database that refuses a row.
pub async fn write(store: &Store, now: DateTime<Utc>, city: &Written) -> anyhow::Result<()> {
    let today = now.date_naive();
    let mut random = StdRng::seed_from_u64(SEED);
    let documents = (0..DOCUMENTS)
        .map(|number| {
            let person = city.people[number % city.people.len()];
            document(&mut random, number, person, today, now)
        })
        .collect();
    let transaction = store.db.begin().await?;
    insert::<professional_development::Model, _>(&transaction, documents).await?;
    for institution in &city.institutions {
        kit(&transaction, *institution, today, now).await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn document(
    random: &mut StdRng,
    number: usize,
    person: Uuid,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> professional_development::Model {
    let issued_on = back(today, random.random_range(0..DAYS));
    let registration = format!("БЕНЧ-{number:06}");
    let issuer = "Институт развития образования".to_owned();
    let key = NaturalKey::new(&registration, &issuer, issued_on);
    professional_development::Model {
        id: Uuid::now_v7(),
        person_id: person,
        kind: Kind::Certificate.as_str().to_owned(),
        series: None,
        blank_number: number.to_string(),
        registration,
        issuer,
        issued_on,
        valid_until: valid_until(issued_on),
        programme: "Современный урок в условиях ФГОС".to_owned(),
        programme_kind: String::new(),
        hours: [8, 16, 36, 72][random.random_range(0..4)],
        training_start: None,
        training_end: None,
        form: String::new(),
        funding: String::new(),
        register_status: String::new(),
        registration_key: key.registration,
        issuer_key: key.issuer,
        verified_by: None,
        verified_at: random.random_bool(0.95).then_some(now),
        created_by: None,
        created_at: now,
        version: 1,
    }
}

async fn kit(
    db: &DatabaseTransaction,
    institution: Uuid,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let guest = guest::create(db, "Комплект", "", now).await?;
    let draft = kit::Draft {
        name: "Комплект".to_owned(),
        place: "Кабинет информатики".to_owned(),
    };
    let secret = hex(guest.id);
    let row = kit::create(db, institution, guest.id, secret, draft, now).await?;
    let equipment = kit::Equipment {
        has_camera: true,
        has_speakerphone: true,
        has_computer: true,
        has_channel: true,
        inventory_number: String::new(),
    };
    kit::equip(db, row.id, equipment).await?;
    let ready = StatusChange {
        since: back(today, DAYS),
        status: KitStatus::Ready,
    };
    kit_status::add(db, row.id, ready, String::new(), None, now).await?;
    for days in (0..DAYS)
        .step_by(TESTED_EVERY as usize)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        let test = ReadinessTest {
            on: back(today, days),
            passed: days % 7 != 0,
        };
        readiness_test::add(db, row.id, test, String::new(), None, now).await?;
    }
    Ok(())
}

/// Something secret enough for a bench, of the length that a kit's is.
fn hex(id: Uuid) -> String {
    id.simple().to_string().repeat(2)
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
