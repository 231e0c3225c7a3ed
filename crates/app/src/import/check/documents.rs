//! Rows of documents of professional development.

use kafedra_model::{
    Action,
    import::{Field, Row, Trouble, document as rules, identity::Whose},
};
use kafedra_store::professional_development::{Draft, Newcomer};
use uuid::Uuid;

use super::{Checked, Context, ImportOutcome, Plan, Register};

pub fn check(
    register: &mut Register,
    plan: &mut Plan,
    context: &Context,
    line: usize,
    row: Row<'_>,
) -> Checked {
    let (claimed, mut complaints) = rules::read(row, context.today);
    let who = claimed.who.names.whole();
    let name = [who.as_str(), &claimed.registration]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let institution = (!claimed.institution.is_empty())
        .then(|| register.institution(&mut complaints, Field::Institution, &claimed.institution))
        .flatten();
    let name_field = if row.has(Field::FamilyName) {
        Field::FamilyName
    } else {
        Field::FullName
    };
    let lookup = claimed
        .who
        .snils
        .as_ref()
        .map(|snils| context.vault.lookup(snils));
    // What was misread says nothing about whose it is.
    let person = if who.is_empty() && lookup.is_none() {
        None
    } else {
        match register.whose(
            &mut complaints,
            name_field,
            &claimed.who,
            lookup.as_deref(),
            institution,
        ) {
            Whose::One(id) => Some(id),
            Whose::Nobody => {
                complaints.add(name_field, Trouble::Nobody);
                None
            }
            Whose::Several | Whose::Unclear => None,
        }
    };
    let card = person.and_then(|id| Some((id, register.cards.get(&id)?)));
    if let Some((id, card)) = card {
        // Whoever holds more rights elsewhere still hands their papers to the school's coordinator.
        let terms = card.terms();
        let answerable = kafedra_model::employment::answerable(&terms, context.today);
        if !context.by.keeps_person(&answerable, &[]) {
            let place = register.place(id).unwrap_or_default();
            complaints.add(name_field, Trouble::OthersPerson(place));
        }
    }
    let key = claimed.key();
    let seen = format!("{key:?}");
    let mut outcome = ImportOutcome::Created;
    if let (Some(id), false) = (person, complaints.refuse()) {
        match (register.seen.get(&seen), register.documents.get(&key)) {
            (Some(first), _) => complaints.add(Field::Registration, Trouble::Repeated(*first)),
            (None, Some(holder)) if *holder == id => outcome = ImportOutcome::Duplicate,
            (None, Some(_)) => complaints.add(Field::Registration, Trouble::AnothersDocument),
            (None, None) => {}
        }
    }
    if let (Some(id), false) = (person, complaints.refuse()) {
        register.seen.insert(seen, line);
        if outcome == ImportOutcome::Created {
            register.documents.insert(key, id);
            plan.documents.push(newcomer(context, id, claimed));
            plan.log
                .push(context.log(Action::DocumentAdded, id, "import"));
        }
    }
    Checked {
        name,
        outcome,
        complaints,
    }
}

fn newcomer(context: &Context, person: Uuid, claimed: rules::Document) -> Newcomer {
    // Nobody vouches for themselves.
    let verifies = context.verified && context.by.person_id != person;
    Newcomer {
        id: Uuid::now_v7(),
        person,
        verified_by: verifies.then_some(context.by.person_id),
        draft: Draft {
            kind: claimed.kind,
            series: Some(claimed.series).filter(|series| !series.is_empty()),
            blank_number: claimed.blank_number,
            registration: claimed.registration,
            issuer: claimed.issuer,
            issued_on: claimed.issued_on,
            programme: claimed.programme,
            programme_kind: claimed.programme_kind,
            hours: claimed.hours,
            training_start: claimed.training_start,
            training_end: claimed.training_end,
            form: claimed.form,
            funding: claimed.funding,
            register_status: claimed.register_status,
        },
    }
}
