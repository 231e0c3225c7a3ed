//! Indicators as SQL: how many are counted, by institution, and who they are, a page at a time.
//!
//! The rules are those of `kafedra_model::indicator`, written anew in the database's language; tests
//! hold the two, and a third and slower one, against each other. [`facts`] gives the records
//! themselves to rules that have no SQL: what would raise a figure, and its forecast.
//!
//! Invariant: what [`city`] counts is what [`by_institution`] adds up to and what [`page`] lists.

use chrono::NaiveDate;
use kafedra_model::indicator::{Base, Question, Value, value};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, prelude::Uuid};

use crate::search::{IDS_A_QUERY, Slice};

mod facts;
mod sql;

pub use facts::facts;
use sql::{Also, Sql};

/// A figure: how many count, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct Count {
    pub members: i64,
    pub counted: i64,
}

impl Count {
    fn and(self, other: Self) -> Self {
        Self {
            members: self.members + other.members,
            counted: self.counted + other.counted,
        }
    }

    /// `None` where there is nobody to count.
    pub fn value(self, base: Base) -> Option<Value> {
        let number = |n: i64| usize::try_from(n).unwrap_or_default();
        value(base, number(self.counted), number(self.members))
    }
}

/// The figure of everything that the question's slice holds.
pub async fn city(db: &impl ConnectionTrait, question: &Question) -> Result<Count, DbErr> {
    let mut sql = Sql::new(question, db, Also::Nothing);
    sql.push("SELECT COUNT(*) AS members, COALESCE(SUM(is_counted), 0) AS counted FROM member");
    let count = Count::find_by_statement(sql.statement()).one(db).await?;
    Ok(count.unwrap_or_default())
}

/// The same, and once more without those on parental leave.
pub async fn city_and_present(
    db: &impl ConnectionTrait,
    question: &Question,
) -> Result<(Count, Count), DbErr> {
    let mut sql = Sql::new(question, db, Also::Leave);
    sql.push(
        "SELECT is_away, COUNT(*) AS members, COALESCE(SUM(is_counted), 0) AS counted \
         FROM member GROUP BY is_away",
    );
    let rows = db.query_all_raw(sql.statement()).await?;
    let (mut all, mut present) = (Count::default(), Count::default());
    for row in rows {
        let some = Count::from_query_result(&row, "")?;
        all = all.and(some);
        if row.try_get::<i32>("", "is_away")? == 0 {
            present = present.and(some);
        }
    }
    Ok((all, present))
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
    let mut sql = Sql::new(question, db, Also::Nothing);
    sql.push(
        "SELECT owner AS institution, COUNT(*) AS members, \
         COALESCE(SUM(is_counted), 0) AS counted FROM member GROUP BY owner",
    );
    Row::find_by_statement(sql.statement()).all(db).await
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

/// One page of those who may be counted, by name. How many there are on all pages a figure tells.
pub async fn page(
    db: &impl ConnectionTrait,
    question: &Question,
    shown: Shown,
    slice: Slice,
) -> Result<Vec<Member>, DbErr> {
    let sql = Sql::page(question, db, shown, slice);
    let mut members = Member::find_by_statement(sql.statement()).all(db).await?;
    // A double record of an employment, which the rules refuse, makes nobody two.
    members.dedup();
    Ok(members)
}

/// An event by which somebody counts.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Part {
    pub person: Uuid,
    pub event: Uuid,
    pub title: String,
    pub held_on: NaiveDate,
    /// Empty where they listened.
    pub role: String,
    /// Of presence.
    pub seconds: i64,
}

/// The events by which some people count, the earliest first; nothing where other evidence does.
pub async fn parts(
    db: &impl ConnectionTrait,
    question: &Question,
    people: &[Uuid],
) -> Result<Vec<Part>, DbErr> {
    let mut parts = Vec::new();
    for some in people.chunks(IDS_A_QUERY) {
        if let Some(sql) = Sql::parts(question, db, some) {
            parts.extend(Part::find_by_statement(sql.statement()).all(db).await?);
        }
    }
    Ok(parts)
}

/// A kit by which an institution counts.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ReadyKit {
    pub institution: Uuid,
    pub id: Uuid,
    pub name: String,
    pub tested_on: NaiveDate,
}

/// The kits by which some institutions count, by name; nothing where other evidence does.
pub async fn kits(
    db: &impl ConnectionTrait,
    question: &Question,
    institutions: &[Uuid],
) -> Result<Vec<ReadyKit>, DbErr> {
    let mut kits = Vec::new();
    for some in institutions.chunks(IDS_A_QUERY) {
        if let Some(sql) = Sql::kits(question, db, some) {
            kits.extend(ReadyKit::find_by_statement(sql.statement()).all(db).await?);
        }
    }
    Ok(kits)
}
