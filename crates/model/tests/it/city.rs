//! Random cities, small and full of edge cases: what happens once in a hundred years in a real one
//! happens in every tenth here.

use chrono::{Datelike, Days, NaiveDate};
use kafedra_model::{
    EventKind, EventRole, InstitutionKind, PositionGroup,
    indicator::{
        Definition, Disseminating, Employment, Event, Facts, Institution, Kit, KitStatus,
        Leadership, Leave, LeaveKind, Membership, Part, Person, Position, Present, Question,
        ReadinessTest, Settings, Slice, StatusChange, Who,
    },
    professional_development::{Document, Kind},
};
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};
use uuid::Uuid;

pub const POSITIONS: [(&str, PositionGroup); 5] = [
    ("teacher", PositionGroup::Teaching),
    ("methodist", PositionGroup::Teaching),
    ("director", PositionGroup::Management),
    ("deputy_director", PositionGroup::Management),
    ("accountant", PositionGroup::Support),
];
pub const SUBJECTS: [&str; 2] = ["physics", "history"];

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

pub fn id(random: &mut StdRng) -> Uuid {
    Uuid::from_u128(random.random())
}

/// A day within four years around 2019, often one where something ends.
pub fn some_day(random: &mut StdRng) -> NaiveDate {
    let edges = [
        day(2016, 2, 29),
        day(2016, 2, 28),
        day(2016, 3, 1),
        day(2017, 2, 28),
        day(2019, 2, 28),
        day(2019, 3, 1),
        day(2019, 1, 1),
        day(2018, 12, 31),
        day(2019, 12, 31),
        day(2020, 1, 1),
        day(2020, 2, 29),
        day(2019, 6, 30),
        day(2019, 9, 30),
    ];
    if random.random_bool(0.5) {
        let edge = *edges.choose(random).expect("an edge");
        near(random, edge)
    } else {
        day(2016, 1, 1) + Days::new(random.random_range(0..1_700))
    }
}

fn near(random: &mut StdRng, day: NaiveDate) -> NaiveDate {
    match random.random_range(0..5) {
        0 => day + Days::new(1),
        1 => day - Days::new(1),
        _ => day,
    }
}

/// A day that stands to `asked` as an edge case does.
fn around(random: &mut StdRng, asked: NaiveDate) -> NaiveDate {
    let same_date = |years: i32| {
        NaiveDate::from_ymd_opt(asked.year() - years, asked.month(), asked.day()).unwrap_or(asked)
    };
    let edge = match random.random_range(0..9) {
        0 => asked,
        1 | 2 => same_date(3),
        3 => asked - Days::new(90),
        4 => day(asked.year(), 1, 1),
        5 => day(asked.year(), 12, 31),
        6 | 7 => asked - Days::new(random.random_range(0..200)),
        _ => return some_day(random),
    };
    near(random, edge)
}

fn maybe<T>(random: &mut StdRng, chance: f64, make: impl FnOnce(&mut StdRng) -> T) -> Option<T> {
    random.random_bool(chance).then(|| make(random))
}

fn some_term(random: &mut StdRng, asked: NaiveDate) -> (NaiveDate, Option<NaiveDate>) {
    let from = if random.random_bool(0.6) {
        day(2010, 9, 1)
    } else {
        around(random, asked)
    };
    let to = maybe(random, 0.3, |random| around(random, asked)).filter(|to| *to >= from);
    (from, to)
}

/// What may stand in the database: at most one main employment a day for each person.
pub fn some_city(random: &mut StdRng, asked: NaiveDate) -> Facts {
    let mut facts = Facts {
        positions: POSITIONS
            .iter()
            .map(|(code, group)| Position {
                code: (*code).to_owned(),
                group: *group,
            })
            .collect(),
        ..Facts::default()
    };
    some_institutions(random, &mut facts);
    some_people(random, &mut facts, asked);
    for _ in 0..random.random_range(0..20) {
        let person = facts.people.choose(random).expect("somebody").id;
        facts.documents.push(some_document(random, person, asked));
    }
    for _ in 0..random.random_range(0..8) {
        let event = some_event(random, &facts, asked);
        facts.events.push(event);
    }
    for _ in 0..random.random_range(0..6) {
        let institution = facts.institutions.choose(random).expect("a place").id;
        facts.kits.push(some_kit(random, institution, asked));
    }
    facts
}

fn some_institutions(random: &mut StdRng, facts: &mut Facts) {
    for _ in 0..random.random_range(1..6) {
        let legal_entities: Vec<Institution> = facts
            .institutions
            .iter()
            .filter(|one| one.building_of.is_none())
            .cloned()
            .collect();
        let whole = legal_entities
            .choose(random)
            .filter(|_| random.random_bool(0.3));
        facts.institutions.push(Institution {
            id: id(random),
            kind: if random.random_bool(0.6) {
                InstitutionKind::School
            } else {
                *InstitutionKind::ALL.choose(random).expect("a kind")
            },
            municipal: random.random_bool(0.9),
            building_of: whole.map(|one| one.id),
            archived: random.random_bool(0.05),
        });
    }
}

fn some_people(random: &mut StdRng, facts: &mut Facts, asked: NaiveDate) {
    for _ in 0..random.random_range(2..12) {
        let person = Person {
            id: id(random),
            archived: random.random_bool(0.05),
        };
        for _ in 0..random.random_range(0..4) {
            let job = some_job(random, facts, person.id, asked);
            let clashes = facts.employments.iter().any(|other| {
                other.person == person.id
                    && other.is_main
                    && job.is_main
                    && other.to.is_none_or(|to| to >= job.from)
                    && job.to.is_none_or(|to| to >= other.from)
            });
            if !clashes {
                facts.employments.push(job);
            }
        }
        if random.random_bool(0.5) {
            let (since, until) = some_term(random, asked);
            facts.memberships.push(Membership {
                person: person.id,
                subject: (*SUBJECTS.choose(random).expect("a subject")).to_owned(),
                since,
                until,
            });
        }
        if random.random_bool(0.3) {
            facts.association_heads.push(person.id);
        }
        if random.random_bool(0.3) {
            facts.leaders.push(Leadership {
                person: person.id,
                since: around(random, asked),
            });
        }
        facts.people.push(person);
    }
}

