//! The papers of a project: their figures are the input's, in PDF and in DOCX.

use std::io::{Cursor, Read};

use chrono::{NaiveDate, TimeZone, Utc};
use kafedra_documents::{
    Letterhead, docx_blocks,
    project::{
        Actual, ChangeRequest, Figure, Outline, Paper, Period, Reached, Said, StageOutline,
        Standing, bulletin, change_request, final_report, master_plan, passport, report, schedule,
        slide, xlsx,
    },
};
use kafedra_model::{
    Locale,
    indicator::Value,
    passport::{
        FORMAT, FundingSource, Month, Passport,
        budget::Payment,
        lifecycle::{Decision, DecisionStatus},
        reading::{Block, Table, read},
        remark::{Remark, Subject},
    },
    quarter::Quarter,
    traffic_light::TrafficLight,
};

const RU: Locale = Locale::Ru;

fn founding() -> Passport {
    Passport {
        format: FORMAT,
        ..Passport::founding().unwrap()
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2017, month, day).unwrap()
}

fn quarter(number: u32) -> Quarter {
    Quarter::new(2017, number).unwrap()
}

/// What a standing is put together from.
struct Facts {
    passport: Passport,
    actual: Vec<Actual>,
    payments: Vec<Payment>,
    reached: Vec<Reached>,
    remarks: Vec<Said>,
    decisions: Vec<Decision>,
}

fn said(on: Subject, [cause, action, forecast]: [&str; 3], computed: Option<Value>) -> Said {
    Said {
        quarter: quarter(3),
        on,
        remark: Remark {
            cause: cause.to_owned(),
            corrective_action: action.to_owned(),
            forecast: forecast.to_owned(),
        },
        forecast: computed,
    }
}

fn facts(passport: Passport) -> Facts {
    let actual = |indicator, number, value, light| Actual {
        indicator,
        quarter: quarter(number),
        value,
        source: "по записям платформы".to_owned(),
        light,
    };
    Facts {
        passport,
        actual: vec![
            actual(1, 3, Value::share(2, 3).unwrap(), TrafficLight::Red),
            actual(2, 3, Value::share(6, 100).unwrap(), TrafficLight::Green),
            actual(3, 3, Value::count(7), TrafficLight::Green),
        ],
        payments: vec![Payment {
            source: FundingSource::City,
            on: day(7, 10),
            kopecks: 72_000_050,
            purpose: "Камеры".to_owned(),
        }],
        reached: vec![
            Reached {
                checkpoint: "2.1".to_owned(),
                done_on: Some(day(8, 5)),
                evidence: vec![
                    "Акт приёмки № 7".to_owned(),
                    "Проверка готовности".to_owned(),
                ],
            },
            Reached {
                checkpoint: "2.2".to_owned(),
                done_on: None,
                evidence: Vec::new(),
            },
        ],
        remarks: vec![
            said(
                Subject::Indicator { ordinal: 1 },
                [
                    "Курсы перенесены",
                    "Дополнительная группа",
                    "86 к концу года",
                ],
                Value::share(86, 100),
            ),
            said(
                Subject::Indicator { ordinal: 2 },
                [""; 3],
                Value::share(1, 12),
            ),
            said(Subject::Budget, ["Торги в августе.", "", "100 %"], None),
        ],
        decisions: vec![Decision {
            minutes_number: "4".to_owned(),
            date: day(9, 20),
            item: "2.1".to_owned(),
            wording: "Ускорить обучение".to_owned(),
            assignee: "Директор центра".to_owned(),
            due: Some(day(10, 15)),
            status: DecisionStatus::Open,
        }],
    }
}

impl Facts {
    fn standing(&self) -> Standing<'_> {
        Standing {
            passport: &self.passport,
            on: day(9, 30),
            actual: &self.actual,
            payments: &self.payments,
            reached: &self.reached,
            remarks: &self.remarks,
            decisions: &self.decisions,
            thresholds: Default::default(),
        }
    }
}

