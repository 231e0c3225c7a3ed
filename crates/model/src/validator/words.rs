//! What the validator says, in Russian and English: what is wrong, and what would mend it.

use super::{Finding, Group, Problem};
use crate::{
    Locale,
    passport::{FundingSource, Hundredths, budget::thousands},
};

impl Finding {
    /// What a reader notices.
    pub fn said(&self, locale: Locale) -> String {
        match locale {
            Locale::Ru => said_ru(&self.problem),
            Locale::En => said_en(&self.problem),
        }
    }

    /// What would mend it.
    pub fn mend(&self, locale: Locale) -> &'static str {
        let (ru, en) = mend(&self.problem);
        match locale {
            Locale::Ru => ru,
            Locale::En => en,
        }
    }
}

/// «88», «87.5»: without zeroes that say nothing.
fn number(value: Hundredths, locale: Locale) -> String {
    let (whole, fraction) = (value / 100, (value % 100).abs());
    let point = match locale {
        Locale::Ru => ',',
        Locale::En => '.',
    };
    let text = format!("{whole}{point}{fraction:02}");
    text.trim_end_matches('0')
        .trim_end_matches(point)
        .to_owned()
}

fn said_ru(problem: &Problem) -> String {
    let n = |value: &Hundredths| number(*value, Locale::Ru);
    match problem {
        Problem::TotalDiffers { stated, computed } => format!(
            "Указан итог {} тыс. руб., а строки в сумме дают {}.",
            thousands(*stated),
            thousands(*computed)
        ),
        Problem::ExpensesExceed { expenses, plan } => format!(
            "Расходов названо на {} тыс. руб., а денег запланировано {}.",
            thousands(*expenses),
            thousands(*plan)
        ),
        Problem::Falls {
            indicator,
            from,
            to,
        } => format!(
            "План показателя {indicator} внутри года падает: с {} до {}.",
            n(from),
            n(to)
        ),
        Problem::EndsBelowBase {
            indicator,
            base,
            end,
        } => format!(
            "Показатель {indicator} заканчивается на {}, ниже базового значения {}.",
            n(end),
            n(base)
        ),
        Problem::TitleContradicts {
            indicator,
            title,
            end,
        } => format!(
            "В названии показателя {indicator} стоит {}%, а план заканчивается на {}%.",
            n(title),
            n(end)
        ),
        Problem::ResultContradicts {
            result,
            indicator,
            text,
            end,
        } => format!(
            "Результат {result} обещает {}%, а план показателя {indicator} заканчивается на {}%.",
            n(text),
            n(end)
        ),
        Problem::TooFewKits {
            checkpoint,
            kits,
            indicator,
            institutions,
        } => format!(
            "Контрольная точка {checkpoint} называет комплектов: {kits}, а показатель {indicator} обещает оснастить ещё учреждений: {institutions}."
        ),
        Problem::OverHundred { indicator, value } => format!(
            "Показатель {indicator} измеряется в процентах, а в плане стоит {}.",
            n(value)
        ),
        Problem::PlanBeforeStart {
            indicator,
            year,
            quarter,
        } => format!(
            "У показателя {indicator} есть план на {quarter} квартал {year} года, когда проект ещё не начался."
        ),
        Problem::PlanAfterEnd {
            indicator,
            year,
            quarter,
        } => format!(
            "У показателя {indicator} есть план на {quarter} квартал {year} года, когда проект уже закончен."
        ),
        Problem::NoPlan { indicator } => {
            format!("У показателя {indicator} нет ни одного планового значения.")
        }
        Problem::CheckpointOutside { checkpoint } => {
            format!("Контрольная точка {checkpoint} выходит за срок проекта.")
        }
        Problem::StartsTooEarly {
            checkpoint,
            needs,
            declared: true,
        } => format!(
            "Контрольная точка {checkpoint} начинается раньше, чем закончится {needs}, без которой её не выполнить."
        ),
        Problem::StartsTooEarly {
            checkpoint, needs, ..
        } => format!(
            "Контрольная точка {checkpoint} проходит на платформе, а обучение работе на ней ({needs}) заканчивается позже её начала."
        ),
        Problem::ReportBeforeData {
            checkpoint,
            year,
            quarter,
        } => format!(
            "Итоговый отчёт ({checkpoint}) заслушивают раньше, чем станут известны данные за {quarter} квартал {year} года."
        ),
        Problem::Unserved { indicator } => {
            format!("Ни одна контрольная точка не меняет показатель {indicator}.")
        }
        Problem::Unmeasured { result } => {
            format!("Результат {result} не измеряет ни один показатель.")
        }
        Problem::DifferentPeople { result, indicator } => {
            format!("Результат {result} и его показатель {indicator} говорят о разных людях.")
        }
        Problem::PeopleForgotten { stage, groups } => format!(
            "Этап {stage} обещает результат и для тех, кого не считает ни один результат и ни один показатель: {}.",
            names(groups, ru)
        ),
        Problem::NoDenominator { indicator } => {
            format!("У показателя {indicator} не сказано, от какого числа берётся доля.")
        }
        Problem::UnitContradicts { indicator } => {
            format!("Единица измерения показателя {indicator} не подходит к его названию.")
        }
        Problem::NoSource { indicator } => {
            format!("У показателя {indicator} не сказано, откуда берётся фактическое значение.")
        }
        Problem::MeasureUnfunded { risk } => {
            format!("Мера по риску {risk} стоит денег, а в бюджете на неё ничего не выделено.")
        }
        Problem::PurchaseUnfunded { checkpoint } => {
            format!("Контрольная точка {checkpoint} предполагает покупку, а бюджет проекта пуст.")
        }
        Problem::CircularMitigation { risk, source } => format!(
            "Риск {risk}: нехватку денег предлагается закрыть тем же источником, на который проект уже рассчитывает ({}).",
            match source {
                FundingSource::Federal => "федеральный бюджет",
                FundingSource::Oblast => "областной бюджет",
                FundingSource::City => "городской бюджет",
                FundingSource::ExtraBudgetary => "внебюджетные средства",
            }
        ),
        Problem::Empty => "Обязательное поле не заполнено.".to_owned(),
    }
}