fn some_job(random: &mut StdRng, facts: &Facts, person: Uuid, asked: NaiveDate) -> Employment {
    let (from, to) = some_term(random, asked);
    let mut leaves = Vec::new();
    while random.random_bool(0.3) {
        let (from, to) = some_term(random, asked);
        leaves.push(Leave {
            kind: *LeaveKind::ALL.choose(random).expect("a kind"),
            from,
            to,
        });
    }
    let position = if random.random_bool(0.6) {
        "teacher"
    } else {
        POSITIONS.choose(random).expect("a position").0
    };
    Employment {
        person,
        institution: facts.institutions.choose(random).expect("a place").id,
        position: position.to_owned(),
        is_main: random.random_bool(0.7),
        from,
        to,
        leaves,
    }
}

fn some_document(random: &mut StdRng, person: Uuid, asked: NaiveDate) -> Document {
    let kind = *Kind::ALL.choose(random).expect("a kind");
    Document {
        id: id(random),
        person,
        kind,
        hours: *[15, 16, 72, 249, 250, 251].choose(random).expect("hours"),
        issued_on: around(random, asked),
        verified: random.random_bool(0.7),
    }
}

fn some_event(random: &mut StdRng, facts: &Facts, asked: NaiveDate) -> Event {
    let seconds = *[0, 1, 99, 100, 3_600, 5_400]
        .choose(random)
        .expect("a duration");
    let mut event = Event {
        id: id(random),
        kind: *[
            EventKind::MasterClass,
            EventKind::Lesson,
            EventKind::Training,
            EventKind::Webinar,
        ]
        .choose(random)
        .expect("a kind"),
        day: around(random, asked),
        seconds,
        parts: Vec::new(),
        present: Vec::new(),
    };
    let settings = Settings::default();
    for person in &facts.people {
        for role in EventRole::ALL {
            let chance = if settings.disseminates(role, event.kind) {
                0.2
            } else {
                0.03
            };
            if random.random_bool(chance) {
                event.parts.push(Part {
                    person: person.id,
                    role,
                    confirmed_by: maybe(random, 0.8, |random| {
                        facts.people.choose(random).expect("somebody").id
                    }),
                });
            }
        }
        // Nobody was there where the room never ran.
        if seconds > 0 && random.random_bool(0.7) {
            event.present.push(Present {
                person: person.id,
                seconds: *[0, 1, seconds / 2, seconds - seconds / 2, seconds]
                    .choose(random)
                    .expect("seconds"),
            });
        }
    }
    event
}

fn some_kit(random: &mut StdRng, institution: Uuid, asked: NaiveDate) -> Kit {
    let mut statuses: Vec<StatusChange> = Vec::new();
    let mut tests: Vec<ReadinessTest> = Vec::new();
    for _ in 0..random.random_range(0..3) {
        statuses.push(StatusChange {
            since: around(random, asked),
            status: if random.random_bool(0.7) {
                KitStatus::Ready
            } else {
                *KitStatus::ALL.choose(random).expect("a status")
            },
        });
    }
    for _ in 0..random.random_range(0..4) {
        tests.push(ReadinessTest {
            on: around(random, asked),
            passed: random.random_bool(0.8),
        });
    }
    Kit {
        id: id(random),
        institution,
        archived: random.random_bool(0.05),
        has_camera: random.random_bool(0.95),
        has_speakerphone: random.random_bool(0.95),
        has_computer: random.random_bool(0.95),
        has_channel: random.random_bool(0.95),
        statuses,
        tests,
    }
}

/// Something to ask about the city on that day.
pub fn some_question(random: &mut StdRng, facts: &Facts, asked: NaiveDate) -> Question {
    let definition = match random.random_range(0..8) {
        0 | 1 => Definition::qualification(),
        2 | 3 => Definition::dissemination(),
        4 => Definition::equipment(),
        5 => Definition::coverage(Who::AssociationHeads),
        6 => Definition::coverage(Who::TeacherLeaders),
        _ => Definition::coverage(Who::Positions(vec![
            "deputy_director".to_owned(),
            "methodist".to_owned(),
        ])),
    };
    let slice = Slice {
        institution: maybe(random, 0.3, |random| {
            facts.institutions.choose(random).expect("a place").id
        }),
        position: maybe(random, 0.15, |random| {
            POSITIONS.choose(random).expect("a position").0.to_owned()
        }),
        subject: maybe(random, 0.15, |random| {
            (*SUBJECTS.choose(random).expect("a subject")).to_owned()
        }),
    };
    let mut settings = Settings::default();
    if random.random_bool(0.3) {
        settings.listener_institutions = random.random_range(0..3);
        settings.listener_share = *[0, 50, 100].choose(random).expect("a share");
        settings.readiness_days = *[0, 89, 90].choose(random).expect("days");
        settings.disseminating = (0..random.random_range(0..3))
            .map(|_| Disseminating {
                role: *EventRole::ALL.choose(random).expect("a role"),
                kinds: maybe(random, 0.5, |_| EventKind::Webinar)
                    .into_iter()
                    .collect(),
            })
            .collect();
    }
    Question {
        definition,
        day: asked,
        slice,
        without_parental_leave: random.random_bool(0.3),
        settings,
    }
}
