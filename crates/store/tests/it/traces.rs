//! The registry of what leads to people, held against the schema itself.

use std::collections::BTreeSet;

use kafedra_store::traces::{Fate, TRACES};
use kafedra_testkit::TestDatabase;
use sea_orm::{ConnectionTrait, Statement};

/// Columns of ids that lead to other things than people.
const ELSEWHERE: [&str; 23] = [
    "id",
    "event_id",
    "room_id",
    "institution_id",
    "association_id",
    "kit_id",
    "item_id",
    "project_id",
    "poll_id",
    "question_id",
    "check_id",
    "class_id",
    "group_id",
    "series_id",
    "letterhead_id",
    "scope_id",
    "building_of",
    "import_id",
    "job_id",
    "slip_id",
    "deck_id",
    "pupil_id",
    "indicator_id",
];
/// Guests who are no people of the register.
const NOBODYS: [(&str, &str); 2] = [("kit", "guest_id"), ("pupil", "guest_id")];
/// Tables whose ids are people's, or those of whom stands for them.
const PEOPLE: [&str; 4] = ["person", "account", "seat", "guest"];

fn is_traced(table: &str, column: &str) -> bool {
    TRACES
        .iter()
        .any(|trace| (trace.table, trace.column) == (table, column))
}

#[tokio::test]
async fn every_column_that_leads_to_a_person_stands_in_the_registry() {
    let database = TestDatabase::sqlite().await;
    let snapshot = database.store.snapshot().await.expect("a snapshot");
    let mut missing = Vec::new();
    for table in &snapshot.tables {
        let name = table.name.as_str();
        for column in table.id_columns() {
            let known = ELSEWHERE.contains(&column)
                || NOBODYS.contains(&(name, column))
                || is_traced(name, column);
            if !known {
                missing.push(format!("{name}.{column}"));
            }
        }
    }
    drop(snapshot);
    // Whatever a column is called: what the schema says it refers to.
    let sql = "SELECT m.name AS name, f.\"from\" AS leads, f.\"table\" AS target \
               FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";
    let db = &database.store.db;
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .expect("foreign keys");
    assert!(rows.len() > 100, "the schema has many");
    for row in rows {
        let [table, column, target] = ["name", "leads", "target"]
            .map(|column| row.try_get::<String>("", column).expect("text"));
        if PEOPLE.contains(&target.as_str())
            && !NOBODYS.contains(&(table.as_str(), column.as_str()))
            && !is_traced(&table, &column)
        {
            missing.push(format!("{table}.{column} → {target}"));
        }
    }
    assert!(missing.is_empty(), "not in TRACES: {missing:#?}");
}

#[tokio::test]
async fn the_registry_names_what_the_schema_has_and_each_column_once() {
    let database = TestDatabase::sqlite().await;
    let snapshot = database.store.snapshot().await.expect("a snapshot");
    let mut seen = BTreeSet::new();
    for trace in TRACES {
        let columns = snapshot
            .tables
            .iter()
            .find(|table| table.name == trace.table)
            .map(|table| table.column_names())
            .unwrap_or_default();
        let mut named = vec![trace.column];
        if let Fate::Blank(blanks) = trace.fate {
            named.extend(blanks.iter().map(|(column, _)| *column));
        }
        for column in named {
            assert!(
                columns.iter().any(|known| known == column),
                "{}.{column}",
                trace.table
            );
        }
        assert!(seen.insert((trace.table, trace.column)), "{trace:?} twice");
        if let Fate::Keep(why) = trace.fate {
            assert!(why.len() > 20, "{trace:?} does not say why");
        }
    }
}
