//! Facts about this installation as a whole, by name.

use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub value: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn get(db: &impl ConnectionTrait, name: &str) -> Result<Option<String>, DbErr> {
    Ok(Entity::find_by_id(name)
        .one(db)
        .await?
        .map(|fact| fact.value))
}

pub async fn set(db: &impl ConnectionTrait, name: &str, value: &str) -> Result<(), DbErr> {
    let fact = ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
    };
    Entity::insert(fact)
        .on_conflict(
            OnConflict::column(Column::Name)
                .update_column(Column::Value)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .map(drop)
}