fn pdf(paper: &Paper) -> String {
    let letterhead = Letterhead {
        organisation: "Комитет по образованию".to_owned(),
        ..Letterhead::default()
    };
    let at = Utc.with_ymd_and_hms(2017, 9, 30, 9, 0, 0).unwrap();
    let file = paper.pdf(&letterhead, at).unwrap();
    assert_eq!(file, paper.pdf(&letterhead, at).unwrap());
    crate::reader::text(&file)
}

/// All texts of a DOCX, cell by cell.
fn docx(paper: &Paper) -> String {
    fn of(block: &Block, texts: &mut Vec<String>) {
        match block {
            Block::Paragraph(text) => texts.push(text.clone()),
            Block::Table(Table { rows }) => {
                for block in rows.iter().flatten().flat_map(|cell| &cell.blocks) {
                    of(block, texts);
                }
            }
        }
    }
    let mut texts = Vec::new();
    for block in docx_blocks::blocks(&paper.docx().unwrap()).unwrap() {
        of(&block, &mut texts);
    }
    texts
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Both files say all of it.
#[track_caller]
fn check(paper: &Paper, parts: &[&str]) {
    let (pdf, docx) = (pdf(paper), docx(paper));
    for part in parts {
        assert!(docx.contains(part), "{part} in DOCX: {docx}");
        // Narrow columns break lines after hyphens and within long words.
        let flat = |text: &str| text.replace(' ', "");
        assert!(flat(&pdf).contains(&flat(part)), "{part} in PDF: {pdf}");
    }
}

#[test]
fn the_founding_passport_is_printed_whole_and_read_back_to_equality() {
    let founding = founding();
    let paper = passport(&founding, RU);
    check(
        &paper,
        &[
            "ПАСПОРТ",
            "УТВЕРЖДЁН",
            "протокол от 3 апреля 2017 г. № 1",
            "апрель 2017 – декабрь 2017",
            "3 024,00",
            "4 464,00",
            "85 (2016)",
            "IV кв.",
            "Заседания ГМО на платформе",
            "Доходы от платных образовательных услуг",
            "‒",
        ],
    );
    let reading = read(&docx_blocks::blocks(&paper.docx().unwrap()).unwrap());
    assert_eq!(reading.unread, []);
    assert_eq!(
        reading.passport().as_ref(),
        Some(&founding),
        "{:#?}",
        reading.draft
    );
}

#[test]
fn what_later_formats_add_is_printed_and_read_back_too() {
    use kafedra_model::passport::{ActualSource, Expense, Funding, PlannedValue, risk};
    let mut longer = founding();
    longer.indicators[0].denominator = Some("педагогические работники".to_owned());
    longer.indicators[1].source = Some(ActualSource::Entered("отчёт центра".to_owned()));
    longer.stages[1].checkpoints[1].needs = vec!["2.1".to_owned()];
    longer.stages[1].checkpoints[1].serves = vec![1, 3];
    longer.risks[1].probability = Some(risk::Level::High);
    longer.risks[1].impact = Some(risk::Level::Low);
    longer.risks[1].owner = Some("Главный бухгалтер".to_owned());
    longer.risks[2].status = risk::Status::Closed;
    longer.expenses = vec![Expense {
        name: "Комплекты".to_owned(),
        kopecks: 123_456_789,
    }];
    longer.end = Month::try_from("2019-12".to_owned()).unwrap();
    longer.funding.push(Funding {
        source: FundingSource::City,
        year: 2018,
        plan_kopecks: 1,
        actual_kopecks: None,
    });
    for indicator in &mut longer.indicators {
        for year in [2018, 2019] {
            indicator.plan.extend((1..=4).map(|quarter| PlannedValue {
                year,
                quarter,
                value: Some(9_050),
            }));
        }
    }
    let reading = read(&docx_blocks::blocks(&passport(&longer, RU).docx().unwrap()).unwrap());
    assert_eq!(reading.unread, []);
    let mut read = reading.passport().unwrap();
    read.funding.sort_by_key(|one| (one.year, one.source));
    assert_eq!(read, longer);
}

#[test]
fn the_plans_show_stages_months_and_states() {
    let facts = facts(founding());
    check(
        &master_plan(&facts.passport, RU),
        &[
            "СВОДНЫЙ ПЛАН",
            "План управления рисками",
            "88",
            "1 440,00",
            "Главный бухгалтер",
        ],
    );
    check(
        &schedule(&facts.standing(), RU),
        &[
            "ПЛАН-ГРАФИК",
            "апр",
            "дек",
            "05.08.2017",
            "красный",
            "×",
            "Рождественские чтения",
        ],
    );
}

#[test]
fn a_quarters_report_has_plan_fact_deviation_and_what_is_done_about_it() {
    let facts = facts(founding());
    let paper = report(&facts.standing(), Period::Quarter(quarter(3)), RU);
    check(
        &paper,
        &[
            "за III кв. 2017",
            // 66.67 of 87: unrounded two thirds less the plan.
            "87 66,67 −20,33 76,63 красный Курсы перенесены Дополнительная группа 86 к концу года",
            // Nobody wrote a forecast, so the computed one speaks.
            "6 6 0 100 зелёный ‒ ‒ 8,33 на 31.12.2017",
            "7 7 0 100 зелёный",
            "31.07.2017 05.08.2017 +5 зелёный Акт приёмки № 7 Проверка готовности",
            "31.08.2017 ‒ +30 красный",
            "1 440,00 720,0005 −719,9995 50",
            "Причина: Торги в августе. Меры: ‒. Прогноз: 100 %.",
            "№ 4 от",
            "20.09.2017",
            "Ускорить обучение",
            "Директор центра",
            "15.10.2017",
            "в работе",
            "Состояние проекта: красный",
        ],
    );
    let month = Month::try_from("2017-08".to_owned()).unwrap();
    let paper = docx(&report(&facts.standing(), Period::Month(month), RU));
    assert!(paper.contains("за август 2017"), "{paper}");
    // Of the month: due in it, reached in it, or overdue; nothing that comes later.
    assert!(paper.contains("Августовская конференция") && paper.contains("Закуплен комплект"));
    assert!(!paper.contains("День учителя"), "{paper}");
}

#[test]
fn a_change_request_names_fields_in_words_and_both_values() {
    let before = founding();
    let mut after = before.clone();
    after.goal = "Иначе".to_owned();
    after.indicators[0].plan[3].value = Some(9_050);
    after.funding[2].plan_kopecks = 150_000_000;
    after.risks.remove(0);
    let request = ChangeRequest {
        number: 2,
        on: day(6, 1),
        reason: "Торги",
        before: &before,
        after: &after,
        decision: None,
    };
    check(
        &change_request(&request, RU).unwrap(),
        &[
            "ЗАПРОС НА ИЗМЕНЕНИЕ № 2",
            "Обоснование: Торги",
            "Иначе",
            "показатель, 1, план, IV кв. 2017, значение 88 90,5",
            "финансирование, Бюджет города 2017, план, тыс. руб. 1 440,00 1 500,00",
            "риск, 1 Низкая мотивация педагогов",
        ],
    );
}

#[test]
fn the_final_report_sets_everything_beside_its_plan() {
    let mut facts = facts(founding());
    facts.actual.push(Actual {
        indicator: 1,
        quarter: quarter(4),
        value: Value::share(88, 100).unwrap(),
        source: String::new(),
        light: TrafficLight::Green,
    });
    let paper = final_report(&facts.standing(), RU);
    check(
        &paper,
        &[
            "ИТОГОВЫЙ ОТЧЁТ",
            "достигла 88% 1 88 88 зелёный",
            "IV кв. 2017 88 88 0 100 зелёный",
            "II кв. 2017 86 ‒ ‒ ‒ нет данных",
            "720,0005",
        ],
    );
    // The first quarter was before the project: nothing was planned for it.
    assert!(!docx(&paper).contains(" I кв. 2017"));
}

#[test]
fn a_long_title_html_and_empty_lists_survive_in_every_paper() {
    let mut empty = founding();
    empty.title = format!(
        "{} <b>& «кавычки»</b>",
        "Очень длинное название проекта ".repeat(10)
    );
    assert!(empty.title.chars().count() >= 300);
    empty.participants.clear();
    empty.municipal_programmes.clear();
    empty.results.clear();
    empty.indicators.clear();
    empty.funding.clear();
    empty.stages.clear();
    empty.risks.clear();
    let facts = Facts {
        actual: Vec::new(),
        payments: Vec::new(),
        reached: Vec::new(),
        remarks: Vec::new(),
        decisions: Vec::new(),
        ..facts(empty.clone())
    };
    let standing = facts.standing();
    for locale in [RU, Locale::En] {
        for paper in [
            passport(&empty, locale),
            master_plan(&empty, locale),
            schedule(&standing, locale),
            report(&standing, Period::Quarter(quarter(3)), locale),
            final_report(&standing, locale),
        ] {
            check(&paper, &["название проекта <b>&"]);
            if paper.title.starts_with("Паспорт") {
                check(&paper, &["Муниципальные программы ‒", "Риски ‒"]);
            }
        }
        xlsx(&standing, locale).unwrap();
    }
}

/// Rows that are taller than a page go on over its end and lose nothing.
#[test]
fn a_measure_of_many_pages_is_printed_to_its_end() {
    let mut long = founding();
    long.risks[0].measure = (0..900).map(|number| format!("мера{number} ")).collect();
    let text = pdf(&passport(&long, RU));
    for number in 0..900 {
        assert!(text.contains(&format!("мера{number} ")), "{number}");
    }
    assert!(text.contains("Доходы от платных"), "{text}");
}

#[test]
fn the_workbook_holds_figures_as_numbers() {
    let facts = facts(founding());
    let file = xlsx(&facts.standing(), RU).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut part = |name: &str| {
        let mut xml = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut xml)
            .unwrap();
        xml
    };
    let (values, money) = (
        part("xl/worksheets/sheet1.xml"),
        part("xl/worksheets/sheet2.xml"),
    );
    for value in ["<v>88</v>", "<v>66.67</v>", "<v>-20.33</v>", "<v>85</v>"] {
        assert!(values.contains(value), "{value} in {values}");
    }
    for value in ["<v>4464</v>", "<v>720.0005</v>", "<v>50</v>", "<v>3024</v>"] {
        assert!(money.contains(value), "{value} in {money}");
    }
    let texts = part("xl/sharedStrings.xml");
    for text in ["Курсы перенесены", "86 к концу года", "8,33 на 31.12.2017"]
    {
        assert!(texts.contains(text), "{text} in {texts}");
    }
}

