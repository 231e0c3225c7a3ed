//! Sums, money for what is promised, and measures that eat their own tail.

use super::{
    Finding, Notes, Problem,
    terms::{has_stem, mentions},
};
use crate::passport::{FundingSource, Kopecks, Passport, Risk};

pub(super) fn check(passport: &Passport, findings: &mut Vec<Finding>) {
    sums(passport, findings);
    for risk in &passport.risks {
        promised(passport, risk, findings);
        circular(passport, risk, findings);
    }
    if passport.planned_kopecks() == 0 && !passport.funding.is_empty() {
        for stage in &passport.stages {
            for one in &stage.checkpoints {
                if mentions(&one.name, &["закуп", "приобрет", "поставлен"]) {
                    findings.note(
                        format!("stages/{}/checkpoints/{}/name", stage.number, one.number),
                        Problem::PurchaseUnfunded {
                            checkpoint: one.number.clone(),
                        },
                    );
                }
            }
        }
    }
}

fn sums(passport: &Passport, findings: &mut Vec<Finding>) {
    for (number, total) in (1..).zip(&passport.stated_totals) {
        let computed: Kopecks = passport
            .funding
            .iter()
            .filter(|row| total.source.is_none_or(|source| source == row.source))
            .filter(|row| total.year.is_none_or(|year| year == row.year))
            .map(|row| row.plan_kopecks)
            .sum();
        if computed != total.kopecks {
            findings.note(
                format!("statedTotals/{number}/kopecks"),
                Problem::TotalDiffers {
                    stated: total.kopecks,
                    computed,
                },
            );
        }
    }
    let expenses: Kopecks = passport.expenses.iter().map(|one| one.kopecks).sum();
    let plan = passport.planned_kopecks();
    if expenses > plan {
        findings.note("expenses", Problem::ExpensesExceed { expenses, plan });
    }
}

/// Words by which a measure promises money.
const COSTS: [&str; 6] = [
    "материальн",
    "преми",
    "выплат",
    "надбав",
    "доплат",
    "денежн",
];

/// A measure that costs money needs an expense that names it.
fn promised(passport: &Passport, risk: &Risk, findings: &mut Vec<Finding>) {
    // «Нематериальное» holds the stem too, and promises nothing.
    let costs = mentions(&risk.measure, &COSTS);
    let is_funded = passport.expenses.iter().any(|one| {
        one.kopecks > 0 && (mentions(&one.name, &COSTS) || mentions(&one.name, &["стимулир"]))
    });
    if costs && !is_funded {
        findings.note(
            format!("risks/{}/measure", risk.number),
            Problem::MeasureUnfunded { risk: risk.number },
        );
    }
}

/// A risk that money runs out, met with money that the plan has spent already.
fn circular(passport: &Passport, risk: &Risk, findings: &mut Vec<Finding>) {
    let about_money = mentions(
        &risk.name,
        &["финансир", "средств", "денег", "бюджет", "доход"],
    );
    if !about_money {
        return;
    }
    let at_risk = source(&risk.name);
    let Some(relied_on) = source(&risk.measure) else {
        return;
    };
    // The risk that the city pays late is rightly met with other money.
    if at_risk.is_some_and(|source| source != relied_on) {
        return;
    }
    let is_planned = passport
        .funding
        .iter()
        .any(|row| row.source == relied_on && row.plan_kopecks > 0);
    if is_planned {
        findings.note(
            format!("risks/{}/measure", risk.number),
            Problem::CircularMitigation {
                risk: risk.number,
                source: relied_on,
            },
        );
    }
}

/// Whose money a text speaks of.
fn source(text: &str) -> Option<FundingSource> {
    [
        (
            FundingSource::ExtraBudgetary,
            &["внебюдж", "платн", "спонсор"] as &[&str],
        ),
        (FundingSource::Federal, &["федерал"]),
        (FundingSource::Oblast, &["област", "регионал"]),
        (FundingSource::City, &["городск", "муниципал", "местн"]),
    ]
    .into_iter()
    .find(|(_, stems)| stems.iter().any(|stem| has_stem(text, stem)))
    .map(|(source, _)| source)
}
