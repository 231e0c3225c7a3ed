//! The schema's history. Migrations only grow: expand first, contract in a later version.
//!
//! To add one: a file `mNNNN_what.rs` beside the others and a line in [`Migrator::migrations`].

use sea_orm_migration::prelude::*;

mod m0001_people;
mod m0002_accounts;
mod m0003_rooms;
mod m0004_project;
mod m0005_events;
mod m0006_presence;
mod m0007_proof;
mod m0008_stage;
mod m0009_questions;
mod m0010_registration;
mod m0011_mail;
mod m0013_slides;
mod m0014_lessons;
mod m0015_register;
mod m0016_import;
mod m0017_project;
mod m0018_news;
mod m0019_erasure;
mod m0020_counting;
mod m0021_evidence;
mod m0022_own_indicators;
mod m0023_categories;
mod m0024_tests;
mod m0025_wide_indexes;
mod m0026_reach;
mod parts;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_rooms::Migration),
            Box::new(m0004_project::Migration),
            Box::new(m0005_events::Migration),
            Box::new(m0006_presence::Migration),
            Box::new(m0007_proof::Migration),
            Box::new(m0008_stage::Migration),
            Box::new(m0009_questions::Migration),
            Box::new(m0010_registration::Migration),
            Box::new(m0011_mail::Migration),
            Box::new(m0013_slides::Migration),
            Box::new(m0014_lessons::Migration),
            Box::new(m0015_register::Migration),
            Box::new(m0016_import::Migration),
            Box::new(m0017_project::Migration),
            Box::new(m0018_news::Migration),
            Box::new(m0019_erasure::Migration),
            Box::new(m0020_counting::Migration),
            Box::new(m0021_evidence::Migration),
            Box::new(m0022_own_indicators::Migration),
            Box::new(m0023_categories::Migration),
            Box::new(m0024_tests::Migration),
            Box::new(m0025_wide_indexes::Migration),
            Box::new(m0026_reach::Migration),
        ]
    }
}
