//! Scans of documents of professional development, one each at most.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

use crate::search::IDS_A_QUERY;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_scan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Uuid,
    pub file_hash: String,
    pub added_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a file as a document's scan, in place of the one before.
pub async fn put(
    db: &impl ConnectionTrait,
    document: Uuid,
    file_hash: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        document_id: Set(document),
        file_hash: Set(file_hash),
        added_at: Set(now),
    })
    .on_conflict(
        OnConflict::column(Column::DocumentId)
            .update_columns([Column::FileHash, Column::AddedAt])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

/// Hashes of the files, by document.
pub async fn of_documents(
    db: &impl ConnectionTrait,
    documents: &[Uuid],
) -> Result<HashMap<Uuid, String>, DbErr> {
    let mut scans = HashMap::new();
    for some in documents.chunks(IDS_A_QUERY) {
        let found = Entity::find()
            .filter(Column::DocumentId.is_in(some.iter().copied()))
            .all(db)
            .await?;
        scans.extend(
            found
                .into_iter()
                .map(|row| (row.document_id, row.file_hash)),
        );
    }
    Ok(scans)
}

/// The file's hash; `None` where a document has no scan.
pub async fn of_document(
    db: &impl ConnectionTrait,
    document: Uuid,
) -> Result<Option<String>, DbErr> {
    let found = Entity::find_by_id(document).one(db).await?;
    Ok(found.map(|row| row.file_hash))
}

pub async fn delete(db: &impl ConnectionTrait, document: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(document).exec(db).await.map(drop)
}
