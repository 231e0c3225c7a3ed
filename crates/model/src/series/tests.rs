use chrono::Timelike;
use chrono_tz::{America::New_York, Europe::Berlin, Europe::Moscow};
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::*;

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time")
}

fn dates(rule: &str, first: &str, zone: Tz) -> Result<Vec<String>, BadRule> {
    let rule: Rule = rule.parse()?;
    Ok(rule
        .dates(local(first), zone)?
        .into_iter()
        .map(|at| wall_clock(at, zone).format("%Y-%m-%d %H:%M").to_string())
        .collect())
}

fn check(rule: &str, first: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|day| format!("{day} 15:00")).collect();
    let first = format!("{first} 15:00");
    assert_eq!(dates(rule, &first, Moscow), Ok(expected), "{rule}");
}

#[test]
fn rules_give_the_days_that_a_calendar_would() {
    check(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261031",
        "2026-09-01",
        &[
            "2026-09-01",
            "2026-09-15",
            "2026-09-29",
            "2026-10-13",
            "2026-10-27",
        ],
    );
    check(
        "FREQ=DAILY;COUNT=3",
        "2026-12-30",
        &["2026-12-30", "2026-12-31", "2027-01-01"],
    );
    check(
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3",
        "2026-09-01",
        &["2026-09-25", "2026-10-30", "2026-11-27"],
    );
    check(
        "FREQ=MONTHLY;BYDAY=1TH,3TH;COUNT=4",
        "2026-09-04",
        &["2026-09-17", "2026-10-01", "2026-10-15", "2026-11-05"],
    );
    check(
        "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3",
        "2027-01-15",
        &["2027-01-31", "2027-02-28", "2027-03-31"],
    );
    // A month without a 31st is passed over (RFC 5545, section 3.3.10).
    check(
        "FREQ=MONTHLY;COUNT=3",
        "2027-01-31",
        &["2027-01-31", "2027-03-31", "2027-05-31"],
    );
    // Which weeks are the second ones depends on their first day (RFC 5545, the same section).
    let both = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=";
    check(
        &format!("{both}MO"),
        "1997-08-05",
        &["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"],
    );
    check(
        &format!("{both}SU"),
        "1997-08-05",
        &["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"],
    );
    check(
        "FREQ=YEARLY;COUNT=2",
        "2026-10-05",
        &["2026-10-05", "2027-10-05"],
    );
}

#[test]
fn the_last_day_belongs_to_the_series() {
    check(
        "FREQ=DAILY;UNTIL=20260902",
        "2026-09-01",
        &["2026-09-01", "2026-09-02"],
    );
    // 15:00 in Moscow is 12:00 in UTC.
    check(
        "FREQ=DAILY;UNTIL=20260902T120000Z",
        "2026-09-01",
        &["2026-09-01", "2026-09-02"],
    );
    check(
        "FREQ=DAILY;UNTIL=20260902T115959Z",
        "2026-09-01",
        &["2026-09-01"],
    );
    check(
        "FREQ=DAILY;UNTIL=20260902T145959",
        "2026-09-01",
        &["2026-09-01"],
    );
}

#[test]
fn meetings_keep_their_hour_when_the_clocks_change() {
    for zone in [Berlin, New_York] {
        let rule: Rule = "FREQ=WEEKLY;COUNT=52".parse().expect("a rule");
        let dates = rule.dates(local("2026-09-01 15:00"), zone).expect("dates");
        assert!(dates.iter().all(|at| wall_clock(*at, zone).hour() == 15));
        let hours: std::collections::BTreeSet<u32> = dates.iter().map(Timelike::hour).collect();
        assert_eq!(hours.len(), 2, "summer and winter differ in UTC");
    }
}

#[test]
fn a_time_that_the_clocks_leap_over_comes_an_hour_later_and_one_that_comes_twice_comes_first() {
    // Berlin, 28 March 2027: 02:00 becomes 03:00. 31 October 2027: 03:00 becomes 02:00.
    let at = |text: &str| instant(local(text), Berlin).format("%d %H:%M").to_string();
    assert_eq!(at("2027-03-28 02:30"), "28 01:30");
    assert_eq!(at("2027-10-31 02:30"), "31 00:30");
    let rule = "FREQ=DAILY;COUNT=3";
    assert_eq!(
        dates(rule, "2027-03-27 02:30", Berlin),
        Ok(vec![
            "2027-03-27 02:30".to_owned(),
            "2027-03-28 03:30".to_owned(),
            "2027-03-29 02:30".to_owned(),
        ])
    );
}

#[test]
fn a_whole_series_moves_on_the_wall_clock() {
    let summer = instant(local("2026-10-20 15:00"), Berlin);
    let moved = shift(summer, TimeDelta::days(7) + TimeDelta::minutes(30), Berlin);
    assert_eq!(wall_clock(moved, Berlin), local("2026-10-27 15:30"));
}

