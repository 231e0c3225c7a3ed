//! Files that people gave: what is known of their contents. The bytes lie on disk under the name
//! of their hash, so the same file given twice is kept once.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, SqlErr, entity::prelude::*, sea_query::OnConflict,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    /// SHA-256 of the contents, in hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// Bytes.
    pub size: i64,
    /// Told from the contents, never from what the sender said.
    pub content_type: String,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Notes a file unless it is known already.
pub async fn note(
    db: &impl ConnectionTrait,
    hash: &str,
    size: i64,
    content_type: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        hash: Set(hash.to_owned()),
        size: Set(size),
        content_type: Set(content_type.to_owned()),
        created_at: Set(now),
    })
    .on_conflict(OnConflict::column(Column::Hash).do_nothing().to_owned())
    .try_insert()
    .exec_without_returning(db)
    .await
    .map(drop)
}

pub async fn find(db: &impl ConnectionTrait, hash: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(hash).one(db).await
}

/// The files of these hashes, in no order.
pub async fn of_hashes(
    db: &impl ConnectionTrait,
    hashes: Vec<String>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::Hash.is_in(hashes))
        .all(db)
        .await
}

/// Deletes the note of a file that no other record refers to; `false` where one does.
pub async fn delete_unused(db: &impl ConnectionTrait, hash: &str) -> Result<bool, DbErr> {
    match Entity::delete_by_id(hash).exec(db).await {
        Ok(done) => Ok(done.rows_affected > 0),
        // What refers to files is written in the schema, and the database looks there itself.
        Err(error) => match error.sql_err() {
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Ok(false),
            _ => Err(error),
        },
    }
}
