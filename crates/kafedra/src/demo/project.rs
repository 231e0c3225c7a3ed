//! How the founding project went: what its indicators came to, what was paid, by what its checkpoints
//! were reached, and which quarters were signed off. All went well but the second indicator, which
//! ended a little short; the last quarter still waits for its signature.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use kafedra_model::{
    passport::{FundingSource, Hundredths, Kopecks, Passport, budget::Payment},
    quarter::Quarter,
};
use kafedra_store::{
    actual_value::{self, Place},
    checkpoint_done,
    indicator_signature::Signed,
    payment, project,
    project_evidence::{self, Proves},
    project_step,
};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::city::City;

const YEAR: i32 = 2017;

/// Indicator, what it came to in the second, third and fourth quarter, and from where that is known.
const FACTS: [(u32, [Hundredths; 3], &str); 3] = [
    (
        1,
        [8_620, 8_710, 8_840],
        "Отчёт методического центра о повышении квалификации за {} квартал",
    ),
    (
        2,
        [310, 620, 780],
        "Отчёт методического центра о выступлениях на платформе за {} квартал",
    ),
    (
        3,
        [100, 700, 700],
        "Акты проверки готовности комплектов за {} квартал",
    ),
];

/// Month and day, source, kopecks, for what.
const PAYMENTS: [((u32, u32), FundingSource, Kopecks, &str); 5] = [
    (
        (7, 12),
        FundingSource::City,
        109_200_000,
        "Комплекты: камеры и спикерфоны, договор № 38",
    ),
    (
        (7, 20),
        FundingSource::ExtraBudgetary,
        126_000_000,
        "Компьютеры для школ, договор № 41",
    ),
    (
        (8, 25),
        FundingSource::City,
        34_000_000,
        "Каналы связи и пусконаладка, договор № 52",
    ),
    (
        (9, 28),
        FundingSource::ExtraBudgetary,
        86_840_000,
        "Обучение работе на платформе",
    ),
    (
        (11, 30),
        FundingSource::ExtraBudgetary,
        83_000_000,
        "Проведение конкурсов и конференций",
    ),
];

/// Checkpoint, month and day when it was reached, what proves it.
const REACHED: [(&str, (u32, u32), &str); 14] = [
    ("1.1", (4, 3), "Протокол Комиссии от 03.04.2017 № 1"),
    ("1.2", (4, 17), "Приказ комитета о сводном плане, № 142"),
    ("1.3", (4, 24), "Приказ комитета о плане-графике, № 151"),
    ("2.1", (8, 3), "Акт приёмки семи комплектов, № 17"),
    ("2.2", (8, 30), "Реестр рабочих мест семи школ"),
    ("3.1", (9, 27), "Ведомости обучения четырёх групп"),
    ("3.2", (12, 20), "Протоколы заседаний двенадцати ГМО"),
    ("3.3", (8, 28), "Программа и список участников конференции"),
    ("3.4", (10, 5), "Отчёт о трансляции праздника"),
    ("3.5", (11, 24), "Протокол жюри конкурса «Педагог года»"),
    (
        "3.6",
        (12, 8),
        "Протокол жюри конкурса «Педагогический дебют»",
    ),
    (
        "3.7",
        (11, 17),
        "Протокол жюри конкурса «Самый классный классный»",
    ),
    ("3.8", (12, 15), "Сборник тезисов Рождественских чтений"),
    ("4.1", (12, 27), "Протокол Комиссии от 27.12.2017 № 9"),
];

/// Quarters that were signed off.
const SIGNED: [u32; 2] = [2, 3];

pub(super) async fn write(
    db: &DatabaseTransaction,
    city: &City,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let passport = Passport::founding().map_err(|error| DbErr::Json(error.to_string()))?;
    let draft =
        project::Draft::executing(&passport).map_err(|error| DbErr::Json(error.to_string()))?;
    let project = project::create(db, draft, None, now).await?.id;
    let person = |login: &str| {
        let account = city.accounts.iter().find(|one| one.login == login);
        account
            .map(|one| one.person)
            .ok_or_else(|| DbErr::RecordNotFound(login.to_owned()))
    };
    let (executor, official) = (person("methodist")?, person("official")?);
    steps(db, project, &passport, official).await?;
    facts(db, project, executor).await?;
    // Signed over what was entered.
    for number in SIGNED {
        let signed = Signed {
            revision: 1,
            reason: String::new(),
            by: official,
            at: morning(quarter(number)?.last_day() + TimeDelta::days(5)),
        };
        kafedra_app::project::sign_off(db, quarter(number)?, signed)
            .await
            .map_err(|error| DbErr::Custom(error.code.code.to_owned()))?;
    }
    Ok(())
}

async fn steps(
    db: &DatabaseTransaction,
    project: Uuid,
    passport: &Passport,
    official: Uuid,
) -> Result<(), DbErr> {
    let approval = &passport.approval;
    let plain = |kind| project_step::Draft::plain(project, kind, official, approval.date);
    let approve = project_step::Draft {
        minutes_number: approval.minutes_number.clone(),
        item: "1".to_owned(),
        wording: "Утвердить паспорт проекта".to_owned(),
        ..plain("approve")
    };
    for step in [approve, plain("start")] {
        project_step::add(db, step, morning(approval.date)).await?;
    }
    Ok(())
}

async fn facts(db: &DatabaseTransaction, project: Uuid, by: Uuid) -> Result<(), DbErr> {
    for (ordinal, values, source) in FACTS {
        for (number, value) in (2..).zip(values) {
            let quarter = quarter(number)?;
            let place = Place {
                project,
                ordinal,
                quarter,
            };
            let evidence = source.replace("{}", &number.to_string());
            let entered = morning(quarter.last_day() + TimeDelta::days(3));
            actual_value::put(db, place, (value, evidence), by, entered).await?;
        }
    }
    for (at, source, kopecks, purpose) in PAYMENTS {
        let on = day(at)?;
        let payment = Payment {
            source,
            on,
            kopecks,
            purpose: purpose.to_owned(),
        };
        payment::add(db, project, payment, by, morning(on)).await?;
    }
    for (checkpoint, at, proof) in REACHED {
        let on = day(at)?;
        let proves = Proves::Checkpoint {
            project,
            number: checkpoint.to_owned(),
        };
        let evidence = project_evidence::Draft {
            kind: "text",
            text: proof.to_owned(),
            ..project_evidence::Draft::default()
        };
        project_evidence::add(db, &proves, evidence, by, morning(on)).await?;
        checkpoint_done::put(db, project, checkpoint, on, by, morning(on)).await?;
    }
    Ok(())
}

fn quarter(number: u32) -> Result<Quarter, DbErr> {
    Quarter::new(YEAR, number).ok_or_else(|| DbErr::Type(format!("quarter {number}")))
}

fn day((month, day): (u32, u32)) -> Result<NaiveDate, DbErr> {
    NaiveDate::from_ymd_opt(YEAR, month, day).ok_or_else(|| DbErr::Type(format!("{day}.{month}")))
}

/// Ten o'clock in the city.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) + TimeDelta::hours(7)).and_utc()
}
