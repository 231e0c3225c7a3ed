//! Planned values: whether they rise, end where the words say, and lie within the project.

use super::{
    Finding, Notes, Problem,
    terms::{fold, has_stem, mentions, people},
};
use crate::{
    passport::{Hundredths, Indicator, Month, Passport, PlannedValue, Unit},
    quarter::Quarter,
};

pub(super) fn check(passport: &Passport, findings: &mut Vec<Finding>) {
    for indicator in &passport.indicators {
        within_the_term(passport, indicator, findings);
        values(indicator, findings);
        title(indicator, findings);
    }
    results(passport, findings);
    kits(passport, findings);
}

fn within_the_term(passport: &Passport, indicator: &Indicator, findings: &mut Vec<Finding>) {
    let ordinal = indicator.ordinal;
    if indicator.plan.iter().all(|one| one.value.is_none()) {
        findings.note(
            format!("indicators/{ordinal}/plan"),
            Problem::NoPlan { indicator: ordinal },
        );
    }
    for one in indicator.plan.iter().filter(|one| one.value.is_some()) {
        let Some(quarter) = Quarter::new(one.year, one.quarter) else {
            continue;
        };
        let field = format!("indicators/{ordinal}/plan/{} {}", one.year, one.quarter);
        if quarter.last_day() < passport.start.first_day() {
            findings.note(
                field,
                Problem::PlanBeforeStart {
                    indicator: ordinal,
                    year: one.year,
                    quarter: one.quarter,
                },
            );
        } else if quarter.first_day() > passport.end.last_day() {
            findings.note(
                field,
                Problem::PlanAfterEnd {
                    indicator: ordinal,
                    year: one.year,
                    quarter: one.quarter,
                },
            );
        }
    }
}

/// Planned values in the order of time, empty ones left out.
fn in_order(indicator: &Indicator) -> Vec<(&PlannedValue, Hundredths)> {
    let mut values: Vec<_> = indicator
        .plan
        .iter()
        .filter_map(|one| Some((one, one.value?)))
        .collect();
    values.sort_by_key(|(one, _)| (one.year, one.quarter));
    values
}

pub(super) fn last(indicator: &Indicator) -> Option<Hundredths> {
    in_order(indicator).last().map(|(_, value)| *value)
}

/// The last quarter that has a plan.
pub(super) fn last_quarter(passport: &Passport) -> Option<Quarter> {
    passport
        .indicators
        .iter()
        .flat_map(|one| &one.plan)
        .filter(|one| one.value.is_some())
        .filter_map(|one| Quarter::new(one.year, one.quarter))
        .max()
}

fn values(indicator: &Indicator, findings: &mut Vec<Finding>) {
    let ordinal = indicator.ordinal;
    let values = in_order(indicator);
    for (one, value) in &values {
        if indicator.unit == Unit::Percent && !(0..=10_000).contains(value) {
            findings.note(
                format!("indicators/{ordinal}/plan/{} {}", one.year, one.quarter),
                Problem::OverHundred {
                    indicator: ordinal,
                    value: *value,
                },
            );
        }
    }
    // Some indicators are meant to fall.
    if mentions(&indicator.name, &["снижен", "сокращен", "уменьшен"]) {
        return;
    }
    for pair in values.windows(2) {
        let [(earlier, from), (later, to)] = pair else {
            continue;
        };
        // A share that is counted from 1 January begins anew with the year.
        if earlier.year == later.year && to < from {
            findings.note(
                format!("indicators/{ordinal}/plan/{} {}", later.year, later.quarter),
                Problem::Falls {
                    indicator: ordinal,
                    from: *from,
                    to: *to,
                },
            );
        }
    }
    if let Some(end) = last(indicator).filter(|end| *end < indicator.base_value) {
        findings.note(
            format!("indicators/{ordinal}/plan"),
            Problem::EndsBelowBase {
                indicator: ordinal,
                base: indicator.base_value,
                end,
            },
        );
    }
}

fn title(indicator: &Indicator, findings: &mut Vec<Finding>) {
    if indicator.unit != Unit::Percent {
        return;
    }
    let (Some(title), Some(end)) = (percent(&indicator.name), last(indicator)) else {
        return;
    };
    if differs(&indicator.name, title, end) {
        findings.note(
            format!("indicators/{}/name", indicator.ordinal),
            Problem::TitleContradicts {
                indicator: indicator.ordinal,
                title,
                end,
            },
        );
    }
}

