//! Rows of people and where they work.

use kafedra_model::{
    Action,
    employment::{Clash, Term, check as clash},
    import::{
        Field, Row, Trouble,
        complaint::Complaints,
        identity::Whose,
        person::{self as rules, Person},
    },
};
use kafedra_store::{employment, person};
use uuid::Uuid;

use super::{Checked, Context, ImportOutcome, Plan, Register, register::Card};
use crate::ApiResult;

pub fn check(
    register: &mut Register,
    plan: &mut Plan,
    context: &Context,
    line: usize,
    row: Row<'_>,
) -> ApiResult<Checked> {
    let (claimed, mut complaints) = rules::read(row, context.today);
    let name = claimed.who.names.whole();
    let wrong = |complaints| Checked {
        name: name.clone(),
        outcome: ImportOutcome::Wrong,
        complaints,
    };
    let institution = (!claimed.institution.is_empty())
        .then(|| register.institution(&mut complaints, Field::Institution, &claimed.institution))
        .flatten();
    if institution.is_some_and(|id| !context.by.keeps_institution(id)) {
        complaints.add(Field::Institution, Trouble::NotYours);
    }
    let position = (!claimed.position.is_empty())
        .then(|| register.position(&mut complaints, &claimed.position, claimed.from))
        .flatten();
    let lookup = claimed
        .who
        .snils
        .as_ref()
        .map(|snils| context.vault.lookup(snils));
    let name_field = name_field(row);
    let whose = register.whose(
        &mut complaints,
        name_field,
        &claimed.who,
        lookup.as_deref(),
        institution,
    );
    let (Some(institution), Some(position)) = (institution, position) else {
        return Ok(wrong(complaints));
    };
    let known = match whose {
        Whose::One(id) => Some(id),
        Whose::Nobody => None,
        Whose::Several | Whose::Unclear => return Ok(wrong(complaints)),
    };
    let mut card = known
        .and_then(|id| register.cards.get(&id).cloned())
        .unwrap_or_else(|| Card {
            name: claimed.who.names.folded(),
            made: true,
            ..Card::default()
        });
    let id = known.unwrap_or_else(Uuid::now_v7);
    let works = Works {
        register,
        context,
        card: &card,
        institution,
        position: &position,
        id,
    };
    let placed = works.place(&mut complaints, &claimed);
    let filled = fill(
        register,
        &mut complaints,
        context,
        &card,
        id,
        &claimed,
        lookup.as_deref(),
    );
    if complaints.refuse() {
        return Ok(wrong(complaints));
    }
    // From here on nothing is refused: the row is written into the plan and the register.
    let said = format!("{id} {institution} {position} {:?}", claimed.from);
    register.seen.insert(said, line);
    let seal = |snils| context.vault.seal_snils(id, snils);
    if let (true, Some(snils), Some(lookup)) = (filled.snils, &claimed.who.snils, lookup) {
        plan.numbers.push((id, seal(snils)?));
        register.number(id, lookup.clone());
        card.snils = Some(lookup);
    }
    if let (true, Some(login)) = (filled.login, &claimed.login) {
        plan.accounts.push((Uuid::now_v7(), id, login.clone()));
        register.logins.insert(login.clone());
        card.has_account = true;
    }
    card.birth = card.birth.or(claimed.who.birth);
    card.email = card.email.or(claimed.email);
    let works = place(plan, context, &mut card, placed);
    let outcome = if known.is_none() {
        let names = claimed.who.names;
        let draft = person::Draft {
            family_name: names.family,
            given_name: names.given,
            patronymic: names.patronymic,
            email: card.email.clone(),
            birth_date: card.birth,
        };
        plan.people.push((id, draft));
        plan.log
            .push(context.log(Action::PersonCreated, id, "import"));
        ImportOutcome::Created
    } else if filled.any() {
        fill_card(plan, context, id, &card, &filled);
        ImportOutcome::Changed
    } else if works {
        ImportOutcome::Changed
    } else {
        ImportOutcome::Duplicate
    };
    if works && known.is_some() {
        plan.log
            .push(context.log(Action::EmploymentAdded, id, "import"));
    }
    register.add_person(id, card);
    Ok(Checked {
        name,
        outcome,
        complaints,
    })
}

