//! Consents of pupils' guardians. Nothing given is written over: a withdrawal is noted beside it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::Query,
};

use crate::pupil;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "guardian_consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub pupil_id: Uuid,
    pub purpose: String,
    /// Version of the text that was signed.
    pub version: String,
    pub given_on: ChronoDate,
    /// The guardian, as they signed.
    pub given_by: String,
    pub scan_hash: Option<String>,
    pub recorded_by: Uuid,
    pub recorded_at: ChronoDateTimeUtc,
    pub withdrawn_at: Option<ChronoDateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is written about a consent; checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub purpose: &'static str,
    pub version: &'static str,
    pub given_on: NaiveDate,
    pub given_by: String,
}

/// Notes a consent in place of the one that counted before.
pub async fn give(
    db: &impl ConnectionTrait,
    pupil: Uuid,
    draft: Draft,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    withdraw(db, pupil, draft.purpose, by, now).await?;
    ActiveModel {
        id: Set(Uuid::now_v7()),
        pupil_id: Set(pupil),
        purpose: Set(draft.purpose.to_owned()),
        version: Set(draft.version.to_owned()),
        given_on: Set(draft.given_on),
        given_by: Set(draft.given_by),
        scan_hash: Set(None),
        recorded_by: Set(by),
        recorded_at: Set(now),
        withdrawn_at: Set(None),
        withdrawn_by: Set(None),
    }
    .insert(db)
    .await
}

/// Notes that a consent counts no longer; `false` where none did.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    pupil: Uuid,
    purpose: &str,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(ActiveModel {
            withdrawn_at: Set(Some(now)),
            withdrawn_by: Set(Some(by)),
            ..Default::default()
        })
        .filter(Column::PupilId.eq(pupil))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::WithdrawnAt.is_null())
        .exec(db)
        .await?;
    Ok(written.rows_affected > 0)
}

/// Consents of a class's pupils for one purpose that were not withdrawn, whatever their version.
pub async fn standing(
    db: &impl ConnectionTrait,
    class: Uuid,
    purpose: &str,
) -> Result<Vec<Model>, DbErr> {
    let pupils = Query::select()
        .column(pupil::Column::Id)
        .from(pupil::Entity)
        .and_where(pupil::Column::ClassId.eq(class))
        .to_owned();
    Entity::find()
        .filter(Column::PupilId.in_subquery(pupils))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_asc(Column::RecordedAt)
        .all(db)
        .await
}

/// The consent of one pupil that was not withdrawn.
pub async fn of_pupil(
    db: &impl ConnectionTrait,
    pupil: Uuid,
    purpose: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::PupilId.eq(pupil))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::WithdrawnAt.is_null())
        .one(db)
        .await
}

pub async fn set_scan(
    db: &impl ConnectionTrait,
    id: Uuid,
    hash: Option<String>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            scan_hash: Set(hash),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// The scans of some pupils' consents, withdrawn ones included.
pub async fn scans(db: &impl ConnectionTrait, pupils: &[Uuid]) -> Result<Vec<String>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::ScanHash)
        .distinct()
        .filter(Column::PupilId.is_in(pupils.iter().copied()))
        .filter(Column::ScanHash.is_not_null())
        .into_tuple()
        .all(db)
        .await
}
