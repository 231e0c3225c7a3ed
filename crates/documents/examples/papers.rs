//! Prints samples of all papers, of a fixed day, for `scripts/paper-screenshots`; and measures.
//!
//! `papers FOLDER` writes the PDFs; `papers --passport` tells how many milliseconds the founding
//! passport takes, fonts and all; `papers --certificates 1000` prints so many certificates with
//! arms and signature on one thread and tells the seconds as JSON.

use std::{fs, path::Path, time::Instant};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use kafedra_documents::{
    Letterhead, Picture,
    certificate::{self, Certificate},
    minutes::{self, Minutes},
    portfolio::{self, Entry, Portfolio, Proof},
    presence::{self, Held, Presence, Present},
    project::{self, Actual, Figure, Outline, Period, Reached, StageOutline, Standing},
};
use kafedra_model::{
    EventKind, EventRole, Locale,
    indicator::Value,
    minutes::{Attended, Body, Decision, Item},
    passport::{FundingSource, Passport, budget::Payment},
    presence::Mode,
    quarter::Quarter,
    traffic_light::{Thresholds, TrafficLight},
};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [flag, count] if flag == "--certificates" => measure(count.parse()?),
        [flag] if flag == "--passport" => passport_time(),
        [folder] => write(Path::new(folder)),
        _ => Err("papers FOLDER, or papers --certificates COUNT".into()),
    }
}

