//! The passport, in the form that the reading of passports reads back.

use kafedra_model::{
    Locale,
    passport::{ActualSource, Indicator, Passport, budget::Budget},
    quarter::Quarter,
};

use super::{
    paper::{Paper, Part, Table, cell},
    quarters,
    say::{self, pick},
};
use crate::{date, words};

/// Quarters that one table has room for.
const QUARTERS: usize = 8;

pub fn passport(passport: &Passport, locale: Locale) -> Paper {
    let t = |ru, en| pick(locale, ru, en);
    let title = words::quoted(&passport.title, locale);
    let mut paper = Paper::new(
        format!(
            "{} {title}",
            t("Паспорт проекта", "Passport of the project")
        ),
        locale,
    );
    paper.add(Part::Aside(approval(passport, locale)));
    paper.add(Part::Title(vec![
        t("ПАСПОРТ", "PASSPORT").to_owned(),
        t("муниципального проекта", "of the municipal project").to_owned(),
        title,
    ]));
    let mut fields = Table {
        widths: vec![60, 110],
        head: Vec::new(),
        rows: Vec::new(),
    };
    let term = say::term(passport.start, passport.end, locale);
    let approved = approval(passport, locale).split_off(1).join(", ");
    for (label, text) in [
        (
            t("Наименование проекта", "Title of the project"),
            passport.title.as_str(),
        ),
        (t("Цель проекта", "Goal"), &passport.goal),
        (t("Срок реализации", "Term"), &term),
        (t("Утверждён", "Approved by"), &approved),
        (
            t("Руководитель проекта", "Head of the project"),
            &passport.head,
        ),
        (
            t("Ответственный исполнитель", "Responsible executor"),
            &passport.responsible_executor,
        ),
        (
            t("Муниципальные программы", "Municipal programmes"),
            &say::listed(&passport.municipal_programmes),
        ),
        (
            t(
                "Региональные приоритетные проекты",
                "Regional priority projects",
            ),
            &say::listed(&passport.regional_priority_projects),
        ),
    ] {
        fields.add(vec![cell(label).bold(), cell(say::or_nothing(text))]);
    }
    paper.add(Part::Table(fields));
    paper.section(
        t("1. Участники проекта", "1. Participants"),
        participants(passport, locale),
    );
    paper.section(
        t("2. Ожидаемые результаты", "2. Expected results"),
        results(passport, locale),
    );
    paper.add(Part::Heading(
        t("3. Показатели проекта", "3. Indicators").to_owned(),
    ));
    indicators(&mut paper, passport, locale);
    paper.section(
        t(
            "4. Финансирование, тыс. руб.",
            "4. Funding, thousand roubles",
        ),
        funding(passport, locale),
    );
    if !passport.expenses.is_empty() {
        paper.section(
            t(
                "Направления расходов, тыс. руб.",
                "Expenses, thousand roubles",
            ),
            expenses(passport, locale),
        );
    }
    paper.section(
        t("5. Этапы и контрольные точки", "5. Stages and checkpoints"),
        stages(passport, locale),
    );
    paper.section(t("6. Риски", "6. Risks"), risks(passport, locale));
    paper.signatures(&[
        t("Руководитель проекта", "Head of the project"),
        t("Ответственный исполнитель", "Responsible executor"),
    ]);
    paper
}

/// «УТВЕРЖДЁН», by whom, by which minutes.
fn approval(passport: &Passport, locale: Locale) -> Vec<String> {
    let approval = &passport.approval;
    let (of, number) = (date::long(approval.date, locale), &approval.minutes_number);
    vec![
        pick(locale, "УТВЕРЖДЁН", "APPROVED").to_owned(),
        approval.body.clone(),
        match locale {
            Locale::Ru => format!("протокол от {of} № {number}"),
            Locale::En => format!("minutes No. {number} of {of}"),
        },
    ]
}

pub(super) fn participants(passport: &Passport, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 10),
        (t("Должность", "Position"), 65),
        (t("Организация", "Organisation"), 65),
        (t("Участие", "Part"), 30),
    ]);
    for (number, one) in (1..).zip(&passport.participants) {
        table.add(vec![
            cell(number.to_string()).centre(),
            cell(&one.position),
            cell(&one.organisation),
            cell(say::part(one.part, locale)),
        ]);
    }
    table
}

