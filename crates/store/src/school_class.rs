//! Classes of pupils: what they are called, whose they are.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, Condition, ConnectionTrait, QueryOrder, entity::prelude::*};

use crate::lesson;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "school_class")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub label: String,
    pub institution_id: Uuid,
    pub teacher_id: Uuid,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn create(
    db: &impl ConnectionTrait,
    label: String,
    institution: Uuid,
    teacher: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        label: Set(label),
        institution_id: Set(institution),
        teacher_id: Set(teacher),
        created_at: Set(now),
    }
    .insert(db)
    .await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The classes of a teacher and those of some institutions, by their names.
pub async fn kept(
    db: &impl ConnectionTrait,
    teacher: Uuid,
    institutions: Vec<Uuid>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(
            Condition::any()
                .add(Column::TeacherId.eq(teacher))
                .add(Column::InstitutionId.is_in(institutions)),
        )
        .order_by_asc(Column::Label)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    label: String,
    teacher: Uuid,
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel {
            label: Set(label),
            teacher_id: Set(teacher),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Deletes a class whose pupils are gone; its lessons have none any more.
pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    lesson::Entity::delete_many()
        .filter(lesson::Column::ClassId.eq(id))
        .exec(db)
        .await?;
    Entity::delete_by_id(id).exec(db).await.map(drop)
}
