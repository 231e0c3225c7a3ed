//! Documents of professional development, each of one person.
//!
//! Invariant: `valid_until` and the two keys follow from what is written, by the rules of
//! `kafedra_model`; no two documents have one natural key; an edit takes the verification away.

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::professional_development::{Document, Kind, NaturalKey, valid_until};
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, QueryOrder, QuerySelect, TryIntoModel,
    entity::prelude::*, sea_query::ExprTrait,
};

use crate::{Connection, bulk, search::IDS_A_QUERY};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "professional_development")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub kind: String,
    pub series: Option<String>,
    pub blank_number: String,
    pub registration: String,
    pub issuer: String,
    pub issued_on: ChronoDate,
    pub valid_until: ChronoDate,
    pub programme: String,
    pub programme_kind: String,
    pub hours: i32,
    pub training_start: Option<ChronoDate>,
    pub training_end: Option<ChronoDate>,
    pub form: String,
    pub funding: String,
    pub register_status: String,
    pub registration_key: String,
    pub issuer_key: String,
    pub verified_by: Option<Uuid>,
    pub verified_at: Option<ChronoDateTimeUtc>,
    pub created_by: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
    /// Counts changes: an edit made from an older version is refused.
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A kind of a newer version counts as one that is never counted.
fn kind(text: &str) -> Kind {
    Kind::parse(text).unwrap_or(Kind::Other)
}

impl Model {
    pub fn kind(&self) -> Kind {
        kind(&self.kind)
    }

    /// As the rules see it.
    pub fn document(&self) -> Document {
        Document {
            id: self.id,
            person: self.person_id,
            kind: self.kind(),
            hours: u32::try_from(self.hours).unwrap_or_default(),
            issued_on: self.issued_on,
            verified: self.verified_at.is_some(),
        }
    }
}

/// What is written about a document; checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub kind: Kind,
    pub series: Option<String>,
    pub blank_number: String,
    pub registration: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
    pub programme: String,
    pub programme_kind: String,
    pub hours: u32,
    pub training_start: Option<NaiveDate>,
    pub training_end: Option<NaiveDate>,
    pub form: String,
    pub funding: String,
    pub register_status: String,
}

impl Draft {
    fn row(self) -> ActiveModel {
        let key = NaturalKey::new(&self.registration, &self.issuer, self.issued_on);
        ActiveModel {
            kind: Set(self.kind.as_str().to_owned()),
            series: Set(self.series),
            blank_number: Set(self.blank_number),
            registration: Set(self.registration),
            issuer: Set(self.issuer),
            issued_on: Set(self.issued_on),
            valid_until: Set(valid_until(self.issued_on)),
            programme: Set(self.programme),
            programme_kind: Set(self.programme_kind),
            hours: Set(i32::try_from(self.hours).unwrap_or(i32::MAX)),
            training_start: Set(self.training_start),
            training_end: Set(self.training_end),
            form: Set(self.form),
            funding: Set(self.funding),
            register_status: Set(self.register_status),
            registration_key: Set(key.registration),
            issuer_key: Set(key.issuer),
            verified_by: Set(None),
            verified_at: Set(None),
            ..Default::default()
        }
    }
}

/// # Errors
///
/// A unique constraint where another document has this natural key.
pub async fn create(
    db: &impl ConnectionTrait,
    person: Uuid,
    draft: Draft,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        created_by: Set(by),
        created_at: Set(now),
        version: Set(1),
        ..draft.row()
    }
    .insert(db)
    .await
}

/// Adds documents under ids that were chosen for them, verified by `verifier` where they name one.
///
/// # Errors
///
/// A unique constraint where another document has one of the natural keys.
pub async fn create_all(
    db: &impl ConnectionTrait,
    documents: Vec<Newcomer>,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    let models = documents
        .into_iter()
        .map(|new| {
            ActiveModel {
                id: Set(new.id),
                person_id: Set(new.person),
                created_by: Set(Some(by)),
                created_at: Set(now),
                version: Set(1),
                verified_by: Set(new.verified_by),
                verified_at: Set(new.verified_by.map(|_| now)),
                ..new.draft.row()
            }
            .try_into_model()
        })
        .collect::<Result<Vec<Model>, DbErr>>()?;
    let rows = models.iter().cloned().map(ActiveModel::from);
    bulk::insert(db, rows).await?;
    Ok(models)
}

