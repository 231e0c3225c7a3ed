//! What a room shows now: a page of a deck, and who leads. At most one row a room.

use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "showing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub room_id: Uuid,
    pub deck_id: Uuid,
    /// From 1.
    pub page: i32,
    /// Who leads.
    pub seat_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub async fn find(db: &impl ConnectionTrait, room: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(room).one(db).await
}

/// Shows this page in place of whatever the room showed.
pub async fn put(db: &impl ConnectionTrait, showing: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel {
        room_id: Set(showing.room_id),
        deck_id: Set(showing.deck_id),
        page: Set(showing.page),
        seat_id: Set(showing.seat_id),
    })
    .on_conflict(
        OnConflict::column(Column::RoomId)
            .update_columns([Column::DeckId, Column::Page, Column::SeatId])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

/// `false` when the room showed nothing.
pub async fn end(db: &impl ConnectionTrait, room: Uuid) -> Result<bool, DbErr> {
    let gone = Entity::delete_by_id(room).exec(db).await?;
    Ok(gone.rows_affected == 1)
}

/// Ends it in every room that shows this deck.
pub(crate) async fn end_of_deck(db: &impl ConnectionTrait, deck: Uuid) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::DeckId.eq(deck))
        .exec(db)
        .await
        .map(drop)
}
