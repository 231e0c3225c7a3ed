//! Indexes that answer by themselves what the indicators ask of each person: where they work, and which
//! documents count.

use sea_orm_migration::prelude::*;

use super::parts::named_index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        named_index(
            manager,
            "employment_of_person",
            "employment",
            &[
                "person_id",
                "is_main",
                "from_date",
                "to_date",
                "institution_id",
                "position_code",
            ],
        )
        .await?;
        named_index(
            manager,
            "professional_development_of_person",
            "professional_development",
            &[
                "person_id",
                "valid_until",
                "issued_on",
                "hours",
                "kind",
                "verified_at",
            ],
        )
        .await?;
        // What begins them needs no index of its own.
        drop(manager, "employment", "employment_person_id").await?;
        drop(
            manager,
            "professional_development",
            "professional_development_person_id_valid_until",
        )
        .await
    }
}

async fn drop(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
) -> Result<(), DbErr> {
    let drop = Index::drop().table(table).name(name).to_owned();
    manager.drop_index(drop).await
}
