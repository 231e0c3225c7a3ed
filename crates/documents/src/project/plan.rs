//! The master plan (сводный план) and the schedule (план-график).

use kafedra_model::{
    Locale,
    passport::{Month, Passport},
};

use super::{
    Standing,
    paper::{Paper, Part, Table, cell},
    passport::{funding, indicators, participants, risks, stages},
    say::{self, pick},
};
use crate::words;

/// Months that one table has room for.
const MONTHS: usize = 12;

/// The four plans of a project in one paper: of the work, the values, the money, the risks.
pub fn master_plan(passport: &Passport, locale: Locale) -> Paper {
    let t = |ru, en| pick(locale, ru, en);
    let title = words::quoted(&passport.title, locale);
    let mut paper = Paper::new(
        format!(
            "{} {title}",
            t("Сводный план проекта", "Master plan of the project")
        ),
        locale,
    )
    .wide();
    paper.add(Part::Title(vec![
        t("СВОДНЫЙ ПЛАН", "MASTER PLAN").to_owned(),
        format!(
            "{} {title}",
            t("муниципального проекта", "of the municipal project")
        ),
        say::term(passport.start, passport.end, locale),
    ]));
    paper.add(Part::Line(format!(
        "{}: {}",
        t("Цель проекта", "Goal"),
        passport.goal
    )));
    paper.section(
        t("1. Календарный план", "1. Plan of the work"),
        stages(passport, locale),
    );
    paper.add(Part::Heading(
        t(
            "2. План достижения показателей",
            "2. Plan of the indicators",
        )
        .to_owned(),
    ));
    indicators(&mut paper, passport, locale);
    paper.section(
        t(
            "3. План финансирования, тыс. руб.",
            "3. Plan of funding, thousand roubles",
        ),
        funding(passport, locale),
    );
    paper.section(
        t("4. План управления рисками", "4. Plan of risk management"),
        risks(passport, locale),
    );
    paper.section(
        t("5. Участники проекта", "5. Participants"),
        participants(passport, locale),
    );
    paper.signatures(&[t("Ответственный исполнитель", "Responsible executor")]);
    paper
}

/// Checkpoints by months, with the day on which each was reached.
pub fn schedule(standing: &Standing, locale: Locale) -> Paper {
    let t = |ru, en| pick(locale, ru, en);
    let passport = standing.passport;
    let title = words::quoted(&passport.title, locale);
    let mut paper = Paper::new(
        format!(
            "{} {title}",
            t("План-график проекта", "Schedule of the project")
        ),
        locale,
    )
    .wide();
    paper.add(Part::Title(vec![
        t("ПЛАН-ГРАФИК", "SCHEDULE").to_owned(),
        format!(
            "{} {title}",
            t("муниципального проекта", "of the municipal project")
        ),
        format!(
            "{} {}",
            t("на", "as of"),
            crate::date::long(standing.on, locale)
        ),
    ]));
    let months = months(passport);
    if months.is_empty() {
        paper.add(Part::Line(say::NOTHING.to_owned()));
    }
    for months in months.chunks(MONTHS) {
        paper.add(Part::Table(chart(standing, months, locale)));
    }
    paper.add(Part::Note(
        t(
            "«×» – месяц, на который запланирована работа.",
            "“×”: a month in which work is planned.",
        )
        .to_owned(),
    ));
    paper.signatures(&[t("Ответственный исполнитель", "Responsible executor")]);
    paper
}

/// From the first to the last month of the project and its checkpoints.
fn months(passport: &Passport) -> Vec<Month> {
    let starts = passport
        .checkpoints()
        .map(|one| one.start)
        .chain([passport.start]);
    let ends = passport
        .checkpoints()
        .map(|one| one.end)
        .chain([passport.end]);
    let (Some(first), Some(last)) = (starts.min(), ends.max()) else {
        return Vec::new();
    };
    // A term that a slip of the pen made a thousand years long is cut.
    std::iter::successors(Some(first), |month| {
        month.last_day().succ_opt().map(Month::of)
    })
    .take_while(|month| *month <= last)
    .take(240)
    .collect()
}

fn chart(standing: &Standing, months: &[Month], locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut widths = vec![10, 70];
    let mut head = vec![
        cell(t("№", "No.")).down(2),
        cell(t("Этап, контрольная точка", "Stage, checkpoint")).down(2),
    ];
    let mut second = Vec::new();
    for year in months.chunk_by(|a, b| a.year() == b.year()) {
        let of = year.first().map_or(0, |month| month.year());
        head.push(cell(of.to_string()).over(year.len()));
        for month in year {
            widths.push(10);
            let name = crate::date::month_alone(month.first_day(), locale);
            second.push(cell(name.chars().take(3).collect::<String>()));
        }
    }
    widths.extend([22, 22]);
    head.extend([
        cell(t("Достигнута", "Reached")).down(2),
        cell(t("Состояние", "State")).down(2),
    ]);
    let mut table = Table {
        widths,
        head: vec![head, second],
        rows: Vec::new(),
    };
    let bar = |start: Month, end: Month, month: &Month| match (start..=end).contains(month) {
        true => cell("×").centre().filled(),
        false => cell(""),
    };
    for stage in &standing.passport.stages {
        let mut row = vec![
            cell(stage.number.to_string()).centre().bold(),
            cell(&stage.name).bold(),
        ];
        row.extend(months.iter().map(|month| match stage.term() {
            Some((start, end)) => bar(start, end, month),
            None => cell(""),
        }));
        row.extend([cell(""), cell("")]);
        table.add(row);
        for one in &stage.checkpoints {
            let mut row = vec![cell(&one.number).centre(), cell(&one.name)];
            row.extend(months.iter().map(|month| bar(one.start, one.end, month)));
            let reached = standing.reached(&one.number).and_then(|one| one.done_on);
            let light = standing.checkpoint_light(&one.number, one.end.last_day());
            row.extend([
                cell(say::day(reached)).centre(),
                cell(say::light(light, locale)).centre(),
            ]);
            table.add(row);
        }
    }
    table
}
