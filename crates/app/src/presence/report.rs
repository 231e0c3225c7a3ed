//! Counting one event: a handful of queries, whatever the number of people.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kafedra_model::{
    EventRole, ItemKind,
    presence::{
        Attendance, Check, Checks, Course, Evidence, Held, Interval, Intervals, Mode, behind_kit,
        minutes, seconds,
    },
    stage,
};
use kafedra_store::{
    connection, employment, event, event_role, institution, person, presence_check,
    presence_confirmation, presence_correction, presence_match, programme, room, seat,
};
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::attendance::local_day;

/// Who was at an event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    /// Null for an event that did not take place.
    #[schema(required)]
    pub started_at: Option<DateTime<Utc>>,
    /// Null while it runs.
    #[schema(required)]
    pub ended_at: Option<DateTime<Utc>>,
    /// How long it lasted without breaks.
    pub minutes: i64,
    /// The same to the second, for what is counted from it.
    #[serde(skip)]
    pub seconds: i64,
    /// People by name, guests whom nobody has matched after them.
    pub items: Vec<Present>,
    pub total: usize,
}

/// One person, or one guest whom nobody has matched yet.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Present {
    /// Null for a guest.
    #[schema(required)]
    pub person_id: Option<Uuid>,
    /// Seats of guests: an unmatched guest's own, or those matched to this person.
    pub guest_seats: Vec<GuestSeat>,
    pub name: String,
    /// Short name of the main employment on the day of the event; empty when there was none.
    pub institution: String,
    pub role: EventRole,
    pub mode: Mode,
    /// As corrected, where it was.
    pub minutes: i64,
    /// The same to the second, never more than the event's own.
    #[serde(skip)]
    pub seconds: i64,
    /// Of the event's duration, from 0 to 1; as corrected.
    pub share: f64,
    /// What was measured and counts.
    pub intervals: Vec<Interval>,
    pub checks: Checks,
    #[schema(required)]
    pub corrected: Option<Correction>,
}

impl Present {
    /// How they were there; `None` for a guest whom nobody has matched.
    pub(super) fn counted_mode(&self) -> Option<Mode> {
        self.person_id.map(|_| self.mode)
    }
}

/// A guest's seat in one of the rooms.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuestSeat {
    pub seat_id: Uuid,
    /// As the guest typed it.
    pub name: String,
}

/// The correction that counts, and how many there were.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    /// As measured.
    pub measured_minutes: i64,
    pub reason: String,
    pub by: String,
    pub at: DateTime<Utc>,
    /// Earlier ones are kept too.
    pub count: usize,
}

/// Whose presence is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Who {
    Person(Uuid),
    /// By their seat.
    Guest(Uuid),
}

#[derive(Default)]
struct Found {
    evidence: Evidence,
    seats: Vec<Uuid>,
    guest_seats: Vec<GuestSeat>,
}

/// Counts an event as the records stand at `now`.
///
/// # Errors
///
/// A database that does not answer.
pub async fn of(
    db: &impl ConnectionTrait,
    event: &event::Model,
    now: DateTime<Utc>,
) -> Result<Presence, DbErr> {
    let rooms = room::of_events(db, [event.id]).await?;
    let room_ids: Vec<Uuid> = rooms.iter().map(|room| room.id).collect();
    let connections = connection::of_rooms(db, room_ids.clone()).await?;
    let course = course(db, event, &rooms, &connections, now).await?;

    let mut stays: HashMap<Uuid, Vec<Interval>> = HashMap::new();
    for connection in &connections {
        let stay = stays.entry(connection.seat_id).or_default();
        stay.extend(connection.lasted());
    }
    let seats = seat::of_rooms(db, room_ids.clone()).await?;
    let mut found = sort_seats(db, &seats, &mut stays).await?;
    add_kits(db, event.id, &seats, &stays, &mut found).await?;

    let corrections = presence_correction::of_event(db, event.id).await?;
    for correction in &corrections {
        found.entry(Who::Person(correction.person_id)).or_default();
    }
    let (checks, answers) = presence_check::of_rooms(db, room_ids).await?;
    let answered: HashSet<(Uuid, Uuid)> = answers
        .iter()
        .map(|answer| (answer.check_id, answer.seat_id))
        .collect();
    let roles = event_role::of_event(db, event.id).await?;
    let names = Names::of(db, &found, &corrections, local_day(event, event.starts_at)).await?;

    let mut items: Vec<Present> = found
        .into_iter()
        .map(|(who, found)| {
            let own: Intervals = found.evidence.own.iter().copied().collect();
            let checks = count_checks(&checks, &answered, &own, &found.seats);
            let attendance = found.evidence.attendance(&course);
            let mut present = measured(&course, attendance, checks);
            present.guest_seats = found.guest_seats;
            match who {
                Who::Person(id) => {
                    names.fill(&mut present, id);
                    present.role = foremost(&roles, id);
                    correct(&mut present, &course, &corrections, &names, id);
                }
                Who::Guest(_) => {
                    if let Some(seat) = present.guest_seats.first() {
                        present.name = seat.name.clone();
                    }
                }
            }
            present
        })
        .collect();
    items.sort_by_cached_key(|present| {
        (
            present.person_id.is_none(),
            kafedra_model::name::fold(&present.name),
            present.person_id,
        )
    });
    let is_over = rooms.iter().all(|room| room.ended_at.is_some()) || event.cancelled_at.is_some();
    Ok(Presence {
        started_at: course.window.map(|window| window.from),
        ended_at: course.window.filter(|_| is_over).map(|window| window.to),
        minutes: minutes(course.length()),
        seconds: seconds(course.length()),
        total: items.len(),
        items,
    })
}

