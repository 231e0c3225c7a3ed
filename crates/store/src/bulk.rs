//! Many rows: written in few statements, read one after another.

use futures_util::TryStreamExt;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, Iterable, Select, StreamTrait,
};

/// Values in one statement. SQLite takes 32,766, but a statement that long is kept for the next such
/// one, and megabytes with it.
const VALUES: usize = 2_000;

/// Inserts all of `rows`, which must set the same columns. They are made as they are written: twenty
/// thousand of them are megabytes.
pub(crate) async fn insert<A>(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
) -> Result<(), DbErr>
where
    A: ActiveModelTrait,
{
    let columns = <<A::Entity as EntityTrait>::Column as Iterable>::iter().count();
    let a_statement = VALUES / columns.max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let batch: Vec<A> = rows.by_ref().take(a_statement).collect();
        A::Entity::insert_many(batch)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// A connection that gives rows as they come: the database itself, or a transaction.
pub trait Connection: ConnectionTrait + StreamTrait {}

impl<C: ConnectionTrait + StreamTrait> Connection for C {}

/// Reads rows that may be tens of thousands. Asked for all of them at once, SQLite's driver keeps each
/// value as an object of its own until the last row has come: kilobytes a row.
pub(crate) async fn read<E: EntityTrait>(
    db: &impl Connection,
    select: Select<E>,
) -> Result<Vec<E::Model>, DbErr> {
    select.stream(db).await?.try_collect().await
}
