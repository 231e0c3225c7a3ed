//! The register as rows are compared with it, rows that came before among it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kafedra_model::{
    Actor, Grant, Locale,
    employment::{Term, answerable},
    import::{
        Field, Kind, Trouble,
        complaint::Complaints,
        identity::{Namesake, Whose, whose},
        institution,
        person::Claimed,
    },
    name,
    professional_development::NaturalKey,
};
use kafedra_store::{
    Connection, account, employment, institution as institutions, person, position,
    professional_development, role_grant, snils,
};
use sea_orm::DbErr;
use uuid::Uuid;

/// A person as far as rows are compared with them.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// Folded.
    pub name: String,
    pub birth: Option<NaiveDate>,
    pub email: Option<String>,
    /// Keyed hash.
    pub snils: Option<String>,
    pub archived: bool,
    pub has_account: bool,
    pub employments: Vec<employment::Model>,
    pub grants: Vec<Grant>,
    /// The row that made this person, if one did.
    pub made: bool,
}

impl Card {
    pub fn terms(&self) -> Vec<Term> {
        self.employments
            .iter()
            .map(employment::Model::term)
            .collect()
    }

    /// Whether somebody may change this person, by the rules of the card's own page.
    pub fn kept_by(&self, by: &Actor, today: NaiveDate) -> bool {
        self.made || by.keeps_person(&answerable(&self.terms(), today), &self.grants)
    }

    fn works_at(&self, institution: Uuid, today: NaiveDate) -> bool {
        self.employments
            .iter()
            .any(|row| row.institution_id == institution && row.lasts(today))
    }
}

#[derive(Debug, Default)]
pub struct Register {
    pub today: NaiveDate,
    /// By every spelling of their names; several may share one.
    institutions: HashMap<String, Vec<Uuid>>,
    /// Short names.
    names: HashMap<Uuid, String>,
    /// Those that are buildings of others.
    pub buildings: HashSet<Uuid>,
    /// By code and folded names; an ended one may have a namesake.
    positions: HashMap<String, Vec<position::Model>>,
    position_names: Vec<String>,
    pub cards: HashMap<Uuid, Card>,
    /// Living people by folded name.
    namesakes: HashMap<String, Vec<Uuid>>,
    by_snils: HashMap<String, Uuid>,
    pub emails: HashMap<String, Uuid>,
    pub logins: HashSet<String>,
    /// Whose each document is.
    pub documents: HashMap<NaturalKey, Uuid>,
    /// Lines by what they say, to find repetitions.
    pub seen: HashMap<String, usize>,
}

impl Register {
    pub async fn read(
        db: &impl Connection,
        kind: Kind,
        today: NaiveDate,
        locale: Locale,
    ) -> Result<Self, DbErr> {
        let mut register = Self {
            today,
            ..Self::default()
        };
        for row in institutions::all(db).await? {
            if row.archived_at.is_none() {
                register.add_institution(row.id, &row.name, &row.short_name);
                if row.building_of.is_some() {
                    register.buildings.insert(row.id);
                }
            }
        }
        for row in position::all(db).await? {
            register.position_names.push(match locale {
                Locale::Ru => row.name_ru.clone(),
                Locale::En => row.name_en.clone(),
            });
            for known_as in [&row.name_ru, &row.name_en, &row.code] {
                let namesakes = register.positions.entry(name::fold(known_as)).or_default();
                namesakes.push(row.clone());
            }
        }
        register.people(db).await?;
        if kind == Kind::Documents {
            register.documents = professional_development::holders(db)
                .await?
                .into_iter()
                .collect();
        }
        Ok(register)
    }

    async fn people(&mut self, db: &impl Connection) -> Result<(), DbErr> {
        let mut cards: HashMap<Uuid, Card> = HashMap::new();
        for row in person::all(db).await? {
            let card = Card {
                name: row.search_name,
                birth: row.birth_date,
                email: row.email,
                archived: row.archived_at.is_some(),
                ..Card::default()
            };
            cards.insert(row.id, card);
        }
        for row in employment::all(db).await? {
            if let Some(card) = cards.get_mut(&row.person_id) {
                card.employments.push(row);
            }
        }
        for row in role_grant::all(db).await? {
            if let (Some(card), Some(grant)) = (cards.get_mut(&row.person_id), row.grant()) {
                card.grants.push(grant);
            }
        }
        for (person, lookup) in snils::lookups(db).await? {
            if let Some(card) = cards.get_mut(&person) {
                card.snils = Some(lookup);
            }
        }
        for row in account::all(db).await? {
            if let Some(card) = cards.get_mut(&row.person_id) {
                card.has_account = true;
            }
            self.logins.insert(row.login);
        }
        for (id, card) in cards {
            self.add_card(id, card);
        }
        Ok(())
    }

    fn add_card(&mut self, id: Uuid, card: Card) {
        if let Some(email) = &card.email {
            self.emails.insert(email.clone(), id);
        }
        if let Some(lookup) = &card.snils {
            self.by_snils.insert(lookup.clone(), id);
        }
        if !card.archived {
            self.namesakes
                .entry(card.name.clone())
                .or_default()
                .push(id);
        }
        self.cards.insert(id, card);
    }

    /// Notes what a row made of somebody.
    pub fn add_person(&mut self, id: Uuid, card: Card) {
        match self.cards.contains_key(&id) {
            true => {
                if let Some(email) = &card.email {
                    self.emails.insert(email.clone(), id);
                }
                self.cards.insert(id, card);
            }
            false => self.add_card(id, card),
        }
    }

