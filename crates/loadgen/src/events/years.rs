//! Ten school years of a city's events, written into a database of the demo city in bulk.
//!
//! The seed decides everything but the day that the last year ends with, so that two runs on one
//! day measure the same rows.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Utc, Weekday};
use kafedra_model::{
    EventKind, EventRole,
    association::school_year,
    stage::{Mode, Stage},
};
use kafedra_store::{
    Store, association, certificate, connection, event, event_role, institution, invitee,
    letterhead, minutes, person, programme, room, seat,
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryOrder,
    TransactionTrait,
};
use uuid::Uuid;

/// Not the demo city's, whose codes would come again.
const SEED: u64 = 1703;
pub const YEARS: i32 = 10;
pub const EVENTS_A_YEAR: usize = 400;
/// Connections of people to rooms, each an interval of presence.
pub const INTERVALS: usize = 200_000;
/// People in the largest event, whose report is measured.
pub const CROWD: usize = 1_000;
/// From one who is there to the next in the register, so that many institutions are.
const STRIDE: usize = 37;
/// Rows per statement: SQLite takes 32,766 values in one.
const BATCH: usize = 1_000;

const SUBJECTS: [&str; 6] = [
    "Физика",
    "Математика",
    "История",
    "Химия",
    "Информатика",
    "Биология",
];

/// What the measurement asks for by id.
#[derive(Debug, Clone)]
pub struct Written {
    /// The event with [`CROWD`] people.
    pub crowd: Uuid,
    /// Some events of all years.
    pub events: Vec<Uuid>,
    pub associations: Vec<Uuid>,
    pub institutions: Vec<Uuid>,
    pub people: Vec<Uuid>,
}

/// Everything about to be written, table by table in the order in which they refer to each other.
#[derive(Default)]
struct Rows {
    events: Vec<event::Model>,
    rooms: Vec<room::Model>,
    roles: Vec<event_role::Model>,
    invitees: Vec<invitee::Model>,
    items: Vec<programme::Model>,
    seats: Vec<seat::Model>,
    connections: Vec<connection::Model>,
    minutes: Vec<minutes::Model>,
    certificates: Vec<certificate::Model>,
}

/// Writes the years up to the one of `now`.
///
/// # Errors
///
/// A database that refuses a row, or one without the demo city.
pub async fn write(store: &Store, now: DateTime<Utc>) -> anyhow::Result<Written> {
    let db = &store.db;
    let ids = |rows: Vec<Uuid>| -> anyhow::Result<Vec<Uuid>> {
        anyhow::ensure!(!rows.is_empty(), "the city is empty");
        Ok(rows)
    };
    let people = person::Entity::find()
        .order_by_asc(person::Column::Id)
        .all(db)
        .await?;
    let people = ids(people.into_iter().map(|row| row.id).collect())?;
    let schools = institution::Entity::find()
        .order_by_asc(institution::Column::Id)
        .all(db)
        .await?;
    let schools = ids(schools.into_iter().map(|row| row.id).collect())?;
    let associations = association::Entity::find()
        .order_by_asc(association::Column::Id)
        .all(db)
        .await?;
    let associations = ids(associations.into_iter().map(|row| row.id).collect())?;
    let head = letterhead::replace(db, letterhead::Model::default(), None, now).await?;

    let mut city = City {
        random: StdRng::seed_from_u64(SEED),
        people,
        schools,
        associations,
        head: head.id,
        now,
        number: 0,
    };
    let mut rows = Rows::default();
    let last = school_year(now.date_naive());
    for year in last - YEARS + 1..=last {
        for _ in 0..EVENTS_A_YEAR {
            city.event(year, &mut rows);
        }
    }
    // The crowd sits in the latest event that is over; all others share what is left.
    let crowd = rows
        .events
        .iter()
        .filter(|event| event.ends_at < now - TimeDelta::days(2))
        .max_by_key(|event| event.starts_at)
        .map(|event| event.id)
        .context("no event of the past")?;
    city.presence(crowd, &mut rows);

    let events = rows.events.iter().map(|event| event.id).collect();
    let transaction = db.begin().await?;
    insert(&transaction, rows.events).await?;
    insert(&transaction, rows.rooms).await?;
    insert(&transaction, rows.roles).await?;
    insert(&transaction, rows.invitees).await?;
    insert(&transaction, rows.items).await?;
    insert(&transaction, rows.seats).await?;
    insert(&transaction, rows.connections).await?;
    insert(&transaction, rows.minutes).await?;
    insert(&transaction, rows.certificates).await?;
    transaction.commit().await?;
    Ok(Written {
        crowd,
        events,
        associations: city.associations,
        institutions: city.schools,
        people: city.people,
    })
}

