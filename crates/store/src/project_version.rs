//! Every version that a project's passport had.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DeriveActiveEnum, Iterable, QueryOrder, QuerySelect,
    entity::prelude::*,
};

use crate::project::{self, Change};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub version: i32,
    /// JSON, as it was then.
    #[sea_orm(column_type = "Text")]
    pub passport: String,
    pub cause: Cause,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub by_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
}

/// How a version came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "camelCase"
)]
pub enum Cause {
    Begun,
    Edited,
    /// The Commission approved the passport.
    Approved,
    /// The Commission accepted a change request.
    Changed,
    /// Risks were weighed.
    Weighed,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps the version that a project has now.
pub(crate) async fn note(
    db: &impl ConnectionTrait,
    project: &project::Model,
    change: Change,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        version: Set(project.version),
        passport: Set(project.passport.clone()),
        cause: Set(change.cause),
        reason: Set(change.reason),
        by_id: Set(change.by),
        created_at: Set(change.at),
    })
    .exec_without_returning(db)
    .await
    .map(drop)
}

/// All of them, the newest first; the passports are left empty.
pub async fn of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .select_only()
        .columns(Column::iter().filter(|column| !matches!(column, Column::Passport)))
        .expr_as(Expr::value(""), "passport")
        .filter(Column::ProjectId.eq(project))
        .order_by_desc(Column::Version)
        .all(db)
        .await
}

pub async fn find(
    db: &impl ConnectionTrait,
    project: Uuid,
    version: i32,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Version.eq(version))
        .one(db)
        .await
}
