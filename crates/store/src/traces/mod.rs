//! Where a person stands in the database: to give them all of it, and to erase it.
//!
//! [`TRACES`] names every column that leads to a person, and what becomes of its rows on erasure; a test
//! holds it against the schema itself. Names within texts are found by [`Sought`] in every text column of
//! every table, so that a table of a later version is not forgotten. To add a table: a line for each of
//! its columns that lead to people.
//!
//! Invariant: erasing changes no figure that was signed and no count of anything held.

use kafedra_model::erasure::{Name, Sought};
use sea_orm::{ConnectionTrait, DbErr, Value, prelude::Uuid};

use crate::person;

mod about;
mod erase;
mod registry;
mod rows;

pub use about::{Acted, Mention, Part, about, acted, mentions};
pub use erase::{Erased, erase};
pub use registry::TRACES;

/// One column that leads to a person.
#[derive(Debug, Clone, Copy)]
pub struct Trace {
    pub table: &'static str,
    pub column: &'static str,
    pub leads_to: Link,
    /// What the rows are to the person, in Russian and English: they get them whole. `None` where they only
    /// did something there to the record of another: of those they get the number.
    pub title: Option<(&'static str, &'static str)>,
    pub fate: Fate,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    Person,
    Account,
    /// The person's own, and those of guests who were told to be this person.
    Seat,
    /// Of such guests.
    Guest,
    Employment,
    Document,
    /// The id of any of the records that an import makes for a person.
    Record,
    /// The person's address.
    Email,
}

/// What becomes of rows on erasure.
#[derive(Debug, Clone, Copy)]
pub enum Fate {
    Delete,
    /// They stay without these values.
    Blank(&'static [(&'static str, Blank)]),
    /// They stay, leading to somebody without a name; why.
    Keep(&'static str),
}

/// What takes the place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    Null,
    Empty,
    /// Instead of a name.
    Token,
    /// The same as searches compare it.
    Folded,
    /// Unless an earlier day stands there.
    Today,
    /// Unless something stands there.
    Now,
}

/// A person with all the ids they are known by.
#[derive(Debug, Clone)]
pub struct Whole {
    pub person: person::Model,
    accounts: Vec<Uuid>,
    seats: Vec<Uuid>,
    guests: Vec<Uuid>,
    employments: Vec<Uuid>,
    documents: Vec<Uuid>,
    sought: Sought,
}

impl Whole {
    /// `None` for nobody.
    pub async fn of(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Self>, DbErr> {
        let Some(person) = person::find(db, id).await? else {
            return Ok(None);
        };
        let mut others = person::of_family_name(db, &person.family_name).await?;
        others.retain(|other| other.id != id);
        let others: Vec<Name> = others.iter().map(name_of).collect();
        let sought = Sought::new(id, &name_of(&person), person.email.as_deref(), &others);
        let column = async |table, wanted, column, ids: &[Uuid]| {
            rows::ids(db, table, wanted, column, ids).await
        };
        let mut seats = column("seat", "id", "person_id", &[id]).await?;
        let matched = column("presence_match", "seat_id", "person_id", &[id]).await?;
        let mut guests = column("seat", "guest_id", "id", &matched).await?;
        let kits = column("kit", "guest_id", "guest_id", &guests).await?;
        let pupils = column("pupil", "guest_id", "guest_id", &guests).await?;
        // A room kit's guest stands for a room full of people, a pupil's for a pupil.
        guests.retain(|guest| !kits.contains(guest) && !pupils.contains(guest));
        seats.extend(column("seat", "id", "guest_id", &guests).await?);
        seats.sort_unstable();
        seats.dedup();
        Ok(Some(Self {
            accounts: column("account", "id", "person_id", &[id]).await?,
            employments: column("employment", "id", "person_id", &[id]).await?,
            documents: column("professional_development", "id", "person_id", &[id]).await?,
            seats,
            guests,
            sought,
            person,
        }))
    }

    /// Texts speak of others in the same words: not all of them can be told apart.
    pub fn is_ambiguous(&self) -> bool {
        self.sought.is_ambiguous()
    }

    /// What the column of a trace is compared to.
    fn values(&self, link: Link) -> Vec<Value> {
        let ids: Vec<Uuid> = match link {
            Link::Person => vec![self.person.id],
            Link::Account => self.accounts.clone(),
            Link::Seat => self.seats.clone(),
            Link::Guest => self.guests.clone(),
            Link::Employment => self.employments.clone(),
            Link::Document => self.documents.clone(),
            Link::Record => [
                &[self.person.id],
                &self.accounts[..],
                &self.employments,
                &self.documents,
            ]
            .concat(),
            Link::Email => {
                return self.person.email.iter().cloned().map(Value::from).collect();
            }
        };
        ids.into_iter().map(Value::from).collect()
    }
}

fn name_of(person: &person::Model) -> Name {
    Name {
        family: person.family_name.clone(),
        given: person.given_name.clone(),
        patronymic: person.patronymic.clone(),
    }
}