    /// Notes a number that a row gave to somebody.
    pub fn number(&mut self, person: Uuid, lookup: String) {
        self.by_snils.insert(lookup.clone(), person);
        if let Some(card) = self.cards.get_mut(&person) {
            card.snils = Some(lookup);
        }
    }

    pub fn add_institution(&mut self, id: Uuid, name: &str, short_name: &str) {
        let mut keys = vec![institution::key(name), institution::key(short_name)];
        keys.dedup();
        for key in keys {
            let known = self.institutions.entry(key).or_default();
            if !known.contains(&id) {
                known.push(id);
            }
        }
        self.names.insert(id, short_name.to_owned());
    }

    pub fn short_name(&self, institution: Uuid) -> String {
        self.names.get(&institution).cloned().unwrap_or_default()
    }

    /// The institutions that bear a name.
    pub fn called(&self, typed: &str) -> &[Uuid] {
        self.institutions
            .get(&institution::key(typed))
            .map_or(&[], Vec::as_slice)
    }

    /// The institution of a cell that is not empty.
    pub fn institution(
        &self,
        complaints: &mut Complaints,
        field: Field,
        typed: &str,
    ) -> Option<Uuid> {
        match self.called(typed) {
            [one] => return Some(*one),
            [] => complaints.add(field, Trouble::NoInstitution(typed.to_owned())),
            _ => complaints.add(field, Trouble::SeveralInstitutions(typed.to_owned())),
        }
        None
    }

    /// The legal entity of a cell that is not empty.
    pub fn legal_entity(&self, complaints: &mut Complaints, typed: &str) -> Option<Uuid> {
        let found = self.institution(complaints, Field::BuildingOf, typed)?;
        if self.buildings.contains(&found) {
            complaints.add(Field::BuildingOf, Trouble::IsBuilding(typed.to_owned()));
        }
        Some(found)
    }

    /// The code of the position of a cell that is not empty, as the dictionary has it on the first day
    /// of the employment; where the row names no day, today.
    pub fn position(
        &self,
        complaints: &mut Complaints,
        typed: &str,
        from: Option<NaiveDate>,
    ) -> Option<String> {
        let folded = name::fold(typed);
        let day = from.unwrap_or(self.today);
        let found = self
            .positions
            .get(&folded)
            .and_then(|rows| rows.iter().find(|row| row.is_in_force(day)))
            .map(|row| row.code.clone());
        if found.is_none() {
            let trouble = Trouble::NoPosition {
                typed: typed.to_owned(),
                closest: self.closest(&folded),
            };
            complaints.add(Field::Position, trouble);
        }
        found
    }

    /// The name that has the longest beginning in common with a typed one, of at least a word's length.
    fn closest(&self, folded: &str) -> Option<String> {
        let common = |known: &str| {
            let known = name::fold(known);
            let pairs = known.chars().zip(folded.chars());
            pairs.take_while(|(a, b)| a == b).count()
        };
        self.position_names
            .iter()
            .map(|known| (common(known), known))
            .filter(|(length, _)| *length >= 5)
            .max_by_key(|(length, known)| (*length, std::cmp::Reverse(known.chars().count())))
            .map(|(_, known)| known.clone())
    }

    /// Whom a row is about; what keeps it from being clear is complained of. `institution` is the
    /// row's own. [`Whose::Several`] and [`Whose::Unclear`] come with a complaint.
    pub fn whose(
        &self,
        complaints: &mut Complaints,
        name_field: Field,
        claimed: &Claimed,
        lookup: Option<&str>,
        institution: Option<Uuid>,
    ) -> Whose {
        let name = claimed.names.folded();
        if let Some(id) = lookup.and_then(|lookup| self.by_snils.get(lookup)) {
            let Some(card) = self.cards.get(id) else {
                return Whose::Nobody;
            };
            if card.archived {
                complaints.add(Field::Snils, Trouble::Archived);
            } else if !name.is_empty() && card.name != name {
                complaints.add(Field::Snils, Trouble::SnilsOfAnother);
            } else if card
                .birth
                .zip(claimed.birth)
                .is_some_and(|(own, said)| own != said)
            {
                complaints.add(Field::BirthDate, Trouble::OtherBirth);
            }
            return Whose::One(*id);
        }
        let known = self.namesakes.get(&name).map_or(&[][..], Vec::as_slice);
        let namesakes: Vec<Namesake> = known
            .iter()
            .filter_map(|id| {
                let card = self.cards.get(id)?;
                Some(Namesake {
                    id: *id,
                    birth: card.birth,
                    other_snils: card
                        .snils
                        .as_deref()
                        .zip(lookup)
                        .is_some_and(|(a, b)| a != b),
                    here: institution.is_some_and(|place| card.works_at(place, self.today)),
                })
            })
            .collect();
        let found = whose(claimed.birth, &namesakes);
        match found {
            Whose::Several => complaints.add(name_field, Trouble::Several(namesakes.len())),
            Whose::Unclear => {
                let places: Vec<String> = namesakes
                    .iter()
                    .filter_map(|one| self.place(one.id))
                    .collect();
                let places = if places.is_empty() {
                    "—".to_owned()
                } else {
                    places.join(", ")
                };
                complaints.add(name_field, Trouble::Namesake(places));
            }
            Whose::Nobody | Whose::One(_) => {}
        }
        found
    }

    /// Where a person is shown to work.
    pub fn place(&self, person: Uuid) -> Option<String> {
        let lasting: Vec<employment::Model> = self
            .cards
            .get(&person)?
            .employments
            .iter()
            .filter(|row| row.lasts(self.today))
            .cloned()
            .collect();
        employment::shown(&lasting).map(|row| self.short_name(row.institution_id))
    }
}
