//! Minutes of events, version by version. What is signed is never written again.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "minutes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    /// From 1; a later one corrects what was signed.
    pub version: i32,
    pub number: String,
    pub state: String,
    /// `kafedra_model::minutes::Body` as JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    /// Moves with every edit; an editor says which state they saw.
    pub updated_at: ChronoDateTimeUtc,
    pub signed_at: Option<ChronoDateTimeUtc>,
    pub signed_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Every version, the latest first.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_desc(Column::Version)
        .all(db)
        .await
}

/// Those of several events that are signed.
pub async fn signed(
    db: &impl ConnectionTrait,
    events: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.is_in(events))
        .filter(Column::SignedAt.is_not_null())
        .all(db)
        .await
}

/// Which of several events have signed minutes.
pub async fn with_signed(
    db: &impl ConnectionTrait,
    events: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::EventId)
        .distinct()
        .filter(Column::EventId.is_in(events))
        .filter(Column::SignedAt.is_not_null())
        .into_tuple()
        .all(db)
        .await
}

/// Begins a version.
pub async fn create(
    db: &impl ConnectionTrait,
    event: Uuid,
    version: i32,
    number: String,
    body: String,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event),
        version: Set(version),
        number: Set(number),
        state: Set("draft".to_owned()),
        body: Set(body),
        created_by: Set(by),
        created_at: Set(now),
        updated_at: Set(now),
        signed_at: Set(None),
        signed_by: Set(None),
    }
    .insert(db)
    .await
}

/// Writes a draft unless somebody else's edit or signature came first.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    seen: DateTime<Utc>,
    number: String,
    body: String,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changes = ActiveModel {
        number: Set(number),
        body: Set(body),
        updated_at: Set(now),
        ..Default::default()
    };
    change(db, id, seen, changes).await
}

/// Signs a draft as its signer saw it.
pub async fn sign(
    db: &impl ConnectionTrait,
    id: Uuid,
    seen: DateTime<Utc>,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changes = ActiveModel {
        state: Set("signed".to_owned()),
        signed_at: Set(Some(now)),
        signed_by: Set(Some(by)),
        updated_at: Set(now),
        ..Default::default()
    };
    change(db, id, seen, changes).await
}

async fn change(
    db: &impl ConnectionTrait,
    id: Uuid,
    seen: DateTime<Utc>,
    changes: ActiveModel,
) -> Result<bool, DbErr> {
    let written = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq("draft"))
        .filter(Column::UpdatedAt.eq(seen))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}
