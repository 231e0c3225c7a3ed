use std::collections::BTreeSet;

use super::*;
use crate::{
    Locale,
    indicator::Definition,
    passport::{ActualSource, Expense, Month, PlannedValue, StatedTotal},
};

fn month(text: &str) -> Month {
    Month::try_from(text.to_owned()).unwrap()
}

/// The founding passport as its authors would have written it after a careful reading.
fn sound() -> Passport {
    let mut one = Passport::founding().unwrap();
    one.end = month("2018-01");
    let indicators = &mut one.indicators;
    indicators[0].name =
        "Доля педагогических и руководящих работников, прошедших повышение квалификации за последние три года".to_owned();
    indicators[0].denominator = Some("Педагогические и руководящие работники".to_owned());
    indicators[1].denominator = Some("Педагоги".to_owned());
    indicators[0].source = Some(ActualSource::Computed(Definition::qualification()));
    indicators[1].source = Some(ActualSource::Computed(Definition::dissemination()));
    indicators[2].source = Some(ActualSource::Entered("Акты ввода комплектов".to_owned()));
    one.results.remove(1);
    one.results[1].text = "8% педагогов делятся опытом через платформу".to_owned();
    one.results[2].text =
        "Не менее 88% педагогических и руководящих работников повысили квалификацию".to_owned();
    let mut courses = one.stages[2].checkpoints[0].clone();
    courses.number = "3.9".to_owned();
    courses.name = "Курсы повышения квалификации".to_owned();
    one.stages[2].checkpoints.push(courses);
    one.stages[1].checkpoints[0].name = "Закуплены 6 комплектов оборудования".to_owned();
    one.stages[2].checkpoints[0].end = month("2017-08");
    one.stages[2].results[0].text = "Педагоги обучены".to_owned();
    one.stages[3].checkpoints[0].end = month("2018-01");
    one.risks[1].measure = "Перенос второй очереди оснащения на следующий год".to_owned();
    one.expenses.push(Expense {
        name: "Стимулирующие выплаты".to_owned(),
        kopecks: 10_000_000,
    });
    one
}

#[test]
fn a_sound_passport_raises_no_alarm() {
    let sound = sound();
    sound.check().unwrap();
    assert_eq!(read(&sound), []);
}

