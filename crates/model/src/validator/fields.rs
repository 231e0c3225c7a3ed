//! Required fields that are empty.

use super::{Finding, Notes, Problem};
use crate::passport::Passport;

pub(super) fn check(passport: &Passport, findings: &mut Vec<Finding>) {
    let mut required = |field: String, is_empty: bool| {
        if is_empty {
            findings.note(field, Problem::Empty);
        }
    };
    let is_blank = |text: &str| text.trim().is_empty();
    for (field, text) in [
        ("title", &passport.title),
        ("goal", &passport.goal),
        ("approval/body", &passport.approval.body),
        ("approval/minutesNumber", &passport.approval.minutes_number),
        ("head", &passport.head),
        ("responsibleExecutor", &passport.responsible_executor),
    ] {
        required(field.to_owned(), is_blank(text));
    }
    // An empty list of regional priority projects says that there are none.
    for (field, is_empty) in [
        ("participants", passport.participants.is_empty()),
        (
            "municipalProgrammes",
            passport.municipal_programmes.is_empty(),
        ),
        ("results", passport.results.is_empty()),
        ("indicators", passport.indicators.is_empty()),
        ("funding", passport.funding.is_empty()),
        ("stages", passport.stages.is_empty()),
        ("risks", passport.risks.is_empty()),
    ] {
        required(field.to_owned(), is_empty);
    }
    for (number, one) in (1..).zip(&passport.participants) {
        let field = |name| format!("participants/{number}/{name}");
        required(field("position"), is_blank(&one.position));
        required(field("organisation"), is_blank(&one.organisation));
    }
    for one in &passport.results {
        required(format!("results/{}/text", one.number), is_blank(&one.text));
    }
    for one in &passport.indicators {
        required(
            format!("indicators/{}/name", one.ordinal),
            is_blank(&one.name),
        );
    }
    for stage in &passport.stages {
        let field = |name| format!("stages/{}/{name}", stage.number);
        required(field("name"), is_blank(&stage.name));
        required(field("checkpoints"), stage.checkpoints.is_empty());
        for one in &stage.checkpoints {
            let field = format!("stages/{}/checkpoints/{}/name", stage.number, one.number);
            required(field, is_blank(&one.name));
        }
    }
    for one in &passport.risks {
        let field = |name| format!("risks/{}/{name}", one.number);
        required(field("name"), is_blank(&one.name));
        required(field("measure"), is_blank(&one.measure));
    }
}