/// When the event took place, over all its rooms, without the breaks of everybody's programme.
async fn course(
    db: &impl ConnectionTrait,
    event: &event::Model,
    rooms: &[room::Model],
    connections: &[connection::Model],
    now: DateTime<Utc>,
) -> Result<Course, DbErr> {
    let entered = rooms.iter().filter(|room| room.course().took_place());
    let open = entered.clone().any(|room| room.ended_at.is_none());
    let held = Held {
        planned_start: event.starts_at,
        started_at: rooms
            .iter()
            .filter(|room| room.mode() == stage::Mode::Meeting && room.live_at.is_none())
            .filter_map(|room| room.started_at)
            .min(),
        live_at: rooms.iter().filter_map(|room| room.live_at).min(),
        ended_at: entered
            .filter_map(|room| room.ended_at)
            .max()
            .filter(|_| !open),
        last_left: if connections.iter().any(|one| one.left_at.is_none()) {
            None
        } else {
            connections.iter().filter_map(|one| one.left_at).max()
        },
        now,
    };
    let breaks: Intervals = programme::of_event(db, event.id)
        .await?
        .into_iter()
        .map(|item| item.item)
        // A section's own break is not everybody's.
        .filter(|item| item.kind() == ItemKind::Break)
        .filter(|item| item.room_id.is_none() || rooms.len() == 1)
        .filter_map(|item| Interval::new(item.starts_at, item.slot().ends_at()))
        .collect();
    Ok(Course::new(held, &breaks))
}

/// Whose seats were whose: people's, matched guests', strangers'. Kits' seats count for nobody by
/// themselves; their stays are left where they are.
async fn sort_seats(
    db: &impl ConnectionTrait,
    seats: &[seat::Model],
    stays: &mut HashMap<Uuid, Vec<Interval>>,
) -> Result<BTreeMap<Who, Found>, DbErr> {
    let guests: Vec<Uuid> = seats
        .iter()
        .filter(|seat| seat.guest_id.is_some() && seat.kit_id.is_none())
        .map(|seat| seat.id)
        .collect();
    let matched: HashMap<Uuid, Uuid> = presence_match::of_seats(db, guests)
        .await?
        .into_iter()
        .map(|row| (row.seat_id, row.person_id))
        .collect();
    let mut found: BTreeMap<Who, Found> = BTreeMap::new();
    for seat in seats.iter().filter(|seat| seat.kit_id.is_none()) {
        // Whoever waited and was never let in was not there.
        let Some(stay) = stays.remove(&seat.id) else {
            continue;
        };
        let who = seat
            .person_id
            .or_else(|| matched.get(&seat.id).copied())
            .map_or(Who::Guest(seat.id), Who::Person);
        let found = found.entry(who).or_default();
        found.evidence.own.extend(stay);
        found.seats.push(seat.id);
        if seat.guest_id.is_some() {
            found.guest_seats.push(GuestSeat {
                seat_id: seat.id,
                name: seat.name.clone(),
            });
        }
    }
    Ok(found)
}

/// Adds those who were counted before a kit, for as long as the kit was connected.
async fn add_kits(
    db: &impl ConnectionTrait,
    event: Uuid,
    seats: &[seat::Model],
    stays: &HashMap<Uuid, Vec<Interval>>,
    found: &mut BTreeMap<Who, Found>,
) -> Result<(), DbErr> {
    let mut kits: HashMap<Uuid, Vec<Interval>> = HashMap::new();
    for seat in seats {
        if let (Some(kit), Some(stay)) = (seat.kit_id, stays.get(&seat.id)) {
            kits.entry(kit).or_default().extend(stay);
        }
    }
    let kits: HashMap<Uuid, Intervals> = kits
        .into_iter()
        .map(|(kit, stay)| (kit, stay.into_iter().collect()))
        .collect();
    let nothing = Intervals::default();
    for row in presence_confirmation::of_event(db, event).await? {
        let there = kits.get(&row.kit_id).unwrap_or(&nothing);
        let evidence = &mut found
            .entry(Who::Person(row.person_id))
            .or_default()
            .evidence;
        if row.is_list() {
            evidence.list.extend(there.parts());
            evidence.confirmed = evidence.confirmed.or(Some(Mode::List));
        } else {
            evidence.kit.extend(behind_kit(there, row.at).parts());
            evidence.confirmed = Some(Mode::Kit);
        }
    }
    Ok(())
}