fn results(passport: &Passport, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("№", "No."), 10),
        (t("Результат", "Result"), 130),
        (t("Показатель", "Indicator"), 30),
    ]);
    for one in &passport.results {
        let indicator = one.indicator.map(|number| number.to_string());
        table.add(vec![
            cell(one.number.to_string()).centre(),
            cell(&one.text),
            cell(indicator.unwrap_or_else(|| say::NOTHING.to_owned())).centre(),
        ]);
    }
    table
}

pub(super) fn indicators(paper: &mut Paper, passport: &Passport, locale: Locale) {
    let quarters = quarters(passport);
    if passport.indicators.is_empty() || quarters.is_empty() {
        paper.add(Part::Line(say::NOTHING.to_owned()));
    }
    for quarters in quarters.chunks(QUARTERS) {
        paper.add(Part::Table(planned(passport, quarters, locale)));
    }
}

fn planned(passport: &Passport, quarters: &[Quarter], locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut widths = vec![9, 62, 13, 24];
    let mut head = vec![
        cell(t("№", "No.")).down(2),
        cell(t("Показатель", "Indicator")).down(2),
        cell(t("Ед. изм.", "Unit")).down(2),
        cell(t("Базовое значение", "Base value")).down(2),
    ];
    let (of, from) = (
        told(passport, |one| one.denominator.is_some()),
        told(passport, |one| one.source.is_some()),
    );
    for (is_told, words) in [
        (of, t("Доля от числа", "Share of")),
        (from, t("Источник данных", "Source of data")),
    ] {
        if is_told {
            widths.push(26);
            head.push(cell(words).down(2));
        }
    }
    let mut second = Vec::new();
    for year in quarters.chunk_by(|a, b| a.year == b.year) {
        let of = year.first().map_or(0, |first| first.year);
        head.push(cell(format!("{} {of}", t("План на", "Plan of"))).over(year.len()));
        for one in year {
            widths.push(u32::try_from(62 / quarters.len().max(4)).unwrap_or(8));
            second.push(cell(say::quarter_alone(*one, locale)));
        }
    }
    let mut table = Table {
        widths,
        head: vec![head, second],
        rows: Vec::new(),
    };
    for one in &passport.indicators {
        let base = format!(
            "{} ({})",
            say::number(one.base_value, locale),
            one.base_year
        );
        let mut row = vec![
            cell(one.ordinal.to_string()).centre(),
            cell(&one.name),
            cell(say::unit(one.unit, locale)).centre(),
            cell(base).centre(),
        ];
        if of {
            row.push(cell(say::or_nothing(
                one.denominator.as_deref().unwrap_or_default(),
            )));
        }
        if from {
            row.push(cell(match &one.source {
                Some(ActualSource::Entered(source)) => say::or_nothing(source),
                Some(ActualSource::Computed(_)) => t("записи платформы", "records of the platform"),
                None => say::NOTHING,
            }));
        }
        row.extend(
            quarters
                .iter()
                .map(|quarter| cell(say::planned(one.planned(*quarter), locale)).centre()),
        );
        table.add(row);
    }
    table
}

fn told(passport: &Passport, of: fn(&Indicator) -> bool) -> bool {
    passport.indicators.iter().any(of)
}

pub(super) fn funding(passport: &Passport, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let budget = Budget::of(&passport.funding, &[]);
    let years: Vec<i32> = budget.by_year.keys().copied().collect();
    let mut widths = vec![70];
    let mut head = vec![cell(t("Источник", "Source"))];
    for year in &years {
        widths.push(30);
        head.push(cell(year.to_string()));
    }
    widths.push(30);
    head.push(cell(t("Всего", "Total")));
    let mut table = Table {
        widths,
        head: vec![head],
        rows: Vec::new(),
    };
    for (source, total) in &budget.by_source {
        let mut row = vec![cell(say::source(*source, locale))];
        row.extend(years.iter().map(|year| {
            let sum = budget.by_row.get(&(*source, *year)).map(|sum| sum.plan);
            cell(say::money(sum, locale)).right()
        }));
        row.push(cell(say::thousands(total.plan, locale)).right());
        table.add(row);
    }
    if !table.rows.is_empty() {
        let mut row = vec![cell(t("Итого", "Total")).bold()];
        row.extend(
            budget
                .by_year
                .values()
                .chain([&budget.total])
                .map(|sum| cell(say::thousands(sum.plan, locale)).right().bold()),
        );
        table.add(row);
    }
    table
}

