//! Certificates, as they were printed. A row changes once at most, when it is revoked.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

use crate::number_sequence;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// «2026-00042»: the year of issue and a number within it.
    #[sea_orm(unique)]
    pub number: String,
    /// What the address of the public page ends with.
    #[sea_orm(unique)]
    pub code: String,
    pub event_id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub role: String,
    #[sea_orm(column_type = "Text")]
    pub topic: String,
    pub kind: String,
    pub title: String,
    pub held_on: ChronoDate,
    pub level: String,
    /// Of presence.
    pub minutes: i32,
    /// Academic hours.
    pub hours: i32,
    pub locale: String,
    pub letterhead_id: Uuid,
    pub issued_at: ChronoDateTimeUtc,
    pub issued_by: Uuid,
    pub revoked_at: Option<ChronoDateTimeUtc>,
    pub revoked_by: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a new certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub code: String,
    pub event_id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub role: String,
    pub topic: String,
    pub kind: String,
    pub title: String,
    pub held_on: NaiveDate,
    pub level: String,
    pub minutes: i32,
    pub hours: i32,
    pub locale: String,
    pub letterhead_id: Uuid,
    pub issued_by: Uuid,
}

/// Gives out a certificate with the next number of `year`; `None` where the person has a valid one
/// for the same part already. Call it in a transaction, so that no number is lost.
pub async fn issue(
    db: &impl ConnectionTrait,
    draft: Draft,
    year: i32,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let sequence = format!("certificate.{year}");
    number_sequence::hold(db, &sequence).await?;
    if valid(db, draft.event_id, draft.person_id, &draft.role).await? {
        return Ok(None);
    }
    let number = number_sequence::next(db, &sequence).await?;
    ActiveModel {
        id: Set(Uuid::now_v7()),
        number: Set(format!("{year}-{number:05}")),
        code: Set(draft.code),
        event_id: Set(draft.event_id),
        person_id: Set(draft.person_id),
        name: Set(draft.name),
        role: Set(draft.role),
        topic: Set(draft.topic),
        kind: Set(draft.kind),
        title: Set(draft.title),
        held_on: Set(draft.held_on),
        level: Set(draft.level),
        minutes: Set(draft.minutes),
        hours: Set(draft.hours),
        locale: Set(draft.locale),
        letterhead_id: Set(draft.letterhead_id),
        issued_at: Set(now),
        issued_by: Set(draft.issued_by),
        revoked_at: Set(None),
        revoked_by: Set(None),
        reason: Set(None),
    }
    .insert(db)
    .await
    .map(Some)
}

async fn valid(
    db: &impl ConnectionTrait,
    event: Uuid,
    person: Uuid,
    role: &str,
) -> Result<bool, DbErr> {
    let found = Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::PersonId.eq(person))
        .filter(Column::Role.eq(role))
        .filter(Column::RevokedAt.is_null())
        .one(db)
        .await?;
    Ok(found.is_some())
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Code.eq(code)).one(db).await
}

/// By number, the revoked ones too.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::Number)
        .all(db)
        .await
}

/// Latest event first, the revoked ones too.
pub async fn of_person(db: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::HeldOn)
        .order_by_desc(Column::Number)
        .all(db)
        .await
}

/// Revokes a valid certificate; `None` where it was revoked before, and that stays as it was.
pub async fn revoke(
    db: &impl ConnectionTrait,
    id: Uuid,
    by: Uuid,
    reason: String,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(ActiveModel {
            revoked_at: Set(Some(now)),
            revoked_by: Set(Some(by)),
            reason: Set(Some(reason)),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null())
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}