fn measured(course: &Course, attendance: Attendance, checks: Checks) -> Present {
    let time = attendance.intervals.length();
    Present {
        person_id: None,
        guest_seats: Vec::new(),
        name: String::new(),
        institution: String::new(),
        role: EventRole::Listener,
        mode: attendance.mode,
        minutes: minutes(time),
        seconds: seconds(time),
        share: course.share(time),
        intervals: attendance.intervals.parts().to_vec(),
        checks,
        corrected: None,
    }
}

/// Checks that reached somebody's own device, and those answered from any of their seats.
fn count_checks(
    checks: &[presence_check::Model],
    answered: &HashSet<(Uuid, Uuid)>,
    own: &Intervals,
    seats: &[Uuid],
) -> Checks {
    let mut count = Checks::default();
    for check in checks {
        let has_answered = seats
            .iter()
            .any(|seat| answered.contains(&(check.id, *seat)));
        let reached = Check {
            asked_at: check.asked_at,
            until: check.until,
        }
        .reached(own);
        count.asked += usize::from(reached || has_answered);
        count.answered += usize::from(has_answered);
    }
    count
}

/// The role that stands for somebody in a list; whoever has none listened.
fn foremost(roles: &[event_role::Model], person: Uuid) -> EventRole {
    let rank = |role: &EventRole| EventRole::ALL.iter().position(|known| known == role);
    roles
        .iter()
        .filter(|row| row.person_id == person)
        .filter_map(event_role::Model::role)
        .min_by_key(rank)
        .unwrap_or(EventRole::Listener)
}

fn correct(
    present: &mut Present,
    course: &Course,
    corrections: &[presence_correction::Model],
    names: &Names,
    person: Uuid,
) {
    let mut own = corrections.iter().filter(|row| row.person_id == person);
    let Some(last) = own.next_back() else { return };
    present.corrected = Some(Correction {
        measured_minutes: present.minutes,
        reason: last.reason.clone(),
        by: names.name(last.by_id),
        at: last.at,
        count: 1 + own.count(),
    });
    let time = TimeDelta::minutes(last.minutes.into());
    present.minutes = last.minutes.into();
    present.seconds = seconds(time.min(course.length()));
    present.share = course.share(time);
}

/// Names and institutions of everybody in a report.
struct Names {
    people: HashMap<Uuid, person::Model>,
    institutions: HashMap<Uuid, String>,
}

impl Names {
    async fn of(
        db: &impl ConnectionTrait,
        found: &BTreeMap<Who, Found>,
        corrections: &[presence_correction::Model],
        day: NaiveDate,
    ) -> Result<Self, DbErr> {
        let ids: Vec<Uuid> = found
            .keys()
            .filter_map(|who| match who {
                Who::Person(id) => Some(*id),
                Who::Guest(_) => None,
            })
            .collect();
        let everyone = ids
            .iter()
            .copied()
            .chain(corrections.iter().map(|row| row.by_id));
        let people = person::named(db, everyone).await?;
        // The main employment before the others, the latest before the earlier.
        let mut employments: Vec<employment::Model> = employment::of_people(db, &ids)
            .await?
            .into_iter()
            .filter(|row| row.from_date <= day && row.lasts(day))
            .collect();
        employments.sort_by_key(|row| (row.is_main, row.from_date));
        let at: HashMap<Uuid, Uuid> = employments
            .into_iter()
            .map(|row| (row.person_id, row.institution_id))
            .collect();
        let short = institution::short_names(db, at.values().copied().collect()).await?;
        Ok(Self {
            people: people.into_iter().map(|row| (row.id, row)).collect(),
            institutions: at
                .into_iter()
                .filter_map(|(person, at)| Some((person, short.get(&at)?.clone())))
                .collect(),
        })
    }

    fn name(&self, id: Uuid) -> String {
        self.people
            .get(&id)
            .map(person::Model::full_name)
            .unwrap_or_default()
    }

    fn fill(&self, present: &mut Present, id: Uuid) {
        present.person_id = Some(id);
        present.name = self.name(id);
        present.institution = self.institutions.get(&id).cloned().unwrap_or_default();
    }
}
