use rand::{Rng, SeedableRng, rngs::StdRng};

use super::*;

/// Longest time line of a made-up case, in seconds.
const LINE: usize = 120;

fn at(second: usize) -> DateTime<Utc> {
    DateTime::from_timestamp(1_504_515_600 + second as i64, 0).expect("a time")
}

fn part(from: usize, to: usize) -> Interval {
    Interval {
        from: at(from),
        to: at(to),
    }
}

fn set(parts: &[(usize, usize)]) -> Intervals {
    parts.iter().map(|(from, to)| part(*from, *to)).collect()
}

/// The slow and obvious way: one box a second, ticked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Boxes([bool; LINE]);

impl Boxes {
    fn of(parts: &[Interval]) -> Self {
        Self(std::array::from_fn(|second| {
            parts
                .iter()
                .any(|part| part.from <= at(second) && at(second) < part.to)
        }))
    }

    fn both(&self, other: &Self, rule: impl Fn(bool, bool) -> bool) -> Self {
        Self(std::array::from_fn(|i| rule(self.0[i], other.0[i])))
    }

    fn seconds(&self) -> i64 {
        self.0.iter().filter(|ticked| **ticked).count() as i64
    }
}

/// Parts in any order, overlapping, doubled, empty and backwards ones among them.
fn some_parts(random: &mut StdRng) -> Vec<Interval> {
    let mut parts: Vec<Interval> = (0..random.random_range(0..8))
        .map(|_| part(random.random_range(0..LINE), random.random_range(0..LINE)))
        .collect();
    if let Some(first) = parts.first().copied().filter(|_| random.random_bool(0.3)) {
        parts.push(first);
    }
    parts
}

fn check_shape(intervals: &Intervals) {
    assert!(intervals.parts().iter().all(|part| part.from < part.to));
    for pair in intervals.parts().windows(2) {
        assert!(pair[0].to < pair[1].from, "{intervals:?}");
    }
}

#[test]
fn sets_of_intervals_agree_with_counting_every_second() {
    let mut random = StdRng::seed_from_u64(5);
    for _ in 0..5_000 {
        let (left, right) = (some_parts(&mut random), some_parts(&mut random));
        let (slow_left, slow_right) = (Boxes::of(&left), Boxes::of(&right));
        let (left, right): (Intervals, Intervals) =
            (left.into_iter().collect(), right.into_iter().collect());
        let check = |fast: &Intervals, slow: &Boxes| {
            check_shape(fast);
            assert_eq!(&Boxes::of(fast.parts()), slow);
            assert_eq!(fast.length().num_seconds(), slow.seconds());
            for second in 0..LINE {
                assert_eq!(fast.contains(at(second)), slow.0[second]);
            }
        };
        check(&left, &slow_left);
        check(
            &left.common(&right),
            &slow_left.both(&slow_right, |a, b| a && b),
        );
        check(
            &left.without(&right),
            &slow_left.both(&slow_right, |a, b| a && !b),
        );
    }
}

#[test]
fn presence_agrees_with_counting_every_second() {
    let mut random = StdRng::seed_from_u64(7);
    for _ in 0..2_000 {
        let breaks = some_parts(&mut random);
        let (own, list) = (some_parts(&mut random), some_parts(&mut random));
        let (from, to) = (random.random_range(0..LINE), random.random_range(0..LINE));
        let course = Course::new(
            Held {
                planned_start: at(from),
                started_at: Some(at(from)),
                live_at: None,
                ended_at: Some(at(to)),
                last_left: None,
                now: at(LINE),
            },
            &breaks.iter().copied().collect(),
        );
        let counted = Boxes::of(&[part(from, to)])
            .both(&Boxes::of(&breaks), |inside, resting| inside && !resting);
        let slow = Boxes::of(&own)
            .both(&Boxes::of(&list), |a, b| a || b)
            .both(&counted, |there, counts| there && counts);
        let evidence = Evidence {
            own: own.clone(),
            list: list.clone(),
            ..Evidence::default()
        };
        let attendance = evidence.attendance(&course);
        assert_eq!(Boxes::of(attendance.intervals.parts()), slow);
        let share = course.share(attendance.intervals.length());
        assert!((0.0..=1.0).contains(&share));
        if counted.seconds() > 0 {
            let expected = slow.seconds() as f64 / counted.seconds() as f64;
            assert!((share - expected).abs() < 1e-9);
        }
        // Hearing everything twice, and in another order, changes nothing.
        let doubled = Evidence {
            own: own.iter().rev().chain(&own).copied().collect(),
            list: list.iter().rev().chain(&list).copied().collect(),
            ..Evidence::default()
        };
        assert_eq!(doubled.attendance(&course), attendance);
    }
}

