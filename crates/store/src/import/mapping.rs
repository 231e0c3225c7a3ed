//! What the columns of a table meant the last time one with the same headers came.

use std::collections::BTreeMap;

use kafedra_model::import::{Field, Kind, field::folded, stamp};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_mapping")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Of all headers, in no order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub headers: String,
    #[sea_orm(column_type = "Text")]
    pub mapping: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

type ByHeader = BTreeMap<String, Field>;

fn key(headers: &[String]) -> String {
    let mut set: Vec<String> = headers.iter().map(|header| folded(header)).collect();
    set.sort();
    set.dedup();
    let set: Vec<&str> = set.iter().map(String::as_str).collect();
    stamp(&set)
}

/// `None` where no table with these headers was imported yet.
pub async fn remembered(
    db: &impl ConnectionTrait,
    kind: Kind,
    headers: &[String],
) -> Result<Option<Vec<Option<Field>>>, DbErr> {
    let found = Entity::find_by_id((kind.as_str().to_owned(), key(headers)))
        .one(db)
        .await?;
    let Some(row) = found else {
        return Ok(None);
    };
    // A field of a later version: better no memory than half of one.
    let Ok(by_header) = serde_json::from_str::<ByHeader>(&row.mapping) else {
        return Ok(None);
    };
    let columns = headers.iter().map(|header| folded(header));
    Ok(Some(
        columns
            .map(|header| by_header.get(&header).copied())
            .collect(),
    ))
}

pub async fn remember(
    db: &impl ConnectionTrait,
    kind: Kind,
    headers: &[String],
    mapping: &[Option<Field>],
) -> Result<(), DbErr> {
    let by_header: ByHeader = headers
        .iter()
        .zip(mapping)
        .filter_map(|(header, field)| Some((folded(header), (*field)?)))
        .collect();
    let text = serde_json::to_string(&by_header).map_err(|error| DbErr::Json(error.to_string()))?;
    Entity::insert(ActiveModel {
        kind: Set(kind.as_str().to_owned()),
        headers: Set(key(headers)),
        mapping: Set(text),
    })
    .on_conflict(
        OnConflict::columns([Column::Kind, Column::Headers])
            .update_column(Column::Mapping)
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}
