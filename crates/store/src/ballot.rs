//! Answers to polls: who answered, and what was chosen.
//!
//! Invariant: of an answer without a name nothing leads from a seat to its choice. That a seat has
//! voted stands in `poll_voter`, without a time; the choice is added to a number in `poll_tally`.
//! Rows of choices would give themselves away by their order.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, ExprTrait, PaginatorTrait, QueryOrder, QuerySelect,
    TryInsertResult, entity::prelude::*, sea_query::OnConflict,
};

use crate::seat;

/// That somebody answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "poll_voter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub poll_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seat_id: Uuid,
    /// The voter's name when they voted.
    pub name: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What was chosen by name.
pub mod choice {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll_choice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub poll_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seat_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub option: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How often an option was chosen without a name.
pub mod tally {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll_tally")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub poll_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub option: i32,
        pub votes: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

fn number(option: usize) -> i32 {
    i32::try_from(option).unwrap_or(i32::MAX)
}

/// Makes the counters of a poll without names.
pub(crate) async fn begin(
    db: &impl ConnectionTrait,
    poll: Uuid,
    options: usize,
) -> Result<(), DbErr> {
    let counters = (0..options).map(|option| tally::ActiveModel {
        poll_id: Set(poll),
        option: Set(number(option)),
        votes: Set(0),
    });
    tally::Entity::insert_many(counters)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Stores an answer by name, or another one in place of the first. Within a transaction.
pub async fn named(
    db: &impl ConnectionTrait,
    poll: Uuid,
    seat: &seat::Model,
    choices: &[usize],
) -> Result<(), DbErr> {
    voted(db, poll, seat).await?;
    choice::Entity::delete_many()
        .filter(choice::Column::PollId.eq(poll))
        .filter(choice::Column::SeatId.eq(seat.id))
        .exec(db)
        .await?;
    let rows = choices.iter().map(|option| choice::ActiveModel {
        poll_id: Set(poll),
        seat_id: Set(seat.id),
        option: Set(number(*option)),
    });
    choice::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Counts an answer without a name; `false` where this seat has answered before. Within a
/// transaction.
pub async fn secret(
    db: &impl ConnectionTrait,
    poll: Uuid,
    seat: &seat::Model,
    choices: &[usize],
) -> Result<bool, DbErr> {
    if !voted(db, poll, seat).await? {
        return Ok(false);
    }
    tally::Entity::update_many()
        .col_expr(tally::Column::Votes, Expr::col(tally::Column::Votes).add(1))
        .filter(tally::Column::PollId.eq(poll))
        .filter(tally::Column::Option.is_in(choices.iter().map(|option| number(*option))))
        .exec(db)
        .await?;
    Ok(true)
}

/// Notes that a seat has answered; `false` where it had before.
async fn voted(db: &impl ConnectionTrait, poll: Uuid, seat: &seat::Model) -> Result<bool, DbErr> {
    let inserted = Entity::insert(ActiveModel {
        poll_id: Set(poll),
        seat_id: Set(seat.id),
        name: Set(seat.name.clone()),
    })
    .on_conflict(
        OnConflict::columns([Column::PollId, Column::SeatId])
            .do_nothing()
            .to_owned(),
    )
    .try_insert()
    .exec_without_returning(db)
    .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

/// How many have answered.
pub async fn voters(db: &impl ConnectionTrait, poll: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::PollId.eq(poll))
        .count(db)
        .await
}

/// How often each option was chosen, by name and without; those never chosen may be left out.
pub async fn counts(db: &impl ConnectionTrait, poll: Uuid) -> Result<HashMap<usize, u64>, DbErr> {
    let mut rows: Vec<(i32, i64)> = choice::Entity::find()
        .select_only()
        .column(choice::Column::Option)
        .column_as(choice::Column::SeatId.count(), "votes")
        .filter(choice::Column::PollId.eq(poll))
        .group_by(choice::Column::Option)
        .into_tuple()
        .all(db)
        .await?;
    rows.extend(
        tally::Entity::find()
            .select_only()
            .column(tally::Column::Option)
            .column(tally::Column::Votes)
            .filter(tally::Column::PollId.eq(poll))
            .into_tuple::<(i32, i64)>()
            .all(db)
            .await?,
    );
    Ok(rows
        .into_iter()
        .filter_map(|(option, votes)| {
            Some((usize::try_from(option).ok()?, u64::try_from(votes).ok()?))
        })
        .collect())
}

/// Which of these polls a seat has answered.
pub async fn answered_by(
    db: &impl ConnectionTrait,
    polls: impl IntoIterator<Item = Uuid>,
    seat: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::PollId)
        .filter(Column::SeatId.eq(seat))
        .filter(Column::PollId.is_in(polls))
        .into_tuple()
        .all(db)
        .await
}

/// What a seat chose by name in these polls.
pub async fn chosen_by(
    db: &impl ConnectionTrait,
    polls: impl IntoIterator<Item = Uuid>,
    seat: Uuid,
) -> Result<Vec<(Uuid, usize)>, DbErr> {
    let rows: Vec<(Uuid, i32)> = choice::Entity::find()
        .select_only()
        .column(choice::Column::PollId)
        .column(choice::Column::Option)
        .filter(choice::Column::SeatId.eq(seat))
        .filter(choice::Column::PollId.is_in(polls))
        .order_by_asc(choice::Column::Option)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(poll, option)| Some((poll, usize::try_from(option).ok()?)))
        .collect())
}

/// Who chose what by name: names in their order, each with its choices in theirs.
pub async fn names(
    db: &impl ConnectionTrait,
    poll: Uuid,
) -> Result<Vec<(String, Vec<usize>)>, DbErr> {
    let mut voters = Entity::find()
        .filter(Column::PollId.eq(poll))
        // Long after the event nobody's name is known any more.
        .filter(Column::Name.ne(""))
        .all(db)
        .await?;
    voters.sort_by(|a, b| (&a.name, a.seat_id).cmp(&(&b.name, b.seat_id)));
    let mut choices: HashMap<Uuid, Vec<usize>> = HashMap::new();
    let rows = choice::Entity::find()
        .filter(choice::Column::PollId.eq(poll))
        .order_by_asc(choice::Column::Option)
        .all(db)
        .await?;
    for row in rows {
        let option = usize::try_from(row.option).unwrap_or_default();
        choices.entry(row.seat_id).or_default().push(option);
    }
    Ok(voters
        .into_iter()
        .map(|voter| {
            let chosen = choices.remove(&voter.seat_id).unwrap_or_default();
            (voter.name, chosen)
        })
        .collect())
}
