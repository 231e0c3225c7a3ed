//! Status reports of a month or a quarter: plan, fact, deviation, why, what is done about it.

use chrono::{Datelike, NaiveDate};
use kafedra_model::{
    Locale,
    passport::{
        Month,
        budget::Sum,
        remark::{self, Subject},
        risk,
    },
    quarter::Quarter,
    traffic_light::{TrafficLight, project},
};

use super::{
    Said, Standing,
    paper::{Cell, Paper, Part, Table, cell},
    say::{self, pick},
};
use crate::{date, words};

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Month(Month),
    Quarter(Quarter),
}

impl Period {
    fn days(self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Month(month) => (month.first_day(), month.last_day()),
            Self::Quarter(quarter) => (quarter.first_day(), quarter.last_day()),
        }
    }

    /// The quarter whose plan the figures are set against.
    fn quarter(self) -> Quarter {
        Quarter::of(self.days().1)
    }

    fn said(self, locale: Locale) -> String {
        match self {
            Self::Month(month) => say::month(month, locale),
            Self::Quarter(quarter) => say::quarter(quarter, locale),
        }
    }
}

pub fn report(standing: &Standing, period: Period, locale: Locale) -> Paper {
    let t = |ru, en| pick(locale, ru, en);
    let passport = standing.passport;
    let title = words::quoted(&passport.title, locale);
    let said = period.said(locale);
    let mut paper = Paper::new(
        format!(
            "{} {said}: {title}",
            t("Отчёт о ходе проекта за", "Status report for")
        ),
        locale,
    )
    .wide();
    paper.add(Part::Title(vec![
        t("ОТЧЁТ О ХОДЕ ПРОЕКТА", "STATUS REPORT").to_owned(),
        title,
        format!("{} {said}", t("за", "for")),
        format!(
            "{} {}",
            t("по состоянию на", "as of"),
            date::long(standing.on, locale)
        ),
    ]));
    let (indicators, mut lights) = indicators(standing, period.quarter(), locale);
    let (checkpoints, more) = checkpoints(standing, period, locale);
    lights.extend(more);
    let (budget, money) = budget(standing, locale);
    lights.push(money);
    paper.add(Part::Line(format!(
        "{}: {}",
        t("Состояние проекта", "State of the project"),
        say::light(project(lights), locale)
    )));
    paper.section(t("1. Показатели", "1. Indicators"), indicators);
    paper.section(
        t(
            "2. Контрольные точки периода и просроченные",
            "2. Checkpoints of the period and overdue ones",
        ),
        checkpoints,
    );
    paper.section(
        t(
            "3. Исполнение бюджета, тыс. руб.",
            "3. Budget execution, thousand roubles",
        ),
        budget,
    );
    if let Some(said) = standing.said(&Subject::Budget, period.quarter()) {
        paper.add(Part::Line(line(said, locale)));
    }
    paper.section(
        t("4. Открытые риски", "4. Open risks"),
        risks(standing, locale),
    );
    paper.section(
        t("5. Решения Комиссии", "5. Decisions of the Commission"),
        decisions(standing, locale),
    );
    paper.signatures(&[t("Ответственный исполнитель", "Responsible executor")]);
    paper
}

/// Cause, corrective action, forecast; a dash for each that nobody gave.
pub(super) fn said(said: Option<&Said>, locale: Locale) -> [String; 3] {
    let Some(said) = said else {
        return [say::NOTHING; 3].map(str::to_owned);
    };
    let text = |text: &str| say::or_nothing(text).to_owned();
    [
        text(&said.remark.cause),
        text(&said.remark.corrective_action),
        text(&forecast(said, locale)),
    ]
}

/// As somebody wrote it, else as it is computed: «87,5 на 31.12.2017».
pub(super) fn forecast(said: &Said, locale: Locale) -> String {
    match said.forecast {
        Some(computed) if said.remark.forecast.is_empty() => format!(
            "{} {} 31.12.{}",
            say::value(Some(computed), locale),
            pick(locale, "на", "on"),
            said.quarter.year
        ),
        _ => said.remark.forecast.clone(),
    }
}

fn line(one: &Said, locale: Locale) -> String {
    let t = |ru, en| pick(locale, ru, en);
    let [cause, action, forecast] = said(Some(one), locale);
    let end = |text: String| text.trim_end_matches('.').to_owned();
    format!(
        "{}: {}. {}: {}. {}: {}.",
        t("Причина", "Cause"),
        end(cause),
        t("Меры", "Corrective action"),
        end(action),
        t("Прогноз", "Forecast"),
        end(forecast)
    )
}

fn indicators(standing: &Standing, quarter: Quarter, locale: Locale) -> (Table, Vec<TrafficLight>) {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 8),
        (t("Показатель", "Indicator"), 62),
        (t("Ед. изм.", "Unit"), 13),
        (t("План", "Plan"), 15),
        (t("Факт", "Fact"), 15),
        (t("Отклонение", "Deviation"), 22),
        (t("% плана", "% of plan"), 17),
        (t("Светофор", "Light"), 19),
        (t("Причина", "Cause"), 33),
        (t("Меры", "Corrective action"), 33),
        (t("Прогноз", "Forecast"), 26),
    ]);
    let mut lights = Vec::new();
    for one in &standing.passport.indicators {
        let figures = standing.plan_fact(one, quarter);
        let light = standing.light(one.ordinal, quarter);
        lights.push(light);
        let mut row = vec![
            cell(one.ordinal.to_string()).centre(),
            cell(&one.name),
            cell(say::unit(one.unit, locale)).centre(),
            cell(say::planned(figures.plan, locale)).centre(),
            cell(say::value(figures.fact, locale)).centre(),
            cell(say::signed(figures.deviation(), locale)).centre(),
            cell(say::value(figures.percent(), locale)).centre(),
            cell(say::light(light, locale)).centre(),
        ];
        let subject = Subject::Indicator {
            ordinal: one.ordinal,
        };
        row.extend(said(standing.said(&subject, quarter), locale).map(cell));
        table.add(row);
    }
    (table, lights)
}

