use std::io::{Cursor, Read};

use chrono::{NaiveDate, TimeZone, Utc};
use kafedra_documents::{
    Letterhead,
    minutes::{Minutes, docx, pdf},
};
use kafedra_model::{
    EventKind, Locale,
    minutes::{Attended, Body, Decision, Item},
};

fn body() -> Body {
    let decision = |text: &str, assignee: &str, due| Decision {
        id: Default::default(),
        text: text.to_owned(),
        assignee_id: None,
        assignee: assignee.to_owned(),
        due,
    };
    Body {
        chair: "Орлова Вера Павловна".to_owned(),
        secretary: "Зимина Анна Сергеевна".to_owned(),
        attended: vec![
            Attended {
                person_id: None,
                name: "Котов Пётр Ильич".to_owned(),
                institution: "Школа № 1".to_owned(),
            },
            Attended {
                person_id: None,
                name: "Волков Олег".to_owned(),
                institution: String::new(),
            },
        ],
        items: vec![
            Item {
                topic: "Итоги четверти".to_owned(),
                speaker: "Котов П. И.".to_owned(),
                heard: "Котова П. И.: успеваемость выросла.\nОтчёт прилагается.".to_owned(),
                spoke: "Волков О.: предложил <b>повторить</b> #срез.".to_owned(),
                decided: vec![
                    decision("Принять к сведению.", "", None),
                    decision(
                        "Провести срез знаний",
                        "Волков О.",
                        NaiveDate::from_ymd_opt(2026, 12, 15),
                    ),
                ],
            },
            Item {
                topic: "Разное".to_owned(),
                ..Item::default()
            },
        ],
    }
}

fn minutes(body: &Body) -> Minutes<'_> {
    Minutes {
        organisation: "Информационно-методический центр",
        association: "ГМО учителей математики",
        kind: EventKind::AssociationMeeting,
        event: "Ноябрьское заседание",
        number: "2",
        held_on: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        version: 1,
        signed_on: NaiveDate::from_ymd_opt(2026, 11, 24),
        body,
    }
}

/// What the paper must say, in this order.
const PARTS: [&str; 16] = [
    "Информационно-методический центр",
    "ГМО учителей математики",
    "ПРОТОКОЛ № 2",
    "заседание методического объединения «Ноябрьское заседание»",
    "от 23 ноября 2026 г.",
    "Председатель: Орлова Вера Павловна",
    "Секретарь: Зимина Анна Сергеевна",
    "Присутствовали: 2 чел.: Котов Пётр Ильич (Школа № 1), Волков Олег.",
    "Повестка дня:",
    "1. Итоги четверти (докл. Котов П. И.)",
    "СЛУШАЛИ: Котова П. И.: успеваемость выросла.",
    "ВЫСТУПИЛИ: Волков О.: предложил <b>повторить</b> #срез.",
    "РЕШИЛИ:",
    "1.1. Принять к сведению.",
    "1.2. Провести срез знаний",
    "Ответственный: Волков О. Срок: 15.12.2026.",
];

#[track_caller]
fn check(text: &str) {
    let mut from = 0;
    for part in PARTS {
        let found = text[from..].find(part);
        from += found.unwrap_or_else(|| panic!("{part} after {from} in: {text}"));
    }
}

/// The text of a DOCX, with all white space folded into single spaces.
#[track_caller]
fn text(paper: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(paper)).unwrap();
    let mut xml = String::new();
    let mut document = archive.by_name("word/document.xml").unwrap();
    document.read_to_string(&mut xml).unwrap();
    let mut text = String::new();
    for piece in xml
        .replace("</w:p>", " ")
        .replace("<w:br", " <w:br")
        .split('<')
    {
        // What stands after a tag's end is text.
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace('\u{a0}', " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[track_caller]
fn printed(minutes: &Minutes<'_>) -> Vec<u8> {
    let at = Utc.with_ymd_and_hms(2026, 11, 24, 9, 30, 0).unwrap();
    let letterhead = Letterhead {
        organisation: minutes.organisation.to_owned(),
        ..Letterhead::default()
    };
    pdf(minutes, &letterhead, at, Locale::Ru).unwrap()
}

#[test]
fn minutes_in_pdf_say_the_same_in_the_same_order() {
    let body = body();
    let paper = printed(&minutes(&body));
    check(&crate::reader::text(&paper).replace("- ", "-"));
    assert_eq!(paper, printed(&minutes(&body)));
}

#[test]
fn long_minutes_go_on_over_numbered_pages_and_lose_nothing() {
    let mut body = body();
    let item = body.items.remove(0);
    body.items = (0..40)
        .map(|number| Item {
            heard: format!(
                "Начало{number}. {} Конец{number}.",
                "Обсудили итоги. ".repeat(40)
            ),
            ..item.clone()
        })
        .collect();
    body.items[3].spoke = "🙂 שלום \u{0}\u{202e} #let x = 1".to_owned();
    let paper = printed(&minutes(&body));
    let pages = crate::reader::pages(&paper);
    assert!(pages.len() > 8, "{} pages", pages.len());
    let all = pages.concat();
    for number in 0..40 {
        assert!(
            all.contains(&format!("Начало{number}.")) && all.contains(&format!("Конец{number}."))
        );
    }
    for (number, page) in (1..).zip(&pages) {
        let place = format!("{number}/{}", pages.len());
        assert!(page.replace(' ', "").contains(&place), "{place} on: {page}");
        // A heading never ends a page.
        let last = page.trim_end().lines().rev().nth(1).unwrap_or_default();
        assert!(!last.contains("РЕШИЛИ:"), "{page}");
    }
}

#[test]
fn minutes_in_docx_have_their_head_agenda_and_decisions_in_order() {
    let body = body();
    let text = text(docx(&minutes(&body), Locale::Ru).unwrap());
    check(&text);
    assert!(!text.contains("Проект"), "{text}");
}

#[test]
fn what_is_not_signed_says_so_and_a_correction_names_its_version() {
    let body = body();
    let mut minutes = minutes(&body);
    let check = |minutes: &Minutes, locale, words: &str| {
        let text = text(docx(minutes, locale).unwrap());
        assert!(text.contains(words), "{words} in: {text}");
    };
    minutes.version = 2;
    check(&minutes, Locale::Ru, "с исправлениями, редакция 2");
    minutes.signed_on = None;
    check(&minutes, Locale::Ru, "Проект, не подписан");
    check(&minutes, Locale::En, "Draft, not signed");
}

#[test]
fn control_characters_leave_the_file_readable() {
    let mut body = body();
    body.items[0].heard = "до\u{1}\u{0}после".to_owned();
    let text = text(docx(&minutes(&body), Locale::Ru).unwrap());
    assert!(text.contains("допосле"), "{text}");
}
