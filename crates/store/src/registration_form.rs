//! What an event asks of those who register.

use chrono::{DateTime, Utc};
use kafedra_model::registration::{Question, Terms};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, ExprTrait, entity::prelude::*, sea_query::OnConflict,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration_form")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub questions: String,
    /// The most people; `None` for any number.
    pub seats: Option<i32>,
    /// The last moment; the event's beginning where it is not given.
    pub deadline: Option<ChronoDateTimeUtc>,
    /// The organiser decides on each.
    pub approval: bool,
    /// The last place given out in the queue.
    pub last_place: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn questions(&self) -> Vec<Question> {
        serde_json::from_str(&self.questions).unwrap_or_default()
    }

    pub fn terms(&self) -> Terms {
        Terms {
            seats: self.seats.map(|seats| usize::try_from(seats).unwrap_or(0)),
            approval: self.approval,
        }
    }
}

/// What an organiser set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub questions: Vec<Question>,
    pub seats: Option<i32>,
    pub deadline: Option<DateTime<Utc>>,
    pub approval: bool,
}

pub async fn find(db: &impl ConnectionTrait, event: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(event).one(db).await
}

/// Sets the form of an event; the queue goes on where it was.
pub async fn put(db: &impl ConnectionTrait, event: Uuid, draft: &Draft) -> Result<(), DbErr> {
    let questions = serde_json::to_string(&draft.questions)
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    Entity::insert(ActiveModel {
        event_id: Set(event),
        questions: Set(questions),
        seats: Set(draft.seats),
        deadline: Set(draft.deadline),
        approval: Set(draft.approval),
        last_place: Set(0),
    })
    .on_conflict(
        OnConflict::column(Column::EventId)
            .update_columns([
                Column::Questions,
                Column::Seats,
                Column::Deadline,
                Column::Approval,
            ])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await
    .map(drop)
}

/// Ends registration; those who registered stay on the list.
pub async fn remove(db: &impl ConnectionTrait, event: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(event).exec(db).await.map(drop)
}

/// The form, with the next place in the queue. Everybody else who changes the queue waits until
/// this transaction ends, so that two never take the last seat together.
pub async fn hold(db: &impl ConnectionTrait, event: Uuid) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .col_expr(Column::LastPlace, Expr::col(Column::LastPlace).add(1_i64))
        .filter(Column::EventId.eq(event))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}
