//! Taking an import back.
//!
//! Invariant: what the import made goes, what it changed is as before, and nothing that came since is
//! lost: any change to its records, and any record that refers to one, stands in the way. Which
//! tables refer to which is asked of the schema, so that a table of a later version is not forgotten.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DbBackend, QueryResult, Statement,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait, Query, SelectStatement},
};

use super::change::{self, Before, Record};
use crate::{
    Connection, account, bulk, employment, institution, person, professional_development, snils,
};

/// Why an import stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    pub record: Record,
    pub id: Uuid,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It was changed since.
    Changed,
    /// A record of this table refers to it.
    Used(String),
}

/// What an import did, by record.
struct Done {
    import: Uuid,
    made: HashMap<Record, HashMap<Uuid, String>>,
    changed: Vec<(Record, Uuid, Before, String)>,
}

/// Rows deleted by one statement; between two of them somebody hears how far it is.
const AT_ONCE: usize = 1_000;

/// Takes an import back, or tells what stands in the way and leaves the transaction to be dropped.
/// Meanwhile `share` hears how much of it is done, from 0 to 1.
pub async fn undo(
    db: &impl Connection,
    import: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
    share: impl Fn(f64),
) -> Result<Vec<Obstacle>, DbErr> {
    let done = Done::read(db, import).await?;
    share(0.1);
    let mut obstacles = done.changed_since(db).await?;
    if !obstacles.is_empty() {
        return Ok(obstacles);
    }
    let made: usize = done.made.values().map(HashMap::len).sum();
    let mut gone = 0;
    let mut went = |some: usize| {
        gone += some;
        share(0.3 + 0.6 * gone as f64 / made.max(1) as f64);
    };
    went(0);
    // In this order each record goes before those it refers to.
    for record in [Record::Document, Record::Employment] {
        obstacles.extend(done.delete(db, record, &mut went).await?);
    }
    done.restore(db).await?;
    for record in [
        Record::Account,
        Record::Snils,
        Record::Person,
        Record::Institution,
    ] {
        obstacles.extend(done.delete(db, record, &mut went).await?);
    }
    if obstacles.is_empty() {
        super::Entity::update_many()
            .set(super::ActiveModel {
                state: Set(super::UNDONE.to_owned()),
                undone_by: Set(Some(by)),
                undone_at: Set(Some(now)),
                ..Default::default()
            })
            .filter(super::Column::Id.eq(import))
            .exec(db)
            .await?;
        change::Entity::delete_many()
            .filter(change::Column::ImportId.eq(import))
            .exec(db)
            .await?;
    }
    Ok(obstacles)
}

impl Done {
    async fn read(db: &impl Connection, import: Uuid) -> Result<Self, DbErr> {
        let mut done = Self {
            import,
            made: HashMap::new(),
            changed: Vec::new(),
        };
        for row in change::of_import(db, import).await? {
            let unknown = || DbErr::Type(format!("import change of {}", row.record));
            let record = Record::parse(&row.record).ok_or_else(unknown)?;
            match row.before {
                None => drop(
                    done.made
                        .entry(record)
                        .or_default()
                        .insert(row.record_id, row.stamp),
                ),
                Some(text) => {
                    let before = serde_json::from_str(&text)
                        .map_err(|error| DbErr::Json(error.to_string()))?;
                    done.changed
                        .push((record, row.record_id, before, row.stamp));
                }
            }
        }
        Ok(done)
    }

    /// Every record that the import touched, with the stamp it left.
    fn touched(&self, record: Record) -> HashMap<Uuid, &str> {
        let made = self.made.get(&record).into_iter().flatten();
        let changed = self
            .changed
            .iter()
            .filter(|(of, ..)| *of == record)
            .map(|(_, id, _, stamp)| (id, stamp));
        made.chain(changed)
            .map(|(id, stamp)| (*id, stamp.as_str()))
            .collect()
    }

    /// Records whose stamp is another now. One that is gone stands in nobody's way.
    async fn changed_since(&self, db: &impl Connection) -> Result<Vec<Obstacle>, DbErr> {
        let mut obstacles = Vec::new();
        for record in Record::ALL {
            let touched = self.touched(record);
            if touched.is_empty() {
                continue;
            }
            for (id, now) in stamps(db, record, touched_by(self.import, record)).await? {
                if touched.get(&id).is_some_and(|left| *left != now) {
                    obstacles.push(Obstacle {
                        record,
                        id,
                        why: Why::Changed,
                    });
                }
            }
        }
        Ok(obstacles)
    }

    /// Deletes what the import made, unless something refers to it.
    async fn delete(
        &self,
        db: &impl ConnectionTrait,
        record: Record,
        went: &mut impl FnMut(usize),
    ) -> Result<Vec<Obstacle>, DbErr> {
        let Some(made) = self.made.get(&record) else {
            return Ok(Vec::new());
        };
        let obstacles = used(db, record, &made_by(self.import, record)).await?;
        if !obstacles.is_empty() {
            return Ok(obstacles);
        }
        let key = match record {
            Record::Snils => "person_id",
            _ => "id",
        };
        let ids: Vec<Uuid> = made.keys().copied().collect();
        for some in ids.chunks(AT_ONCE) {
            let delete = Query::delete()
                .from_table(Alias::new(record.table()))
                .and_where(Expr::col(Alias::new(key)).is_in(some.iter().copied()))
                .to_owned();
            db.execute(&delete).await?;
            went(some.len());
        }
        Ok(Vec::new())
    }