fn held() -> Held {
    Held {
        planned_start: at(600),
        started_at: Some(at(600)),
        live_at: None,
        ended_at: Some(at(4200)),
        last_left: None,
        now: at(9000),
    }
}

fn window(held: Held) -> Option<Interval> {
    Course::new(held, &Intervals::default()).window
}

#[test]
fn coming_early_and_a_room_left_empty_make_no_event_longer() {
    let early = Held {
        started_at: Some(at(0)),
        ..held()
    };
    assert_eq!(window(early), Some(part(600, 4200)));
    let late = Held {
        started_at: Some(at(900)),
        ..held()
    };
    assert_eq!(window(late), Some(part(900, 4200)));
    let left_empty = Held {
        last_left: Some(at(3600)),
        ..held()
    };
    assert_eq!(window(left_empty), Some(part(600, 3600)));
    let over_before_its_time = Held {
        started_at: Some(at(0)),
        ended_at: Some(at(500)),
        ..held()
    };
    assert_eq!(window(over_before_its_time), Some(part(0, 500)));
}

#[test]
fn a_webinar_counts_from_the_moment_it_went_live() {
    let webinar = |live_at| Held {
        started_at: None,
        live_at,
        ..held()
    };
    assert_eq!(window(webinar(Some(at(900)))), Some(part(900, 4200)));
    // Begun before its planned time, on purpose.
    assert_eq!(window(webinar(Some(at(300)))), Some(part(300, 4200)));
    assert_eq!(window(webinar(None)), None);
    let with_a_section = Held {
        started_at: Some(at(700)),
        ..webinar(Some(at(900)))
    };
    assert_eq!(window(with_a_section), Some(part(700, 4200)));
}

#[test]
fn an_event_that_runs_counts_up_to_now_and_one_nobody_entered_not_at_all() {
    let running = Held {
        ended_at: None,
        now: at(1200),
        ..held()
    };
    assert_eq!(window(running), Some(part(600, 1200)));
    let never = Held {
        started_at: None,
        ..held()
    };
    let course = Course::new(never, &Intervals::default());
    assert_eq!(course.window, None);
    assert_eq!(course.share(TimeDelta::minutes(5)), 0.0);
}

#[test]
fn breaks_count_neither_for_the_event_nor_for_anybody() {
    let course = Course::new(held(), &set(&[(1800, 2400)]));
    assert_eq!(course.length(), TimeDelta::minutes(50));
    let there = course.count(&set(&[(600, 2100)]));
    assert_eq!(there, set(&[(600, 1800)]));
    assert_eq!(course.share(there.length()), 0.4);
}

#[test]
fn a_confirmation_reaches_back_a_little_and_lasts_as_long_as_the_kit_does() {
    let kit = set(&[(0, 3000), (3100, 4000)]);
    assert_eq!(behind_kit(&kit, at(500)), kit);
    assert_eq!(
        behind_kit(&kit, at(1600)),
        set(&[(1000, 3000), (3100, 4000)])
    );
    assert_eq!(behind_kit(&kit, at(9000)), Intervals::default());
}

#[test]
fn the_surest_evidence_names_the_mode() {
    let course = Course::new(held(), &Intervals::default());
    let some = vec![part(600, 700)];
    let mode = |own: bool, kit: bool, list: bool, confirmed| {
        let pick = |wanted: bool| if wanted { some.clone() } else { Vec::new() };
        let evidence = Evidence {
            own: pick(own),
            kit: pick(kit),
            list: pick(list),
            confirmed,
        };
        evidence.attendance(&course).mode
    };
    assert_eq!(mode(true, true, true, None), Mode::Own);
    assert_eq!(mode(false, true, true, None), Mode::Kit);
    assert_eq!(mode(false, false, true, None), Mode::List);
    assert_eq!(mode(false, false, false, Some(Mode::Kit)), Mode::Kit);
}

#[test]
fn a_check_reaches_whoever_was_there_for_a_moment_of_it() {
    let check = Check {
        asked_at: at(100),
        until: at(160),
    };
    assert!(check.reached(&set(&[(159, 300)])));
    assert!(!check.reached(&set(&[(0, 100), (160, 300)])));
}

#[test]
fn minutes_are_rounded_to_the_nearest() {
    for (seconds, expected) in [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2), (-5, 0)] {
        assert_eq!(minutes(TimeDelta::seconds(seconds)), expected, "{seconds}");
    }
}

#[test]
fn whatever_lasted_at_all_lasted_a_second() {
    let millis = |count| seconds(TimeDelta::milliseconds(count));
    assert_eq!(
        [-5, 0, 1, 999, 1_000, 59_999].map(millis),
        [0, 0, 1, 1, 1, 59]
    );
}
