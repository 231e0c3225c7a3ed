//! Rows of any table by what one column holds.

use sea_orm::{
    ConnectionTrait, DbErr, QueryResult, Statement, Value,
    prelude::Uuid,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use serde_json::Map;

use crate::{dump::Table, search::IDS_A_QUERY};

/// A row as JSON, by its columns.
pub type Row = Map<String, serde_json::Value>;

/// The ids in column `wanted` of rows whose `column` holds one of these.
pub async fn ids(
    db: &impl ConnectionTrait,
    table: &'static str,
    wanted: &'static str,
    column: &'static str,
    values: &[Uuid],
) -> Result<Vec<Uuid>, DbErr> {
    let mut found = Vec::new();
    for some in values.chunks(IDS_A_QUERY) {
        let select = Query::select()
            .distinct()
            .expr_as(Expr::col(wanted), "wanted")
            .from(table)
            .and_where(Expr::col(column).is_in(some.iter().copied()))
            .and_where(Expr::col(wanted).is_not_null())
            .to_owned();
        for row in db.query_all(&select).await? {
            found.push(row.try_get("", "wanted")?);
        }
    }
    Ok(found)
}

/// Rows of a table whose column holds one of these values.
pub async fn holding(
    db: &impl ConnectionTrait,
    table: &Table,
    column: &str,
    values: &[Value],
) -> Result<Vec<Row>, DbErr> {
    let mut rows = Vec::new();
    for some in values.chunks(IDS_A_QUERY) {
        let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
        let condition = format!("\"{column}\" IN ({})", places.join(", "));
        rows.extend(matching(db, table, &condition, some.to_vec()).await?);
    }
    Ok(rows)
}

/// Rows that meet a condition, whose values stand as `$1`, `$2`, ….
pub async fn matching(
    db: &impl ConnectionTrait,
    table: &Table,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<Row>, DbErr> {
    let backend = db.get_database_backend();
    let sql = format!(
        "SELECT {} FROM \"{}\" WHERE {condition}",
        table.columns_as_read(backend),
        table.name
    );
    db.query_all_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?
        .iter()
        .map(|row| read(table, row))
        .collect()
}

fn read(table: &Table, row: &QueryResult) -> Result<Row, DbErr> {
    table
        .columns
        .iter()
        .map(|column| Ok((column.name.clone(), column.kind.read(row, &column.name)?)))
        .collect()
}

/// How many rows there are whose column holds one of these values.
pub async fn count(
    db: &impl ConnectionTrait,
    table: &'static str,
    column: &'static str,
    values: &[Value],
) -> Result<i64, DbErr> {
    let mut total = 0;
    for some in values.chunks(IDS_A_QUERY) {
        let select = Query::select()
            .expr_as(Expr::cust("COUNT(*)"), "rows")
            .from(Alias::new(table))
            .and_where(Expr::col(column).is_in(some.iter().cloned()))
            .to_owned();
        if let Some(row) = db.query_one(&select).await? {
            total += row.try_get::<i64>("", "rows")?;
        }
    }
    Ok(total)
}
