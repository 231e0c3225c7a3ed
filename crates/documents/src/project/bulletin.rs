//! How a project goes, for everybody: a bulletin of one page, and a slide for meetings.
//!
//! There is no person in them: the passport's positions stay out as well, since some write names there.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::{
    Locale,
    passport::{Hundredths, Kopecks, Unit},
    quarter::Quarter,
    traffic_light::TrafficLight,
};

use super::{
    paper::{Paper, Part, Table, cell},
    say::{self, pick},
};
use crate::{
    DocumentError, date,
    press::{
        ACCENT, Align, Colour, Face, INK, Mark, Page, Part as Read, Print, QUIET, Style, Text,
        print,
    },
    words,
};

/// What is told.
#[derive(Debug, Clone)]
pub struct Outline {
    pub title: String,
    pub on: NaiveDate,
    pub light: TrafficLight,
    pub indicators: Vec<Figure>,
    pub stages: Vec<StageOutline>,
    pub plan_kopecks: Kopecks,
    pub fact_kopecks: Option<Kopecks>,
    /// The newest first.
    pub news: Vec<(NaiveDate, String)>,
}

/// An indicator in the quarter that speaks for it.
#[derive(Debug, Clone)]
pub struct Figure {
    pub name: String,
    pub unit: Unit,
    pub quarter: Option<Quarter>,
    pub plan: Option<Hundredths>,
    pub fact: Option<Hundredths>,
    pub light: TrafficLight,
}

#[derive(Debug, Clone)]
pub struct StageOutline {
    pub name: String,
    pub reached: usize,
    pub checkpoints: usize,
    pub light: TrafficLight,
}

/// So much of each fits one page.
const MOST: usize = 8;
const NEWS: usize = 5;
const LINE: usize = 150;

/// One page for a notice board.
pub fn bulletin(progress: &Outline, locale: Locale) -> Paper {
    let t = |ru, en| pick(locale, ru, en);
    let title = words::line(&progress.title, LINE);
    let mut paper = Paper::new(
        format!("{}: {title}", t("Бюллетень проекта", "Project bulletin")),
        locale,
    );
    paper.add(Part::Title(vec![
        t("КАК ИДЁТ ПРОЕКТ", "HOW THE PROJECT GOES").to_owned(),
        words::quoted(&title, locale),
        date::long(progress.on, locale),
        format!(
            "{}: {}",
            t("состояние", "state"),
            say::light(progress.light, locale)
        ),
    ]));
    let mut figures = Table::headed(&[
        (t("Показатель", "Indicator"), 84),
        (t("Период", "Period"), 26),
        (t("План", "Plan"), 18),
        (t("Факт", "Fact"), 18),
        (t("Светофор", "Light"), 24),
    ]);
    for one in progress.indicators.iter().take(MOST) {
        let unit = say::unit(one.unit, locale);
        figures.add(vec![
            cell(format!("{}, {unit}", words::line(&one.name, LINE))),
            cell(
                one.quarter
                    .map_or_else(|| say::NOTHING.to_owned(), |one| say::quarter(one, locale)),
            )
            .centre(),
            cell(say::planned(one.plan, locale)).centre(),
            cell(say::planned(one.fact, locale)).centre().bold(),
            cell(say::light(one.light, locale)).centre(),
        ]);
    }
    paper.section(t("Показатели", "Indicators"), figures);
    let mut stages = Table::headed(&[
        (t("Этап", "Stage"), 102),
        (t("Контрольных точек достигнуто", "Checkpoints reached"), 44),
        (t("Светофор", "Light"), 24),
    ]);
    for one in progress.stages.iter().take(MOST) {
        stages.add(vec![
            cell(words::line(&one.name, LINE)),
            cell(of(one, locale)).centre(),
            cell(say::light(one.light, locale)).centre(),
        ]);
    }
    paper.section(t("Этапы", "Stages"), stages);
    paper.add(Part::Heading(t("Бюджет", "Budget").to_owned()));
    paper.add(Part::Line(money(progress, locale)));
    if !progress.news.is_empty() {
        paper.add(Part::Heading(t("Новости", "News").to_owned()));
    }
    for (day, title) in progress.news.iter().take(NEWS) {
        paper.add(Part::Line(format!(
            "{} – {}",
            date::short(*day),
            words::line(title, LINE)
        )));
    }
    paper
}

/// «2 из 5».
fn of(stage: &StageOutline, locale: Locale) -> String {
    format!(
        "{}\u{a0}{}\u{a0}{}",
        stage.reached,
        pick(locale, "из", "of"),
        stage.checkpoints
    )
}

fn money(progress: &Outline, locale: Locale) -> String {
    let t = |ru, en| pick(locale, ru, en);
    format!(
        "{} {} {} {} {}",
        t("исполнено", "spent"),
        say::money(progress.fact_kopecks, locale),
        t("из", "of"),
        say::thousands(progress.plan_kopecks, locale),
        t("тыс. руб.", "thousand roubles")
    )
}

