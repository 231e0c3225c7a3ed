//! What an import made and changed, record by record.

use chrono::NaiveDate;
use kafedra_model::import::stamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{Connection, bulk, employment, institution, person, professional_development};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub import_id: Uuid,
    pub record: String,
    pub record_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub before: Option<String>,
    pub stamp: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which table a change is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Record {
    Institution,
    Person,
    Account,
    /// By its person's id.
    Snils,
    Employment,
    Document,
}

impl Record {
    pub const ALL: [Self; 6] = [
        Self::Institution,
        Self::Person,
        Self::Account,
        Self::Snils,
        Self::Employment,
        Self::Document,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::Person => "person",
            Self::Account => "account",
            Self::Snils => "snils",
            Self::Employment => "employment",
            Self::Document => "document",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// As the schema calls its table.
    pub fn table(self) -> &'static str {
        match self {
            Self::Document => "professional_development",
            other => other.as_str(),
        }
    }
}

/// What stood in the fields that an import changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "record")]
pub enum Before {
    Person {
        email: Option<String>,
        birth_date: Option<NaiveDate>,
    },
    Employment {
        to_date: Option<NaiveDate>,
    },
}

impl Before {
    pub fn text(&self) -> Result<String, DbErr> {
        serde_json::to_string(self).map_err(|error| DbErr::Json(error.to_string()))
    }
}

/// One change to note.
#[derive(Debug, Clone)]
pub struct Draft {
    pub record: Record,
    pub id: Uuid,
    /// Text of [`Before`]; `None` for a record that the import made.
    pub before: Option<String>,
    /// One of the stamps of this module.
    pub stamp: String,
}

pub async fn note(
    db: &impl ConnectionTrait,
    import: Uuid,
    changes: Vec<Draft>,
) -> Result<(), DbErr> {
    let rows = changes.into_iter().map(|change| ActiveModel {
        id: Set(Uuid::now_v7()),
        import_id: Set(import),
        record: Set(change.record.as_str().to_owned()),
        record_id: Set(change.id),
        before: Set(change.before),
        stamp: Set(change.stamp),
    });
    bulk::insert(db, rows).await
}

pub async fn of_import(db: &impl Connection, import: Uuid) -> Result<Vec<Model>, DbErr> {
    bulk::read(db, Entity::find().filter(Column::ImportId.eq(import))).await
}

/// Of what people write on a card: two cards of one stamp say the same.
pub fn of_person(row: &person::Model) -> String {
    stamp(&[
        &row.family_name,
        &row.given_name,
        &row.patronymic,
        row.email.as_deref().unwrap_or_default(),
        &day(row.birth_date),
        &row.archived_at.is_some().to_string(),
    ])
}

pub fn of_employment(row: &employment::Model) -> String {
    stamp(&[
        &row.position_code,
        &row.is_main.to_string(),
        &row.from_date.to_string(),
        &day(row.to_date),
    ])
}

pub fn of_document(row: &professional_development::Model) -> String {
    stamp(&[
        &row.kind,
        row.series.as_deref().unwrap_or_default(),
        &row.blank_number,
        &row.registration,
        &row.issuer,
        &row.issued_on.to_string(),
        &row.programme,
        &row.programme_kind,
        &row.hours.to_string(),
        &day(row.training_start),
        &day(row.training_end),
        &row.form,
        &row.funding,
        &row.register_status,
        &row.verified_by.map(|by| by.to_string()).unwrap_or_default(),
    ])
}

pub fn of_institution(row: &institution::Model) -> String {
    stamp(&[
        &row.name,
        &row.short_name,
        &row.kind,
        &row.address,
        &row.municipal.to_string(),
        &row.building_of.map(|id| id.to_string()).unwrap_or_default(),
        &row.archived_at.is_some().to_string(),
    ])
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
