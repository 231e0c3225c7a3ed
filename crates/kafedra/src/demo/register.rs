//! What the demo city's indicators are counted from: documents of professional development, and room
//! kits with their tests.

use chrono::{DateTime, Days, NaiveDate, Utc};
use kafedra_model::{
    indicator::{KitStatus, ReadinessTest, StatusChange},
    professional_development::{Kind, NaturalKey, valid_until},
};
use kafedra_store::{guest, kit, kit_status, professional_development, readiness_test};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{chance::Chance, city::City, fill::insert};

const SEED: u64 = 88;
/// Percent of people who have a document that counts, or had one.
const TRAINED: usize = 90;
const PROGRAMMES: [&str; 4] = [
    "Современный урок в условиях ФГОС",
    "Дистанционные технологии в образовании",
    "Управление образовательной организацией",
    "Функциональная грамотность школьников",
];
/// Schools with a room kit, of which the last was not tested for long.
const KITS: usize = 7;

pub(super) async fn write(
    db: &DatabaseTransaction,
    city: &City,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let today = now.date_naive();
    let mut chance = Chance::seeded(SEED);
    let mut documents = Vec::new();
    for (number, person) in city.people.iter().enumerate() {
        if chance.percent(TRAINED) {
            documents.push(document(&mut chance, number, person.id, today, now));
        }
    }
    insert(db, documents.into_iter()).await?;
    let schools = city.institutions.iter().filter(|one| one.kind == "school");
    for (number, school) in schools.take(KITS).enumerate() {
        let guest = guest::create(db, "Комплект", "", now).await?;
        let draft = kit::Draft {
            name: "Комплект".to_owned(),
            place: "Кабинет информатики".to_owned(),
        };
        let secret = hex::encode(chance.next().to_be_bytes()).repeat(4);
        let row = kit::create(db, school.id, guest.id, secret, draft, now).await?;
        let equipment = kit::Equipment {
            has_camera: true,
            has_speakerphone: true,
            has_computer: true,
            has_channel: true,
            inventory_number: format!("101-{:03}", number + 1),
        };
        kit::equip(db, row.id, equipment).await?;
        let ready = StatusChange {
            since: back(today, 300),
            status: KitStatus::Ready,
        };
        kit_status::add(db, row.id, ready, String::new(), None, now).await?;
        let days = if number + 1 == KITS { 100 } else { 30 };
        let test = ReadinessTest {
            on: back(today, days),
            passed: true,
        };
        readiness_test::add(db, row.id, test, String::new(), None, now).await?;
    }
    Ok(())
}

/// A document of the last forty months, most of them verified.
fn document(
    chance: &mut Chance,
    number: usize,
    person: uuid::Uuid,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> professional_development::Model {
    let issued_on = back(today, chance.below(1_150) as u64);
    let registration = format!("{}-{:05}", issued_on.format("%y"), number + 1);
    let issuer = "Институт развития образования".to_owned();
    let key = NaturalKey::new(&registration, &issuer, issued_on);
    let verified = chance.percent(97);
    professional_development::Model {
        id: chance.id(number),
        person_id: person,
        kind: Kind::Certificate.as_str().to_owned(),
        series: None,
        blank_number: String::new(),
        registration,
        issuer,
        issued_on,
        valid_until: valid_until(issued_on),
        programme: chance.pick(&PROGRAMMES).to_owned(),
        programme_kind: String::new(),
        hours: [16, 36, 72, 108]
            .get(chance.below(4))
            .copied()
            .unwrap_or(72),
        training_start: None,
        training_end: None,
        form: String::new(),
        funding: String::new(),
        register_status: String::new(),
        registration_key: key.registration,
        issuer_key: key.issuer,
        verified_by: None,
        verified_at: verified.then_some(now),
        created_by: None,
        created_at: now,
        version: 1,
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