/// Those that end in the period, and those that ended before and are not reached.
fn checkpoints(standing: &Standing, period: Period, locale: Locale) -> (Table, Vec<TrafficLight>) {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 10),
        (t("Контрольная точка", "Checkpoint"), 62),
        (t("Срок", "Due"), 20),
        (t("Достигнута", "Reached"), 21),
        (t("Отклонение, дней", "Deviation, days"), 22),
        (t("Светофор", "Light"), 19),
        (t("Подтверждение", "Evidence"), 43),
        (t("Причина", "Cause"), 33),
        (t("Меры", "Corrective action"), 33),
        (t("Прогноз", "Forecast"), 24),
    ]);
    let mut lights = Vec::new();
    for one in standing.passport.checkpoints() {
        let due = one.end.last_day();
        let reached = standing.reached(&one.number);
        let done_on = reached.and_then(|one| one.done_on);
        let light = standing.checkpoint_light(&one.number, due);
        lights.push(light);
        if !remark::is_reported(period.days(), due, done_on) {
            continue;
        }
        let mut row = vec![
            cell(&one.number).centre(),
            cell(&one.name),
            cell(date::short(due)).centre(),
            cell(say::day(done_on)).centre(),
            cell(late(due, done_on, standing.on)).centre(),
            cell(say::light(light, locale)).centre(),
            cell(say::listed(reached.map_or(&[], |one| &one.evidence))),
        ];
        let subject = Subject::Checkpoint {
            number: one.number.clone(),
        };
        row.extend(said(standing.said(&subject, period.quarter()), locale).map(cell));
        table.add(row);
    }
    (table, lights)
}

/// Days from when it was due to when it was reached, or to the report; «0» before it is due.
pub(super) fn late(due: NaiveDate, done_on: Option<NaiveDate>, on: NaiveDate) -> String {
    let days = match done_on {
        Some(done) => done.signed_duration_since(due).num_days(),
        None => on.signed_duration_since(due).num_days().max(0),
    };
    match days {
        late @ 1.. => format!("+{late}"),
        0 => "0".to_owned(),
        early => format!("−{}", early.unsigned_abs()),
    }
}

/// Plan and fact of each source, and of all together.
pub(super) fn budget(standing: &Standing, locale: Locale) -> (Table, TrafficLight) {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("Источник", "Source"), 60),
        (t("План", "Plan"), 30),
        (t("Факт", "Fact"), 30),
        (t("Отклонение", "Deviation"), 30),
        (t("Исполнено, %", "Executed, %"), 25),
    ]);
    let budget = standing.budget();
    let row = |name: &str, sum: Sum| {
        vec![
            cell(name),
            cell(say::thousands(sum.plan, locale)).right(),
            cell(say::money(sum.fact, locale)).right(),
            cell(say::money(sum.fact.map(|fact| fact - sum.plan), locale)).right(),
            cell(say::value(sum.executed(), locale)).right(),
        ]
    };
    for (source, sum) in &budget.by_source {
        table.add(row(say::source(*source, locale), *sum));
    }
    if !table.rows.is_empty() {
        let total = row(t("Итого", "Total"), budget.total);
        table.add(total.into_iter().map(Cell::bold).collect());
    }
    // Until the last year runs out, what is not yet spent is not late.
    let is_over = budget.by_year.keys().all(|year| *year < standing.on.year());
    let light = match is_over {
        true => standing
            .thresholds
            .budget(budget.total.fact, budget.total.plan),
        false => TrafficLight::Grey,
    };
    (table, light)
}

pub(super) fn risks(standing: &Standing, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 10),
        (t("Риск", "Risk"), 70),
        (t("Меры предупреждения", "Preventive measure"), 80),
        (t("Вероятность", "Probability"), 28),
        (t("Влияние", "Impact"), 25),
        (t("Статус", "Status"), 25),
    ]);
    let open = |one: &&kafedra_model::passport::Risk| one.status != risk::Status::Closed;
    for one in standing.passport.risks.iter().filter(open) {
        table.add(vec![
            cell(one.number.to_string()).centre(),
            cell(&one.name),
            cell(say::or_nothing(&one.measure)),
            cell(say::level(one.probability, locale)),
            cell(say::level(one.impact, locale)),
            cell(say::status(one.status, locale)),
        ]);
    }
    table
}

pub(super) fn decisions(standing: &Standing, locale: Locale) -> Table {
    use kafedra_model::passport::lifecycle::DecisionStatus;
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("Протокол", "Minutes"), 40),
        (t("Пункт", "Item"), 15),
        (t("Решение", "Decision"), 100),
        (t("Ответственный", "Assignee"), 45),
        (t("Срок", "Due"), 22),
        (t("Состояние", "State"), 25),
    ]);
    for one in standing.decisions {
        let status = match one.status {
            DecisionStatus::Open => t("в работе", "open"),
            DecisionStatus::Done => t("исполнено", "done"),
            DecisionStatus::Dropped => t("снято", "dropped"),
        };
        table.add(vec![
            cell(format!(
                "№ {} {} {}",
                one.minutes_number,
                t("от", "of"),
                date::short(one.date)
            )),
            cell(&one.item).centre(),
            cell(&one.wording),
            cell(say::or_nothing(&one.assignee)),
            cell(say::day(one.due)).centre(),
            cell(status),
        ]);
    }
    table
}
