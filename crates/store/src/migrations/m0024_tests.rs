//! Who tested a kit and who changed its status, by an index: each person that goes is looked for there.

use sea_orm_migration::prelude::*;

use super::parts::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "readiness_test", &["by_id"]).await?;
        index(manager, "kit_status", &["by_id"]).await
    }
}
