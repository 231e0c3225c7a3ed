//! The indicators against their slow second implementation, and what they leave to be done.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use kafedra_model::indicator::{
    Base, Definition, Evidence, Facts, Question, Reason, Settings, Slice, Value, figure, forecast,
    levers, reach,
};
use rand::{SeedableRng, rngs::StdRng};
use uuid::Uuid;

use crate::{
    city::{some_city, some_day, some_question},
    slow,
};

const CITIES: u64 = 6_000;

fn each_city(check: impl Fn(&Facts, &Question)) {
    for seed in 0..CITIES {
        let mut random = StdRng::seed_from_u64(seed);
        let day = some_day(&mut random);
        let facts = some_city(&mut random, day);
        for _ in 0..4 {
            check(&facts, &some_question(&mut random, &facts, day));
        }
    }
}

#[test]
fn every_figure_of_a_random_city_is_what_counting_by_hand_gives() {
    let seen = std::cell::RefCell::new(BTreeMap::<String, BTreeSet<Option<bool>>>::new());
    each_city(|facts, question| {
        let figure = figure(facts, question);
        let proofs: BTreeMap<Uuid, usize> = figure
            .members
            .iter()
            .map(|(id, proofs)| (*id, proofs.len()))
            .collect();
        assert_eq!(
            proofs,
            slow::count(facts, question),
            "{question:?}\n{facts:?}"
        );
        let value = figure.value();
        match slow::value(facts, question) {
            None => assert_eq!(value, None),
            Some((part, whole)) => {
                let value = value.expect("a value");
                let expected = match question.definition.base {
                    Base::Share => part as f64 * 100.0 / whole as f64,
                    Base::Count => part as f64,
                };
                let exact = value.hundredths as f64 / value.over as f64 / 100.0;
                assert!((exact - expected).abs() < 1e-9);
            }
        }
        seen.borrow_mut()
            .entry(format!("{:?}", question.definition.evidence))
            .or_default()
            .insert(value.map(|value| value.hundredths > 0));
    });
    // The cities are worth asking: each kind of evidence was there, was missing, had no base.
    let all = BTreeSet::from([None, Some(false), Some(true)]);
    let seen = seen.into_inner();
    assert_eq!(seen.len(), 4);
    for (evidence, values) in seen {
        assert_eq!(values, all, "{evidence}");
    }
}

#[test]
fn the_reach_of_listeners_is_what_counting_by_hand_gives() {
    let most = std::cell::Cell::new(0);
    each_city(|facts, question| {
        let reached = reach(facts, question.day, &question.settings);
        assert_eq!(
            reached,
            slow::reach(facts, question.day, &question.settings)
        );
        most.set(most.get().max(reached));
    });
    assert!(most.get() > 2);
}

#[test]
fn the_rows_of_institutions_add_up_to_the_city() {
    each_city(|facts, question| {
        let ask = |institution| {
            let slice = Slice {
                institution,
                ..question.slice.clone()
            };
            figure(
                facts,
                &Question {
                    slice,
                    ..question.clone()
                },
            )
        };
        let city = ask(None);
        let mut sum = BTreeMap::new();
        let legal_entities = facts
            .institutions
            .iter()
            .filter(|one| one.building_of.is_none());
        for one in legal_entities {
            for (id, proofs) in ask(Some(one.id)).members {
                assert_eq!(sum.insert(id, proofs), None, "counted in two rows");
            }
        }
        assert_eq!(sum, city.members);
    });
}

#[test]
fn everybody_who_is_not_counted_stands_under_one_reason() {
    let seen = std::cell::RefCell::new(BTreeSet::new());
    each_city(|facts, question| {
        let figure = figure(facts, question);
        let mut told = BTreeSet::new();
        for lever in levers(facts, question) {
            seen.borrow_mut().insert(lever.reason);
            for id in lever.members {
                if lever.reason == Reason::Expiring {
                    assert!(figure.counted().any(|(one, _)| one == id));
                } else {
                    assert!(told.insert(id), "told twice");
                }
            }
        }
        assert_eq!(told, figure.uncounted().collect());
    });
    assert_eq!(seen.into_inner().len(), 18);
}