/// A projector's page, 16 to 9.
const SLIDE: (f32, f32) = (960.0, 540.0);
const EDGE: f32 = 48.0;
const CARDS: usize = 4;

/// One slide for meetings; `at` is printed into the file as its time.
///
/// # Errors
///
/// [`DocumentError`] when it could not be made.
pub fn slide(
    progress: &Outline,
    at: DateTime<Utc>,
    locale: Locale,
) -> Result<Vec<u8>, DocumentError> {
    let t = |ru, en| pick(locale, ru, en);
    let mut page = Page::default();
    let width = SLIDE.0 - 2.0 * EDGE;
    page.add(Read::Ornament, vec![bar((0.0, 0.0, SLIDE.0, 10.0), ACCENT)]);
    let title = Text::of(
        words::line(&progress.title, 220),
        Style::new(30.0).face(Face::Semibold),
    );
    let set = title.fitted(&[30.0, 26.0, 22.0, 18.0], width, 78.0, Align::Left)?;
    let y = page.lines(Read::Heading(1), &set, EDGE, 32.0);
    let day = format!(
        "{}: {}",
        date::long(progress.on, locale),
        say::light(progress.light, locale)
    );
    let day = Text::of(day, Style::new(17.0).colour(QUIET)).set(width, Align::Left)?;
    page.lines(Read::Paragraph, &day, EDGE, y + 4.0);

    let shown: Vec<&Figure> = progress.indicators.iter().take(CARDS).collect();
    let gap = 20.0;
    let card = (width - gap * (shown.len().max(1) - 1) as f32) / shown.len().max(1) as f32;
    for (place, one) in shown.iter().enumerate() {
        let x = EDGE + place as f32 * (card + gap);
        page.add(
            Read::Ornament,
            vec![bar((x, 150.0, card, 5.0), colour(one.light))],
        );
        let number = Text::of(
            say::planned(one.fact, locale),
            Style::new(56.0).face(Face::Semibold),
        )
        .and(
            format!(" {}", say::unit(one.unit, locale)),
            Style::new(24.0),
        );
        let y = page.lines(Read::Paragraph, &number.set(card, Align::Left)?, x, 160.0);
        let quarter = one
            .quarter
            .map_or_else(String::new, |one| say::quarter(one, locale));
        let plan = format!(
            "{} {} {quarter}, {}",
            t("план", "plan"),
            say::planned(one.plan, locale),
            say::light(one.light, locale)
        );
        let plan = Text::of(plan, Style::new(15.0).colour(QUIET)).set(card, Align::Left)?;
        let y = page.lines(Read::Paragraph, &plan, x, y);
        let name = Text::of(words::line(&one.name, 160), Style::new(16.0));
        let name = name.fitted(&[16.0, 14.0, 12.0, 10.0], card, 345.0 - y, Align::Left)?;
        page.lines(Read::Paragraph, &name, x, y + 6.0);
    }

    let stages: Vec<&StageOutline> = progress.stages.iter().take(MOST).collect();
    let column = (width - gap * (stages.len().max(1) - 1) as f32) / stages.len().max(1) as f32;
    for (place, one) in stages.iter().enumerate() {
        let x = EDGE + place as f32 * (column + gap);
        let done = column * one.reached as f32 / one.checkpoints.max(1) as f32;
        page.add(
            Read::Ornament,
            vec![
                bar((x, 372.0, column, 10.0), FAINT),
                bar((x, 372.0, done, 10.0), colour(one.light)),
            ],
        );
        let text = format!("{}: {}", words::line(&one.name, 60), of(one, locale));
        let text = Text::of(text, Style::new(14.0));
        let text = text.fitted(&[14.0, 12.0, 10.0], column, 64.0, Align::Left)?;
        page.lines(Read::Paragraph, &text, x, 388.0);
    }
    let money = format!("{}: {}", t("Бюджет", "Budget"), money(progress, locale));
    let money = Text::of(money, Style::new(20.0).face(Face::Semibold).colour(INK))
        .set(width, Align::Left)?;
    page.lines(Read::Paragraph, &money, EDGE, 474.0);
    print(&Print {
        pages: &[page],
        size: SLIDE,
        title: &progress.title,
        organisation: "",
        locale,
        at,
    })
}

const FAINT: Colour = Colour(0xe3, 0xe9, 0xe7);

fn colour(light: TrafficLight) -> Colour {
    match light {
        TrafficLight::Grey => QUIET,
        TrafficLight::Green => Colour(0x2b, 0x8a, 0x3e),
        TrafficLight::Yellow => Colour(0xe6, 0x9b, 0x00),
        TrafficLight::Red => Colour(0xc9, 0x2a, 0x2a),
    }
}

fn bar((x, y, width, height): (f32, f32, f32, f32), colour: Colour) -> Mark {
    Mark::Bar {
        x,
        y,
        width,
        height,
        colour,
    }
}