/// A result that names a percentage, against the plan of the indicator that measures it.
fn results(passport: &Passport, findings: &mut Vec<Finding>) {
    for result in &passport.results {
        let indicator = result
            .indicator
            .and_then(|ordinal| find(passport, ordinal))
            .filter(|indicator| indicator.unit == Unit::Percent)
            // Of other people another percentage is no contradiction; that they are others is told apart.
            .filter(|indicator| !people::differ(&result.text, indicator));
        let (Some(indicator), Some(text)) = (indicator, percent(&result.text)) else {
            continue;
        };
        if let Some(end) = last(indicator).filter(|end| differs(&result.text, text, *end)) {
            findings.note(
                format!("results/{}/text", result.number),
                Problem::ResultContradicts {
                    result: result.number,
                    indicator: indicator.ordinal,
                    text,
                    end,
                },
            );
        }
    }
}

pub(super) fn find(passport: &Passport, ordinal: u32) -> Option<&Indicator> {
    passport
        .indicators
        .iter()
        .find(|one| one.ordinal == ordinal)
}

fn differs(text: &str, said: Hundredths, end: Hundredths) -> bool {
    let at_least = ["не менее", "не ниже", "более чем", "свыше"]
        .iter()
        .any(|words| fold(text).contains(words));
    end < said || (end > said && !at_least)
}

/// The greatest percentage that a text names.
pub(super) fn percent(text: &str) -> Option<Hundredths> {
    let text = fold(text);
    let mut found = None;
    for (at, _) in text.match_indices('%') {
        let before = text.get(..at)?.trim_end();
        let number: String = before
            .chars()
            .rev()
            .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let number = number.trim_matches(['.', ',']).replace(',', ".");
        let value = hundredths(&number);
        found = found.max(value);
    }
    found
}

fn hundredths(number: &str) -> Option<Hundredths> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let fraction = format!("{fraction:0<2}");
    let fraction: Hundredths = fraction.get(..2)?.parse().ok()?;
    whole
        .parse::<Hundredths>()
        .ok()?
        .checked_mul(100)?
        .checked_add(fraction)
}

/// Kits that a checkpoint buys, against the institutions that are to be equipped with them.
fn kits(passport: &Passport, findings: &mut Vec<Finding>) {
    let equipped = passport
        .indicators
        .iter()
        .filter(|one| one.unit == Unit::Count && has_stem(&one.name, "оснащ"));
    for indicator in equipped {
        let Some(end) = last(indicator) else {
            continue;
        };
        let institutions = (end - indicator.base_value) / 100;
        let bought: Vec<_> = passport
            .stages
            .iter()
            .flat_map(|stage| stage.checkpoints.iter().map(move |one| (stage, one)))
            .filter(|(_, one)| mentions(&one.name, &["закуп", "приобрет", "поставлен"]))
            .filter_map(|(stage, one)| Some((stage, one, kits_named(&one.name)?)))
            .collect();
        let kits: i64 = bought.iter().map(|(_, _, kits)| kits).sum();
        if let Some((stage, one, _)) = bought.first().filter(|_| kits < institutions) {
            findings.note(
                format!("stages/{}/checkpoints/{}/name", stage.number, one.number),
                Problem::TooFewKits {
                    checkpoint: one.number.clone(),
                    kits,
                    indicator: indicator.ordinal,
                    institutions,
                },
            );
        }
    }
}

/// «7 комплектов» is seven, «комплект» is one; «комплекты» says nothing.
fn kits_named(name: &str) -> Option<i64> {
    let folded = fold(name);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let at = words.iter().position(|word| word.starts_with("комплект"))?;
    let number = at
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .and_then(|word| word.parse().ok());
    match (number, *words.get(at)?) {
        (Some(number), _) => Some(number),
        (None, "комплект") => Some(1),
        _ => None,
    }
}

/// The first month after a quarter: when its figures are known.
pub(super) fn known_from(quarter: Quarter) -> Month {
    Month::of(quarter.next().first_day())
}
