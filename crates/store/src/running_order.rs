//! What is now in a room, and the timer that runs for it.

use kafedra_model::running_order::Timer;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "running_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub room_id: Uuid,
    /// An item of the event's programme; `None` for a time without one.
    pub item_id: Option<Uuid>,
    pub started_at: ChronoDateTimeUtc,
    pub minutes: i32,
    pub paused_at: Option<ChronoDateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn timer(&self) -> Timer {
        Timer {
            started_at: self.started_at,
            minutes: self.minutes,
            paused_at: self.paused_at,
        }
    }
}

/// What is now in a room; `None` where nothing is.
pub async fn of_room(db: &impl ConnectionTrait, room: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(room).one(db).await
}

/// Puts an item and its timer in place of what there was.
pub async fn put(
    db: &impl ConnectionTrait,
    room: Uuid,
    item: Option<Uuid>,
    timer: Timer,
) -> Result<Model, DbErr> {
    let row = ActiveModel {
        room_id: Set(room),
        item_id: Set(item),
        started_at: Set(timer.started_at),
        minutes: Set(timer.minutes),
        paused_at: Set(timer.paused_at),
    };
    Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::RoomId)
                .update_columns([
                    Column::ItemId,
                    Column::StartedAt,
                    Column::Minutes,
                    Column::PausedAt,
                ])
                .to_owned(),
        )
        .exec_with_returning(db)
        .await
}

/// Nothing is now.
pub async fn clear(db: &impl ConnectionTrait, room: Uuid) -> Result<(), DbErr> {
    Entity::delete_by_id(room).exec(db).await.map(drop)
}