fn name_field(row: Row<'_>) -> Field {
    if row.has(Field::FullName) {
        Field::FullName
    } else {
        Field::FamilyName
    }
}

/// Which fields of a card a row would fill in.
#[derive(Debug, Default)]
struct Filled {
    birth: bool,
    email: bool,
    snils: bool,
    login: bool,
}

impl Filled {
    fn any(&self) -> bool {
        self.birth || self.email || self.snils || self.login
    }
}

fn fill(
    register: &Register,
    complaints: &mut Complaints,
    context: &Context,
    card: &Card,
    id: Uuid,
    claimed: &Person,
    lookup: Option<&str>,
) -> Filled {
    let mut filled = Filled {
        birth: card.birth.is_none() && claimed.who.birth.is_some(),
        ..Filled::default()
    };
    if let Some(email) = &claimed.email {
        match (&card.email, register.emails.get(email)) {
            (_, Some(holder)) if *holder != id => complaints.add(Field::Email, Trouble::Taken),
            (None, _) => filled.email = true,
            (Some(own), _) if own != email => complaints.add(Field::Email, Trouble::OtherEmail),
            _ => {}
        }
    }
    if let Some(login) = &claimed.login
        && !card.has_account
    {
        if register.logins.contains(login) {
            complaints.add(Field::Login, Trouble::Taken);
        } else {
            filled.login = true;
        }
    }
    match (&card.snils, lookup) {
        (None, Some(_)) => filled.snils = true,
        (Some(own), Some(said)) if own != said => complaints.add(Field::Snils, Trouble::OtherSnils),
        _ => {}
    }
    if filled.any() && !card.kept_by(&context.by, register.today) {
        let place = register.place(id).unwrap_or_default();
        complaints.add(Field::Institution, Trouble::OthersPerson(place));
    }
    filled
}

fn fill_card(plan: &mut Plan, context: &Context, id: Uuid, card: &Card, filled: &Filled) {
    // A person of this very file is written with all that its rows say.
    if let Some((_, draft)) = plan.people.iter_mut().rev().find(|(made, _)| *made == id) {
        draft.email = card.email.clone();
        draft.birth_date = card.birth;
        return;
    }
    if filled.birth || filled.email {
        let fill = plan.fills.entry(id).or_default();
        if filled.email {
            fill.0 = card.email.clone();
        }
        if filled.birth {
            fill.1 = card.birth;
        }
    }
    let fields: Vec<&str> = [
        (filled.birth, "birthDate"),
        (filled.email, "email"),
        (filled.snils, "snils"),
        (filled.login, "login"),
    ]
    .into_iter()
    .filter_map(|(is_filled, field)| is_filled.then_some(field))
    .collect();
    let details = format!("import: {}", fields.join(", "));
    plan.log
        .push(context.log(Action::PersonChanged, id, details));
}

/// A row's employment before the person's others.
struct Works<'a> {
    register: &'a Register,
    context: &'a Context,
    card: &'a Card,
    institution: Uuid,
    position: &'a str,
    id: Uuid,
}

/// What becomes of a row's employment.
enum Placed {
    /// It is there already.
    Known,
    /// It is added, and the main one before it ends if there is one.
    New {
        row: employment::Model,
        ends: Option<(Uuid, chrono::NaiveDate)>,
    },
}