fn said_en(problem: &Problem) -> String {
    let n = |value: &Hundredths| number(*value, Locale::En);
    match problem {
        Problem::TotalDiffers { stated, computed } => format!(
            "The stated total is {} thousand roubles; the rows add up to {}.",
            thousands(*stated),
            thousands(*computed)
        ),
        Problem::ExpensesExceed { expenses, plan } => format!(
            "Expenses of {} thousand roubles are named, {} are planned.",
            thousands(*expenses),
            thousands(*plan)
        ),
        Problem::Falls {
            indicator,
            from,
            to,
        } => format!(
            "The plan of indicator {indicator} falls within a year: from {} to {}.",
            n(from),
            n(to)
        ),
        Problem::EndsBelowBase {
            indicator,
            base,
            end,
        } => format!(
            "Indicator {indicator} ends at {}, below its base value of {}.",
            n(end),
            n(base)
        ),
        Problem::TitleContradicts {
            indicator,
            title,
            end,
        } => format!(
            "The title of indicator {indicator} says {}%, its plan ends at {}%.",
            n(title),
            n(end)
        ),
        Problem::ResultContradicts {
            result,
            indicator,
            text,
            end,
        } => format!(
            "Result {result} promises {}%, the plan of indicator {indicator} ends at {}%.",
            n(text),
            n(end)
        ),
        Problem::TooFewKits {
            checkpoint,
            kits,
            indicator,
            institutions,
        } => format!(
            "Checkpoint {checkpoint} names this many kits: {kits}; indicator {indicator} promises to equip so many more institutions: {institutions}."
        ),
        Problem::OverHundred { indicator, value } => format!(
            "Indicator {indicator} is a percentage, and its plan says {}.",
            n(value)
        ),
        Problem::PlanBeforeStart {
            indicator,
            year,
            quarter,
        } => format!(
            "Indicator {indicator} has a plan for quarter {quarter} of {year}, before the project starts."
        ),
        Problem::PlanAfterEnd {
            indicator,
            year,
            quarter,
        } => format!(
            "Indicator {indicator} has a plan for quarter {quarter} of {year}, after the project ends."
        ),
        Problem::NoPlan { indicator } => {
            format!("Indicator {indicator} has no planned value at all.")
        }
        Problem::CheckpointOutside { checkpoint } => {
            format!("Checkpoint {checkpoint} lies outside the project's term.")
        }
        Problem::StartsTooEarly {
            checkpoint,
            needs,
            declared: true,
        } => format!("Checkpoint {checkpoint} starts before {needs} ends, which it needs."),
        Problem::StartsTooEarly {
            checkpoint, needs, ..
        } => format!(
            "Checkpoint {checkpoint} happens on the platform; the training for it ({needs}) ends after it starts."
        ),
        Problem::ReportBeforeData {
            checkpoint,
            year,
            quarter,
        } => format!(
            "The final report ({checkpoint}) is heard before the figures of quarter {quarter} of {year} are known."
        ),
        Problem::Unserved { indicator } => {
            format!("No checkpoint moves indicator {indicator}.")
        }
        Problem::Unmeasured { result } => format!("No indicator measures result {result}."),
        Problem::DifferentPeople { result, indicator } => {
            format!("Result {result} and its indicator {indicator} speak of different people.")
        }
        Problem::PeopleForgotten { stage, groups } => format!(
            "Stage {stage} promises something for people whom no result and no indicator counts: {}.",
            names(groups, en)
        ),
        Problem::NoDenominator { indicator } => {
            format!("Indicator {indicator} does not say of what its share is taken.")
        }
        Problem::UnitContradicts { indicator } => {
            format!("The unit of indicator {indicator} does not fit its name.")
        }
        Problem::NoSource { indicator } => {
            format!("Indicator {indicator} does not say where its actual value comes from.")
        }
        Problem::MeasureUnfunded { risk } => format!(
            "The measure against risk {risk} costs money, and the budget sets none aside for it."
        ),
        Problem::PurchaseUnfunded { checkpoint } => {
            format!("Checkpoint {checkpoint} buys something, and the budget is empty.")
        }
        Problem::CircularMitigation { risk, source } => format!(
            "Risk {risk}: a lack of money is to be met from the very source that the project counts on already ({}).",
            match source {
                FundingSource::Federal => "the federal budget",
                FundingSource::Oblast => "the oblast's budget",
                FundingSource::City => "the city's budget",
                FundingSource::ExtraBudgetary => "extra-budgetary income",
            }
        ),
        Problem::Empty => "A required field is empty.".to_owned(),
    }
}

