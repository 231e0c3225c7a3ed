//! Decks of slides of an event, and the notes to their pages.

use chrono::{DateTime, Utc};
use kafedra_model::deck::State;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, entity::prelude::*,
    sea_query::OnConflict,
};

use crate::showing;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deck")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub name: String,
    /// What was given.
    pub source_hash: String,
    /// The PDF that is shown; `None` until there is one.
    pub file_hash: Option<String>,
    pub pages: i32,
    pub state: String,
    /// Code of why it could not be made a PDF.
    pub problem: Option<String>,
    /// Who gave it: somebody with an account, or a seat of the event's rooms.
    pub person_id: Option<Uuid>,
    pub seat_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A state of a newer version is no slides to show.
    pub fn state(&self) -> State {
        State::parse(&self.state).unwrap_or(State::Failed)
    }
}

/// What is said to one page.
pub mod note {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deck_note")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub deck_id: Uuid,
        /// From 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub page: i32,
        #[sea_orm(column_type = "Text")]
        pub body: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who gave a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giver {
    Person(Uuid),
    /// A guest or a room kit, in a call.
    Seat(Uuid),
}

/// A deck to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub event: Uuid,
    pub name: String,
    pub source_hash: String,
    /// Number of pages of a PDF, which needs no conversion.
    pub pages: Option<i32>,
    pub by: Giver,
}

pub async fn add(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let (person, seat) = match draft.by {
        Giver::Person(person) => (Some(person), None),
        Giver::Seat(seat) => (None, Some(seat)),
    };
    let state = match draft.pages {
        Some(_) => State::Ready,
        None => State::Converting,
    };
    ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(draft.event),
        name: Set(draft.name),
        file_hash: Set(draft.pages.map(|_| draft.source_hash.clone())),
        source_hash: Set(draft.source_hash),
        pages: Set(draft.pages.unwrap_or(0)),
        state: Set(state.as_str().to_owned()),
        problem: Set(None),
        person_id: Set(person),
        seat_id: Set(seat),
        created_at: Set(now),
    }
    .insert(db)
    .await
}

/// Decks of one event, first given first.
pub async fn of_event(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

pub async fn count(db: &impl ConnectionTrait, event: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event))
        .count(db)
        .await
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Notes the PDF that a presentation became.
pub async fn converted(
    db: &impl ConnectionTrait,
    id: Uuid,
    file_hash: String,
    pages: i32,
) -> Result<(), DbErr> {
    change(
        db,
        id,
        ActiveModel {
            file_hash: Set(Some(file_hash)),
            pages: Set(pages),
            state: Set(State::Ready.as_str().to_owned()),
            problem: Set(None),
            ..Default::default()
        },
    )
    .await
}

/// Notes that a presentation could not be made a PDF, and by which code.
pub async fn failed(db: &impl ConnectionTrait, id: Uuid, problem: &str) -> Result<(), DbErr> {
    change(
        db,
        id,
        ActiveModel {
            state: Set(State::Failed.as_str().to_owned()),
            problem: Set(Some(problem.to_owned())),
            ..Default::default()
        },
    )
    .await
}

async fn change(db: &impl ConnectionTrait, id: Uuid, changes: ActiveModel) -> Result<(), DbErr> {
    Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Takes a deck away, with its notes and wherever it is shown; its bytes stay for others that are
/// the same. To be called in a transaction.
pub async fn remove(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    showing::end_of_deck(db, id).await?;
    note::Entity::delete_many()
        .filter(note::Column::DeckId.eq(id))
        .exec(db)
        .await?;
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// Writes what is said to a page; an empty text takes it away.
pub async fn set_note(
    db: &impl ConnectionTrait,
    deck: Uuid,
    page: i32,
    body: String,
) -> Result<(), DbErr> {
    if body.is_empty() {
        return note::Entity::delete_by_id((deck, page))
            .exec(db)
            .await
            .map(drop);
    }
    note::Entity::insert(note::ActiveModel {
        deck_id: Set(deck),
        page: Set(page),
        body: Set(body),
    })
    .on_conflict(
        OnConflict::columns([note::Column::DeckId, note::Column::Page])
            .update_column(note::Column::Body)
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

/// The notes to a deck, by page.
pub async fn notes(db: &impl ConnectionTrait, deck: Uuid) -> Result<Vec<note::Model>, DbErr> {
    note::Entity::find()
        .filter(note::Column::DeckId.eq(deck))
        .order_by_asc(note::Column::Page)
        .all(db)
        .await
}
