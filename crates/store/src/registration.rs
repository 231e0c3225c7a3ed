//! Registrations of people and guests for events, in the order of the queue.
//!
//! Whoever changes one holds the event's form ([`crate::registration_form::hold`]) first.

use chrono::{DateTime, Utc};
use kafedra_model::{
    Locale,
    registration::{Place, RegistrationState},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub person_id: Option<Uuid>,
    pub name: String,
    /// Of a guest, in lower case.
    pub email: Option<String>,
    /// Secret: opens a guest's own page.
    pub code: Option<String>,
    pub locale: String,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub answers: String,
    pub state: String,
    /// In the queue.
    pub place: i64,
    /// Of the notice that a guest agreed to.
    pub consent_version: Option<String>,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
    pub decided_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A state of a newer version counts as withdrawn: it takes no seat.
    pub fn state(&self) -> RegistrationState {
        RegistrationState::parse(&self.state).unwrap_or(RegistrationState::Withdrawn)
    }

    pub fn locale(&self) -> Locale {
        Locale::parse(&self.locale).unwrap_or_default()
    }

    /// As the rules of the queue see it.
    pub fn in_queue(&self) -> Place {
        Place {
            id: self.id,
            place: self.place,
            state: self.state(),
        }
    }
}

/// Who registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Person(Uuid),
    Guest {
        /// In lower case.
        email: String,
        code: String,
        consent_version: String,
    },
}

/// What a registration says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub who: Who,
    pub name: String,
    pub locale: Locale,
    /// JSON.
    pub answers: String,
    pub state: RegistrationState,
    pub place: i64,
}

/// Registers somebody who was not on the list.
pub async fn create(
    db: &impl ConnectionTrait,
    event: Uuid,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let (person_id, email, code, consent_version) = match draft.who {
        Who::Person(id) => (Some(id), None, None, None),
        Who::Guest {
            email,
            code,
            consent_version,
        } => (None, Some(email), Some(code), Some(consent_version)),
    };
    ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event),
        person_id: Set(person_id),
        name: Set(draft.name),
        email: Set(email),
        code: Set(code),
        locale: Set(draft.locale.as_str().to_owned()),
        answers: Set(draft.answers),
        state: Set(draft.state.as_str().to_owned()),
        place: Set(draft.place),
        consent_version: Set(consent_version),
        created_at: Set(now),
        updated_at: Set(now),
        decided_by: Set(None),
    }
    .insert(db)
    .await
}

/// Registers somebody again who had withdrawn, at the end of the queue.
pub async fn renew(
    db: &impl ConnectionTrait,
    id: Uuid,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    change(
        db,
        id,
        ActiveModel {
            name: Set(draft.name),
            locale: Set(draft.locale.as_str().to_owned()),
            answers: Set(draft.answers),
            state: Set(draft.state.as_str().to_owned()),
            place: Set(draft.place),
            updated_at: Set(now),
            ..Default::default()
        },
    )
    .await
}

pub async fn set_state(
    db: &impl ConnectionTrait,
    id: Uuid,
    state: RegistrationState,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let mut changes = ActiveModel {
        state: Set(state.as_str().to_owned()),
        updated_at: Set(now),
        ..Default::default()
    };
    if by.is_some() {
        changes.decided_by = Set(by);
    }
    change(db, id, changes).await
}

async fn change(
    db: &impl ConnectionTrait,
    id: Uuid,
    changes: ActiveModel,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Code.eq(code)).one(db).await
}

pub async fn of_person(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::PersonId.eq(person))
        .one(db)
        .await
}

pub async fn of_email(
    db: &impl ConnectionTrait,
    event: Uuid,
    email: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::Email.eq(email))
        .one(db)
        .await
}

/// In the order of the queue, the withdrawn and declined ones too.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::Place)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}
