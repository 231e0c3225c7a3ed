//! Polls and formal votes of a room: what was asked, and how far it is. Answers stand in
//! [`crate::ballot`].

use chrono::{DateTime, Utc};
use kafedra_model::poll::{Electorate, Kind, Quorum, Results, State};
use sea_orm::{ActiveValue::Set, ConnectionTrait, PaginatorTrait, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::ballot;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "poll")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub room_id: Uuid,
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// [`Choice`]s as JSON.
    #[sea_orm(column_type = "Text")]
    pub options: String,
    /// How many options one may choose.
    pub most: i32,
    /// Whether answers are stored with the names of those who gave them.
    pub named: bool,
    pub results: String,
    pub electorate: Option<String>,
    pub quorum: Option<String>,
    pub state: String,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    pub opened_at: Option<ChronoDateTimeUtc>,
    pub closed_at: Option<ChronoDateTimeUtc>,
    /// How many might have voted, once it is closed.
    pub electors: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub text: String,
    /// Of a quiz only.
    pub right: bool,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Draft {
    pub kind: Kind,
    pub text: String,
    pub options: Vec<Choice>,
    pub most: usize,
    pub named: bool,
    pub results: Results,
    pub electorate: Option<Electorate>,
    pub quorum: Option<Quorum>,
}

impl Model {
    /// A kind of a newer version reads as the plainest one.
    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Single)
    }

    /// A state of a newer version takes no answers and is shown to nobody.
    pub fn state(&self) -> State {
        State::parse(&self.state).unwrap_or(State::Draft)
    }

    pub fn results(&self) -> Results {
        Results::parse(&self.results).unwrap_or(Results::AfterClosing)
    }

    pub fn electorate(&self) -> Option<Electorate> {
        self.electorate.as_deref().and_then(Electorate::parse)
    }

    pub fn quorum(&self) -> Quorum {
        self.quorum
            .as_deref()
            .and_then(Quorum::parse)
            .unwrap_or(Quorum::None)
    }

    pub fn options(&self) -> Vec<Choice> {
        serde_json::from_str(&self.options).unwrap_or_default()
    }

    pub fn most(&self) -> usize {
        usize::try_from(self.most).unwrap_or(1)
    }
}

fn written(draft: Draft) -> Result<ActiveModel, DbErr> {
    let options =
        serde_json::to_string(&draft.options).map_err(|error| DbErr::Json(error.to_string()))?;
    Ok(ActiveModel {
        kind: Set(draft.kind.as_str().to_owned()),
        text: Set(draft.text),
        options: Set(options),
        most: Set(i32::try_from(draft.most).unwrap_or(1)),
        named: Set(draft.named),
        results: Set(draft.results.as_str().to_owned()),
        electorate: Set(draft.electorate.map(|one| one.as_str().to_owned())),
        quorum: Set(draft.quorum.map(|one| one.as_str().to_owned())),
        ..Default::default()
    })
}

/// Stores a draft.
pub async fn create(
    db: &impl ConnectionTrait,
    room: Uuid,
    draft: Draft,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        room_id: Set(room),
        state: Set(State::Draft.as_str().to_owned()),
        created_by: Set(by),
        created_at: Set(now),
        opened_at: Set(None),
        closed_at: Set(None),
        electors: Set(None),
        ..written(draft)?
    }
    .insert(db)
    .await
}

/// Writes a draft anew; `None` once it was opened.
pub async fn edit(
    db: &impl ConnectionTrait,
    id: Uuid,
    draft: Draft,
) -> Result<Option<Model>, DbErr> {
    change(db, id, State::Draft, written(draft)?).await
}

/// Deletes a draft; `false` once it was opened.
pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    let deleted = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Draft.as_str()))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Opens a draft; `None` where it was opened before.
pub async fn open(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let changes = ActiveModel {
        state: Set(State::Open.as_str().to_owned()),
        opened_at: Set(Some(now)),
        ..Default::default()
    };
    let Some(row) = change(db, id, State::Draft, changes).await? else {
        return Ok(None);
    };
    if !row.named {
        ballot::begin(db, row.id, row.options().len()).await?;
    }
    Ok(Some(row))
}

/// Closes an open one; `None` where it is not open.
pub async fn close(
    db: &impl ConnectionTrait,
    id: Uuid,
    electors: Option<i64>,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let changes = ActiveModel {
        state: Set(State::Closed.as_str().to_owned()),
        closed_at: Set(Some(now)),
        electors: Set(electors),
        ..Default::default()
    };
    change(db, id, State::Open, changes).await
}

async fn change(
    db: &impl ConnectionTrait,
    id: Uuid,
    from: State,
    changes: ActiveModel,
) -> Result<Option<Model>, DbErr> {
    let rows = Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(from.as_str()))
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().next())
}

pub async fn find(db: &impl ConnectionTrait, room: Uuid, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::RoomId.eq(room))
        .one(db)
        .await
}

/// Every poll of these rooms in the order in which they were made.
pub async fn of_rooms(db: &impl ConnectionTrait, rooms: Vec<Uuid>) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RoomId.is_in(rooms))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

pub async fn count(db: &impl ConnectionTrait, room: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::RoomId.eq(room))
        .count(db)
        .await
}
