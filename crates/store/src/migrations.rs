//! The schema's history. Migrations only grow: expand first, contract in a later version.
//!
//! To add one: a file `mNNNN_what.rs` beside the others and a line in [`Migrator::migrations`].

use sea_orm_migration::prelude::*;

mod m0001_people;
mod m0002_accounts;
mod m0003_rooms;
mod m0004_project;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_rooms::Migration),
            Box::new(m0004_project::Migration),
        ]
    }
}
