//! What people said in rooms, long after the event: words and names go, numbers stay.

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ExprTrait, Query, SelectStatement},
};

use crate::{ballot, chat, event, guest, kit, poll, pupil, question, registration, room, seat};

/// What stands in place of a guest's name, as in lists beside living ones.
pub const GUEST: &str = "Гость";

/// Forgets what was said and by whom in rooms of events that ended before `before`: chat goes, questions
/// and votes lose their authors, guests their names. Gives how many rows changed. Within a transaction.
pub async fn forget_words(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let rooms = || of_events(room::Column::Id, before);
    let mut changed = chat::Entity::delete_many()
        .filter(chat::Column::RoomId.in_subquery(rooms()))
        .exec(db)
        .await?
        .rows_affected;
    changed += question::Entity::update_many()
        .col_expr(question::Column::Name, Expr::value(""))
        .col_expr(question::Column::AnsweredBy, Expr::value(None::<String>))
        .col_expr(question::Column::Anonymous, Expr::value(true))
        .filter(question::Column::RoomId.in_subquery(rooms()))
        .filter(question::Column::Name.ne(""))
        .exec(db)
        .await?
        .rows_affected;
    changed += forget_votes(db, rooms()).await?;
    changed += seat::Entity::update_many()
        .col_expr(seat::Column::Name, Expr::value(GUEST))
        .filter(seat::Column::RoomId.in_subquery(rooms()))
        .filter(seat::Column::GuestId.is_not_null())
        .filter(seat::Column::KitId.is_null())
        .filter(seat::Column::PupilNumber.is_null())
        .filter(seat::Column::Name.ne(GUEST))
        .exec(db)
        .await?
        .rows_affected;
    changed += forget_guests(db, before).await?;
    Ok(changed)
}

/// Votes by name become numbers, as secret ones are from the beginning.
async fn forget_votes(db: &impl ConnectionTrait, rooms: SelectStatement) -> Result<u64, DbErr> {
    let polls = poll::Entity::find()
        .select_only()
        .column(poll::Column::Id)
        .filter(poll::Column::RoomId.in_subquery(rooms))
        .into_query();
    use ballot::{choice, tally};
    let counted = choice::Entity::find()
        .select_only()
        .column(choice::Column::PollId)
        .column(choice::Column::Option)
        .column_as(choice::Column::SeatId.count(), "votes")
        .filter(choice::Column::PollId.in_subquery(polls.clone()))
        .group_by(choice::Column::PollId)
        .group_by(choice::Column::Option)
        .into_query();
    let keep = Query::insert()
        .into_table(tally::Entity)
        .columns([
            tally::Column::PollId,
            tally::Column::Option,
            tally::Column::Votes,
        ])
        .select_from(counted)
        .map_err(|error| DbErr::Custom(error.to_string()))?
        .to_owned();
    db.execute(&keep).await?;
    choice::Entity::delete_many()
        .filter(choice::Column::PollId.in_subquery(polls.clone()))
        .exec(db)
        .await?;
    ballot::Entity::update_many()
        .col_expr(ballot::Column::Name, Expr::value(""))
        .filter(ballot::Column::PollId.in_subquery(polls))
        .filter(ballot::Column::Name.ne(""))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}

/// Guests who came before `before` and sit in no room of a later event; room kits and pupils are theirs
/// who keep them.
async fn forget_guests(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let later = room::Entity::find()
        .select_only()
        .column(room::Column::Id)
        .filter(room::Column::Id.not_in_subquery(of_events(room::Column::Id, before)))
        .into_query();
    let seated = seat::Entity::find()
        .select_only()
        .column(seat::Column::GuestId)
        .filter(seat::Column::GuestId.is_not_null())
        .filter(seat::Column::RoomId.in_subquery(later))
        .into_query();
    let kits = kit::Entity::find()
        .select_only()
        .column(kit::Column::GuestId)
        .into_query();
    let pupils = pupil::Entity::find()
        .select_only()
        .column(pupil::Column::GuestId)
        .filter(pupil::Column::GuestId.is_not_null())
        .into_query();
    guest::Entity::update_many()
        .col_expr(guest::Column::Name, Expr::value(GUEST))
        .filter(guest::Column::ConsentAt.lt(before))
        .filter(guest::Column::Name.ne(GUEST))
        .filter(guest::Column::Id.not_in_subquery(seated))
        .filter(guest::Column::Id.not_in_subquery(kits))
        .filter(guest::Column::Id.not_in_subquery(pupils))
        .exec(db)
        .await
        .map(|done| done.rows_affected)
}

/// Forgets who registered for events that ended before `before`: registrations of guests go, those of
/// people lose their answers. Gives how many rows changed.
pub async fn forget_registrations(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let events = || {
        event::Entity::find()
            .select_only()
            .column(event::Column::Id)
            .filter(event::Column::EndsAt.lt(before))
            .into_query()
    };
    let gone = registration::Entity::delete_many()
        .filter(registration::Column::EventId.in_subquery(events()))
        .filter(registration::Column::PersonId.is_null())
        .exec(db)
        .await?;
    let emptied = registration::Entity::update_many()
        .col_expr(registration::Column::Answers, Expr::value("{}"))
        .filter(registration::Column::EventId.in_subquery(events()))
        .filter(registration::Column::Answers.ne("{}"))
        .exec(db)
        .await?;
    Ok(gone.rows_affected + emptied.rows_affected)
}

/// A column of the rooms whose events ended before `before`.
fn of_events(column: room::Column, before: DateTime<Utc>) -> SelectStatement {
    let events = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::EndsAt.lt(before))
        .into_query();
    room::Entity::find()
        .select_only()
        .column(column)
        .filter(Expr::col(room::Column::EventId).in_subquery(events))
        .into_query()
}