/// What a lever promises comes true: whoever needs a document verified counts once it is.
#[test]
fn pulling_a_lever_raises_the_figure_by_exactly_those_it_names() {
    each_city(|facts, question| {
        let before = figure(facts, question);
        for lever in levers(facts, question) {
            let mut mended = facts.clone();
            match lever.reason {
                Reason::Unverified => mended
                    .documents
                    .iter_mut()
                    .filter(|one| lever.members.contains(&one.person))
                    .for_each(|one| one.verified = true),
                Reason::Unconfirmed => mended
                    .events
                    .iter_mut()
                    .flat_map(|event| &mut event.parts)
                    .filter(|part| lever.members.contains(&part.person))
                    .for_each(|part| part.confirmed_by = Some(Uuid::nil())),
                _ => continue,
            }
            let after = figure(&mended, question);
            let newly: Vec<Uuid> = after
                .counted()
                .map(|(id, _)| id)
                .filter(|id| before.uncounted().any(|one| one == *id))
                .collect();
            assert_eq!(newly, lever.members, "{:?}", lever.reason);
        }
    });
}

/// Letting the clock run to 31 December with nothing done gives the floor of the forecast.
#[test]
fn the_forecast_without_doing_anything_is_what_the_year_end_shows() {
    each_city(|facts, question| {
        let forecast = forecast(facts, question);
        let now = figure(facts, question);
        let last = NaiveDate::from_ymd_opt(question.day.year(), 12, 31).expect("a date");
        let still: usize = match question.definition.evidence {
            Evidence::Qualification => {
                let mut then = facts.clone();
                then.documents.retain(|one| one.issued_on <= question.day);
                let everybody = Question {
                    day: last,
                    ..question.clone()
                };
                // Only the documents grow older: people stay where they are.
                for job in &mut then.employments {
                    if job.to.is_some_and(|to| to >= question.day) {
                        job.to = None;
                    }
                }
                let then = figure(&then, &everybody);
                now.counted()
                    .filter(|(id, _)| {
                        then.members.get(id).map_or_else(
                            || still_valid(facts, *id, question.day, last),
                            |proofs| !proofs.is_empty(),
                        )
                    })
                    .count()
            }
            _ => now.counted().count(),
        };
        let expected = match question.definition.base {
            _ if now.members.is_empty() => None,
            Base::Share => Value::share(still, now.members.len()),
            Base::Count => Some(Value::count(still)),
        };
        assert_eq!(forecast.floor, expected);
        let (Some(floor), Some(pace)) = (forecast.floor, forecast.pace) else {
            return;
        };
        assert!(floor.hundredths <= pace.hundredths);
        if question.definition.base == Base::Share {
            assert!(pace.hundredths <= 10_000 * pace.over);
        }
        if question.day == last {
            assert_eq!(floor, pace);
        }
    });
}

/// For those who left the slice by the year's end: by their documents alone.
fn still_valid(facts: &Facts, person: Uuid, day: NaiveDate, last: NaiveDate) -> bool {
    facts
        .documents
        .iter()
        .any(|one| one.person == person && one.issued_on <= day && one.counts_on(last).is_ok())
}

#[test]
fn dissemination_goes_on_at_the_pace_of_the_year_so_far() {
    let mut random = StdRng::seed_from_u64(3);
    let day = NaiveDate::from_ymd_opt(2019, 6, 30).expect("a date");
    let question = Question {
        definition: Definition::dissemination(),
        day,
        slice: Slice::default(),
        without_parental_leave: false,
        settings: Settings::default(),
    };
    let mut checked = 0;
    for _ in 0..CITIES {
        let facts = some_city(&mut random, day);
        let now = figure(&facts, &question);
        let (counted, all) = (now.counted().count(), now.members.len());
        if counted == 0 {
            continue;
        }
        // 181 days are over, 184 to come: as many again, rounded down, and never more than all.
        let expected = (counted + counted * 184 / 181).min(all);
        assert_eq!(
            forecast(&facts, &question).pace,
            Value::share(expected, all)
        );
        checked += 1;
    }
    assert!(checked > 100, "{checked}");
}
