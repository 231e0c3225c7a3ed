//! The final report: what was promised, what came of it.

use kafedra_model::{Locale, passport::risk, traffic_light::TrafficLight};

use super::{
    Standing,
    paper::{Paper, Part, Table, cell},
    report::{budget, decisions, late},
    say::{self, pick},
};
use crate::{date, words};

pub fn final_report(standing: &Standing, locale: Locale) -> Paper {
    let t = |ru, en| pick(locale, ru, en);
    let passport = standing.passport;
    let title = words::quoted(&passport.title, locale);
    let mut paper = Paper::new(
        format!(
            "{} {title}",
            t("Итоговый отчёт о проекте", "Final report on the project")
        ),
        locale,
    )
    .wide();
    paper.add(Part::Title(vec![
        t("ИТОГОВЫЙ ОТЧЁТ", "FINAL REPORT").to_owned(),
        format!(
            "{} {title}",
            t(
                "о реализации муниципального проекта",
                "on the municipal project"
            )
        ),
        say::term(passport.start, passport.end, locale),
        format!(
            "{} {}",
            t("по состоянию на", "as of"),
            date::long(standing.on, locale)
        ),
    ]));
    paper.add(Part::Line(format!(
        "{}: {}",
        t("Цель проекта", "Goal"),
        passport.goal
    )));
    paper.section(t("1. Результаты", "1. Results"), results(standing, locale));
    paper.section(
        t("2. Показатели", "2. Indicators"),
        indicators(standing, locale),
    );
    paper.section(
        t("3. Контрольные точки", "3. Checkpoints"),
        checkpoints(standing, locale),
    );
    paper.section(
        t(
            "4. Исполнение бюджета, тыс. руб.",
            "4. Budget execution, thousand roubles",
        ),
        budget(standing, locale).0,
    );
    paper.section(t("5. Риски", "5. Risks"), risks(standing, locale));
    paper.section(
        t("6. Решения Комиссии", "6. Decisions of the Commission"),
        decisions(standing, locale),
    );
    paper.signatures(&[
        t("Ответственный исполнитель", "Responsible executor"),
        t("Руководитель проекта", "Head of the project"),
    ]);
    paper
}

/// Each result beside the last value of its indicator; without one nobody can tell from figures.
fn results(standing: &Standing, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 10),
        (t("Ожидаемый результат", "Expected result"), 130),
        (t("Показатель", "Indicator"), 25),
        (t("План", "Plan"), 25),
        (t("Факт", "Fact"), 25),
        (t("Светофор", "Light"), 25),
    ]);
    for one in &standing.passport.results {
        let indicator = one.indicator.and_then(|number| {
            standing
                .passport
                .indicators
                .iter()
                .find(|one| one.ordinal == number)
        });
        let figures = indicator.and_then(|one| {
            let quarter = standing
                .quarters()
                .into_iter()
                .rfind(|quarter| one.planned(*quarter).is_some())?;
            Some((
                standing.plan_fact(one, quarter),
                standing.light(one.ordinal, quarter),
            ))
        });
        let light = figures.map_or(TrafficLight::Grey, |(_, light)| light);
        let figures = figures.map(|(figures, _)| figures);
        table.add(vec![
            cell(one.number.to_string()).centre(),
            cell(&one.text),
            cell(
                one.indicator
                    .map_or_else(|| say::NOTHING.to_owned(), |number| number.to_string()),
            )
            .centre(),
            cell(say::planned(figures.and_then(|one| one.plan), locale)).centre(),
            cell(say::value(figures.and_then(|one| one.fact), locale)).centre(),
            cell(say::light(light, locale)).centre(),
        ]);
    }
    table
}

/// Every quarter of every indicator.
fn indicators(standing: &Standing, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 10),
        (t("Показатель", "Indicator"), 85),
        (t("База", "Base"), 25),
        (t("Период", "Period"), 25),
        (t("План", "Plan"), 20),
        (t("Факт", "Fact"), 20),
        (t("Отклонение", "Deviation"), 25),
        (t("% плана", "% of plan"), 20),
        (t("Светофор", "Light"), 22),
    ]);
    let quarters = standing.quarters();
    for one in &standing.passport.indicators {
        for (at, quarter) in quarters.iter().enumerate() {
            let figures = standing.plan_fact(one, *quarter);
            let light = standing.light(one.ordinal, *quarter);
            let mut row = Vec::new();
            if at == 0 {
                let base = format!(
                    "{} ({})",
                    say::number(one.base_value, locale),
                    one.base_year
                );
                let name = format!("{}, {}", one.name, say::unit(one.unit, locale));
                row.extend([
                    cell(one.ordinal.to_string()).centre().down(quarters.len()),
                    cell(name).down(quarters.len()),
                    cell(base).centre().down(quarters.len()),
                ]);
            }
            row.extend([
                cell(say::quarter(*quarter, locale)).centre(),
                cell(say::planned(figures.plan, locale)).centre(),
                cell(say::value(figures.fact, locale)).centre(),
                cell(say::signed(figures.deviation(), locale)).centre(),
                cell(say::value(figures.percent(), locale)).centre(),
                cell(say::light(light, locale)).centre(),
            ]);
            table.add(row);
        }
    }
    table
}

fn checkpoints(standing: &Standing, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 12),
        (t("Контрольная точка", "Checkpoint"), 85),
        (t("Срок", "Due"), 22),
        (t("Достигнута", "Reached"), 24),
        (t("Отклонение, дней", "Deviation, days"), 25),
        (t("Подтверждение", "Evidence"), 80),
    ]);
    for one in standing.passport.checkpoints() {
        let due = one.end.last_day();
        let reached = standing.reached(&one.number);
        let done_on = reached.and_then(|one| one.done_on);
        table.add(vec![
            cell(&one.number).centre(),
            cell(&one.name),
            cell(date::short(due)).centre(),
            cell(say::day(done_on)).centre(),
            cell(late(due, done_on, standing.on)).centre(),
            cell(say::listed(reached.map_or(&[], |one| &one.evidence))),
        ]);
    }
    table
}

fn risks(standing: &Standing, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 10),
        (t("Риск", "Risk"), 85),
        (t("Меры", "Measure"), 100),
        (t("Наступил", "Happened"), 30),
    ]);
    for one in &standing.passport.risks {
        let happened = one.status == risk::Status::Happened;
        table.add(vec![
            cell(one.number.to_string()).centre(),
            cell(&one.name),
            cell(say::or_nothing(&one.measure)),
            cell(if happened {
                t("да", "yes")
            } else {
                t("нет", "no")
            })
            .centre(),
        ]);
    }
    table
}
