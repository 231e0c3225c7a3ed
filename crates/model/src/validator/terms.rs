//! When things are done; and the words by which texts are compared.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Finding, Notes, Problem, plan};
use crate::{
    name,
    passport::{Checkpoint, Passport, Stage},
};

pub(super) fn check(passport: &Passport, findings: &mut Vec<Finding>) {
    for stage in &passport.stages {
        for one in &stage.checkpoints {
            if one.start < passport.start || one.end > passport.end {
                findings.note(
                    format!("stages/{}/checkpoints/{}", stage.number, one.number),
                    Problem::CheckpointOutside {
                        checkpoint: one.number.clone(),
                    },
                );
            }
            order(passport, stage, one, findings);
            report(passport, stage, one, findings);
        }
    }
}

/// A checkpoint that starts before one it needs is reached. Plans are made by months, so starting in
/// the month in which the other ends is in order.
fn order(passport: &Passport, stage: &Stage, one: &Checkpoint, findings: &mut Vec<Finding>) {
    let declared = one
        .needs
        .iter()
        .filter_map(|number| passport.checkpoints().find(|other| other.number == *number));
    let inferred = passport
        .checkpoints()
        .filter(|other| one.needs.is_empty() && needs_training(passport, one, other));
    for (other, declared) in declared
        .map(|other| (other, true))
        .chain(inferred.map(|other| (other, false)))
    {
        if one.start < other.end {
            findings.note(
                format!("stages/{}/checkpoints/{}/start", stage.number, one.number),
                Problem::StartsTooEarly {
                    checkpoint: one.number.clone(),
                    needs: other.number.clone(),
                    declared,
                },
            );
        }
    }
}

/// Working on the platform needs to have been trained to: where a passport plans both, and says of
/// the first, or of what comes of it, that it happens on the platform.
fn needs_training(passport: &Passport, work: &Checkpoint, training: &Checkpoint) -> bool {
    const TRAINING: [&str; 2] = ["обучен", "подготовк"];
    let on_platform = |text: &str| has_stem(text, "платформ");
    let results = passport
        .stages
        .iter()
        .flat_map(|stage| &stage.results)
        .filter(|result| result.checkpoints.contains(&work.number));
    work.number != training.number
        && mentions(&training.name, &TRAINING)
        && on_platform(&training.name)
        && !mentions(&work.name, &TRAINING)
        && (on_platform(&work.name)
            || results
                .into_iter()
                .any(|result| has_words(&result.text, "на платформ")))
        // Buying, installing and reporting is no work on it.
        && !mentions(
            &work.name,
            &["закуп", "приобрет", "создан", "отчет", "установ", "монтаж"],
        )
}

/// A final report tells of the last quarter, which is over when the next begins.
fn report(passport: &Passport, stage: &Stage, one: &Checkpoint, findings: &mut Vec<Finding>) {
    let is_final = mentions(&one.name, &["итогов", "заключительн"]) && has_stem(&one.name, "отчет");
    let Some(quarter) = plan::last_quarter(passport).filter(|_| is_final) else {
        return;
    };
    if one.end < plan::known_from(quarter) {
        findings.note(
            format!("stages/{}/checkpoints/{}/end", stage.number, one.number),
            Problem::ReportBeforeData {
                checkpoint: one.number.clone(),
                year: quarter.year,
                quarter: quarter.number,
            },
        );
    }
}

/// Small letters, «е» for «ё».
pub(super) fn fold(text: &str) -> String {
    name::fold(text)
}

/// Whether a word of the text begins so.
pub(super) fn has_stem(text: &str, stem: &str) -> bool {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.starts_with(stem))
}

pub(super) fn mentions(text: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| has_stem(text, stem))
}

fn has_words(text: &str, words: &str) -> bool {
    fold(text).contains(words)
}

/// People, or places, that texts count.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Group {
    Teachers,
    Managers,
    AssociationHeads,
    DeputyHeads,
    Methodologists,
    TeacherLeaders,
    Institutions,
}

/// Whom texts count.
pub(super) mod people {
    use std::collections::BTreeSet;

    use super::{Group, fold};
    use crate::passport::Indicator;

    /// Longer names first: each is taken out of the text before the next is looked for, so that the
    /// «педагоги» of «педагоги-лидеры» are not taken for all teachers.
    const NAMES: [(Group, &[&str]); 7] = [
        (
            Group::TeacherLeaders,
            &[
                "педагог-лидер",
                "педагоги-лидеры",
                "педагогов-лидеров",
                "победител",
                "лауреат",
            ],
        ),
        (
            Group::AssociationHeads,
            &[
                "руководители гмо",
                "руководителей гмо",
                "руководители методических объединений",
                "руководителей методических объединений",
                "руководители городских методических объединений",
                "руководителей городских методических объединений",
            ],
        ),
        (
            Group::DeputyHeads,
            &[
                "заместители директоров школ",
                "заместителей директоров школ",
                "заместители директоров",
                "заместителей директоров",
                "завучи",
                "завучей",
            ],
        ),
        (Group::Methodologists, &["методист"]),
        (
            Group::Managers,
            &[
                "руководящ",
                "руководители",
                "руководителей",
                "директор",
                "управленческ",
            ],
        ),
        (
            Group::Teachers,
            &["педагогическ", "педагог", "учител", "воспитател"],
        ),
        (Group::Institutions, &["учрежден", "школ", "организац"]),
    ];

    /// Those whom a text names.
    pub fn of(text: &str) -> BTreeSet<Group> {
        let mut text = fold(text);
        let mut found = BTreeSet::new();
        for (group, names) in NAMES {
            for name in names {
                if text.contains(name) {
                    found.insert(group);
                    text = text.replace(name, "");
                }
            }
        }
        // Teachers of schools are teachers.
        if found.len() > 1 {
            found.remove(&Group::Institutions);
        }
        found
    }

    /// Whom an indicator counts: its denominator says so better than its title.
    pub fn counted(indicator: &Indicator) -> BTreeSet<Group> {
        indicator
            .denominator
            .as_deref()
            .map(of)
            .filter(|groups| !groups.is_empty())
            .unwrap_or_else(|| of(&indicator.name))
    }

    /// Whether both name people, and not the same.
    pub fn differ(text: &str, indicator: &Indicator) -> bool {
        let (named, counted) = (of(text), counted(indicator));
        !named.is_empty() && !counted.is_empty() && named != counted
    }
}
