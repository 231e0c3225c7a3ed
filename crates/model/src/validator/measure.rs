//! Whether what is promised can be measured, and whether anything is done for it.

use std::collections::BTreeSet;

use super::{
    Finding, Group, Notes, Problem, plan,
    terms::{fold, has_stem, people},
};
use crate::passport::{Indicator, Passport, Unit};

pub(super) fn check(passport: &Passport, findings: &mut Vec<Finding>) {
    for indicator in &passport.indicators {
        let ordinal = indicator.ordinal;
        let field = |name| format!("indicators/{ordinal}/{name}");
        if !is_served(passport, indicator) {
            findings.note(field("name"), Problem::Unserved { indicator: ordinal });
        }
        if contradicts_unit(indicator) {
            findings.note(
                field("unit"),
                Problem::UnitContradicts { indicator: ordinal },
            );
        }
        let has_denominator = indicator
            .denominator
            .as_deref()
            .is_some_and(|text| !text.trim().is_empty());
        if indicator.unit == Unit::Percent && !has_denominator {
            findings.note(
                field("denominator"),
                Problem::NoDenominator { indicator: ordinal },
            );
        }
        if indicator.source.is_none() {
            findings.note(field("source"), Problem::NoSource { indicator: ordinal });
        }
    }
    for result in &passport.results {
        let field = |name| format!("results/{}/{name}", result.number);
        match result
            .indicator
            .and_then(|ordinal| plan::find(passport, ordinal))
        {
            None => findings.note(
                field("indicator"),
                Problem::Unmeasured {
                    result: result.number,
                },
            ),
            Some(indicator) if people::differ(&result.text, indicator) => findings.note(
                field("text"),
                Problem::DifferentPeople {
                    result: result.number,
                    indicator: indicator.ordinal,
                },
            ),
            Some(_) => {}
        }
    }
    forgotten(passport, findings);
}

fn contradicts_unit(indicator: &Indicator) -> bool {
    let is_share = has_stem(&indicator.name, "дол") && first_word_is(indicator, &["доля", "доли"])
        || first_word_is(indicator, &["процент", "удельный"]);
    let is_number = first_word_is(indicator, &["число", "количество"]);
    match indicator.unit {
        Unit::Count => is_share,
        Unit::Percent => is_number,
    }
}

fn first_word_is(indicator: &Indicator, words: &[&str]) -> bool {
    let name = fold(&indicator.name);
    name.split(|c: char| !c.is_alphanumeric())
        .next()
        .is_some_and(|first| words.contains(&first))
}

/// Whether a checkpoint moves the indicator: by its own word, or else by the words that both share.
fn is_served(passport: &Passport, indicator: &Indicator) -> bool {
    let declares = passport.checkpoints().any(|one| !one.serves.is_empty());
    if declares {
        return passport
            .checkpoints()
            .any(|one| one.serves.contains(&indicator.ordinal));
    }
    let stems = stems(&indicator.name);
    // A title of generalities alone says too little to doubt it.
    stems.is_empty()
        || passport.stages.iter().any(|stage| {
            let texts = stage
                .checkpoints
                .iter()
                .map(|one| &one.name)
                .chain(stage.results.iter().map(|one| &one.text))
                .chain([&stage.name]);
            texts
                .into_iter()
                .any(|text| stems.iter().any(|stem| has_stem(text, stem)))
        })
}

/// Letters of a stem: Russian endings seldom begin before.
const STEM: usize = 6;

/// Stems that stand in every passport and tell nothing apart.
const GENERAL: [&str; 16] = [
    "увелич",
    "доведе",
    "достиж",
    "обеспе",
    "количе",
    "процен",
    "педаго",
    "работн",
    "руково",
    "учител",
    "учрежд",
    "общеоб",
    "образо",
    "органи",
    "послед",
    "прошед",
];

/// The stems by which an indicator is known.
fn stems(title: &str) -> BTreeSet<String> {
    fold(title)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > STEM)
        .map(|word| word.chars().take(STEM).collect::<String>())
        .filter(|stem| !GENERAL.contains(&stem.as_str()))
        .collect()
}

/// Groups that a stage promises something for and that no expected result and no indicator counts.
fn forgotten(passport: &Passport, findings: &mut Vec<Finding>) {
    let counted: BTreeSet<Group> = passport
        .results
        .iter()
        .flat_map(|one| people::of(&one.text))
        .chain(passport.indicators.iter().flat_map(people::counted))
        .collect();
    // Of teachers and schools in general every text speaks.
    const SPECIAL: [Group; 4] = [
        Group::AssociationHeads,
        Group::DeputyHeads,
        Group::Methodologists,
        Group::TeacherLeaders,
    ];
    for stage in &passport.stages {
        for (number, result) in (1..).zip(&stage.results) {
            let groups: Vec<Group> = people::of(&result.text)
                .into_iter()
                .filter(|group| SPECIAL.contains(group) && !counted.contains(group))
                .collect();
            if !groups.is_empty() {
                findings.note(
                    format!("stages/{}/results/{number}/text", stage.number),
                    Problem::PeopleForgotten {
                        stage: stage.number,
                        groups,
                    },
                );
            }
        }
    }
}
