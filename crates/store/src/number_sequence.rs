//! Numbers without gaps or doubles, by the name of what they count.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, ExprTrait, entity::prelude::*, sea_query::OnConflict,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "number_sequence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The last number given out.
    pub last: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes everybody else who numbers by `name` wait until this transaction ends: what it finds
/// not numbered yet stays so.
pub async fn hold(db: &impl ConnectionTrait, name: &str) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        name: Set(name.to_owned()),
        last: Set(0),
    })
    .on_conflict(
        OnConflict::column(Column::Name)
            .value(Column::Last, Expr::col((Entity, Column::Last)))
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

/// The next number, from 1. Call it in the transaction that uses the number: others wait for its
/// end, and what is rolled back gives its number back.
pub async fn next(db: &impl ConnectionTrait, name: &str) -> Result<i64, DbErr> {
    let row = Entity::insert(ActiveModel {
        name: Set(name.to_owned()),
        last: Set(1),
    })
    .on_conflict(
        OnConflict::column(Column::Name)
            .value(Column::Last, Expr::col((Entity, Column::Last)).add(1))
            .to_owned(),
    )
    .exec_with_returning(db)
    .await?;
    Ok(row.last)
}
