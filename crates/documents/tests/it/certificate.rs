use chrono::{NaiveDate, TimeZone, Utc};
use kafedra_documents::{
    Letterhead, Picture,
    certificate::{Certificate, pdf},
};
use kafedra_model::{EventKind, EventRole, Locale};

use crate::{
    picture::signature,
    reader::{codes, info, links, pages, text},
};

const URL: &str = "https://kafedra.example/c/7KQ2-M9XA-41TC";

fn certificate<'a>() -> Certificate<'a> {
    Certificate {
        number: "2026-00042",
        name: "Семёнова Мария Петровна",
        role: EventRole::Speaker,
        topic: "Проектная деятельность на уроках физики",
        kind: EventKind::Conference,
        title: "Рождественские чтения",
        held_on: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        level: "city",
        hours: 2,
        issued_at: Utc.with_ymd_and_hms(2026, 11, 24, 9, 30, 0).unwrap(),
        issued_on: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        url: URL,
    }
}

fn letterhead() -> Letterhead {
    Letterhead {
        organisation: "Информационно-методический центр".to_owned(),
        signer_position: "Директор".to_owned(),
        signer_name: "В. П. Орлова".to_owned(),
        arms: None,
        signature: Picture::kept(signature()),
    }
}

#[test]
fn a_certificate_says_who_did_what_where_and_when() {
    let paper = pdf(&certificate(), &letterhead(), Locale::Ru).unwrap();
    let text = text(&paper);
    for part in [
        "ИНФОРМАЦИОННО-МЕТОДИЧЕСКИЙ ЦЕНТР",
        "№ 2026-00042",
        "подтверждает участие",
        "Семёнова Мария Петровна",
        "докладчик",
        "«Проектная деятельность на уроках физики»",
        "конференция «Рождественские чтения»",
        "23 ноября 2026 г. · 2 академических часа · городской уровень",
        "Директор",
        "В. П. Орлова",
        "Выдан 24 ноября 2026 г.",
        "kafedra.example/c/7KQ2-M9XA-41TC",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
    let info = info(&paper);
    for part in [
        "Title: Сертификат № 2026-00042",
        "Tagged: yes",
        "Pages: 1",
        "A4",
    ] {
        let told = info.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(part), "{part} in: {told}");
    }
    let english = pdf(&certificate(), &letterhead(), Locale::En).unwrap();
    let text = crate::reader::text(&english);
    for part in [
        "speaker",
        "23 November 2026 · 2 academic hours · city level",
        "“Рождественские чтения”",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
}

#[test]
fn the_code_on_a_certificate_leads_to_the_page_that_verifies_it() {
    let paper = pdf(&certificate(), &letterhead(), Locale::Ru).unwrap();
    assert_eq!(codes(&paper), [URL]);
    assert_eq!(links(&paper), [URL, URL]);
}

#[test]
fn what_somebody_typed_is_printed_as_it_is() {
    for typed in [
        "<script>alert(1)</script>",
        "#set page(fill: red) *жирно* _x_ $1/2$ @ref <label>",
        "\\begin{document} %PDF-1.4 (скобки) << /Type /Page >>",
        "{{name}} %s &amp; \"кавычки\" 'ещё'",
    ] {
        let certificate = Certificate {
            name: typed,
            topic: typed,
            ..certificate()
        };
        let text = text(&pdf(&certificate, &letterhead(), Locale::Ru).unwrap());
        let squeezed = |text: &str| text.replace(' ', "");
        let count = squeezed(&text).matches(&squeezed(typed)).count();
        assert_eq!(count, 2, "{typed} in: {text}");
    }
}

#[test]
fn odd_texts_stay_on_one_page_and_break_nothing() {
    let long = "Константинопольская-Задунайская ".repeat(9);
    let (unbroken, lines) = ("Щ".repeat(300), "строка\n".repeat(60));
    let words = "слово ".repeat(600);
    for odd in [
        "",
        " ",
        "\n\n",
        "\u{0}\u{1}\u{7f}",
        "🎓👩‍🏫 Учитель года 🏆",
        "שלום עולם",
        "محمد بن سلمان",
        "e\u{301}\u{301}\u{301}\u{301}",
        "\u{202e}тевирп",
        "漢字 かな",
        &long,
        &unbroken,
        &lines,
        &words,
    ] {
        let certificate = Certificate {
            name: odd,
            topic: odd,
            title: odd,
            ..certificate()
        };
        let head = Letterhead {
            organisation: odd.to_owned(),
            signer_position: odd.to_owned(),
            signer_name: odd.to_owned(),
            ..letterhead()
        };
        let paper = pdf(&certificate, &head, Locale::Ru).unwrap();
        assert_eq!(pages(&paper).len(), 1, "{odd}");
        assert!(text(&paper).contains("№ 2026-00042"), "{odd}");
    }
}

#[test]
fn a_name_of_three_hundred_characters_is_printed_whole() {
    let name = format!("{}Конец", "Анна-Мария ".repeat(27));
    let certificate = Certificate {
        name: &name,
        ..certificate()
    };
    let text = text(&pdf(&certificate, &letterhead(), Locale::Ru).unwrap());
    assert_eq!(text.matches("Анна-Мария").count(), 27, "{text}");
    assert!(text.contains("Конец"));
}

#[test]
fn the_same_certificate_is_the_same_file() {
    let once = pdf(&certificate(), &letterhead(), Locale::Ru).unwrap();
    assert_eq!(
        once,
        pdf(&certificate(), &letterhead(), Locale::Ru).unwrap()
    );
    let other = Certificate {
        number: "2026-00043",
        ..certificate()
    };
    assert_ne!(once, pdf(&other, &letterhead(), Locale::Ru).unwrap());
}

#[test]
fn a_usual_certificate_is_an_archival_pdf_and_small() {
    let paper = pdf(&certificate(), &letterhead(), Locale::Ru).unwrap();
    let has = |mark: &[u8]| paper.windows(mark.len()).any(|window| window == mark);
    assert!(has(b"<pdfaid:part>2</pdfaid:part>"));
    assert!(has(b"<pdfaid:conformance>A</pdfaid:conformance>"));
    assert!(paper.len() < 100_000, "{} bytes", paper.len());
}
