use chrono::{NaiveDate, TimeZone, Utc};
use kafedra_documents::{
    Letterhead,
    presence::{Held, Presence, Present, pdf},
};
use kafedra_model::{EventKind, EventRole, Locale, presence::Mode};

use crate::reader::{pages, text};

fn present<'a>(name: &'a str, institution: &'a str, minutes: i64) -> Present<'a> {
    Present {
        name,
        institution,
        role: EventRole::Listener,
        mode: Some(Mode::Own),
        minutes,
        share: minutes as f64 / 90.0,
        corrected: "",
    }
}

fn presence(people: Vec<Present<'_>>) -> Presence<'_> {
    Presence {
        kind: EventKind::Webinar,
        event: "Итоги четверти",
        held: Some(Held {
            on: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            from: "15:00".to_owned(),
            to: "16:40".to_owned(),
        }),
        minutes: 90,
        people,
        at: Utc.with_ymd_and_hms(2026, 11, 24, 9, 30, 0).unwrap(),
        made_on: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
    }
}

#[test]
fn a_report_lists_everybody_and_what_they_come_to() {
    let mut kit = present("Волков Олег", "Школа № 2", 60);
    kit.mode = Some(Mode::Kit);
    kit.corrected = "Отключали свет #1 <b>";
    let mut guest = present("Гость", "", 0);
    guest.mode = None;
    let people = vec![present("Котов Пётр", "Школа № 1", 90), kit, guest];
    let paper = pdf(&presence(people), &Letterhead::default(), Locale::Ru).unwrap();
    let text = text(&paper);
    for part in [
        "Отчёт о присутствии",
        "вебинар «Итоги четверти»",
        "23 ноября 2026 г., 15:00–16:40, 90 минут без перерывов",
        "Котов Пётр",
        "своё устройство",
        "100 %",
        "Исправлено: Отключали свет #1 <b>",
        "комплект, по коду",
        "гость",
        "Всего: 3 человека из 2 организаций, в среднем",
        "Отчёт сделан 24 ноября 2026 г.",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
    assert!(text.contains("50 56 %"), "the mean, in: {text}");
}

#[test]
fn the_head_of_the_table_stands_on_every_page_and_everyone_once() {
    let names: Vec<String> = (1..=300)
        .map(|number| format!("Участник-{number:03}"))
        .collect();
    let people = names
        .iter()
        .map(|name| present(name, "Школа № 1", 45))
        .collect();
    let paper = pdf(&presence(people), &Letterhead::default(), Locale::Ru).unwrap();
    let pages = pages(&paper);
    assert!(pages.len() > 4, "{} pages", pages.len());
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains("Как участвовал"), "page {number}: {page}");
        let place = format!("{number}/{}", pages.len());
        assert!(page.replace(' ', "").contains(&place), "{place} on: {page}");
    }
    let all = pages.concat();
    for name in &names {
        assert_eq!(all.matches(name.as_str()).count(), 1, "{name}");
    }
}

#[test]
fn a_meeting_where_nobody_was_has_a_report_too() {
    let mut empty = presence(Vec::new());
    empty.held = None;
    let text = text(&pdf(&empty, &Letterhead::default(), Locale::En).unwrap());
    assert!(text.contains("the meeting did not take place"), "{text}");
    assert!(text.contains("Nobody was at the meeting."), "{text}");
}

#[test]
fn endless_names_stay_in_their_columns() {
    let (name, school) = ("Щ".repeat(300), "Ж".repeat(200));
    let people = vec![present(&name, &school, 90), present("Котов", "", 90)];
    let text = text(&pdf(&presence(people), &Letterhead::default(), Locale::Ru).unwrap());
    assert_eq!(text.matches('Щ').count(), 300);
    assert_eq!(text.matches('Ж').count(), 200);
}
