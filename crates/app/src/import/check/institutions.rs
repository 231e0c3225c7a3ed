//! Rows of institutions.

use kafedra_model::{
    Action,
    import::{Field, Row, Trouble, institution as rules},
};
use kafedra_store::institution::Draft;
use uuid::Uuid;

use super::{Checked, Context, ImportOutcome, Plan, Register};

pub fn check(
    register: &mut Register,
    plan: &mut Plan,
    context: &Context,
    line: usize,
    row: Row<'_>,
) -> Checked {
    let (claimed, mut complaints) = rules::read(row);
    let key = rules::key(&claimed.name);
    let by_name = register.called(&claimed.name).to_vec();
    let by_short_name = register.called(&claimed.short_name).to_vec();
    let mut outcome = ImportOutcome::Created;
    if !complaints.refuse() {
        if let Some(first) = register.seen.get(&key) {
            complaints.add(Field::Name, Trouble::Repeated(*first));
        } else if by_name.iter().any(|id| by_short_name.contains(id)) {
            outcome = ImportOutcome::Duplicate;
        } else if let Some(other) = by_name.first() {
            complaints.add(Field::Name, Trouble::NameTaken(register.short_name(*other)));
        } else if let Some(other) = by_short_name.first() {
            complaints.add(
                Field::ShortName,
                Trouble::NameTaken(register.short_name(*other)),
            );
        }
    }
    let of = claimed.building_of.as_str();
    let building_of = (!of.is_empty())
        .then(|| register.legal_entity(&mut complaints, of))
        .flatten();
    let name = claimed.short_name.clone();
    if !complaints.refuse() {
        register.seen.insert(key, line);
        if outcome == ImportOutcome::Created {
            let id = Uuid::now_v7();
            register.add_institution(id, &claimed.name, &claimed.short_name);
            if building_of.is_some() {
                register.buildings.insert(id);
            }
            plan.log
                .push(context.log(Action::InstitutionCreated, id, "import"));
            let draft = Draft {
                name: claimed.name,
                short_name: claimed.short_name,
                kind: claimed.kind.as_str().to_owned(),
                address: claimed.address,
                municipal: claimed.municipal,
                building_of,
            };
            plan.institutions.push((id, draft));
        }
    }
    Checked {
        name,
        outcome,
        complaints,
    }
}