fn measure(count: u32) -> Result<(), Failure> {
    let letterhead = letterhead()?;
    let begun = Instant::now();
    let mut bytes = 0;
    for number in 1..=count {
        let number = format!("2026-{number:05}");
        bytes += certificate::pdf(&sample(&number), &letterhead, Locale::Ru)?.len();
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!(r#"{{"certificates":{count},"seconds":{seconds:.2},"bytes":{bytes}}}"#);
    Ok(())
}

fn write(folder: &Path) -> Result<(), Failure> {
    let letterhead = letterhead()?;
    let ru = Locale::Ru;
    let body = body();
    let papers = [
        (
            "certificate",
            certificate::pdf(&sample("2026-00042"), &letterhead, ru),
        ),
        (
            "minutes",
            minutes::pdf(&meeting(&body), &letterhead, at(), ru),
        ),
        ("presence", presence::pdf(&report(), &letterhead, ru)),
        (
            "portfolio",
            portfolio::pdf(&portfolio_of(), &letterhead, ru),
        ),
    ];
    for (name, paper) in papers {
        fs::write(folder.join(format!("{name}.pdf")), paper?)?;
    }
    project_papers(folder, &letterhead)
}

/// Of the founding project, as it stood at the end of its third quarter.
fn project_papers(folder: &Path, letterhead: &Letterhead) -> Result<(), Failure> {
    let passport = Passport::founding()?;
    let on = NaiveDate::from_ymd_opt(2017, 9, 30).unwrap_or_default();
    let third = Quarter::of(on);
    let actual: Vec<Actual> = [(1, 8_650), (2, 600), (3, 500)]
        .into_iter()
        .map(|(indicator, hundredths)| {
            let value = Value {
                hundredths,
                over: 1,
            };
            let plan = passport
                .indicators
                .iter()
                .find(|one| one.ordinal == indicator);
            let plan = plan.and_then(|one| one.planned(third));
            Actual {
                indicator,
                quarter: third,
                value,
                source: "по записям платформы".to_owned(),
                light: Thresholds::default().indicator(Some(value), plan),
            }
        })
        .collect();
    let payments = [Payment {
        source: FundingSource::City,
        on: NaiveDate::from_ymd_opt(2017, 7, 10).unwrap_or_default(),
        kopecks: 139_950_000,
        purpose: "Комплекты".to_owned(),
    }];
    let reached: Vec<Reached> = ["1.1", "1.2", "1.3", "2.1", "3.3"]
        .into_iter()
        .map(|number| Reached {
            checkpoint: number.to_owned(),
            done_on: NaiveDate::from_ymd_opt(2017, 8, 25),
            evidence: vec!["Акт приёмки".to_owned()],
        })
        .collect();
    let standing = Standing {
        passport: &passport,
        on,
        actual: &actual,
        payments: &payments,
        reached: &reached,
        remarks: &[],
        decisions: &[],
        thresholds: Thresholds::default(),
    };
    let ru = Locale::Ru;
    let outline = Outline {
        title: passport.title.clone(),
        on,
        light: TrafficLight::Yellow,
        indicators: passport
            .indicators
            .iter()
            .zip(&actual)
            .map(|(one, actual)| Figure {
                name: one.name.clone(),
                unit: one.unit,
                quarter: Some(third),
                plan: one.planned(third),
                fact: Some(actual.value.rounded()),
                light: actual.light,
            })
            .collect(),
        stages: passport
            .stages
            .iter()
            .map(|stage| StageOutline {
                name: stage.name.clone(),
                reached: stage
                    .checkpoints
                    .iter()
                    .filter(|one| reached.iter().any(|own| own.checkpoint == one.number))
                    .count(),
                checkpoints: stage.checkpoints.len(),
                light: TrafficLight::Green,
            })
            .collect(),
        plan_kopecks: passport.planned_kopecks(),
        fact_kopecks: Some(139_950_000),
        news: vec![(
            on,
            "Августовская конференция прошла на платформе".to_owned(),
        )],
    };
    for (name, paper) in [
        ("project-passport", project::passport(&passport, ru)),
        ("project-schedule", project::schedule(&standing, ru)),
        (
            "project-report",
            project::report(&standing, Period::Quarter(third), ru),
        ),
        ("project-bulletin", project::bulletin(&outline, ru)),
    ] {
        fs::write(
            folder.join(format!("{name}.pdf")),
            paper.pdf(letterhead, at())?,
        )?;
        fs::write(folder.join(format!("{name}.docx")), paper.docx()?)?;
    }
    fs::write(
        folder.join("project-slide.pdf"),
        project::slide(&outline, at(), ru)?,
    )?;
    Ok(())
}

fn passport_time() -> Result<(), Failure> {
    let begun = Instant::now();
    let bytes = project::passport(&Passport::founding()?, Locale::Ru)
        .pdf(&letterhead()?, at())?
        .len();
    let milliseconds = begun.elapsed().as_millis();
    println!(r#"{{"milliseconds":{milliseconds},"bytes":{bytes}}}"#);
    Ok(())
}

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 9, 30, 0)
        .single()
        .unwrap_or_default()
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

fn letterhead() -> Result<Letterhead, Failure> {
    Ok(Letterhead {
        organisation: "Информационно-методический центр города".to_owned(),
        signer_position: "Директор методического центра".to_owned(),
        signer_name: "В. П. Орлова".to_owned(),
        arms: Picture::kept(arms()?),
        signature: Picture::kept(signature()?),
    })
}

/// A shield with an open book, drawn here: arms of no city.
fn arms() -> Result<Vec<u8>, Failure> {
    drawn(440, 520, |x, y| {
        let (u, v) = ((x - 220.0) / 200.0, (y - 20.0) / 480.0);
        let half = if v < 0.55 {
            1.0
        } else {
            (1.0 - ((v - 0.55) / 0.45).powi(2)).max(0.0).sqrt()
        };
        if !(0.0..=1.0).contains(&v) || u.abs() > half {
            return [0; 4];
        }
        let rim = u.abs() > half - 0.05 || v < 0.02 || (v > 0.9 && u.abs() > half - 0.12);
        let page = (0.08..0.62).contains(&u.abs()) && {
            let bend = 0.06 * (u.abs() * 4.2).sin();
            (0.42 - bend..0.66 - bend).contains(&v)
        };
        let sun = (u * 200.0).hypot((v - 0.27) * 480.0) < 48.0;
        match (rim, page, sun) {
            (true, ..) => [196, 158, 70, 255],
            (_, true, _) => [250, 248, 240, 255],
            (_, _, true) => [232, 190, 82, 255],
            _ => [11, 100, 97, 255],
        }
    })
}

/// A stroke of a pen on a clear ground.
fn signature() -> Result<Vec<u8>, Failure> {
    let strokes: Vec<(f32, f32)> = (0..3000u16)
        .map(|step| f32::from(step) / 3000.0)
        .map(|t| {
            let wave = (t * 34.0).sin() * 70.0 * (1.0 - t).powf(1.4) + (t * 9.0).cos() * 22.0;
            (30.0 + t * 520.0 + (t * 34.0).cos() * 24.0, 110.0 + wave)
        })
        .collect();
    let mut ink = vec![false; 600 * 220];
    for (x, y) in strokes {
        for (dx, dy) in (-3..=3i16).flat_map(|dx| (-3..=3i16).map(move |dy| (dx, dy))) {
            let (x, y) = (x + f32::from(dx), y + f32::from(dy));
            if dx * dx + dy * dy <= 9 && (0.0..600.0).contains(&x) && (0.0..220.0).contains(&y) {
                ink[y as usize * 600 + x as usize] = true;
            }
        }
    }
    drawn(600, 220, |x, y| {
        match ink.get(y as usize * 600 + x as usize) {
            Some(true) => [27, 44, 116, 255],
            _ => [0; 4],
        }
    })
}

fn drawn(width: u16, height: u16, pixel: impl Fn(f32, f32) -> [u8; 4]) -> Result<Vec<u8>, Failure> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width.into(), height.into());
    encoder.set_color(png::ColorType::Rgba);
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let pixels: Vec<u8> = places
        .flat_map(|(x, y)| pixel(x.into(), y.into()))
        .collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(Picture::take(&file)?)
}

fn sample(number: &str) -> Certificate<'_> {
    Certificate {
        number,
        name: "Семёнова Мария Петровна",
        role: EventRole::Speaker,
        topic: "Проектная деятельность на уроках физики в восьмом классе",
        kind: EventKind::Conference,
        title: "Цифровая образовательная среда: опыт города",
        held_on: day(11, 23),
        level: "city",
        hours: 4,
        issued_at: at(),
        issued_on: day(11, 24),
        url: "https://kafedra.example.ru/c/7KQ2-M9XA-41TC",
    }
}