struct City {
    random: StdRng,
    people: Vec<Uuid>,
    schools: Vec<Uuid>,
    associations: Vec<Uuid>,
    head: Uuid,
    now: DateTime<Utc>,
    number: u64,
}

impl City {
    /// An id as the program makes them: ordered by time, the rest by chance.
    fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random.random()).into_uuid()
    }

    fn person(&mut self) -> Uuid {
        self.people[self.random.random_range(0..self.people.len())]
    }

    /// A weekday of a school year, between eight and eighteen.
    fn moment(&mut self, year: i32) -> DateTime<Utc> {
        let first = Utc
            .with_ymd_and_hms(year, 9, 1, 0, 0, 0)
            .single()
            .unwrap_or_default();
        loop {
            let day = first + TimeDelta::days(self.random.random_range(0..272));
            if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                return day + TimeDelta::minutes(self.random.random_range(20..60) * 15);
            }
        }
    }

    fn event(&mut self, year: i32, rows: &mut Rows) {
        let starts_at = self.moment(year);
        let ends_at =
            starts_at + TimeDelta::minutes([45, 60, 90, 120][self.random.random_range(0..4)]);
        let planned = starts_at - TimeDelta::days(20);
        let kind = EventKind::ALL[self.random.random_range(0..EventKind::ALL.len())];
        let id = self.id(planned);
        let organiser = self.person();
        let meets = kind == EventKind::AssociationMeeting;
        let association = meets
            .then(|| self.associations.choose(&mut self.random).copied())
            .flatten();
        let held = ends_at < self.now;
        self.number += 1;
        rows.events.push(event::Model {
            id,
            title: format!("Событие {} учебного года {year}", self.number),
            kind: kind.as_str().to_owned(),
            starts_at,
            ends_at,
            timezone: "Europe/Moscow".to_owned(),
            organiser_id: organiser,
            created_at: planned,
            updated_at: planned,
            cancelled_at: None,
            description: "Повестка и всё, что нужно знать заранее. ".repeat(8),
            audience: ["city", "city", "invited", "public"][self.random.random_range(0..4)]
                .to_owned(),
            level: "city".to_owned(),
            subject: Some(SUBJECTS[self.random.random_range(0..SUBJECTS.len())].to_owned()),
            association_id: association,
            institution_id: self
                .random
                .random_bool(0.5)
                .then(|| self.schools[self.random.random_range(0..self.schools.len())]),
            series_id: None,
            series_at: None,
            sequence: 0,
        });
        let room = self.id(planned);
        rows.rooms.push(room::Model {
            id: room,
            event_id: id,
            code: kafedra_model::room::new_code(&mut self.random),
            locked: false,
            lobby: "guests".to_owned(),
            guests_allowed: true,
            allow_unmute: true,
            allow_video: true,
            allow_share: true,
            allow_chat: true,
            capacity: 0,
            started_at: held.then_some(starts_at),
            ended_at: held.then_some(ends_at),
            empty_since: None,
            chat_seq: 0,
            hand_seq: 0,
            title: String::new(),
            ordinal: 0,
            mode: Mode::Meeting.as_str().to_owned(),
            live_at: held.then_some(starts_at),
            review_questions: false,
            anonymous_questions: false,
        });
        let mut speakers = Vec::new();
        for place in 0..4 {
            let (who, role) = if place == 0 {
                (organiser, EventRole::Organiser)
            } else {
                (self.person(), EventRole::Speaker)
            };
            if place > 0 && (who == organiser || speakers.contains(&who)) {
                continue;
            }
            if place > 0 {
                speakers.push(who);
            }
            rows.roles.push(event_role::Model {
                id: self.id(planned),
                event_id: id,
                person_id: who,
                role: role.as_str().to_owned(),
                topic: format!("Тема {place}"),
                confirmed_by: held.then_some(organiser),
                confirmed_at: held.then_some(ends_at),
                created_at: planned,
            });
        }
        let mut invited: Vec<Uuid> = (0..15).map(|_| self.person()).collect();
        invited.sort_unstable();
        invited.dedup();
        rows.invitees
            .extend(invited.into_iter().map(|person_id| invitee::Model {
                event_id: id,
                person_id,
                group_id: None,
                answer: None,
                answered_at: None,
            }));
        for ordinal in 0..4 {
            rows.items.push(programme::Model {
                id: self.id(planned),
                event_id: id,
                room_id: None,
                ordinal,
                kind: if ordinal == 2 { "break" } else { "talk" }.to_owned(),
                title: format!("Пункт {ordinal}"),
                starts_at: starts_at + TimeDelta::minutes(i64::from(ordinal) * 10),
                minutes: 10,
                description: String::new(),
            });
        }
        if !held {
            return;
        }
        if meets {
            rows.minutes.push(minutes::Model {
                id: self.id(ends_at),
                event_id: id,
                version: 1,
                number: self.number.to_string(),
                state: "signed".to_owned(),
                body: "{}".to_owned(),
                created_by: organiser,
                created_at: ends_at,
                updated_at: ends_at,
                signed_at: Some(ends_at),
                signed_by: Some(organiser),
            });
        }
        for speaker in speakers {
            rows.certificates.push(certificate::Model {
                id: self.id(ends_at),
                number: format!("Б-{year}-{}", rows.certificates.len()),
                code: kafedra_model::certificate::new_code(&mut self.random),
                event_id: id,
                person_id: speaker,
                name: "Имя как напечатано".to_owned(),
                role: "speaker".to_owned(),
                topic: "Тема".to_owned(),
                kind: kind.as_str().to_owned(),
                title: "Название".to_owned(),
                held_on: ends_at.date_naive(),
                level: "city".to_owned(),
                minutes: 90,
                hours: 2,
                locale: "ru".to_owned(),
                letterhead_id: self.head,
                issued_at: ends_at,
                issued_by: organiser,
                revoked_at: None,
                revoked_by: None,
                reason: None,
            });
        }
    }

    /// Seats and connections of everything that was held.
    fn presence(&mut self, crowd: Uuid, rows: &mut Rows) {
        let held: Vec<(Uuid, Uuid, DateTime<Utc>, DateTime<Utc>)> = rows
            .rooms
            .iter()
            .filter_map(|room| Some((room.event_id, room.id, room.started_at?, room.ended_at?)))
            .collect();
        let mut speakers: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for role in &rows.roles {
            if role.role == EventRole::Speaker.as_str() {
                speakers
                    .entry(role.event_id)
                    .or_default()
                    .push(role.person_id);
            }
        }
        let others = held.len().saturating_sub(1).max(1);
        let shared = INTERVALS - 2 * CROWD;
        let (per_event, mut rest) = (shared / others, shared % others);
        for (event, room, from, to) in held {
            let (people, connections) = if event == crowd {
                (CROWD, 2 * CROWD)
            } else {
                // Every fourth came back once.
                let one_more = usize::from(rest > 0);
                rest -= one_more;
                (per_event * 4 / 5, per_event + one_more)
            };
            let first = self.random.random_range(0..self.people.len());
            // Who speaks is there; then everybody once, by a stride through the register that meets all
            // of it.
            let mut there: Vec<Uuid> = speakers.remove(&event).unwrap_or_default();
            for place in 0..people {
                let person = self.people[(first + place * STRIDE) % self.people.len()];
                if there.len() < people && !there.contains(&person) {
                    there.push(person);
                }
            }
            let seats: Vec<Uuid> = there
                .into_iter()
                .map(|person| {
                    let id = self.id(from);
                    rows.seats.push(seat::Model {
                        id,
                        room_id: room,
                        person_id: Some(person),
                        guest_id: None,
                        kit_id: None,
                        name: "Участник".to_owned(),
                        role: "participant".to_owned(),
                        status: "admitted".to_owned(),
                        status_at: from,
                        allow_unmute: None,
                        allow_video: None,
                        allow_share: None,
                        allow_chat: None,
                        hand_raised_at: None,
                        hand_seq: None,
                        created_at: from,
                        pupil_number: None,
                        stage: Stage::Off.as_str().to_owned(),
                        secretary: false,
                    });
                    id
                })
                .collect();
            for place in 0..connections {
                let seat = seats[place % seats.len()];
                let lasts = (to - from).num_seconds();
                let joined = from + TimeDelta::seconds(self.random.random_range(0..lasts / 3));
                let left =
                    joined + TimeDelta::seconds(self.random.random_range(lasts / 4..lasts / 2));
                rows.connections.push(connection::Model {
                    id: format!("PA_{}", self.id(joined).simple()),
                    room_id: room,
                    seat_id: seat,
                    media_room: "RM".to_owned(),
                    joined_at: Some(joined),
                    left_at: Some(left.min(to)),
                    seen_at: Some(left.min(to)),
                });
            }
        }
    }
}

pub(crate) async fn insert<M, A>(db: &DatabaseTransaction, rows: Vec<M>) -> anyhow::Result<()>
where
    M: IntoActiveModel<A> + sea_orm::ModelTrait,
    A: ActiveModelTrait<Entity = M::Entity>,
{
    let mut rows = rows
        .into_iter()
        .map(IntoActiveModel::into_active_model)
        .peekable();
    while rows.peek().is_some() {
        let batch: Vec<A> = rows.by_ref().take(BATCH).collect();
        <M::Entity as EntityTrait>::insert_many(batch)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
