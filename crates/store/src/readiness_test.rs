//! Readiness tests of room kits: on which day, passed or not.

use chrono::{DateTime, Utc};
use kafedra_model::indicator::ReadinessTest;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "readiness_test")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kit_id: Uuid,
    pub tested_on: ChronoDate,
    pub passed: bool,
    pub note: String,
    pub by_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// As the rules see it.
    pub fn test(&self) -> ReadinessTest {
        ReadinessTest {
            on: self.tested_on,
            passed: self.passed,
        }
    }
}

pub async fn add(
    db: &impl ConnectionTrait,
    kit: Uuid,
    test: ReadinessTest,
    note: String,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        kit_id: Set(kit),
        tested_on: Set(test.on),
        passed: Set(test.passed),
        note: Set(note),
        by_id: Set(by),
        created_at: Set(now),
    }
    .insert(db)
    .await
}

/// Everything there is.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().all(db).await
}

/// The tests of one kit, the latest first.
pub async fn of_kit(db: &impl ConnectionTrait, kit: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::KitId.eq(kit))
        .order_by_desc(Column::TestedOn)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}