    async fn restore(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for (_, id, before, _) in &self.changed {
            match before {
                Before::Person { email, birth_date } => {
                    person::Entity::update_many()
                        .col_expr(person::Column::Email, Expr::value(email.clone()))
                        .col_expr(person::Column::BirthDate, Expr::value(*birth_date))
                        .col_expr(
                            person::Column::Version,
                            Expr::col(person::Column::Version).add(1),
                        )
                        .filter(person::Column::Id.eq(*id))
                        .exec(db)
                        .await?;
                }
                Before::Employment { to_date } => {
                    employment::Entity::update_many()
                        .col_expr(employment::Column::ToDate, Expr::value(*to_date))
                        .filter(employment::Column::Id.eq(*id))
                        .exec(db)
                        .await?;
                }
            }
        }
        Ok(())
    }
}

/// The ids of the records that an import made or changed, as a query within another.
fn touched_by(import: Uuid, record: Record) -> SelectStatement {
    Query::select()
        .column(change::Column::RecordId)
        .from(change::Entity)
        .and_where(change::Column::ImportId.eq(import))
        .and_where(change::Column::Record.eq(record.as_str()))
        .to_owned()
}

/// Those that it made.
fn made_by(import: Uuid, record: Record) -> SelectStatement {
    touched_by(import, record)
        .and_where(change::Column::Before.is_null())
        .to_owned()
}

/// The records of some ids that are still there, each with its stamp of now.
async fn stamps(
    db: &impl Connection,
    record: Record,
    ids: SelectStatement,
) -> Result<Vec<(Uuid, String)>, DbErr> {
    Ok(match record {
        Record::Person => {
            let rows = person::Entity::find().filter(person::Column::Id.in_subquery(ids));
            let rows = bulk::read(db, rows).await?;
            rows.iter()
                .map(|row| (row.id, change::of_person(row)))
                .collect()
        }
        Record::Employment => {
            let rows = employment::Entity::find().filter(employment::Column::Id.in_subquery(ids));
            let rows = bulk::read(db, rows).await?;
            rows.iter()
                .map(|row| (row.id, change::of_employment(row)))
                .collect()
        }
        Record::Document => {
            let rows = professional_development::Entity::find()
                .filter(professional_development::Column::Id.in_subquery(ids));
            let rows = bulk::read(db, rows).await?;
            rows.iter()
                .map(|row| (row.id, change::of_document(row)))
                .collect()
        }
        Record::Institution => {
            let rows = institution::Entity::find().filter(institution::Column::Id.in_subquery(ids));
            let rows = bulk::read(db, rows).await?;
            rows.iter()
                .map(|row| (row.id, change::of_institution(row)))
                .collect()
        }
        Record::Snils => {
            let rows = snils::Entity::find().filter(snils::Column::PersonId.in_subquery(ids));
            let rows = bulk::read(db, rows).await?;
            rows.into_iter()
                .map(|row| (row.person_id, row.lookup))
                .collect()
        }
        Record::Account => {
            let rows = account::Entity::find().filter(account::Column::Id.in_subquery(ids));
            let rows = bulk::read(db, rows).await?;
            rows.iter().map(|row| (row.id, of_account(row))).collect()
        }
    })
}

/// Of an account: with a password it is somebody's.
pub fn of_account(row: &account::Model) -> String {
    kafedra_model::import::stamp(&[&row.login, &row.password_hash.is_some().to_string()])
}

/// Records of other tables that refer to some of these.
async fn used(
    db: &impl ConnectionTrait,
    record: Record,
    ids: &SelectStatement,
) -> Result<Vec<Obstacle>, DbErr> {
    let mut obstacles = Vec::new();
    let mut seen = HashSet::new();
    for (table, column) in references(db, record.table()).await? {
        let column = Alias::new(column.as_str());
        let query = Query::select()
            .distinct()
            .expr_as(Expr::col(column.clone()), Alias::new("id"))
            .from(Alias::new(table.as_str()))
            .and_where(Expr::col(column).in_subquery(ids.clone()))
            .to_owned();
        for row in db.query_all(&query).await? {
            let id: Uuid = row.try_get("", "id")?;
            if seen.insert((id, table.clone())) {
                obstacles.push(Obstacle {
                    record,
                    id,
                    why: Why::Used(table.clone()),
                });
            }
        }
    }
    Ok(obstacles)
}

/// Tables and columns that refer to a table; a role's scope does so without a foreign key.
async fn references(
    db: &impl ConnectionTrait,
    table: &str,
) -> Result<Vec<(String, String)>, DbErr> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => format!(
            "SELECT f.relname::text AS name, a.attname::text AS part FROM pg_constraint c \
             JOIN pg_class f ON f.oid = c.conrelid \
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey) \
             WHERE c.contype = 'f' AND c.confrelid = '\"{table}\"'::regclass ORDER BY 1, 2"
        ),
        _ => format!(
            "SELECT m.name AS name, f.\"from\" AS part FROM sqlite_master m \
             JOIN pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table' AND f.\"table\" = '{table}' ORDER BY 1, 2"
        ),
    };
    let rows = db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    let pair = |row: &QueryResult| Ok((row.try_get("", "name")?, row.try_get("", "part")?));
    let mut found = rows.iter().map(pair).collect::<Result<Vec<_>, DbErr>>()?;
    if table == Record::Institution.table() {
        found.push(("role_grant".to_owned(), "scope_id".to_owned()));
    }
    Ok(found)
}