const PEOPLE: [(&str, &str); 6] = [
    ("Антонова Елена Сергеевна", "Школа № 2"),
    ("Белов Игорь Николаевич", "Лицей № 4"),
    ("Волков Олег Андреевич", "Гимназия № 1"),
    ("Зимина Анна Сергеевна", "Методический центр"),
    ("Котов Пётр Ильич", "Школа № 1"),
    ("Семёнова Мария Петровна", "Школа № 7"),
];

fn body() -> Body {
    let decision = |text: &str, assignee: &str, due| Decision {
        id: Default::default(),
        text: text.to_owned(),
        assignee_id: None,
        assignee: assignee.to_owned(),
        due,
    };
    let attended = PEOPLE.map(|(name, institution)| Attended {
        person_id: None,
        name: name.to_owned(),
        institution: institution.to_owned(),
    });
    Body {
        chair: "Семёнова Мария Петровна".to_owned(),
        secretary: "Зимина Анна Сергеевна".to_owned(),
        attended: attended.into(),
        items: vec![
            Item {
                topic: "Итоги первой четверти по математике".to_owned(),
                speaker: "Котов П. И.".to_owned(),
                heard: "Котова Петра Ильича. В первой четверти успеваемость по математике в седьмых и восьмых \
                        классах выросла на четыре процента. Труднее всего даются текстовые задачи."
                    .to_owned(),
                spoke: "Волков О. А. предложил провести общегородской срез по текстовым задачам и обсудить его итоги на \
                        следующем заседании."
                    .to_owned(),
                decided: vec![
                    decision("Принять сообщение к сведению.", "", None),
                    decision("Подготовить задания для среза.", "Волков О. А.", Some(day(12, 5))),
                    decision("Провести срез в седьмых классах.", "Руководители школьных объединений", Some(day(12, 15))),
                ],
            },
            Item {
                topic: "План открытых уроков на вторую четверть".to_owned(),
                speaker: "Антонова Е. С.".to_owned(),
                heard: "Антонову Елену Сергеевну. Заявки на открытые уроки подали шесть школ.".to_owned(),
                spoke: String::new(),
                decided: vec![decision("Утвердить план открытых уроков.", "Антонова Е. С.", Some(day(11, 30)))],
            },
        ],
    }
}

fn meeting(body: &Body) -> Minutes<'_> {
    Minutes {
        organisation: "Информационно-методический центр города",
        association: "Городское методическое объединение учителей математики",
        kind: EventKind::AssociationMeeting,
        event: "Ноябрьское заседание",
        number: "2",
        held_on: day(11, 23),
        version: 1,
        signed_on: Some(day(11, 24)),
        body,
    }
}

fn report() -> Presence<'static> {
    let minutes = [90, 88, 61, 90, 74, 90];
    let people = (0..24).map(|place| {
        let (name, institution) = PEOPLE[place % 6];
        let minutes = minutes[(place * 5 + place / 6) % 6];
        Present {
            name,
            institution,
            role: match place {
                3 => EventRole::Secretary,
                4 => EventRole::Speaker,
                5 => EventRole::Chair,
                _ => EventRole::Listener,
            },
            mode: Some([Mode::Own, Mode::Own, Mode::Kit, Mode::List][place % 4]),
            minutes,
            share: minutes as f64 / 90.0,
            corrected: if place == 2 {
                "в школе отключали свет"
            } else {
                ""
            },
        }
    });
    Presence {
        kind: EventKind::AssociationMeeting,
        event: "Ноябрьское заседание",
        held: Some(Held {
            on: day(11, 23),
            from: "15:00".to_owned(),
            to: "16:35".to_owned(),
        }),
        minutes: 90,
        people: people.collect(),
        at: at(),
        made_on: day(11, 24),
    }
}

fn portfolio_of() -> Portfolio<'static> {
    let entry = |month, of, kind, title, role, topic, number| Entry {
        held_on: day(month, of),
        kind,
        title,
        role,
        topic,
        level: if month > 9 { "city" } else { "region" },
        certificate: Some(Proof {
            number,
            url: "https://kafedra.example.ru/c/7KQ2-M9XA-41TC",
        }),
    };
    Portfolio {
        name: "Семёнова Мария Петровна",
        position: "учитель",
        institution: "Школа № 7",
        entries: vec![
            entry(
                11,
                23,
                EventKind::Conference,
                "Цифровая образовательная среда: опыт города",
                EventRole::Speaker,
                "Проектная деятельность на уроках физики в восьмом классе",
                "2026-00042",
            ),
            entry(
                10,
                12,
                EventKind::MasterClass,
                "Опыты из подручных средств",
                EventRole::Host,
                "",
                "2026-00017",
            ),
            entry(
                4,
                8,
                EventKind::Webinar,
                "Подготовка к олимпиаде",
                EventRole::Speaker,
                "Как разбирать задачи заключительного этапа",
                "2026-00008",
            ),
        ],
        certificates: vec![entry(
            3,
            2,
            EventKind::Training,
            "Работа на городской площадке",
            EventRole::Listener,
            "",
            "2026-00003",
        )],
        at: at(),
        made_on: day(11, 24),
    }
}