fn progress() -> Outline {
    Outline {
        title: "Платформа <ВКС> ".repeat(30),
        on: day(9, 30),
        light: TrafficLight::Yellow,
        indicators: founding()
            .indicators
            .iter()
            .map(|one| Figure {
                name: one.name.clone(),
                unit: one.unit,
                quarter: Some(quarter(3)),
                plan: Some(8_700),
                fact: Some(8_650),
                light: TrafficLight::Yellow,
            })
            .collect(),
        stages: founding()
            .stages
            .iter()
            .map(|one| StageOutline {
                name: one.name.clone(),
                reached: 1,
                checkpoints: one.checkpoints.len(),
                light: TrafficLight::Green,
            })
            .collect(),
        plan_kopecks: 446_400_000,
        fact_kopecks: Some(72_000_050),
        news: vec![(day(9, 1), "Открыт учебный год".to_owned())],
    }
}

#[test]
fn the_bulletin_and_the_slide_are_one_page_each_and_say_the_same() {
    let progress = progress();
    let at = Utc.with_ymd_and_hms(2017, 9, 30, 9, 0, 0).unwrap();
    let one = bulletin(&progress, RU)
        .pdf(&Letterhead::default(), at)
        .unwrap();
    let other = slide(&progress, at, RU).unwrap();
    for paper in [one, other] {
        assert_eq!(crate::reader::pages(&paper).len(), 1);
        let text = crate::reader::text(&paper);
        for part in [
            "86,5",
            "87",
            "III кв. 2017",
            "1 из 8",
            "720,0005 из 4 464,00",
            "жёлтый",
            "<ВКС>",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
    assert!(crate::reader::info(&slide(&progress, at, RU).unwrap()).contains("960 x 540"));
}
