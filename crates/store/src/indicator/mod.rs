//! Indicators as SQL: how many are counted, by institution, and who they are, a page at a time.
//!
//! The rules are those of `kafedra_model::indicator`, written anew in the database's language; tests
//! hold the two, and a third and slower one, against each other. [`facts`] gives the records
//! themselves to rules that have no SQL: what would raise a figure, and its forecast.
//!
//! Invariant: what [`city`] counts is what [`by_institution`] adds up to and what [`page`] lists.

use kafedra_model::indicator::{Base, Question, Value, value};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, prelude::Uuid};

use crate::search::Slice;

mod facts;
mod sql;

pub use facts::facts;
use sql::Sql;

/// A figure: how many count, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct Count {
    pub members: i64,
    pub counted: i64,
}

impl Count {
    /// `None` where there is nobody to count.
    pub fn value(self, base: Base) -> Option<Value> {
        let number = |n: i64| usize::try_from(n).unwrap_or_default();
        value(base, number(self.counted), number(self.members))
    }
}

/// The figure of everything that the question's slice holds.
pub async fn city(db: &impl ConnectionTrait, question: &Question) -> Result<Count, DbErr> {
    let mut sql = Sql::new(question);
    sql.push(
        "SELECT COUNT(*) AS members, COUNT(proof.id) AS counted \
         FROM member LEFT JOIN proof ON proof.id = member.id",
    );
    let count = Count::find_by_statement(sql.statement(db)).one(db).await?;
    Ok(count.unwrap_or_default())
}

/// The figure of one legal entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub institution: Uuid,
    pub members: i64,
    pub counted: i64,
}

/// The figures of all legal entities that have anybody to count, in no order.
pub async fn by_institution(
    db: &impl ConnectionTrait,
    question: &Question,
) -> Result<Vec<Row>, DbErr> {
    let mut sql = Sql::new(question);
    sql.push(
        "SELECT member.owner AS institution, COUNT(*) AS members, COUNT(proof.id) AS counted \
         FROM member LEFT JOIN proof ON proof.id = member.id GROUP BY member.owner",
    );
    Row::find_by_statement(sql.statement(db)).all(db).await
}

/// Whom a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    All,
    Counted,
    Uncounted,
}

/// Somebody who may be counted.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Member {
    pub id: Uuid,
    /// Where their main employment is, or the institution itself.
    pub owner: Uuid,
    /// 1 or 0: neither database's truth values are the other's.
    pub is_counted: i32,
}

/// One page of those who may be counted, by name, and how many there are on all pages.
pub async fn page(
    db: &impl ConnectionTrait,
    question: &Question,
    shown: Shown,
    slice: Slice,
) -> Result<(Vec<Member>, u64), DbErr> {
    let which = match shown {
        Shown::All => "",
        Shown::Counted => " WHERE proof.id IS NOT NULL",
        Shown::Uncounted => " WHERE proof.id IS NULL",
    };
    let mut count = Sql::new(question);
    count.push(&format!(
        "SELECT COUNT(*) AS members, COUNT(proof.id) AS counted \
         FROM member LEFT JOIN proof ON proof.id = member.id{which}"
    ));
    let total = Count::find_by_statement(count.statement(db))
        .one(db)
        .await?
        .unwrap_or_default()
        .members;
    let mut sql = Sql::new(question);
    let names = sql.names();
    let limit = sql.bind(i64::try_from(slice.limit).unwrap_or(i64::MAX));
    let offset = sql.bind(i64::try_from(slice.offset).unwrap_or(i64::MAX));
    sql.push(&format!(
        "SELECT member.id, member.owner, \
         CASE WHEN proof.id IS NULL THEN 0 ELSE 1 END AS is_counted \
         FROM member LEFT JOIN proof ON proof.id = member.id \
         JOIN {names} named ON named.id = member.id{which} \
         ORDER BY named.search_name, member.id LIMIT {limit} OFFSET {offset}"
    ));
    let members = Member::find_by_statement(sql.statement(db)).all(db).await?;
    Ok((members, u64::try_from(total).unwrap_or_default()))
}