fn names(groups: &[Group], name: impl Fn(Group) -> &'static str) -> String {
    groups
        .iter()
        .map(|group| name(*group))
        .collect::<Vec<_>>()
        .join(", ")
}

fn ru(group: Group) -> &'static str {
    match group {
        Group::Teachers => "педагоги",
        Group::Managers => "руководящие работники",
        Group::AssociationHeads => "руководители ГМО",
        Group::DeputyHeads => "заместители директоров школ",
        Group::Methodologists => "методисты",
        Group::TeacherLeaders => "педагоги-лидеры",
        Group::Institutions => "учреждения",
    }
}

fn en(group: Group) -> &'static str {
    match group {
        Group::Teachers => "teachers",
        Group::Managers => "managers",
        Group::AssociationHeads => "heads of associations",
        Group::DeputyHeads => "deputy heads of schools",
        Group::Methodologists => "methodologists",
        Group::TeacherLeaders => "teacher-leaders",
        Group::Institutions => "institutions",
    }
}

fn mend(problem: &Problem) -> (&'static str, &'static str) {
    match problem {
        Problem::TotalDiffers { .. } => (
            "Проверьте строки бюджета и итог на бумаге: одно из чисел записано с ошибкой.",
            "Check the rows and the total on paper: one of the numbers is mistaken.",
        ),
        Problem::ExpensesExceed { .. } => (
            "Сократите расходы или добавьте источник денег.",
            "Cut the expenses or add a source of money.",
        ),
        Problem::Falls { .. } => (
            "Проверьте значения по кварталам: внутри года показатель только растёт.",
            "Check the quarters' values: within a year the indicator only grows.",
        ),
        Problem::EndsBelowBase { .. } => (
            "Поднимите план последнего квартала или исправьте базовое значение.",
            "Raise the last quarter's plan or correct the base value.",
        ),
        Problem::TitleContradicts { .. } => (
            "Уберите число из названия или приведите план к нему.",
            "Take the number out of the title or bring the plan to it.",
        ),
        Problem::ResultContradicts { .. } => (
            "Приведите к одному числу результат и план показателя.",
            "Bring the result and the indicator's plan to one number.",
        ),
        Problem::TooFewKits { .. } => (
            "Укажите в контрольной точке число комплектов по числу учреждений.",
            "Let the checkpoint name as many kits as there are institutions.",
        ),
        Problem::OverHundred { .. } => {
            ("Введите долю от 0 до 100.", "Enter a share from 0 to 100.")
        }
        Problem::PlanBeforeStart { .. } | Problem::PlanAfterEnd { .. } => (
            "Оставьте план этого квартала пустым или измените срок проекта.",
            "Leave this quarter's plan empty or change the project's term.",
        ),
        Problem::NoPlan { .. } => (
            "Введите плановые значения по кварталам.",
            "Enter planned values by quarter.",
        ),
        Problem::CheckpointOutside { .. } => (
            "Передвиньте контрольную точку или измените срок проекта.",
            "Move the checkpoint or change the project's term.",
        ),
        Problem::StartsTooEarly { .. } => (
            "Начните позже или закончите раньше то, что должно быть готово прежде.",
            "Start later, or finish earlier what has to be ready first.",
        ),
        Problem::ReportBeforeData { .. } => (
            "Перенесите отчёт и конец проекта на месяц после последнего квартала.",
            "Move the report and the project's end to the month after the last quarter.",
        ),
        Problem::Unserved { .. } => (
            "Добавьте контрольную точку, которая меняет показатель, или отметьте её связь с ним.",
            "Add a checkpoint that moves the indicator, or mark which one does.",
        ),
        Problem::Unmeasured { .. } => (
            "Свяжите результат с показателем или добавьте для него показатель.",
            "Tie the result to an indicator or add one for it.",
        ),
        Problem::DifferentPeople { .. } => (
            "Назовите в обоих одних и тех же людей или свяжите результат с другим показателем.",
            "Name the same people in both, or tie the result to another indicator.",
        ),
        Problem::PeopleForgotten { .. } => (
            "Назовите этих людей в ожидаемых результатах или уберите их из результата этапа.",
            "Name these people among the expected results or take them out of the stage's.",
        ),
        Problem::NoDenominator { .. } => (
            "Напишите, кого принимают за 100%.",
            "Write who makes up the 100%.",
        ),
        Problem::UnitContradicts { .. } => (
            "Выберите проценты для доли, штуки для числа.",
            "Choose percent for a share, units for a number.",
        ),
        Problem::NoSource { .. } => (
            "Выберите правило, по которому считает платформа, или отчёт, из которого вводят значение.",
            "Choose the rule by which the platform counts, or the report from which the value is entered.",
        ),
        Problem::MeasureUnfunded { .. } => (
            "Добавьте расход на эту меру или выберите меру, которая не стоит денег.",
            "Add an expense for this measure or choose one that costs nothing.",
        ),
        Problem::PurchaseUnfunded { .. } => (
            "Укажите, из какого источника оплачивается покупка.",
            "Say from which source the purchase is paid.",
        ),
        Problem::CircularMitigation { .. } => (
            "Назовите источник, которого ещё нет в бюджете проекта, или то, от чего проект откажется.",
            "Name a source that is not in the budget yet, or what the project will do without.",
        ),
        Problem::Empty => ("Заполните поле.", "Fill in the field."),
    }
}