/// Code and field of everything that one change to a sound passport brings about.
#[track_caller]
fn check(spoil: impl FnOnce(&mut Passport), expected: &[(&str, &str)]) {
    let mut passport = sound();
    spoil(&mut passport);
    let findings = read(&passport);
    let found: Vec<_> = findings
        .iter()
        .map(|one| (one.problem.code(), one.field.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn sums_that_do_not_add_up_are_told() {
    let total = |source, kopecks| StatedTotal {
        source,
        year: None,
        kopecks,
    };
    check(
        |one| one.stated_totals = vec![total(None, 446_400_000)],
        &[],
    );
    check(
        |one| {
            one.stated_totals = vec![
                total(None, 446_400_001),
                total(Some(FundingSource::City), 144_000_000),
            ];
        },
        &[("sums.total_differs", "statedTotals/1/kopecks")],
    );
    check(
        |one| one.expenses[0].kopecks = 446_400_001,
        &[("sums.expenses_exceed", "expenses")],
    );
}

#[test]
fn values_that_contradict_each_other_or_the_words_are_told() {
    check(
        |one| one.indicators[1].plan[2].value = Some(200),
        &[("values.falls", "indicators/2/plan/2017 3")],
    );
    check(
        |one| one.indicators[0].base_value = 9_000,
        &[("values.ends_below_base", "indicators/1/plan")],
    );
    check(
        |one| {
            one.indicators[0]
                .name
                .insert_str(0, "Увеличение до 90% доли: ")
        },
        &[("values.title_contradicts", "indicators/1/name")],
    );
    check(
        |one| one.results[2].text = one.results[2].text.replace("88", "90"),
        &[("values.result_contradicts", "results/4/text")],
    );
    // «Не менее» lets the plan be higher, a bare number does not.
    check(
        |one| one.results[2].text = one.results[2].text.replace("88", "80"),
        &[],
    );
    check(
        |one| one.results[1].text = one.results[1].text.replace('8', "5"),
        &[("values.result_contradicts", "results/3/text")],
    );
    check(
        |one| one.stages[1].checkpoints[0].name = "Закуплен комплект оборудования".to_owned(),
        &[("values.too_few_kits", "stages/2/checkpoints/2.1/name")],
    );
    check(
        |one| one.stages[1].checkpoints[0].name = "Закуплены комплекты оборудования".to_owned(),
        &[],
    );
    check(
        |one| one.indicators[1].plan[3].value = Some(10_001),
        &[
            ("values.over_hundred", "indicators/2/plan/2017 4"),
            ("values.result_contradicts", "results/3/text"),
        ],
    );
}

#[test]
fn an_indicator_that_is_meant_to_fall_may_fall() {
    check(
        |one| {
            one.indicators[2].name = "Снижение числа школ, оснащённых по-старому".to_owned();
            one.indicators[2].plan[3].value = Some(0);
        },
        &[],
    );
}

#[test]
fn plans_outside_the_term_are_told() {
    check(
        |one| one.indicators[1].plan[0].value = Some(300),
        &[("plan.before_start", "indicators/2/plan/2017 1")],
    );
    let later = |quarter| PlannedValue {
        year: 2018,
        quarter,
        value: Some(900),
    };
    // The quarter in which the project ends may have a plan: its report is then too early.
    check(
        |one| {
            one.results[1].text = "Педагоги делятся опытом через платформу".to_owned();
            one.indicators[1].plan.push(later(2));
        },
        &[
            ("terms.report_before_data", "stages/4/checkpoints/4.1/end"),
            ("plan.after_end", "indicators/2/plan/2018 2"),
        ],
    );
    check(
        |one| {
            one.indicators[2]
                .plan
                .iter_mut()
                .for_each(|value| value.value = None);
        },
        &[("plan.missing", "indicators/3/plan")],
    );
}

#[test]
fn checkpoints_out_of_order_are_told() {
    check(
        |one| one.stages[0].checkpoints[0].start = month("2017-03"),
        &[("terms.checkpoint_outside", "stages/1/checkpoints/1.1")],
    );
    check(
        |one| one.stages[2].checkpoints[3].needs = vec!["3.5".to_owned()],
        &[("terms.starts_too_early", "stages/3/checkpoints/3.4/start")],
    );
    // By the words: work on the platform before the training for it is over.
    check(
        |one| one.stages[2].checkpoints[0].end = month("2017-09"),
        &[
            ("terms.starts_too_early", "stages/3/checkpoints/3.2/start"),
            ("terms.starts_too_early", "stages/3/checkpoints/3.3/start"),
        ],
    );
    // What the passport says itself is believed.
    check(
        |one| {
            one.stages[2].checkpoints[0].end = month("2017-09");
            one.stages[2].checkpoints[1].needs = vec!["2.2".to_owned()];
            one.stages[2].checkpoints[2].needs = vec!["2.2".to_owned()];
        },
        &[],
    );
    check(
        |one| one.stages[3].checkpoints[0].end = month("2017-12"),
        &[("terms.report_before_data", "stages/4/checkpoints/4.1/end")],
    );
}

#[test]
fn what_nobody_measures_or_serves_is_told() {
    check(
        |one| {
            one.stages[2].checkpoints.pop();
        },
        &[("measure.indicator_unserved", "indicators/1/name")],
    );
    check(
        |one| {
            one.stages[2].checkpoints.pop();
            one.stages[2].checkpoints[0].serves = vec![1, 2];
            one.stages[1].checkpoints[0].serves = vec![3];
        },
        &[],
    );
    check(
        |one| one.results[1].indicator = None,
        &[("measure.result_unmeasured", "results/3/indicator")],
    );
    check(
        |one| one.results[2].text = "88% педагогов повысили квалификацию".to_owned(),
        &[("measure.different_people", "results/4/text")],
    );
    check(
        |one| one.stages[2].results[0].text = "Педагоги и методисты обучены".to_owned(),
        &[("measure.people_forgotten", "stages/3/results/1/text")],
    );
    check(
        |one| {
            one.indicators[0].denominator = None;
            one.indicators[2].source = None;
        },
        &[
            ("measure.no_denominator", "indicators/1/denominator"),
            ("measure.no_source", "indicators/3/source"),
        ],
    );
    check(
        |one| one.indicators[2].name = one.indicators[2].name.replace("Число", "Доля"),
        &[("measure.unit_contradicts", "indicators/3/unit")],
    );
}

#[test]
fn promises_without_money_are_told() {
    check(
        |one| one.expenses.clear(),
        &[("money.measure_unfunded", "risks/1/measure")],
    );
    check(
        |one| one.risks[0].measure = "Нематериальное стимулирование".to_owned(),
        &[],
    );
    check(
        |one| {
            one.expenses.clear();
            one.risks[0].measure = "Благодарственные письма".to_owned();
            one.funding.iter_mut().for_each(|row| row.plan_kopecks = 0);
        },
        &[("money.purchase_unfunded", "stages/2/checkpoints/2.1/name")],
    );
    check(
        |one| one.risks[1].measure = "Доходы от платных услуг".to_owned(),
        &[("money.circular_mitigation", "risks/2/measure")],
    );
    // Late money of the city is rightly met with other money.
    check(
        |one| {
            one.risks[1].name = "Задержка финансирования из городского бюджета".to_owned();
            one.risks[1].measure = "Доходы от платных услуг".to_owned();
        },
        &[],
    );
    // So is a lack of money with a source that the plan does not count on.
    check(
        |one| {
            one.risks[1].measure = "Доходы от платных услуг".to_owned();
            one.funding[3].plan_kopecks = 0;
        },
        &[],
    );
}

#[test]
fn empty_required_fields_are_told() {
    check(|one| one.regional_priority_projects.clear(), &[]);
    check(
        |one| {
            one.head = " ".to_owned();
            one.approval.minutes_number = String::new();
            one.participants[2].organisation = String::new();
            one.risks[0].measure = String::new();
        },
        &[
            ("fields.empty", "approval/minutesNumber"),
            ("fields.empty", "head"),
            ("fields.empty", "participants/3/organisation"),
            ("fields.empty", "risks/1/measure"),
        ],
    );
    check(|one| one.risks.clear(), &[("fields.empty", "risks")]);
}

/// With words in both languages.
#[test]
fn every_finding_says_what_is_wrong_and_what_would_mend_it() {
    let mut passport = Passport::founding().unwrap();
    passport.head = String::new();
    passport.stated_totals = vec![StatedTotal {
        source: None,
        year: None,
        kopecks: 1,
    }];
    let mut words = BTreeSet::new();
    for finding in read(&passport) {
        for locale in [Locale::Ru, Locale::En] {
            let said = finding.said(locale);
            assert!(said.ends_with('.') && said.len() > 10, "{said}");
            assert!(finding.mend(locale).ends_with('.'));
            let cyrillic = said.chars().any(|c| ('а'..='я').contains(&c));
            assert_eq!(cyrillic, locale == Locale::Ru, "{said}");
            words.insert(said);
        }
    }
    assert!(words.len() > 30);
}

/// What a careful reader says of the passport that the product was founded on, line by line.
#[test]
fn the_founding_passport_is_read_line_by_line() {
    let lines: Vec<String> = read(&Passport::founding().unwrap())
        .iter()
        .map(|one| {
            let severity = match one.problem.severity() {
                Severity::Error => "!",
                Severity::Warning => "?",
                Severity::Note => ".",
            };
            format!("{severity} {}: {}", one.field, one.said(Locale::Ru))
        })
        .collect();
    let expected = [
        // The title promises «до 100%», the plan stops at 88.
        "! indicators/1/name: В названии показателя 1 стоит 100%, а план заканчивается на 88%.",
        // Heard in December, while the fourth quarter lasts until its last day.
        "! stages/4/checkpoints/4.1/end: Итоговый отчёт (4.1) заслушивают раньше, чем станут известны данные за 4 квартал 2017 года.",
        // Winners and laureates in the result, all teachers in the indicator.
        "! results/3/text: Результат 3 и его показатель 2 говорят о разных людях.",
        // Teachers in the result, teachers and managers in the indicator.
        "! results/4/text: Результат 4 и его показатель 1 говорят о разных людях.",
        // Material incentives, and not one rouble for them.
        "? risks/1/measure: Мера по риску 1 стоит денег, а в бюджете на неё ничего не выделено.",
        // Paid services are the larger part of the budget already.
        "? risks/2/measure: Риск 2: нехватку денег предлагается закрыть тем же источником, на который проект уже рассчитывает (внебюджетные средства).",
        // One kit for six more schools.
        "? stages/2/checkpoints/2.1/name: Контрольная точка 2.1 называет комплектов: 1, а показатель 3 обещает оснастить ещё учреждений: 6.",
        // The August conference comes before the training is over.
        "? stages/3/checkpoints/3.2/start: Контрольная точка 3.2 проходит на платформе, а обучение работе на ней (3.1) заканчивается позже её начала.",
        "? stages/3/checkpoints/3.3/start: Контрольная точка 3.3 проходит на платформе, а обучение работе на ней (3.1) заканчивается позже её начала.",
        // Nothing in the schedule raises anybody's qualification.
        "? indicators/1/name: Ни одна контрольная точка не меняет показатель 1.",
        // 100% of the heads of ГМО, and no indicator counts them.
        "? results/2/indicator: Результат 2 не измеряет ни один показатель.",
        // Stage 3 trains them, no result counts them.
        "? stages/3/results/1/text: Этап 3 обещает результат и для тех, кого не считает ни один результат и ни один показатель: заместители директоров школ, методисты.",
        ". indicators/1/denominator: У показателя 1 не сказано, от какого числа берётся доля.",
        ". indicators/1/source: У показателя 1 не сказано, откуда берётся фактическое значение.",
        ". indicators/2/denominator: У показателя 2 не сказано, от какого числа берётся доля.",
        ". indicators/2/source: У показателя 2 не сказано, откуда берётся фактическое значение.",
        ". indicators/3/source: У показателя 3 не сказано, откуда берётся фактическое значение.",
    ];
    assert_eq!(lines, expected);
}
