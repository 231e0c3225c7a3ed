//! Forms laid out differently, all of one project.

use super::*;
use crate::passport::{FundingSource, Part, Unit, risk::Level};

fn table(rows: &[&[&str]]) -> Block {
    let row = |cells: &&[&str]| cells.iter().map(|text| Cell::of(text)).collect();
    Block::Table(Table {
        rows: rows.iter().map(row).collect(),
    })
}

fn line(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn wide(text: &str, columns: usize) -> Cell {
    Cell {
        columns,
        ..Cell::of(text)
    }
}

fn above() -> Cell {
    Cell {
        continues: true,
        ..Cell::of("")
    }
}

/// What the forms below have in common.
#[track_caller]
fn check(reading: &Reading) -> Passport {
    assert_eq!(reading.unread, []);
    let passport = reading
        .passport()
        .unwrap_or_else(|| panic!("{:#?}", reading.draft));
    assert_eq!(passport.title, "Платформа ВКС");
    assert_eq!(passport.goal, "Условия для развития кадров");
    assert_eq!(String::from(passport.start), "2017-04");
    assert_eq!(String::from(passport.end), "2017-12");
    assert_eq!(passport.approval.minutes_number, "1");
    assert_eq!(passport.approval.date.to_string(), "2017-04-03");
    assert!(passport.regional_priority_projects.is_empty());
    let parts: Vec<_> = passport.participants.iter().map(|one| one.part).collect();
    assert_eq!(parts, [Part::Executor, Part::CoExecutor]);
    assert_eq!(passport.participants[0].position, "Директор");
    assert_eq!(passport.participants[0].organisation, "Методический центр");
    assert_eq!(passport.results.len(), 2);
    assert_eq!(passport.results[1].text, "100% руководителей ГМО обучены");
    let plans: Vec<Vec<_>> = passport
        .indicators
        .iter()
        .map(|one| one.plan.iter().map(|plan| plan.value).collect())
        .collect();
    assert_eq!(plans[0], [None, Some(8600), Some(8700), Some(8800)]);
    assert_eq!(plans[1], [None, Some(100), Some(700), Some(700)]);
    let base = |at: usize| {
        (
            passport.indicators[at].base_year,
            passport.indicators[at].base_value,
        )
    };
    assert_eq!((base(0), base(1)), ((2016, 8500), (2016, 100)));
    assert_eq!(passport.indicators[0].unit, Unit::Percent);
    assert_eq!(passport.indicators[1].unit, Unit::Count);
    let money: Vec<_> = passport
        .funding
        .iter()
        .map(|one| (one.source, one.year, one.plan_kopecks))
        .collect();
    assert_eq!(
        money,
        [
            (FundingSource::Federal, 2017, 0),
            (FundingSource::City, 2017, 144_000_000),
            (FundingSource::ExtraBudgetary, 2017, 302_400_000),
        ]
    );
    let checkpoints: Vec<_> = passport
        .checkpoints()
        .map(|one| {
            format!(
                "{} {} {}",
                one.number,
                String::from(one.start),
                String::from(one.end)
            )
        })
        .collect();
    assert_eq!(
        checkpoints,
        [
            "1.1 2017-04 2017-04",
            "2.1 2017-05 2017-07",
            "2.2 2017-07 2017-08"
        ]
    );
    assert_eq!(passport.stages[1].name, "Оснащение");
    let results = &passport.stages[1].results;
    assert_eq!(results.len(), 1);
    assert_eq!(results[0].checkpoints, ["2.1", "2.2"]);
    assert_eq!(passport.risks.len(), 2);
    assert_eq!(passport.risks[1].measure, "Платные образовательные услуги");
    passport
}

/// Everything in tables of their own, each under a heading.
#[test]
fn tables_under_headings_with_tabs() {
    let text = "ПАСПОРТ\nмуниципального проекта\n\n\
        Наименование проекта\tПлатформа ВКС\n\
        Цель проекта\tУсловия для развития кадров\n\
        Срок реализации\tапрель – декабрь 2017 года\n\
        Утверждён\tКомиссия по проектному управлению, протокол от 03.04.2017 № 1\n\
        Руководитель проекта\tПервый заместитель главы\n\
        Ответственный исполнитель\tПредседатель комитета\n\
        Муниципальная программа\t«Образование» на 2017–2021 годы\n\
        Региональные приоритетные проекты\t‒\n\n\
        Участники проекта\n\
        №\tДолжность\tОрганизация\tРоль\n\
        1\tДиректор\tМетодический центр\tисполнитель\n\
        2\tГлавный бухгалтер\tБухгалтерия\tсоисполнитель\n\n\
        Ожидаемые результаты\n\
        №\tРезультат\tПоказатель\n\
        1\tСоздана платформа\t2\n\
        2\t100% руководителей ГМО обучены\t–\n\n\
        Показатели проекта\n\
        №\tПоказатель\tЕд. изм.\tБазовое значение (2016)\tI кв. 2017\tII кв. 2017\tIII кв. 2017\tIV кв. 2017\n\
        1\tДоля обученных\t%\t85\t–\t86\t87\t88\n\
        2\tЧисло оснащённых школ\tед.\t1\t–\t1\t7\t7\n\n\
        Финансирование, тыс. руб.\n\
        Источник\t2017\tВсего\n\
        Федеральный бюджет\t0,00\t0,00\n\
        Бюджет города\t1440,00\t1440,00\n\
        Внебюджетные источники\t3 024,00\t3 024,00\n\
        Итого\t4464,00\t4464,00\n\n\
        Этапы и контрольные точки\n\
        №\tНаименование\tНачало\tОкончание\tРезультат\n\
        1\tЭтап 1. Планирование\n\
        1.1\tПаспорт утверждён\tапрель 2017\tапрель 2017\tДокументы утверждены\n\
        2\tЭтап 2. Оснащение\n\
        2.1\tКомплекты закуплены\tмай\tиюль\tЕдиное пространство\n\
        2.2\tКлиентская база\tиюль\tавгуст\tто же\n\n\
        Риски\n\
        №\tРиск\tМеры\n\
        1\tНизкая мотивация\tСтимулирование\n\
        2\tНехватка средств\tПлатные образовательные\n\
        \t\tуслуги\n";
    let reading = read(&blocks_of_text(text));
    let passport = check(&reading);
    assert_eq!(passport.results[0].indicator, Some(2));
    assert_eq!(passport.stated_totals, []);
    let plan = reading
        .found
        .iter()
        .find(|one| one.field == "indicators/1/plan/2017 4/value")
        .unwrap();
    assert_eq!(plan.original, "88");
    assert_eq!(
        plan.place,
        Place::Cell {
            table: 4,
            row: 2,
            column: 8
        }
    );
}

/// One table for all, drawn with bars: titles go over its whole width.
#[test]
fn one_table_with_bars() {
    let text = "| ПАСПОРТ ПРОЕКТА «Платформа ВКС» |\n\
        | 1. Цель | Условия для развития кадров |\n\
        | 2. Дата начала | 03.04.2017 |\n\
        | 3. Дата окончания | 29.12.2017 |\n\
        | 4. Основание | Комиссия, протокол № 1 от 3 апреля 2017 г. |\n\
        | 5. Руководитель проекта | Первый заместитель главы |\n\
        | 6. Ответственный исполнитель | Председатель комитета |\n\
        | 7. Исполнители | Директор, Методический центр |\n\
        | 8. Соисполнители | Главный бухгалтер, Бухгалтерия |\n\
        | 9. Муниципальные программы | «Образование» |\n\
        | 10. Приоритетные проекты | нет |\n\
        | 11. Ожидаемые результаты | 1) Создана платформа |\n\
        |  | 2) 100% руководителей ГМО обучены |\n\
        | 12. Показатели |\n\
        | Наименование показателя | Единица измерения | 2016 (факт) | I | II | III | IV 2017 |\n\
        | 1. Доля обученных | процент | 85,0 |  | 86,0 | 87,0 | 88,0 |\n\
        | 2. Число школ | шт. | 1 |  | 1 | 7 | 7 |\n\
        | 13. Объём финансирования, руб. |\n\
        | Год | Федеральный бюджет | Бюджет города | Внебюджетные средства | Всего |\n\
        | 2017 | 0 | 1 440 000,00 | 3 024 000,00 | 4 464 000,00 |\n\
        | 14. Этапы |\n\
        | Контрольная точка | Срок | Результат |\n\
        | I этап. Планирование |\n\
        | 1.1. Паспорт утверждён | 04–04 | Документы утверждены |\n\
        | II этап. Оснащение |\n\
        | 2.1. Комплекты закуплены | 05–07 | Единое пространство |\n\
        | 2.2. Клиентская база | 07–08 | Единое пространство |\n\
        | 15. Риски |\n\
        | Наименование риска | Вероятность | Влияние | Меры реагирования |\n\
        | Низкая мотивация | высокая | средняя | Стимулирование |\n\
        | Нехватка средств | средняя | низкая | Платные образовательные услуги |\n";
    let passport = check(&read(&blocks_of_text(text)));
    assert_eq!(passport.risks[0].probability, Some(Level::High));
    assert_eq!(passport.risks[1].impact, Some(Level::Low));
}

/// No table but for the figures: labels before colons, numbered lines.
#[test]
fn labels_before_colons() {
    let text = "УТВЕРЖДЁН Комиссией по проектному управлению (протокол № 1 от 03.04.2017)\n\n\
        Наименование проекта: Платформа ВКС\n\n\
        Цель проекта:\nУсловия для развития кадров\n\n\
        Сроки реализации проекта: с 3 апреля по 29 декабря 2017 г.\n\n\
        Руководитель проекта: Первый заместитель главы\n\n\
        Ответственный исполнитель: Председатель комитета\n\n\
        Исполнители:\n1. Директор — Методический центр\n\n\
        Соисполнители:\n1. Главный бухгалтер — Бухгалтерия\n\n\
        Муниципальная программа: «Образование» на 2017–2021 годы\n\n\
        Региональные приоритетные проекты: отсутствуют\n\n\
        Ожидаемые результаты:\n1. Создана платформа\n2. 100% руководителей ГМО\nобучены\n\n\
        Показатели:\n\
        № п/п\tПоказатель\tЕд. изм.\tБазовый 2016\t1 квартал\t2 квартал\t3 квартал\t4 квартал\n\
        1\t2\t3\t4\t5\t6\t7\t8\n\
        1\tДоля обученных\t%\t85\t-\t86\t87\t88\n\
        2\tЧисло школ\tединиц\t1\t-\t1\t7\t7\n\n\
        Источники финансирования:\n\
        - федеральный бюджет – 0,00 тыс. руб.\n\
        - городской бюджет – 1440,00 тыс. руб.\n\
        - внебюджетные источники – 3 024,00 тыс. руб.\n\
        Всего – 4464,00 тыс. руб.\n\n\
        Этапы:\n\
        №\tМероприятие\tСрок\tРезультат\n\
        Этап 1. Планирование\n\
        1.1\tПаспорт утверждён\tапрель\tДокументы утверждены\n\
        Этап 2. Оснащение\n\
        2.1\tКомплекты закуплены\tмай – июль\tЕдиное пространство\n\
        2.2\tКлиентская база\tиюль – август\tто же\n\n\
        Риски:\n\
        1. Низкая мотивация → Стимулирование\n\
        2. Нехватка средств → Платные образовательные услуги\n";
    let passport = check(&read(&blocks_of_text(text)));
    assert_eq!(passport.approval.body, "Комиссией по проектному управлению");
}

/// Merged cells: heads of two rows, a label over several rows, a result over checkpoints.
#[test]
fn merged_cells_mean_what_they_cover() {
    let fields = Table {
        rows: vec![
            vec![
                Cell::of("1"),
                Cell::of("Наименование проекта"),
                wide("Платформа ВКС", 2),
            ],
            vec![
                Cell::of("2"),
                Cell::of("Цель"),
                wide("Условия для развития кадров", 2),
            ],
            vec![
                Cell::of("3"),
                Cell::of("Период реализации"),
                wide("04.2017–12.2017", 2),
            ],
            vec![
                Cell::of("4"),
                Cell::of("Утвердивший орган"),
                wide("Комиссия", 2),
            ],
            vec![
                Cell::of("5"),
                Cell::of("Дата протокола"),
                wide("03.04.2017", 2),
            ],
            vec![Cell::of("6"), Cell::of("Номер протокола"), wide("№ 1", 2)],
            vec![
                Cell::of("7"),
                Cell::of("Руководитель проекта"),
                wide("Первый заместитель главы", 2),
            ],
            vec![
                Cell::of("8"),
                Cell::of("Ответственный исполнитель"),
                wide("Председатель комитета", 2),
            ],
            vec![
                Cell::of("9"),
                Cell::of("Исполнители"),
                wide("Директор, Методический центр", 2),
            ],
            vec![
                Cell::of("10"),
                Cell::of("Соисполнители"),
                wide("Главный бухгалтер, Бухгалтерия", 2),
            ],
            vec![
                Cell::of("11"),
                Cell::of("Муниципальная программа"),
                wide("«Образование»", 2),
            ],
            vec![
                Cell::of("12"),
                Cell::of("Ожидаемые результаты"),
                wide("Создана платформа\n100% руководителей ГМО обучены", 2),
            ],
            vec![
                Cell::of("13"),
                Cell::of("Источники финансирования, тыс. руб."),
                Cell::of("Федеральный бюджет"),
                Cell::of("0,00"),
            ],
            vec![
                above(),
                above(),
                Cell::of("Местный бюджет"),
                Cell::of("1440,00"),
            ],
            vec![
                above(),
                above(),
                Cell::of("Внебюджетные источники"),
                Cell::of("3024,00"),
            ],
            vec![above(), above(), Cell::of("Итого"), Cell::of("4464,00")],
        ],
    };
    let indicators = Table {
        rows: vec![
            vec![
                Cell::of("№"),
                Cell::of("Целевой показатель"),
                Cell::of("Единица измерения показателя"),
                Cell::of("Базовое значение, 2016 год"),
                wide("Плановое значение показателя, 2017 год", 4),
            ],
            vec![
                above(),
                above(),
                above(),
                above(),
                Cell::of("I кв."),
                Cell::of("II кв."),
                Cell::of("III кв."),
                Cell::of("IV кв."),
            ],
            ["1", "Доля обученных", "%", "85", "", "86", "87", "88"]
                .map(Cell::of)
                .into(),
            ["2", "Число школ", "ед.", "1", "", "1", "7", "7"]
                .map(Cell::of)
                .into(),
        ],
    };
    let stages = Table {
        rows: vec![
            vec![
                Cell::of("Этап"),
                Cell::of("Контрольная точка"),
                wide("Срок", 2),
                Cell::of("Результат этапа"),
            ],
            vec![
                above(),
                above(),
                Cell::of("начало"),
                Cell::of("окончание"),
                above(),
            ],
            vec![
                Cell::of("1. Планирование"),
                Cell::of("Паспорт утверждён"),
                Cell::of("апрель 2017"),
                Cell::of("апрель 2017"),
                Cell::of("Документы утверждены"),
            ],
            vec![
                Cell::of("2. Оснащение"),
                Cell::of("Комплекты закуплены"),
                Cell::of("май 2017"),
                Cell::of("июль 2017"),
                Cell::of("Единое пространство"),
            ],
            vec![
                above(),
                Cell::of("Клиентская база"),
                Cell::of("июль 2017"),
                Cell::of("август 2017"),
                above(),
            ],
        ],
    };
    let blocks = [
        line("Паспорт муниципального проекта"),
        Block::Table(fields),
        line(""),
        line("Целевые показатели"),
        Block::Table(indicators),
        line("Контрольные точки"),
        Block::Table(stages),
        line("Реестр рисков"),
        table(&[
            &["№", "Описание риска", "Меры по предупреждению"],
            &["1", "Низкая мотивация", "Стимулирование"],
        ]),
        // The same table on the next page, its head repeated; the last row goes on.
        table(&[
            &["№", "Описание риска", "Меры по предупреждению"],
            &["2", "Нехватка средств", "Платные"],
            &["", "", "образовательные услуги"],
        ]),
    ];
    check(&read(&blocks));
}

/// Tables within cells, and a list of people that goes on in a table without a head.
#[test]
fn tables_within_cells() {
    let within = |label: &str, table: Block| {
        vec![
            Cell::of(label),
            Cell {
                blocks: vec![line(""), table, line("")],
                ..Cell::of("")
            },
        ]
    };
    let form = Table {
        rows: vec![
            ["Название проекта", "«Платформа ВКС»"].map(Cell::of).into(),
            ["Цель", "Условия для развития кадров"].map(Cell::of).into(),
            ["Срок начала и окончания проекта", "2017-04 – 2017-12"]
                .map(Cell::of)
                .into(),
            ["Кем утверждён", "Комиссия"].map(Cell::of).into(),
            ["Дата утверждения", "03.04.2017"].map(Cell::of).into(),
            ["Номер протокола", "1"].map(Cell::of).into(),
            ["Руководитель проекта", "Первый заместитель главы"]
                .map(Cell::of)
                .into(),
            ["Ответственный исполнитель", "Председатель комитета"]
                .map(Cell::of)
                .into(),
            within(
                "Участники",
                table(&[
                    &["Организация", "Должность", "Участие"],
                    &["Методический центр", "Директор", "Исполнитель"],
                    &["Бухгалтерия", "Главный бухгалтер", "Соисполнитель"],
                ]),
            ),
            ["Связь с муниципальными программами", "«Образование»"]
                .map(Cell::of)
                .into(),
            within(
                "Результаты проекта",
                table(&[
                    &["№", "Результат"],
                    &["1", "Создана платформа"],
                    &["2", "100% руководителей ГМО обучены"],
                ]),
            ),
            within(
                "Показатели",
                table(&[
                    &[
                        "Показатель",
                        "Ед. изм.",
                        "База, 2016 (базовое)",
                        "1 кв. 2017",
                        "2 кв. 2017",
                        "3 кв. 2017",
                        "4 кв. 2017",
                    ],
                    &["Доля обученных", "%", "85%", "‒", "86%", "87%", "88%"],
                    &["Число школ", "ед.", "1", "‒", "1", "7", "7"],
                ]),
            ),
            within(
                "Бюджет проекта",
                table(&[
                    &["Источник финансирования", "Сумма, млн руб."],
                    &["Федеральный бюджет", "0"],
                    &["Средства бюджета города", "1,44"],
                    &["Внебюджетные источники", "3,024"],
                    &["Всего", "4,464"],
                ]),
            ),
            within(
                "Этапы проекта",
                table(&[
                    &[
                        "№",
                        "Этап, контрольная точка",
                        "Срок начала и окончания",
                        "Результат",
                    ],
                    &["1", "Планирование", "апрель 2017", "Документы утверждены"],
                    &["1.1", "Паспорт утверждён", "апрель 2017", ""],
                    &["2", "Оснащение", "май – август 2017", "Единое пространство"],
                    &["2.1", "Комплекты закуплены", "май – июль 2017", ""],
                    &["2.2", "Клиентская база", "июль – август 2017", ""],
                ]),
            ),
            within(
                "Риски",
                table(&[
                    &["Риск", "Мера"],
                    &["Низкая мотивация", "Стимулирование"],
                    &["Нехватка средств", "Платные образовательные услуги"],
                ]),
            ),
        ],
    };
    let mut reading = read(&[Block::Table(form)]);
    // The quotes around the title are on the paper.
    assert_eq!(reading.draft.title, "«Платформа ВКС»");
    reading.draft.title = "Платформа ВКС".to_owned();
    check(&reading);
}

#[test]
fn what_is_not_understood_stands_beside_its_reason() {
    let text = "Наименование проекта\tПлатформа\n\
        Срок реализации\tдо конца полугодия\n\
        Куратор\tИванова\n\
        Утверждён\tприказом\n\n\
        Показатели\n\
        Показатель\tЕд. изм.\tI кв.\tII кв. 2017\tПримечание\n\
        Доля\tбалл\t\tне менее 88\tсм. приказ\n\n\
        Финансирование\n\
        Источник\tСумма\n\
        Бюджет города\t1440\n\
        Спонсоры\t10\n\n\
        Контрольные точки\n\
        №\tНаименование\tСрок\n\
        1\tЭтап 1. Начало\t\n\
        1.1\tПаспорт\tапрель\n\n\
        Согласовано бухгалтерией\n\n\
        Руководитель проекта ____________\n";
    let reading = read(&blocks_of_text(text));
    let told: Vec<(&str, Why)> = reading
        .unread
        .iter()
        .map(|one| (one.original.as_str(), one.why))
        .collect();
    for expected in [
        ("до конца полугодия", Why::NotADate),
        ("Куратор Иванова", Why::UnknownField),
        ("приказом", Why::Unclear),
        ("балл", Why::NotAWord),
        ("не менее 88", Why::NotANumber),
        ("см. приказ", Why::UnknownColumn),
        ("1440", Why::NoYear),
        ("Спонсоры | 10", Why::NotAWord),
        ("апрель", Why::NoYear),
        ("Согласовано бухгалтерией", Why::UnknownField),
    ] {
        assert!(told.contains(&expected), "{expected:?} among {told:#?}");
    }
    assert_eq!(told.len(), 10, "{told:#?}");
    assert_eq!(reading.passport(), None);
    assert_eq!(
        (reading.draft.start, reading.draft.indicators[0].unit),
        (None, None)
    );
    assert_eq!(reading.draft.indicators[0].plan[1].value, None);
    assert_eq!(reading.draft.funding, []);
}

#[test]
fn a_total_that_differs_is_kept_for_whoever_compares() {
    let text = "Срок реализации\t2017 год\n\nФинансирование, тыс. руб.\n\
        Источник\t2017\n\
        Бюджет города\t1440,00\n\
        Итого\t1500,00\n";
    let reading = read(&blocks_of_text(text));
    assert_eq!(reading.unread, []);
    assert_eq!(reading.draft.stated_totals.len(), 1);
    assert_eq!(reading.draft.stated_totals[0].kopecks, 150_000_000);
}

#[test]
fn any_text_is_read_without_harm() {
    for text in [
        "",
        "\t\t\t",
        "|||",
        "№\t№\t№",
        "1.\n2.\n",
        "Утверждён протоколом İ № ",
        "Цель:\n\n\n",
        "| Показатели | |\n| | |",
        "Этап\nЭтап 1\n",
    ] {
        let _ = read(&blocks_of_text(text)).passport();
    }
}
