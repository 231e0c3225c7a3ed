use chrono::{NaiveDate, TimeZone, Utc};
use kafedra_documents::{
    Letterhead,
    portfolio::{Entry, Portfolio, Proof, pdf},
};
use kafedra_model::{EventKind, EventRole, Locale};

use crate::reader::{links, pages, text};

const URL: &str = "https://kafedra.example/c/7KQ2-M9XA-41TC";

fn entry<'a>(topic: &'a str, certificate: Option<Proof<'a>>) -> Entry<'a> {
    Entry {
        held_on: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        kind: EventKind::MasterClass,
        title: "Урок физики",
        role: EventRole::Host,
        topic,
        level: "region",
        certificate,
    }
}

fn portfolio<'a>(entries: Vec<Entry<'a>>, certificates: Vec<Entry<'a>>) -> Portfolio<'a> {
    Portfolio {
        name: "Семёнова Мария Петровна",
        position: "учитель",
        institution: "Школа № 1",
        entries,
        certificates,
        at: Utc.with_ymd_and_hms(2026, 11, 24, 9, 30, 0).unwrap(),
        made_on: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
    }
}

#[test]
fn a_portfolio_lists_talks_with_addresses_that_verify_them() {
    let proof = Some(Proof {
        number: "2026-00042",
        url: URL,
    });
    let entries = vec![entry("Опыты #let *дома*", proof), entry("", None)];
    let paper = portfolio(entries, vec![entry("", proof)]);
    let paper = pdf(&paper, &Letterhead::default(), Locale::Ru).unwrap();
    let text = text(&paper);
    for part in [
        "ПОРТФОЛИО",
        "Семёнова Мария Петровна",
        "учитель, Школа № 1",
        "23.11.2026",
        "«Опыты #let *дома*»",
        "ведущий · мастер-класс «Урок физики» · региональный уровень",
        "Сертификат № 2026-00042: kafedra.example/c/7KQ2-M9XA-41TC",
        "Другие сертификаты",
        "Портфолио составлено 24 ноября 2026 г.",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
    assert_eq!(links(&paper), [URL, URL]);
}

#[test]
fn an_entry_is_never_torn_between_two_pages() {
    let topics: Vec<String> = (0..60)
        .map(|number| format!("Начало{number}. {}", "опыт ".repeat(30)))
        .collect();
    let entries = topics.iter().map(|topic| entry(topic, None)).collect();
    let paper = pdf(
        &portfolio(entries, Vec::new()),
        &Letterhead::default(),
        Locale::Ru,
    )
    .unwrap();
    let pages = pages(&paper);
    assert!(pages.len() > 3);
    for page in &pages {
        let (begun, ended) = (
            page.matches("Начало").count(),
            page.matches("региональный").count(),
        );
        assert_eq!(begun, ended, "{page}");
    }
}

#[test]
fn somebody_without_talks_has_a_portfolio_that_says_so() {
    let text = text(
        &pdf(
            &portfolio(Vec::new(), Vec::new()),
            &Letterhead::default(),
            Locale::En,
        )
        .unwrap(),
    );
    assert!(text.contains("There are no confirmed talks yet."), "{text}");
}