fn expenses(passport: &Passport, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let mut table = Table::headed(&[
        (t("Направление расходов", "Purpose"), 130),
        (t("Сумма", "Sum"), 40),
    ]);
    for one in &passport.expenses {
        table.add(vec![
            cell(&one.name),
            cell(say::thousands(one.kopecks, locale)).right(),
        ]);
    }
    table
}

pub(super) fn stages(passport: &Passport, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let linked = passport
        .checkpoints()
        .any(|one| !one.needs.is_empty() || !one.serves.is_empty());
    let mut columns = vec![
        (t("№", "No."), 11),
        (t("Этап, контрольная точка", "Stage, checkpoint"), 62),
        (t("Начало", "Start"), 23),
        (t("Окончание", "End"), 23),
        (t("Результат", "Result"), 51),
    ];
    if linked {
        columns.extend([
            (t("Предшествуют", "Needs"), 22),
            (t("Показатели", "Indicators"), 20),
        ]);
    }
    let mut table = Table::headed(&columns);
    for stage in &passport.stages {
        let (start, end) = match stage.term() {
            Some((start, end)) => (say::month(start, locale), say::month(end, locale)),
            None => (say::NOTHING.to_owned(), say::NOTHING.to_owned()),
        };
        let mut row = vec![
            cell(stage.number.to_string()).centre().bold(),
            cell(format!(
                "{} {}. {}",
                t("Этап", "Stage"),
                stage.number,
                stage.name
            ))
            .bold(),
            cell(start).bold(),
            cell(end).bold(),
            cell(""),
        ];
        if linked {
            row.extend([cell(""), cell("")]);
        }
        table.add(row);
        // What each checkpoint leads to; neighbours that lead to the same share a cell.
        let results: Vec<String> = stage
            .checkpoints
            .iter()
            .map(|one| {
                let leads = stage
                    .results
                    .iter()
                    .filter(|result| result.checkpoints.contains(&one.number));
                leads
                    .map(|result| result.text.as_str())
                    .collect::<Vec<_>>()
                    .join("\n")
            })
            .collect();
        for (at, one) in stage.checkpoints.iter().enumerate() {
            let mut row = vec![
                cell(&one.number).centre(),
                cell(&one.name),
                cell(say::month(one.start, locale)),
                cell(say::month(one.end, locale)),
            ];
            let result = results.get(at);
            if at == 0 || results.get(at - 1) != result {
                let same = results
                    .iter()
                    .skip(at)
                    .take_while(|one| Some(*one) == result)
                    .count();
                row.push(cell(result.cloned().unwrap_or_default()).down(same));
            }
            if linked {
                let serves: Vec<String> = one.serves.iter().map(u32::to_string).collect();
                row.extend([cell(one.needs.join(", ")), cell(serves.join(", "))]);
            }
            table.add(row);
        }
    }
    table
}

pub(super) fn risks(passport: &Passport, locale: Locale) -> Table {
    let t = |ru, en| pick(locale, ru, en);
    let weighed = passport.risks.iter().any(|one| {
        one.probability.is_some()
            || one.impact.is_some()
            || one.owner.is_some()
            || one.status != Default::default()
    });
    let mut columns = vec![
        (t("№", "No."), 10),
        (t("Риск", "Risk"), 55),
        (t("Меры предупреждения", "Preventive measure"), 65),
    ];
    if weighed {
        columns.extend([
            (t("Вероятность", "Probability"), 24),
            (t("Влияние", "Impact"), 22),
            (t("Ответственный", "Owner"), 28),
            (t("Статус", "Status"), 20),
        ]);
    }
    let mut table = Table::headed(&columns);
    for one in &passport.risks {
        let mut row = vec![
            cell(one.number.to_string()).centre(),
            cell(&one.name),
            cell(say::or_nothing(&one.measure)),
        ];
        if weighed {
            row.extend([
                cell(say::level(one.probability, locale)),
                cell(say::level(one.impact, locale)),
                cell(say::or_nothing(one.owner.as_deref().unwrap_or_default())),
                cell(say::status(one.status, locale)),
            ]);
        }
        table.add(row);
    }
    table
}
