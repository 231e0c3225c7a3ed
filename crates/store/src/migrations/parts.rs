//! What most migrations are made of.
//!
//! Invariant: the names given here stand in databases; another rule for them is another function.

use sea_orm_migration::prelude::*;

/// An index named after its table and columns.
pub(super) async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let name = format!("{table}_{}", columns.join("_"));
    named_index(manager, &name, table, columns).await
}

/// The same by another name: PostgreSQL takes no more than 63 bytes of one.
pub(super) async fn named_index(
    manager: &SchemaManager<'_>,
    name: &str,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}

/// A foreign key to the column by which rows of `to_table` are known.
pub(super) fn reference(
    from_table: &'static str,
    from_column: &'static str,
    to_table: &'static str,
) -> ForeignKeyCreateStatement {
    let key = match to_table {
        "file" => "hash",
        "position" => "code",
        _ => "id",
    };
    ForeignKey::create()
        .name(format!("fk_{from_table}_{from_column}"))
        .from(from_table, from_column)
        .to(to_table, key)
        .to_owned()
}

/// One column a statement: SQLite takes no more.
pub(super) async fn add_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: impl Into<ColumnDef>,
) -> Result<(), DbErr> {
    let mut column = column.into();
    let alter = Table::alter()
        .table(table)
        .add_column(&mut column)
        .to_owned();
    manager.alter_table(alter).await
}