/// A document that comes in with others.
#[derive(Debug, Clone)]
pub struct Newcomer {
    pub id: Uuid,
    pub person: Uuid,
    pub draft: Draft,
    pub verified_by: Option<Uuid>,
}

/// Whose each document is, by its natural key.
pub async fn holders(db: &impl ConnectionTrait) -> Result<Vec<(NaturalKey, Uuid)>, DbErr> {
    let rows: Vec<(String, String, NaiveDate, Uuid)> = Entity::find()
        .select_only()
        .columns([
            Column::RegistrationKey,
            Column::IssuerKey,
            Column::IssuedOn,
            Column::PersonId,
        ])
        .into_tuple()
        .all(db)
        .await?;
    let holder = |(registration, issuer, issued_on, person)| {
        let key = NaturalKey {
            registration,
            issuer,
            issued_on,
        };
        (key, person)
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// Every document there is.
pub async fn all(db: &impl Connection) -> Result<Vec<Model>, DbErr> {
    bulk::read(db, Entity::find()).await
}

/// Writes `draft` over version `version`, unverified; `false` when another edit came first.
///
/// # Errors
///
/// A unique constraint where another document has this natural key.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    version: i32,
    draft: Draft,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .set(ActiveModel {
            version: Set(version + 1),
            ..draft.row()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes who verified version `version`, or with `None` that nobody has; `false` when an edit came
/// first.
pub async fn verify(
    db: &impl ConnectionTrait,
    id: Uuid,
    version: i32,
    by: Option<(Uuid, DateTime<Utc>)>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .set(ActiveModel {
            verified_by: Set(by.map(|(who, _)| who)),
            verified_at: Set(by.map(|(_, at)| at)),
            version: Set(version + 1),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// Documents of these ids, in no order; unknown ones left out.
pub async fn of_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_A_QUERY) {
        let of = Column::Id.is_in(some.iter().copied());
        rows.extend(Entity::find().filter(of).all(db).await?);
    }
    Ok(rows)
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// A person's documents, the latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::IssuedOn)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

/// What a list of many people tells of each document.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Brief {
    pub id: Uuid,
    pub person_id: Uuid,
    pub kind: String,
    pub registration: String,
    pub programme: String,
    pub issued_on: ChronoDate,
    pub valid_until: ChronoDate,
    pub hours: i32,
    pub verified_at: Option<ChronoDateTimeUtc>,
}

impl Brief {
    /// As the rules see it.
    pub fn document(&self) -> Document {
        Document {
            id: self.id,
            person: self.person_id,
            kind: kind(&self.kind),
            hours: u32::try_from(self.hours).unwrap_or_default(),
            issued_on: self.issued_on,
            verified: self.verified_at.is_some(),
        }
    }
}

/// Documents of several people, the latest first.
pub async fn of_people(db: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<Brief>, DbErr> {
    let mut documents = Vec::new();
    for some in people.chunks(IDS_A_QUERY) {
        let found = Entity::find()
            .filter(Column::PersonId.is_in(some.iter().copied()))
            .order_by_desc(Column::IssuedOn)
            .order_by_desc(Column::Id)
            .into_partial_model()
            .all(db)
            .await?;
        documents.extend(found);
    }
    Ok(documents)
}

/// Documents that would count on a day but for their verification.
fn countable(day: NaiveDate) -> Condition {
    let kinds = Kind::ALL.into_iter().filter_map(|kind| {
        let fewest = kind.fewest_hours()?;
        let of_kind = Condition::all()
            .add(Column::Kind.eq(kind.as_str()))
            .add(Column::Hours.gte(fewest));
        Some(of_kind)
    });
    Condition::all()
        .add(Column::IssuedOn.lte(day))
        .add(Column::ValidUntil.gte(day))
        .add(kinds.fold(Condition::any(), Condition::add))
}

/// People whose documents count on `day`, and none of them beyond `last`.
pub async fn ending(
    db: &impl ConnectionTrait,
    day: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(countable(day))
        .filter(Column::VerifiedAt.is_not_null())
        .group_by(Column::PersonId)
        .having(Column::ValidUntil.max().lte(last))
        .into_tuple()
        .all(db)
        .await
}

/// How many documents of each person would count on a day once somebody verified them.
pub async fn unverified(
    db: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<(Uuid, i64)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::PersonId)
        .column_as(Column::Id.count(), "documents")
        .filter(countable(day))
        .filter(Column::VerifiedAt.is_null())
        .group_by(Column::PersonId)
        .into_tuple()
        .all(db)
        .await
}
