//! Institutions: schools, kindergartens, the method centre, the committee.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kafedra_model::name;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, Order, PaginatorTrait, QueryOrder, QuerySelect,
    entity::prelude::*, sea_query::ExprTrait,
};

use crate::{
    bulk, employment,
    search::{self, IDS_A_QUERY, Slice},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "institution")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub address: String,
    pub created_at: ChronoDateTimeUtc,
    pub archived_at: Option<ChronoDateTimeUtc>,
    /// Counts changes: an edit made from an older version is refused.
    pub version: i32,
    /// Both names folded for searching.
    pub search_name: String,
    /// Belongs to the city.
    pub municipal: bool,
    /// The legal entity whose building this is; `None` for a legal entity.
    pub building_of: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is written about an institution; cleaned and checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub short_name: String,
    pub kind: String,
    /// Empty when unknown.
    pub address: String,
    /// Belongs to the city.
    pub municipal: bool,
    /// The legal entity whose building it is.
    pub building_of: Option<Uuid>,
}

impl Draft {
    fn search_name(&self) -> String {
        name::fold(&format!("{} {}", self.short_name, self.name))
    }

    fn row(self, id: Uuid, now: DateTime<Utc>) -> ActiveModel {
        ActiveModel {
            id: Set(id),
            search_name: Set(self.search_name()),
            name: Set(self.name),
            short_name: Set(self.short_name),
            kind: Set(self.kind),
            address: Set(self.address),
            created_at: Set(now),
            archived_at: Set(None),
            version: Set(1),
            municipal: Set(self.municipal),
            building_of: Set(self.building_of),
        }
    }
}

pub async fn create(
    db: &impl ConnectionTrait,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    draft.row(Uuid::now_v7(), now).insert(db).await
}

/// Adds institutions under ids that were chosen for them.
pub async fn create_all(
    db: &impl ConnectionTrait,
    institutions: Vec<(Uuid, Draft)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows = institutions
        .into_iter()
        .map(|(id, draft)| draft.row(id, now));
    bulk::insert(db, rows).await
}

/// Archived ones too.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .order_by_asc(Column::SearchName)
        .all(db)
        .await
}

/// Institutions of these ids, in no order; unknown ones left out.
pub async fn of_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Model>, DbErr> {
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_A_QUERY) {
        let of = Column::Id.is_in(some.iter().copied());
        rows.extend(Entity::find().filter(of).all(db).await?);
    }
    Ok(rows)
}

pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The buildings of a legal entity, archived ones left out, by name.
pub async fn buildings(db: &impl ConnectionTrait, of: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::BuildingOf.eq(of))
        .filter(Column::ArchivedAt.is_null())
        .order_by_asc(Column::SearchName)
        .all(db)
        .await
}

/// Short names of some institutions, by id.
pub async fn short_names(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, String>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids))
        .all(db)
        .await?
        .into_iter()
        .map(|institution| (institution.id, institution.short_name))
        .collect())
}

/// Which institutions a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words that the names must hold, as typed.
    pub words: String,
    /// Archived ones instead of living ones.
    pub archived: bool,
    pub sort: Sort,
    /// From the last to the first.
    pub backwards: bool,
}

/// What a list is ordered by; equal ones by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    Kind,
    /// How many people work there on the day.
    People(NaiveDate),
}

/// One page of institutions, and how many there are in all.
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    slice: Slice,
) -> Result<(Vec<Model>, u64), DbErr> {
    let archived = if filter.archived {
        Column::ArchivedAt.is_not_null()
    } else {
        Column::ArchivedAt.is_null()
    };
    let select = Entity::find()
        .filter(search::all_words(Column::SearchName, &filter.words))
        .filter(archived);
    let total = select.clone().count(db).await?;
    let order = if filter.backwards {
        Order::Desc
    } else {
        Order::Asc
    };
    let sorted = match filter.sort {
        Sort::Name => select.order_by(Column::SearchName, order),
        Sort::Kind => select.order_by(Column::Kind, order),
        Sort::People(day) => select.order_by(employment::headcount(day), order),
    };
    let rows = sorted
        .order_by_asc(Column::SearchName)
        .order_by_asc(Column::Id)
        .offset(slice.offset)
        .limit(slice.limit)
        .all(db)
        .await?;
    Ok((rows, total))
}

/// Writes `draft` over version `version`; `false` when another edit came first.
pub async fn update(
    db: &impl ConnectionTrait,
    id: Uuid,
    version: i32,
    draft: Draft,
) -> Result<bool, DbErr> {
    let search_name = draft.search_name();
    let done = Entity::update_many()
        .col_expr(Column::Name, Expr::value(draft.name))
        .col_expr(Column::ShortName, Expr::value(draft.short_name))
        .col_expr(Column::Kind, Expr::value(draft.kind))
        .col_expr(Column::Address, Expr::value(draft.address))
        .col_expr(Column::Municipal, Expr::value(draft.municipal))
        .col_expr(Column::BuildingOf, Expr::value(draft.building_of))
        .col_expr(Column::SearchName, Expr::value(search_name))
        .col_expr(Column::Version, Expr::value(version + 1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Archives at a time, or restores with `None`.
pub async fn set_archived(
    db: &impl ConnectionTrait,
    id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ArchivedAt, Expr::value(at))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}
