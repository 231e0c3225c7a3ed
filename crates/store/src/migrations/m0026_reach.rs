//! From how many institutions an event's listeners came, kept with its count; triggers forget it when
//! something that it follows from changes, whoever changes it (ADR 0020).

use sea_orm_migration::{prelude::*, schema::integer_null, sea_orm::DbBackend};

use super::parts::add_column;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_column(manager, "tally", integer_null("listener_institutions")).await?;
        let statements = match manager.get_database_backend() {
            DbBackend::Sqlite => sqlite(),
            _ => postgres(),
        };
        let db = manager.get_connection();
        for statement in statements {
            db.execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

const FORGET: &str = "UPDATE tally SET listener_institutions = NULL";

/// What happens to a row, and by which of its two names SQLite knows the row then.
const CHANGES: [(&str, &str); 3] = [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")];

fn sqlite() -> Vec<String> {
    let mut statements = Vec::new();
    for (change, row) in CHANGES {
        // Most people who are brought in were nowhere yet, most events are told of already.
        statements.push(format!(
            "CREATE TRIGGER employment_{change}_reach AFTER {change} ON employment BEGIN \
             {FORGET} WHERE listener_institutions IS NOT NULL AND event_id IN \
             (SELECT a.event_id FROM attendance a WHERE a.person_id = {row}.person_id); END"
        ));
        statements.push(format!(
            "CREATE TRIGGER event_role_{change}_reach AFTER {change} ON event_role BEGIN \
             {FORGET} WHERE listener_institutions IS NOT NULL AND event_id = {row}.event_id; END"
        ));
    }
    statements.push(format!(
        "CREATE TRIGGER institution_reach AFTER UPDATE OF building_of ON institution \
         WHEN OLD.building_of IS NOT NEW.building_of BEGIN {FORGET}; END"
    ));
    statements
}

/// Once a statement, not once a row. Events are touched whether told of or not: who is about to tell
/// waits for whoever changes what is told.
fn postgres() -> Vec<String> {
    let function = |name: &str, which: &str| {
        format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN {FORGET} {which}; RETURN NULL; END $$"
        )
    };
    let mut statements = vec![
        function(
            "employment_reach",
            "WHERE event_id IN (SELECT a.event_id FROM attendance a \
             JOIN changed c ON c.person_id = a.person_id)",
        ),
        function(
            "event_role_reach",
            "WHERE event_id IN (SELECT c.event_id FROM changed c)",
        ),
        function("institution_reach", ""),
    ];
    for (change, row) in CHANGES {
        for table in ["employment", "event_role"] {
            statements.push(format!(
                "CREATE TRIGGER {table}_{change}_reach AFTER {change} ON {table} \
                 REFERENCING {row} TABLE AS changed \
                 FOR EACH STATEMENT EXECUTE FUNCTION {table}_reach()"
            ));
        }
    }
    statements.push(
        "CREATE TRIGGER institution_reach AFTER UPDATE OF building_of ON institution \
         FOR EACH ROW WHEN (OLD.building_of IS DISTINCT FROM NEW.building_of) \
         EXECUTE FUNCTION institution_reach()"
            .to_owned(),
    );
    statements
}