impl Works<'_> {
    fn place(&self, complaints: &mut Complaints, claimed: &Person) -> Placed {
        let said = format!(
            "{} {} {} {:?}",
            self.id, self.institution, self.position, claimed.from
        );
        if let Some(line) = self.register.seen.get(&said) {
            complaints.add(Field::Institution, Trouble::Repeated(*line));
            return Placed::Known;
        }
        let today = self.context.today;
        let same = self.card.employments.iter().find(|row| {
            row.institution_id == self.institution
                && row.position_code == self.position
                && match claimed.from {
                    Some(from) => row.from_date == from || row.lasts(today) && row.lasts(from),
                    None => row.lasts(today),
                }
        });
        if same.is_some() {
            return Placed::Known;
        }
        if !self.reachable() {
            let place = self.register.place(self.id).unwrap_or_default();
            complaints.add(Field::Institution, Trouble::OthersPerson(place));
            return Placed::Known;
        }
        let from = claimed.from.unwrap_or_else(|| {
            complaints.add(Field::StartsOn, Trouble::StartsToday(today));
            today
        });
        if claimed.to.is_some_and(|to| to < from) {
            complaints.add(Field::EndsOn, Trouble::Backwards);
            return Placed::Known;
        }
        let mut row = employment::Model {
            id: Uuid::now_v7(),
            person_id: self.id,
            institution_id: self.institution,
            position_code: self.position.to_owned(),
            is_main: claimed.is_main.unwrap_or(true),
            from_date: from,
            to_date: claimed.to,
        };
        let others = self.card.terms();
        let ends = match clash(&row.term(), &others) {
            Ok(()) => None,
            Err(Clash::Backwards) => None,
            Err(Clash::SecondMain) if claimed.is_main.is_none() => {
                let place = self.register.place(self.id).unwrap_or_default();
                complaints.add(Field::IsMain, Trouble::MainOrPart(place));
                None
            }
            Err(Clash::SecondMain) => self.transfer(complaints, &row, &others),
        };
        row.is_main = claimed.is_main.unwrap_or(true);
        Placed::New { row, ends }
    }

    /// By the rule of the card's page: into the own institution comes who works nowhere, or whom one
    /// keeps already.
    fn reachable(&self) -> bool {
        let works = self
            .card
            .employments
            .iter()
            .any(|row| row.lasts(self.context.today));
        !works || self.card.kept_by(&self.context.by, self.context.today)
    }

    /// A main employment without an end gives way to one that begins later, the day before.
    fn transfer(
        &self,
        complaints: &mut Complaints,
        new: &employment::Model,
        others: &[Term],
    ) -> Option<(Uuid, chrono::NaiveDate)> {
        let open = self
            .card
            .employments
            .iter()
            .find(|row| row.is_main && row.to_date.is_none());
        let last = new.from_date.pred_opt().unwrap_or(new.from_date);
        if let Some(open) = open.filter(|open| open.from_date <= last) {
            let rest: Vec<Term> = others
                .iter()
                .map(|term| match *term == open.term() {
                    true => Term {
                        to: Some(last),
                        ..*term
                    },
                    false => *term,
                })
                .collect();
            if clash(&new.term(), &rest).is_ok() {
                let place = self.register.short_name(open.institution_id);
                complaints.add(Field::StartsOn, Trouble::Transfer(place, last));
                return Some((open.id, last));
            }
        }
        let place = self.register.place(self.id).unwrap_or_default();
        complaints.add(Field::StartsOn, Trouble::SecondMain(place));
        None
    }
}

/// Writes an employment into the plan; `false` where nothing is written.
fn place(plan: &mut Plan, context: &Context, card: &mut Card, placed: Placed) -> bool {
    let Placed::New { row, ends } = placed else {
        return false;
    };
    if let Some((id, last)) = ends
        && let Some(old) = card.employments.iter_mut().find(|old| old.id == id)
    {
        // One that this very file makes simply ends so.
        match plan.employments.iter_mut().find(|made| made.id == id) {
            Some(made) => made.to_date = Some(last),
            None => {
                plan.ends.push((old.clone(), last));
                plan.log.push(context.log(
                    Action::EmploymentChanged,
                    row.person_id,
                    "import: endsOn",
                ));
            }
        }
        old.to_date = Some(last);
    }
    card.employments.push(row.clone());
    plan.employments.push(row);
    true
}