#[test]
fn rules_without_end_and_rules_that_are_not_understood_are_refused() {
    let check = |rule: &str, expected: BadRule| {
        assert_eq!(
            dates(rule, "2026-09-01 15:00", Moscow),
            Err(expected),
            "{rule}"
        );
    };
    check("FREQ=WEEKLY", BadRule::Endless);
    check("FREQ=WEEKLY;BYDAY=TU", BadRule::Endless);
    check("FREQ=DAILY;COUNT=201", BadRule::TooMany);
    check("FREQ=DAILY;UNTIL=20290101", BadRule::TooMany);
    check("FREQ=YEARLY;COUNT=10", BadRule::TooFar);
    check(
        "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=5TU,5WE;COUNT=150",
        BadRule::TooFar,
    );
    check("FREQ=DAILY;UNTIL=20260831", BadRule::Empty);
    check(
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20;COUNT=1",
        BadRule::Empty,
    );
    for bad in [
        "",
        "каждый вторник",
        "FREQ=HOURLY;COUNT=2",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=+2",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270101",
        "FREQ=WEEKLY;COUNT=2;COUNT=3",
        "FREQ=WEEKLY;BYDAY=1TU;COUNT=2",
        "FREQ=WEEKLY;BYDAY=;COUNT=2",
        "FREQ=WEEKLY;BYDAY=ЫЫ;COUNT=2",
        "FREQ=MONTHLY;BYDAY=6TU;COUNT=2",
        "FREQ=MONTHLY;BYMONTHDAY=0;COUNT=2",
        "FREQ=WEEKLY;BYSETPOS=1;COUNT=2",
        "FREQ=WEEKLY;UNTIL=2027-01-01",
        "FREQ=WEEKLY;INTERVAL=0;COUNT=2",
        "FREQ=WEEKLY;COUNT=2;",
    ] {
        check(bad, BadRule::Unreadable);
    }
}

/// A rule of any shape that is understood.
fn some_rule(random: &mut StdRng) -> String {
    let frequency = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][random.random_range(0..4)];
    let mut rule = format!("FREQ={frequency};INTERVAL={}", random.random_range(1..5));
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let day = days[random.random_range(0..7)];
    let other = days[random.random_range(0..7)];
    match (frequency, random.random_range(0..3)) {
        ("WEEKLY", 1) => rule.push_str(&format!(";BYDAY={day},{other};WKST={other}")),
        ("MONTHLY", 1) => rule.push_str(&format!(";BYDAY=-1{day},2{other}")),
        ("MONTHLY", 2) => rule.push_str(&format!(";BYMONTHDAY={}", random.random_range(-31..0))),
        _ => {}
    }
    if random.random() {
        rule.push_str(&format!(";COUNT={}", random.random_range(1..60)));
    } else {
        rule.push_str(&format!(
            ";UNTIL=20{}{:02}28",
            random.random_range(26..29),
            random.random_range(1..13)
        ));
    }
    rule
}

#[test]
fn every_series_ascends_keeps_its_clock_and_ends_where_its_rule_says() {
    let mut random = StdRng::seed_from_u64(5545);
    let zones = [Moscow, Berlin, New_York, chrono_tz::Australia::Lord_Howe];
    for _ in 0..3_000 {
        let text = some_rule(&mut random);
        let rule: Rule = text.parse().unwrap_or_else(|bad| panic!("{text}: {bad}"));
        assert_eq!(rule.to_string().parse(), Ok(rule.clone()), "{text}");
        let zone = zones[random.random_range(0..zones.len())];
        let first =
            local("2026-01-01 00:00") + TimeDelta::minutes(random.random_range(0..365 * 24 * 60));
        let dates = match rule.dates(first, zone) {
            Ok(dates) => dates,
            Err(BadRule::TooFar | BadRule::Empty | BadRule::TooMany) => continue,
            Err(other) => panic!("{text}: {other}"),
        };
        assert!(!dates.is_empty() && dates.len() <= MOST_DATES, "{text}");
        assert!(
            dates.windows(2).all(|pair| pair[0] < pair[1]),
            "{text} {first}"
        );
        assert!(dates[0] >= instant(first, zone), "{text}");
        for at in &dates {
            let shown = wall_clock(*at, zone);
            let leapt = instant(shown.date().and_time(first.time()), zone) == *at;
            assert!(leapt, "{text}: {shown} does not come from {}", first.time());
        }
        match rule.end {
            End::Count(count) => assert_eq!(dates.len(), usize::from(count), "{text}"),
            End::Until(until) => {
                let last = dates[dates.len() - 1];
                assert!(!until.is_before(wall_clock(last, zone), last), "{text}");
            }
        }
    }
}

#[test]
fn no_text_makes_the_reader_stumble() {
    let mut random = StdRng::seed_from_u64(1);
    let letters: Vec<char> = "FREQ=WEKLYBDATUSCON;,:-+0123456789ZTé\u{0}"
        .chars()
        .collect();
    for _ in 0..20_000 {
        let length = random.random_range(0..40);
        let text: String = (0..length)
            .map(|_| letters[random.random_range(0..letters.len())])
            .collect();
        drop(text.parse::<Rule>());
    }
}
