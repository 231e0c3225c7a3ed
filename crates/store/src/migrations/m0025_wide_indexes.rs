//! Indexes that answer by themselves what the indicators ask of each person: where they work, and which
//! documents count.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut employment = Index::create()
            .name("employment_of_person")
            .table("employment")
            .to_owned();
        for column in [
            "person_id",
            "is_main",
            "from_date",
            "to_date",
            "institution_id",
            "position_code",
        ] {
            employment.col(column);
        }
        manager.create_index(employment).await?;
        let mut document = Index::create()
            .name("professional_development_of_person")
            .table("professional_development")
            .to_owned();
        for column in [
            "person_id",
            "valid_until",
            "issued_on",
            "hours",
            "kind",
            "verified_at",
        ] {
            document.col(column);
        }
        manager.create_index(document).await?;
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
